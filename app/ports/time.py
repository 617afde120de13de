"""What the app asks of a time registration system."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.contacts import Page
from app.domain.economy import HoursTotals, Period, Subject
from app.domain.names import Name
from app.domain.projects import Project, ProjectHit
from app.ports.connection import ConnectedSystem


class TimeSystem(ConnectedSystem, Protocol):
    """Projects and the hours on them. It is read only: hours are registered there.

    Every method may raise :class:`~app.ports.errors.SystemFault`: `NoAnswer` and `NotSignedIn` anywhere, others as
    noted. A user sees what the system itself lets him.
    """

    async def search_projects(self, text: str, *, limit: int = 20) -> Sequence[ProjectHit]:
        """Projects by number or name, or by their customer's name; the likeliest first."""

    async def project(self, number: str) -> Project:
        """The card of the project with this number. Raises `NotFound`, `NoRights`."""

    async def customer_projects(self, customer_number: str) -> Sequence[ProjectHit]:
        """A customer's projects, open ones first."""

    async def hours(self, subject: Subject, period: Period) -> HoursTotals:
        """Hours in a period, by project, as the system totals them. One or two requests.

        A number that it does not know has no rows.
        """

    async def names(self, after: str) -> Page[Name]:
        """The numbers and names of all projects, in an order of its own, from where ``Page.next`` said; an empty
        ``after`` begins. With `Capability.NAMES`.
        """
