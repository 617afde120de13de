"""The right half of the window: one order of the ERP."""

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn, SystemFault
from app.ports.jobs import Runner
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.order_session import OrderSession
from app.ui.formats import Formats
from app.ui.orders.columns import Column
from app.ui.orders.delegates import LineDelegate
from app.ui.orders.lines_model import LinesModel
from app.ui.orders.lines_view import LinesView
from app.ui.orders.order_header import OrderHead
from app.ui.orders.order_totals import OrderTotals
from app.ui.orders.price_strip import PriceStrip
from app.ui.orders.product_editor import ProductEditor
from app.ui.orders.recovered_bar import RecoveredBar
from app.ui.orders.row_message import show_row
from app.ui.theme import Space, Type
from app.ui.widgets import Action, BusyLine, Button, EmptyState, Label, MessageBar, MessageKind, Translated


class OrderPanel(Translated):
    """Shows an order and lets its lines be edited in the ERP itself.

    Attributes:
        recovered: Tells what became of lines that were on their way when the program last ended.

    Signals:
        new_order_requested: The user wants a new order for the customer at hand.
        sign_in_requested: The ERP wants the user to sign in.
        faulted: A fault that the connection's watcher should look at.
        order_changed: The ERP's id of the customer whose order was created, changed its state, or is put away changed.
    """

    new_order_requested = Signal()
    sign_in_requested = Signal()
    faulted = Signal(object)
    order_changed = Signal(str)

    def __init__(self, desk: OrderDesk, runner: Runner, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._formats = formats
        self._shown: DeskOrder | None = None
        self._model: LinesModel | None = None
        self._opening: tuple[str, str] | None = None  # ("order" or "customer", the ERP's id)
        self._has_customer = False
        self._told_fault: SystemFault | None = None
        self._told_order: tuple[str | None, str] | None = None
        self._version_shown = ""

        self._busy = BusyLine()
        self._head = OrderHead(formats)
        self._messages = MessageBar()
        self._lines = LinesView()
        self._lines.setItemDelegate(LineDelegate(self._make_product_editor, self._lines))
        self._lines.current_row_changed.connect(self._on_current_row)
        self._row_message = MessageBar()
        self._problems = Button(look="link", on_click=self._next_problem)
        self._why_read_only = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._price = PriceStrip(formats)
        self._price.break_taken.connect(self._take_break)
        self._totals = OrderTotals(formats)
        self._totals.action_requested.connect(self._act)

        self._empty = EmptyState("order")
        self._editor = QWidget()
        column = QVBoxLayout(self._editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(_inset(self._messages))
        column.addLayout(_inset(self._why_read_only))
        column.addWidget(self._lines, 1)
        column.addLayout(_inset(self._row_message))
        column.addLayout(_inset(self._problems))
        column.addWidget(self._price)
        column.addWidget(self._totals)
        stack_host = QWidget()
        self._stack = QStackedLayout(stack_host)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._editor)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.recovered = self._top_of(whole)
        whole.addWidget(stack_host, 1)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Order"))
        self.retranslate()

    # -- what the window asks

    @property
    def session(self) -> OrderSession | None:
        """The session of the order that is shown."""
        return self._shown.session if self._shown is not None else None

    @property
    def price(self) -> PriceStrip:
        """What the ERP tells about the price of the line under the cursor."""
        return self._price

    @property
    def lines(self) -> LinesView:
        """The line grid."""
        return self._lines

    def set_customer(self, *, known_to_erp: bool) -> None:
        """Whether there is a customer for whom an order can be made."""
        self._has_customer = known_to_erp
        self.retranslate()

    def open_order(self, order_id: str) -> None:
        """Open an order of the ERP."""
        self.leave()
        self._opening = ("order", order_id)
        self._wait()
        self._desk.open(order_id, self._show, self._on_open_failed)

    def new_order(self, customer_id: str) -> None:
        """Begin a new order for a customer of the ERP."""
        self.leave()
        self._opening = ("customer", customer_id)
        self._wait()
        self._desk.propose(customer_id, self._show, self._on_open_failed)

    def leave(self) -> None:
        """The row under the cursor is left; it goes to the ERP."""
        self._lines.leave()

    def _top_of(self, column: QVBoxLayout) -> RecoveredBar:
        """What is shown above every order, and above none."""
        recovered = RecoveredBar()
        recovered.open_requested.connect(self._show_restored)
        column.addWidget(self._busy)
        column.addLayout(_inset(recovered))
        return recovered

    def _show_restored(self, entry_id: int) -> None:
        self.leave()
        self._desk.open_restored(entry_id, self._show)

    def close_order(self) -> None:
        """Show no order. What is on its way is followed to its end by the desk."""
        self.leave()
        self._put_away()
        self._stack.setCurrentWidget(self._empty)
        self.retranslate()

    def retranslate(self) -> None:
        """See `Translated`."""
        self._lines.setAccessibleName(self.tr("Order lines"))
        if self._has_customer:
            self._empty.set_texts(
                self.tr("No order is open"),
                self.tr("Open one from the customer's orders, or begin a new one with Ctrl+N."),
            )
            self._empty.set_action(self.tr("New order"), self.new_order_requested.emit)
        else:
            self._empty.set_texts(
                self.tr("No order is open"),
                self.tr("Find a customer first: his orders are opened and new ones begun from his card."),
            )
            self._empty.set_action("")
        self._refresh()

    # -- showing

    def _show(self, opened: DeskOrder) -> None:
        self._busy.set_busy(False)
        self._opening = None
        self._put_away()
        self._shown = opened
        self._told_fault, self._told_order = None, None
        self._version_shown = opened.session.order.version
        self._model = LinesModel(opened, self._formats, self)
        self._model.state_changed.connect(self._refresh)
        self._model.rowsInserted.connect(self._refresh)
        self._model.rowsRemoved.connect(self._refresh)
        self._model.dataChanged.connect(self._refresh)
        self._lines.show_lines(self._model)
        opened.explainer.listener = self._show_price
        self._stack.setCurrentWidget(self._editor)
        self._refresh()
        if opened.session.order.editable:
            self._lines.start_line()

    def _put_away(self) -> None:
        if self._shown is not None and self._shown.session.order.version != self._version_shown:
            self.order_changed.emit(self._shown.session.order.header.customer.id)
        if self._model is not None:
            self._lines.show_nothing()
            self._model.close()
            self._model.deleteLater()
        if self._shown is not None:
            self._shown.explainer.close()
        self._price.show_explained(None)
        self._model, self._shown = None, None

    def _wait(self) -> None:
        self._busy.set_busy(True, self.tr("Asking the ERP for the order"))
        if self._shown is None:
            self._empty.set_texts(self.tr("Asking the ERP for the order…"))
            self._empty.set_action("")

    def _on_open_failed(self, fault: SystemFault) -> None:
        self._busy.set_busy(False)
        self.faulted.emit(fault)
        again = Action(self.tr("Try again"), self._open_again)
        if self._shown is None:
            self._stack.setCurrentWidget(self._editor)
            self._editor_parts_visible(False)
        self._messages.show_fault(fault, SystemKind.ERP, actions=[*self._sign_in_action(fault), again])

    def _open_again(self) -> None:
        if self._opening is None:
            return
        kind, wanted = self._opening
        if kind == "order":
            self.open_order(wanted)
        else:
            self.new_order(wanted)

    def _refresh(self) -> None:
        session = self.session
        if session is None:
            return
        self._editor_parts_visible(True)
        order = session.order
        self._tell(session)
        self._head.show_order(order)
        is_older = session.has_unwritten
        may_act = not session.is_busy and session.fault is None and order.id is not None
        self._totals.show_order(order, is_older=is_older, may_act=may_act)
        self._busy.set_busy(session.is_busy, self.tr("The ERP is being asked"))
        self._why_read_only.setVisible(not order.editable)
        self._why_read_only.setText(
            self.tr("The ERP takes no changes of lines in the state “{state}”.").format(state=order.state.label)
        )
        self._price.setVisible(order.editable and self._shown is not None and self._shown.explainer.can_tell)
        self._show_problems()
        self._show_messages(session)
        self._show_row()

    def _tell(self, session: OrderSession) -> None:
        """Tell others, once each, that the ERP does not answer and that the order is another than it was."""
        if session.fault is not self._told_fault:
            self._told_fault = session.fault
            if session.fault is not None:
                self.faulted.emit(session.fault)
        order = session.order
        # Not with every line: a list of orders read again for each would be a request more a line.
        if (order.id, order.state.key) != self._told_order:
            is_first = self._told_order is None
            self._told_order = (order.id, order.state.key)
            if not is_first:
                self.order_changed.emit(order.header.customer.id)

    def _editor_parts_visible(self, visible: bool) -> None:
        for part in (self._head, self._lines, self._totals):
            part.setVisible(visible)
        if not visible:
            for note in (self._row_message, self._problems, self._why_read_only, self._price):
                note.hide()

    def _show_messages(self, session: OrderSession) -> None:
        if self._opening is not None:
            return
        if session.question is not None:
            self._messages.show_fault(
                session.question,
                SystemKind.ERP,
                actions=[
                    Action(self.tr("Yes, go on"), lambda: session.answer(yes=True), "primary"),
                    Action(self.tr("No"), lambda: session.answer(yes=False)),
                ],
            )
        elif session.fault is not None:
            kept = self.tr("What you typed is kept, and is sent when the ERP answers.")
            retry = Action(self.tr("Try now"), session.retry)
            actions = [*self._sign_in_action(session.fault), retry]
            self._messages.show_fault(session.fault, SystemKind.ERP, kept=kept, actions=actions)
        elif session.is_checking:
            self._messages.show_message(
                MessageKind.WARN,
                self.tr("The ERP did not answer while lines were being stored."),
                rest=self.tr("Samspil is looking in the ERP which of them are there. Nothing is stored twice."),
                actions=[Action(self.tr("Look now"), session.retry)],
            )
        elif session.notice is not None and session.notice.detail == "rows_not_written":
            self._messages.show_message(
                MessageKind.WARN,
                self.tr("Some lines are not in the ERP yet, so nothing was done with the order."),
                rest=self.tr("Put the lines in red right, or take them back."),
            )
        elif session.notice is not None:
            self._messages.show_fault(session.notice, SystemKind.ERP)
        else:
            self._messages.clear()

    def _sign_in_action(self, fault: SystemFault) -> list[Action]:
        if isinstance(fault, NotSignedIn):
            return [Action(self.tr("Sign in"), self.sign_in_requested.emit, "primary")]
        return []

    def _on_current_row(self) -> None:
        self._show_row()
        self._show_problems()

    def _show_row(self) -> None:
        session, model = self.session, self._model
        if session is None or model is None or self._shown is None:
            self._row_message.clear()
            return
        self._shown.explainer.look_at(self._lines.current_key)
        show_row(self._row_message, session, model.view(self._lines.currentIndex().row()), self._formats)

    def _show_price(self) -> None:
        self._price.show_explained(self._shown.explainer.explained if self._shown is not None else None)

    def _show_problems(self) -> None:
        rows = self._model.problem_rows() if self._model is not None else []
        others = [row for row in rows if row != self._lines.currentIndex().row()]
        self._problems.setVisible(bool(others))
        self._problems.setText(self.tr("%n other line(s) wait for you: go to the next", "", len(others)))

    def _next_problem(self) -> None:
        rows = self._model.problem_rows() if self._model is not None else []
        here = self._lines.currentIndex().row()
        after = [row for row in rows if row > here] or rows
        if after:
            self._lines.go_to(after[0])

    # -- doing

    def _act(self, action: str) -> None:
        self.leave()
        if self.session is not None:
            self.session.act(action)

    def _take_break(self, quantity: Decimal) -> None:
        """The line under the cursor gets the quantity of the next break, as if it had been typed."""
        self._lines.setFocus()  # an editor that is open gives its text first
        if self._model is not None:
            index = self._model.index(self._lines.currentIndex().row(), Column.QUANTITY)
            self._model.setData(index, self._formats.plain(quantity))

    def _make_product_editor(self, parent: QWidget) -> ProductEditor:
        if self._shown is None:
            raise RuntimeError("there is no order to type an item in")
        header = self._shown.session.order.header
        return ProductEditor(self._shown.erp, header, self._runner, parent)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another language is another format of numbers too."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._model is not None:
            self._model.rows_reset()


def _inset(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(Space.L, 0, Space.L, Space.XS)
    row.addWidget(widget)
    return row
