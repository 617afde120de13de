"""The keyboard goes from part to part of the window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_to_next(parts: Sequence[QWidget]) -> None:
    """Put the keyboard into the next of those ``parts`` that are to be seen; after the last comes the first."""
    shown = [part for part in parts if part.isVisible()]
    focus = QApplication.focusWidget()
    at = next(
        (i for i, part in enumerate(shown) if focus is not None and (part is focus or part.isAncestorOf(focus))), -1
    )
    for step in range(1, len(shown) + 1):
        inner = _first_focus(shown[(at + step) % len(shown)])
        if inner is not None:
            inner.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _first_focus(part: QWidget) -> QWidget | None:
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return part
    for child in part.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled():
            return child
    return None
