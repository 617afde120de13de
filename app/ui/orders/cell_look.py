"""How a cell of the line grid looks: all that painting it asks, gathered once for a row and kept until it changes."""

from collections.abc import Set
from dataclasses import dataclass

from app.domain.orders import LineKind
from app.services.order_rows import InputProblem, RowStatus, RowView
from app.ui.orders import row_texts
from app.ui.orders.cell_texts import CellTexts
from app.ui.orders.columns import COLUMN_OF, FIELD_OF, Column

_STATUS_INK = {
    RowStatus.STORED: "success",
    RowStatus.TYPING: "accent_text",
    RowStatus.PENDING: "muted",
    RowStatus.SENDING: "accent_text",
    RowStatus.CHECKING: "warning",
    RowStatus.REFUSED: "danger",
    RowStatus.COLLIDES: "warning",
    RowStatus.ASKS: "warning",
}
_BREAK = "  ↵  "
"""Where a text of several lines has a new one."""
SPANNED = tuple(column for column in Column if column not in (Column.STATE, Column.AMOUNT))
"""The cells across which a line of text goes. The amount is a subtotal's."""
_QUIET = frozenset({Column.LIST_PRICE, Column.VAT, Column.UNIT})
"""Columns whose values are the ERP's alone, painted quietly."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """One cell.

    Attributes:
        text: In one line.
        ink: The token of its colour.
        is_manual: The price or discount was typed by the user.
        is_removed: The row is on its way out.
        is_wrong: What stands there cannot be sent.
        has_remark: Earlier orders say something about it.
        is_strong: It stands out, as a title does.
        spans: The text is the row's, and goes across its cells from the item to the amount.
    """

    text: str
    ink: str = "text"
    is_manual: bool = False
    is_removed: bool = False
    is_wrong: bool = False
    has_remark: bool = False
    spans: bool = False
    is_strong: bool = False


def row_looks(view: RowView, texts: CellTexts, remarked: Set[Column] = frozenset()) -> tuple[CellLook, ...]:
    """A row's cells, by column; earlier orders say something about those in ``remarked``."""
    return tuple(_look(view, column, texts, has_remark=column in remarked) for column in Column)


def empty_row_looks() -> tuple[CellLook, ...]:
    """The row in which a new line is begun."""
    said = {Column.STATE: "+", Column.DESCRIPTION: row_texts.new_line_hint()}
    return tuple(CellLook(said.get(column, ""), "faint") for column in Column)


def _look(view: RowView, column: Column, texts: CellTexts, *, has_remark: bool) -> CellLook:
    name = FIELD_OF.get(column)
    is_wrong, is_manual = _is_wrong(view, column), name in view.manual
    if view.removed:
        ink = "faint"
    elif column is Column.STATE:
        ink = _STATUS_INK[view.status]
    elif is_wrong:
        ink = "danger"
    elif is_manual:
        ink = "accent_text"
    else:
        ink = "muted" if column in _QUIET else "text"
    spans = view.line.kind is not LineKind.PRODUCT and column in SPANNED
    text = texts.shown(view, Column.DESCRIPTION if spans else column)
    return CellLook(
        text=(_BREAK if spans else " ").join(text.split("\n")) if "\n" in text else text,
        ink=ink,
        is_manual=is_manual and not is_wrong,
        is_removed=view.removed,
        is_wrong=is_wrong,
        has_remark=has_remark,
        spans=spans,
        is_strong=spans and view.line.kind is LineKind.TITLE,
    )


def _is_wrong(view: RowView, column: int) -> bool:
    name = FIELD_OF.get(column)
    if name is not None and name in view.bad:
        return view.bad[name].problem is not InputProblem.LOOKING_UP
    if view.offer is not None and column == Column.PRICE:
        return True
    return any(collision.name is not None and COLUMN_OF[collision.name] == column for collision in view.collisions)
