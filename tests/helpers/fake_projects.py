"""A time system in memory, for what search and cards show of projects. What it answers is the test's to say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from app.domain.contacts import Page
from app.domain.economy import HoursTotals, Period, Subject
from app.domain.money import Money
from app.domain.names import Name, names_of
from app.domain.projects import Project, ProjectHit
from app.ports.capability import Capability
from app.ports.connection import Identity, Wire
from app.ports.errors import NotFound, SystemFault
from app.ports.time import TimeSystem

HARBOUR = Project(
    "7",
    "P-1002",
    "LED-udskiftning <lager> & kontor",
    "Open",
    customer_number="10023",
    customer_name="Nordlys",
    starts_on=date(2026, 4, 1),
    people=("Astrid Holm", "Bo Krag"),
    budget_hours=Decimal("120.0000"),
    hours=Decimal("41.5033"),
    progress=Decimal("35"),
    cost=Money(Decimal("16600.00"), "DKK"),
)
CLOSED = Project("3", "P-1001", "Butiksbelysning", "Done", is_open=False, customer_number="10023")


def hit_of(project: Project) -> ProjectHit:
    """The same in a list."""
    return ProjectHit(
        project.id, project.number, project.name, project.customer_number, project.customer_name, project.is_open
    )


@dataclass
class FakeTime:
    """What is in it, and the fault that every question meets, if any.

    Attributes:
        asked: The questions, in order.
    """

    stored: list[Project] = field(default_factory=lambda: [HARBOUR, CLOSED])
    fault: SystemFault | None = None
    asked: list[str] = field(default_factory=list)
    capabilities: frozenset[Capability] = frozenset({Capability.PROJECTS, Capability.NAMES})

    def as_system(self) -> TimeSystem:
        """The same, as the services see it."""
        return cast(TimeSystem, self)

    def _meet(self, question: str) -> None:
        self.asked.append(question)
        if self.fault is not None:
            raise self.fault

    async def sign_in(self, _password: str) -> Identity:
        self._meet("sign_in")
        return Identity("Mette", "8.0")

    async def resume(self, secret: str) -> Identity:
        return await self.sign_in(secret)

    async def sign_out(self) -> None:
        self._meet("sign_out")

    async def ping(self) -> None:
        self._meet("ping")

    async def examine(self) -> Wire:
        self._meet("examine")
        return Wire()

    async def close(self) -> None:
        pass

    async def search_projects(self, text: str, *, limit: int = 20) -> Sequence[ProjectHit]:
        self._meet(f"search {text}")
        wanted = text.lower()
        found = [one for one in self.stored if wanted in f"{one.number} {one.name} {one.customer_name}".lower()]
        return [hit_of(one) for one in found][:limit]

    async def project(self, number: str) -> Project:
        self._meet(f"project {number}")
        found = [one for one in self.stored if one.number == number]
        if not found:
            raise NotFound("time")
        return found[0]

    async def customer_projects(self, customer_number: str) -> Sequence[ProjectHit]:
        self._meet(f"projects of {customer_number}")
        return [hit_of(one) for one in self.stored if one.customer_number == customer_number]

    async def hours(self, subject: Subject, period: Period) -> HoursTotals:
        self._meet("hours")
        return HoursTotals(subject, period, ())

    async def names(self, _after: str) -> Page[Name]:
        self._meet("names")
        return Page(names_of([hit_of(one) for one in self.stored]), None)
