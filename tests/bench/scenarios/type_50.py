"""Fifty lines of a new order, typed as fast as a bar code reader and a practised hand, however slow the network is."""

from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import Qt

from app.bootstrap import Program
from app.ui.tour import LINES
from tests.bench.order import read_order
from tests.bench.program import leave, run_program
from tests.bench.route import Route
from tests.bench.typist import Steps, Typist, Until

_PACE = 20
"""Milliseconds from the end of one key to the next: no pause in which an answer could be waited for unnoticed."""


def run(folder: str) -> dict[str, Any]:
    """Type them; seconds until the last key was taken, and until all lines were in the ERP."""
    lines = int(read_order(Path(folder)).given["lines"])
    answer: dict[str, Any] = {}
    typists: list[Typist] = []

    def on_painted(program: Program, _at: float) -> None:
        typist = Typist(lambda: leave(program), patience=180)
        typists.append(typist)
        route = Route(program, typist, lambda _stage: None)

        def steps() -> Steps:
            yield from route.start()
            yield from route.search()
            yield from route.card()
            yield from route.order()
            session = program.panel.session
            assert session is not None
            typed = [(LINES[number % len(LINES)][0], str(number + 2)) for number in range(lines)]
            began = perf_counter()
            for texts in typed:
                for text in texts:
                    for key in (*text, Qt.Key.Key_Return):
                        yield from typist.press(key, is_measured=False, pause=_PACE)
            answer["typed"] = perf_counter() - began - _PACE / 1000
            yield Until("all lines to be in the ERP", lambda: not session.has_unwritten and not session.is_busy)
            answer["stored"] = perf_counter() - began
            there = [(line.product.code if line.product else "", str(line.quantity)) for line in session.order.lines]
            if there != typed:
                raise RuntimeError(f"typed {typed}, and in the ERP are {there}")

        typist.follow(steps())

    run_program(folder, on_painted=on_painted)
    if typists[0].error is not None:
        raise typists[0].error
    return answer
