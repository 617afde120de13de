"""The demo as the program sees it: it begins, tells how far it is, and is ready, cancelled or failed."""

from collections.abc import Callable
from enum import StrEnum

from app.demo.children import ChildError
from app.demo.progress import Report
from app.demo.world import DemoLogin, DemoWorld
from app.ports.jobs import Job, Runner

TITLES = {"tryton": "Tryton (ERP)", "creme": "Creme (CRM)"}
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
        on_ended: Why it is not there, and details for support.
    """

    def __init__(
        self,
        runner: Runner,
        language: str,
        report: Report,
        on_started: Callable[[tuple[DemoLogin, ...]], None],
        on_ended: Callable[[Ending, str], None],
    ) -> None:
        self.world = DemoWorld()
        self._runner = runner
        self._language = language
        self._report = report
        self._on_started = on_started
        self._on_ended = on_ended
        self._job: Job | None = None

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

    def _failed(self, error: Exception) -> None:
        self._job = None
        details = str(error) if isinstance(error, ChildError | OSError) else type(error).__name__
        self._on_ended(Ending.FAILED, details)
