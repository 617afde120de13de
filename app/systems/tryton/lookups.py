"""The small tables that every line points into: units, taxes, currencies. Kept for the session, in the user's language.

They make an order's lines small on the wire (an id instead of words) and let a price answer, which holds ids only,
be shown without asking again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.money import Money
from app.domain.orders import Tax, Unit
from app.ports.errors import Refused
from app.systems.tryton.client import Client
from app.systems.tryton.protocol import Row, malformed, rows

_AT_MOST = 1000
_ALSO_INACTIVE = [["active", "in", [True, False]]]


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit and the kind it belongs to: kilogram and gram are both weights."""

    unit: Unit
    category: int


@dataclass(slots=True)
class Lookups:
    """What has been read of the small tables, by Tryton's ids."""

    client: Client
    units: dict[int, KnownUnit] = field(default_factory=dict)
    taxes: dict[int, Tax] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)

    async def load(self) -> None:
        """Read the tables. One that this user may not read stays empty and is asked row by row later."""
        for model, fields, domain in (
            ("currency.currency", _CURRENCY, _ALSO_INACTIVE),
            ("product.uom", _UNIT, _ALSO_INACTIVE),
            ("account.tax", _TAX, _ALSO_INACTIVE),
        ):
            try:
                found = await self.client.read(f"model.{model}.search_read", domain, 0, _AT_MOST, None, [*fields])
            except Refused:
                continue
            self._keep(model, rows(found))

    async def need(
        self, *, units: Iterable[int | None] = (), taxes: Iterable[int] = (), currencies: Iterable[int] = ()
    ) -> None:
        """Read those that were made after `load`."""
        for model, fields, missing in (
            ("product.uom", _UNIT, {i for i in units if i is not None} - self.units.keys()),
            ("account.tax", _TAX, set(taxes) - self.taxes.keys()),
            ("currency.currency", _CURRENCY, set(currencies) - self.currencies.keys()),
        ):
            if missing:
                self._keep(model, rows(await self.client.read(f"model.{model}.read", sorted(missing), [*fields])))

    def unit(self, key: int | None) -> Unit | None:
        """The unit with this id. Raises `MalformedAnswer` for one that `need` did not find."""
        if key is None:
            return None
        if key not in self.units:
            raise malformed("a unit that cannot be read")
        return self.units[key].unit

    def units_like(self, key: int) -> tuple[Unit, ...]:
        """The unit with this id and then the others of its kind, as the ERP orders them."""
        own = self.units[key]
        others = (known.unit for i, known in self.units.items() if known.category == own.category and i != key)
        return (own.unit, *others)

    def tax(self, key: int) -> Tax:
        """The tax with this id."""
        if key not in self.taxes:
            raise malformed("a tax that cannot be read")
        return self.taxes[key]

    def currency(self, key: int) -> str:
        """ISO code of the currency with this id."""
        if key not in self.currencies:
            raise malformed("a currency that cannot be read")
        return self.currencies[key]

    def currency_key(self, code: str, likely: object = None) -> int | None:
        """Tryton's id of a currency; ``likely`` where that is one of this code, as two could have the same."""
        if isinstance(likely, int) and self.currencies.get(likely) == code:
            return likely
        return next((key for key, known in self.currencies.items() if known == code), None)

    def money(self, row: Row, name: str, currency: str) -> Money | None:
        """The figure in field ``name`` as money, or None where the ERP gives none."""
        amount = row.decimal(name)
        return None if amount is None else Money(amount, currency)

    def _keep(self, model: str, found: Iterable[Row]) -> None:
        for row in found:
            key = row.key()
            if model == "product.uom":
                digits = row.raw("digits")
                shown = Unit(
                    id=str(key),
                    symbol=row.text("symbol") or row.text("name"),
                    digits=digits if isinstance(digits, int) and 0 <= digits <= 12 else 0,
                    name=row.text("name"),
                )
                self.units[key] = KnownUnit(shown, row.key("category"))
            elif model == "account.tax":
                rate = row.decimal("rate") if row.text("type") == "percentage" else None
                self.taxes[key] = Tax(id=str(key), label=row.text("name"), rate=rate)
            else:
                self.currencies[key] = row.text("code")


_UNIT = ("name", "symbol", "digits", "category")
_TAX = ("name", "type", "rate")
_CURRENCY = ("code",)
