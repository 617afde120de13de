"""The list of touch points and business events: one more page is read when its end comes into view."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from app.services.card import CustomerCard
from app.services.card_parts import PartStatus
from app.services.timeline import Entry, Gap
from app.ui.card.timeline_row import ENTRY, TimelineDelegate
from app.ui.card.timeline_texts import accessible_text, title_text
from app.ui.formats import Formats

_LOOK_AFTER = 40  # ms
_Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """What of the timeline has been read."""

    def __init__(self, card: CustomerCard, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._formats = formats
        self._rows: tuple[Entry, ...] = ()

    def refresh(self) -> bool:
        """Show the timeline as the card has it now; False where rows were put in or taken out before its end."""
        rows = self._card.history.entries
        before = self._rows
        if rows is before or rows == before:
            return True
        if before and rows[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
            return True
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return False

    def row_of(self, entry: Entry) -> int:
        """The row of an entry, or -1."""
        return next((row for row, each in enumerate(self._rows) if each == entry), -1)

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        entry = self._rows[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return title_text(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible_text(entry, self._formats)
        return None


class TimelineList(QListView):
    """The list itself.

    Signals:
        opened: The `Entry` that the user wants to see.
    """

    opened = Signal(object)

    def __init__(self, card: CustomerCard, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._timeline = TimelineModel(card, formats, self)
        self.setModel(self._timeline)
        self.setItemDelegate(TimelineDelegate(formats, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._open)
        # Looked at after the rows have been laid out: before that the end seems to be in view.
        self._look = QTimer(self, singleShot=True, interval=_LOOK_AFTER)
        self._look.timeout.connect(self._want_more)
        self.verticalScrollBar().valueChanged.connect(self._look_soon)
        self.verticalScrollBar().rangeChanged.connect(self._look_soon)

    def refresh(self) -> None:
        """The timeline has changed. What is looked at stays where it is, and the cursor on its entry."""
        top = self.indexAt(self.viewport().rect().topLeft())
        is_scrolled = self.verticalScrollBar().value() > 0 and top.isValid()
        anchor: Entry | None = top.data(ENTRY) if is_scrolled else None
        offset = self.visualRect(top).top() if is_scrolled else 0
        current: Entry | None = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        if not self._timeline.refresh():
            if current is not None and (row := self._timeline.row_of(current)) >= 0:
                self.setCurrentIndex(self._timeline.index(row))
            if anchor is not None and (row := self._timeline.row_of(anchor)) >= 0:
                bar = self.verticalScrollBar()
                self.doItemsLayout()
                bar.setValue(bar.value() + self.visualRect(self._timeline.index(row)).top() - offset)
        self._look_soon()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens what the cursor is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Text wraps elsewhere in another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, index: _Index) -> None:
        self.opened.emit(index.data(ENTRY))

    def _on_current(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _look_soon(self) -> None:
        self._look.start()

    def _want_more(self) -> None:
        """The end is nearly in view, or a place where more is read next: read it. Asked once; the card drops it while
        one is under way.
        """
        if not self.isVisible() or not self._timeline.rowCount() or not self._card.history.has_more:
            return
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum() - self.viewport().height() // 2 or self._shows_a_gap():
            self._card.history.more()

    def _shows_a_gap(self) -> bool:
        seen = self.viewport().rect()
        for row in range(self._timeline.rowCount()):
            entry = self._timeline.index(row).data(ENTRY)
            is_open = isinstance(entry, Gap) and entry.status is PartStatus.READY
            if is_open and self.visualRect(self._timeline.index(row)).intersects(seen):
                return True
        return False
