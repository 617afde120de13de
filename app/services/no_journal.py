"""A journal that remembers nothing: for the demo, whose ERP goes with the program, and for tests of other things."""

from collections.abc import Sequence

from app.domain.order_changes import OrderChanges
from app.ports.connection import Connection
from app.ports.journal import NOT_KEPT, JournalEntry, JournalTrouble, Waiting


class NoJournal:
    """Implements `app.ports.journal.Journal` and `Journals`."""

    trouble: JournalTrouble | None = None
    is_durable = False

    def of(self, connection: Connection) -> "NoJournal":
        """See `Journals.of`."""
        del connection
        return self

    def close(self) -> None:
        """There is nothing to let go of."""

    async def begin(self, changes: OrderChanges, accepted: frozenset[str], waiting: Waiting) -> int:
        """See `Journal.begin`."""
        del changes, accepted, waiting
        return NOT_KEPT

    async def keep(self, waiting: Waiting) -> None:
        """See `Journal.keep`."""

    async def sending_again(self, entry_id: int) -> None:
        """See `Journal.sending_again`."""

    async def done(self, entry_id: int) -> None:
        """See `Journal.done`."""

    async def pending(self) -> Sequence[JournalEntry]:
        """See `Journal.pending`."""
        return ()
