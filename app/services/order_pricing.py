"""Asking the ERP for the prices of rows: one question per pause in the typing, late answers dropped."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from app.domain.orders import LineField, LinePrice, OrderHeader, OrderLine
from app.ports.erp import ErpSystem
from app.ports.errors import NoAnswer, NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_writer import as_fault
from app.services.reconnect import Reconnect

PREVIEW_AFTER = 0.15
"""Seconds of quiet after a key before the ERP is asked for the price: one request per pause, not per key."""

AT_ONCE = 4
"""Questions under way at the same time when many rows wait (pasted ones): more gains nothing at the server."""


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """What `ErpSystem.price_line` is asked."""

    header: OrderHeader
    line: OrderLine
    changed: frozenset[LineField]


class PricingClient(Protocol):
    """Knows what stands in the rows, and is told the answers."""

    def price_question(self, line_id: str) -> PriceQuestion | None:
        """What to ask for this row, or None when there is nothing to ask."""

    def priced(self, line_id: str, price: LinePrice) -> None:
        """The answer to what stands in the row."""

    def not_priced(self, line_id: str, fault: SystemFault) -> None:
        """The ERP refuses to price the row."""

    def price_answered(self) -> None:
        """An answer of any kind came; another row may be asked about."""


class OrderPricing:
    """Prices rows of one order. Who changes what a price rests on calls `soon` or `stop`: no answer outlives that."""

    def __init__(self, erp: ErpSystem, runner: Runner, reconnect: Reconnect, client: PricingClient) -> None:
        self._erp = erp
        self._runner = runner
        self._reconnect = reconnect
        self._client = client
        self._pausing: dict[str, Job] = {}
        self._asking: dict[str, Job] = {}

    def soon(self, line_id: str) -> None:
        """The row was typed in: ask after a pause, and forget what was asked before."""
        self.stop(line_id)
        if self._client.price_question(line_id) is not None:
            self._pausing[line_id] = self._runner.run(
                asyncio.sleep(PREVIEW_AFTER), lambda _: self._ask(line_id), lambda _: self._ask(line_id)
            )

    def now(self, line_id: str) -> None:
        """The row was left: ask at once, or as soon as fewer questions are under way."""
        if line_id not in self._asking and len(self._asking) < AT_ONCE:
            self._ask(line_id)

    def stop(self, line_id: str) -> None:
        """What was asked is no longer what stands in the row."""
        for jobs in (self._pausing, self._asking):
            if (job := jobs.pop(line_id, None)) is not None:
                job.cancel()

    def stop_all(self) -> None:
        """Forget all questions."""
        for line_id in (*self._pausing, *self._asking):
            self.stop(line_id)

    def _ask(self, line_id: str) -> None:
        self.stop(line_id)
        question = self._client.price_question(line_id)
        if question is None or self._reconnect.fault is not None:
            return

        def done(price: LinePrice) -> None:
            del self._asking[line_id]
            if self._client.price_question(line_id) is not None:
                self._client.priced(line_id, price)
            self._reconnect.succeeded()
            self._client.price_answered()

        def failed(error: Exception) -> None:
            del self._asking[line_id]
            if isinstance(error, NoAnswer | NotSignedIn):
                self._reconnect.wait(error)
            elif self._client.price_question(line_id) is not None:
                self._client.not_priced(line_id, as_fault(error))
            self._client.price_answered()

        work = self._erp.price_line(question.header, question.line, question.changed)
        self._asking[line_id] = self._runner.run(work, done, failed)
