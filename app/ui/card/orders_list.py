"""The third page of the card: the customer's orders in the ERP."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn
from app.services.card import CustomerCard
from app.services.card_parts import LinkState, PartName, PartStatus
from app.ui.card.part_card import source_note
from app.ui.formats import Formats
from app.ui.orders.orders_table import OrdersTable
from app.ui.theme import Space, Type
from app.ui.widgets import Action, BusyLine, Button, EmptyState, Label, MessageBar, Translated

COPY_KEY = "Ctrl+D"
"""Copies the order under the cursor, as it copies a line in an order."""


class OrdersPage(Translated):
    """The list, and "New order".

    Signals:
        order_open_requested: The ERP's id of an order.
        order_copy_requested: The ERP's id of an order whose lines are wanted in a new one.
        new_order_requested: A new order for this customer.
    """

    order_open_requested = Signal(str)
    order_copy_requested = Signal(str)
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
        self.view = OrdersTable(formats)
        self.view.opened.connect(self.order_open_requested)
        self._open = QAction(self.view)
        self._open.triggered.connect(self._open_current)
        self._copy = QAction(self.view)
        self._copy.setShortcut(COPY_KEY)
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy.triggered.connect(self._copy_current)
        self.view.addAction(self._copy)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
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
        self.view.show_orders(orders.value or ())
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
        self.view.retranslate()
        self._open.setText(self.tr("Open the order"))
        self._copy.setText(self.tr("Copy into a new order…"))
        self.refresh(None)

    def _show_menu(self, place: QPoint) -> None:
        if self.view.current_order is not None:
            menu = QMenu(self.view)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions([self._open, self._copy])
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _open_current(self) -> None:
        if (order := self.view.current_order) is not None:
            self.order_open_requested.emit(order.id)

    def _copy_current(self) -> None:
        if (order := self.view.current_order) is not None:
            self.order_copy_requested.emit(order.id)

    def _show_fault(self) -> None:
        part = self._card.orders
        if part.status is not PartStatus.FAILED or part.fault is None or part.is_offline:
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
