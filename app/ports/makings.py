"""Where a new customer is remembered from before the ERP is asked for it until both systems hold its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.new_customers import NewCustomer


@dataclass(frozen=True, slots=True)
class MakingEntry:
    """A new customer whose making an earlier run of the program did not see the end of.

    Attributes:
        sent_at: When the ERP was about to be asked, seconds since 1970 by this computer's clock.
    """

    id: int
    customer: NewCustomer
    sent_at: float


class Makings(Protocol):
    """What one user makes of one CRM's companies in one ERP.

    Nothing here raises for a disk that fails: the token in the ERP still tells what was made.
    """

    async def begin(self, customer: NewCustomer) -> int:
        """Remember it; on disk when this returns. Returns its id, or `app.ports.journal.NOT_KEPT`."""

    async def done(self, entry_id: int) -> None:
        """It is certain what became of it, in both systems. Without effect on one that is gone."""

    async def pending(self) -> Sequence[MakingEntry]:
        """What earlier runs of the program left, oldest first."""
