"""Tryton's JSON-RPC values, both ways.

On the wire a Decimal is ``{"__class__": "Decimal", "decimal": "0.8680"}``, and dates, times and bytes look alike
(``trytond/protocols/jsonrpc.py``). Quantities are floats in Tryton itself, so they are JSON numbers; money never is.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import msgspec

from app.domain.text import clean, one_line
from app.ports.errors import MalformedAnswer, Refused

SYSTEM: Final = "tryton"

_LARGEST_EXPONENT = 30
"""Beyond 10**±30 a figure is no money and no quantity, and printing ``1E+999999`` would fill the memory."""
_LARGEST_ID = 2**63


class _Envelope(msgspec.Struct):
    result: Any = msgspec.UNSET
    error: Any = msgspec.UNSET


def encode_call(method: str, params: list[Any]) -> bytes:
    """The body of a request. It must hold an ``id``: without one Tryton answers a refusal as an HTML page."""
    return msgspec.json.encode({"id": 0, "method": method, "params": params})


def decode_answer(body: bytes) -> tuple[Any, Any]:
    """``(result, error)`` of an answer; ``error`` is None where there is a result.

    Raises:
        MalformedAnswer: it is no JSON, or neither of the two is there.
    """
    try:
        envelope = msgspec.json.decode(body, type=_Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise malformed("the answer is no JSON-RPC") from error
    if envelope.error is not msgspec.UNSET and envelope.error is not None:
        return None, envelope.error
    if envelope.result is msgspec.UNSET:
        raise malformed("the answer holds neither result nor error")
    return envelope.result, None


def malformed(detail: str) -> MalformedAnswer:
    """The fault for an answer that is not understood. ``detail`` names the place, never the value."""
    return MalformedAnswer(SYSTEM, detail=detail)


def wire(value: Any) -> Any:
    """``value`` as JSON-RPC wants it."""
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, datetime):
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return {"__class__": "datetime", **{part: getattr(value, part) for part in parts}}
    if isinstance(value, date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    if isinstance(value, timedelta):
        return {"__class__": "timedelta", "seconds": value.total_seconds()}
    if isinstance(value, bytes):
        return {"__class__": "bytes", "base64": base64.b64encode(value).decode("ascii")}
    return value


def wire_quantity(value: Decimal | None) -> float | None:
    """A quantity as Tryton's own Float. Raises `Refused` where it is too large to be one."""
    if value is None:
        return None
    if not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST_EXPONENT):
        raise Refused(SYSTEM, detail="the quantity is too large or too small for a number in Tryton")
    return float(value)


def plain(value: Any) -> Any:  # noqa: PLR0911 - one for each class
    """A value off the wire as Python's own; what is not understood stays as it came. Raises `MalformedAnswer`."""
    if not isinstance(value, Mapping):
        return value
    try:
        match value.get("__class__"):
            case "Decimal":
                return _decimal(value["decimal"])
            case "date":
                return date(value["year"], value["month"], value["day"])
            case "datetime":
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime(*(value[part] for part in parts))  # noqa: DTZ001 - Tryton's datetimes are naive UTC
            case "timedelta":
                return timedelta(seconds=value["seconds"])
            case "bytes":
                return base64.b64decode(value["base64"])
    except (KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
        raise malformed(f"a {value.get('__class__')!r} of another shape") from error
    return value


def _decimal(text: object) -> Decimal:
    if not isinstance(text, str):
        raise malformed("a Decimal that is no text")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise malformed("a Decimal that is no number") from error
    if not number.is_finite() or (number and abs(number.adjusted()) > _LARGEST_EXPONENT):
        raise malformed("a Decimal that is no figure")
    return number


class Row:
    """One record as Tryton read it, asked field by field.

    Every question either answers what its name says or raises `MalformedAnswer` naming the field. A field that is
    absent or null counts as empty, since with other modules active other fields exist.
    """

    __slots__ = ("_values",)

    def __init__(self, values: object) -> None:
        if not isinstance(values, Mapping):
            raise malformed("a record that is no object")
        self._values: Mapping[str, Any] = values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def raw(self, name: str) -> Any:
        """The value as it stands on the wire, or None."""
        return self._values.get(name)

    def plain(self, name: str) -> Any:
        """The value as Python's own, for conditions that the ERP states over fields."""
        return plain(self._values.get(name))

    def key(self, name: str = "id") -> int:
        """A record's id that must be there."""
        found = self.optional_key(name)
        if found is None:
            raise malformed(f"{name} is missing")
        return found

    def optional_key(self, name: str) -> int | None:
        """A record's id, or None."""
        return _key(self._values.get(name), name)

    def keys_of(self, name: str) -> tuple[int, ...]:
        """The ids of a relation to many, in the ERP's order."""
        values = self._values.get(name)
        if values is None:
            return ()
        if not isinstance(values, list):
            raise malformed(f"{name} is no list")
        return tuple(found for value in values if (found := _key(value, name)) is not None)

    def text(self, name: str) -> str:
        """Words that fit in one row of a list; empty where there are none."""
        return one_line(self._text(name))

    def block(self, name: str) -> str:
        """Words over several lines."""
        return clean(self._text(name)).strip()

    def token(self, name: str) -> str:
        """Opaque text that is sent back as it came."""
        return self._text(name)

    def _text(self, name: str) -> str:
        value = self._values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise malformed(f"{name} is no text")

    def decimal(self, name: str) -> Decimal | None:
        """A Decimal. A JSON float is refused here: money was never rounded to binary on its way to us."""
        value = self._values.get(name)
        if value is None:
            return None
        number = plain(value)
        if isinstance(number, int) and not isinstance(number, bool):
            return _decimal(str(number))
        if not isinstance(number, Decimal):
            raise malformed(f"{name} is no Decimal")
        return number

    def quantity(self, name: str) -> Decimal | None:
        """A quantity: Tryton's Float, as the shortest decimal that means the same."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise malformed(f"{name} is no number")
        return _decimal(repr(value).removesuffix(".0"))

    def date(self, name: str) -> date | None:
        """A day, or None."""
        value = plain(self._values.get(name))
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise malformed(f"{name} is no date")
        return value

    def duration(self, name: str) -> timedelta | None:
        """How long something takes, or None."""
        value = plain(self._values.get(name))
        if value is None:
            return None
        if not isinstance(value, timedelta):
            raise malformed(f"{name} is no duration")
        return value

    def flag(self, name: str) -> bool:
        """Whether it is set."""
        return bool(self._values.get(name))

    def row(self, name: str) -> "Row | None":
        """The related record that was read along under ``name.``."""
        values = self._values.get(f"{name}.")
        return None if values is None else Row(values)

    def rows(self, name: str) -> "tuple[Row, ...]":
        """The related records that were read along under ``name.``."""
        return rows(self._values.get(f"{name}.") or [])


def rows(values: object) -> tuple[Row, ...]:
    """The records of an answer. Raises `MalformedAnswer` where it is no list of objects."""
    if not isinstance(values, list):
        raise malformed("an answer that is no list of records")
    return tuple(Row(value) for value in values)


def _key(value: object, name: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < _LARGEST_ID:
        raise malformed(f"{name} is no id")
    return value
