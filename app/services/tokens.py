"""Identities for what the ERP has not seen yet."""

import time

_EPOCH = 1_577_836_800  # 2020-01-01 00:00 UTC


LOCAL = "new-"
"""How the id of a line begins that the ERP has not given one yet."""


def token_of(line_id: str) -> int:
    """The number in a local id. Raises ValueError for any other."""
    return int(line_id.removeprefix(LOCAL))


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
        return f"{LOCAL}{self._last}"
