"""Hours and expenses, straight from the systems that they are registered in."""

from collections.abc import Callable, Sequence
from itertools import chain

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from app.domain.economy import ExpenseTotals, HoursTotals, Period
from app.services.economy import Economy, Section
from app.ui.card.part_card import PartCard
from app.ui.formats import NBSP, Formats
from app.ui.theme import Space, Type
from app.ui.widgets import ElidedLabel, Hairline, MoreLink, clear_layout

translate = QCoreApplication.translate
_FEW = 6
_Row = tuple[str, ...]


class _TotalsCard(PartCard):
    """Some rows with figures at the right, and the system's own total under them."""

    def __init__(self, economy: Economy, section: Section, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(economy, section, formats, on_sign_in, note_below=True)
        self._economy = economy
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(0, 1)
        self._more = MoreLink(_FEW, self.refresh)
        column.addLayout(self._grid)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._drawn: object = None
        self._shape = (0, 0, 0)
        self._labels: list[ElidedLabel] = []

    def draw(self, heads: _Row, rows: Sequence[_Row], totals: Sequence[_Row]) -> bool:
        """Show them: the first cell is words, the others are figures. False where there is nothing to show."""
        if (heads, rows, totals, self._more.shows_all) != self._drawn:
            self._drawn = (heads, rows, totals, self._more.shows_all)
            shown = self._more.of(rows)
            shape = len(heads), len(shown), len(totals)
            if shape != self._shape:
                self._shape = shape
                self._lay_out(*shape)
            cells = enumerate(chain(heads, *shown, *totals))
            for label, (place, text) in zip(self._labels, cells, strict=True):
                label.setText(text)
                if place % len(heads):
                    label.setMinimumWidth(label.sizeHint().width())  # a figure is never cut
            self._more.tell(len(rows))
        return bool(rows)

    def _lay_out(self, columns: int, rows: int, totals: int) -> None:
        """Labels for so many of them, which are kept: making one takes longer than all that is shown in it."""
        clear_layout(self._grid)
        self._labels = []
        heading, body, total = ("faint", Type.CAPTION), ("", Type.BODY), ("", Type.STRONG)
        for row, (ink, step) in enumerate([heading, *[body] * rows, *[total] * totals]):
            is_below = row > rows
            if row == rows + 1:
                self._grid.addWidget(Hairline(), row, 0, 1, columns)
            for column in range(columns):
                label = ElidedLabel(step=step, ink=ink, figures=bool(column))
                if column:
                    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(label, row + is_below, column)
                self._labels.append(label)

    def refresh_age(self) -> None:
        """See `PartCard`. What was kept lately may be of other days than are asked for today."""
        super().refresh_age()
        value = self.card.part(self.name).value
        if value is not None and value.period != self._economy.period:
            self._note_below.setText(f"{days_text(value.period, self.formats)} · {self._note_below.text()}")

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = None


class HoursCard(_TotalsCard):
    """Hours by project, and what they cost where the time system tells this user."""

    def __init__(self, economy: Economy, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(economy, Section.HOURS, formats, on_sign_in)
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Totals", "Hours")

    def absent_text(self) -> str:
        """See `PartCard`."""
        if self.card.part(Section.HOURS).value is None:
            return translate("Totals", "No time system is connected.")
        return translate("Totals", "No hours in this period.")

    def show_value(self, value: HoursTotals) -> bool:
        """See `PartCard`."""
        has_cost = any(row.cost is not None for row in value.rows)
        hours, cost = translate("Totals", "Hours"), translate("Totals", "Cost")
        heads = (translate("Totals", "Project"), hours, *((cost,) if has_cost else ()))
        rows = tuple(
            (
                f"{row.number}{NBSP} {row.name}".strip() or translate("Totals", "No project"),
                self.formats.hours(row.hours),
                *((self.formats.money(row.cost) if row.cost is not None else "",) if has_cost else ()),
            )
            for row in value.rows
        )
        total = value.total
        blank = ("",) if has_cost else ()
        totals = (
            ()
            if total is None or len(rows) < 2
            else ((translate("Totals", "Total"), self.formats.hours(total), *blank),)
        )
        return self.draw(heads, rows, totals)


class ExpensesCard(_TotalsCard):
    """Travel expenses by kind and project."""

    def __init__(self, economy: Economy, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(economy, Section.EXPENSES, formats, on_sign_in)
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Totals", "Travel expenses")

    def absent_text(self) -> str:
        """See `PartCard`."""
        if self.card.part(Section.EXPENSES).value is None:
            return translate("Totals", "No expense system is connected.")
        return translate("Totals", "No travel expenses in this period.")

    def show_value(self, value: ExpenseTotals) -> bool:
        """See `PartCard`."""
        rows = tuple(
            (
                " · ".join(part for part in (row.number, row.kind) if part) or translate("Totals", "Other"),
                self.formats.money(row.amount),
            )
            for row in value.rows
        )
        totals = tuple((translate("Totals", "Total"), self.formats.money(total)) for total in value.totals)
        return self.draw(
            (translate("Totals", "Kind"), translate("Totals", "Amount")), rows, totals if len(rows) > 1 else ()
        )


def days_text(period: Period, formats: Formats) -> str:
    """The days of a period."""
    return f"{formats.day(period.first)}{NBSP}–{NBSP}{formats.day(period.last)}"
