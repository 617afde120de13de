"""A message in place: what happened, what was kept, what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.ports.errors import Question, SystemFault
from app.ui.messages import message_for
from app.ui.theme import Space, Tone, Type
from app.ui.widgets.buttons import Button, IconButton, IconView
from app.ui.widgets.flow_layout import flow
from app.ui.widgets.layouts import drop, take_widgets
from app.ui.widgets.text import Label, restyle


class MessageKind(StrEnum):
    """What sort of message it is."""

    INFO = "info"
    DONE = "done"
    WARN = "warn"
    ERROR = "error"
    QUESTION = "question"


_LOOK: dict[MessageKind, tuple[Tone, str, str]] = {
    MessageKind.INFO: (Tone.ACCENT, "info", "accent_text"),
    MessageKind.DONE: (Tone.SUCCESS, "check", "success"),
    MessageKind.WARN: (Tone.WARNING, "alert", "warning"),
    MessageKind.ERROR: (Tone.DANGER, "error", "danger"),
    MessageKind.QUESTION: (Tone.WARNING, "question", "warning"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a message."""

    label: str
    run: Callable[[], object]
    look: str = ""


class MessageBar(QFrame):
    """Hidden until `show_message`; takes its own room, so nothing is covered and no focus is taken.

    Signals:
        dismissed: The user closed it.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("frame", "message")
        self._closable = closable
        self._is_made = False
        self._faces: tuple[tuple[str, str], ...] = ()
        self._buttons: list[Button] = []
        self.hide()

    def _make(self) -> None:
        """Make what is in it: most of them never say anything."""
        self._is_made = True
        self._icon = IconView("info")
        self._what = Label(step=Type.STRONG, wrap=True, selectable=True)
        self._words = Label(wrap=True, selectable=True)
        self._rest = Label(ink="muted", wrap=True)
        self._details = Label(step=Type.CAPTION, ink="muted", wrap=True, selectable=True)
        self._fold = Button(look="link", on_click=self._toggle, parent=self)
        self._actions, self._row = flow(gap=Space.S)
        self._close = IconButton("close", self.tr("Dismiss"), size=14)
        self._close.clicked.connect(self._dismiss)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        for part in (self._what, self._words, self._rest, self._details, self._actions):
            column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S + 2, Space.S, Space.S + 2)
        row.setSpacing(Space.S + 2)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def show_fault(
        self, fault: SystemFault, kind: SystemKind, *, kept: str = "", actions: Sequence[Action] = ()
    ) -> None:
        """Say what went wrong between us and a system; ``kept`` says what the user does not lose by it."""
        message = message_for(fault, kind)
        self.show_message(
            MessageKind.QUESTION if isinstance(fault, Question) else MessageKind.ERROR,
            message.what,
            words=message.words,
            rest=" ".join(part for part in (kept, message.to_do) if part),
            details=message.details,
            actions=actions,
        )

    def show_message(
        self,
        kind: MessageKind,
        what: str,
        *,
        words: str = "",
        rest: str = "",
        details: str = "",
        actions: Sequence[Action] = (),
    ) -> None:
        """Show ``what`` happened.

        Args:
            words: A system's own words, which are shown as a quotation.
            rest: What was kept and what to do.
            details: For support; folded.
        """
        if not self._is_made:
            self._make()
        tone, picture, role = _LOOK[kind]
        restyle(self, "tone", tone.value)
        self._icon.set_icon(picture, role)
        for label, text in (
            (self._what, what),
            (self._words, self.tr("“{words}”").format(words=words) if words else ""),
            (self._rest, rest),
            (self._details, details),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._details.hide()
        self._close.setVisible(self._closable)
        self._close.set_label(self.tr("Dismiss"))
        self._set_actions(actions, with_details=bool(details))
        self.setAccessibleName(what)
        self.setAccessibleDescription(f"{words} {rest}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing any more."""
        self.hide()

    @property
    def has_keyboard(self) -> bool:
        """The keyboard is on something in it."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def take_keyboard(self) -> bool:
        """Put the keyboard on the first thing that can be done; whether there is one."""
        if self.isHidden() or not self._buttons:
            return False
        self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def text(self) -> str:
        """Everything it says now, for tests and for copying; empty while it says nothing."""
        if self.isHidden():
            return ""
        return "\n".join(label.text() for label in (self._what, self._words, self._rest) if label.text())

    def _set_actions(self, actions: Sequence[Action], *, with_details: bool) -> None:
        faces = tuple((action.label, action.look) for action in actions)
        if faces == self._faces:
            # Said again: the buttons stay, and with them the keyboard where it is on one.
            for button, action in zip(self._buttons, actions, strict=True):
                button.set_on_click(action.run)
        else:
            self._row.removeWidget(self._fold)
            had_keyboard = any(button.hasFocus() for button in self._buttons)
            old = take_widgets(self._row)
            self._faces = faces
            self._buttons = [Button(action.label, action.look, on_click=action.run) for action in actions]
            for button in self._buttons:
                self._row.addWidget(button)
                button.show()  # else the layout does it a turn of the loop later, and it could not have the keyboard
            if had_keyboard:
                self.take_keyboard()
            drop(old)
        self._fold.setVisible(with_details)
        self._fold.setText(self.tr("Details"))
        if with_details:
            self._row.removeWidget(self._fold)
            self._row.addWidget(self._fold)
        self._actions.setVisible(bool(actions) or with_details)

    def _toggle(self) -> None:
        shown = self._details.isHidden()
        self._details.setVisible(shown)
        self._fold.setText(self.tr("Hide details") if shown else self.tr("Details"))

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
