"""Work of the GUI thread in small pieces, so that keys and painting come in between."""

import time
from collections import deque
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_STYLED_AT_ONCE = 20
"""Widgets that are given their looks in one turn of the event loop."""

_HOLDS = 0.006
"""Seconds after which no further step is begun in a turn. What is done in one turn is laid out and painted once."""


class InTurns(QObject):
    """Runs generators one after the other; between their steps the event loop gets its turn as often as it needs it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._works: deque[Iterator[None]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._steps)

    def add(self, work: Iterator[None]) -> None:
        """Begin ``work`` when what was added before it is done."""
        self._works.append(work)
        self._timer.start()

    def finish(self) -> None:
        """Do now what is left: somebody needs it."""
        while self._works:
            self._step()

    def _steps(self) -> None:
        until = time.perf_counter() + _HOLDS
        self._step()
        while self._works and time.perf_counter() < until:
            self._step()

    def _step(self) -> None:
        # Taken out while it runs, so that one that raises is not run again.
        work = self._works.popleft()
        try:
            next(work)
        except StopIteration:
            pass
        else:
            self._works.appendleft(work)
        finally:
            if not self._works:
                self._timer.stop()


def style_in_turns(parent: QWidget) -> Iterator[None]:
    """Give what is in ``parent`` its looks before it is shown, which would take longer than a frame for all at once."""
    widgets = iter(parent.findChildren(QWidget))
    while some := list(islice(widgets, _STYLED_AT_ONCE)):
        yield
        for widget in filter(isValid, some):  # one may have gone meanwhile
            widget.ensurePolished()
