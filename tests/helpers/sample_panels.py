"""Panels of each kind as a reporting system gives them, also odd ones."""

from datetime import UTC, date, datetime
from decimal import Decimal

from app.domain.economy import (
    Cell,
    Column,
    ColumnRole,
    ColumnType,
    Panel,
    PanelData,
    PanelKind,
    SourceAge,
    SubjectKind,
)
from app.domain.money import Money

AS_OF = datetime(2026, 11, 24, 9, 41, tzinfo=UTC)
SOURCES = (SourceAge("Tryton", AS_OF), SourceAge("OrangeHRM", None))
MONTH = Column("month", "Month", ColumnType.MONTH, ColumnRole.CATEGORY)
AMOUNT = Column("amount", "Turnover", ColumnType.MONEY, ColumnRole.VALUE)
GROUP = Column("group", "Product group", ColumnType.TEXT, ColumnRole.SERIES)
NAME = Column("name", "Project", ColumnType.TEXT, ColumnRole.CATEGORY)


def money(amount: str | int, currency: str = "DKK") -> Money:
    """An amount."""
    return Money(Decimal(amount), currency)


def month(number: int) -> date:
    """The first day of a month, counted from January 2024."""
    return date(2024 + number // 12, number % 12 + 1, 1)


def panel(
    kind: PanelKind,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    title: str = "Turnover by month",
    on: SubjectKind = SubjectKind.CUSTOMER,
    link: str = "",
) -> PanelData:
    """A panel's answer."""
    return PanelData(Panel("key", title, kind, on, "Invoiced without VAT."), columns, rows, SOURCES, link)


def bars(*amounts: str | int, currency: str = "DKK", link: str = "") -> PanelData:
    """A bar a month from January 2024 on."""
    rows = tuple((month(number), money(amount, currency)) for number, amount in enumerate(amounts))
    return panel(PanelKind.BARS, (MONTH, AMOUNT), rows, link=link)


def stacked() -> PanelData:
    """Two months of three groups; one has no cables, and credit notes lie below zero."""
    rows = (
        (month(0), "Lamps", money(4000)),
        (month(0), "Cables", money(1000)),
        (month(0), "Credit", money(-500)),
        (month(1), "Lamps", money(2000)),
        (month(1), "Credit", money(-1500)),
    )
    return panel(PanelKind.STACKED, (MONTH, GROUP, AMOUNT), rows)


def ageing() -> PanelData:
    """What is open, in two currencies."""
    ages = Column("days", "Days overdue", ColumnType.TEXT, ColumnRole.CATEGORY)
    names = ("0", "1–30", "31–60", "61–90", "> 90")
    rows = tuple(
        (name, money(amount, currency))
        for currency, amounts in (("DKK", (148200, 22310, 0, 0, 91000)), ("EUR", (0, -1200, 300, 0, 0)))
        for name, amount in zip(names, amounts, strict=True)
    )
    return panel(PanelKind.AGEING, (ages, AMOUNT), rows, title="Open and overdue")


def figure() -> PanelData:
    """One figure in each of two currencies, with a detail."""
    orders = Column("orders", "Orders", ColumnType.COUNT, ColumnRole.DETAIL)
    rows = ((money("123456.5"), Decimal(12)), (money("-900.25", "EUR"), Decimal(1)))
    return panel(PanelKind.FIGURE, (AMOUNT, orders), rows, title="Orders in hand")


def hours() -> PanelData:
    """Hours by project, one without a figure and one with a long name."""
    value = Column("hours", "Hours", ColumnType.HOURS, ColumnRole.VALUE)
    rows = (("P-1001 " + "Lighting of the harbour hall " * 3, Decimal("312.50")), ("P-1002", None))
    return panel(PanelKind.BARS, (NAME, value), rows, title="Hours by project", on=SubjectKind.PROJECT)


def table(count: int = 3) -> PanelData:
    """Orders one by one; names that a spreadsheet would take for formulas."""
    day = Column("day", "Ordered on", ColumnType.DAY, ColumnRole.DETAIL)
    share = Column("share", "Margin", ColumnType.PERCENT, ColumnRole.DETAIL)
    rows = tuple((f"=SO-{number:04}", date(2026, 3, 1), Decimal("-12.5"), money(-number)) for number in range(count))
    return panel(PanelKind.TABLE, (NAME, day, share, AMOUNT), rows, title="Orders in hand, one by one")


EVERY_KIND = (figure(), bars(20000, 31000, -4500), stacked(), ageing(), hours(), table())
