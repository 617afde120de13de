"""Tryton, as the app asks an ERP."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TypeVar

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.orders import LineField, LinePrice, Order, OrderHeader, OrderLine, OrderSummary, ProductHit, Unit
from app.domain.parties import Choice, Customer, CustomerHit
from app.domain.price_truth import LineExplanation
from app.ports.capability import Capability
from app.ports.connection import Identity
from app.ports.errors import AccessEnded, OutcomeUnknown, SystemFault, WrongPassword
from app.systems.tryton import actions, customers, explaining, orders, pricing, products, writing
from app.systems.tryton.client import Client
from app.systems.tryton.lookups import Lookups
from app.systems.tryton.protocol import SYSTEM, Row, rows
from app.systems.tryton.schema import load_schema
from app.systems.tryton.site import Site, key_of

T = TypeVar("T")


class Tryton:
    """One user at one Tryton database. Implements `app.ports.erp.ErpSystem`."""

    def __init__(self, client: Client, *, language: str) -> None:
        self._client = client
        self._language = language
        self._site: Site | None = None
        self._form: actions.Buttons | None = None

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the active modules make possible; nothing before `sign_in`."""
        return self._site.schema.capabilities if self._site is not None else frozenset()

    async def sign_in(self, password: str) -> Identity:
        """Open a session and ask once what exists in this database."""
        await self._client.sign_in(password)
        version, preferences = await asyncio.gather(
            self._client.server_version(),
            self._client.read("model.res.user.get_preferences", True),
        )
        wanted = Row(preferences)
        company = wanted.optional_key("company")
        language = await self._spoken(wanted.text("language") or "en")
        context: dict[str, object] = {"language": language}
        if company is not None:
            context["company"] = company
        self._client.context = context
        lookups = Lookups(self._client)
        schema, name, _ = await asyncio.gather(load_schema(self._client), self._name(), lookups.load())
        self._site = Site(self._client, schema, lookups)
        self._form = None
        return Identity(user=name, system_version=version)

    async def _spoken(self, preferred: str) -> str:
        """The window's language where this Tryton has it, else the one the user chose there."""
        if self._language == preferred:
            return preferred
        domain = [["code", "=", self._language], ["translatable", "=", True]]
        found = rows(await self._client.read("model.ir.lang.search_read", domain, 0, 1, None, ["code"]))
        return self._language if found else preferred

    async def _name(self) -> str:
        found = rows(await self._client.read("model.res.user.read", [self._client.user_id], ["rec_name"]))
        return found[0].text("rec_name") if found else ""

    async def resume(self, secret: str) -> Identity:
        """Sign in with the password from the keyring: Tryton has no token that outlives a session."""
        try:
            return await self.sign_in(secret)
        except WrongPassword as error:
            raise AccessEnded(SYSTEM, error.words, detail="the kept password is no longer taken") from error

    async def sign_out(self) -> None:
        """End the session there."""
        self._site = None
        await self._client.sign_out()

    async def ping(self) -> None:
        """Ask the version."""
        await self._client.server_version()

    async def close(self) -> None:
        """Close the connections."""
        self._site = None
        await self._client.close()

    async def search_customers(self, text: str, *, limit: int = 20) -> Sequence[CustomerHit]:
        """See `ErpSystem`."""
        return await customers.search_customers(self._here, text, limit)

    async def customer(self, number: str) -> Customer:
        """See `ErpSystem`."""
        return await customers.customer(self._here, number)

    async def orders_of(self, customer_id: str, *, limit: int = 50, offset: int = 0) -> Sequence[OrderSummary]:
        """See `ErpSystem`."""
        return await orders.orders_of(self._here, customer_id, limit, offset)

    async def open_order(self, order_id: str) -> Order:
        """See `ErpSystem`."""
        return await orders.open_order(self._here, await self._buttons(), key_of(order_id))

    async def propose_order(self, customer_id: str) -> Order:
        """See `ErpSystem`."""
        return await orders.propose_order(self._here, customer_id)

    async def delivery_methods(self) -> Sequence[Choice]:
        """See `ErpSystem`."""
        return await customers.delivery_methods(self._here)

    async def search_products(
        self, text: str, *, header: OrderHeader | None = None, limit: int = 20
    ) -> Sequence[ProductHit]:
        """See `ErpSystem`."""
        return await products.search_products(self._here, text, header, limit)

    async def units_for(self, product_id: str) -> Sequence[Unit]:
        """See `ErpSystem`."""
        return await products.units_for(self._here, product_id)

    async def price_line(self, header: OrderHeader, line: OrderLine, changed: frozenset[LineField]) -> LinePrice:
        """See `ErpSystem`."""
        return await pricing.price_line(self._here, header, line, changed)

    async def explain_line(self, header: OrderHeader, line: OrderLine) -> LineExplanation:
        """See `ErpSystem`."""
        return await explaining.explain_line(self._here, header, line)

    async def commit(self, changes: OrderChanges, *, accepted: frozenset[str] = frozenset()) -> OrderUpdate:
        """See `ErpSystem`."""
        return await writing.commit(self._here, changes, accepted)

    async def landed(self, changes: OrderChanges) -> OrderUpdate | None:
        """See `ErpSystem`."""
        return await writing.landed(self._here, changes)

    async def act(self, order_id: str, action: str, *, accepted: frozenset[str] = frozenset()) -> Order:
        """See `ErpSystem`."""
        key = key_of(order_id)
        buttons = await self._buttons()
        await actions.press(self._here, buttons, key, action, accepted)
        return await _after_writing(orders.open_order(self._here, buttons, key))

    async def _buttons(self) -> actions.Buttons:
        if self._form is None:
            self._form = await actions.load_buttons(self._here)
        return self._form

    @property
    def _here(self) -> Site:
        if self._site is None:
            raise AccessEnded(SYSTEM, detail="not signed in")
        return self._site


async def _after_writing(reading: Awaitable[T]) -> T:
    try:
        return await reading
    except SystemFault as error:
        raise OutcomeUnknown(SYSTEM, detail=f"done, but not read back: {error.detail}") from error
