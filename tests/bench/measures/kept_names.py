"""The encrypted file by itself: found by name among 50,000 companies and 50,000 people, and opened."""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import median

import keyring

from app.domain.contacts import Page
from app.domain.names import Name, NameKind
from app.ports.cache import COMPANY, CONTACTS, Cache
from app.ports.connection import Connection
from app.services.name_refresh import refresh
from app.storage.cache import EncryptedCaches
from tests.bench.bench import Bench
from tests.bench.figures import Judged
from tests.bench.own_keyring import use_own_keyring
from tests.bench.registry import Found, measure

_EACH = 50_000
_PAGE = 250
_SEARCHES = 300
_OPENED = 20
_CRM = Connection("creme", "https://crm.example", "mette")
_ERP = Connection("tryton", "https://erp.example", "clerk")
_PARTS = (
    *("nord", "lys", "bel", "ys", "havn", "skov", "sø", "aa", "by", "dal", "berg", "ø", "ster", "vest", "syd", "hus"),
    *("el", "tek", "nik", "bag", "eri", "hans", "jens", "peter", "sen", "kirk", "mads", "anne", "kol", "ding", "se"),
    *("oden", "grøn", "blå", "møl", "le", "vand", "gaard", "land", "mark"),
)


class _World:
    """Companies and people of made-up names, and what users type of them. The same each time."""

    def __init__(self) -> None:
        self._chance = random.Random(50_000)  # noqa: S311  # to be the same each time
        self.companies = [self._company(number) for number in range(_EACH)]
        self.people = [self._person(number) for number in range(_EACH)]

    def typed(self) -> Iterator[str]:
        """Each text from its second letter on, as it is typed: names, words turned round, numbers, phones, e-mails."""
        for _ in range(_SEARCHES):
            name = self._chance.choice(self._chance.choice((self.companies, self.people)))
            turned = " ".join(reversed(name.name.split()))
            text = self._chance.choice((name.name, turned, name.number, *name.further))
            yield from (text[:end] for end in range(2, len(text) + 1))

    def _word(self) -> str:
        return "".join(self._chance.choice(_PARTS) for _ in range(self._chance.randint(2, 4))).capitalize()

    def _company(self, number: int) -> Name:
        phone, mail = f"+45 {self._chance.randint(10**7, 10**8 - 1)}", f"info@{self._word()}.example"
        name = f"{self._word()} {self._word()} {self._chance.choice(('ApS', 'A/S', 'I/S'))}"
        vat = f"DK{self._chance.randint(10**7, 10**8 - 1)}"
        return Name(NameKind.COMPANY, str(number), name, str(10_000 + number), self._word(), "", (phone, mail), vat)

    def _person(self, number: int) -> Name:
        phone, mail = str(self._chance.randint(10**7, 10**8 - 1)), f"{self._word()}@{self._word()}.example"
        company = self.companies[number]
        name = f"{self._word()} {self._word()}"
        return Name(NameKind.PERSON, str(number), name, company.number, company.name, company.id, (phone, mail))


@contextmanager
def _file(bench: Bench) -> Iterator[Path]:
    """A folder with the file of 100,000 names in it, and its key in a keyring of this process."""
    former = keyring.get_keyring()
    use_own_keyring()
    try:
        with tempfile.TemporaryDirectory(prefix="samspil-bench-") as folder:
            bench.say("100,000 names are put in")
            asyncio.run(_fill(Path(folder)))
            yield Path(folder)
    finally:
        keyring.set_keyring(former)


async def _fill(folder: Path) -> None:
    caches, world = EncryptedCaches(folder), _World()
    await caches.of(_CRM).learn((*world.companies, *world.people), datetime.now(UTC))
    caches.close()


@cache
def _found(bench: Bench) -> tuple[tuple[list[float], list[float]], list[float], int]:
    """Milliseconds of each search, by itself and while names are written; of each opening; and the file's size."""
    with _file(bench) as folder:
        searches = asyncio.run(_search(folder, refreshing=False))
        meanwhile = asyncio.run(_search(folder, refreshing=True))
        opened = [asyncio.run(_open(folder)) for _ in range(_OPENED)]
        return (searches, meanwhile), opened, (folder / "cache.db").stat().st_size


async def _search(folder: Path, *, refreshing: bool) -> list[float]:
    caches, took, world = EncryptedCaches(folder), [], _World()
    writing = asyncio.create_task(_refresh(caches.of(_CRM), world)) if refreshing else None
    for text in world.typed():
        before = time.perf_counter()
        await caches.find((_CRM, _ERP), text)
        took.append((time.perf_counter() - before) * 1000)
    if writing is not None:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    caches.close()
    return took[1:]  # the first opened the file


async def _refresh(cache: Cache, world: _World) -> None:
    """The names are read anew, at the pace of the program; half of them have changed."""

    async def read(after: str) -> Page[Name]:
        start = int(after or 0)
        some = world.companies[start : start + _PAGE]
        changed = tuple(replace(name, detail=f"By {start}") if n % 2 else name for n, name in enumerate(some))
        return Page(changed, str(start + _PAGE) if start + _PAGE < len(world.companies) else None)

    await refresh(read, cache, CONTACTS)


async def _open(folder: Path) -> float:
    caches = EncryptedCaches(folder)
    before = time.perf_counter()
    await caches.of(_CRM).read(COMPANY, "1")
    took = (time.perf_counter() - before) * 1000
    caches.close()
    return took


@measure("search_50k", unit="ms", goal=30, judged=Judged.P95)
def search(bench: Bench) -> Found:
    """From a key to the rows it finds among 50,000 companies and 50,000 people with their telephone numbers, e-mail
    addresses and VAT numbers, in the encrypted file, through the cache's own thread, while the names are read anew and
    written; without the window's paint, which `key_to_paint` measures."""
    (alone, meanwhile), _, size = _found(bench)
    ordered = sorted(alone)
    quiet = f"with nothing written meanwhile: median {median(ordered):.1f}, p95 {ordered[len(ordered) * 95 // 100]:.1f}"
    return Found(meanwhile, [quiet, f"the file is {size / 1e6:.0f} MB"])


@measure("cache.open", unit="ms", goal=50)
def opening(bench: Bench) -> Found:
    """The encrypted file of 100,000 names opened, looked over for what has expired, and read from once, off the GUI
    thread; with a keyring that answers at once (a real one takes 12 ms, ``shared/facts/desktop.md``). The goal is ours.
    """
    return Found(_found(bench)[1])
