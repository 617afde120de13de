"""The names and numbers of all parties and of all salable products, a page at a time, to be found as one types."""

from typing import Any

from app.domain.contacts import Page
from app.domain.names import Name, NameKind
from app.systems.tryton.protocol import rows
from app.systems.tryton.site import Site, existing, key_of

_PAGE = 250
"""Parties or products a request: about 60 KB, so that reading them never holds up the window (facts/desktop.md)."""


async def names(site: Site, after: str) -> Page[Name]:
    """Those that come after the one of this id of Tryton's, by id. One request."""
    fields = ["code", "name", "addresses.city", "contact_mechanisms.value"]
    fields += existing(site.schema.party, "tax_identifier.code")
    domain = [["id", ">", key_of(after)]] if after else []
    found = rows(await site.client.read("model.party.party.search_read", domain, 0, _PAGE, [["id", "ASC"]], fields))
    items = []
    for row in found:
        tax_identifier = row.row("tax_identifier") if "tax_identifier.code" in fields else None
        further = [mechanism.text("value") for mechanism in row.rows("contact_mechanisms")]
        vat_number = tax_identifier.text("code") if tax_identifier is not None else ""
        city = next((city for city in (address.text("city") for address in row.rows("addresses")) if city), "")
        found_by = tuple(text for text in further if text)
        key, name, number = str(row.key()), row.text("name"), row.text("code")
        items.append(Name(NameKind.CUSTOMER, key, name, number, city, "", found_by, vat_number))
    return Page(tuple(items), items[-1].id if len(items) == _PAGE else None)


async def product_names(site: Site, after: str) -> Page[Name]:
    """Those that come after the one of this id of Tryton's, by id. One request."""
    domain: list[Any] = [["salable", "=", True], *([["id", ">", key_of(after)]] if after else [])]
    fields = ["code", "name", *existing(site.schema.product, "identifiers.code")]
    order = [["id", "ASC"]]
    found = rows(await site.client.read("model.product.product.search_read", domain, 0, _PAGE, order, fields))
    items = []
    for row in found:
        barcodes = tuple(code for identifier in row.rows("identifiers") if (code := identifier.text("code")))
        items.append(Name(NameKind.PRODUCT, str(row.key()), row.text("name"), row.text("code"), found_by=barcodes))
    return Page(tuple(items), items[-1].id if len(items) == _PAGE else None)
