"""One timeline of two systems: merged without jumps and gaps, whatever of them answers, and when."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.contacts import ContactKind, Page, TouchKind, TouchPoint
from app.domain.orders import OrderPhase, OrderState
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.connection import SystemKind
from app.ports.errors import Unreachable
from app.services.card import CustomerCard
from app.services.card_parts import PartName, PartStatus
from app.services.search import Match
from app.services.systems import Systems
from app.services.timeline import PATIENCE, Gap, instant
from tests.helpers.fake_contacts import FakeCrm, FakeCustomers
from tests.helpers.manual_runner import ManualRunner

MATCH = Match("crm:company:c1", ContactKind.COMPANY, "Nordlys", "10023", company_id="c1", customer_id="e1")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DONE = OrderState("done", "Done", OrderPhase.DONE)
PAGE = 4


def touch(days: float) -> TouchPoint:
    """A call so many days ago."""
    return TouchPoint(f"t{days}", TouchKind.CALL, NOON - timedelta(days=days), f"Call {days}")


def event(days: int | None, kind: TradeKind = TradeKind.ORDER) -> TradeEvent:
    """An order so many days ago, or one without a day."""
    day = None if days is None else (NOON - timedelta(days=days)).date()
    return TradeEvent(f"{kind.value}{days}", kind, day, f"SO-{days}", DONE)


@dataclass
class Source:
    """What one system has, how long it takes for each page, and what is wrong with it."""

    items: list[Any]
    delay: float = 0.01
    fault: Unreachable | None = None
    asked: list[str | None] = field(default_factory=list)
    cancelled: int = 0

    async def page(self, _id: str, *, kinds: Any = (), text: str = "", after: str | None = None) -> Page[Any]:
        self.asked.append(after)
        try:
            await asyncio.sleep(self.delay)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.fault is not None:
            raise self.fault
        chosen = [one for one in self.items if not kinds or one.kind in kinds]
        start = int(after or 0)
        return Page(tuple(chosen[start : start + PAGE]), str(start + PAGE) if start + PAGE < len(chosen) else None)


@dataclass
class World:
    """A card of both."""

    crm: Source
    erp: Source
    runner: ManualRunner
    card: CustomerCard

    def open(self) -> None:
        self.card.open(MATCH)
        self.runner.advance(0.2)

    def shown(self) -> list[Any]:
        """The entries; a gap as the name of its part and its status."""
        entries = self.card.history.entries
        return [(one.name, one.status) if isinstance(one, Gap) else one.id for one in entries]

    def read_all(self) -> list[list[Any]]:
        """Scroll to the end; what was shown after each page."""
        seen = [self.shown()]
        for _ in range(60):
            if not self.card.history.has_more:
                return seen
            self.card.history.more()
            self.runner.advance(0.2)
            seen.append(self.shown())
        raise AssertionError("there is always more")


@pytest.fixture
def make(runner: ManualRunner) -> Callable[[list[Any], list[Any]], World]:
    """Makes a card of these touch points and events."""
    return lambda touches, events: _world(runner, touches, events)


def _world(runner: ManualRunner, touches: list[Any], events: list[Any]) -> World:
    crm, erp = FakeCrm(), FakeCustomers()
    crms, erps = Source(touches), Source(events)
    crm.timeline = crms.page  # type: ignore[method-assign]
    erp.trade_events = erps.page  # type: ignore[method-assign,assignment]
    return World(crms, erps, runner, CustomerCard(Systems(crm.as_system(), erp.as_system()), runner))


DAYS = st.lists(st.integers(0, 40), max_size=18)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(DAYS, DAYS)
def test_scrolling_shows_everything_once_in_order_and_only_ever_adds_at_the_end(touched: Any, traded: Any) -> None:
    runner = ManualRunner()
    touches = [
        TouchPoint(f"t{n}", TouchKind.CALL, NOON - timedelta(days=days), "") for n, days in enumerate(sorted(touched))
    ]
    events = [
        TradeEvent(f"e{n}", TradeKind.ORDER, (NOON - timedelta(days=days)).date(), "", DONE)
        for n, days in enumerate(sorted(traded))
    ]
    world = _world(runner, touches, events)
    world.open()
    seen = world.read_all()
    for before, after in pairwise(seen):
        assert after[: len(before)] == before
        assert len(after) > len(before)
    assert sorted(seen[-1]) == sorted(one.id for one in (*touches, *events))
    times = [instant(one) for one in world.card.history.entries if not isinstance(one, Gap)]
    assert times == sorted(times, reverse=True)
    # Each page of each was asked for once.
    for source in (world.crm, world.erp):
        assert len(source.asked) == len(set(source.asked)) == max(1, -(-len(source.items) // PAGE))
    runner.close()


def test_nothing_is_shown_that_is_older_than_what_a_system_was_read_to(make: Callable[..., World]) -> None:
    world = make([touch(days) for days in range(8)], [event(days) for days in (None, 0, 1, 30, 60, 90)])
    world.open()
    assert world.shown() == ["orderNone", "order0", "t0", "order1", "t1", "t2", "t3"]
    world.card.history.more()
    world.runner.advance(0.2)
    assert world.crm.asked == [None, "4"]
    assert world.erp.asked == [None]  # its page reaches further back: nobody asks for more of it yet
    assert world.shown()[-5:] == ["t4", "t5", "t6", "t7", "order30"]


@pytest.mark.parametrize("dead", [PartName.TIMELINE, PartName.TRADE])
def test_a_dead_system_holds_nobody_up_and_comes_in_its_place(make: Callable[..., World], dead: PartName) -> None:
    world = make([touch(days) for days in range(0, 40, 2)], [event(days) for days in range(1, 40, 2)])
    source = world.crm if dead is PartName.TIMELINE else world.erp
    source.fault = Unreachable("x")
    world.open()
    alive = world.read_all()[-1]
    assert len(alive) == 20
    assert world.card.part(dead).status is PartStatus.FAILED
    source.fault = None
    world.card.retry(SystemKind.CRM if dead is PartName.TIMELINE else SystemKind.ERP)
    world.runner.advance(0.2)
    both = world.shown()
    assert [one for one in both if one in alive] == alive  # what was shown stays where it was
    assert (dead, PartStatus.READY) in both  # and where the other one ends it says that there is more
    assert world.read_all()[-1] == [one for days in range(20) for one in (f"t{days * 2}", f"order{days * 2 + 1}")]


def test_a_system_that_dies_between_pages_is_told_where_it_ends_and_goes_on_there(make: Callable[..., World]) -> None:
    world = make([touch(days) for days in range(8)], [event(days) for days in range(8)])
    world.open()
    world.crm.fault = Unreachable("crm")
    read = world.read_all()[-1]
    gap = (PartName.TIMELINE, PartStatus.FAILED)
    assert read[read.index(gap) - 1] == "t3"
    assert read[-1] == "order7"
    world.crm.fault = None
    world.card.retry(SystemKind.CRM)
    world.runner.advance(0.2)
    assert world.crm.asked == [None, "4", "4"]
    assert world.shown()[-4:] == ["order6", "t6", "order7", "t7"]
    assert gap not in world.shown()


def test_a_slow_system_is_told_and_does_not_hold_up_the_other(make: Callable[..., World]) -> None:
    world = make([touch(days) for days in range(8)], [event(days) for days in range(6)])
    world.open()
    assert world.shown()[-1] == "order3"
    world.erp.delay = 60.0
    world.card.history.more()
    world.runner.advance(PATIENCE / 2)
    assert world.shown()[-1] == "order3"
    world.runner.advance(PATIENCE)
    assert world.card.history.is_slow(PartName.TRADE)
    assert world.shown()[-3:] == ["order3", (PartName.TRADE, PartStatus.LOADING), "t3"]
    world.card.history.more()  # the other one is read on
    world.runner.advance(0.2)
    assert world.shown()[-1] == "t7"
    world.runner.advance(60.0)
    assert world.shown()[-7:] == ["t3", "order4", "t4", "order5", "t5", "t6", "t7"]
    assert not world.card.history.is_slow(PartName.TRADE)


def test_only_what_the_filter_lets_through_is_asked_for(make: Callable[..., World]) -> None:
    world = make([touch(days) for days in range(3)], [event(0), event(1, TradeKind.INVOICE), event(2)])
    world.open()
    world.card.history.filter(frozenset({TradeKind.INVOICE}), "")
    assert world.shown() == ["invoice1"]  # of what is known, before any system has answered
    world.runner.advance(0.2)
    assert (len(world.crm.asked), len(world.erp.asked)) == (1, 2)
    assert world.shown() == ["invoice1"]
    world.card.history.filter(frozenset({TouchKind.CALL}), "")
    world.runner.advance(0.2)
    assert (len(world.crm.asked), len(world.erp.asked)) == (2, 2)
    assert world.shown() == ["t0", "t1", "t2"]
    world.card.history.filter(frozenset(), "")
    assert len(world.shown()) == 6  # as it was read before: nothing is asked again
    assert (len(world.crm.asked), len(world.erp.asked)) == (2, 2)


def test_a_card_that_is_left_is_a_question_cancelled(make: Callable[..., World]) -> None:
    world = make([touch(0)], [event(0)])
    world.crm.delay = world.erp.delay = 60.0
    world.card.open(MATCH)
    world.runner.advance(5.0)
    world.card.close()
    world.runner.advance(0.1)
    assert (world.crm.cancelled, world.erp.cancelled) == (1, 1)
    assert world.runner.is_quiet
    assert (world.crm.asked, world.erp.asked) == ([None], [None])


def test_an_event_without_a_day_or_at_the_end_of_time_stands_first() -> None:
    assert instant(event(None)) == instant(TradeEvent("1", TradeKind.ORDER, date.max, "", DONE))
    assert instant(event(0)) > NOON
