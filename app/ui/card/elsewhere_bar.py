"""What is not in the CRM yet of companies whose cards are not shown; also what an earlier run of the program left."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.contacts import ContactKind
from app.services.card import CustomerCard
from app.services.crm_writing import WriteNews, WriteState
from app.services.search import Match
from app.ui.theme import Space
from app.ui.widgets import Action, MessageBar, MessageKind

translate = QCoreApplication.translate

_MOST = 3
_MOST_LETTERS = 30


class ElsewhereBar(QWidget):
    """Leads to those cards; hidden while all is well, with the space around it.

    Signals:
        match_chosen: The `Match` of a company whose card is wanted.
    """

    match_chosen = Signal(object)

    def __init__(self, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._bar = MessageBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, 0)
        column.addWidget(self._bar)
        self.hide()
        card.writes.listen(self._on_news)

    def refresh(self) -> None:
        """Show what is so now."""
        company = self._card.company.value
        here = company.id if company is not None else ""
        waiting = {
            write.change.company_id: write.whose
            for write in self._card.writes.pending
            if write.change.company_id != here and write.state is not WriteState.SENDING
        }
        self.setVisible(bool(waiting))
        if not waiting:
            self._bar.clear()
            return
        what = translate("Elsewhere", "Changes of other customers are not in the CRM yet.")
        actions = [_action(company_id, name, self.match_chosen.emit) for company_id, name in waiting.items()]
        rest = translate("Elsewhere", "They are kept. Open the card to see why:")
        self._bar.show_message(MessageKind.WARN, what, rest=rest, actions=actions[:_MOST])

    def _on_news(self, _news: WriteNews) -> None:
        self.refresh()


def _action(company_id: str, name: str, choose: Callable[[Match], object]) -> Action:
    label = (name if len(name) <= _MOST_LETTERS else f"{name[:_MOST_LETTERS]}…") or "?"
    match = Match(f"crm:company:{company_id}", ContactKind.COMPANY, name, "", company_id=company_id)
    return Action(label.replace("&", "&&"), lambda: choose(match))
