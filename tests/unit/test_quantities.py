"""Quantities as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbers import NotANumber
from app.domain.orders import Unit
from app.domain.quantities import MOST_DIGITS, TooManyDigits, TypedQuantity, parse_quantity, unit_of

UNITS = (Unit("1", "stk", 0, "Stykke"), Unit("2", "krt", 0, "Karton"), Unit("3", "m", 2, "Meter"), Unit("4", "M", 2))


@pytest.mark.parametrize(
    ("text", "danish", "english", "unit"),
    [
        ("40", "40", "40", ""),
        ("-2", "-2", "-2", ""),
        ("12*40", "480", "480", ""),
        ("12x40", "480", "480", ""),
        ("12 X 40", "480", "480", ""),
        ("12 × 40", "480", "480", ""),
        ("2*3*4*5", "120", "120", ""),
        ("-2*3", "-6", "-6", ""),
        ("1,5*4", "6.0", "6.0", ""),
        ("1.234*2", "2468", "2.468", ""),
        ("2,5 kg", "2.5", "2.5", "kg"),
        ("2.5kg", "2.5", "2.5", "kg"),
        ("3 krt", "3", "3", "krt"),
        ("12x40 krt", "480", "480", "krt"),
        ("12x", "12", "12", "x"),
        ("5 m²", "5", "5", "m²"),
        ("5 m2", "5", "5", "m2"),
        ("1 000 stk.", "1000", "1000", "stk."),
    ],
)
def test_read(text: str, danish: str, english: str, unit: str) -> None:
    assert parse_quantity(text, ",") == TypedQuantity(Decimal(danish), unit)
    assert parse_quantity(text, ".") == TypedQuantity(Decimal(english), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kg",
        "*3",
        "3*",
        "3**4",
        "1*2*3*4*5",
        "1e30",
        "1E5",
        "NaN",
        "ti",
        "١٢",
        "😀",
        "5 😀",
        "שלום",
        "10 20",
        "1,2,3 kg",
        "a" * 1_000_000,
        "1*" * 500_000,
    ],
)
def test_no_quantity(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_quantity(text, ",")


@pytest.mark.parametrize("text", ["1" * 16, "1" * 25, "9" * 1_000_000, "1234567890,1234567", "99999999*99999999"])
def test_more_digits_than_can_be_kept(text: str) -> None:
    with pytest.raises(TooManyDigits):
        parse_quantity(text, ",")


@given(st.text(max_size=80), st.sampled_from([",", "."]))
def test_any_text_is_read_or_refused(text: str, sign: str) -> None:
    try:
        read = parse_quantity(text, sign)
    except NotANumber:
        return
    assert float(read.number) == float(repr(float(read.number)))
    assert Decimal(repr(float(read.number))) == read.number, "a floating-point number gives it back as it was typed"


@given(st.lists(st.integers(-999, 999), min_size=1, max_size=4), st.sampled_from(["*", "x", " × "]))
def test_factors_are_multiplied(factors: list[int], sign: str) -> None:
    expected = 1
    for factor in factors:
        expected *= factor
    if len(str(abs(expected))) <= MOST_DIGITS:
        assert parse_quantity(sign.join(map(str, factors)), ".").number == expected


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("stk", "1"),
        ("STK", "1"),
        ("stk.", "1"),
        ("karton", "2"),
        ("Stykke", "1"),
        ("m", "3"),
        ("M", "4"),
        ("kg", None),
        ("", None),
        ("sty", None),
    ],
)
def test_units_by_symbol_or_name(word: str, unit: str | None) -> None:
    found = unit_of(word, UNITS)
    assert (found.id if found is not None else None) == unit
