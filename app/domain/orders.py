"""An order as the ERP has it. Every price, tax, amount and total here is an answer of the ERP, never a result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.money import Money
from app.domain.parties import Address, Choice, CustomerHit

# Given by a factory: Python 3.11 takes a mapping proxy, which it cannot hash, for a mutable default.
NOTHING: Mapping[str, Any] = MappingProxyType({})


class LineKind(StrEnum):
    """What a line of an order is."""

    PRODUCT = "product"
    COMMENT = "comment"
    TITLE = "title"
    SUBTOTAL = "subtotal"


class LineField(StrEnum):
    """The fields of a line that a user can type. All others are the ERP's."""

    PRODUCT = "product"
    DESCRIPTION = "description"
    QUANTITY = "quantity"
    UNIT = "unit"
    UNIT_PRICE = "unit_price"
    DISCOUNT = "discount"


class HeaderField(StrEnum):
    """The fields of an order's head that a user can change, each named as in `OrderHeader`."""

    DELIVERY_ADDRESS = "delivery_address"
    INVOICE_ADDRESS = "invoice_address"
    DELIVERY_METHOD = "delivery_method"
    REQUESTED_DATE = "requested_date"
    CUSTOMER_REFERENCE = "customer_reference"
    CURRENCY = "currency"
    PAYMENT_TERM = "payment_term"
    PRICE_LIST = "price_list"


class HeaderLock(StrEnum):
    """Why the ERP does not let a field of the head be changed."""

    STATE = "state"  # not in the order's state
    LINES = "lines"  # not while the order has lines
    RIGHTS = "rights"  # not by this user
    ABSENT = "absent"  # it has no such field
    OFFLINE = "offline"  # it does not answer, and the order is shown as it was seen last


HeaderValue = Address | Choice | date | str | None
"""What a field of the head can hold."""


PRICED_BY: frozenset[LineField] = frozenset(LineField) - {LineField.DESCRIPTION}
"""A change of one of these can change the line's price, so the ERP is asked before the line is written."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    Attributes:
        digits: How many decimals a quantity in this unit has.
        name: In words, to be typed and read; the symbol is what is shown on a line.
    """

    id: str
    symbol: str
    digits: int = 0
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Product:
    """A product as it stands on a line."""

    id: str
    code: str
    name: str


class FoundBy(StrEnum):
    """What of a product the text was found in."""

    NUMBER = "number"
    BARCODE = "barcode"
    THEIRS = "theirs"  # the customer's own number or name for it
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ProductHit:
    """A product found by number, bar code, name, or what the customer calls it.

    Attributes:
        exact: The text is the product's whole number or bar code, or the customer's own number for it, so that Enter
            may take it without asking.
        units: The units it can be sold in, its own first, where they came along.
        theirs: The customer's own number or name for it, where that is what was found.
    """

    product: Product
    unit: Unit | None = None
    barcode: str = ""
    exact: bool = False
    units: tuple[Unit, ...] = ()
    found_by: FoundBy = FoundBy.NAME
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax on a line, in the ERP's words ("25% Salgsmoms").

    Attributes:
        rate: Its rate as a fraction, to be shown; None for a fixed amount or where the ERP does not tell.
    """

    id: str
    label: str
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line.

    Attributes:
        id: The ERP's key, or a local identity (``new-…``) until the ERP has answered.
        version: Opaque; sent along with a change so that the ERP can tell a stale one. Empty for a new line.
        quantity: In ``unit``; None for a comment or while nothing is typed.
        list_price: The ERP's price before discount, per unit, without VAT.
        discount: The ERP's discount as a fraction: ``Decimal("0.12")`` is 12 %.
        unit_price: Per unit, without VAT, discount taken off.
        amount: The line's amount without VAT, as the ERP gave it; None where it has not answered.
        by_erp: The ERP put it there of itself, as it does with freight.
    """

    id: str
    kind: LineKind = LineKind.PRODUCT
    version: str = ""
    product: Product | None = None
    description: str = ""
    quantity: Decimal | None = None
    unit: Unit | None = None
    list_price: Money | None = None
    discount: Decimal | None = None
    unit_price: Money | None = None
    taxes: tuple[Tax, ...] = ()
    amount: Money | None = None
    by_erp: bool = False

    @property
    def is_new(self) -> bool:
        """The ERP has not given it an id yet."""
        return self.id.startswith("new-")


@dataclass(frozen=True, slots=True)
class Totals:
    """The ERP's totals of an order."""

    net: Money
    tax: Money
    total: Money


class OrderPhase(StrEnum):
    """Where an order is in its life, for the colour of its sign; the words are the ERP's own label."""

    DRAFT = "draft"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OrderState:
    """The ERP's state of an order: its key, its label in the user's language, and the phase it is in."""

    key: str
    label: str
    phase: OrderPhase


@dataclass(frozen=True, slots=True)
class OrderAction:
    """What the ERP lets this user do with the order now ("Quote", "Confirm").

    Attributes:
        label: The ERP's own words.
        moves_on: It brings the order on its way; others take it back or end it.
    """

    key: str
    label: str
    moves_on: bool = False


@dataclass(frozen=True, slots=True)
class OrderHeader:
    """What the ERP sets on choosing a customer.

    Attributes:
        currency: ISO 4217.
        requested_date: The day the customer asked for, in the company's own time zone.
        vendor: What only the system that gave it reads back (its own keys and values). Never shown.
    """

    customer: CustomerHit
    currency: str
    invoice_address: Address | None = None
    delivery_address: Address | None = None
    delivery_method: Choice | None = None
    requested_date: date | None = None
    customer_reference: str = ""
    payment_term: Choice | None = None
    price_list: Choice | None = None
    vendor: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """An order with its lines, as the ERP last gave it.

    Attributes:
        id: The ERP's key; None while the order is proposed and not yet created.
        number: The ERP's number; empty until it gives one.
        version: Opaque; moves whenever the order is changed.
        editable: The ERP lets this user change the lines in this state.
        header_locks: The fields of the head that the ERP does not let this user change in this state, and why.
            `HeaderLock.LINES` holds while there are lines: ask `header_edits.lock_of`.
        read_at: When the ERP answered, aware.
    """

    id: str | None
    number: str
    header: OrderHeader
    state: OrderState
    lines: tuple[OrderLine, ...]
    totals: Totals | None
    version: str
    editable: bool
    read_at: datetime
    actions: tuple[OrderAction, ...] = ()
    header_locks: Mapping[HeaderField, HeaderLock] = field(default_factory=dict)
    _by_id: Mapping[str, OrderLine] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {line.id: line for line in self.lines})

    def line(self, line_id: str) -> OrderLine | None:
        """The line with this id, or None."""
        return self._by_id.get(line_id)


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """An order in a list."""

    id: str
    number: str
    state: OrderState
    order_date: date | None
    customer_reference: str
    total: Money | None


@dataclass(frozen=True, slots=True)
class OrderHit:
    """An order found by its number or the customer's reference; a new one may have no number yet."""

    id: str
    number: str
    customer: CustomerHit
    customer_reference: str
    state: OrderState


@dataclass(frozen=True, slots=True)
class LinePrice:
    """The ERP's answer to "what does this line cost?".

    Attributes:
        amount: The line's amount without VAT as the ERP computed it.
        vendor: Further values that the ERP set and that must be written with the line. Never shown.
    """

    unit: Unit | None
    list_price: Money | None
    discount: Decimal | None
    unit_price: Money | None
    taxes: tuple[Tax, ...]
    amount: Money | None
    vendor: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, repr=False)
