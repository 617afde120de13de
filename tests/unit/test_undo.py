"""Undo and redo of the lines of one order, on a fake ERP in virtual time."""

import os
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.orders import LineField, OrderLine
from app.domain.price_origin import PriceChoice
from app.services.order_desk import DeskOrder
from app.services.order_rows import InputProblem, RowStatus
from app.services.product_lookup import ProductLookup
from app.ui.orders.undo import OrderUndo, move_words, new_line_words, removal_words, typing_words, undo_of
from tests.helpers.fake_erp import CABLE, DRIVER, LAMP, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored


class Hands:
    """A clerk at an order, whose every deed is a step.

    Attributes:
        raised: What should never be raised where Qt would swallow it.
    """

    def __init__(self, runner: ManualRunner, *lines: OrderLine, knows_prices: bool = True) -> None:
        self.desk = Desk(runner, *lines, knows_prices=knows_prices)
        self.session = self.desk.session
        lookup = ProductLookup(cast(Any, self.desk.erp), self.session, runner)
        self.undo: OrderUndo = undo_of(cast(DeskOrder, SimpleNamespace(session=self.session, products=lookup)))
        self.raised: list[Exception] = []
        self._bring, self.undo.bring = self.undo.bring, self._watched  # type: ignore[method-assign]

    def _watched(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return self._bring(*args, **kwargs)
        except Exception as error:
            self.raised.append(error)
            raise

    def enter(self, quantity: int, product: Any = LAMP) -> str:
        """Type a new line and leave it, as the window does."""
        with self.undo.step(new_line_words, typing=True):
            key = self.session.add_line()
            self.session.edit(key, LineField.PRODUCT, product)
        self.type(key, LineField.QUANTITY, Decimal(quantity))
        self.session.leave(key)
        return key

    def type(self, key: str, name: LineField, value: Any) -> None:
        """Type in a cell."""
        with self.undo.step(typing_words(name), typing=True):
            self.session.edit(key, name, value)

    def change(self, key: str, quantity: int) -> None:
        """Type a quantity and leave the row."""
        self.type(key, LineField.QUANTITY, Decimal(quantity))
        self.session.leave(key)

    def remove(self, *keys: str) -> None:
        """Take lines away."""
        with self.undo.step(removal_words):
            self.session.remove(*keys)

    def move(self, key: str, by: int) -> None:
        """Put a row up or down."""
        keys = [each for each in self.session.keys() if each != key]
        at = max(0, min(len(keys), self.session.keys().index(key) + by))
        with self.undo.step(move_words, typing=True):
            self.session.move((key, keys[at - 1] if at else None))

    def content(self) -> list[tuple[object, ...]]:
        """What the ERP has, from top to bottom, whatever the lines' ids are."""
        return [_essence(line) for line in self.desk.stored]


def _essence(line: OrderLine) -> tuple[object, ...]:
    code = line.product.code if line.product else ""
    return code, line.description, line.quantity, line.unit, line.unit_price, line.discount, line.kind


@pytest.fixture
def hands(runner: ManualRunner) -> Hands:
    """At an order of two lines."""
    return Hands(runner, stored("1", 1), stored("2", 2, DRIVER))


def test_a_change_that_is_in_the_erp_is_taken_back_and_priced_anew(hands: Hands) -> None:
    hands.change("1", 100)
    hands.desk.settle()
    assert hands.desk.stored[0].discount == Decimal("0.10")
    assert hands.undo.undo_words == "quantity of line 4711"
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    assert hands.desk.stored[0].discount == 0
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.quantities() == [100, 2]
    assert hands.desk.stored[0].discount == Decimal("0.10")
    hands.desk.assert_in_erp()


def test_what_waits_is_simply_taken_back(hands: Hands) -> None:
    hands.change("1", 5)
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.erp.landed_writes == []
    assert not hands.session.has_unwritten


def test_a_new_line_is_one_step_until_it_is_left(hands: Hands) -> None:
    key = hands.enter(5, CABLE)
    hands.desk.settle()
    assert hands.undo.undo_words == "new line 4713"
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    assert not hands.undo.can_undo
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2, 5]
    assert hands.session.keys()[-1] == key, "the row is the same, whatever the ERP calls the line"
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]


def test_earlier_steps_find_a_line_that_was_removed_and_made_again(hands: Hands) -> None:
    hands.change("1", 7)
    hands.desk.settle()
    hands.remove("1", "2")
    hands.desk.settle()
    assert hands.desk.quantities() == []
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [7, 2]
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    hands.undo.redo()
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.quantities() == []
    hands.desk.assert_in_erp()


@pytest.mark.parametrize("wait", [0.0, 0.005, 0.015, 0.03])
def test_a_removal_on_its_way_is_taken_back(hands: Hands, wait: float) -> None:
    hands.remove("1")
    hands.desk.runner.advance(wait)
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    assert hands.session.keys() == ("1", "2")
    hands.desk.assert_in_erp()


def test_removals_on_their_way_come_back_where_they_were(hands: Hands) -> None:
    for line_id in ("3", "4", "5"):
        hands.desk.erp.add(stored(line_id, int(line_id)))
    hands.session.refresh()
    hands.desk.settle()
    hands.remove("2", "3", "4")
    hands.desk.runner.advance(0.015)
    hands.undo.undo()
    hands.desk.settle()
    assert hands.session.keys() == ("1", "2", "3", "4", "5")
    assert hands.desk.quantities() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("wait", [0.0, 0.005, 0.015, 0.03, 1.0])
def test_what_was_moved_while_its_neighbours_were_gone_comes_back_too(hands: Hands, wait: float) -> None:
    hands.desk.erp.add(stored("3", 3))
    hands.session.refresh()
    hands.desk.settle()
    new = hands.enter(4, CABLE)
    hands.desk.settle()
    deeds = [
        lambda: hands.remove("2", "3"),
        lambda: hands.move("1", 9),
        lambda: hands.remove(new),
        lambda: hands.enter(5),
        lambda: hands.move("1", 9),
    ]
    seen = []
    for deed in deeds:
        seen.append(hands.session.standing())
        deed()
        hands.desk.runner.advance(wait)
    for standing in reversed(seen):
        hands.undo.undo()
        assert hands.session.standing() == standing
        hands.desk.runner.advance(wait)
        assert hands.session.standing() == standing
    hands.desk.settle()
    assert hands.session.keys() == ("1", "2", "3", new)
    assert hands.desk.quantities() == [1, 2, 3, 4]
    hands.desk.assert_in_erp()


def test_a_row_is_moved_while_a_removal_that_was_taken_back_is_on_its_way(hands: Hands) -> None:
    hands.desk.erp.add(stored("3", 3))
    hands.session.refresh()
    hands.desk.settle()
    hands.desk.erp.delay = 2.0
    new = hands.enter(4, CABLE)
    hands.desk.settle()
    hands.remove("3", new)
    hands.desk.runner.advance(0.3)
    hands.undo.undo()
    hands.move("1", 2)
    hands.desk.settle()
    assert hands.session.keys() == ("2", "3", "1", new)
    assert hands.desk.quantities() == [2, 3, 1, 4]
    for quantities in ([1, 2, 3, 4], [1, 2, 3]):
        hands.undo.undo()
        hands.desk.settle()
        assert hands.desk.quantities() == quantities
    hands.desk.assert_in_erp()


def test_typing_in_one_cell_is_one_step_until_the_row_is_left(hands: Hands) -> None:
    for quantity in (3, 4, 5):
        hands.type("1", LineField.QUANTITY, Decimal(quantity))
    hands.type("1", LineField.DESCRIPTION, "red")
    hands.session.leave("1")
    hands.desk.settle()
    hands.change("1", 6)
    hands.desk.settle()
    hands.undo.undo()
    hands.desk.settle()
    assert (hands.desk.quantities()[0], hands.desk.stored[0].description) == (5, "red")
    hands.undo.undo()
    hands.desk.settle()
    assert (hands.desk.quantities()[0], hands.desk.stored[0].description) == (5, "")
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    assert not hands.undo.can_undo


def test_a_move_after_typing_that_came_to_nothing_is_taken_back(hands: Hands) -> None:
    hands.type("1", LineField.QUANTITY, Decimal(5))
    hands.type("1", LineField.QUANTITY, Decimal(1))
    hands.move("1", 1)
    assert hands.session.keys() == ("2", "1")
    hands.undo.undo()
    assert hands.session.keys() == ("1", "2")
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.quantities() == [2, 1]
    hands.desk.assert_in_erp()


def test_a_price_by_hand_that_waits_is_taken_back_without_asking(hands: Hands) -> None:
    hands.type("1", LineField.UNIT_PRICE, kroner(Decimal(9)))
    hands.undo.undo()
    hands.session.leave("1")
    hands.desk.settle()
    assert hands.desk.erp.landed_writes == []
    assert hands.session.edits.get("1") is None


def test_a_price_by_hand_that_is_stored_gives_way_to_the_erps_own(hands: Hands) -> None:
    hands.type("1", LineField.UNIT_PRICE, kroner(Decimal(9)))
    hands.session.leave("1")
    hands.desk.settle()
    assert hands.desk.stored[0].unit_price == kroner(Decimal(9))
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.stored[0].unit_price == kroner(Decimal("100.00"))
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.stored[0].unit_price == kroner(Decimal(9))


@pytest.fixture
def agreed(runner: ManualRunner) -> Hands:
    """At an order of two lines; the first has a price by hand that was there before, and of neither it is known."""
    hands = Hands(runner, stored("1", 1), stored("2", 2, DRIVER), knows_prices=False)
    hands.desk.erp.change("1", unit_price=kroner(Decimal(90)), discount=None)
    hands.session.refresh()
    hands.desk.settle()
    return hands


def prices(hands: Hands) -> list[object]:
    """The prices that the ERP has, and whether each counts as one by hand."""
    session = hands.session
    rows = [session.row(key) for key in session.keys()]
    assert [row.line for row in rows] == list(hands.desk.stored)
    return [(row.line.unit_price, LineField.UNIT_PRICE in row.manual) for row in rows]


def _remove(hands: Hands) -> None:
    hands.remove("1", "2")


def _type_another_price(hands: Hands) -> None:
    hands.type("1", LineField.UNIT_PRICE, kroner(Decimal(95)))


def _ask_for_the_erps_own(hands: Hands) -> None:
    hands.type("1", LineField.UNIT_PRICE, None)


def _take_the_erps_own_for_more(hands: Hands) -> None:
    hands.type("1", LineField.QUANTITY, Decimal(2))
    hands.session.leave("1")
    hands.desk.settle()
    hands.session.choose_price("1", PriceChoice.TAKE)


def _type_another_item(hands: Hands) -> None:
    hands.type("1", LineField.PRODUCT, CABLE)


@pytest.mark.parametrize(
    "deed", [_remove, _type_another_price, _ask_for_the_erps_own, _take_the_erps_own_for_more, _type_another_item]
)
def test_a_price_by_hand_from_before_comes_back(agreed: Hands, deed: Callable[[Hands], None]) -> None:
    before = agreed.content()
    deed(agreed)
    for key in agreed.session.keys():
        agreed.session.leave(key)
    agreed.desk.settle()
    after = agreed.content()
    assert after != before
    agreed.undo.undo()
    agreed.desk.settle()
    assert agreed.content() == before
    assert [by_hand for _, by_hand in prices(agreed)] == [True, False], "the other one is the ERP's own, as it was"
    agreed.undo.redo()
    agreed.desk.settle()
    assert agreed.content() == after
    agreed.undo.undo()
    agreed.desk.settle()
    assert agreed.content() == before
    agreed.desk.assert_in_erp()


def test_somebody_elses_change_is_not_taken_back(hands: Hands) -> None:
    hands.change("1", 5)
    hands.desk.settle()
    hands.desk.erp.change("1", quantity=Decimal(8))
    hands.session.refresh()
    hands.desk.settle()
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [8, 2]
    assert "Somebody else" in hands.undo.notice
    assert not hands.undo.can_undo
    assert not hands.undo.can_redo


def test_somebody_elses_change_of_another_field_stands(hands: Hands) -> None:
    hands.change("1", 5)
    hands.desk.settle()
    hands.desk.erp.change("1", description="theirs")
    hands.session.refresh()
    hands.desk.settle()
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    assert hands.desk.stored[0].description == "theirs"
    assert hands.undo.notice == ""


def test_a_line_that_somebody_else_changed_is_not_removed_by_taking_it_back(hands: Hands) -> None:
    key = hands.enter(5, CABLE)
    hands.desk.settle()
    hands.desk.erp.change(hands.desk.erp.ids[key], description="theirs")
    hands.session.refresh()
    hands.desk.settle()
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2, 5]
    assert hands.undo.notice


def test_a_line_that_somebody_else_removed_is_not_made_again(hands: Hands) -> None:
    hands.change("1", 5)
    hands.desk.settle()
    hands.desk.erp.remove("1")
    hands.session.refresh()
    hands.desk.settle()
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [2]
    assert "removed" in hands.undo.notice


def test_while_it_collides_mine_is_taken_back_and_theirs_stands(hands: Hands) -> None:
    hands.type("1", LineField.QUANTITY, Decimal(5))
    hands.desk.erp.change("1", quantity=Decimal(8))
    hands.session.leave("1")
    hands.desk.settle()
    assert hands.desk.status("1") is RowStatus.COLLIDES
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [8, 2]
    assert hands.desk.status("1") is RowStatus.STORED


def test_what_gave_way_to_theirs_is_not_done_again_over_it(hands: Hands) -> None:
    hands.type("1", LineField.QUANTITY, Decimal(5))
    hands.desk.erp.change("1", quantity=Decimal(8))
    hands.session.leave("1")
    hands.desk.settle()
    hands.undo.undo()
    hands.desk.settle()
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.quantities() == [8, 2]
    assert "Somebody else" in hands.undo.notice


def test_a_removal_that_met_their_change_is_taken_back_and_theirs_stands(hands: Hands) -> None:
    hands.remove("1")
    hands.desk.erp.change("1", description="theirs")
    hands.desk.settle()
    assert hands.desk.status("1") is RowStatus.COLLIDES
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    assert hands.desk.stored[0].description == "theirs"
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2], "he has not seen whose line he would take away"


def test_what_could_not_be_sent_comes_back_as_it_was_typed(hands: Hands) -> None:
    with hands.undo.step(typing_words(LineField.QUANTITY), typing=True):
        hands.session.reject("1", LineField.QUANTITY, "many", InputProblem.NOT_A_NUMBER)
    hands.session.leave("1")
    hands.change("1", 5)
    hands.desk.settle()
    hands.undo.undo()
    assert hands.session.row("1").bad[LineField.QUANTITY].text == "many"
    hands.undo.undo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 2]
    assert hands.desk.statuses() == {RowStatus.STORED}


def test_nothing_is_undone_twice_and_a_new_deed_ends_redo(hands: Hands) -> None:
    hands.change("1", 5)
    hands.undo.undo()
    hands.undo.undo()
    hands.change("2", 9)
    assert not hands.undo.can_redo
    hands.undo.redo()
    hands.desk.settle()
    assert hands.desk.quantities() == [1, 9]


QUANTITIES = st.sampled_from([Decimal(n) for n in (1, 2, 100)])
PRODUCTS = st.sampled_from([LAMP, DRIVER, CABLE])
TYPINGS = st.one_of(
    st.tuples(st.just(LineField.QUANTITY), QUANTITIES),
    st.tuples(st.just(LineField.PRODUCT), PRODUCTS),
    st.tuples(st.just(LineField.DESCRIPTION), st.sampled_from(["", "red", "blue"])),
)


class UndoMachine(RuleBasedStateMachine):
    """Any deeds, taken back and done again at any moment, while answers come at their own time."""

    runner: ManualRunner
    hands: Hands

    @initialize(
        delay=st.sampled_from([0.02, 0.4, 2.0]), tempo=st.sampled_from([0.0, 0.01, 0.3, 1.5]), sorts_new=st.booleans()
    )
    def open(self, delay: float, tempo: float, sorts_new: bool) -> None:
        self.runner, self.tempo = ManualRunner(), tempo
        self.hands = Hands(self.runner, stored("1", 1), stored("2", 2, DRIVER), stored("3", 3, CABLE))
        self.hands.desk.erp.delay, self.hands.desk.erp.sorts_new = delay, sorts_new
        self.start = self.hands.content()
        self.begin()

    def begin(self) -> None:
        """More that stands at the start."""

    def key(self, row: int) -> str | None:
        """A row that can be typed in."""
        session = self.hands.session
        keys = [key for key in session.keys() if not session.row(key).removed]
        return keys[row % len(keys)] if keys else None

    @rule(product=PRODUCTS, quantity=st.integers(1, 5))
    def enter(self, product: Any, quantity: int) -> None:
        self.hands.enter(quantity, product)

    @rule(row=st.integers(0, 30), typing=TYPINGS, leaves=st.booleans())
    def type(self, row: int, typing: tuple[LineField, Any], leaves: bool) -> None:
        if (key := self.key(row)) is not None:
            self.hands.type(key, *typing)
            if leaves:
                self.hands.session.leave(key)

    @rule(row=st.integers(0, 30), count=st.integers(1, 3))
    def remove(self, row: int, count: int) -> None:
        if (key := self.key(row)) is not None:
            keys = self.hands.session.keys()
            at = keys.index(key)
            self.hands.remove(*(k for k in keys[at : at + count] if not self.hands.session.row(k).removed))

    @rule(row=st.integers(0, 30), by=st.sampled_from([-2, -1, 1, 2]))
    def move(self, row: int, by: int) -> None:
        keys = self.hands.session.keys()
        if keys:
            self.hands.move(keys[row % len(keys)], by)

    @rule(row=st.integers(0, 30))
    def take_back(self, row: int) -> None:
        if (key := self.key(row)) is not None:
            with self.hands.undo.step(lambda: "taken back"):
                self.hands.session.revert(key)

    @rule()
    def undo(self) -> None:
        self.hands.undo.undo()

    @rule()
    def redo(self) -> None:
        self.hands.undo.redo()

    @rule(seconds=st.sampled_from([0.01, 0.1, 1.0, 5.0]))
    def wait(self, seconds: float) -> None:
        self._let_pass(seconds)

    @invariant()
    def the_window_knows(self) -> None:
        if hasattr(self, "hands"):
            self._let_pass(self.tempo)

    def _let_pass(self, seconds: float) -> None:
        """What the ERP answers puts no row elsewhere."""
        desk = self.hands.desk
        desk.window.check()
        standing = desk.session.standing()
        self.runner.advance(seconds)
        desk.window.check()
        assert desk.session.standing() == standing
        assert not self.hands.raised

    def teardown(self) -> None:
        if hasattr(self, "hands"):
            try:
                self._check_the_end()
            finally:
                self.runner.close()

    def _rest(self) -> list[tuple[object, ...]]:
        for key in self.hands.session.keys():
            self.hands.session.leave(key)
        standing = self.hands.session.standing()
        self.hands.desk.settle()
        self.hands.desk.assert_in_erp()
        assert self.hands.session.standing() == standing
        session = self.hands.session
        assert [session.row(key).line for key in session.keys()] == list(self.hands.desk.stored)
        return self.hands.content()

    def _check_the_end(self) -> None:
        undo = self.hands.undo
        while undo.can_redo:
            undo.redo()
        end = self._rest()
        for _ in range(2):
            while undo.can_undo:
                undo.undo()
            assert self._rest() == self.start
            while undo.can_redo:
                undo.redo()
            assert self._rest() == end
        assert undo.notice == ""


RUNS = os.environ.get("SAMSPIL_MACHINE_RUNS")
TestUndoMachine: Any = UndoMachine.TestCase
TestUndoMachine.settings = settings(
    max_examples=int(RUNS or 100), stateful_step_count=30, derandomize=RUNS is None, deadline=None
)
