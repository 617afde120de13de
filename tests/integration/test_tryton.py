"""What only a real Tryton shows: its sessions, its warnings, its modules, and what is in its database afterwards."""

import asyncio
import gzip
import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import pytest

from app.domain.orders import LineField, OrderPhase
from app.ports.capability import Capability
from app.ports.erp import ErpSystem
from app.ports.errors import AccessEnded, Conflict, NoRights, Question, Refused, TooManyAttempts, Unreachable
from app.systems.tryton.marks import marks
from tests.contract.erp_contract import NEW_LINE, Desk, changes, new_id
from tests.fixtures.tryton import RealTryton
from tests.helpers.transports import Between

Run = Callable[[Coroutine[Any, Any, Any]], Any]
BREAD, ROLL, COFFEE = "PRØVE-1001", "PRØVE-1002", "PRØVE-2001"


class Watched(Between):
    """Also keeps what was answered.

    Attributes:
        sizes: Bytes of JSON of each answer, unzipped: what is decoded in one go.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it."""
        answer = await super().handle_async_request(request)
        raw = b"".join([part async for part in answer.aiter_raw()])
        await answer.aclose()
        self.sizes.append(len(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw))
        return httpx.Response(answer.status_code, headers=answer.headers, content=raw)

    @property
    def methods(self) -> list[str]:
        """What was asked, in order."""
        return [json.loads(request.content)["method"] for request in self.requests]


def figure(stored: Any) -> Decimal:
    """A figure as SQLite holds it for Tryton."""
    return Decimal(stored.decode() if isinstance(stored, bytes) else str(stored))


def end_sessions(real_tryton: RealTryton, login: str = "clerk") -> None:
    """End a user's sessions behind their back."""
    sql = "DELETE FROM ir_session WHERE create_uid = (SELECT id FROM res_user WHERE login = ?)"
    real_tryton.change(sql, login)


@pytest.fixture
def between() -> Watched:
    """What stands between `erp` and the server."""
    return Watched()


@pytest.fixture
def erp(run: Run, real_tryton: RealTryton, between: Watched) -> Iterator[ErpSystem]:
    """A signed-in clerk."""
    system = real_tryton.system(transport=between)
    run(system.sign_in(real_tryton.password()))
    between.requests.clear()
    yield system
    run(system.close())


@pytest.fixture
def desk(run: Run, erp: ErpSystem) -> Desk:
    """The clerk at work."""
    return Desk(run, erp)


@pytest.fixture
def east(real_tryton: RealTryton) -> str:
    """The number of a customer with a price list."""
    return real_tryton.facts.customer_number


# --- the database itself ---


def test_what_was_ordered_is_in_the_database_exactly_once(
    desk: Desk, run: Run, east: str, real_tryton: RealTryton
) -> None:
    lines_before = real_tryton.rows("SELECT count(*) FROM sale_line")[0][0]
    making = desk.new_order(east, (BREAD, "100"), (COFFEE, "2.25"))
    update = run(desk.erp.commit(making))
    key = int(update.order_id)
    assert real_tryton.rows("SELECT count(*) FROM sale_line")[0][0] == lines_before + 2
    sql = "SELECT product, quantity, unit_price, base_price, sequence FROM sale_line WHERE sale = ? ORDER BY id"
    bread, coffee = real_tryton.rows(sql, key)
    tokens = list(marks(making).values())
    world = real_tryton.world
    assert bread[:2] == (world["bread"], 100.0)
    assert [figure(value) for value in bread[2:4]] == [Decimal("17.36"), Decimal("24.80")]
    assert coffee[:2] == (world["coffee"], 2.25)
    assert [figure(value) for value in coffee[2:4]] == [Decimal("116.10"), Decimal("129")]
    assert [bread[4], coffee[4]] == tokens
    ((party, state, delivery),) = real_tryton.rows(
        "SELECT s.party, s.state, a.city FROM sale_sale s JOIN party_address a ON a.id = s.shipment_address "
        "WHERE s.id = ?",
        key,
    )
    assert (party, state, delivery) == (world["customer Prøveby"], "draft", "Havneby")
    taxes = real_tryton.rows(
        'SELECT count(*) FROM "sale_line-account_tax" t JOIN sale_line l ON l.id = t.line WHERE l.sale = ?', key
    )
    assert taxes == [(2,)]


def test_taxes_are_replaced_with_the_product(desk: Desk, run: Run, east: str, real_tryton: RealTryton) -> None:
    order = desk.ordered(east, (BREAD, "5"))
    line = replace(order.lines[0], product=desk.product_line(ROLL, "1").product)
    # A tax that the stored line has and the new product has not.
    change = desk.priced(order.header, line, NEW_LINE)
    change = replace(change, line=replace(change.line, taxes=()))
    update = run(desk.erp.commit(changes(order, changed=[change])))
    assert update.lines[0].taxes == ()
    again = desk.priced(order.header, update.lines[0], frozenset({LineField.PRODUCT}))
    update = run(desk.erp.commit(changes(update.onto(order), changed=[again])))
    assert update.lines[0].taxes == order.lines[0].taxes


def test_fields_of_other_modules_are_written_as_tryton_set_them(
    desk: Desk, run: Run, east: str, real_tryton: RealTryton
) -> None:
    admin, world = real_tryton.admin, real_tryton.world
    (found,) = admin.find("product.product", ["id", "=", world["coffee"]], fields=("template",))
    bag = admin.first("product.uom", ["name", "=", "Unit"])
    second = {"sale_secondary_uom": bag, "sale_secondary_uom_factor": 2.0, "sale_secondary_uom_rate": 0.5}
    admin("model.product.template.write", [found["template"]], second)
    try:
        update = run(desk.erp.commit(desk.new_order(east, (COFFEE, "3"))))
    finally:
        admin("model.product.template.write", [found["template"]], dict.fromkeys(second))
    # The unit itself Tryton leaves to the user where it is the product's own and not the customer's.
    sql = "SELECT secondary_unit, secondary_uom_factor, secondary_uom_rate FROM sale_line WHERE sale = ?"
    assert real_tryton.rows(sql, int(update.order_id)) == [(None, 2.0, 0.5)]


def test_the_customers_own_number_of_a_product(desk: Desk, run: Run, east: str, real_tryton: RealTryton) -> None:
    admin, world = real_tryton.admin, real_tryton.world
    (found,) = admin.find("product.product", ["id", "=", world["roll"]], fields=("template",))
    customer = world["customer Prøveby"]
    admin.create(
        "sale.product_customer", template=found["template"], product=world["roll"], party=customer, code="DERES-77"
    )
    header = desk.proposed(east).header
    hit = run(desk.erp.search_products("DERES-77", header=header))[0]
    assert (hit.product.code, hit.exact) == (ROLL, True)
    nobody = desk.proposed(real_tryton.facts.other_customer_number).header
    assert run(desk.erp.search_products("DERES-77", header=nobody)) == []


# --- how many requests, and how large ---


def test_requests_for_a_finished_line(desk: Desk, run: Run, east: str, between: Watched) -> None:
    order = desk.ordered(east, (BREAD, "1"))
    line = desk.product_line(ROLL, "20")
    between.requests.clear()
    change = desk.priced(order.header, line, NEW_LINE)
    assert between.methods == ["model.sale.line.on_change"]
    run(desk.erp.commit(changes(order, created=[change])))
    assert between.methods[1:] == ["model.sale.sale.write", "model.sale.line.search_read"]
    assert sum(len(request.content) for request in between.requests) < 4_000


def test_a_long_order_comes_in_pages(desk: Desk, run: Run, east: str, between: Watched) -> None:
    making = desk.new_order(east, (BREAD, "1"))
    (one,) = making.created
    base = int(one.line.id.removeprefix("new-"))
    many = tuple(
        replace(one, line=replace(one.line, id=f"new-{base - 1000 + i}", description="Tekst på linjen " * 4))
        for i in range(1000)
    )
    update = run(desk.erp.commit(replace(making, created=many)))
    assert len(update.created) == 1000
    between.requests.clear()
    between.sizes.clear()
    order = run(desk.erp.open_order(update.order_id))
    assert [line.id for line in order.lines] == [update.created[change.line.id] for change in many]
    assert max(between.sizes) <= 250_000
    # Editing one of the thousand costs what it costs in a short order.
    between.requests.clear()
    between.sizes.clear()
    run(desk.erp.commit(desk.quantity(order, order.lines[500], "2")))
    assert len(between.requests) == 3
    assert sum(between.sizes) < 5_000


# --- sessions ---


def test_it_signs_in_again_by_itself_and_goes_on(
    desk: Desk, run: Run, east: str, between: Watched, real_tryton: RealTryton
) -> None:
    making = desk.new_order(east, (BREAD, "2"))
    orders = "SELECT count(*) FROM sale_sale"
    before = real_tryton.rows(orders)
    end_sessions(real_tryton)
    between.requests.clear()
    update = run(desk.erp.commit(making))
    write = "model.sale.sale.create"
    assert between.methods == [write, "common.db.login", write, "model.sale.line.search_read"]
    assert real_tryton.rows(orders) == [(before[0][0] + 1,)]
    assert len(update.created) == 1


def test_many_questions_at_once_sign_in_once(
    erp: ErpSystem, run: Run, between: Watched, real_tryton: RealTryton
) -> None:
    end_sessions(real_tryton)
    between.requests.clear()

    async def many() -> None:
        await asyncio.gather(*(erp.search_customers(text) for text in ("a", "e", "i", "o", "u", "ø")))

    run(many())
    assert between.methods.count("common.db.login") == 1


def test_a_password_that_was_changed_ends_the_access(run: Run, real_tryton: RealTryton) -> None:
    admin = real_tryton.admin
    key = admin.create(
        "res.user",
        name="Prøvebruger",
        login="prøve",
        password="første-kodeord-1",
        groups=[["add", [admin.first("res.group", ["name", "=", "Sales"])]]],
        companies=[["add", [admin.context["company"]]]],
        company=admin.context["company"],
    )
    system = real_tryton.system("prøve")
    run(system.sign_in("første-kodeord-1"))
    admin("model.res.user.write", [key], {"password": "andet-kodeord-2"})
    end_sessions(real_tryton, "prøve")
    with pytest.raises(AccessEnded):
        run(system.search_customers("a"))
    run(system.sign_in("andet-kodeord-2"))
    assert run(system.search_customers("Prøve"))
    run(system.close())


def test_too_many_wrong_passwords_are_told_apart(run: Run, real_tryton: RealTryton) -> None:
    # Tryton answers each wrong password later than the one before, up to half a minute; so the six are put there.
    sql = "INSERT INTO res_user_login_attempt (login, create_date) VALUES (?, strftime('%Y-%m-%d %H:%M:%f', 'now'))"
    for _ in range(7):
        real_tryton.change(sql, "glemsom")
    system = real_tryton.system("glemsom")
    with pytest.raises(TooManyAttempts):
        run(system.sign_in("wrong"))
    run(system.close())


def test_a_database_that_is_not_there(run: Run, real_tryton: RealTryton) -> None:
    system = real_tryton.system(database="no_such_database")
    with pytest.raises(Unreachable) as told:
        run(system.sign_in("x"))
    assert "database" in told.value.detail
    run(system.close())


def test_a_user_who_may_not_see_orders(run: Run, real_tryton: RealTryton) -> None:
    admin = real_tryton.admin
    admin.create("res.user", name="Uden ret", login="uden", password="uden-rettigheder-3")
    system = real_tryton.system("uden")
    with pytest.raises(NoRights):
        run(system.sign_in("uden-rettigheder-3"))
    run(system.close())


# --- actions and questions ---


def test_what_may_be_done_depends_on_state_and_user(desk: Desk, run: Run, east: str, real_tryton: RealTryton) -> None:
    order = desk.ordered(east, (BREAD, "5"))
    assert {action.key for action in order.actions} == {"cancel", "quote"}
    assert all(action.label for action in order.actions)
    # There is no stock: the clerk may not go on, the administrator is asked.
    with pytest.raises(Refused) as refused:
        run(desk.erp.act(order.id or "", "quote"))
    assert "Rugbrød" in refused.value.words
    assert not isinstance(refused.value, Question)
    chief = real_tryton.system("admin")
    run(chief.sign_in(real_tryton.password("admin")))
    with pytest.raises(Question) as asked:
        run(chief.act(order.id or "", "quote"))
    assert "Rugbrød" in asked.value.words
    assert run(desk.erp.open_order(order.id or "")).state.phase is OrderPhase.DRAFT
    quoted = run(chief.act(order.id or "", "quote", accepted=frozenset({asked.value.name})))
    assert quoted.state.phase is OrderPhase.OFFERED
    assert quoted.number
    assert not quoted.editable
    assert {action.key for action in quoted.actions} == {"cancel", "draft", "confirm"}
    run(chief.close())
    # Lines of an offered order are closed, and Tryton says so itself.
    stale = run(desk.erp.open_order(order.id or ""))
    with pytest.raises(Refused) as closed:
        run(desk.erp.commit(desk.quantity(stale, stale.lines[0], "6")))
    assert closed.value.words
    cancelled = run(desk.erp.act(order.id or "", "cancel"))
    assert cancelled.state.phase is OrderPhase.CANCELLED
    assert run(desk.erp.open_order(order.id or "")).lines[0].quantity == 5


def test_words_are_in_the_users_language(run: Run, real_tryton: RealTryton) -> None:
    admin = real_tryton.admin
    (unit,) = admin.find("product.uom", ["name", "=", "Ounce"])
    admin("model.product.uom.write", [unit["id"]], {"symbol": "unse"}, language="da")
    (coffee,) = [real_tryton.world["coffee"]]
    for language, symbol in (("da", "unse"), ("en", "oz")):
        system = real_tryton.system(language=language)
        run(system.sign_in(real_tryton.password()))
        assert symbol in {unit.symbol for unit in run(system.units_for(str(coffee)))}
        run(system.close())


# --- what other modules bring ---


def test_capabilities_follow_the_modules(
    erp: ErpSystem, run: Run, minimal_tryton: RealTryton, real_tryton: RealTryton
) -> None:
    # The least has price lists, and stock and invoices, without which Tryton has no sales.
    least = {
        Capability.CONFLICT_DETECTION,
        Capability.CREATE_ORDERS,
        Capability.CHANGE_ORDERS,
        Capability.PRICE_BASIS,
        Capability.PRICE_LADDER,
        Capability.AVAILABILITY,
        Capability.PURCHASE_HISTORY,
        Capability.DOCUMENTS,
        Capability.HEADINGS,
        Capability.NAMES,
        Capability.CREATE_CUSTOMER,
        Capability.DELIVERIES,
        Capability.INVOICES,
    }
    assert least | {Capability.MANUAL_DISCOUNT, Capability.DELIVERY_METHODS, Capability.CREDIT} <= erp.capabilities
    few = minimal_tryton.system()
    run(few.sign_in(minimal_tryton.password()))
    assert few.capabilities == least
    run(few.close())


def test_credit_as_the_erp_gives_it(erp: ErpSystem, run: Run, east: str, real_tryton: RealTryton) -> None:
    key = real_tryton.world["customer Prøveby"]
    real_tryton.admin("model.party.party.write", [key], {"credit_limit_amount": Decimal("5000.00")})
    credit = run(erp.customer(east)).credit
    assert credit.limit is not None
    assert (credit.limit.amount, credit.limit.currency) == (Decimal("5000.00"), "DKK")
    assert credit.receivable is not None


def test_what_was_made_after_the_sign_in_is_known(desk: Desk, run: Run, east: str, real_tryton: RealTryton) -> None:
    admin = real_tryton.admin
    old = admin.find("account.tax", ["name", "like", "%25%"], ["group.kind", "=", "sale"], fields=("name",))
    (copied,) = admin("model.account.tax.copy", [old[0]["id"]], {"name": "Prøvemoms"})
    order = desk.ordered(east, (BREAD, "5"))
    line_key = int(order.lines[0].id)
    admin("model.sale.line.write", [line_key], {"taxes": [["add", [copied]]]})
    labels = [tax.label for tax in run(desk.erp.open_order(order.id or "")).lines[0].taxes]
    assert "Prøvemoms" in labels
    # A line that was written past its order moved its own version, and that is enough.
    with pytest.raises(Conflict):
        run(desk.erp.commit(desk.quantity(order, order.lines[0], "6")))


def test_rows_of_the_same_moment_are_found_again_after_any_number_of_writes(desk: Desk, run: Run, east: str) -> None:
    order = desk.ordered(east, (BREAD, "1"))
    moment = int(new_id().removeprefix("new-")) // 250 * 250
    for place in range(4):
        line = replace(desk.product_line(BREAD, "2"), id=f"new-{moment + place}")
        writing = changes(order, created=[desk.priced(order.header, line, NEW_LINE)])
        assert run(desk.erp.landed(writing)) is None
        update = run(desk.erp.commit(writing))
        found = run(desk.erp.landed(writing))
        assert found is not None
        assert found.created == update.created
        order = update.onto(order)
    assert len(order.lines) == 5
