"""What stands on the page of the economy where no panels are."""

from collections.abc import Callable
from typing import Any

from app.services.card_parts import UNDER_WAY, Part, PartStatus
from app.ui.widgets import EmptyState


class NoPanels(EmptyState):
    """Says why there are none, and how to get them.

    Args:
        to_connections: Shows the page of the connections.
    """

    def __init__(self, to_connections: Callable[[], object]) -> None:
        super().__init__("chart")
        self._to_connections = to_connections

    def show_state(self, panels: Part[Any], *, is_nobody: bool) -> None:
        """``panels`` is what the reporting system says of which there are; ``is_nobody``: nobody's economy is shown."""
        self.set_action("")
        if is_nobody:
            self.set_texts(
                self.tr("No economy without a customer number"),
                self.tr("The reporting system knows customers by their number, and this company has none in the CRM."),
            )
        elif panels.status is PartStatus.ABSENT:
            self.set_texts(
                self.tr("No reporting system is connected"),
                self.tr("Its pictures of turnover, margin and what is owed would stand here."),
            )
            self.set_action(self.tr("Connections…"), self._to_connections)
        elif panels.status in UNDER_WAY:
            self.set_texts(self.tr("Reading the figures…"))
        elif panels.status is PartStatus.FAILED:
            self.set_texts(self.tr("The figures could not be read"))
        else:
            self.set_texts(
                self.tr("No panels for you"), self.tr("The reporting system has none of this kind that you may see.")
            )
