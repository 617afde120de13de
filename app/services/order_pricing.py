"""Asking the ERP for the prices of rows: one question per pause in the typing, late answers dropped."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
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
"""Rows that are asked about by themselves at the same time; more gains nothing at the server."""

TOGETHER = 50
"""Rows that are asked about in one go where more wait (pasted ones): as many as an ERP answers in a second or two, so
that they are seen to get on, and those that are priced can be written meanwhile."""


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """What `ErpSystem.price_line` is asked.

    Attributes:
        before: The stored line, where it is not known what the ERP would ask for it as it stands; asked in the same go.
    """

    header: OrderHeader
    line: OrderLine
    changed: frozenset[LineField]
    before: OrderLine | None = None


AS_IT_STANDS = frozenset({LineField.QUANTITY})
"""To ask about a line as if its quantity had just been typed is to ask for the ERP's own price of it."""


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """What the ERP answered.

    Attributes:
        before: Its own price for `PriceQuestion.before`, where that was asked.
    """

    price: LinePrice
    before: LinePrice | None = None


def bare(line: OrderLine) -> OrderLine:
    """To be asked for the ERP's own price of the line as it stands, whatever price stands on it."""
    return replace(line, list_price=None, discount=None, unit_price=None, amount=None)


class PricingClient(Protocol):
    """Knows what stands in the rows, and is told the answers."""

    def price_question(self, line_id: str) -> PriceQuestion | None:
        """What to ask for this row, or None when there is nothing to ask."""

    def priced(self, answers: Mapping[str, PriceAnswer]) -> None:
        """The answers to what stands in these rows."""

    def not_priced(self, faults: Mapping[str, SystemFault]) -> None:
        """The ERP refuses to price these rows."""

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
        self._asking: dict[str, _Request] = {}

    def soon(self, line_id: str) -> None:
        """The row was typed in: ask after a pause, and forget what was asked before."""
        self.stop(line_id)
        if self._client.price_question(line_id) is not None:
            self._pausing[line_id] = self._runner.run(
                asyncio.sleep(PREVIEW_AFTER), lambda _: self._ask(line_id), lambda _: self._ask(line_id)
            )

    def now(self, line_ids: Iterable[str]) -> None:
        """These rows were left, and are wanted in this order: ask for the first of them that are not asked for yet.

        The others are asked for when this is called again after `PricingClient.price_answered`.
        """
        under_way = set(map(id, self._asking.values()))
        if self.is_asking_many:
            return
        unasked = (line_id for line_id in line_ids if line_id not in self._asking)
        waiting = list(islice((each for each in unasked if self._client.price_question(each) is not None), TOGETHER))
        if len(waiting) > AT_ONCE:
            self._ask(*waiting)
            return
        for line_id in waiting[: max(0, AT_ONCE - len(under_way))]:
            self._ask(line_id)

    @property
    def is_asking_many(self) -> bool:
        """Several rows are being asked about together, and more will be priced in a moment."""
        return any(request.is_of_many for request in self._asking.values())

    def stop(self, line_id: str) -> None:
        """What was asked is no longer what stands in the row."""
        if (pause := self._pausing.pop(line_id, None)) is not None:
            pause.cancel()
        request = self._asking.pop(line_id, None)
        if request is not None and request.job is not None and request not in self._asking.values():
            request.job.cancel()

    def stop_all(self) -> None:
        """Forget all questions."""
        for line_id in (*self._pausing, *self._asking):
            self.stop(line_id)

    def _ask(self, *line_ids: str) -> None:
        questions: dict[str, PriceQuestion] = {}
        for line_id in line_ids:
            self.stop(line_id)
            if (question := self._client.price_question(line_id)) is not None:
                questions[line_id] = question
        if not questions or self._reconnect.fault is not None:
            return
        request = _Request(tuple(questions))

        def done(answers: Sequence[PriceAnswer | SystemFault]) -> None:
            self._take(request, dict(zip(request.line_ids, answers, strict=True)))

        def failed(error: Exception) -> None:
            self._take(request, dict.fromkeys(request.line_ids, as_fault(error)))

        self._asking.update(dict.fromkeys(questions, request))
        request.job = self._runner.run(self._answers(list(questions.values())), done, failed)

    async def _answers(self, questions: Sequence[PriceQuestion]) -> Sequence[PriceAnswer | SystemFault]:
        header = questions[0].header
        asked = [(each.line, each.changed) for each in questions]
        asked += [(bare(each.before), AS_IT_STANDS) for each in questions if each.before is not None]
        if len(asked) == 1:
            return [PriceAnswer(await self._erp.price_line(header, *asked[0]))]
        answers = await self._erp.price_lines(header, asked)
        before = iter(answers[len(questions) :])
        pairs = (
            (price, None if each.before is None else next(before))
            for each, price in zip(questions, answers, strict=False)
        )
        return [_answer_of(*pair) for pair in pairs]

    def _take(self, request: "_Request", answers: Mapping[str, PriceAnswer | SystemFault]) -> None:
        """Pass on the answers to what still stands in the rows; the others came too late."""
        prices: dict[str, PriceAnswer] = {}
        faults: dict[str, SystemFault] = {}
        gone: SystemFault | None = None
        for line_id, answer in answers.items():
            if self._asking.get(line_id) is not request:
                continue
            del self._asking[line_id]
            if isinstance(answer, NoAnswer | NotSignedIn):
                gone = answer
            elif self._client.price_question(line_id) is None:
                continue
            elif isinstance(answer, SystemFault):
                faults[line_id] = answer
            else:
                prices[line_id] = answer
        if gone is not None:
            self._reconnect.wait(gone)
        if prices:
            self._client.priced(prices)
        if faults:
            self._client.not_priced(faults)
        if gone is None:
            self._reconnect.succeeded()
        self._client.price_answered()


def _answer_of(price: LinePrice | SystemFault, before: LinePrice | SystemFault | None) -> PriceAnswer | SystemFault:
    if isinstance(price, SystemFault):
        return price
    return before if isinstance(before, SystemFault) else PriceAnswer(price, before)


@dataclass(eq=False, slots=True)
class _Request:
    """A question under way, about one row or many."""

    line_ids: tuple[str, ...]
    job: Job | None = None

    @property
    def is_of_many(self) -> bool:
        """Several rows are asked about together."""
        return len(self.line_ids) > 1
