"""Rows that cannot get into their order any more, because the ERP takes no more changes of it."""

from app.domain.order_edits import value_of
from app.domain.orders import LineField
from app.services.order_rows import RowStatus, RowView, TypedRow
from app.services.order_session import OrderSession

_WHAT = frozenset({LineField.PRODUCT, LineField.DESCRIPTION, LineField.QUANTITY, LineField.UNIT})


def stranded(session: OrderSession) -> tuple[str, ...]:
    """The keys of the rows whose lines or changes wait in an order that is closed now."""
    if session.order.editable:
        return ()
    return tuple(key for key in session.keys() if _waits(session.row(key)))


def move(source: OrderSession, target: OrderSession) -> None:
    """Type the stranded rows of ``source`` into another order, and take them back where they were."""
    keys = stranded(source)
    target.add_rows([_typed(source.row(key)) for key in keys])
    for key in keys:
        source.revert(key)


def _waits(view: RowView) -> bool:
    return not view.removed and view.status in (RowStatus.REFUSED, RowStatus.PENDING, RowStatus.TYPING, RowStatus.ASKS)


def _typed(view: RowView) -> TypedRow:
    """What the row holds; a price only where it was typed by hand."""
    values = {name: value_of(view.line, name) for name in _WHAT | view.manual if name not in view.bad}
    return TypedRow(values, dict(view.bad), view.line.kind)
