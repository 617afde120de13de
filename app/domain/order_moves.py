"""Lines put in another order. Pure: lists of ids before and after, and the moves that lead from one to the other.

Moves are kept as where lines stand in the end, not as the steps that led there: first all moved lines are taken out,
then each is put behind the one it is to follow, from the top. So applying them to what they made changes nothing, and
an ERP that is asked twice does the same once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class LineMove:
    """A line that is to stand elsewhere.

    Attributes:
        after: The line it is to follow; None puts it first.
    """

    id: str
    after: str | None


Moves = tuple[LineMove, ...]
"""In the order in which the lines stand in the end."""


def arrange(ids: Sequence[str], moves: Iterable[LineMove]) -> tuple[str, ...]:
    """``ids`` with the moves made. A line that is not there is not moved; one whose leader is not there stays put."""
    there = set(ids)
    to_move = [move for move in moves if move.id in there]
    if not to_move:
        return tuple(ids)
    out = {move.id for move in to_move}
    placed = there - out
    followers: dict[str | None, list[str]] = {}  # of each leader, the last one put there first
    for move in to_move:
        leader = move.after if move.after is None or move.after in placed else _before(ids, move.id, placed)
        followers.setdefault(leader, []).append(move.id)
        placed.add(move.id)
    result: list[str] = []
    to_place = [each for each in reversed(ids) if each not in out] + followers.get(None, [])
    while to_place:
        result.append(to_place.pop())
        to_place += followers.get(result[-1], [])
    return tuple(result)


def moves_to(wanted: Sequence[str], moved: Collection[str]) -> Moves:
    """The moves after which lines stand as in ``wanted``, where all but ``moved`` keep their order."""
    return tuple(
        LineMove(each, wanted[place - 1] if place else None) for place, each in enumerate(wanted) if each in moved
    )


def shift(shown: Sequence[str], line_id: str, after: str | None) -> tuple[str, ...]:
    """``shown`` with one line put behind another one that is there, or first."""
    rest = [each for each in shown if each != line_id]
    at = 0 if after is None else rest.index(after) + 1
    return (*rest[:at], line_id, *rest[at:])


def ways_back(
    shown: Sequence[str], wanted: Sequence[str], lines: Collection[str]
) -> tuple[tuple[str, str | None], ...]:
    """Which of ``lines`` are to be put behind which, or first, one after the other, to stand as they did in ``wanted``.

    Each goes behind the nearest one that it followed there; those that ``wanted`` does not have stay as they are in
    ``shown``. Where all the others stand in the order they had, all stand as in ``wanted`` then.
    """
    there, known = set(shown), set(wanted)
    wanted = [each for each in wanted if each in there]
    now = tuple(each for each in shown if each in known)
    ways: list[tuple[str, str | None]] = []
    for leader, each in zip((None, *wanted), wanted, strict=False):
        if each in lines and leader != _before(now, each, known):
            now = shift(now, each, leader)
            ways.append((each, leader))
    return tuple(ways)


def in_the_way(ids: Sequence[str], wanted: Sequence[str]) -> set[str]:
    """Lines to move so that the rest of ``wanted`` stands in ``ids`` in that order; not always the fewest."""
    place = {each: number for number, each in enumerate(ids)}
    last = -1
    found: set[str] = set()
    for each in wanted:
        if place[each] < last:
            found.add(each)
        else:
            last = place[each]
    return found


def rebase(moves: Moves, shown: Sequence[str], there: Collection[str]) -> Moves:
    """The moves among the lines that are still ``there``: behind the nearest one that they followed in ``shown``.

    Where somebody else has moved the same line this one stands, as the later of the two.
    """
    place = {each: number for number, each in enumerate(shown)}
    kept = []
    for each in moves:
        if each.id in there:
            leader = each.after
            while leader is not None and leader not in there:
                number = place.get(leader, 0)
                leader = shown[number - 1] if number else None
            kept.append(replace(each, after=leader))
    return tuple(kept)


def renamed(moves: Iterable[LineMove], names: Mapping[str, str]) -> Moves:
    """The moves with other ids for some lines."""
    return tuple(
        LineMove(names.get(each.id, each.id), None if each.after is None else names.get(each.after, each.after))
        for each in moves
    )


def _before(ids: Sequence[str], line_id: str, among: Collection[str]) -> str | None:
    before = ids[: ids.index(line_id)]
    return next((each for each in reversed(before) if each in among), None)
