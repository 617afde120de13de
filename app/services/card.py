"""The card of one customer: parts from two systems, each asked and failing by itself."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from app.domain.contacts import (
    Campaign,
    Company,
    ContactHit,
    ContactKind,
    NewTouchPoint,
    Page,
    SalesProcess,
    SupportCase,
    TouchKind,
    TouchPoint,
)
from app.domain.orders import OrderSummary
from app.domain.parties import Choice, Customer
from app.domain.text import fold
from app.ports.capability import Capability
from app.ports.connection import SystemKind
from app.ports.errors import NotFound, SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_writer import as_fault
from app.services.search import Match
from app.services.systems import Systems

T = TypeVar("T")


class PartStatus(StrEnum):
    """Where a part of the card is."""

    WAITING = "waiting"  # for another part that it needs, e.g. the number
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    ABSENT = "absent"  # the system has no such thing for this customer


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part of the card.

    Attributes:
        value: What was read last; kept while it is read again and when that fails.
        fault: Why reading it failed, or None.
        read_at: When the system gave ``value``, aware.
        source: The system it is from.
    """

    source: SystemKind
    status: PartStatus = PartStatus.WAITING
    value: T | None = None
    fault: SystemFault | None = None
    read_at: datetime | None = None


class PartName(StrEnum):
    """The parts of a card."""

    COMPANY = "company"
    CUSTOMER = "customer"
    TIMELINE = "timeline"
    SALES = "sales"
    CASES = "cases"
    CAMPAIGNS = "campaigns"
    ORDERS = "orders"


class LinkState(StrEnum):
    """How the card of the CRM and the customer of the ERP hang together: by number, and by nothing else."""

    UNKNOWN = "unknown"  # not answered yet
    LINKED = "linked"
    NO_NUMBER = "no_number"  # the CRM holds no customer number
    NOT_IN_ERP = "not_in_erp"  # the number points nowhere
    NOT_IN_CRM = "not_in_crm"
    SHARED = "shared"  # several companies of the CRM hold this number
    NAMES_DIFFER = "names_differ"  # linked by the number, but each system calls it something else


_CRM_PARTS = (PartName.TIMELINE, PartName.SALES, PartName.CASES, PartName.CAMPAIGNS)


class CustomerCard:
    """What is shown of one customer. Lives in its caller's thread; all I/O goes through the runner.

    Attributes:
        link: How the two halves hang together.
        namesakes: The companies that hold the same number, where `link` is SHARED.
        number: The customer number, as far as it is known.
    """

    def __init__(self, systems: Systems, runner: Runner) -> None:
        self._systems = systems
        self._runner = runner
        self._jobs: dict[PartName, Job] = {}
        self._listener: Callable[[PartName | None], None] = lambda _part: None
        self._reset(Match("", ContactKind.COMPANY, ""))

    def _reset(self, match: Match) -> None:
        self.match = match
        self.number = match.number
        self.link = LinkState.UNKNOWN
        self.namesakes: tuple[ContactHit, ...] = ()
        self.company: Part[Company] = Part(SystemKind.CRM)
        self.customer: Part[Customer] = Part(SystemKind.ERP)
        self.timeline: Part[tuple[TouchPoint, ...]] = Part(SystemKind.CRM)
        self.sales: Part[tuple[SalesProcess, ...]] = Part(SystemKind.CRM)
        self.cases: Part[tuple[SupportCase, ...]] = Part(SystemKind.CRM)
        self.campaigns: Part[tuple[Campaign, ...]] = Part(SystemKind.CRM)
        self.orders: Part[tuple[OrderSummary, ...]] = Part(SystemKind.ERP)
        self._company_id = match.company_id
        self._next_page: str | None = None
        self._kinds: frozenset[TouchKind] = frozenset()
        self._text = ""

    # -- what the window asks

    def listen(self, listener: Callable[[PartName | None], None]) -> None:
        """Call ``listener`` with the part that changed, or None for the whole card."""
        self._listener = listener

    def open(self, match: Match) -> None:
        """Show another customer. Questions about the former one are dropped."""
        self.close()
        self._reset(match)
        if self._company_id:
            self.reload(PartName.COMPANY)
        if self.number:
            self.reload(PartName.CUSTOMER)
        if not self._company_id:
            self._find_company()
        self._listener(None)

    def close(self) -> None:
        """Drop the questions under way: a card that is left asks nothing more."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()

    def part(self, name: PartName) -> Part[Any]:
        """The part of this name."""
        found: Part[Any] = getattr(self, name.value)
        return found

    def reload(self, name: PartName) -> None:
        """Ask the system again for one part."""
        crm, erp, company_id = self._systems.crm, self._systems.erp, self._company_id
        match name:
            case PartName.COMPANY if crm is not None and company_id:
                self._ask(name, crm.company(company_id), self._on_company)
            case PartName.COMPANY:
                self._find_company()
            case PartName.CUSTOMER if erp is not None and self.number:
                self._ask(name, erp.customer(self.number), self._on_customer)
            case PartName.ORDERS if erp is not None and self.customer.value is not None:
                self._ask(name, erp.orders_of(self.customer.value.id), self._store(name))
            case PartName.TIMELINE if crm is not None and company_id:
                self._next_page = None
                self._ask(name, crm.timeline(company_id, kinds=self._kinds, text=self._text), self._on_timeline)
            case PartName.SALES if crm is not None and company_id:
                self._ask(name, crm.sales(company_id), self._store(name))
            case PartName.CASES if crm is not None and company_id:
                self._ask(name, crm.cases(company_id), self._store(name))
            case PartName.CAMPAIGNS if crm is not None and company_id:
                self._ask(name, crm.campaigns(company_id), self._store(name))
            case _:
                self._set(name, status=PartStatus.ABSENT)

    def retry(self, kind: SystemKind) -> None:
        """The system is back: ask again for what failed there."""
        for name in PartName:
            part = self.part(name)
            if part.source is kind and part.status is PartStatus.FAILED:
                self.reload(name)

    # -- timeline

    @property
    def has_more_timeline(self) -> bool:
        """There are older touch points than those shown."""
        return self._next_page is not None

    def more_timeline(self) -> None:
        """Read the next page; without effect while one is on its way."""
        if self._systems.crm is None or self._next_page is None or PartName.TIMELINE in self._jobs:
            return
        older = self._systems.crm.timeline(self._company_id, kinds=self._kinds, text=self._text, after=self._next_page)
        before = self.timeline.value or ()
        self._ask(PartName.TIMELINE, older, lambda page: self._on_timeline(page, before))

    def filter_timeline(self, kinds: frozenset[TouchKind], text: str) -> None:
        """Show only touch points of these kinds (none means all) that hold this text."""
        if (kinds, text) != (self._kinds, self._text):
            self._kinds, self._text = kinds, text
            self.reload(PartName.TIMELINE)

    # -- CRM work

    def can(self, capability: Capability) -> bool:
        """One of the two systems can do this for this user."""
        return any(
            capability in system.capabilities for system in (self._systems.crm, self._systems.erp) if system is not None
        )

    def log(
        self, touch: NewTouchPoint, on_done: Callable[[TouchPoint], None], on_failed: Callable[[SystemFault], None]
    ) -> None:
        """Log a touch point in the CRM. The same ``touch`` again, with its token, is logged only once."""
        if self._systems.crm is None:
            return

        def done(logged: TouchPoint) -> None:
            on_done(logged)
            if touch.company_id == self._company_id:
                self.reload(PartName.TIMELINE)

        self._runner.run(self._systems.crm.log_touch_point(touch), done, lambda error: on_failed(as_fault(error)))

    def category_choices(
        self, key: str, on_done: Callable[[Sequence[Choice]], None], on_failed: Callable[[SystemFault], None]
    ) -> None:
        """The values a category of this kind can have."""
        if self._systems.crm is not None:
            work = self._systems.crm.category_choices(key)
            self._runner.run(work, on_done, lambda error: on_failed(as_fault(error)))

    def set_category(self, key: str, value_id: str, on_failed: Callable[[SystemFault], None]) -> None:
        """Choose another value of a category, at the version of the card as it is shown."""
        company = self.company.value
        if self._systems.crm is None or company is None:
            return

        def done(changed: Company) -> None:
            if changed.id == self._company_id:
                self._on_company(changed)

        def failed(error: Exception) -> None:
            on_failed(as_fault(error))
            self.reload(PartName.COMPANY)

        self._runner.run(self._systems.crm.set_category(company, key, value_id), done, failed)

    # -- answers

    def _ask(self, name: PartName, work: Coroutine[Any, Any, T], on_done: Callable[[T], None]) -> None:
        if name in self._jobs:
            self._jobs.pop(name).cancel()

        def done(value: T) -> None:
            del self._jobs[name]
            on_done(value)

        def failed(error: Exception) -> None:
            del self._jobs[name]
            self._on_failed(name, as_fault(error))

        self._jobs[name] = self._runner.run(work, done, failed)
        self._set(name, status=PartStatus.LOADING, fault=None)

    def _set(self, name: PartName, **changes: Any) -> None:
        setattr(self, name.value, replace(self.part(name), **changes))
        self._listener(name)

    def _store(self, name: PartName) -> Callable[[Any], None]:
        def store(value: Any) -> None:
            kept = tuple(value) if isinstance(value, list) else value
            self._set(name, status=PartStatus.READY, value=kept, fault=None, read_at=datetime.now(UTC))

        return store

    def _on_company(self, company: Company) -> None:
        is_first = self.company.value is None
        self._store(PartName.COMPANY)(company)
        if is_first:
            for name in _CRM_PARTS:
                self.reload(name)
        if company.number != self.number:
            self.number = company.number
            if self.number:
                self.reload(PartName.CUSTOMER)
        if is_first and self.number:
            self._look_for_namesakes(self.number)
        if not self.number:
            self._set(PartName.CUSTOMER, status=PartStatus.ABSENT, value=None)
            self._set(PartName.ORDERS, status=PartStatus.ABSENT, value=None)
        self._judge_link()

    def _on_customer(self, customer: Customer) -> None:
        self._store(PartName.CUSTOMER)(customer)
        self._judge_link()
        self.reload(PartName.ORDERS)

    def _on_timeline(self, page: Page[TouchPoint], before: tuple[TouchPoint, ...] = ()) -> None:
        self._next_page = page.next
        self._store(PartName.TIMELINE)((*before, *page.items))

    def _find_company(self) -> None:
        """The card was opened from the ERP: look for the company by its number."""
        if self._systems.crm is None or not self.number:
            self._no_company()
            return

        def found(hits: Sequence[ContactHit]) -> None:
            if len(hits) == 1:
                self._company_id = hits[0].id
                self.reload(PartName.COMPANY)
            else:
                self.namesakes = tuple(hits)
                self._no_company()

        self._ask(PartName.COMPANY, self._systems.crm.companies_by_number(self.number), found)

    def _look_for_namesakes(self, number: str) -> None:
        """Whether another company of the CRM wrongly holds the same number."""
        if self._systems.crm is None:
            return

        def found(hits: Sequence[ContactHit]) -> None:
            if number == self.number:
                self.namesakes = tuple(hits)
                self._judge_link()

        # Without an answer the card says nothing about it: the part that failed says that the CRM does not answer.
        self._runner.run(self._systems.crm.companies_by_number(number), found, lambda _error: None)

    def _no_company(self) -> None:
        for name in (PartName.COMPANY, *_CRM_PARTS):
            self._set(name, status=PartStatus.ABSENT, value=None)
        self._judge_link()

    def _on_failed(self, name: PartName, fault: SystemFault) -> None:
        if name is PartName.CUSTOMER and isinstance(fault, NotFound):
            self._set(name, status=PartStatus.ABSENT, value=None)
            self._set(PartName.ORDERS, status=PartStatus.ABSENT, value=None)
            self._judge_link()
            return
        self._set(name, status=PartStatus.FAILED, fault=fault)
        waits_for: tuple[PartName, ...] = ()
        if name is PartName.COMPANY and self.company.value is None:
            waits_for = _CRM_PARTS
        elif name is PartName.CUSTOMER and self.customer.value is None:
            waits_for = (PartName.ORDERS,)
        for other in waits_for:
            self._set(other, status=PartStatus.FAILED, fault=fault)

    def _judge_link(self) -> None:
        company, customer = self.company, self.customer
        if len(self.namesakes) > 1:
            self.link = LinkState.SHARED
        elif company.status is PartStatus.ABSENT:
            self.link = LinkState.NOT_IN_CRM
        elif company.value is not None and not self.number:
            self.link = LinkState.NO_NUMBER
        elif customer.status is PartStatus.ABSENT:
            self.link = LinkState.NOT_IN_ERP
        elif company.value is not None and customer.value is not None:
            same = fold(company.value.name) == fold(customer.value.name)
            self.link = LinkState.LINKED if same else LinkState.NAMES_DIFFER
        else:
            self.link = LinkState.UNKNOWN
        self._listener(None)
