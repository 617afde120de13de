"""How a cell of the line grid is edited. The grid paints its rows itself (`app.ui.orders.row_painter`)."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.domain.pasted_text import is_table
from app.ui.orders.cell_look import SPANNED
from app.ui.orders.columns import NUMERIC, Column
from app.ui.orders.lines_model import LOOK_ROLE
from app.ui.orders.product_editor import ProductEditor
from app.ui.orders.text_editor import TextEditor
from app.ui.orders.unit_editor import UnitEditor

Index = QModelIndex | QPersistentModelIndex

_LONGEST_TEXT = 2_000
"""Characters a cell takes: a pasted megabyte is cut, and the ERP says what it thinks of the rest."""


class LineDelegate(QStyledItemDelegate):
    """Edits as plain text.

    Signals:
        typed: Something else stands in the open editor.
        rows_pasted: Paste was pressed in an editor, and the clipboard holds more than a cell takes.
    """

    typed = Signal()
    rows_pasted = Signal()

    def __init__(
        self,
        make_product_editor: Callable[[QWidget], ProductEditor],
        make_unit_editor: Callable[[QWidget, int], UnitEditor],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_product_editor = make_product_editor
        self._make_unit_editor = make_unit_editor

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A plain line edit; for an item and a unit one with proposals."""
        del option
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        if index.data(LOOK_ROLE).spans:
            text = TextEditor(parent)
            text.setAccessibleName(str(title))
            text.textChanged.connect(self.typed)
            return text
        if index.column() == Column.PRODUCT:
            editor: QLineEdit = self._make_product_editor(parent)
        elif index.column() == Column.UNIT:
            editor = self._make_unit_editor(parent, index.row())
        else:
            editor = QLineEdit(parent)
            if index.column() in NUMERIC:
                editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setMaxLength(_LONGEST_TEXT)
        editor.setFrame(False)
        editor.setObjectName("cellEditor")
        editor.setAccessibleName(str(title))
        editor.textChanged.connect(self.typed)
        if isinstance(editor, ProductEditor | UnitEditor):
            editor.taken.connect(lambda: self._take(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Fill the editor once. An answer of the ERP never overwrites what is being typed."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()
        elif isinstance(editor, TextEditor) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """What was chosen, or the text as it was typed."""
        if isinstance(editor, ProductEditor | UnitEditor):
            editor.settle()
            model.setData(index, editor.chosen or editor.text())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
        elif isinstance(editor, TextEditor):
            model.setData(index, editor.toPlainText()[:_LONGEST_TEXT])

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """No proposal is wanted any more."""
        if isinstance(editor, ProductEditor | UnitEditor):
            editor.stop()
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """The editor covers its cell; that of a line of text, its row."""
        del index
        if isinstance(editor, TextEditor):
            editor.cover(_across(option))
        else:
            editor.setGeometry(QRect(option.rect).adjusted(1, 1, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter ends the editing at once.

        Qt's own delegate does so by a posted event, which a fast typist's or a bar code reader's next key overtakes.
        """
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QLineEdit | TextEditor)
        ):
            if isinstance(watched, TextEditor) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return event.key() == Qt.Key.Key_Backtab and super().eventFilter(watched, event)
            hints = QStyledItemDelegate.EndEditHint
            hint = {
                Qt.Key.Key_Return: hints.SubmitModelCache,
                Qt.Key.Key_Enter: hints.SubmitModelCache,
                Qt.Key.Key_Tab: hints.EditNextItem,
                Qt.Key.Key_Backtab: hints.EditPreviousItem,
            }.get(Qt.Key(event.key()))
            if hint is not None:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, hint)
                return True
            is_paste = event.matches(QKeySequence.StandardKey.Paste) and not isinstance(watched, TextEditor)
            if is_paste and is_table(QGuiApplication.clipboard().text()):
                self.rows_pasted.emit()
                return True
            if (
                isinstance(watched, ProductEditor | UnitEditor)
                and watched.has_proposals
                and event.key() == Qt.Key.Key_Escape
            ):
                return False  # the first Esc closes the proposals only
        return super().eventFilter(watched, event)

    def _take(self, editor: ProductEditor | UnitEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.SubmitModelCache)


def _across(option: QStyleOptionViewItem) -> QRect:
    """The cells of the row that ``option`` is of, from the item to the amount."""
    rect, grid = QRect(option.rect), option.widget
    if isinstance(grid, QTableView):
        rect.setLeft(grid.columnViewportPosition(SPANNED[0]))
        rect.setRight(grid.columnViewportPosition(Column.AMOUNT) - 1)
    return rect
