"""The parts of a printed overview: each is measured first and then drawn whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen

from app.domain.economy import ColumnType, PanelData, PanelKind
from app.ui.economy.drawing import Brush, FontMeasure
from app.ui.economy.figure_view import figures_of
from app.ui.economy.picture import currencies, picture_of
from app.ui.economy.plan import Plan, plan_of
from app.ui.economy.texts import FIGURES, PanelTexts
from app.ui.theme import tabular
from app.ui.theme.tokens import LIGHT

_CELL = 8.0
"""Between the columns of a table."""
_NARROWEST = 60.0
_ENDLESS = 100_000.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is drawn whole at the painter's origin."""

    height: float
    draw: Callable[[], object]


def paper_font(pixels: int, *, bold: bool = False) -> QFont:
    """The application's font on paper, where a pixel is a 96th of an inch; its letters are not moved onto any grid."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return tabular(font)


class PaperParts:
    """Makes the parts, for one painter. Paper is white in every theme.

    Attributes:
        small, strong, large: The fonts of a page.
    """

    def __init__(self, painter: QPainter, texts: PanelTexts) -> None:
        self._painter, self._texts = painter, texts
        self.small, self.strong, self.large = paper_font(10), paper_font(12, bold=True), paper_font(20, bold=True)

    def words(self, text: str, font: QFont, ink: str, width: float, *, right: bool = False) -> Piece:
        """A text in as many lines as it needs."""
        flags = int(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        # A word that is wider than the column is broken; others are not.
        has_room = all(FontMeasure(font).width(word) <= width for word in text.split())
        flags |= Qt.TextFlag.TextWordWrap if has_room else Qt.TextFlag.TextWrapAnywhere
        height = QFontMetricsF(font).boundingRect(QRectF(0, 0, width, _ENDLESS), flags, text).height()

        def draw() -> None:
            self._painter.setFont(font)
            self._painter.setPen(QColor(ink))
            self._painter.drawText(QRectF(0, 0, width, height + 2), flags, text)

        return Piece(height, draw)

    def line(self, width: float) -> Piece:
        """A hairline with some room under it."""

        def draw() -> None:
            self._painter.setPen(QPen(QColor(LIGHT.strong_border), 0.5))
            self._painter.drawLine(QRectF(0, 0, width, 0).topLeft(), QRectF(0, 0, width, 0).topRight())

        return Piece(5, draw)

    def pile(self, pieces: list[Piece]) -> Piece:
        """The pieces, one under the other, as one."""

        def draw() -> None:
            self._painter.save()
            for piece in pieces:
                piece.draw()
                self._painter.translate(0, piece.height)
            self._painter.restore()

        return Piece(sum(piece.height for piece in pieces), draw)

    def heading(self, data: PanelData, width: float) -> Piece:
        """A panel's title and hint."""
        pieces = [self.words(data.panel.title, self.strong, LIGHT.text, width)]
        if data.panel.hint:
            pieces.append(self.words(data.panel.hint, self.small, LIGHT.muted, width))
        return self.pile([*pieces, _room(5)])

    def age(self, data: PanelData, width: float) -> Piece:
        """How old the panel's data are."""
        text = self._texts.age(data.sources)
        return self.pile([_room(3), self.words(text, self.small, LIGHT.faint, width)]) if text else _room(0)

    def panel(self, data: PanelData, width: float) -> Piece:
        """A panel that is not a table: its pictures in each currency, or that there are no figures."""
        inside = [*self._figures(data, width)] if data.panel.kind is PanelKind.FIGURE else self._pictures(data, width)
        if not data.rows or not inside:
            inside = [self.words(self._texts.nothing(data), self.small, LIGHT.muted, width)]
        return self.pile([self.heading(data, width), *inside, self.age(data, width)])

    def table(self, data: PanelData, width: float) -> tuple[Piece, list[Piece]]:
        """The headings of a table, and its rows."""
        cells = [[column.label for column in data.columns]]
        cells += [
            [self._texts.cell(cell, column.type) for cell, column in zip(row, data.columns, strict=True)]
            for row in data.rows
        ]
        bold = paper_font(10, bold=True)
        widths = self._widths(data, cells, bold, width)
        head = self.pile([self._row(cells[0], data, widths, bold, width), self.line(width)])
        return head, [self._row(row, data, widths, self.small, width) for row in cells[1:]]

    def _figures(self, data: PanelData, width: float) -> Iterator[Piece]:
        for figure in figures_of(data, self._texts):
            if figure.name:
                yield self.words(figure.name, self.small, LIGHT.muted, width)
            yield self.words(figure.value, self.large, LIGHT.text, width)
            for detail in figure.details:
                yield self.words(detail, self.small, LIGHT.muted, width)

    def _pictures(self, data: PanelData, width: float) -> list[Piece]:
        found = currencies(data) or ("",)
        pieces = []
        for currency in found:
            picture = picture_of(data, currency)
            if picture is None:
                continue
            if len(found) > 1:
                pieces.append(self.words(currency, self.strong, LIGHT.muted, width))
            plan = plan_of(picture, width, self._texts, FontMeasure(self.small))
            pieces.append(Piece(plan.size.height() + 4, partial(self._draw, plan)))
        return pieces

    def _draw(self, plan: Plan) -> None:
        Brush(self._painter, LIGHT, self.small).draw(plan)

    @staticmethod
    def _widths(data: PanelData, cells: list[list[str]], bold: QFont, width: float) -> list[float]:
        """Of the columns: what they need; where that is too much the texts give way, and then all of them."""
        measure = FontMeasure(bold)
        needed = [max(measure.width(row[n]) for row in cells) + 2 * _CELL for n in range(len(data.columns))]
        texts = [n for n, column in enumerate(data.columns) if column.type is ColumnType.TEXT]
        for n in sorted(texts, key=lambda n: -needed[n]):
            needed[n] = max(min(needed[n], _NARROWEST), needed[n] - max(0.0, sum(needed) - width))
        if sum(needed) > width:
            return [room * width / sum(needed) for room in needed]
        more = (width - sum(needed)) / len(needed)
        return [room + more for room in needed]

    def _row(self, row: list[str], data: PanelData, widths: list[float], font: QFont, width: float) -> Piece:
        measure = FontMeasure(font)
        height = measure.height + 5

        def draw() -> None:
            self._painter.setFont(font)
            self._painter.setPen(QColor(LIGHT.text))
            x = 0.0
            for text, column, room in zip(row, data.columns, widths, strict=True):
                side = Qt.AlignmentFlag.AlignRight if column.type in FIGURES else Qt.AlignmentFlag.AlignLeft
                # The table begins and ends where the page does.
                left = x + (_CELL if x else 0)
                inside = QRectF(left, 0, min(x + room, width) - left - (_CELL if x + room < width - 1 else 0), height)
                self._painter.drawText(
                    inside, int(side | Qt.AlignmentFlag.AlignVCenter), measure.elided(text, inside.width())
                )
                x += room

        return Piece(height, draw)


def _room(height: float) -> Piece:
    return Piece(height, lambda: None)
