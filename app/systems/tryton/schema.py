"""What exists in this database: asked once after sign-in, so that any set of modules works.

Tryton answers with an error when a field of a module that is not active is named. Therefore no field is named anywhere
in this folder without its being in here, except those that the module ``sale`` itself and what it depends on bring.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.ports.capability import Capability
from app.ports.errors import NoRights, Refused, ServerFault
from app.systems.tryton.client import Client
from app.systems.tryton.protocol import SYSTEM, malformed

_PARTY = (
    "code",
    "tax_identifier",
    "sale_price_list",
    "customer_payment_term",
    "receivable",
    "receivable_today",
    "credit_limit_amount",
)
_ADDRESS = ("party_name", "street", "postal_code", "city", "country", "delivery", "invoice")
_PRODUCT = (
    "code",
    "name",
    "salable",
    "sale_uom",
    "default_uom_category",
    "identifiers",
    "product_customers",
    "type",
    "default_uom",
    "categories_all",
    "sale_price_uom",
    "quantity",
    "forecast_quantity",
)
TO_MANY = frozenset({"one2many", "many2many"})
PARENT = "_parent_sale."
PRICE_RULE = "product.price_list.line"
ORDER = "sale.sale"
PARTY, IDENTIFIER = "party.party", "party.identifier"
ANY_ORDER = -1
REPORTS = ("model.ir.action.keyword.get_keyword", "form_print")
"""What Tryton's own client asks for what it prints of a record: only what the user's groups may run."""


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field of a model, as `fields_get` describes it.

    Attributes:
        kind: Tryton's type: ``many2one``, ``numeric``, …
        readonly: Computed by the ERP; it is read, never written.
        on_change: The fields that the ERP wants to see when the user changes this one; ``_parent_sale.x`` is a field
            of the line's order. Empty where a change has no consequences.
        on_change_with: The fields that this one is computed from.
        selection: Keys and words of a choice, in the user's language.
        states: Conditions in PYSON, as text.
        domain: Which records it can hold, in PYSON as text.
        relation: The model of the records it holds; empty for a field that holds none.
        required: It can never be empty.
    """

    name: str
    kind: str
    readonly: bool
    on_change: frozenset[str]
    on_change_with: frozenset[str]
    selection: Mapping[str, str]
    states: str
    domain: str = "[]"
    relation: str = ""
    required: bool = False

    @property
    def is_to_many(self) -> bool:
        """It holds a list of records."""
        return self.kind in TO_MANY


Fields = Mapping[str, FieldInfo]


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of the models this folder uses, and what this user may do with orders.

    Attributes:
        price_rule: The fields of a price list's lines; empty where there are none, or this user may not read them.
        prices_many: Our own module is active, which prices many lines in one call (``addon/``).
        may_write: The user may change orders and lines at all.
        may_create: The user may create orders.
        has_documents: There are reports of an order that this user may run.
        may_add_customers: The user may make parties, and take one of his own out again.
    """

    sale: Fields
    line: Fields
    party: Fields
    address: Fields
    product: Fields
    price_rule: Fields
    prices_many: bool
    may_write: bool
    may_create: bool
    has_documents: bool = False
    may_add_customers: bool = False

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the active modules make possible, and the rights of this user."""
        found = {
            Capability.CONFLICT_DETECTION,
            Capability.HEADINGS,
            Capability.NAMES,
            Capability.PURCHASE_HISTORY,
        }
        if self.may_create:
            found.add(Capability.CREATE_ORDERS)
        if self.may_write:
            found.add(Capability.CHANGE_ORDERS)
        if "discount_rate" in self.line and "base_price" in self.line:
            found.add(Capability.MANUAL_DISCOUNT)
        if "carrier" in self.sale:
            found.add(Capability.DELIVERY_METHODS)
        if "credit_limit_amount" in self.party:
            found.add(Capability.CREDIT)
        if self.price_rule:
            found |= {Capability.PRICE_BASIS, Capability.PRICE_LADDER}
        if {"quantity", "forecast_quantity"} <= self.product.keys() and "warehouse" in self.sale:
            found.add(Capability.AVAILABILITY)
        if self.may_add_customers:
            found.add(Capability.CREATE_CUSTOMER)
        if self.has_documents:
            found.add(Capability.DOCUMENTS)
        return frozenset(found)

    def asked_by(self, triggers: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The line's and the order's fields that the ERP wants to see when ``triggers`` of a line change."""
        wanted = frozenset[str]().union(*(self.line[name].on_change for name in triggers))
        return split_parent(wanted)


def split_parent(wanted: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Field names of a line, and among them those of its order without their prefix."""
    parents = frozenset(name.removeprefix(PARENT) for name in wanted if name.startswith(PARENT))
    own = frozenset(name for name in wanted if not name.startswith(PARENT) and "." not in name)
    return own, parents


async def load_schema(client: Client) -> Schema:
    """Ask what there is. Raises `NoRights` where the database has no sales, or this user may not see them."""
    try:
        sale, line, party, address, product, access, prices_many, reports = await asyncio.gather(
            _fields(client, "sale.sale", None),
            _fields(client, "sale.line", None),
            _fields(client, "party.party", _PARTY),
            _fields(client, "party.address", _ADDRESS),
            _fields(client, "product.product", _PRODUCT),
            client.read("model.ir.model.access.get_access", [ORDER, "sale.line", PARTY, IDENTIFIER]),
            _prices_many(client),
            client.read(*REPORTS, [ORDER, ANY_ORDER]),
        )
    except (ServerFault, Refused) as error:
        detail = "the module sale is not active there, or this user may not see orders"
        raise NoRights(error.system, error.words, detail=detail) from error
    if not _may(access, "sale.sale", "read"):
        raise NoRights(SYSTEM, detail="this user may not see orders")
    price_rule = await _price_rules(client) if "price_list" in sale else {}
    return Schema(
        sale=sale,
        line=line,
        party=party,
        address=address,
        product=product,
        price_rule=price_rule,
        prices_many=prices_many,
        may_write=_may(access, "sale.sale", "write") and _may(access, "sale.line", "write"),
        may_create=_may(access, "sale.sale", "create") and _may(access, "sale.line", "create"),
        has_documents=bool(reports),
        may_add_customers=_may(access, IDENTIFIER, "create")
        and all(_may(access, PARTY, what) for what in ("create", "write", "delete")),
    )


async def _price_rules(client: Client) -> Fields:
    try:
        return await _fields(client, PRICE_RULE, None)
    except (ServerFault, Refused, NoRights):
        return {}


async def _prices_many(client: Client) -> bool:
    # A method that is not there is answered with 403, one of a module that is not active likewise.
    try:
        return bool(await client.read("model.sale.line.samspil_version") == 1)
    except (ServerFault, Refused, NoRights):
        return False


async def _fields(client: Client, model: str, wanted: Iterable[str] | None) -> Fields:
    answer = await client.read(f"model.{model}.fields_get", None if wanted is None else list(wanted))
    if not isinstance(answer, Mapping):
        raise malformed(f"the fields of {model}")
    return {name: field_info(name, definition) for name, definition in answer.items()}


def field_info(name: str, definition: Any) -> FieldInfo:
    """One field off the wire. Raises `MalformedAnswer`."""
    if not isinstance(definition, Mapping):
        raise malformed(f"the field {name}")
    selection = definition.get("selection")
    return FieldInfo(
        name=name,
        kind=str(definition.get("type", "")),
        readonly=bool(definition.get("readonly")),
        on_change=_names(definition.get("on_change")),
        on_change_with=_names(definition.get("on_change_with")),
        # A selection may also be the name of a method that the client would call; then it has no words here.
        selection=_choices(selection) if isinstance(selection, list) else {},
        states=str(definition.get("states") or "{}"),
        domain=str(definition.get("domain") or "[]"),
        relation=str(definition.get("relation") or ""),
        required=bool(definition.get("required")),
    )


def _names(value: object) -> frozenset[str]:
    return frozenset(name for name in value if isinstance(name, str)) if isinstance(value, list) else frozenset()


def _choices(selection: list[Any]) -> dict[str, str]:
    return {
        choice[0]: choice[1]
        for choice in selection
        if isinstance(choice, list) and len(choice) == 2 and all(isinstance(part, str) for part in choice)
    }


def _may(access: Any, model: str, what: str) -> bool:
    rights = access.get(model) if isinstance(access, Mapping) else None
    return bool(rights.get(what)) if isinstance(rights, Mapping) else False
