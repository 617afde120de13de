"""Tryton, as the app asks an ERP."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from datetime import date
from typing import TypeVar

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
from app.ports.capability import Capability
from app.ports.errors import OutcomeUnknown, SystemFault
from app.systems.tryton import (
    actions,
    creating,
    customers,
    documents,
    explaining,
    history,
    moving,
    names,
    orders,
    pricing,
    pricing_many,
    products,
    trade,
    writing,
)
from app.systems.tryton import header as heads
from app.systems.tryton.client import Client
from app.systems.tryton.lookups import Lookups
from app.systems.tryton.protocol import SYSTEM
from app.systems.tryton.schema import ORDER, load_schema
from app.systems.tryton.signed_in import SignedIn
from app.systems.tryton.site import Site, key_of, load_zone
from app.systems.tryton.trade_schema import MODELS, load_trade

T = TypeVar("T")


class Tryton(SignedIn[Site]):
    """One user at one Tryton database. Implements `app.ports.erp.ErpSystem`."""

    def __init__(self, client: Client, *, language: str) -> None:
        super().__init__(client, language=language)
        self._form: actions.Buttons | None = None

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the active modules make possible; nothing before `sign_in`."""
        if self._site is None:
            return frozenset()
        return self._site.schema.capabilities | self._site.trade.capabilities

    async def search_customers(self, text: str, *, limit: int = 20) -> Sequence[CustomerHit]:
        """See `ErpSystem`."""
        return await customers.search_customers(self._here, text, limit)

    async def names(self, after: str) -> Page[Name]:
        """Parties by id, 250 at a time."""
        return await names.names(self._here, after)

    async def product_names(self, after: str) -> Page[Name]:
        """Salable products by id, 250 at a time."""
        return await names.product_names(self._here, after)

    async def customer(self, number: str) -> Customer:
        """See `ErpSystem`."""
        return await customers.customer(self._here, number)

    async def customers_by_vat(self, vat_number: str) -> Sequence[CustomerHit]:
        """See `ErpSystem`."""
        return await creating.customers_by_vat(self._here, vat_number)

    async def create_customer(self, name: str, token: str) -> CustomerHit:
        """See `ErpSystem`."""
        return await creating.create_customer(self._here, name, token)

    async def created_customers(self, token: str) -> Sequence[CustomerHit]:
        """See `ErpSystem`."""
        return await creating.created_customers(self._here, token)

    async def keep_customer(self, customer_id: str, token: str) -> None:
        """See `ErpSystem`."""
        await creating.keep_customer(self._here, customer_id, token)

    async def drop_customer(self, customer_id: str, token: str) -> None:
        """See `ErpSystem`."""
        await creating.drop_customer(self._here, customer_id, token)

    async def orders_of(
        self, customer_id: str, *, text: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[OrderSummary]:
        """See `ErpSystem`."""
        return await orders.orders_of(self._here, customer_id, text, limit, offset)

    async def search_orders(self, text: str, *, limit: int = 20) -> Sequence[OrderHit]:
        """See `ErpSystem`."""
        return await orders.search_orders(self._here, text, limit)

    async def bought_by(self, customer_id: str, since: date, *, limit: int = 500) -> Sequence[BoughtLine]:
        """See `ErpSystem`."""
        return await history.bought_by(self._here, customer_id, since, limit)

    async def trade_events(
        self,
        customer_id: str,
        *,
        kinds: frozenset[TradeKind] = frozenset(),
        text: str = "",
        after: str | None = None,
        limit: int = 30,
    ) -> Page[TradeEvent]:
        """See `ErpSystem`."""
        return await trade.trade_events(self._here, customer_id, kinds=kinds, text=text, after=after, limit=limit)

    async def open_order(self, order_id: str) -> Order:
        """See `ErpSystem`."""
        return await orders.open_order(self._here, await self._buttons(), key_of(order_id))

    async def propose_order(self, customer_id: str) -> Order:
        """See `ErpSystem`."""
        return await orders.propose_order(self._here, await self._buttons(), customer_id)

    async def credit(self, customer_id: str) -> Credit:
        """See `ErpSystem`."""
        return await customers.credit(self._here, customer_id)

    async def header_choices(self, header: OrderHeader, state: OrderState, name: HeaderField) -> Sequence[HeaderValue]:
        """See `ErpSystem`."""
        return await heads.header_choices(self._here, header, state, name)

    async def change_header(self, header: OrderHeader, values: Mapping[HeaderField, HeaderValue]) -> HeaderProposal:
        """See `ErpSystem`."""
        return await heads.change_header(self._here, header, values)

    async def search_products(
        self, text: str, *, header: OrderHeader | None = None, limit: int = 20
    ) -> Sequence[ProductHit]:
        """See `ErpSystem`."""
        return await products.search_products(self._here, text, header, limit)

    async def find_products(self, texts: Sequence[str], *, header: OrderHeader) -> Mapping[str, ProductHit]:
        """See `ErpSystem`."""
        return await products.find_products(self._here, texts, header)

    async def units_for(self, product_id: str) -> Sequence[Unit]:
        """See `ErpSystem`."""
        return await products.units_for(self._here, product_id)

    async def still_sold(self, product_ids: Sequence[str]) -> frozenset[str]:
        """See `ErpSystem`."""
        return await history.still_sold(self._here, product_ids)

    async def price_line(self, header: OrderHeader, line: OrderLine, changed: frozenset[LineField]) -> LinePrice:
        """See `ErpSystem`."""
        return await pricing.price_line(self._here, header, line, changed)

    async def price_lines(
        self, header: OrderHeader, lines: Sequence[tuple[OrderLine, frozenset[LineField]]]
    ) -> Sequence[LinePrice | SystemFault]:
        """See `ErpSystem`."""
        return await pricing_many.price_lines(self._here, header, lines)

    async def explain_line(self, header: OrderHeader, line: OrderLine) -> LineExplanation:
        """See `ErpSystem`."""
        return await explaining.explain_line(self._here, header, line)

    async def commit(self, changes: OrderChanges, *, accepted: frozenset[str] = frozenset()) -> OrderUpdate:
        """See `ErpSystem`."""
        commit = moving.commit_moves if changes.moved else writing.commit
        return await commit(self._here, changes, accepted)

    async def landed(self, changes: OrderChanges) -> OrderUpdate | None:
        """See `ErpSystem`."""
        return await (moving.moves_landed if changes.moved else writing.landed)(self._here, changes)

    async def act(self, order_id: str, action: str, *, accepted: frozenset[str] = frozenset()) -> Order:
        """See `ErpSystem`."""
        key = key_of(order_id)
        buttons = await self._buttons()
        await actions.press(self._here, buttons, key, action, accepted)
        return await _after_writing(orders.open_order(self._here, buttons, key))

    async def documents(self, order_id: str) -> OrderDocuments:
        """See `ErpSystem`."""
        return await documents.documents(self._here, ORDER, key_of(order_id))

    async def document(self, order_id: str, key: str) -> Document:
        """See `ErpSystem`."""
        return await documents.document(self._here, ORDER, key_of(order_id), key)

    async def trade_documents(self, kind: TradeKind, event_id: str) -> OrderDocuments:
        """See `ErpSystem`."""
        return await documents.documents(self._here, MODELS[kind], key_of(event_id))

    async def trade_document(self, kind: TradeKind, event_id: str, key: str) -> Document:
        """See `ErpSystem`."""
        return await documents.document(self._here, MODELS[kind], key_of(event_id), key)

    async def _buttons(self) -> actions.Buttons:
        if self._form is None:
            self._form = await actions.load_buttons(self._here)
        return self._form

    async def _load(self) -> Site:
        lookups = Lookups(self._client)
        schema, sold, zone, _ = await asyncio.gather(
            load_schema(self._client), load_trade(self._client), load_zone(self._client), lookups.load()
        )
        self._form = None
        return Site(self._client, schema, lookups, sold, zone)


async def _after_writing(reading: Awaitable[T]) -> T:
    try:
        return await reading
    except SystemFault as error:
        raise OutcomeUnknown(SYSTEM, detail=f"done, but not read back: {error.detail}") from error
