"""The three addresses, side by side and each named for what it is: they are never mixed."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.contacts import Company
from app.domain.parties import Address, AddressUse, Customer
from app.services.card import CustomerCard, PartName
from app.ui.card.links import LinkButton, mail_url, tel_url, web_url
from app.ui.card.part_card import PartCard
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import Button, IconView, Label

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
    """One of the three."""

    def __init__(self, card: CustomerCard, purpose: Purpose, formats: Formats, on_sign_in: Any) -> None:
        part = PartName.COMPANY if purpose is Purpose.MEET else PartName.CUSTOMER
        super().__init__(card, part, formats, on_sign_in, note_below=True)
        self._icon = IconView(_PICTURES[purpose], "faint")
        self.header.lead(self._icon)
        self._purpose = purpose
        self._shows_all = False
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._shown: tuple[Any, ...] = ()
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
        contact = (value.phone, value.email, value.website) if isinstance(value, Company) else ()
        state = (addresses, contact, self._shows_all)
        if state != self._shown:
            self._shown = state
            self._rebuild(addresses, contact)
        return bool(addresses or any(contact))

    def _rebuild(self, addresses: tuple[Address, ...], contact: tuple[str, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = addresses if self._shows_all else addresses[:_FEW]
        for address in shown:
            self._column.addWidget(_block(address))
        if len(addresses) > _FEW:
            text = (
                translate("Addresses", "Show fewer")
                if self._shows_all
                else translate("Addresses", "{n} more").format(n=len(addresses) - _FEW)
            )
            self._column.addWidget(Button(text, "link", on_click=self._toggle))
        if any(contact):
            self._column.addWidget(_contact(*contact))

    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self.refresh()


def _block(address: Address) -> QWidget:
    block = QWidget()
    lines = QVBoxLayout(block)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(1)
    for number, line in enumerate(_lines(address)):
        is_name = number == 0 and bool(address.name.strip())
        lines.addWidget(Label(line, Type.STRONG if is_name else Type.BODY, wrap=True, selectable=True))
    return block


def _lines(address: Address) -> tuple[str, ...]:
    """As on an envelope: only a foreign country is named."""
    is_own = address.country == QLocale.territoryToCode(QLocale().territory())
    return replace(address, country="").lines if is_own else address.lines


def _contact(phone: str, email: str, website: str) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for text, url, name, picture in (
        (phone, tel_url(phone), translate("Links", "Call"), "phone"),
        (email, mail_url(email), translate("Links", "Write to"), "mail"),
        (website, web_url(website) if website else None, translate("Links", "Open"), "globe"),
    ):
        if text:
            column.addWidget(LinkButton(text, url, name, picture))
    return block
