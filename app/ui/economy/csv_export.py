"""A panel's table for other programs: the same cells go into a file and on the clipboard.

Amounts are plain numbers with their currency in a column of its own, so that a spreadsheet can reckon with them.
Nothing that a system wrote is taken for a formula there.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from app.domain.economy import Cell, Column, ColumnType, PanelData
from app.domain.money import Money
from app.domain.pasted_text import safe_cell
from app.domain.text import clean

_BOM = "\ufeff"  # without it Excel reads æ, ø and å as something else
_BLANKS = ("\t", "\r", "\n")


def grid_of(
    data: PanelData,
    decimal_sign: str,
    currency_word: str,
    rows: Iterable[int] | None = None,
    columns: Sequence[int] | None = None,
) -> list[list[str]]:
    """The table under its headings, as a spreadsheet takes it.

    Args:
        decimal_sign: ``,`` or ``.``: how this user's spreadsheet reads numbers.
        currency_word: Said behind an amount's heading in the heading of its currency.
        rows, columns: Only these, in this order; all of them where it is None.
    """
    chosen = range(len(data.columns)) if columns is None else columns
    lines = [_headings([data.columns[at] for at in chosen], currency_word)]
    for number in range(len(data.rows)) if rows is None else rows:
        row = data.rows[number]
        lines.append([text for at in chosen for text in _cells(row[at], data.columns[at], decimal_sign)])
    return lines


def csv_of(grid: Sequence[Sequence[str]], decimal_sign: str) -> bytes:
    """The file that Excel opens as a table where ``decimal_sign`` is the user's: UTF-8 with its mark."""
    text = io.StringIO(newline="")
    # Where the comma is in the numbers, Excel's lists have semicolons between them.
    writer = csv.writer(text, delimiter=";" if decimal_sign == "," else ",", lineterminator="\r\n")
    writer.writerows(grid)
    return (_BOM + text.getvalue()).encode()


def tsv_of(grid: Sequence[Sequence[str]]) -> str:
    """What is put on the clipboard."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(grid)
    return text.getvalue()


def plain(value: Decimal, decimal_sign: str) -> str:
    """A number as every spreadsheet reads it: no grouping, no power of ten, and the keyboard's own minus."""
    return f"{value:f}".replace(".", decimal_sign)


def _headings(columns: Iterable[Column], currency_word: str) -> list[str]:
    found = []
    for column in columns:
        found.append(_text(column.label))
        if column.type is ColumnType.MONEY:
            found.append(_text(f"{column.label} ({currency_word})"))
    return found


def _cells(cell: Cell, column: Column, decimal_sign: str) -> list[str]:
    if column.type is ColumnType.MONEY:
        return [plain(cell.amount, decimal_sign), _text(cell.currency)] if isinstance(cell, Money) else ["", ""]
    if isinstance(cell, Decimal):
        return [plain(cell, decimal_sign) if cell.is_finite() else ""]
    if isinstance(cell, date):
        return [f"{cell:%Y-%m}" if column.type is ColumnType.MONTH else cell.isoformat()]
    return [_text(cell) if isinstance(cell, str) else ""]


def _text(text: str) -> str:
    tidy = clean(text)
    return f"'{tidy}" if tidy.startswith(_BLANKS) else safe_cell(tidy)
