"""What one order being edited leaves in the journal: the write under way, and the rows that wait to be sent."""

import secrets
from collections.abc import Callable
from typing import Any

from app.domain.order_changes import OrderChanges
from app.ports.jobs import Runner
from app.ports.journal import NOT_KEPT, Journal, Waiting

Signature = tuple[Any, ...]


class OrderKeeper:
    """Keeps the journal in step with the rows; at most one change of it is under way, later ones are gathered.

    Rows leave what waits in the same transaction in which their write is entered, and come back in the one in which
    it is taken out: at no moment are they in neither or in both.

    Attributes:
        journal: Where it is kept.
        slot: Under which name.
    """

    def __init__(
        self, journal: Journal, runner: Runner, rows: Callable[[], OrderChanges | None], sign: Callable[[], Signature]
    ) -> None:
        self.journal = journal
        self._runner = runner
        self._rows = rows
        self._sign = sign
        self.slot = secrets.token_hex(8)
        self._kept: Signature = sign()
        self._ended: set[int] = set()
        self._is_keeping = False

    def ended(self, entry_id: int) -> None:
        """It is certain what became of this write, or its rows are here again: it leaves the journal with `sync`."""
        if entry_id != NOT_KEPT:
            self._ended.add(entry_id)

    def take(self) -> Waiting:
        """What waits now, to be entered with a write."""
        ended, self._ended = frozenset(self._ended), set()
        self._kept = self._sign()
        return Waiting(self.slot, self._rows(), ended)

    def sync(self) -> None:
        """Bring the journal up to date."""
        if self._is_keeping or (not self._ended and self._sign() == self._kept):
            return
        self._is_keeping = True
        self._runner.run(self.journal.keep(self.take()), lambda _: self._on_kept(), lambda _: self._on_kept())

    def _on_kept(self) -> None:
        self._is_keeping = False
        self.sync()
