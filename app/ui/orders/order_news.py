"""What others are to know of the order that is shown: that the ERP does not answer, and that the order is another."""

from collections.abc import Callable

from app.ports.errors import SystemFault
from app.services.order_session import OrderSession


class OrderNews:
    """Tells each thing once.

    Args:
        on_fault: Is given why the ERP does not answer.
        on_change: Is given the ERP's id of the customer whose order was created or changed its state; with `put_away`
            also when anything else in it changed.
    """

    def __init__(self, *, on_fault: Callable[[SystemFault], object], on_change: Callable[[str], object]) -> None:
        self._on_fault = on_fault
        self._on_change = on_change
        self._session: OrderSession | None = None
        self._fault: SystemFault | None = None
        self._known: tuple[str | None, str] = (None, "")  # the order's id and state
        self._version = ""

    def opened(self, session: OrderSession) -> None:
        """This order is shown; as it is now it is no news."""
        self._session = session
        self._fault = None
        self._known = (session.order.id, session.order.state.key)
        self._version = session.order.version

    def look(self) -> None:
        """Something of the order may have changed."""
        if self._session is None:
            return
        fault, order = self._session.fault, self._session.order
        if fault is not self._fault:
            self._fault = fault
            if fault is not None:
                self._on_fault(fault)
        # Not with every line: a list of orders read again for each would be a request more a line.
        if (order.id, order.state.key) != self._known:
            self._known = (order.id, order.state.key)
            self._on_change(order.header.customer.id)

    def put_away(self) -> None:
        """The order is not shown any more."""
        if self._session is not None and self._session.order.version != self._version:
            self._on_change(self._session.order.header.customer.id)
        self._session = None
