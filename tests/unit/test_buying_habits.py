"""`OrderHabits` and `OrderReuse`: asked in the background, once a customer, and without any noise."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

import pytest

from app.domain.habits import BoughtLine, Deviation, habits_of, key_of
from app.domain.orders import LineField, LineKind, Order, OrderLine, Product
from app.ports.capability import Capability
from app.ports.erp import ErpSystem
from app.ports.errors import SystemFault
from app.services.buying_habits import FRESH, REST, Asked, HistoryShelf, OrderHabits
from app.services.order_reuse import Candidate, OrderReuse, row_of
from app.services.order_rows import BadInput, InputProblem
from app.ui.orders.reuse_texts import Note, usual_note
from tests.helpers.fake_erp import CABLE, DRIVER, LAMP, PIECES, Fault, kroner, order_of
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored

TODAY = date(2026, 11, 23)
SOON = REST + 0.1


def bought(product: Product, *quantities: int) -> list[BoughtLine]:
    """One order each, two weeks apart."""
    return [
        BoughtLine(f"old{n}", TODAY - timedelta(days=14 * n), product, PIECES, Decimal(quantity))
        for n, quantity in enumerate(quantities, 1)
    ]


class Keeper:
    """A desk with one order, and the shelf that all its orders share."""

    def __init__(self, runner: ManualRunner, *lines: OrderLine) -> None:
        self.desk = Desk(runner, *lines)
        self.erp, self.runner = self.desk.erp, runner
        self.erp.capabilities |= {Capability.PURCHASE_HISTORY}
        self.erp.bought = bought(LAMP, 48, 40, 60)
        self.shelf = HistoryShelf(lambda: runner.now)
        self.habits = self.opened()

    def opened(self) -> OrderHabits:
        """The order, opened once more."""
        return OrderHabits(cast(ErpSystem, self.erp), self.desk.session, self.runner, self.shelf, lambda: TODAY)

    def reuse(self) -> OrderReuse:
        """What earlier orders offer to it."""
        return OrderReuse(cast(ErpSystem, self.erp), self.desk.session, self.runner, self.shelf)

    @property
    def asked(self) -> int:
        """How often the ERP was asked."""
        return self.erp.calls.count("bought_by")


@pytest.fixture
def keeper(runner: ManualRunner) -> Keeper:
    """At an order with two lamps' lines, one of them unusual."""
    return Keeper(runner, stored("1", 50), stored("2", 500))


def test_it_is_asked_once_a_customer_and_after_a_rest(keeper: Keeper) -> None:
    for _ in range(3):
        keeper.habits.load()
    keeper.runner.advance(REST / 2)
    assert keeper.asked == 0
    keeper.runner.advance(SOON)
    assert keeper.habits.asked is Asked.ANSWERED
    again = keeper.opened()
    again.load()
    assert again.asked is Asked.ANSWERED
    assert keeper.asked == 1
    keeper.runner.advance(FRESH)
    later = keeper.opened()
    later.load()
    keeper.runner.advance(SOON)
    assert keeper.asked == 2


def test_it_waits_while_a_line_is_priced_and_written(keeper: Keeper) -> None:
    keeper.erp.delay = 2 * REST
    keeper.habits.load()
    keeper.desk.enter(5)
    keeper.runner.advance(SOON)
    assert keeper.asked == 0
    keeper.desk.settle()
    assert keeper.asked == 1
    assert keeper.erp.calls.index("bought_by") > keeper.erp.calls.index("commit")


def test_a_far_quantity_is_marked_and_a_usual_one_is_not(keeper: Keeper) -> None:
    told: list[bool] = []
    keeper.habits.listener = lambda: told.append(True)
    rows = [keeper.desk.session.row(key) for key in ("1", "2")]
    assert [keeper.habits.deviation(row) for row in rows] == [None, None]
    keeper.habits.load()
    keeper.runner.advance(SOON)
    assert told == [True]
    assert keeper.habits.deviation(rows[0]) is None
    found = keeper.habits.deviation(rows[1])
    assert found is not None
    habit, deviation = found
    assert (habit.least, habit.most, habit.last_quantity, deviation) == (40, 60, 48, Deviation.MORE)


def test_the_order_itself_is_no_habit(keeper: Keeper) -> None:
    keeper.erp.bought = [BoughtLine("516", TODAY, LAMP, PIECES, Decimal(n)) for n in (500, 500, 500)]
    keeper.habits.load()
    keeper.runner.advance(SOON)
    assert keeper.habits.in_turn() == ()


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.MALFORMED, Fault.ACCESS_ENDED])
def test_without_an_answer_there_are_no_marks_and_no_noise(keeper: Keeper, fault: Fault) -> None:
    keeper.erp.faults["bought_by"].append(fault)
    keeper.habits.load()
    keeper.runner.advance(SOON)
    assert keeper.habits.asked is Asked.FAILED
    assert keeper.habits.deviation(keeper.desk.session.row("2")) is None
    assert keeper.desk.session.fault is None
    assert keeper.desk.session.notice is None
    keeper.habits.ask()  # the user opens the panel
    keeper.runner.advance(SOON)
    assert keeper.habits.asked is Asked.ANSWERED
    assert keeper.habits.fault is None


def test_an_erp_that_tells_nothing_is_not_asked(keeper: Keeper) -> None:
    keeper.erp.capabilities -= {Capability.PURCHASE_HISTORY}
    keeper.habits.load()
    keeper.runner.advance(SOON)
    assert keeper.asked == 0


def test_a_closed_one_tells_nothing_and_can_be_opened_again(keeper: Keeper) -> None:
    keeper.habits.listener = lambda: pytest.fail("nobody listens any more")
    keeper.habits.ask()
    keeper.habits.close()
    keeper.runner.advance(SOON)
    keeper.habits.load()
    keeper.runner.advance(SOON)
    assert keeper.habits.asked is Asked.ANSWERED


# -- copying


def copied(keeper: Keeper, order: Order) -> tuple[OrderReuse, list[Candidate]]:
    """The candidates of an order."""
    keeper.erp.orders[order.id or ""] = order
    reuse, found = keeper.reuse(), list[Candidate]()

    def failed(fault: SystemFault) -> None:
        raise fault

    reuse.read(order.id or "", TODAY, lambda _order, lines: found.extend(lines), failed)
    keeper.runner.advance(1)
    return reuse, found


def test_lines_come_in_order_without_their_old_price(keeper: Keeper) -> None:
    title = OrderLine("t", kind=LineKind.TITLE, description="Ground floor")
    old = order_of(title, stored("a", 40), stored("b", 4, DRIVER), order_id="400")
    reuse, found = copied(keeper, old)
    rows = [row_of(candidate) for candidate in found]
    assert [row.kind for row in rows] == [LineKind.TITLE, LineKind.PRODUCT, LineKind.PRODUCT]
    assert rows[0].values == {LineField.DESCRIPTION: "Ground floor"}
    assert rows[1].values == {LineField.PRODUCT: LAMP, LineField.QUANTITY: 40, LineField.UNIT: PIECES}
    assert not any(row.bad for row in rows)
    keys = keeper.desk.session.add_rows(rows)
    reuse.remember(keys, found)
    keeper.desk.settle()
    assert [int(line.quantity) for line in keeper.desk.stored if line.quantity] == [50, 500, 40, 4]
    assert [reuse.remark(keeper.desk.session.row(key)) for key in keys] == [None] * 3


def test_another_price_than_then_is_remarked_and_nothing_is_computed(keeper: Keeper) -> None:
    line = stored("a", 40)
    assert line.unit_price is not None
    old = order_of(OrderLine("a", product=LAMP, quantity=Decimal(40), unit=PIECES, unit_price=kroner(Decimal(92))))
    reuse, found = copied(keeper, old)
    keys = keeper.desk.session.add_rows([row_of(candidate) for candidate in found])
    reuse.remember(keys, found)
    assert reuse.remark(keeper.desk.session.row(keys[0])) is None, "the ERP has not priced it yet"
    keeper.desk.settle()
    remark = reuse.remark(keeper.desk.session.row(keys[0]))
    assert remark is not None
    assert remark.then is not None
    assert (remark.then.price, remark.then.quantity, remark.then.day) == (kroner(Decimal(92)), 40, TODAY)
    assert keeper.desk.session.row(keys[0]).line.unit_price == line.unit_price
    keeper.desk.type(keys[0], LineField.UNIT_PRICE, kroner(Decimal(90)))
    assert reuse.remark(keeper.desk.session.row(keys[0])) is None, "the user's own price is nobody's surprise"


def test_what_is_sold_no_more_stays_in_red_and_the_rest_goes_on(keeper: Keeper) -> None:
    keeper.erp.sold = frozenset({LAMP.id})
    old = order_of(stored("a", 4, CABLE), stored("b", 3), order_id="400")
    _reuse, found = copied(keeper, old)
    assert [candidate.is_sold for candidate in found] == [False, True]
    keys = keeper.desk.session.add_rows([row_of(candidate) for candidate in found])
    keeper.desk.settle()
    red = keeper.desk.session.row(keys[0])
    assert red.bad == {LineField.PRODUCT: BadInput(CABLE.code, InputProblem.NOT_SOLD)}
    assert (red.line.description, red.line.quantity) == (CABLE.name, 4)
    assert [line.product for line in keeper.desk.stored] == [LAMP, LAMP, LAMP]


def test_a_quantity_that_is_none_goes_in_as_it_was_typed() -> None:
    row = row_of(Candidate(LineKind.PRODUCT, LAMP, quantity=Decimal(4), bad_quantity="four"))
    assert row.bad == {LineField.QUANTITY: BadInput("four", InputProblem.NOT_A_NUMBER)}
    assert LineField.QUANTITY not in row.values


def test_a_former_question_is_not_answered(keeper: Keeper) -> None:
    keeper.erp.orders |= {n: order_of(stored("a", int(n)), order_id=n) for n in ("400", "401")}
    reuse, found = keeper.reuse(), list[str]()

    def on_read(order: Order, _lines: object) -> None:
        found.append(order.id or "")

    for order_id in ("400", "401"):
        reuse.read(order_id, None, on_read, lambda fault: pytest.fail(str(fault)))
    keeper.runner.advance(1)
    assert found == ["401"]
    reuse.read("400", None, on_read, lambda fault: pytest.fail(str(fault)))
    reuse.close()
    keeper.runner.advance(1)
    assert found == ["401"]


def test_the_order_itself_is_not_offered(keeper: Keeper) -> None:
    keeper.erp.orders["400"] = order_of(stored("a", 4), order_id="400")
    found: list[str] = []
    keeper.reuse().find("", lambda orders: found.extend(o.id for o in orders), lambda fault: pytest.fail(str(fault)))
    keeper.runner.advance(1)
    assert found == ["400"]


def test_what_stands_in_the_order_is_told_as_it_is_typed(keeper: Keeper) -> None:
    reuse = keeper.reuse()
    assert reuse.products_in_order() == {LAMP.id}
    keeper.desk.enter(5, DRIVER)
    assert reuse.products_in_order() == {LAMP.id, DRIVER.id}
    for key in ("1", "2"):
        keeper.desk.session.remove(key)
    assert reuse.products_in_order() == {DRIVER.id}


@pytest.mark.parametrize(
    ("in_order", "is_due", "note"),
    [
        ({LAMP.id}, True, Note.IN_ORDER),
        ({CABLE.id}, True, Note.MISSED),
        (set(), True, Note.DUE),
        (set(), False, None),
    ],
)
def test_what_is_usually_taken_and_missing_stands_out(in_order: set[str], is_due: bool, note: Note | None) -> None:
    habit = habits_of(bought(LAMP, 48, 40, 60))[key_of(LAMP, PIECES)]
    candidate = Candidate(LineKind.PRODUCT, LAMP, quantity=habit.usual, unit=PIECES, habit=habit)
    assert usual_note(candidate, frozenset(in_order), is_due=is_due) is note
    gone = usual_note(replace(candidate, is_sold=False), frozenset(in_order), is_due=is_due)
    assert gone is Note.NOT_SOLD
