"""What is opened in the window from outside of its parts: a match of the search, a link, an order of a list."""

from functools import partial

from PySide6.QtCore import Qt

from app.domain.orders import Product
from app.domain.parties import is_customer_number
from app.services.card import CustomerCard
from app.services.card_parts import UNDER_WAY
from app.services.identity import identity
from app.services.search import Match, customer_by_number, project_by_number
from app.ui.orders.order_panel import OrderPanel
from app.ui.shell.main_window import MainWindow

PROJECT = "project/"
"""Before the number of a project, as a later start hands it over; what has no such word is a customer's."""


class Errands:
    """Leads to the half of the window that shows it."""

    def __init__(self, window: MainWindow, panel: OrderPanel, card: CustomerCard) -> None:
        self._window, self._panel, self._card = window, panel, card
        self._wanted: tuple[Match, str] | None = None  # an order, as soon as the ERP has said who the customer is

    def connect(self) -> None:
        """Do what the window and its order half ask for."""
        window = self._window
        window.order_open_requested.connect(self.open_order)
        window.order_copy_requested.connect(self.copy_order)
        window.product_chosen.connect(self.take_product)
        window.new_order_requested.connect(self.new_order)
        window.sale_order_requested.connect(self.new_order)
        self._panel.new_order_requested.connect(self.new_order)
        window.customer_changed.connect(self._on_customer)

    def open_number(self, said: str) -> None:
        """Open the card of the customer with this number, or of the project where `PROJECT` stands before it.

        What is no number is left alone: it is another process's text.
        """
        number = said.removeprefix(PROJECT)
        if is_customer_number(number):
            self._window.open(customer_by_number(number) if number == said else project_by_number(number))

    def show_for(self, said: str) -> None:
        """A later start hands over: bring the window to the front, with the card of this number, if any."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self.open_number(said)

    def open_order(self, order_id: str) -> None:
        """Open an order of the ERP in the right half."""
        self._window.reveal_order()
        self._panel.open_order(order_id)

    def take_product(self, match: Match) -> None:
        """A product was found: it goes on a new line of the order that is open, or else says how it gets into one."""
        product = Product(match.product_id, match.number, match.name)
        if self._panel.found.can_put:
            self._panel.found.put(product)
        else:
            from app.ui.orders.product_card import ProductCard

            field, customer = self._window.top_bar.search, identity(self._card).name
            begin = partial(self._order_with, product) if self._window.erp_customer_id else None
            ProductCard(product, begin, customer, field).show_under(field)

    def _order_with(self, product: Product) -> None:
        self._window.reveal_order()
        self._panel.found.begin(self._window.erp_customer_id, product)

    def new_order(self, reference: str = "") -> None:
        """Begin an order for the customer at hand, with his reference for it; where the ERP has still to say who he is,
        when it has.
        """
        self._wanted = None
        if self._window.erp_customer_id:
            self._window.reveal_order()
            self._panel.new_order(self._window.erp_customer_id, reference)
        elif self._is_awaited:
            self._wanted = (self._card.match, reference)
            self._window.reveal_order()
            self._panel.wait()

    @property
    def _is_awaited(self) -> bool:
        return bool(self._card.match.key) and self._card.customer.status in UNDER_WAY

    def _on_customer(self) -> None:
        """Another customer, or the ERP has answered about him."""
        if self._wanted is not None and (self._wanted[0] is not self._card.match or not self._is_awaited):
            (match, reference), self._wanted = self._wanted, None
            self._panel.wait(is_over=True)
            if match is self._card.match:
                self.new_order(reference)
        if self._window.erp_customer_id or not self._is_awaited:  # else nothing flickers
            self._panel.set_customer(known_to_erp=bool(self._window.erp_customer_id))

    def copy_order(self, order_id: str) -> None:
        """Begin an order for the customer at hand with lines of an earlier one."""
        if self._window.erp_customer_id:
            self._window.reveal_order()
            self._panel.reuse.copy_into_new(self._window.erp_customer_id, order_id)
