"""What of an economy goes on paper: the panels, and the hours and expenses as tables after them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.economy import (
    Cell,
    Column,
    ColumnRole,
    ColumnType,
    Panel,
    PanelData,
    PanelKind,
    Period,
    SourceAge,
    SubjectKind,
)
from app.services.card_parts import Part
from app.services.economy import Economy
from app.ui.economy.paper import Sheet
from app.ui.economy.totals import days_text
from app.ui.formats import Formats
from app.ui.messages import system_name

translate = QCoreApplication.translate


def panels_shown(economy: Economy) -> tuple[PanelData, ...]:
    """The panels that have been answered, in their order."""
    found = (economy.figures(panel.key).value for panel in economy.panels.value or ())
    return tuple(data for data in found if data is not None)


def sheet_of(economy: Economy, whose: str, formats: Formats) -> Sheet:
    """What is shown now; ``whose`` is the number and the name."""
    tables = (_hours(economy, formats), _expenses(economy, formats))
    panels = panels_shown(economy) + tuple(table for table in tables if table is not None)
    return Sheet(translate("Economy", "Economy"), whose, datetime.now(UTC), panels)


def _hours(economy: Economy, formats: Formats) -> PanelData | None:
    value = economy.hours.value
    if value is None:
        return None
    columns = [
        _text("number", translate("Totals", "Project")),
        _text("name", translate("Totals", "Name")),
        Column("hours", translate("Totals", "Hours"), ColumnType.HOURS, ColumnRole.VALUE),
    ]
    rows: list[tuple[Cell, ...]] = [(row.number, row.name, row.hours) for row in value.rows]
    if any(row.cost is not None for row in value.rows):
        columns.append(Column("cost", translate("Totals", "Cost"), ColumnType.MONEY, ColumnRole.DETAIL))
        rows = [(*cells, row.cost) for cells, row in zip(rows, value.rows, strict=True)]
    totals = [] if value.total is None else [formats.hours(value.total)]
    words = translate("Totals", "Hours"), _hint(value.period, formats, totals)
    return _table(economy, economy.hours, words, columns, rows)


def _expenses(economy: Economy, formats: Formats) -> PanelData | None:
    value = economy.expenses.value
    if value is None:
        return None
    columns = [
        _text("number", translate("Totals", "Project")),
        _text("kind", translate("Totals", "Kind")),
        Column("amount", translate("Totals", "Amount"), ColumnType.MONEY, ColumnRole.VALUE),
    ]
    rows: list[tuple[Cell, ...]] = [(row.number, row.kind, row.amount) for row in value.rows]
    totals = [formats.money(total) for total in value.totals]
    words = translate("Totals", "Travel expenses"), _hint(value.period, formats, totals)
    return _table(economy, economy.expenses, words, columns, rows)


def _text(key: str, label: str) -> Column:
    return Column(key, label, ColumnType.TEXT, ColumnRole.DETAIL)


def _hint(period: Period, formats: Formats, totals: Sequence[str]) -> str:
    """The days, and the system's own total of them."""
    total = f"{translate('Totals', 'Total')}: {', '.join(totals)}" if totals else ""
    return " · ".join(part for part in (days_text(period, formats), total) if part)


def _table(
    economy: Economy, part: Part[Any], words: tuple[str, str], columns: list[Column], rows: list[tuple[Cell, ...]]
) -> PanelData | None:
    """The rows under the title and hint of ``words``. None without rows: on paper nothing is said of nothing."""
    if not rows:
        return None
    on = economy.subject.kind if economy.subject is not None else SubjectKind.CUSTOMER
    panel = Panel(part.source.value, words[0], PanelKind.TABLE, on, words[1])
    return PanelData(panel, tuple(columns), tuple(rows), (SourceAge(system_name(part.source), part.read_at),))
