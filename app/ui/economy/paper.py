"""Panels on pages of paper: pictures two in a row, tables over the whole width, and no picture in two."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QLocale, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from app.domain.economy import PanelData, PanelKind
from app.ui.economy.drawing import FontMeasure
from app.ui.economy.paper_parts import PaperParts, Piece
from app.ui.economy.texts import PanelTexts
from app.ui.formats import Formats
from app.ui.theme.tokens import LIGHT

translate = QCoreApplication.translate

_DPI, _UNIT = 1200, 96  # the paper's dots, and ours, to an inch: those of the screen, so that pictures are alike
_MARGIN = 15.0  # mm
_GUTTER, _BETWEEN = 28.0, 24.0
_FOOT = 26.0
_LEAST_ROWS = 4
"""Rows of a table that are worth beginning at the foot of a page."""
_ROWS_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed.

    Attributes:
        title: ``Economy``.
        about: Whose it is: ``10023 Nordlys Belysning ApS``.
        made_at: When it was printed, aware.
        panels: In the order in which they come, with the ages of their sources.
    """

    title: str
    about: str
    made_at: datetime
    panels: tuple[PanelData, ...]


class PaperWriter:
    """Writes a sheet as PDF, at most a panel in each step of `write`.

    Attributes:
        content: The PDF, when `write` has come to its end.
        done: The panels that are drawn or measured.
    """

    def __init__(self, sheet: Sheet, formats: Formats) -> None:
        self.content = b""
        self.done = 0
        self._sheet = sheet
        self._texts = PanelTexts(formats)
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._device = _device(sheet, formats, self._buffer)
        self._width = self._device.width() * _UNIT / _DPI
        self._height = self._device.height() * _UNIT / _DPI - _FOOT
        self._painter = QPainter()
        self._parts = PaperParts(self._painter, self._texts)
        self._page = 1
        self._y = 0.0

    def write(self) -> Generator[None, None, None]:
        """Draw the sheet in steps of some milliseconds. Closed before its end, nothing is left of it."""
        painter = self._painter
        painter.begin(self._device)
        try:
            yield
            painter.scale(_DPI / _UNIT, _DPI / _UNIT)
            self._put(self._head())
            waiting: list[Piece] = []
            for number, data in enumerate(self._sheet.panels):
                self.done = number
                yield
                if data.panel.kind is PanelKind.TABLE and data.rows:
                    yield from self._put_beside(waiting)
                    yield from self._put_table(data)
                    continue
                waiting.append(self._parts.panel(data, self._half))
                if len(waiting) == 2:
                    yield from self._put_beside(waiting)
            yield from self._put_beside(waiting)
            self._foot()
            yield
        finally:
            painter.end()
        self._buffer.close()
        self.content = bytes(self._buffer.data().data())

    @property
    def _half(self) -> float:
        return (self._width - _GUTTER) / 2

    def _put(self, piece: Piece, *, x: float = 0.0) -> None:
        """Draw ``piece`` here and go under it."""
        self._painter.save()
        self._painter.translate(x, self._y)
        piece.draw()
        self._painter.restore()
        self._y += piece.height

    def _put_beside(self, pieces: list[Piece]) -> Iterator[None]:
        """Put one or two pieces side by side, on the next page where they do not fit on this one; none are left."""
        height = max((piece.height for piece in pieces), default=0.0)
        if height > self._height - self._y and self._y > 0:
            self._turn()
        # Higher than a page: smaller rather than in two.
        factor = min(1.0, (self._height - self._y) / height) if height else 1.0
        for number, piece in enumerate(pieces):
            yield
            self._painter.save()
            self._painter.translate(number * (self._half + _GUTTER), self._y)
            self._painter.scale(factor, factor)
            piece.draw()
            self._painter.restore()
        if pieces:
            self._y += height * factor + _BETWEEN
        pieces.clear()

    def _put_table(self, data: PanelData) -> Iterator[None]:
        """A table goes on over the page, under its headings again."""
        head, rows = self._parts.table(data, self._width)
        title = self._parts.heading(data, self._width)
        age = self._parts.age(data, self._width)
        least = title.height + head.height + sum(row.height for row in rows[:_LEAST_ROWS]) + age.height
        if least > self._height - self._y:
            self._turn()
        self._put(title)
        self._put(head)
        for number, row in enumerate(rows):
            if number % _ROWS_AT_ONCE == 0:
                yield
            # The last row has the age with it.
            needed = row.height + (age.height if number == len(rows) - 1 else 0)
            if needed > self._height - self._y:
                self._turn()
                words = translate("Paper", "{title} (continued)").format(title=data.panel.title)
                self._put(self._parts.words(words, self._parts.strong, LIGHT.text, self._width))
                self._put(head)
            self._put(row)
        self._put(age)
        self._y += _BETWEEN

    def _turn(self) -> None:
        self._foot()
        self._device.newPage()
        self._page += 1
        self._y = 0.0

    def _head(self) -> Piece:
        parts, width = self._parts, self._width
        printed = translate("Paper", "Printed {time}").format(time=self._when())
        said = [parts.words(self._sheet.title, parts.large, LIGHT.text, width)]
        if self._sheet.about:
            said.append(parts.words(self._sheet.about, parts.strong, LIGHT.text, width))
        said.append(parts.words(printed, parts.small, LIGHT.muted, width))
        return parts.pile([*said, Piece(8, lambda: None), parts.line(width), Piece(12, lambda: None)])

    def _foot(self) -> None:
        parts, self._y = self._parts, self._height + 6
        self._put(parts.line(self._width))
        page = translate("Paper", "Page {page}").format(page=self._page)
        measure = FontMeasure(parts.small)
        whose = " · ".join(part for part in (self._sheet.title, self._sheet.about, self._when()) if part)
        whose = measure.elided(whose, self._width - measure.width(page) - 12)
        at = self._y
        self._put(parts.words(whose, parts.small, LIGHT.muted, self._width))
        self._y = at
        self._put(parts.words(page, parts.small, LIGHT.muted, self._width, right=True))

    def _when(self) -> str:
        made_at, formats = self._sheet.made_at.astimezone(), self._texts.formats
        return f"{formats.day(made_at.date())} {formats.clock(made_at)}"


def _device(sheet: Sheet, formats: Formats, buffer: QBuffer) -> QPdfWriter:
    device = QPdfWriter(buffer)
    device.setTitle(f"{sheet.title} – {sheet.about}" if sheet.about else sheet.title)
    device.setCreator("Samspil")
    device.setResolution(_DPI)
    is_letter = formats.locale.measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if is_letter else QPageSize.PageSizeId.A4)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    portrait, millimeter = QPageLayout.Orientation.Portrait, QPageLayout.Unit.Millimeter
    device.setPageLayout(QPageLayout(size, portrait, margins, millimeter))
    return device
