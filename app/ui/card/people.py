"""Who is who at the company."""

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contacts import Company, Person
from app.services.card import CustomerCard, PartName
from app.ui.card.links import LinkButton, mail_url, tel_url
from app.ui.card.part_card import PartCard
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import ElidedLabel, Hairline, flow

translate = QCoreApplication.translate


class PeopleCard(PartCard):
    """Name, role, phone, mobile and e-mail of each."""

    def __init__(self, card: CustomerCard, formats: Formats, on_sign_in: Any) -> None:
        super().__init__(card, PartName.COMPANY, formats, on_sign_in)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._shown: tuple[Person, ...] = ()
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("People", "People")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("People", "The CRM knows nobody at this company.")

    def forget(self) -> None:
        """See `PartCard`."""
        self._shown = ()

    def show_value(self, value: Company) -> bool:
        """See `PartCard`."""
        if value.people != self._shown:
            self._shown = value.people
            while (item := self._column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for number, person in enumerate(value.people):
                if number:
                    self._column.addWidget(Hairline())
                self._column.addWidget(_row(person))
        return bool(value.people)


def _row(person: Person) -> QWidget:
    row = QWidget()
    row.setAccessibleName(", ".join(part for part in (person.name, person.role) if part))
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = QHBoxLayout()
    head.setSpacing(Space.S)
    head.addWidget(ElidedLabel(person.name, Type.STRONG), 0)
    head.addWidget(ElidedLabel(person.role, Type.BODY, "muted"), 1)
    column.addLayout(head)
    links, line = flow(gap=Space.S, line_gap=0)
    for text, url, name, picture in (
        (person.phone, tel_url(person.phone), translate("Links", "Call"), "phone"),
        (person.mobile, tel_url(person.mobile), translate("Links", "Call the mobile"), "mobile"),
        (person.email, mail_url(person.email), translate("Links", "Write to"), "mail"),
    ):
        if text:
            line.addWidget(LinkButton(text, url, f"{name}, {person.name}", picture))
    if line.count():
        column.addWidget(links)
    return row
