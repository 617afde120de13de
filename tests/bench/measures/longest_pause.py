"""The longest time in which the GUI thread did not get back to its loop, from the first paint to the tour's end."""

import statistics
from collections.abc import Mapping
from typing import Any

from tests.bench.bench import Bench
from tests.bench.registry import Found, measure


@measure("gui.longest_pause", unit="ms", goal=16)
def longest_pause(bench: Bench) -> Found:
    """The longest of each tour; see `tests.bench.heartbeat` for what counts."""
    tours = bench.tours()
    stages = {gap["stage"]: None for tour in tours for gap in tour["gaps"]}
    by_stage = (f"{stage} {statistics.median(_longest(tour, stage) for tour in tours):.0f}" for stage in stages)
    waited = max((gap["waited"] for tour in tours for gap in tour["gaps"]), default=0.0)
    notes = [
        f"longest by stage, median of all tours, ms: {', '.join(by_stage)}",
        f"not counted: waits for a processor, up to {waited * 1000:.0f} ms in one pause",
        *(f"explained: {line}" for tour in tours for line in tour.get("explained", ())),
    ]
    return Found([_longest(tour) for tour in tours], notes)


def _longest(tour: Mapping[str, Any], stage: str | None = None) -> float:
    return max((gap["held"] * 1000 for gap in tour["gaps"] if stage in (None, gap["stage"])), default=0.0)
