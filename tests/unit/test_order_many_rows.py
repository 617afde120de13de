"""`OrderSession.add_rows`: many rows at once, as pasting and copying an order make them."""

from decimal import Decimal

from app.domain.orders import LineField, LineKind
from app.services.order_pricing import TOGETHER
from app.services.order_rows import BadInput, InputProblem, RowStatus, TypedRow
from tests.helpers.fake_erp import CABLE, DRIVER, LAMP, Fault, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, WindowStub, stored

F = LineField


class Counting(WindowStub):
    """Counts how often all rows are told anew."""

    resets = 0

    def rows_reset(self) -> None:
        """See `SessionListener`."""
        super().rows_reset()
        self.resets += 1


def row(quantity: int, **typed: object) -> TypedRow:
    """A row with a lamp."""
    values = {F(name): value for name, value in typed.items()}
    return TypedRow({F.PRODUCT: LAMP, F.QUANTITY: Decimal(quantity), **values})  # type: ignore[dict-item]


def unknown(text: str, quantity: int) -> TypedRow:
    """A row whose item the ERP does not have."""
    bad = {F.PRODUCT: BadInput(text, InputProblem.UNKNOWN_PRODUCT)}
    return TypedRow({F.QUANTITY: Decimal(quantity)}, bad)


def test_they_are_priced_written_and_told_of_once(runner: ManualRunner) -> None:
    desk = Desk(runner, stored("1", 1))
    desk.window = window = Counting(desk.session)
    keys = desk.session.add_rows([row(n) for n in range(2, 302)])
    assert window.resets == 1
    assert desk.session.keys() == ("1", *keys)
    desk.settle()
    assert desk.quantities() == list(range(1, 302))
    desk.assert_in_erp()


def test_good_rows_go_on_and_bad_ones_stay_with_the_reason(runner: ManualRunner) -> None:
    desk = Desk(runner)
    first, strange, second, without = desk.session.add_rows(
        [row(1), unknown("9999", 5), row(2), TypedRow({F.PRODUCT: DRIVER})]
    )
    desk.settle()
    assert desk.quantities() == [1, 2]
    assert [desk.status(key) for key in (first, second)] == [RowStatus.STORED] * 2
    assert desk.row(strange).bad == {F.PRODUCT: BadInput("9999", InputProblem.UNKNOWN_PRODUCT)}
    assert desk.row(strange).line.quantity == 5
    assert desk.row(without).bad == {F.QUANTITY: BadInput("", InputProblem.NO_QUANTITY)}
    assert desk.session.keys() == (first, strange, second, without), "bad rows keep their place"
    assert desk.session.problem_keys() == (strange, without)
    desk.type(strange, F.PRODUCT, CABLE)
    desk.session.leave(strange)
    desk.quantity(without, 4)
    desk.session.leave(without)
    desk.settle()
    assert desk.quantities() == [1, 5, 2, 4], "the ERP has them as they stand here"
    desk.assert_in_erp()


def test_prices_and_discounts_count_as_typed_by_hand(runner: ManualRunner) -> None:
    desk = Desk(runner)
    desk.erp.delay = 1.0
    priced, discounted = desk.session.add_rows([row(3, unit_price=kroner(Decimal(9))), row(3, discount=Decimal("0.5"))])
    assert desk.row(priced).manual == {F.UNIT_PRICE}
    assert desk.row(discounted).manual == {F.DISCOUNT}
    desk.settle()
    assert [line.amount for line in desk.stored] == [kroner(Decimal(27)), kroner(Decimal(150))]


def test_texts_and_comments_come_along(runner: ManualRunner) -> None:
    desk = Desk(runner)
    desk.session.add_rows([row(1, description="red"), TypedRow({F.DESCRIPTION: "Thank you"}, kind=LineKind.COMMENT)])
    desk.settle()
    assert [(line.kind, line.description) for line in desk.stored] == [
        (LineKind.PRODUCT, "red"),
        (LineKind.COMMENT, "Thank you"),
    ]


def test_a_new_order_is_created_with_them(runner: ManualRunner) -> None:
    desk = Desk(runner, is_new=True)
    desk.session.add_rows([row(n) for n in range(1, 51)])
    desk.settle()
    assert len(desk.erp.orders) == 1
    assert desk.quantities() == list(range(1, 51))


def test_many_are_taken_away_at_once(runner: ManualRunner) -> None:
    desk = Desk(runner, stored("1", 1))
    keys = desk.session.add_rows([row(n) for n in range(2, 22)])
    desk.settle()
    writes = desk.erp.calls.count("commit")
    desk.window = window = Counting(desk.session)
    desk.session.remove(*keys)
    assert window.resets == 0
    desk.settle()
    assert desk.quantities() == [1]
    assert desk.erp.calls.count("commit") == writes + 1


def test_nothing_is_asked_for_rows_that_cannot_be_sent(runner: ManualRunner) -> None:
    desk = Desk(runner)
    desk.session.add_rows([unknown(text, 1) for text in ("a", "b", "c")])
    desk.settle()
    assert desk.erp.calls == []
    assert desk.statuses() == {RowStatus.REFUSED}


class TestPricing:
    def test_many_rows_are_asked_about_together_and_one_request_after_the_other(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.session.add_rows([row(n) for n in range(1, 301)])
        assert desk.erp.most_priced_at_once == 0
        desk.settle()
        assert [call for call in desk.erp.calls if call.startswith("price")] == ["price_lines"] * 6
        assert desk.erp.most_priced_at_once == TOGETHER
        desk.assert_in_erp()

    def test_rows_that_are_priced_are_written_while_others_are_being_priced(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.session.add_rows([row(n) for n in range(1, 101)])
        desk.settle()
        assert desk.erp.calls[:3] == ["price_lines", "price_lines", "commit"]

    def test_one_that_the_erp_refuses_spoils_no_other(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.refuses = lambda line: "not for sale" if line.quantity == 13 else ""
        keys = desk.session.add_rows([row(n) for n in range(1, 61)])
        desk.settle()
        assert desk.quantities() == [n for n in range(1, 61) if n != 13]
        assert desk.session.problem_keys() == (keys[12],)
        fault = desk.row(keys[12]).fault
        assert fault is not None
        assert fault.words == "not for sale"

    def test_an_answer_to_what_was_changed_meanwhile_is_dropped(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.delay = 1.0
        keys = desk.session.add_rows([row(n) for n in range(1, 11)])
        runner.advance(0.5)
        desk.change(keys[3], 100)
        desk.session.remove(keys[4])
        desk.settle()
        assert desk.quantities() == [1, 2, 3, 100, 6, 7, 8, 9, 10]
        assert desk.stored[3].amount == kroner(Decimal(9000))
        desk.assert_in_erp()

    def test_taking_all_away_ends_the_question(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.delay = 60.0
        keys = desk.session.add_rows([row(n) for n in range(1, 11)])
        runner.advance(1.0)
        desk.session.remove(*keys)
        desk.settle()
        assert runner.now < 60
        assert desk.session.keys() == ()

    def test_rows_wait_while_the_erp_does_not_answer_and_go_on_when_it_does(self, runner: ManualRunner) -> None:
        desk = Desk(runner)
        desk.erp.faults["price_lines"].extend([Fault.TIMED_OUT, Fault.UNREACHABLE])
        desk.session.add_rows([row(n) for n in range(1, 61)])
        runner.advance(0.5)
        assert desk.session.fault is not None
        assert desk.session.problem_keys() == ()
        desk.settle()
        assert desk.quantities() == list(range(1, 61))
        desk.assert_in_erp()
