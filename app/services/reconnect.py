"""Waiting for a system that does not answer, and going on by itself when it does."""

import asyncio
from collections.abc import Callable

from app.ports.errors import NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_writes import pauses


class Reconnect:
    """Asks for another try after growing pauses.

    Attributes:
        fault: Why the system cannot be used now, or None.
    """

    def __init__(self, runner: Runner, try_again: Callable[[], None]) -> None:
        self.fault: SystemFault | None = None
        self._runner = runner
        self._try_again = try_again
        self._pauses = pauses()
        self._timer: Job | None = None
        self._is_closed = False

    def wait(self, fault: SystemFault) -> None:
        """Try again later. Where the user must sign in first, only `now` tries again."""
        self.fault = fault
        if self._timer is None and not self._is_closed and not isinstance(fault, NotSignedIn):
            self._timer = self._runner.run(
                asyncio.sleep(next(self._pauses)), lambda _: self.now(), lambda _: self.now()
            )

    def now(self) -> None:
        """Try again at once."""
        self._stop()
        self.fault = None
        if not self._is_closed:
            self._try_again()

    def succeeded(self) -> None:
        """The system has answered: whatever else waits for it goes on too."""
        self._pauses = pauses()
        if self.fault is not None:
            self.now()

    def close(self) -> None:
        """Never try again."""
        self._is_closed = True
        self._stop()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
