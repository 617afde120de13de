"""A fast typist: keys at a steady pace, and from each key to the paint that shows it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.ui.tour import focus
from tests.bench.first_paint import Painted

PACE = 80
"""Milliseconds between two keys: 150 words a minute."""
_LOOK_EVERY = 10
_PATIENCE = 30.0
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class Until:
    """Wait until something is there; ``what`` says it in words."""

    what: str
    is_there: Callable[[], bool]


Step = int | Until
"""Milliseconds to wait, or what to wait for."""
Steps = Iterator[Step]


@dataclass(frozen=True, slots=True)
class Press:
    """A key, and how many milliseconds later the widget that shows it had been painted."""

    key: str
    milliseconds: float


class Typist(QObject):
    """Follows a route of steps, in the GUI thread, and never holds it for longer than a key is handled.

    Attributes:
        presses: The keys that show something, in order.
        error: Why the route was left, or None.
    """

    def __init__(
        self, on_end: Callable[[], None], parent: QObject | None = None, *, patience: float = _PATIENCE
    ) -> None:
        super().__init__(parent)
        self._patience = patience  # seconds for one `Until`
        self.presses: list[Press] = []
        self.error: Exception | None = None
        self._on_end = on_end
        self._steps: Steps = iter(())
        self._until: Until | None = None
        self._deadline = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._go_on)

    def follow(self, steps: Steps) -> None:
        """Begin."""
        self._steps = steps
        self._timer.start(0)

    def press(
        self,
        key: Qt.Key | str,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
        *,
        shown_by: QWidget | None = None,
        is_measured: bool = True,
        pause: int = PACE,
    ) -> Steps:
        """One key at whatever has the keyboard, and the pause after it in milliseconds.

        ``shown_by`` is the widget that shows it: whatever has the keyboard after the key when None.
        """
        before = time.perf_counter()
        if isinstance(key, str):
            QTest.keyClicks(focus(), key, modifiers)
        else:
            QTest.keyClick(focus(), key, modifiers)
        if is_measured:
            name = key if isinstance(key, str) else key.name
            self._watch(shown_by or focus(), name, before)
        yield pause

    def type(self, text: str, *, pace: int = PACE) -> Steps:
        """Letter by letter; the first one may open an editor, which gets the others."""
        for letter in text:
            yield from self.press(letter)
            if pace > PACE:
                yield pace - PACE

    def _watch(self, widget: QWidget, name: str, before: float) -> None:
        open_ = [True]

        def seen(at: float) -> None:
            if open_:
                open_.clear()
                self.presses.append(Press(name, (at - before) * 1000))

        Painted(widget, seen)
        # A field that goes before it was painted showed nothing until then.
        widget.destroyed.connect(lambda: seen(time.perf_counter()))

    def _go_on(self) -> None:
        if self._until is not None:
            if not self._until.is_there():
                if time.perf_counter() > self._deadline:
                    self._end(RuntimeError(f"waited in vain for {self._until.what}"))
                else:
                    self._timer.start(_LOOK_EVERY)
                return
            self._until = None
        try:
            step = next(self._steps, None)
        except Exception as error:
            self._end(error)
            return
        if step is None:
            self._end(None)
        elif isinstance(step, Until):
            self._until, self._deadline = step, time.perf_counter() + self._patience
            self._timer.start(0)
        else:
            self._timer.start(step)

    def _end(self, error: Exception | None) -> None:
        self.error = error
        self._on_end()
