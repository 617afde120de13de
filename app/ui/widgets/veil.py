"""Covers what is not so any more, until what is so has been drawn."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import colour

READ_AT_ONCE = 150
"""Milliseconds in which a card is read where the systems are near: until then one that was never seen stays covered,
and is drawn when it is whole. Drawn with each answer it would flicker, and be read later, for all the work."""


class Veil(QWidget):
    """Lies over ``below``: what is there can neither be seen nor clicked on, nor reached by a key.

    Nothing below it is painted, so that covering it costs next to nothing.

    Args:
        below: What is covered; it has a parent already.
        keyboard: Where the keyboard goes that is in there.
    """

    def __init__(self, below: QWidget, keyboard: QWidget) -> None:
        super().__init__(below.parentWidget())
        self._below, self._keyboard = below, keyboard
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()
        below.installEventFilter(self)

    def cover(self) -> None:
        """Lie over it."""
        holder = self.window().focusWidget()
        if holder is not None and self._below.isAncestorOf(holder):
            self._keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setGeometry(self._below.geometry())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """See QObject."""
        if watched is self._below and event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self.setGeometry(self._below.geometry())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """See QWidget."""
        QPainter(self).fillRect(self.rect(), colour("surface"))
