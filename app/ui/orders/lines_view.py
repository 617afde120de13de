"""The line grid: every key of screens.md, and the moment a row is left."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QHeaderView, QWidget

from app.domain.orders import LineField, LineKind, Product
from app.services.order_rows import ASKING
from app.ui.orders.columns import COLUMN_OF, Column
from app.ui.orders.lines_model import Index, LinesModel
from app.ui.orders.rows_view import ROW_HEIGHT, RowsView
from app.ui.orders.undo import copy_words, removal_words

_WIDTHS = {
    Column.STATE: (30, 28, 28),
    Column.PRODUCT: (100, 76, 74),
    Column.QUANTITY: (76, 64, 62),
    Column.UNIT: (60, 56, 56),
    Column.LIST_PRICE: (90, 82, 0),
    Column.DISCOUNT: (80, 78, 78),
    Column.PRICE: (84, 72, 70),
    Column.VAT: (84, 58, 0),
    Column.AMOUNT: (96, 92, 92),
}
"""The width of each column in a wide, a usual and a narrow grid; the description has the rest. Where there is no room
list price and VAT go first: both stand in the tooltip of the price."""
_WIDE, _USUAL = 940, 700
_LEAST_HEIGHT = 105  # the header and two rows and a half, so that it is seen that there are more
_NEXT_ON_ENTER = {Column.PRODUCT: Column.QUANTITY}
_TYPED = (
    Column.PRODUCT,
    Column.DESCRIPTION,
    Column.QUANTITY,
    Column.UNIT,
    Column.DISCOUNT,
    Column.PRICE,
)


class LinesView(RowsView):
    """Item → Enter → quantity → Enter → next line. A row is left when the cursor goes to another row, or out.

    Signals:
        answer_wanted: Enter on a row that asks the user something.
        current_row_changed: The cursor is on another row, or the row it is on looks different.
        escaped: Esc with nothing left to take back.
    """

    answer_wanted = Signal()
    current_row_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_key: str | None = None
        self._step_of_widths: int | None = None
        self._needed: dict[int, int] = {}  # what columns of figures need for the figures in them
        self.setObjectName("lines")
        self.setAccessibleName(self.tr("Order lines"))
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        # Whatever is said or asked above and below, the line that one types and some around it are seen.
        self.setMinimumHeight(_LEAST_HEIGHT)

    def show_lines(self, model: LinesModel) -> None:
        """Edit the lines of another order; the former one's rows have been left with `leave`."""
        self.show_nothing()
        self.setModel(model)
        self._step_of_widths = None
        model.undo.is_current = self._is_current
        model.line_started.connect(self._on_line_started)
        model.dataChanged.connect(self._on_data_changed)
        model.undo.brought.connect(self._on_brought)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(28)
        self._fit()
        header.setSectionResizeMode(Column.STATE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.DESCRIPTION, QHeaderView.ResizeMode.Stretch)

    def show_nothing(self) -> None:
        """Let go of the model."""
        self._on_key = None
        if self.lines is not None:
            self.lines.undo.brought.disconnect(self._on_brought)
        former = self.selectionModel()
        self.setModel(None)
        if former is not None:
            former.deleteLater()

    @property
    def current_key(self) -> str | None:
        """The session's key of the row the cursor is on; None on the empty row."""
        lines = self.lines
        return lines.key(self.currentIndex().row()) if lines is not None else None

    def leave(self) -> None:
        """The row the cursor is on is left: the editor's text is taken, and the row goes to the ERP."""
        lines, key = self.lines, self._on_key
        if lines is None:
            return
        if (editor := self._editor()) is not None:
            self.commitData(editor)
        key = self._on_key or key
        if key is not None:
            lines.session.leave(key)

    def selected_keys(self) -> list[str]:
        """The session's keys of the selected rows, from the top; the empty row has none."""
        lines = self.lines
        if lines is None:
            return []
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [key for row in rows if (key := lines.key(row)) is not None]

    def select_all_lines(self) -> None:
        """All lines, and not the empty row, in which the cursor may well be; it stays where it is."""
        lines = self.lines
        if lines is not None and lines.key(0) is not None:
            last = max(row for row in (lines.rowCount() - 1, lines.rowCount() - 2) if lines.key(row) is not None)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(QItemSelection(lines.index(0, 0), lines.index(last, 0)), flags)

    def take_editor(self) -> None:
        """What stands in an open editor is taken; the cursor stays in its cell."""
        if (editor := self._editor()) is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _editor(self) -> QWidget | None:
        if self.state() != QAbstractItemView.State.EditingState:
            return None
        editor = self.indexWidget(self.currentIndex()) or QApplication.focusWidget()
        return editor if editor is not None and editor is not self and self.isAncestorOf(editor) else None

    def start_line(self) -> None:
        """Put the cursor where a new line is typed."""
        lines = self.lines
        if lines is not None and lines.rowCount():
            self.setFocus()
            self._go(lines.rowCount() - 1, Column.PRODUCT)

    def put_product(self, product: Product) -> None:
        """A new line with this product, and the cursor where its quantity is typed."""
        self.take_editor()
        self.start_line()
        lines, row = self.lines, self.currentIndex().row()
        if lines is not None and lines.setData(lines.index(row, Column.PRODUCT), product):
            self._go(row, Column.QUANTITY)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row."""
        self.setFocus()
        self._go(row, Column.PRODUCT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """What matters most keeps its room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width()
        step = 0 if room >= _WIDE else 1 if room >= _USUAL else 2
        if self.lines is None or step == self._step_of_widths:
            return
        self._step_of_widths = step
        for column, widths in _WIDTHS.items():
            width = widths[step]
            self.setColumnHidden(column, not width)
            if width:
                self.setColumnWidth(column, max(width, self._needed.get(column, 0)))

    def give_room(self, column: int, width: int) -> None:
        """Half a figure would be another figure: a column of figures is as wide as the widest that was seen in it."""
        if width > self._needed.get(column, 0):
            self._needed[column] = width
            # After this painting, which is of the columns as they are.
            QTimer.singleShot(0, self, lambda: self.setColumnWidth(column, max(width, self.columnWidth(column))))

    # -- moving

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """The row that the cursor was on is written when the cursor is on another one."""
        super().currentChanged(current, previous)
        lines = self.lines
        if lines is None:
            return
        key = lines.key(current.row()) if current.isValid() else None
        left, self._on_key = self._on_key, key
        if left is not None and left != key:
            # After this event: writing may take rows away, which a view does not bear while its cursor moves.
            QTimer.singleShot(0, lines, lambda: lines.session.leave(left))
        self.current_row_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Going elsewhere in the window leaves the row; going to another program does not."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            return
        QTimer.singleShot(0, self, self._leave_if_away)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """After Enter the cursor goes where the next thing is typed."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        if hint == hints.SubmitModelCache:
            self._advance()
        elif hint == hints.EditNextItem:
            self._step(1)
        elif hint == hints.EditPreviousItem:
            self._step(-1)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of screens.md that move and type; the others are commands (`app.ui.orders.commands`)."""
        lines, index = self.lines, self.currentIndex()
        if lines is None or not index.isValid():
            super().keyPressEvent(event)
            return
        key, modifiers = event.key(), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            view = lines.view(index.row())
            if view is not None and view.status in ASKING:
                self.answer_wanted.emit()
            else:
                self._advance()
        elif key == Qt.Key.Key_Tab and not control:
            self._step(1)
        elif key == Qt.Key.Key_Backtab:
            self._step(-1)
        elif key == Qt.Key.Key_Escape and self.current_key is not None:
            lines.take_back(self.current_key)
        elif key == Qt.Key.Key_Delete and not modifiers:
            lines.setData(index, "")
        elif key == Qt.Key.Key_F8:
            self._copy_above(index)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def move_current(self, by: int) -> None:
        """Put the current line one up or down; the cursor goes with it."""
        self.take_editor()
        lines, key = self.lines, self.current_key
        if lines is None or key is None:
            return
        lines.move(key, by)
        row = lines.row_of(key)
        if row is not None:
            self._go(row, Column(self.currentIndex().column()))

    def add_text(self, kind: LineKind, text: str = "") -> None:
        """A new line of text below the current one, and its cell opened to be typed in."""
        self.take_editor()
        lines = self.lines
        if lines is None or not lines.session.order.editable:
            return
        row = lines.row_of(lines.add_text(kind, self.current_key or lines.last_key, text))
        if row is not None:
            self.setFocus()
            self._go(row, Column.DESCRIPTION)
            self.edit(self.currentIndex())

    def undo(self) -> None:
        """Take back the last thing that was done in this order."""
        self.take_editor()
        if self.lines is not None:
            self.lines.undo.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.take_editor()
        if self.lines is not None:
            self.lines.undo.redo()

    def _on_brought(self, key: str, name: str) -> None:
        """The cursor goes where something was brought back; where a line went away it stays."""
        lines = self.lines
        row = lines.row_of(key) if lines is not None else None
        if row is not None:
            self._go(row, COLUMN_OF[LineField(name)] if name else Column(max(self.currentIndex().column(), 1)))

    def remove_current(self) -> None:
        """Take the current line away, or all that are selected; the cursor stays where it was."""
        self.take_editor()
        lines, keys = self.lines, self.selected_keys() or [key for key in [self.current_key] if key is not None]
        if lines is None or not keys or not lines.session.order.editable:
            return
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self._on_key = None
        with lines.undo.step(removal_words):
            lines.session.remove(*keys)
        self._go(min(row, lines.rowCount() - 1), Column(column))

    def _advance(self) -> None:
        index, lines = self.currentIndex(), self.lines
        if lines is None or not index.isValid():
            return
        beside = _NEXT_ON_ENTER.get(Column(index.column()))
        if beside is not None and lines.key(index.row()) is not None:
            self._go(index.row(), beside)
        elif index.row() + 1 < lines.rowCount():
            self._go(index.row() + 1, Column.PRODUCT)

    def _step(self, by: int) -> None:
        """To the next cell that can be typed in, over the ends of rows; out of the grid at its own ends."""
        index, lines = self.currentIndex(), self.lines
        if lines is None:
            return
        cells = [
            (row, column)
            for row in range(max(0, index.row() - 1), min(lines.rowCount(), index.row() + 2))
            for column in _TYPED
            if lines.flags(lines.index(row, column)) & Qt.ItemFlag.ItemIsEditable
        ]
        here = (index.row(), index.column())
        after = [cell for cell in cells if cell > here] if by > 0 else [cell for cell in cells if cell < here]
        if after:
            row, column = after[0] if by > 0 else after[-1]
            self._go(row, column)
        else:
            self.focusNextPrevChild(by > 0)

    def _go(self, row: int, column: Column) -> None:
        lines = self.lines
        if lines is None:
            return
        index = lines.index(row, column)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    # -- copying

    def _copy_above(self, index: QModelIndex) -> None:
        lines = self.lines
        if lines is None or index.row() == 0:
            return
        above = lines.view(index.row() - 1)
        if above is not None:
            value = above.line.product if index.column() == Column.PRODUCT else None
            lines.setData(index, value or lines.index(index.row() - 1, index.column()).data(Qt.ItemDataRole.EditRole))

    def copy_line(self) -> None:
        """A new line with the item, text and quantity of the current one; the cursor is on its quantity."""
        self.take_editor()
        lines, key = self.lines, self.current_key
        if lines is None or key is None or not lines.session.order.editable:
            return
        line = lines.session.row(key).line
        with lines.undo.step(copy_words):
            copy = lines.session.add_line(line.kind)
            if line.product is not None:
                lines.session.edit(copy, LineField.PRODUCT, line.product)
            if line.description:
                lines.session.edit(copy, LineField.DESCRIPTION, line.description)
            if line.quantity is not None:
                lines.session.edit(copy, LineField.QUANTITY, line.quantity)
        row = lines.row_of(copy)
        if row is not None:
            self._go(row, Column.QUANTITY)

    # -- leaving

    def _is_current(self, key: str) -> bool:
        focused = QApplication.focusWidget()
        return key == self._on_key and focused is not None and (focused is self or self.isAncestorOf(focused))

    def _on_line_started(self, row: int) -> None:
        lines = self.lines
        if lines is not None and self.currentIndex().row() == row:
            self._on_key = lines.key(row)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self.current_row_changed.emit()

    def _leave_if_away(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self and not self.isAncestorOf(focused):
            self.leave()
