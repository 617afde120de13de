"""The ERP's totals, and what the ERP lets the user do with the order."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.orders import Order, OrderAction
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import Button, Hairline, Label, Translated


class OrderTotals(Translated):
    """Net, VAT and total as the ERP gave them last, marked while a line is on its way.

    Args:
        papers: Opens the menu of the order's documents; stands after its actions.

    Signals:
        action_requested: The key of the action the user wants.
    """

    action_requested = Signal(str)

    def __init__(self, formats: Formats, papers: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._order: Order | None = None
        self._is_older = False
        self._offered: Sequence[OrderAction] = ()
        self._note = Label(step=Type.CAPTION, ink="warning", wrap=True)
        self._names = [Label(ink="muted") for _ in range(3)]
        self._amounts = [Label(figures=True, selectable=True) for _ in range(3)]
        self._names[2].setProperty("step", Type.STRONG.value)
        self._amounts[2].setProperty("step", Type.STRONG.value)
        sums = QGridLayout()
        sums.setHorizontalSpacing(Space.L)
        sums.setVerticalSpacing(2)
        for row, (name, amount) in enumerate(zip(self._names, self._amounts, strict=True)):
            sums.addWidget(name, row, 0)
            sums.addWidget(amount, row, 1, Qt.AlignmentFlag.AlignRight)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(Space.S)
        self._actions.addWidget(papers)
        self._actions.addStretch(1)
        self._buttons: list[Button] = []
        left = QVBoxLayout()
        left.addWidget(self._note)
        left.addStretch(1)
        left.addLayout(self._actions)
        row_layout = QHBoxLayout()
        row_layout.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        row_layout.addLayout(left, 1)
        row_layout.addLayout(sums)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline())
        whole.addLayout(row_layout)
        self.retranslate()

    def show_order(self, order: Order, *, is_older: bool, may_act: bool) -> None:
        """Show this order's totals.

        Args:
            is_older: A line is on its way, so the totals are those of the last answer.
            may_act: The order's actions can be asked for now.
        """
        self._order, self._is_older = order, is_older
        if tuple(order.actions) != tuple(self._offered):
            self._set_actions(order.actions)
        for button in self._buttons:
            button.setEnabled(may_act)
        self.retranslate()

    def retranslate(self) -> None:
        """See `Translated`."""
        for label, text in zip(self._names, (self.tr("Net"), self.tr("VAT"), self.tr("Total")), strict=True):
            label.setText(text)
        order = self._order
        totals = order.totals if order is not None else None
        values = (totals.net, totals.tax, totals.total) if totals is not None else (None, None, None)
        for name, amount, money in zip(self._names, self._amounts, values, strict=True):
            amount.setText(self._formats.money(money) if money is not None else "–")
            amount.setAccessibleName(f"{name.text()}: {amount.text()}")
            amount.set_ink("faint" if self._is_older else "")
        self._note.setVisible(self._is_older and order is not None)
        if order is not None and self._is_older:
            time = self._formats.clock(order.read_at)
            self._note.setText(
                self.tr("Totals as of the last answer, {time}").format(time=time)
                if totals is not None
                else self.tr("The ERP has not counted it up yet")
            )

    def _set_actions(self, actions: Sequence[OrderAction]) -> None:
        self._offered = tuple(actions)
        for button in self._buttons:
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        usual_first = sorted(actions, key=lambda action: not action.moves_on)
        for place, action in enumerate(usual_first):
            button = Button(action.label, "primary" if place == 0 and action.moves_on else "quiet")
            button.clicked.connect(partial(self._on_clicked, action.key))
            self._actions.insertWidget(place, button)
            self._buttons.append(button)

    def _on_clicked(self, key: str, *_checked: bool) -> None:
        self.action_requested.emit(key)
