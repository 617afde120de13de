"""What was being typed for a company when the program last ended, said on its card."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.domain.contacts import TouchKind
from app.ports.connection import SystemKind
from app.ports.drafts import Draft
from app.services.card import CustomerCard
from app.ui.card.composer import place_of
from app.ui.card.kinds import kind_text
from app.ui.formats import Formats
from app.ui.widgets import Action, MessageBar, MessageKind


class DraftBar(MessageBar):
    """Hidden where nothing was left. It stays until the user goes on with it or discards it.

    Signals:
        continued: The user goes on with this `Draft`.
    """

    continued = Signal(object)

    def __init__(self, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._draft: Draft | None = None
        card.drafts.listen(self.refresh)

    def refresh(self) -> None:
        """Another company, or something else is left."""
        place = place_of(self._card.company_id)
        draft = next((each for each in self._card.drafts.left(SystemKind.CRM) if each.place == place), None)
        if draft == self._draft:
            return
        self._draft = draft
        self._show()

    def _show(self) -> None:
        draft = self._draft
        if draft is None:
            self.clear()
            return
        self.show_message(
            MessageKind.INFO,
            self.tr("You were writing this {when}. It is not in the CRM.").replace(
                "{when}", Formats().moment(draft.moment)
            ),
            rest=_in_short(draft.texts),
            actions=(
                Action(self.tr("Continue"), lambda: self.continued.emit(draft), "primary"),
                Action(self.tr("Discard"), lambda: self._card.drafts.drop(SystemKind.CRM, draft.place)),
            ),
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._show()


def _in_short(texts: Mapping[str, str]) -> str:
    """``Call: Wants 40 more · Rang about the …``."""
    said = " · ".join(" ".join(part.split()) for part in (texts["subject"], texts["text"]) if part.strip())
    return f"{kind_text(TouchKind(texts['kind']))}: {said[:160]}{'…' if len(said) > 160 else ''}"
