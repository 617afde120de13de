"""The orders on the desk: opened, being edited, or still on their way into the ERP after the user has turned away."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, TypeVar

from app.domain.orders import HeaderField, Order
from app.ports.erp import ErpSystem
from app.ports.errors import AccessEnded, NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.ports.journal import Journal, JournalEntry, Journals
from app.services.buying_habits import HistoryShelf
from app.services.customer_credit import CustomerCredit
from app.services.drafts import Drafts
from app.services.line_explainer import LineExplainer
from app.services.no_journal import NoJournal
from app.services.order_paste import OrderPaste
from app.services.order_recovery import Recovered, RecoveredOrder, recover_order
from app.services.order_repricing import PriceCheck
from app.services.order_reuse import OrderReuse
from app.services.order_session import OrderSession
from app.services.order_writer import as_fault
from app.services.overviews import Overviews
from app.services.product_lookup import ProductLookup
from app.services.seen_orders import SeenOrders
from app.services.systems import Systems
from app.services.tokens import LineTokens
from app.services.unit_lookup import UnitLookup

T = TypeVar("T")


class DeskOrder:
    """An order on the desk: its session, what is looked up for its rows, and what the ERP tells about them.

    Attributes:
        seen_at: When the ERP gave it, where that was in the past and the ERP did not answer now; else None.
    """

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner, shelf: HistoryShelf) -> None:
        self.erp = erp
        self.session = session
        self.products = ProductLookup(erp, self.session, runner)
        self.units = UnitLookup(erp, self.session, runner)
        self.explainer = LineExplainer(erp, self.session, runner)
        self.price_check = PriceCheck(erp, self.session, runner)
        self.credit = CustomerCredit(erp, self.session, runner)
        self.reuse = OrderReuse(erp, self.session, runner, shelf)
        self.paste = OrderPaste(erp, self.session, runner)
        self.seen_at: datetime | None = None

    @property
    def is_offline(self) -> bool:
        """It is shown as it was seen last, and is only to be read, until the ERP gives it."""
        return self.session.order.read_at == self.seen_at


class OrderDesk:
    """Opens orders and keeps those with rows that the ERP has not acknowledged.

    Its runner must outlive every page: a row that is on its way is followed to its end.
    """

    def __init__(
        self,
        systems: Systems,
        runner: Runner,
        journals: Journals | None = None,
        overviews: Overviews | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        self.journals: Journals = journals or NoJournal()
        self.drafts = drafts or Drafts(systems, runner, journals)
        self._seen = SeenOrders(overviews or Overviews(systems))
        self._systems = systems
        self._runner = runner
        self._tokens = LineTokens()
        self._shelf = HistoryShelf()
        self._kept: list[DeskOrder] = []
        self._opening: Job | None = None
        self._recovering: Job | None = None
        self._restored: dict[int, DeskOrder] = {}  # by the write's id in the journal
        self._orders: dict[str, str] = {}  # the ERP's order of what an earlier run typed in one
        self._new_orders: dict[str, DeskOrder] = {}  # and those that are still to be created

    def open(
        self, order_id: str, on_ready: Callable[[DeskOrder], None], on_failed: Callable[[SystemFault], None]
    ) -> None:
        """Open an order: the one that is still being written here, or as the ERP has it, or where the ERP does not
        answer as it was seen last; the ERP is then asked again until it does.
        """
        self._tidy()
        for kept in self._kept:
            if kept.session.order.id == order_id:
                on_ready(kept)
                kept.session.refresh()
                return

        def opened(erp: ErpSystem, answer: tuple[Order, bool]) -> None:
            order, is_now = answer
            kept = self._keep(erp, order)
            if is_now:
                on_ready(kept)
            else:
                kept.seen_at = order.read_at
                on_ready(kept)
                kept.session.refresh()

        self._start(lambda erp: self._seen.open(erp, order_id), opened, on_failed)

    def propose(
        self,
        customer_id: str,
        on_ready: Callable[[DeskOrder], None],
        on_failed: Callable[[SystemFault], None],
        *,
        reference: str = "",
    ) -> None:
        """A new order for a customer; it is created in the ERP with its first line.

        Args:
            reference: The customer's reference for it. One of this reference that is on the desk and not in the ERP yet
                is that order.
        """
        self._tidy()
        for kept in self._kept if reference else ():
            header = kept.session.head.view().header
            is_new = kept.session.order.id is None
            if is_new and (header.customer.id, header.customer_reference) == (customer_id, reference):
                on_ready(kept)
                return

        def proposed(erp: ErpSystem, order: Order) -> None:
            kept = self._keep(erp, order)
            if reference:
                kept.session.head.change(HeaderField.CUSTOMER_REFERENCE, reference)
            on_ready(kept)

        self._start(lambda erp: erp.propose_order(customer_id), proposed, on_failed)

    def put_away(self, order: DeskOrder) -> None:
        """Nobody looks at it now: what the ERP last gave of it is remembered."""
        if not order.is_offline:
            self._seen.keep(order.session.order)

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

        def next_of(orders: list[list[JournalEntry]]) -> None:
            self._recovering = None
            if not orders:
                on_ended()
                return
            entries, rest = orders[0], orders[1:]
            work = recover_order(erp, journal, entries, self._orders.get(entries[0].slot))
            self._recovering = self._runner.run(work, lambda found: ended(found, rest), lambda _: next_of(rest))

        def ended(found: RecoveredOrder, rest: list[list[JournalEntry]]) -> None:
            for recovered in found.writes:
                if recovered.order_id:
                    self._orders[recovered.entry.slot] = recovered.order_id
                if recovered.order is not None and found.order is not None:
                    self._restore(erp, recovered, found.order)
                on_recovered(recovered)
            if isinstance(found.fault, NotSignedIn):
                failed(found.fault)
            else:
                next_of(rest)

        def failed(_error: Exception) -> None:
            self._recovering = None  # they stay in the journal, and the next sign-in asks again
            on_ended()

        async def pending() -> list[JournalEntry]:
            return list(await journal.pending())

        def start(entries: list[JournalEntry]) -> None:
            # Those that are on the desk are on their way already.
            next_of(self._by_order([entry for entry in entries if entry.id not in self._restored]))

        self._recovering = self._runner.run(pending(), start, failed)

    def open_restored(self, entry_id: int, on_ready: Callable[[DeskOrder], None]) -> None:
        """The order in which a write was typed in again; nothing happens when it is there no more."""
        kept = self._restored.get(entry_id)
        if kept in self._kept and kept is not None:
            on_ready(kept)

    def of_slot(self, slot: str) -> "DeskOrder | str | None":
        """What has become of the order that an earlier run had under this slot: it is on the desk, or it has this id
        in the ERP, or nothing is known of it.
        """
        return self._new_orders.get(slot) or self._orders.get(slot)

    def _restore(self, erp: ErpSystem, recovered: Recovered, order: Order) -> None:
        slot = recovered.entry.slot
        new = [kept for of, kept in self._new_orders.items() if order.id is None and of == slot]
        here = [kept for kept in self._kept if order.id is not None and kept.session.order.id == order.id]
        kept = (new or here or [self._keep(erp, order)])[0]
        if order.id is None:
            self._new_orders[slot] = kept
        self._restored[recovered.entry.id] = kept
        kept.session.restore(recovered.entry.changes, recovered.entry.id)

    def _by_order(self, entries: list[JournalEntry]) -> list[list[JournalEntry]]:
        found: dict[str, list[JournalEntry]] = {}
        for entry in entries:
            order = entry.changes.order_id or self._orders.get(entry.slot) or entry.slot
            found.setdefault(order, []).append(entry)
        return list(found.values())

    def _journal(self) -> Journal:
        connection = self._systems.erp_connection
        return NoJournal() if connection is None else self.journals.of(connection)

    def _keep(self, erp: ErpSystem, order: Order) -> DeskOrder:
        session = OrderSession(erp, order, self._runner, self._tokens, self._journal())
        kept = DeskOrder(erp, session, self._runner, self._shelf)
        self._kept.append(kept)
        return kept

    def _start(
        self,
        ask: Callable[[ErpSystem], Coroutine[Any, Any, T]],
        on_done: Callable[[ErpSystem, T], None],
        on_failed: Callable[[SystemFault], None],
    ) -> None:
        if self._opening is not None:
            self._opening.cancel()
        erp = self._systems.erp
        if erp is None:
            on_failed(AccessEnded("erp"))
            return

        self._opening = self._runner.run(
            ask(erp), lambda answer: on_done(erp, answer), lambda error: on_failed(as_fault(error))
        )

    def _tidy(self) -> None:
        """Let go of orders that nobody looks at and that have nothing on its way."""
        for kept in [k for k in self._kept if not k.session.has_unwritten and not k.session.is_busy]:
            kept.session.close()
            kept.explainer.close()
            kept.credit.close()
            kept.reuse.close()
            self._kept.remove(kept)
