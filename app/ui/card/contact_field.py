"""A phone number or an e-mail address: opened by its own program, and corrected where it stands."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.domain.contacts import ContactField
from app.domain.text import one_line
from app.ui.card.contact_texts import field_text
from app.ui.card.links import LinkButton, mail_url, tel_url
from app.ui.widgets import Button, IconButton, set_tip

translate = QCoreApplication.translate

_PICTURES = {ContactField.PHONE: "phone", ContactField.MOBILE: "mobile", ContactField.EMAIL: "mail"}
_MOST = 100
_PENCIL = 20
_LEAST, _WIDEST, _AROUND = 130, 260, 28
_ICON = 12


def url_of(field: ContactField, value: str) -> QUrl | None:
    """What opens it, or None where it names nothing that can be opened."""
    return mail_url(value) if field is ContactField.EMAIL else tel_url(value)


class _Editor(QLineEdit):
    """Enter, and going elsewhere, takes what is typed; Esc takes it back."""

    taken = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """See QWidget."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """A menu of its own and another window do not take it."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.taken.emit()


class ContactFieldView(QWidget):
    """Read like a link. F2, the pencil and the menu open it for typing, if the user may correct it.

    Args:
        keeps_room: The pencil, which is seen under the mouse, has its room also when it is not.

    Attributes:
        link: What is read, or what offers to add it.

    Signals:
        corrected: The value that it shall have, as a text; never the one that it has.
        closed: Nothing is typed in it any more.
    """

    corrected = Signal(str)
    closed = Signal()

    def __init__(self, field: ContactField, *, keeps_room: bool = False) -> None:
        super().__init__()
        self.field = field
        self._value, self._whose = "", ""
        self._typed: str | None = None
        self._can_set = False
        self._keeps_room = keeps_room
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._editor: _Editor | None = None
        self._read = LinkButton(_PICTURES[field])
        self._add: Button | None = None
        self.link: Button = self._read
        self._row.addWidget(self._read)
        self._row.addStretch(1)
        self._pencil: IconButton | None = None

    def show_value(
        self,
        value: str,
        name: str,
        *,
        can_set: bool,
        is_under_way: bool,
        whose: str = "",
        typed: str | None = None,
    ) -> None:
        """Show this one. Nothing is typed in it.

        Args:
            name: What the link does, for the tooltip and the screen reader.
            is_under_way: ``value`` is on its way to the CRM.
            whose: Whose it is; empty for the company's.
            typed: What was typed and the CRM did not take: it is typed on.
        """
        self._value, self._typed, self._whose = value, typed, whose
        self._can_set = can_set and not is_under_way
        if value:
            acts = ((self._correct_words, self.edit),) if self._can_set else ()
            self._read.show_link(f"{value} …" if is_under_way else value, url_of(self.field, value), name, acts)
            if is_under_way:
                set_tip(self._read, translate("ContactFields", "On its way to the CRM"))
            self.link = self._read
        else:
            self.link = self._adder()
        self._read.setVisible(self.link is self._read)
        if self._add is not None:
            self._add.setVisible(self.link is self._add)
        if self._keeps_room and self._pencil is None:  # it is made when it is first seen
            self._row.setContentsMargins(0, 0, _PENCIL if self._can_set else 0, 0)
        self._show_pencil()
        self.show()

    def _adder(self) -> Button:
        if self._add is None:
            self._add = Button(look="link", picture=_PICTURES[self.field], on_click=self.edit)
            self._row.insertWidget(0, self._add)
        words = translate("ContactFields", "Add {field}")
        self._add.setText(words.replace("{field}", field_text(self.field).lower()))
        return self._add

    @property
    def _correct_words(self) -> str:
        words = translate("ContactFields", "Correct {field} (F2)")
        return words.replace("{field}", field_text(self.field).lower())

    @property
    def is_editing(self) -> bool:
        """Something is typed in it."""
        return self._editor is not None

    def edit(self) -> None:
        """Open it for typing."""
        if not self._can_set or self._editor is not None:
            return
        self._editor = editor = _Editor(self._value if self._typed is None else self._typed)
        editor.setMaxLength(_MOST)
        room = editor.fontMetrics().horizontalAdvance(editor.text()) + _AROUND
        # The company's is as wide as its card; in a line of several it has the room that its text needs.
        editor.setMinimumWidth(min(max(room, _LEAST), _WIDEST) if self._keeps_room else 0)
        editor.setAccessibleName(", ".join(filter(None, (field_text(self.field), self._whose))))
        editor.selectAll()
        editor.taken.connect(self._take)
        editor.left.connect(self._leave)
        self.link.hide()
        self._show_pencil()
        self._row.insertWidget(0, editor, 1)
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """F2 opens it."""
        if event.key() == Qt.Key.Key_F2 and self._can_set:
            self.edit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """The pencil is there where the mouse is."""
        super().enterEvent(event)
        self._show_pencil()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().leaveEvent(event)
        self._show_pencil()

    def _show_pencil(self) -> None:
        is_wanted = self._can_set and bool(self._value) and self._editor is None and self.underMouse()
        if is_wanted and self._pencil is None:
            self._pencil = pencil = IconButton("pencil", self._correct_words, role="faint", size=_ICON)
            pencil.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F2 is on the link itself
            pencil.setFixedSize(_PENCIL, _PENCIL)
            pencil.clicked.connect(self.edit)
            self._row.insertWidget(self._row.indexOf(self._read) + 1, pencil)
            self._row.setContentsMargins(0, 0, 0, 0)
            policy = pencil.sizePolicy()
            policy.setRetainSizeWhenHidden(self._keeps_room)
            pencil.setSizePolicy(policy)
        if self._pencil is not None:
            self._pencil.setVisible(is_wanted)

    def _take(self) -> None:
        if (editor := self._editor) is None:
            return
        value = one_line(editor.text())
        self._close()
        if value != self._value:
            self.corrected.emit(value)
        self.closed.emit()

    def _leave(self) -> None:
        self._close()
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _close(self) -> None:
        editor, self._editor = self._editor, None  # before it loses the keyboard, which would take it once more
        if editor is not None:
            had_keyboard = editor.hasFocus()
            self._row.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
            self.link.show()
            self._show_pencil()
            if had_keyboard:
                self.link.setFocus(Qt.FocusReason.OtherFocusReason)
