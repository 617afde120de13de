"""What a line costs: Tryton's own `on_change`, with the fields that Tryton itself says it wants to see.

Nothing is multiplied here. A change of product, quantity or unit is one request. A price or a discount of the user's
own is one request too where the line's list price is known and product and unit stay; otherwise Tryton is first asked
for the list price, unit and taxes, and second what the user's price comes to: no call of Tryton's does both.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from app.domain.orders import LineField, LineKind, LinePrice, OrderHeader, OrderLine
from app.ports.errors import NotFound
from app.systems.tryton.mapping import TYPES, header_values
from app.systems.tryton.protocol import SYSTEM, Row, malformed, rows, wire, wire_quantity
from app.systems.tryton.schema import PARENT, FieldInfo, split_parent
from app.systems.tryton.site import Site, key_of

NEW = -1
"""How a record that is not stored yet is called in `on_change`."""

_REPRICE = {
    LineField.PRODUCT: ("product", "quantity"),
    # Of the two only the unit's also computes the amount, which Tryton's own client asks for in a further request.
    LineField.QUANTITY: ("quantity", "unit"),
    LineField.UNIT: ("quantity", "unit"),
}
OURS = frozenset(
    {
        "id",
        "sale",
        "type",
        "sequence",
        "product",
        "description",
        "quantity",
        "unit",
        "unit_price",
        "taxes",
        "amount",
    }
)
"""The fields of a line that our own records hold; what else Tryton sets travels as it came. The list price is in both:
our records cannot tell one that is empty from one that was not asked."""
_FIGURES = frozenset({"unit_price", "base_price", "discount_rate", "amount"})
_STORED = frozenset({"unit", "unit_price", "base_price", "taxes"})


Ask = Callable[[str, dict[str, Any], list[str]], Awaitable[Any]]
"""Calls ``on_change`` or ``on_change_with`` (the first argument) of a line with these values, for these fields."""


def asking_of(site: Site) -> Ask:
    """Asks in a request by itself."""

    async def ask(method: str, values: dict[str, Any], names: list[str]) -> Any:
        return await site.client.read(f"model.sale.line.{method}", values, names)

    return ask


async def price_line(
    site: Site, header: OrderHeader, line: OrderLine, changed: frozenset[LineField], ask: Ask | None = None
) -> LinePrice:
    """Tryton's answer for ``line`` after ``changed``. Raises `Refused` and what every read does."""
    if line.kind is not LineKind.PRODUCT:
        return LinePrice(unit=None, list_price=None, discount=None, unit_price=None, taxes=(), amount=None)
    fields = site.schema.line
    own_price = LineField.UNIT_PRICE in changed and line.unit_price is not None
    own_discount = LineField.DISCOUNT in changed and line.discount is not None and "discount_rate" in fields
    priced = _Pricing(site, header, line, ask or asking_of(site))
    triggers = {name for which in changed for name in _REPRICE.get(which, ())}
    if not own_price and not own_discount:
        await priced.ask(*(triggers or _REPRICE[LineField.QUANTITY]))
        return await priced.result()
    if changed & {LineField.PRODUCT, LineField.UNIT} or ("base_price" in fields and line.list_price is None):
        if triggers or line.is_new:
            await priced.ask(*(triggers or _REPRICE[LineField.QUANTITY]))
        else:
            await priced.look_up()
    # Of a price and a discount typed on the same line the price holds: the discount follows from it.
    if own_price:
        await priced.ask_consequences(unit_price=line.unit_price and line.unit_price.amount)
    else:
        await priced.ask_discounted(line.discount)
    return await priced.result()


class _Pricing:
    """The values of one line while Tryton is asked about it."""

    def __init__(self, site: Site, header: OrderHeader, line: OrderLine, ask: Ask) -> None:
        self._site = site
        self._ask = ask
        self._currency = header.currency
        self._parent = header_values(site, header)
        self._is_new = line.is_new
        self._values = line_values(site, line)
        self._values["id"] = NEW if line.is_new else key_of(line.id)
        self._answered: dict[str, Any] = {}

    async def look_up(self) -> None:
        """The stored line's figures, where the change leaves them as they are."""
        names = sorted(_STORED & self._site.schema.line.keys())
        found = rows(await self._site.client.read("model.sale.line.read", [self._values["id"]], names))
        if not found:
            raise NotFound(SYSTEM)
        self._values.update({name: found[0].raw(name) for name in names})

    async def ask_discounted(self, discount: Decimal | None) -> None:
        """The price at the user's own discount; without a list price Tryton knows of no discount."""
        if self._values.get("base_price") is None:
            self._values["discount_rate"] = None
            return
        self._values["discount_rate"] = wire(discount)
        await self.ask("discount_rate")

    async def ask(self, *triggers: str) -> None:
        """What follows from a change of ``triggers``."""
        known = [name for name in triggers if name in self._site.schema.line]
        sent = self._sent(*self._site.schema.asked_by(known))
        self._take(await self._ask("on_change", sent, sorted(known)))

    async def ask_consequences(self, **own: Any) -> None:
        """What the computed fields come to with the user's own values for others."""
        self._values.update({name: wire(value) for name, value in own.items()})
        computed = _depending_on(self._site.schema.line.values(), {"unit_price", "quantity"})
        wanted = frozenset[str]().union(*(info.on_change_with for info in computed))
        sent = self._sent(*split_parent(wanted))
        names = sorted(info.name for info in computed)
        self._take(await self._ask("on_change_with", sent, names))

    def _sent(self, own: frozenset[str], parents: frozenset[str]) -> dict[str, Any]:
        fields = self._site.schema.line
        sent = {name: value for name, value in self._values.items() if name in own or name == "id"}
        if not self._is_new:
            # The figures of a line that is being typed on are empty; the server knows the stored ones.
            sent = {name: value for name, value in sent.items() if value is not None or name not in _FIGURES}
        else:
            # A stored line's other fields the server knows too; of a new one it must hear that they are empty.
            for name in own - sent.keys():
                if name in fields and name != "sale":
                    sent[name] = [] if fields[name].is_to_many else None
        if "company" in own:
            sent["company"] = self._parent.get("company")
        sent[f"{PARENT}id"] = self._parent.get("id") or NEW
        sent.update({PARENT + name: self._parent.get(name) for name in parents if name != "id"})
        return sent

    def _take(self, answer: Any) -> None:
        if not isinstance(answer, Mapping):
            raise malformed("a price that is no record")
        for name, value in answer.items():
            info = self._site.schema.line.get(name)
            if info is None:
                continue
            self._values[name] = merged(self._values.get(name), value) if info.is_to_many else value
            self._answered[name] = self._values[name]

    async def result(self) -> LinePrice:
        """The answers so far as ours."""
        row, lookups = Row(self._values), self._site.lookups
        unit, taxes = row.optional_key("unit"), row.keys_of("taxes")
        await lookups.need(units=[unit], taxes=taxes)
        return LinePrice(
            unit=lookups.unit(unit),
            list_price=lookups.money(row, "base_price", self._currency),
            discount=row.decimal("discount_rate"),
            unit_price=lookups.money(row, "unit_price", self._currency),
            taxes=tuple(lookups.tax(key) for key in taxes),
            amount=lookups.money(row, "amount", self._currency),
            vendor=MappingProxyType(dict(self._further())),
        )

    def _further(self) -> Iterable[tuple[str, Any]]:
        """What Tryton set besides: written with the line as Tryton's own client would, computed fields left out."""
        for name, value in self._answered.items():
            info = self._site.schema.line[name]
            if name in OURS or info.readonly:
                continue
            yield name, [["add", value]] if info.is_to_many and value else value


def line_values(site: Site, line: OrderLine) -> dict[str, Any]:
    """A line as Tryton's own values, of the fields that exist."""
    values: dict[str, Any] = {
        "type": TYPES[line.kind],
        "product": key_of(line.product.id) if line.product else None,
        "description": line.description or None,
        "quantity": wire_quantity(line.quantity),
        "unit": key_of(line.unit.id) if line.unit else None,
        "unit_price": wire(line.unit_price.amount) if line.unit_price else None,
        "base_price": wire(line.list_price.amount) if line.list_price else None,
        "discount_rate": wire(line.discount),
        "taxes": [key_of(tax.id) for tax in line.taxes],
    }
    return {name: value for name, value in values.items() if name in site.schema.line}


def _depending_on(fields: Iterable[FieldInfo], names: set[str]) -> list[FieldInfo]:
    """Computed fields that look at one of ``names``; relations to many are another matter (moves, invoices)."""
    return [info for info in fields if info.on_change_with & names and not info.is_to_many]


def merged(before: Any, change: Any) -> Any:
    """A list of ids after a change of it: ``{"add": [[place, {"id": 2}]], "remove": [1]}``, or the new list."""
    if isinstance(change, list):
        return change
    if not isinstance(change, Mapping):
        return []
    gone = {*_list(change, "remove"), *_list(change, "delete")}
    kept = [key for key in (before if isinstance(before, list) else []) if key not in gone]
    for item in _list(change, "add"):
        match item:
            case [_, {"id": int(key)}] if key not in kept:
                kept.append(key)
    return kept


def _list(change: Mapping[str, Any], name: str) -> list[Any]:
    value = change.get(name)
    return [item for item in value if not isinstance(item, dict)] if isinstance(value, list) else []
