"""Where everything of a picture stands, before anything is painted: the same for the screen and for paper."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QRectF, QSizeF

from app.domain.economy import ColumnType, PanelKind
from app.ui.economy.picture import Mark, Picture
from app.ui.economy.scale import Scale, scale_for
from app.ui.economy.texts import PanelTexts

_GAP = 6.0
_PLOT = 150.0
"""The height in which bars stand."""
_SWATCH = 9.0
_WIDEST_BAR = 44.0
_NARROW = 420.0
_STEPS = (1, 2, 3, 4, 6, 12)
"""How many months on the next one is named."""
_LEAST_SEEN = 1.5
"""Pixels of a bar that is not zero."""


class Measure(Protocol):
    """How much room text takes."""

    @property
    def height(self) -> float:
        """Of a line."""

    def width(self, text: str) -> float:
        """Of the text in one line."""


class Place(Enum):
    """Where in its rectangle a text stands."""

    LEFT = auto()
    MIDDLE = auto()
    RIGHT = auto()


class Ink(Enum):
    """How strong a text or line is."""

    QUIET = auto()
    STRONG = auto()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar.

    Attributes:
        rect: What is painted; empty where the value is zero or is not there.
        field: Where the pointer finds it.
        tint: The place of its colour, of its series or of its age.
    """

    mark: Mark
    rect: QRectF
    field: QRectF
    tint: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text in its rectangle; where it does not fit it ends in …"""

    text: str
    rect: QRectF
    place: Place = Place.LEFT
    ink: Ink = Ink.QUIET


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the grid; strong where it is zero."""

    rect: QRectF
    ink: Ink = Ink.QUIET


@dataclass(slots=True)
class Plan:
    """A picture of one size.

    Attributes:
        swatches: The squares of the legend, with the place of their colour.
        is_ageing: The colours are those of age.
    """

    size: QSizeF
    bars: list[Bar] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    swatches: list[tuple[QRectF, int]] = field(default_factory=list)
    is_ageing: bool = False

    def bar_at(self, x: float, y: float) -> int | None:
        """The bar at this point, or the one whose field it is in; None beside them."""
        at = [number for number, bar in enumerate(self.bars) if bar.field.contains(x, y)]
        exact = [number for number in at if self.bars[number].rect.adjusted(-1, -1, 1, 1).contains(x, y)]
        return next(iter(exact or at), None)


def plan_of(picture: Picture, width: float, texts: PanelTexts, measure: Measure) -> Plan:
    """Lay ``picture`` out in this width; the plan says how high it is."""
    return _layout(picture, width, texts, measure).arranged()


def height_of(picture: Picture, width: float, texts: PanelTexts, measure: Measure) -> float:
    """How high its plan is, which takes a small part of the time."""
    return _layout(picture, width, texts, measure).height


def _layout(picture: Picture, width: float, texts: PanelTexts, measure: Measure) -> "_Layout":
    layout = _Standing if picture.is_upright else _Lying
    return layout(picture, width, texts, measure)


class _Layout:
    """Lays a picture out from the top.

    Attributes:
        top: Where what is below the legend begins.
        height: Where the picture ends.
    """

    def __init__(self, picture: Picture, width: float, texts: PanelTexts, measure: Measure) -> None:
        self.picture, self.width = picture, width
        self.texts, self.measure = texts, measure
        self.line = measure.height
        self.plan = Plan(QSizeF(width, 0), is_ageing=picture.kind is PanelKind.AGEING)
        self.top = self._legend() if picture.is_stacked else 0.0
        self.height = self.top + self._below_legend()

    def arranged(self) -> Plan:
        """Everything in its place."""
        picture = self.picture
        self.plan.size = QSizeF(self.width, self.height)
        self.ends = {(mark.category, mark.series): (begin, end) for mark, begin, end in picture.stacks()}
        reach = [end for _, end in self.ends.values()] or [Decimal(0)]
        whole = picture.value_type is ColumnType.COUNT
        self.scale: Scale = scale_for(min(reach), max(reach), self.most_steps(), whole=whole)
        self._arrange()
        return self.plan

    def most_steps(self) -> int:
        """Of the axis."""
        raise NotImplementedError

    def _below_legend(self) -> float:
        raise NotImplementedError

    def _arrange(self) -> None:
        raise NotImplementedError

    def _rect(self, mark: Mark, begin: Decimal, end: Decimal) -> QRectF:
        raise NotImplementedError

    def _field(self, mark: Mark) -> QRectF:
        raise NotImplementedError

    def _write(self, text: str, rect: QRectF, place: Place = Place.LEFT, ink: Ink = Ink.QUIET) -> None:
        self.plan.words.append(Words(text, rect, place, ink))

    def _legend(self) -> float:
        x = y = 0.0
        line = self.line + 3
        for number in range(len(self.picture.series)):
            text = self.texts.series(self.picture, number)
            if not text:
                continue
            room = min(self.measure.width(text) + 1, self.width - _SWATCH - _GAP)
            if x and x + _SWATCH + 5 + room > self.width:
                x, y = 0.0, y + line
            self.plan.swatches.append((QRectF(x, y + (line - _SWATCH) / 2, _SWATCH, _SWATCH), number))
            self._write(text, QRectF(x + _SWATCH + 5, y, room, line))
            x += _SWATCH + 5 + room + 2 * _GAP
        return y + line + _GAP if self.plan.swatches else 0.0

    def _bars(self) -> None:
        for mark in self.picture.marks:
            found = self.ends.get((mark.category, mark.series))
            rect = self._rect(mark, *found) if found is not None and mark.value else QRectF()
            tint = mark.category if self.plan.is_ageing else mark.series
            self.plan.bars.append(Bar(mark, rect, self._field(mark), tint))

    def _unit(self) -> str:
        return self.texts.axis(self.picture, self.scale.exponent)

    def _within(self, middle: float, room: float) -> float:
        """Where a text of this width begins so that it stands on ``middle`` and is seen whole."""
        return max(0.0, min(middle - room / 2, self.width - room))


class _Standing(_Layout):
    """Bars over time, from left to right."""

    def most_steps(self) -> int:
        return 4

    def _below_legend(self) -> float:
        return _PLOT + 4 * self.line + 3  # the unit is above the bars, and two lines of names are below them

    def _arrange(self) -> None:
        line = self.line
        ticks = [self.texts.tick(tick, self.scale.exponent) for tick in self.scale.ticks]
        self._left = min(max(map(self.measure.width, ticks)), self.width * 0.4) + _GAP
        self._write(self._unit(), QRectF(0, self.top, self.width, line))
        self.top += 1.5 * line + 2
        for tick, text in zip(self.scale.ticks, ticks, strict=True):
            y = round(self._y(tick))
            self._write(text, QRectF(0, y - line / 2, self._left - _GAP, line), Place.RIGHT)
            ink = Ink.QUIET if tick else Ink.STRONG
            self.plan.rules.append(Rule(QRectF(self._left, y, self.width - self._left, 0), ink))
        self._slot = (self.width - self._left) / len(self.picture.categories)
        self._bars()
        self._name_times(self.top + _PLOT + line / 2)

    def _y(self, value: Decimal) -> float:
        return self.top + _PLOT * (1 - self.scale.share(value))

    def _rect(self, mark: Mark, begin: Decimal, end: Decimal) -> QRectF:
        high, low = sorted((self._y(begin), self._y(end)))
        if low - high < _LEAST_SEEN:
            high, low = (high, high + _LEAST_SEEN) if end < begin else (low - _LEAST_SEEN, low)
        thick = max(1.0, min(_WIDEST_BAR, self._slot * 0.72))
        return QRectF(self._left + self._slot * (mark.category + 0.5) - thick / 2, high, thick, low - high)

    def _field(self, mark: Mark) -> QRectF:
        return QRectF(self._left + self._slot * mark.category, self.top, self._slot, _PLOT)

    def _name_times(self, top: float) -> None:
        """Names under the bars, as many as there is room for, and under them the year where it begins."""
        is_month = self.picture.category_type is ColumnType.MONTH
        days = [cell if isinstance(cell, date) else None for cell in self.picture.categories]
        names = ["" if day is None else self.texts.short_time(day, is_month=is_month) for day in days]
        room = max(map(self.measure.width, names)) + 4
        needed = int(room // self._slot) + 1
        step = next((step for step in _STEPS if step >= needed), needed)
        # Among the months that are named is January.
        newyear = next((n for n, day in enumerate(days) if day is not None and day.month == 1), 0)
        name_end, years = -1.0, dict[int, QRectF]()
        for number, (day, name) in enumerate(zip(days, names, strict=True)):
            if day is None or number % step != (newyear % step if is_month else 0):
                continue
            middle = self._left + self._slot * (number + 0.5)
            at = self._within(middle, room)
            if at < name_end:
                continue
            self._write(name, QRectF(at, top, room, self.line), Place.MIDDLE)
            name_end = at + room
            if day.year not in years:
                wide = self.measure.width(str(day.year)) + 4
                years[day.year] = QRectF(self._within(middle, wide), top + self.line, wide, self.line)
        # Where two do not fit the earlier one goes: the later one says that it is another year.
        right = self.width + 1
        for year, rect in reversed(years.items()):
            if rect.right() <= right:
                self._write(str(year), rect, Place.MIDDLE)
                right = rect.left()


class _Lying(_Layout):
    """Bars of named things, from top to bottom; a bar that is not made of parts has its figure at its right."""

    def most_steps(self) -> int:
        return 3 if self.width < _NARROW else 5

    def _below_legend(self) -> float:
        return self._bars_height() + (2 * self.line + _GAP if self.picture.is_stacked else 0)

    def _bars_height(self) -> float:
        # A bar alone has room for what is said of it.
        return max(self._row * len(self.picture.categories), 2 * self.line + 12)

    @property
    def _row(self) -> float:
        return max(self.line + 8, 22.0)

    def _arrange(self) -> None:
        picture, width = self.picture, self.width
        names = [self.texts.category(picture, number) for number in range(len(picture.categories))]
        self._left = min(max(map(self.measure.width, names)) + 1, width * 0.36) + _GAP
        said: dict[int, str] = {}
        if not picture.is_stacked:
            said = {mark.category: self.texts.value(picture, mark) for mark in picture.marks}
        right = min(max(map(self.measure.width, said.values()), default=0.0) + 1, width * 0.45) if said else 0.0
        self._room = max(8.0, width - self._left - (right + _GAP if said else 0.0))
        height = self._bars_height()
        if picture.is_stacked:
            self._tick(height)
        self.plan.rules.append(Rule(QRectF(round(self._x(Decimal(0))), self.top, 0, height), Ink.STRONG))
        self._bars()
        for number, name in enumerate(names):
            y = self.top + self._row * number
            self._write(name, QRectF(0, y, self._left - _GAP, self._row), ink=Ink.STRONG)
            if number in said:
                self._write(said[number], QRectF(width - right, y, right, self._row), Place.RIGHT, Ink.STRONG)

    def _x(self, value: Decimal) -> float:
        return self._left + self._room * self.scale.share(value)

    def _rect(self, mark: Mark, begin: Decimal, end: Decimal) -> QRectF:
        left, right = sorted((self._x(begin), self._x(end)))
        if right - left < _LEAST_SEEN:
            left, right = (right - _LEAST_SEEN, right) if end < begin else (left, left + _LEAST_SEEN)
        return QRectF(left, self.top + self._row * mark.category + 4, right - left, self._row - 8)

    def _field(self, mark: Mark) -> QRectF:
        return QRectF(0, self.top + self._row * mark.category, self.width, self._row)

    def _tick(self, height: float) -> None:
        """The axis below."""
        below, taken = self.top + height + 2, -1.0
        for tick in self.scale.ticks:
            x = round(self._x(tick))
            text = self.texts.tick(tick, self.scale.exponent)
            room = self.measure.width(text) + 2
            begin = self._within(x, room)
            self.plan.rules.append(Rule(QRectF(x, self.top, 0, height)))
            if begin > taken:
                self._write(text, QRectF(begin, below, room, self.line), Place.MIDDLE)
                taken = begin + room + _GAP
        self._write(self._unit(), QRectF(self._left, below + self.line, self._room, self.line), Place.RIGHT)
