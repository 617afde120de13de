"""What the app asks of an ERP."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from app.domain.contacts import Page
from app.domain.documents import Document, OrderDocuments
from app.domain.habits import BoughtLine
from app.domain.header_edits import HeaderProposal
from app.domain.names import Name
from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.orders import (
    HeaderField,
    HeaderValue,
    LineField,
    LinePrice,
    Order,
    OrderHeader,
    OrderHit,
    OrderLine,
    OrderState,
    OrderSummary,
    ProductHit,
    Unit,
)
from app.domain.parties import Credit, Customer, CustomerHit
from app.domain.price_truth import LineExplanation
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.connection import ConnectedSystem
from app.ports.errors import SystemFault


class ErpSystem(ConnectedSystem, Protocol):
    """Customers by number, products, prices and orders.

    Every method may raise :class:`~app.ports.errors.SystemFault`: `NoAnswer` and `NotSignedIn` anywhere, others as
    noted. Text is NFC, money is Decimal with its currency, time is aware.
    """

    async def search_customers(self, text: str, *, limit: int = 20) -> Sequence[CustomerHit]:
        """Customers whose number starts with, or whose name holds, ``text``; the likeliest first."""

    async def names(self, after: str) -> Page[Name]:
        """The names and numbers of customers, in an order of the ERP's own, from the one that ``Page.next`` named; an
        empty ``after`` begins. For the index on this computer.
        """

    async def product_names(self, after: str) -> Page[Name]:
        """The numbers, names and bar codes of salable products, likewise."""

    async def customer(self, number: str) -> Customer:
        """The customer with exactly this number. Raises `NotFound`."""

    async def customers_by_vat(self, vat_number: str) -> Sequence[CustomerHit]:
        """The customers with this VAT number, however it is spaced and with or without its country; one request."""

    async def create_customer(self, name: str, token: str) -> CustomerHit:
        """Make a customer with this name and nothing else. The ERP gives the number. With `CREATE_CUSTOMER`.

        Until `keep_customer` the ERP keeps ``token`` with it, in the same transaction. Sending it twice makes two:
        after `OutcomeUnknown` ask `created_customers`.

        Raises:
            Refused, NoRights: nothing was made.
            OutcomeUnknown: it may have been made, or will still be.
        """

    async def created_customers(self, token: str) -> Sequence[CustomerHit]:
        """The customers that still carry ``token``, the oldest first, whoever made them."""

    async def keep_customer(self, customer_id: str, token: str) -> None:
        """The customer stays: ``token`` is taken off. Without effect on one that does not carry it.

        Raises `Refused`, `NoRights`, `OutcomeUnknown`; the same again is safe.
        """

    async def drop_customer(self, customer_id: str, token: str) -> None:
        """Delete a customer that carries ``token``; one that does not is left alone.

        Raises `Refused` where the ERP has something that rests on it, `NoRights`, `OutcomeUnknown`; the same again is
        safe.
        """

    async def orders_of(
        self, customer_id: str, *, text: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[OrderSummary]:
        """The customer's orders, newest first; with ``text`` those whose number or reference holds it."""

    async def search_orders(self, text: str, *, limit: int = 20) -> Sequence[OrderHit]:
        """Orders of any customer whose number or reference holds ``text``: the very number first, then the newest; two
        requests at most.
        """

    async def bought_by(self, customer_id: str, since: date, *, limit: int = 500) -> Sequence[BoughtLine]:
        """What the customer took on confirmed orders from ``since`` on: the newest lines, at most ``limit``.

        At most three requests, made in the background. Empty without `Capability.PURCHASE_HISTORY`.
        """

    async def trade_events(
        self,
        customer_id: str,
        *,
        kinds: frozenset[TradeKind] = frozenset(),
        text: str = "",
        after: str | None = None,
        limit: int = 30,
    ) -> Page[TradeEvent]:
        """The customer's orders, deliveries, returns and invoices in one list: those without a day and then the newest
        first, within a day in the order of `TradeKind`. No ``kinds`` means all of them; those that the ERP does not
        have, or not for this user, are left out.

        With ``text`` those that hold each of its words in their number, reference, place or the orders' numbers. A page
        is at most one request a kind. What was cancelled before it ever had a day is no event.
        """

    async def open_order(self, order_id: str) -> Order:
        """The order with all its lines. Raises `NotFound`."""

    async def propose_order(self, customer_id: str) -> Order:
        """A new order as the ERP would set it up for this customer. Nothing is written: its ``id`` is None."""

    async def credit(self, customer_id: str) -> Credit:
        """What the ERP says of the customer's credit now; one request. Raises `NotFound`."""

    async def header_choices(self, header: OrderHeader, state: OrderState, name: HeaderField) -> Sequence[HeaderValue]:
        """What the ERP offers for one field of such a head: addresses, delivery methods, price lists, currencies.

        Empty where it has none, and for fields that are typed.
        """

    async def change_header(self, header: OrderHeader, values: Mapping[HeaderField, HeaderValue]) -> HeaderProposal:
        """The head as the ERP would have it after the user changed ``values``. Writes nothing. Raises `Refused`."""

    async def search_products(
        self, text: str, *, header: OrderHeader | None = None, limit: int = 20
    ) -> Sequence[ProductHit]:
        """Salable products by number, bar code or name; an exact number or bar code comes first."""

    async def find_products(self, texts: Sequence[str], *, header: OrderHeader) -> Mapping[str, ProductHit]:
        """The salable product that each of ``texts`` means, where it means exactly one; one request per 100 texts.

        By its whole number, a bar code, or the customer's own number, without regard to case where nothing is written
        just so. A second request per 100 at most for texts that were not found at first. Hits have their ``units``.
        """

    async def units_for(self, product_id: str) -> Sequence[Unit]:
        """The units a line with this product can be sold in, its own first."""

    async def still_sold(self, product_ids: Sequence[str]) -> frozenset[str]:
        """Those of these products that can be put on a new line now; one request."""

    async def price_line(self, header: OrderHeader, line: OrderLine, changed: frozenset[LineField]) -> LinePrice:
        """What the ERP answers for ``line`` on such an order after the user changed ``changed``; one request.

        ``line`` holds the values as the user wants them. Writes nothing. Raises `Refused`.
        """

    async def price_lines(
        self, header: OrderHeader, lines: Sequence[tuple[OrderLine, frozenset[LineField]]]
    ) -> Sequence[LinePrice | SystemFault]:
        """What `price_line` answers for each of several lines, in their order, in the fewest requests that there are.

        A line that could not be priced has its fault in its place and does not concern the others. With lines that
        take more than one second together the caller is better off asking for fifty at a time.
        """

    async def explain_line(self, header: OrderHeader, line: OrderLine) -> LineExplanation:
        """Why ``line`` costs what it does on such an order, its next quantity break, and what is in stock.

        At most three requests, made after the price itself is known and cancelled when the cursor moves on. Parts that
        the ERP does not tell, or not to this user, are None.
        """

    async def commit(self, changes: OrderChanges, *, accepted: frozenset[str] = frozenset()) -> OrderUpdate:
        """Write the changes as one transaction, at their versions, and read back what can have changed.

        ``accepted`` holds the names of the questions the user has answered with yes. Moves of lines travel by
        themselves; making those that are made already does nothing.

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

    async def documents(self, order_id: str) -> OrderDocuments:
        """The documents that the ERP makes of this order for this user. Raises `NotFound`."""

    async def document(self, order_id: str, key: str) -> Document:
        """One of them, made by the ERP now, of the order as it is there: takes seconds, changes nothing.

        Raises:
            NotFound: no such order, or the ERP offers no such document for it.
            Refused: the ERP does not make it, in its own words.
            MalformedAnswer: what came is no document of a kind that is known here, or too large to be one.
        """

    async def trade_documents(self, kind: TradeKind, event_id: str) -> OrderDocuments:
        """The documents that the ERP makes of a delivery or an invoice for this user. Raises `NotFound`."""

    async def trade_document(self, kind: TradeKind, event_id: str, key: str) -> Document:
        """One of them, as the ERP keeps it or makes it now. Raises what `document` does."""
