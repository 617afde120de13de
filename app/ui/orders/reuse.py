"""Earlier orders in the order panel: the commands, the sheet they open, and the rows that come out of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.services.order_desk import DeskOrder
from app.services.order_reuse import Candidate, OrderReuse, row_of
from app.ui.formats import Formats
from app.ui.orders.commands import Command, Group, OrderCommands
from app.ui.orders.lines_view import LinesView
from app.ui.orders.reuse_sheet import ReuseSheet

translate = QCoreApplication.translate
_MANY = 20
"""Rows of which it is told how far they are, with a way to stop: fewer are seen to get on in the grid itself."""


class Reuse(QObject):
    """Shows the sheet in the place of the order, and puts what was chosen there into the order.

    Args:
        stack: Where the order stands; the sheet becomes a page of it.
        new_order: Begins a new order for the customer with this id.
    """

    def __init__(
        self,
        stack: QStackedLayout,
        lines: LinesView,
        commands: OrderCommands,
        formats: Formats,
        new_order: Callable[[str], None],
    ) -> None:
        super().__init__(lines)
        self._stack = stack
        self._lines = lines
        self._commands = commands
        self._new_order = new_order
        self._opened: DeskOrder | None = None
        self._wanted = ""  # the order to copy from, once the new one is there
        self._behind: QWidget | None = None
        self._formats = formats
        self._sheet: ReuseSheet | None = None
        commands.add(*self._make_commands())

    @property
    def sheet(self) -> ReuseSheet:
        """The page; made when it is first wanted, because many orders need none."""
        if self._sheet is None:
            self._sheet = ReuseSheet(self._formats)
            self._sheet.accepted.connect(self._add)
            self._sheet.closed.connect(self.close)
            self._stack.addWidget(self._sheet)
        return self._sheet

    @property
    def is_open(self) -> bool:
        """The sheet stands in the place of the order."""
        return self._sheet is not None and self._stack.currentWidget() is self._sheet

    @property
    def offers(self) -> OrderReuse | None:
        """What earlier orders offer to the one that is shown."""
        return self._opened.reuse if self._opened is not None else None

    # -- what the panel tells

    def opened(self, opened: DeskOrder) -> None:
        """Another order is shown."""
        self.put_away()
        self._opened = opened
        opened.reuse.habits.listener = self._on_habits
        opened.reuse.habits.load()
        wanted, self._wanted = self._wanted, ""
        if wanted and opened.session.order.id is None:
            self.copy_from(wanted)

    def put_away(self) -> None:
        """The order is not shown any more."""
        self.close()
        if self._opened is not None:
            self._opened.reuse.close()
        self._opened = None

    # -- what the user does

    def copy_into_new(self, customer_id: str, order_id: str) -> None:
        """Begin a new order for the customer, with the lines of one of his orders to choose from."""
        self._wanted = order_id
        self._new_order(customer_id)

    def copy_from(self, order_id: str = "") -> None:
        """Choose lines of one of the customer's orders for the one that is shown."""
        if (opened := self._opened) is not None:
            self._show()
            self.sheet.show_orders(opened.reuse, opened.session.order.header.customer.name, order_id)

    def usual(self) -> None:
        """Choose lines from what the customer usually buys."""
        if (opened := self._opened) is not None:
            self._show()
            self.sheet.show_usual(opened.reuse, opened.session.order.header.customer.name)

    def close(self) -> None:
        """Show the order again."""
        if self.is_open and self._behind is not None:
            self.sheet.put_away()
            self._stack.setCurrentWidget(self._behind)
            self._commands.set_paused(paused=False)
            self._lines.start_line()

    def _show(self) -> None:
        self._lines.take_editor()
        self._lines.leave()
        if not self.is_open:
            self._behind = self._stack.currentWidget()
        self._stack.setCurrentWidget(self.sheet)
        # The order cannot be seen, so nothing may happen to it by a key.
        self._commands.set_paused(paused=True)

    def _add(self, candidates: Sequence[Candidate]) -> None:
        opened, lines = self._opened, self._lines.lines
        if opened is None or lines is None:
            return
        with lines.undo.step(lambda: translate("OrderUndo", "lines of earlier orders")):
            keys = opened.session.add_rows([row_of(candidate) for candidate in candidates])
        opened.reuse.remember(keys, candidates)
        if len(keys) >= _MANY:
            opened.paste.follow(keys)
        self.close()

    def _on_habits(self) -> None:
        if self.is_open:
            self.sheet.show_habits()
        if self._lines.lines is not None:
            self._lines.lines.remarks_changed()

    # -- commands

    def _copy_this(self) -> None:
        if self._opened is not None and (order := self._opened.session.order).id is not None:
            self.copy_into_new(order.header.customer.id, order.id)

    def _may_add(self) -> bool:
        return self._opened is not None and self._opened.session.order.editable

    def _make_commands(self) -> Sequence[Command]:
        return (
            Command(
                "usual_order",
                Group.REUSE,
                lambda: translate("OrderCommands", "Usual order…"),
                self.usual,
                ("F4",),
                lambda: self._may_add() and self._opened is not None and self._opened.reuse.habits.can_tell,
                "star",
            ),
            Command(
                "copy_from_order",
                Group.REUSE,
                lambda: translate("OrderCommands", "Copy lines of an earlier order…"),
                self.copy_from,
                ("F9",),
                self._may_add,
                "order",
            ),
            Command(
                "copy_order",
                Group.REUSE,
                lambda: translate("OrderCommands", "Copy order into a new one…"),
                self._copy_this,
                ("Shift+F9",),
                lambda: self._opened is not None and self._opened.session.order.id is not None,
                "copy",
            ),
        )
