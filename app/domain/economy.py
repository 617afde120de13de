"""The economy of a customer or a project as the systems that own the figures tell it: nothing is added up here."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.domain.money import Money


class SubjectKind(StrEnum):
    """Whose economy it is; also the kind of card that a panel belongs on."""

    CUSTOMER = "customer"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer or a project, by the number that links the systems and nothing else."""

    kind: SubjectKind
    number: str


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period does not end before it begins: {self.first} to {self.last}")


# -- what the reporting system draws


class PanelKind(StrEnum):
    """How a panel is drawn. Behind each of them is a table."""

    FIGURE = "figure"  # one value, or one in each currency
    BARS = "bars"  # a bar for each category: months, projects, …
    STACKED = "stacked"  # a bar for each category, made of series
    AGEING = "ageing"  # what is open by how long it has been due, from not due to the oldest
    TABLE = "table"


class ColumnType(StrEnum):
    """What stands in a column's cells, and how a cell is written."""

    TEXT = "text"  # str
    MONTH = "month"  # date, its first day
    DAY = "day"  # date
    MONEY = "money"  # Money
    HOURS = "hours"  # Decimal
    COUNT = "count"  # Decimal
    PERCENT = "percent"  # Decimal, 12.5 for 12.5 %


class ColumnRole(StrEnum):
    """What a column is in the picture. A picture has one category and one value, stacked bars have one series."""

    CATEGORY = "category"
    SERIES = "series"
    VALUE = "value"
    DETAIL = "detail"  # in the table only


Cell = str | Decimal | Money | date | None
"""None: the reporting system has no figure there."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a panel's table; its label is in the reporting system's own words."""

    key: str
    label: str
    type: ColumnType
    role: ColumnRole


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as the reporting system describes it.

    Attributes:
        key: Its own, by which it is asked for.
        hint: A sentence about what is counted in it, or empty.
        on: The kind of card it belongs on; it is asked for with that card's number.
    """

    key: str
    title: str
    kind: PanelKind
    on: SubjectKind
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How old a source's data are.

    Attributes:
        name: The system they come from, as the reporting system calls it.
        as_of: Until when its changes are in the figures, aware; None where that is not known.
    """

    name: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class PanelData:
    """A panel's answer for one number.

    Attributes:
        rows: In the order in which they are shown; each has a cell for each column. Amounts of different currencies
            are in rows of their own, never added.
        sources: What the figures come from.
        link: Where an analyst sees it in the reporting system; empty for everybody else.
    """

    panel: Panel
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[SourceAge, ...] = ()
    link: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"each row of {self.panel.key} has a cell for each column")

    def column(self, role: ColumnRole) -> int | None:
        """Where the first column of this role is, or None."""
        return next((at for at, column in enumerate(self.columns) if column.role is role), None)


# -- what the time and the expense system total


@dataclass(frozen=True, slots=True)
class ProjectHours:
    """The hours on one project in a period.

    Attributes:
        number, name: The project's; the number is empty where the hours are on the customer himself.
        cost: What they cost, as the time system gives it; None where it does not tell this user.
    """

    number: str
    name: str
    hours: Decimal
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class HoursTotals:
    """Hours on a customer or a project in a period, by project; no names of who worked them.

    Attributes:
        total: As the time system gives it; None where it does not add up over projects.
    """

    subject: Subject
    period: Period
    rows: tuple[ProjectHours, ...]
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ExpenseTotal:
    """Expenses of one kind on one project in a period, in one currency.

    Attributes:
        number: The project's, or empty.
        kind: In the expense system's own words: travel, hotel, …; empty where it has none.
    """

    number: str
    kind: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ExpenseTotals:
    """Expenses on a customer or a project in a period; no receipts, and no names of who had them.

    Attributes:
        totals: As the expense system gives them, one in each currency; empty where it does not add up over the rows.
    """

    subject: Subject
    period: Period
    rows: tuple[ExpenseTotal, ...]
    totals: tuple[Money, ...] = ()
