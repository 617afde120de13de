"""What a write touches, and an order after the ERP has answered."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.order_changes import LineChange, LineRemoval, OrderChanges, OrderUpdate
from app.domain.orders import LineField, Order, OrderHeader, OrderLine, OrderPhase, OrderState, Totals
from app.domain.parties import CustomerHit

HEADER = OrderHeader(CustomerHit("7", "10023", "Nordlys Belysning ApS"), "DKK")
DRAFT = OrderState("draft", "Kladde", OrderPhase.DRAFT)
QUOTED = OrderState("quotation", "Tilbud", OrderPhase.OFFERED)
THEN, NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC), datetime(2026, 11, 23, 9, 42, tzinfo=UTC)


def line(line_id: str, quantity: int = 1) -> OrderLine:
    return OrderLine(line_id, quantity=Decimal(quantity))


def order(*lines: OrderLine) -> Order:
    return Order("516", "", HEADER, DRAFT, lines, None, "1", editable=True, read_at=THEN)


def update(*lines: OrderLine, removed: frozenset[str] = frozenset()) -> OrderUpdate:
    totals = Totals(*(Money(Decimal(amount), "DKK") for amount in (100, 25, 125)))
    return OrderUpdate("516", "SO-142", "2", QUOTED, totals, NOW, lines, removed=removed)


def test_lines_are_replaced_in_place_and_new_ones_come_last() -> None:
    before = order(line("1"), line("2"), line("3"))
    after = update(line("3", 30), line("9"), line("1", 10), line("8"), removed=frozenset({"2"})).onto(before)
    assert after.lines == (line("1", 10), line("3", 30), line("9"), line("8"))


def test_the_rest_is_what_the_erp_gave() -> None:
    before = order(line("1"))
    fresh = update()
    expected = replace(before, number="SO-142", version="2", state=QUOTED, totals=fresh.totals, read_at=NOW)
    assert fresh.onto(before) == expected


def test_a_proposed_order_gets_its_id() -> None:
    proposed = replace(order(), id=None, version="")
    created = update(line("9")).onto(proposed)
    assert (created.id, created.lines) == ("516", (line("9"),))


IDS = st.sets(st.integers(0, 9).map(str))


@given(base=IDS, touched=IDS, removed=IDS)
def test_no_line_is_lost_or_doubled(base: set[str], touched: set[str], removed: set[str]) -> None:
    base_lines = [line(i) for i in sorted(base)]
    answered = [line(i, 5) for i in sorted(touched - removed)]
    after = update(*answered, removed=frozenset(removed)).onto(order(*base_lines))
    ids = [each.id for each in after.lines]
    assert len(ids) == len(set(ids))
    assert set(ids) == (base | touched) - removed
    assert [i for i in ids if i in base] == [each.id for each in base_lines if each.id not in removed]
    assert all(each.quantity == (5 if each.id in touched else 1) for each in after.lines)


CHANGE = LineChange(line("5"), frozenset({LineField.QUANTITY}), priced=True)
NO_CHANGES = OrderChanges("516", "1", HEADER)


@pytest.mark.parametrize(
    "changes",
    [
        replace(NO_CHANGES, created=(CHANGE,)),
        replace(NO_CHANGES, changed=(CHANGE,)),
        replace(NO_CHANGES, removed=(LineRemoval("5", "1"),)),
    ],
)
def test_what_a_write_touches(changes: OrderChanges) -> None:
    assert not changes.is_empty
    assert changes.line_ids == {"5"}


def test_a_write_of_nothing() -> None:
    assert NO_CHANGES.is_empty
    assert NO_CHANGES.line_ids == frozenset()
