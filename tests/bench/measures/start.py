"""From the start of the process to the first paint, against a bare PySide6 window.

Both are fresh processes of the same Python, in turn, so that a machine that is busy for a while is so for both.
"""

import statistics

from tests.bench.bench import Bench
from tests.bench.registry import Found, measure

_PAIRS = 9


@measure("start.ratio", unit="×", goal=1.5)
def start_ratio(bench: Bench) -> Found:
    """Our time divided by the bare window's, pair by pair; the first pair, which reads the disk, is left out."""
    pairs = [(_start(bench, "start"), _start(bench, "bare")) for _ in range(_PAIRS + 1)][1:]
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Found([a / b for a, b in pairs], [f"ours {ours * 1000:.0f} ms, bare {bare * 1000:.0f} ms (medians)"])


def _start(bench: Bench, scenario: str) -> float:
    answer = bench.child(scenario)
    return float(answer["painted"] - answer["started"])
