"""A thin line that moves while something is under way."""

from PySide6.QtCore import QElapsedTimer, QRectF, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import colour

_PERIOD = 1400  # ms from left to right
_EVERY = 33  # ms
_AFTER = 180  # ms: what is answered sooner shows nothing, so that nothing flickers


class BusyLine(QWidget):
    """Two pixels high; takes its room also while nothing is under way, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Something is under way."""
        return self._is_busy

    def set_busy(self, busy: bool, words: str = "") -> None:
        """Start or stop; ``words`` say to a screen reader what is under way."""
        self.setAccessibleName(words if busy else "")
        if busy == self._is_busy:
            return
        self._is_busy = busy
        if not busy and self._clock.elapsed() >= _AFTER:
            self.update()  # it was seen
        self._clock.restart()
        self._run()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """See QWidget."""
        elapsed = self._clock.elapsed() if self._is_busy else 0
        if elapsed < _AFTER:
            return
        width = self.width() * 0.3
        at = ((elapsed - _AFTER) % _PERIOD) / _PERIOD
        painter = QPainter(self)
        painter.fillRect(QRectF(at * (self.width() + width) - width, 0, width, self.height()), colour("accent_text"))

    def _run(self) -> None:
        if self._is_busy and self.isVisible():
            self._timer.start(max(_EVERY, _AFTER - self._clock.elapsed()))  # nothing moves before
        else:
            self._timer.stop()

    def _beat(self) -> None:
        self._timer.setInterval(_EVERY)
        self.update()
