"""Opening orders, one after the other: the one that was asked for last, and how it is asked for again."""

from collections.abc import Callable

from app.ports.errors import SystemFault
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.order_session import OrderSession
from app.services.stranded import move


class OrderOpening:
    """Asks the desk for the orders that are to be shown."""

    def __init__(
        self,
        desk: OrderDesk,
        *,
        on_asked: Callable[[], None],
        on_opened: Callable[[DeskOrder], None],
        on_failed: Callable[[SystemFault], None],
    ) -> None:
        self._desk = desk
        self._on_asked = on_asked
        self._on_opened = on_opened
        self._on_failed = on_failed
        self._ask_again: Callable[[], None] | None = None

    @property
    def is_under_way(self) -> bool:
        """An order was asked for, and neither it nor another one is there yet; also when that failed."""
        return self._ask_again is not None

    def open(self, order_id: str) -> None:
        """An order of the ERP."""
        self._ask_again = lambda: self.open(order_id)
        self._on_asked()
        self._desk.open(order_id, self._opened, self._on_failed)

    def begin(self, customer_id: str, reference: str = "") -> None:
        """A new order for a customer of the ERP, with his reference for it."""
        self._begin(customer_id, self._opened, reference)

    def begin_with_rows_of(self, old: OrderSession) -> None:
        """A new order for the same customer, with what waits in one that takes no more changes."""

        def take(opened: DeskOrder) -> None:
            move(old, opened.session)
            self._opened(opened)

        self._begin(old.order.header.customer.id, take)

    def _begin(self, customer_id: str, on_opened: Callable[[DeskOrder], None], reference: str = "") -> None:
        self._ask_again = lambda: self.begin(customer_id, reference)
        self._on_asked()
        self._desk.propose(customer_id, on_opened, self._on_failed, reference=reference)

    def show(self, opened: DeskOrder) -> None:
        """An order that is on the desk."""
        self._opened(opened)

    def restore(self, entry_id: int) -> None:
        """The order of rows that came back from the journal; it is on the desk already."""
        self._desk.open_restored(entry_id, self._opened)

    def again(self) -> None:
        """Ask once more for what was asked for last."""
        if self._ask_again is not None:
            self._ask_again()

    def _opened(self, opened: DeskOrder) -> None:
        self._ask_again = None
        self._on_opened(opened)
