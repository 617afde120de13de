"""The field in which an item is typed: proposals come from the ERP as one types, and typing never waits for them."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.orders import OrderHeader, Product, ProductHit
from app.ports.erp import ErpSystem
from app.ports.jobs import Job, Runner
from app.ui.theme import Space, Type, colour, font

Index = QModelIndex | QPersistentModelIndex

ASK_AFTER = 0.12
"""Seconds of quiet before the ERP is asked for proposals."""
_PROPOSALS = 12
_ROW = 28
_WIDEST = 480
_NUMBER_WIDTH = 110
_UNIT_WIDTH = 60
_HIT_ROLE = int(Qt.ItemDataRole.UserRole)


class ProductEditor(QLineEdit):
    """Enter takes the marked proposal, or else the text as it stands, which is looked up while the user types on.

    Attributes:
        chosen: The product of the proposal that was taken, or None: the text is what was typed.

    Signals:
        taken: A proposal was taken with the mouse.
    """

    taken = Signal()

    def __init__(self, erp: ErpSystem, header: OrderHeader, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Product | None = None
        self._erp = erp
        self._header = header
        self._runner = runner
        self._job: Job | None = None
        self._hits: Sequence[ProductHit] = ()
        self._proposals = _Proposals(self)
        self._proposals.clicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_edited)

    def stop(self) -> None:
        """No proposal is wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._proposals.hide()

    def settle(self) -> None:
        """The text is what the user wants; a marked proposal stands for it."""
        if self._proposals.isVisible():
            self._choose(self._proposals.currentIndex().row())
        self.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrows go through the proposals, Esc closes them; all else is typing."""
        if self._proposals.isVisible():
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._proposals.mark(self._proposals.currentIndex().row() + by)
                event.accept()
                return
            if event.key() == Qt.Key.Key_Escape:
                self._proposals.hide()
                event.accept()
                return
        super().keyPressEvent(event)

    @property
    def has_proposals(self) -> bool:
        """The list of proposals is open."""
        return self._proposals.isVisible()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """The proposals go with the field."""
        self.stop()
        super().hideEvent(event)

    def _on_edited(self, text: str) -> None:
        self.chosen = None
        self.stop()
        wanted = text.strip()
        if wanted:
            self._job = self._runner.run(self._ask(wanted), lambda hits: self._show(wanted, hits), lambda _error: None)

    async def _ask(self, text: str) -> Sequence[ProductHit]:
        await asyncio.sleep(ASK_AFTER)
        return await self._erp.search_products(text, header=self._header, limit=_PROPOSALS)

    def _show(self, text: str, hits: Sequence[ProductHit]) -> None:
        self._job = None
        if text != self.text().strip() or not hits or not self.isVisible():
            return
        self._hits = hits
        self._proposals.propose(hits, max(self.width(), _WIDEST))
        # An exact number is what Enter is meant for; anything else must be chosen, or typed out.
        if hits[0].exact or len(hits) == 1:
            self._proposals.mark(0)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            self.chosen = self._hits[row].product
            self.setText(self.chosen.code or self.chosen.name)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())
        self.stop()
        self.taken.emit()


class _Proposals(QListView):
    """A list under the field that never takes the keyboard from it."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_ProposalDelegate(self))
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("frame", "proposals")
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def propose(self, hits: Sequence[ProductHit], width: int) -> None:
        """Show these under the field, or above it where there is no room below."""
        self._model.clear()
        for hit in hits:
            item = QStandardItem(", ".join(part for part in (hit.product.code, hit.product.name) if part))
            item.setData(hit, _HIT_ROLE)
            self._model.appendRow(item)
        self.resize(width, _ROW * len(hits) + 2 * self.frameWidth() + 2 * Space.XS)
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen = self._field.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            below = self._field.mapToGlobal(QPoint(0, -self.height() - 2))
        self.move(min(below.x(), screen.right() - width), below.y())
        self.show()
        self.raise_()

    def mark(self, row: int) -> None:
        """Mark one; going over an end marks none."""
        index = self._model.index(row, 0) if 0 <= row < self._model.rowCount() else QModelIndex()
        self.setCurrentIndex(index)


class _ProposalDelegate(QStyledItemDelegate):
    """Number, name and unit, each in its own column."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """All rows are alike."""
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the style, and three texts on it."""
        self.initStyleOption(option, index)
        hit: ProductHit = index.data(_HIT_ROLE)
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        area = option.rect.adjusted(Space.S, 0, -Space.S, 0)
        unit = hit.unit.symbol if hit.unit is not None else ""
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.save()
        painter.setPen(colour("text"))
        painter.setFont(font(Type.STRONG))
        painter.drawText(area.adjusted(0, 0, _NUMBER_WIDTH - area.width(), 0), middle, hit.product.code)
        painter.setFont(font(Type.BODY))
        name = area.adjusted(_NUMBER_WIDTH, 0, -_UNIT_WIDTH, 0)
        shown = option.fontMetrics.elidedText(hit.product.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, middle, shown)
        painter.setPen(colour("faint"))
        painter.drawText(area, middle | int(Qt.AlignmentFlag.AlignRight), unit)
        painter.restore()
