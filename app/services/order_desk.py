"""The orders on the desk: opened, being edited, or still on their way into the ERP after the user has turned away."""

from collections.abc import Callable, Coroutine
from typing import Any

from app.domain.orders import Order
from app.ports.erp import ErpSystem
from app.ports.errors import AccessEnded, SystemFault
from app.ports.jobs import Job, Runner
from app.services.line_explainer import LineExplainer
from app.services.order_session import OrderSession
from app.services.order_writer import as_fault
from app.services.product_lookup import ProductLookup
from app.services.systems import Systems
from app.services.tokens import LineTokens


class DeskOrder:
    """An order on the desk: its session, the look-up of products for its rows, and what the ERP tells about them."""

    def __init__(self, erp: ErpSystem, order: Order, runner: Runner, tokens: LineTokens) -> None:
        self.erp = erp
        self.session = OrderSession(erp, order, runner, tokens)
        self.products = ProductLookup(erp, self.session, runner)
        self.explainer = LineExplainer(erp, self.session, runner)


class OrderDesk:
    """Opens orders and keeps those with rows that the ERP has not acknowledged.

    Its runner must outlive every page: a row that is on its way is followed to its end.
    """

    def __init__(self, systems: Systems, runner: Runner) -> None:
        self._systems = systems
        self._runner = runner
        self._tokens = LineTokens()
        self._kept: list[DeskOrder] = []
        self._opening: Job | None = None

    def open(
        self, order_id: str, on_ready: Callable[[DeskOrder], None], on_failed: Callable[[SystemFault], None]
    ) -> None:
        """Open an order: the one that is still being written here, or else as the ERP has it."""
        self._tidy()
        for kept in self._kept:
            if kept.session.order.id == order_id:
                on_ready(kept)
                kept.session.refresh()
                return
        self._start(lambda erp: erp.open_order(order_id), on_ready, on_failed)

    def propose(
        self, customer_id: str, on_ready: Callable[[DeskOrder], None], on_failed: Callable[[SystemFault], None]
    ) -> None:
        """A new order for a customer; it is created in the ERP with its first line."""
        self._tidy()
        self._start(lambda erp: erp.propose_order(customer_id), on_ready, on_failed)

    @property
    def unwritten(self) -> int:
        """How many orders have rows that the ERP has not acknowledged."""
        return sum(kept.session.has_unwritten for kept in self._kept)

    def resume(self) -> None:
        """The ERP answers again, or the user has signed in: go on with everything that waits."""
        for kept in self._kept:
            if kept.session.fault is not None or kept.session.is_checking:
                kept.session.retry()

    def _start(
        self,
        ask: Callable[[ErpSystem], Coroutine[Any, Any, Order]],
        on_ready: Callable[[DeskOrder], None],
        on_failed: Callable[[SystemFault], None],
    ) -> None:
        if self._opening is not None:
            self._opening.cancel()
        erp = self._systems.erp
        if erp is None:
            on_failed(AccessEnded("erp"))
            return

        def done(order: Order) -> None:
            opened = DeskOrder(erp, order, self._runner, self._tokens)
            self._kept.append(opened)
            on_ready(opened)

        self._opening = self._runner.run(ask(erp), done, lambda error: on_failed(as_fault(error)))

    def _tidy(self) -> None:
        """Let go of orders that nobody looks at and that have nothing on its way."""
        for kept in [k for k in self._kept if not k.session.has_unwritten and not k.session.is_busy]:
            kept.session.close()
            kept.explainer.close()
            self._kept.remove(kept)
