"""A customer's card: from the cache, from the systems, and what 500 of them cost."""

from functools import cache

from tests.bench.bench import Answer, Bench
from tests.bench.figures import Judged
from tests.bench.registry import Found, measure

_PATIENCE = 900.0
"""Seconds for 500 cards, on a machine that others use too."""


@cache
def _cards(bench: Bench) -> Answer:
    return bench.child("cards", patience=_PATIENCE)


@measure("card_cache", unit="ms", goal=50, judged=Judged.P95)
def card_cache(bench: Bench) -> Found:
    """From asking for a card that was seen before to the end of its paint, with all of it that can be seen.

    In the window, on the encrypted file, in the event loop's own turns; what these leave for later, the layouts and the
    paint, is done before the end, and whole. What the GUI thread waited for a processor, on a machine that others use
    too, is taken off; what the cache's own thread waited is not.
    """
    found = _cards(bench)
    note = f"not counted: {found['overtaken']} that a system answered first; on disk: {found['on_disk']}"
    return Found(found["cached"], [note])


@measure("card_live.ratio", unit="×", goal=1.2)
def card_live(bench: Bench) -> Found:
    """A card never seen before, until every part is there, against the same questions asked bare; pair by pair."""
    pairs = _cards(bench)["pairs"]
    ours, bare = (sorted(side)[len(side) // 2] * 1000 for side in zip(*pairs, strict=True))
    return Found([ours / bare for ours, bare in pairs], [f"ours {ours:.0f} ms, bare {bare:.0f} ms (medians)"])


@measure("memory.rss_500_cards", unit="MB", goal=250)
def memory(bench: Bench) -> Found:
    """Resident after 500 cards were opened in one window, in millions of bytes. The goal is ours."""
    return Found([_cards(bench)["rss"]])


@measure("cache.bytes_per_card", unit="bytes", goal=20_000)
def bytes_per_card(bench: Bench) -> Found:
    """What one customer of the demo takes in the cache: all overviews of a card. The goal is ours: 10,000 cards in the
    limit of 200 MB."""
    found = _cards(bench)
    notes = [
        f"{found['overviews']} overviews of {found['cards']} cards",
        f"the whole file, with the index of names and what is not yet folded into it: {found['file']} bytes",
    ]
    return Found([found["size"] / found["cards"]], notes)
