"""`OrderSession` and prices: one by hand stays, and none changes without a word."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.orders import LineField, OrderLine
from app.domain.price_origin import PriceChoice
from app.services.order_rows import RowStatus
from app.services.order_session import Keep
from tests.helpers.fake_erp import BOXES, DRIVER, LAMP, Fault, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored

HAND = kroner(Decimal(88))


def special(line_id: str = "1", quantity: int = 2) -> OrderLine:
    """A stored line on which another price stands than the ERP's own, which is 100.00 and 90.00 from 100 on."""
    line = stored(line_id, quantity)
    return replace(line, unit_price=HAND, amount=kroner(HAND.amount * quantity))


def unknown(runner: ManualRunner, *lines: OrderLine) -> Desk:
    """A desk that has just opened the order."""
    return Desk(runner, *lines, knows_prices=False)


class TestByHand:
    @pytest.mark.parametrize(
        ("name", "value", "price"),
        [(LineField.UNIT_PRICE, HAND, HAND), (LineField.DISCOUNT, Decimal("0.25"), kroner(Decimal(75)))],
    )
    def test_kept_after_it_was_written_when_the_quantity_changes(
        self, runner: ManualRunner, name: LineField, value: object, price: object
    ) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.type(key, LineField.PRODUCT, LAMP)
        desk.quantity(key, 2)
        desk.type(key, name, value)  # type: ignore[arg-type]
        desk.session.leave(key)
        desk.settle()
        assert desk.status(key) is RowStatus.STORED
        assert desk.row(key).manual == {name}
        desk.erp.calls.clear()
        desk.change(key, 150)
        assert desk.row(key).manual == {name}
        desk.settle()
        assert desk.erp.calls == ["price_line", "commit"]
        assert (desk.stored[0].quantity, desk.stored[0].unit_price) == (150, price)
        assert desk.row(key).manual == {name}
        desk.assert_in_erp()

    def test_kept_when_the_quantity_changes_while_it_is_on_its_way(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        key = desk.session.add_line()
        desk.type(key, LineField.PRODUCT, LAMP)
        desk.quantity(key, 2)
        desk.type(key, LineField.UNIT_PRICE, HAND)
        desk.session.leave(key)
        runner.advance(0.03)
        assert desk.status(key) is RowStatus.SENDING
        desk.change(key, 150)
        desk.settle()
        assert (desk.stored[0].quantity, desk.stored[0].unit_price) == (150, HAND)
        desk.assert_in_erp()

    def test_another_product_takes_it_back(self, runner: ManualRunner) -> None:
        desk = self._written(runner)
        desk.type("1", LineField.PRODUCT, DRIVER)
        assert desk.row("1").manual == set()
        desk.session.leave("1")
        desk.settle()
        assert desk.stored[0].unit_price == kroner(Decimal(40))
        desk.change("1", 3)
        desk.settle()
        assert desk.stored[0].unit_price == kroner(Decimal(40))

    def test_an_emptied_cell_asks_for_the_erps_own_again(self, runner: ManualRunner) -> None:
        desk = self._written(runner)
        desk.quantity("1", 150)
        desk.type("1", LineField.UNIT_PRICE, None)
        desk.session.leave("1")
        desk.settle()
        assert desk.row("1").manual == set()
        assert desk.stored[0].unit_price == kroner(Decimal(90))
        desk.change("1", 2)
        desk.settle()
        assert desk.stored[0].unit_price == kroner(Decimal(100)), "without a question: it is the ERP's own now"

    def test_one_that_somebody_else_put_there_is_not_mine(self, runner: ManualRunner) -> None:
        desk = self._written(runner)
        desk.erp.change("1", unit_price=kroner(Decimal(70)))
        desk.session.refresh()
        desk.settle()
        assert desk.row("1").manual == set()
        desk.change("1", 150)
        desk.settle()
        assert desk.status("1") is RowStatus.ASKS

    def test_mine_against_theirs_is_written_as_mine(self, runner: ManualRunner) -> None:
        desk = self._written(runner)
        desk.quantity("1", 150)
        desk.erp.change("1", unit_price=kroner(Decimal(70)))
        desk.session.refresh()
        desk.settle()
        (collision,) = desk.row("1").collisions
        assert (collision.mine, collision.theirs) == (HAND, kroner(Decimal(70)))
        desk.session.resolve("1", Keep.MINE)
        desk.settle()
        assert (desk.stored[0].quantity, desk.stored[0].unit_price) == (150, HAND)

    def _written(self, runner: ManualRunner) -> Desk:
        desk = Desk(runner, stored("1", 2))
        desk.type("1", LineField.UNIT_PRICE, HAND)
        desk.session.leave("1")
        desk.settle()
        desk.assert_in_erp()
        return desk


class TestNotTheErpsOwn:
    def test_asked_where_it_is_unknown_and_the_rows_behind_go_on(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"), stored("2", 1))
        desk.change("1", 150)
        new = desk.enter(5)
        desk.settle()
        row = desk.row("1")
        assert row.status is RowStatus.ASKS
        assert desk.session.problem_keys() == ("1",)
        assert row.offer is not None
        assert (row.offer.stands, row.offer.before) == (HAND, kroner(Decimal(100)))
        assert row.offer.own.unit_price == kroner(Decimal(90))
        assert (row.line.quantity, row.line.unit_price, row.line.amount) == (150, HAND, None)
        assert desk.status(new) is RowStatus.STORED
        assert desk.quantities() == [2, 1, 5]
        assert desk.erp.calls[:2] == ["price_lines", "price_line"], "both of the stored line together, and the new one"
        assert desk.erp.most_priced_at_once == 2

    def test_keep_is_a_price_by_hand(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.change("1", 150)
        desk.settle()
        desk.session.choose_price("1", PriceChoice.KEEP)
        desk.settle()
        assert (desk.stored[0].quantity, desk.stored[0].unit_price) == (150, HAND)
        assert desk.row("1").manual == {LineField.UNIT_PRICE}
        desk.assert_in_erp()
        desk.change("1", 3)
        desk.settle()
        assert (desk.stored[0].quantity, desk.stored[0].unit_price) == (3, HAND), "and is not asked about again"

    def test_take_is_the_erps_and_asks_for_nothing_more(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.change("1", 150)
        desk.settle()
        asked = desk.erp.calls.count("price_line")
        desk.session.choose_price("1", PriceChoice.TAKE)
        desk.settle()
        assert desk.erp.calls.count("price_line") == asked
        assert (desk.stored[0].quantity, desk.stored[0].unit_price) == (150, kroner(Decimal(90)))
        assert desk.row("1").manual == set()
        desk.change("1", 3)
        desk.settle()
        assert desk.stored[0].unit_price == kroner(Decimal(100))

    def test_the_erps_own_price_goes_on_without_a_question(self, runner: ManualRunner) -> None:
        desk = unknown(runner, stored("1", 2))
        desk.change("1", 150)
        desk.settle()
        assert desk.erp.calls == ["price_lines", "commit"]
        assert desk.stored[0].unit_price == kroner(Decimal(90))
        desk.erp.calls.clear()
        desk.change("1", 3)
        desk.settle()
        assert desk.erp.calls == ["price_line", "commit"], "this session wrote it"

    def test_no_question_where_the_erp_leaves_the_price(self, runner: ManualRunner) -> None:
        line = replace(special("1"), unit_price=kroner(Decimal(90)))
        desk = unknown(runner, line)
        desk.change("1", 150)
        desk.settle()
        desk.assert_in_erp()
        assert desk.stored[0].unit_price == kroner(Decimal(90))

    def test_the_old_price_is_asked_for_once_however_often_one_types(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        for quantity in (15, 150, 151):
            desk.quantity("1", quantity)
            runner.advance(1)
        assert desk.erp.calls == ["price_lines", "price_line", "price_line"]
        assert desk.status("1") is RowStatus.ASKS

    def test_typing_on_withdraws_the_question_and_a_late_answer_is_dropped(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.erp.delay = 1.0
        desk.quantity("1", 150)
        runner.advance(0.5)
        desk.quantity("1", 2)  # as it was
        desk.settle()
        assert desk.status("1") in (RowStatus.STORED, RowStatus.TYPING)
        assert desk.row("1").offer is None
        desk.quantity("1", 150)
        runner.advance(3)
        assert desk.row("1").offer is not None
        desk.quantity("1", 3)
        assert desk.row("1").offer is None
        runner.advance(3)
        offer = desk.row("1").offer
        assert offer is not None
        assert offer.own.unit_price == kroner(Decimal(100))

    def test_the_text_alone_asks_nothing(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.type("1", LineField.DESCRIPTION, "red")
        desk.session.leave("1")
        desk.settle()
        assert desk.erp.calls == ["commit"]
        desk.change("1", 150)
        desk.settle()
        desk.type("1", LineField.DESCRIPTION, "blue")
        assert desk.row("1").offer is not None, "the text does not withdraw the question"
        desk.session.leave("1")
        desk.session.choose_price("1", PriceChoice.TAKE)
        desk.settle()
        desk.assert_in_erp()

    def test_a_price_or_product_that_was_typed_is_the_answer(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"), special("2"))
        desk.quantity("1", 150)
        desk.type("1", LineField.UNIT_PRICE, kroner(Decimal(9)))
        desk.session.leave("1")
        desk.type("2", LineField.PRODUCT, DRIVER)
        desk.session.leave("2")
        desk.settle()
        desk.assert_in_erp()
        assert [line.unit_price for line in desk.stored] == [kroner(Decimal(9)), kroner(Decimal(40))]

    def test_somebodys_change_of_the_line_withdraws_the_question(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.change("1", 150)
        desk.settle()
        desk.erp.change("1", description="theirs", unit_price=HAND)
        desk.session.refresh()
        desk.settle()
        assert desk.status("1") is RowStatus.ASKS, "it still holds"
        desk.erp.change("1", unit=BOXES)  # and with it the ERP's own price
        desk.session.refresh()
        desk.settle()
        desk.assert_in_erp()
        assert (desk.stored[0].quantity, desk.stored[0].unit) == (150, BOXES)

    def test_taken_back_it_is_forgotten(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.quantity("1", 150)
        runner.advance(1)
        desk.session.choose_price("1", PriceChoice.TAKE)
        desk.session.revert("1")
        assert desk.status("1") is RowStatus.STORED
        desk.change("1", 150)
        desk.settle()
        assert desk.status("1") is RowStatus.ASKS

    def test_kept_by_the_journal_while_it_waits(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.change("1", 150)
        desk.settle()
        waiting = desk.session._unwritten.waiting()
        assert waiting is not None
        desk.session.choose_price("1", PriceChoice.KEEP)
        kept = desk.session._unwritten.waiting()
        assert kept is not None
        for restored, status in ((waiting, RowStatus.ASKS), (kept, RowStatus.STORED)):
            after = unknown(runner, special("1"))
            after.session.restore(restored, 0)
            after.settle()
            assert after.status("1") is status
        assert after.stored[0].unit_price == HAND

    def test_an_answer_that_does_not_come_holds_up_that_row_alone(self, runner: ManualRunner) -> None:
        desk = unknown(runner, special("1"))
        desk.erp.faults["price_line"].append(Fault.TIMED_OUT)
        desk.change("1", 150)
        desk.settle()
        assert desk.status("1") is RowStatus.ASKS
