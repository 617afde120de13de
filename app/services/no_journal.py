"""A journal that remembers nothing: for the demo, whose ERP goes with the program, and for tests of other things."""

from collections.abc import Mapping, Sequence

from app.domain.new_customers import NewCustomer
from app.domain.order_changes import OrderChanges
from app.ports.connection import Connection
from app.ports.drafts import Draft
from app.ports.journal import NOT_KEPT, JournalEntry, JournalTrouble, KeptChange, Waiting
from app.ports.makings import MakingEntry


class NoJournal:
    """Implements `app.ports.journal.Journal` and `Journals`."""

    trouble: JournalTrouble | None = None
    is_durable = False

    def of(self, connection: Connection) -> "NoJournal":
        """See `Journals.of`."""
        del connection
        return self

    def of_crm(self, connection: Connection) -> "NoCrmJournal":
        """See `Journals.of_crm`."""
        del connection
        return NoCrmJournal()

    def makings(self, erp: Connection, crm: Connection) -> "NoMakings":
        """See `Journals.makings`."""
        del erp, crm
        return NoMakings()

    def drafts(self, connection: Connection) -> "NoDrafts":
        """See `Journals.drafts`."""
        del connection
        return NoDrafts()

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


class NoCrmJournal:
    """Implements `app.ports.journal.CrmJournal`."""

    async def keep(self, kept: KeptChange) -> None:
        """See `CrmJournal.keep`."""

    async def done(self, token: str) -> None:
        """See `CrmJournal.done`."""

    async def pending(self) -> Sequence[KeptChange]:
        """See `CrmJournal.pending`."""
        return ()


class NoMakings:
    """Implements `app.ports.makings.Makings`."""

    async def begin(self, customer: NewCustomer) -> int:
        """See `Makings.begin`."""
        del customer
        return NOT_KEPT

    async def done(self, entry_id: int) -> None:
        """See `Makings.done`."""

    async def pending(self) -> Sequence[MakingEntry]:
        """See `Makings.pending`."""
        return ()


class NoDrafts:
    """Implements `app.ports.drafts.DraftStore`."""

    async def keep(self, place: str, texts: Mapping[str, str]) -> None:
        """See `DraftStore.keep`."""

    async def drop(self, place: str) -> None:
        """See `DraftStore.drop`."""

    async def left(self) -> Sequence[Draft]:
        """See `DraftStore.left`."""
        return ()
