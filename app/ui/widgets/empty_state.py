"""What stands where nothing is yet: what would be here and how to get it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import Space, Type
from app.ui.widgets.buttons import Button, IconView
from app.ui.widgets.text import Label


class EmptyState(QWidget):
    """A picture, a sentence, how to go on, and perhaps a button for it."""

    def __init__(self, picture: str, title: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(title, Type.STRONG, wrap=True)
        self._text = Label(text, Type.BODY, "muted", wrap=True)
        self._button = Button(on_click=self._click)
        self._on_click: Callable[[], object] = lambda: None
        self._button.hide()
        self._icon = IconView(picture, "faint", 28)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.XL, Space.L, Space.XL)
        column.setSpacing(Space.S)
        column.addStretch(2)
        column.addWidget(self._icon, 0, middle)
        for label in (self._title, self._text):
            label.setAlignment(middle)
            label.setMinimumWidth(120)
            column.addWidget(label)
        column.addSpacing(Space.XS)
        column.addWidget(self._button, 0, middle)
        column.addStretch(3)
        self.set_texts(title, text)

    def set_texts(self, title: str, text: str = "", picture: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        if picture:
            self._icon.set_icon(picture, "faint")
        self.setAccessibleName(f"{title} {text}".strip())

    def set_action(self, label: str, on_click: Callable[[], object] | None = None) -> None:
        """Offer a button; without a label there is none."""
        self._button.setText(label)
        self._button.setVisible(bool(label))
        if on_click is not None:
            self._on_click = on_click

    def _click(self) -> None:
        self._on_click()
