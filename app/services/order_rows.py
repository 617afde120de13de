"""One row of the order editor: where it is on its way into the ERP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.money import Money
from app.domain.order_edits import Collision, LineEdit, Value
from app.domain.orders import LineField, LineKind, OrderLine
from app.domain.price_origin import PriceChoice, PriceOffer
from app.ports.errors import SystemFault


class RowStatus(StrEnum):
    """Shown by sign, colour and text."""

    STORED = "stored"
    TYPING = "typing"
    PENDING = "pending"
    SENDING = "sending"
    CHECKING = "checking"
    REFUSED = "refused"
    COLLIDES = "collides"
    ASKS = "asks"  # which price it is to have


ASKING = frozenset({RowStatus.COLLIDES, RowStatus.ASKS})
"""The user is asked something about the row and answers with yes or no, so to say: nothing is to be typed."""


class InputProblem(StrEnum):
    """Why a typed text cannot be sent."""

    LOOKING_UP = "looking_up"  # not wrong: the ERP is being asked which product or unit it is
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DIGITS = "too_many_digits"
    UNKNOWN_PRODUCT = "unknown_product"
    UNKNOWN_UNIT = "unknown_unit"
    NOT_SOLD = "not_sold"
    NO_PRODUCT = "no_product"
    NO_QUANTITY = "no_quantity"
    OTHER_CURRENCY = "other_currency"
    TOO_LONG = "too_long"
    PRICE_AND_DISCOUNT = "price_and_discount"


@dataclass(frozen=True, slots=True)
class BadInput:
    """A text that was typed and cannot be sent; it stays in the cell as it was typed.

    Attributes:
        choices: What could be typed instead, where that is known.
    """

    text: str
    problem: InputProblem
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A new row as if the user had typed it and left it: for many at once (pasted, or copied from another order).

    Attributes:
        values: What is typed, by field. A price or a discount counts as typed by hand. None is nothing typed.
        bad: What stands in its cell and cannot be sent. A field is in one of the two.
        stood: See `RowProgress.stood`.
    """

    values: Mapping[LineField, Value] = field(default_factory=dict)
    bad: Mapping[LineField, BadInput] = field(default_factory=dict)
    kind: LineKind = LineKind.PRODUCT
    stood: Money | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """What the window shows of a row.

    Attributes:
        key: The row's identity in this session; stays the same when the ERP gives the line its id.
        line: The line with the edit on it; prices are None while the ERP has not answered for these values.
        removed: The user took it away, and the ERP has not confirmed yet.
        manual: The price fields the user typed himself.
        awaits_price: The ERP is being asked for the price, or will be as soon as it answers.
        bad: What was typed and cannot be sent, by field.
        fault: Why the ERP refused it, or None.
        collisions: What somebody else changed at the same time.
        offer: The ERP would price the line differently than it stands, and the user decides; the line shows the latter.
    """

    key: str
    line: OrderLine
    status: RowStatus
    removed: bool = False
    manual: frozenset[LineField] = frozenset()
    awaits_price: bool = False
    bad: Mapping[LineField, BadInput] = field(default_factory=dict)
    fault: SystemFault | None = None
    collisions: tuple[Collision, ...] = ()
    offer: PriceOffer | None = None


@dataclass(slots=True)
class RowProgress:
    """What the session remembers of a row that is being edited, beside the edit itself.

    Attributes:
        left: The cursor has left the row, so it may be written.
        sent: The edit as it travelled, while a write of it is under way.
        collisions: What only the user can decide, because somebody else changed the line too.
        was: While it collides, the line that both had started from.
        offer: The price that the user is asked about.
        choice: His answer, for as long as the line stands as it was then.
        stood: The unit price that is to stand there again, as one by hand where it is not the ERP's own.
        restored: The journal's entry that what stands typed here is from; 0 once the user has typed something.
    """

    left: bool = False
    sent: LineEdit | None = None
    fault: SystemFault | None = None
    collisions: tuple[Collision, ...] = ()
    was: OrderLine | None = None
    offer: PriceOffer | None = None
    choice: PriceChoice | None = None
    bad: dict[LineField, BadInput] = field(default_factory=dict)
    stood: Money | None = None
    restored: int = 0

    @property
    def is_blocked(self) -> bool:
        """It cannot be written before the user has done something about it."""
        return bool(self.fault or self.collisions or self.bad or self.offer)

    def status(self, edit: LineEdit | None, *, checking: bool) -> RowStatus:
        """The sign to show for a row with this edit."""
        if self.collisions:
            return RowStatus.COLLIDES
        if self.sent is not None:
            return RowStatus.CHECKING if checking else RowStatus.SENDING
        wrong = any(bad.problem is not InputProblem.LOOKING_UP for bad in self.bad.values())
        if self.fault or (wrong and self.left):
            return RowStatus.REFUSED
        if self.offer is not None:
            return RowStatus.ASKS
        if edit is None and not self.bad:
            return RowStatus.STORED
        return RowStatus.PENDING if self.left else RowStatus.TYPING
