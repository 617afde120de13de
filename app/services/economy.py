"""The economy of one customer or project: figures of the reporting, the time and the expense system, each by itself.

What was seen of it before is shown at once, with its age, and each part gives way to its system's answer.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.economy import ExpenseTotals, HoursTotals, Panel, PanelData, Period, Subject
from app.ports import cache
from app.ports.cache import Kept, OverviewKind
from app.ports.connection import SystemKind
from app.ports.errors import NotFound, SystemFault
from app.ports.jobs import Job, Runner
from app.services.card_parts import Part, PartStatus
from app.services.order_writer import as_fault
from app.services.overviews import Overviews
from app.services.systems import Systems

T = TypeVar("T")
KINDS = (SystemKind.REPORTING, SystemKind.TIME, SystemKind.EXPENSE)
"""The systems whose figures these are."""


class Span(StrEnum):
    """The period that hours and expenses are totalled over; the reporting system's panels have their own."""

    TWELVE_MONTHS = "twelve_months"  # this month and the eleven before it
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"

    def period(self, today: date) -> Period:
        """Its days, until today."""
        match self:
            case Span.TWELVE_MONTHS:
                months = today.year * 12 + today.month - 12
                return Period(date(months // 12, months % 12 + 1, 1), today)
            case Span.THIS_YEAR:
                return Period(today.replace(month=1, day=1), today)
            case Span.LAST_YEAR:
                first = date(today.year - 1, 1, 1)
                return Period(first, today.replace(month=1, day=1) - timedelta(days=1))


class Section(StrEnum):
    """What the economy is made of.

    A panel may be called ``hours`` too: the keys are the reporting system's, so that these are words no key is.
    """

    PANELS = "section:panels"  # which there are; each has a part of its own, by its key
    HOURS = "section:hours"
    EXPENSES = "section:expenses"

    @property
    def field(self) -> str:
        """The attribute that has it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class _Memory:
    """What was seen before."""

    panels: Kept[tuple[Panel, ...]] | None = None
    figures: Mapping[str, Kept[PanelData]] = field(default_factory=dict)
    hours: Kept[HoursTotals] | None = None
    expenses: Kept[ExpenseTotals] | None = None


class Economy:
    """What is shown of one subject. Lives in its caller's thread; all I/O goes through the runner.

    Attributes:
        subject: Whose economy it is, or None.
        span: The period of hours and expenses.
        panels, hours, expenses: The parts that are always there.
        report: Is told of what went wrong, so that the connection is looked at.
    """

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews | None = None) -> None:
        self._systems = systems
        self._runner = runner
        self._overviews = overviews or Overviews(systems)
        self._jobs: dict[str, Job] = {}
        self._memory: Job | None = None
        self._listener: Callable[[str | None], None] = lambda _part: None
        self.report: Callable[[SystemFault], None] = lambda _fault: None
        self.span = Span.TWELVE_MONTHS
        self._reset(None)

    def _reset(self, subject: Subject | None) -> None:
        self.subject = subject
        self.panels: Part[tuple[Panel, ...]] = Part(SystemKind.REPORTING)
        self.hours: Part[HoursTotals] = Part(SystemKind.TIME)
        self.expenses: Part[ExpenseTotals] = Part(SystemKind.EXPENSE)
        self._figures: dict[str, Part[PanelData]] = {}

    # -- what the window asks

    def listen(self, listener: Callable[[str | None], None]) -> None:
        """Call ``listener`` with the section, or the key of the panel, that changed; None for all of it."""
        self._listener = listener

    def open(self, subject: Subject) -> None:
        """Show another subject, as soon as it is known what was seen of it before. The systems are asked at once."""
        self.close()
        self._reset(subject)
        memory = _recall(self._overviews, subject, self.span)
        self._memory = self._runner.run(memory, self._on_memory, lambda _error: self._on_memory(_Memory()))
        for section in Section:
            self.reload(section)

    def leave(self) -> None:
        """Show nobody's."""
        self.close()
        self._reset(None)
        self._listener(None)

    def close(self) -> None:
        """Drop the questions under way: what is left asks nothing more."""
        for job in (*self._jobs.values(), *([self._memory] if self._memory is not None else [])):
            job.cancel()
        self._jobs.clear()
        self._memory = None

    @property
    def is_busy(self) -> bool:
        """A system is being asked, or the cache."""
        return bool(self._jobs) or self._memory is not None

    @property
    def faults(self) -> tuple[SystemFault, ...]:
        """What went wrong with those parts that could not be read."""
        parts = [self.part(name) for name in (*Section, *self._figures)]
        return tuple(part.fault for part in parts if part.status is PartStatus.FAILED and part.fault is not None)

    def figures(self, key: str) -> Part[PanelData]:
        """The figures of the panel with this key."""
        return self._figures.get(key, Part(SystemKind.REPORTING))

    def part(self, name: str) -> Part[Any]:
        """A section, or the figures of the panel with this key."""
        if name in tuple(Section):
            found: Part[Any] = getattr(self, Section(name).field)
            return found
        return self.figures(name)

    def set_span(self, span: Span) -> None:
        """Total hours and expenses over another period."""
        if span is self.span:
            return
        self.span = span
        for section in (Section.HOURS, Section.EXPENSES):
            self._set(section, value=None, read_at=None)
        if self.subject is not None:
            memory = _recall(self._overviews, self.subject, span)
            if self._memory is not None:
                self._memory.cancel()
            self._memory = self._runner.run(memory, self._on_memory, lambda _error: self._on_memory(_Memory()))
            for section in (Section.HOURS, Section.EXPENSES):
                self.reload(section)

    def refresh(self) -> None:
        """Read everything again; what is shown stays until the answers are there."""
        for section in Section:
            self.reload(section)
        for panel in self.panels.value or ():
            self.reload(panel.key)

    def reload(self, name: str) -> None:
        """Ask the system again for a section, or for the figures of the panel with this key."""
        subject, at_hand = self.subject, self._systems
        if subject is None:
            return
        match name:
            case Section.PANELS if at_hand.reporting is not None:
                self._ask(name, at_hand.reporting.panels(subject.kind), cache.PANELS, subject.kind.value, tuple)
            case Section.HOURS if at_hand.time is not None:
                self._ask(name, at_hand.time.hours(subject, self.period), cache.HOURS, _key(subject, self.span))
            case Section.EXPENSES if at_hand.expense is not None:
                work = at_hand.expense.expenses(subject, self.period)
                self._ask(name, work, cache.EXPENSES, _key(subject, self.span))
            case Section():
                self._set(name, status=PartStatus.ABSENT)
            case _ if at_hand.reporting is not None and (panel := self._panel(name)) is not None:
                self._ask(name, at_hand.reporting.panel(panel, subject), cache.PANEL, _key(subject, name))

    @property
    def period(self) -> Period:
        """The days that hours and expenses are totalled over."""
        return self.span.period(datetime.now().astimezone().date())

    def retry(self, kind: SystemKind) -> None:
        """The system is back, or another one is in its place: ask again for what failed or was not there."""
        for name in (*Section, *self._figures):
            part = self.part(name)
            if part.source is kind and part.status in (PartStatus.FAILED, PartStatus.ABSENT):
                self.reload(name)

    # -- what was seen before

    def _on_memory(self, memory: _Memory) -> None:
        """Show it where no system has answered. Panels that were there before are most likely there still."""
        for section in Section:
            self._show_kept(section, getattr(memory, section.field))
        for panel in self.panels.value or ():
            kept = memory.figures.get(panel.key)
            self._begin(panel, kept)
            self._show_kept(panel.key, kept)  # where the list of panels was quicker than the cache
        self._memory = None
        self._listener(None)

    def _show_kept(self, name: str, kept: Kept[Any] | None) -> None:
        part = self.part(name)
        has_answered = part.status is PartStatus.READY or isinstance(part.fault, NotFound)
        if kept is not None and part.value is None and not has_answered:
            self._put(name, replace(part, value=kept.value, read_at=kept.read_at))

    def _begin(self, panel: Panel, kept: Kept[PanelData] | None = None) -> None:
        if panel.key not in self._figures:
            value, read_at = (kept.value, kept.read_at) if kept is not None else (None, None)
            self._figures[panel.key] = Part(SystemKind.REPORTING, value=value, read_at=read_at)
            self.reload(panel.key)

    def _panel(self, key: str) -> Panel | None:
        return next((panel for panel in self.panels.value or () if panel.key == key), None)

    # -- answers

    def _ask(
        self,
        name: str,
        work: Coroutine[Any, Any, Any],
        kind: OverviewKind[Any],
        key: str,
        shape: Callable[[Any], Any] = lambda value: value,
    ) -> None:
        self._drop(name)
        kept = self._overviews.at(kind.source)

        def done(answer: Any) -> None:
            del self._jobs[name]
            value, now, before = shape(answer), datetime.now(UTC), self.part(name).value
            kept.keep(kind, key, value, now)
            self._set(name, status=PartStatus.READY, value=value, fault=None, read_at=now)
            if name == Section.PANELS:
                self._on_panels(value, before or ())

        def failed(error: Exception) -> None:
            del self._jobs[name]
            fault = as_fault(error)
            self.report(fault)
            if isinstance(fault, NotFound):
                kept.forget(kind, key)
                self._set(name, value=None, read_at=None)
            self._set(name, status=PartStatus.FAILED, fault=fault)

        self._jobs[name] = self._runner.run(work, done, failed)
        self._set(name, status=PartStatus.LOADING, fault=None)

    def _on_panels(self, panels: tuple[Panel, ...], before: tuple[Panel, ...]) -> None:
        there = {panel.key for panel in panels}
        for gone in self._figures.keys() - there:
            self._drop(gone)
            del self._figures[gone]
        for panel in panels:
            if panel.key in self._figures and panel not in before:
                self.reload(panel.key)  # it is drawn otherwise now, or called otherwise
            self._begin(panel)
        self._listener(Section.PANELS)

    def _drop(self, name: str) -> None:
        if name in self._jobs:
            self._jobs.pop(name).cancel()

    def _set(self, name: str, **changes: Any) -> None:
        self._put(name, replace(self.part(name), **changes))
        if self._memory is None:  # else all of it is told at once, when it is known what was seen before
            self._listener(name)

    def _put(self, name: str, part: Part[Any]) -> None:
        if name in tuple(Section):
            setattr(self, Section(name).field, part)
        else:
            self._figures[name] = part


async def _recall(overviews: Overviews, subject: Subject, span: Span) -> _Memory:
    reporting = overviews.at(SystemKind.REPORTING)
    panels, hours, expenses = await asyncio.gather(
        reporting.read(cache.PANELS, subject.kind.value),
        overviews.at(SystemKind.TIME).read(cache.HOURS, _key(subject, span)),
        overviews.at(SystemKind.EXPENSE).read(cache.EXPENSES, _key(subject, span)),
    )
    keys = [panel.key for panel in panels.value] if panels is not None else []
    figures = await reporting.read_each(cache.PANEL, [_key(subject, key) for key in keys])
    there = {key: figures[place] for key in keys if (place := _key(subject, key)) in figures}
    return _Memory(panels, there, hours, expenses)


def _key(subject: Subject, what: str) -> str:
    return f"{subject.kind.value} {what} {subject.number}"
