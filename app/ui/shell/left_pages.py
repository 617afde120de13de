"""The pages of the left half: a customer's card, or a project's."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.services.card import CustomerCard
from app.services.identity import identity
from app.services.project_card import Projects
from app.services.search import Match
from app.services.shelves import Shelves
from app.ui.card.card_panel import CardPanel
from app.ui.formats import Formats

if TYPE_CHECKING:
    from app.ui.projects.project_panel import ProjectPanel


class LeftPages(QStackedWidget):
    """A project that was opened from a customer's card leaves that card as it is, to go back to.

    Attributes:
        card_panel: The customer's card.

    Signals:
        chosen: A `Match` to open, from within the project's card.
        shown: The `Match` whose card is in front from now on.
        document_made: See `EconomyPage`.
        sign_in_requested: The `SystemKind` to sign in to.
    """

    chosen = Signal(object)
    shown = Signal(object)
    document_made = Signal(object, str, object)
    sign_in_requested = Signal(object)

    def __init__(
        self, card_panel: CardPanel, card: CustomerCard, projects: Projects, formats: Formats, shelves: Shelves
    ) -> None:
        super().__init__()
        self.card_panel = card_panel
        self._card, self._projects, self._formats, self._shelves = card, projects, formats, shelves
        self._project_panel: ProjectPanel | None = None
        self.addWidget(card_panel)
        card_panel.project_requested.connect(self._open_from_card)

    @property
    def project_panel(self) -> "ProjectPanel":
        """The project's card."""
        if self._project_panel is None:
            # Imported here: most starts never open one, and the window is to be there at once.
            from app.ui.projects.project_panel import ProjectPanel

            ask = self.sign_in_requested.emit
            panel = self._project_panel = ProjectPanel(self._projects.card, self._formats, self._shelves, ask)
            panel.customer_requested.connect(self.chosen)
            panel.back_requested.connect(self._go_back)
            panel.document_made.connect(self.document_made)
            self.addWidget(panel)
        return self._project_panel

    def open(self, match: Match) -> None:
        """Show the card of a customer or of a project; the one that was in front is left."""
        if match.project_id:
            self.card_panel.leave()
            self._show_project(match)
        else:
            self._show_card()
            self.shown.emit(match)
            self.card_panel.open(match)

    def leave(self) -> None:
        """Show nobody's."""
        self._show_card()
        self.card_panel.leave()

    def reload(self) -> None:
        """Read everything again that is in front."""
        self._front.reload()

    def flip_favourite(self) -> None:
        """Whose card is in front is a favourite from now on, or none any more."""
        self._front.flip_favourite()

    @property
    def _front(self) -> "CardPanel | ProjectPanel":
        project = self._project_panel
        return project if project is not None and self.currentWidget() is project else self.card_panel

    def _open_from_card(self, match: Match) -> None:
        self._shelves.opened(match)
        self._show_project(match, identity(self._card).name)
        self.project_panel.start()

    def _show_project(self, match: Match, came_from: str = "") -> None:
        self.project_panel.open(match, came_from)
        self.setCurrentWidget(self.project_panel)
        self.shown.emit(match)

    def _show_card(self) -> None:
        if self._project_panel is not None:
            self._project_panel.leave()
        self.setCurrentWidget(self.card_panel)

    def _go_back(self) -> None:
        number = self._projects.card.match.number
        self._show_card()
        self.shown.emit(identity(self._card))
        self.card_panel.give_keyboard(number)
