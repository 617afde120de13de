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

    def wait(self, fault: SystemFault) -> None:
        """Try again later. Where the user must sign in first, only `now` tries again."""
        self.fault = fault
        if self._timer is None and not isinstance(fault, NotSignedIn):
            self._timer = self._runner.run(
                asyncio.sleep(next(self._pauses)), lambda _: self.now(), lambda _: self.now()
            )

    def now(self) -> None:
        """Try again at once."""
        self.stop()
        self.fault = None
        self._try_again()

    def succeeded(self) -> None:
        """The system has answered."""
        self.stop()
        self.fault = None
        self._pauses = pauses()

    def stop(self) -> None:
        """Do not try again by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
