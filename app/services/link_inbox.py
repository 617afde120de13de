"""The links that do not hold: read from both systems, shown, and mended by a person one at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from app.domain.contacts import Company, Page
from app.domain.links import MAY_BE_RIGHT, Finding, NameTable, Suggestion, without
from app.domain.names import Name, NameKind
from app.ports.cache import REJECTED
from app.ports.capability import Capability
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.errors import Conflict, OutcomeUnknown, SystemFault
from app.ports.jobs import Job, Runner
from app.services.link_judging import Judged, judge, mark
from app.services.making_steps import CERTAIN, insist
from app.services.order_writer import as_fault
from app.services.overviews import Overviews
from app.services.systems import Systems


class InboxStatus(StrEnum):
    """Where the list is."""

    EMPTY = "empty"  # it has not been read
    READING = "reading"
    READY = "ready"
    FAILED = "failed"


class DeedStatus(StrEnum):
    """Where a number on its way into the CRM is."""

    WRITING = "writing"
    UNKNOWN = "unknown"  # the CRM did not answer; it is being found out
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Deed:
    """A number that a person has accepted.

    Attributes:
        number: What is to stand in the CRM, in the place of the finding's own.
        is_undo: It takes an earlier one back.
    """

    finding: Finding
    number: str
    status: DeedStatus = DeedStatus.WRITING
    fault: SystemFault | None = None
    is_undo: bool = False


class LinkInbox:
    """Reads, suggests, and writes what is accepted. Lives in its caller's thread; all I/O goes through the runner.

    Attributes:
        findings: What is left to look at, in the CRM's order.
        words: By what each company of the findings is found, each word after a space; by the CRM's key.
        read: How many names of each system have been read so far. The time system, whose projects belong to customers
            by number too, is among them where it tells them; where it does not, the others go on.
        fault, fault_of: Why reading failed.
        read_at: When the reading ended, aware.
        deed: What was accepted last, or None.
        rejected: How many suggestions are hidden because a person has said no to them.
    """

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews | None = None) -> None:
        self._systems = systems
        self._runner = runner
        self._overviews = overviews or Overviews(systems)
        self._jobs: dict[SystemKind | None, Job] = {}
        self._listeners: list[Callable[[], None]] = []
        self._written: list[Callable[[Company], None]] = []
        self._all: tuple[Finding, ...] = ()
        self._before: tuple[Finding, ...] = ()  # the last deed
        self._names: dict[SystemKind, NameTable] = {}
        self._no: frozenset[str] = frozenset()
        self._said_no: frozenset[str] = frozenset()  # the companies that a no is about
        self.status = InboxStatus.EMPTY
        self.findings: tuple[Finding, ...] = ()
        self.words: Mapping[str, str] = {}
        self.read: dict[SystemKind, int] = {}
        self._counted: dict[SystemKind, int] = {}  # by the last reading that ended
        self.fault: SystemFault | None = None
        self.fault_of = SystemKind.CRM
        self.read_at: datetime | None = None
        self.deed: Deed | None = None
        self.rejected = 0

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever something has changed."""
        self._listeners.append(listener)

    def on_written(self, listener: Callable[[Company], None]) -> None:
        """Call ``listener`` with a company whose number has been written."""
        self._written.append(listener)

    @property
    def can_read(self) -> bool:
        """Both systems tell all their names to this user."""
        both = (self._systems.crm, self._systems.erp)
        return all(system is not None and Capability.NAMES in system.capabilities for system in both)

    @property
    def can_write(self) -> bool:
        """This user may enter numbers in the CRM."""
        crm = self._systems.crm
        return crm is not None and Capability.SET_NUMBER in crm.capabilities

    @property
    def is_writing(self) -> bool:
        """A number is on its way."""
        return self.deed is not None and self.deed.status in (DeedStatus.WRITING, DeedStatus.UNKNOWN)

    # -- reading

    def start(self) -> None:
        """Read both systems' names, a page at a time; what is shown stays until it is done."""
        if not self.can_read or self.status is InboxStatus.READING:
            return
        self.status, self.fault = InboxStatus.READING, None
        self._names = {
            SystemKind.CRM: NameTable(NameKind.COMPANY),
            SystemKind.ERP: NameTable(NameKind.CUSTOMER),
        }
        time = self._systems.time
        if time is not None and Capability.NAMES in time.capabilities:
            self._names[SystemKind.TIME] = NameTable(NameKind.PROJECT)
        self.read = dict.fromkeys(self._names, 0)
        for kind in tuple(self._names):
            self._next_page(kind, "")
        self._tell()

    def cancel(self) -> None:
        """Read no further. What an earlier reading has found stays."""
        for kind in (SystemKind.CRM, SystemKind.ERP, SystemKind.TIME, None):
            if kind in self._jobs:
                self._jobs.pop(kind).cancel()
        self._names, self.read = {}, dict(self._counted)
        if self.status is InboxStatus.READING:
            self.status = InboxStatus.READY if self.read_at is not None else InboxStatus.EMPTY
            self._tell()

    def forget(self) -> None:
        """What was found is of systems that are no longer in use."""
        self.cancel()
        self.status, self.fault, self.read_at, self.deed = InboxStatus.EMPTY, None, None, None
        self.read, self._counted, self._all, self._before, self._no = {}, {}, (), (), frozenset()
        self._said_no, self.words = frozenset(), {}
        self._sift()

    def _next_page(self, kind: SystemKind, after: str) -> None:
        by_kind = {SystemKind.CRM: self._systems.crm, SystemKind.ERP: self._systems.erp}
        system = by_kind.get(kind, self._systems.time)
        if system is None:
            self.cancel()
            return

        def done(page: Page[Name]) -> None:
            # The CRM tells people after companies, and people have no numbers.
            items = [name for name in page.items if name.kind is not NameKind.PERSON]
            self._names[kind].extend(items)
            self.read[kind] += len(items)
            del self._jobs[kind]
            if page.next is not None and len(items) == len(page.items):
                self._next_page(kind, page.next)
            elif not self._jobs:
                self._judge()
            self._tell()

        def failed(error: Exception) -> None:
            if kind is not SystemKind.TIME:
                self._failed(error, kind)
                return
            del self._jobs[kind], self._names[kind], self.read[kind]
            if not self._jobs:
                self._judge()
            self._tell()

        self._jobs[kind] = self._runner.run(system.names(after), done, failed)

    def _judge(self) -> None:
        names, self._names = self._names, {}
        cache = self._overviews.at(SystemKind.CRM)

        async def work() -> tuple[Judged, frozenset[str]]:
            kept = await cache.read(REJECTED, "")
            no = frozenset(kept.value) if kept is not None else frozenset()
            projects = names.get(SystemKind.TIME, ())
            return await judge(names[SystemKind.CRM], names[SystemKind.ERP], no, projects), no

        def done(found: tuple[Judged, frozenset[str]]) -> None:
            self._jobs.pop(None, None)
            judged, no = found
            self._all, self.words = judged.findings, judged.words
            self._no |= no
            self._said_no |= judged.said_no
            self.status, self.read_at = InboxStatus.READY, datetime.now(UTC)
            self._counted = dict(self.read)
            if self._no:
                self._keep()  # what is looked at does not grow old
            self._sift()

        self._jobs[None] = self._runner.run(work(), done, lambda error: self._failed(error, SystemKind.CRM))

    def _failed(self, error: Exception, kind: SystemKind) -> None:
        self.cancel()
        self.status, self.fault, self.fault_of = InboxStatus.FAILED, as_fault(error), kind
        self._tell()

    # -- saying no

    def reject(self, finding: Finding, suggestion: Suggestion | None = None) -> None:
        """Not this one, now and later; without a suggestion: the link is right as it is."""
        number = suggestion.number if suggestion is not None else finding.company.number
        self._no |= {mark(finding, number)}
        self._said_no |= {finding.company.id}
        self._keep()
        self._sift()

    def forget_rejections(self) -> None:
        """Show again what was said no to."""
        self._no, self._said_no = frozenset(), frozenset()
        self._keep()
        self._sift()

    def _keep(self) -> None:
        self._overviews.at(SystemKind.CRM).keep(REJECTED, "", tuple(sorted(self._no)), datetime.now(UTC))

    def _sift(self) -> None:
        self.rejected = 0
        if not self._said_no:
            self.findings = self._all
            self._tell()
            return
        left: list[Finding] = []
        for finding in self._all:
            if finding.company.id not in self._said_no:
                left.append(finding)
                continue
            if finding.kind in MAY_BE_RIGHT and mark(finding, finding.company.number) in self._no:
                self.rejected += 1
                continue
            suggestions = tuple(each for each in finding.suggestions if mark(finding, each.number) not in self._no)
            self.rejected += len(finding.suggestions) - len(suggestions)
            left.append(replace(finding, suggestions=suggestions))
        self.findings = tuple(left)
        self._tell()

    # -- saying yes

    def accept(self, finding: Finding, suggestion: Suggestion, seen: Company) -> bool:
        """Write the number into the CRM, at the version that was seen; whether that was begun."""
        if self.is_writing or not self.can_write or suggestion.held_by or seen.id != finding.company.id:
            return False
        return self._write(Deed(finding, suggestion.number), seen)

    def undo(self) -> bool:
        """Put back what stood in the CRM before the last one."""
        deed = self.deed
        if deed is None or deed.status is not DeedStatus.DONE or deed.is_undo or not self.can_write:
            return False
        return self._write(Deed(deed.finding, deed.finding.company.number, is_undo=True), None, now=deed.number)

    def _write(self, deed: Deed, seen: Company | None, *, now: str | None = None) -> bool:
        crm = self._systems.crm
        if crm is None:
            return False
        company_id = deed.finding.company.id
        former = deed.finding.company.number if now is None else now

        def done(company: Company) -> None:
            self.deed = replace(deed, status=DeedStatus.DONE)
            self._settle(deed)
            for listener in self._written:
                listener(company)

        def failed(error: Exception) -> None:
            fault = as_fault(error)
            if isinstance(fault, OutcomeUnknown):
                self.deed = replace(deed, status=DeedStatus.UNKNOWN, fault=fault)
                again = insist(lambda: write_number(crm, company_id, former, deed.number), CERTAIN)
                self._runner.run(again, done, failed)
            else:
                self.deed = replace(deed, status=DeedStatus.FAILED, fault=fault)
            self._tell()

        self.deed = deed
        self._runner.run(write_number(crm, company_id, former, deed.number, seen), done, failed)
        self._tell()
        return True

    def settled_elsewhere(self, company_id: str) -> None:
        """A company has got its number in another way: it is no finding any more."""
        self._all = without(self._all, company_id)
        self._sift()

    def _settle(self, deed: Deed) -> None:
        if deed.is_undo:
            self._all, self._before = self._before, ()
        else:
            self._before = self._all
            self._all = without(self._all, deed.finding.company.id)
        self._sift()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


async def write_number(
    crm: CrmSystem, company_id: str, former: str, number: str, seen: Company | None = None
) -> Company:
    """Put ``number`` in the place of ``former``. The same again is safe, and so it is after a lost answer.

    Args:
        seen: The company as the person who decided it saw it; it is read where there is none.

    Raises:
        Conflict: something else is there now.
        Refused, NoRights, NotFound: the CRM does not take it.
        NoAnswer: it may be there where it is an `OutcomeUnknown`.
    """
    company = seen if seen is not None else await crm.company(company_id)
    if company.number == number:
        return company
    if company.number != former:
        raise Conflict("crm", detail="another number is there now")
    return await crm.set_number(company, number)
