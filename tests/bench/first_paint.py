"""When a window was first seen. Imports QtCore only: a bare window is measured with it too."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer


class Painted(QObject):
    """Calls ``on_painted`` with `time.perf_counter` once, after the next paint of ``widget``.

    A filter sees the paint event before it is delivered. The end is the first turn of the loop after it, when all that
    was to be painted with it has been handed to the window system; what else the loop did before counts as well.
    """

    def __init__(self, widget: QObject, on_painted: Callable[[float], object]) -> None:
        super().__init__(widget)
        self._on_painted = on_painted
        self._watched: QObject | None = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if event.type() == QEvent.Type.Paint and watched is self._watched:
            self._watched = None
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._end)
        return False

    def _end(self) -> None:
        self._on_painted(time.perf_counter())
        self.deleteLater()
