"""Typing a line of text in the line grid: several lines of it, across the row."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

_LINES = 4
_MARGIN = 4


class TextEditor(QPlainTextEdit):
    """Enter takes the text, Shift+Enter begins a new line of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellEditor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)

    def cover(self, cells: QRect) -> None:
        """Lie over these cells, and over as many rows below or above them as some lines of text need."""
        height = max(cells.height(), _LINES * self.fontMetrics().lineSpacing() + 2 * _MARGIN)
        grid = self.parentWidget()
        top = cells.top() if grid is None else max(0, min(cells.top(), grid.height() - height))
        self.setGeometry(cells.left(), top, cells.width(), height)
