"""Python's cyclic garbage collector, run in the window's thread only.

Left to itself it runs in whichever thread allocates; in the asyncio thread it would free a QObject that is caught in a
cycle, and Qt objects die in their own thread or take the process with them ("Timers cannot be stopped from another
thread", then a crash).
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY = 1_000  # ms


class Collector(QObject):
    """Takes over from the automatic collector as long as it lives; the same thresholds, in this thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # What is there now stays: it need not be looked through again, which keeps each collection short.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @staticmethod
    def _look() -> None:
        oldest = -1
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count > threshold:
                oldest = generation
        if oldest >= 0:
            gc.collect(oldest)
