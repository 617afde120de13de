"""An ERP in memory for the odd cases: what it does with an answer, and when, is the test's to say.

Its prices come from a small table and prove nothing about a real ERP; they only have to be its own.
"""

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, cast

from app.domain.documents import PDF, Document, DocumentKind, OrderDocuments
from app.domain.habits import BoughtLine
from app.domain.header_edits import HeaderProposal, put
from app.domain.header_edits import value_of as head_value
from app.domain.money import Money
from app.domain.order_changes import LineChange, OrderChanges, OrderUpdate
from app.domain.order_edits import value_of
from app.domain.order_moves import LineMove, arrange
from app.domain.orders import (
    HeaderField,
    HeaderValue,
    LineField,
    LineKind,
    LinePrice,
    Order,
    OrderAction,
    OrderHeader,
    OrderLine,
    OrderPhase,
    OrderState,
    OrderSummary,
    Product,
    ProductHit,
    Tax,
    Totals,
    Unit,
)
from app.domain.parties import Address, Choice, Credit, CustomerHit
from app.domain.price_truth import (
    Availability,
    LineExplanation,
    PriceBasis,
    PriceBreak,
    PriceLadder,
    PriceRule,
)
from app.ports.capability import Capability
from app.ports.errors import (
    AccessEnded,
    Conflict,
    MalformedAnswer,
    NotFound,
    OutcomeUnknown,
    Question,
    Refused,
    SystemFault,
    TimedOut,
    Unreachable,
)
from app.services.tokens import token_of

T = TypeVar("T")

ERP = "fake"
PIECES = Unit("1", "pcs")
BOXES = Unit("2", "box")
LAMP = Product("10", "4711", "LED panel")
DRIVER = Product("11", "4712", "Driver 60 W")
CABLE = Product("12", "4713", "Cable")
PRODUCTS = (LAMP, DRIVER, CABLE)
LIST_PRICES = {LAMP.id: Decimal("100.00"), DRIVER.id: Decimal("40.00"), CABLE.id: Decimal("2.50")}
BREAK = Decimal(100)
DRAFT = OrderState("draft", "Draft", OrderPhase.DRAFT)
QUOTED = OrderState("quotation", "Quotation", OrderPhase.OFFERED)
READ_AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WHOLE = Choice("1", "Wholesale")
HALF = Choice("2", "Half")
STORE = Address("1", "Store", "Street 1", "8000", "Aarhus")
HARBOUR = Address("2", "Harbour", "Quay 2", "5000", "Odense")
TRUCK = Choice("1", "Truck")
SHIP = Choice("2", "Ship")
HEADER = OrderHeader(
    CustomerHit("7", "10023", "Nordlys Belysning ApS"),
    "DKK",
    delivery_address=STORE,
    delivery_method=TRUCK,
    price_list=WHOLE,
)


class Fault(StrEnum):
    """What happens to one request."""

    UNREACHABLE = "unreachable"  # it never arrives
    TIMED_OUT = "timed_out"  # a question without an answer
    LOST_BEFORE = "lost_before"  # the connection is cut, and the server never worked on it
    LOST_AFTER = "lost_after"  # the server did it, and the answer is lost
    LATE = "late"  # the answer is lost, and the server does it some seconds later
    MALFORMED = "malformed"  # done, and the answer makes no sense
    BUG = "bug"  # done, and we stumble over the answer
    ACCESS_ENDED = "access_ended"  # the sign-in was ended
    NOT_YET = "not_yet"  # asked whether a write has landed, it still sees the time before


LATE_BY = 5.0
"""Seconds after the loss at which a `LATE` write lands."""


def kroner(amount: Decimal) -> Money:
    """An amount in the orders' currency."""
    return Money(amount, "DKK")


def price_of(line: OrderLine, header: OrderHeader = HEADER) -> LinePrice:
    """The table's answer: 10 % off from 100; a price or discount by hand stands. `HALF` halves what is listed."""
    assert line.product is not None
    assert line.quantity is not None
    list_price = LIST_PRICES[line.product.id] / (2 if header.price_list == HALF else 1)
    if line.unit_price is not None:
        unit_price, discount = line.unit_price.amount, None
    else:
        discount = line.discount if line.discount is not None else Decimal("0.10" if line.quantity >= BREAK else 0)
        unit_price = list_price * (1 - discount)
    return LinePrice(
        unit=line.unit or PIECES,
        list_price=kroner(list_price),
        discount=discount,
        unit_price=kroner(unit_price),
        taxes=(Tax("25", "25% Moms"),),
        amount=kroner(unit_price * line.quantity),
    )


def explanation_of(line: OrderLine) -> LineExplanation:
    """What the table tells: one break, and a stock that is always the same."""
    quantity = line.quantity or Decimal(0)
    asked = replace(line, quantity=quantity, unit_price=None, discount=None)
    is_below = quantity < BREAK
    there = price_of(replace(asked, quantity=BREAK)).unit_price
    return LineExplanation(
        price=price_of(asked).unit_price,
        basis=PriceBasis("The table", PriceRule(minimum=None if is_below else BREAK, unit=PIECES)),
        ladder=PriceLadder((PriceBreak(BREAK, there),) if is_below else ()),
        availability=Availability(PIECES, Decimal(312), Decimal(400)),
    )


def priced(line: OrderLine) -> OrderLine:
    """The line as the ERP would price it of itself."""
    price = price_of(replace(line, unit_price=None, discount=None))
    return replace(
        line,
        unit=price.unit,
        list_price=price.list_price,
        discount=price.discount,
        unit_price=price.unit_price,
        taxes=price.taxes,
        amount=price.amount,
    )


def order_of(*lines: OrderLine, order_id: str | None = "516") -> Order:
    """An order as the ERP would give it."""
    return Order(
        id=order_id,
        number=f"SO-{order_id}" if order_id else "",
        header=HEADER,
        state=DRAFT,
        lines=lines,
        totals=totals_of(lines),
        version="1" if order_id else "",
        editable=True,
        read_at=READ_AT,
        actions=(OrderAction("quote", "Quote"),),
    )


def totals_of(lines: tuple[OrderLine, ...]) -> Totals:
    """The ERP's sums."""
    net = sum((line.amount.amount for line in lines if line.amount is not None), Decimal(0))
    return Totals(kroner(net), kroner(net / 4), kroner(net * 5 / 4))


class FakeErp:
    """Orders in memory, with versions.

    Attributes:
        orders: What is stored.
        landed_writes: Every write that was done, once for each time.
        calls: The name of every request that arrived, in order.
        capabilities: What it can tell.
        offered: The documents that it makes of every order.
        faults: What happens to the next requests of each name.
        bought: What it tells of earlier orders.
        sold: The ids of the products that can be put on a new line.
        is_down: No request arrives.
        delay: Seconds that a request takes; its effect comes half-way.
        refuses: Says why a line is refused, or nothing.
        is_closed: No order takes changes any more.
        sorts_new: A new line stands before those that were begun after it, as in Tryton, until one of them is moved.
        asks: Says the name of the warning for a line, or nothing.
        most_priced_at_once: The most lines that were asked about in one request.
        most_writes_at_once: How many writes were ever under way together.
    """

    def __init__(self, *orders: Order) -> None:
        self.orders: dict[str, Order] = {order.id: order for order in orders if order.id is not None}
        self.landed_writes: list[OrderChanges] = []
        self.calls: list[str] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.capabilities = frozenset(
            {Capability.PRICE_BASIS, Capability.PRICE_LADDER, Capability.AVAILABILITY, Capability.DOCUMENTS}
        )
        self.offered = OrderDocuments((DocumentKind("1", "Confirmation"),), "mail@nordlys.example")
        self.bought: list[BoughtLine] = []
        self.sold = frozenset({LAMP.id, DRIVER.id, CABLE.id})
        self.is_down = False
        self.delay = 0.02
        self.refuses: Callable[[OrderLine], str] = lambda _line: ""
        self.refuses_head: Callable[[OrderHeader], str] = lambda _header: ""
        self.asks: Callable[[OrderLine], str] = lambda _line: ""
        self.is_closed = False
        self.sorts_new = False
        self._begun: dict[str, int] = {}  # the numbers of created lines, as long as they sort by them
        self.action_asks = ""
        self.action_refused = ""
        self.actions_done: list[str] = []
        self.writes_under_way = 0
        self.most_writes_at_once = 0
        self.most_priced_at_once = 0
        self._line_ids = iter(range(1000, 10**9))
        self._order_ids = iter(range(9000, 10**9))
        self._versions = iter(range(2, 10**9))
        self.ids: dict[str, str] = {}  # local id of a created line -> its id here
        self._created_as: dict[int, str] = {}  # identity of a write -> the order it made or changed

    # -- what the session asks

    async def open_order(self, order_id: str) -> Order:
        """See `ErpSystem`."""
        return await self._serve("open_order", lambda: self._stored(order_id))

    async def propose_order(self, customer_id: str) -> Order:
        """See `ErpSystem`."""
        assert customer_id == HEADER.customer.id
        return await self._serve("propose_order", lambda: order_of(order_id=None))

    async def units_for(self, product_id: str) -> tuple[Unit, ...]:
        """See `ErpSystem`."""
        assert product_id in LIST_PRICES
        return await self._serve("units_for", lambda: (PIECES, BOXES))

    async def price_line(self, header: OrderHeader, line: OrderLine, changed: frozenset[LineField]) -> LinePrice:
        """See `ErpSystem`."""
        assert header.currency == "DKK"
        assert changed

        def price() -> LinePrice:
            if words := self.refuses(line):
                raise Refused(ERP, words)
            return price_of(line, header)

        return await self._serve("price_line", price)

    async def orders_of(
        self, customer_id: str, *, text: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[OrderSummary]:
        """See `ErpSystem`."""
        assert customer_id == HEADER.customer.id
        found = [
            OrderSummary(order.id or "", order.number, order.state, READ_AT.date(), "", None)
            for order in self.orders.values()
            if text.casefold() in order.number.casefold()
        ]
        return await self._serve("orders_of", lambda: found[offset : offset + limit])

    async def bought_by(self, customer_id: str, since: date, *, limit: int = 500) -> Sequence[BoughtLine]:
        """See `ErpSystem`."""
        assert customer_id == HEADER.customer.id
        return await self._serve("bought_by", lambda: [line for line in self.bought if line.day >= since][:limit])

    async def still_sold(self, product_ids: Sequence[str]) -> frozenset[str]:
        """See `ErpSystem`."""
        return await self._serve("still_sold", lambda: self.sold & frozenset(product_ids))

    async def credit(self, customer_id: str) -> Credit:
        """See `ErpSystem`."""
        assert customer_id == HEADER.customer.id
        return await self._serve("credit", Credit)

    async def header_choices(
        self, header: OrderHeader, state: OrderState, name: HeaderField
    ) -> tuple[HeaderValue, ...]:
        """See `ErpSystem`."""
        del header, state
        offered: dict[HeaderField, tuple[HeaderValue, ...]] = {
            HeaderField.PRICE_LIST: (WHOLE, HALF, None),
            HeaderField.DELIVERY_ADDRESS: (STORE, HARBOUR),
            HeaderField.DELIVERY_METHOD: (TRUCK, SHIP),
        }
        return await self._serve("header_choices", lambda: offered.get(name, ()))

    async def change_header(self, header: OrderHeader, values: dict[HeaderField, HeaderValue]) -> HeaderProposal:
        """See `ErpSystem`. What goes to the harbour goes by ship."""

        def propose() -> HeaderProposal:
            changed = put(header, values)
            if HeaderField.DELIVERY_ADDRESS in values and HeaderField.DELIVERY_METHOD not in values:
                changed = replace(changed, delivery_method=SHIP if changed.delivery_address == HARBOUR else TRUCK)
            return HeaderProposal(changed, moves_prices=HeaderField.PRICE_LIST in values)

        return await self._serve("change_header", propose)

    async def price_lines(
        self, header: OrderHeader, lines: Sequence[tuple[OrderLine, frozenset[LineField]]]
    ) -> Sequence[LinePrice | SystemFault]:
        """See `ErpSystem`."""
        assert header.currency == "DKK"
        assert all(changed for _, changed in lines)
        self.most_priced_at_once = max(self.most_priced_at_once, len(lines))

        def price(line: OrderLine) -> LinePrice | SystemFault:
            return Refused(ERP, words) if (words := self.refuses(line)) else price_of(line, header)

        return await self._serve("price_lines", lambda: [price(line) for line, _ in lines])

    async def find_products(self, texts: Sequence[str], *, header: OrderHeader) -> Mapping[str, ProductHit]:
        """See `ErpSystem`."""
        assert header.currency == "DKK"
        known = {product.code: ProductHit(product, PIECES, exact=True, units=(PIECES, BOXES)) for product in PRODUCTS}
        return await self._serve("find_products", lambda: {text: known[text] for text in texts if text in known})

    async def explain_line(self, header: OrderHeader, line: OrderLine) -> LineExplanation:
        """See `ErpSystem`."""
        assert header.currency == "DKK"
        return await self._serve("explain_line", lambda: explanation_of(line))

    async def commit(self, changes: OrderChanges, *, accepted: frozenset[str] = frozenset()) -> OrderUpdate:
        """See `ErpSystem`."""
        self.writes_under_way += 1
        self.most_writes_at_once = max(self.most_writes_at_once, self.writes_under_way)
        try:
            return await self._serve("commit", lambda: self._write(changes, accepted))
        finally:
            self.writes_under_way -= 1

    async def landed(self, changes: OrderChanges) -> OrderUpdate | None:
        """See `ErpSystem`. This one knows for certain; a real one reads the lines and compares."""
        return await self._serve("landed", lambda: self._update(changes) if changes in self.landed_writes else None)

    async def act(self, order_id: str, action: str, *, accepted: frozenset[str] = frozenset()) -> Order:
        """See `ErpSystem`."""

        def quote() -> Order:
            if self.action_refused:
                raise Refused(ERP, self.action_refused)
            if self.action_asks and self.action_asks not in accepted:
                raise Question(ERP, f"really {action}?", name=self.action_asks)
            self.actions_done.append(action)
            return self._store(replace(self._stored(order_id), state=QUOTED))

        return await self._serve("act", quote)

    async def documents(self, order_id: str) -> OrderDocuments:
        """See `ErpSystem`."""
        return await self._serve("documents", lambda: (self._stored(order_id), self.offered)[1])

    async def document(self, order_id: str, key: str) -> Document:
        """See `ErpSystem`. This one writes down how many lines it had."""

        def make() -> Document:
            lines = len(self._stored(order_id).lines)
            return Document(f"{key}.pdf", PDF, f"%PDF- with {lines} lines".encode())

        return await self._serve("document", make)

    # -- what somebody else does

    def change_head(self, *, order_id: str = "516", **values: Any) -> None:
        """Somebody else changes the head."""
        order = self.orders[order_id]
        self._store(replace(order, header=replace(order.header, **values)))

    def change(self, line_id: str, *, order_id: str = "516", **values: Any) -> None:
        """Somebody else changes a line; priced anew unless a price is among the values."""
        order = self.orders[order_id]

        def changed(line: OrderLine) -> OrderLine:
            line = replace(line, version=self._next_version(), **values)
            return line if values.keys() & {"unit_price", "discount"} or line.product is None else priced(line)

        self._store(replace(order, lines=tuple(changed(x) if x.id == line_id else x for x in order.lines)))

    def move(self, line_id: str, after: str | None, *, order_id: str = "516") -> None:
        """Somebody else puts a line elsewhere."""
        order = self.orders[order_id]
        by_id = {line.id: line for line in order.lines}
        moved = arrange(tuple(by_id), [LineMove(line_id, after)])
        self._begun.clear()
        self._store(replace(order, lines=tuple(by_id[each] for each in moved)))

    def remove(self, line_id: str, *, order_id: str = "516") -> None:
        """Somebody else removes a line."""
        order = self.orders[order_id]
        self._store(replace(order, lines=tuple(line for line in order.lines if line.id != line_id)))

    def add(self, line: OrderLine, *, order_id: str = "516") -> None:
        """Somebody else adds a line."""
        order = self.orders[order_id]
        self._store(replace(order, lines=(*order.lines, replace(line, version=self._next_version()))))

    # -- inside

    async def _serve(self, name: str, work: Callable[[], T]) -> T:
        if self.is_down:
            raise Unreachable(ERP)
        fault = self.faults[name].popleft() if self.faults[name] else None
        if fault is Fault.UNREACHABLE:
            raise Unreachable(ERP)
        self.calls.append(name)
        await asyncio.sleep(self.delay / 2)
        if fault is Fault.ACCESS_ENDED:
            raise AccessEnded(ERP)
        if fault is Fault.TIMED_OUT:
            raise TimedOut(ERP)
        if fault is Fault.LOST_BEFORE:
            raise OutcomeUnknown(ERP)
        if fault is Fault.LATE:
            asyncio.get_running_loop().call_later(LATE_BY, self._late, work)
            raise OutcomeUnknown(ERP)
        result = work()
        if fault is Fault.NOT_YET:
            result = cast(T, None)
        await asyncio.sleep(self.delay / 2)
        if fault is Fault.LOST_AFTER:
            raise OutcomeUnknown(ERP)
        if fault is Fault.MALFORMED:
            raise MalformedAnswer(ERP)
        if fault is Fault.BUG:
            raise KeyError("lines.")
        return result

    @staticmethod
    def _late(work: Callable[[], object]) -> None:
        with contextlib.suppress(Conflict, Refused, NotFound):
            work()  # nobody hears what comes of it

    def _stored(self, order_id: str) -> Order:
        if order_id not in self.orders:
            raise NotFound(ERP)
        return self.orders[order_id]

    def _next_version(self) -> str:
        return str(next(self._versions))

    def _store(self, order: Order) -> Order:
        assert order.id is not None
        stored = replace(order, version=self._next_version(), totals=totals_of(order.lines))
        self.orders[order.id] = stored
        return stored

    def _write(self, changes: OrderChanges, accepted: frozenset[str]) -> OrderUpdate:
        if self.is_closed:
            raise Refused(ERP, "the order is confirmed")
        if changes.order_id is None:
            order = replace(order_of(order_id=str(next(self._order_ids))), header=changes.header)
        else:
            order = self._stored(changes.order_id)
            if order.version != changes.version:
                # Whoever is told that the order has moved on sees it from then on.
                self.faults["landed"] = deque(f for f in self.faults["landed"] if f is not Fault.NOT_YET)
                raise Conflict(ERP)
        if changes.is_of_header:
            assert changes.header_change is not None
            if words := self.refuses_head(changes.header):
                raise Refused(ERP, words)
            names = changes.header_change.was
            order = replace(order, header=put(order.header, {n: head_value(changes.header, n) for n in names}))
        for change in (*changes.created, *changes.changed):
            self._check(change, accepted, order.header)
        written = {change.line.id: replace(change.line, version=self._next_version()) for change in changes.changed}
        gone = {removal.id for removal in changes.removed}
        assert gone | written.keys() <= {line.id for line in order.lines}
        lines = [written.get(line.id, line) for line in order.lines if line.id not in gone]
        if changes.moved:
            by_id = {line.id: line for line in lines}
            lines = [by_id[line_id] for line_id in arrange([line.id for line in lines], changes.moved)]
            self._begun.clear()
        for change in changes.created:
            local = change.line.id
            self.ids[local] = str(next(self._line_ids))
            at, begun = len(lines), token_of(local)
            while self.sorts_new and at and self._begun.get(lines[at - 1].id, 0) > begun:
                at -= 1
            lines.insert(at, replace(change.line, id=self.ids[local], version=self._next_version()))
            self._begun[self.ids[local]] = begun
        order = self._store(replace(order, lines=tuple(lines)))
        self.landed_writes.append(changes)
        assert order.id is not None
        self._created_as[id(changes)] = order.id
        return self._update(changes)

    def _check(self, change: LineChange, accepted: frozenset[str], header: OrderHeader) -> None:
        line = change.line
        if words := self.refuses(line):
            raise Refused(ERP, words)
        if (name := self.asks(line)) and name not in accepted:
            raise Question(ERP, f"really {line.quantity}?", name=name)
        if line.kind is LineKind.PRODUCT and change.priced:
            typed = {name: value_of(line, name) for name in change.fields}
            asked = replace(
                line,
                unit_price=line.unit_price if typed.get(LineField.UNIT_PRICE) is not None else None,
                discount=line.discount if typed.get(LineField.DISCOUNT) is not None else None,
            )
            assert price_of(asked, header).amount == line.amount, (
                "a line was written with a price that is not the ERP's"
            )

    def _update(self, changes: OrderChanges) -> OrderUpdate:
        order = self.orders[changes.order_id or self._created_as[id(changes)]]
        assert order.id is not None
        assert order.totals is not None
        created = {change.line.id: self.ids[change.line.id] for change in changes.created}
        touched = {*created.values(), *(change.line.id for change in changes.changed)}
        return OrderUpdate(
            order_id=order.id,
            number=order.number,
            version=order.version,
            state=order.state,
            totals=order.totals,
            read_at=READ_AT,
            lines=tuple(line for line in order.lines if line.id in touched),
            created=created,
            removed=frozenset(removal.id for removal in changes.removed),
            sequence=tuple(line.id for line in order.lines) if changes.moved else None,
            header=order.header if changes.is_of_header else None,
        )
