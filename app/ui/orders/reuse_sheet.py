"""Where lines of earlier orders are found, ticked and given quantities, in the place of the order that they go into."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.orders import Order, OrderSummary
from app.ports.connection import SystemKind
from app.ports.errors import SystemFault
from app.services.buying_habits import Asked
from app.services.order_reuse import Candidate, OrderReuse
from app.ui.formats import Formats
from app.ui.orders.candidates_model import CandidatesModel
from app.ui.orders.candidates_view import CandidatesView
from app.ui.orders.orders_table import OrdersTable
from app.ui.orders.reuse_texts import Note, copied_note, usual_note
from app.ui.theme import Space, Type
from app.ui.widgets import (
    Action,
    BusyLine,
    Button,
    ElidedLabel,
    EmptyState,
    Hairline,
    IconButton,
    Label,
    MessageBar,
    SectionHeader,
    Translated,
)

_ASK_AFTER = 200  # ms of quiet before the ERP is asked
_ORDERS_SEEN = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReuseSheet(Translated):
    """Above, where one looks: the customer's orders, or a filter. Below, the lines. Esc goes back a step.

    Attributes:
        search, orders, lines: The field, the customer's orders, and the lines to choose from.
        model: Those lines.
        message: Why there is nothing to choose from.

    Signals:
        accepted: The `Candidate`s that the user wants, from top to bottom.
        closed: He wants none, or has taken them.
    """

    accepted = Signal(object)
    closed = Signal()

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._reuse: OrderReuse | None = None
        self._customer = ""
        self._is_usual = False
        self._wanted = ""  # the order that is to be marked first, by the ERP's id
        self._read: Order | None = None
        self._title = ElidedLabel(step=Type.TITLE)
        self._close = IconButton("close")
        self._close.clicked.connect(self.closed)
        self._about = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._on_text)
        self._busy = BusyLine()
        self.message = MessageBar()
        self.orders = OrdersTable(formats)
        self.orders.opened.connect(self._enter_lines)
        self.orders.current_changed.connect(self._on_order)
        self._heading = SectionHeader()
        self.model = CandidatesModel(formats, self)
        self.model.chosen_changed.connect(self._show_count)
        self.lines = CandidatesView(self.model)
        self.lines.accepted.connect(self._accept)
        self.lines.left.connect(self._go_back)
        self._empty = EmptyState("order")
        self._keys = ElidedLabel(step=Type.CAPTION, ink="faint")
        self._cancel = Button(on_click=self.closed.emit)
        self._add = Button(look="primary", on_click=self._accept)
        self._pause = QTimer(self, interval=_ASK_AFTER, singleShot=True)
        self._pause.timeout.connect(self._find)
        self._rest = QTimer(self, interval=_ASK_AFTER, singleShot=True)
        self._rest.timeout.connect(self._read_order)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        titles = QHBoxLayout()
        titles.addWidget(self._title, 1)
        titles.addWidget(self._close)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
        head.setSpacing(Space.XS)
        head.addLayout(titles)
        head.addWidget(self._about)
        head.addSpacing(Space.XS)
        head.addWidget(self.search)
        head.addWidget(self.message)
        self._heading_row = QWidget()
        heading = QHBoxLayout(self._heading_row)
        heading.setContentsMargins(Space.L, Space.M, Space.L, 0)
        heading.addWidget(self._heading)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        foot.setSpacing(Space.S)
        foot.addWidget(self._keys, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._add)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._busy)
        whole.addLayout(_inset(self.orders))
        whole.addWidget(self._heading_row)
        whole.addLayout(_inset(self.lines), 1)
        whole.addWidget(self._empty, 1)
        whole.addWidget(Hairline())
        whole.addLayout(foot)
        rows = self.orders.verticalHeader().defaultSectionSize() * _ORDERS_SEEN
        self.orders.setFixedHeight(rows + self.orders.horizontalHeader().height() + 2)

    # -- what it is opened with

    def show_orders(self, reuse: OrderReuse, customer: str, order_id: str = "") -> None:
        """Let lines be copied from one of the customer's orders; the one with this id is marked first."""
        self._begin(reuse, customer, is_usual=False)
        self._wanted = order_id
        self._find()

    def show_usual(self, reuse: OrderReuse, customer: str) -> None:
        """Let lines be chosen from what the customer usually buys."""
        self._begin(reuse, customer, is_usual=True)
        reuse.habits.ask()
        self.show_habits()

    def show_habits(self) -> None:
        """The ERP has told what the customer buys, or will not."""
        reuse = self._reuse
        if reuse is None or not self._is_usual or not self.model.is_empty:
            return
        habits = reuse.habits
        self._busy.set_busy(habits.asked is Asked.ASKING, self.tr("Asking the ERP what the customer usually buys"))
        if habits.fault is not None and habits.asked is Asked.FAILED:
            self._tell(habits.fault, habits.ask)
        candidates, there = reuse.usual(), reuse.products_in_order()
        notes = [
            usual_note(candidate, there, is_due=candidate.habit is not None and habits.is_due(candidate.habit))
            for candidate in candidates
        ]
        self._offer(candidates, notes, chosen=False)

    def put_away(self) -> None:
        """Nobody looks any more."""
        self._pause.stop()
        self._rest.stop()
        if self._reuse is not None:
            self._reuse.stop()
        self._reuse = None

    def _begin(self, reuse: OrderReuse, customer: str, *, is_usual: bool) -> None:
        self.put_away()
        self._customer, self._is_usual, self._wanted, self._read = customer, is_usual, "", None
        self.message.clear()
        self._busy.set_busy(False)
        self.orders.show_orders(())
        self.model.look_for("")
        self.search.clear()
        self._offer((), (), chosen=False)
        self._reuse = reuse
        self.orders.setVisible(not is_usual)
        self._heading_row.setVisible(not is_usual)
        self.retranslate()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- looking for an order

    def _on_text(self) -> None:
        if self._is_usual:
            self.model.look_for(self.search.text())
            self._show_lines()
        elif self._reuse is not None:
            self._pause.start()

    def _find(self) -> None:
        if self._reuse is None:
            return
        self._busy.set_busy(True, self.tr("Asking the ERP for the customer's orders"))
        self._reuse.find(self.search.text(), self._on_found, lambda fault: self._tell(fault, self._find))

    def _on_found(self, orders: Sequence[OrderSummary]) -> None:
        self._busy.set_busy(False)
        self.message.clear()
        self.orders.show_orders(tuple(orders))
        wanted, self._wanted = self._wanted, ""
        row = self.orders.row_of(wanted)
        if row >= 0:
            self.orders.go_to(row)
        elif wanted:
            # It is older than those that are listed.
            self.orders.go_nowhere()
            self._ask_for(wanted, None)
        if not orders:
            self._read = None
            self._offer((), (), chosen=False)

    def _on_order(self) -> None:
        if self._reuse is not None and self.orders.current_order is not None:
            self._rest.start()

    def _read_order(self) -> None:
        order = self.orders.current_order
        if order is not None and (self._read is None or self._read.id != order.id):
            self._ask_for(order.id, order.order_date)

    def _ask_for(self, order_id: str, day: date | None) -> None:
        if self._reuse is None:
            return
        self._busy.set_busy(True, self.tr("Asking the ERP for the order's lines"))
        again = partial(self._ask_for, order_id, day)
        self._reuse.read(order_id, day, self._on_read, lambda fault: self._tell(fault, again))

    def _on_read(self, order: Order, candidates: Sequence[Candidate]) -> None:
        self._busy.set_busy(False)
        self.message.clear()
        self._read = order
        self._offer(candidates, [copied_note(candidate) for candidate in candidates], chosen=True)

    # -- choosing

    def _offer(self, candidates: Sequence[Candidate], notes: Sequence[Note | None], *, chosen: bool) -> None:
        self.model.offer(candidates, notes, chosen=chosen)
        self._show_lines()

    def _show_lines(self) -> None:
        self.lines.go_to(0)
        is_there = bool(self.model.rowCount())
        self.lines.setVisible(is_there)
        self._empty.setVisible(not is_there)
        self._say()

    def _accept(self) -> None:
        chosen = self.model.chosen
        if chosen:
            self.accepted.emit(chosen)

    def _go_back(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, fault: SystemFault, again: Callable[[], object]) -> None:
        self._busy.set_busy(False)
        self.message.show_fault(fault, SystemKind.ERP, actions=[Action(self.tr("Try again"), again)])
        self._say()

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """From the field one goes through the orders with the arrows, and with Enter to the lines."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, row = event.key(), self.orders.currentIndex().row()
            if key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._enter_lines()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self._is_usual:
                self.orders.go_to(row + (1 if key == Qt.Key.Key_Down else -1))
                return True
            if key == Qt.Key.Key_Down:
                self._enter_lines()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes; Ctrl+Enter takes what is ticked, wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._accept()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _enter_lines(self) -> None:
        if not self.lines.isHidden():
            self.lines.start()

    # -- words

    def retranslate(self) -> None:
        """See `Translated`."""
        if self._is_usual:
            self._title.setText(self.tr("Usual order"))
            about = self.tr("What {customer} has bought in the last 12 months, from the ERP's orders.")
            self._about.setText(about.format(customer=self._customer))
            self.search.setPlaceholderText(self.tr("Number or name of an item"))
            self.lines.setAccessibleName(self.tr("What the customer usually buys"))
        else:
            self._title.setText(self.tr("Copy lines of an earlier order"))
            self._about.setText(self.tr("Items, texts and quantities are taken over; the ERP prices them anew."))
            self.search.setPlaceholderText(self.tr("Number or reference of an order"))
            self.lines.setAccessibleName(self.tr("Lines of the order"))
        self.setAccessibleName(self._title.text())
        self.search.setAccessibleName(self.search.placeholderText())
        self.orders.setAccessibleName(self.tr("Earlier orders of the customer"))
        self.orders.retranslate()
        self.model.retranslate()
        key = QKeySequence(Qt.Key.Key_Escape).toString(QKeySequence.SequenceFormat.NativeText)
        self._close.set_label(self.tr("Close ({key})").format(key=key))
        self._keys.setText(self.tr("Space ticks · a figure is the quantity · Enter adds"))
        self._cancel.setText(self.tr("Cancel"))
        self._show_count()
        self._say()

    def _say(self) -> None:
        order = self._read
        number = order.number if order is not None else ""
        heading = self.tr("Lines of order {number}") if number else self.tr("Lines of the order")
        self._heading.set_title(heading.format(number=number))
        if self._busy.is_busy:
            self._empty.set_texts(self.tr("Asking the ERP…"))
        elif not self.message.isHidden():
            self._empty.set_texts(self.tr("Nothing to choose from"))
        elif self._is_usual and not self.model.is_empty:
            self._empty.set_texts(self.tr("Nothing that is bought has this number or name"))
        elif self._is_usual:
            self._empty.set_texts(
                self.tr("Nothing bought in the last 12 months"),
                self.tr("What the customer has on confirmed orders would stand here."),
            )
        elif order is not None:
            self._empty.set_texts(self.tr("The order has no lines"))
        elif self.search.text().strip():
            self._empty.set_texts(self.tr("No order of this customer has this number or reference"))
        else:
            self._empty.set_texts(self.tr("The customer has no other orders"))

    def _show_count(self) -> None:
        count = len(self.model.chosen)
        self._add.setText(self.tr("Add %n line(s)", "", count))
        self._add.setEnabled(bool(count))


def _inset(table: QWidget) -> QVBoxLayout:
    """So far from the edge that what stands in it is in line with all else."""
    room = QVBoxLayout()
    room.setContentsMargins(Space.S, 0, Space.S, 0)
    room.addWidget(table)
    return room
