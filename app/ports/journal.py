"""Where a write is remembered from before it is sent until it is certain what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.contact_changes import CrmChange
from app.domain.order_changes import OrderChanges
from app.ports.connection import Connection
from app.ports.drafts import DraftStore
from app.ports.makings import Makings

NOT_KEPT = 0
"""The id of a write that the journal could not keep."""


class JournalTrouble(StrEnum):
    """What is wrong with the journal."""

    NO_KEYRING = "no_keyring"
    IN_USE = "in_use"  # another Samspil of this user has it
    NO_DISK = "no_disk"  # full, read-only or broken
    DAMAGED = "damaged"  # what earlier runs left cannot be read and was put aside; a new one was begun


@dataclass(frozen=True, slots=True)
class Waiting:
    """The rows of one order that were typed and left, and are not on their way.

    Attributes:
        slot: The order being edited; its rows replace those that were kept there before.
        rows: As a write without prices; None when none wait. The version of a line is empty where somebody else has
            changed it and the user has not decided yet.
        instead_of: Entries that leave the journal in the same transaction.
    """

    slot: str
    rows: OrderChanges | None = None
    instead_of: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A write that an earlier run of the program began and did not see the end of, or rows that it never sent.

    Attributes:
        slot: The same for what was typed in the same order at the same time.
        is_sent: It may be in the ERP. Rows that waited are certainly not.
        accepted: The names of the ERP's questions that the user had answered with yes.
        sent_at: When it was last about to be sent, seconds since 1970 by this computer's clock.
    """

    id: int
    changes: OrderChanges
    accepted: frozenset[str]
    sent_at: float
    slot: str = ""
    is_sent: bool = True


class Journal(Protocol):
    """The writes of one user at one ERP.

    Nothing here raises for a disk that fails: writing goes on without it, and `Journals` says so.
    """

    async def begin(self, changes: OrderChanges, accepted: frozenset[str], waiting: Waiting) -> int:
        """Remember a write that is about to be sent, and what waits; on disk when this returns.

        Returns its id, or `NOT_KEPT`.
        """

    async def keep(self, waiting: Waiting) -> None:
        """Remember what waits."""

    async def sending_again(self, entry_id: int) -> None:
        """It is about to be sent once more."""

    async def done(self, entry_id: int) -> None:
        """It is certain what became of it. Without effect on one that is gone."""

    async def pending(self) -> Sequence[JournalEntry]:
        """What earlier runs of the program left: writes first and then rows that waited, oldest first."""


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A change of the CRM that is not acknowledged.

    Attributes:
        whose: The name of the company, to say which card it belongs to.
        is_sent: It may be in the CRM.
        is_stopped: The CRM has said no: it goes on only when the user says so.
    """

    change: CrmChange
    whose: str = ""
    is_sent: bool = False
    is_stopped: bool = False


class CrmJournal(Protocol):
    """The changes of one user at one CRM. Nothing here raises for a disk that fails, as with `Journal`."""

    async def keep(self, kept: KeptChange) -> None:
        """Remember it, or what has become of it, by its token; on disk when this returns."""

    async def done(self, token: str) -> None:
        """It is certain what became of it, or the user has let go of it."""

    async def pending(self) -> Sequence[KeptChange]:
        """What earlier runs of the program left, oldest first."""


class Journals(Protocol):
    """The journals of all connections, in one place that one process uses at a time."""

    @property
    def trouble(self) -> JournalTrouble | None:
        """What is wrong, or None. Known after the first use."""

    @property
    def is_durable(self) -> bool:
        """A write under way is remembered when the program is killed. Known after the first use."""

    def of(self, connection: Connection) -> Journal:
        """The journal of one user at one ERP. Costs nothing."""

    def of_crm(self, connection: Connection) -> CrmJournal:
        """The journal of one user at one CRM. Costs nothing."""

    def makings(self, erp: Connection, crm: Connection) -> Makings:
        """The new customers of one user at these two systems. Costs nothing."""

    def drafts(self, connection: Connection) -> DraftStore:
        """The texts that one user is typing for one system. Costs nothing."""

    def close(self) -> None:
        """Let another process have it. Waits for what is being written."""
