"""The card of one customer."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.contacts import ContactKind, TouchKind
from app.domain.economy import Subject, SubjectKind
from app.ports.connection import SystemKind
from app.ports.drafts import Draft
from app.services.card import CustomerCard
from app.services.card_parts import CRM_PARTS, ERP_PARTS, UNDER_WAY, PartName
from app.services.identity import identity
from app.services.new_customers import NewCustomers
from app.services.project_card import CustomerProjects
from app.services.search import Match
from app.services.shelves import Shelves
from app.ui.card.card_header import CardHeader
from app.ui.card.composer import Composer
from app.ui.card.draft_bar import DraftBar
from app.ui.card.elsewhere_bar import ElsewhereBar
from app.ui.card.kinds import KEYS
from app.ui.card.orders_list import OrdersPage
from app.ui.card.overview import Overview
from app.ui.card.timeline import Timeline
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import READ_AT_ONCE, EmptyState, InTurns, Translated, Veil, held, lay_out, style_in_turns

if TYPE_CHECKING:
    from app.ui.economy.economy_page import EconomyPage

_AGES_EVERY = 30_000  # ms
_GATHER = 25  # ms
_WHO = frozenset({None, PartName.COMPANY, PartName.CUSTOMER})
"""What changes the header, and who he is."""


class CardPanel(Translated):
    """Header and pages; empty until a customer is opened.

    They are made and refreshed while the window can be seen, a part in each turn of the event loop; `finish` before you
    look at them.

    Signals:
        order_open_requested: The ERP's id of an order.
        order_copy_requested: The ERP's id of an order whose lines are wanted in a new one.
        new_order_requested: A new order for this customer.
        sale_order_requested: A new order for this customer, with this text as his reference.
        document_made: See `Timeline`.
        customer_changed: Another customer, or the ERP has answered about him.
        project_requested: The `Match` of a project of this customer.
        match_opened: The `Match` that is opened from within the card.
        search_requested: The user wants to find a customer.
        links_requested: The page with the links that do not hold, at the company with this key.
        sign_in_requested: The `SystemKind` to sign in to.
    """

    order_open_requested = Signal(str)
    order_copy_requested = Signal(str)
    new_order_requested = Signal()
    sale_order_requested = Signal(str)
    document_made = Signal(object, str, object)
    customer_changed = Signal()
    project_requested = Signal(object)
    match_opened = Signal(object)
    search_requested = Signal()
    sign_in_requested = Signal(object)
    links_requested = Signal(str)

    def __init__(
        self,
        card: CustomerCard,
        formats: Formats,
        makings: NewCustomers,
        shelves: Shelves,
        projects: CustomerProjects,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._card = card
        self._formats = formats
        self._makings = makings
        self._shelves = shelves
        self._projects = projects
        self._empty = EmptyState("users")
        self._shown = QWidget()
        self.elsewhere = ElsewhereBar(card)
        self.elsewhere.match_chosen.connect(self.open)
        self.elsewhere.match_chosen.connect(self.match_opened)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.elsewhere)
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._shown)
        self._ages = QTimer(self, interval=_AGES_EVERY)
        self._ages.timeout.connect(self._refresh_ages)
        self._is_made = False
        self.economy: EconomyPage | None = None
        self._changed: set[PartName | None] = set()  # since the pages were refreshed last
        self._is_opening = False
        self._turns = InTurns(self)
        # The systems answer a dozen questions in a fifth of a second: what comes together is laid out and painted once.
        self._gather = QTimer(self, singleShot=True)
        self._gather.timeout.connect(lambda: self._turns.add(self._refresh_pages()))
        self._turns.add(self._make())
        self.retranslate()

    @property
    def is_up_to_date(self) -> bool:
        """Header and overview show the card as it is now, as far as they can be seen."""
        return not self._changed and self._shown.updatesEnabled() and self.overview.is_up_to_date

    def finish(self) -> None:
        """Make and show at once what still waits for its turn."""
        if self._gather.isActive():
            self._gather.stop()
            self._turns.add(self._refresh_pages())
        self._turns.finish()

    def _make(self) -> Iterator[None]:
        ask = self.sign_in_requested.emit
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self.header = CardHeader(self._card, self._shelves, ask, self._makings, self._shown)
        column.addWidget(self.header)
        yield
        self.draft_bar = DraftBar(self._card)
        self.draft_bar.continued.connect(self._go_on_with)
        bar = QHBoxLayout()
        bar.setContentsMargins(Space.L, 0, Space.L, 0)
        bar.addWidget(self.draft_bar)
        column.addLayout(bar)
        self.tabs = QTabWidget(self._shown)
        self.tabs.setDocumentMode(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes to the bar of the tabs, which has a name
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)  # which Qt took from it too
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        column.addWidget(self.tabs, 1)
        yield
        self.overview = Overview(self._card, self._formats, ask, self._projects)
        yield
        self.tabs.addTab(self.overview, "")
        (pages,) = self.tabs.findChildren(QStackedWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._veil = Veil(pages, self.tabs.tabBar())
        yield
        yield from self.overview.make()
        composer = Composer(self._card, self._shown)
        yield
        self.timeline = Timeline(self._card, self._formats, ask, composer)
        yield
        self.tabs.addTab(self.timeline, "")
        yield
        self.orders = OrdersPage(self._card, self._formats, ask)
        yield
        self.tabs.addTab(self.orders, "")
        yield
        self._economy_place = QWidget()
        self.tabs.addTab(self._economy_place, "")
        self.tabs.currentChanged.connect(self._on_page)
        yield
        self._connect()
        self._card.listen(self._on_part)
        self._is_made = True
        self._name_pages()
        yield from style_in_turns(self._shown)

    def _connect(self) -> None:
        self.overview.order_open_requested.connect(self.order_open_requested)
        self.overview.sale_order_requested.connect(self.sale_order_requested)
        self.overview.links_requested.connect(self.links_requested)
        self.overview.compose_requested.connect(self.compose)
        self.overview.project_requested.connect(self.project_requested)
        for kind, key in KEYS.items():
            QShortcut(QKeySequence(key), self).activated.connect(partial(self.compose, kind))
        self.header.reload_requested.connect(self.reload)
        self.header.match_chosen.connect(self.open)
        self.header.links_requested.connect(self.links_requested)
        self.header.match_chosen.connect(self.match_opened)
        self.timeline.order_open_requested.connect(self.order_open_requested)
        self.timeline.document_made.connect(self.document_made)
        self.orders.order_open_requested.connect(self.order_open_requested)
        self.orders.order_copy_requested.connect(self.order_copy_requested)
        self.orders.new_order_requested.connect(self.new_order_requested)

    def open(self, match: Match) -> None:
        """Show another customer."""
        self._leave_undrawn()
        self.header.new_customer()
        self._stack.setCurrentWidget(self._shown)
        self._card.open(match)
        self._ages.start()

    def _leave_undrawn(self) -> None:
        """What was to be drawn of the one before is not; what has been begun ends."""
        self._gather.stop()
        self._turns.finish()

    def leave(self) -> None:
        """Show nobody."""
        self._leave_undrawn()
        self._ages.stop()
        self._stack.setCurrentWidget(self._empty)
        self._card.open(Match("", ContactKind.COMPANY, ""))

    def reload(self) -> None:
        """Read everything again; what is shown stays until the answers are there."""
        if self._stack.currentWidget() is self._shown:
            for part in (PartName.COMPANY, PartName.CUSTOMER, *ERP_PARTS, *CRM_PARTS):
                self._card.reload(part)
            self._card.economy.refresh()
            self._projects.reload()

    def flip_favourite(self) -> None:
        """The customer is a favourite from now on, or none any more."""
        if self._stack.currentWidget() is self._shown:
            self.header.flip_favourite()

    def compose(self, kind: TouchKind) -> None:
        """Begin to log a touch point, where the CRM takes one of this kind."""
        if not self.timeline.can_log(kind):
            return
        self.tabs.setCurrentWidget(self.timeline)
        self.timeline.compose(kind)

    def _go_on_with(self, draft: Draft) -> None:
        self._card.drafts.take(SystemKind.CRM, draft.place)
        self.tabs.setCurrentWidget(self.timeline)
        self.timeline.go_on_with(draft)

    def give_keyboard(self, project_number: str) -> None:
        """The user is back from one of the customer's projects."""
        self.tabs.setCurrentWidget(self.overview)
        self.overview.projects.give_keyboard(project_number)

    def show_orders(self) -> None:
        """Turn to the orders."""
        self.tabs.setCurrentWidget(self.orders)
        self.orders.view.setFocus()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("Contact card"))
        self._empty.set_texts(
            self.tr("Whose card?"),
            self.tr("Find a customer by name or number. The card shows what the CRM and the ERP know, side by side."),
        )
        self._empty.set_action(self.tr("Find a customer"), self.search_requested.emit)
        if self._is_made:
            self._name_pages()
            self._turns.add(self.overview.retranslate())

    def _name_pages(self) -> None:
        names = (self.tr("Overview"), self.tr("Timeline"), self.tr("Orders"), self.tr("Economy"))
        for number, name in enumerate(names):
            self.tabs.setTabText(number, name)
        self.tabs.tabBar().setAccessibleName(self.tr("Pages of the card"))

    def show_economy(self) -> None:
        """Turn to the economy."""
        self.tabs.setCurrentWidget(self._economy_place)

    def _on_page(self, _number: int) -> None:
        """The page of the economy is made when it is looked at for the first time: most cards are left without."""
        if self.economy is not None or self.tabs.currentWidget() is not self._economy_place:
            return
        from app.ui.economy.economy_page import EconomyPage

        self.economy = EconomyPage(self._card.economy, self._formats, self.sign_in_requested.emit)
        self.economy.document_made.connect(self.document_made)
        column = QVBoxLayout(self._economy_place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.economy)
        self.economy.come_after(self.tabs.tabBar())
        self._tell_economy()

    def _tell_economy(self) -> None:
        if self.economy is not None:
            number = self._card.number
            subject = Subject(SubjectKind.CUSTOMER, number) if number else None
            self.economy.show_subject(subject, identity(self._card).name)

    def _on_part(self, part: PartName | None) -> None:
        if part in _WHO:
            self._tell_economy()
            self._projects.show(self._card.number)
        # At once: what is being typed there belongs to its own company.
        self.timeline.refresh(part)
        self._changed.add(part)
        self._draw_soon(part)
        if part in (None, PartName.CUSTOMER):
            self.customer_changed.emit()

    def _draw_soon(self, part: PartName | None) -> None:
        """What was seen of him before is drawn at once; else what the systems say, as soon as all of it is there."""
        parts = [self._card.part(name) for name in PartName]
        is_known = any(each.value is not None for each in parts)
        is_read = not any(each.status in UNDER_WAY for each in parts)
        if part is None:
            self._is_opening = True
        if part is None and is_known:
            self._gather.stop()
            self._turns.add(self._refresh_pages())
        elif self._is_opening and is_read:
            self._gather.start(0)
        elif not self._gather.isActive():
            self._gather.start(READ_AT_ONCE if self._is_opening else _GATHER)
        self._is_opening = self._is_opening and not is_read
        if part is None and not is_known:
            self._turns.add(self._show_whose())

    def _show_whose(self) -> Iterator[None]:
        with self._unpainted():
            self._veil.cover()
            yield from self._refresh_header()

    def _refresh_header(self) -> Iterator[None]:
        with held(self, self._shown, self.header):
            self.header.refresh()
            self.elsewhere.refresh()
            self.draft_bar.refresh()
        yield

    def _refresh_pages(self) -> Iterator[None]:
        """Show what has changed by now, each of it once."""
        changed, self._changed = self._changed, set()
        for part in changed:
            self.overview.changed(part)
        shows_orders = self.orders.isVisible()
        # Of another customer all that can be seen is painted at once.
        with self._unpainted() if None in changed else nullcontext():
            self._veil.hide()
            if changed & _WHO:
                yield from self._refresh_header()
            if shows_orders:
                self._refresh_orders(changed)
                yield
            yield from self.overview.refresh_seen()
        yield
        yield from self.overview.refresh_rest()
        if not shows_orders:
            self._refresh_orders(changed)
        if changed & _WHO:
            self._shelves.learned(identity(self._card))  # the lists come after the card

    @contextmanager
    def _unpainted(self) -> Iterator[None]:
        """While this lasts, be it for some turns of the event loop, what is there stays as it was painted."""
        self._shown.setUpdatesEnabled(False)
        try:
            yield
        finally:
            if isValid(self._shown):  # the window may have gone between two turns
                lay_out()
                self._shown.setUpdatesEnabled(True)

    def _refresh_orders(self, changed: set[PartName | None]) -> None:
        for part in {None} if None in changed else changed:
            self.orders.refresh(part)

    def _refresh_ages(self) -> None:
        for page in (self.overview, self.timeline, self.orders):
            page.refresh_age()
        if self.economy is not None:
            self.economy.refresh_age()
