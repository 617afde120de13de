"""The fewest lines renumbered, and the order that Tryton then sorts them in."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.systems.tryton.sequences import in_tryton_order, renumbered

BELOW = 4
numbers = st.dictionaries(st.integers(1, 12), st.one_of(st.none(), st.integers(-2, 9)), max_size=7)
cases = numbers.flatmap(lambda found: st.tuples(st.just(found), st.permutations(sorted(found))))


@given(cases)
def test_tryton_sorts_them_as_wanted(case: tuple[dict[int, int | None], list[int]]) -> None:
    found, wanted = case
    new = renumbered(wanted, found, below=BELOW)
    assert in_tryton_order({**found, **new}) == wanted
    # What is added later comes behind.
    assert all(number <= max(BELOW, *(n for n in found.values() if n is not None), BELOW) for number in new.values())


@given(cases)
def test_no_fewer_would_do(case: tuple[dict[int, int | None], list[int]]) -> None:
    found, wanted = case
    assert len(renumbered(wanted, found, below=BELOW)) == _fewest(wanted, found)


def _fewest(wanted: list[int], found: dict[int, int | None]) -> int:
    """By trying: which lines can keep their number, with any numbers for the others."""
    for count in range(len(wanted) + 1):
        for others in combinations(wanted, count):
            if _fits(wanted, found, set(others)):
                return count
    raise AssertionError("any order can be had by renumbering all")


def _fits(wanted: list[int], found: dict[int, int | None], others: set[int]) -> bool:
    """Give each of the others the smallest number that puts it behind the line above."""
    above: tuple[bool, int, int] = (False, -1000, 0)
    largest = max(BELOW, *(number for number in found.values() if number is not None), BELOW)
    for key in wanted:
        number = found[key]
        if key not in others:
            here = (number is not None, number or 0, key)
        elif not above[0]:
            here = (True, -1000, key)
        else:
            here = (True, above[1] + (key < above[2]), key)
        if here < above:
            return False
        above = here
    return above[1] <= largest


def test_a_line_between_two_neighbours_leaves_them_alone() -> None:
    dense = {key: 10 + key for key in range(1, 300)}
    wanted = [*range(1, 150), 299, *range(150, 299)]
    assert renumbered(wanted, dense) == {299: 159}, "the number of the line above, behind it by its id"
    wanted = [*range(2, 150), 1, *range(150, 300)]
    assert renumbered(wanted, dense).keys() == {1}


def test_lines_without_numbers_as_trytons_own_client_makes_them() -> None:
    none: dict[int, int | None] = dict.fromkeys(range(1, 6))
    assert renumbered([1, 2, 3, 5, 4], none).keys() == {4}
    assert in_tryton_order({**none, **renumbered([2, 1, 3, 4, 5], none)}) == [2, 1, 3, 4, 5]


def test_numbers_stay_within_32_bits() -> None:
    found = {1: 2**31 - 1, 2: 2**31 - 1}
    assert max(renumbered([2, 1], found).values(), default=0) < 2**31


def test_a_line_that_is_last_leaves_room_for_one_of_the_same_moment() -> None:
    found = {1: 5, 2: 240_000_000}
    new = {**found, **renumbered([2, 1], found, below=100)}
    added_in_the_same_quarter_of_a_second = 240_000_000
    assert in_tryton_order({**new, 3: added_in_the_same_quarter_of_a_second}) == [2, 1, 3]
