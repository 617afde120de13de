"""The card of one customer."""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from app.domain.contacts import TouchKind
from app.services.card import CustomerCard, PartName
from app.services.search import Match
from app.ui.card.card_header import CardHeader
from app.ui.card.composer import Composer
from app.ui.card.orders_list import OrdersPage
from app.ui.card.overview import Overview
from app.ui.card.timeline import Timeline
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import EmptyState, InTurns, Translated

_AGES_EVERY = 30_000  # ms
_STYLED_AT_ONCE = 20
"""Widgets that are given their looks in one turn of the event loop."""


class CardPanel(Translated):
    """Header and pages; empty until a customer is opened.

    They are made and refreshed while the window can be seen, a part in each turn of the event loop; `finish` before you
    look at them.

    Signals:
        order_open_requested: The ERP's id of an order.
        new_order_requested: A new order for this customer.
        customer_changed: Another customer, or the ERP has answered about him.
        match_opened: The `Match` that is opened from within the card.
        search_requested: The user wants to find a customer.
        sign_in_requested: The `SystemKind` to sign in to.
    """

    order_open_requested = Signal(str)
    new_order_requested = Signal()
    customer_changed = Signal()
    match_opened = Signal(object)
    search_requested = Signal()
    sign_in_requested = Signal(object)

    def __init__(self, card: CustomerCard, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._card = card
        self._formats = formats
        self._empty = EmptyState("users")
        self._shown = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._shown)
        self._ages = QTimer(self, interval=_AGES_EVERY)
        self._ages.timeout.connect(self._refresh_ages)
        self._is_made = False
        self._turns = InTurns(self)
        self._turns.add(self._make())
        self.retranslate()

    def finish(self) -> None:
        """Make and show at once what still waits for its turn."""
        self._turns.finish()

    def _make(self) -> Iterator[None]:
        ask = self.sign_in_requested.emit
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self.header = CardHeader(self._card, ask, self._shown)
        column.addWidget(self.header)
        yield
        self.tabs = QTabWidget(self._shown)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        column.addWidget(self.tabs, 1)
        yield
        self.overview = Overview(self._card, self._formats, ask)
        yield
        self.tabs.addTab(self.overview, "")
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
        self.header.reload_requested.connect(self.reload)
        self.header.match_chosen.connect(self.open)
        self.header.match_chosen.connect(self.match_opened)
        self.orders.order_open_requested.connect(self.order_open_requested)
        self.orders.new_order_requested.connect(self.new_order_requested)
        self._card.listen(self._on_part)
        self._is_made = True
        self._name_pages()
        widgets = iter(self._shown.findChildren(QWidget))
        while some := list(islice(widgets, _STYLED_AT_ONCE)):
            yield
            for widget in some:
                widget.ensurePolished()

    def open(self, match: Match) -> None:
        """Show another customer."""
        self.finish()
        self.header.new_customer()
        self._stack.setCurrentWidget(self._shown)
        self._card.open(match)
        self._ages.start()

    def reload(self) -> None:
        """Read everything again; what is shown stays until the answers are there."""
        if self._stack.currentWidget() is self._shown:
            for part in (PartName.COMPANY, PartName.CUSTOMER, PartName.ORDERS, PartName.TIMELINE):
                self._card.reload(part)

    def compose(self, kind: TouchKind) -> None:
        """Begin to log a touch point."""
        self.tabs.setCurrentWidget(self.timeline)
        self.timeline.compose(kind)

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
        for number, name in enumerate((self.tr("Overview"), self.tr("Timeline"), self.tr("Orders"))):
            self.tabs.setTabText(number, name)
        self.tabs.tabBar().setAccessibleName(self.tr("Pages of the card"))

    def _on_part(self, part: PartName | None) -> None:
        if part in (None, PartName.COMPANY, PartName.CUSTOMER):
            self.header.refresh()
        # At once: what is being typed there belongs to its own company.
        self.timeline.refresh(part)
        self._turns.add(self._refresh_pages(part))
        if part in (None, PartName.CUSTOMER):
            self.customer_changed.emit()

    def _refresh_pages(self, part: PartName | None) -> Iterator[None]:
        yield from self.overview.refresh(part)
        self.orders.refresh(part)

    def _refresh_ages(self) -> None:
        for page in (self.overview, self.timeline, self.orders):
            page.refresh_age()
