"""The cells of a reporting system's answers, from JSON to the domain's.

Everything here raises ValueError for what is not of its type, and never keeps more of a text or a number than a card
can show. Money is never read from a float.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from app.domain.economy import Cell, Column, ColumnType, SourceAge
from app.domain.money import Money
from app.domain.text import one_line

_LARGEST_EXPONENT = 30
"""Beyond 10**±30 a figure is none, and printing ``1E+999999`` would fill the memory."""
_LONGEST_NUMBER = 60
_LONGEST_TEXT = 1000
_MOST_DIGITS = 6
_MOST_SOURCES = 20
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def text(value: object) -> str | None:
    """A text in one line; whole numbers are taken for texts too, since a number may be a name."""
    if value is None or isinstance(value, str):
        return value if value is None else one_line(value[:_LONGEST_TEXT])
    if isinstance(value, int) and not isinstance(value, bool):
        return str(whole(value))
    raise ValueError("no text")


def whole(value: object) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**_LARGEST_EXPONENT:
        raise ValueError("no whole number")
    return value


def number(value: object) -> Decimal | None:
    """A decimal number, from a JSON number or a text like ``-12.50``."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("no number")
    if isinstance(value, int):
        return Decimal(whole(value))
    written = str(value)
    if len(written) > _LONGEST_NUMBER:
        raise ValueError("no number")
    try:
        found = Decimal(written)
    except InvalidOperation:
        raise ValueError("no number") from None
    if not found.is_finite():
        raise ValueError("no number")
    if found and abs(found.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError("no figure")
    return found


def hundredths(value: object) -> Decimal | None:
    """A decimal number from a text, or from whole hundredths of it."""
    if isinstance(value, float):
        raise ValueError("a float")
    return Decimal(value).scaleb(-2) if isinstance(value, int) and whole(value) == value else number(value)


def minor_units(value: object, currency: object, digits: object = None) -> Money | None:
    """Money from a whole number of its smallest unit; ``digits`` of them after the point, 2 where nothing says."""
    if value is None:
        return None
    places = 2 if digits is None else whole(digits)
    if not 0 <= places <= _MOST_DIGITS:
        raise ValueError("no number of digits")
    return money(Decimal(whole(value)).scaleb(-places), currency)


def money(amount: Decimal, currency: object) -> Money:
    """Money in a currency."""
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise ValueError("no currency")
    return Money(amount, currency)


def month(value: object) -> date | None:
    """The first day of a month written ``YYYY-MM``."""
    if value is None:
        return None
    parts = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        raise ValueError("no month")
    return date(int(parts[1]), int(parts[2]), 1)


def day(value: object) -> date | None:
    """A day written ``YYYY-MM-DD``."""
    if value is None:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("no day")
    return date.fromisoformat(value)


def moment(value: object) -> datetime | None:
    """A point in time in ISO 8601, in UTC where it does not say; None for what is none."""
    if not isinstance(value, str) or len(value) > _LONGEST_NUMBER:
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def row(columns: Sequence[Column], values: Mapping[str, Any]) -> tuple[Cell, ...]:
    """A cell for each column. The currency and the digits of money in a column ``x`` are in ``x_currency`` and
    ``x_digits``.
    """
    return tuple(_cell(column, values) for column in columns)


def _cell(column: Column, values: Mapping[str, Any]) -> Cell:
    if column.key not in values:
        raise ValueError("a column is missing")
    value = values[column.key]
    if column.type is ColumnType.MONEY:
        return minor_units(value, values.get(f"{column.key}_currency"), values.get(f"{column.key}_digits"))
    return _READ[column.type](value)


_READ: Mapping[ColumnType, Callable[[Any], Cell]] = {
    ColumnType.TEXT: text,
    ColumnType.MONTH: month,
    ColumnType.DAY: day,
    ColumnType.HOURS: hundredths,
    ColumnType.PERCENT: hundredths,
    ColumnType.COUNT: number,
}


def ages(told: object) -> tuple[SourceAge, ...]:
    """The sources' ages from a JSON text like ``{"Tryton": "2026-11-25T20:00:00Z"}``."""
    try:
        found = msgspec.json.decode(told, type=dict[str, str | None]) if isinstance(told, str) else {}
    except (msgspec.MsgspecError, RecursionError):
        raise ValueError("no ages") from None
    return tuple(SourceAge(one_line(name[:200]), moment(as_of)) for name, as_of in list(found.items())[:_MOST_SOURCES])
