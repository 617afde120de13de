"""The field in which a unit is typed or chosen: those that the ERP sells the product in."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.orders import Product, Unit
from app.domain.text import fold
from app.services.unit_lookup import UnitLookup, Units
from app.ui.orders.proposals import Proposal, Proposals

_WIDTH = 220


class UnitEditor(QLineEdit):
    """Enter takes the marked unit, or else the text as it stands. The list comes when the ERP has answered.

    Attributes:
        chosen: The unit that was taken from the list, or None: the text is what was typed.

    Signals:
        taken: A unit was taken with the mouse.
    """

    taken = Signal()

    def __init__(self, lookup: UnitLookup, product: Product | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Unit | None = None
        self._units: Units = ()
        self._shown: list[Unit] = []
        self._is_over = False
        self._is_typed = False
        self._proposals = Proposals(self, short_width=64, side_width=0)
        self._proposals.clicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_edited)
        if product is not None:
            lookup.units(product.id, self._on_known)

    def stop(self) -> None:
        """No list is wanted any more."""
        self._is_over = True
        self._proposals.hide()

    def settle(self) -> None:
        """The text is what the user wants; a marked unit stands for it."""
        if self._proposals.isVisible() and 0 <= self._proposals.marked < len(self._shown):
            self.chosen = self._shown[self._proposals.marked]
        self.stop()

    @property
    def has_proposals(self) -> bool:
        """The list is open."""
        return self._proposals.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrows go through the units, Esc closes the list; all else is typing."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if by is not None and self._units:
            if not self._proposals.isVisible():
                self._propose(list(self._units))
            else:
                self._proposals.mark(self._proposals.marked + by)
        elif event.key() == Qt.Key.Key_Escape and self._proposals.isVisible():
            self._proposals.hide()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """The list goes with the field."""
        self.stop()
        super().hideEvent(event)

    def _on_known(self, units: Units) -> None:
        if not self._is_over:
            self._units = units
            self._filter()

    def _on_edited(self, _text: str) -> None:
        self._is_typed = True
        self.chosen = None
        self._filter()

    def _filter(self) -> None:
        """What begins as the typed text does; all of them before anything is typed."""
        wanted = fold(self.text().strip()) if self._is_typed else ""
        found = [each for each in self._units if fold(each.symbol).startswith(wanted)]
        found += [each for each in self._units if each not in found and fold(each.name).startswith(wanted)]
        if found and (wanted or not self._is_typed):
            self._propose(found)
        else:
            self._proposals.hide()

    def _propose(self, units: list[Unit]) -> None:
        self._shown = units
        rows = [Proposal(each.symbol, each.name if each.name != each.symbol else "") for each in units]
        self._proposals.propose(rows, max(self.width(), _WIDTH))
        now = self.text().strip()
        exact = next((place for place, each in enumerate(units) if each.symbol == now), None)
        self._proposals.mark(exact if exact is not None else 0 if self._is_typed else -1)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._proposals.mark(index.row())
        self.settle()
        self.taken.emit()
