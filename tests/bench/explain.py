"""Where the GUI thread was while it did not get back to its loop.

A thread looks at the GUI thread's stack every other millisecond while a beat is overdue. It takes turns with it at the
interpreter's lock, so the figures of a run that is explained are worse than those of one that is not. What runs inside
Qt shows as the line of Python that called it.
"""

import sys
import threading
import time
from collections import Counter
from types import FrameType

from tests.bench.heartbeat import Heartbeat

_OVERDUE = 0.006
_LOOK_EVERY = 0.002
_DEPTH = 3


class Explainer:
    """Watches the thread that makes it."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat
        self._gui = threading.get_ident()
        self._seen: dict[tuple[str, float], Counter[str]] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="explain", daemon=True)

    def start(self) -> None:
        """Begin; the heartbeat has begun."""
        sys.setswitchinterval(0.001)
        self._thread.start()

    def end(self) -> list[str]:
        """The longest pauses and where they were spent, a line each."""
        self._is_over.set()
        self._thread.join()
        worst = sorted(self._seen.items(), key=lambda item: -item[1].total())[:12]
        return [
            f"{stage}: about {seen.total() * _LOOK_EVERY * 1000:.0f} ms in "
            + "; ".join(f"{where} ({count})" for where, count in seen.most_common(4))
            for (stage, _), seen in worst
        ]

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOK_EVERY):
            last = self._heartbeat.last
            if time.perf_counter() - last > _OVERDUE:
                # The frame is not kept: it would keep a painter alive past its paint event.
                where = _where(sys._current_frames().get(self._gui))
                self._seen.setdefault((self._heartbeat.stage, last), Counter())[where] += 1


def _where(frame: FrameType | None) -> str:
    """The innermost lines of the app's own code."""
    found: list[str] = []
    while frame is not None and len(found) < _DEPTH:
        name = frame.f_code.co_filename
        if "/app/" in name and "bootstrap" not in name:
            found.append(f"{name.rpartition('/app/')[2]}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found) or "Qt's own"
