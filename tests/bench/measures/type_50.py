"""Typing never waits for the network: 50 lines by key events, at three latencies to the ERP."""

import statistics
from collections.abc import Mapping, Sequence

from tests.bench.bench import Answer, Bench
from tests.bench.registry import Found, measure

_LINES = 50
_ROUNDS = ((0.0, 0.3), (0.3, 0.0), (0.0, 0.3), (0.3, 0.0, 0.05))
"""Side by side, and in turns the one and the other first: what the machine does meanwhile meets both."""


@measure("type_50.latency_ratio", unit="×", goal=1.1)
def latency_ratio(bench: Bench) -> Found:
    """Time until the last key is taken, at 300 ms added to each answer against none; round by round.

    Every line and quantity is found in the ERP afterwards, or it counts as a crash.
    """
    rounds = [{latency: bench.typed(_LINES, latency) for latency in latencies} for latencies in _ROUNDS]
    notes = [
        f"at {latency * 1000:.0f} ms: last key after {_middle(rounds, latency, 'typed'):.1f} s, "
        f"all in the ERP after {_middle(rounds, latency, 'stored'):.1f} s (medians)"
        for latency in sorted(set().union(*_ROUNDS))
    ]
    return Found([one[0.3]["typed"] / one[0.0]["typed"] for one in rounds], notes)


def _middle(rounds: Sequence[Mapping[float, Answer]], latency: float, what: str) -> float:
    return statistics.median(one[latency][what] for one in rounds if latency in one)
