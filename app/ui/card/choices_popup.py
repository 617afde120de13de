"""The values of a category that can have several: mark some, narrow the list by typing, and take them all at once."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.parties import Choice
from app.domain.text import fold
from app.ui.theme import Space, Type
from app.ui.widgets import Label, announce_row

_WIDTH = 260
_ROW = 28
_MOST_ROWS = 10
_ID = Qt.ItemDataRole.UserRole


class ChoicesPopup(QFrame):
    """Space marks, Enter takes what is marked, Esc takes back; a click elsewhere takes it too. Typing narrows, and
    Enter then marks the one that is found.

    Signals:
        taken: A tuple of the marked `Choice`s, in the CRM's order; only where they are others than before.
        left: It is closed.
    """

    taken = Signal(object)
    left = Signal()

    def __init__(self, title: str, words: str, chosen: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("frame", "popup")
        self.setAccessibleName(title)
        self._choices: Sequence[Choice] = ()
        self._chosen = chosen
        self._before = frozenset(choice.id for choice in chosen)
        self._marked = set(self._before)
        self._is_taken_back = False
        self.field = QLineEdit()
        self.field.setProperty("look", "search")
        self.field.setPlaceholderText(title)
        self.field.setAccessibleName(title)
        self.field.textEdited.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("ground", "raised")
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._toggle)
        self.list.currentRowChanged.connect(lambda _row: self._say())
        self._note = Label(words, Type.CAPTION, "faint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.setSpacing(Space.XS)
        for widget in (self.field, self.list, self._note):
            column.addWidget(widget)
        self.setFixedWidth(_WIDTH)
        self.list.setFixedHeight(_ROW)

    def open_at(self, place: QPoint) -> None:
        """Show it with its upper left corner here, or as near as the screen allows; the keyboard goes there."""
        area = self.screen().availableGeometry()
        self.adjustSize()
        self.move(min(place.x(), area.right() - self.width()), min(place.y(), area.bottom() - self.height()))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_choices(self, choices: Sequence[Choice], words: str) -> None:
        """Show what there is to choose from; ``words`` say how."""
        offered = {choice.id for choice in choices}
        # What it has and cannot be chosen any more stays, unless the mark is taken away.
        self._choices = (*choices, *(choice for choice in self._chosen if choice.id not in offered))
        self._note.setText(words)
        self._narrow()
        self.list.setFixedHeight(_ROW * max(1, min(len(self._choices), _MOST_ROWS)) + 2)
        self.open_at(self.pos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The list's keys are pressed in the field, which keeps the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """However it is closed, except by Esc, what is marked is what is meant."""
        super().hideEvent(event)
        self.left.emit()
        marked = tuple(choice for choice in self._choices if choice.id in self._marked)
        if not self._is_taken_back and self._choices and frozenset(self._marked) != self._before:
            self._is_taken_back = True  # told once
            self.taken.emit(marked)

    def _on_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self._is_taken_back = True
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.field.text():
                if (item := self.list.currentItem()) is not None:
                    self._toggle(item)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.close()
            case Qt.Key.Key_Space if not self.field.text() and (item := self.list.currentItem()) is not None:
                self._toggle(item)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = self.list.currentRow() + step
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
            case _:
                return False
        return True

    def _narrow(self) -> None:
        words = fold(self.field.text()).split()
        self.list.clear()
        for choice in self._choices:
            if all(word in fold(choice.label) for word in words):
                item = QListWidgetItem(choice.label, self.list)
                item.setData(_ID, choice.id)
                item.setSizeHint(QSize(0, _ROW))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self._show_mark(item)
        self.list.setCurrentRow(0)

    def _toggle(self, item: QListWidgetItem) -> None:
        self._marked ^= {item.data(_ID)}
        self._show_mark(item)
        self._say()
        if self.field.text():
            # The next one is looked for from the beginning.
            self.field.clear()
            self._narrow()

    def _say(self) -> None:
        announce_row(self.field, self.list.currentIndex())

    def _show_mark(self, item: QListWidgetItem) -> None:
        is_marked = item.data(_ID) in self._marked
        item.setCheckState(Qt.CheckState.Checked if is_marked else Qt.CheckState.Unchecked)
