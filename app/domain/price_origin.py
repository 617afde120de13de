"""Where the price that stands on a line comes from, and what to ask when the ERP would price it differently.

Nothing is computed: prices are compared, and each of them is the ERP's own answer or was typed by the user.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.header_edits import Repricing
from app.domain.money import Money
from app.domain.order_edits import BY_HAND, Value, value_of
from app.domain.orders import LineField, LineKind, LinePrice, Order, OrderHeader, OrderLine


class PriceChoice(StrEnum):
    """The user's answer where the ERP would price a line differently than it stands."""

    KEEP = "keep"  # as a price by hand
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class PriceOffer:
    """The ERP would price a line differently than the user may expect, so only he can decide.

    Attributes:
        stands: The unit price on the line.
        own: The ERP's answer for the line as the user wants it now.
        before: The ERP's own unit price for the line as it was; None where it has none.
    """

    stands: Money
    own: LinePrice
    before: Money | None


def offer_of(line: OrderLine, before: Money | None, own: LinePrice) -> PriceOffer | None:
    """What to ask about a stored ``line`` whose quantity or unit is to be another one, or None.

    A line that stands at the ERP's own price goes on to do so: its new price is what the user expects. So does one
    whose price the ERP leaves as it is.

    Args:
        before: The ERP's own unit price today for the line as it stands.
        own: Its answer for the line as it is to be.
    """
    if line.unit_price is None or line.unit_price in (before, own.unit_price):
        return None
    return PriceOffer(line.unit_price, own, before)


def repricing_of(line: OrderLine, own: LinePrice, *, by_hand: bool = False) -> Repricing | None:
    """What taking the ERP's ``own`` price of today would do to the stored ``line``; None where it is what stands."""
    return None if line.unit_price == own.unit_price else Repricing(line, own, by_hand)


def is_priced(line: OrderLine) -> bool:
    """The line has a price that can be compared with the ERP's."""
    has_all = line.product is not None and line.quantity is not None and line.unit_price is not None
    return line.kind is LineKind.PRODUCT and has_all


Ground = tuple[object, ...]


def ground_of(header: OrderHeader, line: OrderLine) -> Ground:
    """What the ERP's own price of a line rests on, as far as the app knows it."""
    terms = (header.customer.id, header.currency, header.price_list)
    return (*terms, line.product, line.quantity, line.unit)


@dataclass(frozen=True, slots=True)
class HandPrice:
    """A price or discount by hand that is in the ERP.

    Attributes:
        values: What was typed.
        line: The line as it stood then.
    """

    values: Mapping[LineField, Value]
    line: OrderLine

    def holds_on(self, line: OrderLine) -> bool:
        """It is what stands there. Its quantity may be another one."""
        return line.product == self.line.product and line.unit_price == self.line.unit_price


def hand_values(line: OrderLine, names: frozenset[LineField]) -> Mapping[LineField, Value]:
    """The price fields among ``names`` as they stand on ``line``."""
    return {name: value for name in BY_HAND & names if (value := value_of(line, name)) is not None}


def standing(edited: OrderLine, line: OrderLine | None) -> OrderLine:
    """``edited`` with the prices that stand on the stored ``line``, for as long as nobody has decided."""
    if line is None:
        return edited
    return replace(edited, list_price=line.list_price, discount=line.discount, unit_price=line.unit_price)


def stands_otherwise(old: Order, new: Order, line_id: str) -> bool:
    """Something that the price of a line rests on, or the price itself, is another one on the newer order."""
    was, now = old.line(line_id), new.line(line_id)
    if was is None or now is None or ground_of(old.header, was) != ground_of(new.header, now):
        return True
    return was.unit_price != now.unit_price
