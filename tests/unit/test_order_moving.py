"""Rows put in another order, on a fake ERP in virtual time."""

from decimal import Decimal

import pytest

from app.domain.order_moves import LineMove
from app.domain.orders import LineField
from app.services.order_rows import InputProblem, RowStatus
from app.storage.journal_codec import decode, encode
from tests.helpers.fake_erp import CABLE, DRIVER, Fault
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored


@pytest.fixture
def desk(runner: ManualRunner) -> Desk:
    """An order of four lines."""
    return Desk(runner, stored("1", 1), stored("2", 2, DRIVER), stored("3", 3, CABLE), stored("4", 4))


def test_several_presses_are_one_write(desk: Desk) -> None:
    desk.session.move(("4", "2"))
    assert desk.session.keys() == ("1", "2", "4", "3")
    desk.runner.advance(0.2)
    desk.session.move(("4", "1"))
    desk.runner.advance(0.2)
    desk.session.move(("4", None))
    assert desk.session.has_unwritten
    assert desk.status("4") is RowStatus.PENDING
    desk.settle()
    assert [line.id for line in desk.stored] == ["4", "1", "2", "3"]
    assert [write.moved for write in desk.erp.landed_writes] == [(LineMove("4", None),)]
    desk.assert_in_erp()


def test_leaving_the_row_ends_the_wait(desk: Desk) -> None:
    desk.session.move(("4", None))
    desk.session.leave("4")
    desk.runner.advance(0.001)
    assert desk.status("4") is RowStatus.SENDING
    desk.settle()
    assert [line.id for line in desk.stored] == ["4", "1", "2", "3"]


def test_back_where_it_was_is_no_write(desk: Desk) -> None:
    desk.session.move(("4", "2"))
    desk.session.move(("4", "3"))
    desk.settle()
    assert desk.erp.landed_writes == []
    assert not desk.session.has_unwritten


@pytest.mark.parametrize("fault", [Fault.LOST_AFTER, Fault.LOST_BEFORE, Fault.LATE, Fault.MALFORMED, Fault.UNREACHABLE])
def test_a_move_whose_answer_is_lost_is_done_once(desk: Desk, fault: Fault) -> None:
    desk.erp.faults["commit"].append(fault)
    desk.session.move(("1", "3"))
    desk.settle()
    assert [line.id for line in desk.stored] == ["2", "3", "1", "4"]
    desk.runner.advance(10)
    assert len(desk.erp.landed_writes) == 1
    desk.assert_in_erp()


def test_both_moved_the_later_one_stands_and_no_line_is_lost(desk: Desk) -> None:
    desk.erp.move("1", "4")
    desk.erp.move("2", None)
    desk.erp.add(stored("9", 9))
    desk.session.move(("1", "2"))
    desk.settle()
    assert [line.id for line in desk.stored] == ["2", "1", "3", "4", "9"]
    assert desk.statuses() == {RowStatus.STORED}
    desk.assert_in_erp()


def test_what_it_was_to_follow_is_gone(desk: Desk) -> None:
    desk.erp.remove("3")
    desk.session.move(("1", "3"))
    desk.settle()
    assert [line.id for line in desk.stored] == ["2", "1", "4"]
    desk.assert_in_erp()


def test_a_new_row_in_the_middle_is_created_and_then_moved(desk: Desk) -> None:
    key = desk.session.add_line()
    desk.session.move((key, "1"))
    desk.type(key, LineField.PRODUCT, CABLE)
    desk.quantity(key, 7)
    desk.session.leave(key)
    assert desk.session.keys() == ("1", key, "2", "3", "4")
    desk.settle()
    assert desk.session.keys() == ("1", key, "2", "3", "4")
    assert desk.quantities() == [1, 7, 2, 3, 4]
    assert [bool(write.moved) for write in desk.erp.landed_writes] == [False, True]
    desk.assert_in_erp()


def test_a_row_behind_one_that_waits_keeps_its_place(desk: Desk) -> None:
    waits = desk.session.add_line()
    desk.type(waits, LineField.PRODUCT, CABLE)
    desk.session.reject(waits, LineField.QUANTITY, "many", InputProblem.NOT_A_NUMBER)
    desk.session.leave(waits)
    desk.session.move(("1", waits))
    desk.settle()
    assert desk.session.keys() == ("2", "3", "4", waits, "1")
    assert [line.id for line in desk.stored] == ["2", "3", "4", "1"]
    desk.change(waits, 7)
    desk.settle()
    assert desk.session.keys() == ("2", "3", "4", waits, "1")
    assert desk.quantities() == [2, 3, 4, 7, 1]
    desk.assert_in_erp()


def test_a_move_that_is_refused_is_told_and_given_up(desk: Desk) -> None:
    desk.erp.is_closed = True
    desk.session.move(("1", "3"))
    desk.settle()
    assert desk.session.keys() == ("1", "2", "3", "4")
    assert desk.session.notice is not None
    assert not desk.session.has_unwritten


def test_moves_that_wait_are_in_the_journal_and_come_back(desk: Desk, runner: ManualRunner) -> None:
    desk.erp.is_down = True
    new = desk.enter(7, CABLE)
    desk.session.move(("1", "3"), (new, "2"))
    desk.runner.advance(2)
    waiting = desk.session._unwritten.waiting()
    assert waiting is not None
    assert waiting.moved == (LineMove(new, "2"), LineMove("1", "3"))
    desk.session.close()
    again = Desk(runner, *(desk.session.order.lines))
    again.session.restore(decode(encode(waiting, frozenset()))[0], 1)
    again.settle()
    assert again.quantities() == [2, 7, 3, 1, 4]
    again.assert_in_erp()


def test_a_removed_line_leaves_its_follower_behind_the_one_before(desk: Desk) -> None:
    desk.session.move(("4", "2"))
    desk.session.remove("2")
    desk.settle()
    assert [line.id for line in desk.stored] == ["1", "4", "3"]
    assert [int(line.quantity or Decimal(0)) for line in desk.stored] == [1, 4, 3]
    desk.assert_in_erp()


@pytest.mark.parametrize("sorts_new", [False, True])
def test_a_row_that_is_created_late_stays_where_it_was_begun(runner: ManualRunner, sorts_new: bool) -> None:
    """The ERP puts it behind those that were there before it, or among them, as Tryton does."""
    desk = Desk(runner, stored("1", 1))
    desk.erp.sorts_new = sorts_new
    waits = desk.session.add_line()
    desk.type(waits, LineField.PRODUCT, CABLE)
    keys = ("1", waits, desk.enter(2), desk.enter(3))
    desk.settle()
    assert desk.quantities() == [1, 2, 3]
    desk.change(waits, 7)
    for _ in range(40):
        assert desk.session.keys() == keys
        desk.window.check()
        runner.advance(0.01)
    desk.settle()
    assert desk.quantities() == [1, 7, 2, 3]
    assert sum(bool(write.moved) for write in desk.erp.landed_writes) == (0 if sorts_new else 1)
    desk.assert_in_erp()


def test_somebody_elses_move_of_a_line_begun_here_is_shown(desk: Desk) -> None:
    key = desk.enter(7, CABLE)
    desk.settle()
    desk.erp.move(desk.erp.ids[key], "1")
    desk.session.refresh()
    desk.settle()
    assert desk.session.keys() == ("1", key, "2", "3", "4")


def test_a_move_that_a_removal_makes_needless_is_over_and_told(desk: Desk) -> None:
    desk.session.remove("3")
    desk.runner.advance(0.005)
    desk.session.move(("2", "3"))
    assert desk.status("2") is RowStatus.PENDING
    desk.settle()
    assert desk.status("2") is RowStatus.STORED
    assert not any(write.moved for write in desk.erp.landed_writes)
    desk.assert_in_erp()
