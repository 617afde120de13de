"""Identities for what the ERP has not seen yet."""

import time

_EPOCH = 1_577_836_800  # 2020-01-01 00:00 UTC


class LineTokens:
    """Ids for new lines: ``new-<milliseconds since 2020>``, rising and never given twice by one instance.

    A token below 2**40 fits in the field an ERP keeps a line's place in (shared/facts/tryton.md), which is how a new
    line is found again when the answer to its write was lost. That range lasts until 2054.
    """

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        """A new id."""
        now = int((time.time() - _EPOCH) * 1000)
        self._last = max(self._last + 1, now)
        return f"new-{self._last}"
