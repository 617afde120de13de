"""The document of an order that the user asked for: what is typed is written first, then the ERP makes it."""

from collections.abc import Coroutine
from typing import Any

from app.domain.documents import Document, OrderDocuments
from app.ports.capability import Capability
from app.ports.erp import ErpSystem
from app.ports.jobs import Runner
from app.services.order_rows import RowStatus
from app.services.order_session import OrderSession
from app.services.paper_work import PaperWork, Stage

_ON_THEIR_WAY = frozenset({RowStatus.TYPING, RowStatus.PENDING, RowStatus.SENDING, RowStatus.CHECKING})


class OrderPapers(PaperWork):
    """The documents of the order that is open."""

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner) -> None:
        super().__init__(runner)
        self._erp = erp
        self._session = session

    @property
    def is_possible(self) -> bool:
        """The ERP makes documents for this user, and has the order or gets it first."""
        there = self._session.order.id is not None or self._session.has_unwritten
        return there and Capability.DOCUMENTS in self._erp.capabilities

    def want(self) -> None:
        """A document of the order as it stands here: rows that were typed go into the ERP first, as with an action."""
        self._stop()
        self.kind, self.fault = None, None
        for key in self._session.keys():
            self._session.leave(key)
        self._set(Stage.WRITING)
        self.go_on()

    def go_on(self) -> None:
        """The order has changed: perhaps what was waited for is there."""
        if self.stage is not Stage.WRITING:
            return
        session = self._session
        if not session.has_unwritten and not session.is_busy:
            self.without_rows()
        elif not session.is_busy and session.fault is None and session.question is None:
            statuses = {session.row(key).status for key in session.keys()}
            if not statuses & _ON_THEIR_WAY:
                self._set(Stage.UNWRITTEN)

    def without_rows(self) -> None:
        """Go on with the order as the ERP has it."""
        self._ask()

    def _offer(self) -> Coroutine[Any, Any, OrderDocuments] | None:
        order_id = self._session.order.id
        return None if order_id is None else self._erp.documents(order_id)

    def _make(self, key: str) -> Coroutine[Any, Any, Document] | None:
        order_id = self._session.order.id
        return None if order_id is None else self._erp.document(order_id, key)
