"""The numbers by which new lines are found again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.order_changes import LineChange, OrderChanges
from app.domain.orders import OrderHeader, OrderLine
from app.domain.parties import CustomerHit
from app.ports.errors import MalformedAnswer, Refused
from app.services.tokens import LineTokens
from app.systems.tryton.marks import is_younger, marks, token_of

HEADER = OrderHeader(CustomerHit("1", "1", "K"), "DKK")
# Local ids that the app makes between 2026 and 2040.
TOKENS = st.integers(189_388_800_000, 631_152_000_000)


def write(order_id: str | None, *tokens: int) -> OrderChanges:
    lines = (OrderLine(f"new-{token}") for token in tokens)
    return OrderChanges(order_id, "1.5", HEADER, tuple(LineChange(line, frozenset(), False) for line in lines))


@given(st.sampled_from([None, "7"]), st.lists(TOKENS, unique=True, max_size=30), st.data())
def test_marks_are_unique_ordered_and_fit(order_id: str | None, tokens: list[int], data: st.DataObject) -> None:
    given_out = marks(write(order_id, *data.draw(st.permutations(tokens))))
    in_order = [given_out[f"new-{token}"] for token in sorted(tokens)]
    assert in_order == sorted(set(in_order))
    assert all(0 < mark < 2**31 for mark in in_order)


@given(TOKENS, st.integers(1, 10**8 - 1000))
def test_two_new_orders_of_a_day_share_no_mark(first: int, later: int) -> None:
    one = marks(write(None, *range(first, first + 300)))
    other = marks(write(None, first + 299 + later))
    if 300 <= 299 + later < 10**8 - 300:
        assert not set(one.values()) & set(other.values())


@given(TOKENS, TOKENS)
def test_later_lines_sort_behind_a_new_orders(first: int, later: int) -> None:
    assert max(marks(write(None, first, first + 1)).values()) < min(marks(write("7", later)).values())


@given(TOKENS)
def test_what_is_typed_later_sorts_later(token: int) -> None:
    assert marks(write("7", token))[f"new-{token}"] < marks(write("7", token + 250))[f"new-{token + 250}"]


@pytest.mark.parametrize("local", ["new-", "new-0", f"new-{2**40}", "new-x", "7", "new-²", "new-" + "9" * 5000])
def test_local_ids_that_cannot_be_marked(local: str) -> None:
    with pytest.raises(Refused):
        token_of(local)


def test_younger_than_the_version_it_rests_on() -> None:
    at = datetime(2026, 11, 23, 13, 59, 13, 749_940, tzinfo=UTC)
    naive = at.replace(tzinfo=None)
    assert not is_younger(naive, "1795442353.74994")
    assert is_younger(naive, "1795442353.74")
    assert is_younger(naive, "")
    for created, version in ((None, "1.5"), ("x", "1.5"), (naive, "x")):
        with pytest.raises(MalformedAnswer):
            is_younger(created, version)


def test_rows_of_one_paste_keep_their_order_over_several_writes() -> None:
    tokens = LineTokens()
    ids = [token_of(tokens.next()) for _ in range(300)]
    given_out = [mark for at in range(0, 300, 50) for mark in marks(write("7", *ids[at : at + 50])).values()]
    assert given_out == sorted(set(given_out)), "the second fifty sort behind the first"
