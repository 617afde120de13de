"""What one signs in to a system with: its address, the user and the password."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ports.connection import Connection, SystemKind
from app.ports.errors import NotSignedIn, SystemFault, WrongPassword
from app.services.connections import Connections, ConnectionStatus
from app.ui.connect.texts import option_label
from app.ui.messages import system_name
from app.ui.theme import Space, Type
from app.ui.widgets import BusyLine, Button, Label, MessageBar, Translated, restyle


class SignInForm(Translated):
    """Address, user and password of the system of this kind that is in use.

    What was typed stays after a failure, except the password once it was right. A fault stays in view until the
    user tries again, also while the connection is tried in the background.

    Attributes:
        system: The name of that system.

    Signals:
        closed: The user went back without signing in.
    """

    closed = Signal()

    def __init__(self, connections: Connections, kind: SystemKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connections = connections
        self._kind = kind
        self.system = connections.manifest(kind).name
        self._is_asking = False
        self._waits_for_judgement = False
        self._message = MessageBar()
        self._busy = BusyLine()
        self._labels: list[tuple[Label, str]] = []
        self._form = QVBoxLayout()
        self._form.setSpacing(Space.XS)
        self._url = self._field("url")
        self._options = {field.key: self._field(field.label) for field in connections.manifest(kind).options}
        self._user = self._field("user")
        self._password = self._field("password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._keep = QCheckBox()
        self._keep.setChecked(True)
        self._submit = Button(look="primary", on_click=self.submit)
        self._back = Button(look="quiet", on_click=self.closed.emit)
        self._lay_out()
        self.fill()
        self.retranslate()

    def fill(self) -> None:
        """Fill the empty fields with what is known of the connection."""
        connection = self._connections.state(self._kind).connection
        values = (
            [(field, connection.options.get(key, "")) for key, field in self._options.items()] if connection else []
        )
        if connection is not None:
            values += [(self._url, connection.url), (self._user, connection.user)]
        for option in self._connections.manifest(self._kind).options:
            values.append((self._options[option.key], option.default))
        for field, value in values:
            if not field.text():
                field.setText(value)

    def start(self) -> None:
        """Put the cursor in the first field that is still empty."""
        fields = (self._url, *self._options.values(), self._user, self._password)
        next((field for field in fields if not field.text()), self._password).setFocus()

    def set_closable(self, closable: bool) -> None:
        """Whether there is something to go back to."""
        self._back.setVisible(closable)

    @property
    def is_asking(self) -> bool:
        """The user's own attempt has not been judged yet; it waits for a system that cannot be reached."""
        return self._waits_for_judgement

    def refresh(self) -> None:
        """The state of the connection has changed."""
        state = self._connections.state(self._kind)
        self.fill()
        if self._is_asking and state.status is not ConnectionStatus.CONNECTING:
            self._set_asking(asking=False)
            if isinstance(state.fault, WrongPassword):
                self._password.setFocus()
                self._password.selectAll()
        if state.status in (ConnectionStatus.ONLINE, ConnectionStatus.SIGNED_OUT):
            self._waits_for_judgement = False
        if state.status is ConnectionStatus.ONLINE:
            self._password.clear()
            self._message.clear()
        if state.fault is not None and not self._is_asking:
            self._show(state.fault)

    def submit(self) -> None:
        """Sign in with what is typed."""
        missing = [field for field in (self._url, self._user, self._password) if not field.text().strip()]
        for field in (self._url, self._user, self._password):
            restyle(field, "state", "error" if field in missing else "")
        if missing:
            missing[0].setFocus()
            return
        if self._is_asking:
            return
        self._message.clear()
        self._set_asking(asking=True)
        self._waits_for_judgement = True
        connection = Connection(
            self._connections.manifest(self._kind).name,
            self._url.text().strip(),
            self._user.text().strip(),
            {key: field.text().strip() for key, field in self._options.items()},
            self._language(),
        )
        self._connections.sign_in(self._kind, connection, self._password.text(), keep=self._keep.isChecked())

    def retranslate(self) -> None:
        """See `Translated`."""
        names = {
            "url": self.tr("Address"),
            "user": self.tr("User"),
            "password": self.tr("Password"),
        }
        for label, name in self._labels:
            label.setText(names.get(name) or option_label(name))
            buddy = label.buddy()
            if buddy is not None:
                buddy.setAccessibleName(f"{label.text()}, {system_name(self._kind)}")
        self._url.setPlaceholderText("https://…")
        self._keep.setText(self.tr("Stay signed in on this computer"))
        self._keep.setToolTip(self.tr("The operating system's own password store keeps it, and nothing else does."))
        self._submit.setText(self.tr("Signing in…") if self._is_asking else self.tr("Sign in"))
        self._back.setText(self.tr("Back"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter signs in, wherever the cursor is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _language() -> str:
        """The language that the system is asked to speak: the window's own."""
        return "da" if QLocale().language() is QLocale.Language.Danish else "en"

    def _show(self, fault: SystemFault) -> None:
        # Being signed out is what this page says anyway; the reason is shown when there is one.
        if type(fault) is NotSignedIn:
            return
        self._message.show_fault(fault, self._kind)

    def _set_asking(self, *, asking: bool) -> None:
        self._is_asking = asking
        self._busy.set_busy(asking, self.tr("Signing in…"))
        self._submit.setEnabled(not asking)
        self.retranslate()

    def _field(self, name: str) -> QLineEdit:
        field, label = QLineEdit(), Label(step=Type.CAPTION, ink="muted")
        label.setBuddy(field)
        self._labels.append((label, name))
        self._form.addWidget(label)
        self._form.addWidget(field)
        self._form.addSpacing(Space.XS)
        field.textEdited.connect(lambda: restyle(field, "state", ""))
        return field

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._submit)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for widget in (self._busy, self._message):
            column.addWidget(widget)
        column.addLayout(self._form)
        column.addWidget(self._keep)
        column.addSpacing(Space.S)
        column.addLayout(buttons)
