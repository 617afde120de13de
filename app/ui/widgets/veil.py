"""Covers what is not so any more, until it shows what is."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from app.ui.theme import colour


class Veil(QWidget):
    """Lies over the pages of ``tabs``, not over their names: neither seen nor clicked on through it.

    Nothing below it is painted, so that covering them costs next to nothing.
    """

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()
        tabs.installEventFilter(self)

    def cover(self) -> None:
        """Lie over them. A key must not reach what cannot be seen: the keyboard goes to the names of the pages."""
        page = self._tabs.currentWidget()
        if page is not None and page.isAncestorOf(self._tabs.window().focusWidget() or self._tabs):
            self._tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """See QObject."""
        if event.type() is QEvent.Type.Resize and watched is self._tabs:
            self._fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """See QWidget."""
        QPainter(self).fillRect(self.rect(), colour("surface"))

    def _fit(self) -> None:
        names = self._tabs.tabBar().sizeHint().height()
        self.setGeometry(QRect(0, names, self._tabs.width(), self._tabs.height() - names))
