"""Proposals under a field in which one types."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from app.ui.theme import Space
from app.ui.widgets.spoken import announce_row

_Index = QModelIndex | QPersistentModelIndex

ROW = 28
_MOST_ROWS = 12


class ProposalList(QListView):
    """A list under the field that never takes the keyboard from it."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("frame", "proposals")
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def show_items(self, items: Sequence[QStandardItem], width: int) -> None:
        """Show these under the field, or above it where there is no room below."""
        self.setAccessibleName(self._field.accessibleName())
        self._model.clear()
        for item in items:
            self._model.appendRow(item)
        rows = min(len(items), _MOST_ROWS)
        self.resize(width, ROW * rows + 2 * self.frameWidth() + 2 * Space.XS)
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen = self._field.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            below = self._field.mapToGlobal(QPoint(0, -self.height() - 2))
        self.move(min(below.x(), screen.right() - width), below.y())
        self.show()
        self.raise_()

    def mark(self, row: int) -> None:
        """Mark one; going over an end marks none."""
        index = self._model.index(row, 0) if 0 <= row < self._model.rowCount() else QModelIndex()
        self.setCurrentIndex(index)

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802
        """The keyboard stays in the field, so a screen reader would not be told which one is marked."""
        super().currentChanged(current, previous)
        announce_row(self._field, current)
