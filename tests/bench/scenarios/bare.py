"""The least that a window of PySide6 can be, of the size that ours has."""

from typing import Any


def run(_folder: str) -> dict[str, Any]:
    """Open it, and say when it was painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from tests.bench.first_paint import Painted

    app = QApplication(["bare"])
    window = QMainWindow()
    window.resize(1440, 900)
    seen: list[float] = []

    def on_painted(at: float) -> None:
        seen.append(at)
        app.exit(0)

    Painted(window, on_painted)
    window.show()
    app.exec()
    return {"painted": seen[0]}
