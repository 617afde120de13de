"""Logging a call, a meeting or a note: choose the kind, type, done."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.contacts import NewTouchPoint, Person, TouchKind
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn, OutcomeUnknown, SystemFault, TimedOut
from app.services.card import CustomerCard
from app.ui.card.kinds import kind_text
from app.ui.theme import Space
from app.ui.widgets import Action, BusyLine, Button, Chip, MessageBar, Translated

LOGGED = (TouchKind.CALL, TouchKind.MEETING, TouchKind.NOTE)
_MOST_DRAFTS = 50


@dataclass(slots=True)
class _Draft:
    """What is typed for one company and not in the CRM yet.

    Attributes:
        sent: What was sent and not acknowledged; sent again it has the same token.
    """

    kind: TouchKind = TouchKind.CALL
    subject: str = ""
    text: str = ""
    person_id: str = ""
    at: datetime | None = None
    sent: NewTouchPoint | None = None
    fault: SystemFault | None = None


class Composer(Translated):
    """A few fields above the timeline.

    What is typed stays with its company: turning to another customer and back keeps it. While it is not known whether
    the CRM stored it, it cannot be changed, only sent again with the same token, so that it is logged once.

    Signals:
        closed: Nothing is being written any more.
        logged: The CRM has stored it.
        sign_in_requested: The CRM wants the user to sign in.
    """

    closed = Signal()
    logged = Signal()
    sign_in_requested = Signal()

    def __init__(self, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._company_id = ""
        self._drafts: dict[str, _Draft] = {}
        self._sending: set[str] = set()
        self._kinds = {kind: Chip() for kind in LOGGED}
        for kind, chip in self._kinds.items():
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chip.clicked.connect(lambda _checked, kind=kind: self._choose(kind))
        self._subject = QLineEdit()
        self._subject.setMaxLength(200)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(60)
        self._person = QComboBox()
        self._person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._person.setMinimumContentsLength(12)
        self._at = QDateTimeEdit()
        # The style sheet's padding does not reach the field inside.
        for inner in self._at.findChildren(QLineEdit):
            inner.setTextMargins(Space.XS, 0, 0, 0)
        self._message = MessageBar()
        self._busy = BusyLine()
        self._save = Button(look="primary", on_click=self.save)
        self._cancel = Button(look="quiet", on_click=self._discard)
        self._lay_out()
        self.hide()
        self.retranslate()

    def set_company(self, company_id: str, people: tuple[Person, ...]) -> None:
        """Turn to another company; its own draft comes back."""
        if company_id != self._company_id:
            self._keep()
            self._company_id = company_id
            self._fill_people(people)
            self._load()
        elif [self._person.itemData(i) for i in range(1, self._person.count())] != [person.id for person in people]:
            chosen = self._person.currentData()
            self._fill_people(people)
            self._person.setCurrentIndex(max(0, self._person.findData(chosen)))

    def start(self, kind: TouchKind) -> None:
        """Open it for a new touch point, or go on with the one that is typed."""
        draft = self._drafts.setdefault(self._company_id, _Draft())
        if draft.sent is None:
            draft.kind = kind
        if draft.at is None:
            self._at.setDateTime(QDateTime.currentDateTime())
        self._kinds[draft.kind].setChecked(True)
        self._show_draft_state()
        self.show()
        (self._text if kind is TouchKind.NOTE and self._subject.text() else self._subject).setFocus()

    def save(self) -> None:
        """Send it to the CRM."""
        self._keep()
        draft = self._drafts.get(self._company_id)
        if draft is None or self._company_id in self._sending:
            return
        if not draft.subject.strip() and not draft.text.strip():
            self._subject.setFocus()
            return
        touch = self._touch(draft)
        draft.sent, draft.fault = touch, None
        self._sending.add(touch.company_id)
        self._show_draft_state()
        self._card.log(touch, lambda _logged: self._done(touch), lambda fault: self._failed(touch, fault))

    def retranslate(self) -> None:
        """See `Translated`."""
        for kind, chip in self._kinds.items():
            chip.set_text(kind_text(kind))
        self._subject.setPlaceholderText(self.tr("Subject"))
        self._subject.setAccessibleName(self.tr("Subject"))
        self._text.setPlaceholderText(self.tr("What was said or agreed (may be empty)"))
        self._text.setAccessibleName(self.tr("Text"))
        self._person.setAccessibleName(self.tr("With whom"))
        self._person.setItemText(0, self.tr("With nobody in particular"))
        self._at.setAccessibleName(self.tr("When"))
        self._at.setLocale(QLocale())
        self._at.setDisplayFormat(QLocale().dateTimeFormat(QLocale.FormatType.ShortFormat))
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self._save.setToolTip(keys)
        self._show_draft_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter saves; Esc closes where nothing is typed."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape and not self._subject.text() and not self._text.toPlainText():
            self._discard()
        else:
            super().keyPressEvent(event)

    def _touch(self, draft: _Draft) -> NewTouchPoint:
        subject = draft.subject.strip() or " ".join(draft.text.split())[:80]
        at = draft.at or datetime.now().astimezone()
        wanted = NewTouchPoint("", self._company_id, draft.kind, at, subject, draft.text.strip(), draft.person_id)
        # The token belongs to what was typed: the same again is the same touch point, anything else is another one.
        if draft.sent is not None and replace(draft.sent, token="") == wanted:
            return draft.sent
        return replace(wanted, token=uuid.uuid4().hex)

    def _done(self, touch: NewTouchPoint) -> None:
        self._sending.discard(touch.company_id)
        self._drafts.pop(touch.company_id, None)
        if touch.company_id == self._company_id:
            self._load()
            self.logged.emit()

    def _failed(self, touch: NewTouchPoint, fault: SystemFault) -> None:
        self._sending.discard(touch.company_id)
        draft = self._drafts.get(touch.company_id)
        if draft is not None:
            draft.fault = fault
        if touch.company_id == self._company_id:
            self._show_draft_state()

    def _discard(self) -> None:
        self._drafts.pop(self._company_id, None)
        self._load()
        self.closed.emit()

    def _choose(self, kind: TouchKind) -> None:
        if self._company_id in self._drafts:
            self._drafts[self._company_id].kind = kind

    def _keep(self) -> None:
        """Put what stands in the fields into the company's draft."""
        draft = self._drafts.get(self._company_id)
        if draft is None or self.isHidden():
            return
        draft.subject, draft.text = self._subject.text(), self._text.toPlainText()
        draft.person_id = self._person.currentData() or ""
        chosen = self._at.dateTime().toPython()
        draft.at = chosen.astimezone() if isinstance(chosen, datetime) else None
        if not draft.subject and not draft.text and draft.sent is None:
            self._drafts.pop(self._company_id)
        while len(self._drafts) > _MOST_DRAFTS:
            self._drafts.pop(next(iter(self._drafts)))

    def _load(self) -> None:
        draft = self._drafts.get(self._company_id)
        shown = draft or _Draft()
        self._subject.setText(shown.subject)
        self._text.setPlainText(shown.text)
        self._person.setCurrentIndex(max(0, self._person.findData(shown.person_id)))
        if shown.at is not None:
            self._at.setDateTime(QDateTime.fromSecsSinceEpoch(int(shown.at.timestamp())))
        self._kinds[shown.kind].setChecked(True)
        self._show_draft_state()
        self.setVisible(draft is not None)

    def _show_draft_state(self) -> None:
        draft = self._drafts.get(self._company_id)
        is_sending = self._company_id in self._sending
        fault = draft.fault if draft is not None else None
        is_unsure = isinstance(fault, OutcomeUnknown | TimedOut)
        for field in (self._subject, self._text, self._person, self._at, *self._kinds.values()):
            field.setEnabled(not is_sending and not is_unsure)
        self._save.setEnabled(not is_sending)
        self._save.setText(self.tr("Saving…") if is_sending else self.tr("Save in the CRM"))
        self._cancel.setText(self.tr("Discard"))
        self._cancel.setEnabled(not is_sending)
        self._busy.set_busy(is_sending, self.tr("Saving…"))
        if fault is None:
            self._message.clear()
            return
        if isinstance(fault, NotSignedIn):
            action = Action(self.tr("Sign in…"), self.sign_in_requested.emit)
        else:
            action = Action(self.tr("Try again"), self.save)
        self._message.show_fault(fault, SystemKind.CRM, kept=self.tr("What you typed is kept."), actions=(action,))

    def _fill_people(self, people: tuple[Person, ...]) -> None:
        self._person.clear()
        self._person.addItem(self.tr("With nobody in particular"), "")
        for person in people:
            self._person.addItem(person.name, person.id)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.XS)
        for chip in self._kinds.values():
            head.addWidget(chip)
        head.addStretch(1)
        details = QHBoxLayout()
        details.setSpacing(Space.S)
        details.addWidget(self._person, 1)
        details.addWidget(self._at)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self._save)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        frame = QFrame()
        frame.setProperty("frame", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._subject)
        column.addWidget(self._text)
        column.addLayout(details)
        column.addWidget(self._busy)
        column.addWidget(self._message)
        column.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
