"""What the window remembers between starts. Where it is kept is not the window's business."""

from typing import Protocol

Plain = str | int | bool | list[int]


class UiSettings(Protocol):
    """A store of plain values by dotted name. No customer data goes in here."""

    def get(self, name: str) -> Plain | None:
        """The value, or None where none is kept."""

    def set(self, name: str, value: Plain) -> None:
        """Keep a value; written when it suits the store. Never raises."""


class NoSettings:
    """Remembers until the program ends."""

    def __init__(self) -> None:
        self._values: dict[str, Plain] = {}

    def get(self, name: str) -> Plain | None:
        """See `UiSettings`."""
        return self._values.get(name)

    def set(self, name: str, value: Plain) -> None:
        """See `UiSettings`."""
        self._values[name] = value
