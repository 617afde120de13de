"""`app.domain.price_origin`: when the user is asked about a price, and what counts as his own, as properties."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.order_edits import BY_HAND, OrderEdits, Value
from app.domain.orders import LineField, LinePrice, OrderLine
from app.domain.price_origin import (
    HandPrice,
    ground_of,
    hand_values,
    is_priced,
    offer_of,
    repricing_of,
    stands_otherwise,
)
from tests.helpers.fake_erp import BOXES, DRIVER, HEADER, LAMP, PIECES, kroner, order_of, price_of, priced

amounts = st.sampled_from([Decimal(9), Decimal("9.00"), Decimal(88), Decimal(90), Decimal(100)])
moneys = st.builds(kroner, amounts)
maybe_moneys = st.one_of(st.none(), moneys)
quantities = st.sampled_from([Decimal(1), Decimal(40), Decimal(100)])
by_hand = st.dictionaries(st.sampled_from(sorted(BY_HAND)), st.just(Decimal("0.2")), min_size=1)
typings = st.one_of(
    st.tuples(st.just(LineField.PRODUCT), st.sampled_from([LAMP, DRIVER])),
    st.tuples(st.just(LineField.QUANTITY), quantities),
    st.tuples(st.just(LineField.UNIT), st.sampled_from([PIECES, BOXES])),
    st.tuples(st.just(LineField.UNIT_PRICE), maybe_moneys),
    st.tuples(st.just(LineField.DISCOUNT), st.sampled_from([None, Decimal("0.5")])),
    st.tuples(st.just(LineField.DESCRIPTION), st.sampled_from(["", "red"])),
)


def line_at(stands: Money | None, quantity: Decimal = Decimal(1)) -> OrderLine:
    """A stored line on which this price stands."""
    return replace(priced(OrderLine("1", version="1", product=LAMP, quantity=quantity)), unit_price=stands)


def answer_of(own: Money | None) -> LinePrice:
    """The ERP's answer."""
    return replace(price_of(line_at(None)), unit_price=own)


@given(maybe_moneys, maybe_moneys, maybe_moneys)
def test_asked_where_and_only_where_the_erp_would_change_a_price_that_is_not_its_own(
    stands: Money | None, before: Money | None, own: Money | None
) -> None:
    offer = offer_of(line_at(stands), before, answer_of(own))
    assert (offer is not None) == (stands not in (None, before, own))
    if offer is not None:
        assert (offer.stands, offer.before, offer.own.unit_price) == (stands, before, own)


@given(maybe_moneys, maybe_moneys)
def test_a_line_differs_where_the_erp_asks_another_price(stands: Money | None, own: Money | None) -> None:
    assert (repricing_of(line_at(stands), answer_of(own)) is None) == (stands == own)


@given(moneys, moneys, quantities, quantities)
def test_a_price_by_hand_holds_at_any_quantity_and_for_no_other_price_or_product(
    written: Money, stands: Money, quantity: Decimal, later: Decimal
) -> None:
    hand = HandPrice({LineField.UNIT_PRICE: written}, line_at(written, quantity))
    assert hand.holds_on(line_at(stands, later)) == (stands == written)
    assert not hand.holds_on(replace(line_at(written), product=DRIVER))


@given(st.lists(typings, max_size=6), by_hand)
def test_what_is_held_never_stands_beside_a_price_or_product_that_was_typed(
    typed: list[tuple[LineField, Value]], held: dict[LineField, Value]
) -> None:
    base, edits = line_at(kroner(Decimal(88)), Decimal(40)), OrderEdits()
    for name, value in typed:
        edits = edits.typed(base, "1", name, value).hold("1", held)
    edit = edits.get("1")
    if edit is None:
        return
    names = edit.values.keys()
    is_to_hold = bool(names & {LineField.QUANTITY, LineField.UNIT}) and not names & (BY_HAND | {LineField.PRODUCT})
    assert edit.held == (held if is_to_hold else {})
    assert edit.manual >= frozenset(edit.held)
    assert edit.wanted == {**edit.held, **edit.values}
    if is_to_hold:
        assert edits.hold("1", held) is edits, "holding it again asks for no price again"


@given(quantities, quantities, maybe_moneys, maybe_moneys)
def test_the_ground_of_a_price_is_all_but_the_price(
    quantity: Decimal, other: Decimal, stands: Money | None, later: Money | None
) -> None:
    one, two = line_at(stands, quantity), line_at(later, other)
    assert (ground_of(HEADER, one) == ground_of(HEADER, two)) == (quantity == other)
    is_other = stands_otherwise(order_of(one), order_of(two), "1")
    assert is_other == (quantity != other or stands != later)
    assert stands_otherwise(order_of(one), order_of(), "1")


def test_only_a_line_of_a_product_with_a_price_can_be_compared() -> None:
    line = line_at(kroner(Decimal(88)))
    assert is_priced(line)
    assert not is_priced(replace(line, quantity=None))
    assert not is_priced(line_at(None))
    assert hand_values(line, frozenset(LineField)) == {LineField.UNIT_PRICE: kroner(Decimal(88)), LineField.DISCOUNT: 0}
