"""The list at the left: the customers and projects within reach."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.contacts import ContactKind
from app.domain.shelf import Shelf
from app.ports.cache import Caches
from app.services.offline_copies import OfflineCopies
from app.services.search import Match
from app.services.shelves import Shelves, is_same
from app.ui.formats import Formats
from app.ui.shell.offline_bar import OfflineBar
from app.ui.shell.settings import UiSettings
from app.ui.theme import Space, Type, colour, font, pixmap
from app.ui.widgets import Label, Translated, paint_row_ground, plain_tooltip

_CHOSEN = "list_shelf"
_ROW = 44
_AFTER = 60  # ms
_Index = QModelIndex | QPersistentModelIndex


class _MatchesModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.matches: list[Match] = []

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self.matches)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match = self.matches[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return match.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (match.name, match.number, match.detail) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join(part for part in (match.name, match.number, match.detail) if part))
        if role == Qt.ItemDataRole.UserRole:
            return match
        return None

    def put(self, matches: Sequence[Match]) -> None:
        """Show these. Often one row alone says more than before: then the others are not painted anew."""
        before = self.matches
        if len(before) != len(matches):
            self.beginResetModel()
            self.matches = list(matches)
            self.endResetModel()
            return
        self.matches = list(matches)
        changed = [row for row, (was, now) in enumerate(zip(before, matches, strict=True)) if was != now]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


class _MatchDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        return QSize(120, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        match: Match = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect.adjusted(Space.S, 1, -Space.S, -1)
        painter.save()
        paint_row_ground(painter, option, rect, hover="pressed")
        text = rect.adjusted(Space.S + 20, 5, -Space.S, -5)
        picture = "project" if match.project_id else "user" if match.kind is ContactKind.PERSON else "building"
        painter.drawPixmap(rect.x() + Space.S, rect.y() + 6, pixmap(picture, "faint", 14))
        for line, (words, step, ink) in enumerate(
            (
                (match.name, Type.BODY, "text"),
                (" · ".join(p for p in (match.number, match.detail) if p), Type.CAPTION, "faint"),
            )
        ):
            painter.setFont(font(step, option.font))
            painter.setPen(colour(ink))
            half = text.height() // 2
            box = QRect(text.x(), text.y() + line * half, text.width(), half)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class SideList(Translated):
    """The customers opened lately, the favourites, or those that are the user's own in the CRM: one list at a time.

    Attributes:
        offline: Which of them are available offline.

    Signals:
        chosen: A `Match` to open.
    """

    chosen = Signal(object)

    def __init__(
        self,
        shelves: Shelves,
        settings: UiSettings,
        *,
        copies: OfflineCopies,
        caches: Caches,
        formats: Formats,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shelves = shelves
        self._settings = settings
        self._open: Match | None = None
        self.offline = OfflineBar(copies, caches, formats)
        self._has_own = False
        kept = settings.get(_CHOSEN)
        self._shelf = Shelf(kept) if kept in tuple(Shelf) else Shelf.RECENT
        self._tabs = {shelf: QPushButton() for shelf in Shelf}
        for shelf, tab in self._tabs.items():
            tab.setProperty("look", "tab")
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setAutoDefault(False)
            tab.clicked.connect(lambda _checked, shelf=shelf: self.show_shelf(shelf))
        self._empty = Label(step=Type.CAPTION, ink="faint", wrap=True)
        self._empty.setContentsMargins(Space.L, Space.S, Space.M, 0)
        self._model = _MatchesModel(self)
        self._view = QListView()
        self._view.setProperty("ground", "window")
        self._view.setModel(self._model)
        self._view.setItemDelegate(_MatchDelegate(self))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._choose)
        self._view.activated.connect(self._choose)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._view)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._remove)
        self._lay_out()
        self.setMinimumWidth(160)
        # The card that is opened comes first, and what is known of it changes the list once more.
        self._soon = QTimer(self, interval=_AFTER, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        shelves.listen(self._soon.start)
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.setSpacing(Space.S)
        tabs = QVBoxLayout()
        tabs.setContentsMargins(Space.S, 0, Space.S, 0)
        tabs.setSpacing(1)
        for tab in self._tabs.values():
            tabs.addWidget(tab)
        column.addLayout(tabs)
        column.addWidget(self._empty)
        column.addWidget(self._view, 1)
        column.addWidget(self.offline)

    @property
    def view(self) -> QListView:
        """The rows."""
        return self._view

    @property
    def shelf(self) -> Shelf:
        """The list that is shown."""
        return self._shelf

    def show_shelf(self, shelf: Shelf) -> None:
        """Show another list."""
        self._shelf = shelf
        self._settings.set(_CHOSEN, shelf.value)
        self.refresh()

    def set_own(self, *, known: bool) -> None:
        """Whether the CRM can say which customers are the user's own."""
        if known != self._has_own:
            self._has_own = known
            self.refresh()

    def opened(self, match: Match | None) -> None:
        """The card of a customer is shown, or none."""
        self._open = match
        self._soon.start()

    def refresh(self) -> None:
        """Show the lists as they are now; the cursor stays on its row."""
        has_own = self._has_own or bool(self._shelves.of(Shelf.MINE))
        shown = Shelf.RECENT if self._shelf is Shelf.MINE and not has_own else self._shelf
        matches = self._shelves.of(shown)
        self._tabs[Shelf.MINE].setVisible(has_own)
        for shelf, tab in self._tabs.items():
            tab.setChecked(shelf is shown)
            count = 0 if shelf is Shelf.RECENT else len(self._shelves.of(shelf))
            tab.setText(f"{self._title(shelf)}  {count}" if count else self._title(shelf))
        if list(matches) != self._model.matches:
            row = self._view.currentIndex().row()
            former = self._model.matches[row] if row >= 0 else None
            self._model.put(matches)
            at = next((i for i, one in enumerate(matches) if former is not None and is_same(one, former)), -1)
            if self._view.hasFocus() and at >= 0:
                self._view.setCurrentIndex(self._model.index(at))
            else:
                self._mark_open()
        elif not self._view.hasFocus():
            self._mark_open()
        self._empty.setText(self._empty_text(shown))
        self._empty.setVisible(not matches)
        self._view.setAccessibleName(self._title(shown))
        self.offline.show_shelf(shown, has_rows=bool(matches))

    def retranslate(self) -> None:
        """See `Translated`."""
        self.refresh()

    def _title(self, shelf: Shelf) -> str:
        return {
            Shelf.RECENT: self.tr("Recent"),
            Shelf.FAVOURITES: self.tr("Favourites"),
            Shelf.MINE: self.tr("My customers"),
        }[shelf]

    def _empty_text(self, shelf: Shelf) -> str:
        keys = QKeySequence("Ctrl+Shift+F").toString(QKeySequence.SequenceFormat.NativeText)
        return {
            Shelf.RECENT: self.tr("The customers you open stand here. Find one with Ctrl+K."),
            Shelf.FAVOURITES: self.tr("Put the customers you need often here: the star on a card, or {keys}.").format(
                keys=keys
            ),
            Shelf.MINE: self.tr("No customer in the CRM has you as its owner."),
        }[shelf]

    def _mark_open(self) -> None:
        """The row of the customer whose card is shown."""
        match = self._open
        row = next((i for i, one in enumerate(self._model.matches) if match is not None and is_same(one, match)), -1)
        self._view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def _choose(self, index: QModelIndex) -> None:
        match: Match = index.data(Qt.ItemDataRole.UserRole)
        if self._open is None or not is_same(match, self._open):  # a double click also activates
            self._open = match
            self.chosen.emit(match)

    def _remove(self) -> None:
        """Del: the favourite under the cursor is none any more."""
        match = self._view.currentIndex().data(Qt.ItemDataRole.UserRole)
        if self._shelf is Shelf.FAVOURITES and match is not None:
            self._shelves.set_favourite(match, favourite=False)
