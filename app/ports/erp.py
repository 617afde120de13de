"""What the app asks of an ERP."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.orders import LineField, LinePrice, Order, OrderHeader, OrderLine, OrderSummary, ProductHit, Unit
from app.domain.parties import Choice, Customer, CustomerHit
from app.domain.price_truth import LineExplanation
from app.ports.connection import ConnectedSystem


class ErpSystem(ConnectedSystem, Protocol):
    """Customers by number, products, prices and orders.

    Every method may raise :class:`~app.ports.errors.SystemFault`: `NoAnswer` and `NotSignedIn` anywhere, others as
    noted. Text is NFC, money is Decimal with its currency, time is aware.
    """

    async def search_customers(self, text: str, *, limit: int = 20) -> Sequence[CustomerHit]:
        """Customers whose number starts with, or whose name holds, ``text``; the likeliest first."""

    async def customer(self, number: str) -> Customer:
        """The customer with exactly this number. Raises `NotFound`."""

    async def orders_of(self, customer_id: str, *, limit: int = 50, offset: int = 0) -> Sequence[OrderSummary]:
        """The customer's orders, newest first."""

    async def open_order(self, order_id: str) -> Order:
        """The order with all its lines. Raises `NotFound`."""

    async def propose_order(self, customer_id: str) -> Order:
        """A new order as the ERP would set it up for this customer. Nothing is written: its ``id`` is None."""

    async def delivery_methods(self) -> Sequence[Choice]:
        """The delivery methods this user can choose; empty where the ERP has none."""

    async def search_products(
        self, text: str, *, header: OrderHeader | None = None, limit: int = 20
    ) -> Sequence[ProductHit]:
        """Salable products by number, bar code or name; an exact number or bar code comes first."""

    async def units_for(self, product_id: str) -> Sequence[Unit]:
        """The units a line with this product can be sold in, its own first."""

    async def price_line(self, header: OrderHeader, line: OrderLine, changed: frozenset[LineField]) -> LinePrice:
        """What the ERP answers for ``line`` on such an order after the user changed ``changed``; one request.

        ``line`` holds the values as the user wants them. Writes nothing. Raises `Refused`.
        """

    async def explain_line(self, header: OrderHeader, line: OrderLine) -> LineExplanation:
        """Why ``line`` costs what it does on such an order, its next quantity break, and what is in stock.

        At most three requests, made after the price itself is known and cancelled when the cursor moves on. Parts that
        the ERP does not tell, or not to this user, are None.
        """

    async def commit(self, changes: OrderChanges, *, accepted: frozenset[str] = frozenset()) -> OrderUpdate:
        """Write the changes as one transaction, at their versions, and read back what can have changed.

        ``accepted`` holds the names of the questions the user has answered with yes.

        Raises:
            Conflict: somebody changed the order or a touched line since it was read; nothing was written.
            Refused: a rule of the ERP's, in its own words; nothing was written.
            Question: a warning that needs a yes; nothing was written.
            OutcomeUnknown: sent and not answered, or written and not read back: ask `landed`.
        """

    async def landed(self, changes: OrderChanges) -> OrderUpdate | None:
        """Whether a write whose answer was lost is there: what the ERP now has, or None while it is not there.

        None is no proof that it will not land yet: the server may still be at work on it.
        """

    async def act(self, order_id: str, action: str, *, accepted: frozenset[str] = frozenset()) -> Order:
        """Run one of the order's own actions and read it back. Raises `Refused`, `Question`, `OutcomeUnknown`."""
