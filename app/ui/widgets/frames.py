"""Frames: a card with a heading, a hairline, a scrolling column."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import Space, Type
from app.ui.widgets.text import ElidedLabel, Label, set_tip


class Hairline(QFrame):
    """A line of one pixel."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "hairline")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class SectionHeader(QWidget):
    """A small heading, quiet words at its right, and room for buttons."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title, Type.SECTION, "muted")
        self._note = Label(step=Type.CAPTION, ink="faint")
        self._note.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self._title.setText(title)

    def set_note(self, note: str, tooltip: str = "") -> None:
        """The quiet words: which system it is from, and how old it is."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        if tooltip != self._note.accessibleDescription():
            set_tip(self._note, tooltip)

    def lead(self, widget: QWidget) -> None:
        """Put a picture before the heading."""
        self._row.insertWidget(0, widget)

    def add(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(widget)


class Card(QFrame):
    """A framed part of a page.

    Attributes:
        header: Its heading.
        body: The layout of its contents.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")
        self.header = SectionHeader(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.S)
        self._outer = column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        self.set_margin(Space.M)
        column.addWidget(self.header)
        column.addLayout(self.body)
        self.set_title(title)

    def set_margin(self, margin: int) -> None:
        """The room between the frame and what is in it."""
        self._outer.setContentsMargins(margin, Space.S + 2, margin, margin)

    def set_title(self, title: str) -> None:
        """Another heading; also what a screen reader calls the group."""
        self.header.set_title(title)
        self.setAccessibleName(title)


class ScrollColumn(QScrollArea):
    """A column that scrolls up and down, never sideways.

    Attributes:
        column: The layout to fill.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._page.setProperty("ground", "clear")
        self.column = QVBoxLayout(self._page)
        self.column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        self.column.setSpacing(Space.M)
        self.setWidget(self._page)
        self.viewport().setAutoFillBackground(False)
        self._page.setAutoFillBackground(False)
        self._page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the focused widget in view when it is reached by Tab."""
        if watched is self._page and event.type() is QEvent.Type.FocusIn:
            self.ensureWidgetVisible(self._page.focusWidget() or self._page)
        return super().eventFilter(watched, event)
