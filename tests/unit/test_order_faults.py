"""`OrderSession` when the ERP says no, asks, does not answer, or somebody else was there."""

from decimal import Decimal

import pytest

from app.domain.orders import LineField, OrderLine
from app.ports.errors import AccessEnded, NotFound, Refused, Unreachable
from app.services.order_rows import InputProblem, RowStatus
from app.services.order_session import Keep
from app.services.order_writes import SETTLES_WITHIN
from tests.helpers.fake_erp import CABLE, DRIVER, LAMP, LATE_BY, Fault, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored


def too_many(line: OrderLine) -> str:
    """A rule of the ERP's that holds only when it is written."""
    return "too many" if line.unit_price is not None and (line.quantity or 0) > 500 else ""


def big(line: OrderLine) -> str:
    """A warning of the ERP's."""
    return "big" if (line.quantity or 0) > 500 else ""


class TestRefused:
    def test_it_keeps_what_was_typed_and_says_why(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.refuses = too_many
        desk.change("1", 501)
        desk.settle()
        row = desk.row("1")
        assert row.status is RowStatus.REFUSED
        assert row.fault is not None
        assert row.fault.words == "too many"
        assert row.line.quantity == 501
        assert desk.quantities() == [1]
        desk.change("1", 500)
        desk.settle()
        assert desk.quantities() == [500]
        desk.assert_in_erp()

    def test_good_rows_go_on(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.refuses = too_many
        desk.erp.is_down = True
        keys = [desk.enter(value) for value in (1, 2, 501, 4, 502, 6, 7, 8)]
        runner.advance(1)
        desk.erp.is_down = False
        desk.settle()
        assert desk.quantities() == [1, 2, 4, 6, 7, 8]
        refused = [desk.row(key).line.quantity for key in keys if desk.status(key) is RowStatus.REFUSED]
        assert refused == [501, 502]

    def test_one_bad_row_of_many_is_found_in_few_writes(self, runner: ManualRunner) -> None:
        desk = Desk(runner, *(stored(str(i), 1) for i in range(128)))
        desk.erp.refuses = too_many
        desk.erp.is_down = True
        for i in range(128):
            desk.type(str(i), LineField.DESCRIPTION, "x")
            desk.session.leave(str(i))
        desk.change("77", 501)
        desk.erp.is_down = False
        desk.settle()
        assert desk.status("77") is RowStatus.REFUSED
        assert sum(line.description == "x" for line in desk.stored) == 127
        assert desk.erp.calls.count("commit") < 24

    def test_a_refused_row_can_be_tried_again_or_taken_back(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1), stored("2", 1))
        desk.erp.refuses = too_many
        desk.change("1", 501)
        desk.settle()
        desk.change("2", 502)
        desk.settle()
        desk.erp.refuses = lambda _line: ""
        desk.session.retry("1")
        desk.session.revert("2")
        desk.settle()
        assert desk.quantities() == [501, 1]
        desk.assert_in_erp()

    def test_trying_again_does_not_send_a_row_that_was_not_refused(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.type(key, LineField.PRODUCT, LAMP)
        desk.session.retry(key)
        desk.settle()
        assert desk.status(key) is RowStatus.TYPING
        assert desk.erp.calls == []

    def test_a_refusal_of_an_older_text_does_not_mark_the_newer_one(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.refuses = too_many
        desk.erp.delay = 1.0
        desk.change("1", 501)
        runner.advance(1.2)
        desk.change("1", 5)
        desk.settle()
        assert desk.quantities() == [5]
        desk.assert_in_erp()

    def test_a_removal_asked_for_while_the_row_is_refused_goes_on(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.refuses = too_many
        desk.erp.delay = 1.0
        desk.change("1", 501)
        runner.advance(1.2)
        desk.session.remove("1")
        desk.settle()
        assert desk.quantities() == []
        desk.assert_in_erp()

    def test_a_refused_price_marks_the_row_and_the_others_go_on(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.refuses = lambda line: "not sold" if line.product == CABLE else ""
        bad, good = desk.enter(1, CABLE), desk.enter(2)
        desk.settle()
        assert desk.status(bad) is RowStatus.REFUSED
        assert desk.status(good) is RowStatus.STORED
        desk.type(bad, LineField.PRODUCT, DRIVER)
        desk.session.leave(bad)
        desk.settle()
        desk.assert_in_erp()

    def test_a_value_typed_back_after_a_refusal_leaves_nothing(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.refuses = too_many
        desk.erp.delay = 1.0
        desk.change("1", 501)
        runner.advance(1.2)
        desk.change("1", 1)
        desk.settle()
        assert desk.erp.landed_writes == []
        desk.assert_in_erp()


class TestQuestion:
    @pytest.fixture
    def desk(self, runner: ManualRunner) -> Desk:
        """A desk that was asked about row 1."""
        desk = Desk(runner, stored("1", 1), stored("2", 1))
        desk.erp.asks = big
        desk.change("1", 501)
        desk.settle()
        assert desk.session.question is not None
        assert desk.session.question.name == "big"
        return desk

    def test_yes(self, desk: Desk) -> None:
        assert desk.status("1") is RowStatus.PENDING
        desk.session.answer(yes=True)
        desk.settle()
        assert desk.quantities() == [501, 1]
        desk.assert_in_erp()

    def test_no_keeps_the_row_and_lets_others_pass(self, desk: Desk) -> None:
        desk.change("2", 7)
        desk.session.answer(yes=False)
        desk.settle()
        assert desk.session.question is None
        assert desk.status("1") is RowStatus.REFUSED
        assert desk.row("1").line.quantity == 501
        assert desk.quantities() == [1, 7]

    def test_a_yes_holds_for_this_write_only(self, desk: Desk) -> None:
        desk.session.answer(yes=True)
        desk.settle()
        desk.change("2", 502)
        desk.settle()
        assert desk.session.question is not None

    def test_a_yes_is_forgotten_when_the_row_is_refused_after_all(self, desk: Desk) -> None:
        desk.erp.refuses = too_many
        desk.session.answer(yes=True)
        desk.settle()
        assert desk.status("1") is RowStatus.REFUSED
        desk.erp.refuses = lambda _line: ""
        desk.change("2", 502)
        desk.settle()
        assert desk.session.question is not None

    def test_an_answer_without_a_question_is_nothing(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.session.answer(yes=True)
        desk.settle()
        assert desk.erp.calls == []


class TestNoAnswer:
    def test_rows_wait_and_go_on_by_themselves(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.is_down = True
        desk.change("1", 5)
        new = desk.enter(7)
        runner.advance(60)
        desk.window.check()
        assert isinstance(desk.session.fault, Unreachable)
        assert {desk.status("1"), desk.status(new)} == {RowStatus.PENDING}
        desk.erp.is_down = False
        desk.settle()
        assert desk.session.fault is None
        assert desk.quantities() == [5, 7]
        desk.assert_in_erp()

    def test_retry_goes_on_at_once(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.is_down = True
        desk.change("1", 5)
        runner.advance(60)
        desk.erp.is_down = False
        desk.session.retry()
        runner.advance(0.1)
        desk.assert_in_erp()

    def test_pauses_grow(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.faults["price_line"].extend([Fault.TIMED_OUT] * 100)
        desk.change("1", 5)
        runner.advance(60)
        assert 6 < desk.erp.calls.count("price_line") < 12

    def test_the_sign_in_has_ended(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.faults["commit"].append(Fault.ACCESS_ENDED)
        desk.change("1", 5)
        desk.settle()
        assert isinstance(desk.session.fault, AccessEnded)
        assert desk.status("1") is RowStatus.PENDING
        desk.session.retry()
        desk.settle()
        assert desk.quantities() == [5]
        desk.assert_in_erp()

    def test_an_unanswered_price_does_not_disturb_the_write_under_way(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.erp.delay = 3.0
        desk.enter(1)
        runner.advance(3.1)
        desk.erp.faults["price_line"].append(Fault.UNREACHABLE)
        desk.enter(2)
        runner.advance(1)
        assert desk.session.fault is None
        assert not desk.session.is_checking
        desk.settle()
        assert desk.erp.calls.count("landed") == 0
        desk.assert_in_erp()


UNKNOWN = [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LATE, Fault.MALFORMED, Fault.BUG]


class TestOutcomeUnknown:
    @pytest.mark.parametrize("fault", UNKNOWN)
    def test_an_order_is_changed_once(self, runner: ManualRunner, fault: Fault) -> None:
        desk = Desk(runner, stored("1", 1), stored("2", 1))
        desk.erp.faults["commit"].append(fault)
        desk.change("1", 5)
        desk.settle()
        desk.session.remove("2")
        desk.enter(9)
        desk.settle()
        runner.advance(LATE_BY)
        assert desk.quantities() == [5, 9]
        desk.assert_in_erp()

    @pytest.mark.parametrize("fault", UNKNOWN)
    def test_a_line_is_created_once(self, runner: ManualRunner, fault: Fault) -> None:
        desk = Desk(runner)
        desk.erp.faults["commit"].append(fault)
        desk.enter(5)
        runner.advance(LATE_BY * 2)
        desk.settle()
        assert desk.quantities() == [5]
        desk.assert_in_erp()

    @pytest.mark.parametrize("fault", UNKNOWN)
    def test_an_order_is_created_once(self, runner: ManualRunner, fault: Fault) -> None:
        desk = Desk(runner, is_new=True)
        desk.erp.faults["commit"].append(fault)
        key = desk.enter(5)
        runner.advance(0.03)
        assert desk.status(key) is RowStatus.CHECKING or fault in (Fault.MALFORMED, Fault.BUG, Fault.LOST_AFTER)
        later = desk.enter(6)
        assert desk.status(later) is RowStatus.PENDING
        desk.settle()
        assert [order_id for order_id in desk.erp.orders if order_id != "516"] == ["9000"]
        assert desk.quantities() == [5, 6]
        desk.assert_in_erp()

    def test_a_new_order_is_not_sent_again_while_the_server_may_be_at_it(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.erp.faults["commit"].append(Fault.LOST_BEFORE)
        desk.enter(5)
        runner.advance(SETTLES_WITHIN - 1)
        assert desk.erp.calls.count("commit") == 1
        assert desk.session.is_checking
        desk.settle()
        assert desk.erp.calls.count("commit") == 2
        assert runner.now < SETTLES_WITHIN + 20
        desk.assert_in_erp()

    def test_impatience_does_not_shorten_the_wait(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.erp.faults["commit"].append(Fault.LATE)
        desk.enter(5)
        for _ in range(20):
            runner.advance(0.2)
            desk.session.retry()
        desk.settle()
        assert desk.quantities() == [5]
        desk.assert_in_erp()

    def test_retry_leaves_a_write_alone_that_is_simply_slow(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.erp.delay = 5.0
        desk.enter(5)
        runner.advance(6)
        desk.session.retry()
        desk.settle()
        assert desk.erp.calls.count("landed") == 0
        desk.assert_in_erp()

    def test_typing_goes_on_and_nothing_else_is_written_meanwhile(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1), stored("2", 1))
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        desk.erp.faults["landed"].extend([Fault.TIMED_OUT] * 3)
        desk.change("1", 5)
        runner.advance(0.05)
        assert desk.status("1") is RowStatus.CHECKING
        desk.change("2", 6)
        desk.quantity("1", 7)
        assert desk.status("2") is RowStatus.PENDING
        runner.advance(0.1)
        assert desk.erp.calls.count("commit") == 1
        desk.settle()
        assert desk.quantities() == [5, 6]
        assert desk.status("1") is RowStatus.TYPING

    def test_lost_again_and_again(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.faults["commit"].extend([Fault.LOST_BEFORE, Fault.LATE, Fault.LOST_AFTER] * 3)
        desk.erp.faults["landed"].extend([Fault.UNREACHABLE, Fault.MALFORMED, Fault.TIMED_OUT])
        for value in range(1, 6):
            desk.enter(value)
            runner.advance(1)
        desk.settle()
        assert desk.quantities() == [1, 2, 3, 4, 5]
        desk.assert_in_erp()

    def test_the_sign_in_ends_while_it_is_checked(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1), stored("2", 1))
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        desk.erp.faults["landed"].append(Fault.ACCESS_ENDED)
        desk.change("1", 5)
        desk.settle()
        assert isinstance(desk.session.fault, AccessEnded)
        assert desk.status("1") is RowStatus.CHECKING
        assert desk.session.has_unwritten
        desk.session.retry()
        desk.settle()
        assert desk.erp.calls.count("commit") == 1
        desk.assert_in_erp()

    def test_a_price_that_comes_while_the_check_waits_sets_it_going_again(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1), stored("2", 1))
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        desk.erp.faults["landed"].append(Fault.ACCESS_ENDED)
        desk.change("1", 5)
        runner.advance(0.045)
        desk.erp.delay = 1.0
        desk.change("2", 6)  # asked before the sign-in is known to have ended, answered after it
        desk.settle()
        assert desk.session.fault is None
        assert desk.quantities() == [5, 6]
        desk.assert_in_erp()

    def test_landed_and_then_changed_by_somebody_else(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        desk.erp.faults["landed"].append(Fault.TIMED_OUT)
        desk.change("1", 5)
        runner.advance(0.06)
        desk.erp.change("1", description="theirs")
        desk.settle()
        assert desk.quantities() == [5]
        assert desk.row("1").line.description == "theirs"
        assert not desk.session.has_unwritten

    def test_not_landed_and_changed_by_somebody_else(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.faults["commit"].append(Fault.LOST_BEFORE)
        desk.change("1", 5)
        runner.advance(0.03)
        desk.erp.change("1", description="theirs")
        desk.settle()
        assert desk.quantities() == [5]
        assert desk.stored[0].description == "theirs"
        desk.assert_in_erp()

    def test_created_removed_by_somebody_and_typed_in_since(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        key = desk.enter(5)
        runner.advance(0.045)
        desk.erp.remove("1000")
        desk.change(key, 6)
        desk.settle()
        assert desk.status(key) is RowStatus.COLLIDES
        assert desk.row(key).line.quantity == 6
        desk.session.resolve(key, Keep.MINE)
        desk.settle()
        assert desk.quantities() == [6]
        desk.assert_in_erp()

    def test_landed_changed_by_somebody_and_typed_in_since(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        desk.change("1", 5)
        runner.advance(0.045)
        desk.erp.change("1", quantity=Decimal(7))
        desk.change("1", 6)
        desk.settle()
        (collision,) = desk.row("1").collisions
        assert [collision.mine, collision.theirs, collision.was] == [Decimal(6), Decimal(7), Decimal(5)]
        assert desk.quantities() == [7]

    def test_refused_when_sent_again_only_because_the_first_one_landed(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        desk.erp.faults["landed"].append(Fault.NOT_YET)
        key = desk.enter(5)
        runner.advance(0.045)
        desk.erp.is_closed = True
        desk.settle()
        assert desk.erp.calls.count("commit") == 2
        assert desk.status(key) is RowStatus.STORED
        desk.assert_in_erp()

    def test_refused_when_sent_again_and_the_first_one_lands_after_that(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.faults["commit"].append(Fault.LATE)
        key = desk.enter(5)
        runner.advance(0.035)
        desk.erp.is_closed = True
        runner.advance(1)
        assert desk.erp.calls.count("commit") > 1
        assert desk.status(key) is RowStatus.CHECKING, "a refusal of the second is none of the first"
        desk.erp.is_closed = False
        desk.erp.faults["commit"].extend([Fault.TIMED_OUT] * 5)
        desk.settle()
        assert desk.quantities() == [5]
        desk.assert_in_erp()

    def test_refused_when_sent_again_is_believed_in_the_end(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.faults["commit"].append(Fault.LOST_BEFORE)
        key = desk.enter(5)
        runner.advance(0.035)
        desk.erp.is_closed = True
        desk.settle()
        assert desk.status(key) is RowStatus.REFUSED
        assert runner.now < SETTLES_WITHIN + 20

    def test_what_others_wrote_meanwhile_is_read(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.faults["commit"].append(Fault.LOST_AFTER)
        key = desk.enter(5)
        runner.advance(0.045)
        desk.erp.add(stored("3", 4))
        desk.settle()
        assert desk.session.keys() == (key, "3"), "as the ERP has them"
        desk.assert_in_erp()


class TestSomebodyElse:
    def test_another_line_is_no_question(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1), stored("2", 1))
        desk.erp.change("2", quantity=Decimal(8))
        desk.change("1", 5)
        desk.settle()
        assert desk.quantities() == [5, 8]
        desk.assert_in_erp()

    def test_another_field_is_no_question(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.change("1", description="theirs", quantity=Decimal(1))
        desk.change("1", 5)
        desk.settle()
        assert desk.quantities() == [5]
        assert desk.stored[0].description == "theirs"
        desk.assert_in_erp()

    def test_the_same_change_is_no_question(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 1))
        desk.erp.change("1", quantity=Decimal(5))
        desk.change("1", 5)
        desk.settle()
        assert desk.erp.landed_writes == []
        desk.assert_in_erp()

    @pytest.fixture
    def disputed(self, runner: ManualRunner) -> Desk:
        """Row 1 was 10, is 15 in the ERP and 12 here; row 2 is mine alone."""
        desk = Desk(runner, stored("1", 10), stored("2", 1))
        desk.erp.change("1", quantity=Decimal(15))
        desk.change("1", 12)
        desk.settle()
        assert desk.status("1") is RowStatus.COLLIDES
        (collision,) = desk.row("1").collisions
        assert [collision.mine, collision.theirs, collision.was] == [Decimal(12), Decimal(15), Decimal(10)]
        return desk

    def test_that_line_alone_asks(self, disputed: Desk) -> None:
        disputed.change("2", 3)
        disputed.settle()
        assert disputed.quantities() == [15, 3]
        assert disputed.status("1") is RowStatus.COLLIDES

    def test_mine(self, disputed: Desk) -> None:
        disputed.session.resolve("1", Keep.MINE)
        disputed.settle()
        assert disputed.quantities() == [12, 1]
        disputed.assert_in_erp()

    def test_theirs(self, disputed: Desk) -> None:
        disputed.session.resolve("1", Keep.THEIRS)
        disputed.settle()
        assert disputed.quantities() == [15, 1]
        disputed.assert_in_erp()

    def test_reading_again_does_not_answer_it(self, disputed: Desk) -> None:
        disputed.session.refresh()
        disputed.settle()
        assert disputed.status("1") is RowStatus.COLLIDES
        assert disputed.quantities() == [15, 1]

    def test_they_go_on_changing_it(self, disputed: Desk) -> None:
        disputed.erp.change("1", quantity=Decimal(20))
        disputed.session.refresh()
        disputed.settle()
        (collision,) = disputed.row("1").collisions
        assert [collision.mine, collision.theirs, collision.was] == [Decimal(12), Decimal(20), Decimal(10)]

    def test_they_change_it_back(self, disputed: Desk) -> None:
        disputed.erp.change("1", quantity=Decimal(10))
        disputed.session.refresh()
        disputed.settle()
        assert disputed.quantities() == [12, 1]
        disputed.assert_in_erp()

    def test_typing_their_value_answers_it(self, disputed: Desk) -> None:
        disputed.change("1", 15)
        disputed.settle()
        disputed.assert_in_erp()
        assert disputed.quantities() == [15, 1]

    def test_typing_another_value_asks_with_that(self, disputed: Desk) -> None:
        disputed.change("1", 13)
        disputed.settle()
        assert disputed.row("1").collisions[0].mine == 13
        disputed.session.resolve("1", Keep.MINE)
        disputed.settle()
        assert disputed.quantities() == [13, 1]

    def test_removing_it_asks_about_the_removal(self, disputed: Desk) -> None:
        disputed.session.remove("1")
        disputed.settle()
        assert disputed.status("1") is RowStatus.COLLIDES
        disputed.session.resolve("1", Keep.MINE)
        disputed.settle()
        assert disputed.quantities() == [1]
        disputed.assert_in_erp()

    def test_a_collision_is_answered_once(self, disputed: Desk) -> None:
        disputed.session.resolve("2", Keep.MINE)
        disputed.session.resolve("77", Keep.MINE)
        disputed.settle()
        assert disputed.status("1") is RowStatus.COLLIDES

    def test_their_discount_by_hand_is_asked_about(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.change("1", discount=Decimal("0.3"), unit_price=kroner(Decimal(70)))
        desk.change("1", 12)
        desk.settle()
        assert desk.status("1") is RowStatus.COLLIDES
        assert {c.name for c in desk.row("1").collisions} == {LineField.DISCOUNT, LineField.UNIT_PRICE}

    @pytest.fixture
    def gone(self, runner: ManualRunner) -> Desk:
        """They removed row 1, in which 12 is typed here."""
        desk = Desk(runner, stored("1", 10), stored("2", 1))
        desk.erp.remove("1")
        desk.change("1", 12)
        desk.settle()
        assert desk.status("1") is RowStatus.COLLIDES
        assert desk.row("1").line.quantity == 12
        return desk

    def test_they_removed_it_and_mine_is_to_stand(self, gone: Desk) -> None:
        gone.session.resolve("1", Keep.MINE)
        gone.settle()
        assert gone.quantities() == [1, 12]
        gone.assert_in_erp()

    def test_they_removed_it_and_so_be_it(self, gone: Desk) -> None:
        gone.session.resolve("1", Keep.THEIRS)
        gone.settle()
        assert gone.session.keys() == ("2",)
        gone.assert_in_erp()

    def test_a_line_they_removed_still_takes_typing_and_reading(self, gone: Desk) -> None:
        gone.session.refresh()
        gone.settle()
        gone.change("1", 10)
        gone.settle()
        assert gone.row("1").line.quantity == 10
        assert gone.status("1") is RowStatus.COLLIDES
        gone.session.resolve("1", Keep.MINE)
        gone.settle()
        assert gone.quantities() == [1, 10]

    def test_both_removed_it(self, gone: Desk) -> None:
        gone.session.remove("1")
        gone.settle()
        assert gone.session.keys() == ("2",)
        gone.assert_in_erp()

    def test_i_removed_what_they_changed(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.change("1", quantity=Decimal(15))
        desk.session.remove("1")
        desk.settle()
        assert desk.status("1") is RowStatus.COLLIDES
        assert desk.quantities() == [15]
        desk.session.resolve("1", Keep.MINE)
        desk.settle()
        assert desk.quantities() == []
        desk.assert_in_erp()

    def test_i_removed_what_they_changed_and_theirs_stays(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.change("1", quantity=Decimal(15))
        desk.session.remove("1")
        desk.settle()
        desk.session.resolve("1", Keep.THEIRS)
        desk.settle()
        assert desk.quantities() == [15]
        desk.assert_in_erp()

    def test_both_removed_a_line(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10), stored("2", 1))
        desk.erp.remove("1")
        desk.session.remove("1")
        desk.settle()
        desk.assert_in_erp()
        assert desk.quantities() == [1]

    def test_a_bad_text_goes_with_the_line(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.session.reject("1", LineField.QUANTITY, "x", InputProblem.NOT_A_NUMBER)
        desk.erp.remove("1")
        desk.session.refresh()
        desk.settle()
        assert desk.session.keys() == ()
        desk.assert_in_erp()

    def test_a_price_for_the_former_state_of_the_line_is_dropped(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.delay = 1.0
        desk.erp.change("1", quantity=Decimal(20))
        desk.session.refresh()
        desk.type("1", LineField.UNIT_PRICE, kroner(Decimal(50)))
        runner.advance(0.5)
        desk.session.leave("1")  # its price is being asked for, for 10, when the 20 is read
        desk.settle()
        assert desk.stored[0].amount == kroner(Decimal(1000))
        desk.assert_in_erp()

    def test_they_never_stop(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10), stored("2", 1))
        commit, tick = desk.erp.commit, iter(range(100))

        async def always_first(*args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003, ANN202
            desk.erp.change("2", description=str(next(tick)))
            return await commit(*args, **kwargs)

        desk.erp.commit = always_first  # type: ignore[method-assign]
        desk.change("1", 12)
        desk.settle()
        assert desk.status("1") is RowStatus.REFUSED
        assert desk.erp.calls.count("commit") == 6
        desk.erp.commit = commit  # type: ignore[method-assign]
        desk.session.retry("1")
        desk.settle()
        assert desk.quantities() == [12, 1]
        desk.assert_in_erp()

    def test_the_order_is_gone(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        kept = desk.erp.orders.pop("516")
        desk.change("1", 12)
        desk.settle()
        assert desk.status("1") is RowStatus.REFUSED
        assert isinstance(desk.row("1").fault, NotFound)
        assert isinstance(desk.session.notice, NotFound)
        desk.erp.orders["516"] = kept
        desk.session.retry("1")
        desk.settle()
        assert desk.quantities() == [12]

    def test_reading_fails_and_is_done_before_the_next_write(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.faults["open_order"].extend([Fault.TIMED_OUT, Fault.UNREACHABLE])
        desk.erp.change("1", description="theirs")
        desk.change("1", 12)
        desk.settle()
        assert desk.erp.calls.count("commit") == 2
        assert desk.quantities() == [12]
        desk.assert_in_erp()

    def test_refresh_shows_what_they_did(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.add(stored("3", 4))
        desk.session.refresh()
        desk.session.refresh()
        desk.settle()
        assert desk.erp.calls == ["open_order"]
        assert desk.session.keys() == ("1", "3")
        desk.assert_in_erp()


class TestActions:
    def test_it_runs_after_the_rows_that_wait(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.quantity("1", 12)
        blank = desk.session.add_line()
        desk.session.act("quote")
        desk.settle()
        assert desk.session.keys() == ("1",), f"{blank} is blank"
        assert desk.erp.calls == ["price_line", "commit", "act"]
        assert desk.session.order.state.key == "quotation"
        desk.assert_in_erp()

    def test_not_while_a_row_is_refused(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.refuses = lambda _line: "no"
        desk.change("1", 12)
        desk.session.act("quote")
        desk.settle()
        assert isinstance(desk.session.notice, Refused)
        assert desk.session.notice.detail == "rows_not_written"
        assert desk.erp.actions_done == []

    def test_it_waits_for_a_product_that_is_looked_up(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.quantity(key, 1)
        desk.session.reject(key, LineField.PRODUCT, "47", InputProblem.LOOKING_UP)
        desk.session.act("quote")
        desk.settle()
        assert desk.session.notice is None
        desk.type(key, LineField.PRODUCT, LAMP)
        desk.session.leave(key)
        desk.settle()
        assert desk.erp.actions_done == ["quote"]
        desk.assert_in_erp()

    def test_not_on_an_order_that_does_not_exist(self, runner: ManualRunner) -> None:
        desk = Desk(runner, is_new=True)
        desk.session.act("quote")
        desk.settle()
        assert desk.session.notice is not None
        assert desk.erp.calls == []

    def test_refused(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.action_refused = "no address"
        desk.session.act("quote")
        desk.settle()
        assert desk.session.notice is not None
        assert desk.session.notice.words == "no address"
        desk.erp.action_refused = ""
        desk.session.act("quote")
        desk.settle()
        assert desk.session.notice is None
        desk.assert_in_erp()

    @pytest.mark.parametrize("yes", [True, False])
    def test_a_question(self, runner: ManualRunner, yes: bool) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.action_asks = "sure"
        desk.session.act("quote")
        desk.settle()
        assert desk.session.question is not None
        desk.session.answer(yes=yes)
        desk.settle()
        assert desk.erp.actions_done == ["quote"] * yes
        desk.assert_in_erp()

    def test_a_no_to_a_row_is_a_no_to_the_action_after_it(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.asks = big
        desk.quantity("1", 501)
        desk.session.act("quote")
        desk.settle()
        desk.session.answer(yes=False)
        desk.settle()
        assert desk.session.question is None
        assert desk.status("1") is RowStatus.REFUSED
        assert desk.erp.actions_done == []

    @pytest.mark.parametrize("fault", UNKNOWN)
    def test_the_orders_own_state_tells_whether_it_went_through(self, runner: ManualRunner, fault: Fault) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.faults["act"].append(fault)
        desk.erp.faults["open_order"].append(Fault.TIMED_OUT)
        desk.session.act("quote")
        desk.settle()
        assert desk.session.notice is not None
        assert len(desk.erp.actions_done) == (fault is not Fault.LOST_BEFORE and fault is not Fault.LATE)
        assert desk.session.order == desk.erp.orders["516"]
        desk.assert_in_erp()

    def test_unreachable_is_said_and_not_repeated(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.is_down = True
        desk.session.act("quote")
        desk.settle()
        assert isinstance(desk.session.notice, Unreachable)
        desk.erp.is_down = False
        desk.settle()
        assert desk.erp.actions_done == []

    def test_rows_typed_meanwhile_are_written_afterwards(self, runner: ManualRunner) -> None:
        desk = Desk(runner, stored("1", 10))
        desk.erp.delay = 1.0
        desk.session.act("quote")
        runner.advance(0.2)
        desk.session.act("again")  # has no effect while one runs
        desk.change("1", 12)
        desk.settle()
        assert desk.erp.actions_done == ["quote"]
        assert desk.quantities() == [12]
        desk.assert_in_erp()
