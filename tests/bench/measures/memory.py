"""The memory of the app's own process."""

from tests.bench.bench import Bench
from tests.bench.registry import Found, measure


@measure("memory.rss", unit="MB", goal=200)
def memory_rss(bench: Bench) -> Found:
    """Resident at the tour's end, in millions of bytes: with the libraries, which it shares with other programs, and
    with the bench's own driver (QtTest and psutil, about 5 MB)."""
    return Found([tour["rss"] for tour in bench.tours()])
