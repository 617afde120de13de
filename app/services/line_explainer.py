"""Why the line under the cursor costs what it does: asked for when the cursor rests on it, after all else."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.orders import PRICED_BY, LineKind, OrderHeader, OrderLine
from app.domain.price_truth import LineExplanation
from app.ports.capability import Capability
from app.ports.erp import ErpSystem
from app.ports.jobs import Job, Runner
from app.services.order_rows import RowStatus, RowView
from app.services.order_session import OrderSession
from app.services.quiet import is_quiet

REST = 0.25
"""Seconds the cursor rests on a line before the ERP is asked about it, and between two looks whether it is free."""

FRESH = 60.0
"""Seconds for which an answer for the same product, quantity and order is shown again without asking."""

AGAIN = 5.0
"""Seconds after which it is asked again where the ERP did not answer."""

_MOST_KEPT = 200
_PARTS = frozenset({Capability.PRICE_BASIS, Capability.PRICE_LADDER, Capability.AVAILABILITY})


@dataclass(frozen=True, slots=True)
class Explained:
    """What is known about the line under the cursor.

    Attributes:
        key: The row's key in its session.
        line: The line as it was asked about, with what now stands in it as its price.
        told: The ERP's words so far; while it is asked about another quantity of the same product, only its stock.
        is_asking: The rest is on its way.
        is_other_price: What stands on the line is not the ERP's own price of today.
    """

    key: str
    line: OrderLine
    told: LineExplanation
    is_asking: bool = False
    is_other_price: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """An answer counts for all lines that would ask the same."""

    header: OrderHeader
    line: OrderLine


class LineExplainer:
    """Asks about one line at a time, the one that the cursor rests on.

    It keeps out of the way: while a price is asked for, or a write or a read is under way, it waits.

    Attributes:
        listener: Is called when `explained` is another, in the caller's thread.
    """

    def __init__(
        self, erp: ErpSystem, session: OrderSession, runner: Runner, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.listener: Callable[[], None] = lambda: None
        self._erp = erp
        self._session = session
        self._runner = runner
        self._clock = clock
        self._key: str | None = None
        self._question: _Question | None = None
        self._job: Job | None = None
        self._is_sent = False
        self._answers: dict[_Question, tuple[float, LineExplanation]] = {}
        self._explained: Explained | None = None

    @property
    def explained(self) -> Explained | None:
        """What to show, or None when there is nothing to tell."""
        return self._explained

    @property
    def can_tell(self) -> bool:
        """The ERP tells any of it at all."""
        return bool(_PARTS & self._erp.capabilities)

    def look_at(self, key: str | None) -> None:
        """The cursor is on this row, or on none. Call it as often as anything may have changed."""
        view = self._view(key)
        question = self._question_for(view) if view is not None else None
        if question != self._question or (self._is_sent and not is_quiet(self._session)):
            self._stop()
        self._key, self._question = key, question
        answer = self._answer(question)
        if question is not None and answer is None and self._job is None:
            self._pause()
        if view is not None and answer is not None:
            self._remember(view, answer)
        self._show(view, answer)

    def close(self) -> None:
        """Ask no more."""
        self.listener = lambda: None
        self._stop()
        self._question = self._key = self._explained = None

    # -- what to ask

    def _view(self, key: str | None) -> RowView | None:
        if key is None or not self.can_tell or not self._session.order.editable:
            return None
        try:
            view = self._session.row(key)
        except KeyError:
            return None
        is_told = view.line.kind is LineKind.PRODUCT and view.line.product is not None and not view.removed
        return view if is_told and not view.bad.keys() & PRICED_BY else None

    def _question_for(self, view: RowView) -> _Question | None:
        if view.awaits_price:
            return None
        bare = replace(
            view.line, id="", version="", description="", list_price=None, discount=None, unit_price=None, amount=None
        )
        return _Question(self._session.header, bare)

    def _answer(self, question: _Question | None) -> LineExplanation | None:
        if question is None:
            return None
        until, told = self._answers.get(question, (0.0, None))
        return told if told is not None and self._clock() < until else None

    # -- asking

    def _pause(self) -> None:
        self._job = self._runner.run(asyncio.sleep(REST), lambda _: self._ask(), lambda _: self._ask())

    def _ask(self) -> None:
        self._job = None
        question = self._question
        if question is None:
            return
        if not is_quiet(self._session):
            if self._session.fault is None:
                self._pause()
            return

        def done(told: LineExplanation, fresh_for: float = FRESH) -> None:
            self._job, self._is_sent = None, False
            while len(self._answers) >= _MOST_KEPT:
                del self._answers[next(iter(self._answers))]
            self._answers.pop(question, None)
            self._answers[question] = self._clock() + fresh_for, told
            self.look_at(self._key)

        def failed(_error: Exception) -> None:
            # Nobody waits for it: what matters, the price and the write, says itself when the ERP does not answer.
            done(LineExplanation(), AGAIN)

        self._is_sent = True
        self._job = self._runner.run(self._erp.explain_line(question.header, question.line), done, failed)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job, self._is_sent = None, False

    def _remember(self, view: RowView, told: LineExplanation) -> None:
        """A line that stands at the ERP's own price can be given another quantity without a question."""
        line = view.line
        if view.status is RowStatus.STORED and told.price is not None and told.price == line.unit_price:
            self._session.prices.heard(self._session.header, line, told.price)

    # -- showing

    def _show(self, view: RowView | None, answer: LineExplanation | None) -> None:
        before = self._explained
        self._explained = None if view is None or self._key is None else self._explain(self._key, view, answer)
        if self._explained != before:
            self.listener()

    def _explain(self, key: str, view: RowView, answer: LineExplanation | None) -> Explained:
        line = view.line
        if answer is None:
            shown = self._explained
            is_same = shown is not None and shown.line.product == line.product
            stock = shown.told.availability if shown is not None and is_same else None
            return Explained(key, line, LineExplanation(availability=stock), is_asking=True)
        is_other = answer.price is not None and line.unit_price is not None and answer.price != line.unit_price
        if is_other and view.status not in (RowStatus.STORED, RowStatus.ASKS) and not view.manual:
            # The ERP has just priced the line otherwise than its product: something else than its rules decides.
            return Explained(key, line, LineExplanation(availability=answer.availability))
        return Explained(key, line, answer, is_other_price=is_other)
