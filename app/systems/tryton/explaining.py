"""Why a line costs what it does, as far as Tryton tells: the price list's rules, its own prices, its own stock.

No price is computed here: a break's quantity stands in a rule, and what the product costs from there on Tryton is
asked. Tryton has no call that names the rule it used. Its own order of them decides, the first that fits holds: which
ones fit the product, its groups and the day Tryton itself is asked, and of those the first that the quantity reaches
is shown. Where a module adds conditions of its own to the rules, or the quantity would have to be converted into
another unit to be compared, none is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.money import Money
from app.domain.orders import LineKind, OrderHeader, OrderLine
from app.domain.price_truth import Availability, LineExplanation, PriceBasis, PriceBreak, PriceLadder, PriceRule
from app.ports.errors import NoRights, NotFound, Refused, ServerFault
from app.systems.tryton.mapping import header_values
from app.systems.tryton.protocol import Row, rows, wire, wire_quantity
from app.systems.tryton.schema import PRICE_RULE
from app.systems.tryton.site import Site, existing, key_of

_PRICE = "sale_price_uom"
_STOCK = ("quantity", "forecast_quantity")
_CONDITIONS = frozenset({"price_list", "category", "product", "quantity", "start_date", "end_date"})
_KNOWN = _CONDITIONS | {"sequence", "formula"}
_EVERY_MODEL_HAS = frozenset(
    {
        "id",
        "rec_name",
        "xml_id",
        "create_uid",
        "create_date",
        "write_uid",
        "write_date",
        "last_modified_at",
        "last_modified_by",
        "_timestamp",
    }
)
_UNIT_OF_LIST = {"product_default": "default_uom", "product_sale": "sale_uom"}
_MOST_RULES = 200
_NOT_TOLD = (Refused, NoRights, NotFound, ServerFault)
"""Why a part stays empty: the user may not read it, or it is not there. A lost connection is told."""


async def explain_line(site: Site, header: OrderHeader, line: OrderLine) -> LineExplanation:
    """See `ErpSystem.explain_line`: the product, the price list's rules, and the price at the next break."""
    if line.kind is not LineKind.PRODUCT or line.product is None:
        return LineExplanation()
    return await _Explaining(site, header, line, key_of(line.product.id)).result()


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules for a product on a day, in the order in which Tryton tries them.

    Attributes:
        unit: The id of the unit of their quantities; None where it is not known.
    """

    found: Sequence[Row]
    unit: int | None

    def reached_by(self, quantity: Decimal) -> int | None:
        """The place of the first one that holds for this quantity."""
        for place, rule in enumerate(self.found):
            minimum = rule.quantity("quantity")
            if minimum is None or minimum <= quantity:
                return place
        return None

    def above(self, quantity: Decimal) -> list[Decimal]:
        """From which larger quantities another one holds: those that are tried before the one in force."""
        before = self.found[: self.reached_by(quantity)]
        return sorted({m for rule in before if (m := rule.quantity("quantity")) is not None and m > quantity})


class _Explaining:
    """One line being asked about."""

    def __init__(self, site: Site, header: OrderHeader, line: OrderLine, product: int) -> None:
        self._site = site
        self._header = header
        self._line = line
        self._product = product
        self._sale = header_values(site, header)
        self._price_list = self._sale.get("price_list") if site.schema.price_rule else None
        # A return is priced as what is returned; while no quantity is typed, Tryton prices as for none.
        self._quantity = abs(line.quantity or Decimal(0))
        self._unit = key_of(line.unit.id) if line.unit else None

    async def result(self) -> LineExplanation:
        """Everything that can be told."""
        fields = existing(self._site.schema.product, "type", "default_uom", "sale_uom", "categories_all", *_STOCK)
        product = await self._ask(self._quantity, *fields)
        if product is None:
            return LineExplanation()
        self._unit = self._unit or product.optional_key("sale_uom")
        await self._site.lookups.need(units=[self._unit, product.optional_key("default_uom")])
        availability = self._availability(product)
        price = self._price(product)
        if self._price_list is None:
            return LineExplanation(price=price, availability=availability)
        rules = await self._rules(product)
        if rules is None:
            basis = PriceBasis(self._list_name()) if self._list_name() else None
            return LineExplanation(price=price, basis=basis, availability=availability)
        return LineExplanation(
            price=price,
            basis=self._basis(rules),
            ladder=await self._ladder(rules),
            availability=availability,
        )

    # -- the product

    async def _ask(self, quantity: Decimal, *further: str) -> Row | None:
        """The product's price at a quantity on this order, and what else is wanted of it. One request."""
        read = self._site.client.read
        names = [_PRICE, *further]
        try:
            found = rows(await read("model.product.product.read", [self._product], names, context=self._like(quantity)))
        except _NOT_TOLD:
            return None
        return found[0] if found else None

    def _like(self, quantity: Decimal) -> dict[str, Any]:
        """The context in which Tryton prices a line of this order, and counts its warehouse."""
        sale, line = self._sale, self._line
        context: dict[str, Any] = {
            "customer": sale.get("party"),
            "currency": sale.get("currency"),
            "sale_date": sale.get("sale_date"),
            "date": sale.get("sale_date"),
            "price_list": sale.get("price_list"),
            "uom": self._unit,
            "quantity": wire_quantity(quantity),
            "taxes": [key_of(tax.id) for tax in line.taxes],
            "locations": [sale["warehouse"]] if sale.get("warehouse") else [],
            "stock_skip_warehouse": True,
        }
        if (day := self._expected_by()) is not None:
            context["stock_date_end"] = wire(day)
        return {name: value for name, value in context.items() if value is not None}

    def _price(self, product: Row) -> Money | None:
        return self._site.lookups.money(product, _PRICE, self._header.currency)

    def _expected_by(self) -> date | None:
        """The day the order asks for; one that has passed says nothing about what is expected."""
        day = self._header.requested_date
        return day if day is not None and day > self._site.today() else None

    def _availability(self, product: Row) -> Availability | None:
        has_figures = all(product.raw(name) is not None for name in _STOCK)
        if not has_figures or not self._sale.get("warehouse") or product.text("type") == "service":
            return None
        return Availability(
            unit=self._site.lookups.unit(product.optional_key("default_uom")),
            in_stock=product.quantity("quantity"),
            expected=product.quantity("forecast_quantity"),
            by=self._expected_by(),
        )

    # -- the rules

    async def _rules(self, product: Row) -> _Rules | None:
        """Those that fit the product, its groups and the day, in Tryton's order. One request."""
        fields = self._site.schema.price_rule
        if fields.keys() - _KNOWN - _EVERY_MODEL_HAS or not fields.keys() >= {"category", "product", "quantity"}:
            return None
        groups: list[Any] = ["OR", ["category", "=", None]]
        if categories := product.keys_of("categories_all"):
            groups.append(["category", "parent_of", [*categories], "parent"])
        domain: list[Any] = [
            ["price_list", "=", self._price_list],
            ["OR", ["product", "=", None], ["product", "=", self._product]],
            groups,
        ]
        day = self._sale.get("sale_date") or wire(self._site.today())
        if "start_date" in fields:
            domain.append(["OR", ["start_date", "=", None], ["start_date", "<=", day]])
        if "end_date" in fields:
            domain.append(["OR", ["end_date", "=", None], ["end_date", ">=", day]])
        shown = existing(fields, "quantity", "formula", "start_date", "end_date", "product", "category.rec_name")
        names = [*shown, "price_list.unit"]
        # Without an order of ours they come in the model's own, which is the one they are tried in.
        read = self._site.client.read
        try:
            found = rows(await read(f"model.{PRICE_RULE}.search_read", domain, 0, _MOST_RULES, None, names))
        except _NOT_TOLD:
            return None
        if len(found) == _MOST_RULES:
            return None
        price_list = found[0].row("price_list") if found else None
        unit = _UNIT_OF_LIST.get(price_list.text("unit")) if price_list is not None else None
        rules = _Rules(found, product.optional_key(unit) if unit else None)
        return rules if self._is_comparable(rules) else None

    def _is_comparable(self, rules: _Rules) -> bool:
        """The line's quantity is in the rules' unit, or no rule asks for one."""
        if not any(rule.quantity("quantity") is not None for rule in rules.found):
            return True
        return self._unit is not None and rules.unit == self._unit

    def _basis(self, rules: _Rules) -> PriceBasis | None:
        name = self._list_name()
        if not name:
            return None
        place = rules.reached_by(self._quantity)
        if place is None:
            return PriceBasis(name)
        rule = rules.found[place]
        category = rule.row("category")
        return PriceBasis(
            name,
            PriceRule(
                minimum=rule.quantity("quantity"),
                unit=self._site.lookups.unit(self._unit),
                starts=rule.date("start_date"),
                ends=rule.date("end_date"),
                category=category.text("rec_name") if category is not None else "",
                formula=rule.text("formula"),
            ),
        )

    async def _ladder(self, rules: _Rules) -> PriceLadder | None:
        """The breaks above; of the next one Tryton is asked the price. One request where there is one."""
        if self._line.quantity is not None and self._line.quantity < 0:
            return None
        above = rules.above(self._quantity)
        if not above:
            return PriceLadder()
        nearest, *others = above
        product = await self._ask(nearest)
        price = self._price(product) if product is not None else None
        return PriceLadder((PriceBreak(nearest, price), *map(PriceBreak, others)))

    def _list_name(self) -> str:
        return self._header.price_list.label if self._header.price_list is not None else ""
