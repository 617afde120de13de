"""A part of the card: it loads, fails and ages by itself, and says which system it is from."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.ports.errors import NotSignedIn
from app.services.card import CustomerCard, Part, PartName, PartStatus
from app.ui.formats import Formats
from app.ui.messages import system_name
from app.ui.widgets import Action, BusyLine, Card, Label, MessageBar


def source_note(part: Part[Any], formats: Formats) -> str:
    """ "ERP · 2 min ago": where the figures are from and how old they are."""
    name = system_name(part.source)
    return f"{name} · {formats.age(part.read_at)}" if part.read_at is not None else name


class PartCard(Card):
    """Shows one part. What it says is kept while it is read again, and when that fails.

    Subclasses implement `title`, `absent_text` and `show_value`.
    """

    def __init__(
        self,
        card: CustomerCard,
        part: PartName,
        formats: Formats,
        on_sign_in: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.card = card
        self.formats = formats
        self.name = part
        self._on_sign_in = on_sign_in
        self._busy = BusyLine()
        self._note = Label(ink="faint", wrap=True)
        self._message = MessageBar()
        self.content = QWidget()
        self.body.addWidget(self._busy)
        self.body.addWidget(self._message)
        self.body.addWidget(self._note)
        self.body.addWidget(self.content)
        self.body.addStretch(1)

    def title(self) -> str:
        """The heading."""
        raise NotImplementedError

    def absent_text(self) -> str:
        """What stands here when the system has no such thing for this customer."""
        raise NotImplementedError

    def show_value(self, value: Any) -> bool:
        """Show what was read; False where there is nothing in it, so that `absent_text` stands instead."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the part as it is now."""
        part = self.card.part(self.name)
        self._busy.set_busy(part.status is PartStatus.LOADING, self.tr("Loading"))
        has_value = part.value is not None and self.show_value(part.value)
        self.content.setVisible(has_value)
        match part.status:
            case PartStatus.WAITING | PartStatus.LOADING if part.value is None:
                text = "…"
            case PartStatus.FAILED if part.value is None:
                text = ""
            case _:
                text = "" if has_value else self.absent_text()
        self._note.setText(text)
        self._note.setVisible(bool(text))
        if part.status is PartStatus.FAILED and part.fault is not None:
            kept = self.tr("What is shown is from before.") if has_value else ""
            if isinstance(part.fault, NotSignedIn):
                action = Action(self.tr("Sign in…"), self._on_sign_in)
            else:
                action = Action(self.tr("Try again"), lambda: self.card.reload(self.name))
            self._message.show_fault(part.fault, part.source, kept=kept, actions=(action,))
        else:
            self._message.clear()
        self.refresh_age()

    def refresh_age(self) -> None:
        """Time has passed."""
        part = self.card.part(self.name)
        self.header.set_note(source_note(part, self.formats))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.set_title(self.title())
        self.refresh()
