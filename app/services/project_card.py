"""The card of one project, found by its number: the project as the time system has it, and whose it is by the customer
number that it carries there."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from app.domain.contacts import ContactHit, ContactKind
from app.domain.names import names_of
from app.domain.parties import Customer
from app.domain.projects import Project, ProjectHit
from app.ports.cache import CUSTOMER, HOLDERS, PROJECT, PROJECTS
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.errors import SystemFault
from app.ports.jobs import Runner
from app.ports.time import TimeSystem
from app.services.card_parts import Part
from app.services.economy import Economy
from app.services.kept_part import Ask, KeptPart
from app.services.overviews import Overviews
from app.services.search import Match, match_of
from app.services.systems import Systems


class ProjectPart(StrEnum):
    """The parts of a project's card, and the one that a customer's card has of his projects."""

    PROJECT = "project"
    IN_CRM = "in_crm"  # the companies that hold the customer number
    IN_ERP = "in_erp"  # the customer with that number
    OF_CUSTOMER = "of_customer"


class ProjectCard:
    """What is shown of one project. Lives in its caller's thread; all I/O goes through the runner.

    Nothing but the customer number leads from the project to the other systems, and only names are shown of them.

    Attributes:
        match: How it was opened.
        economy: What the systems tell of its economy; it is opened by who shows it.
        report: Is told of what went wrong, so that the connection is looked at.
    """

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews | None = None) -> None:
        overviews = overviews or Overviews(systems)
        self._listener: Callable[[], None] = lambda: None

        def ask_time() -> Ask[Project] | None:
            return systems.time.project if systems.time is not None else None

        def ask_crm() -> Ask[tuple[ContactHit, ...]] | None:
            return _holders(systems.crm) if systems.crm is not None else None

        def ask_erp() -> Ask[Customer] | None:
            return systems.erp.customer if systems.erp is not None else None

        self._project = KeptPart(PROJECT, runner, overviews, ask_time, report=self._on_fault, tell=self._on_project)
        self._in_crm = KeptPart(HOLDERS, runner, overviews, ask_crm, report=self._on_fault, tell=self._on_part)
        self._in_erp = KeptPart(CUSTOMER, runner, overviews, ask_erp, report=self._on_fault, tell=self._on_part)
        self._parts: dict[ProjectPart, KeptPart[Any]] = {
            ProjectPart.PROJECT: self._project,
            ProjectPart.IN_CRM: self._in_crm,
            ProjectPart.IN_ERP: self._in_erp,
        }
        self.report: Callable[[SystemFault], None] = lambda _fault: None
        self.economy = Economy(systems, runner, overviews)
        self.economy.report = self._on_fault
        self.match = Match("", ContactKind.COMPANY, "")

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever a part has changed."""
        self._listener = listener

    def open(self, match: Match) -> None:
        """Show another project, as soon as it is known what was seen of it before. The systems are asked at once."""
        self.close()
        self.economy.leave()
        self.match = match
        self._project.show(match.number)
        for part in (self._in_crm, self._in_erp):
            part.show("")

    def close(self) -> None:
        """It is left: nothing more is asked."""
        for part in self._parts.values():
            part.close()
        self.economy.close()

    @property
    def number(self) -> str:
        """The project's number; empty where none is open."""
        return self._project.key

    @property
    def project(self) -> Part[Project]:
        """The project itself."""
        return self._project.part

    @property
    def in_crm(self) -> Part[tuple[ContactHit, ...]]:
        """The companies that hold its customer's number."""
        return self._in_crm.part

    @property
    def in_erp(self) -> Part[Customer]:
        """The customer with that number."""
        return self._in_erp.part

    @property
    def customer_number(self) -> str:
        """Whose it is; empty where the time system has no number of him, or has not answered."""
        project = self.project.value
        return project.customer_number if project is not None else ""

    @property
    def customer_name(self) -> str:
        """As the CRM calls him, or else the ERP, or else the time system."""
        holders, customer, project = self.in_crm.value or (), self.in_erp.value, self.project.value
        if len(holders) == 1:
            return holders[0].name
        if customer is not None:
            return customer.name
        return (project.customer_name or project.customer_number) if project is not None else ""

    def part(self, name: ProjectPart) -> Part[Any]:
        """The part of this name."""
        return self._parts[name].part

    def reload(self, name: ProjectPart) -> None:
        """Ask the system again for one part."""
        self._parts[name].reload()

    def retry(self, kind: SystemKind) -> None:
        """The system is back: ask again for what failed there."""
        for part in self._parts.values():
            part.retry(kind)
        self.economy.retry(kind)

    def identity(self) -> Match:
        """The card as it can be opened again; what it was opened with while nobody has answered."""
        found = names_of(self.project.value)
        return match_of(found[0]) if found else self.match

    def _on_project(self) -> None:
        for part in (self._in_crm, self._in_erp):
            part.show(self.customer_number)
        self._listener()

    def _on_part(self) -> None:
        self._listener()

    def _on_fault(self, fault: SystemFault) -> None:
        self.report(fault)


class CustomerProjects:
    """The projects of the customer whose card is open, by his number. Otherwise as `ProjectCard`.

    Attributes:
        report: As there.
    """

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews | None = None) -> None:
        self._systems = systems
        self._listener: Callable[[], None] = lambda: None
        self.report: Callable[[SystemFault], None] = lambda _fault: None

        def ask() -> Ask[tuple[ProjectHit, ...]] | None:
            return _projects(systems.time) if systems.time is not None else None

        self._kept = KeptPart(
            PROJECTS, runner, overviews or Overviews(systems), ask, report=self._on_fault, tell=self._on_part
        )

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever `projects` has changed."""
        self._listener = listener

    def show(self, customer_number: str) -> None:
        """The card of this customer is open; the same one again changes nothing."""
        self._kept.show(customer_number)

    def close(self) -> None:
        """The card is left: nothing more is asked."""
        self._kept.close()

    @property
    def is_known(self) -> bool:
        """There is a system that tells of projects, or was when this customer's were read."""
        return self._systems.time is not None or self.projects.value is not None

    @property
    def projects(self) -> Part[tuple[ProjectHit, ...]]:
        """Open ones first, as the time system gives them."""
        return self._kept.part

    def part(self, _name: ProjectPart) -> Part[Any]:
        """The only one that there is."""
        return self._kept.part

    def reload(self, _name: ProjectPart = ProjectPart.OF_CUSTOMER) -> None:
        """Ask the system again."""
        self._kept.reload()

    def retry(self, kind: SystemKind) -> None:
        """The system is back: ask again for what failed there."""
        self._kept.retry(kind)

    def _on_part(self) -> None:
        self._listener()

    def _on_fault(self, fault: SystemFault) -> None:
        self.report(fault)


class Projects:
    """Everything about projects in one place for the window.

    Attributes:
        card, of_customer: As said.
    """

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews | None = None) -> None:
        self.card = ProjectCard(systems, runner, overviews)
        self.of_customer = CustomerProjects(systems, runner, overviews)

    def on_fault(self, report: Callable[[SystemFault], None]) -> None:
        """Tell ``report`` of what goes wrong."""
        self.card.report = self.of_customer.report = report

    def retry(self, kind: SystemKind) -> None:
        """The system is back."""
        self.card.retry(kind)
        self.of_customer.retry(kind)


def _holders(crm: CrmSystem) -> Ask[tuple[ContactHit, ...]]:
    async def ask(number: str) -> tuple[ContactHit, ...]:
        return tuple(await crm.companies_by_number(number))

    return ask


def _projects(time: TimeSystem) -> Ask[tuple[ProjectHit, ...]]:
    async def ask(customer_number: str) -> tuple[ProjectHit, ...]:
        return tuple(await time.customer_projects(customer_number))

    return ask
