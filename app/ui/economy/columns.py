"""Cards side by side, in as many columns as there is room for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

_MOST = 2


def place(grid: QGridLayout, cards: Sequence[tuple[QWidget, bool]], columns: int) -> None:
    """Put the cards into the grid in their order, line by line; a wide one has a line for itself."""
    for column in range(_MOST):
        grid.setColumnStretch(column, 1 if column < columns else 0)
    at = 0
    for card, is_wide in cards:
        span = columns if is_wide else 1
        at += -at % span  # a wide one begins a line
        grid.removeWidget(card)  # else it would stand in its old place too
        grid.addWidget(card, at // columns, at % columns, 1, span)
        at += span
