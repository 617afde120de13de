"""Numbers, money and ages as people here write them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.domain.money import Money
from app.domain.numbers import parse_number
from app.domain.orders import Unit
from app.ui.formats import Formats

DANISH, BRITISH = Formats(QLocale("da_DK")), Formats(QLocale("en_GB"))


@pytest.mark.parametrize(
    ("value", "danish", "british"),
    [
        ("1234567.5", "1.234.567,50", "1,234,567.50"),
        ("0", "0,00", "0.00"),
        ("-0.00", "0,00", "0.00"),
        ("92", "92,00", "92.00"),
        ("0.1234", "0,1234", "0.1234"),
        ("1E+3", "1.000,00", "1,000.00"),
        ("12345678901234567890.12", "12.345.678.901.234.567.890,12", "12,345,678,901,234,567,890.12"),
    ],
)
def test_amounts(value: str, danish: str, british: str) -> None:
    money = Money(Decimal(value), "DKK")
    assert DANISH.amount(money) == danish
    assert BRITISH.amount(money) == british


def test_the_currency_stands_where_it_is_written_here() -> None:
    assert DANISH.money(Money(Decimal(5612), "DKK")) == "5.612,00\u00a0kr."
    assert DANISH.money(Money(Decimal(5612), "EUR")) == "5.612,00\u00a0EUR"
    assert BRITISH.money(Money(Decimal(5612), "DKK")) == "DKK\u00a05,612.00"
    assert BRITISH.money(Money(Decimal(5612), "JPY")) == "JPY\u00a05,612"


def test_hours_are_read_to_the_hundredth() -> None:
    assert DANISH.hours(Decimal("85.1833")) == "85,18"
    assert BRITISH.hours(Decimal("1085.996")) == "1,086.00"
    assert BRITISH.hours(Decimal("1234567890123456789012345678.755")).endswith("345,678.76")


def test_percent_and_quantity() -> None:
    assert DANISH.percent(Decimal("0.125")) == "12,5\u00a0%"
    assert DANISH.percent(Decimal("0.12"), sign=False) == "12"
    assert DANISH.quantity(Decimal("40.0"), Unit("1", "m", 2)) == "40"
    assert DANISH.quantity(Decimal("2.5"), Unit("1", "m", 2)) == "2,50"
    assert DANISH.quantity(None) == ""


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_what_is_shown_can_be_typed_again(value: Decimal) -> None:
    for formats in (DANISH, BRITISH):
        assert parse_number(formats.plain(value), formats.decimal_sign) == value
        # One group and no decimals can be read in two ways in the other country, never in one's own.
        assert parse_number(formats.number(value), formats.decimal_sign) == value


def test_ages() -> None:
    now = datetime.now(UTC)
    assert BRITISH.age(now, now) == "just now"
    assert BRITISH.age(now - timedelta(minutes=2, seconds=5), now) == "2 min ago"
    assert BRITISH.age(now - timedelta(hours=3), now) == "3 h ago"
