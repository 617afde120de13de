"""Say something from any thread to somebody in the window's."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class _Wire(QObject):
    sent = Signal(object)


class Relay(Generic[T]):
    """Calling it, from any thread, calls ``listener`` in the thread that made it, soon and in order."""

    def __init__(self, listener: Callable[[T], None]) -> None:
        self._wire = _Wire()
        self._listener = listener
        self._wire.sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def __call__(self, message: T) -> None:
        self._wire.sent.emit(message)

    def _deliver(self, message: T) -> None:
        self._listener(message)
