"""What a panel's picture is made of: its rows as marks, for one currency at a time."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.economy import Cell, Column, ColumnRole, ColumnType, PanelData, PanelKind
from app.domain.money import Money

_IN_TIME = frozenset({ColumnType.MONTH, ColumnType.DAY})


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar, or a part of one.

    Attributes:
        category, series: Their places in the picture's.
        row: The row of the panel's table that it shows.
        value: None where the reporting system has no figure.
        details: What else is in the row, with its column.
    """

    category: int
    series: int
    row: int
    value: Decimal | None
    details: tuple[tuple[Column, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A panel's rows in one currency.

    Attributes:
        marks: By category, then by series.
        series: Their names, as the reporting system gives them; one without a name where there are no series.
        currency: Empty where the values are no money.
    """

    kind: PanelKind
    categories: tuple[Cell, ...]
    category_type: ColumnType
    series: tuple[Cell, ...]
    series_type: ColumnType
    marks: tuple[Mark, ...]
    value_type: ColumnType
    value_label: str
    currency: str

    @property
    def is_upright(self) -> bool:
        """Bars over time stand; others lie, so that their names can be read."""
        return self.category_type in _IN_TIME

    @property
    def is_stacked(self) -> bool:
        """Bars are made of series."""
        return len(self.series) > 1 or self.kind is PanelKind.STACKED

    def stacks(self) -> list[tuple[Mark, Decimal, Decimal]]:
        """Each mark that has a value, with where its bar begins and ends: negative parts lie below zero."""
        above: dict[int, Decimal] = {}
        below: dict[int, Decimal] = {}
        found = []
        for mark in self.marks:
            if mark.value is None:
                continue
            side = below if mark.value < 0 else above
            start = side.get(mark.category, Decimal(0))
            side[mark.category] = start + mark.value
            found.append((mark, start, start + mark.value))
        return found


def currencies(data: PanelData) -> tuple[str, ...]:
    """The currencies of the panel's values in the order in which they come; none where they are no money."""
    at = data.column(ColumnRole.VALUE)
    if at is None:
        return ()
    return tuple(dict.fromkeys(cell.currency for row in data.rows if isinstance(cell := row[at], Money)))


def picture_of(data: PanelData, currency: str = "") -> Picture | None:
    """The picture of the rows in ``currency``; None where the panel has no category or value, or no row in it."""
    value_at, category_at = data.column(ColumnRole.VALUE), data.column(ColumnRole.CATEGORY)
    if value_at is None or category_at is None:
        return None
    series_at = data.column(ColumnRole.SERIES)
    category_type = data.columns[category_at].type
    rows = [(n, row) for n, row in enumerate(data.rows) if _currency(row[value_at]) in (currency, None)]
    if not rows:
        return None
    # Time and age go on where one currency has nothing; of other things only those that are in this one are shown.
    has_gaps = category_type in _IN_TIME or data.panel.kind is PanelKind.AGEING
    categories = list(dict.fromkeys(row[category_at] for row in (data.rows if has_gaps else [row for _, row in rows])))
    if category_type in _IN_TIME and len(currencies(data)) > 1:
        categories.sort(key=lambda cell: cell if isinstance(cell, date) else date.min)
    names = (row[series_at] if series_at is not None else None for _, row in rows)
    series: list[Cell] = list(dict.fromkeys(names))
    places = {cell: place for place, cell in enumerate(categories)}
    marks: dict[tuple[int, int], Mark] = {}
    for number, row in rows:
        category = places[row[category_at]]
        which = series.index(row[series_at]) if series_at is not None else 0
        if (category, which) in marks:
            # The same name twice: two bars, for nothing is added up here.
            category = len(categories)
            categories.append(row[category_at])
        more = tuple(
            (column, cell) for column, cell in zip(data.columns, row, strict=True) if column.role is ColumnRole.DETAIL
        )
        marks[category, which] = Mark(category, which, number, _number(row[value_at]), more)
    return Picture(
        data.panel.kind,
        tuple(categories),
        category_type,
        tuple(series),
        data.columns[series_at].type if series_at is not None else ColumnType.TEXT,
        tuple(marks[key] for key in sorted(marks)),
        data.columns[value_at].type,
        data.columns[value_at].label,
        currency,
    )


def _currency(cell: Cell) -> str | None:
    """None: no figure, so it is in each of them."""
    return None if cell is None else cell.currency if isinstance(cell, Money) else ""


def _number(cell: Cell) -> Decimal | None:
    value = cell.amount if isinstance(cell, Money) else cell
    return value if isinstance(value, Decimal) and value.is_finite() else None
