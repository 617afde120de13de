"""Small signs of state: a dot, a badge, a chip. Each has words as well as a colour."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from app.ui.theme import Tone, colour
from app.ui.widgets.text import Label, restyle

_DOT = {
    Tone.NEUTRAL: "faint",
    Tone.ACCENT: "accent_text",
    Tone.SUCCESS: "success",
    Tone.WARNING: "warning",
    Tone.DANGER: "danger",
}


class StatusDot(QWidget):
    """A round sign. Hollow means "not now": signed out, waiting; so it can be told without colours."""

    def __init__(self, tone: Tone = Tone.NEUTRAL, *, hollow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._hollow = tone, hollow
        self.setFixedSize(10, 10)

    def set_state(self, tone: Tone, words: str, *, hollow: bool = False) -> None:
        """Another state; ``words`` say it."""
        self._tone, self._hollow = tone, hollow
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """See QWidget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = colour(_DOT[self._tone])
        painter.setPen(QPen(tint, 1.5) if self._hollow else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if self._hollow else tint)
        inset = 1.75 if self._hollow else 1.0
        painter.drawEllipse(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))


class Badge(Label):
    """A word on a soft ground: a state."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setProperty("step", "")
        self.setProperty("badge", tone.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_state(self, text: str, tone: Tone) -> None:
        """Another word and colour."""
        self.setText(text)
        restyle(self, "badge", tone.value)


class Chip(QToolButton):
    """A word that can be clicked: a category, a filter, a system."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("chip", "true")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_text(text)

    def set_text(self, text: str, accessible: str = "") -> None:
        """Show ``text`` as it is: an ampersand in it is no shortcut."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(accessible or text)
