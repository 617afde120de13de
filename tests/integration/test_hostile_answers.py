"""Answers of the real systems with something wrong in them: a value of the domain or a fault, and nothing in the log.

Each question is asked of the real system once; its answers are then told again, one of them spoiled.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.contact_changes import CategoryChange, Correction, FieldChange
from app.domain.contact_changes import ContactField as F
from app.domain.contacts import Company, NewTouchPoint, TouchKind
from app.domain.economy import Panel, Subject, SubjectKind
from app.domain.orders import LineField
from app.domain.text import clean
from app.ports import errors
from app.ports.errors import SystemFault
from tests.contract.erp_contract import Desk
from tests.fixtures.creme import RealCreme
from tests.fixtures.datasette import RealDatasette
from tests.fixtures.tryton import RealTryton
from tests.helpers.hostile import Answer, Call, Recorder, Teller, spoilers, texts_in

CUSTOMER = "10023"
NEW = frozenset({LineField.PRODUCT, LineField.QUANTITY})
TREE = tuple(fault for fault in vars(errors).values() if isinstance(fault, type) and issubclass(fault, SystemFault))
LONGEST = 40_000_000
"""Characters that one answer may become: what the larger of the two takes off the wire, and some."""
Ask = Callable[[Any], Coroutine[Any, Any, Any]]


@dataclass(frozen=True)
class Told:
    """What one system said to every question.

    Attributes:
        kept: Its answers.
        calls: What was asked of it, by our question; the sign-in among them.
        secrets: What must not be in the log.
    """

    connect: Callable[[Any], Any]
    password: str
    kept: dict[Call, Answer]
    questions: dict[str, Ask]
    calls: dict[str, list[Call]]
    secrets: frozenset[str]


async def _recorded(connect: Callable[[Any], Any], password: str, questions: dict[str, Ask]) -> Told:
    recorder = Recorder()
    system = connect(recorder)
    said: set[str] = set()
    try:
        await system.sign_in(password)
        calls = {"sign in": list(recorder.order)}
        for name, ask in questions.items():
            before = len(recorder.order)
            answer = await ask(system)
            calls[name] = recorder.order[before:]
            assert calls[name], f"{name} asked nothing"
            said |= {text for text in texts_in(answer) if len(text) > 9 and not text.isdigit()}
    finally:
        await system.close()
    assert len(said) > 20
    return Told(connect, password, recorder.kept, questions, calls, frozenset(said))


@pytest.fixture(scope="module")
def creme(real_creme: RealCreme) -> Told:
    """Everything that is asked of the CRM."""

    async def work() -> Told:
        system = real_creme.system()
        await system.sign_in(real_creme.password())
        (hit,) = await system.companies_by_number(CUSTOMER)
        company = await system.company(hit.id)
        await system.close()
        note = NewTouchPoint(f"hostile-{id(system)}", hit.id, TouchKind.CALL, datetime(2026, 11, 2, tzinfo=UTC), "x")
        questions: dict[str, Ask] = {
            "search": lambda crm: crm.search("nordlys"),
            "company": lambda crm: crm.company(hit.id),
            "by number": lambda crm: crm.companies_by_number(CUSTOMER),
            "names": lambda crm: crm.names(""),
            "timeline": lambda crm: crm.timeline(hit.id),
            "sales": lambda crm: crm.sales(hit.id),
            "cases": lambda crm: crm.cases(hit.id),
            "campaigns": lambda crm: crm.campaigns(hit.id),
            "choices": lambda crm: crm.category_choices(company.categories[0].key),
            "stages": lambda crm: crm.sales_stages(),
            "tasks": lambda crm: crm.tasks(hit.id),
            "category": lambda crm: crm.set_category(_as_it_is(company)),
            "correct": lambda crm: crm.correct(
                Correction("hostile-correct", hit.id, "", (FieldChange(F.PHONE, company.phone, company.phone),))
            ),
            "log": lambda crm: crm.log_touch_point(note),
            "number": lambda crm: crm.set_number(company, CUSTOMER),
        }
        return await _recorded(lambda between: real_creme.system(transport=between), real_creme.password(), questions)

    return asyncio.run(work())


def _as_it_is(company: Company) -> CategoryChange:
    """A choice that changes nothing."""
    category = next(each for each in company.categories if each.can_set)
    return CategoryChange(
        "hostile-category", company.id, category.key, category.values, tuple(value.id for value in category.values)
    )


@pytest.fixture(scope="module")
def tryton(real_tryton: RealTryton) -> Told:
    """Everything that is asked of the ERP, with an order of its own."""

    with asyncio.Runner() as runner:
        system = real_tryton.system()
        runner.run(system.sign_in(real_tryton.password()))
        desk = Desk(runner.run, system)
        order = desk.ordered(CUSTOMER, ("4711", "40"))
        changes = desk.new_order(CUSTOMER, ("4101", "2"))
        customer, stored = desk.proposed(CUSTOMER).header.customer, order.lines[0]
        assert stored.product is not None
        product = stored.product
        runner.run(system.close())
        questions: dict[str, Ask] = {
            "search": lambda erp: erp.search_customers("nordlys"),
            "names": lambda erp: erp.names(""),
            "customer": lambda erp: erp.customer(CUSTOMER),
            "credit": lambda erp: erp.credit(customer.id),
            "orders": lambda erp: erp.orders_of(customer.id),
            "bought": lambda erp: erp.bought_by(customer.id, date(2024, 1, 1)),
            "open": lambda erp: erp.open_order(order.id),
            "propose": lambda erp: erp.propose_order(customer.id),
            "products": lambda erp: erp.search_products("led", header=order.header),
            "find": lambda erp: erp.find_products(["4711", "4101"], header=order.header),
            "units": lambda erp: erp.units_for(product.id),
            "still sold": lambda erp: erp.still_sold([product.id]),
            "price": lambda erp: erp.price_line(order.header, stored, NEW),
            "prices": lambda erp: erp.price_lines(order.header, [(stored, NEW), (stored, NEW)]),
            "explain": lambda erp: erp.explain_line(order.header, stored),
            "landed": lambda erp: erp.landed(changes),
            "commit": lambda erp: erp.commit(changes),
            "documents": lambda erp: erp.documents(order.id),
            "act": lambda erp: erp.act(order.id, order.actions[0].key),
        }
        return runner.run(
            _recorded(lambda between: real_tryton.system(transport=between), real_tryton.password(), questions)
        )


@pytest.fixture(scope="module")
def datasette(real_datasette: RealDatasette) -> Told:
    """Everything that is asked of the reporting system: each panel of a customer's and of a project's card."""

    async def work() -> Told:
        system = real_datasette.system()
        await system.sign_in(real_datasette.password())
        panels = [panel for kind in SubjectKind for panel in await system.panels(kind) if panel.key != "many"]
        await system.close()

        def asking(panel: Panel) -> Ask:
            return lambda reports: reports.panel(
                panel, Subject(panel.on, CUSTOMER if panel.on == "customer" else "P-1")
            )

        questions: dict[str, Ask] = {f"panel {panel.key}": asking(panel) for panel in panels}
        questions["panels"] = lambda reports: reports.panels(SubjectKind.CUSTOMER)
        return await _recorded(
            lambda between: real_datasette.system(transport=between), real_datasette.password(), questions
        )

    return asyncio.run(work())


@pytest.fixture(scope="module", params=["creme", "tryton", "datasette"])
def told(request: pytest.FixtureRequest) -> Told:
    found: Told = request.getfixturevalue(request.param)
    return found


class _Lines(logging.Handler):
    """Everything that is logged, as it would be written, at its most talkative."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        if record.name.startswith("app"):
            self.text += f"{record.getMessage()} {record.exc_info or ''}\n"


@pytest.fixture
def lines() -> Any:
    handler, root = _Lines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(level)
    root.removeHandler(handler)


def ask(told: Told, name: str, call: Call, spoil: Callable[[Answer], Any]) -> object:
    """What our question comes to when the answer to ``call`` is spoiled: a value, or the fault."""
    teller = Teller(told.kept)
    system = told.connect(teller)

    async def work() -> object:
        try:
            if name == "sign in":
                teller.call, teller.spoil = call, spoil
            await system.sign_in(told.password)
            teller.call, teller.spoil = call, spoil
            if name == "sign in":
                return system.capabilities
            return await told.questions[name](system)
        except SystemFault as fault:
            return fault
        finally:
            await system.close()

    found = asyncio.run(work())
    assert teller.met or name == "sign in"
    return found


@settings(
    derandomize=True,
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data(), spoil=spoilers())
def test_a_value_or_a_fault_and_nothing_else(
    told: Told, lines: _Lines, data: st.DataObject, spoil: Callable[[Answer], Any]
) -> None:
    name = data.draw(st.sampled_from(sorted(told.calls)))
    call = told.calls[name][data.draw(st.integers(0, len(told.calls[name]) - 1))]
    found = ask(told, name, call, spoil)
    if isinstance(found, SystemFault):
        assert isinstance(found, TREE)
        told_of = f"{found} {found.detail}"
        assert not any(secret in found.detail for secret in told.secrets), found.detail
        assert "\x00" not in told_of
        assert len(found.words) < 1_000_000
    texts = list(texts_in(found))
    assert all(clean(text) == text for text in texts), [ascii(text)[:80] for text in texts if clean(text) != text]
    assert sum(map(len, texts)) < LONGEST
    assert [secret for secret in told.secrets if secret in lines.text] == []
