"""The field in which an item is typed: proposals come from the ERP as one types, and typing never waits for them."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.orders import FoundBy, OrderHeader, Product, ProductHit
from app.ports.erp import ErpSystem
from app.ports.jobs import Job, Runner
from app.services.product_lookup import the_one
from app.ui.orders.proposals import Proposal, Proposals

ASK_AFTER = 0.12
"""Seconds of quiet before the ERP is asked for proposals."""
_PROPOSALS = 12
_WIDEST = 520
_NUMBER_WIDTH = 110
_SIDE_WIDTH = 190


class ProductEditor(QLineEdit):
    """Enter takes the marked proposal, or else the text as it stands, which is looked up while the user types on.

    Attributes:
        chosen: The product of the proposal that was taken, or None: the text is what was typed.

    Signals:
        taken: A proposal was taken with the mouse.
    """

    taken = Signal()

    def __init__(self, erp: ErpSystem, header: OrderHeader, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Product | None = None
        self._erp = erp
        self._header = header
        self._runner = runner
        self._job: Job | None = None
        self._hits: Sequence[ProductHit] = ()
        self._proposals = Proposals(self, short_width=_NUMBER_WIDTH, side_width=_SIDE_WIDTH)
        self._proposals.clicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_edited)

    def stop(self) -> None:
        """No proposal is wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._proposals.hide()

    def settle(self) -> None:
        """The text is what the user wants; a marked proposal stands for it."""
        if self._proposals.isVisible():
            self._choose(self._proposals.currentIndex().row())
        self.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrows go through the proposals, Esc closes them; all else is typing."""
        if self._proposals.isVisible():
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._proposals.mark(self._proposals.currentIndex().row() + by)
                event.accept()
                return
            if event.key() == Qt.Key.Key_Escape:
                self._proposals.hide()
                event.accept()
                return
        super().keyPressEvent(event)

    @property
    def has_proposals(self) -> bool:
        """The list of proposals is open."""
        return self._proposals.isVisible()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """The proposals go with the field."""
        self.stop()
        super().hideEvent(event)

    def _on_edited(self, text: str) -> None:
        self.chosen = None
        self.stop()
        wanted = text.strip()
        if wanted:
            self._job = self._runner.run(self._ask(wanted), lambda hits: self._show(wanted, hits), lambda _error: None)

    async def _ask(self, text: str) -> Sequence[ProductHit]:
        await asyncio.sleep(ASK_AFTER)
        return await self._erp.search_products(text, header=self._header, limit=_PROPOSALS)

    def _show(self, text: str, hits: Sequence[ProductHit]) -> None:
        self._job = None
        if text != self.text().strip() or not hits or not self.isVisible():
            return
        self._hits = hits
        self._proposals.propose([_proposal(hit) for hit in hits], max(self.width(), _WIDEST))
        # An exact number is what Enter is meant for; anything else must be chosen, or typed out.
        meant = the_one(hits)
        if meant is not None:
            self._proposals.mark(hits.index(meant))

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            self.chosen = self._hits[row].product
            self.setText(self.chosen.code or self.chosen.name)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())
        self.stop()
        self.taken.emit()


def _proposal(hit: ProductHit) -> Proposal:
    """Number, name, and on the right what the text was found in, where that is neither."""
    translate = QCoreApplication.translate
    side = hit.unit.symbol if hit.unit is not None else ""
    if hit.found_by is FoundBy.BARCODE:
        side = translate("ProductEditor", "bar code {code}").format(code=hit.barcode)
    elif hit.found_by is FoundBy.THEIRS:
        side = translate("ProductEditor", "the customer's {code}").format(code=hit.theirs)
    return Proposal(hit.product.code or "–", hit.product.name, side)
