"""What was typed in a cell of the line grid, on its way to the session: a number is read, a name is looked up."""

from app.domain.money import Money
from app.domain.numbers import NotANumber
from app.domain.orders import LineField, Product, Unit
from app.domain.quantities import TooManyDigits, TypedQuantity, limited, parse_quantity
from app.services.order_desk import DeskOrder
from app.services.order_rows import InputProblem
from app.services.unit_lookup import TypedUnit
from app.ui.formats import Formats
from app.ui.orders.undo import undo_of


class LineTyping:
    """Types into the rows of one order. A text that cannot be sent is rejected as it was typed, so that it stays."""

    def __init__(self, desk_order: DeskOrder, formats: Formats) -> None:
        self._session = desk_order.session
        self._products = desk_order.products
        self._units = desk_order.units
        self._undo = undo_of(desk_order)
        self._formats = formats

    def type(self, key: str, name: LineField, value: str | Product | Unit) -> None:
        """The user has typed ``value``, or chosen it, in a cell of the row of this key. Empty text takes it back."""
        if name is LineField.PRODUCT:
            if isinstance(value, Product):
                self._products.cancel(key)
                self._session.edit(key, name, value)
                self._units.resume(key)
            elif value:
                self._products.look_up(key, str(value), lambda: self._found_product(key))
            else:
                self._products.cancel(key)
                self._session.edit(key, name, None)
        elif name is LineField.DESCRIPTION or isinstance(value, Product | Unit):
            self._session.edit(key, name, value)
        elif name is LineField.UNIT:
            if value:
                self._units.look_up(key, name, TypedUnit(value, value), lambda: self._looked_up(key))
            else:
                self._session.edit(key, name, None)  # the product's own again
        else:
            self._type_number(key, name, value)

    def _type_number(self, key: str, name: LineField, text: str) -> None:
        if text == "" and name in (LineField.UNIT_PRICE, LineField.DISCOUNT):
            self._session.edit(key, name, None)  # the ERP's own again
            return
        sign = self._formats.decimal_sign
        try:
            if name is LineField.QUANTITY:
                self._type_quantity(key, text, parse_quantity(text, sign))
            elif name is LineField.DISCOUNT:
                self._session.edit(key, name, limited(text.removesuffix("%"), sign).scaleb(-2))
            else:
                self._session.edit(key, name, Money(limited(text, sign), self._session.header.currency))
        except TooManyDigits:
            self._session.reject(key, name, text, InputProblem.TOO_MANY_DIGITS)
        except NotANumber:
            self._session.reject(key, name, text, InputProblem.NOT_A_NUMBER)

    def _type_quantity(self, key: str, text: str, typed: TypedQuantity) -> None:
        name = LineField.QUANTITY
        if typed.unit:
            self._units.look_up(key, name, TypedUnit(text, typed.unit, typed.number), lambda: self._looked_up(key))
        else:
            self._session.edit(key, name, typed.number)

    def _found_product(self, key: str) -> None:
        self._units.resume(key)
        self._looked_up(key)

    def _looked_up(self, key: str) -> None:
        if not self._undo.is_current(key):
            self._session.leave(key)
