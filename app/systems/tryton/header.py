"""An order's head: what may be changed in it, what there is to choose from, and what a change brings with it.

All three are Tryton's own: the conditions and domains it states over its fields (PYSON), and its `on_change`.

The price list and the currency are closed in Tryton's form as soon as there are lines. Its way to change them then is
the button "Modify Header", which shows the head as if there were none, writes it, and prices every line anew. Where
that button is offered to the user, they are open here too; here he sees first what it does to each line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.domain.header_edits import HeaderProposal, put
from app.domain.orders import HeaderField, HeaderLock, HeaderValue, OrderHeader, OrderState
from app.domain.parties import Address, Choice
from app.ports.errors import Refused
from app.systems.tryton import pyson
from app.systems.tryton.actions import Buttons
from app.systems.tryton.customers import address_fields, read_address
from app.systems.tryton.mapping import HEADER_NAMES, header_values
from app.systems.tryton.pricing import NEW, merged
from app.systems.tryton.protocol import SYSTEM, Row, malformed, rows
from app.systems.tryton.schema import FieldInfo
from app.systems.tryton.site import Site

_FIELDS: Mapping[str, HeaderField] = MappingProxyType({name: which for which, name in HEADER_NAMES.items()})
_AT_MOST = 1000
_TO_ONE = "many2one"
_ADDRESSES = frozenset({HeaderField.DELIVERY_ADDRESS, HeaderField.INVOICE_ADDRESS})


def locks(site: Site, buttons: Buttons, row: Row, state: str, *, is_new: bool) -> Mapping[HeaderField, HeaderLock]:
    """What of the head of the order ``row`` in this state is closed to this user, and why."""
    may = site.schema.may_create if is_new else site.schema.may_write
    # As it is with lines: whether there are any is the caller's to see, who knows of those that come and go.
    values = {name: row.plain(name) for name in buttons.fields} | {"state": state, "lines": [0]}
    found: dict[HeaderField, HeaderLock] = {}
    for which, name in HEADER_NAMES.items():
        lock = _lock(site.schema.sale.get(name), values, may=may, may_modify=buttons.may_modify_header(values))
        if lock is not None:
            found[which] = lock
    return MappingProxyType(found)


def _lock(info: FieldInfo | None, values: Mapping[str, Any], *, may: bool, may_modify: bool) -> HeaderLock | None:
    if info is None:
        return HeaderLock.ABSENT
    if info.readonly or not may:
        return HeaderLock.RIGHTS
    try:
        states = pyson.parse(info.states)
        if pyson.evaluate(states.get("readonly", False), values):
            return HeaderLock.STATE
        is_open = pyson.evaluate(states.get("editable", True), values)
    except (pyson.NotUnderstood, AttributeError):
        return HeaderLock.STATE  # rather closed than refused
    return None if is_open or may_modify else HeaderLock.LINES


async def header_choices(
    site: Site, header: OrderHeader, state: OrderState, name: HeaderField
) -> Sequence[HeaderValue]:
    """See `ErpSystem`. One request, and one more where the domain rests on a list that Tryton computes."""
    info = site.schema.sale.get(HEADER_NAMES[name])
    if info is None or info.kind != _TO_ONE or not info.relation:
        return ()
    values = {**header_values(site, header), "state": state.key}
    domain = await _domain(site, info, values)
    fields = address_fields(site, "") if name in _ADDRESSES else ["rec_name"]
    if name is HeaderField.CURRENCY:
        fields = ["code"]
    method = f"model.{info.relation}.search_read"
    found = rows(await site.client.read(method, domain, 0, _AT_MOST, None, fields))
    chosen: list[HeaderValue] = [_choice(row, name) for row in found]
    if name is HeaderField.CURRENCY:
        await site.lookups.need(currencies=(row.key() for row in found))
    return chosen if info.required else [*chosen, None]


def _choice(row: Row, name: HeaderField) -> HeaderValue:
    if name in _ADDRESSES:
        return read_address(row)
    if name is HeaderField.CURRENCY:
        return row.text("code")
    return Choice(id=str(row.key()), label=row.text("rec_name"))


async def _domain(site: Site, info: FieldInfo, values: Mapping[str, Any]) -> Any:
    try:
        domain = pyson.parse(info.domain)
        computed = [name for name in pyson.names(domain) if name in site.schema.sale and name not in values]
        lists = sorted(name for name in computed if site.schema.sale[name].on_change_with)
        return pyson.evaluate(domain, {**values, **await _computed(site, lists, values)})
    except pyson.NotUnderstood as error:
        raise Refused(SYSTEM, detail=f"the choices for {info.name} are not understood: {error}") from error


async def _computed(site: Site, names: Sequence[str], values: Mapping[str, Any]) -> Mapping[str, Any]:
    if not names:
        return {}
    wanted = frozenset[str]().union(*(site.schema.sale[name].on_change_with for name in names))
    answer = await site.client.read("model.sale.sale.on_change_with", _sent(site, values, wanted), list(names))
    if not isinstance(answer, Mapping):
        raise malformed("computed fields that are no record")
    return {name: merged(None, value) for name, value in answer.items()}


def _sent(site: Site, values: Mapping[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
    """What Tryton wants to see of the order; of a stored one it knows itself what is not sent."""
    sent = {name: values[name] for name in wanted if name in values}
    sent["id"] = values.get("id") or NEW
    if sent["id"] == NEW:
        for name in wanted - sent.keys():
            info = site.schema.sale.get(name)
            if info is not None:
                sent[name] = [] if info.is_to_many else None
    return sent


async def change_header(site: Site, header: OrderHeader, values: Mapping[HeaderField, HeaderValue]) -> HeaderProposal:
    """See `ErpSystem`. One request where Tryton says that the change has consequences, else none."""
    wanted = put(header, values)
    changed = {HEADER_NAMES[name] for name in values}
    sale = site.schema.sale
    if missing := changed - sale.keys():
        raise Refused(SYSTEM, detail=f"there is no {', '.join(sorted(missing))}")
    further: dict[str, Any] = {}
    triggers = sorted(name for name in changed if sale[name].on_change)
    if triggers:
        asked = frozenset[str]().union(*(sale[name].on_change for name in triggers))
        sent = _sent(site, header_values(site, wanted), asked | changed)
        answer = await site.client.read("model.sale.sale.on_change", sent, triggers)
        if not isinstance(answer, Mapping):
            raise malformed("the consequences of a change that are no record")
        row = Row(answer)
        consequences = {
            _FIELDS[name]: _consequence(site, row, name) for name in answer if name in _FIELDS and name not in changed
        }
        wanted = put(wanted, consequences)
        changed |= {HEADER_NAMES[name] for name in consequences}
        for name, value in answer.items():
            info = sale.get(name)
            if info is not None and name not in _FIELDS and not info.readonly and not info.is_to_many:
                further[name] = value
    wanted = replace(wanted, vendor=MappingProxyType({**header.vendor, **further}))
    wanted = replace(wanted, vendor=MappingProxyType(header_values(site, wanted)))
    _, rested_on = site.schema.asked_by(("product", "quantity", "unit"))
    return HeaderProposal(wanted, MappingProxyType(further), bool((changed | further.keys()) & rested_on))


def _consequence(site: Site, row: Row, name: str) -> HeaderValue:
    which = _FIELDS[name]
    if which is HeaderField.REQUESTED_DATE:
        return row.date(name)
    if which is HeaderField.CUSTOMER_REFERENCE:
        return row.text(name)
    key = row.optional_key(name)
    if which is HeaderField.CURRENCY:
        return site.lookups.currency(key) if key is not None else ""
    if key is None:
        return None
    related = row.row(name)
    label = related.text("rec_name") if related is not None else ""
    return Address(str(key), label) if which in _ADDRESSES else Choice(str(key), label)
