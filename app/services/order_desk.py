"""The orders on the desk: opened, being edited, or still on their way into the ERP after the user has turned away."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from app.domain.orders import Order
from app.ports.erp import ErpSystem
from app.ports.errors import AccessEnded, NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.ports.journal import Journal, JournalEntry, Journals
from app.services.line_explainer import LineExplainer
from app.services.no_journal import NoJournal
from app.services.order_recovery import Recovered, recover
from app.services.order_session import OrderSession
from app.services.order_writer import as_fault
from app.services.product_lookup import ProductLookup
from app.services.systems import Systems
from app.services.tokens import LineTokens


class DeskOrder:
    """An order on the desk: its session, the look-up of products for its rows, and what the ERP tells about them."""

    def __init__(self, erp: ErpSystem, order: Order, runner: Runner, tokens: LineTokens, journal: Journal) -> None:
        self.erp = erp
        self.session = OrderSession(erp, order, runner, tokens, journal)
        self.products = ProductLookup(erp, self.session, runner)
        self.explainer = LineExplainer(erp, self.session, runner)


class OrderDesk:
    """Opens orders and keeps those with rows that the ERP has not acknowledged.

    Its runner must outlive every page: a row that is on its way is followed to its end.
    """

    def __init__(self, systems: Systems, runner: Runner, journals: Journals | None = None) -> None:
        self.journals: Journals = journals or NoJournal()
        self._systems = systems
        self._runner = runner
        self._tokens = LineTokens()
        self._kept: list[DeskOrder] = []
        self._opening: Job | None = None
        self._recovering: Job | None = None
        self._restored: dict[int, DeskOrder] = {}  # by the write's id in the journal
        self._orders: dict[str, str] = {}  # the ERP's order of what an earlier run typed in one
        self._new_orders: dict[str, DeskOrder] = {}  # and those that are still to be created

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

    def recover(self, on_recovered: Callable[[Recovered], None], on_ended: Callable[[], None] = lambda: None) -> None:
        """Bring the writes that an earlier run left in the journal to an end, one after the other.

        Once the user is signed in; again after every later sign-in, for what could not be ended before. Each is told
        of; the order of one that is typed in again is on the desk: `open_restored` gives it.
        """
        erp = self._systems.erp
        if erp is None:
            return
        journal = self._journal()
        if self._recovering is not None:
            self._recovering.cancel()

        def next_of(entries: list[JournalEntry]) -> None:
            self._recovering = None
            # Those that are on the desk are on their way already.
            waiting = [entry for entry in entries if entry.id not in self._restored]
            if not waiting:
                on_ended()
            else:
                entry, rest = self._of_the_same_order(waiting[0]), waiting[1:]

                def not_ended(error: Exception) -> None:
                    # It stays in the journal. Without the user's sign-in no other can be ended either.
                    if isinstance(error, NotSignedIn):
                        failed(error)
                    else:
                        next_of(rest)

                work = recover(erp, journal, entry)
                self._recovering = self._runner.run(work, lambda recovered: ended(recovered, rest), not_ended)

        def ended(recovered: Recovered, rest: list[JournalEntry]) -> None:
            if recovered.order_id:
                self._orders[recovered.entry.slot] = recovered.order_id
            if recovered.order is not None:
                self._restore(erp, recovered, recovered.order)
            on_recovered(recovered)
            next_of(rest)

        def failed(_error: Exception) -> None:
            self._recovering = None  # they stay in the journal, and the next sign-in asks again
            on_ended()

        async def pending() -> list[JournalEntry]:
            return list(await journal.pending())

        self._recovering = self._runner.run(pending(), next_of, failed)

    def open_restored(self, entry_id: int, on_ready: Callable[[DeskOrder], None]) -> None:
        """The order in which a write was typed in again; nothing happens when it is there no more."""
        kept = self._restored.get(entry_id)
        if kept in self._kept and kept is not None:
            on_ready(kept)

    def _restore(self, erp: ErpSystem, recovered: Recovered, order: Order) -> None:
        slot = recovered.entry.slot
        new = [kept for of, kept in self._new_orders.items() if order.id is None and of == slot]
        here = [kept for kept in self._kept if order.id is not None and kept.session.order.id == order.id]
        kept = (new or here or [self._keep(erp, order)])[0]
        if order.id is None:
            self._new_orders[slot] = kept
        self._restored[recovered.entry.id] = kept
        kept.session.restore(recovered.entry.changes, recovered.entry.id)

    def _of_the_same_order(self, entry: JournalEntry) -> JournalEntry:
        """Rows that waited for an order to be created belong into it, once it is found to have been."""
        order_id = self._orders.get(entry.slot)
        if entry.is_sent or entry.changes.order_id is not None or order_id is None:
            return entry
        return replace(entry, changes=replace(entry.changes, order_id=order_id))

    def _journal(self) -> Journal:
        connection = self._systems.erp_connection
        return NoJournal() if connection is None else self.journals.of(connection)

    def _keep(self, erp: ErpSystem, order: Order) -> DeskOrder:
        kept = DeskOrder(erp, order, self._runner, self._tokens, self._journal())
        self._kept.append(kept)
        return kept

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
            on_ready(self._keep(erp, order))

        self._opening = self._runner.run(ask(erp), done, lambda error: on_failed(as_fault(error)))

    def _tidy(self) -> None:
        """Let go of orders that nobody looks at and that have nothing on its way."""
        for kept in [k for k in self._kept if not k.session.has_unwritten and not k.session.is_busy]:
            kept.session.close()
            kept.explainer.close()
            self._kept.remove(kept)
