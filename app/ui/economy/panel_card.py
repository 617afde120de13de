"""A panel of the reporting system in its place on the page: asked, failing and ageing by itself."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.economy import Panel, PanelData, PanelKind
from app.services.card_parts import UNDER_WAY, PartStatus
from app.services.economy import Economy
from app.ui.card.part_card import PartCard
from app.ui.economy.panel_view import PanelView
from app.ui.formats import Formats
from app.ui.theme import Space

translate = QCoreApplication.translate
_WIDE = frozenset({PanelKind.TABLE, PanelKind.STACKED})


class PanelCard(PartCard):
    """One panel.

    Attributes:
        panel: As the reporting system describes it.
        view: Its picture and its table.

    Signals:
        export_requested: The `Document` that its table is as a file.
        link_requested: Its address in the reporting system.
    """

    export_requested = Signal(object)
    link_requested = Signal(str)

    def __init__(
        self,
        economy: Economy,
        panel: Panel,
        formats: Formats,
        on_sign_in: Callable[[], object],
        whose: Callable[[], str],
    ) -> None:
        self.panel = panel
        self._whose = whose
        super().__init__(economy, panel.key, formats, on_sign_in, note_below=True)
        self.set_title(panel.title)
        self.view = PanelView(formats)
        self.view.setProperty("frame", "")  # this card is its frame
        if (inside := self.view.layout()) is not None:
            inside.setContentsMargins(0, 0, 0, 0)
        self.view.export_requested.connect(self.export_requested)
        self.view.link_requested.connect(self.link_requested)
        self.body.setSpacing(Space.XS)
        self._drawn: PanelData | None = None
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.retranslate()

    @property
    def is_wide(self) -> bool:
        """It takes the whole line where others stand side by side."""
        return self.panel.kind in _WIDE

    def title(self) -> str:
        """See `PartCard`."""
        return self.panel.title

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Economy", "No figures yet.")

    def show_value(self, value: PanelData) -> bool:
        """See `PartCard`."""
        if value is not self._drawn:
            self._drawn = value
            self.view.show_data(value, self._whose())
        return True

    def _keep_room(self, *, kept: bool) -> None:
        policy = self.content.sizePolicy()
        policy.setRetainSizeWhenHidden(kept)
        self.content.setSizePolicy(policy)

    def refresh_age(self) -> None:
        """See `PartCard`."""
        super().refresh_age()
        self.view.refresh_age()

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = None

    def refresh(self) -> None:
        """See `PartCard`. The picture has the title and says how old the data are; that they were read lately is a
        matter of course."""
        part = self.card.part(self.name)
        self._keep_room(kept=part.value is None and part.status in UNDER_WAY)
        # Where its age stands, before it is said.
        self.header.setVisible(part.value is None)
        self._note_below.setVisible(part.value is not None and part.status is not PartStatus.READY)
        super().refresh()
