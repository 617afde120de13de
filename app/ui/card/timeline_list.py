"""The list of touch points: one more page is read when its end comes into view."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.contacts import TouchPoint
from app.services.card import CustomerCard
from app.ui.card.kinds import PICTURES, kind_text
from app.ui.formats import Formats
from app.ui.theme import Space, Type, colour, font, pixmap

_TOUCH = Qt.ItemDataRole.UserRole
_LEFT = Space.L + 40
_LINES = 2
_LOOK_AFTER = 40  # ms
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
_Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """What of the timeline has been read."""

    def __init__(self, card: CustomerCard, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._formats = formats
        self._rows: tuple[TouchPoint, ...] = ()

    def refresh(self) -> None:
        """Show the timeline as the card has it now; rows that were there keep their place."""
        rows = self._card.timeline.value or ()
        if rows == self._rows:
            return
        if self._rows and rows[: len(self._rows)] == self._rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        touch = self._rows[index.row()]
        if role == _TOUCH:
            return touch
        if role == Qt.ItemDataRole.DisplayRole:
            return touch.subject
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (kind_text(touch.kind), touch.subject, meta_text(touch, self._formats), touch.text)
            return ", ".join(part for part in parts if part)
        return None


def meta_text(touch: TouchPoint, formats: Formats) -> str:
    """When, with whom, by whom."""
    parts = [formats.moment(touch.at), ", ".join(touch.people), touch.author]
    return " · ".join(part for part in parts if part)


class _TouchDelegate(QStyledItemDelegate):
    """Picture, subject, when and who; two lines of the text, and all of it in the row under the cursor."""

    def __init__(self, formats: Formats, view: "TimelineList") -> None:
        super().__init__(view)
        self._formats = formats
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        touch: TouchPoint = index.data(_TOUCH)
        width = self._view.viewport().width() - _LEFT - Space.L
        strong = QFontMetrics(font(Type.STRONG, option.font))
        small = QFontMetrics(font(Type.CAPTION, option.font))
        height = strong.height() + small.height() + 2 + 2 * Space.S
        if touch.text.strip():
            height += self._text_height(touch, option.font, width, whole=self._is_current(index)) + Space.XS
        return QSize(200, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        touch: TouchPoint = index.data(_TOUCH)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("selected" if state & QStyle.StateFlag.State_HasFocus else "hover"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("hover"))
        self._thread(painter, rect, touch)
        left, width = rect.x() + _LEFT, rect.width() - _LEFT - Space.L
        top = rect.y() + Space.S
        for words, step, ink in (
            (touch.subject or kind_text(touch.kind), Type.STRONG, "text"),
            (meta_text(touch, self._formats), Type.CAPTION, "muted"),
        ):
            painter.setFont(font(step, option.font))
            painter.setPen(colour(ink))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, top, width, metrics.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += metrics.height() + 1
        if touch.text.strip():
            whole = self._is_current(index)
            height = self._text_height(touch, option.font, width, whole=whole)
            painter.setFont(option.font)
            painter.setPen(colour("text"))
            box = QRect(left, top + Space.XS, width, height)
            painter.setClipRect(box)
            painter.drawText(box, _WRAP, touch.text if whole else self._short(touch, option.font, width))
        painter.restore()

    @staticmethod
    def _thread(painter: QPainter, rect: QRect, touch: TouchPoint) -> None:
        middle = rect.x() + Space.L + 14
        painter.setPen(QPen(colour("border"), 1))
        painter.drawLine(middle, rect.top(), middle, rect.bottom())
        painter.setBrush(colour("neutral_soft"))
        painter.setPen(QPen(colour("surface"), 3))
        painter.drawEllipse(QRect(middle - 14, rect.y() + Space.S - 2, 28, 28))
        painter.drawPixmap(middle - 7, rect.y() + Space.S + 5, pixmap(PICTURES[touch.kind], "muted", 14))

    def _is_current(self, index: _Index) -> bool:
        return self._view.currentIndex().row() == index.row()

    @staticmethod
    def _text_height(touch: TouchPoint, base: QFont, width: int, *, whole: bool) -> int:
        metrics = QFontMetrics(base)
        if not whole:
            # Measured on its beginning: a long text is not laid out to show two lines of it.
            need = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, touch.text[:400]).height()
            return min(need, _LINES * metrics.lineSpacing())
        return metrics.boundingRect(QRect(0, 0, width, 1_000_000), _WRAP, touch.text).height()

    @staticmethod
    def _short(touch: TouchPoint, base: QFont, width: int) -> str:
        """The text cut so that its end is seen to be missing."""
        metrics = QFontMetrics(base)
        text = " ".join(touch.text[:600].split())
        if metrics.horizontalAdvance(text) <= width:
            return text
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(width * (_LINES - 0.12)))


class TimelineList(QListView):
    """The list itself."""

    def __init__(self, card: CustomerCard, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._timeline = TimelineModel(card, formats, self)
        self.setModel(self._timeline)
        self.setItemDelegate(_TouchDelegate(formats, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current)
        # Looked at after the rows have been laid out: before that the end seems to be in view.
        self._look = QTimer(self, singleShot=True, interval=_LOOK_AFTER)
        self._look.timeout.connect(self._want_more)
        self.verticalScrollBar().valueChanged.connect(self._look_soon)
        self.verticalScrollBar().rangeChanged.connect(self._look_soon)

    def refresh(self) -> None:
        """The timeline has changed."""
        self._timeline.refresh()
        self._look_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Text wraps elsewhere in another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_current(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _look_soon(self) -> None:
        self._look.start()

    def _want_more(self) -> None:
        """The end is nearly in view: read the next page. Asked once; the card drops it while one is under way."""
        bar = self.verticalScrollBar()
        is_near = bar.value() >= bar.maximum() - self.viewport().height() // 2
        if self.isVisible() and is_near and self._timeline.rowCount() and self._card.has_more_timeline:
            self._card.more_timeline()
