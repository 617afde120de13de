"""`LineExplainer`: asks about the line the cursor rests on, once, after everything that matters more."""

from decimal import Decimal
from typing import cast

import pytest

from app.domain.money import Money
from app.domain.orders import LineField, LineKind, OrderLine
from app.ports.erp import ErpSystem
from app.services.line_explainer import AGAIN, FRESH, REST, LineExplainer
from app.services.order_rows import InputProblem
from tests.helpers.fake_erp import DRIVER, LAMP, Fault, explanation_of, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored

SOON = REST + 0.05


class Reader:
    """Somebody whose cursor is on a line, and who sees what is told."""

    def __init__(self, runner: ManualRunner, *lines: OrderLine) -> None:
        self.desk = Desk(runner, *lines)
        self.erp, self.session, self.runner = self.desk.erp, self.desk.session, runner
        self.explainer = LineExplainer(cast(ErpSystem, self.erp), self.session, runner, clock=lambda: runner.now)
        self.told = 0
        self.explainer.listener = self._listen

    def _listen(self) -> None:
        self.told += 1

    def look(self, key: str | None, seconds: float = SOON) -> None:
        """Put the cursor there and let time pass."""
        self.explainer.look_at(key)
        self.runner.advance(seconds)

    @property
    def asked(self) -> int:
        """How often the ERP was asked to explain a line."""
        return self.erp.calls.count("explain_line")


@pytest.fixture
def reader(runner: ManualRunner) -> Reader:
    """At an order with two lines."""
    return Reader(runner, stored("1", 40), stored("2", 100, DRIVER))


def test_it_asks_when_the_cursor_rests_and_once(reader: Reader) -> None:
    reader.look("1", REST / 2)
    shown = reader.explainer.explained
    assert shown is not None
    assert shown.is_asking
    assert reader.asked == 0
    reader.look("1")
    for _ in range(5):
        reader.look("1")
    assert reader.asked == 1
    shown = reader.explainer.explained
    assert shown is not None
    assert not shown.is_asking
    assert shown.told == explanation_of(reader.session.row("1").line)
    assert reader.told == 2


def test_a_cursor_that_runs_through_the_lines_asks_nothing(reader: Reader) -> None:
    for key in ("1", "2") * 10:
        reader.look(key, REST / 4)
    reader.look(None)
    assert reader.asked == 0
    assert reader.explainer.explained is None
    assert reader.runner.is_quiet


def test_a_late_answer_of_another_line_is_dropped(reader: Reader) -> None:
    reader.erp.delay = 1.0
    reader.look("1")
    reader.look("2", REST + 1.1)
    shown = reader.explainer.explained
    assert shown is not None
    assert shown.key == "2"
    assert shown.told.basis is not None
    assert shown.told.basis.rule is not None
    assert shown.told.basis.rule.minimum == 100
    assert reader.asked == 2


def test_what_was_told_is_remembered_for_a_while(reader: Reader) -> None:
    for key in ("1", "2", "1", "2"):
        reader.look(key)
    assert reader.asked == 2
    reader.look(None, FRESH)
    reader.look("1")
    assert reader.asked == 3


def test_it_waits_for_the_price_and_keeps_the_stock_in_view(reader: Reader) -> None:
    reader.look("1")
    reader.desk.quantity("1", 120)
    reader.explainer.look_at("1")
    shown = reader.explainer.explained
    assert shown is not None
    assert shown.is_asking
    assert (shown.told.basis, shown.told.ladder) == (None, None)
    assert shown.told.availability is not None
    reader.runner.advance(0.2)
    assert reader.erp.calls == ["explain_line", "price_line"]
    reader.look("1")
    assert reader.erp.calls == ["explain_line", "price_line", "explain_line"]
    shown = reader.explainer.explained
    assert shown is not None
    assert shown.told.price == kroner(Decimal(90))


def test_a_write_goes_first(reader: Reader) -> None:
    reader.erp.delay = 2.0
    reader.look("2")
    assert reader.asked == 1
    reader.desk.change("1", 5)
    reader.runner.advance(0.2)
    reader.look("2", 3.5)
    assert reader.erp.calls == ["explain_line", "price_line", "commit"]
    reader.erp.delay = 0.02
    reader.runner.settle()
    assert reader.erp.calls == ["explain_line", "price_line", "commit", "explain_line"]
    reader.desk.assert_in_erp()


def test_a_price_by_hand_is_shown_beside_the_erps(reader: Reader) -> None:
    reader.session.edit("1", LineField.UNIT_PRICE, Money(Decimal(80), "DKK"))
    reader.runner.settle()
    reader.look("1")
    shown = reader.explainer.explained
    assert shown is not None
    assert shown.is_other_price
    assert shown.line.unit_price == kroner(Decimal(80))
    assert shown.told.price == kroner(Decimal(100))


def test_a_rule_that_does_not_give_the_fresh_price_is_not_named(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.helpers.fake_erp.BREAK", Decimal(1000))
    reader.desk.quantity("1", 120)
    reader.runner.settle()
    monkeypatch.undo()
    reader.look("1")
    shown = reader.explainer.explained
    assert shown is not None
    assert not shown.is_other_price
    assert (shown.told.price, shown.told.basis, shown.told.ladder) == (None, None, None)
    assert shown.told.availability is not None


def test_nothing_is_asked_where_there_is_nothing_to_tell(reader: Reader) -> None:
    comment = reader.session.add_line(LineKind.COMMENT)
    empty = reader.session.add_line()
    reader.session.reject("1", LineField.QUANTITY, "many", InputProblem.NOT_A_NUMBER)
    reader.session.remove("2")
    for key in (comment, empty, "1", "2", "gone", None):
        reader.look(key)
        assert reader.explainer.explained is None, key
    reader.erp.capabilities = frozenset()
    reader.session.revert("1")
    reader.look("1")
    assert not reader.explainer.can_tell
    assert reader.asked == 0


def test_a_product_without_a_quantity_is_told_about(reader: Reader) -> None:
    key = reader.session.add_line()
    reader.desk.type(key, LineField.PRODUCT, LAMP)
    reader.look(key)
    shown = reader.explainer.explained
    assert shown is not None
    assert shown.told.price == kroner(Decimal(100))
    assert shown.told.ladder is not None
    assert shown.told.ladder.next is not None


@pytest.mark.parametrize("fault", [Fault.TIMED_OUT, Fault.UNREACHABLE, Fault.MALFORMED, Fault.BUG])
def test_when_it_goes_wrong_nothing_is_said_and_nothing_else_suffers(reader: Reader, fault: Fault) -> None:
    reader.erp.faults["explain_line"].append(fault)
    reader.look("1")
    shown = reader.explainer.explained
    assert shown is not None
    assert (shown.told.price, shown.told.basis, shown.is_asking) == (None, None, False)
    assert reader.session.fault is None
    assert not reader.session.problem_keys()
    reader.look("1")
    assert reader.explainer.explained == shown, "not asked again at once"
    reader.look(None, AGAIN)
    reader.look("1")
    shown = reader.explainer.explained
    assert shown is not None
    assert shown.told.basis is not None


def test_a_closed_one_asks_no_more(reader: Reader) -> None:
    reader.explainer.look_at("1")
    reader.explainer.close()
    reader.runner.settle()
    assert reader.asked == 0
    assert reader.explainer.explained is None
