"""What is seen of an order, one part above the other."""

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.orders.lines_view import LinesView
from app.ui.theme import Space
from app.ui.widgets import InTurns, style_in_turns


class Inset(QHBoxLayout):
    """A part that does not reach the edges."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self.setContentsMargins(Space.L, 0, Space.L, Space.XS)
        self.addWidget(part)


class OrderPage(QWidget):
    """The parts of an order. They are given their looks before the first order comes, and painted in turns: all of it
    together takes longer than a frame.
    """

    def __init__(self, lines: LinesView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._turns = InTurns(self)

    def lay_out(self, *parts: QWidget | Inset) -> None:
        """From the top; the lines take what room is left."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            if isinstance(part, Inset):
                column.addLayout(part)
            else:
                column.addWidget(part, 1 if part is self._lines else 0)
        self._turns.add(style_in_turns(self))

    def paint_in_turns(self) -> None:
        """Another order is to stand here: it is painted in the next turns of the event loop, the lines last."""
        self.setUpdatesEnabled(False)
        self._lines.viewport().setUpdatesEnabled(False)
        self._turns.add(self._paint())

    def _paint(self) -> Iterator[None]:
        self.setUpdatesEnabled(True)
        self.repaint()
        yield
        self._lines.viewport().setUpdatesEnabled(True)
