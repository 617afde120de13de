"""An order's own actions ("Quote", "Confirm"), one at a time."""

from typing import Protocol

from app.domain.orders import Order
from app.ports.erp import ErpSystem
from app.ports.errors import NoRights, NotSignedIn, Question, Refused, SystemFault, Unreachable
from app.ports.jobs import Runner
from app.services.order_writer import as_fault


class ActionClient(Protocol):
    """Is told how an action ended."""

    def acted(self, order: Order) -> None:
        """It went through; the order as it is now."""

    def not_acted(self, fault: SystemFault, *, is_certain: bool) -> None:
        """It did not go through; or that is not certain, and the order's own state tells."""

    def action_asks(self, question: Question) -> None:
        """It goes on when the user says yes."""


class OrderActions:
    """The action that the user asked for.

    Attributes:
        wanted: Its key, from the asking until it has ended; None while there is none.
        is_running: The ERP is at work on it.
    """

    def __init__(self, erp: ErpSystem, runner: Runner, client: ActionClient) -> None:
        self.wanted: str | None = None
        self.is_running = False
        self._accepted: frozenset[str] = frozenset()
        self._erp = erp
        self._runner = runner
        self._client = client

    def want(self, action: str) -> None:
        """Ask for an action; it does not start yet. Without effect while another one runs."""
        if not self.is_running:
            self.wanted, self._accepted = action, frozenset()

    def accept(self, question: Question) -> None:
        """The user said yes."""
        self._accepted |= {question.name}

    def give_up(self) -> None:
        """It is not to be run any more."""
        self.wanted, self._accepted = None, frozenset()

    def run(self, order_id: str) -> None:
        """Start it, if one is wanted."""
        if self.wanted is not None:
            self.is_running = True
            work = self._erp.act(order_id, self.wanted, accepted=self._accepted)
            self._runner.run(work, self._on_done, self._on_failed)

    def _on_done(self, order: Order) -> None:
        self.is_running = False
        self.give_up()
        self._client.acted(order)

    def _on_failed(self, error: Exception) -> None:
        self.is_running = False
        if isinstance(error, Question):
            self._client.action_asks(error)
        else:
            self.give_up()
            is_certain = isinstance(error, Refused | NoRights | NotSignedIn | Unreachable)
            self._client.not_acted(as_fault(error), is_certain=is_certain)
