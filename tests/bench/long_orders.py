"""Orders of so many lines, made over the ERP's port as the app would."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from app.bootstrap import manifests
from app.demo.world import DemoLogin
from app.domain.order_changes import LineChange, OrderChanges
from app.domain.orders import LineField, Order, OrderLine
from app.ports.connection import SystemKind
from app.ports.erp import ErpSystem
from app.services.tokens import LineTokens
from app.ui.tour import CUSTOMER, LINES

_AT_ONCE = 250
_CHANGED = frozenset({LineField.PRODUCT, LineField.QUANTITY})


def is_erp(login: DemoLogin) -> bool:
    """It is for the ERP."""
    return manifests()[login.connection.system].kind is SystemKind.ERP


async def make_orders(logins: Sequence[DemoLogin], secrets: Mapping[str, str], sizes: Sequence[int]) -> list[str]:
    """The keys of new orders for the tour's customer, one of each size."""
    (login,) = filter(is_erp, logins)
    erp = cast(ErpSystem, manifests()[login.connection.system].connect(login.connection, None))
    await erp.resume(secrets[login.connection.system])
    customer, *_ = await erp.search_customers(CUSTOMER)
    proposed = await erp.propose_order(customer.id)
    kinds = [await _priced(erp, proposed, code, Decimal(quantity)) for code, quantity in LINES]
    tokens = LineTokens()
    orders = [await _make(erp, proposed, kinds, size, tokens) for size in sizes]
    await erp.close()
    return orders


async def _priced(erp: ErpSystem, order: Order, code: str, quantity: Decimal) -> LineChange:
    hit, *_ = await erp.search_products(code, header=order.header)
    line = OrderLine("new-0", product=hit.product, quantity=quantity)
    price = await erp.price_line(order.header, line, _CHANGED)
    line = replace(
        line,
        unit=price.unit,
        list_price=price.list_price,
        discount=price.discount,
        unit_price=price.unit_price,
        taxes=price.taxes,
        amount=price.amount,
    )
    return LineChange(line, _CHANGED, priced=True, vendor=price.vendor)


async def _make(erp: ErpSystem, proposed: Order, kinds: Sequence[LineChange], size: int, tokens: LineTokens) -> str:
    key, version = proposed.id, proposed.version
    for start in range(0, size, _AT_ONCE):
        places = range(start, min(start + _AT_ONCE, size))
        chosen = [kinds[place % len(kinds)] for place in places]
        created = tuple(replace(each, line=replace(each.line, id=tokens.next())) for each in chosen)
        update = await erp.commit(OrderChanges(key, version, proposed.header, created))
        key, version = update.order_id, update.version
    assert key is not None
    return key
