"""The order editor against the bare ERP calls it rests on, side by side in one run.

Bare means: the very requests that the app had just sent, sent again by the standard library's HTTP client over one
kept connection, one after the other, their answers read and not looked at. See `tests.bench.scenarios.speed`.
"""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.bench import Bench
from tests.bench.figures import Judged
from tests.bench.registry import Found, measure

_EDIT_REQUESTS = 3


@measure("add_line.requests", unit="requests", goal=3, judged=Judged.P95)
def add_line_requests(bench: Bench) -> Found:
    """One to price, at most two to write and read back; finding the item is `find_item.requests`."""
    return Found(bench.adding()["add"]["requests"])


@measure("add_line.ratio", unit="×", goal=1.2)
def add_line_ratio(bench: Bench) -> Found:
    """From the Enter after the quantity until the line is in the ERP and shown so."""
    return _ratio(bench.adding()["add"])


@measure("paste_50.ratio", unit="×", goal=1.3)
def paste_50_ratio(bench: Bench) -> Found:
    """From Ctrl+V until 50 lines are in the ERP and shown so, the products looked up included. The goal is ours."""
    return _ratio(bench.adding()["paste"]["50"])


@measure("paste_300.ratio", unit="×", goal=1.3)
def paste_300_ratio(bench: Bench) -> Found:
    """The same for 300."""
    return _ratio(bench.adding()["paste"]["300"])


@measure("copy_1000.ratio", unit="×", goal=1.3)
def copy_1000_ratio(bench: Bench) -> Found:
    """The same for 1,000, as when an order is copied in one go. The goal is ours."""
    return _ratio(bench.adding()["paste"]["1000"])


@measure("open_100.ratio", unit="×", goal=1.2)
def open_100_ratio(bench: Bench) -> Found:
    """From the click until the order's lines are painted. The goal is ours."""
    return _ratio(bench.opening()["open"][0])


@measure("open_1000.ratio", unit="×", goal=1.2)
def open_1000_ratio(bench: Bench) -> Found:
    """The same for 1,000 lines, which are read in pages."""
    return _ratio(bench.opening()["open"][1])


@measure("edit_1000.requests", unit="requests", goal=_EDIT_REQUESTS, judged=Judged.P95)
def edit_1000_requests(bench: Bench) -> Found:
    """Another quantity in one line of 1,000; as many as in an order of 10."""
    short, long = bench.opening()["edit"]
    notes = [f"in an order of 10 lines: {max(number for number, _, _ in short)}"]
    # Where a key came late, two pauses in the typing ask for two prices.
    notes += [f"one edit: {', '.join(asked)}" for number, _, asked in (*short, *long) if number > _EDIT_REQUESTS]
    return Found([number for number, _, _ in long], notes)


@measure("edit_1000.bytes_ratio", unit="×", goal=1.05)
def edit_1000_bytes_ratio(bench: Bench) -> Found:
    """Its bytes up and down against those in an order of 10 lines, edit by edit."""
    short, long = bench.opening()["edit"]
    sizes = [statistics.median(size for _, size, _ in side) for side in (short, long)]
    note = f"bytes (medians): {sizes[0]:.0f} of 10 lines, {sizes[1]:.0f} of 1,000"
    return Found([b / a for (_, a, _), (_, b, _) in zip(short, long, strict=True)], [note])


def _ratio(found: Mapping[str, Any]) -> Found:
    pairs: Sequence[Sequence[float]] = found["pairs"]
    ours, bare = ([pair[side] * 1000 for pair in pairs] for side in (0, 1))
    note = f"ours {statistics.median(ours):.0f} ms, bare {statistics.median(bare):.0f} ms (medians)"
    if isinstance(found["requests"], int):
        note += f", {found['requests']} requests"
    return Found([mine / theirs for mine, theirs in zip(ours, bare, strict=True)], [note])
