"""Tryton's projects and timesheets, as the app asks a time registration."""

from collections.abc import Sequence

from app.domain.contacts import Page
from app.domain.economy import HoursTotals, Period, Subject
from app.domain.names import Name
from app.domain.projects import Project, ProjectHit
from app.ports.capability import Capability
from app.systems.tryton import projects, timesheets
from app.systems.tryton.signed_in import SignedIn
from app.systems.tryton.time_schema import TIME_SYSTEM, TimeSite, load_time_site


class TrytonTime(SignedIn[TimeSite]):
    """One user at one Tryton database with projects. Implements `app.ports.time.TimeSystem`."""

    NAME = TIME_SYSTEM

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Nothing before `sign_in`."""
        return frozenset() if self._site is None else frozenset({Capability.PROJECTS, Capability.NAMES})

    async def search_projects(self, text: str, *, limit: int = 20) -> Sequence[ProjectHit]:
        """See `TimeSystem`."""
        with self._named():
            return await projects.search_projects(self._here, text, limit)

    async def project(self, number: str) -> Project:
        """See `TimeSystem`."""
        with self._named():
            return await projects.project(self._here, number)

    async def customer_projects(self, customer_number: str) -> Sequence[ProjectHit]:
        """See `TimeSystem`."""
        with self._named():
            return await projects.customer_projects(self._here, customer_number)

    async def hours(self, subject: Subject, period: Period) -> HoursTotals:
        """See `TimeSystem`."""
        with self._named():
            return await timesheets.hours(self._here, subject, period)

    async def names(self, after: str) -> Page[Name]:
        """Projects by id, 250 at a time."""
        with self._named():
            return await projects.names(self._here, after)

    async def _load(self) -> TimeSite:
        return await load_time_site(self._client)
