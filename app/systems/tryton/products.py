"""Salable products, and the units they are sold in."""

from collections.abc import Sequence
from typing import Any

from app.domain.orders import OrderHeader, Product, ProductHit, Unit
from app.domain.text import fold, one_line
from app.ports.errors import NotFound
from app.systems.tryton.protocol import SYSTEM, Row, rows
from app.systems.tryton.site import Site, escaped, existing, key_of, name_patterns

_HIT = ("code", "name", "sale_uom", "identifiers.code", "product_customers.code", "product_customers.party")


async def search_products(site: Site, text: str, header: OrderHeader | None, limit: int) -> Sequence[ProductHit]:
    """By the beginning of the number, the whole bar code, the customer's own number, or all the words in the name.

    One request; a second where so many were found that the exact one may have been cut off.
    """
    wanted = one_line(text)
    if not wanted:
        return []
    pattern = escaped(wanted)
    exact: list[Any] = ["OR", ["code", "=", wanted], ["identifiers.code", "=", wanted]]
    if header is not None and "product_customers" in site.schema.product:
        own = [["code", "=", wanted], ["party", "=", key_of(header.customer.id)]]
        exact.append(["product_customers", "where", own])
    names = [["OR", *(["name", "ilike", f"%{escaped(p)}%"] for p in name_patterns(word))] for word in wanted.split()]
    found = await _find(site, ["OR", ["code", "ilike", f"{pattern}%"], exact, names], limit)
    if len(found) == limit:
        beginnings = [["name", "ilike", f"{escaped(p)}%"] for p in name_patterns(wanted)]
        found = [*await _find(site, exact, limit), *await _find(site, ["OR", *beginnings], limit), *found]
    await site.lookups.need(units=(row.optional_key("sale_uom") for row in found))
    customer = key_of(header.customer.id) if header is not None else None
    hits = {row.key(): _hit(site, row, wanted, customer) for row in found}
    return sorted(hits.values(), key=lambda hit: _likelihood(hit, fold(wanted)))[:limit]


async def _find(site: Site, domain: list[Any], limit: int) -> Sequence[Row]:
    salable = ["AND", ["salable", "=", True], domain]
    fields = existing(site.schema.product, *_HIT)
    order = [["code", "ASC"], ["id", "ASC"]]
    return rows(await site.client.read("model.product.product.search_read", salable, 0, limit, order, fields))


def _hit(site: Site, row: Row, wanted: str, customer: int | None) -> ProductHit:
    product = Product(id=str(row.key()), code=row.text("code"), name=row.text("name"))
    barcodes = [identifier.text("code") for identifier in row.rows("identifiers")]
    their_numbers = [
        theirs.text("code")
        for theirs in row.rows("product_customers")
        if customer is not None and theirs.optional_key("party") == customer
    ]
    return ProductHit(
        product=product,
        unit=site.lookups.unit(row.optional_key("sale_uom")),
        barcode=wanted if wanted in barcodes else next((code for code in barcodes if code), ""),
        exact=fold(wanted) in (fold(product.code), *map(fold, barcodes), *map(fold, their_numbers)),
    )


def _likelihood(hit: ProductHit, wanted: str) -> tuple[bool, bool, bool, str]:
    code, name = fold(hit.product.code), fold(hit.product.name)
    return not hit.exact, not code.startswith(wanted), not name.startswith(wanted), code


async def units_for(site: Site, product_id: str) -> Sequence[Unit]:
    """The product's sales unit, then the others of its kind. Raises `NotFound`."""
    domain = [["id", "=", key_of(product_id)]]
    found = rows(await site.client.read("model.product.product.search_read", domain, 0, 1, None, ["sale_uom"]))
    own = found[0].optional_key("sale_uom") if found else None
    if own is None:
        raise NotFound(SYSTEM, detail="no such product, or one that is not sold")
    await site.lookups.need(units=[own])
    return site.lookups.units_like(own)
