"""What became of all that was typed, counted in the ERP's own database.

Tryton's module ``sale_history`` keeps every version of every line with the user who wrote it, so that a change that was
written over cannot hide behind the one that came after.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from tests.faults.clerk import REFERENCE, REMOVED
from tests.faults.plan import Blow

Rows = Callable[..., list[tuple[Any, ...]]]
Move = tuple[str, str, int]
"""What was said of a line that was put first, the line, and by which of its writes it went to the disk."""


@dataclass
class Result:
    """What was counted.

    Attributes:
        writes, faulted: How many writes were sent, and to how many something happened.
        typed, kept: How many rows were typed, and how many of them were on this computer's disk before they were sent.
        removals, heads, moves: How many removals, changes of an order's head, and moves of lines were on disk.
        theirs: How many changes somebody else made, and `met` how many of those the clerk wrote something in place of.
        lost: What had been on this computer's disk and is not in the ERP, or was to be removed and is still there.
        doubled: What came to be there more than once.
        overwritten: What somebody else wrote and the clerk's write replaced, though the clerk had not seen it.
        blows: How often each thing happened.
        recovered: What became of the writes that a killed clerk left.
        asked: What the clerk had to decide.
        bugs: What should never be said.
    """

    writes: int
    faulted: int
    typed: int = 0
    kept: int = 0
    removals: int = 0
    heads: int = 0
    moves: int = 0
    theirs: int = 0
    met: int = 0
    lost: list[Any] = field(default_factory=list)
    doubled: list[Any] = field(default_factory=list)
    overwritten: list[Any] = field(default_factory=list)
    blows: Counter[Blow] = field(default_factory=Counter)
    recovered: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    bugs: list[Any] = field(default_factory=list)

    def __str__(self) -> str:
        """For a person."""
        blows = ", ".join(f"{blow.value} {number}" for blow, number in sorted(self.blows.items()))
        return (
            f"{self.faulted} of {self.writes} writes faulted ({blows}); {self.typed} rows typed, {self.kept} on disk, "
            f"with {self.removals} removals, {self.heads} changes of a head and {self.moves} moves; "
            f"{self.theirs} changes by others, "
            f"{self.met} of them replaced knowingly or merged; recovered: {dict(self.recovered)}; "
            f"asked: {dict(self.asked)}; "
            f"lost {self.lost}, doubled {self.doubled}, overwritten {self.overwritten}, bugs {self.bugs}"
        )


@dataclass(frozen=True, slots=True)
class Version:
    """A line as somebody left it."""

    line: str
    by: str
    text: str | None
    quantity: int | None
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """The customer's reference in the head of an order as somebody changed it."""

    order: str
    by: str
    text: str


class History:
    """Every version of every line, and of the reference in every order's head.

    Attributes:
        lines: The lines that each order has, as the ERP sorts them.

    Args:
        rows: Asks the ERP's database.
    """

    def __init__(self, rows: Rows) -> None:
        found = rows(
            "SELECT h.id, u.login, h.description, h.quantity, h.type FROM sale_line__history h "
            "LEFT JOIN res_user u ON u.id = COALESCE(h.write_uid, h.create_uid) ORDER BY h.id, h.__id"
        )
        versions = [
            Version(str(key), by or "", text, None if quantity is None else int(quantity), is_gone=kind is None)
            for key, by, text, quantity, kind in found
        ]
        heads = rows(
            "SELECT h.id, u.login, h.reference FROM sale_sale__history h "
            "LEFT JOIN res_user u ON u.id = COALESCE(h.write_uid, h.create_uid) ORDER BY h.id, h.__id"
        )
        self.references: dict[str, list[Reference]] = {}
        for key, by, text in heads:
            made = self.references.setdefault(str(key), [])
            if not made or made[-1].text != (text or ""):
                made.append(Reference(str(key), by or "", text or ""))
        self.lines: dict[str, list[str]] = {}
        for key, order in rows("SELECT id, sale FROM sale_line ORDER BY sale, sequence IS NOT NULL, sequence, id"):
            self.lines.setdefault(str(order), []).append(str(key))
        self.of: dict[str, list[Version]] = {key: list(each) for key, each in groupby(versions, lambda v: v.line)}

    def __iter__(self) -> Iterator[Version]:
        return (version for versions in self.of.values() for version in versions)

    @property
    def now(self) -> Iterator[Version]:
        """The lines that are there."""
        return (versions[-1] for versions in self.of.values() if not versions[-1].is_gone)


def count(
    result: Result,
    history: History,
    *,
    typed: Sequence[Any],
    kept: Sequence[Any],
    decided: Sequence[Any],
    moves: Sequence[Move] = (),
    clerk: str = "clerk",
    other: str = "clerk2",
) -> None:
    """Hold what the clerk said (see `tests.faults.clerk`) against the ERP's history, and fill ``result``."""
    _count_new(result, history, typed, kept)
    _count_removals(result, history, kept)
    _count_quantities(result, history, kept, clerk)
    _count_references(result, history, kept, clerk)
    _count_moves(result, history, moves)
    seen = {(str(line), mine, shown) for line, mine, shown, *_ in _lists(typed)}
    seen |= {(str(line), mine, shown) for line, mine, shown in _lists(decided)}
    for versions in history.of.values():
        by = versions[0].by  # who gave the line what it holds
        for before, after in pairwise(versions):
            if after.by == clerk:
                _count_replaced(result, before, after, seen, is_theirs=by == other)
            if (after.text, after.quantity) != (before.text, before.quantity):
                by = after.by
    seen_heads = {(each["order"], each["mine"], each["shown"]) for each in (*_heads(typed), *_heads(decided))}
    for references in history.references.values():
        for one, other_one in pairwise(references):
            _count_replaced_reference(result, one, other_one, seen_heads, (clerk, other))


def _count_new(result: Result, history: History, typed: Sequence[Any], kept: Sequence[Any]) -> None:
    tags = {each for each in typed if isinstance(each, str)}
    lines_of: dict[str, set[str]] = {}
    for version in history:
        if version.text in tags:
            lines_of.setdefault(version.text or "", set()).add(version.line)
    on_disk = {each for each in kept if isinstance(each, str)}
    taken_away = {each[-1] for each in _lists(typed) if each[1] == REMOVED}
    there = {version.text for version in history.now}
    result.kept += len(on_disk)
    result.lost += sorted(on_disk - there - taken_away)
    result.doubled += sorted(tag for tag, lines in lines_of.items() if len(lines) > 1)


def _count_removals(result: Result, history: History, kept: Sequence[Any]) -> None:
    removed = {str(line) for line, what in _lists(kept) if what == REMOVED}
    there = {version.line for version in history.now}
    result.removals = len(removed)
    result.lost += [(line, REMOVED) for line in sorted(removed & there)]


def _count_quantities(result: Result, history: History, kept: Sequence[Any], clerk: str) -> None:
    """The clerk's quantities of a line rise, so that a later one stands for those before it."""
    last: dict[str, int] = {}
    values = {(str(line), what) for line, what in _lists(kept) if what != REMOVED}
    result.kept += len(values)
    for line, quantity in values:
        last[line] = max(quantity, last.get(line, 0))
    for line, quantity in sorted(last.items()):
        written = [v.quantity for v in history.of.get(line, ()) if v.by == clerk and v.quantity is not None]
        if max(written, default=0) < quantity:
            result.lost.append((line, quantity, max(written, default=0)))


def _count_replaced(
    result: Result, before: Version, after: Version, seen: set[tuple[str, Any, Any]], *, is_theirs: bool
) -> None:
    mine = REMOVED if after.is_gone else after.quantity
    result.met += is_theirs
    if is_theirs and mine != before.quantity and (after.line, mine, before.quantity) not in seen:
        result.overwritten.append((after.line, mine, before.quantity))
    if not after.is_gone and after.text != before.text:
        result.overwritten.append((after.line, after.text, before.text))  # the clerk changes no texts


def _count_references(result: Result, history: History, kept: Sequence[Any], clerk: str) -> None:
    last: dict[str, int] = {}
    references = {(each["order"], each["mine"]) for each in _heads(kept)}
    result.heads = len(references)
    for order, mine in references:
        last[order] = max(int(mine.removeprefix(REFERENCE)), last.get(order, 0))
    for order, number in sorted(last.items()):
        written = [
            int(each.text.removeprefix(REFERENCE))
            for each in history.references.get(order, ())
            if each.by == clerk and each.text.startswith(REFERENCE)
        ]
        if max(written, default=0) < number:
            result.lost.append((order, f"{REFERENCE}{number}", max(written, default=0)))


def _count_replaced_reference(
    result: Result, before: Reference, after: Reference, seen: set[tuple[str, str, str]], users: tuple[str, str]
) -> None:
    clerk, other = users
    if after.by == clerk and before.by == other:
        result.met += 1
        if (after.order, after.text, before.text) not in seen:
            result.overwritten.append((after.order, after.text, before.text))


def _count_moves(result: Result, history: History, moves: Sequence[Move]) -> None:
    """Every line of an order that was put first on disk stands before those that were not put first since."""
    typed: dict[str, int] = {}
    on_disk: dict[str, int] = {}
    # A line may be put first once more before the disk has what it was given: that is not kept then.
    given: dict[tuple[str, int], int] = {}
    kept = set()
    for place, (what, line, number) in enumerate(moves):
        if what == "typed":
            typed[line] = place
        elif what == "keeping" and line in typed:
            given[line, number] = typed[line]
        elif what == "kept" and (line, number) in given:
            on_disk[line] = given[line, number]
            kept.add((line, on_disk[line]))
    result.moves = len(kept)
    for lines in history.lines.values():
        for at, line in enumerate(lines):
            before = [each for each in lines[:at] if typed.get(each, -1) < on_disk.get(line, -1)]
            if before:
                result.lost.append((line, "first", before))


def moves_in(what: str, said: Sequence[Any]) -> list[Move]:
    """The lines that were put first in what the clerk said: ``typed``, given to the disk (``keeping``), or ``kept``."""
    if what == "typed":
        found, number = said[:1], 0
    elif what in ("keeping", "kept"):
        found, number = said
    else:
        return []
    return [(what, each["first"], number) for each in found if isinstance(each, dict) and "first" in each]


def _heads(said: Iterable[Any]) -> Iterator[dict[str, Any]]:
    return (each for each in said if isinstance(each, dict) and "order" in each)


def _lists(said: Iterable[Any]) -> Iterator[list[Any]]:
    return (each for each in said if isinstance(each, list))
