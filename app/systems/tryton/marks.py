"""How a new line is found again in Tryton: by a number in its ``sequence``, which also puts the lines in order.

PostgreSQL keeps a sequence in 32 bits (SQLite takes 40), so the local id's milliseconds do not fit as they are.

- The lines of a new order take the milliseconds modulo 10**8. Local ids rise and are unique, so two orders that a user
  makes for a customer share a number only when they are made a multiple of 27.8 hours apart to the millisecond.
- Lines added to an order must sort behind those that are there. They take quarters of a second since 2025, and the
  next number where two would be equal. Another write of the same quarter may have given out the same number, but what
  it made is not younger than the version that this write rests on: see `is_younger`.
"""

from datetime import UTC, datetime
from typing import Final

from app.domain.order_changes import OrderChanges
from app.ports.errors import Refused
from app.systems.tryton.protocol import SYSTEM, malformed

_LARGEST_TOKEN: Final = 2**40
_LARGEST_SEQUENCE: Final = 2**31 - 1
_NEW_ORDER: Final = 10**8
_TYPED_IN_ONE_GO: Final = 10**6
"""Milliseconds; a line of a new order that was begun later than that takes the next number instead."""
_BEHIND_NEW_ORDERS: Final = _NEW_ORDER + 2 * _TYPED_IN_ONE_GO
LAST_OF_NEW_ORDERS: Final = _BEHIND_NEW_ORDERS - 1
"""No line that is added to an order later gets a number as small as this."""
_FROM_2020_TO_2025: Final = 157_852_800_000
"""Milliseconds between the epoch of the local ids, 1 January 2020, and that of the numbers here."""
_QUARTER: Final = 250
_SAME_TRANSACTION: Final = 0.0005
"""Seconds. Tryton's timestamps are text with five or six decimals; of one transaction they are all the same."""


def marks(changes: OrderChanges) -> dict[str, int]:
    """The sequence for each new line of a write, by its local id: always the same for the same write.

    Raises:
        Refused: a local id is not ``new-<number below 2**40>``.
    """
    tokens = {change.line.id: token_of(change.line.id) for change in changes.created}
    if not tokens:
        return {}
    in_order = sorted(tokens, key=tokens.__getitem__)
    if changes.order_id is None:
        first = tokens[in_order[0]]
        return {
            name: first % _NEW_ORDER + min(tokens[name] - first, _TYPED_IN_ONE_GO + place) + 1
            for place, name in enumerate(in_order)
        }
    given: dict[str, int] = {}
    last = 0
    for name in in_order:
        quarter = (tokens[name] - _FROM_2020_TO_2025) // _QUARTER
        last = given[name] = min(max(quarter, _BEHIND_NEW_ORDERS, last + 1), _LARGEST_SEQUENCE)
    return given


def token_of(local_id: str) -> int:
    """The number in ``new-<number>``. Raises `Refused` where it is none or too large."""
    prefix, _, number = local_id.partition("-")
    if prefix == "new" and number.isascii() and number.isdigit() and 0 < int(number[:14]) < _LARGEST_TOKEN:
        return int(number)
    raise Refused(SYSTEM, detail="the local id of a line is new-<a number below 2**40>")


def is_younger(created: object, version: str) -> bool:
    """Whether a line that was made at ``created``, a naive UTC time of Tryton's, is younger than an order's version.

    A write is sent only after the version it rests on was read, so what it makes is younger, by the server's clock.
    """
    if not version:
        return True
    if not isinstance(created, datetime):
        raise malformed("a line without the time of its making")
    try:
        return created.replace(tzinfo=UTC).timestamp() > float(version) + _SAME_TRANSACTION
    except ValueError as error:
        raise malformed("a version that is no timestamp") from error
