"""The second page of the card: what has been said and done, the newest first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.contacts import TouchKind
from app.ports.capability import Capability
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn
from app.services.card import CustomerCard, PartName, PartStatus
from app.ui.card.composer import LOGGED, Composer
from app.ui.card.kinds import PICTURES, kinds_text, log_text
from app.ui.card.part_card import source_note
from app.ui.card.timeline_list import TimelineList
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import Action, BusyLine, Button, Chip, EmptyState, Label, MessageBar, Translated, flow

_FILTER_AFTER = 250  # ms of quiet after a key
_FILTERED = (TouchKind.CALL, TouchKind.MEETING, TouchKind.EMAIL, TouchKind.NOTE, TouchKind.TASK)


class Timeline(Translated):
    """Log, filter and read touch points."""

    def __init__(
        self,
        card: CustomerCard,
        formats: Formats,
        on_sign_in: Callable[[SystemKind], object],
        composer: Composer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._formats = formats
        self._on_sign_in = on_sign_in
        self._company_id = ""
        self._log_buttons = {
            kind: Button(picture=PICTURES[kind], on_click=partial(self.compose, kind)) for kind in LOGGED
        }
        self._log_row, log = flow(gap=Space.S)
        for button in self._log_buttons.values():
            log.addWidget(button)
        self.composer = composer
        self.composer.closed.connect(self._show_log_row)
        self.composer.logged.connect(self._show_log_row)
        self.composer.sign_in_requested.connect(lambda: on_sign_in(SystemKind.CRM))
        self._filters = {kind: Chip() for kind in _FILTERED}
        self._chips, row = flow()
        for chip in self._filters.values():
            chip.setCheckable(True)
            chip.clicked.connect(self._filter)
            row.addWidget(chip)
        self._text = QLineEdit()
        self._text.setClearButtonEnabled(True)
        self._text.textChanged.connect(self._filter_soon)
        self._quiet = QTimer(self, singleShot=True, interval=_FILTER_AFTER)
        self._quiet.timeout.connect(self._filter)
        self._message = MessageBar()
        self._busy = BusyLine()
        self._note = Label(step=Type.CAPTION, ink="faint")
        self.list = TimelineList(card, formats)
        self._empty = EmptyState("clock")
        self._lay_out()
        self.retranslate()

    def refresh(self, part: PartName | None) -> None:
        """A part has changed, or all of them."""
        company = self._card.company.value
        if part in (None, PartName.COMPANY):
            company_id = company.id if company is not None else ""
            if company_id != self._company_id:
                self._company_id = company_id
                self._reset_filters()
            self.composer.set_company(company_id, company.people if company is not None else ())
            self._show_log_row()
        if part in (None, PartName.TIMELINE):
            self._refresh_list()

    def refresh_age(self) -> None:
        """Time has passed."""
        self._note.setText(source_note(self._card.timeline, self._formats))

    def compose(self, kind: TouchKind) -> None:
        """Begin to log a touch point."""
        if self._company_id:
            self.composer.start(kind)
            self._show_log_row()

    def retranslate(self) -> None:
        """See `Translated`."""
        for kind, button in self._log_buttons.items():
            button.setText(log_text(kind))
        for kind, chip in self._filters.items():
            chip.set_text(kinds_text(kind), self.tr("Show {kinds}").format(kinds=kinds_text(kind)))
        self._text.setPlaceholderText(self.tr("Find in the timeline"))
        self._text.setAccessibleName(self.tr("Find in the timeline"))
        self._busy.setAccessibleName(self.tr("Loading"))
        self.list.setAccessibleName(self.tr("Timeline"))
        self._refresh_list()

    def _lay_out(self) -> None:
        self._filter_row = QWidget()
        filters = QHBoxLayout(self._filter_row)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.addWidget(self._chips, 1)
        filters.addWidget(self._note)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.M, Space.L, 0)
        top.setSpacing(Space.S)
        for widget in (self._log_row, self.composer, self._filter_row, self._text, self._message):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addWidget(self._busy)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)

    def _refresh_list(self) -> None:
        part = self._card.timeline
        self.list.refresh()
        self._busy.set_busy(part.status is PartStatus.LOADING, self.tr("Loading"))
        self.refresh_age()
        if part.status is PartStatus.FAILED and part.fault is not None:
            if isinstance(part.fault, NotSignedIn):
                action = Action(self.tr("Sign in…"), lambda: self._on_sign_in(SystemKind.CRM))
            else:
                action = Action(self.tr("Try again"), lambda: self._card.reload(PartName.TIMELINE))
            self._message.show_fault(part.fault, part.source, actions=(action,))
        else:
            self._message.clear()
        is_empty = not part.value
        self.list.setHidden(is_empty)
        self._empty.setVisible(is_empty)
        if is_empty:
            self._say_why_empty(part.status)

    def _say_why_empty(self, status: PartStatus) -> None:
        match status:
            case PartStatus.FAILED:
                self._empty.set_texts(self.tr("The timeline could not be read"))
            case PartStatus.LOADING | PartStatus.WAITING:
                self._empty.set_texts(self.tr("Reading the timeline…"))
            case PartStatus.ABSENT:
                self._empty.set_texts(self.tr("No timeline"), self.tr("The CRM does not know this customer."))
            case _ if self._kinds() or self._text.text().strip():
                self._empty.set_texts(
                    self.tr("Nothing fits the filter"), self.tr("Show other kinds, or look for another word.")
                )
            case _:
                self._empty.set_texts(
                    self.tr("Nothing has been logged yet"),
                    self.tr("Calls, meetings and notes with this company stand here. Log the first one above."),
                )

    def _show_log_row(self) -> None:
        can = bool(self._company_id) and self._card.can(Capability.LOG_TOUCH_POINT)
        is_composing = not self.composer.isHidden()
        self._log_row.setVisible(can and not is_composing)
        # While one writes there is nothing to filter, and a low window has no room for both.
        self._filter_row.setHidden(is_composing)
        self._text.setHidden(is_composing)

    def _kinds(self) -> frozenset[TouchKind]:
        return frozenset(kind for kind, chip in self._filters.items() if chip.isChecked())

    def _reset_filters(self) -> None:
        for chip in self._filters.values():
            chip.setChecked(False)
        self._text.blockSignals(True)
        self._text.clear()
        self._text.blockSignals(False)
        self._quiet.stop()

    def _filter_soon(self) -> None:
        self._quiet.start()

    def _filter(self) -> None:
        self._quiet.stop()
        self._card.filter_timeline(self._kinds(), self._text.text().strip())
