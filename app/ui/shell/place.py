"""Where the window was and how large, from one run to the next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

if TYPE_CHECKING:
    from app.ui.shell.settings import UiSettings

_FIRST = (1440, 900)


def restore_place(window: QMainWindow, settings: "UiSettings") -> None:
    """Put it where it was, where that is on a screen of now."""
    kept = settings.get("geometry")
    window.resize(*_FIRST)
    screen = window.screen().availableGeometry()
    window.resize(min(_FIRST[0], screen.width()), min(_FIRST[1], screen.height()))
    if isinstance(kept, list) and len(kept) == 4 and all(isinstance(part, int) for part in kept):
        x, y, width, height = kept
        window.resize(min(width, screen.width()), min(height, screen.height()))
        if any(other.availableGeometry().contains(x + 40, y + 10) for other in QApplication.screens()):
            window.move(x, y)
    if settings.get("maximized") is True:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def keep_place(window: QMainWindow, settings: "UiSettings") -> None:
    """Remember it."""
    place = window.normalGeometry()
    settings.set("geometry", [place.x(), place.y(), place.width(), place.height()])
    settings.set("maximized", window.isMaximized())
