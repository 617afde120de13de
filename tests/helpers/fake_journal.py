"""A journal in memory that outlives the run of the program that wrote it, for tests in virtual time."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from app.domain.order_changes import OrderChanges
from app.ports.connection import Connection
from app.ports.journal import JournalEntry, JournalTrouble, Waiting
from app.services.no_journal import NoMakings


class FakeJournal:
    """Implements `Journal`.

    Attributes:
        entries: What it holds, by id.
        begun: Every write that was ever entered.
        earlier: The ids that earlier runs left.
        takes: Seconds until an entry is on disk.
    """

    def __init__(self) -> None:
        self.entries: dict[int, JournalEntry] = {}
        self.begun: list[OrderChanges] = []
        self.earlier: set[int] = set()
        self.takes = 0.0
        self._last = 0

    def next_run(self) -> None:
        """The program is started again: what is left was an earlier run's."""
        self.earlier = set(self.entries)

    async def begin(self, changes: OrderChanges, accepted: frozenset[str], waiting: Waiting) -> int:
        """See `Journal`."""
        if self.takes:
            await asyncio.sleep(self.takes)
        self._put(waiting)
        self.begun.append(changes)
        return self._add(changes, accepted, waiting.slot, is_sent=True)

    async def keep(self, waiting: Waiting) -> None:
        """See `Journal`."""
        if self.takes:
            await asyncio.sleep(self.takes)
        self._put(waiting)

    def _put(self, waiting: Waiting) -> None:
        for entry_id, entry in list(self.entries.items()):
            if entry_id in waiting.instead_of or (entry.slot == waiting.slot and not entry.is_sent):
                del self.entries[entry_id]
        if waiting.rows is not None:
            self._add(waiting.rows, frozenset(), waiting.slot, is_sent=False)

    def _add(self, changes: OrderChanges, accepted: frozenset[str], slot: str, *, is_sent: bool) -> int:
        self._last += 1
        self.entries[self._last] = JournalEntry(self._last, changes, accepted, time.time(), slot, is_sent)
        return self._last

    async def sending_again(self, entry_id: int) -> None:
        """See `Journal`."""
        self.entries[entry_id] = replace(self.entries[entry_id], sent_at=time.time())

    async def done(self, entry_id: int) -> None:
        """See `Journal`."""
        self.entries.pop(entry_id, None)

    async def pending(self) -> Sequence[JournalEntry]:
        """See `Journal`."""
        left = [entry for entry_id, entry in self.entries.items() if entry_id in self.earlier]
        return sorted(left, key=lambda entry: not entry.is_sent)


class FakeJournals:
    """Implements `Journals`: one journal for everybody."""

    trouble: JournalTrouble | None = None
    is_durable = True

    def __init__(self, journal: FakeJournal) -> None:
        self._journal = journal

    def of(self, connection: Connection) -> FakeJournal:
        """See `Journals`."""
        del connection
        return self._journal

    def makings(self, erp: Connection, crm: Connection) -> NoMakings:
        """See `Journals`."""
        del erp, crm
        return NoMakings()

    def close(self) -> None:
        """See `Journals`."""
