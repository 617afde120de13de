"""Signing in to one system, in the place of the half that it would fill."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.services.connections import Connections
from app.ui.connect.sign_in_form import SignInForm
from app.ui.connect.texts import purpose_text
from app.ui.theme import Space, Type
from app.ui.widgets import Label, ScrollColumn, Translated


class SignInPane(Translated):
    """What the half would show, and the form to sign in with.

    Attributes:
        form: The form.

    Signals:
        closed: The user went back without signing in.
    """

    closed = Signal()

    def __init__(self, connections: Connections, kind: SystemKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._connections = connections
        self._kind = kind
        self._title = Label(step=Type.TITLE, wrap=True)
        self._text = Label(ink="muted", wrap=True)
        self.form = SignInForm(connections, kind)
        self.form.closed.connect(self.closed)
        self._lay_out()
        self.retranslate()

    def refresh(self) -> None:
        """The state of the connection has changed; the system may be another one."""
        self.retranslate()
        if self.form.system != self._connections.manifest(self._kind).name:
            former, self.form = self.form, SignInForm(self._connections, self._kind)
            self.form.closed.connect(self.closed)
            self._column.replaceWidget(former, self.form)
            former.hide()
            former.deleteLater()
        self.form.refresh()

    def retranslate(self) -> None:
        """See `Translated`."""
        title = self._connections.state(self._kind).title
        self._title.setText(self.tr("Sign in to {system}").format(system=title))
        self._text.setText(purpose_text(self._kind))

    def _lay_out(self) -> None:
        form = QWidget()
        form.setMaximumWidth(380)
        column = self._column = QVBoxLayout(form)
        column.setContentsMargins(Space.S, 0, Space.S, 0)
        column.setSpacing(Space.S)
        for widget in (self._title, self._text, self.form):
            column.addWidget(widget)
        scroll = ScrollColumn()
        scroll.column.addSpacing(64)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(form, 100)
        row.addStretch(1)
        scroll.column.addLayout(row)
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
