"""What one finished line costs on the wire: from its first key to the ERP's answer in its row.

Counted in the window, on an order that exists, for every request to any system that the line caused, but for what
comes by the clock (the watch's pings, the lists of names), and for finding the item, which is a figure of its own,
because how often the ERP is asked for proposals depends on how one types. See `tests.bench.wire` for how bytes are
counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.bench import Bench
from tests.bench.figures import Judged
from tests.bench.registry import Found, measure

_FINDING = {"search_products"}
_BY_THE_CLOCK = {"ping", "names", "product_names"}
_ONCE_A_CUSTOMER = {"bought_by"}  # in the background, after the order has been opened

Request = Mapping[str, Any]


@measure("finish_line.requests", unit="requests", goal=3, judged=Judged.P95)
def requests(bench: Bench) -> Found:
    """The goal is one to price it, one to write it and one to read back what can have changed."""
    first, *further = bench.lines()["lines"]
    notes = [
        f"each line: {_named(_finishing(further[-1]))}",
        f"the first line, which creates the order: {_named(_finishing(first))}",
    ]
    return Found([len(_finishing(line)) for line in further], notes)


@measure("finish_line.bytes", unit="bytes", goal=12_000, judged=Judged.P95)
def size(bench: Bench) -> Found:
    """Up and down together. The goal is a tenth of a second on a line of one Mbit/s."""
    lines = [_finishing(line) for line in bench.lines()["lines"][1:]]
    by_method: Counter[str] = Counter()
    for request in lines[-1]:
        by_method[f"{request['asked']} up"] += request["up"]
        by_method[f"{request['asked']} down"] += request["down"]
    note = ", ".join(f"{what} {number}" for what, number in by_method.items())
    return Found([_bytes(line) for line in lines], [f"the last line: {note}"])


@measure("find_item.requests", unit="requests", goal=1, judged=Judged.P95)
def finding(bench: Bench) -> Found:
    """An item number typed fast, with Enter: no proposals are asked for on the way."""
    lines = [[r for r in line if r["asked"] in _FINDING] for line in bench.lines()["lines"][1:]]
    return Found([len(line) for line in lines], [f"bytes of the last: {_bytes(lines[-1])}"])


def _finishing(line: Sequence[Request]) -> Sequence[Request]:
    return [request for request in line if request["asked"] not in _FINDING | _BY_THE_CLOCK | _ONCE_A_CUSTOMER]


def _bytes(line: Sequence[Request]) -> int:
    return sum(request["up"] + request["down"] for request in line)


def _named(line: Sequence[Request]) -> str:
    return ", ".join(f"{what} {number}" for what, number in Counter(r["asked"] for r in line).items())
