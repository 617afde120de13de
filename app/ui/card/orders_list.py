"""The third page of the card: the customer's orders in the ERP."""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.orders import OrderSummary
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn
from app.services.card import CustomerCard, LinkState, PartName, PartStatus
from app.ui.card.part_card import source_note
from app.ui.formats import Formats
from app.ui.orders.phases import TONE_OF
from app.ui.theme import Space, Type, colour, colours, font, tabular
from app.ui.widgets import Action, BusyLine, Button, EmptyState, Label, MessageBar, Translated, plain_tooltip

_ORDER = Qt.ItemDataRole.UserRole
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
        if role == _ORDER:
            return order
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == _Column.TOTAL else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _Column.REFERENCE:
            return plain_tooltip(order.customer_reference)
        return None

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
        order: OrderSummary = index.data(_ORDER)
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


class _OrdersView(QTableView):
    """Opens the order under the cursor with Enter."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
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
        self.doubleClicked.connect(self._open)

    def set_up_columns(self) -> None:
        """As wide as their contents; the reference takes the rest."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_Column.REFERENCE, QHeaderView.ResizeMode.Stretch)

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
        order: OrderSummary = index.data(_ORDER)
        self.opened.emit(order.id)


class OrdersPage(Translated):
    """The list, and "New order".

    Signals:
        order_open_requested: The ERP's id of an order.
        new_order_requested: A new order for this customer.
    """

    order_open_requested = Signal(str)
    new_order_requested = Signal()

    def __init__(
        self,
        card: CustomerCard,
        formats: Formats,
        on_sign_in: Callable[[SystemKind], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._formats = formats
        self._on_sign_in = on_sign_in
        self._model = OrdersModel(formats, self)
        self.view = _OrdersView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(_OrderDelegate(self.view))
        self.view.set_up_columns()
        self.view.opened.connect(self.order_open_requested)
        self._new = Button(picture="plus", on_click=self.new_order_requested.emit)
        self._note = Label(step=Type.CAPTION, ink="faint")
        self._message = MessageBar()
        self._busy = BusyLine()
        self._empty = EmptyState("order")
        head = QHBoxLayout()
        head.addWidget(self._new)
        head.addStretch(1)
        head.addWidget(self._note)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.M, Space.L, 0)
        top.setSpacing(Space.S)
        top.addLayout(head)
        top.addWidget(self._message)
        table = QVBoxLayout()
        table.setContentsMargins(Space.S, 0, Space.S, 0)
        table.addWidget(self.view)
        table.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(top)
        column.addWidget(self._busy)
        column.addLayout(table, 1)
        self.retranslate()

    def refresh(self, part: PartName | None) -> None:
        """A part has changed, or all of them."""
        if part not in (None, PartName.ORDERS, PartName.CUSTOMER):
            return
        orders = self._card.orders
        current = self.view.currentIndex()
        kept: OrderSummary | None = current.data(_ORDER) if current.isValid() else None
        self._model.show_orders(orders.value or ())
        row = self._model.row_of(kept.id) if kept is not None else -1
        if self._model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.index(max(row, 0), 0))
        self._new.setEnabled(self._card.customer.value is not None)
        self._busy.set_busy(orders.status is PartStatus.LOADING, self.tr("Loading"))
        self._show_fault()
        self.refresh_age()
        self.view.setVisible(bool(orders.value))
        self._empty.setHidden(bool(orders.value))
        if not orders.value:
            self._say_why_empty(orders.status)

    def refresh_age(self) -> None:
        """Time has passed."""
        self._note.setText(source_note(self._card.orders, self._formats))

    def retranslate(self) -> None:
        """See `Translated`."""
        keys = QKeySequence(QKeySequence.StandardKey.New).toString(QKeySequence.SequenceFormat.NativeText)
        self._new.setText(self.tr("New order"))
        self._new.setToolTip(keys)
        self.view.setAccessibleName(self.tr("Orders of this customer"))
        self._model.retranslate()
        self.refresh(None)

    def _show_fault(self) -> None:
        part = self._card.orders
        if part.status is not PartStatus.FAILED or part.fault is None:
            self._message.clear()
            return
        if isinstance(part.fault, NotSignedIn):
            action = Action(self.tr("Sign in…"), lambda: self._on_sign_in(SystemKind.ERP))
        else:
            again = PartName.ORDERS if self._card.customer.value is not None else PartName.CUSTOMER
            action = Action(self.tr("Try again"), lambda: self._card.reload(again))
        self._message.show_fault(part.fault, part.source, actions=(action,))

    def _say_why_empty(self, status: PartStatus) -> None:
        self._empty.set_action("")
        match status:
            case PartStatus.FAILED:
                self._empty.set_texts(self.tr("The orders could not be read"))
            case PartStatus.LOADING | PartStatus.WAITING:
                self._empty.set_texts(self.tr("Reading the orders…"))
            case PartStatus.ABSENT if self._card.link is LinkState.NO_NUMBER:
                self._empty.set_texts(
                    self.tr("No orders without a customer number"),
                    self.tr("The CRM holds no customer number for this company, so the ERP's orders cannot be found."),
                )
            case PartStatus.ABSENT:
                self._empty.set_texts(
                    self.tr("The ERP does not know this customer"), self.tr("Its orders would stand here.")
                )
            case _:
                self._empty.set_texts(self.tr("No orders yet"), self.tr("The customer's orders in the ERP stand here."))
                self._empty.set_action(self.tr("New order"), self.new_order_requested.emit)
