"""One row of the order editor: where it is on its way into the ERP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.order_edits import Collision, LineEdit
from app.domain.orders import LineField, OrderLine
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


class InputProblem(StrEnum):
    """Why a typed text cannot be sent."""

    LOOKING_UP = "looking_up"  # not wrong: the ERP is being asked which product it is
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_PRODUCT = "unknown_product"
    UNKNOWN_UNIT = "unknown_unit"
    NO_PRODUCT = "no_product"
    NO_QUANTITY = "no_quantity"


@dataclass(frozen=True, slots=True)
class BadInput:
    """A text that was typed and cannot be sent; it stays in the cell as it was typed."""

    text: str
    problem: InputProblem


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


@dataclass(slots=True)
class RowProgress:
    """What the session remembers of a row that is being edited, beside the edit itself.

    Attributes:
        left: The cursor has left the row, so it may be written.
        sent: The edit as it travelled, while a write of it is under way.
        collisions: What only the user can decide, because somebody else changed the line too.
        was: While it collides, the line that both had started from.
    """

    left: bool = False
    sent: LineEdit | None = None
    fault: SystemFault | None = None
    collisions: tuple[Collision, ...] = ()
    was: OrderLine | None = None
    bad: dict[LineField, BadInput] = field(default_factory=dict)

    @property
    def is_blocked(self) -> bool:
        """It cannot be written before the user has done something about it."""
        return bool(self.fault or self.collisions or self.bad)

    def status(self, edit: LineEdit | None, *, checking: bool) -> RowStatus:
        """The sign to show for a row with this edit."""
        if self.collisions:
            return RowStatus.COLLIDES
        if self.sent is not None:
            return RowStatus.CHECKING if checking else RowStatus.SENDING
        wrong = any(bad.problem is not InputProblem.LOOKING_UP for bad in self.bad.values())
        if self.fault or (wrong and self.left):
            return RowStatus.REFUSED
        if edit is None and not self.bad:
            return RowStatus.STORED
        return RowStatus.PENDING if self.left else RowStatus.TYPING
