"""The count of what a campaign of faults has lost, where it could itself be wrong."""

from tests.faults.count import History, Result, _count_moves, moves_in


def _lost(*said: tuple[object, ...], stands: list[str]) -> list[object]:
    result = Result(writes=0, faulted=0)
    history = History.__new__(History)
    history.lines = {"1": stands}
    _count_moves(result, history, [move for what, *rest in said for move in moves_in(str(what), rest)])
    return result.lost


def test_a_move_that_the_disk_had_and_the_erp_has_not_is_lost() -> None:
    a = {"first": "A"}
    said = [("typed", a), ("keeping", [a], 0), ("kept", [a], 0)]
    assert _lost(*said, stands=["A", "B"]) == []
    assert _lost(*said, stands=["B", "A"]) == [("A", "first", ["B"])]


def test_a_move_typed_while_the_disk_has_the_one_before_is_not_promised() -> None:
    a, b = {"first": "A"}, {"first": "B"}
    said = [("typed", a), ("keeping", [a], 0), ("typed", b), ("typed", a), ("kept", [a], 0)]
    assert _lost(*said, stands=["B", "A"]) == []
    assert _lost(*said, ("keeping", [a, b], 1), ("kept", [a, b], 1), stands=["B", "A"]) == [("A", "first", ["B"])]
