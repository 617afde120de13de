"""Work of the GUI thread in small pieces, so that keys and painting come in between."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class InTurns(QObject):
    """Runs ``steps`` to their end, one in each turn of the event loop; it ends with ``owner``."""

    def __init__(self, steps: Iterator[None], owner: QObject) -> None:
        super().__init__(owner)
        self._steps = steps
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def finish(self) -> None:
        """Run what is left now: somebody needs it."""
        while self._timer.isActive():
            self._turn()

    def _turn(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
        except BaseException:
            self._timer.stop()
            raise
