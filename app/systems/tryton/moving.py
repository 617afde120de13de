"""Putting an order's lines in another order: Tryton keeps it in each line's ``sequence``.

Only lines that Tryton has are moved, so none whose creation is still unknown: a new line is found again by the very
same number (`marks`), and only among lines younger than the write it came with.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.order_moves import arrange
from app.ports.errors import Conflict, NotFound, OutcomeUnknown, SystemFault
from app.systems.tryton.actions import skip_warnings
from app.systems.tryton.mapping import VERSION, line_fields, read_lines, read_state, read_totals
from app.systems.tryton.marks import LAST_OF_NEW_ORDERS
from app.systems.tryton.protocol import SYSTEM, Row, malformed, rows
from app.systems.tryton.sequences import renumbered
from app.systems.tryton.site import Site, key_of

_IN_ORDER = [["sequence", "ASC NULLS FIRST"], ["id", "ASC"]]


@dataclass(frozen=True, slots=True)
class _Places:
    """The lines as Tryton sorts them now, each with its number and timestamp."""

    numbers: dict[int, int | None]
    timestamps: dict[int, str]

    def wanted(self, changes: OrderChanges) -> list[int]:
        """The lines as they are to be sorted."""
        return [int(key) for key in arrange([str(key) for key in self.numbers], changes.moved)]


async def commit_moves(site: Site, changes: OrderChanges, accepted: frozenset[str]) -> OrderUpdate:
    """See `ErpSystem.commit`. One request for the numbers, one to write them, two to read back."""
    order_key = _order_key(changes)
    places = await _places(site, order_key)
    found = renumbered(places.wanted(changes), places.numbers, below=LAST_OF_NEW_ORDERS)
    if found:
        # The lines that only make room are written at the version just read: nothing else of them is touched.
        timestamps = {f"sale.line,{key}": places.timestamps[key] for key in found}
        steps: list[list[Any]] = [["write", [key], {"sequence": number}] for key, number in found.items()]
        await skip_warnings(site, accepted)
        await site.client.write(
            "model.sale.sale.write",
            [order_key],
            {"lines": steps},
            context={"_timestamp": {f"sale.sale,{order_key}": changes.version, **timestamps}},
        )
    elif (await _order(site, order_key, "_timestamp")).token("_timestamp") != changes.version:
        raise Conflict(SYSTEM, detail="the order is not as it was read")
    try:
        return await _read_back(site, order_key, list(found))
    except SystemFault as error:
        if not found:
            raise
        detail = f"written, but not read back: {error.detail or type(error).__name__}"
        raise OutcomeUnknown(SYSTEM, detail=detail) from error


async def moves_landed(site: Site, changes: OrderChanges) -> OrderUpdate | None:
    """See `ErpSystem.landed`: the order was written since, and making the moves would change nothing."""
    order_key = _order_key(changes)
    try:
        order = await _order(site, order_key, "_timestamp")
    except NotFound:
        return None
    if order.token("_timestamp") == changes.version:
        return None
    places = await _places(site, order_key)
    if places.wanted(changes) != list(places.numbers):
        return None
    # Which lines were renumbered is not known any more. The caller reads the order again after a lost answer.
    return await _read_back(site, order_key, [])


def _order_key(changes: OrderChanges) -> int:
    if changes.order_id is None or changes.created or changes.changed or changes.removed or changes.header_change:
        raise ValueError("moves travel by themselves, in an order that is there")
    return key_of(changes.order_id)


async def _places(site: Site, order_key: int) -> _Places:
    method, domain = "model.sale.line.search_read", [["sale", "=", order_key]]
    found = rows(await site.client.read(method, domain, 0, None, _IN_ORDER, ["sequence", "_timestamp"]))
    numbers: dict[int, int | None] = {}
    for row in found:
        number = row.raw("sequence")
        if number is not None and not isinstance(number, int):
            raise malformed("a sequence that is no number")
        numbers[row.key()] = number
    return _Places(numbers, {row.key(): row.token("_timestamp") for row in found})


async def _order(site: Site, order_key: int, *names: str) -> Row:
    method, domain = "model.sale.sale.search_read", [["id", "=", order_key]]
    found = rows(await site.client.read(method, domain, 0, 1, None, [*names]))
    if not found:
        raise NotFound(SYSTEM)
    return found[0]


async def _read_back(site: Site, order_key: int, touched: list[int]) -> OrderUpdate:
    order = await _order(site, order_key, *VERSION, "lines")
    await site.lookups.need(currencies=[order.key("currency")])
    # What a subtotal comes to is what stands above it.
    changed = ["OR", ["id", "in", touched], ["type", "=", "subtotal"]]
    method, domain = "model.sale.line.search_read", [["sale", "=", order_key], changed]
    found = rows(await site.client.read(method, domain, 0, None, _IN_ORDER, line_fields(site)))
    return OrderUpdate(
        order_id=str(order_key),
        number=order.text("number"),
        version=order.token("_timestamp"),
        state=read_state(site, order.text("state")),
        totals=read_totals(site, order),
        read_at=datetime.now(UTC),
        lines=tuple(await read_lines(site, found, site.lookups.currency(order.key("currency")))),
        sequence=tuple(str(key) for key in order.keys_of("lines")),
    )
