"""Killed at any moment: what was on its way is in the ERP once, or typed in again on the desk."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest

from app.domain.order_changes import LineChange, LineRemoval, OrderChanges
from app.domain.orders import LineField, Order, OrderLine
from app.ports.connection import Connection
from app.ports.erp import ErpSystem
from app.ports.journal import Waiting
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.order_recovery import Outcome, Recovered
from app.services.order_rows import RowStatus
from app.services.order_session import OrderSession
from app.services.order_writes import SETTLES_WITHIN
from app.services.systems import Systems
from tests.helpers.fake_erp import DRIVER, LAMP, FakeErp, Fault, order_of, priced
from tests.helpers.fake_journal import FakeJournal, FakeJournals
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import stored

HERE = Connection("fake", "http://127.0.0.1:1", "clerk")


class Computer:
    """The clerk's computer, on which the program is started, killed and started again.

    Attributes:
        told: What the window was told since the program was last started.
    """

    def __init__(self, runner: ManualRunner, *lines: OrderLine, is_new: bool = False) -> None:
        self.runner = runner
        self.order = order_of(*lines, order_id=None if is_new else "516")
        self.erp = FakeErp(self.order)
        self.journal = FakeJournal()
        self.told: list[Recovered] = []
        self.desk: OrderDesk
        self.start()

    def start(self) -> None:
        """Start the program and sign in."""
        self.journal.next_run()
        self.told.clear()
        systems = Systems(erp=cast(ErpSystem, self.erp), erp_connection=HERE)
        self.desk = OrderDesk(systems, self.runner, FakeJournals(self.journal))
        self.desk.recover(self.told.append)

    def open(self, order: Order | None = None) -> OrderSession:
        """Open the order."""
        opened: list[DeskOrder] = []
        if order is None and self.order.id is not None:
            self.desk.open(self.order.id, opened.append, lambda fault: pytest.fail(str(fault)))
        else:
            self.desk.propose("7", opened.append, lambda fault: pytest.fail(str(fault)))
        self.runner.advance(0.05)
        return opened[0].session

    def restored(self) -> OrderSession:
        """The order in which the only recovered write was typed in again."""
        opened: list[DeskOrder] = []
        (told,) = self.told
        self.desk.open_restored(told.entry.id, opened.append)
        return opened[0].session

    def kill(self) -> None:
        """End the program as a power cut would, and start it again."""
        self.runner.kill()
        self.start()

    def quantities(self) -> list[int]:
        """What the ERP has."""
        return [int(line.quantity or 0) for order in self.erp.orders.values() for line in order.lines]


def enter(session: OrderSession, value: int) -> str:
    """Type a row and leave it."""
    key = session.add_line()
    session.edit(key, LineField.PRODUCT, LAMP)
    session.edit(key, LineField.QUANTITY, Decimal(value))
    session.leave(key)
    return key


def change(session: OrderSession, key: str, value: int) -> None:
    """Type a quantity and leave the row."""
    session.edit(key, LineField.QUANTITY, Decimal(value))
    session.leave(key)


def test_a_write_that_went_well_is_forgotten(runner: ManualRunner) -> None:
    computer = Computer(runner)
    enter(computer.open(), 3)
    runner.settle()
    assert len(computer.journal.begun) == 1
    assert not computer.journal.entries
    computer.kill()
    runner.settle()
    assert not computer.told


def test_it_is_in_the_journal_before_it_is_sent(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1))
    session = computer.open()
    computer.journal.takes = 0.1  # a slow disk
    change(session, "1", 5)
    runner.advance(0.1)
    assert computer.erp.calls[-1] == "price_lines"
    runner.settle()
    assert computer.erp.calls[-1] == "commit"
    assert computer.quantities() == [5]


def test_a_certain_refusal_is_forgotten(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1))
    session = computer.open()
    computer.erp.is_closed = True
    change(session, "1", 5)
    runner.settle()
    assert session.row("1").status is RowStatus.REFUSED
    assert not any(entry.is_sent for entry in computer.journal.entries.values())
    session.revert("1")
    runner.settle()
    assert not computer.journal.entries


def test_what_is_typed_in_an_order_that_is_being_created_goes_into_it(runner: ManualRunner) -> None:
    computer = Computer(runner, is_new=True)
    session = computer.open()
    computer.erp.faults["commit"].append(Fault.LOST_AFTER)
    enter(session, 40)
    runner.advance(0.03)  # on its way
    enter(session, 50)
    enter(session, 60)
    runner.advance(0.001)
    computer.kill()
    runner.settle()
    assert [told.outcome for told in computer.told] == [Outcome.IN_ERP, Outcome.RESTORED]
    assert len(computer.erp.orders) == 1
    assert computer.quantities() == [40, 50, 60]
    assert not computer.journal.entries


def test_an_unknown_outcome_stays_until_it_is_certain(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1))
    session = computer.open()
    computer.erp.faults["commit"].append(Fault.LOST_AFTER)
    computer.erp.faults["landed"].extend([Fault.UNREACHABLE] * 3)
    change(session, "1", 5)
    runner.advance(1)
    assert len(computer.journal.entries) == 1
    runner.settle()
    assert not computer.journal.entries
    assert computer.quantities() == [5]


@pytest.mark.parametrize("moment", [step / 200 for step in range(24)])
@pytest.mark.parametrize("fault", [None, Fault.LOST_AFTER, Fault.LOST_BEFORE, Fault.LATE])
def test_killed_at_any_moment(runner: ManualRunner, moment: float, fault: Fault | None) -> None:
    computer = Computer(runner, stored("1", 1), stored("2", 2), stored("3", 3))
    session = computer.open()
    if fault is not None:
        computer.erp.faults["commit"].append(fault)
    change(session, "1", 10)
    session.remove("2")
    enter(session, 40)
    runner.advance(moment)
    computer.kill()
    runner.settle()
    assert not computer.journal.entries
    assert sorted(computer.quantities()) == [3, 10, 40]
    assert computer.erp.most_writes_at_once <= 1


@pytest.mark.parametrize("moment", [step / 200 for step in range(16)])
@pytest.mark.parametrize("again", [0.01, 0.3, 10.0, SETTLES_WITHIN])
def test_killed_again_while_it_is_being_brought_to_an_end(runner: ManualRunner, moment: float, again: float) -> None:
    computer = Computer(runner, is_new=True)
    session = computer.open()
    computer.erp.faults["commit"].extend([Fault.LATE, Fault.LOST_BEFORE])
    enter(session, 40)
    runner.advance(moment)
    computer.kill()
    runner.advance(again)
    computer.kill()
    runner.settle()
    assert not computer.journal.entries
    assert computer.quantities() == [40]


def test_the_user_is_told_what_became_of_it(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1))
    computer.erp.faults["commit"].append(Fault.LOST_AFTER)
    change(computer.open(), "1", 5)
    runner.advance(0.05)
    computer.kill()
    runner.settle()
    (told,) = computer.told
    assert (told.outcome, told.number, told.lines) == (Outcome.IN_ERP, "SO-516", 1)

    computer.erp.faults["commit"].append(Fault.LOST_BEFORE)
    change(computer.open(), "1", 6)
    runner.advance(0.05)
    computer.kill()
    runner.settle()
    (told,) = computer.told
    assert (told.outcome, told.number, told.lines) == (Outcome.STORED_NOW, "SO-516", 1)
    assert computer.quantities() == [6]


class TestItCouldNotBeSentAsItWas:
    def killed(self, runner: ManualRunner, meanwhile: Callable[[FakeErp], None]) -> Computer:
        """Line 1 was changed to 5 and a line of 40 added, nothing arrived, and then something happened."""
        computer = Computer(runner, stored("1", 1), stored("2", 2))
        session = computer.open()
        session.edit("1", LineField.QUANTITY, Decimal(5))
        key = session.add_line()
        session.edit(key, LineField.PRODUCT, LAMP)
        session.edit(key, LineField.QUANTITY, Decimal(40))
        runner.advance(0.5)  # both are priced
        computer.erp.is_down = True  # so that both go in one write
        session.leave("1")
        session.leave(key)
        runner.advance(0.1)
        computer.erp.is_down = False
        computer.erp.faults["commit"].append(Fault.LOST_BEFORE)
        session.retry()
        runner.advance(0.015)
        assert len(computer.journal.begun[-1].line_ids) == 2
        assert len(computer.journal.entries) == 1
        runner.kill()
        meanwhile(computer.erp)
        computer.start()
        runner.settle()
        return computer

    def test_somebody_changed_another_line(self, runner: ManualRunner) -> None:
        computer = self.killed(runner, lambda erp: erp.change("2", quantity=Decimal(7)))
        assert [told.outcome for told in computer.told] == [Outcome.RESTORED]
        assert computer.quantities() == [5, 7, 40]  # nothing collides, so nobody is asked
        assert not computer.journal.entries

    def test_somebody_changed_the_same_line(self, runner: ManualRunner) -> None:
        computer = self.killed(runner, lambda erp: erp.change("1", quantity=Decimal(7)))
        assert computer.quantities() == [7, 2, 40]
        session = computer.restored()
        assert session.row("1").status is RowStatus.REFUSED
        assert session.row("1").line.quantity == 5
        assert len(computer.journal.entries) == 1  # until the user has decided
        session.retry("1")
        runner.settle()
        assert computer.quantities() == [5, 2, 40]
        assert not computer.journal.entries

    def test_what_waits_for_the_user_is_there_after_another_kill(self, runner: ManualRunner) -> None:
        computer = self.killed(runner, lambda erp: erp.change("1", quantity=Decimal(7)))
        computer.kill()
        runner.settle()
        session = computer.restored()
        assert session.row("1").line.quantity == 5
        assert computer.quantities() == [7, 2, 40]
        session.revert("1")
        runner.settle()
        assert computer.quantities() == [7, 2, 40]
        assert not computer.journal.entries

    def test_a_row_made_anew_never_takes_the_place_of_one_that_comes_back(
        self, runner: ManualRunner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)  # the clock stands still, or was set back
        computer = self.killed(runner, lambda erp: erp.remove("1"))
        assert computer.quantities() == [2, 40]

    def test_somebody_removed_the_line(self, runner: ManualRunner) -> None:
        computer = self.killed(runner, lambda erp: erp.remove("1"))
        session = computer.restored()
        assert computer.quantities() == [2, 40]
        (key,) = session.problem_keys()
        assert session.row(key).line.quantity == 5
        session.retry(key)
        runner.settle()
        assert sorted(computer.quantities()) == [2, 5, 40]
        assert not computer.journal.entries

    def test_the_order_takes_no_changes_any_more(self, runner: ManualRunner) -> None:
        def close(erp: FakeErp) -> None:
            erp.is_closed = True

        computer = self.killed(runner, close)
        session = computer.restored()
        assert len(session.problem_keys()) == 2
        assert computer.quantities() == [1, 2]
        assert len(computer.journal.entries) == 1
        for key in session.problem_keys():
            session.revert(key)
        runner.settle()
        assert not computer.journal.entries

    def test_the_order_is_gone(self, runner: ManualRunner) -> None:
        computer = self.killed(runner, lambda erp: erp.orders.clear())
        assert [told.outcome for told in computer.told] == [Outcome.ORDER_GONE]
        assert not computer.journal.entries


def of_line_1(order: Order, value: int, *further: LineField, version: str = "") -> OrderChanges:
    """What a run left that had another quantity typed in line 1, and something in its further fields."""
    (line, *_) = order.lines
    line = replace(line, quantity=Decimal(value), description="Kitchen", version=version or line.version)
    change = LineChange(line, frozenset({LineField.QUANTITY, *further}), False)
    return OrderChanges(order.id, order.version, order.header, changed=(change,))


@pytest.mark.parametrize("comes_first", [1, 2])
@pytest.mark.parametrize("has_moved", [False, True])
@pytest.mark.parametrize("pause", [0.0, 0.02, 5.0])
def test_of_two_runs_the_later_ones_value_stands(
    runner: ManualRunner, pause: float, *, comes_first: int, has_moved: bool
) -> None:
    """A run in which the ERP did not answer leaves the one's entry beside its own; found by the fault campaign."""
    computer = Computer(runner, stored("1", 1))
    session = computer.open()
    version = "of another time" if has_moved else ""
    earlier = of_line_1(computer.order, 5, LineField.DESCRIPTION, version=version)
    entries = {1: earlier, 2: of_line_1(computer.order, 6, version=version)}
    for entry_id in (comes_first, 3 - comes_first):
        session.restore(entries[entry_id], entry_id)
        if comes_first == 1:
            runner.advance(pause)
    for _ in range(2):
        runner.settle()
        for key in session.problem_keys():
            session.retry(key)
    assert computer.quantities() == [6]
    assert computer.erp.orders["516"].lines[0].description == "Kitchen"


def test_a_later_runs_removal_stands(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1), stored("2", 2))
    session = computer.open()
    order, removal = computer.order, LineRemoval("1", computer.order.lines[0].version)
    session.restore(OrderChanges(order.id, order.version, order.header, removed=(removal,)), 2)
    session.restore(of_line_1(order, 5), 1)
    runner.settle()
    assert computer.quantities() == [2]


def test_what_is_typed_now_stands_before_what_comes_back(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1))
    session = computer.open()
    session.restore(of_line_1(computer.order, 5), 1)
    session.edit("1", LineField.QUANTITY, Decimal(7))
    session.restore(of_line_1(computer.order, 6), 2)
    session.leave("1")
    runner.settle()
    assert computer.quantities() == [7]


def test_a_user_who_must_sign_in_first_is_waited_for(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1))
    computer.erp.faults["commit"].append(Fault.LOST_BEFORE)
    change(computer.open(), "1", 5)
    runner.advance(0.05)
    computer.erp.faults["landed"].append(Fault.ACCESS_ENDED)
    computer.kill()
    runner.settle()
    assert not computer.told
    assert computer.journal.entries
    computer.desk.recover(computer.told.append)
    runner.settle()
    assert computer.quantities() == [5]
    assert not computer.journal.entries


@pytest.mark.parametrize("failing", [1, 2])
def test_what_cannot_be_ended_holds_back_what_was_typed_before_and_after_it(runner: ManualRunner, failing: int) -> None:
    """Typed in again alone, the earlier one would be entered anew and pass for the later; found by the campaign."""
    computer = Computer(runner, stored("1", 1))
    for slot, value in (("earlier", 5), ("later", 6)):
        rows = of_line_1(computer.order, value, version="of another time")
        runner.run(computer.journal.keep(Waiting(slot, rows)), lambda _: None, lambda _: None)
    runner.settle()
    reads: list[Fault | None] = [None, None]
    reads[failing - 1] = Fault.TIMED_OUT
    computer.erp.faults["open_order"].extend(reads)  # type: ignore[arg-type]
    computer.kill()
    runner.settle()
    assert not computer.told
    assert len(computer.journal.entries) == 2
    computer.kill()
    runner.settle()
    session = computer.open()
    assert session.row("1").line.quantity == 6
    session.retry("1")
    runner.settle()
    assert computer.quantities() == [6]
    assert not computer.journal.entries


def test_several_are_ended_one_after_the_other(runner: ManualRunner) -> None:
    computer = Computer(runner, stored("1", 1))
    line = priced(OrderLine("new-1", product=DRIVER, quantity=Decimal(2)))
    new = LineChange(line, frozenset({LineField.PRODUCT, LineField.QUANTITY}), True)
    base = computer.erp.orders["516"]
    for token in (1, 2, 3):
        created = (replace(new, line=replace(line, id=f"new-{token}")),)
        runner.run(
            computer.journal.begin(
                OrderChanges("516", base.version, base.header, created), frozenset(), Waiting(str(token))
            ),
            lambda _: None,
            lambda _: None,
        )
    runner.settle()
    computer.kill()
    runner.settle()
    # The second and third rested on a version that is gone with the first.
    outcomes = [told.outcome for told in computer.told]
    assert outcomes == [Outcome.STORED_NOW, Outcome.RESTORED, Outcome.RESTORED]
    assert computer.quantities() == [1, 2, 2, 2]
    assert not computer.journal.entries
