"""A card that was seen before: shown at once with its age, and each part refreshed by itself."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.contacts import ContactKind, TouchKind
from app.ports.connection import Connection, Manifest, SystemKind
from app.ports.errors import AccessEnded, NotFound, Unreachable
from app.services.card import CustomerCard
from app.services.card_memory import Memory
from app.services.card_parts import LinkState, PartName, PartStatus
from app.services.connections import Connections, ConnectionStatus
from app.services.overviews import Overviews
from app.services.search import Match
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from tests.helpers.fake_contacts import CUSTOMER, NORDLYS, FakeCrm, FakeCustomers, MemorySecrets
from tests.helpers.manual_runner import ManualRunner

BY_ID = Match("crm:company:c1", ContactKind.COMPANY, "Nordlys", "10023", company_id="c1")
BY_NUMBER = Match("number:10023", ContactKind.COMPANY, "10023", "10023")
CRM_HERE = Connection("crm", "http://127.0.0.1:1", "mette")
ERP_HERE = Connection("erp", "http://127.0.0.1:1", "mette")
HERE = {SystemKind.CRM: CRM_HERE, SystemKind.ERP: ERP_HERE}
ALL = tuple(PartName)


@dataclass
class World:
    """Two systems, a cache in memory, and a card."""

    runner: ManualRunner
    caches: EncryptedCaches
    crm: FakeCrm
    erp: FakeCustomers
    systems: Systems
    card: CustomerCard

    def until(self, is_so: Callable[[], bool]) -> None:
        """The cache answers from a thread, which virtual time cannot hurry."""
        for _ in range(500):
            self.runner.advance(0.01)
            if is_so():
                return
            time.sleep(0.002)
        raise AssertionError([(name.value, self.card.part(name).status) for name in ALL])

    def statuses(self, *names: PartName) -> set[PartStatus]:
        return {self.card.part(name).status for name in names or ALL}

    def read(self, match: Match = BY_ID) -> None:
        """Open it with both systems there, and turn away."""
        self.card.open(match)
        self.until(lambda: self.statuses() == {PartStatus.READY})
        self.card.close()
        self.crm.asked.clear()
        self.erp.asked.clear()

    def offline(self) -> None:
        self.crm.fault, self.erp.fault = Unreachable("crm"), Unreachable("erp")


@pytest.fixture
def world(runner: ManualRunner) -> Iterator[World]:
    """Both systems are signed in to."""
    caches, crm, erp = EncryptedCaches(None), FakeCrm(), FakeCustomers()
    systems = Systems(crm.as_system(), erp.as_system(), ERP_HERE, dict(HERE))
    card = CustomerCard(systems, runner, Overviews(systems, caches))
    yield World(runner, caches, crm, erp, systems, card)
    card.close()
    caches.close()


def _silent(world: World) -> None:
    """The systems take for ever."""

    async def never(*_: object, **__: object) -> None:
        await asyncio.sleep(10_000)

    for name in ("company", "timeline", "tasks", "sales", "cases", "campaigns", "companies_by_number"):
        setattr(world.crm, name, never)
    for name in ("customer", "orders_of", "trade_events"):
        setattr(world.erp, name, never)


@pytest.mark.parametrize("match", [BY_ID, BY_NUMBER])
def test_what_was_seen_is_there_before_any_system_answers(world: World, match: Match) -> None:
    world.read(match)
    before = datetime.now(UTC)
    _silent(world)
    world.card.open(match)
    world.until(lambda: all(world.card.part(name).value is not None for name in ALL))
    assert world.statuses() <= {PartStatus.LOADING, PartStatus.WAITING}
    assert world.card.link is LinkState.LINKED
    assert world.card.number == "10023"
    for name in ALL:
        read_at = world.card.part(name).read_at
        assert read_at is not None
        assert before - timedelta(minutes=1) < read_at <= before


@pytest.mark.parametrize("match", [BY_ID, BY_NUMBER, replace(BY_ID, number=""), replace(BY_ID, customer_id="e1")])
@pytest.mark.parametrize("seen", [False, True])
def test_each_part_is_asked_for_once(world: World, match: Match, seen: bool) -> None:
    if seen:
        world.read(match)
    world.card.open(match)
    world.until(lambda: world.statuses() == {PartStatus.READY} and world.runner.is_quiet)
    questions = ("company", "timeline", "tasks", "sales", "cases", "campaigns", "companies_by_number")
    # Which stages there are is asked once for all cards.
    assert sorted(world.crm.asked) == sorted((*questions, *(() if seen else ("sales_stages",))))
    assert sorted(world.erp.asked) == ["customer", "orders_of", "trade_events"]


def test_what_was_seen_is_told_before_any_system_is_asked(world: World) -> None:
    world.read()
    told: list[tuple[bool, int]] = []
    world.card.listen(
        lambda _part: told.append((world.card.orders.value is not None, len(world.crm.asked) + len(world.erp.asked)))
    )
    world.card.open(BY_ID)
    world.until(lambda: world.statuses() == {PartStatus.READY})
    assert told[0] == (True, 0)


def test_a_cache_that_says_nothing_holds_no_system_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> Memory:
        await asyncio.sleep(10_000)
        return Memory()

    monkeypatch.setattr("app.services.card.recall", never)
    told: list[PartName | None] = []
    world.card.listen(told.append)
    world.card.open(BY_ID)
    world.runner.advance(1)
    assert world.statuses() == {PartStatus.READY}
    assert told[0] is None
    assert PartName.ORDERS in told


def test_a_card_that_is_left_asks_nothing_more(world: World) -> None:
    world.card.open(BY_ID)
    world.card.close()
    world.runner.advance(5)
    assert world.runner.is_quiet
    assert "orders_of" not in world.erp.asked
    assert world.card.company.value is None


def test_offline_everything_seen_is_there_with_its_age(world: World) -> None:
    world.read()
    ages = {name: world.card.part(name).read_at for name in ALL}
    world.offline()
    world.card.open(BY_NUMBER)
    world.until(lambda: world.statuses() == {PartStatus.FAILED} and world.runner.is_quiet)
    for name in ALL:
        part = world.card.part(name)
        assert part.is_offline, name
        assert part.read_at == ages[name]
    assert world.card.link is LinkState.LINKED
    assert world.card.company.value is not None
    assert world.card.company.value.people == NORDLYS.people


def test_a_dead_crm_does_not_hold_up_the_erps_half(world: World) -> None:
    world.read()
    world.crm.fault = Unreachable("crm")
    world.card.open(BY_NUMBER)
    world.until(lambda: world.runner.is_quiet)
    assert world.statuses(PartName.CUSTOMER, PartName.ORDERS, PartName.TRADE) == {PartStatus.READY}
    assert world.card.company.is_offline


def test_back_online_what_failed_is_read_again_by_itself(world: World) -> None:
    world.read()
    world.offline()
    world.card.open(BY_NUMBER)
    world.until(lambda: world.statuses() == {PartStatus.FAILED} and world.runner.is_quiet)
    world.crm.fault = world.erp.fault = None
    world.crm.asked.clear()
    world.erp.asked.clear()
    for kind in (SystemKind.CRM, SystemKind.ERP):
        world.card.retry(kind)
    world.until(lambda: world.statuses() == {PartStatus.READY} and world.runner.is_quiet)
    questions = ("company", "timeline", "tasks", "sales", "cases", "campaigns", "companies_by_number")
    assert sorted(world.crm.asked) == sorted(questions)
    assert sorted(world.erp.asked) == ["customer", "orders_of", "trade_events"]


def test_a_customer_never_seen_fails_plainly(world: World) -> None:
    world.offline()
    world.card.open(BY_NUMBER)
    world.until(lambda: world.statuses() == {PartStatus.FAILED} and world.runner.is_quiet)
    assert all(world.card.part(name).value is None for name in ALL)
    assert world.card.link is LinkState.UNKNOWN


def test_another_number_in_the_crm_takes_the_old_customer_away(world: World) -> None:
    world.read()
    world.crm.companies = {"c1": replace(NORDLYS, number="10099")}
    world.erp.customers["10099"] = replace(CUSTOMER, id="e2", number="10099", name="Another A/S")
    world.card.open(BY_ID)
    world.until(lambda: world.statuses() == {PartStatus.READY} and world.runner.is_quiet)
    assert world.card.number == "10099"
    assert world.card.customer.value is not None
    assert world.card.customer.value.id == "e2"


@pytest.mark.parametrize("seen", [False, True])
def test_a_company_without_a_number_has_no_half_in_the_erp(world: World, seen: bool) -> None:
    world.crm.companies = {"c1": replace(NORDLYS, number="")}
    match = replace(BY_ID, number="")
    if seen:
        world.card.open(match)
        world.until(lambda: world.card.timeline.status is PartStatus.READY and world.runner.is_quiet)
        world.offline()
    world.card.open(match)
    world.until(lambda: world.card.company.value is not None and world.runner.is_quiet)
    assert world.card.link is LinkState.NO_NUMBER
    assert world.statuses(PartName.CUSTOMER, PartName.ORDERS, PartName.TRADE) == {PartStatus.ABSENT}
    assert not world.erp.asked


def test_what_is_deleted_there_is_forgotten_here(world: World) -> None:
    world.read()
    world.crm.companies = {}
    world.card.open(BY_ID)
    world.until(lambda: isinstance(world.card.company.fault, NotFound))
    world.until(lambda: world.runner.is_quiet)
    world.offline()
    world.card.open(BY_ID)
    world.until(lambda: world.runner.is_quiet)
    assert world.card.company.value is None
    assert world.card.customer.value is not None


def test_the_timeline_is_filtered_offline_too(world: World) -> None:
    world.read()
    world.offline()
    world.card.open(BY_ID)
    world.until(lambda: world.runner.is_quiet)
    assert world.card.timeline.value is not None
    all_of_them = len(world.card.timeline.value.items)
    world.card.history.filter(frozenset({TouchKind.CALL}), "subject 2")
    world.until(lambda: world.runner.is_quiet)
    assert world.card.timeline.value.items
    assert {touch.kind for touch in world.card.timeline.value.items} == {TouchKind.CALL}
    assert all("2" in touch.subject for touch in world.card.timeline.value.items)
    world.card.history.filter(frozenset(), "")
    world.until(lambda: world.runner.is_quiet)
    assert len(world.card.timeline.value.items) == all_of_them


def test_a_filtered_timeline_is_not_kept_for_the_whole(world: World) -> None:
    world.read()
    world.card.open(BY_ID)
    world.card.history.filter(frozenset({TouchKind.CALL}), "")
    world.until(lambda: world.card.timeline.status is PartStatus.READY and world.runner.is_quiet)
    world.offline()
    world.card.open(BY_ID)
    world.until(lambda: world.runner.is_quiet)
    assert world.card.timeline.value is not None
    assert {touch.kind for touch in world.card.timeline.value.items} != {TouchKind.CALL}


def test_who_cannot_show_that_he_is_the_user_reads_nothing(world: World) -> None:
    world.read()
    world.offline()
    world.systems.proven.clear()
    world.card.open(BY_NUMBER)
    world.until(lambda: world.runner.is_quiet)
    assert all(world.card.part(name).value is None for name in ALL)
    world.systems.proven[SystemKind.ERP] = replace(ERP_HERE, user="another")
    world.card.open(BY_NUMBER)
    world.until(lambda: world.runner.is_quiet)
    assert world.card.customer.value is None


def test_an_answer_after_somebody_else_signed_in_is_kept_for_its_own_user(world: World) -> None:
    other = replace(ERP_HERE, user="another")

    def once_it_is_asked(_part: PartName | None) -> None:
        if world.card.customer.status is PartStatus.LOADING:
            world.systems.proven[SystemKind.ERP] = other

    world.card.listen(once_it_is_asked)
    world.card.open(BY_ID)
    world.until(lambda: world.card.customer.status is PartStatus.READY)
    world.offline()
    world.card.open(BY_NUMBER)
    world.until(lambda: world.runner.is_quiet)
    assert world.card.customer.value is None


# -- signing in and out


@pytest.fixture
def connections(world: World) -> Iterator[Connections]:
    """An ERP that is to be signed in to."""
    world.systems.proven.clear()
    made = Connections(world.runner, MemorySecrets(), world.systems, world.caches)
    made.add(Manifest("erp", "Tryton", SystemKind.ERP, lambda _c, _t: world.erp.as_system()), None)
    yield made
    made.close()


def _is(connections: Connections, status: ConnectionStatus) -> Callable[[], bool]:
    return lambda: connections.state(SystemKind.ERP).status is status


def test_a_password_proves_the_sign_in_only_when_the_system_took_it(world: World, connections: Connections) -> None:
    connections.sign_in(SystemKind.ERP, ERP_HERE, "wrong")
    world.until(_is(connections, ConnectionStatus.SIGNED_OUT))
    assert not world.systems.proven
    world.erp.fault = Unreachable("erp")
    connections.sign_in(SystemKind.ERP, ERP_HERE, "right")
    world.until(_is(connections, ConnectionStatus.OFFLINE))
    assert not world.systems.proven
    world.erp.fault = None
    connections.retry(SystemKind.ERP)
    world.until(_is(connections, ConnectionStatus.ONLINE))
    assert world.systems.proven == {SystemKind.ERP: ERP_HERE}
    world.erp.fault = Unreachable("erp")
    connections.report(Unreachable("erp"))
    assert world.systems.proven == {SystemKind.ERP: ERP_HERE}  # the train in a tunnel
    connections.report(AccessEnded("erp"))
    world.erp.fault = AccessEnded("erp")
    connections.retry(SystemKind.ERP)
    world.until(_is(connections, ConnectionStatus.SIGNED_OUT))
    assert not world.systems.proven


def test_the_secret_in_the_keyring_proves_it_offline(world: World) -> None:
    secrets = MemorySecrets()
    secrets.write(ERP_HERE, "right")
    world.erp.fault = Unreachable("erp")
    made = Connections(world.runner, secrets, world.systems, world.caches)
    world.systems.proven.clear()
    made.add(Manifest("erp", "Tryton", SystemKind.ERP, lambda _c, _t: world.erp.as_system()), ERP_HERE)
    world.until(_is(made, ConnectionStatus.OFFLINE))
    assert world.systems.proven == {SystemKind.ERP: ERP_HERE}
    made.close()


def test_signing_out_forgets_what_was_seen(world: World, connections: Connections) -> None:
    connections.sign_in(SystemKind.ERP, ERP_HERE, "right")
    world.until(_is(connections, ConnectionStatus.ONLINE))
    world.card.open(BY_NUMBER)
    world.until(lambda: world.card.customer.status is PartStatus.READY)
    connections.sign_out(SystemKind.ERP)
    world.until(_is(connections, ConnectionStatus.SIGNED_OUT))
    connections.sign_in(SystemKind.ERP, ERP_HERE, "right")
    world.until(_is(connections, ConnectionStatus.ONLINE))
    world.offline()
    world.card.open(BY_NUMBER)
    world.until(lambda: world.card.customer.status is PartStatus.FAILED)
    world.runner.advance(0.1)
    assert world.card.customer.value is None
