"""One Samspil a user: a second start hands over what it was asked to do, and ends."""

import getpass
import hashlib
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WITHIN = 3.0
"""Seconds for the other one to answer. It may have begun a moment ago; a hung one must not keep this one shut."""
_STEP = 200  # ms
_MOST_BYTES = 200
_SHOW = "show"
_TAKEN = b"taken\n"


def name_for(settings: Path) -> str:
    """The address of the instance of this user with these settings. Short: a Unix socket's path has 108 characters."""
    who = f"{getpass.getuser()} {settings.resolve()}"
    return f"samspil-{hashlib.sha256(who.encode()).hexdigest()[:16]}"


def hand_over(name: str, asked: str, within: float = _WITHIN) -> bool:
    """Let the running instance show itself, and the card that is ``asked`` for where it is not empty.

    Waits ``within`` seconds at most. Returns False where it does not answer.
    """
    until = time.monotonic() + within
    while time.monotonic() < until:
        socket = QLocalSocket()
        socket.connectToServer(name)
        if socket.waitForConnected(_STEP):
            socket.write(f"{asked or _SHOW}\n".encode())
            return _is_taken(socket, until)
        time.sleep(_STEP / 1000)
    return False


def _is_taken(socket: QLocalSocket, until: float) -> bool:
    said = b""
    while b"\n" not in said and time.monotonic() < until:
        if socket.waitForReadyRead(_STEP):
            said += bytes(socket.read(_MOST_BYTES).data())
        elif socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            break
    return said == _TAKEN


class Instance(QObject):
    """Takes what later starts hand over, and on a Mac the links that the system itself hands to the one that runs.

    Signals:
        asked: A later start wants the window shown, and the card of the customer of this number unless it is empty; of
            a project it is ``project/NUMBER``. Text of another process: whoever shows it judges it.
    """

    asked = Signal(str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Another user of this computer must not drive our window.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(name):
            # What a killed one has left behind; a living one would have answered `hand_over`.
            QLocalServer.removeServer(name)
            self._server.listen(name)
        application = QCoreApplication.instance()
        # Elsewhere nobody sends such links, and a filter of the application is asked about every event of every widget:
        # it made a change of theme take twice as long.
        if application is not None and sys.platform == "darwin":
            application.installEventFilter(self)

    @property
    def is_listening(self) -> bool:
        """Later starts find it."""
        return self._server.isListening()

    def close(self) -> None:
        """Let the next start be the one."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._server.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A link that macOS hands over."""
        if event.type() is QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            number = event.url().path().removeprefix("/")
            self.asked.emit(f"project/{number}" if event.url().host() == "project" else number)
            return True
        return super().eventFilter(watched, event)

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
            return
        said = bytes(socket.readLine(_MOST_BYTES).data()).decode("utf-8", "replace").strip()
        socket.write(_TAKEN)
        socket.flush()
        socket.disconnectFromServer()
        self.asked.emit("" if said == _SHOW else said)
