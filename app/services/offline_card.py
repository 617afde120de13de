"""One customer made available offline: his card opened as by hand, and his open orders with their lines after it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.domain.economy import Subject, SubjectKind
from app.domain.orders import OrderPhase, OrderSummary
from app.ports.cache import AHEAD, ORDER, Cache
from app.ports.connection import SystemKind
from app.ports.errors import NoAnswer, NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.services.card import CustomerCard
from app.services.card_memory import recall
from app.services.card_parts import UNDER_WAY, PartName, PartStatus
from app.services.overviews import Overviews
from app.services.search import Match
from app.services.seen_orders import SeenOrders
from app.services.systems import Systems

MOST_ORDERS = 20
"""Open orders of one customer that are read with their lines, the newest first."""

_CLOSED = frozenset({OrderPhase.DONE, OrderPhase.CANCELLED})


class CardEnd(StrEnum):
    """How reading a customer ended."""

    WHOLE = "whole"
    PARTLY = "partly"  # a system would not tell this user all of it
    NO_ANSWER = "no_answer"  # a system does not answer: again later


class OfflineCard:
    """Reads all that a card shows, and so keeps it: the services that it is read with are those of a card by hand.

    Args:
        on_end: Is told once how it ended, unless it was closed before.
    """

    def __init__(
        self,
        systems: Systems,
        runner: Runner,
        overviews: Overviews,
        match: Match,
        on_end: Callable[[CardEnd], None],
    ) -> None:
        self._systems = systems
        self._runner = runner
        self._seen = SeenOrders(overviews)
        self._on_end = on_end
        self._end = CardEnd.WHOLE
        self._look: Job | None = None
        self._orders: list[OrderSummary] | None = None
        self._reading: list[Job] = []
        self._left = 0
        self._card = CustomerCard(systems, runner, overviews)
        self._match = match
        self._cache = _place(overviews, match)

    def open(self, report: Callable[[SystemFault], None]) -> None:
        """Begin; ``report`` is told of what goes wrong on the way."""
        self._card.listen(lambda _part: self._look_soon())
        self._card.report = report
        self._card.economy.listen(lambda _part: self._look_soon())
        self._card.open(self._match)

    def close(self) -> None:
        """Drop what is under way."""
        self._card.close()
        for job in (*self._reading, *([self._look] if self._look is not None else [])):
            job.cancel()

    def _look_soon(self) -> None:
        """Not at once: one answer may lead to the next question."""
        if self._look is None and self._orders is None:
            self._look = self._runner.run(asyncio.sleep(0), lambda _: self._judge(), lambda _error: self._judge())

    def _judge(self) -> None:
        self._look = None
        parts = [self._card.part(name) for name in PartName]
        if any(part.status in UNDER_WAY for part in parts):
            return
        economy, number = self._card.economy, self._card.number
        if number and economy.subject is None:
            economy.open(Subject(SubjectKind.CUSTOMER, number))
        if economy.is_busy:
            return
        for part in parts:
            if part.status is PartStatus.FAILED:
                self._worse(part.fault)
        if economy.faults and self._end is CardEnd.WHOLE:
            self._end = CardEnd.PARTLY  # its systems may be away for long, and hold nobody's card up
        self._orders = open_orders(self._card.orders.value or ())
        if self._end is CardEnd.NO_ANSWER or self._systems.erp is None or not self._orders:
            self._ended()
            return
        self._left = len(self._orders)
        for order in self._orders:
            work = self._seen.open(self._systems.erp, order.id)
            self._reading.append(self._runner.run(work, lambda found: self._read(is_now=found[1]), self._failed))

    def _read(self, *, is_now: bool) -> None:
        if not is_now:
            self._end = CardEnd.NO_ANSWER  # as it was seen before is not as it is now
        self._one_less()

    def _failed(self, error: Exception) -> None:
        self._worse(error)
        self._one_less()

    def _one_less(self) -> None:
        self._left -= 1
        if not self._left:
            self._ended()

    def _ended(self) -> None:
        if self._end is not CardEnd.NO_ANSWER:
            there = [name.value for name in PartName if self._card.part(name).value is not None]
            self._cache.keep(AHEAD, self._match.key, " ".join(there), datetime.now(UTC))
        self._on_end(self._end)

    def _worse(self, fault: Exception | None) -> None:
        if isinstance(fault, NoAnswer | NotSignedIn):
            self._end = CardEnd.NO_ANSWER
        elif self._end is CardEnd.WHOLE:
            self._end = CardEnd.PARTLY


async def kept_since(overviews: Overviews, match: Match, fresh: timedelta) -> datetime | None:
    """When the oldest part of a card was read, where all that was read in advance is there and none of it is older than
    ``fresh``; else None.
    """
    ahead = await _place(overviews, match).read(AHEAD, match.key)
    if ahead is None:
        return None
    memory = await recall(overviews, match.company_id, match.number)
    parts = {name.value: kept for name, kept in memory.parts.items()}
    names = ahead.value.split()
    if not names or not set(names) <= parts.keys():
        return None
    read = [parts[name].read_at for name in names]
    if PartName.ORDERS in memory.parts:
        erp = overviews.at(SystemKind.ERP)
        for order in open_orders(memory.parts[PartName.ORDERS].value):
            kept = await erp.read(ORDER, order.id)
            if kept is None:
                return None
            read.append(kept.read_at)
    oldest = min(read)
    return oldest if datetime.now(UTC) - oldest < fresh else None


def open_orders(orders: Sequence[OrderSummary]) -> list[OrderSummary]:
    """Those that are read with their lines."""
    return [one for one in orders if one.state.phase not in _CLOSED][:MOST_ORDERS]


def _place(overviews: Overviews, match: Match) -> Cache:
    return overviews.at(SystemKind.CRM if match.company_id else SystemKind.ERP)
