"""Customers read in advance: gently, broken off and gone on with, once a day, and only as many as there is room for."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.contacts import ContactHit
from app.domain.orders import Order, OrderHeader
from app.domain.parties import CustomerHit
from app.domain.shelf import Shelf
from app.ports.cache import ORDER
from app.ports.connection import SystemKind
from app.ports.errors import NoRights, Unreachable
from app.services import gentle_runner
from app.services.gentle_runner import AT_ONCE, GentleRunner
from app.services.offline_copies import FRESH, OfflineCopies, OfflineStatus
from app.services.overviews import Overviews
from app.services.search import Match
from app.services.shelves import Shelves
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from tests.helpers.fake_contacts import CUSTOMER, DRAFT, NORDLYS, FakeCrm, FakeCustomers
from tests.helpers.manual_runner import ManualRunner
from tests.unit.test_shelves import COMPANY, HERE

TAKES = 0.1
"""Seconds for each answer."""


class SlowCrm(FakeCrm):
    """A CRM with some companies, that counts how many questions it has at once."""

    def __init__(self, count: int) -> None:
        companies = {f"c{n}": replace(NORDLYS, id=f"c{n}", number=str(10_000 + n)) for n in range(1, count + 1)}
        super().__init__(companies=companies)
        self.now = self.most = 0

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in ("company", "companies_by_number", "timeline", "sales", "cases", "campaigns"):
            return found

        async def slowly(*args: Any, **options: Any) -> Any:
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                await asyncio.sleep(TAKES)
                return await found(*args, **options)
            finally:
                self.now -= 1

        return slowly


class OrderErp(FakeCustomers):
    """An ERP in which every order can be opened."""

    async def open_order(self, order_id: str) -> Order:
        self._meet(f"open {order_id}")
        head = OrderHeader(CustomerHit("e1", "10023", "Nordlys"), "DKK")
        return Order(order_id, f"SO-{order_id}", head, DRAFT, (), None, "1", True, datetime.now(UTC))


class World:
    """A user with favourites, two systems, and an encrypted cache."""

    def __init__(self, runner: ManualRunner, count: int = 4, size_limit: int = 200_000_000) -> None:
        self.runner = runner
        self.crm = SlowCrm(count)
        numbers = [company.number for company in self.crm.companies.values()]
        self.erp = OrderErp(customers={n: replace(CUSTOMER, id=f"e{n}", number=n) for n in numbers})
        self.systems = Systems(self.crm.as_system(), self.erp.as_system(), None, dict(HERE))
        self.caches = EncryptedCaches(None, size_limit=size_limit)
        self.overviews = Overviews(self.systems, self.caches)
        self.shelves = Shelves(self.systems, runner, self.overviews)
        self.is_busy = False
        self.copies = self.start()
        self.shelves.look()
        self.matches = [
            Match(f"crm:company:{one.id}", COMPANY, one.name, one.number, company_id=one.id)
            for one in self.crm.companies.values()
        ]
        self.until(lambda: self.runner.is_quiet)
        for match in self.matches:
            self.shelves.set_favourite(match, favourite=True)

    def start(self) -> OfflineCopies:
        """The program's part of it, as at a start."""
        self.copies = OfflineCopies(
            self.systems, self.runner, self.overviews, self.shelves, is_busy=lambda: self.is_busy
        )
        return self.copies

    def until(self, is_so: Callable[[], bool], seconds: float = 0.02) -> None:
        """The cache works in a thread, which virtual time cannot hurry."""
        for _ in range(4000):
            self.runner.advance(seconds)
            if is_so():
                return
            time.sleep(0.001)
        raise AssertionError(self.copies.state)

    def read(self) -> OfflineCopies:
        """Make the favourites available, and wait until they are."""
        self.copies.go_on(can_answer=True)
        self.copies.keep(frozenset({Shelf.FAVOURITES}))
        self.until(lambda: self.copies.state.status is OfflineStatus.READY)
        return self.copies


@pytest.fixture(autouse=True)
def _short_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    # What real time an answer takes on a busy machine is no matter of these tests.
    monkeypatch.setattr(gentle_runner, "MOST_REST", gentle_runner.LEAST_REST)


@pytest.fixture
def world(runner: ManualRunner) -> Iterator[World]:
    """Four favourites."""
    made = World(runner)
    yield made
    made.copies.close()
    made.caches.close()


def test_all_of_every_card_is_read_with_two_questions_at_a_time(world: World) -> None:
    told: list[tuple[int, int]] = []
    world.copies.listen(lambda: told.append((world.copies.state.ready, world.copies.state.total)))
    copies = world.read()
    assert copies.state == replace(copies.state, ready=4, total=4, partly=0)
    assert {(n, 4) for n in range(5)} <= set(told)
    assert world.crm.most == AT_ONCE
    assert [question for question in world.crm.asked if question == "company"] == ["company"] * 4
    assert sorted(q for q in world.erp.asked if q.startswith("open")) == sorted(["open 1", "open 2", "open 3"] * 4)


def test_while_the_user_waits_for_a_system_nothing_more_is_asked(world: World) -> None:
    world.copies.go_on(can_answer=True)
    world.copies.keep(frozenset({Shelf.FAVOURITES}))
    world.until(lambda: world.copies.state.ready == 1)
    world.is_busy = True
    world.runner.advance(5 * TAKES)
    asked = (len(world.crm.asked), len(world.erp.asked))
    world.runner.advance(60.0)
    assert (len(world.crm.asked), len(world.erp.asked)) == asked
    world.is_busy = False
    world.until(lambda: world.copies.state.status is OfflineStatus.READY)


def test_a_system_that_goes_away_is_waited_for_and_nobody_is_read_twice(world: World) -> None:
    world.copies.go_on(can_answer=True)
    world.copies.keep(frozenset({Shelf.FAVOURITES}))
    world.until(lambda: world.copies.state.ready == 2)
    world.crm.fault = Unreachable("crm")
    world.until(lambda: world.copies.state.status is OfflineStatus.WAITING)
    assert world.copies.state.ready == 2
    world.copies.go_on(can_answer=False)
    world.crm.fault = None
    world.crm.asked.clear()
    world.copies.go_on(can_answer=True)
    world.until(lambda: world.copies.state.status is OfflineStatus.READY)
    assert world.crm.asked.count("company") == 2


def test_at_the_next_start_who_was_read_today_is_there_and_the_others_are_read(world: World) -> None:
    world.copies.go_on(can_answer=True)
    world.copies.keep(frozenset({Shelf.FAVOURITES}))
    world.until(lambda: world.copies.state.ready == 3)
    world.copies.close()
    world.crm.asked.clear()
    copies = world.start()
    copies.keep(frozenset({Shelf.FAVOURITES}))  # before a system has answered
    world.until(lambda: copies.state.status is OfflineStatus.WAITING)
    assert (copies.state.ready, copies.state.total) == (3, 4)
    assert world.crm.asked == []
    world.read()
    assert world.crm.asked.count("company") == 1


def test_the_next_day_all_are_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.read()
    world.crm.asked.clear()
    monkeypatch.setattr("app.services.offline_copies.FRESH", FRESH * 0)
    world.until(lambda: world.crm.asked.count("company") == 4, 5.0)


def test_an_order_that_made_room_is_read_again(world: World) -> None:
    world.read()
    world.copies.close()
    world.overviews.at(SystemKind.ERP).forget(ORDER, "2")
    world.erp.asked.clear()
    world.start()
    world.read()
    assert "open 2" in world.erp.asked


def test_what_a_system_does_not_tell_this_user_is_said_and_not_asked_for_ever(world: World) -> None:
    async def not_allowed(_company_id: str) -> ContactHit:
        raise NoRights("crm")

    vars(world.crm)["sales"] = not_allowed
    copies = world.read()
    assert (copies.state.ready, copies.state.partly) == (4, 4)


def test_cancelled_it_asks_nothing_more_and_goes_on_when_it_is_wanted_again(world: World) -> None:
    world.copies.go_on(can_answer=True)
    world.copies.keep(frozenset({Shelf.FAVOURITES}))
    world.until(lambda: world.copies.state.ready == 1)
    world.copies.keep(frozenset())
    assert world.copies.state.status is OfflineStatus.OFF
    world.runner.advance(TAKES)
    asked = len(world.crm.asked)
    world.runner.advance(60.0)
    assert len(world.crm.asked) == asked
    world.crm.asked.clear()
    world.read()
    assert world.crm.asked.count("company") == 3


def test_another_favourite_is_read_too_and_one_taken_away_is_not_counted(world: World) -> None:
    for match in world.matches[2:]:
        world.shelves.set_favourite(match, favourite=False)
    assert world.read().state.total == 2
    world.crm.asked.clear()
    world.shelves.set_favourite(world.matches[2], favourite=True)
    world.until(lambda: world.copies.state.ready == 3)
    assert world.crm.asked.count("company") == 1


def test_only_as_many_are_read_as_there_is_room_for(runner: ManualRunner) -> None:
    world = World(runner, count=12, size_limit=12_000)
    world.copies.go_on(can_answer=True)
    world.copies.keep(frozenset({Shelf.FAVOURITES}))
    world.until(lambda: world.copies.state.status is OfflineStatus.FULL)
    state = world.copies.state
    assert 0 < state.ready < state.total == 12
    ready = state.ready
    # They are all there: the later ones have not made the earlier ones go.
    world.copies.close()
    copies = world.start()
    copies.keep(frozenset({Shelf.FAVOURITES}))
    world.until(lambda: copies.state.status is OfflineStatus.WAITING)
    assert copies.state.ready == ready
    copies.close()
    world.caches.close()


def test_a_gentle_runner_gives_a_place_back_however_a_question_ends(runner: ManualRunner) -> None:
    gentle, ended = GentleRunner(runner, lambda: False), []

    async def work(number: int) -> int:
        await asyncio.sleep(1.0)
        if number == 1:
            raise Unreachable("crm")
        return number

    jobs = [gentle.run(work(number), ended.append, ended.append) for number in range(6)]
    jobs[0].cancel()  # under way
    jobs[3].cancel()  # not begun
    jobs[3].cancel()
    runner.settle()
    assert [one for one in ended if isinstance(one, int)] == [2, 4, 5]
    assert len(ended) == 4
