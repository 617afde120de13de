"""Names and values in two columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.theme import Space, Type
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.text import ElidedLabel, Label


class KeyValueGrid(QWidget):
    """A short table of facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self._rows = 0

    def clear(self) -> None:
        """Take all rows away."""
        clear_layout(self._grid)
        self._rows = 0

    def add(self, name: str, value: str | QWidget, *, ink: str = "", figures: bool = False) -> None:
        """A row. Figures stand at the right in figures of one width."""
        key = Label(name, Type.BODY, "muted")
        if isinstance(value, QWidget):
            shown = value
        else:
            shown = ElidedLabel(value, Type.BODY, ink, figures=figures)
            shown.setAccessibleName(f"{name}: {value}")
            if figures:
                shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(key, self._rows, 0)
        self._grid.addWidget(shown, self._rows, 1)
        self._rows += 1
