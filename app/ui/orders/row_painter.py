"""Painting rows of the line grid: what a row needs is worked out once, and texts of one look are written together.

Qt's own way asks the model and the delegate some ten questions for each cell of each frame. In Python that took a
screen of lines 17 ms and more, longer than a frame, so that scrolling stuttered; so the grid paints its rows itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon

from app.ui.orders.cell_look import SPANNED, CellLook
from app.ui.orders.columns import NUMERIC, Column
from app.ui.theme import colour, colours, tabular

_MARGIN = 9
"""Pixels between a cell's edge and its text: the style sheet's padding of an item and the style's own of text."""
_CORNER = 8
"""Pixels along an edge that the mark of a remark takes."""
_MOST_LAID = 300
"""Rows that are kept as they were worked out: some screens of them."""

Looks = tuple[CellLook, ...]
Kind = tuple[bool, bool, bool, bool]
"""In figures of one width, italic, struck out, strong."""
Pen = tuple[Kind, str]
"""The kind of a text, and the token of its colour."""


class Stripe(NamedTuple):
    """A row as it is to be painted now.

    Attributes:
        top: Of the viewport, in pixels.
        looks: Of its cells, by column: the same object as long as none of them looks different.
        current: The column of the cell that the cursor is on; None where it is elsewhere or has no keyboard.
        hovered: The column of the cell under the pointer.
    """

    top: int
    looks: Looks
    is_selected: bool = False
    current: int | None = None
    hovered: int | None = None


class Place(NamedTuple):
    """Where a column that is seen stands, in pixels."""

    column: int
    left: int
    width: int


class _Laid(NamedTuple):
    """What is painted of a row, its own top being 0. ``looks`` is what it was worked out from."""

    looks: Looks
    texts: Sequence[tuple[Pen, int, int, str]]
    wrong: Sequence[Place]
    remarked: Sequence[Place]


class _Face:
    """A font, and what is asked of it for every text."""

    def __init__(self, base: QFont, kind: Kind) -> None:
        has_figures, is_italic, is_struck, is_strong = kind
        self.font = tabular(base) if has_figures else QFont(base)
        self.font.setItalic(is_italic)
        self.font.setStrikeOut(is_struck)
        if is_strong:
            self.font.setWeight(QFont.Weight.DemiBold)
        self.metrics = QFontMetrics(self.font)
        self.ascent, self.height = self.metrics.ascent(), self.metrics.height()


class RowPainter:
    """Paints rows of one grid, all of one height. It keeps up with the theme and the font by itself.

    Attributes:
        wanted: The width, in pixels, that a column of figures needs for the widest that had no room in it: half a
            figure would be another figure.
    """

    def __init__(self, height: int) -> None:
        self.wanted: dict[int, int] = {}
        self._height = height
        self._theme: object = None
        self._base = QFont()
        self._places: Sequence[Place] = ()
        self._inks: dict[str, QColor] = {}
        self._faces: dict[Kind, _Face] = {}
        self._laid: dict[int, _Laid] = {}

    def paint(self, painter: QPainter, base: QFont, places: Sequence[Place], stripes: Sequence[Stripe]) -> None:
        """These rows, in these columns from left to right; ``base`` is the grid's font."""
        self._keep_up(base, places)
        if not places:
            return
        left, right = places[0].left, places[-1].left + places[-1].width
        written: dict[Pen, list[tuple[int, int, str]]] = {}
        marks: list[tuple[int, int]] = []
        for top, looks, is_selected, _, hovered in stripes:
            laid = self._lay(looks)
            if is_selected:
                painter.fillRect(left, top, right - left, self._height, self._ink("selected"))
            elif hovered is not None:
                self._fill(painter, top, [place for place in places if place.column == hovered], "hover")
            if laid.wrong:
                self._fill(painter, top, laid.wrong, "wrong")
            for pen, x, y, text in laid.texts:
                written.setdefault(pen, []).append((x, top + y, text))
            marks += [(place.left + place.width, top) for place in laid.remarked]
        for (kind, ink), texts in written.items():
            painter.setFont(self._face(kind).font)
            painter.setPen(self._ink(ink))
            for x, y, text in texts:
                painter.drawText(x, y, text)
        if marks:
            self._mark(painter, marks)
        self._ring(painter, places, stripes)

    def _fill(self, painter: QPainter, top: int, places: Sequence[Place], ink: str) -> None:
        for place in places:
            painter.fillRect(place.left, top, place.width, self._height, self._ink(ink))

    def _mark(self, painter: QPainter, corners: Sequence[tuple[int, int]]) -> None:
        """A small corner, as a spreadsheet marks a cell that has a note."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink("warning"))
        for right, top in corners:
            painter.drawPolygon(
                QPolygon([QPoint(right - _CORNER, top), QPoint(right, top), QPoint(right, top + _CORNER)])
            )
        painter.restore()

    def _ring(self, painter: QPainter, places: Sequence[Place], stripes: Sequence[Stripe]) -> None:
        """Around the cell that the cursor is on."""
        for stripe in stripes:
            for place in places:
                if place.column == stripe.current:
                    painter.setPen(QPen(self._ink("accent"), 2))
                    painter.drawRect(place.left + 1, stripe.top + 1, place.width - 2, self._height - 2)

    def _lay(self, looks: Looks) -> _Laid:
        found = self._laid.get(id(looks))
        if found is None or found.looks is not looks:
            if len(self._laid) >= _MOST_LAID:
                self._laid.clear()
            found = self._laid[id(looks)] = self._work_out(looks)
        return found

    def _work_out(self, looks: Looks) -> _Laid:
        texts: list[tuple[Pen, int, int, str]] = []
        spans = False
        for place in self._places:
            look = looks[place.column]
            if look.spans and not spans:
                spans = True
                texts.append(self._text(look, self._across()))
            elif look.text and not look.spans:
                texts.append(self._text(look, place))
        wrong = [place for place in self._places if looks[place.column].is_wrong]
        remarked = [place for place in self._places if looks[place.column].has_remark]
        return _Laid(looks, texts, wrong, remarked)

    def _across(self) -> Place:
        """The cells of a row across which a line of text goes, as one."""
        seen = [place for place in self._places if place.column in SPANNED]
        return Place(Column.DESCRIPTION, seen[0].left, seen[-1].left + seen[-1].width - seen[0].left)

    def _text(self, look: CellLook, place: Place) -> tuple[Pen, int, int, str]:
        column, left, width = place
        kind = (column in NUMERIC, look.is_manual, look.is_removed, look.is_strong)
        face = self._face(kind)
        text, length = look.text, face.metrics.horizontalAdvance(look.text)
        room = width - 2 * _MARGIN if column else width
        if length > room:
            if column in NUMERIC and not look.is_wrong:
                self.wanted[column] = max(length + 2 * _MARGIN, self.wanted.get(column, 0))
            text = face.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            length = face.metrics.horizontalAdvance(text)
        if column == Column.STATE:
            left += (width - length) // 2
        elif column in NUMERIC:
            left += width - _MARGIN - length
        else:
            left += _MARGIN
        return (kind, look.ink), left, (self._height - face.height) // 2 + face.ascent, text

    def _face(self, kind: Kind) -> _Face:
        found = self._faces.get(kind)
        if found is None:
            found = self._faces[kind] = _Face(self._base, kind)
        return found

    def _ink(self, name: str) -> QColor:
        found = self._inks.get(name)
        if found is None:
            found = colour("danger" if name == "wrong" else name)
            if name == "wrong":
                found.setAlpha(28)
            self._inks[name] = found
        return found

    def _keep_up(self, base: QFont, places: Sequence[Place]) -> None:
        if self._theme is not colours():
            self._theme = colours()
            self._inks.clear()
        if base != self._base:
            self._base = QFont(base)
            self._faces.clear()
            self._laid.clear()
        if places != self._places:
            self._places = places
            self._laid.clear()
