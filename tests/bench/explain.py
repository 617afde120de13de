"""What the GUI thread did while it did not get back to its loop.

A clock of that thread's own processor time (Linux) interrupts it every millisecond that it has really run, and notes
where it is: no other thread takes turns with it, and what else the machine does plays no part. What runs inside Qt
shows as the line of Python that is reached next, with all the time that has passed since the line before it.
"""

import ctypes
import signal
import sys
import threading
import time
from collections import Counter
from types import FrameType

from tests.bench.heartbeat import Heartbeat

_EVERY = 0.001
_DEPTH = 4
_WORST = 16
_WHERE = 5
_TO_THREAD = 4  # SIGEV_THREAD_ID


class Explainer:
    """Watches the thread that makes it, which is the main one."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat
        self._seen: dict[tuple[str, float], Counter[str]] = {}
        self._used = 0.0

    def start(self) -> None:
        """Begin; the heartbeat has begun."""
        signal.signal(signal.SIGPROF, self._look)
        self._used = time.thread_time()
        _start_clock()

    def end(self) -> list[str]:
        """The turns of the loop that used most, and for what, a line each."""
        signal.signal(signal.SIGPROF, signal.SIG_IGN)
        worst = sorted(self._seen.items(), key=lambda item: -sum(item[1].values()))[:_WORST]
        return [
            f"{stage}: {sum(seen.values()) * 1000:.0f} ms of a processor in "
            + "; ".join(f"{where} ({used * 1000:.0f})" for where, used in seen.most_common(_WHERE))
            for (stage, _), seen in worst
        ]

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        now = time.thread_time()
        passed, self._used = now - max(self._used, self._heartbeat.used), now
        turn = self._seen.setdefault((self._heartbeat.stage, self._heartbeat.last), Counter())
        turn[_where(frame)] += passed  # type: ignore[assignment]


def _start_clock() -> None:
    """Send SIGPROF to this thread for every `_EVERY` of a processor's time that it uses; nothing but on Linux."""
    if sys.platform != "linux":
        return

    class Event(ctypes.Structure):
        _fields_ = (
            ("value", ctypes.c_void_p),
            ("signo", ctypes.c_int),
            ("notify", ctypes.c_int),
            ("thread", ctypes.c_int),
            ("rest", ctypes.c_int * 11),
        )

    class Interval(ctypes.Structure):
        _fields_ = (("every", ctypes.c_long * 2), ("first", ctypes.c_long * 2))

    libc, timer = ctypes.CDLL(None, use_errno=True), ctypes.c_void_p()
    event = Event(signo=signal.SIGPROF, notify=_TO_THREAD, thread=threading.get_native_id())
    every = (ctypes.c_long * 2)(0, int(_EVERY * 1e9))
    interval = Interval(every, every)
    if libc.timer_create(time.CLOCK_THREAD_CPUTIME_ID, ctypes.byref(event), ctypes.byref(timer)) or libc.timer_settime(
        timer, 0, ctypes.byref(interval), None
    ):
        raise OSError(ctypes.get_errno(), "the clock of this thread's time")


def _where(frame: FrameType | None) -> str:
    """The innermost lines of the app's own code."""
    found: list[str] = []
    while frame is not None and len(found) < _DEPTH:
        name = frame.f_code.co_filename
        if "/app/" in name and "bootstrap" not in name:
            found.append(f"{name.rpartition('/app/')[2]}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found) or "Qt's own"
