"""The list at the left: what was opened lately."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.domain.contacts import ContactKind
from app.services.search import Match
from app.ui.theme import Space, Type, colour, font, pixmap
from app.ui.widgets import Label, SectionHeader, Translated, plain_tooltip

_LONGEST = 30
_ROW = 44
_Index = QModelIndex | QPersistentModelIndex


class _RecentModel(QAbstractListModel):
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
        self.beginResetModel()
        self.matches = list(matches)[:_LONGEST]
        self.endResetModel()


class _RecentDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        return QSize(120, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        match: Match = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect.adjusted(Space.S, 1, -Space.S, -1)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colour("selected"))
            painter.drawRoundedRect(rect, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colour("pressed"))
            painter.drawRoundedRect(rect, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colour("accent_text"))
            painter.drawRoundedRect(rect, 6, 6)
        text = rect.adjusted(Space.S + 20, 5, -Space.S, -5)
        picture = "user" if match.kind is ContactKind.PERSON else "building"
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
    """What was opened lately, the newest first. Kept only while the program runs: names of customers are no settings.

    Signals:
        chosen: A `Match` to open.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header = SectionHeader()
        self._header.setContentsMargins(Space.L, 0, Space.M, 0)
        self._empty = Label(step=Type.CAPTION, ink="faint", wrap=True)
        self._empty.setContentsMargins(Space.L, 0, Space.M, 0)
        self._model = _RecentModel(self)
        self._view = QListView()
        self._view.setProperty("ground", "window")
        self._view.setModel(self._model)
        self._view.setItemDelegate(_RecentDelegate(self))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._choose)
        self._view.activated.connect(self._choose)
        self._last = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._header)
        column.addWidget(self._empty)
        column.addWidget(self._view, 1)
        self.setMinimumWidth(160)
        self.retranslate()

    def add(self, match: Match) -> None:
        """A customer was opened."""
        self._last = match.key
        self._model.put([match, *(other for other in self._model.matches if other.key != match.key)])
        self._view.setCurrentIndex(self._model.index(0))
        self._empty.hide()

    def retranslate(self) -> None:
        """See `Translated`."""
        self._header.set_title(self.tr("Recent"))
        self._empty.setText(self.tr("The customers you open stand here. Find one with Ctrl+K."))
        self._view.setAccessibleName(self.tr("Recently opened customers"))

    def _choose(self, index: QModelIndex) -> None:
        match: Match = index.data(Qt.ItemDataRole.UserRole)
        if match.key != self._last:  # a double click also activates
            self._last = match.key
            self.chosen.emit(match)
