"""Buttons and pictures in the theme's own colours."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from app.ui.theme import ICON, icon, pixmap
from app.ui.widgets.text import set_tip


class IconView(QWidget):
    """A picture that says nothing which a text beside it does not say."""

    def __init__(self, name: str, role: str = "muted", size: int = ICON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)

    def set_icon(self, name: str, role: str) -> None:
        """Another picture or colour."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint it in the colours in force."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap(self._name, self._role, self._size))


class IconButton(QToolButton):
    """A button with only a picture; its name is its tooltip and for screen readers."""

    def __init__(
        self, name: str, label: str = "", *, role: str = "muted", size: int = ICON, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self.setIconSize(QSize(size, size))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_label(label)
        self._paint()

    def set_icon(self, name: str, role: str | None = None) -> None:
        """Another picture, in the same colour unless told."""
        self._name, self._role = name, role or self._role
        self._paint()

    def set_label(self, label: str) -> None:
        """What it does, in words."""
        set_tip(self, label)
        self.setAccessibleName(label)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        self.setIcon(icon(self._name, self._role, self.iconSize().width()))


class Button(QPushButton):
    """A push button.

    Args:
        look: ``primary`` (one on a page), ``quiet``, ``link``, ``danger``, or empty for the usual one.
    """

    def __init__(
        self,
        text: str = "",
        look: str = "",
        *,
        picture: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._picture, self._look = picture, look
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if look == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._on_click = on_click
        self.clicked.connect(self._click)
        self._paint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses it as Space does; Qt keeps that for the buttons of dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def set_on_click(self, on_click: Callable[[], object] | None) -> None:
        """What it does from now on."""
        self._on_click = on_click

    def set_picture(self, picture: str) -> None:
        """Another picture; none where it is empty."""
        if picture != self._picture:
            self._picture = picture
            self.setIcon(QIcon())
            self._paint()

    def _click(self) -> None:
        if self._on_click is not None:
            self._on_click()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        if self._picture:
            role = {"primary": "on_accent", "link": "accent_text", "danger": "danger"}.get(self._look, "muted")
            self.setIcon(icon(self._picture, role))
