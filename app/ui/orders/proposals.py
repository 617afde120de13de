"""Proposals in columns: a short name, words, and what else is to be known."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme import Space, Type, colour, font
from app.ui.widgets.proposals import ROW, ProposalList

Index = QModelIndex | QPersistentModelIndex

_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row: what it is called, in words, and what else is to be known of it."""

    short: str
    words: str = ""
    side: str = ""

    @property
    def spoken(self) -> str:
        """For the screen reader."""
        return ", ".join(part for part in (self.short, self.words, self.side) if part)


class Proposals(ProposalList):
    """Shows rows in up to three columns.

    Args:
        short_width: The room for the first column, in pixels.
        side_width: For the last one.
    """

    def __init__(self, field: QWidget, *, short_width: int, side_width: int) -> None:
        super().__init__(field)
        self.setItemDelegate(_ProposalDelegate(short_width, side_width, self))

    def propose(self, rows: Sequence[Proposal], width: int) -> None:
        """Show these."""
        items = []
        for row in rows:
            item = QStandardItem(row.spoken)
            item.setData(row, _ROLE)
            items.append(item)
        self.show_items(items, width)

    @property
    def marked(self) -> int:
        """The row that is marked, or -1."""
        return self.currentIndex().row()


class _ProposalDelegate(QStyledItemDelegate):
    """Each part in its own column."""

    def __init__(self, short_width: int, side_width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._short_width, self._side_width = short_width, side_width

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """All rows are alike."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the style, and the texts on it."""
        self.initStyleOption(option, index)
        row: Proposal = index.data(_ROLE)
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        area = option.rect.adjusted(Space.S, 0, -Space.S, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        elided = Qt.TextElideMode.ElideRight
        painter.save()
        painter.setPen(colour("text"))
        painter.setFont(font(Type.STRONG))
        short = painter.fontMetrics().elidedText(row.short, elided, self._short_width - Space.S)
        painter.drawText(area, middle, short)
        painter.setFont(font(Type.BODY))
        metrics = painter.fontMetrics()
        side = min(self._side_width, metrics.horizontalAdvance(row.side))
        words = area.adjusted(self._short_width, 0, -side - Space.M, 0)
        painter.drawText(words, middle, metrics.elidedText(row.words, elided, words.width()))
        painter.setPen(colour("faint"))
        painter.drawText(
            area, middle | int(Qt.AlignmentFlag.AlignRight), metrics.elidedText(row.side, elided, self._side_width)
        )
        painter.restore()
