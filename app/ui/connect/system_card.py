"""One installed system on the Connect page: where it is, who is signed in, and all that can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.ports.connection import Manifest
from app.ports.errors import NotSignedIn, SystemFault
from app.ports.jobs import Job
from app.services.connections import Connections, ConnectionState, ConnectionStatus, SecretPlace
from app.services.doctor import Finding, Step, Verdict
from app.ui.connect.findings_view import FindingsView
from app.ui.connect.sign_in_form import SignInForm
from app.ui.connect.texts import option_label, secret_text, status_look, status_text
from app.ui.messages import system_name
from app.ui.theme import Space, Tone
from app.ui.widgets import BusyLine, Button, Card, Fact, KeyValueGrid, Label, MessageBar, StatusDot, flow

_FORM_WIDTH = 420


class SystemCard(Card):
    """Facts, buttons, the form to sign in with, and what a test has found, of one installed system.

    Where several of a kind are installed one is in use; the others offer to take its place.

    Attributes:
        test_button: Tries every step on the way to the system, or stops trying.

    Signals:
        signed_in: The user has signed in with the form.
    """

    signed_in = Signal()

    def __init__(self, connections: Connections, manifest: Manifest, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._connections = connections
        self._manifest = manifest
        self._kind = manifest.kind
        self._job: Job | None = None
        self._form: SignInForm | None = None
        self._is_form_wanted = False
        self._has_signed_in = False
        self._status_found: ConnectionStatus | None = None
        self._facts_shown: tuple[tuple[str, str], ...] = ()
        self._dot = StatusDot()
        self.header.lead(self._dot)
        self._message = MessageBar()
        self._facts = KeyValueGrid()
        self._unused = Label(ink="muted", wrap=True)
        self._busy = BusyLine()
        self._findings = FindingsView(self._kind)
        self._retry = Button(look="primary", on_click=lambda: connections.retry(self._kind))
        self._use = Button(on_click=lambda: connections.choose(manifest.name))
        self.test_button = Button(picture="plug", on_click=self.examine)
        self._sign_in = Button(picture="sign-in", on_click=self._ask)
        self._sign_out = Button(picture="sign-out", on_click=self._leave)
        self._forget = Button(look="quiet", on_click=lambda: connections.forget_secret(self._kind))
        self._buttons, row = flow(gap=Space.S)
        for button in (self._retry, self._use, self.test_button, self._sign_in, self._sign_out, self._forget):
            row.addWidget(button)
        for widget in (self._message, self._unused, self._facts, self._buttons, self._busy, self._findings):
            self.body.addWidget(widget)
        self.refresh()

    @property
    def manifest(self) -> Manifest:
        """The system that it shows."""
        return self._manifest

    @property
    def is_used(self) -> bool:
        """It is the one of its kind that is in use."""
        return self._connections.manifest(self._kind) is self._manifest

    @property
    def form(self) -> SignInForm | None:
        """The form to sign in with, while it is shown."""
        return self._form if self._form is not None and not self._form.isHidden() else None

    def start(self) -> None:
        """Put the keyboard where one goes on: in the form, or on the first button."""
        if self.form is not None:
            self.form.start()
            return
        buttons = (self._retry, self._use, self.test_button)
        next(button for button in buttons if not button.isHidden()).setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Show the connection as it is now. The keyboard stays in the card, also where its button is gone."""
        had_keyboard = self._has_keyboard
        self.set_title(self._manifest.title)
        if self.is_used:
            self._show_used(self._connections.state(self._kind))
        else:
            self._show_unused()
        self._name_buttons()
        if self._has_signed_in:
            self._has_signed_in = False
            self.signed_in.emit()
        elif had_keyboard and not self._has_keyboard:
            self.start()

    @property
    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def examine(self) -> None:
        """Try every step on the way to the system, and show what was found; stop where that is under way."""
        if self._job is not None:
            self._job.cancel()
            self._end_test()
            return
        self._job = self._connections.examine(self._kind, self._show_findings, self._on_not_examined)
        if self._job is not None:
            self._findings.clear()
            self._busy.set_busy(True, self.tr("Testing the connection…"))
            self._name_buttons()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self._facts_shown = ()
        self.refresh()

    # -- what is shown

    def _show_used(self, state: ConnectionState) -> None:
        tone, hollow = status_look(state)
        words = status_text(state)
        self._dot.set_state(tone, words, hollow=hollow)
        self.header.set_note(words)
        if state.status not in (self._status_found, ConnectionStatus.CONNECTING):
            self._findings.clear()  # what was found is no longer so
        is_out = state.status is ConnectionStatus.SIGNED_OUT
        self._show_form(state, is_out=is_out)
        # While the form is open it says the same.
        self._show_facts(self._facts_of(state) if self.form is None else ())
        # The form says itself what it met.
        shows_fault = state.fault is not None and type(state.fault) is not NotSignedIn and self.form is None
        if shows_fault and state.fault is not None:
            self._message.show_fault(state.fault, self._kind)
        else:
            self._message.clear()
        self._unused.hide()
        self._use.hide()
        self._put(self._retry, state.status is ConnectionStatus.OFFLINE)
        self._put(self.test_button, state.connection is not None)
        self._put(self._sign_in, self.form is None)
        can_leave = state.identity is not None or state.status is ConnectionStatus.OFFLINE
        self._put(self._sign_out, can_leave)
        self._put(self._forget, state.secret is SecretPlace.KEYRING)
        self._buttons.setVisible(state.connection is not None or self.form is None)

    def _show_unused(self) -> None:
        used = self._connections.manifest(self._kind).title
        self._dot.set_state(Tone.NEUTRAL, self.tr("Not in use"), hollow=True)
        self.header.set_note(self.tr("Not in use"))
        text = self.tr("{other} is the {kind} that Samspil uses now.")
        if not self._connections.may_leave(self._kind):
            text += " " + self.tr("Some lines are not in the ERP yet: another one can be used when they are.")
        self._unused.setText(text.format(other=used, kind=system_name(self._kind)))
        self._unused.show()
        known = self._connections.known(self._manifest.name)
        self._show_facts(() if known is None else ((self.tr("Address"), known.url), (self.tr("User"), known.user)))
        self._message.clear()
        if self._form is not None:
            self._form.hide()
        for button in (self._retry, self.test_button, self._sign_in, self._sign_out, self._forget):
            self._put(button, False)
        self._put(self._use, True)
        self._use.setEnabled(self._connections.may_leave(self._kind))
        self._buttons.show()

    def _facts_of(self, state: ConnectionState) -> tuple[tuple[str, str], ...]:
        if state.connection is None:
            return ()
        facts = [(self.tr("Address"), state.connection.url)]
        labels = {option.key: option_label(option.label) for option in self._manifest.options}
        facts += [(labels.get(key, key), value) for key, value in state.connection.options.items()]
        if state.identity is not None:
            facts.append((self.tr("Signed in as"), f"{state.identity.user} ({state.connection.user})"))
        else:
            facts.append((self.tr("User"), state.connection.user))
        facts.append((self.tr("Kept sign-in"), secret_text(state.secret)))
        if state.identity is not None:
            facts.append((self.tr("Version"), state.identity.system_version))
        if state.latency_ms is not None:
            facts.append((self.tr("Round trip"), self.tr("{ms} ms").format(ms=state.latency_ms)))
        return tuple(facts)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts != self._facts_shown:
            self._facts_shown = facts
            self._facts.show_facts([Fact(name, value) for name, value in facts])
        self._facts.setVisible(bool(facts))

    def _show_form(self, state: ConnectionState, *, is_out: bool) -> None:
        """The form stands open while nobody is signed in, and where the user wants to sign in as somebody else."""
        if state.status is ConnectionStatus.ONLINE and self.form is not None and self.form.is_asking:
            self._is_form_wanted = False
            self._has_signed_in = self._has_keyboard
            self._drop_form()
        wanted = is_out or self._is_form_wanted or (self._form is not None and self._form.is_asking)
        if wanted and self._form is None:
            self._form = SignInForm(self._connections, self._kind)
            self._form.setMaximumWidth(_FORM_WIDTH)
            self._form.closed.connect(self._close_form)
            self.body.insertWidget(self.body.indexOf(self._buttons), self._form)
        if self._form is not None:
            self._form.setVisible(wanted)
            self._form.set_closable(not is_out)
            self._form.refresh()

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _name_buttons(self) -> None:
        self._retry.setText(self.tr("Try now"))
        self._use.setText(self.tr("Use this one"))
        self.test_button.setText(self.tr("Stop the test") if self._job is not None else self.tr("Test the connection"))
        state = self._connections.state(self._kind)
        is_online = state.status is ConnectionStatus.ONLINE
        self._sign_in.setText(self.tr("Other account…") if is_online else self.tr("Sign in…"))
        self._sign_out.setText(self.tr("Sign out"))
        self._forget.setText(self.tr("Forget the sign-in"))
        self._forget.setToolTip(
            self.tr("Takes it out of the password store. You stay signed in until Samspil is closed.")
        )
        for button in (self._retry, self._use, self.test_button, self._sign_in, self._sign_out, self._forget):
            # Several cards say the same; a screen reader's list of buttons says of which system it is.
            button.setAccessibleName(f"{button.text()}, {self._manifest.title}")

    # -- what is done

    def _ask(self) -> None:
        self._is_form_wanted = True
        self.refresh()
        self.start()

    def _close_form(self) -> None:
        self._is_form_wanted = False
        self._drop_form()
        self.refresh()
        self.start()

    def _leave(self) -> None:
        self._findings.clear()
        self._connections.sign_out(self._kind)

    def _show_findings(self, found: Sequence[Finding]) -> None:
        self._end_test()
        self._status_found = self._connections.state(self._kind).status
        self._findings.show_findings(found)

    def _on_not_examined(self, fault: SystemFault) -> None:
        self._show_findings([Finding(Step.REACH, Verdict.BAD, fault)])

    def _end_test(self) -> None:
        self._job = None
        self._busy.set_busy(False)
        self._name_buttons()

    @staticmethod
    def _put(button: Button, seen: bool) -> None:
        if button.isHidden() == seen:
            button.setVisible(seen)
