"""The first page of the card."""

from collections.abc import Callable, Iterator

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
_ROWS = (((1, 1, 1), _THREE), ((3, 2), _TWO), ((1,), 0), ((3, 2), _TWO))
"""How the cards of each row share it."""


class Overview(ScrollColumn):
    """Addresses, people, credit, and what goes on; in as many columns as there is room for.

    Empty until `make` has run.
    """

    def __init__(
        self,
        card: CustomerCard,
        formats: Formats,
        on_sign_in: Callable[[SystemKind], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

        self._card, self._formats, self._on_sign_in = card, formats, on_sign_in
        self._cards: list[PartCard] = []
        # Each becomes a column of its own where there is less room than this.
        self._rows = tuple((_row(shares), room) for shares, room in _ROWS)
        for row, _ in self._rows:
            self.column.addLayout(row)
        self.column.addStretch(1)

    def make(self) -> Iterator[None]:
        """Make the cards, one in each step."""

        def to_crm() -> object:
            return self._on_sign_in(SystemKind.CRM)

        def to_erp() -> object:
            return self._on_sign_in(SystemKind.ERP)

        card, formats = self._card, self._formats
        (addresses, _), (who, _), (sales, _), (going_on, _) = self._rows
        for row, make in (
            (addresses, lambda: AddressCard(card, Purpose.MEET, formats, to_crm)),
            (addresses, lambda: AddressCard(card, Purpose.DELIVER, formats, to_erp)),
            (addresses, lambda: AddressCard(card, Purpose.INVOICE, formats, to_erp)),
            (who, lambda: PeopleCard(card, formats, to_crm)),
            (who, lambda: CreditCard(card, formats, to_erp)),
            (sales, lambda: SalesCard(card, formats, to_crm)),
            (going_on, lambda: CasesCard(card, formats, to_crm)),
            (going_on, lambda: CampaignsCard(card, formats, to_crm)),
        ):
            part: PartCard = make()
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            part.setSizePolicy(policy)
            row.addWidget(part)
            self._cards.append(part)
            yield
        self._arrange()

    def refresh(self, part: PartName | None) -> Iterator[None]:
        """A part has changed, or all of them; a card in each step."""
        for card in self._cards:
            if part is None or card.name is part:
                card.refresh()
                yield

    def retranslate(self) -> Iterator[None]:
        """Say everything again, in the language of now; a card in each step."""
        for card in self._cards:
            card.retranslate()
            yield

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
        for card in self._cards:
            if isinstance(card, AddressCard):
                card.set_narrow(narrow=_THREE <= width < _WIDE)
        self._rows[0][0].setSpacing(Space.S if width < _WIDE else Space.M)
        for row, room in self._rows:
            side_by_side = width >= room
            row.setDirection(QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom)
            for number in range(row.count()):
                # Widths follow the shares, heights the contents.
                row.setStretch(number, row.property("shares")[number] if side_by_side else 0)


def _row(shares: tuple[int, ...]) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(Space.M)
    row.setProperty("shares", list(shares))
    return row
