"""Pasted text as rows of an order: items as they were written, numbers read in the one format that fits their column.

Nothing is looked up here and nothing is lost: a cell that makes no sense stands in its row as it was pasted, with the
reason. Only the ERP knows whether an item exists.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import islice

from app.domain.numbers import NotANumber, parse_number_as
from app.domain.orders import LineField
from app.domain.pasted_columns import NUMBER, Columns, Holds, columns_of
from app.domain.pasted_text import LONGEST_CELL, bare, cells_of
from app.domain.quantities import TooManyDigits, checked
from app.domain.text import fold

MOST_ROWS = 2_000
MOST_CHARACTERS = 4_000_000

_SIGNS: Mapping[str, frozenset[str]] = {
    "kr": frozenset({"DKK", "SEK", "NOK", "ISK"}),
    "€": frozenset({"EUR"}),
    "$": frozenset({"USD", "CAD", "AUD", "NZD"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
}
_NO_UNIT = frozenset({"%", ",-"})
_OTHER = {",": ".", ".": ","}


class CellProblem(StrEnum):
    """Why a pasted cell cannot be sent. The values are those of the services' `InputProblem`."""

    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DIGITS = "too_many_digits"
    OTHER_CURRENCY = "other_currency"
    TOO_LONG = "too_long"
    PRICE_AND_DISCOUNT = "price_and_discount"


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell as it was pasted, and what is wrong with it."""

    text: str
    problem: CellProblem


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row.

    Attributes:
        item: A number, bar code or the customer's own number, as written; empty for a line that is only a text.
        unit: Its sign as written; empty where none was.
        unit_price: In the order's currency; None where none was.
        discount: As a fraction: ``12 %`` is ``Decimal("0.12")``.
        bad: The cells that cannot be sent, by field.
    """

    item: str = ""
    description: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    discount: Decimal | None = None
    bad: Mapping[LineField, BadCell] = field(default_factory=dict)

    @property
    def is_text(self) -> bool:
        """A comment: nothing stands in it but a text."""
        numbers = (self.quantity, self.unit_price, self.discount)
        return not self.item and not self.unit and not self.bad and numbers == (None, None, None)


class TooMuch(ValueError):
    """More was pasted than one paste takes. Nothing of it has been looked at further.

    Attributes:
        most: How many rows one paste takes.
    """

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} rows")
        self.most = most


def read_rows(text: str, *, decimal_sign: str, currency: str, most: int = MOST_ROWS) -> tuple[PastedRow, ...]:
    """The rows of ``text``, in their order; rows without anything of an order line in them are left out.

    ``decimal_sign`` is the user's, for columns that can be read both ways; ``currency`` the order's (ISO 4217).

    Raises:
        TooMuch: it has more than ``most`` rows, or `MOST_CHARACTERS`.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooMuch(most)
    cells = list(islice(cells_of(text), most + 2))  # one for the headings, one too many
    columns, first = columns_of(cells)
    rows = cells[first:]
    if len(rows) > most:
        raise TooMuch(most)
    reader = _Reader(rows, columns, decimal_sign, currency)
    found = (reader.row(at) for at in range(len(rows)))
    return tuple(row for row in found if row != PastedRow())


@dataclass(frozen=True, slots=True)
class _Number:
    """A cell of a column of numbers, taken apart: ``kr. 1.234,50 /stk``."""

    text: str
    digits: str
    before: str
    after: str

    @property
    def currency(self) -> str:
        """The currency beside it, as written."""
        return next((sign for sign in (self.before, self.after) if _currencies(sign)), "")

    @property
    def unit(self) -> str:
        """The unit behind it, as written."""
        return "" if self.after in _NO_UNIT or _currencies(self.after) else self.after

    def value(self, decimal_sign: str) -> Decimal:
        """In this format. Raises `NotANumber`."""
        digits = re.sub(r"[.,]-$", "", self.digits.strip())  # 149,- is 149 kroner and no øre
        if digits.endswith("-") or (digits.startswith("(") and digits.endswith(")")):  # as bookkeepers write it
            return -checked(parse_number_as(digits.strip("()-"), decimal_sign), self.text)
        return checked(parse_number_as(digits, decimal_sign), self.text)


class _Reader:
    """Reads rows, once the formats of their columns are known."""

    def __init__(self, rows: Sequence[Sequence[str]], columns: Columns, decimal_sign: str, currency: str) -> None:
        self._rows = rows
        self._columns = columns
        self._currency = currency
        numeric = [holds for holds in (Holds.QUANTITY, Holds.PRICE, Holds.DISCOUNT) if holds in columns]
        numbers = {holds: [_number(self._cell(at, holds)) for at in range(len(rows))] for holds in numeric}
        formats = {holds: _formats(column) for holds, column in numbers.items()}
        # A column that can be read both ways is read as one beside it that cannot, and only then as the user would.
        proven = [fits[0] for fits in formats.values() if len(fits) == 1]
        usual = proven[0] if len(set(proven)) == 1 else decimal_sign
        self._signs = {holds: usual if usual in fits else fits[0] for holds, fits in formats.items()}
        self._numbers = numbers

    def row(self, at: int) -> PastedRow:
        """The row of this number."""
        bad: dict[LineField, BadCell] = {}
        quantity = self._value(at, Holds.QUANTITY, LineField.QUANTITY, bad)
        price = self._value(at, Holds.PRICE, LineField.UNIT_PRICE, bad)
        discount = self._value(at, Holds.DISCOUNT, LineField.DISCOUNT, bad)
        price, discount = self._typed_by_hand(at, price, discount, bad)
        number = self._number(at, Holds.QUANTITY)
        return PastedRow(
            item=bare(self._cell(at, Holds.ITEM) or self._cell(at, Holds.BARCODE))[: LONGEST_CELL + 1],
            description=self._text(at, bad),
            quantity=quantity,
            unit=bare(self._cell(at, Holds.UNIT)) or (number.unit if number is not None else ""),
            unit_price=price,
            discount=None if discount is None else discount.scaleb(-2),
            bad=bad,
        )

    def _typed_by_hand(
        self, at: int, price: Decimal | None, discount: Decimal | None, bad: dict[LineField, BadCell]
    ) -> tuple[Decimal | None, Decimal | None]:
        """What of price and discount is to stand, and not to be the ERP's own."""
        if Holds.BY_HAND in self._columns:  # a copy of ours says which
            by_hand = fold(bare(self._cell(at, Holds.BY_HAND)))
            return (price, None) if "pri" in by_hand else (None, discount if by_hand else None)
        if price is not None and discount and Holds.LIST_PRICE in self._columns:
            return price, None  # the price is after the discount, which follows from it
        if price is not None and discount:
            # Before or after the discount? One of the two would be a wrong price that nobody sees.
            shown = self._cell(at, Holds.DISCOUNT)
            bad[LineField.DISCOUNT] = BadCell(shown, CellProblem.PRICE_AND_DISCOUNT)
            return price, None
        return price, discount or None

    def _text(self, at: int, bad: dict[LineField, BadCell]) -> str:
        text = self._cell(at, Holds.TEXT)
        if len(text) <= LONGEST_CELL:
            return text
        bad[LineField.DESCRIPTION] = BadCell(text[:LONGEST_CELL], CellProblem.TOO_LONG)
        return ""

    def _value(self, at: int, holds: Holds, name: LineField, bad: dict[LineField, BadCell]) -> Decimal | None:
        number = self._number(at, holds)
        text = self._cell(at, holds)
        if number is None and not text:
            return None
        try:
            if number is None:
                raise NotANumber(text)
            value = number.value(self._signs[holds])
        except NotANumber as error:
            is_long = isinstance(error, TooManyDigits)
            problem = CellProblem.TOO_MANY_DIGITS if is_long else CellProblem.NOT_A_NUMBER
            bad[name] = BadCell(text[:LONGEST_CELL], problem)
            return None
        if number.currency and self._currency not in _currencies(number.currency):
            bad[name] = BadCell(text, CellProblem.OTHER_CURRENCY)
            return None
        return value

    def _number(self, at: int, holds: Holds) -> _Number | None:
        return self._numbers[holds][at] if holds in self._numbers else None

    def _cell(self, at: int, holds: Holds) -> str:
        column, row = self._columns.get(holds), self._rows[at]
        return row[column] if column is not None and column < len(row) else ""


def _number(cell: str) -> _Number | None:
    shape = NUMBER.fullmatch(bare(cell)) if len(cell) <= LONGEST_CELL else None
    if shape is None:
        return None
    return _Number(cell, shape["number"], shape["before"] or "", shape["after"] or "")


def _formats(column: Sequence[_Number | None]) -> list[str]:
    """The decimal signs with which every number of the column can be read; where none can, the ones that read most."""
    numbers = [number for number in column if number is not None]
    read = {sign: sum(map(_reads(sign), numbers)) for sign in _OTHER}
    return [sign for sign, count in read.items() if count == max(read.values())]


def _reads(decimal_sign: str) -> Callable[[_Number], bool]:
    def reads(number: _Number) -> bool:
        try:
            number.value(decimal_sign)
        except NotANumber:
            return False
        return True

    return reads


def _currencies(sign: str) -> frozenset[str]:
    """The currencies that a sign stands for; none where it is not one."""
    sign = sign.strip().rstrip(".").casefold()
    if len(sign) == 3 and sign in ("dkk", "sek", "nok", "isk", "eur", "usd", "gbp", "chf", "pln"):
        return frozenset({sign.upper()})
    return _SIGNS.get(sign, frozenset())
