"""The real program in a child: started by its own command line, with its settings in the child's folder."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app import opening
from app.ports.connection import Manifest
from app.ui.shell.main_window import MainWindow
from tests.bench.first_paint import Painted

if TYPE_CHECKING:
    from app.bootstrap import Program

OnPainted = Callable[["Program", float], object]


def run_program(
    folder: str, *, on_painted: OnPainted, manifests: Callable[[], dict[str, Manifest]] | None = None
) -> None:
    """Run the app until its window closes.

    Args:
        folder: Where its settings are.
        on_painted: Is called when the window has been painted and the program behind it is there, with the time of the
            first paint.
        manifests: Replaces `app.bootstrap.manifests`.
    """

    shown: list[float] = []
    programs: list[Program] = []

    def tell() -> None:
        if shown and programs:
            on_painted(programs[0], shown[0])

    def on_first_paint(at: float) -> None:
        shown.append(at)
        tell()

    def on_program(program: "Program") -> None:
        programs.append(program)
        tell()

    class Watched(MainWindow):
        def show(self) -> None:
            Painted(self, on_first_paint)
            super().show()

    opening.MainWindow = Watched  # type: ignore[misc]
    if manifests is not None:
        from app import bootstrap

        bootstrap.manifests = manifests
    code = opening.open_window(opening.Options(settings=Path(folder)), on_program=on_program)
    if code:
        raise RuntimeError(f"the program ended with {code}")


def leave(program: "Program") -> None:
    """Close the window and end the program, whatever else is open and is not written: nobody is there to be asked."""
    program.window.set_close_guard(lambda: True)
    program.window.close()
    QCoreApplication.exit(0)
