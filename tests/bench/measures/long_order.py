"""An order of 1,000 lines in the window: no turn of the GUI thread's loop is longer than one frame."""

from tests.bench.bench import Bench
from tests.bench.measures.longest_pause import pauses
from tests.bench.registry import Found, measure

_RUNS = 3


@measure("gui.longest_pause_1000", unit="ms", goal=16)
def longest_pause_1000(bench: Bench) -> Found:
    """Opened, gone through by keys and wheel, edited, written, lines added and taken away, read again."""
    orders = bench.orders(*[1000] * _RUNS)
    return pauses([bench.child("long_order", order_id=order) for order in orders])
