"""The columns of the line grid."""

from enum import IntEnum

from app.domain.orders import LineField


class Column(IntEnum):
    """From left to right."""

    STATE = 0
    PRODUCT = 1
    DESCRIPTION = 2
    QUANTITY = 3
    UNIT = 4
    LIST_PRICE = 5
    DISCOUNT = 6
    PRICE = 7
    VAT = 8
    AMOUNT = 9


FIELD_OF: dict[int, LineField] = {
    Column.PRODUCT: LineField.PRODUCT,
    Column.DESCRIPTION: LineField.DESCRIPTION,
    Column.QUANTITY: LineField.QUANTITY,
    Column.UNIT: LineField.UNIT,
    Column.DISCOUNT: LineField.DISCOUNT,
    Column.PRICE: LineField.UNIT_PRICE,
}
"""What is typed in which column; the other columns are the ERP's alone."""

COLUMN_OF: dict[LineField, Column] = {name: Column(column) for column, name in FIELD_OF.items()}

NUMERIC: frozenset[int] = frozenset(
    {Column.QUANTITY, Column.LIST_PRICE, Column.DISCOUNT, Column.PRICE, Column.VAT, Column.AMOUNT}
)
