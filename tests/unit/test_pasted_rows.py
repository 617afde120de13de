"""`app.domain.pasted_rows`: what other programs put on the clipboard, as rows of an order."""

import csv
import io
import random
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.orders import LineField
from app.domain.pasted_columns import Holds, columns_of
from app.domain.pasted_rows import BadCell, CellProblem, PastedRow, TooMuch, read_rows
from app.domain.pasted_text import LONGEST_CELL, cells_of, is_table, safe_cell

F = LineField


def read(text: str, decimal_sign: str = ",", currency: str = "DKK", most: int = 2000) -> tuple[PastedRow, ...]:
    """The rows for a Danish user."""
    return read_rows(text, decimal_sign=decimal_sign, currency=currency, most=most)


def shown(row: PastedRow) -> tuple[str, str]:
    """Item and quantity."""
    return row.item, str(row.quantity)


class TestTable:
    @pytest.mark.parametrize("separator", ["\t", ";", ","])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_separators_and_line_ends(self, separator: str, line_end: str) -> None:
        text = line_end.join(separator.join(row) for row in (("4711", "40"), ("", ""), ("4101", "12"), ("", "")))
        assert list(map(shown, read(text))) == [("4711", "40"), ("4101", "12")]

    def test_decimal_commas_beside_semicolons(self) -> None:
        assert shown(read("4711;1.234,5\n4101;2,25\n")[0]) == ("4711", "1234.5")

    def test_semicolons_in_texts_below_headings_between_commas(self) -> None:
        text = 'Text,Qty,Item\nred; small,"1,00",A1\nblue; large,2,A2\n'
        assert list(cells_of(text)) == [
            ["Text", "Qty", "Item"],
            ["red; small", "1,00", "A1"],
            ["blue; large", "2", "A2"],
        ]
        assert list(cells_of("Item;Qty\nA1;1,00\nA2;2,00")) == [["Item", "Qty"], ["A1", "1,00"], ["A2", "2,00"]]

    def test_quoted_cells_hold_separators_quotes_and_line_breaks(self) -> None:
        (row,) = read('Item,Qty,Description\r\n4711,2,"a, ""b""\r\nc"\r\n')
        assert row.description == 'a, "b"\nc'

    def test_a_quote_that_quotes_nothing_is_a_character(self) -> None:
        rows = read('Varenr\tAntal\tTekst\n4711\t1\t"2 tommer\n4101\t2\t2" rør\n')
        assert [row.description for row in rows] == ['"2 tommer', '2" rør']

    def test_one_cell_is_no_table(self) -> None:
        assert not any(map(is_table, ["4711", " 4711 \r\n", "a b", "", "\n", "\t4711\t"]))
        assert all(map(is_table, ["4711\t40", "4711\n4101", "4711\r\n4101\r\n"]))

    def test_hidden_characters_and_hard_spaces_are_no_part_of_a_number(self) -> None:
        assert shown(read("\ufeff\u200f47\u00ad11\u200b\t\u00a01\u00a0234\u00a0\n")[0]) == ("4711", "1234")

    def test_right_to_left_and_emoji_stay(self) -> None:
        rows = read("Varenr\tAntal\tTekst\nمرحبا\t3\tשלום 👩‍🔧\n💡-1\t4\t\n")
        assert [(row.item, row.description) for row in rows] == [("مرحبا", "שלום 👩‍🔧"), ("💡-1", "")]

    @pytest.mark.parametrize("text", ["=1+1", "+45 12", "-x", "@SUM(A1)", "=HYPERLINK(1)"])
    def test_formulas_are_texts_and_safe_on_the_way_out(self, text: str) -> None:
        assert read(f"Item\tQty\tDescription\n{text}\t1\t{text}")[0] == PastedRow(text, text, Decimal(1))
        out = safe_cell(text)
        assert out[0] == "'"
        assert next(iter(cells_of(f"{out}\t1"))) == [text, "1"]

    @pytest.mark.parametrize("text", [" =1+1", "\t=1+1", "\n@SUM(A1)", "＝1+1", "\u200b+1"])
    def test_a_formula_behind_white_space_is_none_either(self, text: str) -> None:
        out = safe_cell(text)
        assert out[0] == "'"
        assert next(iter(cells_of('"' + out + '"\t1'))) == [text.strip("\u200b \t\n"), "1"]

    def test_zeros_at_the_front_stay(self) -> None:
        assert [row.item for row in read('0042\t1\n="0007"\t2\n')] == ["0042", "0007"]


class TestColumns:
    @pytest.mark.parametrize(
        "headings",
        [
            "Varenr.;Varetekst;Antal;Enhed;Pris;Rabat %;Beløb",
            "Item No.;Description;Quantity;Unit;Unit Price;Disc. %;Line Amount",
            "SKU;Name;Qty;UoM;Price (DKK);Discount;Total",
            "EAN;Tekst;Stk.;Enh.;Stk. pris;Rabat pct.;I alt",
            "product_code;product_name;product_uom_qty;product_uom;price_unit;discount;amount",
            "Artikelnummer;Bezeichnung;Menge;Einheit;Einzelpreis;Rabatt;Gesamt",
        ],
    )
    def test_headings_of_many_programs(self, headings: str) -> None:
        order = [Holds.ITEM, Holds.TEXT, Holds.QUANTITY, Holds.UNIT, Holds.PRICE, Holds.DISCOUNT]
        columns, first = columns_of([headings.split(";"), ["4711", "x", "1", "stk", "2", "3", "4"]])
        assert first == 1
        assert columns == {holds: at for at, holds in enumerate(order)}

    def test_a_title_may_stand_above_the_headings(self) -> None:
        assert list(map(shown, read("Bestilling uge 48\n\nAntal\tVarenr\n40\t4711\n"))) == [("4711", "40")]

    def test_an_item_without_a_number_goes_by_its_bar_code(self) -> None:
        text = "EAN\tVarenr\tAntal\n5700000000011\t4711\t1\n5700000000028\t\t2\n"
        assert [row.item for row in read(text)] == ["4711", "5700000000028"]

    @pytest.mark.parametrize(
        ("text", "item", "quantity"),
        [
            ("4711\t40\n4101\t12\n", 0, 1),
            ("40\t4711\n10\t4101\n", 1, 0),
            ("LED-panel hvid\t4711\t40\nDriver 60 W\t4101\t12\n", 1, 2),
            ("1\t4711\t40\n2\t4101\t12\n3\t9001\t5\n", 1, 2),
            ("5701234567890\t3\n5701234567891\t12\n", 0, 1),
            ("A-1\t1\nB-22\t2\n", 0, 1),
            ("7\t1\n8\t2\n", 0, 1),
            ("92,00\t4711\t40\n12,50\t4101\t12\n", 1, 2),
        ],
    )
    def test_without_headings_by_content(self, text: str, item: int, quantity: int) -> None:
        columns, first = columns_of(list(cells_of(text)))
        assert first == 0
        assert (columns[Holds.ITEM], columns[Holds.QUANTITY]) == (item, quantity)

    def test_without_headings_the_rest_from_left_to_right(self) -> None:
        (row,) = read("4711\t40\t92,00\t\tEfter aftale\n")
        assert row == PastedRow("4711", "Efter aftale", Decimal(40), unit_price=Decimal("92.00"))
        (row,) = read("4711\t40\t\t12 %\tEfter aftale\n")
        assert (row.discount, row.description) == (Decimal("0.12"), "Efter aftale")

    def test_a_unit_beside_the_quantity_or_in_it(self) -> None:
        assert [row.unit for row in read("4711\t40\tstk\n4101\t2\tstk\n4102\t3\tkg\n")] == ["stk", "stk", "kg"]
        assert [(str(row.quantity), row.unit) for row in read("4711\t40 stk\n4101\t2,5 kg\n")] == [
            ("40", "stk"),
            ("2.5", "kg"),
        ]

    def test_rows_with_nothing_but_a_text_are_comments(self) -> None:
        product, comment = read("Varenr\tAntal\tTekst\n4711\t1\t\n\t\tLeveres bagdøren\n")
        assert (product.is_text, comment.is_text) == (False, True)

    def test_sums_are_the_erps(self) -> None:
        assert read("Varenr\tAntal\tBeløb\n4711\t1\t92,00\n\t\t92,00\n") == (PastedRow("4711", quantity=Decimal(1)),)


class TestNumbers:
    @pytest.mark.parametrize(
        ("cells", "decimal_sign", "wanted"),
        [
            (["1.234,50", "2"], ".", ["1234.50", "2"]),
            (["1,234.50", "2"], ",", ["1234.50", "2"]),
            (["1.500", "2"], ",", ["1500", "2"]),  # both are possible: the user's
            (["1.500", "2"], ".", ["1.500", "2"]),
            (["1.500", "12.5"], ",", ["1.500", "12.5"]),  # one format must fit all
            (["1,500", "12,5"], ".", ["1.500", "12.5"]),
            (["1 234,5", "2"], ".", ["1234.5", "2"]),
            (["5-", "(7)", "−3"], ",", ["-5", "-7", "-3"]),
        ],
    )
    def test_one_format_for_a_column(self, cells: list[str], decimal_sign: str, wanted: list[str]) -> None:
        text = "Item\tQty\n" + "".join(f"A{at}\t{cell}\n" for at, cell in enumerate(cells))
        assert [str(row.quantity) for row in read(text, decimal_sign)] == wanted

    def test_a_column_that_proves_its_format_speaks_for_one_that_does_not(self) -> None:
        (row,) = read("Item\tQty\tPrice\n4711\t1,234\t1,234.50\n")
        assert (row.quantity, row.unit_price) == (Decimal(1234), Decimal("1234.50"))

    def test_what_fits_no_format_is_bad_by_itself(self) -> None:
        rows = read("Varenr\tAntal\n4711\t1.500\n4101\t12,5\n4102\t1.5\n4103\tmange\n4104\t\n")
        assert [row.quantity for row in rows] == [Decimal(1500), Decimal("12.5"), None, None, None]
        assert [dict(row.bad) for row in rows[2:]] == [
            {F.QUANTITY: BadCell("1.5", CellProblem.NOT_A_NUMBER)},
            {F.QUANTITY: BadCell("mange", CellProblem.NOT_A_NUMBER)},
            {},
        ]

    def test_more_digits_than_a_quantity_has(self) -> None:
        (row,) = read("Varenr\tAntal\n4711\t12345678901234567\n")
        assert row.bad == {F.QUANTITY: BadCell("12345678901234567", CellProblem.TOO_MANY_DIGITS)}

    @pytest.mark.parametrize("price", ["92", "kr. 92", "92 kr.", "DKK 92,00", "92,-", "kr 92,00"])
    def test_prices_with_their_currency(self, price: str) -> None:
        assert read(f"Varenr\tAntal\tPris\n4711\t1\t{price}\n")[0].unit_price == Decimal(92)

    @pytest.mark.parametrize("price", ["€ 92", "92 EUR", "$92.00", "92 USD"])
    def test_a_price_in_another_currency_is_not_taken(self, price: str) -> None:
        (row,) = read(f"Varenr\tAntal\tPris\n4711\t1\t{price}\n")
        assert row.unit_price is None
        assert row.bad == {F.UNIT_PRICE: BadCell(price, CellProblem.OTHER_CURRENCY)}
        assert read(f"Varenr\tAntal\tPris\n4711\t1\t{price}\n", currency="EUR" if "€" in price else "DKK")

    @pytest.mark.parametrize("discount", ["12 %", "12%", "12", "12,0 %"])
    def test_discounts_are_per_cent(self, discount: str) -> None:
        assert read(f"Varenr\tAntal\tRabat\n4711\t1\t{discount}\n")[0].discount == Decimal("0.12")

    def test_a_price_and_a_discount_leave_open_which_price_it_is(self) -> None:
        (row,) = read("Varenr\tAntal\tPris\tRabat\n4711\t1\t92,00\t10 %\n")
        assert row.bad == {F.DISCOUNT: BadCell("10 %", CellProblem.PRICE_AND_DISCOUNT)}
        (row,) = read("Varenr\tAntal\tListepris\tPris\tRabat\n4711\t1\t100,00\t90,00\t10 %\n")
        assert (row.unit_price, row.discount, row.bad) == (Decimal("90.00"), None, {})
        (row,) = read("Varenr\tAntal\tPris\tRabat\n4711\t1\t92,00\t0 %\n")
        assert (row.unit_price, row.discount, row.bad) == (Decimal("92.00"), None, {})


class TestTooMuch:
    def test_the_limit_is_told_before_anything_is_looked_at(self) -> None:
        assert len(read("4711\t1\n" * 2000)) == 2000
        assert len(read("Varenr\tAntal\n" + "4711\t1\n" * 2000)) == 2000
        with pytest.raises(TooMuch, match="2000"):
            read("4711\t1\n" * 2001)

    @pytest.mark.parametrize(
        "text",
        [
            "x" * 1_000_000,
            "a\n" * 500_000,
            '"' * 1_000_000,
            '"a\t' * 300_000,
            '"' + "a\n" * 500_000,
            "\t" * 1_000_000,
            "1," * 500_000 + "\t2",
            "x" * 5_000_000,
        ],
        ids=range(8),
    )
    def test_megabytes_end_soon(self, text: str) -> None:
        began = perf_counter()
        try:
            rows = read(text)
        except TooMuch:
            rows = ()
        assert perf_counter() - began < 2
        assert all(len(row.item) <= LONGEST_CELL + 1 for row in rows)

    def test_a_text_that_is_too_long_stands_there_as_far_as_it_goes(self) -> None:
        (row,) = read(f"Varenr\tAntal\tTekst\n4711\t1\t{'x' * 3000}\n")
        assert row.description == ""
        assert row.bad == {F.DESCRIPTION: BadCell("x" * LONGEST_CELL, CellProblem.TOO_LONG)}


# -- properties

texts = st.text(max_size=200)
tables = st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8)
items = st.from_regex(r"[A-Z]{1,3}-?[0-9]{2,5}", fullmatch=True)
amounts = st.decimals(min_value=Decimal("-99999"), max_value=Decimal("9999999"), places=2)
words = st.text("abcdefghijklmnopqrstuvwxyzæøå ,;\"'=+-@\n💡", max_size=20).map(lambda text: text.strip(" \n"))


@given(texts)
def test_any_text_is_read(text: str) -> None:
    read(text)


@given(tables, st.sampled_from("\t;,"))
def test_any_table_is_read(rows: list[list[str]], separator: str) -> None:
    read("\n".join(separator.join(row) for row in rows))


def _grouped(value: Decimal, decimal_sign: str) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,")) if decimal_sign == "," else f"{value:,.2f}"


@given(
    st.lists(st.tuples(items, amounts, st.one_of(st.none(), amounts), words), min_size=1, max_size=12),
    st.sampled_from(",."),
    st.sampled_from("\t;,"),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(0, 23),
)
def test_what_a_spreadsheet_writes_is_what_is_read(
    rows: list[tuple[str, Decimal, Decimal | None, str]], sign: str, separator: str, line_end: str, shuffle: int
) -> None:
    table = [["Varenr", "Antal", "Pris", "Tekst"]]
    for item, quantity, price, text in rows:
        cells = [item, _grouped(quantity, sign), "" if price is None else _grouped(price, sign), safe_cell(text)]
        table.append(cells)
    columns = random.Random(shuffle).sample(range(4), 4)  # noqa: S311 - any order of the columns
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end)
    writer.writerows([row[at] for at in columns] for row in table)
    wanted = [PastedRow(item, text, quantity, unit_price=price) for item, quantity, price, text in rows]
    assert list(read(out.getvalue(), "." if shuffle % 2 else ",")) == wanted


@given(st.lists(amounts, min_size=1, max_size=20), st.sampled_from(",."), st.sampled_from(",."))
def test_a_column_is_read_in_one_format(values: list[Decimal], written: str, usual: str) -> None:
    text = "Item\tQty\n" + "".join(f"A1\t{_grouped(value, written)}\n" for value in values)
    assert [row.quantity for row in read(text, usual)] == values


@given(words)
def test_no_cell_of_ours_is_a_formula(text: str) -> None:
    assert safe_cell(text)[:1] not in set("=+-@")
    assert next(iter(cells_of('"' + safe_cell(text).replace('"', '""') + '"\tx'))) == [text, "x"]
