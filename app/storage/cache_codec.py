"""An overview as bytes, and back: only the fields named here are ever written, whatever else a record comes to hold.

What a row of an earlier version lacks gets its default; what a later version put in it is left out.
"""

import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

import msgspec

from app.domain.contacts import (
    Campaign,
    Category,
    Company,
    ContactHit,
    Page,
    Person,
    SalesProcess,
    SupportCase,
    Task,
    TouchPoint,
)
from app.domain.economy import (
    Column,
    ExpenseTotal,
    ExpenseTotals,
    HoursTotals,
    Panel,
    PanelData,
    Period,
    ProjectHours,
    SourceAge,
    Subject,
)
from app.domain.money import Money
from app.domain.orders import (
    Order,
    OrderHeader,
    OrderLine,
    OrderState,
    OrderSummary,
    Product,
    Tax,
    Totals,
    Unit,
)
from app.domain.parties import Address, Choice, Credit, Customer, CustomerHit
from app.domain.projects import Project, ProjectHit
from app.domain.trade_events import TradeEvent
from app.ports.cache import OverviewKind
from app.storage.kept_panels import KeptPanel, kept, panel_data

T = TypeVar("T")
_MOST = 16_000_000
"""Bytes that one overview may unfold to; an order of 10,000 lines is about 5 million."""

KEPT: Mapping[type[Any], tuple[str, ...]] = {
    Address: ("id", "name", "street", "postal_code", "city", "country", "uses"),
    Campaign: ("id", "name", "kind", "sent"),
    Category: ("key", "label", "values", "several"),
    Choice: ("id", "label"),
    Company: (
        "id",
        "name",
        "number",
        "address",
        "phone",
        "email",
        "website",
        "categories",
        "tags",
        "people",
        "vat_number",
    ),
    Column: ("key", "label", "type", "role"),
    ContactHit: ("id", "kind", "name", "company_id", "number", "detail"),
    Credit: ("limit", "receivable", "overdue"),
    Customer: ("id", "number", "name", "vat_number", "addresses", "price_list", "payment_term", "credit"),
    CustomerHit: ("id", "number", "name", "city"),
    ExpenseTotal: ("number", "kind", "amount"),
    ExpenseTotals: ("subject", "period", "rows", "totals"),
    HoursTotals: ("subject", "period", "rows", "total"),
    Money: ("amount", "currency"),
    Order: ("id", "number", "header", "state", "lines", "totals", "version", "editable", "read_at"),
    OrderHeader: (
        "customer",
        "currency",
        "invoice_address",
        "delivery_address",
        "delivery_method",
        "requested_date",
        "customer_reference",
        "payment_term",
        "price_list",
    ),
    OrderLine: (
        "id",
        "kind",
        "product",
        "description",
        "quantity",
        "unit",
        "list_price",
        "discount",
        "unit_price",
        "taxes",
        "amount",
    ),
    OrderState: ("key", "label", "phase"),
    OrderSummary: ("id", "number", "state", "order_date", "customer_reference", "total"),
    Page: ("items", "next"),
    Panel: ("key", "title", "kind", "on", "hint"),
    PanelData: ("panel", "columns", "rows", "sources"),
    Period: ("first", "last"),
    Person: ("id", "name", "role", "phone", "mobile", "email", "first_name", "last_name"),
    Product: ("id", "code", "name"),
    ProjectHours: ("number", "name", "hours", "cost"),
    Project: (
        *("id", "number", "name", "status", "is_open", "customer_number", "customer_name", "starts_on", "ends_on"),
        *("people", "budget_hours", "hours", "progress", "cost", "revenue"),
    ),
    ProjectHit: ("id", "number", "name", "customer_number", "customer_name", "is_open"),
    SalesProcess: ("id", "name", "stage", "amount", "closes", "is_open", "stage_id", "outcome", "reference"),
    SourceAge: ("name", "as_of"),
    Subject: ("kind", "number"),
    SupportCase: ("id", "title", "status", "priority", "opened", "is_open"),
    Task: ("id", "title", "due", "text", "status", "people", "owner", "is_open"),
    Tax: ("id", "label", "rate"),
    Totals: ("net", "tax", "total"),
    TouchPoint: ("id", "kind", "at", "subject", "text", "people", "author"),
    TradeEvent: (
        *("id", "kind", "day", "number", "state", "reference", "amount", "open_amount", "due_amount", "due", "place"),
        *("is_planned", "is_credit", "orders"),
    ),
    Unit: ("id", "symbol", "digits", "name"),
}
"""The allow-list: the fields of each record that may be kept."""

NOT_KEPT: Mapping[type[Any], tuple[str, ...]] = {
    # Who may go on in the reporting system is its own to say, each time.
    PanelData: ("link",),
    # What a change needs is read anew before anything is changed.
    Category: ("can_set",),
    Company: ("version", "can_set", "can_add_people"),
    Person: ("can_set",),
    SalesProcess: ("version", "can_change"),
    Task: ("version", "can_change"),
    OrderLine: ("version", "by_erp"),
    Order: ("actions", "header_locks", "_by_id"),
    # A system's own keys and values.
    OrderHeader: ("vendor",),
}
"""The fields that were decided against; a test fails on a field that nobody has decided about."""


class Unreadable(Exception):
    """The bytes hold no such overview."""


def encode(value: Any) -> bytes:
    """The allowed fields of an overview. Raises TypeError for a record that is not on the list."""
    return zlib.compress(msgspec.json.encode(_plain(value)))


def decode(kind: OverviewKind[T], body: bytes) -> T:
    """What `encode` was given, as far as it was kept. Raises `Unreadable`."""
    shape: type[Any] = KeptPanel if kind.shape is PanelData else kind.shape
    try:
        unfolder = zlib.decompressobj()
        text = unfolder.decompress(body, _MOST)
        if unfolder.unconsumed_tail:
            raise Unreadable("too long")
        found = msgspec.json.decode(text, type=shape)
        return cast(T, panel_data(found) if isinstance(found, KeptPanel) else found)
    except (zlib.error, msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Order):
        value = replace(value, editable=False)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    fields = KEPT.get(type(value))
    if isinstance(value, PanelData):
        value = kept(value)
    if fields is not None:
        return {name: _plain(getattr(value, name)) for name in fields}
    if hasattr(value, "__dataclass_fields__"):
        raise TypeError(f"{type(value).__name__} is not on the list of what may be kept")
    return value
