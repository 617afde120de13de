"""The table behind a panel's picture."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from app.domain.economy import ColumnType, PanelData
from app.ui.economy.texts import FIGURES, PanelTexts
from app.ui.theme import Type, font, tabular
from app.ui.widgets import plain_tooltip

_MOST_ROWS = 12
"""Rows that are seen at once; the table scrolls for the others."""
_WIDEST, _LEAST = 240, 72
"""Pixels of a column."""
_PADDING = 26
"""Pixels at both sides of a text: the style sheet's and the style's own."""
_MEASURED = 8
_LONG = 24
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PanelModel(QAbstractTableModel):
    """A panel's rows as they are read; empty until `show_data`."""

    def __init__(self, texts: PanelTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._data: PanelData | None = None
        self._said: dict[tuple[int, int], str] = {}

    def show_data(self, data: PanelData) -> None:
        """Show these rows, in the formats of now."""
        self.beginResetModel()
        self._data = data
        self._said.clear()
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        # The view asks for some of it many times in a frame.
        at = row, column
        if at not in self._said and self._data is not None:
            self._said[at] = self._texts.cell(self._data.rows[row][column], self._data.columns[column].type)
        return self._said[at]

    def width(self, column: int, body: QFontMetrics, head: QFontMetrics) -> int:
        """The pixels that a column's texts take."""
        heading = str(self.headerData(column, Qt.Orientation.Horizontal))
        # Among the longest is the widest; measuring takes longer than counting.
        longest = sorted((self.text(row, column) for row in range(self.rowCount())), key=len)[-_MEASURED:]
        return max(head.horizontalAdvance(heading), *map(body.horizontalAdvance, longest), 0)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if self._data is None or (parent is not None and parent.isValid()) else len(self._data.rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if self._data is None or (parent is not None and parent.isValid()) else len(self._data.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See QAbstractItemModel."""
        if self._data is None or not index.isValid():
            return None
        column = self._data.columns[index.column()]
        text = self.text(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(text) if len(text) > _LONG else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.label}: {text or self.tr('no figure')}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.type in FIGURES else _LEFT
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See QAbstractItemModel."""
        if self._data is None or orientation is not Qt.Orientation.Horizontal or section >= len(self._data.columns):
            return None
        column = self._data.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.type in FIGURES else _LEFT
        return None


class PanelTable(QTableView):
    """The table, as high as its rows up to a dozen.

    Attributes:
        rows: Its model.
    """

    def __init__(self, texts: PanelTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PanelModel(texts, self)
        self.setModel(self.rows)
        self._widths: list[int] = []
        self._stretched = 0
        self.setFont(tabular(self.font()))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_data(self, data: PanelData) -> None:
        """Show these rows."""
        self.rows.show_data(data)
        texts = (number for number, column in enumerate(data.columns) if column.type is ColumnType.TEXT)
        self._stretched = next(texts, 0)
        body, head = self.fontMetrics(), QFontMetrics(font(Type.SECTION, self.font()))
        self._widths = [
            min(self.rows.width(number, body, head) + _PADDING, _WIDEST) for number in range(len(data.columns))
        ]
        self._spread()
        if data.rows and data.columns:
            self.setCurrentIndex(self.rows.index(0, 0))
            self.clearSelection()
        self.updateGeometry()

    def chosen(self) -> tuple[list[int], list[int]] | None:
        """The rows and columns that are selected; None where that is at most one cell."""
        indexes = self.selectedIndexes()
        if len(indexes) < 2:
            return None
        return sorted({index.row() for index in indexes}), sorted({index.column() for index in indexes})

    def sizeHint(self) -> QSize:  # noqa: N802
        """See QWidget."""
        rows = min(self.rows.rowCount(), _MOST_ROWS)
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize() + 2
        if sum(self._fitting()) > self._room():
            height += self.horizontalScrollBar().sizeHint().height()
        return QSize(240, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """See QWidget."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._spread()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _spread(self) -> None:
        """What is left of the width goes to the names."""
        widths = self._fitting()
        room = max(0, self._room() - sum(widths))
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width + (room if number == self._stretched else 0))

    def _fitting(self) -> list[int]:
        """The widths of the columns; the names give way where that brings all the figures into sight."""
        too_much = sum(self._widths) - self._room()
        widths = list(self._widths)
        if too_much > 0 and widths[self._stretched] - too_much >= _LEAST:
            widths[self._stretched] -= too_much
        return widths

    def _room(self) -> int:
        scrolls = self.rows.rowCount() > _MOST_ROWS
        return self.width() - (self.verticalScrollBar().sizeHint().width() if scrolls else 0)
