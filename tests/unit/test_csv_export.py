"""A panel's table as a file and on the clipboard: what is read back is what was there, and nothing is a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.economy import Column, ColumnRole, ColumnType, PanelKind
from app.domain.money import Money
from app.domain.text import clean
from app.ui.economy.csv_export import csv_of, grid_of, tsv_of
from tests.helpers.sample_panels import NAME, month, panel, table

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["=1+1", "+45 12", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "'x", 'a"b;c,d', "a\nb", "＝1", "æøå"]
)
COUNT = Column("n", "=cmd()", ColumnType.COUNT, ColumnRole.DETAIL)
AMOUNT = Column("a", "Amount", ColumnType.MONEY, ColumnRole.VALUE)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXTS, NUMBERS, NUMBERS), max_size=3), st.sampled_from(",."))
def test_what_is_read_back_is_what_was_there(rows: list[tuple[str, Decimal, Decimal]], sign: str) -> None:
    cells = tuple((name, count, Money(amount, "DKK")) for name, count, amount in rows)
    grid = grid_of(panel(PanelKind.TABLE, (NAME, COUNT, AMOUNT), cells), sign, "currency")
    content = csv_of(grid, sign)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), ""), delimiter=";" if sign == "," else ",")) == grid
    assert list(csv.reader(io.StringIO(tsv_of(grid), ""), delimiter="\t")) == grid
    assert grid[0] == ["Project", "'=cmd()", "Amount", "Amount (currency)"]
    for (name, count, amount), read in zip(rows, grid[1:], strict=True):
        assert read[0].lstrip()[:1] not in set("=+-@\t\r")
        assert read[0] in (clean(name), f"'{clean(name)}")
        assert [Decimal(read[n].replace(sign, ".")) for n in (1, 2)] == [count, amount]


@pytest.mark.parametrize("text", ["=1+1", "+45", "-5", "@x", "\tx", "\rx", "\nx", " =1", "\u200b=1"])
def test_no_text_is_a_formula(text: str) -> None:
    data = panel(PanelKind.TABLE, (NAME, AMOUNT), ((text, None),))
    assert grid_of(data, ",", "currency")[1] == ["'" + clean(text), "", ""]


def test_numbers_are_written_as_every_spreadsheet_reads_them() -> None:
    hours = Column("h", "Hours", ColumnType.HOURS, ColumnRole.DETAIL)
    when = Column("m", "Month", ColumnType.MONTH, ColumnRole.CATEGORY)
    rows = ((month(10), Decimal("1E+3"), Money(Decimal("-1234567.50"), "EUR")), (date(2026, 1, 1), None, None))
    grid = grid_of(panel(PanelKind.TABLE, (when, hours, AMOUNT), rows), ",", "valuta")
    assert grid == [
        ["Month", "Hours", "Amount", "Amount (valuta)"],
        ["2024-11", "1000", "-1234567,50", "EUR"],
        ["2026-01", "", "", ""],
    ]


def test_a_part_of_it() -> None:
    assert grid_of(table(), ".", "currency", [2, 0], [3]) == [
        ["Turnover", "Turnover (currency)"],
        ["-2", "DKK"],
        ["0", "DKK"],
    ]
