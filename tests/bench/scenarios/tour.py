"""The tour of the main job, with a heartbeat in the GUI thread and every key timed."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from app.bootstrap import Program
from tests.bench.explain import Explainer
from tests.bench.heartbeat import Heartbeat
from tests.bench.order import read_order
from tests.bench.program import leave, run_program
from tests.bench.route import Route
from tests.bench.typist import Typist


def run(folder: str) -> dict[str, Any]:
    """Make it, and say what was seen."""
    heartbeat = Heartbeat()
    explainer = Explainer(heartbeat) if read_order(Path(folder)).explain else None
    answer: dict[str, Any] = {}
    typists: list[Typist] = []

    def on_painted(program: Program, _at: float) -> None:
        def on_stage(name: str) -> None:
            heartbeat.stage = name

        def on_end() -> None:
            heartbeat.end()
            answer["rss"] = psutil.Process().memory_info().rss / 1e6
            leave(program)

        typist = Typist(on_end)
        typists.append(typist)
        heartbeat.begin()
        if explainer is not None:
            explainer.start()
        typist.follow(Route(program, typist, on_stage).tour())

    run_program(folder, on_painted=on_painted)
    (typist,) = typists
    if typist.error is not None:
        raise typist.error
    if explainer is not None:
        answer["explained"] = explainer.end()
    return {
        **answer,
        "gaps": [asdict(gap) for gap in heartbeat.gaps],
        "presses": [asdict(press) for press in typist.presses],
    }
