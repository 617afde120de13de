"""A product that was found by the search, on its way into an order."""

from collections.abc import Callable

from app.domain.orders import Product
from app.services.order_desk import DeskOrder
from app.ui.orders.lines_view import LinesView


class FoundProduct:
    """Puts it on a new line of the order that is shown, or on the first line of one that is begun for it.

    Args:
        begin: Begins an order for the customer with this key of the ERP's.
    """

    def __init__(self, view: LinesView, begin: Callable[[str], object]) -> None:
        self._view = view
        self._begin = begin
        self._waiting: Product | None = None

    @property
    def can_put(self) -> bool:
        """An order is shown that takes another line."""
        lines = self._view.lines
        return lines is not None and lines.session.order.editable and self._view.isVisible()

    def put(self, product: Product) -> None:
        """A new line with it; its quantity is typed next."""
        self._view.leave()
        self._view.put_product(product)

    def begin(self, customer_id: str, product: Product) -> None:
        """A new order with it."""
        self._begin(customer_id)
        self._waiting = product

    def opened(self, order: DeskOrder) -> None:
        """An order is shown: the cursor goes where a line is typed. Where it is not the one that was begun for the
        product, that is forgotten.
        """
        product, self._waiting = self._waiting, None
        if order.session.order.editable:
            self._view.start_line()
            if product is not None and order.session.order.id is None:
                self._view.put_product(product)
