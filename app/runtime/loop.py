"""One thread that runs asyncio. Every request to a system is made here and nowhere else."""

import asyncio
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

_TURN = 0.0005
"""Seconds after which the thread that holds the interpreter's lock gives it to another one that wants it. With Python's
own 5 ms the window's thread waits so long each time it comes back from Qt while an answer of 1,000 lines is read."""
_STOP_WITHIN = 5.0  # seconds; what has not ended by then is abandoned with the daemon thread


class LoopThread:
    """A thread with a stock asyncio loop of its own.

    Not QtAsyncio and not qasync: shared/facts/desktop.md says what each of them cannot do.
    """

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._main, name="samspil-asyncio", daemon=True)

    def start(self) -> None:
        """Start the thread; returns when its loop takes work."""
        sys.setswitchinterval(_TURN)
        self._thread.start()
        self._ready.wait()

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run ``work`` in the loop. The future may be cancelled from any thread."""
        if self._loop is None:
            work.close()
            raise RuntimeError("the asyncio thread is not running")
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stop(self) -> None:
        """Cancel what is under way, let it clean up, and end the thread."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join(_STOP_WITHIN)

    def _main(self) -> None:
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            self._loop = loop
            loop.call_soon(self._ready.set)
            loop.run_forever()
            # asyncio.Runner cancels and awaits every task that is left when it closes.
