"""A table that paints its rows itself, whole: see `app.ui.orders.row_painter` for why."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from app.ui.orders.columns import Column
from app.ui.orders.lines_model import LinesModel
from app.ui.orders.row_painter import Place, RowPainter, Stripe

ROW_HEIGHT = 30


class RowsView(QTableView):
    """The rows of a `LinesModel`, each `ROW_HEIGHT` pixels high. Its delegate paints nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = RowPainter(ROW_HEIGHT)
        # To ask where the pointer is costs a round trip to the window server for each frame.
        self._pointer: QPoint | None = None
        self.setMouseTracking(True)

    @property
    def lines(self) -> LinesModel | None:
        """The model, where an order is shown."""
        model = self.model()
        return model if isinstance(model, LinesModel) else None

    def give_room(self, column: int, width: int) -> None:
        """A column of figures needs this width, in pixels, for what has just been painted."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Each row on what is to be painted: its ground, its texts, and a ring around the cell of the cursor."""
        lines, area = self.lines, event.rect()
        first = self.rowAt(area.top()) if lines is not None else -1
        if lines is None or first < 0:
            return
        last = self.rowAt(area.bottom())
        stripes = self._stripes(lines, first, last if last >= 0 else lines.rowCount() - 1)
        painter = QPainter(self.viewport())
        self._painter.paint(painter, self.font(), self._places(), stripes)
        painter.end()
        for column, width in self._painter.wanted.items():
            self.give_room(column, width)
        self._painter.wanted.clear()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The cell under the pointer looks so; the view has it painted."""
        self._pointer = event.position().toPoint()
        super().mouseMoveEvent(event)

    def _places(self) -> Sequence[Place]:
        """The columns that are seen."""
        widths = ((column, self.columnWidth(column)) for column in Column)
        return [Place(column, self.columnViewportPosition(column), width) for column, width in widths if width]

    def _stripes(self, lines: LinesModel, first: int, last: int) -> Sequence[Stripe]:
        top = self.rowViewportPosition(first)
        rows = range(first, last + 1)
        selection = self.selectionModel().selection()
        selected = {
            row
            for part in map(selection.at, range(selection.size()))
            for row in range(max(part.top(), first), min(part.bottom(), last) + 1)
        }
        current = self.currentIndex() if self.hasFocus() else None
        pointer = self._pointer if self.viewport().underMouse() else None
        hovered = self.rowAt(pointer.y()) if pointer is not None else None
        return [
            Stripe(
                top + (row - first) * ROW_HEIGHT,
                lines.looks(row),
                row in selected,
                current.column() if current is not None and current.row() == row else None,
                self.columnAt(pointer.x()) if pointer is not None and hovered == row else None,
            )
            for row in rows
        ]
