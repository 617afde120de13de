"""The cells of a reporting system's answers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.text import clean
from app.systems import cells

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**29, 10**30, 10**5000]),
    st.floats(),
    st.text(),
    st.decimals().map(str),
    st.dates().map(str),
    st.lists(st.integers(), max_size=2),
    st.just({}),
)
OF_ONE_VALUE = (cells.text, cells.number, cells.hundredths, cells.month, cells.day, cells.moment, cells.minor_units)


@given(value=ANYTHING, currency=ANYTHING, digits=ANYTHING)
def test_a_cell_or_a_value_error(value: Any, currency: Any, digits: Any) -> None:
    for read in OF_ONE_VALUE:
        try:
            found = read(value, currency, digits) if read is cells.minor_units else read(value)  # type: ignore[operator]
        except ValueError:
            continue
        if isinstance(found, str):
            assert clean(found) == found
        if isinstance(found, Decimal):
            assert found.is_finite()
            assert len(f"{found:f}") < 100
        if isinstance(found, Money):
            assert not isinstance(value, float | bool | str)
            assert found.currency == currency


@given(oere=st.integers(-(10**20), 10**20), digits=st.integers(0, 4))
def test_money_is_exact(oere: int, digits: int) -> None:
    money = cells.minor_units(oere, "DKK", digits)
    assert money is not None
    assert int(money.amount.scaleb(digits)) == oere
    assert -money.amount.as_tuple().exponent == digits  # type: ignore[operator]


def test_what_is_meant() -> None:
    assert cells.minor_units(123_45, "DKK") == Money(Decimal("123.45"), "DKK")
    assert cells.minor_units(None, None) is None
    assert cells.hundredths(12_50) == cells.hundredths("12.50") == Decimal("12.50")
    assert cells.month("2026-02") == date(2026, 2, 1)
    assert cells.day("2026-02-28") == date(2026, 2, 28)
    assert cells.moment("2026-11-25T01:15:00+01:00") == cells.moment("2026-11-25T00:15:00")
    assert cells.moment("2026-11-25 00:15Z") == datetime(2026, 11, 25, 0, 15, tzinfo=UTC)
    assert cells.text(4711) == "4711"


@pytest.mark.parametrize("value", [1.5, "100", True, 10**40])
def test_no_money(value: Any) -> None:
    with pytest.raises(ValueError, match="no whole number"):
        cells.minor_units(value, "DKK")


@pytest.mark.parametrize("currency", [None, "", "dkk", "DKKK", "D\nK", 3])
def test_no_currency(currency: Any) -> None:
    with pytest.raises(ValueError, match="no currency"):
        cells.minor_units(1, currency)


@pytest.mark.parametrize("value", ["2026-13", "2026-1", "2026-02-30", "²026-01-01", 202601, "0000-01"])
def test_no_date(value: Any) -> None:
    for read in (cells.month, cells.day):
        with pytest.raises(ValueError, match=r"no |month|year|day"):
            read(value)
