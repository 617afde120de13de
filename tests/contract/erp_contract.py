"""What every ERP must do, whatever it is.

A system's own test module derives from `ErpContract` and gives three fixtures: ``erp``, how to reach it, ``facts``,
what is known to be in it, and ``traded``, a customer with a trade behind him. The tests make orders of their own and
leave all others as they are.
"""

import asyncio
import unicodedata
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from time import time
from typing import Any, Protocol

import httpx
import pytest

from app.domain.header_edits import Repricing, as_priced, differing, differs, edit_of, header_write, lock_of, same
from app.domain.money import Money
from app.domain.names import Name, NameKind
from app.domain.order_changes import LineChange, LineRemoval, OrderChanges, OrderUpdate
from app.domain.orders import (
    HeaderField,
    HeaderLock,
    HeaderValue,
    LineField,
    LineKind,
    LinePrice,
    Order,
    OrderHeader,
    OrderLine,
    OrderPhase,
)
from app.domain.parties import AddressUse
from app.ports.capability import Capability
from app.ports.erp import ErpSystem
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
    Untrusted,
    WrongPassword,
)
from tests.contract.erp_customers import CustomersContract
from tests.contract.erp_documents import DocumentsContract
from tests.contract.erp_moves import MovesContract
from tests.contract.erp_trade import TradeContract
from tests.helpers.transports import Between

Run = Callable[[Coroutine[Any, Any, Any]], Any]
F = LineField
NEW_LINE = frozenset({F.PRODUCT, F.QUANTITY})
EPOCH_2020 = 1_577_836_800
_tokens = count(int((time() - EPOCH_2020) * 1000))


@dataclass(frozen=True)
class ErpFacts:
    """What is known to be in the ERP.

    Attributes:
        customer_number: A customer with one address for invoices and another for deliveries.
        name_spellings: Ways to type a part of the customer's name, of which each must find them.
        product_code: A product that this customer has prices for.
        barcode: Its bar code.
        weighed_product_code: A product that is sold by weight.
        service_code: A product that is never out of stock.
        unsalable_code: A product that is not sold.
        list_price: The product's price before discount, or None where the ERP knows of none.
        prices: The customer's unit price by quantity, from a price list that only the ERP knows.
    """

    customer_number: str
    customer_name: str
    name_spellings: tuple[str, ...]
    invoice_city: str
    delivery_city: str
    other_customer_number: str
    product_code: str
    product_name: str
    barcode: str
    other_product_code: str
    weighed_product_code: str
    service_code: str
    unsalable_code: str
    list_price: Decimal | None
    prices: dict[Decimal, Decimal]
    currency: str


class Reach(Protocol):
    """How to reach the ERP."""

    def system(self, user: str = ..., transport: Any = None, url: str = "") -> ErpSystem:
        """A system that is not signed in; `url` for another place than the real one."""

    def password(self, user: str = ...) -> str:
        """The right one."""


def new_id() -> str:
    """The local id of a new line, as the app makes them: milliseconds since 2020, unique and rising."""
    return f"new-{next(_tokens)}"


def with_price(line: OrderLine, price: LinePrice) -> OrderLine:
    """The line as the ERP priced it."""
    return replace(
        line,
        unit=price.unit,
        list_price=price.list_price,
        discount=price.discount,
        unit_price=price.unit_price,
        taxes=price.taxes,
        amount=price.amount,
    )


class Desk:
    """Somebody who takes orders, in few words."""

    def __init__(self, run: Run, erp: ErpSystem) -> None:
        self.run, self.erp = run, erp

    def product_line(self, code: str, quantity: str) -> OrderLine:
        """A new line, as it is while it is typed."""
        hits = self.run(self.erp.search_products(code))
        assert hits[0].exact
        return OrderLine(new_id(), product=hits[0].product, quantity=Decimal(quantity))

    def priced(self, header: OrderHeader, line: OrderLine, changed: frozenset[LineField]) -> LineChange:
        """The line priced by the ERP, ready to be written."""
        price = self.run(self.erp.price_line(header, line, changed))
        return LineChange(with_price(line, price), changed, priced=True, vendor=price.vendor)

    def proposed(self, number: str) -> Order:
        """A new order for the customer with this number."""
        return self.run(self.erp.propose_order(self.run(self.erp.customer(number)).id))

    def new_order(self, number: str, *lines: tuple[str, str]) -> OrderChanges:
        """The write that makes an order with these products and quantities."""
        header = self.proposed(number).header
        created = [self.priced(header, self.product_line(code, quantity), NEW_LINE) for code, quantity in lines]
        return OrderChanges(None, "", header, created=tuple(created))

    def ordered(self, number: str, *lines: tuple[str, str]) -> Order:
        """An order that is in the ERP."""
        update = self.run(self.erp.commit(self.new_order(number, *lines)))
        return self.run(self.erp.open_order(update.order_id))

    def confirmed(self, number: str, *lines: tuple[str, str]) -> Order:
        """An order that the customer has agreed to, by the ERP's own actions."""
        order = self.ordered(number, *lines)
        accepted: frozenset[str] = frozenset()
        while order.state.phase in (OrderPhase.DRAFT, OrderPhase.OFFERED):
            action = next(action.key for action in order.actions if action.moves_on)
            try:
                order = self.run(self.erp.act(order.id or "", action, accepted=accepted))
            except Question as question:
                accepted |= {question.name}
        return order

    def numbered(self, order: Order) -> Order:
        """The same order once the ERP has given it a number, by the ERP's own actions."""
        accepted: frozenset[str] = frozenset()
        while not order.number:
            action = next(action.key for action in order.actions if action.moves_on)
            try:
                order = self.run(self.erp.act(order.id or "", action, accepted=accepted))
            except Question as question:
                accepted |= {question.name}
        return order

    def quantity(self, order: Order, line: OrderLine, quantity: str) -> OrderChanges:
        """The write that gives a line another quantity, at the ERP's price for it."""
        wanted = replace(line, quantity=Decimal(quantity))
        return changes(order, changed=[self.priced(order.header, wanted, frozenset({F.QUANTITY}))])


def changes(
    order: Order, created: list[LineChange] | None = None, changed: list[LineChange] | None = None, *gone: OrderLine
) -> OrderChanges:
    """A write of an order that is there."""
    return OrderChanges(
        order.id,
        order.version,
        order.header,
        created=tuple(created or ()),
        changed=tuple(changed or ()),
        removed=tuple(LineRemoval(line.id, line.version) for line in gone),
    )


class ErpContract(CustomersContract, DocumentsContract, MovesContract, TradeContract):
    """The suite. Derived classes must be named ``Test…``."""

    @pytest.fixture(scope="class")
    @classmethod
    def run(cls) -> Iterator[Run]:
        """One loop for the whole suite: signing in is slow on purpose, so it is done once."""
        with asyncio.Runner() as runner:
            yield runner.run

    @pytest.fixture(scope="class")
    @classmethod
    def signed_in(cls, run: Run, erp: Reach) -> Iterator[tuple[ErpSystem, Between]]:
        """A user, and what stands between them and the server."""
        between = Between()
        system = erp.system(transport=between)
        run(system.sign_in(erp.password()))
        yield system, between
        run(system.close())

    @pytest.fixture
    def desk(self, run: Run, signed_in: tuple[ErpSystem, Between]) -> Desk:
        """A signed-in user."""
        return Desk(run, signed_in[0])

    @pytest.fixture
    def between(self, signed_in: tuple[ErpSystem, Between]) -> Iterator[Between]:
        """What stands between `desk` and the server, without a fault at first and again at the end."""
        _, between = signed_in
        between.requests.clear()
        yield between
        between.lose, between.fault = (lambda _request: False), (lambda _request: None)

    # --- signing in ---

    def test_it_signs_in_and_says_who_and_what(self, desk: Desk, erp: Reach, run: Run) -> None:
        system = erp.system()
        identity = run(system.sign_in(erp.password()))
        assert identity.user
        assert identity.system_version
        assert erp.password() not in repr(identity)
        assert run(system.ping()) is None
        run(system.sign_out())
        with pytest.raises(AccessEnded):
            run(system.search_customers("a"))
        run(system.close())

    def test_a_wrong_password_is_told(self, erp: Reach, run: Run) -> None:
        system = erp.system()
        with pytest.raises(WrongPassword):
            run(system.sign_in("not the password"))
        with pytest.raises(AccessEnded):
            run(system.resume("not the password"))
        run(system.sign_in(erp.password()))  # and no harm is done
        run(system.close())

    def test_it_resumes_with_what_the_keyring_kept(self, erp: Reach, run: Run) -> None:
        first, second = erp.system(), erp.system()
        identity = run(first.sign_in(erp.password()))
        assert run(second.resume(identity.renewal or erp.password())).user == identity.user
        assert second.capabilities == first.capabilities
        run(first.close())
        run(second.close())

    def test_a_place_where_nobody_is(self, erp: Reach, run: Run) -> None:
        system = erp.system(url="http://127.0.0.1:9")
        with pytest.raises(Unreachable):
            run(system.sign_in("x"))
        with pytest.raises(Unreachable):
            run(system.ping())
        run(system.close())

    @pytest.mark.parametrize("url", ["http://erp.example.com", "ftp://127.0.0.1", "http://127.0.0.1.example.com"])
    def test_no_password_leaves_this_machine_in_the_open(self, erp: Reach, run: Run, url: str) -> None:
        between = Between()
        system = erp.system(transport=between, url=url)
        with pytest.raises(Untrusted):
            run(system.sign_in("x"))
        assert between.requests == []
        run(system.close())

    # --- customers and products ---

    def test_customers_are_found_by_number_and_name(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        for text in (facts.customer_number, facts.customer_name, *facts.name_spellings):
            hits = run(desk.erp.search_customers(text))
            assert facts.customer_number in [hit.number for hit in hits], text
        assert run(desk.erp.search_customers(facts.customer_number))[0].number == facts.customer_number
        assert run(desk.erp.search_customers(facts.customer_number, limit=1))[0].number == facts.customer_number

    @pytest.mark.parametrize("text", ["", "   ", "%", "_", "\\", "'; drop table", "\u202e", "zzzzqqq", "💡", "a" * 500])
    def test_odd_searches_find_nothing_and_break_nothing(self, desk: Desk, run: Run, text: str) -> None:
        assert list(run(desk.erp.search_customers(text))) == []
        assert list(run(desk.erp.search_products(text))) == []

    def test_a_customer_with_addresses_for_their_use(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        customer = run(desk.erp.customer(facts.customer_number))
        assert customer.name == unicodedata.normalize("NFC", facts.customer_name)
        assert [a.city for a in customer.addresses_for(AddressUse.INVOICE)] == [facts.invoice_city]
        assert [a.city for a in customer.addresses_for(AddressUse.DELIVERY)] == [facts.delivery_city]

    def test_a_number_that_nobody_has(self, desk: Desk, run: Run) -> None:
        for number in ("no such number", "", "%"):
            with pytest.raises(NotFound):
                run(desk.erp.customer(number))

    def test_products_by_number_bar_code_and_name(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        for text in (facts.product_code, facts.barcode):
            hit = run(desk.erp.search_products(text))[0]
            assert (hit.product.code, hit.exact) == (facts.product_code, True)
        for text in (
            facts.product_name,
            facts.product_name.upper(),
            facts.product_name.lower(),
            facts.product_code[:-1],
        ):
            hits = run(desk.erp.search_products(text))
            assert facts.product_code in [hit.product.code for hit in hits]
            assert not any(hit.exact for hit in hits)
        assert run(desk.erp.search_products(facts.unsalable_code)) == []

    def test_many_products_by_what_they_are_called_in_one_request(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between
    ) -> None:
        header = desk.proposed(facts.customer_number).header
        texts = (facts.product_code, facts.barcode, facts.other_product_code, f" {facts.weighed_product_code} ")
        before = len(between.requests)
        found = run(desk.erp.find_products([*texts, facts.product_code], header=header))
        assert len(between.requests) == before + 1
        codes = (facts.product_code, facts.product_code, facts.other_product_code, facts.weighed_product_code)
        assert {text: hit.product.code for text, hit in found.items()} == dict(zip(texts, codes, strict=True))
        weighed = found[texts[-1]]
        assert weighed.units[0] == weighed.unit
        assert {"kg", "g"} <= {unit.symbol for unit in weighed.units}

    def test_what_no_single_product_is_called_is_left_out(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        header = desk.proposed(facts.customer_number).header
        small = facts.product_code.lower()
        unknown = [facts.unsalable_code, facts.product_code[:-1], facts.product_name, "", " ", "%", "no such", "💡"]
        found = run(desk.erp.find_products([*unknown, small], header=header))
        assert {text: hit.product.code for text, hit in found.items()} == {small: facts.product_code}
        assert run(desk.erp.find_products([], header=header)) == {}

    def test_the_units_of_a_product(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        hit = run(desk.erp.search_products(facts.weighed_product_code))[0]
        units = run(desk.erp.units_for(hit.product.id))
        assert units[0] == hit.unit
        assert {"kg", "g"} <= {unit.symbol for unit in units}
        with pytest.raises(NotFound):
            run(desk.erp.units_for("99999999"))

    # --- the head ---

    def choose(self, desk: Desk, order: Order, name: HeaderField, *, other_than: object) -> HeaderValue:
        """One of what the ERP offers for a field of the head, another than stands there."""
        offered = desk.run(desk.erp.header_choices(order.header, order.state, name))
        return next(value for value in offered if value is not None and not same(value, other_than))

    def changed_head(self, desk: Desk, order: Order, **typed: HeaderValue) -> OrderChanges:
        """The write that changes the head as the ERP answers to it."""
        values = {HeaderField(name): value for name, value in typed.items()}
        proposal = desk.run(desk.erp.change_header(order.header, values))
        return header_write(order, edit_of(order.header, proposal))

    def test_what_there_is_to_choose(self, desk: Desk, facts: ErpFacts) -> None:
        order = desk.proposed(facts.customer_number)

        def offered(name: HeaderField) -> list[Any]:
            return list(desk.run(desk.erp.header_choices(order.header, order.state, name)))

        cities = {address.city for address in offered(HeaderField.DELIVERY_ADDRESS) if address is not None}
        assert {facts.invoice_city, facts.delivery_city} <= cities
        assert {address.city for address in offered(HeaderField.INVOICE_ADDRESS) if address} == {
            facts.invoice_city,
            facts.delivery_city,
        }
        assert facts.currency in offered(HeaderField.CURRENCY)
        assert None not in offered(HeaderField.CURRENCY)
        assert all(choice.label for choice in offered(HeaderField.PAYMENT_TERM) if choice)
        assert not offered(HeaderField.REQUESTED_DATE)
        assert bool(offered(HeaderField.DELIVERY_METHOD)) == (Capability.DELIVERY_METHODS in desk.erp.capabilities)
        if HeaderField.PRICE_LIST not in order.header_locks:
            assert order.header.price_list in offered(HeaderField.PRICE_LIST)

    def test_what_is_closed_says_why(self, desk: Desk, facts: ErpFacts) -> None:
        proposed = desk.proposed(facts.customer_number)
        methods = Capability.DELIVERY_METHODS in desk.erp.capabilities
        absent = {HeaderField.DELIVERY_METHOD} if not methods else set()
        assert {n for n, lock in proposed.header_locks.items() if lock is HeaderLock.ABSENT} == absent
        assert all(lock_of(proposed, name) is None for name in set(HeaderField) - absent)
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"))
        assert lock_of(order, HeaderField.REQUESTED_DATE) is None
        ending = next(action for action in order.actions if not action.moves_on)
        ended = desk.run(desk.erp.act(order.id or "", ending.key))
        assert lock_of(ended, HeaderField.PAYMENT_TERM) is HeaderLock.STATE

    def test_a_change_of_the_head_is_in_the_erp(self, desk: Desk, facts: ErpFacts, between: Between) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"))
        where = self.choose(desk, order, HeaderField.DELIVERY_ADDRESS, other_than=order.header.delivery_address)
        when = datetime.now(UTC).date() + timedelta(days=30)
        between.requests.clear()
        write = self.changed_head(
            desk, order, delivery_address=where, requested_date=when, customer_reference="Ordre 4711 æøå"
        )
        update = desk.run(desk.erp.commit(write))
        # at most one to ask what it brings with it; one to write, and one to read back
        assert len(between.requests) <= 3
        assert update.header is not None
        assert update.header.requested_date == when
        assert update.version != order.version
        there = desk.run(desk.erp.open_order(order.id))
        assert same(there.header.delivery_address, where)
        assert there.header.customer_reference == "Ordre 4711 æøå"
        assert update.onto(order).header == there.header
        assert there.lines == order.lines
        assert not differing(there.header, write.header)

    def test_another_price_list_is_shown_and_taken(self, desk: Desk, facts: ErpFacts) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"), (facts.other_product_code, "2"))
        if lock_of(order, HeaderField.PRICE_LIST) is not None:
            pytest.skip("this ERP's price list cannot be changed once there are lines")
        proposal = desk.run(desk.erp.change_header(order.header, {HeaderField.PRICE_LIST: None}))
        assert proposal.moves_prices
        edit = edit_of(order.header, proposal)
        first, other = order.lines
        asked = frozenset({F.PRODUCT})
        stands = desk.run(desk.erp.price_line(order.header, as_priced(first), asked))
        price = desk.run(desk.erp.price_line(proposal.header, as_priced(first), asked))
        assert not differs(first, stands)
        assert differs(first, price)
        update = desk.run(desk.erp.commit(header_write(order, edit, [Repricing(first, price)])))
        there = desk.run(desk.erp.open_order(order.id))
        assert there.header.price_list is None
        assert not differs(there.lines[0], price)
        # The one that the user keeps stands as it was.
        assert there.lines[1] == other
        assert update.onto(order) == replace(there, read_at=update.read_at)

    def test_another_currency_prices_the_lines_in_it(self, desk: Desk, facts: ErpFacts) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "3"))
        if lock_of(order, HeaderField.CURRENCY) is not None:
            pytest.skip("this ERP's currency cannot be changed once there are lines")
        currency = self.choose(desk, order, HeaderField.CURRENCY, other_than=facts.currency)
        proposal = desk.run(desk.erp.change_header(order.header, {HeaderField.CURRENCY: currency}))
        assert proposal.moves_prices
        (line,) = order.lines
        price = desk.run(desk.erp.price_line(proposal.header, as_priced(line), frozenset({F.PRODUCT})))
        assert price.unit_price is not None
        assert price.unit_price.currency == currency
        taken = [Repricing(line, price, must_follow=True)]
        update = desk.run(desk.erp.commit(header_write(order, edit_of(order.header, proposal), taken)))
        assert update.lines[0].unit_price == price.unit_price
        assert update.totals.net.currency == currency

    def test_a_stale_change_of_the_head_is_a_conflict(self, desk: Desk, facts: ErpFacts) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"))
        desk.run(desk.erp.commit(self.changed_head(desk, order, customer_reference="theirs")))
        with pytest.raises(Conflict):
            desk.run(desk.erp.commit(self.changed_head(desk, order, customer_reference="mine")))
        assert desk.run(desk.erp.open_order(order.id)).header.customer_reference == "theirs"

    def test_a_change_of_the_head_whose_answer_is_lost_is_found(
        self, desk: Desk, facts: ErpFacts, between: Between
    ) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"))
        write = self.changed_head(desk, order, customer_reference="once")
        assert desk.run(desk.erp.landed(write)) is None
        between.lose = lambda _request: True
        with pytest.raises(OutcomeUnknown):
            desk.run(desk.erp.commit(write))
        between.lose = lambda _request: False
        update = desk.run(desk.erp.landed(write))
        assert update is not None
        assert update.header.customer_reference == "once"
        assert desk.run(desk.erp.landed(self.changed_head(desk, order, customer_reference="never"))) is None

    def test_a_new_order_takes_its_changed_head_along(self, desk: Desk, facts: ErpFacts) -> None:
        order = desk.proposed(facts.customer_number)
        term = self.choose(desk, order, HeaderField.PAYMENT_TERM, other_than=order.header.payment_term)
        typed = {HeaderField.PAYMENT_TERM: term, HeaderField.CUSTOMER_REFERENCE: "first"}
        header = desk.run(desk.erp.change_header(order.header, typed)).header
        created = desk.priced(header, desk.product_line(facts.product_code, "1"), NEW_LINE)
        update = desk.run(desk.erp.commit(OrderChanges(None, "", header, created=(created,))))
        there = desk.run(desk.erp.open_order(update.order_id))
        assert same(there.header.payment_term, term)
        assert there.header.customer_reference == "first"

    def test_the_credit_is_what_the_customer_says(self, desk: Desk, facts: ErpFacts, between: Between) -> None:
        customer = desk.run(desk.erp.customer(facts.customer_number))
        between.requests.clear()
        assert desk.run(desk.erp.credit(customer.id)) == customer.credit
        assert len(between.requests) <= 1
        if Capability.CREDIT in desk.erp.capabilities:
            assert customer.credit.receivable is not None

    # --- prices ---

    def test_a_proposal_holds_what_the_erp_sets(self, desk: Desk, facts: ErpFacts) -> None:
        order = desk.proposed(facts.customer_number)
        assert order.id is None
        assert order.editable
        assert order.state.phase is OrderPhase.DRAFT
        assert order.header.currency == facts.currency
        assert order.header.invoice_address is not None
        assert order.header.invoice_address.city == facts.invoice_city
        assert order.header.delivery_address is not None
        assert order.header.delivery_address.city == facts.delivery_city

    def test_the_price_is_the_erps_and_costs_one_request(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between
    ) -> None:
        header = desk.proposed(facts.customer_number).header
        line = desk.product_line(facts.product_code, "1")
        for quantity, unit_price in facts.prices.items():
            before = len(between.requests)
            price = run(desk.erp.price_line(header, replace(line, quantity=quantity), NEW_LINE))
            assert len(between.requests) == before + 1
            assert price.unit_price == Money(unit_price, facts.currency)
            assert price.amount == Money(unit_price * quantity, facts.currency)
            assert price.unit is not None
            assert price.taxes
            assert (price.list_price and price.list_price.amount) == facts.list_price

    def test_many_lines_cost_what_each_costs(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        header = desk.proposed(facts.customer_number).header
        one = desk.product_line(facts.product_code, "1")
        weighed = desk.product_line(facts.weighed_product_code, "2.5")
        assert weighed.product is not None
        (gram,) = (unit for unit in run(desk.erp.units_for(weighed.product.id)) if unit.symbol == "g")
        own = Money(Decimal("20.00"), facts.currency)
        asked = [(replace(one, quantity=quantity), NEW_LINE) for quantity in (*facts.prices, Decimal(0), Decimal(-3))]
        asked += [
            (replace(weighed, unit=gram), NEW_LINE | {F.UNIT}),
            (replace(one, unit_price=own), NEW_LINE | {F.UNIT_PRICE}),
            (replace(one, discount=Decimal("0.5")), NEW_LINE | {F.DISCOUNT}),
            (replace(one, unit_price=own, discount=Decimal("0.5")), NEW_LINE | {F.UNIT_PRICE, F.DISCOUNT}),
            (replace(one, quantity=Decimal("1e300")), NEW_LINE),
            (replace(one, product=replace(weighed.product, id="99999999")), NEW_LINE),
            (OrderLine(new_id(), kind=LineKind.COMMENT, description="hello"), frozenset({F.DESCRIPTION})),
            (weighed, NEW_LINE),
        ]
        asked += [
            (line, frozenset({F.QUANTITY}))
            for line in desk.ordered(
                facts.customer_number, (facts.product_code, "3"), (facts.weighed_product_code, "1")
            ).lines
        ]
        together = run(desk.erp.price_lines(header, asked))
        assert len(together) == len(asked)
        for (line, changed), answer in zip(asked, together, strict=True):
            if isinstance(answer, SystemFault):
                with pytest.raises(type(answer)) as alone:
                    run(desk.erp.price_line(header, line, changed))
                assert alone.value.words == answer.words
            else:
                price = run(desk.erp.price_line(header, line, changed))
                assert (answer, answer.vendor) == (price, price.vendor)
        assert sum(isinstance(answer, SystemFault) for answer in together) == 2
        assert run(desk.erp.price_lines(header, [])) == []

    def test_a_line_of_many_that_is_not_answered_says_so(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between
    ) -> None:
        header = desk.proposed(facts.customer_number).header
        lines = [(desk.product_line(facts.product_code, str(n)), NEW_LINE) for n in range(1, 11)]
        between.requests.clear()
        between.lose = lambda _request: True
        answers = run(desk.erp.price_lines(header, lines))
        assert {type(answer) for answer in answers} == {TimedOut}
        assert len(between.requests) <= 8, "when one has found the ERP gone, the others do not ask"

    def test_a_price_of_the_users_own_survives(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        header = desk.proposed(facts.customer_number).header
        own = Money(Decimal("20.00"), facts.currency)
        line = replace(desk.product_line(facts.product_code, "120"), unit_price=own)
        price = run(desk.erp.price_line(header, line, NEW_LINE | {F.UNIT_PRICE}))
        assert price.unit_price == own
        assert price.amount == Money(Decimal("2400.00"), facts.currency)
        assert price.taxes
        assert (price.list_price and price.list_price.amount) == facts.list_price

    def test_a_discount_of_the_users_own(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        header = desk.proposed(facts.customer_number).header
        line = replace(desk.product_line(facts.product_code, "10"), discount=Decimal("0.5"))
        price = run(desk.erp.price_line(header, line, NEW_LINE | {F.DISCOUNT}))
        if Capability.MANUAL_DISCOUNT in desk.erp.capabilities:
            assert price.discount == Decimal("0.5")
            assert price.unit_price == Money(Decimal("12.40"), facts.currency)
            assert price.amount == Money(Decimal("124.00"), facts.currency)
        else:
            assert price.discount is None
            assert price.unit_price == Money(facts.prices[Decimal(1)], facts.currency)

    def test_another_unit_is_converted_by_the_erp(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        header = desk.proposed(facts.other_customer_number).header
        line = desk.product_line(facts.weighed_product_code, "1")
        assert line.product is not None
        units = {unit.symbol: unit for unit in run(desk.erp.units_for(line.product.id))}
        whole = run(desk.erp.price_line(header, line, NEW_LINE))
        grams = replace(line, unit=units["g"], quantity=Decimal(1000))
        price = run(desk.erp.price_line(header, grams, NEW_LINE | {F.UNIT}))
        assert price.unit == units["g"]
        assert price.amount == whole.amount

    def test_a_line_without_a_price(self, desk: Desk, facts: ErpFacts, run: Run, between: Between) -> None:
        header = desk.proposed(facts.customer_number).header
        before = len(between.requests)
        comment = OrderLine(new_id(), kind=LineKind.COMMENT, description="Ring før levering")
        assert run(desk.erp.price_line(header, comment, frozenset({F.DESCRIPTION}))).unit_price is None
        assert len(between.requests) == before

    # --- why a line costs what it does ---

    def explained(self, desk: Desk, header: OrderHeader, code: str, quantity: Decimal) -> tuple[OrderLine, Any]:
        """A line as the ERP prices it, and what the ERP tells about it."""
        line = desk.product_line(code, str(quantity))
        line = with_price(line, desk.run(desk.erp.price_line(header, line, NEW_LINE)))
        return line, desk.run(desk.erp.explain_line(header, line))

    def test_what_explains_a_price_is_the_erps_own(self, desk: Desk, facts: ErpFacts, between: Between) -> None:
        header = desk.proposed(facts.customer_number).header
        for quantity, unit_price in facts.prices.items():
            asked = len(between.requests) + 2  # the product and its price
            _, told = self.explained(desk, header, facts.product_code, quantity)
            assert len(between.requests) - asked <= 3
            assert told.price == Money(unit_price, facts.currency)

    def test_only_what_the_erp_can_tell_is_told(self, desk: Desk, facts: ErpFacts) -> None:
        header = desk.proposed(facts.customer_number).header
        _, told = self.explained(desk, header, facts.product_code, Decimal(1))
        can = desk.erp.capabilities
        assert (told.basis is not None) == (Capability.PRICE_BASIS in can)
        assert (told.ladder is not None) == (Capability.PRICE_LADDER in can)
        assert (told.availability is not None) == (Capability.AVAILABILITY in can)
        if told.basis is not None:
            assert header.price_list is not None
            assert told.basis.price_list == header.price_list.label
        if told.availability is not None:
            assert told.availability.in_stock is not None
            assert told.availability.unit is not None

    def test_every_break_costs_what_a_line_of_that_quantity_costs(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        if Capability.PRICE_LADDER not in desk.erp.capabilities:
            pytest.skip("this ERP tells of no breaks")
        header = desk.proposed(facts.customer_number).header
        first, last = min(facts.prices), max(facts.prices)
        line, told = self.explained(desk, header, facts.product_code, first)
        assert told.ladder.next is not None
        assert told.ladder.next.quantity == last
        there = run(desk.erp.price_line(header, replace(line, quantity=last), NEW_LINE))
        assert told.ladder.next.unit_price == there.unit_price == Money(facts.prices[last], facts.currency)
        _, below = self.explained(desk, header, facts.product_code, last - 1)
        assert (below.price, below.ladder) == (told.price, told.ladder)
        _, at_last = self.explained(desk, header, facts.product_code, last)
        assert at_last.ladder.breaks == ()
        assert at_last.basis.rule.minimum == last

    def test_a_price_in_another_unit_is_explained_as_far_as_it_goes(
        self, desk: Desk, facts: ErpFacts, run: Run
    ) -> None:
        header = desk.proposed(facts.other_customer_number).header
        line = desk.product_line(facts.weighed_product_code, "1000")
        assert line.product is not None
        units = {unit.symbol: unit for unit in run(desk.erp.units_for(line.product.id))}
        line = replace(line, unit=units["g"])
        price = run(desk.erp.price_line(header, line, NEW_LINE | {F.UNIT}))
        told = run(desk.erp.explain_line(header, with_price(line, price)))
        assert told.price == price.unit_price

    def test_a_comment_has_no_price_to_explain(self, desk: Desk, facts: ErpFacts, run: Run, between: Between) -> None:
        header = desk.proposed(facts.customer_number).header
        before = len(between.requests)
        told = run(desk.erp.explain_line(header, OrderLine(new_id(), kind=LineKind.COMMENT, description="Ring først")))
        assert (told.price, told.basis, told.ladder, told.availability) == (None, None, None, None)
        assert len(between.requests) == before

    # --- orders ---

    def test_an_order_is_made_changed_and_read_back(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between
    ) -> None:
        making = desk.new_order(facts.customer_number, (facts.product_code, "100"), (facts.other_product_code, "7"))
        note = OrderLine(new_id(), kind=LineKind.COMMENT, description="Ring før levering\nPort 3 💡 שלום")
        making = replace(making, created=(*making.created, LineChange(note, frozenset({F.DESCRIPTION}), priced=False)))
        before = len(between.requests)
        update = run(desk.erp.commit(making))
        assert len(between.requests) == before + 2
        assert set(update.created) == making.line_ids

        order = run(desk.erp.open_order(update.order_id))
        bread, rolls, comment = order.lines
        assert (bread, rolls, comment) == update.lines
        assert (order.version, order.totals, order.state) == (update.version, update.totals, update.state)
        assert bread.unit_price == Money(facts.prices[Decimal(100)], facts.currency)
        assert comment.description == note.description
        assert comment.kind is LineKind.COMMENT
        assert order.header.customer.number == facts.customer_number
        assert order.header.delivery_address == making.header.delivery_address
        assert order.id in [summary.id for summary in run(desk.erp.orders_of(order.header.customer.id))]

        fewer = desk.quantity(order, bread, "1")
        before = len(between.requests)
        update = run(desk.erp.commit(replace(fewer, removed=(LineRemoval(rolls.id, rolls.version),))))
        assert len(between.requests) == before + 2
        assert update.removed == {rolls.id}
        again = run(desk.erp.open_order(order.id or ""))
        assert again.lines == update.onto(order).lines
        assert again.lines[0].unit_price == Money(facts.prices[Decimal(1)], facts.currency)
        assert again.lines[0].quantity == 1
        assert again.totals == update.totals
        assert again.lines[1] == comment

    def test_a_price_of_the_users_own_is_kept_on_a_stored_line(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"))
        (line,) = order.lines
        own = Money(Decimal("21.00"), facts.currency)
        # As the window asks while it is typed: what follows from the price is empty.
        typed = replace(line, unit_price=own, list_price=None, discount=None, amount=None)
        change = desk.priced(order.header, typed, frozenset({F.UNIT_PRICE}))
        assert change.line.amount == Money(Decimal("105.00"), facts.currency)
        assert (change.line.list_price and change.line.list_price.amount) == facts.list_price
        update = run(desk.erp.commit(changes(order, changed=[change])))
        assert update.lines[0].unit_price == own
        assert update.lines[0].list_price == line.list_price
        assert update.lines[0].taxes == line.taxes

    def test_only_removals(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"), (facts.other_product_code, "1"))
        removing = changes(order, None, None, order.lines[0])
        assert run(desk.erp.landed(removing)) is None
        update = run(desk.erp.commit(removing))
        assert (update.lines, update.removed) == ((), {order.lines[0].id})
        assert run(desk.erp.landed(removing)) is not None
        assert run(desk.erp.open_order(order.id or "")).lines == order.lines[1:]

    def test_an_order_that_is_not_there(self, desk: Desk, run: Run) -> None:
        for order_id in ("99999999", "", "-1", "1; drop", "9" * 40):
            with pytest.raises(NotFound):
                run(desk.erp.open_order(order_id))

    def test_what_the_erp_refuses_is_told_in_its_own_words(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"))
        refused = replace(order.lines[0], quantity=Decimal("2.5"))  # sold by the piece
        change = LineChange(refused, frozenset({F.QUANTITY}), priced=True)
        with pytest.raises(Refused) as told:
            run(desk.erp.commit(changes(order, changed=[change])))
        assert told.value.words
        assert "Traceback" not in told.value.words
        assert run(desk.erp.open_order(order.id or "")).lines == order.lines

    # --- two people ---

    def test_a_stale_write_is_a_conflict_and_writes_nothing(
        self, desk: Desk, facts: ErpFacts, erp: Reach, run: Run
    ) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"), (facts.other_product_code, "1"))
        mine = desk.quantity(order, order.lines[0], "6")
        line = desk.priced(order.header, desk.product_line(facts.other_product_code, "2"), NEW_LINE)
        mine = replace(mine, created=(line,))
        other = erp.system("clerk2")
        run(other.sign_in(erp.password("clerk2")))
        theirs = Desk(run, other)
        run(other.commit(theirs.quantity(run(other.open_order(order.id or "")), order.lines[1], "9")))
        now = run(other.open_order(order.id or ""))
        with pytest.raises(Conflict):
            run(desk.erp.commit(mine))
        assert run(desk.erp.landed(mine)) is None
        assert run(desk.erp.open_order(order.id or "")).lines == now.lines
        run(other.close())

    def test_of_two_writes_in_the_same_instant_one_lands(
        self, desk: Desk, facts: ErpFacts, erp: Reach, run: Run
    ) -> None:
        other = erp.system("clerk2")
        run(other.sign_in(erp.password("clerk2")))
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"))

        async def both(mine: OrderChanges, theirs: OrderChanges) -> list[OrderUpdate | BaseException]:
            return await asyncio.gather(desk.erp.commit(mine), other.commit(theirs), return_exceptions=True)

        for quantity in range(2, 12, 2):
            mine = desk.quantity(order, order.lines[0], str(quantity))
            theirs = desk.quantity(order, order.lines[0], str(quantity + 1))
            answers = run(both(mine, theirs))
            updates = [answer for answer in answers if isinstance(answer, OrderUpdate)]
            assert len(updates) == 1, answers
            assert any(isinstance(answer, Conflict) for answer in answers), answers
            order = run(desk.erp.open_order(order.id or ""))
            assert order.lines == updates[0].lines
        run(other.close())

    def test_a_line_that_somebody_removed(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"), (facts.other_product_code, "1"))
        mine = desk.quantity(order, order.lines[0], "6")
        update = run(desk.erp.commit(changes(order, None, None, order.lines[0])))
        for version in (order.version, update.version):
            with pytest.raises(Conflict):
                run(desk.erp.commit(replace(mine, version=version)))

    def test_a_line_of_another_order_is_never_written(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"))
        other = desk.ordered(facts.other_customer_number, (facts.product_code, "5"))
        stray = desk.quantity(other, other.lines[0], "6")
        with pytest.raises(Conflict):
            run(desk.erp.commit(replace(stray, order_id=order.id, version=order.version)))
        assert run(desk.erp.open_order(other.id or "")).lines == other.lines

    # --- lost answers ---

    @pytest.mark.parametrize("loss", ["answer", "request"])
    def test_a_new_order_whose_answer_is_lost(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between, loss: str
    ) -> None:
        making = desk.new_order(facts.customer_number, (facts.product_code, "3"))
        self._lost(desk, between, making, loss)
        update = run(desk.erp.landed(making))
        if loss == "request":
            assert update is None
            update = run(desk.erp.commit(making))
        self._exactly_once(run, desk, making, update)

    @pytest.mark.parametrize("loss", ["answer", "request"])
    def test_a_change_whose_answer_is_lost(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between, loss: str
    ) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"))
        for change in (
            desk.quantity(order, order.lines[0], "6"),
            changes(order, [desk.priced(order.header, desk.product_line(facts.other_product_code, "2"), NEW_LINE)]),
        ):
            current = run(desk.erp.open_order(order.id or ""))
            versions = {line.id: line.version for line in current.lines}
            fresh = replace(
                change,
                version=current.version,
                changed=tuple(replace(c, line=replace(c.line, version=versions[c.line.id])) for c in change.changed),
            )
            self._lost(desk, between, fresh, loss)
            update = run(desk.erp.landed(fresh))
            if loss == "request":
                assert update is None
                update = run(desk.erp.commit(fresh))
            else:
                with pytest.raises(Conflict):  # sent again it is refused, so nothing doubles
                    run(desk.erp.commit(fresh))
            self._exactly_once(run, desk, fresh, update)

    def _lost(self, desk: Desk, between: Between, write: OrderChanges, loss: str) -> None:
        def drop(request: httpx.Request) -> bool:
            return loss == "answer"

        def cut(request: httpx.Request) -> None:
            if loss == "request":
                raise httpx.ReadTimeout("the answer did not come", request=request)

        between.lose, between.fault = drop, cut
        with pytest.raises(OutcomeUnknown):
            desk.run(desk.erp.commit(write))
        between.lose, between.fault = (lambda _request: False), (lambda _request: None)

    def _exactly_once(self, run: Run, desk: Desk, write: OrderChanges, update: OrderUpdate | None) -> None:
        assert update is not None
        order = run(desk.erp.open_order(update.order_id))
        for change in write.created:
            same = [line for line in order.lines if line.product == change.line.product]
            assert [line.quantity for line in same] == [change.line.quantity]
            assert same[0].id == update.created[change.line.id]
        for change in write.changed:
            line = order.line(change.line.id)
            assert line is not None
            assert line.quantity == change.line.quantity
            assert line.unit_price == change.line.unit_price

    def test_written_but_not_read_back_is_unknown(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between
    ) -> None:
        making = desk.new_order(facts.customer_number, (facts.product_code, "3"))
        left = [1]

        def second(request: httpx.Request) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise httpx.ConnectError("gone", request=request)

        between.fault = second
        with pytest.raises(OutcomeUnknown):
            run(desk.erp.commit(making))
        between.fault = lambda _request: None
        assert run(desk.erp.landed(making)) is not None

    @pytest.mark.parametrize(
        ("error", "question", "write"),
        [
            (httpx.ConnectError, Unreachable, Unreachable),
            (httpx.ConnectTimeout, Unreachable, Unreachable),
            (httpx.ReadTimeout, TimedOut, OutcomeUnknown),
            (httpx.ReadError, TimedOut, OutcomeUnknown),
            (httpx.RemoteProtocolError, TimedOut, OutcomeUnknown),
        ],
    )
    def test_what_a_missing_answer_means(
        self,
        *,
        desk: Desk,
        facts: ErpFacts,
        run: Run,
        between: Between,
        error: type[httpx.TransportError],
        question: type[Exception],
        write: type[Exception],
    ) -> None:
        making = desk.new_order(facts.customer_number, (facts.product_code, "3"))

        def fail(request: httpx.Request) -> None:
            raise error("no", request=request)

        between.fault = fail
        with pytest.raises(question):
            run(desk.erp.search_customers("a"))
        with pytest.raises(write):
            run(desk.erp.commit(making))

    @pytest.mark.parametrize("body", [b"", b"<html>502</html>", b"[]", b"null", b"\xff\xfe", b'{"result": 1}'])
    @pytest.mark.parametrize("status", [200, 502])
    def test_answers_that_are_none(
        self,
        *,
        facts: ErpFacts,
        desk: Desk,
        run: Run,
        between: Between,
        monkeypatch: pytest.MonkeyPatch,
        body: bytes,
        status: int,
    ) -> None:
        making = desk.new_order(facts.customer_number, (facts.product_code, "3"))

        async def nonsense(_request: httpx.Request) -> httpx.Response:
            return httpx.Response(status, content=body)

        monkeypatch.setattr(between, "handle_async_request", nonsense)
        with pytest.raises((MalformedAnswer, TimedOut)):
            run(desk.erp.search_customers("a"))
        with pytest.raises(OutcomeUnknown):
            run(desk.erp.commit(making))

    # --- what was bought before ---

    def test_what_a_customer_has_bought_is_what_he_confirmed(
        self, desk: Desk, facts: ErpFacts, run: Run, between: Between
    ) -> None:
        if Capability.PURCHASE_HISTORY not in desk.erp.capabilities:
            pytest.skip("this ERP tells nothing of what was bought before")
        number = facts.other_customer_number
        customer = run(desk.erp.customer(number)).id
        first = desk.confirmed(number, (facts.service_code, "40"), (facts.service_code, "2.5"))
        second = desk.confirmed(number, (facts.service_code, "48"))
        draft = desk.ordered(number, (facts.service_code, "7"))
        since = first.read_at.date() - timedelta(days=1)
        before = len(between.requests)
        bought = run(desk.erp.bought_by(customer, since))
        assert len(between.requests) <= before + 3
        ours = [line for line in bought if line.order_id in (first.id, second.id, draft.id)]
        assert [line.order_id for line in ours] == [second.id, first.id, first.id]  # the newest first
        assert {(line.product, line.quantity, line.unit) for line in ours} == {
            (line.product, line.quantity, line.unit) for line in (*first.lines, *second.lines)
        }
        assert all(line.is_sold and line.day > since for line in ours)
        assert list(run(desk.erp.bought_by(customer, since, limit=1))) == list(bought[:1])
        assert list(run(desk.erp.bought_by(customer, first.read_at.date() + timedelta(days=3)))) == []

    def test_which_products_are_still_sold(self, desk: Desk, facts: ErpFacts, run: Run, between: Between) -> None:
        codes = (facts.product_code, facts.other_product_code)
        ids = [run(desk.erp.search_products(code))[0].product.id for code in codes]
        before = len(between.requests)
        assert run(desk.erp.still_sold([*ids, ids[0], "99999999"])) == set(ids)
        assert len(between.requests) == before + 1
        assert run(desk.erp.still_sold([])) == frozenset()

    def test_orders_of_a_customer_by_number_and_reference(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        making = desk.new_order(facts.other_customer_number, (facts.product_code, "1"))
        reference = f"Rekvisition Ø{new_id()}"
        making = replace(making, header=replace(making.header, customer_reference=reference))
        order = run(desk.erp.open_order(run(desk.erp.commit(making)).order_id))
        customer = order.header.customer.id
        for text in (reference, reference.lower(), reference[-8:]):
            assert [found.id for found in run(desk.erp.orders_of(customer, text=text))] == [order.id], text
        if order.number:
            assert order.id in [found.id for found in run(desk.erp.orders_of(customer, text=order.number))]
        for nothing in ("%", "no such order", "\\"):
            assert list(run(desk.erp.orders_of(customer, text=nothing))) == []

    def test_orders_of_all_customers_by_number_and_reference(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        making = desk.new_order(facts.other_customer_number, (facts.service_code, "1"))
        reference = f"Rekvisition Ø{new_id()}"
        making = replace(making, header=replace(making.header, customer_reference=reference))
        order = run(desk.erp.open_order(run(desk.erp.commit(making)).order_id))
        for text in (reference, reference.lower(), reference[-8:]):
            assert [hit.id for hit in run(desk.erp.search_orders(text))] == [order.id], text
        order = desk.numbered(order)
        hit = run(desk.erp.search_orders(order.number))[0]
        assert (hit.id, hit.number, hit.customer_reference) == (order.id, order.number, reference)
        assert (hit.customer.id, hit.customer.number) == (order.header.customer.id, facts.other_customer_number)
        assert hit.customer.name == order.header.customer.name
        assert hit.state.phase is order.state.phase
        assert len(run(desk.erp.search_orders(order.number[:1], limit=2))) <= 2
        assert run(desk.erp.search_orders(order.number, limit=1))[0].id == order.id
        for nothing in ("", " ", f"no such order {new_id()}"):
            assert list(run(desk.erp.search_orders(nothing))) == []
        # These stand for themselves; orders of other tests may hold them.
        for sign in ("%", "_", "\\", "💡"):
            found = run(desk.erp.search_orders(sign))
            assert all(sign in hit.customer_reference + hit.number for hit in found), sign
            assert order.id not in {hit.id for hit in found}

    def test_all_names_of_products(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        names: list[Name] = []
        after = ""
        while True:
            page = run(desk.erp.product_names(after))
            names += page.items
            if page.next is None:
                break
            after = page.next
        assert {name.kind for name in names} == {NameKind.PRODUCT}
        assert len({name.id for name in names}) == len(names)
        (known,) = [name for name in names if name.number == facts.product_code]
        assert known.name == facts.product_name
        assert known.found_by == (facts.barcode,)
        assert known.id == run(desk.erp.search_products(facts.product_code))[0].product.id
        assert facts.unsalable_code not in [name.number for name in names]

    # --- actions ---

    def test_an_action_that_is_none(self, desk: Desk, facts: ErpFacts, run: Run) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "5"))
        assert order.actions
        for name in ("", "unlink", "delete", "nonsense", "../x"):
            with pytest.raises(Refused):
                run(desk.erp.act(order.id or "", name))
        assert run(desk.erp.open_order(order.id or "")).lines == order.lines
