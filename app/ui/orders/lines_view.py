"""The line grid: every key of screens.md, and the moment a row is left."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from app.domain.orders import LineField
from app.ui.orders.columns import Column
from app.ui.orders.lines_model import Index, LinesModel

_ROW_HEIGHT = 30
_WIDTHS = {
    Column.STATE: (30, 28, 28),
    Column.PRODUCT: (100, 76, 74),
    Column.QUANTITY: (76, 58, 58),
    Column.UNIT: (60, 56, 56),
    Column.LIST_PRICE: (90, 82, 0),
    Column.DISCOUNT: (80, 78, 78),
    Column.PRICE: (84, 72, 70),
    Column.VAT: (84, 58, 0),
    Column.AMOUNT: (96, 88, 86),
}
"""The width of each column in a wide, a usual and a narrow grid; the description has the rest. Where there is no room
list price and VAT go first: both stand in the tooltip of the price."""
_WIDE, _USUAL = 940, 700
_NEXT_ON_ENTER = {Column.PRODUCT: Column.QUANTITY}
_TYPED = (
    Column.PRODUCT,
    Column.DESCRIPTION,
    Column.QUANTITY,
    Column.UNIT,
    Column.DISCOUNT,
    Column.PRICE,
)


class LinesView(QTableView):
    """Item → Enter → quantity → Enter → next line. A row is left when the cursor goes to another row, or out.

    Signals:
        current_row_changed: The cursor is on another row, or the row it is on looks different.
        escaped: Esc with nothing left to take back.
    """

    current_row_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_key: str | None = None
        self._step_of_widths: int | None = None
        self.setObjectName("lines")
        self.setAccessibleName(self.tr("Order lines"))
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)

    def show_lines(self, model: LinesModel) -> None:
        """Edit the lines of another order; the former one's rows have been left with `leave`."""
        self.show_nothing()
        self.setModel(model)
        self._step_of_widths = None
        model.is_current = self._is_current
        model.line_started.connect(self._on_line_started)
        model.dataChanged.connect(self._on_data_changed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(28)
        self._fit()
        header.setSectionResizeMode(Column.STATE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.DESCRIPTION, QHeaderView.ResizeMode.Stretch)

    def show_nothing(self) -> None:
        """Let go of the model."""
        self._on_key = None
        former = self.selectionModel()
        self.setModel(None)
        if former is not None:
            former.deleteLater()

    @property
    def lines(self) -> LinesModel | None:
        """The model, where an order is shown."""
        model = self.model()
        return model if isinstance(model, LinesModel) else None

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
        editor = self.indexWidget(self.currentIndex()) or QApplication.focusWidget()
        if editor is not None and self.isAncestorOf(editor) and self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)
        key = self._on_key or key
        if key is not None:
            lines.session.leave(key)

    def start_line(self) -> None:
        """Put the cursor where a new line is typed."""
        lines = self.lines
        if lines is not None and lines.rowCount():
            self.setFocus()
            self._go(lines.rowCount() - 1, Column.PRODUCT)

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
                self.setColumnWidth(column, width)

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
        """The keys of screens.md."""
        lines, index = self.lines, self.currentIndex()
        if lines is None or not index.isValid():
            super().keyPressEvent(event)
            return
        key, modifiers = event.key(), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._advance()
        elif key == Qt.Key.Key_Tab and not control:
            self._step(1)
        elif key == Qt.Key.Key_Backtab:
            self._step(-1)
        elif key == Qt.Key.Key_Escape and self.current_key is not None:
            lines.session.revert(self.current_key)
        elif control and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_current()
        elif key == Qt.Key.Key_Delete and not modifiers:
            lines.setData(index, "")
        elif key == Qt.Key.Key_F8:
            self._copy_above(index)
        elif control and key == Qt.Key.Key_D:
            self._copy_line()
        elif event.matches(QKeySequence.StandardKey.Refresh):
            lines.session.refresh()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def remove_current(self) -> None:
        """Take the current line away; the cursor stays where it was."""
        lines, key = self.lines, self.current_key
        if lines is None or key is None or not lines.session.order.editable:
            return
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self._on_key = None
        lines.session.remove(key)
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

    def _copy_line(self) -> None:
        lines, key = self.lines, self.current_key
        if lines is None or key is None or not lines.session.order.editable:
            return
        line = lines.session.row(key).line
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

    def _on_data_changed(self) -> None:
        self.current_row_changed.emit()

    def _leave_if_away(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self and not self.isAncestorOf(focused):
            self.leave()
