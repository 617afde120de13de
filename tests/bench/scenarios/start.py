"""The app, started as its command does, until its window is painted."""

from typing import TYPE_CHECKING, Any

from tests.bench.program import leave, run_program

if TYPE_CHECKING:
    from app.bootstrap import Program


def run(folder: str) -> dict[str, Any]:
    """Start it, and say when its window was painted."""
    seen: list[float] = []

    def on_painted(program: "Program", at: float) -> None:
        seen.append(at)
        leave(program)

    run_program(folder, on_painted=on_painted)
    return {"painted": seen[0]}
