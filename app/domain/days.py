"""Days as people type them."""

import re
from datetime import date, timedelta

_PARTS = re.compile(r"(\d{1,4})(?:[./\- ]+(\d{1,4}))?(?:[./\- ]+(\d{1,4}))?[.]?", re.ASCII)
_RELATIVE = re.compile(r"([+-])\s*(\d{1,4})", re.ASCII)
_LONGEST = 24


class NotADay(ValueError):
    """The text is no day."""


def parse_day(text: str, today: date, *, month_first: bool = False) -> date:
    """``text`` as a day: ``4/12``, ``4.12.26``, ``2026-12-04``, ``4`` (the next 4th), or ``+7`` (in seven days).

    A day without its year, or its month too, is the next one there is, today included.

    Args:
        month_first: ``12/4`` is the 4th of December, as Americans write it.

    Raises:
        NotADay: letters, nothing at all, or a day that the calendar does not have.
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        raise NotADay(stripped[:_LONGEST])
    try:
        if (relative := _RELATIVE.fullmatch(stripped)) is not None:
            return today + timedelta(days=int(relative[1] + relative[2]))
        if (parts := _PARTS.fullmatch(stripped)) is not None:
            return _day([int(part) for part in parts.groups() if part is not None], today, month_first=month_first)
    except (ValueError, OverflowError) as error:
        raise NotADay(text) from error
    raise NotADay(text)


def _day(parts: list[int], today: date, *, month_first: bool) -> date:
    match parts:
        case [int(year), int(month), int(day)] if year > 31:
            return date(year, month, day)
        case [int(one), int(other), int(year)]:
            day, month = (other, one) if month_first else (one, other)
            return date(year if year > 99 else 2000 + year, month, day)
        case [int(one), int(other)]:
            day, month = (other, one) if month_first else (one, other)
            return _next([(today.year + years, month) for years in range(9)], day, today)
        case [int(day)]:
            months = [divmod(today.month - 1 + further, 12) for further in range(13)]
            return _next([(today.year + years, month + 1) for years, month in months], day, today)
    raise ValueError("no day")


def _next(months: list[tuple[int, int]], day: int, today: date) -> date:
    """The first of these months' ``day`` that is not over; 29 February may be years away."""
    for year, month in months:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("no such day")
