"""The card of one customer: parts from two systems, each asked and failing by itself.

What was seen of it before is shown at once, with its age, and each part gives way to its system's answer.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from app.domain.contacts import (
    Campaign,
    Company,
    ContactHit,
    ContactKind,
    Page,
    SalesProcess,
    SupportCase,
    Task,
    TouchPoint,
)
from app.domain.orders import OrderSummary
from app.domain.parties import Customer
from app.domain.trade_events import TradeEvent
from app.ports.capability import Capability
from app.ports.connection import SystemKind
from app.ports.errors import NotFound, SystemFault
from app.ports.jobs import Job, Runner
from app.services.card_memory import Memory, holders_of, recall
from app.services.card_parts import (
    CRM_PARTS,
    ERP_PARTS,
    LISTS,
    LinkState,
    Part,
    PartName,
    PartStatus,
    changed_by,
    link_of,
    needs,
)
from app.services.card_questions import Questions
from app.services.contact_work import ContactWork
from app.services.crm_sales import SalesWork
from app.services.crm_writing import CrmWriting, WriteNews
from app.services.drafts import Drafts
from app.services.economy import Economy
from app.services.overviews import Overviews
from app.services.search import Match
from app.services.systems import Systems
from app.services.timeline import STREAMS, Timeline
from app.services.trade_papers import TradePapers

T = TypeVar("T")
_PAINT = 0.08  # seconds in which what was seen before is on the screen
_REMEMBERS_WITHIN = 0.1  # seconds; a computer that takes longer to say what was seen holds the questions up no more


class CustomerCard:
    """What is shown of one customer. Lives in its caller's thread; all I/O goes through the runner.

    Attributes:
        link: How the two halves hang together.
        report: Is told of what went wrong, so that the connection is looked at.
        namesakes: The companies that hold the same number, where `link` is SHARED.
        number: The customer number, as far as it is known.
        work, selling, writes: What is done in the CRM, and what becomes of it.
        drafts: What is typed and not sent.
        history: The timeline of both systems, made of the parts TIMELINE and TRADE.
        papers: The documents of what stands in it.
        economy: What the other systems tell of him; it is opened by who shows it.
    """

    def __init__(
        self,
        systems: Systems,
        runner: Runner,
        overviews: Overviews | None = None,
        writes: CrmWriting | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        self._systems = systems
        self.writes = writes or CrmWriting(systems, runner)
        self.drafts = drafts or Drafts(systems, runner)
        self.work = ContactWork(systems, runner, self.writes)
        self.selling = SalesWork(systems, runner, self.writes)
        self.writes.listen(self._on_news)
        self._runner = runner
        self._overviews = overviews or Overviews(systems)
        self._questions = Questions(runner, self._overviews, self, self._on_failed)
        self._others: list[Job] = []  # of this card, and of no part of it
        self._asking: Job | None = None  # soon
        self._listener: Callable[[PartName | None], None] = lambda _part: None
        self.report: Callable[[SystemFault], None] = lambda _fault: None
        self.history = Timeline(systems, runner, self)
        self.papers = TradePapers(systems, runner)
        self.economy = Economy(systems, runner, self._overviews)
        self.economy.report = self._on_economy_fault
        self._reset(Match("", ContactKind.COMPANY, ""))

    def _reset(self, match: Match) -> None:
        self.match = match
        self.number = match.number
        self.link = LinkState.UNKNOWN
        self.namesakes: tuple[ContactHit, ...] = ()
        self.company: Part[Company] = Part(SystemKind.CRM)
        self.customer: Part[Customer] = Part(SystemKind.ERP)
        self.timeline: Part[Page[TouchPoint]] = Part(SystemKind.CRM)
        self.tasks: Part[tuple[Task, ...]] = Part(SystemKind.CRM)
        self.sales: Part[tuple[SalesProcess, ...]] = Part(SystemKind.CRM)
        self.cases: Part[tuple[SupportCase, ...]] = Part(SystemKind.CRM)
        self.campaigns: Part[tuple[Campaign, ...]] = Part(SystemKind.CRM)
        self.orders: Part[tuple[OrderSummary, ...]] = Part(SystemKind.ERP)
        self.trade: Part[Page[TradeEvent]] = Part(SystemKind.ERP)
        self._is_opening = False
        self._is_asked = False
        self._told_of: tuple[LinkState, str, tuple[ContactHit, ...]] | None = None  # how the halves hang together
        self._company_id = match.company_id
        self._customer_id = match.customer_id
        self._orders_of = ""  # the customer whose orders have been asked for
        self._namesakes_of = ""  # the number whose companies have been asked for
        self.history.reset()
        self.economy.leave()

    # -- what the window asks

    def listen(self, listener: Callable[[PartName | None], None]) -> None:
        """Call ``listener`` with the part that changed, or None for the whole card."""
        self._listener = listener

    def open(self, match: Match) -> None:
        """Show another customer, as soon as it is known what was seen of him before; then the systems are asked.

        That is known in some milliseconds. Asking nine questions and reading their answers would take the interpreter
        from the window's thread while it paints what was seen.
        """
        self.close()
        self._reset(match)
        self._is_opening = True
        memory = recall(self._overviews, self._company_id, self.number)
        self._others = [self._runner.run(memory, self._on_memory, lambda _error: self._on_memory(Memory()))]
        self._ask_after(_REMEMBERS_WITHIN)

    def _ask_after(self, seconds: float) -> None:
        """Once; what was said before does not count any more."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._runner.run(asyncio.sleep(seconds), lambda _: self._ask(), lambda _: None)

    def _ask(self) -> None:
        """Ask the systems for everything that can be asked; once a card. The window is told after all is on its way."""
        if self._is_asked:
            return
        self._is_asked = self._is_opening = True
        # What further questions wait for comes first.
        if self.number:
            self.reload(PartName.CUSTOMER)
        if self._company_id:
            self._reload_all((PartName.COMPANY, *CRM_PARTS))
            self._look_for_namesakes()
        else:
            self._find_company()
        if self._customer_id:
            self._reload_all(ERP_PARTS)
        self._show_all()

    def _show_all(self) -> None:
        self._is_opening = False
        self._told_of = None
        self._judge_link()

    def close(self) -> None:
        """Drop the questions under way: a card that is left asks nothing more."""
        self._questions.drop_all()
        for job in (*self._others, self._asking):
            if job is not None:
                job.cancel()
        self.selling.stop()
        self.history.close()
        self.papers.cancel()
        self.economy.close()

    @property
    def company_id(self) -> str:
        """The CRM's key of the company, also before its card is read; empty where it is not known."""
        return self._company_id

    def part(self, name: PartName) -> Part[Any]:
        """The part of this name."""
        found: Part[Any] = getattr(self, name.value)
        return found

    def reload(self, name: PartName) -> None:
        """Ask the system again for one part."""
        crm, erp, company_id = self._systems.crm, self._systems.erp, self._company_id
        if name in STREAMS and self.history.reload(name, self._id_in(name)):
            return
        match name:
            case PartName.COMPANY if crm is not None and company_id:
                self.ask(name, crm.company(company_id), self._on_company, company_id)
            case PartName.COMPANY:
                self._find_company()
            case PartName.CUSTOMER if erp is not None and self.number:
                self.ask(name, erp.customer(self.number), self._on_customer, self.number)
            case PartName.ORDERS if erp is not None and self._customer_id:
                self._orders_of = self._customer_id
                self.ask(name, erp.orders_of(self._customer_id), self._store(name), self._customer_id)
            case _ if name in LISTS and crm is not None and company_id:
                self.ask(name, LISTS[name](crm, company_id), self._store(name), company_id)
                if name is PartName.SALES:
                    self.selling.learn_stages(lambda: self._tell(PartName.SALES))
            case _ if (needed := needs(name)) is not None and needed in self._questions:
                self.set_part(name, status=PartStatus.WAITING)
            case _:
                self.set_part(name, status=PartStatus.ABSENT)

    def retry(self, kind: SystemKind) -> None:
        """The system is back: ask again for what failed there."""
        for name in PartName:
            part = self.part(name)
            if part.source is not kind or part.status is not PartStatus.FAILED:
                continue
            if name not in STREAMS or not self.history.again(name, self._id_in(name)):
                self.reload(name)
        self.economy.retry(kind)

    def _on_economy_fault(self, fault: SystemFault) -> None:
        self.report(fault)

    def can(self, capability: Capability) -> bool:
        """One of the two systems can do this for this user."""
        return self._systems.can(capability)

    def _on_news(self, news: WriteNews) -> None:
        """Something was written to the CRM, or not: show what is there now."""
        if news.write.change.company_id != self._company_id:
            return
        match news.answer:
            case Company():
                cache = self._overviews.at(SystemKind.CRM)
                self._questions.answered(PartName.COMPANY, news.answer, self._on_company, cache, self._company_id)
            case None if news.is_over or not news.write.is_stopped:
                pass
            case answer:
                for name, change in changed_by(news.write.change, answer).items():
                    self.set_part(name, value=change(self.part(name).value))
                    self.reload(name)

    # -- what was seen before

    def _on_memory(self, memory: Memory) -> None:
        """Show it where no system has answered, and ask for what can be asked now."""
        if self.company.value is None and self.company.status is not PartStatus.ABSENT:
            is_same = memory.company_id == (self._company_id or memory.company_id)
            for name in (PartName.COMPANY, *CRM_PARTS) if is_same else ():
                self._show_kept(name, memory)
            if self.company.value is not None and not self.number:
                self._on_other_number(memory.number)
            if memory.holders is not None and memory.number == self.number and not self.namesakes:
                self.namesakes = memory.holders
        if memory.number == self.number and self.customer.status is not PartStatus.ABSENT:
            for name in (PartName.CUSTOMER, *ERP_PARTS):
                self._show_kept(name, memory)
            if memory.customer_id and not self._customer_id:
                self._customer_id = memory.customer_id
        if memory.parts or self._is_asked:
            self._show_all()
        if memory.parts:
            self._ask_after(_PAINT)
        else:
            self._ask()

    def _show_kept(self, name: PartName, memory: Memory) -> None:
        kept = memory.parts.get(name)
        if kept is None or self.part(name).value is not None:
            return
        setattr(self, name.value, replace(self.part(name), value=kept.value, read_at=kept.read_at))
        if name in STREAMS:
            self.history.remember(name, self.part(name))

    # -- answers

    def ask(
        self, name: PartName, work: Coroutine[Any, Any, T], on_done: Callable[[T], None], kept_by: str = ""
    ) -> None:
        """Ask for a part. What it is then is kept in the cache by this key, unless that is empty."""
        self._questions.ask(name, work, on_done, kept_by)
        self.set_part(name, status=PartStatus.LOADING, fault=None)

    def drop(self, name: PartName) -> None:
        """The question that is under way for a part, if any, is not wanted any more."""
        self._questions.drop(name)

    def set_part(self, name: PartName, **changes: Any) -> None:
        """Change a part as it is shown."""
        setattr(self, name.value, replace(self.part(name), **changes))
        self._tell(name)

    def _tell(self, name: PartName | None) -> None:
        if not self._is_opening:  # else all of it is told at once, when it is known what was seen before
            self._listener(name)

    def _store(self, name: PartName) -> Callable[[Any], None]:
        def store(value: Any) -> None:
            kept = tuple(value) if isinstance(value, list) else value
            self.set_part(name, status=PartStatus.READY, value=kept, fault=None, read_at=datetime.now(UTC))

        return store

    def _id_in(self, name: PartName) -> str:
        """By what the part's system knows the customer."""
        return self._company_id if name in CRM_PARTS else self._customer_id

    def _reload_all(self, names: Sequence[PartName]) -> None:
        for name in names:
            self.reload(name)

    def _on_company(self, company: Company) -> None:
        self._store(PartName.COMPANY)(company)
        if company.number != self.number or not company.number:
            self._on_other_number(company.number)
        self._look_for_namesakes()
        self._judge_link()

    def _on_other_number(self, number: str) -> None:
        """The CRM holds another number than is shown, or none: what is shown of the ERP is another customer's."""
        self.history.forget(PartName.TRADE)
        self.number, self._customer_id, self._orders_of = number, "", ""
        for name in (PartName.CUSTOMER, *ERP_PARTS):
            self.drop(name)
            self.set_part(name, status=PartStatus.WAITING if number else PartStatus.ABSENT, value=None, read_at=None)
        if number and self._is_asked:
            self.reload(PartName.CUSTOMER)

    def _on_customer(self, customer: Customer) -> None:
        self._store(PartName.CUSTOMER)(customer)
        self._customer_id = customer.id
        self._judge_link()
        if self._orders_of != customer.id:
            self._reload_all(ERP_PARTS)

    def _find_company(self) -> None:
        """The card was opened from the ERP: look for the company by its number."""
        number, crm = self.number, self._systems.crm
        if crm is None or not number:
            self._no_company()
            return

        def found(hits: tuple[ContactHit, ...]) -> None:
            if len(hits) == 1:
                self._company_id = hits[0].id
                self._namesakes_of = number
                self._reload_all((PartName.COMPANY, *CRM_PARTS))
            else:
                self.namesakes = hits
                self._no_company()

        self.ask(PartName.COMPANY, holders_of(number, crm, self._overviews.at(SystemKind.CRM)), found)

    def _look_for_namesakes(self) -> None:
        """Whether another company of the CRM wrongly holds the same number."""
        number, crm = self.number, self._systems.crm
        if crm is None or not number or self._namesakes_of == number:
            return
        self._namesakes_of = number

        def found(hits: tuple[ContactHit, ...]) -> None:
            if number == self.number:
                self.namesakes = hits
                self._judge_link()

        work = holders_of(number, crm, self._overviews.at(SystemKind.CRM))
        # Without an answer the card says nothing about it: the part that failed says that the CRM does not answer.
        self._others.append(self._runner.run(work, found, lambda _error: None))

    def _no_company(self) -> None:
        for name in (PartName.COMPANY, *CRM_PARTS):
            self.set_part(name, status=PartStatus.ABSENT, value=None)
        self._judge_link()

    def _on_failed(self, name: PartName, fault: SystemFault) -> None:
        self.report(fault)
        if name is PartName.CUSTOMER and isinstance(fault, NotFound):
            for absent in (name, *ERP_PARTS):
                self.drop(absent)
                self.set_part(absent, status=PartStatus.ABSENT, value=None)
            self._judge_link()
            return
        if name in STREAMS:
            self.history.failed(name)
        self.set_part(name, status=PartStatus.FAILED, fault=fault)
        for other in PartName:
            if needs(other) is name and self.part(other).status is PartStatus.WAITING:
                self.set_part(other, status=PartStatus.FAILED, fault=fault)

    def _judge_link(self) -> None:
        """Tell where its halves hang together in another way than they did: by the customer, who is all of it that
        looks different then.
        """
        self.link = link_of(self.number, self.company, self.customer, self.namesakes)
        if (hang := (self.link, self.number, self.namesakes)) != self._told_of:
            is_new, self._told_of = self._told_of is None, hang
            self._tell(None if is_new else PartName.CUSTOMER)
