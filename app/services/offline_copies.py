"""Favourites and the user's own customers, read in advance so that they are there without the systems."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.domain.shelf import Shelf
from app.ports.cache import CacheUse
from app.ports.errors import SystemFault
from app.ports.jobs import Job, Runner
from app.services.gentle_runner import GentleRunner
from app.services.offline_card import CardEnd, OfflineCard, kept_since
from app.services.overviews import Overviews
from app.services.search import Match
from app.services.shelves import Shelves, is_same
from app.services.systems import Systems

CAN_BE_KEPT = (Shelf.FAVOURITES, Shelf.MINE)
"""The lists that can be made available offline, the more wanted first."""

FRESH = timedelta(hours=20)
"""How long a customer that was read is good for: each is read once a day."""

AGAIN_AFTER = 1800.0
"""Seconds between two looks whether somebody is to be read again."""

RETRY_AFTER = 60.0
"""Seconds after a question that had no answer, where the system itself is there."""

_ROOM = 0.9
"""Of the cache's limit: beyond it what was just read would make what was read before it go."""


class OfflineStatus(StrEnum):
    """Where it is."""

    OFF = "off"  # no list is to be available offline
    READING = "reading"
    WAITING = "waiting"  # for a system that does not answer
    FULL = "full"  # the cache has no room for more
    READY = "ready"


@dataclass(frozen=True, slots=True)
class OfflineState:
    """What the window shows of it.

    Attributes:
        ready, total: How many customers are there to be read, and how many there are to be.
        partly: Those among ``ready`` of whom a system would not tell this user all.
        since: When the one that was read longest ago was read, aware; None while none was.
    """

    status: OfflineStatus = OfflineStatus.OFF
    ready: int = 0
    total: int = 0
    partly: int = 0
    since: datetime | None = None


class OfflineCopies:
    """Reads one customer after the other, gently. Broken off, also by the end of the program, it goes on where it
    stopped: who was read lately is not read again. Lives in its caller's thread.

    Args:
        is_busy: The user waits for a system himself.
        report: Is told of what went wrong, so that the connection is looked at.
    """

    def __init__(
        self,
        systems: Systems,
        runner: Runner,
        overviews: Overviews,
        shelves: Shelves,
        *,
        is_busy: Callable[[], bool] = lambda: False,
        report: Callable[[SystemFault], None] = lambda _fault: None,
    ) -> None:
        self._systems = systems
        self._runner = runner
        self._gentle = GentleRunner(runner, is_busy)
        self._report = report
        self._overviews = overviews
        self._shelves = shelves
        self._listeners: list[Callable[[], None]] = []
        self._kept: frozenset[Shelf] = frozenset()
        self._wanted: tuple[Match, ...] = ()
        self._queue: deque[Match] = deque()
        self._done: dict[str, tuple[datetime, CardEnd]] = {}  # by the key of the match
        self._status = OfflineStatus.OFF
        self._card: OfflineCard | None = None
        self._job: Job | None = None
        self._timer: Job | None = None
        self._can_answer = False
        shelves.listen(self._on_shelves)

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when `state` or `kept` has changed."""
        self._listeners.append(listener)

    @property
    def kept(self) -> frozenset[Shelf]:
        """The lists that are to be available offline."""
        return self._kept

    @property
    def state(self) -> OfflineState:
        """How far it is."""
        there = [self._done[one.key] for one in self._wanted if one.key in self._done]
        partly = sum(end is CardEnd.PARTLY for _, end in there)
        since = min((at for at, _ in there), default=None)
        return OfflineState(self._status, len(there), len(self._wanted), partly, since)

    def keep(self, shelves: frozenset[Shelf]) -> None:
        """From now on these lists are to be available offline. What was read of others stays until it expires."""
        self._kept = shelves & frozenset(CAN_BE_KEPT)
        self._plan()

    def go_on(self, *, can_answer: bool) -> None:
        """The systems answer now, or one of them does not: then what is being read ends by itself."""
        if can_answer != self._can_answer:
            self._can_answer = can_answer
            if can_answer:
                self._plan()

    def close(self) -> None:
        """Break it off, for good."""
        self._stop()
        self._gentle.close()

    # -- what is to be done

    def _on_shelves(self) -> None:
        if self._list() != self._wanted:
            self._plan()

    def _list(self) -> tuple[Match, ...]:
        found: list[Match] = []
        for shelf in CAN_BE_KEPT:
            if shelf in self._kept:
                found += [one for one in self._shelves.of(shelf) if not any(is_same(one, other) for other in found)]
        # A project is kept when it is opened; what is read in advance are customers.
        return tuple(one for one in found if one.is_card)

    def _plan(self) -> None:
        """Look who is there already; the others are read after that."""
        self._stop()
        self._wanted = self._list()
        now = datetime.now(UTC)
        self._done = {key: done for key, done in self._done.items() if now - done[0] < FRESH}
        self._queue.clear()
        if not self._kept:
            self._set(OfflineStatus.OFF)
            return
        unknown = [one for one in self._wanted if one.key not in self._done]

        async def look() -> list[datetime | None]:
            return [await kept_since(self._overviews, one, FRESH) for one in unknown]

        def done(found: list[datetime | None]) -> None:
            self._job = None
            for match, since in zip(unknown, found, strict=True):
                if since is not None:
                    self._done[match.key] = since, CardEnd.WHOLE
            self._queue.extend(one for one in unknown if one.key not in self._done)
            self._next()

        self._job = self._runner.run(look(), done, lambda _error: self._wait(OfflineStatus.WAITING, RETRY_AFTER))

    def _stop(self) -> None:
        for job in (self._job, self._timer):
            if job is not None:
                job.cancel()
        self._job = self._timer = None
        if self._card is not None:
            self._card.close()
            self._card = None

    def _next(self) -> None:
        if not self._queue:
            self._wait(OfflineStatus.READY, AGAIN_AFTER)
        elif not self._can_answer:
            self._wait(OfflineStatus.WAITING, AGAIN_AFTER)
        else:
            self._set(OfflineStatus.READING)
            self._job = self._runner.run(self._overviews.caches.use(), self._read_next, self._on_no_room)

    def _read_next(self, use: CacheUse) -> None:
        self._job = None
        if use.lately > use.limit * _ROOM:
            self._wait(OfflineStatus.FULL, AGAIN_AFTER)
        else:
            self._card = OfflineCard(self._systems, self._gentle, self._overviews, self._queue[0], self._on_read)
            self._card.open(self._report)

    def _on_no_room(self, _error: Exception) -> None:
        self._wait(OfflineStatus.FULL, AGAIN_AFTER)

    def _on_read(self, end: CardEnd) -> None:
        self._card = None
        if end is CardEnd.NO_ANSWER:
            self._wait(OfflineStatus.WAITING, RETRY_AFTER)
        else:
            self._done[self._queue.popleft().key] = datetime.now(UTC), end
            self._next()

    def _wait(self, status: OfflineStatus, seconds: float) -> None:
        self._job = None
        self._timer = self._runner.run(asyncio.sleep(seconds), lambda _: self._plan(), lambda _error: None)
        self._set(status)

    def _set(self, status: OfflineStatus) -> None:
        self._status = status
        for listener in self._listeners:
            listener()
