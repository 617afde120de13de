"""What is known here at once, what the systems answer after it, and no row that jumps."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.domain.contacts import ContactKind
from app.ports.connection import Connection, SystemKind
from app.ports.errors import Unreachable
from app.services.card import CustomerCard
from app.services.overviews import Overviews
from app.services.search import ContactSearch, Match, merge
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from tests.helpers.fake_contacts import NORDLYS, FakeCrm, FakeCustomers
from tests.helpers.fake_projects import HARBOUR, FakeTime
from tests.helpers.manual_runner import ManualRunner

HERE = {kind: Connection(kind.value, "http://127.0.0.1:1", "mette") for kind in (SystemKind.CRM, SystemKind.ERP)}
COMPANY, PERSON = ContactKind.COMPANY, ContactKind.PERSON
BOTH = Match("crm:company:c1", COMPANY, "Nordlys", "10023", "Kolding", "c1", "e1")


@dataclass
class World:
    """Two systems, what is known here, and a search field."""

    runner: ManualRunner
    crm: FakeCrm
    erp: FakeCustomers
    systems: Systems
    search: ContactSearch
    overviews: Overviews

    def until(self, is_so: Callable[[], bool], seconds: float = 0.01) -> None:
        """What is known here is looked up in a thread, which virtual time cannot hurry."""
        for _ in range(500):
            self.runner.advance(seconds)
            if is_so():
                return
            time.sleep(0.002)
        raise AssertionError(self.search.matches)

    def ask(self, text: str) -> None:
        """Type, and wait for everybody."""
        self.search.type(text)
        self.until(lambda: self.runner.is_quiet)

    def offline(self) -> None:
        self.crm.fault, self.erp.fault = Unreachable("crm"), Unreachable("erp")


@pytest.fixture
def world(runner: ManualRunner) -> Iterator[World]:
    """Both systems are signed in to."""
    caches, crm, erp = EncryptedCaches(None), FakeCrm(), FakeCustomers()
    systems = Systems(crm.as_system(), erp.as_system(), HERE[SystemKind.ERP], dict(HERE))
    overviews = Overviews(systems, caches)
    yield World(runner, crm, erp, systems, ContactSearch(systems, runner, overviews), overviews)
    caches.close()


def test_what_was_found_once_is_there_before_the_systems_are_asked(world: World) -> None:
    world.ask("nord")
    assert {row.name for row in world.search.matches} == {NORDLYS.name, "Camilla Winther", "Only in the ERP A/S"}
    world.search.type("")
    asked = len(world.crm.asked)
    world.search.type("nordlys")
    world.until(lambda: bool(world.search.matches), 0.0)  # no time passes
    assert len(world.crm.asked) == asked
    assert world.search.is_searching
    company, person = world.search.matches
    assert (company.key, company.company_id, company.customer_id) == ("crm:company:c1", "c1", "e1")
    assert (person.key, person.company_id) == ("crm:person:p1", "c1")
    world.until(lambda: not world.search.is_searching)
    assert world.search.matches[:2] == (company, person)  # nothing jumped


def test_offline_what_is_known_is_found_and_the_silence_is_said(world: World) -> None:
    world.ask("nord")
    world.offline()
    world.ask("Camilla W")
    assert [row.name for row in world.search.matches] == ["Camilla Winther"]
    assert set(world.search.faults) == {SystemKind.CRM, SystemKind.ERP}


def test_what_a_card_told_is_found_by_telephone_and_vat_number(world: World) -> None:
    card = CustomerCard(world.systems, world.runner, world.overviews)
    card.open(BOTH)
    world.until(lambda: world.runner.is_quiet)
    world.offline()
    for text, name in (
        ("41 48 09 25", "Camilla Winther"),
        ("cw@nordlys", "Camilla Winther"),
        ("+4561925582", NORDLYS.name),
        ("32321356", NORDLYS.name),
    ):
        world.ask(text)
        assert [row.name for row in world.search.matches] == [name], text
    world.ask("so-3")
    (order,) = world.search.matches
    assert (order.order_id, order.detail) == ("3", "Nordlys Belysning ApS · ref")
    card.close()


def test_another_user_finds_nothing_of_it(world: World) -> None:
    world.ask("nord")
    world.offline()
    world.systems.proven.update({kind: replace(here, user="another") for kind, here in HERE.items()})
    world.ask("nordlys")
    assert world.search.matches == ()


def test_a_name_that_changed_there_changes_in_its_row(world: World) -> None:
    world.ask("nord")
    world.crm.companies = {"c1": replace(NORDLYS, name="Nordlys & Co")}
    world.ask("nordl")
    assert (world.search.matches[0].company_id, world.search.matches[0].name) == ("c1", "Nordlys & Co")
    world.offline()
    world.ask("nordlys co")
    assert [row.name for row in world.search.matches] == ["Nordlys & Co"]


def test_the_number_that_was_typed_goes_first() -> None:
    shown = (Match("crm:company:c7", COMPANY, "By telephone", "777", company_id="c7"),)
    found = [Match("erp:e2", COMPANY, "The customer", "10050", customer_id="e2")]
    assert [row.key for row in merge(shown, found, "10050")] == ["erp:e2", "crm:company:c7"]
    assert [row.key for row in merge(shown, found, "1005")] == ["crm:company:c7", "erp:e2"]


@pytest.mark.parametrize(
    ("row", "new", "expected"),
    [
        (BOTH, Match("erp:e1", COMPANY, "NORDLYS", "10023", customer_id="e1"), BOTH),
        (BOTH, Match("crm:company:c1", COMPANY, "Nordlys", "10023", "Kolding", "c1"), BOTH),
        # The CRM holds another number now: the ERP's customer is not this one.
        (
            BOTH,
            Match("crm:company:c1", COMPANY, "Nordlys", "10099", "", "c1"),
            replace(BOTH, number="10099", customer_id=""),
        ),
    ],
)
def test_the_same_thing_told_again_is_one_row(row: Match, new: Match, expected: Match) -> None:
    assert merge((row,), [new]) == (expected,)


def test_an_order_is_no_customer_of_the_same_number() -> None:
    order = Match("order:1", COMPANY, "10023", "10023", order_id="1")
    assert merge((order,), [BOTH]) == (order, BOTH)
    assert merge((BOTH,), [order]) == (BOTH, order)


@pytest.mark.parametrize("is_down", [False, True])
def test_a_customer_goes_before_his_projects_though_they_are_told_first(
    world: World, monkeypatch: pytest.MonkeyPatch, is_down: bool
) -> None:
    fake = FakeTime()
    world.systems.time = fake.as_system()

    def slowed(system: Any, question: str) -> None:
        answer = getattr(system, question)

        async def slow(*args: Any, **kwargs: Any) -> Any:
            await asyncio.sleep(1)
            return await answer(*args, **kwargs)

        monkeypatch.setattr(system, question, slow)

    slowed(world.crm, "search")
    slowed(world.erp, "search_customers")
    if is_down:
        world.offline()
    world.search.type("nordlys")
    world.until(lambda: bool(fake.asked) and world.search.is_searching)
    assert world.search.matches == ()
    world.until(lambda: not world.search.is_searching)
    numbers = [(row.is_card, row.number) for row in world.search.matches]
    if is_down:
        assert numbers == [(False, HARBOUR.number)]
    else:
        assert numbers.index((True, "10023")) < numbers.index((False, HARBOUR.number))
