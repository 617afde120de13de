"""Typed reading of what a client sent; anything unfit is an `Invalid` that names the field."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from .errors import Invalid
from .text import clean

_MAX_IDS = 200


class Fields:
    """The members of a JSON object, or the values in an address."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def raw(self) -> Mapping[str, Any]:
        """Return all of them as they came."""
        return self._values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str, *, most: int, required: bool = False) -> str:
        """Return a text of at most `most` characters; a missing one is empty unless it is required."""
        value = self._values.get(name)
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise Invalid.field(name, "This must be a text.")
        value = clean(value)
        if len(value) > most:
            raise Invalid.field(name, f"This has {len(value)} characters; at most {most} are possible.")
        if required and not value:
            raise Invalid.field(name, "This is missing.")
        return value

    def secret(self, name: str) -> str:
        """Return a text exactly as it was sent, such as a password."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value or len(value) > 1000:
            raise Invalid.field(name, "This is missing.")
        return value

    def number(self, name: str, *, default: int, least: int, most: int) -> int:
        """Return a whole number within the bounds; out of them is brought to the nearer one."""
        value = self._values.get(name)
        if value is None:
            return default
        try:
            number = int(str(value))
        except ValueError:
            raise Invalid.field(name, "This must be a whole number.") from None
        return min(max(number, least), most)

    def moment(self, name: str) -> datetime | None:
        """Return a point in time; its offset from UTC must be with it."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise Invalid.field(name, "This must be a date and time as in ISO 8601.") from None
        if moment.tzinfo is None:
            raise Invalid.field(name, "The offset from UTC is missing.")
        return moment

    def day(self, name: str) -> date | None:
        """Return a day, written as in ISO 8601, or None."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            # Ten characters: fromisoformat also knows weeks, which nobody sends.
            return date.fromisoformat(value if len(value) == 10 else "")
        except (TypeError, ValueError):
            raise Invalid.field(name, "This must be a day as in ISO 8601.") from None

    def ids(self, name: str) -> list[int]:
        """Return a list of ids, sent as texts, in order and without repetition; a missing list is empty."""
        values = self._values.get(name)
        if values is None:
            return []
        if not isinstance(values, list) or len(values) > _MAX_IDS:
            raise Invalid.field(name, "This must be a list of ids.")
        return list(dict.fromkeys(_id(name, value) for value in values))

    def id(self, name: str) -> int | None:
        """Return an id, sent as text, or None."""
        value = self._values.get(name)
        return None if value is None else _id(name, value)

    def needed_id(self, name: str) -> int:
        """Return an id, sent as text."""
        if (found := self.id(name)) is None:
            raise Invalid.field(name, "This is missing.")
        return found

    def words(self, name: str, allowed: frozenset[str]) -> frozenset[str]:
        """Return the comma-separated words, each of which must be one of `allowed`."""
        words = frozenset(filter(None, self.text(name, most=200).split(",")))
        if unknown := words - allowed:
            raise Invalid.field(name, f"Not known here: {', '.join(sorted(unknown))}.")
        return words


def _id(name: str, value: Any) -> int:
    # As many digits as fit the database's integers; a longer one would overflow there.
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9:
        return int(value)
    raise Invalid.field(name, "This is not an id.")
