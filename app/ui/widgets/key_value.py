"""Names and values in two columns."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.theme import Space, Type
from app.ui.widgets.text import ElidedLabel, Label, restyle

_PLAIN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Fact(NamedTuple):
    """A row. Figures stand at the right."""

    name: str
    value: str
    ink: str = ""
    figures: bool = False


class KeyValueGrid(QWidget):
    """A short table of facts. Its labels stay for the next ones: making and styling them anew takes longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Label, ElidedLabel]] = []

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these instead of what was shown."""
        while len(self._rows) < len(facts):
            self._rows.append((Label(step=Type.BODY, ink="muted"), ElidedLabel(figures=True)))
            for column, label in enumerate(self._rows[-1]):
                self._grid.addWidget(label, len(self._rows) - 1, column)
        for (key, value), fact in zip(self._rows, facts, strict=False):
            key.setText(fact.name)
            value.setText(fact.value)
            value.setAccessibleName(f"{fact.name}: {fact.value}")
            value.setAlignment(_FIGURES if fact.figures else _PLAIN)
            restyle(value, "ink", fact.ink)
        for number, row in enumerate(self._rows):
            for label in row:
                label.setVisible(number < len(facts))
