"""What is in a part of the window: laid out anew, dropped, walked with Tab."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def take_widgets(layout: QLayout) -> list[QWidget]:
    """Empty ``layout``; its widgets, still where they were, to be dropped.

    None of them may be laid out again: PySide keeps their old items, to which Qt then goes on telling their sizes.
    `QLayout.removeWidget` is for those that are.
    """
    widgets = []
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widgets.append(widget)
    return widgets


def drop(widgets: Iterable[QWidget]) -> None:
    """Out of sight now, and deleted in a later turn of the loop."""
    for widget in widgets:
        widget.hide()
        widget.deleteLater()


def tab_stops(part: QWidget) -> list[QWidget]:
    """What in it the keyboard comes to with Tab, in the order in which it was put there."""
    return [each for each in part.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def lead_tab(parts: Iterable[QWidget]) -> None:
    """Let Tab lead from each to the next. What is not in their window, or not yet, is left out."""
    before: QWidget | None = None
    for part in parts:
        if before is None or part.window() is before.window():
            if before is not None:
                QWidget.setTabOrder(before, part)
            before = part


def clear_layout(layout: QLayout) -> None:
    """Empty ``layout`` and drop what was in it."""
    drop(take_widgets(layout))
