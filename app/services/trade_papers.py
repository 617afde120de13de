"""The document of a delivery or an invoice that the user asked for in the timeline."""

from collections.abc import Coroutine
from typing import Any

from app.domain.documents import Document, OrderDocuments
from app.domain.trade_events import TradeEvent
from app.ports.jobs import Runner
from app.services.paper_work import PaperWork
from app.services.systems import Systems


class TradePapers(PaperWork):
    """The documents of one event at a time.

    Attributes:
        event: What a document was asked of last.
    """

    def __init__(self, systems: Systems, runner: Runner) -> None:
        super().__init__(runner)
        self._systems = systems
        self.event: TradeEvent | None = None

    def want(self, event: TradeEvent) -> None:
        """A document of this event."""
        self._stop()
        self.event, self.kind, self.fault = event, None, None
        self._ask()

    def _offer(self) -> Coroutine[Any, Any, OrderDocuments] | None:
        erp, event = self._systems.erp, self.event
        return None if erp is None or event is None else erp.trade_documents(event.kind, event.id)

    def _make(self, key: str) -> Coroutine[Any, Any, Document] | None:
        erp, event = self._systems.erp, self.event
        return None if erp is None or event is None else erp.trade_document(event.kind, event.id, key)
