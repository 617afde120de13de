"""A customer's economy: from the cache, and from the systems."""

from functools import cache

from tests.bench.bench import Answer, Bench
from tests.bench.figures import Judged
from tests.bench.registry import Found, measure


@cache
def _economies(bench: Bench) -> Answer:
    return bench.child("economy", everything=True)


@measure("economy_cache", unit="ms", goal=50, judged=Judged.P95)
def economy_cache(bench: Bench) -> Found:
    """From turning to an economy that was seen before to the end of the paint of everything of it that is in view.

    In the window, on the encrypted file, while the systems are asked for the same beside it. The panels below are drawn
    after that, or when they are scrolled to.
    """
    found = _economies(bench)
    seen = f"{found['panels']} panels, with hours and expenses; {found['seen']} of these cards are in view"
    return Found(found["cached"], [f"{seen}; not counted: {found['overtaken']} answered first"])


@measure("economy_live.ratio", unit="×", goal=1.2)
def economy_live(bench: Bench) -> Found:
    """An economy never seen before, until every panel and total is there, against the same questions asked bare of the
    warm systems; pair by pair."""
    pairs = _economies(bench)["pairs"]
    ours, bare = (sorted(side)[len(side) // 2] * 1000 for side in zip(*pairs, strict=True))
    return Found([ours / bare for ours, bare in pairs], [f"ours {ours:.0f} ms, bare {bare:.0f} ms (medians)"])
