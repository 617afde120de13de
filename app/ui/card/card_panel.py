"""The card of one customer."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from app.domain.contacts import TouchKind
from app.services.card import CustomerCard, PartName
from app.services.search import Match
from app.ui.card.card_header import CardHeader
from app.ui.card.orders_list import OrdersPage
from app.ui.card.overview import Overview
from app.ui.card.timeline import Timeline
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import EmptyState, Translated

_AGES_EVERY = 30_000  # ms


class CardPanel(Translated):
    """Header and pages; empty until a customer is opened.

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
        ask = self.sign_in_requested.emit
        self.header = CardHeader(card, ask)
        self.overview = Overview(card, formats, ask)
        self.timeline = Timeline(card, formats, ask)
        self.orders = OrdersPage(card, formats, ask)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        for page in (self.overview, self.timeline, self.orders):
            self.tabs.addTab(page, "")
        self._empty = EmptyState("users")
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(shown)
        self._shown = shown
        self._ages = QTimer(self, interval=_AGES_EVERY)
        self._ages.timeout.connect(self._refresh_ages)
        self.header.reload_requested.connect(self.reload)
        self.header.match_chosen.connect(self.open)
        self.header.match_chosen.connect(self.match_opened)
        self.orders.order_open_requested.connect(self.order_open_requested)
        self.orders.new_order_requested.connect(self.new_order_requested)
        card.listen(self._on_part)
        self.retranslate()

    def open(self, match: Match) -> None:
        """Show another customer."""
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
        for number, name in enumerate((self.tr("Overview"), self.tr("Timeline"), self.tr("Orders"))):
            self.tabs.setTabText(number, name)
        self.tabs.tabBar().setAccessibleName(self.tr("Pages of the card"))
        self._empty.set_texts(
            self.tr("Whose card?"),
            self.tr("Find a customer by name or number. The card shows what the CRM and the ERP know, side by side."),
        )
        self._empty.set_action(self.tr("Find a customer"), self.search_requested.emit)

    def _on_part(self, part: PartName | None) -> None:
        if part in (None, PartName.COMPANY, PartName.CUSTOMER):
            self.header.refresh()
        self.overview.refresh(part)
        self.timeline.refresh(part)
        self.orders.refresh(part)
        if part in (None, PartName.CUSTOMER):
            self.customer_changed.emit()

    def _refresh_ages(self) -> None:
        for page in (self.overview, self.timeline, self.orders):
            page.refresh_age()
