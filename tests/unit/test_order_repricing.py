"""`PriceCheck`: what the ERP would price differently today, and what the user says to it."""

from dataclasses import replace
from decimal import Decimal
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.orders import LineField, OrderLine
from app.ports.erp import ErpSystem
from app.services.order_repricing import PriceCheck
from app.services.order_rows import RowStatus
from tests.helpers.fake_erp import Fault, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored

OWN = kroner(Decimal(100))
HAND = kroner(Decimal(88))


def special(line_id: str) -> OrderLine:
    """A stored line at another price than the ERP's own."""
    return replace(stored(line_id, 1), unit_price=HAND, amount=HAND)


def checked(runner: ManualRunner, *lines: OrderLine) -> tuple[Desk, PriceCheck]:
    """An order that was checked."""
    desk = Desk(runner, *lines, knows_prices=False)
    check = PriceCheck(cast(ErpSystem, desk.erp), desk.session, runner)
    check.start()
    desk.settle()
    return desk, check


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=45))
def test_any_lines_taken_or_kept(lines: list[tuple[bool, bool]]) -> None:
    """Each line at its own or another price, and ticked or not: the ERP has what was decided, and nothing else."""
    runner = ManualRunner()
    try:
        order = [special(str(n)) if is_other else stored(str(n), 1) for n, (is_other, _) in enumerate(lines)]
        desk, check = checked(runner, *order)
        assert check.is_over
        assert (check.done, check.of) == (len(lines), len(lines))
        assert [found.line.id for found in check.differences] == [
            str(n) for n, (is_other, _) in enumerate(lines) if is_other
        ]
        assert desk.stored == tuple(order), "asking changes nothing"
        check.settle(frozenset(str(n) for n, (_, taken) in enumerate(lines) if taken))
        desk.settle()
        desk.assert_in_erp()
        expected = [HAND if is_other and not taken else OWN for is_other, taken in lines]
        assert [line.unit_price for line in desk.stored] == expected
        assert len(desk.erp.landed_writes) <= 1
        for n, (is_other, taken) in enumerate(lines):
            assert desk.row(str(n)).manual == ({LineField.UNIT_PRICE} if is_other and not taken else set())
    finally:
        runner.close()


def test_kept_it_stays_when_the_quantity_changes_and_taken_it_follows(runner: ManualRunner) -> None:
    desk, check = checked(runner, special("1"), special("2"))
    check.settle(frozenset({"2"}))
    desk.settle()
    for key in ("1", "2"):
        desk.change(key, 150)
    desk.settle()
    desk.assert_in_erp()
    assert [line.unit_price for line in desk.stored] == [HAND, kroner(Decimal(90))]


def test_what_has_changed_since_is_not_decided_about(runner: ManualRunner) -> None:
    desk, check = checked(runner, special("1"), special("2"), special("3"))
    desk.erp.change("1", unit_price=kroner(Decimal(70)))
    desk.erp.remove("2")
    desk.session.refresh()
    desk.settle()
    desk.quantity("3", 5)
    assert check.differences == ()
    check.settle(frozenset({"1", "2", "3"}))
    desk.settle()
    assert desk.stored[0].unit_price == kroner(Decimal(70))


def test_it_can_be_cancelled_and_begun_again(runner: ManualRunner) -> None:
    desk = Desk(runner, *(special(str(n)) for n in range(50)), knows_prices=False)
    check = PriceCheck(cast(ErpSystem, desk.erp), desk.session, runner)
    told: list[tuple[int, int]] = []
    check.listener = lambda: told.append((check.done, check.of))
    desk.erp.delay = 1.0
    check.start()
    runner.advance(1.5)
    assert (check.done, check.of, check.is_asking) == (20, 50, True)
    check.cancel()
    desk.settle()
    assert desk.erp.calls.count("price_lines") == 2
    assert check.differences == ()
    check.start()
    desk.settle()
    assert len(check.differences) == 50
    assert [(done, of) for done, of in told if of][-1] == (50, 50)
    check.close()
    assert not check.is_over


def test_a_line_being_typed_in_is_left_out_and_a_refused_one_is_said(runner: ManualRunner) -> None:
    desk = Desk(runner, special("1"), special("2"), knows_prices=False)
    desk.erp.refuses = lambda line: "not sold any more" if line.id == "2" else ""
    desk.quantity("1", 3)
    check = PriceCheck(cast(ErpSystem, desk.erp), desk.session, runner)
    check.start()
    runner.advance(1)
    assert check.of == 1
    ((line, fault),) = check.unpriced
    assert (line.id, fault.words) == ("2", "not sold any more")
    assert check.differences == ()


def test_an_erp_that_does_not_answer_ends_it_with_the_reason(runner: ManualRunner) -> None:
    desk = Desk(runner, special("1"), knows_prices=False)
    desk.erp.faults["price_lines"].append(Fault.TIMED_OUT)
    check = PriceCheck(cast(ErpSystem, desk.erp), desk.session, runner)
    check.start()
    desk.settle()
    assert check.fault is not None
    assert not check.is_asking
    assert not check.is_over
    check.start()
    desk.settle()
    assert len(check.differences) == 1
    assert desk.status("1") is RowStatus.STORED
