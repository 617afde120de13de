"""The one write that an order has under way, brought to a certain end."""

from typing import Protocol

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.ports.erp import ErpSystem
from app.ports.errors import NoAnswer, NotSignedIn, OutcomeUnknown, SystemFault
from app.ports.jobs import Job, Runner
from app.ports.journal import NOT_KEPT, Waiting
from app.services.order_keeper import OrderKeeper
from app.services.order_writes import commit, settle
from app.services.reconnect import Reconnect


class WriterClient(Protocol):
    """Is told how a write ended."""

    def written(self, changes: OrderChanges, update: OrderUpdate, *, read_later: bool) -> None:
        """It is in the ERP. ``read_later``: it was found there afterwards, when others may have written too."""

    def not_written(self, changes: OrderChanges, error: SystemFault) -> None:
        """It is certain that nothing was written."""

    def outcome_unknown(self, changes: OrderChanges) -> None:
        """Its answer was lost; the ERP is asked what became of it."""


class OrderWriter:
    """Sends one write at a time.

    Attributes:
        sending: What is under way, or None.
        is_checking: Its answer was lost, and the ERP is asked what became of it.
    """

    def __init__(
        self,
        erp: ErpSystem,
        runner: Runner,
        reconnect: Reconnect,
        client: WriterClient,
        keeper: OrderKeeper,
    ) -> None:
        self.sending: OrderChanges | None = None
        self.is_checking = False
        self._accepted: frozenset[str] = frozenset()
        self._erp = erp
        self._runner = runner
        self._reconnect = reconnect
        self._client = client
        self._keeper = keeper
        self._entry = NOT_KEPT  # of the write under way
        self._job: Job | None = None

    def send(self, changes: OrderChanges, accepted: frozenset[str]) -> None:
        """Start the write. Only when nothing is under way.

        ``accepted`` are the names of the ERP's questions that the user answered with yes.
        """
        if self.sending is not None:
            raise RuntimeError("an order has one write under way at most")
        self.sending, self._accepted = changes, accepted
        self._job = self._runner.run(
            self._commit(changes, accepted, self._keeper.take()), self._on_written, self._on_failed
        )

    async def _commit(self, changes: OrderChanges, accepted: frozenset[str], waiting: Waiting) -> OrderUpdate:
        # First on disk, then on the wire: a write that is not in the journal has certainly not been sent.
        self._entry = await self._keeper.journal.begin(changes, accepted, waiting)
        return await commit(self._erp, changes, accepted)

    def check_again(self) -> None:
        """Ask anew what became of a write whose answer was lost; without effect on one that is simply under way.

        The earlier asking is ended first, so that there is never more than one who might send again.
        """
        if self.is_checking:
            self._check()

    def _check(self) -> None:
        if self.sending is None:
            raise RuntimeError("there is no write to ask about")
        if self._job is not None:
            self._job.cancel()
        self.is_checking = True
        entry = self._entry
        work = settle(
            self._erp,
            self.sending,
            self._accepted,
            before_sending=lambda: self._keeper.journal.sending_again(entry),
        )
        self._job = self._runner.run(work, self._on_written, self._on_failed)
        self._client.outcome_unknown(self.sending)

    def _on_written(self, update: OrderUpdate) -> None:
        read_later = self.is_checking
        self._client.written(self._end(), update, read_later=read_later)
        self._reconnect.succeeded()

    def _on_failed(self, error: Exception) -> None:
        fault = as_fault(error)
        if isinstance(error, OutcomeUnknown) or not isinstance(error, SystemFault):
            # A bug while the answer was read leaves the outcome as unknown as a cut connection does.
            if self.is_checking:
                self._wait(fault)
            else:
                self._check()
        elif self.is_checking and isinstance(error, NoAnswer | NotSignedIn):
            self._wait(fault)
        else:
            self._client.not_written(self._end(), fault)

    def _wait(self, fault: SystemFault) -> None:
        if self.sending is not None:
            self._reconnect.wait(fault)
            self._client.outcome_unknown(self.sending)

    def _end(self) -> OrderChanges:
        changes, self.sending = self.sending, None
        if changes is None:
            raise RuntimeError("a write ended that was not under way")
        self._keeper.ended(self._entry)
        self._job, self.is_checking, self._entry = None, False, NOT_KEPT
        return changes


def as_fault(error: Exception) -> SystemFault:
    """``error`` for the user: a bug, which is reported elsewhere, keeps only its kind."""
    return error if isinstance(error, SystemFault) else SystemFault("samspil", detail=type(error).__name__)
