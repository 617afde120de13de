"""The economy of a subject: three systems, each asked once, failing, slow and remembered by itself."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest

import app.services.economy
from app.domain.economy import (
    Column,
    ColumnRole,
    ColumnType,
    ExpenseTotals,
    HoursTotals,
    Panel,
    PanelData,
    PanelKind,
    Period,
    Subject,
    SubjectKind,
)
from app.ports.connection import Connection, SystemKind
from app.ports.errors import NotFound, NotSignedIn, SystemFault, Unreachable
from app.services.card_parts import PartStatus
from app.services.economy import Economy, Section, Span
from app.services.overviews import Overviews
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from tests.helpers.manual_runner import ManualRunner

NORDLYS = Subject(SubjectKind.CUSTOMER, "10023")
HAVN = Subject(SubjectKind.CUSTOMER, "10001")
TURNOVER = Panel("turnover", "Turnover", PanelKind.BARS, SubjectKind.CUSTOMER)
MARGIN = Panel("margin", "Margin", PanelKind.FIGURE, SubjectKind.CUSTOMER)
COUNT = Column("count", "Count", ColumnType.COUNT, ColumnRole.VALUE)
KINDS = (SystemKind.REPORTING, SystemKind.TIME, SystemKind.EXPENSE)
NAMED = {"panels": Section.PANELS, "hours": Section.HOURS, "expenses": Section.EXPENSES}
"""The parts by what the fake calls its questions."""


@dataclass
class FakeFigures:
    """A reporting, a time and an expense system in one, for what a real one does not do when it is wanted."""

    panels_there: tuple[Panel, ...] = (TURNOVER, MARGIN)
    asked: list[str] = field(default_factory=list)
    faults: dict[str, SystemFault] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    figure: Decimal = Decimal(1)

    async def _answer(self, name: str) -> None:
        self.asked.append(name)
        await asyncio.sleep(self.slow.get(name, 0.1))
        if name in self.faults:
            raise self.faults[name]

    async def panels(self, kind: SubjectKind) -> list[Panel]:
        await self._answer("panels")
        return [panel for panel in self.panels_there if panel.on is kind]

    async def panel(self, panel: Panel, subject: Subject) -> PanelData:
        await self._answer(panel.key)
        return PanelData(panel, (COUNT,), ((self.figure,),))

    async def hours(self, subject: Subject, period: Period) -> HoursTotals:
        await self._answer("hours")
        return HoursTotals(subject, period, (), Decimal(7))

    async def expenses(self, subject: Subject, period: Period) -> ExpenseTotals:
        await self._answer("expenses")
        return ExpenseTotals(subject, period, ())


@dataclass
class World:
    """The systems, a cache in memory, and the economy of nobody yet."""

    runner: ManualRunner
    caches: EncryptedCaches
    figures: FakeFigures
    systems: Systems
    economy: Economy
    told: list[str | None] = field(default_factory=list)

    def until(self, is_so: Callable[[], bool]) -> None:
        """The cache answers from a thread, which virtual time cannot hurry."""
        for _ in range(500):
            self.runner.advance(0.01)
            if is_so():
                return
            time.sleep(0.002)
        raise AssertionError(self.statuses())

    def statuses(self) -> dict[str, PartStatus]:
        return {name: self.economy.part(name).status for name in (*Section, "turnover", "margin")}

    def read(self, subject: Subject = NORDLYS) -> None:
        self.economy.open(subject)
        self.until(lambda: set(self.statuses().values()) == {PartStatus.READY})
        self.economy.close()
        self.figures.asked.clear()
        self.told.clear()


@pytest.fixture
def world(runner: ManualRunner) -> Iterator[World]:
    caches, figures = EncryptedCaches(None), FakeFigures()
    here = {kind: Connection(kind.value, "http://127.0.0.1:1", "mette") for kind in KINDS}
    systems = Systems(proven=here)
    for kind, connection in here.items():
        systems.take(kind, connection, cast(Any, figures))
    economy = Economy(systems, runner, Overviews(systems, caches))
    made = World(runner, caches, figures, systems, economy)
    economy.listen(made.told.append)
    yield made
    economy.close()
    caches.close()


def test_each_part_is_asked_for_once(world: World) -> None:
    world.economy.open(NORDLYS)
    world.until(lambda: set(world.statuses().values()) == {PartStatus.READY})
    assert sorted(world.figures.asked) == ["expenses", "hours", "margin", "panels", "turnover"]
    assert world.economy.figures("turnover").value == PanelData(TURNOVER, (COUNT,), ((Decimal(1),),))


def test_what_was_seen_is_there_at_once_and_its_panels_do_not_wait_for_the_list(world: World) -> None:
    world.read()
    world.figures.figure = Decimal(2)
    world.figures.slow = dict.fromkeys(("panels", "hours", "expenses", "turnover", "margin"), 50.0)
    world.economy.open(NORDLYS)
    world.until(lambda: world.economy.figures("margin").value is not None)
    assert world.told == [None]
    assert world.economy.hours.value is not None
    assert world.economy.figures("turnover").value.rows == ((Decimal(1),),)  # type: ignore[union-attr]
    world.until(lambda: len(world.figures.asked) == 5)
    world.runner.advance(60)
    world.until(lambda: set(world.statuses().values()) == {PartStatus.READY})
    assert sorted(world.figures.asked) == ["expenses", "hours", "margin", "panels", "turnover"]
    assert world.economy.figures("turnover").value.rows == ((Decimal(2),),)  # type: ignore[union-attr]


@pytest.mark.parametrize("gone", ["panels", "turnover", "hours", "expenses"])
def test_what_fails_holds_nothing_else_up(world: World, gone: str) -> None:
    world.figures.faults = {gone: Unreachable("gone")}
    world.economy.open(NORDLYS)
    world.until(lambda: world.runner.is_quiet)
    part = NAMED.get(gone, gone)
    failed = {name for name, status in world.statuses().items() if status is PartStatus.FAILED}
    assert failed == {part}
    ready = {name for name, status in world.statuses().items() if status is PartStatus.READY}
    assert {Section.HOURS, Section.EXPENSES} - {part} <= ready
    world.figures.faults = {}
    world.figures.asked.clear()
    world.economy.retry(world.economy.part(part).source)
    world.until(lambda: set(world.statuses().values()) == {PartStatus.READY})
    assert set(world.figures.asked) == ({"panels", "turnover", "margin"} if gone == "panels" else {gone})


def test_offline_all_that_was_seen_stays_with_its_age(world: World) -> None:
    world.read()
    ages = {name: world.economy.part(name).read_at for name in (*Section, "turnover")}
    world.figures.faults = dict.fromkeys(("panels", "hours", "expenses", "turnover", "margin"), Unreachable("all"))
    world.economy.open(NORDLYS)
    world.until(lambda: world.runner.is_quiet and set(world.statuses().values()) == {PartStatus.FAILED})
    for name in (*Section, "turnover", "margin"):
        assert world.economy.part(name).is_offline, name
    assert {name: world.economy.part(name).read_at for name in ages} == ages


def test_another_subject_shows_nothing_of_the_first(world: World) -> None:
    world.read()
    world.figures.slow = {"turnover": 50.0, "hours": 50.0}
    world.economy.open(HAVN)
    world.until(lambda: world.economy.panels.status is PartStatus.READY)
    assert world.economy.figures("turnover").value is None
    assert world.economy.hours.value is None
    world.economy.close()
    world.runner.advance(60)
    assert world.runner.is_quiet
    assert world.economy.hours.value is None


def test_a_panel_that_is_no_more_goes_and_a_new_one_comes(world: World) -> None:
    world.read()
    stock = Panel("stock", "Stock", PanelKind.FIGURE, SubjectKind.CUSTOMER)
    world.figures.panels_there = (stock, MARGIN, Panel("hours", "…", PanelKind.TABLE, SubjectKind.PROJECT))
    world.economy.open(NORDLYS)
    world.until(lambda: world.economy.figures("stock").status is PartStatus.READY)
    assert world.economy.panels.value == (stock, MARGIN)
    assert world.economy.figures("turnover").value is None


def test_a_system_that_is_not_set_up_is_absent_until_it_is(world: World) -> None:
    world.systems.reporting = None
    world.economy.open(NORDLYS)
    world.until(lambda: world.economy.hours.status is PartStatus.READY)
    assert world.economy.panels.status is PartStatus.ABSENT
    world.systems.reporting = cast(Any, world.figures)
    world.economy.retry(SystemKind.REPORTING)
    world.until(lambda: world.economy.figures("margin").status is PartStatus.READY)


def test_who_is_signed_out_sees_nothing_of_the_cache(world: World) -> None:
    world.read()
    world.systems.proven.clear()
    world.figures.faults = dict.fromkeys(("panels", "hours", "expenses"), NotSignedIn("out"))
    world.economy.open(NORDLYS)
    world.until(lambda: world.runner.is_quiet)
    assert world.economy.panels.value is None
    assert world.economy.hours.value is None


def test_what_is_gone_is_forgotten(world: World) -> None:
    world.read()
    world.figures.faults = {"hours": NotFound("no such customer")}
    world.economy.open(NORDLYS)
    world.until(lambda: world.economy.hours.status is PartStatus.FAILED)
    assert world.economy.hours.value is None
    world.economy.close()
    world.figures.slow = {"hours": 50.0}
    world.economy.open(NORDLYS)
    world.until(lambda: world.economy.panels.value is not None)
    assert world.economy.hours.value is None


def test_another_period_asks_for_the_hours_and_the_expenses_alone(world: World) -> None:
    world.economy.open(NORDLYS)
    world.until(lambda: set(world.statuses().values()) == {PartStatus.READY})
    world.figures.asked.clear()
    world.economy.set_span(Span.LAST_YEAR)
    assert world.economy.hours.value is None
    world.until(lambda: world.economy.hours.status is PartStatus.READY)
    year = datetime.now(UTC).year - 1
    assert world.economy.hours.value.period == Period(date(year, 1, 1), date(year, 12, 31))  # type: ignore[union-attr]
    world.until(lambda: world.runner.is_quiet)
    assert sorted(world.figures.asked) == ["expenses", "hours"]


def test_a_panel_is_called_as_the_reporting_system_likes(world: World) -> None:
    called = tuple(Panel(key, key, PanelKind.TABLE, SubjectKind.CUSTOMER) for key in NAMED)
    world.figures.panels_there = called
    world.economy.open(NORDLYS)
    world.until(lambda: world.economy.panels.status is PartStatus.READY and world.runner.is_quiet)
    for panel in called:
        assert world.economy.figures(panel.key).value == PanelData(panel, (COUNT,), ((Decimal(1),),))
    assert world.economy.hours.value.total == Decimal(7)  # type: ignore[union-attr]
    assert world.economy.panels.value == called


def test_what_was_seen_is_shown_also_where_the_list_of_panels_was_quicker(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.read()
    recall = app.services.economy._recall

    async def late(*of: Any) -> Any:
        await asyncio.sleep(5)
        return await recall(*of)

    monkeypatch.setattr(app.services.economy, "_recall", late)
    world.figures.faults = {"turnover": Unreachable("gone"), "margin": NotFound("no such panel")}
    world.economy.open(NORDLYS)
    world.runner.advance(1)
    assert world.economy.panels.status is PartStatus.READY
    world.until(lambda: not world.economy.is_busy)
    assert world.economy.figures("turnover").is_offline
    assert world.economy.figures("margin").value is None  # its system says that it is gone


def test_a_panel_that_is_drawn_otherwise_now_is_asked_for_again(world: World) -> None:
    world.read()
    anew = Panel("turnover", "Turnover by quarter", PanelKind.STACKED, SubjectKind.CUSTOMER)
    world.figures.panels_there = (anew, MARGIN)
    world.economy.open(NORDLYS)
    world.until(lambda: not world.economy.is_busy)
    assert world.economy.figures("turnover").value == PanelData(anew, (COUNT,), ((Decimal(1),),))
    assert world.figures.asked.count("margin") == 1


def test_a_cache_that_fails_keeps_no_answer_from_view(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.economy.open(NORDLYS)
    world.until(lambda: not world.economy.is_busy)
    world.told.clear()

    async def broken(*_of: Any) -> Any:
        raise OSError("the disk is gone")

    monkeypatch.setattr(app.services.economy, "_recall", broken)
    world.economy.set_span(Span.LAST_YEAR)
    world.until(lambda: not world.economy.is_busy)
    assert world.economy.hours.status is PartStatus.READY


@pytest.mark.parametrize(
    ("span", "today", "first", "last"),
    [
        (Span.TWELVE_MONTHS, date(2026, 11, 25), date(2025, 12, 1), date(2026, 11, 25)),
        (Span.TWELVE_MONTHS, date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        (Span.TWELVE_MONTHS, date(2024, 2, 29), date(2023, 3, 1), date(2024, 2, 29)),
        (Span.THIS_YEAR, date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1)),
        (Span.LAST_YEAR, date(2024, 2, 29), date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_the_days_of_a_span(span: Span, today: date, first: date, last: date) -> None:
    assert span.period(today) == Period(first, last)
