"""Labels. Text is shown as it is written, never as HTML: much of it comes from other systems."""

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.theme import Tone, Type, tabular


def plain_tooltip(text: str) -> str:
    """``text`` for `QWidget.setToolTip`, which would otherwise take what looks like HTML for HTML."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def set_tip(widget: QWidget, text: str) -> None:
    """Say more about ``widget``, as it is written: under the mouse, and to a screen reader."""
    widget.setToolTip(plain_tooltip(text))
    widget.setAccessibleDescription(text)  # else the reader is given the tooltip, with its escapes


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Label(QLabel):
    """A label with plain text in a step of the type scale.

    Args:
        ink: ``muted``, ``faint``, or a `Tone`'s value; empty for the usual text colour.
        wrap: Several lines where it does not fit in one.
        selectable: The mouse can select it; for what is worth copying.
    """

    def __init__(
        self,
        text: str = "",
        step: Type = Type.BODY,
        ink: str = "",
        *,
        wrap: bool = False,
        selectable: bool = False,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("step", step.value)
        self.setProperty("ink", ink)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if figures:
            self.setFont(tabular(self.font()))
        self.setText(text)

    def set_ink(self, ink: str | Tone) -> None:
        """Another colour."""
        restyle(self, "ink", str(ink))


class ElidedLabel(Label):
    """One line that ends in … where it does not fit; the whole text is in the tooltip and for screen readers."""

    _measured = -1  # the width of the whole text in its font, once it has been asked for

    def __init__(
        self,
        text: str = "",
        step: Type = Type.BODY,
        ink: str = "",
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._elide = elide
        super().__init__(step=step, ink=ink, figures=figures, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show the first line's worth of ``text``; line breaks become spaces."""
        text = " ".join(text.split())
        if text != self.text():
            super().setText(text)
            self._measured = -1
        self.setAccessibleName(text)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a letter and the dots."""
        hint = self.sizeHint()
        return QSize(min(self.fontMetrics().horizontalAdvance("MM…"), hint.width()), hint.height())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the whole text."""
        return QSize(self._width() + 2, QFontMetrics(self.font()).height() + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, self._shown())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._tell_whole()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measured = -1
            self.updateGeometry()

    def is_cut(self) -> bool:
        """Not all of the text can be seen."""
        return self._width() > self.contentsRect().width()

    def _width(self) -> int:
        if self._measured < 0:
            self._measured = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return self._measured

    def _shown(self) -> str:
        if not self.is_cut():
            return self.text()
        return self.fontMetrics().elidedText(self.text(), self._elide, self.contentsRect().width())

    def _tell_whole(self) -> None:
        tip = self.text() if self.is_cut() else ""
        if tip != self.accessibleDescription():
            set_tip(self, tip)
