"""How a cell of the line grid is painted and edited."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.services.order_rows import RowStatus
from app.ui.orders.columns import NUMERIC, Column
from app.ui.orders.lines_model import MANUAL_ROLE, MUTED_ROLE, REMOVED_ROLE, STATUS_ROLE, WRONG_ROLE
from app.ui.orders.product_editor import ProductEditor
from app.ui.theme import colour, tabular

Index = QModelIndex | QPersistentModelIndex

_LONGEST_TEXT = 2_000
"""Characters a cell takes: a pasted megabyte is cut, and the ERP says what it thinks of the rest."""

STATUS_COLOUR = {
    RowStatus.STORED: "success",
    RowStatus.TYPING: "accent_text",
    RowStatus.PENDING: "muted",
    RowStatus.SENDING: "accent_text",
    RowStatus.CHECKING: "warning",
    RowStatus.REFUSED: "danger",
    RowStatus.COLLIDES: "warning",
}


class LineDelegate(QStyledItemDelegate):
    """Paints a row's state by sign and colour, and edits as plain text."""

    def __init__(self, make_product_editor: Callable[[QWidget], ProductEditor], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_product_editor = make_product_editor

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """The colours of the row's state and of the cell's own."""
        super().initStyleOption(option, index)
        column = index.column()
        palette = option.palette
        name = "text"
        if column == Column.STATE:
            status = index.data(STATUS_ROLE)
            name = STATUS_COLOUR.get(status, "faint")
            option.displayAlignment = Qt.AlignmentFlag.AlignCenter
        elif index.data(WRONG_ROLE):
            name = "danger"
        elif index.data(MANUAL_ROLE):
            name = "accent_text"
            option.font.setItalic(True)
        elif index.data(MUTED_ROLE):
            name = "faint" if index.data(STATUS_ROLE) is None else "muted"
        if index.data(REMOVED_ROLE):
            name = "faint"
            option.font.setStrikeOut(True)
        if column in NUMERIC:
            option.font = tabular(option.font)
        tint = colour(name)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            palette.setColor(role, tint)
        option.palette = palette

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, a red ground where it cannot be sent, and a ring around the current one."""
        state = option.state
        # The ground of a selected row is painted here: the style sheet's would take the cell's own colours away.
        option.state = state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("selected"))
        if index.data(WRONG_ROLE):
            ground = QColor(colour("danger"))
            ground.setAlpha(28)
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A plain line edit; for an item one with proposals."""
        del option
        if index.column() == Column.PRODUCT:
            editor: QLineEdit = self._make_product_editor(parent)
        else:
            editor = QLineEdit(parent)
            if index.column() in NUMERIC:
                editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setMaxLength(_LONGEST_TEXT)
        editor.setFrame(False)
        editor.setObjectName("cellEditor")
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(title))
        if isinstance(editor, ProductEditor):
            editor.taken.connect(lambda: self._take(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Fill the editor once. An answer of the ERP never overwrites what is being typed."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """What was chosen, or the text as it was typed."""
        if isinstance(editor, ProductEditor):
            editor.settle()
            model.setData(index, editor.chosen or editor.text())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """No proposal is wanted any more."""
        if isinstance(editor, ProductEditor):
            editor.stop()
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """The editor covers its cell."""
        del index
        editor.setGeometry(QRect(option.rect).adjusted(1, 1, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter ends the editing at once.

        Qt's own delegate does so by a posted event, which a fast typist's or a bar code reader's next key overtakes.
        """
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
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
            if isinstance(watched, ProductEditor) and watched.has_proposals and event.key() == Qt.Key.Key_Escape:
                return False  # the first Esc closes the proposals only
        return super().eventFilter(watched, event)

    def _take(self, editor: ProductEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.SubmitModelCache)
