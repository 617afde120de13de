"""`UnitLookup`: a word becomes a unit while the user types on."""

from decimal import Decimal
from typing import cast

from app.domain.orders import LineField
from app.ports.erp import ErpSystem
from app.services.order_rows import InputProblem, RowStatus
from app.services.unit_lookup import TypedUnit, UnitLookup
from tests.helpers.fake_erp import BOXES, LAMP, Fault
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored


class Typist:
    """Types units in an order."""

    def __init__(self, runner: ManualRunner) -> None:
        self.desk = Desk(runner, stored("1", 1))
        self.lookup = UnitLookup(cast(ErpSystem, self.desk.erp), self.desk.session, runner)

    def unit(self, key: str, word: str) -> None:
        """In the unit's cell."""
        self.lookup.look_up(key, LineField.UNIT, TypedUnit(word, word), lambda: self.desk.session.leave(key))

    def quantity(self, key: str, number: int, word: str) -> None:
        """In the quantity's."""
        typed = TypedUnit(f"{number} {word}", word, Decimal(number))
        self.lookup.look_up(key, LineField.QUANTITY, typed, lambda: self.desk.session.leave(key))


def test_a_word_becomes_a_unit_and_the_row_goes_on(runner: ManualRunner) -> None:
    typist = Typist(runner)
    desk = typist.desk
    typist.quantity("1", 3, "BOX")
    assert desk.row("1").bad[LineField.QUANTITY].problem is InputProblem.LOOKING_UP
    desk.settle()
    assert desk.erp.calls == ["units_for", "price_line", "commit"]
    assert (desk.stored[0].quantity, desk.stored[0].unit) == (3, BOXES)
    desk.erp.calls.clear()
    typist.unit("1", "pcs")
    desk.settle()
    assert "units_for" not in desk.erp.calls, "a product's units are asked for once"
    desk.assert_in_erp()


def test_an_unknown_one_stays_and_says_what_there_is(runner: ManualRunner) -> None:
    typist = Typist(runner)
    typist.unit("1", "kg")
    typist.desk.settle()
    row = typist.desk.row("1")
    assert row.status is RowStatus.REFUSED
    assert (row.bad[LineField.UNIT].text, row.bad[LineField.UNIT].choices) == ("kg", ("pcs", "box"))
    assert typist.desk.stored[0].quantity == 1


def test_it_waits_for_the_product(runner: ManualRunner) -> None:
    typist = Typist(runner)
    desk = typist.desk
    key = desk.session.add_line()
    desk.session.reject(key, LineField.PRODUCT, "4711", InputProblem.LOOKING_UP)
    typist.quantity(key, 3, "box")
    desk.session.leave(key)
    desk.settle()
    assert desk.erp.calls == []
    desk.session.edit(key, LineField.PRODUCT, LAMP)
    typist.lookup.resume(key)
    desk.settle()
    assert (desk.stored[1].quantity, desk.stored[1].unit) == (3, BOXES)
    desk.assert_in_erp()


def test_a_late_answer_changes_nothing(runner: ManualRunner) -> None:
    typist = Typist(runner)
    desk = typist.desk
    desk.erp.delay = 1.0
    typist.unit("1", "box")
    desk.session.revert("1")
    runner.advance(2)
    assert desk.status("1") is RowStatus.STORED
    typist.lookup._known.clear()
    typist.quantity("1", 3, "box")
    desk.quantity("1", 7)
    desk.session.leave("1")
    desk.settle()
    assert (desk.stored[0].quantity, desk.stored[0].unit) == (7, stored("1", 1).unit)
    key = desk.session.add_line()
    desk.type(key, LineField.PRODUCT, LAMP)
    typist.lookup._known.clear()
    typist.unit(key, "box")
    desk.session.remove(key)
    desk.settle()
    desk.assert_in_erp()


def test_while_the_erp_does_not_answer_the_word_waits(runner: ManualRunner) -> None:
    typist = Typist(runner)
    desk = typist.desk
    desk.erp.faults["units_for"].extend([Fault.TIMED_OUT, Fault.UNREACHABLE])
    typist.unit("1", "box")
    desk.session.leave("1")
    runner.advance(0.1)
    desk.session.act("quote")
    assert desk.status("1") is RowStatus.PENDING
    desk.settle()
    assert desk.stored[0].unit == BOXES
    assert desk.erp.actions_done == ["quote"], "an action waits for it"
