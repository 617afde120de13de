"""A sale in the list of a company's sales: its name, its stage, its figures, and what comes next."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.contacts import Outcome, SalesProcess, SalesStage
from app.ports.errors import SystemFault
from app.services.crm_sales import SalesWork
from app.services.crm_writing import PendingWrite
from app.ui.card.stage_chip import StageChip
from app.ui.formats import Formats
from app.ui.theme import Space, Tone, Type
from app.ui.widgets import Badge, Button, ElidedLabel, drop

translate = QCoreApplication.translate

# Absolute: a chip is written from right to left, so that its arrow stands behind the word.
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class SaleRow:
    """Three rows of a grid from ``top`` on, the last one between it and the next. Made once for many sales.

    Args:
        on_move: Is called with the sale and the stage it shall be in.
        on_order: Is called with the sale that an order is wanted of.
        on_failed: Is told why the stages could not be read.
    """

    def __init__(
        self,
        grid: QGridLayout,
        top: int,
        work: SalesWork,
        formats: Formats,
        *,
        on_move: Callable[[SalesProcess, SalesStage], object],
        on_order: Callable[[SalesProcess], object],
        on_failed: Callable[[SystemFault], object],
    ) -> None:
        self._grid, self._top, self._work, self._formats = grid, top, work, formats
        self._on_move, self._on_order, self._on_failed = on_move, on_order, on_failed
        self._name, self._figures = ElidedLabel(step=Type.STRONG), ElidedLabel(ink="muted", figures=True)
        self._stage = Badge()
        self._act = Button(look="link")
        self._chip: StageChip | None = None
        grid.addWidget(self._name, top, 0)
        grid.addWidget(self._stage, top, 1, _RIGHT)
        grid.addWidget(self._figures, top + 1, 1, _RIGHT)
        grid.addWidget(self._act, top + 1, 0, Qt.AlignmentFlag.AlignLeft)

    def show(self, sale: SalesProcess, pending: PendingWrite | None) -> None:
        """Show this sale; ``pending`` is what is on its way to the CRM."""
        closes = self._formats.named_day(sale.closes) if sale.closes is not None else ""
        amount = self._formats.money(sale.amount) if sale.amount is not None else ""
        self._name.setText(sale.name)
        self._name.setAccessibleName(", ".join(part for part in (sale.name, sale.stage, amount, closes) if part))
        self._figures.setText(" · ".join(part for part in (closes, amount) if part))
        self._stage.set_state(sale.stage, Tone.ACCENT if sale.is_open else Tone.NEUTRAL)
        if sale.can_change:
            self._show_chip(sale, pending)
        has_act = self._show_next_step(sale, pending)
        self._name.show()
        self._figures.show()
        self._stage.setVisible(bool(sale.stage) and not sale.can_change)
        if self._chip is not None:
            self._chip.setVisible(sale.can_change)
        self._act.setVisible(has_act)
        # By itself a link gives way to less than its text.
        self._act.ensurePolished()
        self._grid.setRowMinimumHeight(self._top + 1, self._act.sizeHint().height() if has_act else 0)
        self._grid.setRowMinimumHeight(self._top + 2, Space.S)

    def hide(self) -> None:
        """There is no sale for it."""
        for widget in (self._name, self._figures, self._stage, self._act, self._chip):
            if widget is not None:
                widget.setObjectName("")  # its name is that of the sale it showed
                widget.hide()
        for row in (1, 2):
            self._grid.setRowMinimumHeight(self._top + row, 0)

    def _show_chip(self, sale: SalesProcess, pending: PendingWrite | None) -> None:
        if self._chip is not None and self._chip.was_asked:
            self._drop(self._chip)  # with what it offers
            self._chip = None
        if self._chip is None:
            self._chip = StageChip(self._work, sale, pending)
            self._chip.chosen.connect(partial(self._on_stage, self._chip))
            self._chip.failed.connect(self._on_failed)
            self._grid.addWidget(self._chip, self._top, 1, _RIGHT)
        else:
            self._chip.show_sale(sale, pending)
        self._chip.setObjectName(f"stage-{sale.id}")

    def _drop(self, widget: QWidget) -> None:
        widget.setObjectName("")
        self._grid.removeWidget(widget)
        drop([widget])

    def _on_stage(self, chip: StageChip, stage: SalesStage) -> None:
        self._on_move(chip.sale, stage)

    def _show_next_step(self, sale: SalesProcess, pending: PendingWrite | None) -> bool:
        """Whether there is one."""
        picture = ""
        act: Callable[[], object] | None = None
        if pending is not None and not pending.is_stopped:
            # There all the same, so that the keyboard stays where it is.
            text = name = translate("Sales", "On its way to the CRM…")
        elif sale.outcome is Outcome.WON:
            text = translate("Sales", "Order from this sale")
            name = translate("Sales", "Order from this sale: {sale}").replace("{sale}", sale.name)
            picture, act = "order", partial(self._on_order, sale)
        elif (stage := self._work.next_of(sale)) is not None:
            text = translate("Sales", "Next stage: {stage}").replace("{stage}", stage.name)
            name = f"{text}, {sale.name}"
            picture, act = "chevron-right", partial(self._on_move, sale, stage)
        else:
            self._act.setObjectName("")
            return False
        self._act.setObjectName(f"next-{sale.id}")
        self._act.setAccessibleName(name)
        self._act.setText(text.replace("&", "&&"))
        self._act.set_picture(picture)
        self._act.set_on_click(act)
        return True
