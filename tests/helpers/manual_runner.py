"""A `Runner` for tests: one asyncio loop in virtual time, moved on by the test, answering in the test's own thread."""

import asyncio
import selectors
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

T = TypeVar("T")


class _VirtualClock(selectors.DefaultSelector):
    """Where a loop would sleep, its clock jumps."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise RuntimeError("the loop waits for something that no clock will bring")
        self.now += max(timeout, 0.0)
        return super().select(0)


class ManualJob:
    """A coroutine under way."""

    def __init__(
        self, task: "asyncio.Task[Any]", on_done: Callable[[Any], None], on_failed: Callable[[Exception], None]
    ) -> None:
        self.task = task
        self.on_done = on_done
        self.on_failed = on_failed
        self.is_over = False

    def cancel(self) -> None:
        """See `Job.cancel`."""
        self.is_over = True
        self.task.cancel()


class ManualRunner:
    """Runs nothing until the test says how much time passes."""

    def __init__(self) -> None:
        self._clock = _VirtualClock()
        self.loop = asyncio.SelectorEventLoop(self._clock)
        self.loop.time = lambda: self._clock.now  # type: ignore[method-assign]
        self._active: set[ManualJob] = set()
        self._ended: deque[ManualJob] = deque()

    @property
    def now(self) -> float:
        """Virtual seconds since the start."""
        return self._clock.now

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way."""
        return not self._active

    def run(
        self, work: Coroutine[Any, Any, T], on_done: Callable[[T], None], on_failed: Callable[[Exception], None]
    ) -> ManualJob:
        """See `Runner.run`."""
        job = ManualJob(self.loop.create_task(work), on_done, on_failed)
        self._active.add(job)
        job.task.add_done_callback(lambda _task: self._end(job))
        return job

    def advance(self, seconds: float) -> None:
        """Let this much time pass; answers are called back at their time."""
        self._run(self.now + seconds, until_quiet=False)

    def settle(self, at_most: float = 600.0) -> None:
        """Let time pass until nothing is under way any more."""
        self._run(self.now + at_most, until_quiet=True)
        if self._active:
            raise AssertionError(f"still under way after {at_most} s: {[job.task for job in self._active]}")

    def kill(self) -> None:
        """Everything under way ends where it stands, and nobody is answered."""
        for job in list(self._active):
            job.cancel()
        self.advance(0.0)

    def close(self) -> None:
        """Cancel what is left."""
        for job in list(self._active):
            job.cancel()
        try:
            self.settle()
        finally:
            self.loop.close()

    def _run(self, deadline: float, *, until_quiet: bool) -> None:
        while True:
            while self._ended:
                self._answer(self._ended.popleft())
            if (until_quiet and not self._active) or (self.now >= deadline and not self._is_due()):
                return
            alarm = self.loop.call_at(deadline, self.loop.stop)
            self.loop.run_forever()
            alarm.cancel()

    def _is_due(self) -> bool:
        """Give the loop some turns at this very moment; whether that ended anything."""
        for _ in range(5):
            self.loop.call_soon(self.loop.stop)
            self.loop.run_forever()
        return bool(self._ended)

    def _end(self, job: ManualJob) -> None:
        self._ended.append(job)
        self.loop.stop()

    def _answer(self, job: ManualJob) -> None:
        self._active.discard(job)
        if job.task.cancelled():
            return
        error = job.task.exception()
        if job.is_over:
            return
        job.is_over = True
        if error is None:
            job.on_done(job.task.result())
        elif isinstance(error, Exception):
            job.on_failed(error)
        else:
            raise error


@pytest.fixture
def runner() -> Iterator[ManualRunner]:
    """A `ManualRunner` that is closed after the test."""
    manual = ManualRunner()
    yield manual
    manual.close()
