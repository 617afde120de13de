"""The three addresses, side by side and each named for what it is: they are never mixed."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.contact_changes import Correction, CrmChange
from app.domain.contacts import Company
from app.domain.parties import Address, AddressUse, Customer
from app.services.card import CustomerCard
from app.services.card_parts import PartName
from app.services.crm_writing import PendingWrite, WriteNews
from app.ui.card.company_contact import CompanyContact
from app.ui.card.part_card import PartCard, PartSource
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import IconView, Label, MoreLink, drop

_FEW = 2
translate = QCoreApplication.translate


class Purpose(StrEnum):
    """What an address is for."""

    MEET = "meet"
    DELIVER = "deliver"
    INVOICE = "invoice"


_PICTURES = {Purpose.MEET: "map-pin", Purpose.DELIVER: "truck", Purpose.INVOICE: "invoice"}
_USES = {Purpose.DELIVER: AddressUse.DELIVERY, Purpose.INVOICE: AddressUse.INVOICE}


class AddressCard(PartCard):
    """One of the three.

    Args:
        desk: Where the company's phone and e-mail are corrected; None where they are only read.
    """

    def __init__(
        self,
        card: PartSource,
        purpose: Purpose,
        formats: Formats,
        on_sign_in: Any,
        desk: CustomerCard | None = None,
    ) -> None:
        part = PartName.COMPANY if purpose is Purpose.MEET else PartName.CUSTOMER
        super().__init__(card, part, formats, on_sign_in, note_below=True)
        self._icon = IconView(_PICTURES[purpose], "faint")
        self.header.lead(self._icon)
        self._purpose = purpose
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._shown: tuple[Any, ...] = ()
        self._blocks: list[_Block] = []  # kept for the next customer
        self._more = MoreLink(_FEW, self.refresh)
        self._column.addWidget(self._more)
        self._contact: CompanyContact | None = None
        self._company_id = ""
        self._desk = desk
        if desk is not None:
            desk.writes.listen(self._on_news)
        self.retranslate()

    def set_narrow(self, *, narrow: bool) -> None:
        """Where there is little room the words need all of it."""
        self._icon.setHidden(narrow)
        self.set_margin(Space.S if narrow else Space.M)

    def title(self) -> str:
        """See `PartCard`."""
        match self._purpose:
            case Purpose.MEET:
                return translate("Addresses", "Meet (CRM)")
            case Purpose.DELIVER:
                return translate("Addresses", "Deliver to (ERP)")
            case _:
                return translate("Addresses", "Invoice (ERP)")

    def absent_text(self) -> str:
        """See `PartCard`."""
        match self._purpose:
            case Purpose.MEET:
                return translate("Addresses", "The CRM has no address.")
            case _:
                return translate("Addresses", "The ERP has no address.")

    def forget(self) -> None:
        """See `PartCard`."""
        self._shown = ()

    def show_value(self, value: Company | Customer) -> bool:
        """See `PartCard`."""
        addresses: tuple[Address, ...]
        if isinstance(value, Company):
            addresses = (value.address,) if value.address is not None and value.address.lines else ()
        else:
            addresses = value.addresses_for(_USES[self._purpose])
        addresses = tuple(address for address in addresses if address.lines)
        contact: tuple[Any, ...] = ()
        if isinstance(value, Company):
            write = self._correction(value)
            can_set = value.can_set if self._desk is not None else frozenset()
            contact = (value.phone, value.email, value.website, can_set, write and (write.token, write.state))
            # What the CRM answers waits while something is typed, unless it is another company's card now.
            if self._contact is not None and self._contact.is_editing and value.id == self._company_id:
                return True
            self._company_id = value.id
        state = (addresses, contact, self._more.shows_all)
        if state != self._shown:
            self._shown = state
            self._rebuild(addresses, value)
        return bool(addresses or any(contact))

    def _correction(self, company: Company) -> PendingWrite | None:
        """What the CRM does not have yet of the company's phone and e-mail."""
        if self._desk is None:
            return None
        return next((w for w in self._desk.writes.at(company.id) if _is_of_company(w.change)), None)

    def _on_news(self, news: WriteNews) -> None:
        if _is_of_company(news.write.change):
            self.refresh()

    def _rebuild(self, addresses: tuple[Address, ...], value: Company | Customer) -> None:
        focused = self._contact.focused if self._contact is not None else None
        if focused is not None:
            self.content.setFocus()  # while there is nothing else
        shown = self._more.of(addresses)
        while len(self._blocks) < len(shown):
            self._blocks.append(_Block())
            self._column.insertWidget(len(self._blocks) - 1, self._blocks[-1])
        for block, address in zip(self._blocks, shown, strict=False):
            block.show_address(address)
        for block in self._blocks[len(shown) :]:
            block.hide()
        self._more.tell(len(addresses))
        if isinstance(value, Company):
            self._show_contact(value)
            if focused is not None and self._contact is not None:
                self._contact.focus(focused)

    def _show_contact(self, company: Company) -> None:
        if self._contact is not None and self._contact.is_editing:
            # What is typed there is another company's, and goes to it while the fields go.
            self._column.removeWidget(self._contact)
            drop([self._contact])
            self._contact = None
        if self._contact is None:
            self._contact = CompanyContact(self._desk, self.refresh)
            self._column.addWidget(self._contact)
        self._contact.show_company(company, self._correction(company))


class _Block(QWidget):
    """An address, the name above it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = Label(step=Type.STRONG, wrap=True, selectable=True)
        self._lines = Label(wrap=True, selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._name)
        column.addWidget(self._lines)

    def show_address(self, address: Address) -> None:
        lines = _lines(address)
        has_name = bool(address.name.strip())
        self._name.setText(lines[0] if has_name else "")
        self._name.setVisible(has_name)
        rest = "\n".join(lines[1:] if has_name else lines)
        self._lines.setText(rest)
        self._lines.setVisible(bool(rest))
        self.show()


def _lines(address: Address) -> tuple[str, ...]:
    """As on an envelope: only a foreign country is named."""
    is_own = address.country == QLocale.territoryToCode(QLocale().territory())
    return replace(address, country="").lines if is_own else address.lines


def _is_of_company(change: CrmChange) -> bool:
    return isinstance(change, Correction) and not change.person_id
