"""One half of the window: what its system fills it with, or the way to sign in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.services.connections import Connections, ConnectionStatus
from app.ui.messages import system_name
from app.ui.theme import Space
from app.ui.widgets import Action, MessageBar, Translated

if TYPE_CHECKING:
    from app.ui.connect.sign_in import SignInPane

_NOT_SHOWN = "not shown"


class Half(Translated):
    """Holds a page that others supply. The page stays as it is while the user signs in.

    Signals:
        shown: Its page or the sign-in has come to the front.
    """

    shown = Signal()

    def __init__(self, connections: Connections, kind: SystemKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._connections = connections
        self._kind = kind
        self._pane: SignInPane | None = None
        self._is_asked_for = False
        self._message = MessageBar(closable=True)
        self._told: object = None
        self._page: QWidget = QWidget()
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._page)
        self._strip = QVBoxLayout()
        self._strip.setContentsMargins(Space.M, 0, Space.M, 0)
        self._strip.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._strip)
        column.addWidget(holder, 1)

    @property
    def kind(self) -> SystemKind:
        """The kind of system that fills this half."""
        return self._kind

    @property
    def is_asking(self) -> bool:
        """The way to sign in is in front."""
        return self._pane is not None and self._stack.currentWidget() is self._pane

    def set_page(self, page: QWidget) -> None:
        """Fill the half."""
        former, self._page = self._page, page
        self._stack.addWidget(page)
        if self._stack.currentWidget() is former:
            self._stack.setCurrentWidget(page)
        self._stack.removeWidget(former)
        former.deleteLater()

    def ask_to_sign_in(self) -> None:
        """Show the way to sign in, because the user wants it."""
        self._is_asked_for = True
        self.refresh()
        self._show_pane(start=True)

    def start(self) -> None:
        """Put the cursor where one signs in, if that is in front."""
        if self._pane is not None and self.is_asking:
            self._pane.form.start()

    def refresh(self) -> None:
        """The state of the connection has changed."""
        if self._kind not in self._connections.kinds:
            return
        state = self._connections.state(self._kind)
        if state.status is ConnectionStatus.SIGNED_OUT and not self.is_asking:
            self._show_pane(start=False)
        elif state.status is ConnectionStatus.ONLINE and self.is_asking and self._may_leave_pane():
            self._show_page()
        self._tell(state.status)
        if self._pane is not None:
            self._pane.refresh()

    def retranslate(self) -> None:
        """See `Translated`."""
        self._told = _NOT_SHOWN
        self.refresh()

    def _tell(self, status: ConnectionStatus) -> None:
        """Say above the page that the system does not answer; once for each reason, and never twice after Dismiss."""
        state = self._connections.state(self._kind)
        is_offline = status is ConnectionStatus.OFFLINE and self._stack.currentWidget() is self._page
        if not is_offline or state.fault is None:
            if status is not ConnectionStatus.CONNECTING:
                self._told = None
                self._message.clear()
                self._strip.setContentsMargins(Space.M, 0, Space.M, 0)
            return
        if self._told is type(state.fault):
            return
        self._told = type(state.fault)
        kept = self.tr("What is shown here stays, what you typed is kept, and Samspil keeps trying.")
        retry = Action(self.tr("Try now"), lambda: self._connections.retry(self._kind))
        self._strip.setContentsMargins(Space.M, Space.S, Space.M, 0)
        self._message.show_fault(state.fault, self._kind, kept=kept, actions=(retry,))

    def _show_page(self) -> None:
        self._is_asked_for = False
        self._stack.setCurrentWidget(self._page)
        self.shown.emit()

    def _show_pane(self, *, start: bool) -> None:
        pane = self._pane or self._make_pane()
        pane.form.set_closable(self._connections.state(self._kind).status is not ConnectionStatus.SIGNED_OUT)
        self._stack.setCurrentWidget(pane)
        if start:
            pane.form.start()
        self.shown.emit()

    def _may_leave_pane(self) -> bool:
        """The user did not ask for it, or has just signed in with it."""
        return not self._is_asked_for or (self._pane is not None and self._pane.form.is_asking)

    def _make_pane(self) -> "SignInPane":
        # Imported here: most starts never need it, and the window is to be there at once.
        from app.ui.connect.sign_in import SignInPane

        pane = SignInPane(self._connections, self._kind)
        pane.closed.connect(self._show_page)
        pane.setAccessibleName(system_name(self._kind))
        self._pane = pane
        self._stack.addWidget(pane)
        return pane
