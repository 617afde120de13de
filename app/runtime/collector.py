"""Python's cyclic garbage collector, run in the window's thread only.

Left to itself it runs in whichever thread allocates; in the asyncio thread it would free a QObject that is caught in a
cycle, and Qt objects die in their own thread or take the process with them ("Timers cannot be stopped from another
thread", then a crash).
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY = 1_000  # ms
_OLDEST = 2
_GROWN = 1.25
"""Everything is looked through only when there is a quarter more of it than last time, as Python itself does: with an
order of 1,000 lines on the desk that takes longer than a frame, and finds nothing."""


class Collector(QObject):
    """Takes over from the automatic collector as long as it lives; the same thresholds, in this thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # What is there now stays: it need not be looked through again, which keeps each collection short.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._long_lived = 0
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, threshold) in enumerate(counts) if count > threshold]
        if _OLDEST in due and len(gc.get_objects(_OLDEST)) < self._long_lived * _GROWN:
            due.remove(_OLDEST)
        if due:
            gc.collect(due[-1])
            if due[-1] == _OLDEST:
                self._long_lived = len(gc.get_objects(_OLDEST))
