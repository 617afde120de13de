"""Lines of one order, typed in the window one after the other; what each put on the wire."""

from dataclasses import asdict
from typing import Any

from app.bootstrap import Program
from app.ui.tour import LINES
from tests.bench.program import leave, run_program
from tests.bench.route import Route
from tests.bench.typist import Steps, Typist
from tests.bench.wire import Request, Wire

_LINES = 9
"""The first one also creates the order."""


def run(folder: str) -> dict[str, Any]:
    """Type them, and return the requests of each line."""
    wire = Wire()
    lines: list[list[Request]] = []
    typists: list[Typist] = []

    def on_painted(program: Program, _at: float) -> None:
        typist = Typist(lambda: leave(program))
        typists.append(typist)
        route = Route(program, typist, lambda _stage: None)

        def steps() -> Steps:
            yield from route.start()
            yield from route.search()
            yield from route.card()
            yield from route.order()
            for number in range(_LINES):
                item, _ = LINES[number % len(LINES)]
                before = len(wire.requests)
                yield from route.line(item, str(10 + number))
                yield from route.stored()
                lines.append(wire.requests[before:])

        typist.follow(steps())

    run_program(folder, on_painted=on_painted, manifests=wire.manifests)
    if typists[0].error is not None:
        raise typists[0].error
    return {"lines": [[asdict(request) for request in line] for line in lines]}
