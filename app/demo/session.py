"""The demo as the program sees it: it begins, tells how far it is, and is ready, cancelled or failed."""

import logging
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Any

from app.demo.children import ChildError
from app.demo.progress import Report
from app.demo.world import DemoLogin, DemoWorld
from app.ports.jobs import Job, Runner

_log = logging.getLogger(__name__)

TITLES = {
    "tryton": "Tryton (ERP)",
    "creme": "Creme (CRM)",
    "tryton-time": "Tryton (projects and hours)",
    "datasette": "Datasette (reports)",
}
"""The systems of the demo, by the names that `Progress.system` has."""


class Ending(StrEnum):
    """Why the demo is not there."""

    CANCELLED = "cancelled"
    FAILED = "failed"


class DemoSession:
    """Runs a `DemoWorld` in the background.

    Args:
        report: Is told of each step; called in the asyncio thread.
        on_started: How to sign in to the systems, which answer now.
        on_joined: How to sign in to a system that nobody waits for, and that answers now.
        on_ended: Why it is not there, and details for support.
    """

    def __init__(
        self,
        runner: Runner,
        language: str,
        report: Report,
        *,
        on_started: Callable[[tuple[DemoLogin, ...]], None],
        on_joined: Callable[[DemoLogin], None],
        on_ended: Callable[[Ending, str], None],
    ) -> None:
        self.world = DemoWorld()
        self._runner = runner
        self._language = language
        self._report = report
        self._on_started = on_started
        self._on_joined = on_joined
        self._on_ended = on_ended
        self._job: Job | None = None
        self._to_join: list[Callable[[Report, str], Coroutine[Any, Any, DemoLogin]]] = []

    def start(self) -> None:
        """Prepare and start everything; again after a failure."""
        self._job = self._runner.run(self.world.start(self._report, self._language), self._started, self._failed)

    def cancel(self) -> None:
        """Stop. What has been fetched and made whole is kept for the next time."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._on_ended(Ending.CANCELLED, "")

    async def stop(self) -> None:
        """End the servers."""
        await self.world.stop()

    def _started(self, logins: tuple[DemoLogin, ...]) -> None:
        self._job = None
        self._on_started(logins)
        self._to_join = [self.world.join_expenses, self.world.join_time, self.world.join]
        self._join_next()

    def _join_next(self) -> None:
        """One after the other: the reporting system reads the ones before it."""
        if self._to_join:
            join = self._to_join.pop(0)
            self._runner.run(join(self._report, self._language), self._joined, self._not_joined)

    def _joined(self, login: DemoLogin) -> None:
        self._on_joined(login)
        self._join_next()

    def _not_joined(self, error: Exception) -> None:
        # The window works without it, as it does with a system that is down.
        _log.warning("a further system of the demo did not start: %s", str(error).partition("\n")[0])
        self._join_next()

    def _failed(self, error: Exception) -> None:
        self._job = None
        details = str(error) if isinstance(error, ChildError | OSError) else type(error).__name__
        self._on_ended(Ending.FAILED, details)
