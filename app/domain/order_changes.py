"""What travels to the ERP in one write, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain.orders import NOTHING, LineField, Order, OrderHeader, OrderLine, OrderState, Totals


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
class OrderChanges:
    """One write: everything in it lands, or nothing.

    Attributes:
        order_id: None creates the order from ``header`` together with its first lines.
        version: The order's version that the changes rest on; empty for a new order.
        created: New lines, in order. Their ids (``new-<token>``) tell them again after a lost answer.
    """

    order_id: str | None
    version: str
    header: OrderHeader
    created: tuple[LineChange, ...] = ()
    changed: tuple[LineChange, ...] = ()
    removed: tuple[LineRemoval, ...] = ()

    @property
    def is_empty(self) -> bool:
        """There is nothing to write."""
        return not (self.created or self.changed or self.removed)

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

    def onto(self, order: Order) -> Order:
        """``order`` as the ERP now has it: touched lines replaced in place, new ones at the end in their order."""
        fresh = {line.id: line for line in self.lines}
        kept = [fresh.pop(line.id, line) for line in order.lines if line.id not in self.removed]
        return replace(
            order,
            id=self.order_id,
            number=self.number,
            version=self.version,
            state=self.state,
            totals=self.totals,
            read_at=self.read_at,
            lines=(*kept, *fresh.values()),
        )
