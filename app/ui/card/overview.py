"""The first page of the card."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ports.connection import SystemKind
from app.services.card import CustomerCard, PartName
from app.ui.card.addresses import AddressCard, Purpose
from app.ui.card.part_card import PartCard
from app.ui.card.people import PeopleCard
from app.ui.card.processes import CampaignsCard, CasesCard, CreditCard, SalesCard
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import ScrollColumn

_THREE = 560
_TWO = 620


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

        self._addresses: tuple[PartCard, ...] = (
            AddressCard(card, Purpose.MEET, formats, to_crm),
            AddressCard(card, Purpose.DELIVER, formats, to_erp),
            AddressCard(card, Purpose.INVOICE, formats, to_erp),
        )
        self._rest: tuple[PartCard, ...] = (
            PeopleCard(card, formats, to_crm),
            CreditCard(card, formats, to_erp),
            SalesCard(card, formats, to_crm),
            CasesCard(card, formats, to_crm),
            CampaignsCard(card, formats, to_crm),
        )
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.M)
        self.column.addLayout(self._grid)
        self.column.addStretch(1)
        self._columns = (0, 0)
        self._arrange()

    def refresh(self, part: PartName | None) -> None:
        """A part has changed, or all of them."""
        for card in (*self._addresses, *self._rest):
            if part is None or card.name is part:
                card.refresh()

    def refresh_age(self) -> None:
        """Time has passed."""
        for card in (*self._addresses, *self._rest):
            card.refresh_age()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.viewport().width()
        columns = (3 if width >= _THREE else 1, 2 if width >= _TWO else 1)
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        top, below = columns
        for number, card in enumerate(self._addresses):
            self._grid.addWidget(card, number // top, (number % top) * (6 // top), 1, 6 // top)
        row = self._grid.rowCount()
        spans = self._spans(below)
        for card, (line, column, span) in zip(self._rest, spans, strict=True):
            self._grid.addWidget(card, row + line, column, 1, span)

    @staticmethod
    def _spans(columns: int) -> list[tuple[int, int, int]]:
        if columns == 1:
            return [(line, 0, 6) for line in range(5)]
        return [(0, 0, 3), (0, 3, 3), (1, 0, 6), (2, 0, 3), (2, 3, 3)]
