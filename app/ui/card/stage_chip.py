"""The stage of a sale, which can be changed in place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QIcon
from PySide6.QtWidgets import QMenu

from app.domain.contacts import Outcome, SalesProcess, SalesStage
from app.domain.sales_changes import StageChange
from app.ports.errors import SystemFault
from app.services.crm_sales import SalesWork
from app.services.crm_writing import PendingWrite
from app.ui.theme import icon
from app.ui.widgets import Chip, set_tip


class StageChip(Chip):
    """Shows the stage; a click offers all of the CRM's, the ones that end a sale apart.

    Attributes:
        sale: The one whose stage is shown.
        was_asked: The stages are offered, or were: what offers them belongs to the chip.

    Signals:
        chosen: The `SalesStage` that it shall be in.
        failed: A `SystemFault`: the stages could not be read.
    """

    chosen = Signal(object)
    failed = Signal(object)

    def __init__(self, work: SalesWork, sale: SalesProcess, pending: PendingWrite | None) -> None:
        super().__init__()
        self._work = work
        self.was_asked = False
        self._menu: QMenu | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self.setIconSize(QSize(12, 12))
        self.clicked.connect(self._ask)
        self.show_sale(sale, pending)

    def show_sale(self, sale: SalesProcess, pending: PendingWrite | None) -> None:
        """Show the stage of another one, or what became of it; not after `was_asked`."""
        self.sale = sale
        # What is on its way is certain before anything else is chosen.
        self._moving = pending.change if pending is not None and not pending.is_stopped else None
        self.setEnabled(sale.can_change and self._moving is None)
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._show()

    def _show(self) -> None:
        sale = self.sale
        self.setIcon(QIcon())
        if isinstance(self._moving, StageChange):
            told = self.tr("{stage}, on its way to the CRM").replace("{stage}", self._moving.stage)
            self.set_text(f"{self._moving.stage} …", told)
            set_tip(self, told)
            return
        self.set_text(sale.stage, self.tr("Stage of {sale}: {stage}").format(sale=sale.name, stage=sale.stage))
        if sale.can_change:
            self.setIcon(icon("chevron-down", "faint", 12))
            set_tip(self, self.tr("Put into another stage"))

    def _ask(self) -> None:
        self.was_asked = True
        menu = QMenu(self)
        self._menu = menu
        menu.setAccessibleName(self.accessibleName())
        waiting = menu.addAction(self.tr("Loading…"))
        waiting.setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._work.learn_stages(partial(self._offer, menu), partial(self._on_failed, menu), anew=True)

    def _offer(self, menu: QMenu) -> None:
        if menu is not self._menu or not menu.isVisible():
            return
        menu.clear()
        going = [stage for stage in self._work.stages if stage.outcome is Outcome.OPEN]
        ending = [stage for stage in self._work.stages if stage.outcome is not Outcome.OPEN]
        self._add(menu, going)
        if going and ending:
            menu.addSeparator()
        self._add(menu, ending)
        menu.adjustSize()
        if not menu.geometry().contains(QCursor.pos()) and menu.actions():
            menu.setActiveAction(menu.actions()[0])

    def _add(self, menu: QMenu, stages: Sequence[SalesStage]) -> None:
        for stage in stages:
            action = menu.addAction(stage.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(stage.id == self.sale.stage_id)
            action.triggered.connect(partial(self._choose, stage))

    def _choose(self, stage: SalesStage, _checked: bool = False) -> None:
        if stage.id != self.sale.stage_id:
            self.chosen.emit(stage)

    def _on_failed(self, menu: QMenu, fault: SystemFault) -> None:
        if menu is self._menu:
            menu.close()
            self.failed.emit(fault)
