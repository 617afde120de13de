"""How long the GUI thread did not get back to its loop.

A timer of 1 ms beats in the GUI thread, in nested loops too. Between two beats lies one whole turn of the loop, with
everything that was dispatched in it: events, timers, queued answers, painting, waiting for the interpreter's lock and
for the disk. So a gap between two beats, less the interval, is how long a key would have waited.

The dispatcher's own signals are not used: Qt's dispatchers for Linux emit ``aboutToBlock`` before and ``awake`` after
the turn in which they also call timers and sockets, so the time between does not tell held from idle.

What the thread waited for a processor while it could have run is taken off where Linux tells it (the second number of
``/proc/thread-self/schedstat``): that is the machine's business, not the app's. Where it slept until another thread of
ours let go of the interpreter's lock, or until the window server had taken a picture, what *they* waited for a
processor in that time is taken off too: on a machine of two processors that others use as well, that is most of it.
"""

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimerEvent

_INTERVAL = 0.001
_WORTH_KEEPING = 0.004
"""Seconds: shorter gaps are not told."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which the loop was held.

    Attributes:
        stage: What was being done, in the words of the route.
        at: Seconds since the watch began.
        held: Seconds, without those spent waiting for a processor.
        waited: Seconds in which it, or whom it waited for, waited for a processor.
        used: Seconds of a processor that it used; the rest of what it was held it waited for somebody.
    """

    stage: str
    at: float
    held: float
    waited: float
    used: float


class Heartbeat(QObject):
    """Beats in the thread that made it, from `begin` to `end`.

    Attributes:
        stage: What is being done now; set by the route.
        gaps: All gaps that are worth keeping.
        last: When it beat last.
        used: Seconds of a processor that the thread had used then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stage = ""
        self.gaps: list[Gap] = []
        self.last = 0.0
        self._began = 0.0
        self._timer = 0
        self._own = queue_clock(threading.get_native_id())
        self._others: list[Clock] = []
        self.used, self._queued, self._others_queued = 0.0, 0.0, 0.0

    def begin(self) -> None:
        """Watch from now on."""
        self._began = self.last = time.perf_counter()
        own = threading.get_native_id()
        others = [each.native_id for each in threading.enumerate() if each.native_id not in (None, own)]
        self._others = [queue_clock(each) for each in (*others, *_window_server()) if each is not None]
        self.used, self._queued = self._own()
        self._others_queued = sum(clock()[1] for clock in self._others)
        self._timer = self.startTimer(1, Qt.TimerType.PreciseTimer)

    def end(self) -> None:
        """Watch no more."""
        self.killTimer(self._timer)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """A beat."""
        now = time.perf_counter()
        used, queued = self._own()
        others_queued = sum(clock()[1] for clock in self._others)
        gap = now - self.last - _INTERVAL
        if gap > _WORTH_KEEPING:
            waited = min(max(queued - self._queued, 0.0), gap)
            busy = used - self.used
            slept = max(gap - waited - busy, 0.0)
            waited += min(max(others_queued - self._others_queued, 0.0), slept)
            self.gaps.append(Gap(self.stage, now - self._began, gap - waited, waited, busy))
        self.used, self._queued, self._others_queued = used, queued, others_queued
        self.last = now


Clock = Callable[[], tuple[float, float]]


def _window_server() -> list[int]:
    """The process id of the X server on this machine, from the lock file it keeps; none where there is none."""
    display = os.environ.get("DISPLAY", "").rpartition(":")[2].partition(".")[0]
    try:
        return [int(Path(f"/tmp/.X{display}-lock").read_text(encoding="ascii"))]  # noqa: S108
    except (OSError, ValueError):
        return []


def queue_clock(thread: int) -> Clock:
    """How many seconds the thread of this number has run, and has waited for a processor; 0 where nobody tells.

    It is read a thousand times a second in the thread that is measured, so it must not let go of the interpreter's
    lock as `os.pread` does: getting it back from a busy thread takes 5 ms.
    """
    if sys.platform != "linux":
        return lambda: (0.0, 0.0)
    try:
        file = os.open(f"/proc/{thread}/schedstat", os.O_RDONLY)
        pread = ctypes.PyDLL(None).pread
    except (OSError, AttributeError):
        return lambda: (0.0, 0.0)
    pread.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_long]
    pread.restype = ctypes.c_ssize_t
    buffer = ctypes.create_string_buffer(96)

    def read() -> tuple[float, float]:
        length = pread(file, buffer, 96, 0)
        parts = buffer.raw[: max(length, 0)].split()
        return (int(parts[0]) / 1e9, int(parts[1]) / 1e9) if len(parts) == 3 else (0.0, 0.0)

    return read
