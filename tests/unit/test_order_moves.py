"""Lines put in another order: what the moves lead to, whatever they are applied to."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.order_moves import LineMove, Moves, arrange, in_the_way, moves_to, rebase, shift, ways_back

IDS = [str(number) for number in range(8)]
some_moves = st.lists(st.tuples(st.sampled_from(IDS), st.one_of(st.none(), st.sampled_from(IDS))), max_size=8)
orders = st.permutations(IDS).flatmap(lambda ids: st.integers(0, len(ids)).map(lambda end: tuple(ids[:end])))


def _moved(ids: tuple[str, ...], wishes: list[tuple[str, str | None]]) -> tuple[Moves, tuple[str, ...]]:
    """The moves of these wishes, and where the lines stand when each is done by itself."""
    shown, moved = ids, set()
    for line_id, after in wishes:
        if line_id in shown and after != line_id and (after is None or after in shown):
            shown = shift(shown, line_id, after)
            moved.add(line_id)
    return moves_to(shown, moved), shown


@given(orders, some_moves)
def test_many_moves_lead_where_each_by_itself_does(ids: tuple[str, ...], wishes: list[tuple[str, str | None]]) -> None:
    moves, wanted = _moved(ids, wishes)
    assert arrange(ids, moves) == wanted


@given(orders, some_moves)
def test_making_them_again_changes_nothing(ids: tuple[str, ...], wishes: list[tuple[str, str | None]]) -> None:
    moves, wanted = _moved(ids, wishes)
    assert arrange(wanted, moves) == wanted


@given(orders, orders, some_moves)
def test_on_another_order_no_line_is_lost_or_doubled(
    ids: tuple[str, ...], other: tuple[str, ...], wishes: list[tuple[str, str | None]]
) -> None:
    moves, shown = _moved(ids, wishes)
    rebased = rebase(moves, shown, set(other))
    result = arrange(other, rebased)
    assert sorted(result) == sorted(other)
    # Those that were not moved here stand as somebody else has put them.
    moved = {each.id for each in moves}
    assert [each for each in result if each not in moved] == [each for each in other if each not in moved]
    # And those that were follow what they followed, as far as that is still there.
    for each in rebased:
        at = result.index(each.id)
        assert (result[at - 1] if at else None) == each.after


def test_a_line_is_put_behind_another_or_first() -> None:
    assert shift(("1", "2", "3"), "3", "1") == ("1", "3", "2")
    assert shift(("1", "2", "3"), "3", None) == ("3", "1", "2")
    assert shift(("1", "2", "3"), "1", "3") == ("2", "3", "1")


def test_a_leader_that_is_gone_leaves_its_follower_to_the_one_before() -> None:
    assert rebase((LineMove("4", "2"),), ("1", "2", "4", "3"), {"1", "3", "4"}) == (LineMove("4", "1"),)
    assert rebase((LineMove("4", "1"),), ("1", "4"), {"4"}) == (LineMove("4", None),)
    assert rebase((LineMove("4", "1"),), ("1", "4"), {"1"}) == ()


@given(st.permutations(IDS), st.sets(st.sampled_from(IDS)))
def test_moves_say_what_each_line_follows(wanted: list[str], moved: set[str]) -> None:
    for each in moves_to(wanted, moved):
        at = wanted.index(each.id)
        assert each.after == (wanted[at - 1] if at else None)


@given(orders, st.sets(st.sampled_from(IDS)), st.randoms(use_true_random=False), st.sets(st.sampled_from(IDS)))
def test_lines_that_were_put_anywhere_come_back(
    was: tuple[str, ...], lines: set[str], dice: Random, gone: set[str]
) -> None:
    now = [each for each in was if each not in lines]
    for each in (*(each for each in was if each in lines), "new", "theirs"):
        now.insert(dice.randint(0, len(now)), each)
    now = [each for each in now if each not in gone]
    shown = tuple(now)
    for each, after in ways_back(shown, was, lines):
        assert each in lines
        shown = shift(shown, each, after)
    assert [each for each in shown if each in was] == [each for each in was if each not in gone]
    assert [each for each in shown if each not in lines] == [each for each in now if each not in lines]


def test_lines_that_stand_as_they_did_are_not_moved() -> None:
    assert ways_back(("1", "new", "2", "3"), ("1", "2", "gone", "3"), {"2", "3"}) == ()
    assert ways_back(("2", "1", "3"), ("1", "2", "3"), set()) == (), "what others moved stays"


@given(st.permutations(IDS), st.permutations(IDS))
def test_without_what_is_in_the_way_the_rest_stands_as_wanted(ids: list[str], wanted: list[str]) -> None:
    moved = in_the_way(ids, wanted)
    assert arrange(ids, moves_to(wanted, moved)) == tuple(wanted)
    assert in_the_way(ids, ids) == set()
