"""A system in the top bar: its name, whether it is there, and how quick it answers."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ports.cache import CacheTrouble
from app.ports.connection import SystemKind
from app.services.connections import Connections, ConnectionStatus, SecretPlace
from app.ui.connect.texts import cache_text, secret_text, status_look, status_text
from app.ui.messages import message_for, system_name
from app.ui.theme import Space, Tone, Type, colour
from app.ui.widgets import Button, Chip, ElidedLabel, Fact, KeyValueGrid, Label, StatusDot, Translated

_WAITED_FOR = frozenset({SystemKind.CRM, SystemKind.ERP})


class SystemChip(Chip):
    """Opens `SystemDetails` on a click.

    Signals:
        sign_in_requested: The user wants to sign in to the system of this `SystemKind`, or with another account.
        page_requested: The user wants to see the connection of this `SystemKind` on the page of them all.
    """

    sign_in_requested = Signal(object)
    page_requested = Signal(object)

    def __init__(self, connections: Connections, kind: SystemKind, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._connections = connections
        self._kind = kind
        self.setIconSize(QSize(10, 10))
        self.clicked.connect(self._open)
        self.refresh()

    def refresh(self) -> None:
        """Show the state as it is now."""
        state = self._connections.state(self._kind)
        name, words = system_name(self._kind), status_text(state)
        is_online = state.status is ConnectionStatus.ONLINE
        latency = self.tr("{ms} ms").format(ms=state.latency_ms) if state.latency_ms is not None else ""
        # The bar is narrow: how the systems do that nobody waits for is said by the dot, and in words to who asks.
        shown = (latency if is_online else words) if self._kind in _WAITED_FOR else ""
        self.set_text(f"{name}  {shown}".strip(), f"{name}: {words} {latency}".strip())
        self.setToolTip(self.tr("{system}: {status}. Click for details.").format(system=name, status=words))
        self.setIcon(_dot(*status_look(state)))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.refresh()

    def _open(self) -> None:
        details = SystemDetails(self._connections, self._kind, self)
        details.sign_in_requested.connect(self.sign_in_requested)
        details.page_requested.connect(self.page_requested)
        details.show_under(self)


class SystemDetails(Translated):
    """A connection in short, and the way to the page of them all; closes on a click elsewhere.

    Signals:
        sign_in_requested, page_requested: See `SystemChip`.
    """

    sign_in_requested = Signal(object)
    page_requested = Signal(object)

    def __init__(self, connections: Connections, kind: SystemKind, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._connections = connections
        self._kind = kind
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.S)
        frame = QFrame()
        frame.setProperty("frame", "menu")
        frame.setLayout(self._column)
        self._column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.setFixedWidth(400)
        self._build()

    def show_under(self, widget: QWidget) -> None:
        """Open with the right edges in line."""
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + Space.XS))
        self.move(max(corner.x(), 0), corner.y())
        self.show()
        # To the last button: the first one signs out, and the key that opened this may be pressed twice.
        self.focusNextPrevChild(False)

    def _build(self) -> None:
        state = self._connections.state(self._kind)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        dot = StatusDot()
        tone, hollow = status_look(state)
        dot.set_state(tone, status_text(state), hollow=hollow)
        head.addWidget(dot)
        head.addWidget(ElidedLabel(f"{system_name(self._kind)} · {state.title}", Type.STRONG), 1)
        head.addWidget(Label(status_text(state), ink="muted"))
        self._column.addLayout(head)
        if state.fault is not None:
            message = message_for(state.fault, self._kind)
            self._column.addWidget(Label(f"{message.what} {message.to_do}", ink="danger", wrap=True))
        facts: list[Fact] = []
        if state.connection is not None:
            facts.append(Fact(self.tr("Address"), state.connection.url))
        if state.identity is not None:
            facts.append(Fact(self.tr("Signed in as"), state.identity.user))
            facts.append(Fact(self.tr("Version"), state.identity.system_version))
        if state.latency_ms is not None:
            facts.append(Fact(self.tr("Round trip"), self.tr("{ms} ms").format(ms=state.latency_ms)))
        table = KeyValueGrid()
        table.show_facts(facts)
        self._column.addWidget(table)
        if state.identity is not None and state.secret is SecretPlace.NO_KEYRING:
            self._column.addWidget(Label(secret_text(state.secret), Type.CAPTION, "warning", wrap=True))
        if state.identity is not None or state.status is ConnectionStatus.OFFLINE:
            trouble = self._connections.caches.trouble
            ink = "muted" if trouble in (None, CacheTrouble.IN_MEMORY) else "warning"
            self._column.addWidget(Label(cache_text(trouble), Type.CAPTION, ink, wrap=True))
        self._column.addLayout(self._buttons(state.status))

    def _buttons(self, status: ConnectionStatus) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        if status is ConnectionStatus.OFFLINE:
            row.addWidget(Button(self.tr("Try now"), "primary", on_click=self._retry))
        if status is ConnectionStatus.ONLINE:
            row.addWidget(Button(self.tr("Sign out"), picture="sign-out", on_click=self._sign_out))
            row.addWidget(Button(self.tr("Other account…"), "quiet", on_click=self._sign_in))
        else:
            look = "primary" if status is ConnectionStatus.SIGNED_OUT else "quiet"
            row.addWidget(Button(self.tr("Sign in…"), look, on_click=self._sign_in))
        row.addStretch(1)
        row.addWidget(Button(self.tr("Connections…"), picture="plug", on_click=self._show_page))
        return row

    def _retry(self) -> None:
        self._connections.retry(self._kind)
        self.close()

    def _sign_out(self) -> None:
        self._connections.sign_out(self._kind)
        self.close()

    def _sign_in(self) -> None:
        self.sign_in_requested.emit(self._kind)
        self.close()

    def _show_page(self) -> None:
        self.close()
        self.page_requested.emit(self._kind)


def _dot(tone: Tone, hollow: bool) -> QIcon:
    tint = colour({Tone.NEUTRAL: "faint", Tone.ACCENT: "accent_text"}.get(tone, tone.value))
    picture = QPixmap(20, 20)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tint, 1.5) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else tint)
    painter.drawEllipse(QRectF(1.75, 1.75, 6.5, 6.5))
    painter.end()
    return QIcon(picture)
