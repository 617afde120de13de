"""Something done once, however often it was asked for meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Soon(QObject):
    """Does something when the loop next has nothing else to do; asked again before that, it still does it once.

    For what is shown of something that changes in several steps, each of which says so.
    """

    def __init__(self, do: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(do)

    def ask(self) -> None:
        """It is to be done."""
        self._timer.start()

    def cancel(self) -> None:
        """It need not be done any more: it has just been, or there is nothing to do it for."""
        self._timer.stop()
