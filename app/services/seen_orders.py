"""Orders as they were seen last: to be read where the ERP does not answer."""

import asyncio
import contextlib
from dataclasses import replace

from app.domain.orders import HeaderField, HeaderLock, Order
from app.ports.cache import ORDER
from app.ports.connection import SystemKind
from app.ports.erp import ErpSystem
from app.ports.errors import NoAnswer, NotFound
from app.services.overviews import Overviews

PATIENCE = 2.0
"""Seconds that the ERP may take for an order before the one that was seen last is shown."""


class SeenOrders:
    """The orders that were opened, as the ERP last gave them."""

    def __init__(self, overviews: Overviews) -> None:
        self._overviews = overviews

    def keep(self, order: Order) -> None:
        """Remember an order as the ERP gave it; without effect on one that it has not created yet."""
        if order.id is not None:
            self._overviews.at(SystemKind.ERP).keep(ORDER, order.id, order, order.read_at)

    async def open(self, erp: ErpSystem, order_id: str) -> tuple[Order, bool]:
        """The order, and whether the ERP gave it now. Else it is as it was seen last, and cannot be edited.

        Raises what `ErpSystem.open_order` does, where the order was never seen.
        """
        cache = self._overviews.at(SystemKind.ERP)
        asking = asyncio.ensure_future(erp.open_order(order_id))
        try:
            answered, _ = await asyncio.wait({asking}, timeout=PATIENCE)
            seen = None if answered else await self._recall(order_id)
            if seen is not None:
                return seen, False
            order = await asking
        except NoAnswer:
            seen = await self._recall(order_id)
            if seen is None:
                raise
            return seen, False
        except NotFound:
            cache.forget(ORDER, order_id)
            raise
        finally:
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await asking
        cache.keep(ORDER, order_id, order, order.read_at)
        return order, True

    async def _recall(self, order_id: str) -> Order | None:
        kept = await self._overviews.at(SystemKind.ERP).read(ORDER, order_id)
        if kept is None:
            return None
        locks = dict.fromkeys(HeaderField, HeaderLock.OFFLINE)
        return replace(kept.value, editable=False, actions=(), header_locks=locks)
