"""A panel's figures as they are kept: a cell is a text, or an amount and its currency; its column says which it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from app.domain.economy import Cell, Column, ColumnType, Panel, PanelData, SourceAge
from app.domain.money import Money

PlainCell = str | tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class KeptPanel:
    """`PanelData` without what is no figure, in types that can be told apart in JSON."""

    panel: Panel
    columns: tuple[Column, ...]
    rows: tuple[tuple[PlainCell, ...], ...]
    sources: tuple[SourceAge, ...] = ()


def kept(data: PanelData) -> KeptPanel:
    """As it is written."""
    return KeptPanel(data.panel, data.columns, tuple(tuple(map(_plain, row)) for row in data.rows), data.sources)


def panel_data(found: KeptPanel) -> PanelData:
    """As it was. Raises ValueError for what no `kept` has made."""
    types = [column.type for column in found.columns]
    try:
        rows = tuple(tuple(_cell(*each) for each in zip(types, row, strict=True)) for row in found.rows)
    except (TypeError, InvalidOperation) as error:
        raise ValueError("a cell is not what its column says") from error
    return PanelData(found.panel, found.columns, rows, found.sources)


def _plain(cell: Cell) -> PlainCell:
    match cell:
        case None:
            return None
        case Money():
            return (str(cell.amount), cell.currency)
        case _:
            return str(cell)


def _cell(type_: ColumnType, cell: PlainCell) -> Cell:
    match cell:
        case None:
            return None
        case (amount, currency):
            return Money(Decimal(amount), currency)
        case str() if type_ is ColumnType.TEXT:
            return cell
        case str() if type_ in (ColumnType.MONTH, ColumnType.DAY):
            return date.fromisoformat(cell)
        case str() if type_ is not ColumnType.MONEY:
            return Decimal(cell)
    raise ValueError("an amount has a currency")
