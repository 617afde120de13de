"""A project opened by its number: what was seen before at once, whose it is by number, and each system by itself."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from app.ports.connection import Connection, SystemKind
from app.ports.errors import NoRights, SystemFault, Unreachable
from app.services.card_parts import PartStatus
from app.services.overviews import Overviews
from app.services.project_card import ProjectPart, Projects
from app.services.search import project_by_number
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from tests.helpers.fake_contacts import CUSTOMER, NORDLYS, FakeCrm, FakeCustomers
from tests.helpers.fake_projects import CLOSED, HARBOUR, FakeTime, hit_of
from tests.helpers.manual_runner import ManualRunner

HERE = {
    kind: Connection(kind.value, "http://127.0.0.1:1", "mette")
    for kind in (SystemKind.CRM, SystemKind.ERP, SystemKind.TIME)
}


@dataclass
class World:
    """Three systems, what is kept of them, and the cards."""

    runner: ManualRunner
    time: FakeTime
    crm: FakeCrm
    erp: FakeCustomers
    systems: Systems
    projects: Projects
    faults: list[SystemFault]

    def settle(self) -> None:
        """What is kept is looked up in a thread, which virtual time cannot hurry."""
        self.until(lambda: self.runner.is_quiet)

    def until(self, is_so: Callable[[], bool]) -> None:
        for _ in range(500):
            self.runner.advance(0.01)
            if is_so():
                return
            time.sleep(0.002)
        raise AssertionError("it did not become so")

    def again(self, caches: EncryptedCaches) -> Projects:
        """As the next run of the program has them."""
        self.projects = Projects(self.systems, self.runner, Overviews(self.systems, caches))
        return self.projects


@pytest.fixture
def caches() -> Iterator[EncryptedCaches]:
    made = EncryptedCaches(None)
    yield made
    made.close()


@pytest.fixture
def world(runner: ManualRunner, caches: EncryptedCaches) -> World:
    """All three are signed in to."""
    time_system, crm, erp, faults = FakeTime(), FakeCrm(), FakeCustomers(), list[SystemFault]()
    systems = Systems(crm.as_system(), erp.as_system(), None, dict(HERE), time_system.as_system())
    projects = Projects(systems, runner, Overviews(systems, caches))
    projects.on_fault(faults.append)
    return World(runner, time_system, crm, erp, systems, projects, faults)


def test_a_project_and_whose_it_is_by_number(world: World) -> None:
    card = world.projects.card
    card.open(project_by_number("P-1002"))
    world.settle()
    assert (card.project.value, card.project.source) == (HARBOUR, SystemKind.TIME)
    assert card.customer_name == NORDLYS.name
    assert [hit.id for hit in card.in_crm.value or ()] == [NORDLYS.id]
    assert card.in_erp.value == CUSTOMER
    match = card.identity()
    assert (match.project_id, match.number, match.detail) == ("7", "P-1002", "Nordlys")
    assert world.time.asked == ["project P-1002"]
    assert world.faults == []


def test_what_was_seen_is_there_without_the_systems(world: World, caches: EncryptedCaches) -> None:
    world.projects.card.open(project_by_number("P-1002"))
    world.projects.of_customer.show("10023")
    world.settle()
    for fake, name in ((world.time, "time"), (world.crm, "crm"), (world.erp, "erp")):
        fake.fault = Unreachable(name)
    projects = world.again(caches)
    projects.card.open(project_by_number("P-1002"))
    projects.of_customer.show("10023")
    world.settle()
    card = projects.card
    parts = (card.project, card.in_crm, card.in_erp, projects.of_customer.projects)
    assert [part.is_offline for part in parts] == [True] * 4
    assert card.project.value == HARBOUR
    assert projects.of_customer.projects.value == (hit_of(HARBOUR), hit_of(CLOSED))
    # Back again: only what failed is asked for.
    world.time.fault = world.crm.fault = world.erp.fault = None
    world.time.asked.clear()
    projects.retry(SystemKind.TIME)
    projects.retry(SystemKind.CRM)
    projects.retry(SystemKind.ERP)
    world.settle()
    assert card.project.status is PartStatus.READY
    assert sorted(world.time.asked) == ["project P-1002", "projects of 10023"]


def test_another_user_sees_nothing_of_it(world: World, caches: EncryptedCaches) -> None:
    world.projects.card.open(project_by_number("P-1002"))
    world.settle()
    world.systems.proven.update({kind: replace(here, user="another") for kind, here in HERE.items()})
    world.time.fault = NoRights("time")
    projects = world.again(caches)
    projects.card.open(project_by_number("P-1002"))
    world.settle()
    assert (projects.card.project.value, projects.card.project.status) == (None, PartStatus.FAILED)


def test_each_system_fails_by_itself(world: World) -> None:
    world.crm.fault = Unreachable("crm")
    card = world.projects.card
    card.open(project_by_number("P-1002"))
    world.settle()
    assert card.project.status is card.in_erp.status is PartStatus.READY
    assert card.in_crm.status is PartStatus.FAILED
    assert [fault.system for fault in world.faults] == ["crm"]
    assert card.customer_name == CUSTOMER.name


def test_a_card_that_is_left_asks_nothing_more(world: World) -> None:
    told: list[str] = []
    card = world.projects.card
    card.listen(lambda: told.append(card.number))
    card.open(project_by_number("P-1002"))
    card.close()
    told.clear()
    world.settle()
    assert told == []
    card.open(project_by_number("P-1001"))
    world.settle()
    assert card.project.value == CLOSED
    assert set(told) == {"P-1001"}


def test_a_project_that_is_gone_is_forgotten(world: World, caches: EncryptedCaches) -> None:
    world.projects.card.open(project_by_number("P-1002"))
    world.settle()
    world.time.stored.remove(HARBOUR)
    world.projects.card.reload(ProjectPart.PROJECT)
    world.settle()
    assert (world.projects.card.project.value, world.projects.card.project.status) == (None, PartStatus.ABSENT)
    assert world.projects.card.customer_name == ""
    world.time.fault = Unreachable("time")
    projects = world.again(caches)
    projects.card.open(project_by_number("P-1002"))
    world.settle()
    assert projects.card.project.value is None


def test_without_a_customer_number_nobody_is_asked(world: World) -> None:
    world.time.stored = [replace(HARBOUR, customer_number="")]
    asked = len(world.crm.asked)
    card = world.projects.card
    card.open(project_by_number("P-1002"))
    world.settle()
    assert (card.customer_number, card.customer_name) == ("", "Nordlys")
    assert len(world.crm.asked) == asked
    assert card.in_erp.status is PartStatus.ABSENT


def test_a_time_system_that_joins_later_is_asked_then(world: World) -> None:
    world.systems.time = None
    world.projects.of_customer.show("10023")
    world.settle()
    assert world.projects.of_customer.projects.status is PartStatus.ABSENT
    assert not world.projects.of_customer.is_known
    world.systems.time = world.time.as_system()
    world.projects.retry(SystemKind.TIME)
    world.settle()
    assert len(world.projects.of_customer.projects.value or ()) == 2
