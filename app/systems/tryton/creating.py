"""A new customer: a party with a name, and with nothing else that Tryton does not set itself.

Until its number is known to be where it belongs, the party carries an identifier without a type, whose code is the
caller's token. It is made in the same transaction as the party; by it the party is found again when the answer was
lost, by whoever looks for the same token. Tryton's own identifiers (VAT and the like) all have a type.
"""

from collections.abc import Sequence
from typing import Any

from app.domain.parties import CustomerHit
from app.domain.text import clean
from app.ports.errors import NotFound, OutcomeUnknown, SystemFault
from app.systems.tryton.customers import HIT, read_hit
from app.systems.tryton.protocol import SYSTEM, malformed, rows
from app.systems.tryton.schema import IDENTIFIER, PARTY
from app.systems.tryton.site import Site, key_of

_PREFIX = "samspil:"
_MOST = 20


async def create_customer(site: Site, name: str, token: str) -> CustomerHit:
    """See `ErpSystem.create_customer`. One request to make it and one to read its number."""
    values = {"name": clean(name).strip(), "identifiers": [["create", [{"code": _mark(token)}]]]}
    answer = await site.client.write(f"model.{PARTY}.create", [values])
    try:
        match answer:
            case [int(key)]:
                return (await _find(site, [["id", "=", key]]))[0]
        raise malformed("a new customer without an id")
    except (SystemFault, IndexError) as error:
        raise OutcomeUnknown(SYSTEM, detail="made, but not read back") from error


async def created_customers(site: Site, token: str) -> Sequence[CustomerHit]:
    """See `ErpSystem.created_customers`. One request."""
    return await _find(site, [["identifiers.code", "=", _mark(token)]])


async def keep_customer(site: Site, customer_id: str, token: str) -> None:
    """See `ErpSystem.keep_customer`. One request, and one more where the token is still there."""
    key = key_of(customer_id)
    domain = [["party", "=", key], ["code", "=", _mark(token)], ["type", "=", None]]
    found = rows(await site.client.read(f"model.{IDENTIFIER}.search_read", domain, 0, None, None, ["id"]))
    if found:
        steps: list[Any] = [["delete", [row.key() for row in found]]]
        await site.client.write(f"model.{PARTY}.write", [key], {"identifiers": steps})


async def drop_customer(site: Site, customer_id: str, token: str) -> None:
    """See `ErpSystem.drop_customer`. A party without the token is not touched."""
    key = key_of(customer_id)
    try:
        found = await _find(site, [["id", "=", key], ["identifiers.code", "=", _mark(token)]])
    except NotFound:
        return
    if found:
        await site.client.write(f"model.{PARTY}.delete", [key])


async def customers_by_vat(site: Site, vat_number: str) -> Sequence[CustomerHit]:
    """See `ErpSystem.customers_by_vat`. Tryton keeps a number with its country or without, as its type has it."""
    compact = "".join(c for c in vat_number.upper() if c.isalnum())
    if not compact:
        return []
    codes = list(dict.fromkeys([compact, compact[2:] if compact[:2].isalpha() else compact]))
    domain = [["identifiers", "where", [["type", "!=", None], ["code_compact", "in", codes]]]]
    return await _find(site, domain)


async def _find(site: Site, domain: list[Any]) -> Sequence[CustomerHit]:
    order = [["id", "ASC"]]
    found = rows(await site.client.read(f"model.{PARTY}.search_read", domain, 0, _MOST, order, [*HIT]))
    return [read_hit(row) for row in found]


def _mark(token: str) -> str:
    return f"{_PREFIX}{token}"
