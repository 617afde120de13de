"""Why a line costs what it does, against what the real Tryton does with a line of its own, and its own database."""

import asyncio
import json
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.domain.orders import LineField, Order, OrderLine
from app.domain.price_truth import LineExplanation
from app.ports.erp import ErpSystem
from tests.contract.erp_contract import NEW_LINE, Desk, with_price
from tests.fixtures.tryton import RealTryton
from tests.integration.test_tryton import Watched

Run = Callable[[Coroutine[Any, Any, Any]], Any]
AGREEMENT = "10023"  # a customer with a price list of its own (resources/demo/price_list_lines.csv)


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
def desk(run: Run, erp: ErpSystem) -> Desk:
    """The clerk at work."""
    return Desk(run, erp)


@pytest.fixture
def order(desk: Desk) -> Order:
    """A new order for the customer with the agreement."""
    return desk.proposed(AGREEMENT)


def priced(desk: Desk, order: Order, code: str, quantity: str) -> OrderLine:
    """A line as Tryton's own `on_change` prices it."""
    line = desk.product_line(code, quantity)
    return with_price(line, desk.run(desk.erp.price_line(order.header, line, NEW_LINE)))


def explain(desk: Desk, order: Order, code: str, quantity: str) -> LineExplanation:
    """What is told about such a line."""
    return desk.run(desk.erp.explain_line(order.header, priced(desk, order, code, quantity)))


@pytest.mark.parametrize("code", ["4711", "4101", "4402", "5401", "9001"])
def test_every_price_on_the_ladder_is_what_a_line_of_tryton_costs(desk: Desk, order: Order, code: str) -> None:
    quantity, breaks = Decimal(1), 0
    while True:
        line = priced(desk, order, code, str(quantity))
        told = desk.run(desk.erp.explain_line(order.header, line))
        assert told.price == line.unit_price
        assert told.ladder is not None
        if not told.ladder.breaks:
            break
        nearest = told.ladder.breaks[0]
        assert nearest.unit_price == priced(desk, order, code, str(nearest.quantity)).unit_price
        just_below = priced(desk, order, code, str(nearest.quantity - 1))
        assert just_below.unit_price == line.unit_price, "there is no break before the next one"
        quantity, breaks = nearest.quantity, breaks + 1
    assert breaks == {"4711": 3, "4101": 3}.get(code, breaks)


def test_the_rule_is_the_one_in_the_database(desk: Desk, order: Order, real_tryton: RealTryton) -> None:
    told = explain(desk, order, "4711", "40")
    assert told.basis is not None
    rule = told.basis.rule
    assert rule is not None
    assert told.basis.price_list == "Aftale 10023 Nordlys Belysning"
    sql = (
        "SELECT l.quantity, l.start_date, l.end_date, l.formula FROM product_price_list_line l"
        " JOIN product_product p ON p.id = l.product JOIN product_price_list h ON h.id = l.price_list"
        " WHERE p.code = '4711' AND h.name = ? AND l.quantity = 25"
    )
    ((quantity, start, end, formula),) = real_tryton.rows(sql, told.basis.price_list)
    assert (rule.minimum, str(rule.starts), str(rule.ends), rule.formula) == (quantity, start, end, formula)
    assert rule.unit is not None
    assert rule.unit.symbol == "stk"


def test_a_rule_for_a_group_of_goods_is_named_with_it(desk: Desk, order: Order) -> None:
    told = explain(desk, order, "9001", "1")
    assert told.basis is not None
    assert told.basis.rule is not None
    assert told.basis.rule.category == "Tjenester"
    assert told.availability is None, "a service is not in stock"


def test_stock_is_what_tryton_counts_in_the_orders_warehouse(desk: Desk, order: Order, real_tryton: RealTryton) -> None:
    admin = real_tryton.admin
    (warehouse,) = admin.find("stock.location", ["type", "=", "warehouse"])
    by = admin.today() + timedelta(days=30)
    for code in ("4711", "4101"):
        key = admin.first("product.product", ["code", "=", code])
        names = ["quantity", "forecast_quantity"]
        where = {"locations": [warehouse["id"]], "stock_skip_warehouse": True}
        (counted,) = admin("model.product.product.read", [key], names, **where)
        stock = explain(desk, order, code, "1").availability
        assert stock is not None
        assert (stock.in_stock, stock.expected, stock.by) == (counted["quantity"], counted["forecast_quantity"], None)
        later = replace(order, header=replace(order.header, requested_date=by))
        (counted,) = admin("model.product.product.read", [key], names, **where, stock_date_end=by)
        stock = explain(desk, later, code, "1").availability
        assert stock is not None
        assert (stock.in_stock, stock.expected, stock.by) == (counted["quantity"], counted["forecast_quantity"], by)


def test_it_takes_three_requests_at_most_and_reads_little(desk: Desk, order: Order, between: Watched) -> None:
    for quantity, asked in (("40", 3), ("100", 2)):
        line = priced(desk, order, "4711", quantity)
        between.requests.clear()
        between.sizes.clear()
        desk.run(desk.erp.explain_line(order.header, line))
        assert (
            between.methods
            == [
                "model.product.product.read",
                "model.product.price_list.line.search_read",
                "model.product.product.read",
            ][:asked]
        )
        assert sum(between.sizes) < 6000


# At every moment at least one of them has another day than the company in Denmark.
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_rules_are_those_of_the_erps_day_wherever_the_desktop_stands(
    zone: str, desk: Desk, order: Order, between: Watched, real_tryton: RealTryton, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = priced(desk, order, "4711", "40")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", zone)
        time.tzset()
        between.requests.clear()
        before = real_tryton.admin.today()
        desk.run(desk.erp.explain_line(order.header, line))
        after = real_tryton.admin.today()
    time.tzset()
    (asked,) = (request for request in between.requests if b"price_list.line" in request.content)
    sent = json.loads(asked.content)["params"][0]
    bounds = [clause for group in sent if group[0] == "OR" for clause in group[1:] if clause[0].endswith("_date")]
    days = [day for _, _, day in bounds if day is not None]
    assert len(days) == 2
    for day in days:
        assert (day["year"], day["month"], day["day"]) in {(one.year, one.month, one.day) for one in (before, after)}


def test_an_order_that_is_there_explains_its_lines_too(desk: Desk) -> None:
    order = desk.ordered(AGREEMENT, ("4711", "40"))
    told = desk.run(desk.erp.explain_line(order.header, order.lines[0]))
    assert told.price == order.lines[0].unit_price
    assert told.basis is not None
    assert told.basis.rule is not None
    assert told.basis.rule.minimum == 25
    assert told.availability is not None


def test_a_price_by_hand_leaves_the_erps_price_to_be_seen(desk: Desk, order: Order) -> None:
    line = priced(desk, order, "4711", "40")
    assert line.unit_price is not None
    own = replace(line, unit_price=replace(line.unit_price, amount=Decimal("140.00")))
    own = with_price(own, desk.run(desk.erp.price_line(order.header, own, NEW_LINE | {LineField.UNIT_PRICE})))
    told = desk.run(desk.erp.explain_line(order.header, own))
    assert own.unit_price is not None
    assert own.unit_price.amount == Decimal("140.00")
    assert told.price == line.unit_price


def test_a_question_that_nobody_waits_for_any_more_is_dropped(desk: Desk, order: Order, between: Watched) -> None:
    line = priced(desk, order, "4711", "40")
    between.requests.clear()

    async def turn_away() -> None:
        asking = asyncio.ensure_future(desk.erp.explain_line(order.header, line))
        await asyncio.sleep(0.005)
        asking.cancel()
        await asyncio.wait([asking])
        assert asking.cancelled()

    desk.run(turn_away())
    assert len(between.requests) <= 1
    assert priced(desk, order, "4711", "40").unit_price == line.unit_price, "and the next question is answered"
