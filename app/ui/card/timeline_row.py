"""How a row of the timeline is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.trade_events import TradeEvent
from app.services.card_parts import PartStatus
from app.services.timeline import Entry, Gap
from app.ui.card.kinds import PICTURES
from app.ui.card.timeline_texts import amount_text, body_text, gap_text, hint_text, meta_text, title_text
from app.ui.formats import Formats
from app.ui.orders.phases import TONE_OF
from app.ui.theme import Space, Type, colour, colours, font, pixmap, tabular

ENTRY = Qt.ItemDataRole.UserRole
"""The `Entry` of a row."""
_LEFT = Space.L + 40
_LINES = 2
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
_LEFT_ALIGNED = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT_ALIGNED = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_Index = QModelIndex | QPersistentModelIndex


class TimelineDelegate(QStyledItemDelegate):
    """Picture, what it is and its amount, when and its state; two lines of the text, and all of it under the cursor."""

    def __init__(self, formats: Formats, view: QListView) -> None:
        super().__init__(view)
        self._formats = formats
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        entry: Entry = index.data(ENTRY)
        width = self._view.viewport().width() - _LEFT - Space.L
        small = QFontMetrics(font(Type.CAPTION, option.font))
        if isinstance(entry, Gap):
            height = small.boundingRect(QRect(0, 0, width, 10_000), _WRAP, self._gap_words(entry, index)).height()
            return QSize(200, height + 2 * Space.S)
        strong = QFontMetrics(font(Type.STRONG, option.font))
        height = strong.height() + small.height() + 2 + 2 * Space.S
        body = self._body(entry)
        if body.strip():
            height += _text_height(body, option.font, width, whole=self._is_current(index)) + Space.XS
        if self._is_current(index) and hint_text(entry):
            height += small.height() + Space.XS
        return QSize(200, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: Entry = index.data(ENTRY)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("selected" if state & QStyle.StateFlag.State_HasFocus else "hover"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("hover"))
        box = QRect(rect.x() + _LEFT, rect.y() + Space.S, rect.width() - _LEFT - Space.L, rect.height() - 2 * Space.S)
        if isinstance(entry, Gap):
            _thread(painter, rect)
            painter.setFont(font(Type.CAPTION, option.font))
            painter.setPen(colour("warning" if entry.status is PartStatus.FAILED else "muted"))
            painter.drawText(box, _WRAP, self._gap_words(entry, index))
        else:
            _thread(painter, rect, PICTURES[entry.kind], "accent_text" if isinstance(entry, TradeEvent) else "muted")
            self._paint_entry(painter, box, option.font, entry, is_current=self._is_current(index))
        painter.restore()

    def _paint_entry(self, painter: QPainter, box: QRect, base: QFont, entry: Entry, *, is_current: bool) -> None:
        painter.setFont(font(Type.STRONG, base))
        line = QRect(box.x(), box.y(), box.width(), painter.fontMetrics().height())
        taken = self._paint_amount(painter, line, base, entry)
        _paint_words(painter, line, font(Type.STRONG, base), "text", title_text(entry), taken=taken)
        caption = font(Type.CAPTION, base)
        line.moveTop(line.bottom() + 2)
        line.setHeight(QFontMetrics(caption).height())
        taken = _paint_state(painter, line, base, entry)
        _paint_words(painter, line, caption, "muted", meta_text(entry, self._formats), taken=taken)
        body = self._body(entry)
        top = line.bottom() + 2
        if body.strip():
            room = QRect(box.x(), top + Space.XS, box.width(), _text_height(body, base, box.width(), whole=is_current))
            painter.setFont(base)
            painter.setPen(colour("danger" if isinstance(entry, TradeEvent) and entry.is_due else "text"))
            painter.drawText(room, _WRAP, body if is_current else _short(body, base, box.width()))
            top = room.bottom() + 1
        if is_current and (hint := hint_text(entry)):
            line.moveTop(top + Space.XS)
            _paint_words(painter, line, caption, "faint", hint)

    def _paint_amount(self, painter: QPainter, line: QRect, base: QFont, entry: Entry) -> int:
        """How much of the line it takes."""
        amount = amount_text(entry, self._formats)
        if not amount:
            return 0
        painter.setFont(tabular(font(Type.STRONG, base)))
        painter.setPen(colour("text"))
        painter.drawText(line, _RIGHT_ALIGNED, amount)
        return painter.fontMetrics().horizontalAdvance(amount) + Space.M

    def _body(self, entry: Entry) -> str:
        return body_text(entry, self._formats)

    def _gap_words(self, gap: Gap, index: _Index) -> str:
        hint = hint_text(gap) if self._is_current(index) else ""
        return f"{gap_text(gap)} {hint}".strip()

    def _is_current(self, index: _Index) -> bool:
        return self._view.currentIndex().row() == index.row()


def _thread(painter: QPainter, rect: QRect, picture: str = "", role: str = "muted") -> None:
    """The line that holds the rows together, and what sort of thing this one is."""
    middle = rect.x() + Space.L + 14
    painter.setPen(QPen(colour("border"), 1))
    painter.drawLine(middle, rect.top(), middle, rect.bottom())
    if not picture:
        return
    painter.setBrush(colour("neutral_soft"))
    painter.setPen(QPen(colour("surface"), 3))
    painter.drawEllipse(QRect(middle - 14, rect.y() + Space.S - 2, 28, 28))
    painter.drawPixmap(middle - 7, rect.y() + Space.S + 5, pixmap(picture, role, 14))


def _paint_words(painter: QPainter, line: QRect, face: QFont, ink: str, words: str, *, taken: int = 0) -> None:
    """Words in one line, cut so that what is at its right has room."""
    painter.setFont(face)
    painter.setPen(colour(ink))
    room = QRect(line.x(), line.y(), line.width() - taken, line.height())
    shown = painter.fontMetrics().elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT_ALIGNED, shown)


def _paint_state(painter: QPainter, line: QRect, base: QFont, entry: Entry) -> int:
    """The ERP's words for where it is, as a badge at the right; how much of the line it takes."""
    if not isinstance(entry, TradeEvent) or not entry.state.label:
        return 0
    ink, ground = colours().tone(TONE_OF[entry.state.phase])
    painter.setFont(font(Type.SECTION, base))
    metrics = painter.fontMetrics()
    label = metrics.elidedText(entry.state.label, Qt.TextElideMode.ElideRight, line.width() // 2)
    width = metrics.horizontalAdvance(label) + 14
    badge = QRect(
        line.right() + 1 - width, line.center().y() - (metrics.height() + 2) // 2, width, metrics.height() + 2
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(badge, 6, 6)
    painter.setPen(QColor(ink))
    painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), label)
    return width + Space.M


def _text_height(text: str, base: QFont, width: int, *, whole: bool) -> int:
    metrics = QFontMetrics(base)
    if not whole:
        # Measured on its beginning: a long text is not laid out to show two lines of it.
        need = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text[:400]).height()
        return min(need, _LINES * metrics.lineSpacing())
    return metrics.boundingRect(QRect(0, 0, width, 1_000_000), _WRAP, text).height()


def _short(text: str, base: QFont, width: int) -> str:
    """The text cut so that its end is seen to be missing."""
    metrics = QFontMetrics(base)
    shown = " ".join(text[:600].split())
    if metrics.horizontalAdvance(shown) <= width:
        return shown
    return metrics.elidedText(shown, Qt.TextElideMode.ElideRight, round(width * (_LINES - 0.12)))
