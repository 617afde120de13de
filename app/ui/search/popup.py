"""What opens under the search field: the rows, and what each system has to say about them."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.ports.errors import SystemFault
from app.services.search import SHORTEST, ContactSearch, Match
from app.ui.messages import message_for
from app.ui.search.results_model import MATCH_ROLE, ResultDelegate, ResultsModel
from app.ui.theme import Space, Type
from app.ui.widgets import BusyLine, IconView, Label, Translated, announce_row

_MOST_ROWS = 10


class _FaultLine(QWidget):
    """One line: why a system is not among the results."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Label(step=Type.CAPTION, ink="danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(IconView("alert", "danger", 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)


class SearchPopup(Translated):
    """Lies over the window as a child of it, so that the field keeps the keyboard.

    Signals:
        chosen: A `Match`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = ResultsModel(self)
        self._view = QListView()
        self._view.setProperty("ground", "raised")
        self._view.setModel(self._model)
        self._view.setItemDelegate(ResultDelegate(self))
        self._view.setUniformItemSizes(True)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._click)
        self._view.selectionModel().currentChanged.connect(lambda row: announce_row(self._view, row))
        self._busy = BusyLine()
        self._note = Label(ink="muted", wrap=True)
        self._note.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._faults = {kind: _FaultLine() for kind in (SystemKind.CRM, SystemKind.ERP, SystemKind.TIME)}
        self._hint = Label(step=Type.CAPTION, ink="faint")
        self._hint.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        frame = QFrame()
        frame.setProperty("frame", "popup")
        self._inner = inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 5, 1, 3)
        inner.setSpacing(Space.XS)
        inner.addWidget(self._busy)
        inner.addWidget(self._view)
        inner.addWidget(self._note)
        for line in self._faults.values():
            inner.addWidget(line)
        inner.addWidget(self._hint)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.hide()
        self.retranslate()

    @property
    def current(self) -> Match | None:
        """The row under the cursor."""
        index = self._view.currentIndex()
        return index.data(MATCH_ROLE) if index.isValid() else None

    def show_state(self, search: ContactSearch, *, stay: bool) -> None:
        """Show what the search has found so far. The cursor stays on its row where the user has put it there."""
        former = self.current if stay else None
        self._model.show_matches(search.matches)
        row = self._model.row_of(former.key) if former is not None else -1
        if search.matches:
            self._view.setCurrentIndex(self._model.index(max(row, 0)))
        self._busy.set_busy(search.is_searching, self.tr("Searching"))
        self._show_note(search)
        self._show_faults(search.faults)
        rows = min(len(search.matches), _MOST_ROWS)
        self._view.setVisible(rows > 0)
        self._view.setFixedHeight(rows * self._view.sizeHintForRow(0) if rows else 0)
        self._hint.setVisible(rows > 0)
        self.adjust()

    def step(self, steps: int) -> None:
        """Move the cursor by rows."""
        count = self._model.rowCount()
        if count:
            row = min(max(self._view.currentIndex().row() + steps, 0), count - 1)
            self._view.setCurrentIndex(self._model.index(row))

    def adjust(self) -> None:
        """Be as high as the contents, and no higher than the window."""
        self._inner.activate()
        self._outer.activate()
        has_words = self._outer.hasHeightForWidth()
        wanted = self._outer.heightForWidth(self.width()) if has_words else self._outer.sizeHint().height()
        parent = self.parentWidget()
        if parent is not None:
            wanted = min(wanted, parent.height() - self.y() - Space.S)
        self.resize(self.width(), wanted)

    def retranslate(self) -> None:
        """See `Translated`."""
        self._hint.setText(self.tr("↑ ↓ choose   Enter open   Esc close"))
        self._view.setAccessibleName(self.tr("Search results"))

    def _show_note(self, search: ContactSearch) -> None:
        if search.matches or search.is_searching:
            text = ""
        elif len(search.text) < SHORTEST:
            text = self.tr("Type a name, a number, a phone number, a bar code or an e-mail address.")
        elif search.asked and search.asked == search.faults.keys():
            text = ""
        else:
            text = self.tr("Nothing found for “{text}”. Part of a name or of a number is enough.").replace(
                "{text}", search.text
            )
        if search.is_searching and not search.matches:
            text = self.tr("Searching…")
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _show_faults(self, faults: Mapping[SystemKind, SystemFault]) -> None:
        for kind, line in self._faults.items():
            fault = faults.get(kind)
            if fault is not None:
                message = message_for(fault, kind)
                line.label.setText(f"{message.what} {message.to_do}")
            line.setVisible(fault is not None)

    def _click(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(MATCH_ROLE))
