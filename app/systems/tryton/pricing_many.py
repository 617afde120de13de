"""What many lines cost, each by Tryton's own `on_change` as `pricing` asks it.

Plain Tryton takes one unsaved line a call. Where the module of ours in ``addon/`` is active, it takes many: the lines'
calls are gathered until every line waits for one, and travel together.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from app.domain.orders import LineField, LinePrice, OrderHeader, OrderLine
from app.ports.errors import MalformedAnswer, NoAnswer, NoRights, NotSignedIn, Refused, ServerFault, SystemFault
from app.systems.tryton.faults import of_error
from app.systems.tryton.pricing import Ask, asking_of, price_line
from app.systems.tryton.protocol import malformed
from app.systems.tryton.site import Site

AT_ONCE = 4
"""Calls under way at a time in plain Tryton: they hide the network from each other, and the server gains nothing."""
_TOGETHER = 50
"""Lines in one call: about 75 KB there and a quarter of a second at the server."""

Asked = tuple[OrderLine, frozenset[LineField]]
Answer = LinePrice | SystemFault


async def price_lines(site: Site, header: OrderHeader, asked: Sequence[Asked]) -> Sequence[Answer]:
    """See `ErpSystem.price_lines`."""
    if not site.schema.prices_many:
        return await _one_by_one(site, header, asked)
    answers: list[Answer] = []
    for start in range(0, len(asked), _TOGETHER):
        answers.extend(await _together(site, header, asked[start : start + _TOGETHER]))
    return answers


async def _one_by_one(site: Site, header: OrderHeader, asked: Sequence[Asked]) -> Sequence[Answer]:
    turns = asyncio.Semaphore(AT_ONCE)
    gone: SystemFault | None = None  # one has found the server gone: the others need not find it out again

    async def price(line: OrderLine, changed: frozenset[LineField]) -> Answer:
        nonlocal gone
        async with turns:
            answer = gone or await _answer(lambda: price_line(site, header, line, changed))
            if isinstance(answer, NoAnswer | NotSignedIn):
                gone = answer
            return answer

    return await asyncio.gather(*(price(line, changed) for line, changed in asked))


async def _together(site: Site, header: OrderHeader, asked: Sequence[Asked]) -> Sequence[Answer]:
    gathered = _Gathered(site, len(asked))

    async def price(line: OrderLine, changed: frozenset[LineField]) -> Answer:
        answer = await _answer(lambda: price_line(site, header, line, changed, gathered.ask))
        await gathered.one_less()
        return answer

    return await asyncio.gather(*(price(line, changed) for line, changed in asked))


async def _answer(price: Callable[[], Awaitable[LinePrice]]) -> Answer:
    try:
        return await price()
    except SystemFault as fault:
        return fault


class _Gathered:
    """Calls of several lines, sent as one when no line has anything else to do than to wait for its own."""

    def __init__(self, site: Site, lines: int) -> None:
        self._site = site
        self._direct: Ask = asking_of(site)
        self._lines = lines
        self._waiting: list[tuple[list[Any], asyncio.Future[Any]]] = []

    async def ask(self, method: str, values: dict[str, Any], names: list[str]) -> Any:
        """See `Ask`."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(([method, values, names], answer))
        await self._send_when_complete()
        return await answer

    async def one_less(self) -> None:
        """A line has its price, or will have none; the others need not wait for it."""
        self._lines -= 1
        await self._send_when_complete()

    async def _send_when_complete(self) -> None:
        if not self._waiting or len(self._waiting) < self._lines:
            return
        waiting, self._waiting = self._waiting, []
        try:
            answers = await self._call([call for call, _ in waiting])
        except SystemFault as fault:
            for _, answer in waiting:
                answer.set_exception(fault)
            return
        for (_, answer), result in zip(waiting, answers, strict=True):
            if isinstance(result, SystemFault):
                answer.set_exception(result)
            else:
                answer.set_result(result)

    async def _call(self, calls: list[list[Any]]) -> Sequence[Any]:
        method = "model.sale.line.samspil_many"
        try:
            answers = await self._site.client.read(method, calls)
            if not isinstance(answers, list) or len(answers) != len(calls):
                raise malformed("as many answers as lines")
            return [_result(answer, method) for answer in answers]
        except (ServerFault, Refused, NoRights, MalformedAnswer):
            # One line made Tryton itself fail, or the module is there no more: each for itself, as without it.
            return [await self._alone(*call) for call in calls]

    async def _alone(self, method: str, values: dict[str, Any], names: list[str]) -> Any:
        try:
            return await self._direct(method, values, names)
        except (NoAnswer, NotSignedIn):
            raise
        except SystemFault as fault:
            return fault


def _result(answer: Any, method: str) -> Any:
    match answer:
        case [changes, None]:
            return changes
        case [None, error]:
            return of_error(error, method)
    raise malformed("an answer that is neither a change nor a refusal")
