"""`OrderHead` in a session: a changed head's way into the ERP, and what happens to the lines on it."""

from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest

from app.domain.orders import HeaderField, HeaderLock, LineField, Order
from app.ports.erp import ErpSystem
from app.services.head_view import HeadStatus
from app.services.order_session import OrderSession
from app.services.tokens import LineTokens
from tests.helpers.fake_erp import CABLE, DRIVER, HALF, HARBOUR, LAMP, SHIP, TRUCK, WHOLE, Fault, kroner, order_of
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored

H = HeaderField


def status(desk: Desk) -> HeadStatus:
    return desk.session.head.view().status


def head_of(desk: Desk) -> Order:
    return desk.erp.orders[desk.session.order.id or ""]


class TestWithoutLinesThatMove:
    def test_a_field_that_no_price_rests_on_is_written_at_once(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.session.head.change(H.CUSTOMER_REFERENCE, "4711")
        assert status(desk) is HeadStatus.ASKING
        assert desk.session.has_unwritten
        desk.settle()
        assert desk.erp.calls == ["change_header", "commit"]
        assert status(desk) is HeadStatus.STORED
        assert head_of(desk).header.customer_reference == "4711"
        desk.assert_in_erp()

    def test_what_the_erp_changes_with_it_is_shown_and_written(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.session.head.change(H.DELIVERY_ADDRESS, HARBOUR)
        desk.settle()
        assert head_of(desk).header.delivery_method == SHIP
        desk.assert_in_erp()

    def test_several_fields_go_together(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.session.head.change(H.CUSTOMER_REFERENCE, "a")
        desk.session.head.change(H.DELIVERY_METHOD, SHIP)
        desk.session.head.change(H.CUSTOMER_REFERENCE, "b")
        desk.settle()
        assert desk.erp.calls.count("commit") == 1
        assert head_of(desk).header.customer_reference == "b"
        assert head_of(desk).header.delivery_method == SHIP

    def test_what_is_typed_while_it_is_on_its_way_goes_in_the_next(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.delay = 1.0
        desk.session.head.change(H.CUSTOMER_REFERENCE, "a")
        runner.advance(1.5)
        assert status(desk) is HeadStatus.SENDING
        desk.session.head.change(H.CUSTOMER_REFERENCE, "")  # back to what it was, while the other is on its way
        desk.settle()
        assert head_of(desk).header.customer_reference == ""
        assert desk.erp.most_writes_at_once == 1
        desk.assert_in_erp()

    def test_typed_back_is_no_change(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.delay = 1.0
        desk.session.head.change(H.CUSTOMER_REFERENCE, "a")
        desk.session.head.change(H.CUSTOMER_REFERENCE, "")
        desk.settle()
        assert "commit" not in desk.erp.calls
        assert not desk.session.has_unwritten

    def test_a_closed_field_is_not_changed(self, runner: ManualRunner) -> None:
        order = replace(order_of(stored("1", 1)), header_locks={H.PRICE_LIST: HeaderLock.LINES})
        desk = Desk(runner)
        session = OrderSession(cast(ErpSystem, desk.erp), order, runner, LineTokens())
        session.head.change(H.PRICE_LIST, HALF)
        runner.settle()
        assert desk.erp.calls == []
        empty = replace(order, lines=())
        session = OrderSession(cast(ErpSystem, desk.erp), empty, runner, LineTokens())
        session.head.change(H.PRICE_LIST, HALF)
        assert session.head.view().status is HeadStatus.ASKING
        session.close()

    def test_refused_in_the_erps_words_and_kept(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.refuses_head = lambda header: "too long" if header.customer_reference == "x" * 99 else ""
        desk.session.head.change(H.CUSTOMER_REFERENCE, "x" * 99)
        desk.settle()
        view = desk.session.head.view()
        assert view.status is HeadStatus.REFUSED
        assert view.fault is not None
        assert view.fault.words == "too long"
        assert view.header.customer_reference == "x" * 99
        # rows go on meanwhile
        desk.change("1", 7)
        desk.settle()
        assert desk.quantities() == [7]
        desk.session.head.change(H.CUSTOMER_REFERENCE, "ok")
        desk.settle()
        assert head_of(desk).header.customer_reference == "ok"
        desk.assert_in_erp()

    def test_taken_back(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.refuses_head = lambda _header: "no"
        desk.session.head.change(H.CUSTOMER_REFERENCE, "a")
        desk.settle()
        desk.session.head.take_back()
        assert status(desk) is HeadStatus.STORED
        assert desk.session.head.view().header == desk.session.order.header
        assert not desk.session.has_unwritten


class TestLinesWhosePriceMoves:
    def test_nothing_is_written_before_the_user_has_decided(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3), stored("2", 5, DRIVER))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        view = desk.session.head.view()
        assert view.status is HeadStatus.ASKS
        assert [each.line.id for each in view.repricings] == ["1", "2"]
        assert [each.price.unit_price for each in view.repricings] == [kroner(Decimal(50)), kroner(Decimal(20))]
        assert not any(each.by_hand for each in view.repricings)
        assert "commit" not in desk.erp.calls
        assert head_of(desk).header.price_list == WHOLE

    def test_the_user_takes_some_and_keeps_others(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3), stored("2", 5, DRIVER))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        desk.session.head.decide(frozenset({"2"}))
        desk.settle()
        assert head_of(desk).header.price_list == HALF
        assert [line.unit_price for line in desk.stored] == [kroner(Decimal(100)), kroner(Decimal(20))]
        assert len(desk.erp.landed_writes) == 1
        desk.assert_in_erp()

    def test_a_price_by_hand_is_marked_and_kept_at_first(self, runner: ManualRunner) -> None:
        by_hand = replace(stored("1", 3), unit_price=kroner(Decimal(77)), amount=kroner(Decimal(231)))
        desk = Desk(runner, by_hand, stored("2", 5, DRIVER))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        assert [each.is_taken_at_first for each in desk.session.head.view().repricings] == [False, True]

    def test_without_a_difference_there_is_no_question(self, runner: ManualRunner) -> None:
        half = replace(stored("1", 3), list_price=kroner(Decimal(50)), unit_price=kroner(Decimal(50)))
        desk = Desk(runner, half)
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        assert status(desk) is HeadStatus.STORED
        assert head_of(desk).header.price_list == HALF

    def test_left_as_it_is(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        desk.session.head.take_back()
        desk.settle()
        assert status(desk) is HeadStatus.STORED
        assert "commit" not in desk.erp.calls
        assert not desk.session.has_unwritten

    def test_progress_and_cancel(self, runner: ManualRunner) -> None:
        desk = Desk(runner, *(stored(str(n), n) for n in range(1, 21)))
        desk.erp.delay = 0.1
        desk.session.head.change(H.PRICE_LIST, HALF)
        runner.advance(0.75)  # the head, then three rounds of four lines, each line asked about twice
        view = desk.session.head.view()
        assert view.status is HeadStatus.ASKING
        assert (view.done, view.of) == (12, 20)
        desk.session.head.take_back()
        calls = len(desk.erp.calls)
        desk.settle()
        assert len(desk.erp.calls) == calls
        assert status(desk) is HeadStatus.STORED

    def test_rows_go_on_under_the_old_head_while_the_user_thinks(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        key = desk.enter(2, CABLE)
        desk.settle()
        assert desk.stored[1].unit_price == kroner(Decimal("2.50"))
        view = desk.session.head.view()
        assert [each.line.product for each in view.repricings] == [LAMP, CABLE]
        desk.session.head.decide(frozenset(each.line.id for each in view.repricings))
        desk.settle()
        assert desk.row(key).line.unit_price == kroner(Decimal("1.25"))
        desk.assert_in_erp()

    def test_rows_typed_after_it_rest_on_the_new_head(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.delay = 0.5
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        desk.session.head.decide(frozenset({"1"}))
        desk.enter(2, DRIVER)  # while the head is on its way
        desk.change("1", 200)
        desk.settle()
        assert [line.unit_price for line in desk.stored] == [kroner(Decimal(45)), kroner(Decimal(20))]
        assert desk.erp.most_writes_at_once == 1
        desk.assert_in_erp()

    def test_rows_that_wait_go_first(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.delay = 0.5
        desk.change("1", 4)
        desk.session.head.change(H.PRICE_LIST, HALF)
        assert status(desk) is HeadStatus.WAITING
        desk.settle()
        (asked,) = desk.session.head.view().repricings
        assert asked.line.quantity == 4


class TestANewOrder:
    def test_it_is_created_with_the_changed_head(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.session.head.change(H.DELIVERY_ADDRESS, HARBOUR)
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        assert "commit" not in desk.erp.calls
        assert not desk.session.has_unwritten
        assert desk.session.head.view().header.delivery_method == SHIP
        desk.enter(2)
        desk.settle()
        header = head_of(desk).header
        assert (header.delivery_address, header.delivery_method, header.price_list) == (HARBOUR, SHIP, HALF)
        assert desk.stored[0].unit_price == kroner(Decimal(50))
        assert len(desk.erp.landed_writes) == 1
        assert status(desk) is HeadStatus.STORED
        desk.assert_in_erp()

    def test_a_head_changed_under_a_refused_first_line_lets_it_go_on(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.erp.refuses = lambda line: "" if line.unit_price is None or line.unit_price.amount < 60 else "too dear"
        desk.enter(2)
        desk.settle()
        assert desk.erp.landed_writes == []
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        assert len(desk.erp.landed_writes) == 1
        desk.assert_in_erp()


class TestSomebodyElse:
    def test_nothing_collides_and_nobody_is_asked(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.change_head(customer_reference="theirs")
        desk.session.head.change(H.DELIVERY_METHOD, SHIP)
        desk.settle()
        header = head_of(desk).header
        assert (header.customer_reference, header.delivery_method) == ("theirs", SHIP)
        desk.assert_in_erp()

    @pytest.mark.parametrize("mine", [True, False])
    def test_the_same_field_asks(self, runner: ManualRunner, mine: bool) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.change_head(customer_reference="theirs")
        desk.session.head.change(H.CUSTOMER_REFERENCE, "mine")
        desk.settle()
        view = desk.session.head.view()
        assert view.status is HeadStatus.COLLIDES
        (collision,) = view.collisions
        assert (collision.mine, collision.theirs, collision.was) == ("mine", "theirs", "")
        assert head_of(desk).header.customer_reference == "theirs"
        if mine:
            desk.session.head.keep_mine()
        else:
            desk.session.head.take_theirs()
        desk.settle()
        assert head_of(desk).header.customer_reference == ("mine" if mine else "theirs")
        desk.assert_in_erp()

    def test_what_was_decided_is_not_asked_again(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3), stored("2", 5, DRIVER))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        desk.erp.change_head(customer_reference="theirs")
        desk.session.head.decide(frozenset({"1"}))
        desk.settle()
        header = head_of(desk).header
        assert (header.customer_reference, header.price_list) == ("theirs", HALF)
        assert [line.unit_price for line in desk.stored] == [kroner(Decimal(50)), kroner(Decimal(40))]
        desk.assert_in_erp()

    def test_a_line_they_changed_is_asked_about_anew(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3), stored("2", 5, DRIVER))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        desk.erp.change("2", quantity=Decimal(200))
        desk.session.head.decide(frozenset({"1", "2"}))
        desk.settle()
        view = desk.session.head.view()
        assert view.status is HeadStatus.ASKS
        assert view.repricings[1].price.unit_price == kroner(Decimal(18))


class TestFaults:
    @pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LATE, Fault.MALFORMED, Fault.BUG])
    def test_a_lost_answer_writes_it_once(self, runner: ManualRunner, fault: Fault) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        desk.erp.faults["commit"].append(fault)
        desk.session.head.decide(frozenset({"1"}))
        desk.settle()
        runner.advance(10.0)
        desk.session.refresh()
        desk.settle()
        assert head_of(desk).header.price_list == HALF
        assert desk.stored[0].unit_price == kroner(Decimal(50))
        assert len(desk.erp.landed_writes) == 1
        desk.assert_in_erp()

    def test_it_waits_for_an_erp_that_is_away(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3), stored("2", 4))
        desk.session.head.change(H.PRICE_LIST, HALF)
        runner.advance(0.03)
        desk.erp.is_down = True
        runner.advance(3.0)
        assert status(desk) in (HeadStatus.WAITING, HeadStatus.ASKING)
        assert desk.session.has_unwritten
        desk.erp.is_down = False
        desk.settle()
        assert status(desk) is HeadStatus.ASKS
        assert len(desk.session.head.view().repricings) == 2

    def test_two_reads_of_the_same_leave_what_is_typed(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.session.head.change(H.PRICE_LIST, HALF)
        desk.settle()
        desk.session.refresh()
        desk.settle()
        assert status(desk) is HeadStatus.ASKS
        desk.type("1", LineField.QUANTITY, Decimal(9))
        desk.session.head.decide(frozenset({"1"}))
        desk.settle()
        desk.session.leave("1")
        desk.settle()
        assert desk.quantities() == [9]
        desk.assert_in_erp()


class TestRecovery:
    def test_what_waits_is_typed_in_again(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.is_down = True
        desk.session.head.change(H.CUSTOMER_REFERENCE, "4711")
        runner.advance(1.0)
        waiting = desk.session.head.waiting(None)
        assert waiting is not None
        desk.session.close()
        later = Desk(runner, stored("1", 3))
        later.session.restore(waiting, 0)
        later.settle()
        assert head_of(later).header.customer_reference == "4711"
        later.assert_in_erp()

    @pytest.mark.parametrize("comes_first", [1, 2])
    @pytest.mark.parametrize("pause", [0.0, 0.02, 5.0])
    def test_of_two_runs_the_later_ones_value_stands(
        self, runner: ManualRunner, pause: float, *, comes_first: int
    ) -> None:
        waiting = {}
        for entry_id, reference in ((1, "earlier"), (2, "later")):
            desk = Desk(runner, stored("1", 3))
            desk.erp.is_down = True
            desk.session.head.change(H.CUSTOMER_REFERENCE, reference)
            waiting[entry_id] = desk.session.head.waiting(None)
            desk.session.close()
        last = Desk(runner, stored("1", 3))
        for entry_id in (comes_first, 3 - comes_first):
            changes = waiting[entry_id]
            assert changes is not None
            last.session.restore(changes, entry_id)
            runner.advance(pause if comes_first == 1 else 0.0)
        last.settle()
        if last.session.head.view().collisions:  # the earlier one was in the ERP before the later one came
            last.session.head.keep_mine()
            last.settle()
        assert head_of(last).header.customer_reference == "later"
        last.assert_in_erp()

    def test_somebody_else_changed_it_meanwhile(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 3))
        desk.erp.is_down = True
        desk.session.head.change(H.DELIVERY_METHOD, SHIP)
        waiting = desk.session.head.waiting(None)
        assert waiting is not None
        desk.session.close()
        later = Desk(runner, stored("1", 3))
        later.erp.change_head(delivery_method=None)
        later.session.refresh()
        later.settle()
        later.session.restore(waiting, 0)
        later.settle()
        (collision,) = later.session.head.view().collisions
        assert (collision.mine, collision.theirs, collision.was) == (SHIP, None, TRUCK)
