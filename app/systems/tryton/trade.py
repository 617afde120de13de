"""What happened with a customer: Tryton's sales, shipments, returns and invoices, merged by their days.

Each kind is asked for what comes after the last one of it that was given, so that what is entered meanwhile neither
hides nor repeats anything.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.contacts import Page
from app.domain.orders import OrderPhase, OrderState
from app.domain.parties import Choice
from app.domain.text import one_line
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.errors import NotFound
from app.systems.tryton.mapping import read_state
from app.systems.tryton.protocol import SYSTEM, Row, rows, wire
from app.systems.tryton.schema import Fields
from app.systems.tryton.site import Site, escaped, existing, key_of, name_patterns
from app.systems.tryton.trade_schema import MODELS

_MOST_WORDS = 6
_CREDIT_NOTE = "credit_note"
_NO_DAY = "-"


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind is asked for and read.

    Attributes:
        party, day: What Tryton calls the customer and the day.
        planned: The day that stands for the other one while that is empty; Tryton itself sorts shipments so.
        fields: What is read of each.
        place: Where it was delivered to.
        orders: The way to the orders it belongs to.
        phases: The phase of an order that has the same colour; `OrderPhase.OFFERED` for what is under way.
    """

    party: str
    day: str
    fields: tuple[str, ...]
    planned: str = ""
    place: str = ""
    orders: tuple[str, ...] = ()
    phases: Mapping[str, OrderPhase] | None = None


_PLACE = ("party_name", "street", "postal_code", "city")
_SHIPMENT_PHASES = {
    "draft": OrderPhase.DRAFT,
    "done": OrderPhase.DONE,
    "received": OrderPhase.DONE,
    "cancelled": OrderPhase.CANCELLED,
}
_SHIPMENT = ("number", "reference", "state", "effective_date", "planned_date")
_KINDS: Mapping[TradeKind, _Kind] = {
    TradeKind.INVOICE: _Kind(
        "party",
        "invoice_date",
        (
            *("number", "reference", "state", "invoice_date", "currency", "total_amount"),
            *("amount_to_pay", "amount_to_pay_today", "sequence_type_cache"),
        ),
        orders=("sales",),
        phases={
            "draft": OrderPhase.DRAFT,
            "validated": OrderPhase.DRAFT,
            "paid": OrderPhase.DONE,
            "cancelled": OrderPhase.CANCELLED,
        },
    ),
    TradeKind.RETURN: _Kind(
        "customer",
        "effective_date",
        _SHIPMENT,
        "planned_date",
        "contact_address",
        ("incoming_moves", "sale"),
        _SHIPMENT_PHASES,
    ),
    TradeKind.DELIVERY: _Kind(
        "customer",
        "effective_date",
        _SHIPMENT,
        "planned_date",
        "delivery_address",
        ("outgoing_moves", "sale"),
        _SHIPMENT_PHASES,
    ),
    TradeKind.ORDER: _Kind(
        "party", "sale_date", ("number", "reference", "state", "sale_date", "currency", "total_amount")
    ),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """The last one of a kind that was given: its day, which may be none, and its id."""

    day: date | None
    key: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What a kind has after its place, and whether there is still more of it."""

    events: Sequence[TradeEvent]
    has_more: bool


async def trade_events(
    site: Site, customer_id: str, *, kinds: frozenset[TradeKind], text: str, after: str | None, limit: int
) -> Page[TradeEvent]:
    """See `ErpSystem.trade_events`: one request for each kind that is not at its end."""
    party = key_of(customer_id)
    places = _read_cursor(after) if after is not None else {kind: None for kind in TradeKind if _is_there(site, kind)}
    asked = [kind for kind in places if _is_there(site, kind) and (not kinds or kind in kinds)]
    words = one_line(text).split()[:_MOST_WORDS]
    answers = await asyncio.gather(
        *(_ask(site, kind, party, words=words, place=places[kind], limit=limit) for kind in asked)
    )
    found = dict(zip(asked, answers, strict=True))
    merged = sorted((event for kind in asked for event in found[kind].events), key=_newest_first)[:limit]
    left: dict[TradeKind, _Place | None] = {}
    for kind in asked:
        given = [event for event in merged if event.kind is kind]
        if len(given) < len(found[kind].events) or found[kind].has_more:
            left[kind] = _Place(given[-1].day, int(given[-1].id)) if given else places[kind]
    return Page(tuple(merged), _cursor(left) if left else None)


def _is_there(site: Site, kind: TradeKind) -> bool:
    return kind is TradeKind.ORDER or kind in site.trade.fields


def _newest_first(event: TradeEvent) -> tuple[bool, int, int, int]:
    day = -event.day.toordinal() if event.day is not None else 0
    return event.day is not None, day, tuple(TradeKind).index(event.kind), -int(event.id)


async def _ask(
    site: Site, kind: TradeKind, party: int, *, words: Sequence[str], place: _Place | None, limit: int
) -> _Found:
    how, fields = _KINDS[kind], _fields_of(site, kind)
    domain: list[Any] = [[how.party, "=", party]]
    if kind is TradeKind.INVOICE:
        domain.append(["type", "=", "out"])
    if not how.planned:
        domain.append(["OR", [how.day, "!=", None], ["state", "!=", "cancelled"]])
    domain += [_holds(site, kind, fields, word) for word in words]
    if place is not None:
        domain.append(_after(how, place))
    order = [[how.day, "DESC NULLS FIRST"], ["id", "DESC"]]
    wanted = [*existing(fields, *how.fields), *_further(site, kind, fields)]
    found = rows(await site.client.read(f"model.{MODELS[kind]}.search_read", domain, 0, limit + 1, order, wanted))
    keys = (row.optional_key("currency") for row in found)
    await site.lookups.need(currencies=[key for key in keys if key is not None])
    return _Found([_read(site, kind, row) for row in found[:limit]], len(found) > limit)


def _fields_of(site: Site, kind: TradeKind) -> Fields:
    return site.schema.sale if kind is TradeKind.ORDER else site.trade.fields[kind]


def _further(site: Site, kind: TradeKind, fields: Fields) -> Iterator[str]:
    """What is read of other records, where this user may see them."""
    how, trade = _KINDS[kind], site.trade
    if how.place in fields:
        yield from (f"{how.place}.{part}" for part in existing(site.schema.address, *_PLACE))
    if how.orders and how.orders[0] in fields and (trade.sees_moves or kind is TradeKind.INVOICE):
        yield f"{'.'.join(how.orders)}.number"
    if kind is TradeKind.INVOICE and "lines_to_pay" in fields and trade.sees_terms:
        yield from ("lines_to_pay.maturity_date", "lines_to_pay.reconciliation")


def _holds(site: Site, kind: TradeKind, fields: Fields, word: str) -> list[Any]:
    """The condition that ``word`` stands in one of the texts by which somebody may look for it."""
    names = ["number", "reference"]
    if kind is TradeKind.INVOICE and "sales" in fields:
        names.append("sales.number")
    elif "moves" in fields and site.trade.sees_moves:
        names.append("moves.sale.number")
    place = _KINDS[kind].place
    if place in fields:
        names += [f"{place}.{part}" for part in existing(site.schema.address, "party_name", "city")]
    patterns = [f"%{escaped(pattern)}%" for pattern in name_patterns(word)]
    return ["OR", *([name, "ilike", pattern] for name in names for pattern in patterns)]


def _after(how: _Kind, place: _Place) -> list[Any]:
    """The condition that a record comes after the last one that was given."""
    older: list[Any]
    same: list[Any]
    if place.day is None:
        older = [[how.day, "!=", None]]
        if how.planned:
            older = ["OR", [how.day, "!=", None], [how.planned, "!=", None]]
        same = [[name, "=", None] for name in (how.day, how.planned) if name]
    else:
        day = wire(place.day)
        older, same = [[how.day, "<", day]], [[how.day, "=", day]]
        if how.planned:
            no_day = [how.day, "=", None]
            older = ["OR", *older, [no_day, [how.planned, "<", day]]]
            same = [["OR", *same, [no_day, [how.planned, "=", day]]]]
    return ["OR", older, [*same, ["id", "<", place.key]]]


def _read(site: Site, kind: TradeKind, row: Row) -> TradeEvent:
    how = _KINDS[kind]
    happened, state = row.date(how.day), _state(site, kind, row.text("state"))
    event = TradeEvent(
        id=str(row.key()),
        kind=kind,
        day=happened or (row.date(how.planned) if how.planned else None),
        number=row.text("number"),
        state=state,
        reference=row.text("reference"),
        place=_place(row.row(how.place)) if how.place else "",
        is_planned=bool(how.planned) and happened is None and state.phase is not OrderPhase.CANCELLED,
        orders=tuple({order.id: order for order in _orders(row, how.orders)}.values()),
    )
    currency_key = row.optional_key("currency")
    if currency_key is None:
        return event
    currency = site.lookups.currency(currency_key)
    amount = site.lookups.money(row, "total_amount", currency)
    if kind is not TradeKind.INVOICE:
        return replace(event, amount=amount)
    # Tryton names the sequence once there is a number; before that only the sign tells.
    sequence = row.text("sequence_type_cache")
    is_negative = amount is not None and amount.amount < 0
    return replace(
        event,
        amount=amount,
        open_amount=site.lookups.money(row, "amount_to_pay", currency),
        due_amount=site.lookups.money(row, "amount_to_pay_today", currency),
        due=_due(row.rows("lines_to_pay")),
        is_credit=sequence == _CREDIT_NOTE if sequence else is_negative,
    )


def _state(site: Site, kind: TradeKind, key: str) -> OrderState:
    how = _KINDS[kind]
    if how.phases is None:
        return read_state(site, key)
    label = _fields_of(site, kind)["state"].selection.get(key, key)
    return OrderState(key, label, how.phases.get(key, OrderPhase.OFFERED))


def _place(address: Row | None) -> str:
    if address is None:
        return ""
    town = " ".join(part for part in (address.text("postal_code"), address.text("city")) if part)
    return ", ".join(part for part in (address.text("party_name"), address.text("street"), town) if part)


def _orders(row: Row, way: tuple[str, ...]) -> Iterator[Choice]:
    if not way:
        return
    for step in row.rows(way[0]):
        order = step.row(way[1]) if len(way) > 1 else step
        if order is not None and order.text("number"):
            yield Choice(str(order.key()), order.text("number"))


def _due(terms: Sequence[Row]) -> date | None:
    """The first day of what is not settled yet."""
    days = [
        day for term in terms if term.optional_key("reconciliation") is None and (day := term.date("maturity_date"))
    ]
    return min(days, default=None)


# -- the cursor: ``invoice=2026-10-08/41 order=-/77``; a kind that is at its end is missing, one that was not begun has
#    no place


def _cursor(places: Mapping[TradeKind, _Place | None]) -> str:
    return " ".join(f"{kind.value}={_place_text(place)}" for kind, place in places.items())


def _place_text(place: _Place | None) -> str:
    if place is None:
        return ""
    return f"{place.day.isoformat() if place.day is not None else _NO_DAY}/{place.key}"


def _read_cursor(text: str) -> dict[TradeKind, _Place | None]:
    with suppress(ValueError):
        parts = [part.partition("=") for part in text.split()]
        return {TradeKind(kind): _read_place(place) for kind, _, place in parts}
    raise NotFound(SYSTEM, detail="a place in a list that is not from here")


def _read_place(text: str) -> _Place | None:
    if not text:
        return None
    day, _, key = text.partition("/")
    return _Place(None if day == _NO_DAY else date.fromisoformat(day), int(key))
