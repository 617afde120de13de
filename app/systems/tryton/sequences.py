"""Which lines get another ``sequence`` so that Tryton shows them in a wanted order: the fewest.

Tryton sorts by ``sequence``, those without one first, and then by id. So lines whose ids rise may share a number, and a
line moved between two neighbours nearly always fits there without touching them, however densely the numbers stand.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

Numbers = Mapping[int, int | None]


def in_tryton_order(numbers: Numbers) -> list[int]:
    """The lines' ids as Tryton sorts them, from each id's ``sequence``."""
    return sorted(numbers, key=lambda key: (numbers[key] is not None, numbers[key] or 0, key))


def renumbered(wanted: Sequence[int], numbers: Numbers, *, below: int = 0) -> dict[int, int]:
    """New sequences for some of the lines, after which Tryton sorts them as ``wanted``.

    None is larger than the largest that is there, or than ``below`` where that is larger: a line that is added later
    gets a larger number than that, and so still comes last.
    """
    # Those without a number come first of themselves, as long as their ids rise.
    start = 0
    while start < len(wanted) and numbers[wanted[start]] is None and (start == 0 or wanted[start - 1] < wanted[start]):
        start += 1
    rest = list(wanted[start:])
    if not rest:
        return {}
    # How many numbers must at least be used up to each line: one more wherever the ids do not rise.
    steps = [0] * len(rest)
    for place in range(1, len(rest)):
        steps[place] = steps[place - 1] + (rest[place] < rest[place - 1])
    largest = max(below, *(number for number in numbers.values() if number is not None), below)
    offsets = [None if (n := numbers[key]) is None else n - steps[at] for at, key in enumerate(rest)]
    highest = largest - steps[-1]
    kept = _longest_rising([None if offset is None or offset > highest else offset for offset in offsets])
    first = offsets[kept[0]] if kept else None
    offset = min(highest, 1) if first is None else first
    found: dict[int, int] = {}
    stays = set(kept)
    for at, key in enumerate(rest):
        if at in stays:
            offset = offsets[at] or 0
        else:
            found[key] = offset + steps[at]
    return found


def _longest_rising(values: Sequence[int | None]) -> list[int]:
    """The places of the longest subsequence that never falls; None is never in it."""
    ends: list[int] = []  # the smallest last value of a subsequence of each length
    end_at: list[int] = []
    before: list[int | None] = [None] * len(values)
    for at, value in enumerate(values):
        if value is None:
            continue
        length = bisect_right(ends, value)
        before[at] = end_at[length - 1] if length else None
        if length == len(ends):
            ends.append(value)
            end_at.append(at)
        else:
            ends[length], end_at[length] = value, at
    found: list[int] = []
    at_now = end_at[-1] if end_at else None
    while at_now is not None:
        found.append(at_now)
        at_now = before[at_now]
    return found[::-1]
