"""The user's own customers by the CRM's word, read in the background."""

import asyncio
from datetime import UTC, datetime, timedelta

from app.domain.names import Name, names_of
from app.domain.shelf import Shelf
from app.ports.cache import Cache
from app.ports.capability import Capability
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.jobs import Job, Runner
from app.services.overviews import Overviews
from app.services.shelves import Shelves
from app.services.systems import Systems

AFTER = 3.0
"""Seconds after the sign-in."""

FRESH = timedelta(hours=1)
"""How long the list is good for."""

MOST = 5_000
"""Companies; whoever owns more has no list to look through."""


class OwnCustomers:
    """Reads the list when the CRM is signed in to, and again while the program runs."""

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews, shelves: Shelves) -> None:
        self._systems = systems
        self._runner = runner
        self._overviews = overviews
        self._shelves = shelves
        self._job: Job | None = None

    @property
    def is_known(self) -> bool:
        """The CRM can say which customers are the user's own."""
        return self._systems.crm is not None and Capability.OWN_COMPANIES in self._systems.crm.capabilities

    def start(self) -> None:
        """The CRM answers, and the user is signed in to it."""
        self.stop()
        if self.is_known and self._systems.crm is not None:
            work = read(self._systems.crm, self._overviews.at(SystemKind.CRM))
            # Where the CRM does not answer any more the next sign-in asks again.
            self._job = self._runner.run(work, self._on_read, lambda _error: None)

    def stop(self) -> None:
        """Break it off."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_read(self, names: list[Name] | None) -> None:
        if names is not None:
            self._shelves.fill(Shelf.MINE, SystemKind.CRM, names)
        again = asyncio.sleep(FRESH.total_seconds())
        self._job = self._runner.run(again, lambda _: self.start(), lambda _error: None)


async def read(crm: CrmSystem, cache: Cache) -> list[Name] | None:
    """The names of the user's own companies; None where the list is fresh."""
    await asyncio.sleep(AFTER)
    kept = await cache.shelf(Shelf.MINE)
    if kept and datetime.now(UTC) - kept[0].at < FRESH:
        return None
    names: list[Name] = []
    after = ""
    while True:
        page = await crm.own_companies(after)
        names += names_of(page.items)
        if page.next is None or len(names) >= MOST:
            return names
        after = page.next
