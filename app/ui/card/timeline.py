"""The second page of the card: what has been said, done, ordered, delivered and invoiced, the newest first."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.contacts import TouchKind
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.capability import Capability
from app.ports.connection import SystemKind
from app.ports.drafts import Draft
from app.ports.errors import NotSignedIn
from app.services.card import CustomerCard
from app.services.card_parts import PartName, PartStatus
from app.services.timeline import STREAMS, Entry, EntryKind, Gap
from app.ui.card.composer import Composer
from app.ui.card.kinds import NEEDS, kinds_text
from app.ui.card.log_row import LogRow
from app.ui.card.timeline_list import TimelineList
from app.ui.card.timeline_texts import stream_note
from app.ui.card.trade_papers import TradePapersBar
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import Action, BusyLine, Chip, EmptyState, Label, MessageBar, Translated, flow

_FILTER_AFTER = 250  # ms of quiet after a key
_REREAD_AFTER = 1500  # ms of quiet after an order was written
_FILTERED: Mapping[EntryKind, frozenset[EntryKind]] = {
    **{
        kind: frozenset({kind})
        for kind in (TouchKind.CALL, TouchKind.MEETING, TouchKind.EMAIL, TouchKind.NOTE, TouchKind.TASK)
    },
    TradeKind.ORDER: frozenset({TradeKind.ORDER}),
    TradeKind.DELIVERY: frozenset({TradeKind.DELIVERY, TradeKind.RETURN}),
    TradeKind.INVOICE: frozenset({TradeKind.INVOICE}),
}
"""What each chip lets through."""
_NEEDED = {TradeKind.DELIVERY: Capability.DELIVERIES, TradeKind.INVOICE: Capability.INVOICES}


class Timeline(Translated):
    """Log touch points; filter and read them with the ERP's orders, deliveries and invoices.

    Signals:
        order_open_requested: The ERP's id of an order.
        document_made: The `Document` of a delivery or an invoice, the customer's mail address, and the `MessageBar`
            that tells what becomes of it.
    """

    order_open_requested = Signal(str)
    document_made = Signal(object, str, object)

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
        self.log_row = LogRow()
        self.log_row.chosen.connect(self.compose)
        self.composer = composer
        self.composer.closed.connect(self._show_log_row)
        self.composer.logged.connect(self._on_logged)
        self.composer.sign_in_requested.connect(lambda: on_sign_in(SystemKind.CRM))
        self._filters = {kind: Chip() for kind in _FILTERED}
        self._is_stale = True  # the list shows an earlier state: nobody sees it
        self._is_behind = False  # an order has changed since the ERP was asked
        self._calm = QTimer(self, singleShot=True, interval=_REREAD_AFTER)
        self._calm.timeout.connect(self._read_orders)
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
        self._messages = {name: MessageBar() for name in STREAMS}
        self.papers = TradePapersBar(card.papers, on_sign_in)
        self.papers.made.connect(lambda document, mail_to: self.document_made.emit(document, mail_to, self.papers))
        self._busy = BusyLine()
        self._note = Label(step=Type.CAPTION, ink="faint")
        self.list = TimelineList(card, formats)
        self.list.opened.connect(self._open)
        self._empty = EmptyState("clock")
        self._lay_out()
        self.retranslate()

    def refresh(self, part: PartName | None) -> None:
        """A part has changed, or all of them."""
        company = self._card.company.value
        if part in (None, PartName.COMPANY):
            # Something can be written down before it is known who is there.
            company_id = self._card.company_id
            if company_id != self._company_id:
                self._company_id = company_id
                self._reset_filters()
            self.composer.set_company(company_id, company.people if company is not None else ())
            self._show_log_row()
        if part in (None, *STREAMS):
            self._is_stale = True
            if self.isVisible():
                self._refresh_list()

    def order_changed(self) -> None:
        """An order of this customer was written: the ERP's part is read again where it is seen, once that ends."""
        self._is_behind = True
        self._calm.start()

    def _read_orders(self) -> None:
        if self._is_behind and self.isVisible():
            self._is_behind = False
            self._card.reload(PartName.TRADE)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """While it is not seen the list is not kept up: a card shall be there at once."""
        if self._is_stale:
            self._refresh_list()
        super().showEvent(event)
        if self._is_behind:
            self._read_orders()

    def refresh_age(self) -> None:
        """Time has passed."""
        history = self._card.history
        notes = (
            stream_note(self._card.part(name), self._formats, is_slow=history.is_slow(name))
            for name in reversed(STREAMS)
            if history.is_wanted(name)
        )
        self._note.setText("   ".join(note for note in notes if note))

    def compose(self, kind: TouchKind) -> None:
        """Begin to log a touch point."""
        if self.can_log(kind):
            self.composer.start(kind)
            self._show_log_row()

    def go_on_with(self, draft: Draft) -> None:
        """Type on what was being typed when the program last ended."""
        self.composer.go_on_with(draft)
        self._show_log_row()

    def can_log(self, kind: TouchKind) -> bool:
        """The CRM takes one of this kind for the company that is shown."""
        return bool(self._company_id) and self._card.can(NEEDS[kind])

    def retranslate(self) -> None:
        """See `Translated`."""
        for shown, chip in self._filters.items():
            chip.set_text(kinds_text(shown), self.tr("Show {kinds}").format(kinds=kinds_text(shown)))
        self._text.setPlaceholderText(self.tr("Find in the timeline"))
        self._text.setAccessibleName(self.tr("Find in the timeline"))
        self._busy.setAccessibleName(self.tr("Loading"))
        self.list.setAccessibleName(self.tr("Timeline"))
        self.papers.refresh()
        self._refresh_list()

    def _lay_out(self) -> None:
        self._filter_row = QWidget()
        filters = QHBoxLayout(self._filter_row)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.addWidget(self._chips, 1)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.M, Space.L, 0)
        top.setSpacing(Space.S)
        column_of = (self.log_row, self.composer, self._filter_row, self._text, self._note)
        for widget in (*column_of, self.papers, *self._messages.values()):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addWidget(self._busy)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)

    def _refresh_list(self) -> None:
        self._is_stale = False
        self.list.refresh()
        for kind, capability in _NEEDED.items():
            self._filters[kind].setVisible(self._card.can(capability))
        wanted = [name for name in STREAMS if self._card.history.is_wanted(name)]
        is_loading = any(self._card.part(name).status is PartStatus.LOADING for name in wanted)
        self._busy.set_busy(is_loading, self.tr("Loading"))
        self.refresh_age()
        for name, message in self._messages.items():
            self._tell_fault(name, message)
        is_empty = not self._card.history.entries
        self.list.setHidden(is_empty)
        self._empty.setVisible(is_empty)
        if is_empty:
            self._say_why_empty({self._card.part(name).status for name in wanted})

    def _tell_fault(self, name: PartName, message: MessageBar) -> None:
        part = self._card.part(name)
        # What is there ends with a row that says so; a system that is away is told at the top of the window.
        is_told = part.is_offline or not self._card.history.is_wanted(name)
        if part.status is not PartStatus.FAILED or part.fault is None or is_told:
            message.clear()
            return
        if isinstance(part.fault, NotSignedIn):
            action = Action(self.tr("Sign in…"), lambda: self._on_sign_in(part.source))
        else:
            action = Action(self.tr("Try again"), lambda: self._card.retry(part.source))
        message.show_fault(part.fault, part.source, actions=(action,))

    def _say_why_empty(self, statuses: set[PartStatus]) -> None:
        if statuses & {PartStatus.LOADING, PartStatus.WAITING}:
            self._empty.set_texts(self.tr("Reading the timeline…"))
        elif PartStatus.FAILED in statuses:
            self._empty.set_texts(self.tr("The timeline could not be read"))
        elif statuses == {PartStatus.ABSENT}:
            self._empty.set_texts(self.tr("No timeline"), self.tr("The system does not know this customer."))
        elif self._kinds() or self._text.text().strip():
            self._empty.set_texts(
                self.tr("Nothing fits the filter"), self.tr("Show other kinds, or look for another word.")
            )
        else:
            self._empty.set_texts(
                self.tr("Nothing has happened yet"),
                self.tr(
                    "The CRM's calls, meetings and notes stand here, with orders, deliveries and invoices from the ERP."
                ),
            )

    def _open(self, entry: Entry) -> None:
        """Enter: an order opens at the right, a delivery or an invoice shows its document."""
        if isinstance(entry, TradeEvent) and entry.kind is TradeKind.ORDER:
            self.order_open_requested.emit(entry.id)
        elif isinstance(entry, TradeEvent):
            self._card.papers.want(entry)
        elif isinstance(entry, Gap) and entry.status is PartStatus.FAILED:
            self._card.retry(entry.source)

    def _on_logged(self, had_keyboard: bool) -> None:
        self._show_log_row()
        if had_keyboard and self.list.isVisible():
            self.list.setFocus()

    def _show_log_row(self) -> None:
        kinds = tuple(filter(self.can_log, NEEDS))
        self.log_row.offer(kinds)
        is_composing = not self.composer.isHidden()
        self.log_row.setVisible(bool(kinds) and not is_composing)
        # While one writes there is nothing to filter, and a low window has no room for both.
        self._filter_row.setHidden(is_composing)
        for widget in (self._text, self._note):
            widget.setHidden(is_composing)

    def _kinds(self) -> frozenset[EntryKind]:
        return frozenset(
            kind for chosen, chip in self._filters.items() if chip.isChecked() for kind in _FILTERED[chosen]
        )

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
        self._card.history.filter(self._kinds(), self._text.text().strip())
