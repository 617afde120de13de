"""A part of the card: it loads, fails and ages by itself, and says which system it is from."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn, SystemFault
from app.services.card import CustomerCard
from app.services.card_parts import Part, PartStatus
from app.ui.formats import Formats
from app.ui.messages import message_for, system_name
from app.ui.theme import Space, Type
from app.ui.widgets import BusyLine, Button, Card, Label, held, set_tip

translate = QCoreApplication.translate


def source_note(part: Part[Any], formats: Formats) -> str:
    """ "ERP · 2 min ago": where the figures are from and how old they are."""
    name = system_name(part.source)
    if part.read_at is None:
        return name
    if part.is_offline:
        when = translate("Parts", "as of {time}, offline").format(time=formats.as_of(part.read_at))
    else:
        when = formats.age(part.read_at)
    return f"{name} · {when}"


def whose(card: CustomerCard) -> str:
    """The name of the customer, to tell of what is written for him."""
    company = card.company.value
    return company.name if company is not None else card.match.name


class _InlineFault(QWidget):
    """A fault in the few words that a small card has room for; the rest is in the tooltip.

    When a system is away several cards say so at once, so none of them shouts.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._what = Label(ink="danger", wrap=True, selectable=True)
        self._kept = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._act: Callable[[], object] = lambda: None
        self._button = Button(look="link", on_click=self._click)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        for widget in (self._what, self._kept, self._button):
            column.addWidget(widget)
        self.hide()

    def show_fault(
        self, fault: SystemFault, kind: SystemKind, kept: str, label: str, act: Callable[[], object]
    ) -> None:
        message = message_for(fault, kind)
        self._what.setText(f"{message.what} “{message.words}”" if message.words else message.what)
        self._kept.setText(kept)
        self._kept.setVisible(bool(kept))
        self._act = act
        self._button.setText(label)
        set_tip(self, f"{message.to_do}\n{message.details}".strip())
        self.setAccessibleName(f"{message.what} {message.to_do}")
        self.show()

    def _click(self) -> None:
        self._act()


class PartSource(Protocol):
    """What a part is shown of: a customer's card, a link between two systems, the economy of a project.

    Each has names of its own for its parts; a customer's card has `PartName`.
    """

    def part(self, name: Any) -> Part[Any]:
        """The part of this name."""

    def reload(self, name: Any) -> None:
        """Ask the system again for one part."""


class PartCard(Card):
    """Shows one part. What it says is kept while it is read again, and when that fails.

    Subclasses implement `title`, `absent_text` and `show_value`.
    """

    def __init__(
        self,
        card: PartSource,
        part: str,
        formats: Formats,
        on_sign_in: Callable[[], object],
        *,
        note_below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.card = card
        self.formats = formats
        self.name = part
        self._on_sign_in = on_sign_in
        self._busy = BusyLine()
        self._note = Label(ink="faint", wrap=True)
        self._fault: _InlineFault | None = None
        self.content = QWidget()
        self.body.addWidget(self._busy)
        self.body.addWidget(self._note)
        self.body.addWidget(self.content)
        self.body.addStretch(1)
        # In a narrow card the heading needs the line for itself.
        self._note_below = Label(step=Type.CAPTION, ink="faint", wrap=True)
        self.body.addWidget(self._note_below)
        self._note_below.setVisible(note_below)

    def title(self) -> str:
        """The heading."""
        raise NotImplementedError

    def absent_text(self) -> str:
        """What stands here when the system has no such thing for this customer."""
        raise NotImplementedError

    def show_value(self, value: Any) -> bool:
        """Show what was read; False where there is nothing in it, so that `absent_text` stands instead."""
        raise NotImplementedError

    def forget(self) -> None:
        """Draw the value anew at the next `refresh`, also when it is the same: the language is another one."""

    def refresh(self) -> None:
        """Show the part as it is now."""
        with held(self, self.content):
            self._show_part()
        self.refresh_age()

    def _show_part(self) -> None:
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
        # A system that is away is said once, at the top of the window; here the age says it.
        if part.status is PartStatus.FAILED and part.fault is not None and not part.is_offline:
            kept = self.tr("What is shown is from before.") if has_value else ""
            if isinstance(part.fault, NotSignedIn):
                label, act = self.tr("Sign in…"), self._on_sign_in
            else:
                label, act = self.tr("Try again"), self._reload
            if self._fault is None:
                self._fault = _InlineFault(self)
                self.body.insertWidget(1, self._fault)
            self._fault.show_fault(part.fault, part.source, kept, label, act)
        elif self._fault is not None:
            self._fault.hide()

    def refresh_age(self) -> None:
        """Time has passed."""
        part = self.card.part(self.name)
        note = source_note(part, self.formats)
        if self._note_below.isHidden():
            self.header.set_note(note)
        else:
            self._note_below.setText(note)

    def _reload(self) -> None:
        self.card.reload(self.name)

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.set_title(self.title())
        self.forget()
        self.refresh()
