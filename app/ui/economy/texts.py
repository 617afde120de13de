"""What stands in a panel's cells, on its axes and beside its bars, as this user writes it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.economy import Cell, ColumnType, PanelData, SourceAge, SubjectKind
from app.domain.money import Money
from app.domain.text import one_line
from app.ui.economy.picture import Mark, Picture
from app.ui.formats import NBSP, Formats

translate = QCoreApplication.translate

FIGURES = frozenset({ColumnType.MONEY, ColumnType.HOURS, ColumnType.COUNT, ColumnType.PERCENT})
"""Columns of numbers: they stand to the right."""
_SIGNS = 15
"""Signs of an axis number from which on it is written with a power of ten."""


class PanelTexts:
    """The words of a panel in the formats of the user."""

    def __init__(self, formats: Formats) -> None:
        self.formats = formats

    def cell(self, cell: Cell, kind: ColumnType) -> str:
        """The cell as it is read in the table; empty where there is no figure."""
        if cell is None:
            return ""
        if isinstance(cell, Money):
            return self.formats.money(cell)
        if isinstance(cell, date):
            return self.month(cell) if kind is ColumnType.MONTH else self.formats.day(cell)
        if isinstance(cell, Decimal):
            if not cell.is_finite():
                return ""
            said = self.formats.hours(cell) if kind is ColumnType.HOURS else self.formats.number(cell)
            return self._with_unit(said, kind)
        return one_line(cell)

    def month(self, value: date, *, with_year: bool = True) -> str:
        """The month by its name: ``Nov 2026``."""
        locale = self.formats.locale
        name = locale.standaloneMonthName(value.month, QLocale.FormatType.ShortFormat).rstrip(".")
        return f"{name} {value.year}" if with_year else name

    def category(self, picture: Picture, place: int) -> str:
        """The name of a category in words."""
        return self.cell(picture.categories[place], picture.category_type) or translate("Panel", "no name")

    def series(self, picture: Picture, place: int) -> str:
        """The name of a series; empty where the picture has none."""
        cell = picture.series[place]
        if cell is None:
            return translate("Panel", "no name") if picture.is_stacked and len(picture.series) > 1 else ""
        return self.cell(cell, picture.series_type) or translate("Panel", "no name")

    def value(self, picture: Picture, mark: Mark) -> str:
        """The figure of a mark, as the reporting system gives it."""
        if mark.value is None:
            return translate("Panel", "no figure")
        if picture.value_type is ColumnType.MONEY:
            return self.formats.money(Money(mark.value, picture.currency))
        return self.cell(mark.value, picture.value_type)

    def mark(self, picture: Picture, mark: Mark) -> str:
        """A mark in words: ``Nov 2026, Lamps: 1.234,00 kr.``"""
        names = [self.category(picture, mark.category), self.series(picture, mark.series)]
        said = f"{', '.join(name for name in names if name)}: {self.value(picture, mark)}"
        return "; ".join([said, *self.details(mark)])

    def details(self, mark: Mark) -> list[str]:
        """What else is known of it: ``Status: open``."""
        found = ((column.label, self.cell(cell, column.type)) for column, cell in mark.details)
        return [f"{label}: {text}" for label, text in found if text]

    def tick(self, value: Decimal, exponent: int) -> str:
        """A number of an axis, in units of ten to the power of ``exponent``."""
        number = value.scaleb(-exponent).normalize()
        text = self.formats.number(number) if abs(number.adjusted()) <= _SIGNS else ""
        if text and len(text) <= _SIGNS:
            return text
        return f"{self.formats.number(number.scaleb(-number.adjusted()))}E{number.adjusted()}"

    def axis(self, picture: Picture, exponent: int) -> str:
        """What the numbers of the axis are: ``DKK thousand``."""
        unit = {
            0: "",
            3: translate("Panel", "thousand"),
            6: translate("Panel", "million"),
            9: translate("Panel", "billion"),
        }.get(exponent, translate("Panel", "trillion"))
        what = {
            ColumnType.MONEY: picture.currency,
            ColumnType.HOURS: translate("Panel", "hours"),
            ColumnType.PERCENT: "%",
        }.get(picture.value_type, picture.value_label)
        return " ".join(part for part in (unit, what) if part)

    def short_time(self, value: date, *, is_month: bool) -> str:
        """A month or a day on an axis, without its year."""
        if is_month:
            return self.month(value, with_year=False)
        pattern = "M/d" if self.formats.month_first else "d/M"
        return self.formats.locale.toString(QDate(value.year, value.month, value.day), pattern)

    def age(self, sources: Sequence[SourceAge]) -> str:
        """Where the figures come from and how old the DATA are, a source a line."""
        lines = []
        for source in sources:
            name = one_line(source.name)
            if source.as_of is None:
                lines.append(translate("Panel", "{source}: it is not known how old the data are").format(source=name))
            else:
                when = self.formats.as_of(source.as_of)
                lines.append(translate("Panel", "{source}: data as of {time}").format(source=name, time=when))
        return "\n".join(lines)

    @staticmethod
    def nothing(data: PanelData) -> str:
        """What stands in the place of a picture that cannot be drawn."""
        if data.rows:
            return translate("Panel", "The reporting system gives no picture of it; its table has the figures.")
        if data.panel.on is SubjectKind.PROJECT:
            return translate("Panel", "No figures for this project")
        return translate("Panel", "No figures for this customer")

    def _with_unit(self, text: str, kind: ColumnType) -> str:
        if kind is ColumnType.HOURS:
            return translate("Panel", "{hours} h").format(hours=text).replace(" ", NBSP)
        return f"{text}{NBSP}%" if kind is ColumnType.PERCENT else text
