"""`Jobs`: start work in the asyncio thread, get the answer in the GUI thread."""

import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.ports.errors import SystemFault
from app.runtime.loop import LoopThread

T = TypeVar("T")
_log = logging.getLogger(__name__)


class _Job:
    def __init__(self, on_done: Callable[[Any], None], on_failed: Callable[[Exception], None]) -> None:
        self.on_done = on_done
        self.on_failed = on_failed
        self.future: Future[Any] | None = None
        self.is_over = False

    def cancel(self) -> None:
        self.is_over = True
        if self.future is not None:
            self.future.cancel()


class Jobs(QObject):
    """Work that belongs to one page; implements `app.ports.jobs.Runner`.

    A page makes its own `Jobs` and calls `close` when it closes: nothing is called back into a page that is gone.

    Signals:
        active_changed: How many jobs are under way now.
        bug: An exception that is no `SystemFault`; it has been logged.
    """

    active_changed = Signal(int)
    bug = Signal(object)
    _ended = Signal(object)

    def __init__(self, loop: LoopThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop = loop
        self._active: set[_Job] = set()
        # Emitted from the asyncio thread; queued, so that the slot runs in the thread this object was made in.
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Coroutine[Any, Any, T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
    ) -> _Job:
        """See `Runner.run`."""
        job = _Job(on_done, on_failed)
        self._active.add(job)
        job.future = self._loop.submit(work)
        job.future.add_done_callback(lambda _future: self._report(job))
        self.active_changed.emit(len(self._active))
        return job

    def cancel_all(self) -> None:
        """Cancel everything under way; no callback is called any more."""
        for job in self._active:
            job.cancel()
        self._active.clear()
        self.active_changed.emit(0)

    def _report(self, job: _Job) -> None:
        try:
            self._ended.emit(job)
        except RuntimeError:
            # The page and its C++ side are gone; it has nobody to answer to.
            _log.debug("a job ended after its page")

    @Slot(object)
    def _on_ended(self, job: _Job) -> None:
        self._active.discard(job)
        self.active_changed.emit(len(self._active))
        if job.is_over or job.future is None:
            return
        job.is_over = True
        try:
            result = job.future.result()
        except CancelledError:
            return
        except SystemFault as fault:
            job.on_failed(fault)
        except Exception as error:
            _log.exception("a job failed")
            self.bug.emit(error)
            job.on_failed(error)
        else:
            job.on_done(result)
