"""Moves of rows are gathered while the user is at it: one write for several presses of a key."""

import asyncio
from collections.abc import Callable

from app.ports.jobs import Job, Runner
from app.services.row_order import RowOrder

MOVED_FOR = 0.6
"""Seconds of quiet after the last move before the ERP is told."""


class Gathering:
    """Lets moves wait until the user pauses or leaves the row."""

    def __init__(self, runner: Runner, order: RowOrder, on_over: Callable[[], None]) -> None:
        self._runner = runner
        self._order = order
        self._on_over = on_over
        self._pause: Job | None = None

    def begin(self) -> None:
        """A row was moved; another move may follow."""
        self.end()
        self._order.is_gathering = True
        self._pause = self._runner.run(asyncio.sleep(MOVED_FOR), lambda _: self._over(), lambda _: self._over())

    def end(self) -> bool:
        """No more moves follow; whether any waited. ``on_over`` is not called."""
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        was_gathering, self._order.is_gathering = self._order.is_gathering, False
        return was_gathering

    def _over(self) -> None:
        self.end()
        self._on_over()
