"""Python's cyclic garbage collector, run in the window's thread only.

Left to itself it runs in whichever thread allocates; in the asyncio thread it would free a QObject that is caught in a
cycle, and Qt objects die in their own thread or take the process with them ("Timers cannot be stopped from another
thread", then a crash).

It takes about a microsecond an object that it looks through, and holds the thread for so long. So it looks through
what is new, a little at a time, and through everything only while the window's thread has nothing else to do.

How much there is it reckons from what was made and freed. `gc.get_objects` would tell, but it also gets hold of the
tuples that other threads are still filling, and Python then fails there ("bad argument to internal function").
"""

import gc
import sys
import time

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY = 1_000  # ms
_NEW = 700
"""Objects from which on it is worth looking, as with Python itself."""
_MANY = 5_000
"""Objects that are looked through in less than half a frame."""
_RESTS = 0.02
"""Seconds of a processor: with less of it between two looks nobody types, scrolls or reads something in."""
_LOOKS_AT_REST = 3
_OLDEST = 2


class Collector(QObject):
    """Takes over from the automatic collector as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        # What is there now stays: it need not be looked through again, which keeps each collection short.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._modules = len(sys.modules)
        self._used = time.thread_time()
        self._rested = 0
        self._young = 0  # objects that were looked through once
        self._kept = 0  # of the oldest, when everything was looked through last
        self._grown = 0  # more of them since
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_automatic:
            gc.enable()

    def _look(self) -> None:
        used = time.thread_time()
        self._rested = self._rested + 1 if used - self._used < _RESTS else 0
        self._used = used
        self._look_at_new()
        if self._grown > self._worth_it():
            freed = gc.collect(_OLDEST)
            self._kept, self._grown = max(self._kept + self._grown - freed, 0), 0

    def _look_at_new(self) -> None:
        new, modules = gc.get_count()[0], len(sys.modules)
        has_read, self._modules = modules != self._modules, modules
        if has_read and new > _MANY:
            gc.freeze()  # most of it is code, which stays
            self._young = self._kept = self._grown = 0
        elif new > _NEW and self._young + new > _MANY:
            self._grown += max(self._young + new - gc.collect(1), 0)
            self._young = 0
        elif new > _NEW:
            self._young += max(new - gc.collect(0), 0)

    def _worth_it(self) -> int:
        """How many more of the oldest there must be: a quarter while the thread rests, as with Python itself. While it
        does not it can wait until there are twice as many, which holds it up so seldom that memory is the lesser good.
        """
        return max(self._kept // 4, _MANY) if self._rested >= _LOOKS_AT_REST else max(self._kept, 10 * _MANY)
