"""Tryton's sales and sale lines as our orders."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Any

from app.domain.money import Money
from app.domain.orders import (
    HeaderField,
    LineKind,
    OrderHeader,
    OrderLine,
    OrderPhase,
    OrderState,
    OrderSummary,
    Product,
    Totals,
)
from app.domain.parties import Address, CustomerHit
from app.systems.tryton import pyson
from app.systems.tryton.customers import address_fields, read_address, read_choice
from app.systems.tryton.protocol import Row, malformed, wire
from app.systems.tryton.schema import FieldInfo
from app.systems.tryton.site import Site, existing

PHASES: Mapping[str, OrderPhase] = MappingProxyType(
    {
        "draft": OrderPhase.DRAFT,
        "quotation": OrderPhase.OFFERED,
        "confirmed": OrderPhase.CONFIRMED,
        "processing": OrderPhase.CONFIRMED,
        "done": OrderPhase.DONE,
        "cancelled": OrderPhase.CANCELLED,
    }
)
_KINDS: Mapping[str, LineKind] = MappingProxyType(
    {
        "line": LineKind.PRODUCT,
        "comment": LineKind.COMMENT,
        "title": LineKind.TITLE,
        "subtotal": LineKind.SUBTOTAL,
    }
)
TYPES: Mapping[LineKind, str] = MappingProxyType({kind: key for key, kind in _KINDS.items()})

TOTALS = ("untaxed_amount", "tax_amount", "total_amount")
HEADER_NAMES: Mapping[HeaderField, str] = MappingProxyType(
    {
        HeaderField.DELIVERY_ADDRESS: "shipment_address",
        HeaderField.INVOICE_ADDRESS: "invoice_address",
        HeaderField.DELIVERY_METHOD: "carrier",
        HeaderField.REQUESTED_DATE: "shipping_date",
        HeaderField.CUSTOMER_REFERENCE: "reference",
        HeaderField.CURRENCY: "currency",
        HeaderField.PAYMENT_TERM: "payment_term",
        HeaderField.PRICE_LIST: "price_list",
    }
)
"""What Tryton calls the fields of a head."""

VERSION = ("number", "state", "currency", "_timestamp", *TOTALS)
"""What of an order can have changed by a write of its lines."""

SHIPMENT_COST = "shipment_cost"
"""Set on the line that Tryton makes of the freight when an order is offered, and makes anew each time."""

_LINE = (
    "sale",
    "type",
    "product",
    "product.code",
    "product.name",
    "description",
    "quantity",
    "unit",
    "unit_price",
    "base_price",
    "discount_rate",
    "taxes",
    "amount",
    "sequence",
    SHIPMENT_COST,
)


def line_fields(site: Site) -> list[str]:
    """What to read of a line."""
    return [*existing(site.schema.line, *_LINE), "_timestamp"]


def header_fields(site: Site) -> list[str]:
    """What to read of an order besides `VERSION`: what is shown, and what pricing a line wants to see of it."""
    _, parents = site.schema.asked_by(site.schema.line)
    shown = existing(
        site.schema.sale,
        "party",
        "party.code",
        "party.name",
        "sale_date",
        "shipping_date",
        "reference",
        "invoice_address.rec_name",
        "shipment_address.rec_name",
        "payment_term.rec_name",
        "price_list.rec_name",
        "carrier.rec_name",
        "warehouse",
    )
    chosen_by = {name for which in HEADER_NAMES.values() for name in _domain_names(site.schema.sale.get(which))}
    rested_on = sorted(parents | chosen_by)
    relations = [name for name in rested_on if name in site.schema.sale and not site.schema.sale[name].is_to_many]
    addresses = [*address_fields(site, "invoice_address"), *address_fields(site, "shipment_address")]
    return sorted({*shown, *relations, *addresses} - set(VERSION))


def _domain_names(info: FieldInfo | None) -> Iterator[str]:
    """The fields of the order that decide what ``info`` can be."""
    if info is not None:
        with suppress(pyson.NotUnderstood):
            yield from pyson.names(pyson.parse(info.domain))


def read_state(site: Site, key: str) -> OrderState:
    """The state with its words in the user's language, as the ERP gave them with the field."""
    label = site.schema.sale["state"].selection.get(key, key)
    # A state that a module adds lies between the draft and the end: its order is shown and not changed by us.
    return OrderState(key=key, label=label, phase=PHASES.get(key, OrderPhase.CONFIRMED))


def read_totals(site: Site, row: Row) -> Totals:
    """The order's totals. Raises `MalformedAnswer` where one is missing: a sum that is not there is never a zero."""
    currency = site.lookups.currency(row.key("currency"))
    figures = [site.lookups.money(row, name, currency) for name in TOTALS]
    match figures:
        case [Money() as net, Money() as tax, Money() as total]:
            return Totals(net=net, tax=tax, total=total)
    raise malformed("an order without totals")


async def read_lines(site: Site, found: Sequence[Row], currency: str) -> tuple[OrderLine, ...]:
    """Lines off the wire, in the order they came; prices are in ``currency``, the order's."""
    await site.lookups.need(
        units=(row.optional_key("unit") for row in found),
        taxes=(key for row in found for key in row.keys_of("taxes")),
    )
    return tuple(_line(site, row, currency) for row in found)


def _line(site: Site, row: Row, currency: str) -> OrderLine:
    product = row.row("product")
    kind = _KINDS.get(row.text("type"))
    if kind is None:
        raise malformed("a line of an unknown type")
    return OrderLine(
        id=str(row.key()),
        kind=kind,
        version=line_version(row.key("sale"), row.token("_timestamp")),
        product=Product(str(product.key()), product.text("code"), product.text("name")) if product else None,
        description=row.block("description"),
        quantity=row.quantity("quantity"),
        unit=site.lookups.unit(row.optional_key("unit")),
        list_price=site.lookups.money(row, "base_price", currency),
        discount=row.decimal("discount_rate"),
        unit_price=site.lookups.money(row, "unit_price", currency),
        taxes=tuple(site.lookups.tax(key) for key in row.keys_of("taxes")),
        # Tryton answers 0 for a comment or a title; that is no amount.
        amount=site.lookups.money(row, "amount", currency) if kind in (LineKind.PRODUCT, LineKind.SUBTOTAL) else None,
        by_erp=row.raw(SHIPMENT_COST) is not None,
    )


def line_version(order_key: int, timestamp: str) -> str:
    """A line's version: Tryton's timestamp, and the order that it was read in, which a write must not leave."""
    return f"{order_key}:{timestamp}"


def read_header(site: Site, row: Row) -> OrderHeader:
    """An order's header off the wire."""
    party = row.row("party")
    if party is None:
        raise malformed("an order without a customer")
    delivery = _address(row, "shipment_address")
    return OrderHeader(
        customer=CustomerHit(
            id=str(party.key()),
            number=party.text("code"),
            name=party.text("name"),
            city=delivery.city if delivery else "",
        ),
        currency=site.lookups.currency(row.key("currency")),
        invoice_address=_address(row, "invoice_address"),
        delivery_address=delivery,
        delivery_method=read_choice(row, "carrier"),
        requested_date=row.date("shipping_date"),
        customer_reference=row.text("reference"),
        payment_term=read_choice(row, "payment_term"),
        price_list=read_choice(row, "price_list"),
        vendor=MappingProxyType({name: row.raw(name) for name in row if _is_plain(site.schema.sale.get(name))}),
    )


def _is_plain(info: FieldInfo | None) -> bool:
    return info is not None and not info.is_to_many and info.name not in TOTALS


def _address(row: Row, name: str) -> Address | None:
    related = row.row(name)
    return None if related is None else read_address(related)


def header_values(site: Site, header: OrderHeader) -> dict[str, Any]:
    """A header as Tryton's own values: what it gave us, with what the user chose since on top."""
    values = dict(header.vendor)
    values["party"] = int(header.customer.id)
    typed: dict[str, Any] = {
        "invoice_address": _id(header.invoice_address),
        "shipment_address": _id(header.delivery_address),
        "carrier": _id(header.delivery_method),
        "currency": site.lookups.currency_key(header.currency, values.get("currency")),
        "payment_term": _id(header.payment_term),
        "price_list": _id(header.price_list),
        "shipping_date": _day(header.requested_date),
        "reference": header.customer_reference or None,
    }
    values.update({name: value for name, value in typed.items() if name in site.schema.sale})
    return values


def _id(thing: Any) -> int | None:
    return int(thing.id) if thing is not None and thing.id else None


def _day(value: date | None) -> Any:
    return None if value is None else wire(value)


def read_summary(site: Site, row: Row) -> OrderSummary:
    """An order in a list."""
    currency = site.lookups.currency(row.key("currency"))
    return OrderSummary(
        id=str(row.key()),
        number=row.text("number"),
        state=read_state(site, row.text("state")),
        order_date=row.date("sale_date"),
        customer_reference=row.text("reference"),
        total=site.lookups.money(row, "total_amount", currency),
    )
