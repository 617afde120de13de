"""What every ERP must do that tells of orders, deliveries and invoices in one list. A part of `ErpContract`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from app.domain.money import Money
from app.domain.orders import OrderPhase
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.capability import Capability
from app.ports.errors import NotFound

if TYPE_CHECKING:
    from tests.contract.erp_contract import Desk, ErpFacts
    from tests.helpers.transports import Between

ALL = frozenset(TradeKind)


class Traded(Protocol):
    """A customer with one order half delivered, invoiced and credited, one in another currency with a return, and a
    draft that has no day.
    """

    @property
    def number(self) -> str:
        """The customer's."""

    @property
    def reference(self) -> str:
        """Theirs, of the half delivered order."""

    @property
    def place(self) -> str:
        """The town where everything was delivered to."""

    def figures(self) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        """What the ERP itself says, by kind and id, asked past everything of ours."""


def _pair(money: Money | None) -> tuple[Any, str] | None:
    return None if money is None else (money.amount, money.currency)


class TradeContract:
    """Events: which, in what order, how many requests, and whose figures."""

    def _all(self, desk: "Desk", traded: Traded, **how: Any) -> tuple[TradeEvent, ...]:
        customer = desk.run(desk.erp.customer(traded.number))
        page = desk.run(desk.erp.trade_events(customer.id, limit=100, **how))
        assert page.next is None
        return tuple(page.items)

    def test_every_figure_is_the_erps_own(self, desk: "Desk", traded: Traded) -> None:
        events = self._all(desk, traded)
        own = traded.figures()
        assert {(event.kind.value, event.id) for event in events} == set(own)
        for event in events:
            said = own[event.kind.value, event.id]
            assert (event.number, event.state.key) == (said["number"], said["state"])
            assert event.state.label
            assert _pair(event.amount) == said.get("total_amount")
            assert _pair(event.open_amount) == said.get("amount_to_pay")
            assert _pair(event.due_amount) == said.get("amount_to_pay_today")

    def test_a_credit_note_a_half_delivery_and_another_currency_are_told(self, desk: "Desk", traded: Traded) -> None:
        events = self._all(desk, traded)
        (credit,) = [event for event in events if event.is_credit]
        assert credit.kind is TradeKind.INVOICE
        assert credit.amount is not None
        assert credit.amount.amount < 0
        assert not credit.is_due
        (half,) = [event for event in events if event.reference == traded.reference]
        deliveries = [e for e in events if e.kind is TradeKind.DELIVERY and half.id in {o.id for o in e.orders}]
        assert {(event.is_planned, event.state.phase) for event in deliveries} == {
            (True, OrderPhase.OFFERED),
            (False, OrderPhase.DONE),
        }
        assert all(traded.place in event.place for event in deliveries)
        currencies = {event.amount.currency for event in events if event.amount is not None}
        assert len(currencies) == 2
        (due,) = [event for event in events if event.is_due]
        assert due.amount == due.open_amount == due.due_amount
        assert due.orders
        assert {order.id for order in due.orders} <= {e.id for e in events if e.kind is TradeKind.ORDER}
        assert [event.kind for event in events if event.day is None] == [TradeKind.ORDER]
        assert any(event.kind is TradeKind.RETURN for event in events)

    def test_pages_of_any_size_are_the_same_list(self, desk: "Desk", traded: Traded, between: "Between") -> None:
        whole = self._all(desk, traded)
        days = [event.day for event in whole if event.day is not None]
        assert [event.day for event in whole] == [None, *days]
        assert days == sorted(days, reverse=True)
        customer = desk.run(desk.erp.customer(traded.number))
        for limit in (1, 2, 4):
            read: list[TradeEvent] = []
            after: str | None = None
            while True:
                between.requests.clear()
                page = desk.run(desk.erp.trade_events(customer.id, after=after, limit=limit))
                assert len(between.requests) <= len(TradeKind)
                assert len(page.items) <= limit
                read += page.items
                after = page.next
                if after is None:
                    break
            assert tuple(read) == whole

    @pytest.mark.parametrize("kind", list(TradeKind))
    def test_one_kind_is_one_request(self, desk: "Desk", traded: Traded, between: "Between", kind: TradeKind) -> None:
        whole = self._all(desk, traded)
        customer = desk.run(desk.erp.customer(traded.number))
        between.requests.clear()
        page = desk.run(desk.erp.trade_events(customer.id, kinds=frozenset({kind})))
        assert len(between.requests) == 1
        assert page.items == tuple(event for event in whole if event.kind is kind)

    def test_text_is_found_in_numbers_references_and_places(self, desk: "Desk", traded: Traded) -> None:
        whole = self._all(desk, traded)
        (half,) = [event for event in whole if event.reference == traded.reference]
        by_number = self._all(desk, traded, text=half.number)
        assert {event.id for event in by_number if event.kind is TradeKind.ORDER} == {half.id}
        assert {event.kind for event in by_number} == {TradeKind.ORDER, TradeKind.DELIVERY, TradeKind.INVOICE}
        by_place = self._all(desk, traded, text=traded.place.upper())
        assert {event.kind for event in by_place} == {TradeKind.DELIVERY, TradeKind.RETURN}
        assert self._all(desk, traded, text=traded.reference) == (half,)
        assert self._all(desk, traded, text="10_%") == ()

    def test_a_customer_without_any_has_none(self, desk: "Desk", facts: "ErpFacts", traded: Traded) -> None:
        order = desk.ordered(facts.other_customer_number, (facts.product_code, "1"))
        customer = desk.run(desk.erp.customer(facts.other_customer_number))
        events = desk.run(desk.erp.trade_events(customer.id)).items
        assert order.id in {event.id for event in events if event.kind is TradeKind.ORDER}
        theirs = {(event.kind.value, event.id) for event in events}
        assert not theirs & set(traded.figures())

    def test_a_place_in_another_list_is_refused(self, desk: "Desk", traded: Traded) -> None:
        customer = desk.run(desk.erp.customer(traded.number))
        for after in ("nonsense", "order=yesterday/1", "order=-/x"):
            with pytest.raises(NotFound):
                desk.run(desk.erp.trade_events(customer.id, after=after))

    def test_an_invoice_has_its_own_document(self, desk: "Desk", traded: Traded) -> None:
        assert {Capability.DELIVERIES, Capability.INVOICES} <= desk.erp.capabilities
        events = self._all(desk, traded)
        (due,) = [event for event in events if event.is_due]
        offered = desk.run(desk.erp.trade_documents(due.kind, due.id))
        document = desk.run(desk.erp.trade_document(due.kind, due.id, offered.kinds[0].key))
        assert due.number in document.file_name
        assert document.content
        delivery = next(event for event in events if event.kind is TradeKind.DELIVERY)
        assert desk.run(desk.erp.trade_documents(delivery.kind, delivery.id)).kinds
        with pytest.raises(NotFound):
            desk.run(desk.erp.trade_documents(due.kind, "999999999"))
