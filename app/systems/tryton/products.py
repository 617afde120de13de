"""Salable products, and the units they are sold in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.orders import FoundBy, OrderHeader, Product, ProductHit, Unit
from app.domain.text import fold, one_line
from app.ports.errors import NotFound
from app.systems.tryton.protocol import SYSTEM, Row, rows
from app.systems.tryton.site import Site, escaped, existing, key_of, name_patterns

_TEXTS_AT_ONCE = 100
_MOST_HITS = 1000
_HIT = ("code", "name", "sale_uom", "identifiers.code")
_THEIRS = ("code", "name", "party", "product")
_LONGEST_TEXT, _MOST_WORDS = 300, 20
"""What is longer was pasted by mistake and is no product; each word is a condition, and Tryton fails over too many."""
_SHORTEST_BARCODE = 5
"""Digits after which products are proposed by the beginning of their bar code: it is the country's before that."""


async def search_products(site: Site, text: str, header: OrderHeader | None, limit: int) -> Sequence[ProductHit]:
    """By the beginning of the number, of the bar code or of the customer's own number, or all the words in the name.

    One request; a second where so many were found that the exact one may have been cut off.
    """
    wanted = one_line(text)
    if not wanted or len(wanted) > _LONGEST_TEXT or len(wanted.split()) > _MOST_WORDS:
        return []
    customer = key_of(header.customer.id) if header is not None and _has_theirs(site) else None
    pattern = f"{escaped(wanted)}%"
    exact: list[Any] = ["OR", ["code", "=", wanted], ["identifiers.code", "=", wanted]]
    begun: list[Any] = ["OR", ["code", "ilike", pattern]]
    names = [_named("name", word) for word in wanted.split()]
    if wanted.isdecimal() and len(wanted) >= _SHORTEST_BARCODE:
        begun.append(["identifiers.code", "ilike", pattern])
    if customer is not None:
        exact.append(_theirs(customer, ["code", "=", wanted]))
        begun.append(_theirs(customer, ["OR", ["code", "ilike", pattern], names]))
    found = await _find(site, ["OR", begun, exact, names], limit)
    if len(found) == limit:
        beginnings = [["name", "ilike", f"{escaped(p)}%"] for p in name_patterns(wanted)]
        found = [*await _find(site, exact, limit), *await _find(site, ["OR", *beginnings], limit), *found]
    await site.lookups.need(units=(row.optional_key("sale_uom") for row in found))
    hits = {row.key(): _hit(site, row, wanted, customer) for row in found}
    return sorted(hits.values(), key=lambda hit: _likelihood(hit, fold(wanted)))[:limit]


async def find_products(site: Site, texts: Sequence[str], header: OrderHeader) -> Mapping[str, ProductHit]:
    """See `ErpSystem.find_products`."""
    wanted = {text: one_line(text) for text in texts}
    names = sorted(set(filter(None, wanted.values())))
    means: dict[str, ProductHit] = {}
    for start in range(0, len(names), _TEXTS_AT_ONCE):
        some = names[start : start + _TEXTS_AT_ONCE]
        found = await _find(site, _exactly(site, some, header), _MOST_HITS)
        means.update(await _meant(site, some, found, header))
        # Numbers written in another mixture of cases; a text without letters has only one.
        others = [name for name in some if name not in means and name.upper() != name.lower()]
        if others:
            found = await _find(site, ["OR", *(["code", "ilike", escaped(name)] for name in others)], _MOST_HITS)
            means.update(await _meant(site, others, found, header))
    return {text: means[name] for text, name in wanted.items() if name in means}


def _exactly(site: Site, names: Sequence[str], header: OrderHeader) -> list[Any]:
    spelled = sorted({pattern for name in names for pattern in (name, name.upper(), name.lower())})
    domain: list[Any] = ["OR", ["code", "in", spelled], ["identifiers.code", "in", spelled]]
    if _has_theirs(site):
        domain.append(_theirs(key_of(header.customer.id), ["code", "in", spelled]))
    return domain


async def _meant(
    site: Site, names: Sequence[str], found: Sequence[Row], header: OrderHeader
) -> Mapping[str, ProductHit]:
    """The product of each name that stands for one: written just so, or else in other cases."""
    await site.lookups.need(units=(row.optional_key("sale_uom") for row in found))
    customer = key_of(header.customer.id)
    called = [(row, {row.text("code"), *_barcodes(row), *_their_numbers(row, customer)}) for row in found]
    means = {}
    for name in names:
        just_so = [row for row, numbers in called if name in numbers]
        alike = just_so or [row for row, numbers in called if fold(name) in map(fold, numbers)]
        if len({row.key() for row in alike}) == 1:
            own = alike[0].optional_key("sale_uom")
            units = site.lookups.units_like(own) if own is not None else ()
            means[name] = replace(_hit(site, alike[0], name, customer), units=units)
    return means


def _has_theirs(site: Site) -> bool:
    return "product_customers" in site.schema.product


def _named(field: str, word: str) -> list[Any]:
    return ["OR", *([field, "ilike", f"%{escaped(p)}%"] for p in name_patterns(word))]


def _theirs(customer: int, domain: list[Any]) -> list[Any]:
    """What the customer calls it ``domain``: this very product, or all variants of which it is one."""
    own = [["party", "=", customer], domain]
    return [
        "OR",
        ["product_customers", "where", own],
        ["template.product_customers", "where", [["product", "=", None], *own]],
    ]


async def _find(site: Site, domain: list[Any], limit: int) -> Sequence[Row]:
    salable = ["AND", ["salable", "=", True], domain]
    fields = existing(site.schema.product, *_HIT)
    if _has_theirs(site):
        fields += [f"{of}product_customers.{name}" for of in ("", "template.") for name in _THEIRS]
    order = [["code", "ASC"], ["id", "ASC"]]
    return rows(await site.client.read("model.product.product.search_read", salable, 0, limit, order, fields))


def _hit(site: Site, row: Row, wanted: str, customer: int | None) -> ProductHit:
    product = Product(id=str(row.key()), code=row.text("code"), name=row.text("name"))
    text, words = fold(wanted), [fold(word) for word in wanted.split()]
    barcodes = _barcodes(row)
    theirs = _called_by(row, customer)
    codes = [code for code, _ in theirs if fold(code).startswith(text)]
    called = [name for _, name in theirs if all(word in fold(name) for word in words)]
    numbers = ((FoundBy.NUMBER, [product.code]), (FoundBy.BARCODE, barcodes), (FoundBy.THEIRS, codes))
    whole = [kind for kind, found in numbers if text in map(fold, found)]
    begun = [kind for kind, found in numbers if any(fold(code).startswith(text) for code in found)]
    by_name = FoundBy.NAME if all(word in fold(product.name) for word in words) or not called else FoundBy.THEIRS
    found_by = [*whole, *begun, by_name][0]
    return ProductHit(
        product=product,
        unit=site.lookups.unit(row.optional_key("sale_uom")),
        barcode=next((code for code in barcodes if fold(code).startswith(text)), next(iter(barcodes), "")),
        exact=bool(whole),
        found_by=found_by,
        theirs=[*codes, *called][0] if found_by is FoundBy.THEIRS else "",
    )


def _barcodes(row: Row) -> list[str]:
    return [code for identifier in row.rows("identifiers") if (code := identifier.text("code"))]


def _their_numbers(row: Row, customer: int) -> list[str]:
    return [code for code, _ in _called_by(row, customer) if code]


def _called_by(row: Row, customer: int | None) -> list[tuple[str, str]]:
    """The numbers and names that the customer has for the product; those for all its variants last."""
    if customer is None:
        return []
    template = row.row("template")
    general = template.rows("product_customers") if template is not None else []
    found = [*row.rows("product_customers"), *(each for each in general if each.optional_key("product") is None)]
    return [(each.text("code"), each.text("name")) for each in found if each.optional_key("party") == customer]


def _likelihood(hit: ProductHit, wanted: str) -> tuple[bool, bool, bool, str]:
    code, name = fold(hit.product.code), fold(hit.product.name)
    is_theirs = hit.found_by is FoundBy.THEIRS and fold(hit.theirs).startswith(wanted)
    return not hit.exact, not (code.startswith(wanted) or is_theirs), not name.startswith(wanted), code


async def units_for(site: Site, product_id: str) -> Sequence[Unit]:
    """The product's sales unit, then the others of its kind. Raises `NotFound`."""
    domain = [["id", "=", key_of(product_id)]]
    found = rows(await site.client.read("model.product.product.search_read", domain, 0, 1, None, ["sale_uom"]))
    own = found[0].optional_key("sale_uom") if found else None
    if own is None:
        raise NotFound(SYSTEM, detail="no such product, or one that is not sold")
    await site.lookups.need(units=[own])
    return site.lookups.units_like(own)
