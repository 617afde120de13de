"""Recent, favourites and the user's own customers: kept encrypted, for each sign-in its own, over restarts."""

import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.contacts import ContactKind
from app.domain.names import Name, NameKind
from app.domain.shelf import Shelf
from app.ports.connection import Connection, SystemKind
from app.services.overviews import Overviews
from app.services.search import Match
from app.services.shelves import Shelves
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from app.storage.shelves import MOST_RECENT
from tests.helpers.fake_contacts import NOON
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.memory_keyring import MemoryKeyring

Run = Callable[[Coroutine[Any, Any, Any]], Any]
HERE = {kind: Connection(kind.value, "http://127.0.0.1:1", "mette") for kind in (SystemKind.CRM, SystemKind.ERP)}
COMPANY = ContactKind.COMPANY
NORDLYS = Match("crm:company:c1", COMPANY, "Nordlys", "10023", "Kolding", "c1", "e1")
HAVN = Match("erp:e2", COMPANY, "Havn & Co", "10050", "Esbjerg", customer_id="e2")
CAMILLA = Match("crm:person:p1", ContactKind.PERSON, "Camilla Winther", "10023", "Nordlys", "c1")


class World:
    """One user at one computer, whose program can be started again."""

    def __init__(self, runner: ManualRunner, folder: Path) -> None:
        self.runner, self.folder = runner, folder
        self.caches = EncryptedCaches(folder)
        self.systems = Systems(proven=dict(HERE))
        self.shelves = self.start()

    def start(self) -> Shelves:
        """The program is started again."""
        self.caches.close()
        self.caches = EncryptedCaches(self.folder)
        self.shelves = Shelves(self.systems, self.runner, Overviews(self.systems, self.caches))
        self.look()
        return self.shelves

    def look(self) -> None:
        self.shelves.look()
        for _ in range(2000):  # the lists are read in a thread, which virtual time cannot hurry
            self.runner.advance(0.01)
            if self.runner.is_quiet:
                return
            time.sleep(0.005)
        raise AssertionError("the lists were not read")

    def names(self, shelf: Shelf) -> list[str]:
        return [match.name for match in self.shelves.of(shelf)]


@pytest.fixture
def world(runner: ManualRunner, tmp_path: Path, ring: MemoryKeyring) -> Iterator[World]:
    """Both systems are signed in to."""
    assert not ring.secrets
    made = World(runner, tmp_path)
    yield made
    made.caches.close()


def test_the_lists_are_there_at_the_next_start_and_nothing_of_them_can_be_read_in_the_folder(world: World) -> None:
    for match in (NORDLYS, HAVN, CAMILLA, NORDLYS):
        world.shelves.opened(match)
    world.shelves.set_favourite(HAVN, favourite=True)
    world.shelves.fill(Shelf.MINE, SystemKind.CRM, [Name(NameKind.COMPANY, "c7", "Ålborg El", "10070")])
    world.start()
    assert world.names(Shelf.RECENT) == ["Nordlys", "Camilla Winther", "Havn & Co"]
    assert world.names(Shelf.FAVOURITES) == ["Havn & Co"]
    assert world.names(Shelf.MINE) == ["Ålborg El"]
    nordlys, camilla, havn = world.shelves.of(Shelf.RECENT)
    assert (nordlys.company_id, nordlys.number, nordlys.detail) == ("c1", "10023", "Kolding")
    assert (camilla.kind, camilla.key, camilla.company_id) == (ContactKind.PERSON, CAMILLA.key, "c1")
    assert (havn.customer_id, havn.number) == ("e2", "10050")
    content = b"".join(file.read_bytes() for file in world.folder.iterdir())
    for text in (b"Nordlys", b"Havn", b"Camilla", b"lborg"):
        assert text not in content
    world.shelves.set_favourite(HAVN, favourite=False)
    world.start()
    assert world.names(Shelf.FAVOURITES) == []


def test_a_customer_is_one_whatever_system_named_him(world: World) -> None:
    by_erp = Match("erp:e1", COMPANY, "NORDLYS", "10023", customer_id="e1")
    world.shelves.set_favourite(by_erp, favourite=True)
    assert world.shelves.is_favourite(NORDLYS)
    world.shelves.learned(NORDLYS)  # the card is open, and the CRM has answered
    assert world.names(Shelf.FAVOURITES) == ["Nordlys"]
    world.shelves.set_favourite(by_erp, favourite=False)
    world.start()
    assert world.names(Shelf.FAVOURITES) == []
    # Two companies of the CRM on one number are two.
    world.shelves.set_favourite(NORDLYS, favourite=True)
    assert not world.shelves.is_favourite(replace(NORDLYS, key="crm:company:c9", company_id="c9"))


def test_opened_by_number_it_is_kept_when_a_system_has_said_who_it_is(world: World) -> None:
    world.shelves.opened(Match("number:10023", COMPANY, "10023", "10023"))
    assert world.names(Shelf.RECENT) == ["10023"]
    world.shelves.learned(NORDLYS)
    assert world.names(Shelf.RECENT) == ["Nordlys"]
    world.shelves.learned(replace(NORDLYS, name="Nordlys & Co", detail=""))
    world.start()
    assert [(one.name, one.detail) for one in world.shelves.of(Shelf.RECENT)] == [("Nordlys & Co", "Kolding")]


def test_each_sign_in_sees_its_own_and_signing_out_forgets_them(world: World, run: Run) -> None:
    for match in (NORDLYS, HAVN):
        world.shelves.set_favourite(match, favourite=True)
    world.systems.proven[SystemKind.CRM] = replace(HERE[SystemKind.CRM], user="another")
    world.look()
    assert world.names(Shelf.FAVOURITES) == ["Havn & Co"]
    world.systems.proven.clear()
    world.look()
    assert world.names(Shelf.FAVOURITES) == []
    world.shelves.opened(NORDLYS)
    assert world.names(Shelf.RECENT) == ["Nordlys"]  # as long as the program runs
    world.systems.proven.update(HERE)
    world.look()
    assert world.names(Shelf.FAVOURITES) == ["Havn & Co", "Nordlys"]
    run(world.caches.of(HERE[SystemKind.CRM]).clear())  # as `Connections.sign_out` does
    world.start()
    assert world.names(Shelf.FAVOURITES) == ["Havn & Co"]
    assert run(world.caches.wipe()).is_complete
    world.start()
    assert world.names(Shelf.FAVOURITES) == []


def test_only_so_many_are_recent_and_only_favourites_stay_for_ever(run: Run) -> None:
    clock = [NOON.timestamp()]
    caches = EncryptedCaches(None, now=lambda: clock[0])
    cache = caches.of(HERE[SystemKind.CRM])
    for number in range(MOST_RECENT + 5):
        name = Name(NameKind.COMPANY, str(number), f"Company {number}")
        cache.shelve(Shelf.RECENT, name, NOON + timedelta(seconds=number))
        cache.shelve(Shelf.FAVOURITES, name, NOON)
    assert [one.name.id for one in run(cache.shelf(Shelf.RECENT))] == [
        str(number) for number in reversed(range(5, MOST_RECENT + 5))
    ]
    clock[0] += 31 * 86_400
    run(caches.run(caches._tidy, None))
    assert run(cache.shelf(Shelf.RECENT)) == []
    assert len(run(cache.shelf(Shelf.FAVOURITES))) == MOST_RECENT + 5
    caches.close()


def test_before_anything_is_typed_the_recent_and_the_favourites_are_proposed(world: World) -> None:
    for match in (NORDLYS, HAVN):
        world.shelves.opened(match)
    far = Match("crm:company:c8", COMPANY, "Zebra", "10080", company_id="c8")
    for match in (NORDLYS, far):
        world.shelves.set_favourite(match, favourite=True)
    assert [(one.name, one.shelf) for one in world.shelves.suggested()] == [
        ("Havn & Co", Shelf.RECENT),
        ("Nordlys", Shelf.RECENT),
        ("Zebra", Shelf.FAVOURITES),
    ]
