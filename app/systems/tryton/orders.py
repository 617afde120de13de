"""Reading orders: the list of a customer's, one with all its lines, and a proposal for a new one."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from app.domain.orders import Order, OrderHeader, OrderHit, OrderLine, OrderSummary
from app.domain.parties import Address, Choice, Customer, CustomerHit
from app.domain.text import fold, one_line
from app.ports.errors import NotFound
from app.systems.tryton.actions import Buttons
from app.systems.tryton.customers import customer_by_id
from app.systems.tryton.header import locks
from app.systems.tryton.mapping import (
    VERSION,
    header_fields,
    line_fields,
    read_header,
    read_lines,
    read_state,
    read_summary,
    read_totals,
)
from app.systems.tryton.protocol import SYSTEM, Row, malformed, rows
from app.systems.tryton.site import Site, escaped, key_of, name_patterns

LINES_A_PAGE = 200
"""A line is 400-700 bytes of JSON, so a page stays near 100 KB: decoding one never holds the window's thread up."""

_SUMMARY = ["number", "state", "sale_date", "reference", "currency", "total_amount"]
_HIT = ["number", "state", "reference", "party.code", "party.name"]
_NEWEST_FIRST = [["sale_date", "DESC NULLS FIRST"], ["id", "DESC"]]


async def orders_of(site: Site, customer_id: str, text: str, limit: int, offset: int) -> Sequence[OrderSummary]:
    """The customer's orders, drafts and then the newest first, as Tryton itself lists them."""
    domain: list[Any] = [["party", "=", key_of(customer_id)]]
    wanted = one_line(text)
    if wanted:
        patterns = [f"%{escaped(pattern)}%" for pattern in name_patterns(wanted)]
        domain.append(["OR", *([name, "ilike", p] for name in ("number", "reference") for p in patterns)])
    method = "model.sale.sale.search_read"
    found = rows(await site.client.read(method, domain, offset, limit, _NEWEST_FIRST, [*_SUMMARY]))
    await site.lookups.need(currencies=(row.key("currency") for row in found))
    return [read_summary(site, row) for row in found]


async def search_orders(site: Site, text: str, limit: int) -> Sequence[OrderHit]:
    """By number or reference, the very number first and then the newest. One request; a second where too many were
    found, as the very number may be among those that were cut off.
    """
    wanted = one_line(text)
    if not wanted:
        return []
    patterns = [f"%{escaped(pattern)}%" for pattern in name_patterns(wanted)]
    domain: list[Any] = ["OR", *([name, "ilike", p] for name in ("number", "reference") for p in patterns)]
    method = "model.sale.sale.search_read"
    found = rows(await site.client.read(method, domain, 0, limit, _NEWEST_FIRST, [*_HIT]))
    if len(found) == limit:
        very = [["number", "ilike", escaped(wanted)]]
        found = (*rows(await site.client.read(method, very, 0, limit, _NEWEST_FIRST, [*_HIT])), *found)
    hits = {row.key(): _hit(site, row) for row in found}
    return sorted(hits.values(), key=lambda hit: fold(hit.number) != fold(wanted))[:limit]


def _hit(site: Site, row: Row) -> OrderHit:
    party = row.row("party")
    key, number, name = (str(party.key()), party.text("code"), party.text("name")) if party is not None else ("",) * 3
    return OrderHit(
        id=str(row.key()),
        number=row.text("number"),
        customer=CustomerHit(key, number, name, ""),
        customer_reference=row.text("reference"),
        state=read_state(site, row.text("state")),
    )


async def open_order(site: Site, buttons: Buttons, order_key: int) -> Order:
    """The order with all its lines: one request, and one for each page of lines. Raises `NotFound`."""
    fields = sorted({*VERSION, *header_fields(site), *buttons.fields, "lines"})
    found = await site.client.read("model.sale.sale.search_read", [["id", "=", order_key]], 0, 1, None, fields)
    row = next(iter(rows(found)), None)
    if row is None:
        raise NotFound(SYSTEM)
    await site.lookups.need(currencies=[row.key("currency")])
    header = read_header(site, row)
    lines: list[OrderLine] = []
    keys = row.keys_of("lines")
    for start in range(0, len(keys), LINES_A_PAGE):
        lines.extend(await _page(site, keys[start : start + LINES_A_PAGE], header.currency))
        await asyncio.sleep(0)  # other answers are waiting in this thread
    return Order(
        id=str(order_key),
        number=row.text("number"),
        header=header,
        state=read_state(site, row.text("state")),
        lines=tuple(lines),
        totals=read_totals(site, row),
        version=row.token("_timestamp"),
        editable=site.schema.may_write and buttons.editable(row),
        read_at=datetime.now(UTC),
        actions=buttons.offered(row),
        header_locks=locks(site, buttons, row, row.text("state"), is_new=False),
    )


async def _page(site: Site, keys: Sequence[int], currency: str) -> Sequence[OrderLine]:
    # A search and not a read: a line that somebody removed since is then left out instead of being an error.
    domain = [["id", "in", [*keys]]]
    method = "model.sale.line.search_read"
    found = rows(await site.client.read(method, domain, 0, len(keys), None, line_fields(site)))
    place = {key: index for index, key in enumerate(keys)}
    ordered = sorted(found, key=lambda row: place.get(row.key(), len(keys)))
    return await read_lines(site, ordered, currency)


async def propose_order(site: Site, buttons: Buttons, customer_id: str) -> Order:
    """A new order as the ERP sets it up: its defaults, and what it changes on choosing the customer."""
    writable = sorted(info.name for info in site.schema.sale.values() if not info.readonly and not info.is_to_many)
    defaults, customer = await asyncio.gather(
        site.client.read("model.sale.sale.default_get", writable, True),
        customer_by_id(site, customer_id),
    )
    if not isinstance(defaults, Mapping):
        raise malformed("defaults that are no record")
    values: dict[str, Any] = {**dict.fromkeys(writable), **defaults, "party": int(customer.id)}
    asked = site.schema.sale["party"].on_change
    sent = {name: values.get(name) for name in asked if "." not in name and name != "lines"}
    answer = await site.client.read("model.sale.sale.on_change", {**sent, "id": -1, "lines": []}, ["party"])
    if not isinstance(answer, Mapping):
        raise malformed("the consequences of a customer that are no record")
    row = Row({**values, **answer})
    await site.lookups.need(currencies=[row.key("currency")])
    state = read_state(site, row.text("state") or "draft")
    return Order(
        id=None,
        number="",
        header=_proposed_header(site, row, customer),
        state=state,
        lines=(),
        totals=None,
        version="",
        editable=site.schema.may_create,
        read_at=datetime.now(UTC),
        header_locks=locks(site, buttons, row, state.key, is_new=True),
    )


def _proposed_header(site: Site, row: Row, customer: Customer) -> OrderHeader:
    """The header from values that are no stored record: what is related comes as an id and its name only."""
    delivery = _address(row, "shipment_address", customer)
    keep = {
        info.name: row.raw(info.name)
        for info in site.schema.sale.values()
        if not info.readonly and not info.is_to_many and info.name in row
    }
    return OrderHeader(
        customer=CustomerHit(customer.id, customer.number, customer.name, delivery.city if delivery else ""),
        currency=site.lookups.currency(row.key("currency")),
        invoice_address=_address(row, "invoice_address", customer),
        delivery_address=delivery,
        delivery_method=_choice(row, "carrier"),
        requested_date=row.date("shipping_date"),
        customer_reference=row.text("reference"),
        payment_term=_choice(row, "payment_term"),
        price_list=_choice(row, "price_list"),
        vendor=MappingProxyType(keep),
    )


def _name(row: Row, field: str) -> str:
    related = row.row(field)
    return related.text("rec_name") if related is not None else ""


def _choice(row: Row, field: str) -> Choice | None:
    key = row.optional_key(field)
    return None if key is None else Choice(id=str(key), label=_name(row, field))


def _address(row: Row, field: str, customer: Customer) -> Address | None:
    key = row.optional_key(field)
    if key is None:
        return None
    own = next((address for address in customer.addresses if address.id == str(key)), None)
    # Another party's, as with a customer whose invoices go elsewhere: Tryton tells its name.
    return own or Address(id=str(key), name=_name(row, field))
