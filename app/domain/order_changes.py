"""What travels to the ERP in one write, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain.order_moves import Moves
from app.domain.orders import (
    NOTHING,
    HeaderField,
    HeaderValue,
    LineField,
    Order,
    OrderHeader,
    OrderLine,
    OrderState,
    Totals,
)


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line to create or to change.

    Attributes:
        line: The whole line as it is to be, priced by the ERP.
        fields: The fields that travel; for a new line all that are set.
        priced: The price, unit and taxes travel too, since the ERP stores what it is given.
        vendor: The further values of the ERP's price answer.
    """

    line: OrderLine
    fields: frozenset[LineField]
    priced: bool
    vendor: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LineRemoval:
    """A line to remove, at the version it was last read at."""

    id: str
    version: str


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """A change of the order's head.

    Attributes:
        was: What each field that travels held before; what it is to hold stands in `OrderChanges.header`.
        vendor: The further values of the ERP's answer, to be written along.
    """

    was: Mapping[HeaderField, HeaderValue]
    vendor: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OrderChanges:
    """One write: everything in it lands, or nothing.

    Attributes:
        order_id: None creates the order from ``header`` together with its first lines.
        version: The order's version that the changes rest on; empty for a new order.
        header: As it is to be.
        header_change: What of an existing order's head travels; of a new order the whole head does anyway, and this
            says what the user changed of what the ERP had proposed.
        created: New lines, in order. Their ids (``new-<token>``) tell them again after a lost answer.
        moved: Lines that are to stand elsewhere among those that the ERP then has. They travel by themselves.
    """

    order_id: str | None
    version: str
    header: OrderHeader
    created: tuple[LineChange, ...] = ()
    changed: tuple[LineChange, ...] = ()
    removed: tuple[LineRemoval, ...] = ()
    header_change: HeaderChange | None = None
    moved: Moves = ()

    @property
    def is_empty(self) -> bool:
        """There is nothing to write."""
        return not (self.created or self.changed or self.removed or self.header_change or self.moved)

    @property
    def is_of_header(self) -> bool:
        """It changes the head of an order that is there; its lines are those that take the price which follows."""
        return self.header_change is not None and self.order_id is not None

    @property
    def line_ids(self) -> frozenset[str]:
        """The ids of all lines that this write touches."""
        return frozenset(
            [change.line.id for change in (*self.created, *self.changed)] + [removal.id for removal in self.removed]
        )


@dataclass(frozen=True, slots=True)
class OrderUpdate:
    """What the ERP has after a write: only what can have changed.

    Attributes:
        lines: The touched lines that exist, by their ERP id.
        created: The ERP's id for each local id (``new-…``) of the write.
        removed: The ids that are gone.
        header: As the ERP has it after a write of it; None after others.
        sequence: The ids of all lines in the ERP's order, after a write that moved some; None after others.
    """

    order_id: str
    number: str
    version: str
    state: OrderState
    totals: Totals
    read_at: datetime
    lines: tuple[OrderLine, ...] = ()
    created: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    header: OrderHeader | None = None
    sequence: tuple[str, ...] | None = None

    def onto(self, order: Order) -> Order:
        """``order`` as the ERP now has it: touched lines replaced in place, new ones at the end in their order."""
        fresh = {line.id: line for line in self.lines}
        kept = [fresh.pop(line.id, line) for line in order.lines if line.id not in self.removed]
        if self.sequence is not None:
            place = {line_id: number for number, line_id in enumerate(self.sequence)}
            kept.sort(key=lambda line: place.get(line.id, len(place)))
        return replace(
            order,
            id=self.order_id,
            number=self.number,
            header=self.header or order.header,
            version=self.version,
            state=self.state,
            totals=self.totals,
            read_at=self.read_at,
            lines=(*kept, *fresh.values()),
        )
