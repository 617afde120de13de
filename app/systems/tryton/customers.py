"""Customers: Tryton's parties, their addresses and what Tryton says of their credit."""

from collections.abc import Sequence
from typing import Any

from app.domain.parties import Address, AddressUse, Choice, Credit, Customer, CustomerHit
from app.domain.text import fold, one_line
from app.ports.errors import NotFound
from app.systems.tryton.protocol import SYSTEM, Row, rows
from app.systems.tryton.site import Site, escaped, existing, key_of, name_patterns

HIT = ("code", "name", "addresses.city")
ADDRESS_PARTS = ("party_name", "street", "postal_code", "city", "country.code", "delivery", "invoice")


async def search_customers(site: Site, text: str, limit: int) -> Sequence[CustomerHit]:
    """By the beginning of the number, or all the words in the name. One request; a second where too many were found.

    Raises as every read does.
    """
    wanted = one_line(text)
    if not wanted:
        return []
    number = ["code", "ilike", f"{escaped(wanted)}%"]
    names = [["OR", *(["name", "ilike", f"%{escaped(p)}%"] for p in name_patterns(word))] for word in wanted.split()]
    found = await _find(site, ["OR", number, names], limit)
    if len(found) == limit:
        # The likeliest may be among those that were cut off: the number itself and names that begin so.
        beginnings = [["name", "ilike", f"{escaped(p)}%"] for p in name_patterns(wanted)]
        found = [*await _find(site, ["OR", ["code", "=", wanted], *beginnings], limit), *found]
    hits = {row.key(): read_hit(row) for row in found}
    return sorted(hits.values(), key=lambda hit: _likelihood(hit, fold(wanted)))[:limit]


async def _find(site: Site, domain: list[Any], limit: int) -> Sequence[Row]:
    order = [["name", "ASC"], ["id", "ASC"]]
    return rows(await site.client.read("model.party.party.search_read", domain, 0, limit, order, [*HIT]))


def read_hit(row: Row) -> CustomerHit:
    """A party in a list."""
    cities = (address.text("city") for address in row.rows("addresses"))
    return CustomerHit(
        id=str(row.key()),
        number=row.text("code"),
        name=row.text("name"),
        city=next((city for city in cities if city), ""),
    )


def _likelihood(hit: CustomerHit, wanted: str) -> tuple[bool, bool, bool, str]:
    number, name = fold(hit.number), fold(hit.name)
    return number != wanted, not number.startswith(wanted), not name.startswith(wanted), name


async def customer(site: Site, number: str) -> Customer:
    """The customer with exactly this number. Raises `NotFound`."""
    if not number.strip():
        raise NotFound(SYSTEM)
    return await _customer(site, ["code", "=", number.strip()])


async def customer_by_id(site: Site, customer_id: str) -> Customer:
    """The customer with this id of Tryton's. Raises `NotFound`."""
    return await _customer(site, ["id", "=", key_of(customer_id)])


async def _customer(site: Site, clause: list[Any]) -> Customer:
    fields = [
        "code",
        "name",
        *address_fields(site, "addresses"),
        *existing(
            site.schema.party,
            "tax_identifier.code",
            "sale_price_list.rec_name",
            "customer_payment_term.rec_name",
            "receivable",
            "receivable_today",
            "credit_limit_amount",
        ),
        # Credit figures are in the currency of the company that the context names, which the party does not say.
        "currency",
    ]
    if "receivable" not in site.schema.party:
        fields.remove("currency")
    found = rows(await site.client.read("model.party.party.search_read", [clause], 0, 1, None, fields))
    if not found:
        raise NotFound(SYSTEM)
    return await _read_customer(site, found[0])


async def _read_customer(site: Site, row: Row) -> Customer:
    tax_identifier = row.row("tax_identifier")
    return Customer(
        id=str(row.key()),
        number=row.text("code"),
        name=row.text("name"),
        vat_number=tax_identifier.text("code") if tax_identifier else "",
        addresses=tuple(read_address(address) for address in row.rows("addresses")),
        price_list=read_choice(row, "sale_price_list"),
        payment_term=read_choice(row, "customer_payment_term"),
        credit=await _credit(site, row),
    )


async def _credit(site: Site, row: Row) -> Credit:
    currency_key = row.optional_key("currency")
    if currency_key is None:
        return Credit()
    await site.lookups.need(currencies=[currency_key])
    currency = site.lookups.currency(currency_key)
    return Credit(
        limit=site.lookups.money(row, "credit_limit_amount", currency),
        receivable=site.lookups.money(row, "receivable", currency),
        overdue=site.lookups.money(row, "receivable_today", currency),
    )


async def credit(site: Site, customer_id: str) -> Credit:
    """What Tryton says of this customer's credit now. Raises `NotFound`."""
    names = existing(site.schema.party, "receivable", "receivable_today", "credit_limit_amount")
    if not names:
        return Credit()
    domain = [["id", "=", key_of(customer_id)]]
    found = rows(await site.client.read("model.party.party.search_read", domain, 0, 1, None, [*names, "currency"]))
    if not found:
        raise NotFound(SYSTEM)
    return await _credit(site, found[0])


def address_fields(site: Site, field: str) -> list[str]:
    """What to read of the addresses behind ``field``; of addresses themselves where it is empty."""
    prefix = f"{field}." if field else ""
    return [f"{prefix}{part}" for part in existing(site.schema.address, *ADDRESS_PARTS)]


def read_address(row: Row) -> Address:
    """An address off the wire."""
    country = row.row("country")
    uses = [(AddressUse.DELIVERY, "delivery"), (AddressUse.INVOICE, "invoice")]
    return Address(
        id=str(row.key()),
        name=row.text("party_name"),
        street=row.block("street"),
        postal_code=row.text("postal_code"),
        city=row.text("city"),
        country=country.text("code") if country else "",
        uses=frozenset(use for use, name in uses if row.flag(name)),
    )


def read_choice(row: Row, name: str) -> Choice | None:
    """A related record as something to choose, by the name Tryton shows for it."""
    related = row.row(name)
    return None if related is None else Choice(id=str(related.key()), label=related.text("rec_name"))
