"""`app.domain.habits`: what earlier orders say, as properties and as examples."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.habits import FAR, LEAST_ORDERS, BoughtLine, Deviation, Habit, habits_of, in_turn, key_of
from tests.helpers.fake_erp import BOXES, CABLE, DRIVER, LAMP, PIECES

TODAY = date(2026, 11, 23)
quantities = st.decimals(min_value="0.001", max_value=10_000, places=3)
bought_lines = st.builds(
    BoughtLine,
    order_id=st.sampled_from(["1", "2", "3", "4", "5"]),
    day=st.dates(date(2025, 11, 23), TODAY),
    product=st.sampled_from([LAMP, DRIVER, CABLE]),
    unit=st.sampled_from([PIECES, BOXES, None]),
    quantity=quantities,
)
histories = st.lists(bought_lines, max_size=40)


def bought(*taken: tuple[int, str], every: int = 14) -> list[BoughtLine]:
    """Lamps taken in one order each: how many days ago, and how many."""
    return [
        BoughtLine(str(place), TODAY - timedelta(days=days), LAMP, PIECES, Decimal(quantity))
        for place, (days, quantity) in enumerate(taken)
    ]


def lamps(*taken: tuple[int, str]) -> Habit:
    """The habit of these."""
    return habits_of(bought(*taken))[key_of(LAMP, PIECES)]


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_the_answer_says_nothing(history: list[BoughtLine], random: object) -> None:
    mixed = list(history)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert habits_of(mixed) == habits_of(history)


@given(histories)
def test_what_is_usual_has_really_been_taken(history: list[BoughtLine]) -> None:
    for key, habit in habits_of(history).items():
        lines = [line for line in history if key_of(line.product, line.unit) == key]
        taken = [line.quantity for line in lines]
        assert {habit.usual, habit.least, habit.most, habit.last_quantity} <= set(taken)
        assert habit.least <= habit.usual <= habit.most
        assert habit.last_day == max(line.day for line in lines)
        assert 1 <= habit.times <= min(5, len(lines))
        assert 2 * sum(quantity <= habit.usual for quantity in taken) >= len(taken)
        assert 2 * sum(quantity >= habit.usual for quantity in taken) >= len(taken)
        assert habit.pause is None or 1 <= habit.pause <= 365


@given(histories, quantities)
def test_a_usual_quantity_is_no_deviation_and_twice_as_far_is_one(history: list[BoughtLine], typed: Decimal) -> None:
    for habit in habits_of(history).values():
        assert habit.deviation(habit.usual) is None
        assert habit.deviation(-typed) is None
        found = habit.deviation(typed)
        if habit.times < LEAST_ORDERS or habit.least <= typed <= habit.most:
            assert found is None
        if habit.times >= LEAST_ORDERS:
            assert habit.deviation(habit.most * FAR) is None
            assert habit.deviation(habit.most * FAR + Decimal("0.001")) is Deviation.MORE
            assert habit.deviation(habit.least / FAR) is None
            assert habit.deviation(habit.least / FAR - Decimal("0.0001")) is Deviation.LESS


@given(histories, quantities, st.integers(1, 1000))
def test_the_unit_of_count_does_not_matter(history: list[BoughtLine], typed: Decimal, by: int) -> None:
    """Grams say what kilograms say."""
    finer = [
        BoughtLine(line.order_id, line.day, line.product, line.unit, line.quantity * by, line.is_sold)
        for line in history
    ]
    coarse, fine = habits_of(history), habits_of(finer)
    assert coarse.keys() == fine.keys()
    for key, habit in coarse.items():
        assert fine[key].deviation(typed * by) is habit.deviation(typed)


@given(histories, st.sampled_from(["1", "2"]))
def test_an_order_left_out_is_as_if_it_were_not_there(history: list[BoughtLine], order: str) -> None:
    assert habits_of(history, without=order) == habits_of(line for line in history if line.order_id != order)


@given(histories)
def test_all_stand_in_turn_once(history: list[BoughtLine]) -> None:
    habits = habits_of(history)
    ordered = in_turn(habits, TODAY)
    assert sorted(map(id, ordered)) == sorted(map(id, habits.values()))
    assert [habit.is_due(TODAY) for habit in ordered] == sorted((h.is_due(TODAY) for h in ordered), reverse=True)


def test_units_are_never_mixed() -> None:
    lines = [*bought((1, "40"), (15, "50"), (29, "60")), BoughtLine("9", TODAY, LAMP, BOXES, Decimal(2))]
    habits = habits_of(lines)
    assert habits[key_of(LAMP, PIECES)].times == 3
    assert habits[key_of(LAMP, BOXES)].usual == 2


def test_one_odd_order_among_many_does_not_widen_what_is_usual() -> None:
    usual = [(14 * n, "50") for n in range(1, 12)]
    habit = lamps(*usual, (200, "5000"))
    assert (habit.least, habit.most) == (50, 50)
    assert habit.deviation(Decimal(500)) is Deviation.MORE


def test_of_two_in_the_middle_the_smaller_is_usual() -> None:
    assert lamps((1, "40"), (2, "50"), (3, "55"), (4, "60")).usual == 50


@pytest.mark.parametrize(("days_ago", "is_due"), [(5, False), (13, False), (14, True), (42, True), (43, False)])
def test_due_after_the_usual_pause_and_not_long_after(days_ago: int, is_due: bool) -> None:
    habit = lamps((days_ago, "40"), (days_ago + 14, "40"), (days_ago + 28, "40"))
    assert habit.pause == 14
    assert habit.is_due(TODAY) is is_due


def test_two_orders_are_no_habit() -> None:
    habit = lamps((14, "40"), (28, "40"))
    assert not habit.is_due(TODAY)
    assert habit.deviation(Decimal(4000)) is None
    assert not habit.is_regular


def test_regular_is_what_stands_in_every_second_order() -> None:
    lines = bought((14, "40"), (28, "40"), (42, "40"))
    others = [BoughtLine(f"o{n}", TODAY - timedelta(days=n), CABLE, PIECES, Decimal(1)) for n in range(1, 5)]
    assert habits_of([*lines, *others[:3]])[key_of(LAMP, PIECES)].is_regular
    assert not habits_of([*lines, *others])[key_of(LAMP, PIECES)].is_regular


def test_what_is_no_longer_sold_comes_last() -> None:
    gone = [BoughtLine(str(n), TODAY - timedelta(days=14 * n), DRIVER, PIECES, Decimal(4), False) for n in (1, 2, 3)]
    once = BoughtLine("9", TODAY - timedelta(days=300), CABLE, PIECES, Decimal(1))
    ordered = in_turn(habits_of([*gone, once]), TODAY)
    assert [habit.product for habit in ordered] == [CABLE, DRIVER]
    assert not ordered[1].is_sold
