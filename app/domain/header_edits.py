"""What the user has changed in an order's head, on top of what the ERP last gave. Pure, as `order_edits` is for lines.

What a change brings with it is the ERP's answer (`HeaderProposal`), never worked out here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from app.domain.order_changes import HeaderChange, LineChange, OrderChanges
from app.domain.orders import (
    NOTHING,
    HeaderField,
    HeaderLock,
    HeaderValue,
    LinePrice,
    Order,
    OrderHeader,
    OrderLine,
)
from app.domain.parties import Address, Choice

_NONE: Mapping[HeaderField, HeaderValue] = MappingProxyType({})


def value_of(header: OrderHeader, name: HeaderField) -> HeaderValue:
    """The value of one field."""
    value: HeaderValue = getattr(header, name.value)
    return value


def same(one: HeaderValue, other: HeaderValue) -> bool:
    """Whether two values are the same choice. An address that was given another street is still the same one."""
    if isinstance(one, Address | Choice) and isinstance(other, Address | Choice):
        return one.id == other.id
    return one == other


def put(header: OrderHeader, values: Mapping[HeaderField, HeaderValue]) -> OrderHeader:
    """``header`` with these values. Raises TypeError for a value of a wrong kind."""
    for name, value in values.items():
        if not isinstance(value, _KINDS[name]):
            raise TypeError(f"{name} cannot hold {type(value).__name__}")
    typed: dict[str, Any] = {name.value: value for name, value in values.items()}
    return replace(header, **typed)


_KINDS: Mapping[HeaderField, tuple[type, ...]] = MappingProxyType(
    {
        HeaderField.DELIVERY_ADDRESS: (Address, type(None)),
        HeaderField.INVOICE_ADDRESS: (Address, type(None)),
        HeaderField.DELIVERY_METHOD: (Choice, type(None)),
        HeaderField.REQUESTED_DATE: (date, type(None)),
        HeaderField.CUSTOMER_REFERENCE: (str,),
        HeaderField.CURRENCY: (str,),
        HeaderField.PAYMENT_TERM: (Choice, type(None)),
        HeaderField.PRICE_LIST: (Choice, type(None)),
    }
)


def lock_of(order: Order, name: HeaderField) -> HeaderLock | None:
    """Why the ERP does not let this field be changed now, or None where it does."""
    lock = order.header_locks.get(name)
    return None if lock is HeaderLock.LINES and not order.lines else lock


def differing(one: OrderHeader, other: OrderHeader) -> frozenset[HeaderField]:
    """The fields in which the two differ."""
    return frozenset(name for name in HeaderField if not same(value_of(one, name), value_of(other, name)))


@dataclass(frozen=True, slots=True)
class HeaderProposal:
    """The ERP's answer to "what if these fields of the head were changed?".

    Attributes:
        header: The whole head as it would be; what the ERP changes with it included.
        vendor: Further values that the ERP set and that must be written along. Never shown.
        moves_prices: A line's price rests on something that changes.
    """

    header: OrderHeader
    vendor: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, repr=False)
    moves_prices: bool = False


@dataclass(frozen=True, slots=True)
class HeaderEdit:
    """What is to be changed in the head.

    Attributes:
        values: Only the fields that differ from the order: what the user chose and what the ERP changes with it.
        vendor: See `HeaderProposal`.
        header_vendor: The head's own `OrderHeader.vendor` under these values.
    """

    values: Mapping[HeaderField, HeaderValue] = field(default_factory=lambda: _NONE)
    vendor: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, repr=False)
    header_vendor: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.values)

    def onto(self, header: OrderHeader) -> OrderHeader:
        """``header`` with this edit on it."""
        if not self.values:
            return header
        return replace(put(header, self.values), vendor={**header.vendor, **self.header_vendor})

    def change(self, base: OrderHeader) -> HeaderChange:
        """What travels of it."""
        return HeaderChange({name: value_of(base, name) for name in self.values}, dict(self.vendor))


def edit_of(base: OrderHeader, proposal: HeaderProposal) -> HeaderEdit:
    """The edit that makes ``proposal`` of ``base``; an empty one where that changes nothing."""
    values = {name: value_of(proposal.header, name) for name in HeaderField if name in differing(base, proposal.header)}
    moved = {name: value for name, value in proposal.header.vendor.items() if base.vendor.get(name) != value}
    return HeaderEdit(MappingProxyType(values), proposal.vendor, MappingProxyType(moved)) if values else HeaderEdit()


@dataclass(frozen=True, slots=True)
class HeaderCollision:
    """The user and somebody else changed the same field of the head."""

    name: HeaderField
    mine: HeaderValue
    theirs: HeaderValue
    was: HeaderValue


def rebase(
    edit: HeaderEdit, was: Mapping[HeaderField, HeaderValue], theirs: OrderHeader
) -> tuple[HeaderEdit, tuple[HeaderCollision, ...]]:
    """Move ``edit``, made where the head's fields were as ``was`` says, onto the newer head ``theirs``, field by field.

    Where both made the same change it is none any more; where only the other one changed, theirs stands; where only
    the user did, his does. Where both did, the edit keeps the user's: writing it as it is means "mine".
    """
    kept: dict[HeaderField, HeaderValue] = {}
    collisions: list[HeaderCollision] = []
    for name, mine in edit.values.items():
        now = value_of(theirs, name)
        if same(mine, now):
            continue
        kept[name] = mine
        before = was.get(name, now)
        if not same(now, before):
            collisions.append(HeaderCollision(name, mine, now, before))
    moved = replace(edit, values=MappingProxyType(kept)) if kept else HeaderEdit()
    return moved, tuple(collisions)


@dataclass(frozen=True, slots=True)
class Repricing:
    """What a change of the head does to one line.

    Attributes:
        line: As the ERP has it.
        price: As the ERP would price it under the changed head.
        by_hand: Its price is not the one that the ERP gives under the head as it stands: somebody set it.
        must_follow: It cannot be kept: another currency would make the same figure another price.
    """

    line: OrderLine
    price: LinePrice
    by_hand: bool = False
    must_follow: bool = False

    @property
    def is_taken_at_first(self) -> bool:
        """What is proposed to the user: a price that somebody set by hand is kept."""
        return self.must_follow or not self.by_hand


def as_priced(line: OrderLine) -> OrderLine:
    """``line`` as the ERP is to price it anew: without the price and the discount that stand there."""
    return replace(line, list_price=None, discount=None, unit_price=None, taxes=(), amount=None)


def differs(line: OrderLine, price: LinePrice) -> bool:
    """Whether the line's price, discount, list price or taxes are others than those of ``price``."""
    taxes = {tax.id for tax in line.taxes} != {tax.id for tax in price.taxes}
    figures = (line.unit_price, line.discount, line.list_price)
    return taxes or figures != (price.unit_price, price.discount, price.list_price)


def header_write(order: Order, edit: HeaderEdit, taken: Iterable[Repricing] = ()) -> OrderChanges:
    """What has to travel: the head's changed fields, and the lines that take the new price, each at its version."""
    lines = (
        LineChange(
            line=replace(
                repricing.line,
                unit=repricing.price.unit,
                list_price=repricing.price.list_price,
                discount=repricing.price.discount,
                unit_price=repricing.price.unit_price,
                taxes=repricing.price.taxes,
                amount=repricing.price.amount,
            ),
            fields=frozenset(),
            priced=True,
            vendor=repricing.price.vendor,
        )
        for repricing in taken
    )
    return OrderChanges(
        order.id,
        order.version,
        edit.onto(order.header),
        changed=tuple(lines),
        header_change=edit.change(order.header),
    )
