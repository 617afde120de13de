"""Painting a plan: on the screen in the theme's colours, on paper in those of the light one."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from app.ui.economy.plan import Bar, Ink, Place, Plan, Words
from app.ui.theme import Colours

_PLACES = {
    Place.LEFT: Qt.AlignmentFlag.AlignLeft,
    Place.MIDDLE: Qt.AlignmentFlag.AlignHCenter,
    Place.RIGHT: Qt.AlignmentFlag.AlignRight,
}
_PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.DiagCrossPattern)
"""More series than colours: the same colours again, hatched."""
_ROUND = 2.0
_PADDING = 7.0
_THIN = 4.0
_ALWAYS = 2
_WIDEST, _ENDLESS = 320.0, 10_000.0


class FontMeasure:
    """The room that text takes in a font. Implements `app.ui.economy.plan.Measure`."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetricsF(font)

    @property
    def height(self) -> float:
        """See `Measure`."""
        return self._metrics.height()

    def width(self, text: str) -> float:
        """See `Measure`."""
        return self._metrics.horizontalAdvance(text)

    def elided(self, text: str, room: float) -> str:
        """What of ``text`` fits."""
        # A pixel more: what was measured to fit does.
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room + 1)


class Brush:
    """Paints plans with one painter.

    Args:
        font: Of every text in the picture.
    """

    def __init__(self, painter: QPainter, inks: Colours, font: QFont) -> None:
        self._painter, self._inks = painter, inks
        self._measure = FontMeasure(font)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def draw(self, plan: Plan, current: int | None = None) -> None:
        """Paint ``plan`` at the painter's origin; the bar ``current`` stands out."""
        painter, inks = self._painter, self._inks
        if current is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(inks.hover))
            painter.drawRoundedRect(plan.bars[current].field, 3, 3)
        for rule in plan.rules:
            painter.setPen(QPen(QColor(inks.strong_border if rule.ink is Ink.STRONG else inks.border), 1))
            line = rule.rect.translated(0.5, 0.5)
            painter.drawLine(line.topLeft(), line.bottomRight())
        for bar in plan.bars:
            self._bar(bar, plan)
        if current is not None:
            self._frame(plan.bars[current])
        for square, tint in plan.swatches:
            painter.setPen(Qt.PenStyle.NoPen)
            self._fill(square, tint, is_ageing=False)
        for words in plan.words:
            self.write(words)

    def _fill(self, rect: QRectF, tint: int, *, is_ageing: bool, round_by: float = _ROUND) -> None:
        """Fill with the colour of a series, or of an age; the painter's pen goes around it."""
        colours = self._inks.ageing if is_ageing else self._inks.series
        if is_ageing:
            tint = min(tint, len(colours) - 1)
        ink = QColor(colours[tint % len(colours)])
        pattern = _PATTERNS[tint // len(colours) % len(_PATTERNS)]
        ground = QColor(ink)
        ground.setAlphaF(1.0 if pattern is _PATTERNS[0] else 0.35)
        for brush in (QBrush(ground), QBrush(ink, pattern))[: 1 if pattern is _PATTERNS[0] else 2]:
            self._painter.setBrush(brush)
            self._painter.drawRoundedRect(rect, round_by, round_by)

    def write(self, words: Words) -> None:
        """Write a text into its rectangle."""
        self._painter.setPen(QColor(self._inks.text if words.ink is Ink.STRONG else self._inks.muted))
        text = self._measure.elided(words.text, words.rect.width())
        flags = _PLACES[words.place] | Qt.AlignmentFlag.AlignVCenter
        # The pixel of `elided`.
        rect = words.rect.adjusted(-1 if words.place is Place.RIGHT else 0, 0, 1, 0)
        self._painter.drawText(rect, int(flags) | Qt.TextFlag.TextSingleLine, text)

    def callout(self, text: str, by: Bar, size: QRectF) -> None:
        """Say ``text``, the name and the figure in its first two lines, beside a bar and within ``size``."""
        painter, inks = self._painter, self._inks
        flags = int(Qt.AlignmentFlag.AlignLeft) | Qt.TextFlag.TextWordWrap
        most = QRectF(0, 0, min(size.width() - 2 * _PADDING - 2, _WIDEST), _ENDLESS)
        metrics, lines = QFontMetricsF(painter.font()), text.split("\n")
        # What there is no room for stands in the table; the name and the figure are always said.
        while len(lines) > _ALWAYS and metrics.boundingRect(most, flags, text).height() + _PADDING > size.height():
            lines.pop()
            text = "\n".join(lines)
        room = metrics.boundingRect(most, flags, text)
        box = QRectF(0, 0, room.width() + 2 * _PADDING + 1, room.height() + _PADDING)
        target = by.rect if not by.rect.isEmpty() else by.field
        # Above the bar; under it where there is no room.
        box.moveCenter(QPointF(target.center().x(), 0))
        box.moveBottom(target.top() - 5)
        if box.top() < size.top():
            box.moveTop(max(0.5, min(target.bottom() + 5, size.bottom() - box.height() - 1)))
        box.moveLeft(min(max(box.left(), 0.5), size.right() - box.width() - 0.5))
        painter.setPen(QPen(QColor(inks.strong_border), 1))
        painter.setBrush(QColor(inks.raised))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QColor(inks.text))
        inside = box.adjusted(_PADDING, _PADDING / 2, -_PADDING + 1, 0)
        painter.drawText(inside, flags, text)

    def _bar(self, bar: Bar, plan: Plan) -> None:
        if bar.rect.isEmpty():
            return
        # A hairline of the ground parts the pieces of a bar; one that is thinner would be gone.
        is_thin = min(bar.rect.width(), bar.rect.height()) < _THIN
        self._painter.setPen(Qt.PenStyle.NoPen if is_thin else QPen(QColor(self._inks.surface), 1))
        self._fill(bar.rect, bar.tint, is_ageing=plan.is_ageing, round_by=0.0 if is_thin else _ROUND)

    def _frame(self, bar: Bar) -> None:
        painter = self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._inks.accent_text), 1.5))
        has_none = bar.rect.isEmpty()
        around = bar.field.adjusted(1, 1, -1, -1) if has_none else bar.rect.adjusted(-1.5, -1.5, 1.5, 1.5)
        painter.drawRoundedRect(around, 3, 3)
