"""The ground of a row in a list that a delegate of ours paints."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.ui.theme import colour

_ROUND = 6


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, *, hover: str = "hover") -> None:
    """Paint what shows that a row is chosen, is under the mouse, or has the keyboard. Leaves pen and brush changed.

    Args:
        hover: The colour's role under the mouse, which must stand out from the list's own ground.
    """
    state = option.state
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(colour("selected"))
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(colour(hover))
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colour("accent_text"))
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
