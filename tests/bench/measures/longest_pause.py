"""The longest time in which the GUI thread did not get back to its loop, from the first paint to the tour's end."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.bench import Bench
from tests.bench.registry import Found, measure

_FRAME = 16


@measure("gui.longest_pause", unit="ms", goal=_FRAME)
def longest_pause(bench: Bench) -> Found:
    """The longest of each tour; see `tests.bench.heartbeat` for what counts."""
    return pauses(bench.tours())


def pauses(tours: Sequence[Mapping[str, Any]]) -> Found:
    """The longest pause of each of several runs with a heartbeat."""
    stages = {gap["stage"]: None for tour in tours for gap in tour["gaps"]}
    by_stage = (f"{stage} {statistics.median(_longest(tour, stage) for tour in tours):.0f}" for stage in stages)
    over = Counter(gap["stage"] for tour in tours for gap in tour["gaps"] if gap["held"] * 1000 > _FRAME)
    waited = max((gap["waited"] for tour in tours for gap in tour["gaps"]), default=0.0)
    used = max((gap["used"] for tour in tours for gap in tour["gaps"]), default=0.0)
    notes = [
        f"longest by stage, median of all tours, ms: {', '.join(by_stage)}",
        f"longer than {_FRAME} ms, all tours: {', '.join(f'{stage} {n}' for stage, n in over.items()) or 'none'}",
        f"not counted: waits for a processor, up to {waited * 1000:.0f} ms in one pause",
        f"the most of a processor's time that one pause used: {used * 1000:.0f} ms",
        *(f"explained: {line}" for tour in tours for line in tour.get("explained", ())),
    ]
    return Found([_longest(tour) for tour in tours], notes)


def _longest(tour: Mapping[str, Any], stage: str | None = None) -> float:
    return max((gap["held"] * 1000 for gap in tour["gaps"] if stage in (None, gap["stage"])), default=0.0)
