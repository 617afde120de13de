"""Writing an order's lines: one transaction at the versions they rest on, and reading back what it can have changed.

Tryton checks the ``_timestamp`` of every record that a write touches. A line written by itself would not move its
order's, so lines are always written through ``sale.sale.write`` (``shared/facts/tryton.md``). A new line carries a
mark of its local id in ``sequence``; that is how it is found again after an answer was lost (`marks`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.domain.header_edits import differing
from app.domain.order_changes import LineChange, OrderChanges, OrderUpdate
from app.domain.orders import LineField, LineKind, OrderLine
from app.domain.text import clean
from app.ports.errors import Conflict, NotFound, OutcomeUnknown, Refused, SystemFault
from app.systems.tryton.actions import skip_warnings
from app.systems.tryton.mapping import (
    HEADER_NAMES,
    VERSION,
    header_fields,
    header_values,
    line_fields,
    read_header,
    read_lines,
    read_state,
    read_totals,
)
from app.systems.tryton.marks import is_younger, marks
from app.systems.tryton.pricing import line_values
from app.systems.tryton.protocol import SYSTEM, Row, malformed, rows
from app.systems.tryton.schema import FieldInfo
from app.systems.tryton.site import Site, key_of

_FIELDS = {
    LineField.PRODUCT: ("product",),
    LineField.DESCRIPTION: ("description",),
    LineField.QUANTITY: ("quantity",),
    LineField.UNIT: ("unit",),
    LineField.UNIT_PRICE: ("unit_price",),
    LineField.DISCOUNT: ("unit_price",),  # Tryton stores no discount: it is the list price against the unit price
}
_PRICED = ("unit", "unit_price", "base_price", "taxes")


async def commit(site: Site, changes: OrderChanges, accepted: frozenset[str]) -> OrderUpdate:
    """See `ErpSystem.commit`. One request to write, one to read back; more only where something went wrong."""
    call = _write(site, changes)
    await skip_warnings(site, accepted)
    try:
        answer = await site.client.write(*call[0], context=call[1])
    except Refused as error:
        # A line that is gone is a refusal to Tryton ("records that don't exist"), and to us somebody's change.
        if type(error) is Refused and await _something_is_gone(site, changes):
            raise Conflict(SYSTEM, error.words, detail="a line or the order is no longer there") from error
        raise
    try:
        return await _read_back(site, changes, _order_key(changes, answer))
    except SystemFault as error:
        detail = f"written, but not read back: {error.detail or type(error).__name__}"
        raise OutcomeUnknown(SYSTEM, detail=detail) from error


def _order_key(changes: OrderChanges, answer: Any) -> int:
    if changes.order_id is not None:
        return key_of(changes.order_id)
    match answer:
        case [int(key)]:
            return key
    raise malformed("a new order without an id")


def _write(site: Site, changes: OrderChanges) -> tuple[tuple[Any, ...], dict[str, Any]]:
    sequences = marks(changes)
    created = [_new_line(site, change, sequences[change.line.id]) for change in changes.created]
    if changes.order_id is None:
        if changes.changed or changes.removed:
            raise Conflict(SYSTEM, detail="a new order has no lines to change")
        header = _new_header(site, changes)
        return ("model.sale.sale.create", [{**header, "lines": [["create", created]]}]), {}
    order_key = key_of(changes.order_id)
    timestamps = {f"sale.sale,{order_key}": changes.version}
    lines: list[list[Any]] = [["create", created]] if created else []
    for change in changes.changed:
        key = key_of(change.line.id)
        timestamps[f"sale.line,{key}"] = _timestamp(order_key, change.line.version)
        lines.append(["write", [key], _changed_values(site, change)])
    for removal in changes.removed:
        timestamps[f"sale.line,{key_of(removal.id)}"] = _timestamp(order_key, removal.version)
    if changes.removed:
        lines.append(["delete", [key_of(removal.id) for removal in changes.removed]])
    values = {**_changed_header(site, changes), **({"lines": lines} if lines else {})}
    return ("model.sale.sale.write", [order_key], values), {"_timestamp": timestamps}


def _changed_header(site: Site, changes: OrderChanges) -> dict[str, Any]:
    if changes.header_change is None:
        return {}
    values = header_values(site, changes.header)
    names = [HEADER_NAMES[which] for which in changes.header_change.was]
    return {**changes.header_change.vendor, **{name: values[name] for name in names if name in values}}


def _timestamp(order_key: int, version: str) -> str:
    """Tryton's timestamp in a line's version. Raises `Conflict` for a line that was read in another order."""
    owner, _, timestamp = version.partition(":")
    if owner != str(order_key) or not timestamp:
        raise Conflict(SYSTEM, detail="the line was not read in this order")
    return timestamp


def _new_header(site: Site, changes: OrderChanges) -> dict[str, Any]:
    values = header_values(site, changes.header)
    return {name: value for name, value in values.items() if _is_writable(site.schema.sale.get(name))}


def _is_writable(info: FieldInfo | None) -> bool:
    return info is not None and not info.readonly and info.name != "id"


def _new_line(site: Site, change: LineChange, sequence: int) -> dict[str, Any]:
    values = line_values(site, change.line)
    taxes = values.pop("taxes", [])
    values["sequence"] = sequence
    if change.line.kind is not LineKind.PRODUCT:
        return {name: values[name] for name in ("type", "sequence", "description")}
    if taxes:
        values["taxes"] = [["add", taxes]]
    return {**change.vendor, **values}


def _changed_values(site: Site, change: LineChange) -> dict[str, Any]:
    values = line_values(site, change.line)
    names = {name for which in change.fields for name in _FIELDS[which]}
    if change.priced:
        names.update(_PRICED)
    written = {name: values[name] for name in names if name in values}
    if written.get("base_price") is None:
        written.pop("base_price", None)  # not known here is not the same as none: see `OURS` in pricing.py
    if "taxes" in written:
        written["taxes"] = _only(site, written["taxes"])
    return {**(change.vendor if change.priced else {}), **written}


def _only(site: Site, wanted: list[int]) -> list[Any]:
    """The steps after which exactly the taxes ``wanted`` stand on a line, whatever stood there.

    To name a tax both as removed and as added ends without it, so only the others are removed.
    """
    others = sorted(site.lookups.taxes.keys() - set(wanted))
    steps: list[Any] = [["remove", others]] if others else []
    return [*steps, ["add", wanted]] if wanted else steps


async def _something_is_gone(site: Site, changes: OrderChanges) -> bool:
    if changes.order_id is None:
        return False
    touched = [key_of(change.line.id) for change in changes.changed] + [key_of(gone.id) for gone in changes.removed]
    domain = [["sale", "=", key_of(changes.order_id)], ["id", "in", touched]]
    there = await site.client.read("model.sale.line.search_count", domain)
    if there != len(touched):
        return True
    return not await site.client.read("model.sale.sale.search_count", [["id", "=", key_of(changes.order_id)]])


async def _read_back(site: Site, changes: OrderChanges, order_key: int) -> OrderUpdate:
    # The write was answered, so what it removed is gone: only a lost answer makes that a question.
    return _update(changes, order_key, await _Touched.read(site, changes, order_key, look_for_removed=False))


async def landed(site: Site, changes: OrderChanges) -> OrderUpdate | None:
    """See `ErpSystem.landed`.

    A write is one transaction, so any of its new lines there proves all of it. Without new lines the content must be
    what was sent, under a version other than the one it was sent at.
    """
    order_key = key_of(changes.order_id) if changes.order_id else await _find_order(site, changes)
    if order_key is None:
        return None
    try:
        touched = await _Touched.read(site, changes, order_key, look_for_removed=True)
    except NotFound:
        return None
    if changes.created:
        return _update(changes, order_key, touched) if touched.created else None
    there = {line.id: line for line in touched.lines}
    if any(removal.id in there for removal in changes.removed):
        return None
    lines_are_written = all(_is_written(change, there.get(change.line.id)) for change in changes.changed)
    if not lines_are_written or not _header_is_written(changes, touched):
        return None
    return _update(changes, order_key, touched)


async def _find_order(site: Site, changes: OrderChanges) -> int | None:
    """The order that this user made for this customer with the new lines of ``changes`` in it."""
    domain = [
        ["sequence", "in", sorted(marks(changes).values())],
        ["create_uid", "=", site.client.user_id],
        ["sale.party", "=", key_of(changes.header.customer.id)],
    ]
    newest = [["id", "DESC"]]
    found = rows(await site.client.read("model.sale.line.search_read", domain, 0, 1, newest, ["sale"]))
    return found[0].key("sale") if found else None


def _is_written(change: LineChange, line: OrderLine | None) -> bool:
    if line is None or line.version == change.line.version:
        return False
    wanted = change.line
    same = {
        LineField.PRODUCT: _id(wanted.product) == _id(line.product),
        LineField.DESCRIPTION: clean(wanted.description).strip() == line.description,
        LineField.QUANTITY: wanted.quantity == line.quantity,
        LineField.UNIT: _id(wanted.unit) == _id(line.unit),
        LineField.UNIT_PRICE: wanted.unit_price == line.unit_price,
        LineField.DISCOUNT: wanted.unit_price == line.unit_price,
    }
    fields = change.fields | ({LineField.UNIT, LineField.UNIT_PRICE} if change.priced else set())
    taxes = {tax.id for tax in wanted.taxes} == {tax.id for tax in line.taxes}
    return all(same[which] for which in fields) and (taxes or not change.priced)


def _header_is_written(changes: OrderChanges, touched: "_Touched") -> bool:
    change, header = changes.header_change, touched.header
    if change is None:
        return True
    if header is None or touched.version == changes.version:
        return False
    return not differing(header, changes.header) & change.was.keys()


def _id(thing: Any) -> str | None:
    return thing.id if thing is not None else None


class _Touched:
    """The lines of a write as the ERP now has them, and the order around them.

    Attributes:
        lines: Those that exist, the new ones last and in their own order.
        created: The ERP's id for each local id that was found.
        header: The order's, where the write changed it; else None.
    """

    def __init__(
        self, site: Site, order: Row, lines: Sequence[OrderLine], created: dict[str, str], *, with_header: bool
    ) -> None:
        self.header = read_header(site, order) if with_header else None
        self.lines = tuple(lines)
        self.created = created
        self.number = order.text("number")
        self.version = order.token("_timestamp")
        self.state = read_state(site, order.text("state"))
        self.totals = read_totals(site, order)
        self.read_at = datetime.now(UTC)

    @classmethod
    async def read(cls, site: Site, changes: OrderChanges, order_key: int, *, look_for_removed: bool) -> "_Touched":
        """One request: the touched lines, with the order's totals and version read along. Raises `NotFound`."""
        tokens = {sequence: local_id for local_id, sequence in marks(changes).items()}
        keys = [key_of(change.line.id) for change in changes.changed] + [key_of(gone.id) for gone in changes.removed]
        found: Sequence[Row] = ()
        names = [*VERSION, *header_fields(site)] if changes.is_of_header else [*VERSION]
        if tokens or changes.changed or look_for_removed:
            found = await cls._lines(site, order_key, keys, list(tokens), names)
        order = found[0].row("sale") if found else await cls._order(site, order_key, names)
        if order is None:
            raise NotFound(SYSTEM)
        await site.lookups.need(currencies=[order.key("currency")])
        lines = await read_lines(site, found, site.lookups.currency(order.key("currency")))
        local = {str(row.key()): _local_id(row, tokens, changes) for row in found}
        lines = tuple(line for line in lines if local[line.id] is not None or int(line.id) in keys)
        created = {name: key for key, name in local.items() if name is not None}
        lines = tuple(sorted(lines, key=lambda line: local[line.id] is not None))
        return cls(site, order, lines, created, with_header=changes.is_of_header)

    @staticmethod
    async def _lines(site: Site, order_key: int, keys: list[int], tokens: list[int], names: list[str]) -> Sequence[Row]:
        # The creator is asked for too: another user's line may carry the same millisecond.
        mine = [["sequence", "in", tokens], ["create_uid", "=", site.client.user_id]]
        domain: list[Any] = [["sale", "=", order_key], ["OR", ["id", "in", keys], mine]]
        fields = [*line_fields(site), "create_date", *(f"sale.{name}" for name in names)]
        # No limit: rows of one quarter of a second that went in several writes share a mark, and the last is wanted.
        order = [["sequence", "ASC"], ["id", "ASC"]]
        return rows(await site.client.read("model.sale.line.search_read", domain, 0, None, order, fields))

    @staticmethod
    async def _order(site: Site, order_key: int, names: list[str]) -> Row | None:
        method, domain = "model.sale.sale.search_read", [["id", "=", order_key]]
        return next(iter(rows(await site.client.read(method, domain, 0, 1, None, names))), None)


def _local_id(row: Row, tokens: dict[int, str], changes: OrderChanges) -> str | None:
    sequence = row.raw("sequence")
    name = tokens.get(sequence) if isinstance(sequence, int) else None
    if name is None or not is_younger(row.plain("create_date"), changes.version):
        return None
    return name


def _update(changes: OrderChanges, order_key: int, touched: _Touched) -> OrderUpdate:
    there = {line.id for line in touched.lines}
    missing = changes.line_ids - there - touched.created.keys()
    return OrderUpdate(
        order_id=str(order_key),
        number=touched.number,
        version=touched.version,
        state=touched.state,
        totals=touched.totals,
        read_at=touched.read_at,
        lines=touched.lines,
        created=touched.created,
        removed=frozenset(missing),
        header=touched.header,
    )
