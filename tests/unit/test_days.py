"""Days as people type them."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.days import NotADay, parse_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("4/12", date(2026, 12, 4)),
        ("4.12", date(2026, 12, 4)),
        ("4.12.", date(2026, 12, 4)),
        (" 4-12-26 ", date(2026, 12, 4)),
        ("04.12.2026", date(2026, 12, 4)),
        ("2026-12-04", date(2026, 12, 4)),
        ("23/11", TODAY),
        ("22/11", date(2027, 11, 22)),
        ("4", date(2026, 12, 4)),
        ("30", date(2026, 11, 30)),
        ("31", date(2026, 12, 31)),
        ("29/2", date(2028, 2, 29)),
        ("+7", date(2026, 11, 30)),
        ("-1", date(2026, 11, 22)),
        ("+0", TODAY),
    ],
)
def test_a_day(text: str, wanted: date) -> None:
    assert parse_day(text, TODAY) == wanted


def test_month_first() -> None:
    assert parse_day("12/4", TODAY, month_first=True) == date(2026, 12, 4)
    assert parse_day("2026-12-04", TODAY, month_first=True) == date(2026, 12, 4)


@pytest.mark.parametrize("text", ["", "x", "31/2", "0", "32", "4/13", "1/2/3/4", "+", "٤/١٢", "4" * 500, "9999999"])
def test_no_day(text: str) -> None:
    with pytest.raises(NotADay):
        parse_day(text, TODAY)


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(text: str) -> None:
    with contextlib.suppress(NotADay):
        assert isinstance(parse_day(text, TODAY), date)


@given(st.dates(TODAY, TODAY + timedelta(days=364)))
def test_day_and_month_mean_the_next_one(day: date) -> None:
    assert parse_day(f"{day.day}/{day.month}", TODAY) == day
