"""Lines of an order as a table for other programs, in the user's formats; pasted back they are the same rows."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QMimeData

from app.domain.orders import LineField, LineKind
from app.domain.pasted_text import safe_cell
from app.services.order_rows import RowView
from app.ui.formats import Formats
from app.ui.orders.cell_texts import WAITING, CellTexts
from app.ui.orders.columns import FIELD_OF, NUMERIC, Column
from app.ui.orders.row_texts import column_title

_COLUMNS = tuple(column for column in Column if column is not Column.STATE)
_TEXT_FORMAT = "mso-number-format:'\\@'"
"""Keeps the zeros of 0042 in a spreadsheet that reads the HTML."""


def table_of(views: Sequence[RowView], formats: Formats) -> QMimeData:
    """The lines under headings, as tab-separated text and as HTML.

    What a line holds is never taken for a formula by the program that it is pasted into. The last column says which
    price or discount was typed by hand: pasted back, the others are the ERP's again.
    """
    cells = CellTexts(formats)
    headings = [column_title(column) for column in _COLUMNS] + [QCoreApplication.translate("CopyOut", "By hand")]
    rows = [[*(_cell(cells, view, column) for column in _COLUMNS), _by_hand(view)] for view in views]
    data = QMimeData()
    data.setText("\n".join("\t".join(map(_quoted, row)) for row in [headings, *rows]) + "\n")
    data.setHtml(_html(headings, rows))
    return data


def _cell(cells: CellTexts, view: RowView, column: Column) -> str:
    if view.line.kind is not LineKind.PRODUCT:
        return safe_cell(view.line.description) if column is Column.DESCRIPTION else ""
    shown = cells.shown(view, column)
    if shown == WAITING:
        return ""  # what the ERP has not answered is nothing yet
    is_figure = column in NUMERIC and FIELD_OF.get(column) not in view.bad
    return shown if is_figure else safe_cell(shown)


def _by_hand(view: RowView) -> str:
    translate = QCoreApplication.translate
    if LineField.UNIT_PRICE in view.manual:
        return translate("CopyOut", "price")
    return translate("CopyOut", "discount") if LineField.DISCOUNT in view.manual else ""


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in '\t\n"') else cell


def _html(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    columns = [*_COLUMNS, Column.STATE]
    body = "".join(
        "<tr>" + "".join(_html_cell(cell, column) for cell, column in zip(row, columns, strict=True)) + "</tr>"
        for row in rows
    )
    return f'<meta charset="utf-8"><table border="1"><tr>{head}</tr>{body}</table>'


def _html_cell(cell: str, column: Column) -> str:
    style = 'align="right"' if column in NUMERIC else f'style="{_TEXT_FORMAT}"'
    return f"<td {style}>{escape(cell).replace(chr(10), '<br>')}</td>"
