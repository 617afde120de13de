"""What is told of a price by a Tryton that lacks modules, keeps its rules to itself, or answers something odd."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.orders import OrderHeader, OrderLine, Product, Unit
from app.domain.parties import Choice, CustomerHit
from app.domain.price_truth import LineExplanation, PriceBasis, PriceBreak, PriceLadder
from app.ports.capability import Capability
from app.ports.errors import MalformedAnswer, Refused, TimedOut
from app.systems.tryton.client import Client
from app.systems.tryton.explaining import explain_line
from app.systems.tryton.lookups import KnownUnit, Lookups
from app.systems.tryton.protocol import SYSTEM
from app.systems.tryton.schema import FieldInfo, Schema, field_info
from app.systems.tryton.site import Site

PRODUCT, RULES = "model.product.product.read", "model.product.price_list.line.search_read"
PIECE, BOX = Unit("1", "stk", 0), Unit("2", "box", 0)
HEADER = OrderHeader(
    CustomerHit("7", "10023", "Nordlys"),
    "DKK",
    price_list=Choice("5", "B2B"),
    vendor={"currency": 1, "warehouse": 4, "price_list": 5},
)
LINE = OrderLine("new-1", product=Product("9", "4711", "Driver"), quantity=Decimal(40), unit=PIECE)
PRICES = {0: "186.42", 1: "186.42", 40: "156", 50: "148"}


def fields(*names: str) -> dict[str, FieldInfo]:
    return {name: field_info(name, {"type": "char"}) for name in names}


RULE = fields("id", "price_list", "sequence", "product", "category", "quantity", "formula", "start_date", "end_date")
STOCKED = fields("type", "default_uom", "sale_uom", "categories_all", "sale_price_uom", "quantity", "forecast_quantity")
WHOLE = Schema(
    sale=fields("party", "price_list", "warehouse", "currency"),
    line={},
    party={},
    address={},
    product=STOCKED,
    price_rule=RULE,
    prices_many=False,
    may_write=True,
    may_create=True,
)


def rule(minimum: float | None, unit: str = "product_default") -> dict[str, Any]:
    return {"id": 1, "quantity": minimum, "formula": "list_price", "price_list.": {"id": 5, "unit": unit}}


class Server:
    """Answers from what a test put in it, and counts."""

    def __init__(self) -> None:
        self.rules: Any = [rule(50.0), rule(25.0), rule(None)]
        self.product: dict[str, Any] = {
            "id": 9,
            "type": "goods",
            "default_uom": 1,
            "sale_uom": 1,
            "categories_all": [3],
            "quantity": 312.0,
            "forecast_quantity": 400.0,
        }
        self.asked: list[str] = []
        self.fails: Callable[[str], Exception | None] = lambda _method: None

    async def read(self, method: str, *_params: Any, context: dict[str, Any] | None = None) -> Any:
        """See `Client.read`."""
        self.asked.append(method)
        if (error := self.fails(method)) is not None:
            raise error
        if method == RULES:
            return self.rules
        assert context is not None
        price = {"__class__": "Decimal", "decimal": PRICES[int(context["quantity"])]}
        return [{**self.product, "sale_price_uom": price}]

    def explain(self, line: OrderLine = LINE, schema: Schema = WHOLE, header: OrderHeader = HEADER) -> LineExplanation:
        """What a Tryton with these fields tells."""
        client = cast(Client, SimpleNamespace(read=self.read))
        lookups = Lookups(client)
        lookups.units = {1: KnownUnit(PIECE, 1), 2: KnownUnit(BOX, 1)}
        return asyncio.run(explain_line(Site(client, schema, lookups), header, line))


@pytest.fixture
def server() -> Server:
    """One that tells everything."""
    return Server()


def kroner(amount: str) -> Money:
    return Money(Decimal(amount), "DKK")


def test_all_of_it(server: Server) -> None:
    told = server.explain()
    assert told.price == kroner("156")
    assert told.basis is not None
    assert told.basis.rule is not None
    assert told.basis.rule.minimum == 25
    assert told.ladder == PriceLadder((PriceBreak(Decimal(50), kroner("148")),))
    assert told.availability is not None
    assert (told.availability.in_stock, told.availability.expected) == (312, 400)


def test_without_price_lists_there_is_the_price_and_the_stock(server: Server) -> None:
    schema = replace(WHOLE, sale=fields("party", "warehouse", "currency"), price_rule={})
    assert not {Capability.PRICE_BASIS, Capability.PRICE_LADDER} & schema.capabilities
    told = server.explain(schema=schema)
    assert (told.price, told.basis, told.ladder) == (kroner("156"), None, None)
    assert told.availability is not None
    assert server.asked == [PRODUCT]


def test_without_stock_there_is_none(server: Server) -> None:
    schema = replace(WHOLE, product=fields("sale_uom", "sale_price_uom", "categories_all", "default_uom"))
    assert Capability.AVAILABILITY not in schema.capabilities
    del server.product["quantity"], server.product["forecast_quantity"]
    assert server.explain(schema=schema).availability is None


@pytest.mark.parametrize("without", ["price list", "warehouse"])
def test_an_order_without_one(server: Server, without: str) -> None:
    if without == "price list":
        told = server.explain(header=replace(HEADER, price_list=None, vendor={**HEADER.vendor, "price_list": None}))
        assert (told.price, told.basis, told.ladder) == (kroner("156"), None, None)
    else:
        assert server.explain(header=replace(HEADER, vendor={**HEADER.vendor, "warehouse": None})).availability is None


def test_no_rule_is_named_where_a_module_has_conditions_of_its_own(server: Server) -> None:
    told = server.explain(schema=replace(WHOLE, price_rule={**RULE, **fields("sales_channel")}))
    assert (told.basis, told.ladder) == (PriceBasis("B2B"), None)
    assert server.asked == [PRODUCT]


def test_no_rule_is_named_where_the_quantity_would_have_to_be_converted(server: Server) -> None:
    told = server.explain(replace(LINE, unit=BOX))
    assert (told.price, told.basis, told.ladder) == (kroner("156"), PriceBasis("B2B"), None)
    server.rules = [rule(None)]
    told = server.explain(replace(LINE, unit=BOX))
    assert told.basis is not None
    assert told.basis.rule is not None


def test_a_list_in_the_sales_unit_is_compared_in_it(server: Server) -> None:
    server.product["sale_uom"] = 2
    server.rules = [rule(25.0, "product_sale"), rule(None, "product_sale")]
    told = server.explain(replace(LINE, unit=BOX))
    assert told.basis is not None
    assert told.basis.rule is not None
    assert (told.basis.rule.minimum, told.basis.rule.unit) == (25, BOX)


def test_a_rule_that_is_never_reached_makes_no_break(server: Server) -> None:
    server.rules = [rule(None), rule(50.0)]
    assert server.explain().ladder == PriceLadder()
    server.rules = []
    told = server.explain()
    assert (told.basis, told.ladder) == (PriceBasis("B2B"), PriceLadder())


def test_a_return_is_explained_as_what_is_returned_and_offers_no_more(server: Server) -> None:
    told = server.explain(replace(LINE, quantity=Decimal(-40)))
    assert told.price == kroner("156")
    assert told.basis is not None
    assert told.ladder is None


def test_before_a_quantity_is_typed_the_first_break_is_told(server: Server) -> None:
    server.rules = [rule(50.0), rule(None)]
    told = server.explain(replace(LINE, quantity=None, unit=None))
    assert told.price == kroner("186.42")
    assert told.ladder == PriceLadder((PriceBreak(Decimal(50), kroner("148")),))


def test_rules_that_this_user_may_not_read(server: Server) -> None:
    server.fails = lambda method: Refused(SYSTEM, "no access") if method == RULES else None
    told = server.explain()
    assert (told.price, told.basis, told.ladder) == (kroner("156"), PriceBasis("B2B"), None)
    assert told.availability is not None


def test_a_product_that_this_user_may_not_read(server: Server) -> None:
    server.fails = lambda _method: Refused(SYSTEM, "no access")
    assert server.explain() == LineExplanation()


def test_a_lost_connection_is_told(server: Server) -> None:
    server.fails = lambda _method: TimedOut(SYSTEM)
    with pytest.raises(TimedOut):
        server.explain()


WILD = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers()))


@given(st.dictionaries(st.sampled_from(["quantity", "formula", "end_date", "category.", "price_list."]), WILD))
def test_wild_rules_are_read_or_told(values: dict[str, Any]) -> None:
    server = Server()
    server.rules = [{**rule(None), **values}]
    with contextlib.suppress(MalformedAnswer, KeyError, Refused):
        server.explain()
