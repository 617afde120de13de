"""What a test of a connection has found, step by step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.services.doctor import Finding
from app.ui.connect.findings import TONE_OF, finding_text, step_title, verdict_text
from app.ui.theme import Space
from app.ui.widgets import Label, StatusDot, Translated

_DOT_DROP = 2  # px from the top of a line of text to the top of a dot in its middle


class FindingsView(Translated):
    """A row a step: how it is, what was looked at, what was found. Takes no room before there is anything to show."""

    def __init__(self, kind: SystemKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, Space.XS, 0, Space.XS)
        self._shown: QWidget | None = None
        self._found: Sequence[Finding] = ()
        self.setVisible(False)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show these instead of those before."""
        self.clear()
        self._found = found
        self._shown = QWidget()
        grid = QGridLayout(self._shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(2, 1)
        for row, finding in enumerate(found):
            self._add(grid, row, finding)
        self._column.addWidget(self._shown)
        self.setVisible(True)

    def clear(self) -> None:
        """Show nothing any more."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown, self._found = None, ()
        self.setVisible(False)

    def retranslate(self) -> None:
        """See `Translated`."""
        if self._found:
            self.show_findings(self._found)

    def _add(self, grid: QGridLayout, row: int, finding: Finding) -> None:
        dot = StatusDot()
        dot.set_state(TONE_OF[finding.verdict], verdict_text(finding.verdict), hollow=finding.fault is not None)
        beside_first_line = QVBoxLayout()
        beside_first_line.setContentsMargins(0, _DOT_DROP, 0, 0)
        beside_first_line.addWidget(dot)
        beside_first_line.addStretch(1)
        title, text = step_title(finding.step), finding_text(finding, self._kind)
        words = Label(text, wrap=True)
        words.setAccessibleName(f"{title}: {verdict_text(finding.verdict)}. {text}")
        grid.addLayout(beside_first_line, row, 0)
        grid.addWidget(Label(title, ink="muted"), row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 2, Qt.AlignmentFlag.AlignTop)
