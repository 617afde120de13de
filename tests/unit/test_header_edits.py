"""The pure part of changing an order's head."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.header_edits import (
    HeaderEdit,
    HeaderProposal,
    Repricing,
    as_priced,
    differing,
    differs,
    edit_of,
    header_write,
    put,
    rebase,
    same,
    value_of,
)
from app.domain.orders import HeaderField, HeaderValue, OrderHeader
from app.domain.parties import Address, Choice, CustomerHit
from app.storage.journal_codec import decode, encode
from tests.helpers.fake_erp import kroner, order_of, price_of
from tests.helpers.order_desk import stored

H = HeaderField
ADDRESSES = st.none() | st.builds(Address, id=st.sampled_from("123"), street=st.sampled_from(["", "Gade 1"]))
CHOICES = st.none() | st.builds(Choice, id=st.sampled_from("123"), label=st.just("x"))
VALUES: dict[HeaderField, st.SearchStrategy[Any]] = {
    H.DELIVERY_ADDRESS: ADDRESSES,
    H.INVOICE_ADDRESS: ADDRESSES,
    H.DELIVERY_METHOD: CHOICES,
    H.REQUESTED_DATE: st.none() | st.sampled_from([date(2026, 12, 4), date(2027, 1, 1)]),
    H.CUSTOMER_REFERENCE: st.sampled_from(["", "4711", "æøå"]),
    H.CURRENCY: st.sampled_from(["DKK", "EUR"]),
    H.PAYMENT_TERM: CHOICES,
    H.PRICE_LIST: CHOICES,
}
HEADERS = st.fixed_dictionaries(VALUES).map(
    lambda values: put(OrderHeader(CustomerHit("7", "10023", "Nordlys"), "DKK"), values)
)


def edit_to(was: OrderHeader, mine: OrderHeader) -> HeaderEdit:
    return edit_of(was, HeaderProposal(mine))


def was_of(header: OrderHeader) -> dict[HeaderField, HeaderValue]:
    return {name: value_of(header, name) for name in H}


@given(HEADERS, HEADERS)
def test_an_edit_holds_just_what_differs_and_makes_it(base: OrderHeader, wanted: OrderHeader) -> None:
    edit = edit_to(base, wanted)
    assert frozenset(edit.values) == differing(base, wanted)
    assert not differing(edit.onto(base), wanted)
    assert frozenset(edit.change(base).was) == frozenset(edit.values)


@given(HEADERS, HEADERS, HEADERS)
def test_three_ways_field_by_field(was: OrderHeader, mine: OrderHeader, theirs: OrderHeader) -> None:
    edit = edit_to(was, mine)
    moved, collisions = rebase(edit, was_of(was), theirs)
    result = moved.onto(theirs)
    disputed = {each.name for each in collisions}
    for name in H:
        before, my, their = value_of(was, name), value_of(mine, name), value_of(theirs, name)
        if same(my, before):
            assert same(value_of(result, name), their), "theirs is lost"
        else:
            assert same(value_of(result, name), my), "mine is lost"
        is_disputed = not same(my, before) and not same(their, before) and not same(my, their)
        assert (name in disputed) == is_disputed


@given(HEADERS, HEADERS)
def test_onto_the_same_nothing_moves(was: OrderHeader, mine: OrderHeader) -> None:
    edit = edit_to(was, mine)
    assert rebase(edit, was_of(was), was) == (edit, ())
    assert rebase(edit, was_of(was), mine) == (HeaderEdit(), ())


@given(HEADERS, HEADERS)
def test_the_journal_keeps_it_whole(was: OrderHeader, mine: OrderHeader) -> None:
    order = replace(order_of(stored("1", 3)), header=replace(was, vendor={"party": 7}))
    line = order.lines[0]
    write = header_write(order, edit_to(order.header, mine), [Repricing(line, price_of(as_priced(line)))])
    again, accepted = decode(encode(write, frozenset({"sure"})))
    assert again == write
    assert again.header.vendor == write.header.vendor
    assert accepted == {"sure"}


def test_an_address_that_moved_is_the_same_choice() -> None:
    assert same(Address("1", street="Old 1"), Address("1", street="New 2"))
    assert not same(Address("1"), Address("2"))
    assert not same(Address("1"), None)


@pytest.mark.parametrize(
    ("name", "value"), [(H.CURRENCY, None), (H.REQUESTED_DATE, "4/12"), (H.PRICE_LIST, Address("1"))]
)
def test_a_field_holds_its_own_kind_only(name: HeaderField, value: Any) -> None:
    with pytest.raises(TypeError):
        put(OrderHeader(CustomerHit("7", "", "x"), "DKK"), {name: value})


def test_what_differs_for_a_line() -> None:
    line = stored("1", 3)
    price = price_of(as_priced(line))
    assert not differs(line, price)
    assert differs(line, replace(price, unit_price=kroner(Decimal(99))))
    assert differs(line, replace(price, discount=Decimal("0.5")))
    assert differs(line, replace(price, taxes=()))


def test_what_travels() -> None:
    order = order_of(stored("1", 3), stored("2", 5))
    edit = edit_to(order.header, replace(order.header, customer_reference="4711"))
    price = replace(price_of(as_priced(order.lines[0])), unit_price=kroner(Decimal(1)))
    write = header_write(order, edit, [Repricing(order.lines[0], price)])
    assert write.is_of_header
    assert not write.is_empty
    assert write.header_change is not None
    assert write.header_change.was == {H.CUSTOMER_REFERENCE: ""}
    assert write.version == order.version
    (change,) = write.changed
    assert (change.line.version, change.line.unit_price, change.fields) == ("1", kroner(Decimal(1)), frozenset())
