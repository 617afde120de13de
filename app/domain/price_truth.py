"""Why a line costs what it costs, what more of it would cost, and whether it is there: all as the ERP tells it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.money import Money
from app.domain.orders import Unit


@dataclass(frozen=True, slots=True)
class PriceRule:
    """The rule of a price list that holds for a line, in the ERP's own words.

    Attributes:
        minimum: It holds from this quantity on, in ``unit``; None for any quantity.
        starts, ends: The first and the last day it holds; None where it has none.
        category: The product group it is for; empty where it is for the product itself, or for all.
        formula: What the ERP computes the price by. Shown, never evaluated here.
    """

    minimum: Decimal | None = None
    unit: Unit | None = None
    starts: date | None = None
    ends: date | None = None
    category: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class PriceBasis:
    """What the ERP's price rests on.

    Attributes:
        rule: None where the ERP does not tell which of the list's rules holds.
    """

    price_list: str
    rule: PriceRule | None = None


@dataclass(frozen=True, slots=True)
class PriceBreak:
    """A larger quantity from which another rule holds.

    Attributes:
        quantity: In the line's own unit.
        unit_price: The ERP's own answer for that quantity; None where it was not asked.
    """

    quantity: Decimal
    unit_price: Money | None = None


@dataclass(frozen=True, slots=True)
class PriceLadder:
    """The breaks above the line's quantity, the nearest first. The ERP is asked for the nearest one's price."""

    breaks: tuple[PriceBreak, ...] = ()

    @property
    def next(self) -> PriceBreak | None:
        """The nearest one that has a price."""
        return next((found for found in self.breaks if found.unit_price is not None), None)


@dataclass(frozen=True, slots=True)
class Availability:
    """What the ERP has of a product in the order's warehouse.

    Attributes:
        unit: The unit of both figures, which need not be the line's.
        in_stock: There now.
        expected: What the ERP expects to be there once all that is planned has come and gone, as far as ``by``.
        by: The day the order asks for, or None for all that is planned.
    """

    unit: Unit | None
    in_stock: Decimal | None
    expected: Decimal | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """What the ERP tells about a line; None for each part that it does not tell.

    Attributes:
        price: The ERP's own unit price for this line today, whatever stands on the line.
    """

    price: Money | None = None
    basis: PriceBasis | None = None
    ladder: PriceLadder | None = None
    availability: Availability | None = None
