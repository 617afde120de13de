"""Work in the background that nobody waits for: little at once, with rests, and behind what the user waits for."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from app.ports.jobs import Job, Runner

T = TypeVar("T")

AT_ONCE = 2
"""Questions under way at the same time."""

LEAST_REST, MOST_REST = 0.05, 10.0
"""Seconds. After an answer its place rests for as long as the answer took, within these: a system that is slow has at
least half of its time for others.
"""
LOOK_AGAIN = 0.25
"""Seconds between two looks whether the user still waits for something himself."""


class _Waiting:
    """A job that has not begun, is under way, or is over."""

    def __init__(
        self, work: Coroutine[Any, Any, Any], on_done: Callable[[Any], None], on_failed: Callable[[Exception], None]
    ) -> None:
        self.work = work
        self.on_done = on_done
        self.on_failed = on_failed
        self.on_cancel: Callable[[], None] = lambda: None
        self.job: Job | None = None
        self.is_over = False

    def cancel(self) -> None:
        """See `Job.cancel`."""
        if self.is_over:
            return
        self.is_over = True
        if self.job is None:
            self.work.close()
        else:
            self.job.cancel()
            self.on_cancel()


class GentleRunner:
    """Implements `app.ports.jobs.Runner` on top of another one.

    Args:
        is_busy: The user waits for a system himself: nothing more is begun meanwhile.
    """

    def __init__(self, runner: Runner, is_busy: Callable[[], bool]) -> None:
        self._runner = runner
        self._is_busy = is_busy
        self._queue: deque[_Waiting] = deque()
        self._free = AT_ONCE
        self._is_looking = False

    def run(
        self, work: Coroutine[Any, Any, T], on_done: Callable[[T], None], on_failed: Callable[[Exception], None]
    ) -> Job:
        """See `Runner.run`."""
        waiting = _Waiting(work, on_done, on_failed)
        self._queue.append(waiting)
        self._go_on()
        return waiting

    def close(self) -> None:
        """Begin nothing more."""
        for waiting in self._queue:
            waiting.cancel()
        self._queue.clear()

    def _go_on(self) -> None:
        while self._queue and self._free and not self._is_looking:
            if self._queue[0].is_over:
                self._queue.popleft()
            elif self._is_busy():
                self._is_looking = True
                self._after(LOOK_AGAIN, self._look)
            else:
                self._begin(self._queue.popleft())

    def _look(self) -> None:
        self._is_looking = False
        self._go_on()

    def _begin(self, waiting: _Waiting) -> None:
        self._free -= 1
        began = time.monotonic()

        def over() -> None:
            waiting.is_over = True
            self._after(min(max(time.monotonic() - began, LEAST_REST), MOST_REST), self._free_place)

        def done(answer: Any) -> None:
            over()
            waiting.on_done(answer)

        def failed(error: Exception) -> None:
            over()
            waiting.on_failed(error)

        waiting.on_cancel = over
        waiting.job = self._runner.run(waiting.work, done, failed)

    def _free_place(self) -> None:
        self._free += 1
        self._go_on()

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._runner.run(asyncio.sleep(seconds), lambda _: act(), lambda _error: act())
