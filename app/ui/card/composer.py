"""Writing down a call, a meeting, an e-mail, a note or a task: choose the kind, type, done."""

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
from app.domain.days import NotADay
from app.ports.connection import SystemKind
from app.ports.drafts import Draft
from app.services.card import CustomerCard
from app.services.crm_writing import PendingWrite, WriteNews, WriteState
from app.ui.card.due_field import DueField
from app.ui.card.kinds import KEYS, NEEDS, kind_text
from app.ui.card.touch_draft import WITH_DIRECTION, TouchDraft
from app.ui.card.write_notice import WriteNotice
from app.ui.theme import Space, Type
from app.ui.widgets import BusyLine, Button, Chip, Label, Translated, flow, restyle

_MOST_DRAFTS = 50


def place_of(company_id: str) -> str:
    """Where the text that is typed for a company is remembered."""
    return f"touch {company_id}"


class Composer(Translated):
    """A few fields above the timeline.

    What is typed stays with its company: turning to another customer and back keeps it, and the end of the program
    does not lose it. While it is not known whether
    the CRM stored it, it cannot be changed, only sent again with the same token, so that it is logged once.

    Signals:
        closed: Nothing is being written any more.
        logged: The CRM has stored it; whether the keyboard was here.
        sign_in_requested: The CRM wants the user to sign in.
    """

    closed = Signal()
    logged = Signal(bool)
    sign_in_requested = Signal()

    def __init__(self, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._company_id = ""
        self._drafts: dict[str, TouchDraft] = {}
        self._kinds = {kind: Chip() for kind in NEEDS}
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
        self._due = DueField()
        self._due_problem = Label(step=Type.CAPTION, ink="danger", wrap=True)
        self._due_problem.hide()
        self._due.problem_changed.connect(self._show_due_problem)
        self._incoming = Chip()
        self._incoming.setCheckable(True)
        self._message = WriteNotice(card.writes, self.sign_in_requested.emit)
        self._busy = BusyLine()
        self._save = Button(look="primary", on_click=self.save)
        self._cancel = Button(look="quiet", on_click=self._discard)
        self._is_loading = False
        self._lay_out()
        self.hide()
        self.retranslate()
        card.writes.listen(self._on_news)
        for edited in (
            self._subject.textEdited,
            self._text.textChanged,
            self._person.activated,
            self._at.dateTimeChanged,
            self._due.textEdited,
            self._incoming.clicked,
        ):
            edited.connect(self._remember)

    def set_company(self, company_id: str, people: tuple[Person, ...]) -> None:
        """Turn to another company; its own draft comes back."""
        if company_id != self._company_id:
            self._keep()
            self._company_id = company_id
            self._fill_people(people)
            self._recall()
            self._load()
        elif [self._person.itemData(i) for i in range(1, self._person.count())] != [person.id for person in people]:
            draft = self._drafts.get(company_id)
            chosen = self._person.currentData() or (draft.person_id if draft is not None else "")
            self._fill_people(people)
            self._person.setCurrentIndex(max(0, self._person.findData(chosen)))

    def start(self, kind: TouchKind) -> None:
        """Open it for a new touch point, or go on with the one that is typed."""
        if (left := self._card.drafts.take(SystemKind.CRM, place_of(self._company_id))) is not None:
            self.go_on_with(left)
            return
        draft = self._drafts.setdefault(self._company_id, TouchDraft())
        if draft.sent is None:
            draft.kind = kind
        if draft.at is None:
            self._at.setDateTime(QDateTime.currentDateTime())
        self._show_kind(draft.kind)
        self._show_draft_state()
        self.show()
        (self._text if kind is TouchKind.NOTE and self._subject.text() else self._subject).setFocus()

    def go_on_with(self, left: Draft) -> None:
        """Type on what was being typed for this company when the program last ended."""
        draft = self._drafts.setdefault(self._company_id, TouchDraft())
        draft.recall(left.texts)
        self._load()
        (self._text if draft.text else self._subject).setFocus()

    def save(self) -> None:
        """Send it to the CRM."""
        pending = self._pending
        if pending is not None and not pending.is_stopped:
            self._card.writes.again(pending.token)
            return
        self._keep()
        draft = self._drafts.get(self._company_id)
        if draft is None:
            return
        if draft.is_empty:
            self._subject.setFocus()
            return
        try:
            touch = draft.touch(self._company_id, self._due.day() if draft.kind is TouchKind.TASK else None)
        except NotADay:
            self._due.show_problem()
            self._due.setFocus()
            return
        if pending is not None and touch.token != pending.token:
            self._card.writes.drop(pending.token)
        draft.sent = touch
        if self._has_keyboard:
            # Its fields are closed while it is sent, and it keeps the keyboard.
            self.setFocus()
        company = self._card.company.value
        self._card.writes.send(touch, company.name if company is not None else "")

    def retranslate(self) -> None:
        """See `Translated`."""
        for kind, chip in self._kinds.items():
            chip.set_text(kind_text(kind))
            chip.setToolTip(QKeySequence(KEYS[kind]).toString(QKeySequence.SequenceFormat.NativeText))
        self._due.retranslate()
        self._subject.setPlaceholderText(self.tr("Subject"))
        self._subject.setAccessibleName(self.tr("Subject"))
        self._text.setPlaceholderText(self.tr("What was said or agreed (may be empty)"))
        self._text.setAccessibleName(self.tr("Text"))
        for widget in (self._person, self._person.view()):  # and the list that opens
            widget.setAccessibleName(self.tr("With whom"))
        self._person.setItemText(0, self.tr("With whom?"))
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

    @property
    def _pending(self) -> PendingWrite | None:
        """What this company's draft became, as far as the CRM has not acknowledged it."""
        draft = self._drafts.get(self._company_id)
        token = draft.sent.token if draft is not None and draft.sent is not None else ""
        return next((write for write in self._card.writes.at(self._company_id) if write.token == token), None)

    def _on_news(self, news: WriteNews) -> None:
        touch = news.write.change
        if not isinstance(touch, NewTouchPoint):
            return
        draft = self._drafts.get(touch.company_id)
        if draft is not None and draft.sent == touch and (news.write.is_under_way or news.answer is not None):
            self._card.drafts.drop(SystemKind.CRM, place_of(touch.company_id))  # the journal has it now
        is_here = touch.company_id == self._company_id
        if news.answer is not None and draft is not None and draft.sent == touch:
            del self._drafts[touch.company_id]
            if is_here:
                had_keyboard = self._has_keyboard
                self._load()
                self.logged.emit(had_keyboard)
        elif is_here and draft is None:
            self._recall()
            self._load()
        elif is_here:
            self._show_draft_state()
            if self.hasFocus() and self._subject.isEnabled():
                self._subject.setFocus()

    @property
    def _has_keyboard(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _recall(self) -> None:
        """What an earlier run of the program could not bring into the CRM stands in the fields again."""
        if self._company_id in self._drafts:
            return
        for write in self._card.writes.at(self._company_id):
            if isinstance(touch := write.change, NewTouchPoint):
                self._drafts[self._company_id] = TouchDraft.of(touch)
                return

    def _discard(self) -> None:
        pending = self._pending
        self._drafts.pop(self._company_id, None)
        self._card.drafts.drop(SystemKind.CRM, place_of(self._company_id))
        if pending is not None:
            self._card.writes.drop(pending.token)
        self._load()
        self.closed.emit()

    def _choose(self, kind: TouchKind) -> None:
        if self._company_id in self._drafts:
            self._drafts[self._company_id].kind = kind
        self._show_kind(kind)
        self._remember()

    def _show_kind(self, kind: TouchKind) -> None:
        """What this kind is asked for."""
        for each, chip in self._kinds.items():
            chip.setVisible(self._card.can(NEEDS[each]) or each is kind)
        self._kinds[kind].setChecked(True)
        is_task = kind is TouchKind.TASK
        self._due.setVisible(is_task)
        self._due_problem.setVisible(is_task and bool(self._due_problem.text()))
        self._at.setHidden(is_task)
        self._incoming.setVisible(kind in WITH_DIRECTION)
        self._incoming.set_text(self.tr("They called") if kind is TouchKind.CALL else self.tr("They wrote"))

    def _show_due_problem(self, words: str) -> None:
        self._due_problem.setText(words)
        restyle(self._due, "state", "error" if words else "")
        self._due_problem.setVisible(bool(words) and not self._due.isHidden())

    def _keep(self) -> None:
        """Put what stands in the fields into the company's draft."""
        draft = self._drafts.get(self._company_id)
        if draft is None or self.isHidden():
            return
        self._read(draft)
        if not draft.subject and not draft.text and draft.sent is None:
            self._drafts.pop(self._company_id)
        while len(self._drafts) > _MOST_DRAFTS:
            self._drafts.pop(next(iter(self._drafts)))

    def _read(self, draft: TouchDraft) -> None:
        """Put what stands in the fields into it."""
        draft.subject, draft.text = self._subject.text(), self._text.toPlainText()
        if self._person.count() > 1:  # else it is not known yet who is there
            draft.person_id = self._person.currentData() or ""
        chosen = self._at.dateTime().toPython()
        draft.at = chosen.astimezone() if isinstance(chosen, datetime) else None
        draft.due, draft.is_incoming = self._due.text(), self._incoming.isChecked()

    def _remember(self) -> None:
        """What stands in the fields outlives the program, from the first word until it is sent."""
        if self._is_loading or not self._company_id or self.isHidden():
            return
        place, pending = place_of(self._company_id), self._pending
        if pending is not None and not pending.is_stopped:
            return  # locked: the journal has it
        if (draft := self._drafts.get(self._company_id)) is not None:
            self._read(draft)
            self._card.drafts.keep(SystemKind.CRM, place, draft.texts())

    def _load(self) -> None:
        self._is_loading = True
        self._fill()
        self._is_loading = False

    def _fill(self) -> None:
        draft = self._drafts.get(self._company_id)
        shown = draft or TouchDraft()
        self._subject.setText(shown.subject)
        self._text.setPlainText(shown.text)
        self._person.setCurrentIndex(max(0, self._person.findData(shown.person_id)))
        if shown.at is not None:
            self._at.setDateTime(QDateTime.fromSecsSinceEpoch(int(shown.at.timestamp())))
        self._due.setText(shown.due)
        self._show_due_problem("")
        self._incoming.setChecked(shown.is_incoming)
        self._show_kind(shown.kind)
        self._show_draft_state()
        self.setVisible(draft is not None)

    def _show_draft_state(self) -> None:
        pending = self._pending
        is_sending = pending is not None and pending.state is WriteState.SENDING
        is_locked = pending is not None and not pending.is_stopped
        fields = (self._subject, self._text, self._person, self._at, self._due, self._incoming)
        for field in (*fields, *self._kinds.values()):
            field.setEnabled(not is_locked)
        self._save.setVisible(is_sending or not is_locked)
        self._save.setEnabled(not is_locked)
        self._save.setText(self.tr("Saving…") if is_sending else self.tr("Save in the CRM"))
        self._cancel.setText(self.tr("Discard"))
        self._cancel.setVisible(is_sending or pending is None)
        self._cancel.setEnabled(not is_sending)
        self._busy.set_busy(pending is not None and pending.is_under_way, self.tr("Saving…"))
        self._message.show_write(pending)

    def _fill_people(self, people: tuple[Person, ...]) -> None:
        self._person.clear()
        self._person.addItem(self.tr("With whom?"), "")
        for person in people:
            self._person.addItem(person.name, person.id)

    def _lay_out(self) -> None:
        kinds, head = flow()
        for chip in self._kinds.values():
            head.addWidget(chip)
        details = QHBoxLayout()
        details.setSpacing(Space.S)
        details.addWidget(self._person, 1)
        details.addWidget(self._at)
        details.addWidget(self._due)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self._save)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._incoming)
        frame = QFrame()
        frame.setProperty("frame", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(kinds)
        column.addWidget(self._subject)
        column.addWidget(self._text)
        column.addLayout(details)
        column.addWidget(self._due_problem)
        column.addWidget(self._busy)
        column.addWidget(self._message)
        column.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        for before, after in ((self._at, self._due), (self._due, self._incoming), (self._incoming, self._save)):
            QWidget.setTabOrder(before, after)
