"""The field in which an item is typed: proposals come from the ERP as one types, and typing never waits for them."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.domain.orders import OrderHeader, Product, ProductHit
from app.ports.erp import ErpSystem
from app.ports.jobs import Job, Runner

ASK_AFTER = 0.12
"""Seconds of quiet before the ERP is asked for proposals."""
_PROPOSALS = 12


class ProductEditor(QLineEdit):
    """Enter takes the marked proposal, or else the text as it stands, which is looked up behind the user's back.

    Attributes:
        chosen: The product of the proposal that was taken, or None: the text is what was typed.

    Signals:
        taken: A proposal was taken.
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
        self._texts = QStringListModel(self)
        completer = QCompleter(self._texts, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_PROPOSALS)
        self._popup = QListView()
        self._popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        completer.setPopup(self._popup)
        # Set as the line edit's own completer it would write the whole proposal into the field on every arrow key.
        completer.setWidget(self)
        completer.activated.connect(self._on_activated)
        self._completer = completer
        self.textEdited.connect(self._on_edited)

    @property
    def has_proposals(self) -> bool:
        """The list of proposals is open."""
        return self._popup.isVisible()

    def stop(self) -> None:
        """The editor closes: no proposal is wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._popup.hide()

    def _on_edited(self, text: str) -> None:
        self.chosen = None
        self.stop()
        wanted = text.strip()
        if not wanted:
            return
        self._job = self._runner.run(self._ask(wanted), lambda hits: self._show(wanted, hits), lambda _error: None)

    async def _ask(self, text: str) -> Sequence[ProductHit]:
        await asyncio.sleep(ASK_AFTER)
        return await self._erp.search_products(text, header=self._header, limit=_PROPOSALS)

    def _show(self, text: str, hits: Sequence[ProductHit]) -> None:
        self._job = None
        if text != self.text().strip() or not hits:
            return
        self._hits = hits
        self._texts.setStringList([proposal(hit) for hit in hits])
        area = self.rect()
        area.setWidth(max(self.width(), 420))
        self._completer.complete(area)
        # An exact number is what Enter is meant for; anything else must be chosen, or typed out.
        if hits[0].exact or len(hits) == 1:
            self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _on_activated(self, _text: object) -> None:
        row = self._popup.currentIndex().row()
        if 0 <= row < len(self._hits):
            hit = self._hits[row]
            self.chosen = hit.product
            self.setText(hit.product.code or hit.product.name)
            self.taken.emit()


def proposal(hit: ProductHit) -> str:
    """A proposal in one line: number, name and unit."""
    parts = [hit.product.code, hit.product.name]
    if hit.unit is not None:
        parts.append(hit.unit.symbol)
    return "   ".join(part for part in parts if part)
