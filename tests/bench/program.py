"""The real program in a child: started by its own command line, with its settings in the child's folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app import bootstrap
from app.__main__ import main
from app.bootstrap import Program
from app.ports.connection import Manifest
from tests.bench.first_paint import Painted

OnPainted = Callable[[Program, float], object]


def run_program(
    folder: str, *, on_painted: OnPainted, manifests: Callable[[], dict[str, Manifest]] | None = None
) -> None:
    """Run the app until its window closes.

    Args:
        folder: Where its settings are.
        on_painted: Is called after the first paint, with the time of it.
        manifests: Replaces `app.bootstrap.manifests`.
    """

    class Watched(Program):
        def show(self) -> None:
            Painted(self.window, lambda at: on_painted(self, at))
            super().show()

    bootstrap.config_dir = lambda: Path(folder)  # type: ignore[attr-defined]
    bootstrap.Program = Watched  # type: ignore[misc]
    if manifests is not None:
        bootstrap.manifests = manifests
    code = main([])
    if code:
        raise RuntimeError(f"the program ended with {code}")


def leave(program: Program) -> None:
    """Close the window and end the program, whatever else is open."""
    program.window.close()
    QCoreApplication.exit(0)
