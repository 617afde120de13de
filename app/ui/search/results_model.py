"""The rows under the search field."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.domain.contacts import ContactKind
from app.domain.shelf import Shelf
from app.ports.connection import SystemKind
from app.services.search import Match
from app.ui.messages import system_name
from app.ui.theme import Space, Tone, Type, colour, colours, font, pixmap, tabular
from app.ui.widgets import paint_row_ground, plain_tooltip

MATCH_ROLE = Qt.ItemDataRole.UserRole
_ROW = 40
_Index = QModelIndex | QPersistentModelIndex


def known_by(match: Match) -> tuple[SystemKind, ...]:
    """The systems that know it."""
    if match.project_id:
        return (SystemKind.TIME,)
    kinds = (
        (SystemKind.CRM, match.company_id or match.kind is ContactKind.PERSON),
        (SystemKind.ERP, match.customer_id or not match.is_card),
    )
    return tuple(kind for kind, known in kinds if known)


def picture_of(match: Match) -> str:
    """The picture before its name."""
    if match.shelf is not None:
        return "clock" if match.shelf is Shelf.RECENT else "star"
    if match.project_id:
        return "project"
    if not match.is_card:
        return "order" if match.order_id else "box"
    return "user" if match.kind is ContactKind.PERSON else "building"


class ResultsModel(QAbstractListModel):
    """What is found so far."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matches: tuple[Match, ...] = ()

    @property
    def matches(self) -> tuple[Match, ...]:
        """The rows from top to bottom."""
        return self._matches

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if parent is not None and parent.isValid() else len(self._matches)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if not index.isValid() or index.row() >= len(self._matches):
            return None
        match = self._matches[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return match.name
        if role == MATCH_ROLE:
            return match
        if role == Qt.ItemDataRole.AccessibleTextRole:
            systems = ", ".join(system_name(kind) for kind in known_by(match))
            return ", ".join(part for part in (match.name, match.number, match.detail, systems) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(" · ".join(part for part in (match.name, match.number, match.detail) if part))
        return None

    def show_matches(self, matches: tuple[Match, ...]) -> None:
        """Show these rows."""
        if matches == self._matches:
            return
        kept = [match.key for match in self._matches]
        if [match.key for match in matches[: len(kept)]] == kept:
            # More have arrived below: the rows that are there stay, and so do the cursor and the scroll position.
            if len(matches) > len(kept):
                self.beginInsertRows(QModelIndex(), len(kept), len(matches) - 1)
                self._matches = matches
                self.endInsertRows()
            self._matches = matches
            if kept:
                self.dataChanged.emit(self.index(0), self.index(len(kept) - 1))
            return
        self.beginResetModel()
        self._matches = matches
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """The row of the match with this key, or -1."""
        return next((row for row, match in enumerate(self._matches) if match.key == key), -1)


class ResultDelegate(QStyledItemDelegate):
    """Picture, name, what tells it from others, number, and the systems that know it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        """All rows are equally high."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """See QStyledItemDelegate."""
        match: Match = index.data(MATCH_ROLE)
        rect: QRect = option.rect.adjusted(Space.XS, 1, -Space.XS, -1)
        base = option.font
        painter.save()
        paint_row_ground(painter, option, rect)
        picture = picture_of(match)
        painter.drawPixmap(rect.x() + Space.S, rect.center().y() - 7, pixmap(picture, "faint", 16))
        left, right = rect.x() + Space.S + 26, rect.right() - Space.S
        right = self._systems(painter, base, match, right, rect) - Space.M
        right = self._number(painter, base, match, right, rect) - Space.M
        self._names(painter, base, match, QRect(left, rect.y(), max(0, right - left), rect.height()))
        painter.restore()

    def _systems(self, painter: QPainter, base: QFont, match: Match, right: int, rect: QRect) -> int:
        painter.setFont(font(Type.SECTION, base))
        ink, ground = colours().tone(Tone.NEUTRAL)
        known = known_by(match)
        metrics = painter.fontMetrics()
        # Both places are kept free, so that the columns stand in line from row to row.
        for kind in (known[0] if match.project_id else SystemKind.ERP, SystemKind.CRM):
            words = (kind, SystemKind.ERP) if match.project_id else (kind,)
            width = max(metrics.horizontalAdvance(system_name(word)) for word in words) + 10
            box = QRect(right - width, rect.center().y() - metrics.height() // 2 - 1, width, metrics.height() + 3)
            if kind in known:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(box, 4, 4)
                painter.setPen(QColor(ink))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), system_name(kind))
            right -= width + Space.XS
        return right

    def _number(self, painter: QPainter, base: QFont, match: Match, right: int, rect: QRect) -> int:
        painter.setFont(tabular(font(Type.BODY, base)))
        painter.setPen(colour("muted"))
        width = max(painter.fontMetrics().horizontalAdvance("0000000"), 40)
        box = QRect(right - width, rect.y(), width, rect.height())
        shown = painter.fontMetrics().elidedText(match.number, Qt.TextElideMode.ElideLeft, width)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), shown)
        return right - width

    @staticmethod
    def _names(painter: QPainter, base: QFont, match: Match, box: QRect) -> None:
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font(Type.STRONG, base))
        painter.setPen(colour("text"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(match.name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, middle, name)
        rest = box.adjusted(metrics.horizontalAdvance(name) + Space.S, 0, 0, 0)
        if match.detail and rest.width() > 40:
            painter.setFont(font(Type.BODY, base))
            painter.setPen(colour("muted"))
            shown = painter.fontMetrics().elidedText(match.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle, shown)
