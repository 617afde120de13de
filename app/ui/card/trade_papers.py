"""What the ERP is at with a document that was asked for in the timeline."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from app.domain.documents import Document
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn
from app.services.paper_work import Stage
from app.services.trade_papers import TradePapers
from app.ui.widgets import Action, MessageBar, MessageKind


class TradePapersBar(MessageBar):
    """Hidden while no document is wanted; also tells what becomes of it.

    Signals:
        made: The `Document` to show, and the customer's mail address.
    """

    made = Signal(object, str)

    def __init__(self, papers: TradePapers, on_sign_in: Callable[[SystemKind], object]) -> None:
        super().__init__(closable=True)
        self._papers = papers
        self._on_sign_in = on_sign_in
        papers.on_stage = self.refresh
        papers.on_made = self._on_made
        self.dismissed.connect(papers.cancel)

    def refresh(self) -> None:
        """Say how far it is."""
        papers = self._papers
        cancel = Action(self.tr("Cancel"), papers.cancel)
        match papers.stage:
            case Stage.ASKING | Stage.MAKING:
                name = papers.kind.label if papers.kind is not None else ""
                words = self.tr("The ERP is making “{name}”…").format(name=name) if name else self.tr("Asking the ERP…")
                self.show_message(MessageKind.INFO, words, actions=[cancel])
            case Stage.CHOOSING:
                kinds = papers.offered.kinds if papers.offered is not None else ()
                choices = [Action(kind.label, partial(papers.choose, kind)) for kind in kinds]
                quiet = Action(self.tr("Cancel"), papers.cancel, "quiet")
                self.show_message(MessageKind.INFO, self.tr("Which document?"), actions=[*choices, quiet])
                self.take_keyboard()
            case Stage.NO_KINDS:
                self.show_message(MessageKind.INFO, self.tr("The ERP makes no document of this."))
            case Stage.FAILED if papers.fault is not None:
                self.show_fault(papers.fault, SystemKind.ERP, actions=self._ways_out())
            case _:
                self.clear()

    def _ways_out(self) -> list[Action]:
        papers = self._papers
        if isinstance(papers.fault, NotSignedIn):
            return [Action(self.tr("Sign in…"), lambda: self._on_sign_in(SystemKind.ERP))]
        event = papers.event
        return [] if event is None else [Action(self.tr("Try again"), lambda: papers.want(event))]

    def _on_made(self, document: Document, mail_to: str) -> None:
        self.made.emit(document, mail_to)
