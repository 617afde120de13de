"""`OrderSession`: a row's way into the ERP when all goes well, and what the user may do meanwhile."""

from decimal import Decimal

import pytest

from app.domain.orders import LineField, LineKind
from app.services.order_rows import InputProblem, RowStatus
from tests.helpers.fake_erp import DRIVER, LAMP, Fault, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored


class TestOneRow:
    def test_typed_left_priced_written_acknowledged(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.delay = 0.2
        key = desk.session.add_line()
        assert desk.status(key) is RowStatus.TYPING
        desk.type(key, LineField.PRODUCT, LAMP)
        desk.quantity(key, 100)
        assert desk.row(key).awaits_price
        assert desk.row(key).line.amount is None
        runner.advance(0.4)
        assert desk.row(key).line.amount == kroner(Decimal(9000))
        desk.session.leave(key)
        assert desk.status(key) is RowStatus.SENDING
        desk.settle()
        assert desk.erp.calls == ["price_line", "commit"]
        assert desk.session.keys() == (key,)
        assert desk.row(key).line.id != key
        desk.assert_in_erp()

    def test_one_question_per_pause_not_per_key(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        for value in (1, 12, 120):
            desk.quantity("1", value)
            runner.advance(0.1)
        desk.settle()
        assert desk.erp.calls == ["price_line"]
        assert desk.row("1").line.amount == kroner(Decimal(10800))

    def test_leaving_does_not_wait_for_the_pause(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.delay = 0.02
        desk.change("1", 5)
        desk.settle()
        assert runner.now == pytest.approx(0.04)

    def test_a_late_answer_to_an_older_key_is_dropped(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.delay = 1.0
        desk.quantity("1", 2)
        runner.advance(0.5)  # asked, and not answered
        desk.quantity("1", 3)
        runner.advance(0.9)  # the answer for 2 would have come
        assert desk.row("1").awaits_price
        desk.settle()
        assert desk.row("1").line.amount == kroner(Decimal(300))

    def test_typing_the_text_meanwhile_does_not_ask_again(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.delay = 1.0
        desk.quantity("1", 2)
        runner.advance(0.5)
        desk.type("1", LineField.DESCRIPTION, "red")
        desk.settle()
        assert desk.erp.calls == ["price_line"]
        assert desk.row("1").line.amount == kroner(Decimal(200))

    def test_the_text_alone_needs_no_price(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.type("1", LineField.DESCRIPTION, "red")
        desk.session.leave("1")
        desk.settle()
        assert desk.erp.calls == ["commit"]
        (change,) = desk.erp.landed_writes[0].changed
        assert change.fields == {LineField.DESCRIPTION}
        assert not change.priced
        desk.assert_in_erp()

    def test_a_value_typed_back_is_not_written(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.quantity("1", 2)
        desk.quantity("1", 1)
        desk.session.leave("1")
        desk.settle()
        assert desk.erp.calls == []
        desk.assert_in_erp()

    def test_an_empty_new_row_is_dropped(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        assert not desk.session.has_unwritten
        desk.session.leave(key)
        desk.settle()
        assert desk.session.keys() == ()

    def test_a_new_row_that_was_emptied_again_is_dropped(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.quantity(key, 3)
        desk.type(key, LineField.QUANTITY, None)
        desk.session.leave(key)
        desk.settle()
        assert desk.session.keys() == ()

    def test_a_comment_needs_neither_product_nor_price(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line(LineKind.COMMENT)
        desk.type(key, LineField.DESCRIPTION, "Thank you")
        desk.session.leave(key)
        desk.settle()
        assert desk.erp.calls == ["commit"]
        assert desk.stored[0].kind is LineKind.COMMENT
        desk.assert_in_erp()

    def test_a_row_that_lacks_something_says_so_and_waits(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.quantity(key, 3)
        desk.session.leave(key)
        desk.settle()
        assert desk.status(key) is RowStatus.REFUSED
        assert desk.row(key).bad[LineField.PRODUCT].problem is InputProblem.NO_PRODUCT
        desk.type(key, LineField.PRODUCT, LAMP)
        desk.session.leave(key)
        desk.settle()
        desk.assert_in_erp()

    def test_a_bad_text_stays_and_holds_the_row_back(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.session.reject("1", LineField.QUANTITY, "many", InputProblem.NOT_A_NUMBER)
        desk.session.leave("1")
        desk.settle()
        assert desk.status("1") is RowStatus.REFUSED
        assert desk.row("1").bad[LineField.QUANTITY].text == "many"
        assert desk.session.has_unwritten
        assert desk.erp.calls == []
        desk.change("1", 4)
        desk.settle()
        assert desk.quantities() == [4]
        desk.assert_in_erp()

    def test_a_bad_text_can_be_taken_back(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.session.reject("1", LineField.QUANTITY, "many", InputProblem.NOT_A_NUMBER)
        desk.session.revert("1")
        desk.settle()
        desk.assert_in_erp()

    def test_a_price_by_hand_is_asked_about_marked_and_written(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.type("1", LineField.DISCOUNT, Decimal("0.25"))
        assert desk.row("1").manual == {LineField.DISCOUNT}
        desk.session.leave("1")
        desk.settle()
        assert desk.stored[0].discount == Decimal("0.25")
        assert desk.stored[0].unit_price == kroner(Decimal(75))
        desk.assert_in_erp()

    def test_a_stored_line_without_a_product_can_have_another_text(self, runner: ManualRunner) -> None:
        line = stored("1", 1)
        desk = Desk(runner, type(line)("1", description="Freight", version="1"))
        desk.type("1", LineField.DESCRIPTION, "Freight and packing")
        desk.session.leave("1")
        desk.settle()
        assert desk.stored[0].description == "Freight and packing"
        desk.assert_in_erp()

    def test_revert_before_leaving_writes_nothing(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.quantity("1", 2)
        desk.session.revert("1")
        new = desk.session.add_line()
        desk.quantity(new, 1)
        desk.session.revert(new)
        desk.settle()
        assert desk.session.keys() == ("1",)
        assert desk.erp.calls == []
        desk.assert_in_erp()

    def test_a_row_that_is_gone_has_no_view_and_takes_nothing(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        with pytest.raises(KeyError):
            desk.session.row("77")
        desk.quantity("77", 2)
        desk.session.reject("77", LineField.QUANTITY, "x", InputProblem.NOT_A_NUMBER)
        desk.session.leave("77")
        desk.session.revert("77")
        desk.session.remove("77")
        desk.session.retry("77")
        desk.settle()
        desk.assert_in_erp()


class TestManyRows:
    def test_rows_gather_while_a_write_is_under_way(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.delay = 1.0
        first = desk.enter(1)
        runner.advance(1.2)
        assert desk.status(first) is RowStatus.SENDING
        desk.erp.delay = 0.1
        later = [desk.enter(value) for value in (2, 3, 4)]
        assert {desk.status(key) for key in later} == {RowStatus.PENDING}
        desk.settle()
        assert [len(write.created) for write in desk.erp.landed_writes] == [1, 3]
        assert desk.quantities() == [1, 2, 3, 4]
        assert desk.session.keys() == (first, *later)
        desk.assert_in_erp()

    def test_new_rows_stand_in_the_erp_as_they_were_begun(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        slow = desk.session.add_line()
        desk.type(slow, LineField.PRODUCT, LAMP)
        desk.quantity(slow, 1)
        fast = desk.session.add_line()
        desk.type(fast, LineField.PRODUCT, DRIVER)
        desk.quantity(fast, 2)
        runner.advance(1)
        desk.quantity(slow, 3)
        desk.session.leave(fast)
        runner.advance(0.001)
        assert desk.status(fast) is RowStatus.SENDING, "a row that is still typed in holds up nothing"
        desk.session.leave(slow)
        third, fourth = desk.enter(5), desk.enter(6)
        desk.settle()
        assert desk.quantities() == [3, 2, 5, 6]
        assert desk.session.keys() == (slow, fast, third, fourth), "rows stay where they were begun"
        desk.assert_in_erp()

    def test_three_hundred_rows_at_once(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        keys = tuple(desk.enter(value) for value in range(1, 301))
        desk.settle()
        assert desk.quantities() == list(range(1, 301))
        assert desk.session.keys() == keys
        assert desk.erp.calls.count("price_line") == 4, "the first go by themselves, so that they are there at once"
        assert desk.erp.calls.count("price_lines") == 7
        assert desk.erp.calls.count("commit") < 20
        desk.assert_in_erp()

    def test_a_new_order_is_created_once_with_its_first_row(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.erp.delay = 1.0
        desk.enter(1)
        runner.advance(1.5)
        desk.enter(2)
        desk.settle()
        assert desk.session.order.id == "9000"
        assert [write.order_id for write in desk.erp.landed_writes] == [None, "9000"]
        assert desk.quantities() == [1, 2]
        assert "open_order" in desk.erp.calls, "what the ERP set in the header and now allows is read once"
        desk.assert_in_erp()


class TestWhileItIsSent:
    @pytest.fixture
    def desk(self, runner: ManualRunner) -> Desk:
        """A desk whose row 1 was 10 and travels as 12."""
        desk = Desk(runner, stored("1", 10), stored("2", 1))
        desk.erp.delay = 1.0
        desk.change("1", 12)
        runner.advance(1.2)
        assert desk.status("1") is RowStatus.SENDING
        return desk

    def test_typing_goes_out_with_the_next_write(self, desk: Desk) -> None:
        desk.change("1", 15)
        assert desk.row("1").line.quantity == 15
        desk.settle()
        assert [write.changed[0].line.quantity for write in desk.erp.landed_writes] == [12, 15]
        desk.assert_in_erp()

    def test_what_is_still_typed_stays_typed(self, desk: Desk) -> None:
        desk.quantity("1", 15)
        desk.settle()
        assert desk.status("1") is RowStatus.TYPING
        assert desk.row("1").line.amount == kroner(Decimal(1500))
        assert desk.quantities() == [12, 1]

    def test_the_former_value_typed_back_is_a_change_again(self, desk: Desk) -> None:
        desk.change("1", 10)
        desk.settle()
        assert desk.quantities() == [10, 1]
        desk.assert_in_erp()

    def test_the_same_value_typed_again_is_nothing(self, desk: Desk) -> None:
        desk.change("1", 15)
        desk.change("1", 12)
        desk.settle()
        assert len(desk.erp.landed_writes) == 1
        desk.assert_in_erp()

    def test_revert_takes_back_what_was_typed_since(self, desk: Desk) -> None:
        desk.quantity("1", 15)
        desk.session.revert("1")
        assert desk.row("1").line.quantity == 12
        desk.settle()
        assert desk.quantities() == [12, 1]
        desk.assert_in_erp()

    def test_a_bad_text_waits_in_the_row(self, desk: Desk) -> None:
        desk.session.reject("1", LineField.QUANTITY, "x", InputProblem.NOT_A_NUMBER)
        desk.session.leave("1")
        desk.settle()
        assert desk.status("1") is RowStatus.REFUSED
        desk.session.revert("1")
        desk.settle()
        desk.assert_in_erp()

    def test_a_row_can_be_removed(self, desk: Desk) -> None:
        desk.session.remove("1")
        assert desk.row("1").removed
        desk.settle()
        assert desk.quantities() == [1]
        assert desk.session.keys() == ("2",)
        desk.assert_in_erp()

    def test_a_new_row_is_removed_when_it_has_an_id(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.delay = 1.0
        key = desk.enter(1)
        runner.advance(1.5)
        desk.session.remove(key)
        assert desk.row(key).removed
        assert desk.row(key).line.product == LAMP
        desk.settle()
        assert desk.session.keys() == ()
        assert len(desk.erp.landed_writes) == 2
        desk.assert_in_erp()

    def test_a_new_row_that_is_removed_and_refused_is_gone(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.type(key, LineField.PRODUCT, LAMP)
        desk.quantity(key, 1)
        runner.advance(1)
        desk.erp.refuses = lambda _line: "no"
        desk.session.leave(key)
        desk.session.remove(key)
        desk.settle()
        assert desk.session.keys() == ()
        assert desk.erp.calls.count("commit") == 1
        desk.assert_in_erp()

    def test_a_row_typed_in_after_its_removal_was_sent_comes_back(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10), stored("2", 1))
        desk.erp.delay = 1.0
        desk.session.remove("1")
        desk.change("1", 7)
        desk.settle()
        assert sorted(desk.quantities()) == [1, 7]
        desk.assert_in_erp()


class TestRemoving:
    def test_a_stored_line(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10), stored("2", 1))
        desk.session.remove("1")
        assert desk.status("1") is RowStatus.SENDING
        desk.settle()
        assert desk.erp.calls == ["commit"]
        assert desk.quantities() == [1]
        desk.assert_in_erp()

    def test_a_row_the_erp_never_had(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.quantity(key, 2)
        desk.session.remove(key)
        desk.settle()
        assert desk.session.keys() == ()
        desk.assert_in_erp()

    def test_twice_is_once(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.session.remove("1")
        desk.session.remove("1")
        desk.settle()
        assert len(desk.erp.landed_writes) == 1
        desk.assert_in_erp()

    def test_a_pending_removal_can_be_taken_back(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.is_down = True
        desk.change("1", 11)
        runner.advance(1)
        desk.session.remove("1")
        desk.session.revert("1")
        desk.erp.is_down = False
        desk.settle()
        assert desk.quantities() == [10]
        desk.assert_in_erp()


class TestClose:
    def test_nothing_is_told_or_begun_afterwards(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1), stored("2", 1), stored("3", 1))
        desk.erp.delay = 1.0
        desk.change("1", 5)
        runner.advance(1.2)
        desk.change("2", 6)  # waits behind the write that is under way
        desk.quantity("3", 7)  # its price is about to be asked for
        told = desk.window.order_changes
        desk.session.close()
        runner.settle()
        assert desk.quantities() == [5, 1, 1]
        assert desk.window.order_changes == told
        assert desk.session.has_unwritten

    def test_it_does_not_try_again_by_itself(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.is_down = True
        desk.change("1", 5)
        runner.advance(3)
        desk.session.close()
        desk.session.refresh()
        desk.session.retry()
        desk.erp.is_down = False
        runner.settle()
        assert desk.quantities() == [1]

    def test_a_lost_write_after_closing_ends_quietly(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.faults["commit"].append(Fault.LOST_BEFORE)
        desk.change("1", 5)
        runner.advance(0.03)
        desk.session.close()
        runner.settle()
        assert desk.quantities() == [5]
