"""What a customer has bought, from Tryton's own sale lines; and which products it still sells."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.habits import BoughtLine
from app.domain.orders import OrderPhase, Product
from app.systems.tryton.mapping import PHASES, SHIPMENT_COST
from app.systems.tryton.protocol import Row, rows, wire
from app.systems.tryton.site import Site, key_of

_BOUGHT = [key for key, phase in PHASES.items() if phase in (OrderPhase.CONFIRMED, OrderPhase.DONE)]
_NEWEST_FIRST = [["sale.sale_date", "DESC"], ["id", "DESC"]]
_LINE = ["product", "quantity", "unit", "sale"]


async def bought_by(site: Site, customer_id: str, since: date, limit: int) -> Sequence[BoughtLine]:
    """See `ErpSystem.bought_by`: the lines, and then their products and orders once each.

    Asked with each line, the orders' days alone doubled the time that Tryton takes.
    """
    domain: list[Any] = [
        ["sale.party", "=", key_of(customer_id)],
        ["sale.state", "in", _BOUGHT],
        ["sale.sale_date", ">=", wire(since)],
        ["type", "=", "line"],
        ["product", "!=", None],
        ["quantity", ">", 0],
    ]
    if SHIPMENT_COST in site.schema.line:
        domain.append([SHIPMENT_COST, "=", None])
    method = "model.sale.line.search_read"
    found = rows(await site.client.read(method, domain, 0, limit, _NEWEST_FIRST, _LINE))
    if not found:
        return []
    # Before either is asked: an answer without them is not understood, and then nothing is under way.
    wanted, orders = sorted({row.key("product") for row in found}), sorted({row.key("sale") for row in found})
    products, days = await asyncio.gather(_products(site, wanted), _days(site, orders))
    await site.lookups.need(units=(row.optional_key("unit") for row in found))
    lines = (_line(site, row, products.get(row.key("product")), days.get(row.key("sale"))) for row in found)
    return [line for line in lines if line is not None]


async def _products(site: Site, keys: Sequence[int]) -> dict[int, Row]:
    # A search and not a read: one that this user may not see is then left out instead of being an error.
    domain = [["id", "in", [*keys]], ["active", "in", [True, False]]]
    method = "model.product.product.search_read"
    fields = ["code", "name", "active", "salable"]
    return {row.key(): row for row in rows(await site.client.read(method, domain, 0, len(keys), None, fields))}


async def _days(site: Site, keys: Sequence[int]) -> dict[int, date | None]:
    method = "model.sale.sale.search_read"
    found = await site.client.read(method, [["id", "in", [*keys]]], 0, len(keys), None, ["sale_date"])
    return {row.key(): row.date("sale_date") for row in rows(found)}


def _line(site: Site, row: Row, product: Row | None, day: date | None) -> BoughtLine | None:
    quantity = row.quantity("quantity")
    if product is None or day is None or quantity is None or quantity <= 0:
        return None
    return BoughtLine(
        order_id=str(row.key("sale")),
        day=day,
        product=Product(str(product.key()), product.text("code"), product.text("name")),
        unit=site.lookups.unit(row.optional_key("unit")),
        quantity=quantity,
        is_sold=product.flag("active") and product.flag("salable"),
    )


async def still_sold(site: Site, product_ids: Sequence[str]) -> frozenset[str]:
    """See `ErpSystem.still_sold`."""
    keys = sorted({key_of(product_id) for product_id in product_ids})
    if not keys:
        return frozenset()
    domain = [["id", "in", keys], ["salable", "=", True]]
    found = await site.client.read("model.product.product.search_read", domain, 0, len(keys), None, ["id"])
    return frozenset(str(row.key()) for row in rows(found))
