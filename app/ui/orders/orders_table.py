"""Orders in a table: as the card lists them, and where an earlier one is looked for."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.orders import OrderSummary
from app.ui.formats import Formats
from app.ui.orders.phases import TONE_OF
from app.ui.theme import Space, Type, colour, colours, font, tabular
from app.ui.widgets import plain_tooltip

ORDER_ROLE = Qt.ItemDataRole.UserRole
"""The `OrderSummary` of the row."""
_ROW = 34
_ROOM_FOR_REFERENCE = 490
_ROOM_FOR_DATE = 400
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Column(IntEnum):
    NUMBER = 0
    DATE = 1
    REFERENCE = 2
    STATE = 3
    TOTAL = 4


class OrdersModel(QAbstractTableModel):
    """The orders as the ERP listed them, the newest first."""

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._orders: tuple[OrderSummary, ...] = ()

    def show_orders(self, orders: tuple[OrderSummary, ...]) -> None:
        """Show these."""
        if orders != self._orders:
            self.beginResetModel()
            self._orders = orders
            self.endResetModel()

    def row_of(self, order_id: str) -> int:
        """The row of an order, or -1."""
        return next((row for row, order in enumerate(self._orders) if order.id == order_id), -1)

    def retranslate(self) -> None:
        """Say the headings again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_Column) - 1)

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if parent is not None and parent.isValid() else len(self._orders)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if parent is not None and parent.isValid() else len(_Column)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """See QAbstractItemModel."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == _Column.TOTAL else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                _Column.NUMBER: self.tr("Order"),
                _Column.DATE: self.tr("Date"),
                _Column.REFERENCE: self.tr("Reference"),
                _Column.STATE: self.tr("State"),
                _Column.TOTAL: self.tr("Total"),
            }[_Column(section)]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if not index.isValid() or index.row() >= len(self._orders):
            return None
        order = self._orders[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(order, index.column())
        if role == ORDER_ROLE:
            return order
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == _Column.TOTAL else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{title}: {self._text(order, index.column()) or '–'}"
        is_tip = role == Qt.ItemDataRole.ToolTipRole and index.column() == _Column.REFERENCE
        return plain_tooltip(order.customer_reference) if is_tip else None

    def _text(self, order: OrderSummary, column: int) -> str:
        match column:
            case _Column.NUMBER:
                return order.number or self.tr("New")
            case _Column.DATE:
                return self._formats.day(order.order_date) if order.order_date is not None else ""
            case _Column.REFERENCE:
                return order.customer_reference
            case _Column.STATE:
                return order.state.label
            case _:
                return self._formats.money(order.total) if order.total is not None else ""


class _OrderDelegate(QStyledItemDelegate):
    """Figures in line, and the state as a badge."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        # The whole row is the cursor: no frame around a single cell.
        option.state = option.state & ~QStyle.StateFlag.State_HasFocus
        if index.column() in (_Column.NUMBER, _Column.DATE, _Column.TOTAL):
            option.font = tabular(option.font)
        if index.column() == _Column.STATE:
            option.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        size = super().sizeHint(option, index)
        if index.column() == _Column.STATE:
            metrics = QFontMetrics(font(Type.SECTION, option.font))
            size.setWidth(metrics.horizontalAdvance(str(index.data())) + 2 * Space.S + 18)
        return QSize(size.width() + Space.XS, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        if index.column() != _Column.STATE:
            return
        order: OrderSummary = index.data(ORDER_ROLE)
        ink, ground = colours().tone(TONE_OF[order.state.phase])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Type.SECTION, option.font))
        metrics = painter.fontMetrics()
        cell: QRect = option.rect
        room = cell.width() - 2 * Space.S
        text = metrics.elidedText(order.state.label, Qt.TextElideMode.ElideRight, room - 14)
        height = metrics.height() + 3
        box = QRect(cell.x() + Space.S, cell.center().y() - height // 2, metrics.horizontalAdvance(text) + 14, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.setPen(colour("border"))
        painter.restore()


class OrdersTable(QTableView):
    """Orders, with the cursor on one of them; Enter opens it.

    Signals:
        opened: The ERP's id of the order.
        current_changed: The cursor is on another order, or on none.
    """

    opened = Signal(str)
    current_changed = Signal()

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orders = OrdersModel(formats, self)
        self.setModel(self._orders)
        self.setItemDelegate(_OrderDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setFixedHeight(28)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_Column.REFERENCE, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)

    @property
    def current_order(self) -> OrderSummary | None:
        """The order that the cursor is on."""
        index = self.currentIndex()
        return index.data(ORDER_ROLE) if index.isValid() else None

    def show_orders(self, orders: tuple[OrderSummary, ...]) -> None:
        """Show these; the cursor stays on its order where that is among them, and else goes to the first."""
        kept = self.current_order
        self._orders.show_orders(orders)
        row = self._orders.row_of(kept.id) if kept is not None else -1
        if self._orders.rowCount() and not self.currentIndex().isValid():
            self.go_to(max(row, 0))

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, where there is such a one."""
        if 0 <= row < self._orders.rowCount():
            self.setCurrentIndex(self._orders.index(row, 0))

    def go_nowhere(self) -> None:
        """Put the cursor on none of them."""
        self.setCurrentIndex(QModelIndex())

    def row_of(self, order_id: str) -> int:
        """The row of an order, or -1."""
        return self._orders.row_of(order_id)

    def retranslate(self) -> None:
        """Say the headings again."""
        self._orders.retranslate()

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802
        """See QAbstractItemView."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In a narrow card the reference, and then the date, give way to what an order is known by."""
        super().resizeEvent(event)
        self.setColumnHidden(_Column.REFERENCE, event.size().width() < _ROOM_FOR_REFERENCE)
        self.setColumnHidden(_Column.DATE, event.size().width() < _ROOM_FOR_DATE)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        order: OrderSummary = index.data(ORDER_ROLE)
        self.opened.emit(order.id)
