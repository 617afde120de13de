"""All names and numbers of the systems, read in the background, to be found as one types and offline."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from app.domain.contacts import Page
from app.domain.names import Name
from app.ports.cache import ALL_PROJECTS, CONTACTS, NAMES, PRODUCTS, Cache
from app.ports.capability import Capability
from app.ports.connection import ConnectedSystem, SystemKind
from app.ports.jobs import Job, Runner
from app.services.overviews import Overviews
from app.services.systems import Systems

Read = Callable[[str], Awaitable[Page[Name]]]
"""Gives the page of names that begins where the one before said, the first for an empty text."""

AFTER = 15.0
"""Seconds after the sign-in: whoever has just signed in has something to do."""

BETWEEN = 0.5
"""Seconds between two pages: 50,000 customers take less than two minutes, and nobody waits for them."""

FRESH = timedelta(hours=12)
"""How long a whole reading is good for."""

_DONE = "done"
_CUSTOMERS = ""


class NameRefresh:
    """Reads all names of a system, page by page. A reading that was broken off goes on where it stopped."""

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews) -> None:
        self._systems = systems
        self._runner = runner
        self._overviews = overviews
        self._jobs: dict[SystemKind, Job] = {}

    def start(self, kind: SystemKind) -> None:
        """The system of this kind answers, and the user is signed in to it."""
        if kind in self._jobs:
            self._jobs.pop(kind).cancel()
        lists = self._lists(kind)
        if lists:
            work = _refresh_all(lists, self._overviews.at(kind))
            # Where the system does not answer any more the next sign-in goes on.
            self._jobs[kind] = self._runner.run(work, lambda _: None, lambda _error: None)

    def _lists(self, kind: SystemKind) -> dict[str, Read]:
        """What there is to read, by what it is kept as."""
        crm, erp, time = self._systems.crm, self._systems.erp, self._systems.time
        if kind is SystemKind.CRM and crm is not None and _tells_names(crm):
            return {CONTACTS: crm.names}
        if kind is SystemKind.ERP and erp is not None and _tells_names(erp):
            return {_CUSTOMERS: erp.names, PRODUCTS: erp.product_names}
        if kind is SystemKind.TIME and time is not None and _tells_names(time):
            return {ALL_PROJECTS: time.names}
        return {}


def _tells_names(system: ConnectedSystem) -> bool:
    return Capability.NAMES in system.capabilities


async def _refresh_all(lists: dict[str, Read], cache: Cache) -> None:
    await asyncio.sleep(AFTER)
    for name, read in lists.items():
        await refresh(read, cache, name)


async def refresh(read: Read, cache: Cache, kept_as: str = _CUSTOMERS) -> int:
    """Read all names that have not been read lately; how many pages that took."""
    kept = await cache.read(NAMES, kept_as)
    is_done = kept is not None and kept.value == _DONE
    if kept is not None and is_done and datetime.now(UTC) - kept.read_at < FRESH:
        return 0
    after = kept.value if kept is not None and not is_done else ""
    pages = 0
    while True:
        now = datetime.now(UTC)
        page = await read(after)
        pages += 1
        await cache.learn(page.items, now)
        cache.keep(NAMES, kept_as, page.next or _DONE, now)
        if page.next is None:
            return pages
        after = page.next
        await asyncio.sleep(BETWEEN)
