"""Identities for what the ERP has not seen yet."""

import time

_APART = 250  # milliseconds
_EPOCH = 1_577_836_800  # 2020-01-01 00:00 UTC


LOCAL = "new-"
"""How the id of a line begins that the ERP has not given one yet."""


def token_of(line_id: str) -> int:
    """The number in a local id. Raises ValueError for any other."""
    return int(line_id.removeprefix(LOCAL))


class LineTokens:
    """Ids for new lines: ``new-<milliseconds since 2020>``, rising by a quarter of a second at least.

    Rows that come many at once are given the milliseconds to come. An ERP may have no room for more than the quarter
    in the mark, and lines of one paste that travel in several writes must not share marks, or sort between each other.

    The number travels to the ERP as the line's mark, in whatever form fits there (`app.systems.tryton.marks`); by it a
    new line is found again when the answer to its write was lost.
    """

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        """A new id."""
        now = int((time.time() - _EPOCH) * 1000)
        self._last = max(self._last + _APART, now)
        return f"{LOCAL}{self._last}"

    def skip(self, line_id: str) -> None:
        """``line_id`` was given by an earlier run of the program: no later id is that one, or before it."""
        self._last = max(self._last, token_of(line_id))
