"""The right half of the window: one order of the ERP."""

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.ports.errors import SystemFault
from app.ports.handover import HandOver
from app.ports.jobs import Runner
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.order_papers import OrderPapers
from app.services.order_session import OrderSession
from app.ui.documents.papers import Papers
from app.ui.formats import Formats
from app.ui.orders.cell_editors import CellEditors
from app.ui.orders.clipboard import OrderClipboard
from app.ui.orders.columns import Column
from app.ui.orders.commands import Command, Group, OrderCommands
from app.ui.orders.delegates import LineDelegate
from app.ui.orders.found_product import FoundProduct
from app.ui.orders.line_commands import line_commands
from app.ui.orders.lines_model import LinesModel
from app.ui.orders.lines_view import LinesView
from app.ui.orders.order_header import OrderHead
from app.ui.orders.order_messages import read_only_reason, show_messages, sign_in_action
from app.ui.orders.order_news import OrderNews
from app.ui.orders.order_opening import OrderOpening
from app.ui.orders.order_page import Inset, OrderPage
from app.ui.orders.order_totals import OrderTotals
from app.ui.orders.price_check import PriceChecking
from app.ui.orders.price_strip import PriceStrip
from app.ui.orders.recovered_bar import RecoveredBar
from app.ui.orders.reuse import Reuse
from app.ui.orders.row_drafts import RowDrafts
from app.ui.orders.row_notes import RowNotes
from app.ui.theme import Type
from app.ui.widgets import Action, BusyLine, EmptyState, Label, MessageBar, Soon, Translated


class OrderPanel(Translated):
    """Shows an order and lets its lines be edited in the ERP itself.

    Attributes:
        commands: What can be done with the order and its lines.
        papers: The documents that the ERP makes of the order.
        reuse: Lines of earlier orders for the one that is shown.
        found: A product that was found by the search, for a line of it.
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

    def __init__(
        self, desk: OrderDesk, runner: Runner, formats: Formats, hand_over: HandOver, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._formats = formats
        self._shown: DeskOrder | None = None
        self._model: LinesModel | None = None
        self._opening = OrderOpening(desk, on_asked=self.wait, on_opened=self._show, on_failed=self._on_open_failed)
        self._has_customer = False
        self._news = OrderNews(on_fault=self.faulted.emit, on_change=self.order_changed.emit)

        self.commands = OrderCommands(self)
        self._busy = BusyLine()
        self._head = OrderHead(formats, self.commands.button)
        self._messages = MessageBar()
        self._lines = LinesView()
        self.found = FoundProduct(self._lines, self.new_order)
        self._head.left.connect(self._lines.setFocus)
        self._cell_editors = CellEditors(self._lines, runner)
        delegate = LineDelegate(self._cell_editors.product, self._cell_editors.unit, self._lines)
        self._lines.setItemDelegate(delegate)
        # A key changes the order in several steps, and a held key goes past many rows.
        self._refresh_soon = Soon(self._refresh, self)
        self._look_soon = Soon(self._look_at_row, self)
        self._lines.current_row_changed.connect(self._look_soon.ask)
        self._why_read_only = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._price = PriceStrip(formats)
        self._price.break_taken.connect(self._take_break)
        self.papers = Papers(
            self.commands,
            hand_over,
            runner,
            formats,
            leave=self.leave,
            back=self._lines.setFocus,
            sign_in=self.sign_in_requested.emit,
        )
        self._totals = OrderTotals(formats, self.papers.button)
        self._totals.action_requested.connect(self._act)
        self._clipboard = OrderClipboard(self._lines, formats)
        delegate.rows_pasted.connect(self._clipboard.paste)
        self._notes = RowNotes(self._lines, formats, self._clipboard.bar, move_out=self._move_out)
        self._clipboard.bar.go_to_problem.connect(self._notes.next_problem)
        self._add_commands()

        self._price_check = PriceChecking(self._lines, self.commands, formats)
        self._price_check.asked.connect(self._refresh_soon.ask)

        self._empty = EmptyState("order")
        self._page = OrderPage(self._lines)
        self._stack = QStackedLayout()
        self.recovered = RecoveredBar()
        self.recovered.open_requested.connect(self._show_restored)
        self.row_drafts = RowDrafts(self._lines, desk, self._opening, self.leave)
        delegate.typed.connect(self.row_drafts.look_soon)
        self._lay_out()
        self.reuse = Reuse(self._stack, self._lines, self.commands, formats, self.new_order)
        self.retranslate()

    def _lay_out(self) -> None:
        self._page.lay_out(
            self._head,
            Inset(self._messages),
            self._price_check.view,
            Inset(self._why_read_only),
            Inset(self._clipboard.bar),
            self._lines,
            Inset(self._notes.message),
            Inset(self._notes.problems),
            Inset(self._notes.remark),
            self._price,
            # Below the lines, which shall not move under the pointer when a document is asked for.
            Inset(self.papers.bar),
            self.papers,
            self._totals,
        )
        stack_host = QWidget()
        stack_host.setLayout(self._stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        # What is said here stands above every order, and above none.
        whole.addWidget(self._busy)
        whole.addLayout(Inset(self.recovered))
        whole.addLayout(Inset(self.row_drafts))
        whole.addWidget(stack_host, 1)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

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
    def head(self) -> OrderHead:
        """The order's head."""
        return self._head

    @property
    def lines(self) -> LinesView:
        """The line grid."""
        return self._lines

    def set_customer(self, *, known_to_erp: bool) -> None:
        """Whether there is a customer for whom an order can be made."""
        if known_to_erp != self._has_customer:
            self._has_customer = known_to_erp
            self.retranslate()

    def open_order(self, order_id: str) -> None:
        """Open an order of the ERP."""
        self.leave()
        self._opening.open(order_id)

    def new_order(self, customer_id: str, reference: str = "") -> None:
        """Begin a new order for a customer of the ERP, with his reference for it."""
        self.leave()
        self._opening.begin(customer_id, reference)

    def _move_out(self) -> None:
        """What waits in an order that takes no more changes goes into a new one for the same customer."""
        if self.session is not None:
            self._opening.begin_with_rows_of(self.session)

    def leave(self) -> None:
        """The row under the cursor is left; it goes to the ERP."""
        self._lines.leave()

    def _add_commands(self) -> None:
        self.commands.add(
            *line_commands(self._lines),
            *self._clipboard.commands(),
            *self._notes.commands(),
            Command(
                "head",
                Group.HEADER,
                lambda: self.tr("Change the order's head"),
                self._head.take_keyboard,
                ("Ctrl+H", "F3"),
                lambda: self.session is not None,
                "pencil",
            ),
            Command(
                "refresh",
                Group.ORDER,
                lambda: self.tr("Read the order again"),
                self.reload,
                (),
                lambda: self.session is not None and self.session.order.id is not None,
                "refresh",
            ),
        )

    def reload(self) -> None:
        """Read the order from the ERP again and lay what is typed over it."""
        if self.session is not None:
            self.session.refresh()

    def _show_restored(self, entry_id: int) -> None:
        self.leave()
        self._opening.restore(entry_id)

    def close_order(self) -> None:
        """Show no order. What is on its way is followed to its end by the desk."""
        self.leave()
        self._put_away()
        self._stack.setCurrentWidget(self._empty)
        self.retranslate()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("Order"))
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
        self._put_away()
        self._shown = opened
        self._news.opened(opened.session)
        self._model = LinesModel(opened, self._formats, self)
        self._model.state_changed.connect(self._refresh_soon.ask)
        self._model.rowsInserted.connect(self._refresh_soon.ask)
        self._model.rowsRemoved.connect(self._refresh_soon.ask)
        self._model.dataChanged.connect(self._refresh_soon.ask)
        self._model.undo.noticed.connect(self._refresh_soon.ask)
        self._notes.show_order(self._model)
        self._lines.show_lines(self._model)
        self._cell_editors.show_order(opened)
        self._clipboard.show_order(opened)
        opened.explainer.listener = self._show_price
        self.papers.show_order(OrderPapers(opened.erp, opened.session, self._runner))
        opened.credit.listener = self._refresh_head
        self._refresh()
        self._page.paint_in_turns()
        self._stack.setCurrentWidget(self._page)
        self.found.opened(opened)
        self.reuse.opened(opened)
        self._price_check.opened(opened)
        self.row_drafts.show_order(self._model)

    def _put_away(self) -> None:
        self._news.put_away()
        if self._model is not None:
            self._lines.show_nothing()
            self._model.undo.noticed.disconnect(self._refresh_soon.ask)
            self._model.close()
            self._model.deleteLater()
        if self._shown is not None:
            self._shown.explainer.close()
            self._shown.credit.close()
            self._desk.put_away(self._shown)
        self.reuse.put_away()
        self._price_check.put_away()
        self._price.show_explained(None)
        self.papers.show_order(None)
        self._cell_editors.show_order(None)
        self._clipboard.show_order(None)
        self._notes.show_order(None)
        self.row_drafts.show_order(None)
        self._model, self._shown = None, None

    def wait(self, *, is_over: bool = False) -> None:
        """An order is on its way, or does not come after all."""
        self._busy.set_busy(not is_over, self.tr("Asking the ERP for the order"))
        if is_over:
            self.retranslate()
        elif self._shown is None:
            self._empty.set_texts(self.tr("Asking the ERP for the order…"))
            self._empty.set_action("")

    def _on_open_failed(self, fault: SystemFault) -> None:
        self._busy.set_busy(False)
        self.faulted.emit(fault)
        again = Action(self.tr("Try again"), self._open_again)
        if self._shown is None:
            self._stack.setCurrentWidget(self._page)
            self._parts_visible(False)
        sign_in = sign_in_action(fault, self.sign_in_requested.emit)
        self._messages.show_fault(fault, SystemKind.ERP, actions=[*sign_in, again])

    def _open_again(self) -> None:
        self.leave()
        self._opening.again()

    def _refresh(self) -> None:
        self._refresh_soon.cancel()
        if (shown := self._shown) is None:
            return
        self._parts_visible(True)
        session, order = shown.session, shown.session.order
        self._news.look()
        self._refresh_head()
        may_act = not session.is_busy and session.fault is None and order.id is not None
        self._totals.show_order(order, is_older=session.has_unwritten, may_act=may_act)
        self._busy.set_busy(session.is_busy, self.tr("The ERP is being asked"))
        self._why_read_only.setVisible(not order.editable)
        self._why_read_only.setText(read_only_reason(shown, self._formats))
        self._price_check.refresh()
        # While many prices are asked about, the lines need the room more than the words about one of them.
        is_told = order.editable and shown.explainer.can_tell and not self._price_check.is_asking
        self._price.setVisible(is_told)
        if shown.is_offline:
            self._messages.clear()  # the half says that the ERP is away, and tries again
        elif not self._opening.is_under_way:
            aside = self._model.undo.notice if self._model is not None else ""
            show_messages(self._messages, session, self.sign_in_requested.emit, aside)
        self._look_at_row()
        self.papers.go_on()

    def _refresh_head(self) -> None:
        if self._shown is not None:
            self._shown.credit.look()
            self._head.show_session(self._shown.session, self._shown.credit.credit)

    def _parts_visible(self, visible: bool) -> None:
        for part in (self._head, self._lines, self._totals):
            part.setVisible(visible)
        if not visible:
            for note in (self._notes, self._why_read_only, self._price):
                note.hide()

    def _look_at_row(self) -> None:
        self._look_soon.cancel()
        if self._shown is not None:
            self._shown.explainer.look_at(self._lines.current_key)
            self._notes.refresh()

    def _show_price(self) -> None:
        self._price.show_explained(self._shown.explainer.explained if self._shown is not None else None)

    # -- doing

    def _act(self, action: str) -> None:
        self.leave()
        # The button goes faint and may go away: the keyboard stays in the order.
        self._lines.setFocus()
        if self.session is not None:
            self.session.act(action)
            self._refresh()  # at once, so that a second press finds the button faint

    def _take_break(self, quantity: Decimal) -> None:
        """The line under the cursor gets the quantity of the next break, as if it had been typed."""
        self._lines.setFocus()  # an editor that is open gives its text first
        if self._model is not None:
            index = self._model.index(self._lines.currentIndex().row(), Column.QUANTITY)
            self._model.setData(index, self._formats.plain(quantity))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another language is another format of numbers too."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._model is not None:
            self._model.texts_changed()
