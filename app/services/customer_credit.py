"""What the ERP says of the credit of an order's customer, for as long as the order is open."""

from collections.abc import Callable

from app.domain.parties import Credit
from app.ports.erp import ErpSystem
from app.ports.jobs import Job, Runner
from app.services.order_session import OrderSession


class CustomerCredit:
    """Asks once, and again when the order has come into another state: a line more changes nothing of what is owed.

    Nothing here says whether an order is within a limit. That is the ERP's: it warns when it is to be confirmed.

    Attributes:
        credit: The ERP's figures; None while it has not told them, or cannot.
        listener: Is called when they have come.
    """

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner) -> None:
        self.credit: Credit | None = None
        self.listener: Callable[[], None] | None = None
        self._erp = erp
        self._session = session
        self._runner = runner
        self._asked_for: tuple[str, str] | None = None
        self._job: Job | None = None

    def look(self) -> None:
        """The order may be another than it was."""
        order = self._session.order
        wanted = (order.header.customer.id, order.state.key)
        if wanted == self._asked_for or self._session.fault is not None:
            return
        self.close()
        self._asked_for = wanted
        self._job = self._runner.run(self._erp.credit(order.header.customer.id), self._on_told, self._on_failed)

    def close(self) -> None:
        """Stop asking."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_told(self, credit: Credit) -> None:
        self._job, self.credit = None, credit
        if self.listener is not None:
            self.listener()

    def _on_failed(self, _error: Exception) -> None:
        self._job = None  # the line is left out; what matters of it the ERP says when the order is confirmed
