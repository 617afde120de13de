"""Checking the prices of an order's lines against the ERP's of today: the command, its progress and its question."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.header_edits import Repricing
from app.ports.connection import SystemKind
from app.services.order_desk import DeskOrder
from app.services.order_repricing import PriceCheck
from app.ui.formats import Formats
from app.ui.messages import message_for
from app.ui.orders.commands import Command, Group, OrderCommands
from app.ui.orders.head_question import HeadQuestion
from app.ui.orders.lines_view import LinesView
from app.ui.theme import Space
from app.ui.widgets import Action, MessageBar, MessageKind

translate = QCoreApplication.translate
KEY = "Ctrl+Shift+R"


class PriceQuestion(HeadQuestion):
    """The lines that the ERP would price differently today: a tick takes its price, and none keeps what stands."""

    def ask(self, rows: Sequence[Repricing]) -> None:
        """Ask about these lines. Nothing is ticked at first: a price that stands may have been agreed on."""
        is_other = tuple(rows) != self.model.rows
        super().ask(rows)
        if is_other:
            self.model.take_all(taken=False)

    def _retranslate(self, rows: Sequence[Repricing]) -> None:
        super()._retranslate(rows)
        what = self.tr("The ERP would price %n line(s) differently today.", "", len(rows))
        self._what.setText(what)
        self.setAccessibleName(what)
        self._rest.setText(translate("PriceCheck", "Ticked lines take the ERP's price; the others keep theirs."))
        self._rest.show()
        self._change.setText(translate("PriceCheck", "Do so"))
        self._leave.setText(translate("PriceCheck", "Decide later"))
        self._all.setText(translate("PriceCheck", "All take the ERP's"))
        self._none.setText(translate("PriceCheck", "All keep theirs"))
        self.table.setAccessibleName(translate("PriceCheck", "Lines that the ERP would price differently"))


class PriceChecking(QObject):
    """Shows in place how far the check of the order at hand is, and asks what is to become of what it found.

    Attributes:
        view: To be put above the lines; takes no room while there is nothing to say.

    Signals:
        asked: It begins to ask about prices, or asks no more.
    """

    asked = Signal()

    def __init__(self, lines: LinesView, commands: OrderCommands, formats: Formats) -> None:
        super().__init__(lines)
        self._lines = lines
        self._check: PriceCheck | None = None
        self._is_asked = False  # the user was told that something was found
        self.view = QWidget()
        self._message = MessageBar()
        self.question = PriceQuestion(formats)
        self.question.decided.connect(self._settle)
        self.question.left.connect(self._end)
        column = QVBoxLayout(self.view)
        column.setContentsMargins(Space.L, 0, Space.L, 0)
        column.setSpacing(0)
        column.addWidget(self._message)
        column.addWidget(self.question)
        commands.add(
            Command(
                "check_prices",
                Group.PRICES,
                lambda: translate("PriceCheck", "Check the prices against the ERP's of today"),
                self.start,
                (KEY,),
                self._can_check,
            )
        )

    @property
    def is_asking(self) -> bool:
        """The user is asked about prices."""
        return self._is_asked

    def opened(self, opened: DeskOrder) -> None:
        """Another order is shown."""
        self.put_away()
        self._check = opened.price_check
        self._check.listener = self.refresh
        self.refresh()

    def put_away(self) -> None:
        """The order is not shown any more."""
        if self._check is not None:
            self._check.close()
        self._check = None
        self.refresh()

    def start(self) -> None:
        """Ask the ERP about every line."""
        if self._check is not None:
            self._lines.leave()
            self._check.start()

    def refresh(self) -> None:
        """Say how it stands now: the check has got on, or the order is another."""
        check = self._check
        differences = check.differences if check is not None and check.is_over else ()
        if differences:
            self.question.ask(differences)
            if not self._is_asked:
                self.question.take_keyboard()
        else:
            had_keyboard = self.question.isAncestorOf(self.question.window().focusWidget() or self.view)
            self.question.clear()
            if had_keyboard and self._is_asked:
                self._lines.setFocus()
        if self._is_asked is not bool(differences):
            self._is_asked = bool(differences)
            self.asked.emit()
        if check is None:
            self._message.clear()
        else:
            self._say(check, has_question=bool(differences))

    def _say(self, check: PriceCheck, *, has_question: bool) -> None:
        close = Action(translate("PriceCheck", "Close"), self._end)
        if check.is_asking:
            words = translate("PriceCheck", "Asking the ERP for today's prices: {done} of {of} lines.")
            cancel = Action(translate("PriceCheck", "Cancel"), self._end)
            self._message.show_message(MessageKind.INFO, words.format(done=check.done, of=check.of), actions=[cancel])
        elif check.fault is not None:
            again = Action(translate("PriceCheck", "Try again"), self.start)
            kept = translate("PriceCheck", "No price was changed.")
            self._message.show_fault(check.fault, SystemKind.ERP, kept=kept, actions=[again, close])
        elif check.is_over and check.unpriced:
            names = ", ".join(line.product.code or line.product.name for line, _ in check.unpriced if line.product)
            first = message_for(check.unpriced[0][1], SystemKind.ERP)
            self._message.show_message(
                MessageKind.WARN,
                self.tr("The ERP did not price %n line(s): {items}", "", len(check.unpriced)).replace("{items}", names),
                words=first.words or first.what,
                actions=[] if has_question else [close],
            )
        elif check.is_over and not has_question:
            self._message.show_message(
                MessageKind.DONE,
                translate("PriceCheck", "Every line stands at the ERP's price of today."),
                actions=[close],
            )
        else:
            self._message.clear()

    def _settle(self, taken: frozenset[str]) -> None:
        if self._check is not None:
            self._check.settle(taken)
        self._lines.setFocus()

    def _end(self) -> None:
        if self._check is not None:
            self._check.cancel()
        self._lines.setFocus()

    def _can_check(self) -> bool:
        session = self._lines.lines.session if self._lines.lines is not None else None
        return self._check is not None and session is not None and session.order.editable and bool(session.order.lines)
