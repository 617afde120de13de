"""Many products and many prices at once: what our module answers is what plain Tryton answers, line by line."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.domain.orders import LineField, LinePrice, Order, OrderLine
from app.ports.erp import ErpSystem
from app.ports.errors import Refused, SystemFault
from app.systems.tryton.system import Tryton
from tests.contract.erp_contract import NEW_LINE, Desk, new_id
from tests.fixtures.tryton import RealTryton
from tests.helpers.tryton_admin import TrytonSaid
from tests.integration.test_tryton import Watched

Run = Callable[[Coroutine[Any, Any, Any]], Any]
AGREEMENT = "10023"
QUANTITIES = (Decimal(1), Decimal(25), Decimal(100))
MANY = "model.sale.line.samspil_many"


@pytest.fixture
def between() -> Watched:
    """What stands between `erp` and the server."""
    return Watched()


@pytest.fixture
def erp(run: Run, real_tryton: RealTryton, between: Watched) -> Iterator[ErpSystem]:
    """A signed-in clerk."""
    system = real_tryton.system(transport=between)
    run(system.sign_in(real_tryton.password()))
    yield system
    run(system.close())


@pytest.fixture
def order(run: Run, erp: ErpSystem) -> Order:
    """A new order for the customer with the agreement."""
    return Desk(run, erp).proposed(AGREEMENT)


def without_module(erp: ErpSystem) -> None:
    """As at a Tryton that has it not."""
    assert isinstance(erp, Tryton)
    assert erp._site is not None
    assert erp._site.schema.prices_many, "the demo's Tryton has the module"
    erp._site = replace(erp._site, schema=replace(erp._site.schema, prices_many=False))


def every_product(erp: ErpSystem, real_tryton: RealTryton, run: Run, order: Order) -> list[OrderLine]:
    """A line for each that is sold."""
    found = real_tryton.admin.find("product.product", ["salable", "=", True], ["code", "!=", None], fields=("code",))
    hits: dict[str, Any] = {}
    codes = sorted({product["code"] for product in found})
    hits.update(run(erp.find_products(codes, header=order.header)))
    assert len(hits) >= 0.95 * len(codes), "nearly all are called by their own number alone"
    return [OrderLine(new_id(), product=hit.product) for hit in hits.values()]


def test_all_products_at_all_breaks_cost_the_same_both_ways(
    erp: ErpSystem, real_tryton: RealTryton, run: Run, order: Order, between: Watched
) -> None:
    lines = every_product(erp, real_tryton, run, order)
    asked = [(replace(line, quantity=QUANTITIES[at % len(QUANTITIES)]), NEW_LINE) for at, line in enumerate(lines)]
    # The one with most breaks at each of its quantities, and prices and discounts of the user's own.
    first = next(line for line in lines if line.product is not None and line.product.code == "4711")
    asked += [(replace(first, quantity=quantity), NEW_LINE) for quantity in map(Decimal, (1, 24, 25, 99, 100, 500))]
    own = replace(first, quantity=Decimal(3), discount=Decimal("0.125"))
    asked.append((own, NEW_LINE | {LineField.DISCOUNT}))
    between.requests.clear()
    together = run(erp.price_lines(order.header, asked))
    sent = len(between.requests)
    assert set(between.methods[-sent:]) == {MANY}
    assert sent <= -(-len(asked) // 50) + 1, "one request for fifty, and one more for prices by hand"
    without_module(erp)
    between.requests.clear()
    alone = run(erp.price_lines(order.header, asked))
    assert len(between.requests) >= len(asked)
    for (line, _), one, other in zip(asked, together, alone, strict=True):
        assert isinstance(one, LinePrice), (line, one)
        assert (one, one.vendor) == (other, other.vendor), line


def test_a_line_that_tryton_refuses_spoils_no_other(erp: ErpSystem, run: Run, order: Order, between: Watched) -> None:
    line = Desk(run, erp).product_line("4711", "1")
    assert line.product is not None
    gone = replace(line, product=replace(line.product, id="99999999"))
    between.requests.clear()
    answers = run(erp.price_lines(order.header, [(line, NEW_LINE), (gone, NEW_LINE), (line, NEW_LINE)]))
    assert [type(answer) is LinePrice for answer in answers] == [True, False, True]
    assert isinstance(answers[1], SystemFault)


def test_the_module_takes_no_other_method(real_tryton: RealTryton) -> None:
    admin = real_tryton.admin
    assert admin("model.sale.line.samspil_version") == 1
    assert admin(MANY, []) == []
    for method in ("write", "delete", "__class__"):
        with pytest.raises(TrytonSaid, match="asked this way"):
            admin(MANY, [[method, {}, []]])
    with pytest.raises(TrytonSaid, match="At most 200"):
        admin(MANY, [["on_change", {}, []]] * 201)


def test_the_customers_own_number_and_bar_codes(
    erp: ErpSystem, run: Run, order: Order, real_tryton: RealTryton, between: Watched
) -> None:
    admin = real_tryton.admin
    key = admin.first("product.product", ["code", "=", "4711"])
    other = admin.first("product.product", ["code", "=", "4101"])
    (party,) = admin.find("party.party", ["code", "=", AGREEMENT])
    template = admin("model.product.product.read", [key], ["template"])[0]["template"]
    for product, code in ((key, "KUNDE-1"), (key, "4101")):
        admin.create("sale.product_customer", template=template, product=product, party=party["id"], code=code)
    between.requests.clear()
    found = run(erp.find_products(["KUNDE-1", "kunde-1", "4101", "4711"], header=order.header))
    assert len(between.requests) == 1
    assert {text: hit.product.id for text, hit in found.items()} == dict.fromkeys(
        ["KUNDE-1", "kunde-1", "4711"], str(key)
    ), "4101 is one item here and another there: only the user knows"
    assert str(other) not in {hit.product.id for hit in found.values()}
    admin(
        "model.sale.product_customer.delete",
        [each["id"] for each in admin.find("sale.product_customer", ["code", "in", ["KUNDE-1", "4101"]])],
    )


@pytest.fixture
def run() -> Iterator[Run]:
    """One loop for the test."""
    with asyncio.Runner() as runner:
        yield runner.run


def test_it_is_refused_with_words(run: Run, erp: ErpSystem, order: Order) -> None:
    line = Desk(run, erp).product_line("4711", "1")
    (answer,) = run(erp.price_lines(order.header, [(replace(line, quantity=Decimal("1e300")), NEW_LINE)]))
    assert isinstance(answer, Refused)
