"""Where a text that is still being typed is remembered, in case the program ends before it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that an earlier run of the program was being typed when it ended.

    Attributes:
        place: What it is typed for: the same place holds one draft.
        texts: What stood there, by field, as it was typed.
        typed_at: Seconds since 1970 by this computer's clock.
    """

    place: str
    texts: Mapping[str, str]
    typed_at: float = 0.0

    @property
    def moment(self) -> datetime:
        """When it was typed."""
        return datetime.fromtimestamp(self.typed_at, UTC)


class DraftStore(Protocol):
    """The drafts of one user at one system. Nothing here raises for a disk that fails, as with the journal."""

    async def keep(self, place: str, texts: Mapping[str, str]) -> None:
        """Remember this in the place of what was there."""

    async def drop(self, place: str) -> None:
        """It is sent, or not wanted any more. Without effect where there is none."""

    async def left(self) -> Sequence[Draft]:
        """What earlier runs of the program left, oldest first."""
