"""Pricing asked of the ERP through its port, without a window; how many requests each question took."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from app.domain.money import Money
from app.domain.orders import LineField, LinePrice, OrderLine
from app.ports.connection import Connection, Manifest, SystemKind
from app.ports.erp import ErpSystem
from app.storage.settings import Settings
from app.ui.tour import CUSTOMER, LINES
from tests.bench.order import read_order
from tests.bench.wire import Wire

_NEW = frozenset({LineField.PRODUCT, LineField.QUANTITY})


def run(folder: str) -> dict[str, Any]:
    """Ask, and return the number of requests by question."""
    return {"requests": asyncio.run(_ask(Path(folder)))}


async def _ask(folder: Path) -> dict[str, list[int]]:
    wire = Wire()
    manifest, connection = _erp(folder, wire)
    erp = cast(ErpSystem, manifest.connect(connection, None))
    await erp.resume(read_order(folder).secrets[connection.system])
    customer, *_ = await erp.search_customers(CUSTOMER)
    header = (await erp.propose_order(customer.id)).header
    found: dict[str, list[int]] = {}

    async def price(question: str, line: OrderLine, changed: frozenset[LineField]) -> OrderLine:
        before = len(wire.requests)
        answer = await erp.price_line(header, line, changed)
        found.setdefault(question, []).append(len(wire.requests) - before)
        return _priced(line, answer)

    for number, (code, _) in enumerate(LINES):
        hit, *_ = await erp.search_products(code, header=header)
        new = OrderLine(f"new-{number}", product=hit.product, quantity=Decimal(10))
        line = await price("a new line", new, _NEW)
        line = replace(line, quantity=Decimal(100))
        line = await price("another quantity", line, _NEW)
        if line.unit_price is not None:
            own = replace(line, unit_price=Money(line.unit_price.amount - Decimal("0.5"), line.unit_price.currency))
            await price("a price of one's own", own, frozenset({LineField.UNIT_PRICE}))
        if line.discount is not None or line.list_price is not None:
            own = replace(line, discount=Decimal("0.05"), unit_price=None)
            await price("a discount of one's own", own, frozenset({LineField.DISCOUNT}))
    await erp.close()
    return found


def _erp(folder: Path, wire: Wire) -> tuple[Manifest, Connection]:
    manifests = wire.manifests()
    for connection in Settings(folder).connections():
        manifest = manifests[connection.system]
        if manifest.kind is SystemKind.ERP:
            return manifest, connection
    raise LookupError("there is no ERP")


def _priced(line: OrderLine, price: LinePrice) -> OrderLine:
    return replace(
        line,
        unit=price.unit,
        list_price=price.list_price,
        discount=price.discount,
        unit_price=price.unit_price,
        taxes=price.taxes,
        amount=price.amount,
    )
