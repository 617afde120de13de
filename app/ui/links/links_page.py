"""The page with the links that do not hold: a list of them, and beside it one in full."""

from collections import Counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.domain.links import Finding, FindingKind
from app.domain.names import words_of
from app.ports.connection import SystemKind
from app.services.connections import Connections, ConnectionStatus
from app.services.link_inbox import Deed, DeedStatus, InboxStatus
from app.services.links import Links
from app.services.making_steps import MakingStatus
from app.services.new_customers import Making
from app.ui.formats import Formats
from app.ui.links.detail import LinkDetailView
from app.ui.links.findings_list import FindingsList
from app.ui.links.texts import kind_text
from app.ui.theme import Space, Type
from app.ui.widgets import (
    Action,
    BusyLine,
    Button,
    Chip,
    EmptyState,
    Label,
    MessageBar,
    MessageKind,
    Translated,
    flow,
)

_Filtered = tuple[tuple[Finding, ...], FindingKind | None, list[str], tuple[Finding, ...]]
_SHARES = (380, 760)
_AGES_EVERY = 30_000  # ms


class LinksPage(Translated):
    """Reads both systems when it is opened for the first time; what it has found stays until it is read again.

    Signals:
        left: The user wants to go back to work.
        card_requested: The `Match` whose card is to be opened.
        sign_in_requested: The `SystemKind` to sign in to.
    """

    left = Signal()
    card_requested = Signal(object)
    sign_in_requested = Signal(object)

    def __init__(
        self,
        links: Links,
        connections: Connections,
        formats: Formats,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inbox, self._detail_of, self._connections, self._formats = links.inbox, links.detail, connections, formats
        self._kind: FindingKind | None = None
        self._told: object = None
        self._wanted = ""
        self._counted: tuple[tuple[Finding, ...], Counter[FindingKind]] = ((), Counter())
        self._filtered: _Filtered = ((), None, [], ())
        self._title = Label(step=Type.TITLE)
        self._note = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._again = Button(on_click=self._start_or_stop)
        self._back = Button(on_click=self.left.emit)
        self._busy = BusyLine()
        self.message = MessageBar(closable=True)
        self._chips, self._chip_flow = flow()
        self._all = self._chip(None)
        self._of_kind = {kind: self._chip(kind) for kind in FindingKind}
        self._text = QLineEdit()
        self._text.setClearButtonEnabled(True)
        self._text.textChanged.connect(lambda _text: self._filter())
        self.list = FindingsList()
        self._no = Button(look="link", on_click=links.inbox.forget_rejections)
        self.detail = LinkDetailView(links, formats, self.sign_in_requested.emit)
        self._empty = EmptyState("link")
        self._lay_out()
        self.list.chosen.connect(self._on_chosen)
        self.detail.card_requested.connect(self.card_requested)
        self.detail.keyboard_left.connect(self.list.setFocus)
        links.inbox.listen(self.refresh)
        links.makings.listen(self._on_making)
        connections.listen(self._on_connection)
        self._ages = QTimer(self, interval=_AGES_EVERY)
        self._ages.timeout.connect(self._show_note)
        self._ages.start()
        self.retranslate()

    def start(self, company_id: str = "") -> None:
        """The page has been opened, to look at this company, if any."""
        self._wanted = company_id
        if company_id:
            self._text.clear()
            self._choose_kind(None)
        if self._inbox.status is InboxStatus.EMPTY:
            self._inbox.start()
        self.refresh()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Show everything as it is now."""
        inbox = self._inbox
        is_reading = inbox.status is InboxStatus.READING
        self._busy.set_busy(is_reading, self.tr("Reading"))
        self._again.setText(self.tr("Cancel") if is_reading else self.tr("Read again"))
        self._again.setEnabled(is_reading or inbox.can_read)
        self._show_note()
        self._show_counts()
        self._filter()
        self._no.setVisible(inbox.rejected > 0)
        self._no.setText(self.tr("Show again what was said no to ({n})").replace("{n}", str(inbox.rejected)))
        self._tell()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("Links"))
        self._title.setText(self.tr("Links between the CRM and the ERP"))
        self._back.setText(self.tr("Back to work"))
        self._text.setPlaceholderText(self.tr("Find in the list"))
        self._text.setAccessibleName(self.tr("Find in the list"))
        self.list.setAccessibleName(self.tr("Links to look at"))
        self._told = None
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back to work."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- the list

    def _chip(self, kind: FindingKind | None) -> Chip:
        chip = Chip()
        chip.setCheckable(True)
        chip.setChecked(kind is None)
        chip.clicked.connect(lambda _checked: self._choose_kind(kind))
        self._chip_flow.addWidget(chip)
        return chip

    def _choose_kind(self, kind: FindingKind | None) -> None:
        self._kind = kind
        self._all.setChecked(kind is None)
        for each, chip in self._of_kind.items():
            chip.setChecked(each is kind)
        self._filter()

    def _show_counts(self) -> None:
        found = self._inbox.findings
        if found is not self._counted[0]:
            self._counted = (found, Counter(finding.kind for finding in found))
        self._all.set_text(self.tr("All {n}").replace("{n}", str(len(found))))
        for kind, chip in self._of_kind.items():
            count = self._counted[1][kind]
            chip.set_text(f"{kind_text(kind)} {count}")
            chip.setVisible(count > 0 or kind is self._kind)

    def _filter(self) -> None:
        found, wanted, words = self._inbox.findings, words_of(self._text.text()), self._inbox.words
        # There may be tens of thousands, and this runs with every key and every page that is read.
        if found is not self._filtered[0] or (self._kind, wanted) != self._filtered[1:3]:
            shown = found
            if self._kind is not None:
                shown = tuple(finding for finding in shown if finding.kind is self._kind)
            if self._is_narrower(found, wanted):
                shown = self._filtered[3]
            for word in wanted:
                shown = tuple(finding for finding in shown if f" {word}" in words.get(finding.company.id, ""))
            self._filtered = (found, self._kind, wanted, shown)
        shown = self._filtered[3]
        self.list.show_findings(shown, self._wanted)
        if shown:
            self._wanted = ""  # from now on the cursor is the user's

    def _is_narrower(self, found: tuple[Finding, ...], wanted: list[str]) -> bool:
        """Letters have been added: only what was shown can still be meant."""
        before, kind, former, _ = self._filtered
        is_same = found is before and kind is self._kind and 0 < len(former) <= len(wanted)
        return is_same and all(word.startswith(begun) for word, begun in zip(wanted, former, strict=False))

    def _on_chosen(self, finding: Finding | None) -> None:
        self.detail.show_finding(finding)
        if finding is not None:
            self._stack.setCurrentWidget(self.detail)
            return
        self._stack.setCurrentWidget(self._empty)
        inbox = self._inbox
        match inbox.status:
            case InboxStatus.READING:
                self._empty.set_texts(
                    self.tr("Reading both systems"), self.tr("Their names and numbers are read a page at a time.")
                )
            case InboxStatus.READY if not inbox.findings:
                self._empty.set_texts(
                    self.tr("Every link holds"),
                    self.tr("Each company in the CRM has a number, and the ERP knows it by the same name."),
                )
            case InboxStatus.READY:
                self._empty.set_texts(self.tr("None of the links is like that"), self.tr("Choose another filter."))
            case _:
                self._empty.set_texts(
                    self.tr("Which links do not hold?"),
                    self.tr(
                        "Companies without a number, numbers that point nowhere, two companies on one number, and names"
                        " that differ. Both systems must answer, and show you their names."
                    ),
                )

    def _show_note(self) -> None:
        inbox = self._inbox
        read = inbox.read
        if not read:
            self._note.setText("")
            return
        words = self.tr("{companies} companies from the CRM, {customers} customers from the ERP")
        words = words.replace("{companies}", str(read[SystemKind.CRM]))
        words = words.replace("{customers}", str(read[SystemKind.ERP]))
        if SystemKind.TIME in read:
            projects = self.tr("{projects} projects from the time system")
            words = f"{words}, {projects.replace('{projects}', str(read[SystemKind.TIME]))}"
        if inbox.status is not InboxStatus.READING and inbox.read_at is not None:
            words = f"{words} · {self._formats.age(inbox.read_at)}"
        self._note.setText(words)

    def _start_or_stop(self) -> None:
        if self._inbox.status is InboxStatus.READING:
            self._inbox.cancel()
        else:
            self._inbox.start()

    # -- what happened

    def _tell(self) -> None:
        inbox, deed = self._inbox, self._inbox.deed
        if inbox.status is InboxStatus.FAILED and inbox.fault is not None:
            if self._told is not inbox.fault:
                self._told = inbox.fault
                kept = self.tr("What was found before stays.") if inbox.read_at is not None else ""
                again = Action(self.tr("Try again"), inbox.start)
                self.message.show_fault(inbox.fault, inbox.fault_of, kept=kept, actions=(again,))
        elif deed is not None and self._told is not deed:
            self._told = deed
            self._tell_deed(deed)

    def _tell_deed(self, deed: Deed) -> None:
        if self.message.has_keyboard:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # its button goes away

        def filled(text: str) -> str:
            return text.replace("{name}", deed.finding.company.name).replace("{number}", deed.number)

        match deed.status:
            case DeedStatus.WRITING:
                self.message.show_message(MessageKind.INFO, filled(self.tr("“{name}” is being written in the CRM…")))
            case DeedStatus.UNKNOWN:
                self.message.show_message(
                    MessageKind.WARN,
                    filled(self.tr("The CRM did not say whether it stored the number of “{name}”.")),
                    rest=self.tr("It is being found out. Nothing else is written until it is known."),
                )
            case DeedStatus.DONE if deed.number:
                self.message.show_message(
                    MessageKind.DONE,
                    filled(self.tr("“{name}” has the number {number} in the CRM.")),
                    actions=self._undo(deed),
                )
            case DeedStatus.DONE:
                self.message.show_message(
                    MessageKind.DONE,
                    filled(self.tr("“{name}” has no number in the CRM any more.")),
                    actions=self._undo(deed),
                )
            case _ if deed.fault is not None:
                look = Action(self.tr("Look again"), self._look_again)
                self.message.show_fault(deed.fault, SystemKind.CRM, actions=(look,))

    def _undo(self, deed: Deed) -> tuple[Action, ...]:
        if deed.is_undo:
            return ()
        text = self.tr("Take the number out again") if not deed.finding.company.number else self.tr("Put it back")
        return (Action(text, self._inbox.undo),)

    def _look_again(self) -> None:
        self.message.clear()
        self._inbox.start()

    def _on_making(self, making: Making) -> None:
        if making.status in (MakingStatus.DONE, MakingStatus.MEANWHILE) and making.number:
            self._inbox.settled_elsewhere(making.customer.company_id)
            if making.status is MakingStatus.DONE:
                text = self.tr("“{name}” is customer {number} in the ERP, and has that number in the CRM.")
                text = text.replace("{name}", making.customer.name).replace("{number}", making.number)
                self.message.show_message(MessageKind.DONE, text)
        self.detail.refresh()

    def _on_connection(self, kind: SystemKind) -> None:
        if self.isVisible():
            if self._connections.state(kind).status is ConnectionStatus.ONLINE:
                self._detail_of.retry(kind)
            self.refresh()
            self.detail.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._title, 1)
        head.addWidget(self._again)
        head.addWidget(self._back)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
        top.setSpacing(Space.XS)
        top.addLayout(head)
        top.addWidget(self._note)
        top.addWidget(self.message)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, Space.S, 0, Space.S)
        column.setSpacing(Space.S)
        filters = QVBoxLayout()
        filters.setContentsMargins(Space.M, 0, Space.M, 0)
        filters.setSpacing(Space.S)
        filters.addWidget(self._chips)
        filters.addWidget(self._text)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(Space.M, 0, Space.M, 0)
        foot.addWidget(self._no)
        column.addLayout(foot)
        right = QWidget()
        self._stack = QStackedLayout(right)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.detail)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes(list(_SHARES))
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 5)
        left.setMinimumWidth(300)
        right.setMinimumWidth(480)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._busy)
        whole.addWidget(split, 1)
