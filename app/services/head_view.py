"""What the window shows of an order's head."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.header_edits import HeaderCollision, Repricing
from app.domain.orders import HeaderField, OrderHeader
from app.ports.errors import SystemFault


class HeadStatus(StrEnum):
    """Shown by sign, colour and text."""

    STORED = "stored"
    WAITING = "waiting"  # for rows that are on their way, or for the ERP to answer again
    ASKING = "asking"
    ASKS = "asks"
    PENDING = "pending"
    SENDING = "sending"
    CHECKING = "checking"
    REFUSED = "refused"
    COLLIDES = "collides"


@dataclass(frozen=True, slots=True)
class HeadView:
    """What the window shows of the head.

    Attributes:
        header: With what the user changed, whether or not the ERP has it.
        typed: The fields that the ERP does not have yet as the user wants them.
        done, of: How many of the lines the ERP has been asked about.
        repricings: What the change does to the lines, while the user is asked (`HeadStatus.ASKS`).
    """

    header: OrderHeader
    status: HeadStatus
    typed: frozenset[HeaderField] = frozenset()
    done: int = 0
    of: int = 0
    repricings: tuple[Repricing, ...] = ()
    collisions: tuple[HeaderCollision, ...] = ()
    fault: SystemFault | None = None
