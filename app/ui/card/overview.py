"""The first page of the card."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.ports.connection import SystemKind
from app.services.card import CustomerCard, PartName
from app.ui.card.addresses import AddressCard, Purpose
from app.ui.card.part_card import PartCard
from app.ui.card.people import PeopleCard
from app.ui.card.processes import CampaignsCard, CasesCard, CreditCard, SalesCard
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import ScrollColumn

_THREE = 400
_WIDE = 520
_TWO = 640
"""From these widths on the cards of a row stand side by side."""


class Overview(ScrollColumn):
    """Addresses, people, credit, and what goes on; in as many columns as there is room for."""

    def __init__(
        self,
        card: CustomerCard,
        formats: Formats,
        on_sign_in: Callable[[SystemKind], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

        def to_crm() -> object:
            return on_sign_in(SystemKind.CRM)

        def to_erp() -> object:
            return on_sign_in(SystemKind.ERP)

        self._addresses = addresses = (
            AddressCard(card, Purpose.MEET, formats, to_crm),
            AddressCard(card, Purpose.DELIVER, formats, to_erp),
            AddressCard(card, Purpose.INVOICE, formats, to_erp),
        )
        people, credit = PeopleCard(card, formats, to_crm), CreditCard(card, formats, to_erp)
        sales = SalesCard(card, formats, to_crm)
        cases, campaigns = CasesCard(card, formats, to_crm), CampaignsCard(card, formats, to_crm)
        self._cards: tuple[PartCard, ...] = (*addresses, people, credit, sales, cases, campaigns)
        # Rows of equal columns; each row becomes a column of its own where the room is narrow.
        self._rows = (
            (_row(addresses, (1, 1, 1)), _THREE),
            (_row((people, credit), (3, 2)), _TWO),
            (_row((sales,), (1,)), 0),
            (_row((cases, campaigns), (3, 2)), _TWO),
        )
        for row, _ in self._rows:
            self.column.addLayout(row)
        self.column.addStretch(1)

    def refresh(self, part: PartName | None) -> None:
        """A part has changed, or all of them."""
        for card in self._cards:
            if part is None or card.name is part:
                card.refresh()

    def refresh_age(self) -> None:
        """Time has passed."""
        for card in self._cards:
            card.refresh_age()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.viewport().width()
        for card in self._addresses:
            card.set_narrow(narrow=_THREE <= width < _WIDE)
        self._rows[0][0].setSpacing(Space.S if width < _WIDE else Space.M)
        for row, room in self._rows:
            side_by_side = width >= room
            row.setDirection(QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom)
            for number in range(row.count()):
                # Widths follow the shares, heights the contents.
                row.setStretch(number, row.property("shares")[number] if side_by_side else 0)


def _row(cards: Sequence[PartCard], shares: tuple[int, ...]) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(Space.M)
    row.setProperty("shares", list(shares))
    for card in cards:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        card.setSizePolicy(policy)
        row.addWidget(card)
    return row
