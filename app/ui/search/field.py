"""The search field in the top bar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.search import ContactSearch, Match
from app.ui.theme import icon

if TYPE_CHECKING:
    from app.ui.search.popup import SearchPopup

_PAGE = 8
_WIDEST = 640


class SearchField(QLineEdit):
    """Finds customers as one types; ↑ ↓ Enter Esc work in the rows below it.

    Signals:
        chosen: The `Match` to open.
    """

    chosen = Signal(object)

    def __init__(self, search: ContactSearch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._popup: SearchPopup | None = None
        self._opens_first = False  # Enter was pressed before the answer: the likeliest is opened when it is there
        self._has_moved = False
        self.setProperty("look", "search")
        self.setMinimumWidth(180)
        self.setMaximumWidth(520)
        self._picture = self.addAction(icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self._on_edited)
        search.listen(self._on_found)
        self.retranslate()

    @property
    def popup(self) -> "SearchPopup | None":
        """The rows; None before they were shown for the first time."""
        return self._popup

    def start(self) -> None:
        """Take the keyboard; what stands here is selected, so that typing replaces it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def ask(self) -> None:
        """The same, because the user wants to find something: what is within reach stands below before he types."""
        self.start()
        self._search.suggest()
        if self._search.matches:
            self._open()

    def retranslate(self) -> None:
        """Set the texts."""
        keys = QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_K).toString(QKeySequence.SequenceFormat.NativeText)
        self.setPlaceholderText(self.tr("Search customers, people, orders, products   {keys}").format(keys=keys))
        self.setAccessibleName(self.tr("Search customers, people, orders, products"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._picture.setIcon(icon("search", "faint"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the rows; all others are the field's."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _PAGE,
            Qt.Key.Key_PageUp: -_PAGE,
        }.get(Qt.Key(event.key()))
        if steps is not None:
            if self._is_open():
                self._has_moved = True
                self._rows().step(steps)
            else:
                self._open()
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_Escape if self._is_open():
                self._close()
            case Qt.Key.Key_Escape:
                self.clear()
                self._on_edited("")
                self._close()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().focusInEvent(event)
        if self.text().strip() and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._open()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The rows close with the focus, except while another program is in front."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the rows under the field when the window changes its size."""
        if event.type() is QEvent.Type.Resize and watched is self.window():
            self._place()
        return super().eventFilter(watched, event)

    def _on_edited(self, text: str) -> None:
        self._opens_first = self._has_moved = False
        self._open()
        self._search.type(text)
        if self._popup is not None:
            self._popup.show_state(self._search, stay=False)

    def _on_found(self) -> None:
        if self._popup is not None and self._is_open():
            self._popup.show_state(self._search, stay=self._has_moved)
        if self._opens_first:
            self._enter()

    def _enter(self) -> None:
        """Open the row under the cursor. While answers are on their way only a sure one is taken."""
        matches = self._search.matches
        current = self._popup.current if self._popup is not None and self._is_open() else None
        text = self.text().strip()
        is_exact = bool(text and matches) and matches[0].number == text
        if not text and current is None:
            self.ask()
        elif current is not None and self._has_moved:
            self._choose(current)
        elif is_exact:
            self._choose(matches[0])
        elif matches and not self._search.is_searching:
            self._choose(current or matches[0])
        else:
            self._opens_first = self._search.is_searching
            self._open()

    def _choose(self, match: Match) -> None:
        self._opens_first = False
        self._close()
        self.clear()
        self._search.type("")
        self.chosen.emit(match)

    def _is_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _rows(self) -> "SearchPopup":
        if self._popup is None:
            # Imported here, so that the window is seen before anybody can have typed.
            from app.ui.search.popup import SearchPopup

            self._popup = SearchPopup(self.window())
            self._popup.chosen.connect(self._choose)
            self.window().installEventFilter(self)
        return self._popup

    def _open(self) -> None:
        rows = self._rows()
        self._place()
        rows.show_state(self._search, stay=self._has_moved)
        rows.show()
        rows.raise_()

    def _close(self) -> None:
        self._opens_first = False
        if self._popup is not None:
            self._popup.hide()

    def _place(self) -> None:
        if self._popup is not None:
            corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
            width = min(max(self.width(), _WIDEST), self.window().width() - corner.x() - 8)
            self._popup.setGeometry(corner.x(), corner.y(), width, self._popup.height())
            self._popup.adjust()
