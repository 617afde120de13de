"""What stands in a cell of the line grid: to read, and to edit."""

from collections.abc import Callable

from app.domain.money import Money
from app.domain.orders import LineField
from app.services.order_rows import RowView
from app.ui.formats import Formats
from app.ui.orders import row_texts
from app.ui.orders.columns import FIELD_OF, Column

WAITING = "…"
"""Stands where the ERP has been asked and has not answered. Nothing is shown in its place."""


class CellTexts:
    """The texts of a row in the user's format. What could not be sent stands in its cell as it was typed."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._shown: dict[int, Callable[[RowView], str]] = {
            Column.STATE: row_texts.sign,
            Column.PRODUCT: _product,
            Column.DESCRIPTION: _description,
            Column.QUANTITY: lambda view: "" if view.line.quantity is None else formats.number(view.line.quantity),
            Column.UNIT: lambda view: view.line.unit.symbol if view.line.unit else "",
            Column.LIST_PRICE: lambda view: self._answered(view, view.line.list_price),
            Column.DISCOUNT: self._discount,
            Column.PRICE: lambda view: self._answered(view, view.line.unit_price),
            Column.VAT: self._vat,
            Column.AMOUNT: lambda view: self._answered(view, view.line.amount),
        }

    def shown(self, view: RowView, column: int) -> str:
        """The text to read."""
        name = FIELD_OF.get(column)
        if name is not None and name in view.bad:
            return view.bad[name].text or WAITING
        return self._shown[column](view)

    def edited(self, view: RowView, column: int) -> str:
        """The text an editor starts with: without grouping, unit and percent sign."""
        name = FIELD_OF.get(column)
        if name is not None and name in view.bad:
            return view.bad[name].text
        line, plain = view.line, self._formats.plain
        match column:
            case Column.DISCOUNT:
                return plain(line.discount.scaleb(2)) if line.discount else ""
            case Column.PRICE:
                return plain(line.unit_price.amount) if line.unit_price is not None else ""
            case Column.QUANTITY:
                return plain(line.quantity) if line.quantity is not None else ""
            case Column.DESCRIPTION:
                return line.description
        return self.shown(view, column)

    def price_tip(self, view: RowView) -> str:
        """What the price is made of, for a grid too narrow for all columns."""
        taxes = ", ".join(tax.label for tax in view.line.taxes)
        parts = [
            f"{row_texts.column_title(column)}: {self.shown(view, column)}"
            for column in (Column.LIST_PRICE, Column.DISCOUNT, Column.PRICE)
            if self.shown(view, column)
        ]
        return "\n".join([*parts, *([f"{row_texts.column_title(Column.VAT)}: {taxes}"] if taxes else [])])

    def _answered(self, view: RowView, money: Money | None) -> str:
        if money is None:
            return WAITING if view.awaits_price and view.line.product is not None else ""
        return self._formats.amount(money)

    def _vat(self, view: RowView) -> str:
        """The rates, or the ERP's words where a tax has none. Taxes are never added up here."""
        if view.awaits_price and view.line.product is not None:
            return WAITING
        texts = (tax.label if tax.rate is None else self._formats.percent(tax.rate) for tax in view.line.taxes)
        return " + ".join(texts)

    def _discount(self, view: RowView) -> str:
        if view.awaits_price and LineField.DISCOUNT not in view.manual and view.line.product is not None:
            return WAITING
        return self._formats.percent(view.line.discount) if view.line.discount else ""


def _product(view: RowView) -> str:
    product = view.line.product
    return (product.code or product.name) if product else ""


def _description(view: RowView) -> str:
    product = view.line.product
    return view.line.description or (product.name if product else "")
