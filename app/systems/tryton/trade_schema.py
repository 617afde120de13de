"""Which deliveries, returns and invoices this user may see: modules may be absent, and rights are their own."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.trade_events import TradeKind
from app.ports.capability import Capability
from app.ports.errors import NoRights, Refused, ServerFault
from app.systems.tryton.client import Client
from app.systems.tryton.schema import Fields, field_info

MODELS: Mapping[TradeKind, str] = {
    TradeKind.INVOICE: "account.invoice",
    TradeKind.RETURN: "stock.shipment.out.return",
    TradeKind.DELIVERY: "stock.shipment.out",
    TradeKind.ORDER: "sale.sale",
}
_WANTED: Mapping[TradeKind, tuple[str, ...]] = {
    TradeKind.INVOICE: (
        *("party", "type", "number", "reference", "state", "invoice_date", "currency", "total_amount"),
        *("amount_to_pay", "amount_to_pay_today", "sequence_type_cache", "lines_to_pay", "sales"),
    ),
    TradeKind.RETURN: (
        *("customer", "number", "reference", "state", "effective_date", "planned_date"),
        *("contact_address", "incoming_moves", "moves"),
    ),
    TradeKind.DELIVERY: (
        *("customer", "number", "reference", "state", "effective_date", "planned_date"),
        *("delivery_address", "outgoing_moves", "moves"),
    ),
}
_MOVE, _TERM = "stock.move", "account.move.line"
_BEHIND: Mapping[TradeKind, str] = {
    TradeKind.INVOICE: _TERM,
    TradeKind.RETURN: _MOVE,
    TradeKind.DELIVERY: _MOVE,
}
"""Records behind these kinds, which have rights of their own."""
_NEEDED = frozenset({"number", "state"})


@dataclass(frozen=True, slots=True)
class TradeSchema:
    """What there is besides orders.

    Attributes:
        fields: Of each kind that this user may read; the others are missing.
        sees_moves: The user may read what was moved, and with it the orders of a delivery.
        sees_terms: The user may read the parts in which an invoice is paid, and with them when it is due.
    """

    fields: Mapping[TradeKind, Fields] = field(default_factory=dict)
    sees_moves: bool = False
    sees_terms: bool = False

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the modules and the user's rights make possible."""
        found = {
            Capability.DELIVERIES: TradeKind.DELIVERY in self.fields,
            Capability.INVOICES: TradeKind.INVOICE in self.fields,
        }
        return frozenset(capability for capability, is_there in found.items() if is_there)


async def load_trade(client: Client) -> TradeSchema:
    """Ask what there is; never fails for what is absent or not this user's to see."""
    found = await asyncio.gather(*(_fields(client, MODELS[kind], _WANTED[kind]) for kind in _WANTED))
    there = {kind: fields for kind, fields in zip(_WANTED, found, strict=True) if fields.keys() >= _NEEDED}
    if not there:
        return TradeSchema()
    readable = await _readable(client, sorted({*(MODELS[kind] for kind in there), *(_BEHIND[kind] for kind in there)}))
    return TradeSchema(
        {kind: fields for kind, fields in there.items() if MODELS[kind] in readable},
        sees_moves=_MOVE in readable,
        sees_terms=_TERM in readable,
    )


async def _fields(client: Client, model: str, wanted: Iterable[str]) -> Fields:
    try:
        answer = await client.read(f"model.{model}.fields_get", [*wanted])
    except (ServerFault, Refused, NoRights):
        return {}
    if not isinstance(answer, Mapping):
        return {}
    return {name: field_info(name, definition) for name, definition in answer.items()}


async def _readable(client: Client, models: list[str]) -> frozenset[str]:
    try:
        access: Any = await client.read("model.ir.model.access.get_access", models)
    except (ServerFault, Refused, NoRights):
        return frozenset()
    rights = access if isinstance(access, Mapping) else {}
    return frozenset(
        model for model in models if isinstance(rights.get(model), Mapping) and bool(rights[model].get("read"))
    )
