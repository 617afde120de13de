"""What is written to the CRM, brought to a certain end: nothing twice, and nothing lost.

A change is journalled, sent, and kept until the CRM has said what became of it. No answer means *unknown*, never
failed: the very same is sent again, with its token, when the CRM is back, and the CRM does a token only once. What the
CRM refuses stays, as it was typed and with the CRM's own words, until the user has seen it.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.domain.contact_changes import CategoryChange, Correction, CrmChange, NewPerson
from app.domain.contacts import NewTouchPoint
from app.domain.sales_changes import StageChange, TaskCompletion
from app.ports.connection import Connection, SystemKind
from app.ports.crm import CrmSystem
from app.ports.errors import AccessEnded, Conflict, NoAnswer, NotSignedIn, OutcomeUnknown, SystemFault, TimedOut
from app.ports.jobs import Runner
from app.ports.journal import CrmJournal, Journals, KeptChange
from app.services.no_journal import NoCrmJournal, NoJournal
from app.services.order_writer import as_fault
from app.services.reconnect import Reconnect
from app.services.systems import Systems


class WriteState(StrEnum):
    """Where a change of the CRM is."""

    SENDING = "sending"
    WAITING = "waiting"  # for the CRM: it is certainly not there, and is sent by itself
    UNKNOWN = "unknown"  # it may be there: the same is sent again by itself
    REFUSED = "refused"  # the CRM said no: the user decides
    CONFLICT = "conflict"  # somebody else has changed the same: the user decides


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """A change that the CRM has not acknowledged.

    Attributes:
        whose: The name of the company, as it was on the card.
        fault: Why it is not there, or None: it is sent for the first time, or an earlier run of the program left it.
        is_under_way: It is being sent right now.
        owner: Under which sign-in it was typed; under no other is it ever sent.
    """

    change: CrmChange
    whose: str
    state: WriteState = WriteState.SENDING
    fault: SystemFault | None = None
    is_under_way: bool = False
    owner: Connection | None = None

    @property
    def token(self) -> str:
        """The change's token."""
        return self.change.token

    @property
    def is_stopped(self) -> bool:
        """It goes on only when the user says so."""
        return self.state in (WriteState.REFUSED, WriteState.CONFLICT)


@dataclass(frozen=True, slots=True)
class WriteNews:
    """Something has become of a change.

    Attributes:
        answer: What the CRM answered, as `deliver` says; None while it has not, and where the user has let go of it.
        is_over: It is no longer among those that are pending.
    """

    write: PendingWrite
    answer: Any = None
    is_over: bool = False


class CrmWriting:
    """The changes of the CRM that are not acknowledged. Lives in its caller's thread; all I/O goes through the runner.

    Attributes:
        report: Is told of what went wrong, so that the connection is looked at.
    """

    def __init__(self, systems: Systems, runner: Runner, journals: Journals | None = None) -> None:
        self.report: Callable[[SystemFault], None] = lambda _fault: None
        self._systems = systems
        self._runner = runner
        self._journals = journals or NoJournal()
        self._writes: dict[str, PendingWrite] = {}  # by token, oldest first
        self._listeners: list[Callable[[WriteNews], None]] = []
        self._last: Connection | None = None  # the sign-in before the CRM ended it
        self._recalled: list[Connection] = []  # whose journal has been read
        self._reconnect = Reconnect(runner, self._send_waiting)

    def listen(self, listener: Callable[[WriteNews], None]) -> None:
        """Call ``listener`` whenever something has become of a change."""
        self._listeners.append(listener)

    # -- what is there

    @property
    def pending(self) -> tuple[PendingWrite, ...]:
        """All of this user's that are not acknowledged, oldest first."""
        mine = self._mine
        return tuple(each for each in self._writes.values() if mine is None or _same(each.owner, mine))

    def at(self, company_id: str) -> tuple[PendingWrite, ...]:
        """Those of one company."""
        return tuple(each for each in self.pending if each.change.company_id == company_id)

    @property
    def is_durable(self) -> bool:
        """They are remembered when the program ends. Known after the first one."""
        return self._journals.is_durable

    # -- what the user does

    def send(self, change: CrmChange, whose: str = "") -> None:
        """Write it to the CRM. One with the token of a change that is pending is that one, and is sent again."""
        known = self._writes.get(change.token)
        write = replace(known, change=change) if known else PendingWrite(change, whose, owner=self._author())
        self._put(write)
        self._send(write)

    def again(self, token: str) -> None:
        """Try one again now."""
        if (write := self._writes.get(token)) is not None:
            self._send(write)

    def drop(self, token: str) -> None:
        """Let go of one. Where it is unknown what became of it, it may be in the CRM all the same."""
        write = self._writes.pop(token, None)
        if write is not None:
            self._forget(write)
            self._tell(WriteNews(write, is_over=True))

    def resume(self) -> None:
        """The CRM is there: what earlier runs of the program left is sent, and what waits for it."""
        mine = self._mine
        self._author()
        if mine is not None and not any(_same(mine, each) for each in self._recalled):
            self._recalled.append(mine)

            def recalled(found: Any) -> None:
                self._recall(found, mine)

            self._runner.run(self._journal(mine).pending(), recalled, lambda _error: self._recalled.remove(mine))
        self._reconnect.now()

    def close(self) -> None:
        """Send nothing more by itself."""
        self._reconnect.close()

    # -- sending

    def _send(self, write: PendingWrite) -> None:
        crm = self._systems.crm
        if write.is_under_way or crm is None or not _same(write.owner, self._mine):
            if not write.is_under_way:
                # Nobody is signed in, or somebody else: it waits for its own user.
                fault = AccessEnded("samspil", detail="not signed in to the CRM")
                self._put(replace(write, state=_waiting(write), fault=write.fault or fault))
            return
        state = write.state if write.state is WriteState.UNKNOWN else WriteState.SENDING
        write = replace(write, state=state, is_under_way=True)
        self._put(write)
        work = _write(crm, self._journal(write.owner), write)
        self._runner.run(
            work,
            lambda answer: self._on_written(write, answer),
            lambda error: self._on_failed(write.token, error),
        )

    def _send_waiting(self) -> None:
        for write in self.pending:
            if not write.is_stopped:
                self._send(write)

    def _on_written(self, write: PendingWrite, answer: Any) -> None:
        # Told also where the user let go of it meanwhile: it is there all the same.
        self._writes.pop(write.token, None)
        self._forget(write)
        self._tell(WriteNews(write, answer, is_over=True))
        self._reconnect.succeeded()

    def _on_failed(self, token: str, error: Exception) -> None:
        write = self._writes.get(token)
        if write is None:
            return
        fault = as_fault(error)
        state = _state_after(write, error)
        write = replace(write, state=state, fault=fault, is_under_way=False)
        self._put(write)
        self._runner.run(self._journal(write.owner).keep(_kept(write)), _nothing, _nothing)
        self.report(fault)
        if not write.is_stopped:
            self._reconnect.wait(fault)

    def _recall(self, found: Any, owner: Connection) -> None:
        for kept in found:
            if kept.change.token in self._writes:
                continue
            state = WriteState.UNKNOWN if kept.is_sent else WriteState.WAITING
            state = WriteState.REFUSED if kept.is_stopped else state
            write = PendingWrite(kept.change, kept.whose, state, owner=owner)
            self._put(write)
            if not write.is_stopped:
                self._send(write)

    # -- keeping

    @property
    def _mine(self) -> Connection | None:
        return self._systems.proven.get(SystemKind.CRM)

    def _author(self) -> Connection | None:
        """Whose it is that is typed now: also where the CRM has ended the sign-in while the card was open."""
        self._last = self._mine or self._last
        return self._last

    def _journal(self, owner: Connection | None) -> CrmJournal:
        return NoCrmJournal() if owner is None else self._journals.of_crm(owner)

    def _forget(self, write: PendingWrite) -> None:
        self._runner.run(self._journal(write.owner).done(write.token), _nothing, _nothing)

    def _put(self, write: PendingWrite) -> None:
        self._writes[write.token] = write
        self._tell(WriteNews(write))

    def _tell(self, news: WriteNews) -> None:
        for listener in self._listeners:
            listener(news)


async def _write(crm: CrmSystem, journal: CrmJournal, write: PendingWrite) -> Any:
    # First on disk, then on the wire: what is not in the journal has certainly not been sent.
    await journal.keep(replace(_kept(write), is_sent=True))
    return await deliver(crm, write.change)


def deliver(crm: CrmSystem, change: CrmChange) -> Coroutine[Any, Any, Any]:
    """What the port calls this change. Answers what it has changed, as it is then."""
    match change:
        case NewTouchPoint():
            return crm.log_touch_point(change)
        case CategoryChange():
            return crm.set_category(change)
        case Correction():
            return crm.correct(change)
        case NewPerson():
            return crm.add_person(change)
        case StageChange():
            return crm.set_stage(change)
        case TaskCompletion():
            return crm.complete_task(change)


def _state_after(write: PendingWrite, error: Exception) -> WriteState:
    """What is known of it after this. A later question that got nowhere takes back no doubt."""
    match error:
        case OutcomeUnknown() | TimedOut():
            return WriteState.UNKNOWN
        case NoAnswer() | NotSignedIn():
            return _waiting(write)
        case Conflict():
            return WriteState.CONFLICT
        case SystemFault():
            return WriteState.REFUSED
    return WriteState.UNKNOWN  # a bug while the answer was read says nothing of what the CRM did


def _waiting(write: PendingWrite) -> WriteState:
    return WriteState.UNKNOWN if write.state is WriteState.UNKNOWN else WriteState.WAITING


def _kept(write: PendingWrite) -> KeptChange:
    return KeptChange(write.change, write.whose, write.state is WriteState.UNKNOWN, write.is_stopped)


def _same(one: Connection | None, other: Connection | None) -> bool:
    """The same user at the same place, whatever the language."""
    if one is None or other is None:
        return one is other
    return (one.system, one.url, one.user) == (other.system, other.url, other.user)


def _nothing(_: object) -> None:
    """The journal says itself when the disk takes no more."""
