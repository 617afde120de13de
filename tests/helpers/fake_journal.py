"""A journal in memory that outlives the run of the program that wrote it, for tests in virtual time."""

import time
from collections.abc import Sequence
from dataclasses import replace

from app.domain.order_changes import OrderChanges
from app.ports.journal import JournalEntry


class FakeJournal:
    """Implements `Journal`.

    Attributes:
        entries: What it holds, by id.
        begun: Every write that was ever entered.
        earlier: The ids that earlier runs left.
    """

    def __init__(self) -> None:
        self.entries: dict[int, JournalEntry] = {}
        self.begun: list[OrderChanges] = []
        self.earlier: set[int] = set()

    def next_run(self) -> None:
        """The program is started again: what is left was an earlier run's."""
        self.earlier = set(self.entries)

    async def begin(self, changes: OrderChanges, accepted: frozenset[str]) -> int:
        """See `Journal`."""
        self.begun.append(changes)
        entry_id = len(self.begun)
        self.entries[entry_id] = JournalEntry(entry_id, changes, accepted, time.time())
        return entry_id

    async def sending_again(self, entry_id: int) -> None:
        """See `Journal`."""
        self.entries[entry_id] = replace(self.entries[entry_id], sent_at=time.time())

    async def done(self, entry_id: int) -> None:
        """See `Journal`."""
        self.entries.pop(entry_id, None)

    async def pending(self) -> Sequence[JournalEntry]:
        """See `Journal`."""
        return [entry for entry_id, entry in self.entries.items() if entry_id in self.earlier]
