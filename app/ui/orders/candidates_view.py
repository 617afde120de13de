"""The list in which lines of earlier orders are ticked and given quantities, by keyboard alone."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.orders.candidates_model import (
    CHOSEN_ROLE,
    NOTE_ROLE,
    WORDS_ROLE,
    WRONG_ROLE,
    CandidateColumn,
    CandidatesModel,
    Index,
)
from app.ui.orders.reuse_texts import Note, note_words
from app.ui.theme import Space, Type, colour, colours, font, pixmap, tabular

_ROW = 44
_BOX = 16
_LONGEST_QUANTITY = 40
_Column = CandidateColumn


class CandidatesView(QTableView):
    """Space ticks, a figure is the quantity, Ctrl+A ticks all, Enter takes what is ticked.

    Signals:
        accepted: Enter: the user has ticked what he wants.
        left: Esc, or up from the first line: back to where one looks for them.
    """

    accepted = Signal()
    left = Signal()

    def __init__(self, model: CandidatesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates = model
        self.setModel(model)
        self.setItemDelegate(_CandidateDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(28)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_Column.LINE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_Column.TICK, 36), (_Column.QUANTITY, 84), (_Column.UNIT, 56)):
            self.setColumnWidth(column, width)
        self.clicked.connect(self._on_clicked)

    def start(self) -> None:
        """Take the keyboard; the cursor is on the first line unless it is on one already."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid():
            self.go_to(0)

    def go_to(self, row: int) -> None:
        """Put the cursor on a line: on its quantity, which is what one types."""
        if 0 <= row < self._candidates.rowCount():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._candidates.index(row, _Column.QUANTITY), flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """See the class."""
        key, row = event.key(), self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and row <= 0):
            self.left.emit()
        elif key == Qt.Key.Key_Space and row >= 0:
            self._candidates.toggle(row)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._candidates.toggle_all()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            pass  # there is nothing beside the quantity
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """After Enter the cursor is on the next line."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        if hint == hints.SubmitModelCache:
            self.go_to(min(self.currentIndex().row() + 1, self._candidates.rowCount() - 1))
        self.setFocus()

    def _on_clicked(self, index: Index) -> None:
        if index.column() == _Column.LINE:
            self._candidates.toggle(index.row())
        self.go_to(index.row())


class _CandidateDelegate(QStyledItemDelegate):
    """A tick, the line with what is known about it below, and a quantity to type in."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """All rows are alike."""
        return QSize(60, _ROW)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """What is not ticked is quiet; what cannot be sent is red."""
        super().initStyleOption(option, index)
        if index.column() == _Column.QUANTITY:
            option.font = tabular(option.font)
        ink = colour("danger" if index.data(WRONG_ROLE) else _ink(index))
        for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
            option.palette.setColor(role, ink)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See the class."""
        state = option.state
        option.state = state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("selected"))
        if index.column() == _Column.TICK:
            _paint_tick(painter, option.rect, is_on=bool(index.data(CHOSEN_ROLE)))
        elif index.column() == _Column.LINE:
            _paint_line(painter, option, index)
        else:
            super().paint(painter, option, index)
        if index.column() == _Column.QUANTITY and state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(2, 7, -2, -7))
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A plain line edit."""
        del option
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setMaxLength(_LONGEST_QUANTITY)
        editor.setFrame(False)
        editor.setObjectName("cellEditor")
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Fill the editor once."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """The text as it was typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """In the middle of its cell."""
        del index
        editor.setGeometry(QRect(option.rect).adjusted(3, 8, -3, -8))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter and the arrows end the editing at once, before the next key comes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            hints = QStyledItemDelegate.EndEditHint
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, hints.SubmitModelCache)
                return True
        return super().eventFilter(watched, event)


def _ink(index: Index) -> str:
    return "text" if index.data(CHOSEN_ROLE) else "muted"


def _paint_tick(painter: QPainter, cell: QRect, *, is_on: bool) -> None:
    box = QRect(0, 0, _BOX, _BOX)
    box.moveCenter(cell.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("accent" if is_on else "strong_border"), 1))
    painter.setBrush(colour("accent" if is_on else "surface"))
    painter.drawRoundedRect(box, 4, 4)
    if is_on:
        painter.drawPixmap(box.adjusted(2, 2, -2, -2), pixmap("check", "on_accent", _BOX - 4))
    painter.restore()


def _paint_line(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    area = option.rect.adjusted(Space.XS, 5, -Space.S, -5)
    title, words, note = str(index.data()), str(index.data(WORDS_ROLE)), index.data(NOTE_ROLE)
    upper = QRect(area.x(), area.y(), area.width(), area.height() // 2)
    if not words:
        upper = area
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if note is not None:
        upper.setRight(_paint_note(painter, upper, Note(note)) - Space.S)
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(font(Type.STRONG if index.data(CHOSEN_ROLE) else Type.BODY))
    painter.setPen(colour("danger" if index.data(WRONG_ROLE) else _ink(index)))
    painter.drawText(upper, middle, painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, upper.width()))
    if words:
        lower = QRect(area.x(), area.y() + area.height() // 2, area.width(), area.height() - area.height() // 2)
        painter.setFont(font(Type.CAPTION))
        painter.setPen(colour("muted"))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, middle, shown)
    painter.restore()


def _paint_note(painter: QPainter, row: QRect, note: Note) -> int:
    """The words on their soft ground at the right end; where they begin."""
    words, tone = note_words(note)
    ink, ground = colours().tone(tone)
    small = font(Type.CAPTION)
    metrics = QFontMetrics(small)
    width = metrics.horizontalAdvance(words) + 14
    box = QRect(row.right() - width, row.center().y() - metrics.height() // 2 - 1, width, metrics.height() + 2)
    painter.setFont(small)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(QColor(ink))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
    return box.left()
