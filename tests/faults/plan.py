"""What goes wrong with each write, from a seed."""

import random
from enum import StrEnum


class Blow(StrEnum):
    """What happens to one write on its way to the server."""

    NONE = "none"
    CUT_BEFORE = "cut_before"  # the connection ends before the request is whole
    CUT_AFTER = "cut_after"  # when the server begins to answer
    CUT_DURING = "cut_during"  # at some moment while the server is at work on it
    SILENT = "silent"  # the answer never comes
    BAD_GATEWAY = "bad_gateway"  # 502 in place of the answer
    GARBAGE = "garbage"  # 200 with nonsense in place of the answer
    DOWN = "down"  # all connections are cut and refused for a while
    CLIENT_KILLED = "client_killed"  # SIGKILL at some moment
    SERVER_KILLED = "server_killed"  # SIGKILL at some moment, and started again
    BOTH_KILLED = "both_killed"  # the computer is restarted


_WEIGHTS = {
    Blow.NONE: 12,
    Blow.CUT_BEFORE: 12,
    Blow.CUT_AFTER: 16,
    Blow.CUT_DURING: 16,
    Blow.SILENT: 3,
    Blow.BAD_GATEWAY: 9,
    Blow.GARBAGE: 8,
    Blow.DOWN: 6,
    Blow.CLIENT_KILLED: 13,
    Blow.SERVER_KILLED: 3,
    Blow.BOTH_KILLED: 2,
}


class Plan:
    """The same for the same seed, whenever each write comes."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def next_write(self) -> tuple[Blow, float]:
        """What happens to the next write, and after how many seconds where it is at some moment."""
        (blow,) = self._random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        return blow, self._random.uniform(0.0, 0.12)

    def next_read_is_cut(self) -> bool:
        """Whether a question that follows is lost too."""
        return self._random.random() < 0.03
