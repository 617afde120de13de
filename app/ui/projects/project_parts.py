"""The parts of a project's card: what the time system says of it, and what the CRM and the ERP call its customer."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from app.domain.contacts import ContactHit
from app.domain.parties import Customer
from app.domain.projects import Project
from app.services.project_card import ProjectCard, ProjectPart
from app.ui.card.part_card import PartCard
from app.ui.formats import NBSP, Formats
from app.ui.widgets import Fact, KeyValueGrid

translate = QCoreApplication.translate


class _FactsCard(PartCard):
    """A short table, drawn anew only where something in it is another."""

    def __init__(
        self, card: ProjectCard, part: ProjectPart, formats: Formats, on_sign_in: Callable[[], object]
    ) -> None:
        super().__init__(card, part, formats, on_sign_in)
        self._facts = KeyValueGrid()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._facts)
        self._drawn: object = None
        self.retranslate()

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = None

    def draw(self, facts: Sequence[tuple[str, str]], *, figures: bool = False) -> bool:
        """Show these, without what is empty; whether there are any."""
        shown = [(name, words) for name, words in facts if words]
        if shown != self._drawn:
            self._drawn = shown
            self._facts.show_facts([Fact(name, words, figures=figures) for name, words in shown])
        return bool(shown)


class PlanCard(_FactsCard):
    """When it runs and who works on it."""

    def __init__(self, card: ProjectCard, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(card, ProjectPart.PROJECT, formats, on_sign_in)

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "Plan")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "The time system says nothing of it.")

    def show_value(self, value: Project) -> bool:
        """See `PartCard`."""
        starts, ends = value.starts_on, value.ends_on
        return self.draw(
            (
                (translate("Projects", "Status"), value.status),
                (translate("Projects", "Begins"), self.formats.named_day(starts) if starts is not None else ""),
                (translate("Projects", "Ends"), self.formats.named_day(ends) if ends is not None else ""),
                (translate("Projects", "People"), ", ".join(value.people)),
            )
        )


class FiguresCard(_FactsCard):
    """Hours and money as the time system has them. Nothing is computed here."""

    def __init__(self, card: ProjectCard, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(card, ProjectPart.PROJECT, formats, on_sign_in)

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "Hours and cost")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "The time system has no figures of it, or does not show them to you.")

    def show_value(self, value: Project) -> bool:
        """See `PartCard`."""
        cost, revenue, progress = value.cost, value.revenue, value.progress
        done = self.formats.percent(round(progress, 1).scaleb(-2)) if progress is not None else ""
        return self.draw(
            (
                (translate("Projects", "Hours planned"), self._hours(value.budget_hours)),
                (translate("Projects", "Hours until now"), self._hours(value.hours)),
                (translate("Projects", "Progress"), done),
                (translate("Projects", "Cost"), self.formats.money(cost) if cost is not None else ""),
                (translate("Projects", "Revenue"), self.formats.money(revenue) if revenue is not None else ""),
            ),
            figures=True,
        )

    def _hours(self, hours: Decimal | None) -> str:
        if hours is None:
            return ""
        return translate("Projects", "{n} h").replace(" ", NBSP).replace("{n}", self.formats.hours(hours))


class InCrmCard(_FactsCard):
    """Who holds the project's customer number in the CRM."""

    def __init__(self, card: ProjectCard, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(card, ProjectPart.IN_CRM, formats, on_sign_in)

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "Customer in the CRM")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "No company in the CRM has this number.")

    def show_value(self, value: Sequence[ContactHit]) -> bool:
        """See `PartCard`."""
        return self.draw([(hit.number, hit.name) for hit in value])


class InErpCard(_FactsCard):
    """The customer with that number in the ERP."""

    def __init__(self, card: ProjectCard, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(card, ProjectPart.IN_ERP, formats, on_sign_in)

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "Customer in the ERP")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "The ERP has no customer with this number.")

    def show_value(self, value: Customer) -> bool:
        """See `PartCard`."""
        return self.draw([(value.number, value.name)])
