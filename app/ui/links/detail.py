"""A finding in full: what both systems know, each with its own addresses, and what a person may do about it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contacts import Company
from app.domain.links import MAY_BE_RIGHT, Finding, FindingKind, Suggestion
from app.domain.parties import Customer
from app.ports.connection import SystemKind
from app.services.card_parts import PartName, PartStatus
from app.services.link_detail import LinkDetail
from app.services.links import Links
from app.services.search import match_of, project_by_number
from app.ui.card.addresses import AddressCard, Purpose
from app.ui.card.part_card import PartCard
from app.ui.formats import Formats
from app.ui.links.create_bar import CreateBar
from app.ui.links.texts import finding_text, reason_text, suggestion_text
from app.ui.theme import Space, Type
from app.ui.widgets import (
    Button,
    Card,
    ElidedLabel,
    Fact,
    KeyValueGrid,
    Label,
    ScrollColumn,
    Translated,
    drop,
    take_widgets,
)

translate = QCoreApplication.translate


class _Facts(PartCard):
    """Name, number and VAT number as one system has them."""

    def __init__(self, detail: LinkDetail, part: PartName, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(detail, part, formats, on_sign_in)
        self._grid = KeyValueGrid()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        self._drawn: tuple[str, ...] = ()
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        if self.name is PartName.COMPANY:
            return translate("LinkInbox", "In the CRM")
        return translate("LinkInbox", "In the ERP")

    def absent_text(self) -> str:
        """See `PartCard`."""
        if self.name is PartName.COMPANY:
            return translate("LinkInbox", "The CRM does not have this company any more.")
        return translate("LinkInbox", "Nobody in the ERP is held against it.")

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = ()

    def show_value(self, value: Company | Customer) -> bool:
        """See `PartCard`."""
        facts = (value.name, value.number, value.vat_number)
        if facts != self._drawn:
            self._drawn = facts
            names = (
                translate("LinkInbox", "Name"),
                translate("LinkInbox", "Number"),
                translate("LinkInbox", "VAT number"),
            )
            self._grid.show_facts([Fact(name, fact or "–") for name, fact in zip(names, facts, strict=True)])
        return True


class LinkDetailView(Translated):
    """Shows the finding that `LinkDetail` is about.

    Signals:
        card_requested: The `Match` whose card is to be opened.
        keyboard_left: What had the keyboard is gone.
    """

    card_requested = Signal(object)
    keyboard_left = Signal()

    def __init__(
        self,
        links: Links,
        formats: Formats,
        on_sign_in: Callable[[SystemKind], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._inbox, self._detail, self._makings = links.inbox, links.detail, links.makings
        self._chosen: Suggestion | None = None
        self._drawn: object = None
        self._name = ElidedLabel(step=Type.TITLE)
        self._what = Label(ink="muted", wrap=True)
        self._suggestions = QVBoxLayout()
        self._suggestions.setSpacing(Space.S)
        self._open = Button(on_click=self._open_card, picture="external")
        self.creating = CreateBar(links.makings, on_sign_in, self._open)
        self.creating.shown.connect(self.refresh)
        self._make = Button(on_click=self.creating.ask, picture="plus")
        self._right = Button(on_click=self._say_right, picture="check")
        to_crm, to_erp = partial(on_sign_in, SystemKind.CRM), partial(on_sign_in, SystemKind.ERP)
        self._facts = (
            _Facts(links.detail, PartName.COMPANY, formats, to_crm),
            _Facts(links.detail, PartName.CUSTOMER, formats, to_erp),
        )
        self._addresses = (
            AddressCard(links.detail, Purpose.MEET, formats, to_crm),
            AddressCard(links.detail, Purpose.DELIVER, formats, to_erp),
            AddressCard(links.detail, Purpose.INVOICE, formats, to_erp),
        )
        self._lay_out()
        links.detail.listen(self.refresh)
        self.retranslate()

    def show_finding(self, finding: Finding | None) -> None:
        """Another finding is under the cursor, or the same as it is now."""
        former = self._detail.finding
        is_same = former is not None and finding is not None and former.company.id == finding.company.id
        if not is_same or finding is None or self._chosen not in finding.suggestions:
            self._chosen = finding.suggestions[0] if finding is not None and finding.suggestions else None
        self._detail.show(finding, self._number(finding))
        self.refresh()

    def refresh(self) -> None:
        """Show it as it is now."""
        finding = self._detail.finding
        if finding is None:
            return
        company = finding.company
        self._name.setText(company.name)
        self._what.setText(finding_text(finding))
        seen = self._detail.company.value
        vat_number = seen.vat_number if seen is not None else company.vat_number
        self.creating.show_company(company.id, company.name, company.number, vat_number)
        can_make = finding.kind in (FindingKind.NO_NUMBER, FindingKind.NOT_IN_ERP) and self._makings.can
        self._make.setVisible(can_make and self.creating.isHidden())
        self._right.setVisible(finding.kind in MAY_BE_RIGHT)
        self._say_deeds(finding)
        state = (finding, self._chosen, self._can_accept())
        if state != self._drawn:
            self._drawn = state
            self._draw(finding)
        for card in (*self._facts, *self._addresses):
            card.setHidden(finding.is_project)  # nobody is held against it
            card.refresh()

    def _say_deeds(self, finding: Finding) -> None:
        is_project = finding.is_project
        self._right.setText(self.tr("It is one of our own") if is_project else self.tr("They are the same customer"))
        self._open.setText(self.tr("Open the project") if is_project else self.tr("Open the card"))

    def retranslate(self) -> None:
        """See `Translated`."""
        self._make.setText(self.tr("Create in the ERP…"))
        self._drawn = None
        for card in (*self._facts, *self._addresses):
            card.retranslate()
        self.refresh()

    def _number(self, finding: Finding | None) -> str:
        """Whose side of the ERP is looked at: the suggested customer's, else the one that the number means."""
        if finding is None:
            return ""
        if self._chosen is not None and self._chosen.customer is not None:
            return self._chosen.number
        return finding.customer.number if finding.customer is not None else ""

    def _can_accept(self) -> bool:
        company, chosen = self._detail.company, self._chosen
        is_seen = company.status is PartStatus.READY and company.value is not None
        # Nobody says yes to a customer that he does not see.
        other = self._detail.customer
        sees_other = chosen is not None and (chosen.customer is None or other.status is PartStatus.READY)
        return is_seen and sees_other and self._inbox.can_write and not self._inbox.is_writing

    def _draw(self, finding: Finding) -> None:
        focus, old = QApplication.focusWidget(), take_widgets(self._suggestions)
        had_keyboard = focus is not None and any(widget.isAncestorOf(focus) for widget in old)
        drop(old)
        for suggestion in finding.suggestions:
            self._suggestions.addWidget(self._suggestion(finding, suggestion))
        if had_keyboard:
            self.keyboard_left.emit()

    def _suggestion(self, finding: Finding, suggestion: Suggestion) -> QWidget:
        is_chosen = suggestion == self._chosen
        card = Card(self.tr("Suggested: {reason}").replace("{reason}", self._reason(finding, suggestion)))
        card.body.addWidget(Label(suggestion_text(suggestion), Type.STRONG, wrap=True, selectable=True))
        if suggestion.held_by:
            held = self.tr("Already linked with “{name}”. A number belongs to one company.")
            card.body.addWidget(Label(held.replace("{name}", suggestion.held_by), ink="warning", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        accept = self.tr("Accept: write {number} into the CRM").replace("{number}", suggestion.number)
        if not suggestion.number:
            accept = self.tr("Accept: take {number} out of the CRM").replace("{number}", finding.company.number)
        if not suggestion.held_by and is_chosen and self._inbox.can_write:
            button = Button(accept, "primary", on_click=partial(self._accept, suggestion))
            button.setEnabled(self._can_accept())
            row.addWidget(button)
        elif not is_chosen:
            row.addWidget(Button(self.tr("Look at this one"), on_click=partial(self._choose, suggestion)))
        row.addWidget(Button(self.tr("Not this one"), on_click=partial(self._inbox.reject, finding, suggestion)))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    @staticmethod
    def _reason(finding: Finding, suggestion: Suggestion) -> str:
        return reason_text(suggestion, finding.company.vat_number)

    def _choose(self, suggestion: Suggestion) -> None:
        self._chosen = suggestion
        self._detail.show(self._detail.finding, self._number(self._detail.finding))
        self.refresh()

    def _accept(self, suggestion: Suggestion) -> None:
        finding, seen = self._detail.finding, self._detail.company.value
        if finding is not None and seen is not None:
            self._inbox.accept(finding, suggestion, seen)

    def _say_right(self) -> None:
        if self._detail.finding is not None:
            self.keyboard_left.emit()
            self._inbox.reject(self._detail.finding)

    def _open_card(self) -> None:
        if self._detail.finding is not None:
            found = self._detail.finding
            match = project_by_number(found.company.number) if found.is_project else match_of(found.company)
            self.card_requested.emit(match)

    def _lay_out(self) -> None:
        scroll = ScrollColumn()
        column = scroll.column
        column.addWidget(self._name)
        column.addWidget(self._what)
        column.addWidget(self.creating)
        column.addLayout(self._suggestions)
        deeds = QHBoxLayout()
        deeds.setSpacing(Space.S)
        for button in (self._make, self._right, self._open):
            deeds.addWidget(button)
        deeds.addStretch(1)
        column.addLayout(deeds)
        for cards in (self._facts, self._addresses):
            row: Any = QHBoxLayout()
            row.setSpacing(Space.M)
            for card in cards:
                row.addWidget(card, 1)
            column.addLayout(row)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
