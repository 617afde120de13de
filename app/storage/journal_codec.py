"""A write as text, and back exactly: every Decimal with its digits, every date, and which kind of sequence it was.

Only the classes named here are made when a text is read, whatever it says.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.domain.contact_changes import CategoryChange, Correction, CrmChange, FieldChange, NewPerson
from app.domain.contacts import ContactField, NewTouchPoint, TouchKind
from app.domain.money import Money
from app.domain.order_changes import HeaderChange, LineChange, LineRemoval, OrderChanges
from app.domain.order_moves import LineMove
from app.domain.orders import HeaderField, LineField, LineKind, OrderHeader, OrderLine, Product, Tax, Unit
from app.domain.parties import Address, AddressUse, Choice, CustomerHit
from app.domain.sales_changes import StageChange, TaskCompletion

_RECORDS: Mapping[str, Any] = {
    each.__name__: each
    for each in (
        Address,
        CategoryChange,
        Choice,
        Correction,
        CustomerHit,
        FieldChange,
        HeaderChange,
        LineChange,
        LineMove,
        LineRemoval,
        Money,
        NewPerson,
        NewTouchPoint,
        OrderChanges,
        OrderHeader,
        OrderLine,
        Product,
        Tax,
        StageChange,
        TaskCompletion,
        Unit,
    )
}
_WORDS: Mapping[str, type[StrEnum]] = {
    each.__name__: each for each in (AddressUse, ContactField, HeaderField, LineField, LineKind, TouchKind)
}
_BAD = (ValueError, TypeError, KeyError, IndexError, ArithmeticError, AttributeError, RecursionError)


class Unreadable(Exception):
    """The text was not written by this version of the codec."""


def encode(changes: OrderChanges, accepted: frozenset[str]) -> str:
    """The write, and the questions answered with yes. Raises TypeError for a value of a class not named here."""
    return json.dumps([_plain(changes), sorted(accepted)], ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> tuple[OrderChanges, frozenset[str]]:
    """What `encode` was given. Raises `Unreadable`."""
    try:
        changes, accepted = json.loads(text)
        made = _made(changes)
        names = frozenset(str(name) for name in accepted)
    except _BAD as error:
        raise Unreadable(type(error).__name__) from error
    if not isinstance(made, OrderChanges):
        raise Unreadable("no write")
    return made, names


def encode_change(change: CrmChange) -> str:
    """A change of the CRM. Raises TypeError for a value of a class not named here."""
    return json.dumps(_plain(change), ensure_ascii=False, separators=(",", ":"))


def decode_change(text: str) -> CrmChange:
    """What `encode_change` was given. Raises `Unreadable`."""
    try:
        made = _made(json.loads(text))
    except _BAD as error:
        raise Unreadable(type(error).__name__) from error
    if not isinstance(made, CrmChange):
        raise Unreadable("no change of the CRM")
    return made


def _plain(value: Any) -> Any:  # noqa: PLR0911  # one a kind of value
    """As JSON: what JSON has no word for becomes ``[kind, …]``, so every list begins with its kind."""
    kind = type(value)
    if value is None or kind in (str, bool, int, float):
        return value
    if kind is Decimal:
        return ["Decimal", str(value)]
    if kind is date or kind is datetime:
        return [kind.__name__, value.isoformat()]
    if kind in (tuple, list):
        return [kind.__name__, *(_plain(each) for each in value)]
    if kind is frozenset:
        return ["frozenset", *(_plain(each) for each in sorted(value))]
    if isinstance(value, Mapping):
        return ["map", *([_plain(name), _plain(each)] for name, each in value.items())]
    if kind.__name__ in _WORDS:
        return [kind.__name__, value.value]
    if kind.__name__ in _RECORDS:
        return [kind.__name__, {each.name: _plain(getattr(value, each.name)) for each in fields(value)}]
    raise TypeError(f"{kind.__name__} cannot be kept in the journal")


def _made(value: Any) -> Any:  # noqa: PLR0911  # one a kind of value
    if not isinstance(value, list):
        return value
    kind, *rest = value
    match kind:
        case "Decimal":
            return Decimal(rest[0])
        case "date":
            return date.fromisoformat(rest[0])
        case "datetime":
            return datetime.fromisoformat(rest[0])
        case "list":
            return [_made(each) for each in rest]
        case "tuple":
            return tuple(_made(each) for each in rest)
        case "frozenset":
            return frozenset(_made(each) for each in rest)
        case "map":
            return {_made(name): _made(each) for name, each in rest}
    if kind in _WORDS:
        return _WORDS[kind](rest[0])
    return _RECORDS[kind](**{name: _made(each) for name, each in rest[0].items()})
