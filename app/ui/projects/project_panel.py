"""The card of one project."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from app.domain.economy import Subject, SubjectKind
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn
from app.services.card_parts import PartStatus
from app.services.project_card import ProjectCard, ProjectPart
from app.services.search import Match, customer_by_number
from app.services.shelves import Shelves
from app.ui.card.part_card import PartCard
from app.ui.economy.economy_page import EconomyPage
from app.ui.formats import Formats
from app.ui.projects.project_parts import FiguresCard, InCrmCard, InErpCard, PlanCard
from app.ui.theme import Space, Tone, Type
from app.ui.widgets import (
    Action,
    Badge,
    BusyLine,
    Button,
    ElidedLabel,
    IconButton,
    Label,
    MessageBar,
    MessageKind,
    ScrollColumn,
    Translated,
    set_tip,
)

_AGES_EVERY = 30_000  # ms
_TWO = 560
"""From this width on two cards stand side by side."""


class ProjectPanel(Translated):
    """What the time system says of a project, and whose it is.

    Attributes:
        customer: Leads to the customer's card.
        tabs, economy: The pages, and the second of them.

    Signals:
        customer_requested: The `Match` of the customer whose card is wanted.
        document_made: See `EconomyPage`.
        back_requested: The card of the customer that the project was opened from is wanted again.
    """

    customer_requested = Signal(object)
    document_made = Signal(object, str, object)
    back_requested = Signal()

    def __init__(
        self,
        card: ProjectCard,
        formats: Formats,
        shelves: Shelves,
        on_sign_in: Callable[[SystemKind], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._card, self._shelves, self._on_sign_in = card, shelves, on_sign_in
        self._came_from = ""
        self._name = ElidedLabel(step=Type.TITLE)
        self._number = Label(ink="muted", figures=True, selectable=True)
        self._state = Badge()
        self._back = IconButton("chevron-left")
        self._back.clicked.connect(self.back_requested)
        self.star = IconButton("star")
        self.star.setCheckable(True)
        self.star.clicked.connect(self.flip_favourite)
        shelves.listen(self._show_star)
        self._reload = IconButton("refresh")
        self._reload.clicked.connect(self.reload)
        self.customer = Button(look="link", picture="building", on_click=self._open_customer)
        self._customer_number = Label(ink="muted", figures=True, selectable=True)
        self._message = MessageBar()
        self._busy = BusyLine()
        sign_in = {kind: partial(on_sign_in, kind) for kind in SystemKind}
        self._of_project: tuple[PartCard, ...] = (
            PlanCard(card, formats, sign_in[SystemKind.TIME]),
            FiguresCard(card, formats, sign_in[SystemKind.TIME]),
        )
        self._of_customer: tuple[PartCard, ...] = (
            InCrmCard(card, formats, sign_in[SystemKind.CRM]),
            InErpCard(card, formats, sign_in[SystemKind.ERP]),
        )
        self.area = ScrollColumn()
        self.economy = EconomyPage(card.economy, formats, on_sign_in)
        self.economy.document_made.connect(self.document_made)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes to the bar of the tabs, which has a name
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)  # which Qt took from it too
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        for page in (self.area, self.economy):
            self.tabs.addTab(page, "")
        self._rows = tuple(_row(cards) for cards in (self._of_project, self._of_customer))
        self._lay_out()
        back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        back.activated.connect(self._go_back)
        self._ages = QTimer(self, interval=_AGES_EVERY)
        self._ages.timeout.connect(self._refresh_ages)
        card.listen(self.refresh)
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self._back)
        top.addWidget(self._name, 1)
        top.addWidget(self.star)
        top.addWidget(self._reload)
        second = QHBoxLayout()
        second.setSpacing(Space.S)
        second.addWidget(self._number)
        second.addWidget(self._state)
        second.addStretch(1)
        third = QHBoxLayout()
        third.setSpacing(Space.S)
        third.addWidget(self.customer)
        third.addWidget(self._customer_number)
        third.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.M, Space.S, 0)
        head.setSpacing(Space.XS)
        for line in (top, second, third):
            head.addLayout(line)
        head.addWidget(self._message)
        for row in self._rows:
            self.area.column.addLayout(row)
        self.area.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addWidget(self._busy)
        column.addWidget(self.tabs, 1)

    def open(self, match: Match, came_from: str = "") -> None:
        """Show another project.

        Args:
            came_from: The name of the customer whose card it was opened from, and which is there to go back to.
        """
        self._came_from = came_from
        self._ages.start()
        self._card.open(match)
        self.refresh()

    def leave(self) -> None:
        """It is not looked at any more."""
        self._ages.stop()
        self._card.close()

    def start(self) -> None:
        """Put the keyboard where one goes on: on the way back, or else on the customer."""
        (self.customer if self._back.isHidden() else self._back).setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read everything again; what is shown stays until the answers are there."""
        for part in (ProjectPart.PROJECT, ProjectPart.IN_CRM, ProjectPart.IN_ERP):
            self._card.reload(part)
        self._card.economy.refresh()

    def flip_favourite(self) -> None:
        """The project is a favourite from now on, or none any more."""
        match = self._card.identity()
        self._shelves.set_favourite(match, favourite=not self._shelves.is_favourite(match))
        self._show_star()

    def refresh(self) -> None:
        """Show it as it is now."""
        card, part, project = self._card, self._card.project, self._card.project.value
        self._name.setText(project.name if project is not None else card.match.name)
        number = card.match.number
        self._number.setText(self.tr("Project {number}").replace("{number}", number))
        if project is not None:
            words = project.status or (self.tr("Open") if project.is_open else self.tr("Closed"))
            self._state.set_state(words, Tone.ACCENT if project.is_open else Tone.NEUTRAL)
            self._shelves.learned(card.identity())
        self._state.setVisible(project is not None)
        self._back.setHidden(not self._came_from)
        self._show_customer()
        self._busy.set_busy(part.status is PartStatus.LOADING, self.tr("Loading"))
        self._show_message()
        for row in (*self._of_project, *self._of_customer):
            row.refresh()
        for row in self._of_project:
            row.setVisible(project is not None)
        for row in self._of_customer:
            row.setVisible(bool(card.customer_number))
        self.tabs.setVisible(project is not None)
        subject = Subject(SubjectKind.PROJECT, number) if project is not None else None
        self.economy.show_subject(subject, self._name.text())
        self._show_star()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("Project card"))
        for place, name in enumerate((self.tr("Project"), self.tr("Economy"))):
            self.tabs.setTabText(place, name)
        self.tabs.tabBar().setAccessibleName(self.tr("Pages of the card"))
        self._reload.set_label(self.tr("Read again (F5)"))
        for card in (*self._of_project, *self._of_customer):
            card.retranslate()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        side_by_side = self.width() >= _TWO
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom)

    def _show_customer(self) -> None:
        keys = QKeySequence(QKeySequence.StandardKey.Back).toString(QKeySequence.SequenceFormat.NativeText)
        back = self.tr("Back to {customer} ({keys})").replace("{keys}", keys)
        self._back.set_label(back.replace("{customer}", self._came_from))
        project, number = self._card.project.value, self._card.customer_number
        name = self._card.customer_name
        self.customer.setVisible(bool(number))
        self.customer.setText(name.replace("&", "&&"))
        self.customer.setAccessibleName(self.tr("Open the card of {customer}").replace("{customer}", name))
        set_tip(self.customer, self.customer.accessibleName())
        if project is None:
            self._customer_number.setText("")
        elif number:
            self._customer_number.setText(self.tr("No. {number}").replace("{number}", number))
        elif name:
            words = self.tr("For {customer}, without a customer number in the time system.")
            self._customer_number.setText(words.replace("{customer}", name))
        else:
            self._customer_number.setText(self.tr("No customer: one of our own."))

    def _show_star(self) -> None:
        is_favourite = self._shelves.is_favourite(self._card.identity())
        self.star.setChecked(is_favourite)
        self.star.set_icon("star-filled" if is_favourite else "star", "warning" if is_favourite else "muted")
        self.star.set_label(
            self.tr("Take from the favourites (Ctrl+Shift+F)")
            if is_favourite
            else self.tr("Put among the favourites (Ctrl+Shift+F)")
        )

    def _show_message(self) -> None:
        """What keeps the whole card from being there; else each part says by itself what went wrong."""
        part, number = self._card.project, self._card.match.number
        if part.value is not None or part.status not in (PartStatus.FAILED, PartStatus.ABSENT) or not number:
            self._message.clear()
        elif part.status is PartStatus.ABSENT:
            words = self.tr("There is no project with the number {number}.").replace("{number}", number)
            self._message.show_message(MessageKind.WARN, words)
        elif part.fault is not None:
            if isinstance(part.fault, NotSignedIn):
                action = Action(self.tr("Sign in…"), partial(self._on_sign_in, SystemKind.TIME))
            else:
                action = Action(self.tr("Try again"), partial(self._card.reload, ProjectPart.PROJECT))
            self._message.show_fault(part.fault, SystemKind.TIME, actions=(action,))

    def _open_customer(self) -> None:
        if number := self._card.customer_number:
            self.customer_requested.emit(customer_by_number(number))

    def _go_back(self) -> None:
        """Alt+Left: to the customer that it was opened from, or else to its own."""
        if self._came_from:
            self.back_requested.emit()
        else:
            self._open_customer()

    def _refresh_ages(self) -> None:
        for card in (*self._of_project, *self._of_customer):
            card.refresh_age()
        self.economy.refresh_age()


def _row(cards: tuple[PartCard, ...]) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(Space.M)
    for card in cards:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        card.setSizePolicy(policy)
        row.addWidget(card, 1)
    return row
