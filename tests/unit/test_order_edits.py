"""`app.domain.order_edits`: apply, rebase and diff, as properties and as examples."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.order_edits import (
    Collision,
    LineEdit,
    OrderEdits,
    Value,
    apply,
    diff,
    edited_line,
    rebase,
    typed_since,
    value_of,
)
from app.domain.orders import PRICED_BY, LineField, LineKind, Order, OrderLine
from tests.helpers.fake_erp import BOXES, CABLE, DRIVER, LAMP, PIECES, kroner, order_of, price_of, priced

VALUES: Mapping[LineField, st.SearchStrategy[Value]] = {
    LineField.PRODUCT: st.sampled_from([LAMP, DRIVER, CABLE]),
    LineField.DESCRIPTION: st.sampled_from(["", "red", "blue"]),
    LineField.QUANTITY: st.sampled_from([Decimal(1), Decimal(12), Decimal(100)]),
    LineField.UNIT: st.sampled_from([PIECES, BOXES]),
    LineField.UNIT_PRICE: st.sampled_from([kroner(Decimal(9)), kroner(Decimal(90))]),
    LineField.DISCOUNT: st.sampled_from([Decimal("0.05"), Decimal("0.2")]),
}
IDS = ("1", "2", "3")
typings = st.one_of([st.tuples(st.sampled_from(IDS), st.just(name), values) for name, values in VALUES.items()])
"""One value typed in one field of one line."""

lines = st.builds(
    lambda line_id, product, text, quantity: priced(
        OrderLine(line_id, version="v1", product=product, description=text, quantity=quantity)
    ),
    st.just("1"),
    VALUES[LineField.PRODUCT],
    VALUES[LineField.DESCRIPTION],
    VALUES[LineField.QUANTITY],
)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """An order with the lines 1, 2 and 3."""
    return order_of(*(replace(draw(lines), id=line_id) for line_id in IDS))


@st.composite
def edits_of(draw: st.DrawFn, order: Order) -> OrderEdits:
    """What a user may have typed on ``order``: values, prices that were answered, removals and new lines."""
    edits = OrderEdits()
    for line_id, name, value in draw(st.lists(typings, max_size=5)):
        edits = edits.typed(order.line(line_id), line_id, name, value)
    for line_id in draw(st.sets(st.sampled_from(IDS), max_size=1)):
        edits = edits.put(LineEdit(line_id, removed=True))
    for number in range(draw(st.integers(0, 2))):
        new = LineEdit(f"new-{number}", {LineField.PRODUCT: LAMP, LineField.QUANTITY: Decimal(number + 1)})
        edits = edits.put(new)
    for edit in list(edits):
        line = edited_line(order, edits, edit.line_id)
        if edit.needs_price and line is not None and draw(st.booleans()):
            edits = edits.priced({edit.line_id: price_of(line)})
    return edits


@st.composite
def changed_by_others(draw: st.DrawFn, order: Order) -> Order:
    """``order`` after somebody else was at it: other values, lines gone, lines added."""
    gone = draw(st.sets(st.sampled_from(IDS), max_size=1))
    now = {line.id: line for line in order.lines if line.id not in gone}
    for line_id, name, value in draw(st.lists(typings, max_size=4)):
        if line_id in now:
            edit = LineEdit(line_id, {name: value})
            now[line_id] = replace(edit.onto(now[line_id]), version="v2", unit_price=now[line_id].unit_price)
    added = [priced(OrderLine("9", product=CABLE, quantity=Decimal(5)))] if draw(st.booleans()) else []
    return replace(order, lines=(*now.values(), *added), version="2")


@st.composite
def edited_orders(draw: st.DrawFn) -> tuple[Order, OrderEdits]:
    """An order with edits on it."""
    order = draw(orders())
    return order, draw(edits_of(order))


@st.composite
def two_people(draw: st.DrawFn) -> tuple[Order, OrderEdits, Order]:
    """An order, what the user typed on it, and what it became meanwhile."""
    order = draw(orders())
    return order, draw(edits_of(order)), draw(changed_by_others(order))


class TestTyped:
    @given(edited_orders(), typings)
    def test_typing_the_base_value_back_leaves_no_trace_of_the_field(
        self, edited: tuple[Order, OrderEdits], typing: tuple[str, LineField, Value]
    ) -> None:
        order, edits = edited
        line_id, name, value = typing
        base = order.line(line_id)
        assert base is not None
        back = edits.typed(base, line_id, name, value).typed(base, line_id, name, value_of(base, name))
        edit = back.get(line_id)
        assert edit is None or name not in edit.values

    @given(orders(), typings)
    def test_one_value_typed_and_taken_back_is_no_edit(
        self, order: Order, typing: tuple[str, LineField, Value]
    ) -> None:
        line_id, name, value = typing
        base = order.line(line_id)
        assert base is not None
        edits = OrderEdits().typed(base, line_id, name, value).typed(base, line_id, name, value_of(base, name))
        assert len(edits) == 0
        assert apply(order, edits) == order.lines

    @given(edited_orders(), typings)
    def test_what_was_typed_is_what_the_line_shows(
        self, edited: tuple[Order, OrderEdits], typing: tuple[str, LineField, Value]
    ) -> None:
        order, edits = edited
        line_id, name, value = typing
        line = edited_line(order, edits.typed(order.line(line_id), line_id, name, value), line_id)
        assert line is not None
        if line.unit_price is not None or name not in (LineField.UNIT_PRICE, LineField.DISCOUNT):
            assert value_of(line, name) == value

    @given(edited_orders(), typings)
    def test_a_price_does_not_outlive_what_it_was_asked_for(
        self, edited: tuple[Order, OrderEdits], typing: tuple[str, LineField, Value]
    ) -> None:
        order, edits = edited
        line_id, name, value = typing
        edit = edits.typed(order.line(line_id), line_id, name, value).get(line_id)
        if edit is not None and name in PRICED_BY:
            assert edit.price is None

    def test_another_product_takes_back_what_was_typed_for_the_former(self) -> None:
        edits = OrderEdits().typed(None, "new-1", LineField.PRODUCT, LAMP)
        edits = edits.typed(None, "new-1", LineField.UNIT, BOXES)
        edits = edits.typed(None, "new-1", LineField.DISCOUNT, Decimal("0.2"))
        edits = edits.typed(None, "new-1", LineField.PRODUCT, DRIVER)
        assert edits.lines["new-1"].values == {LineField.PRODUCT: DRIVER}

    def test_a_price_and_a_discount_by_hand_replace_each_other(self) -> None:
        base = priced(OrderLine("1", product=LAMP, quantity=Decimal(1)))
        edits = OrderEdits().typed(base, "1", LineField.UNIT_PRICE, kroner(Decimal(9)))
        assert edits.lines["1"].manual == {LineField.UNIT_PRICE}
        edits = edits.typed(base, "1", LineField.DISCOUNT, Decimal("0.2"))
        assert edits.lines["1"].values == {LineField.DISCOUNT: Decimal("0.2")}

    def test_an_emptied_price_is_the_erps_again_and_not_by_hand(self) -> None:
        base = priced(OrderLine("1", product=LAMP, quantity=Decimal(1)))
        edit = OrderEdits().typed(base, "1", LineField.UNIT_PRICE, None).lines["1"]
        assert edit.needs_price
        assert edit.manual == frozenset()

    def test_an_edit_is_of_the_kind_of_its_line(self) -> None:
        comment = OrderLine("1", kind=LineKind.COMMENT, description="Thank you")
        edit = OrderEdits().typed(comment, "1", LineField.DESCRIPTION, "Thanks").lines["1"]
        assert edit.kind is LineKind.COMMENT

    def test_a_field_holds_only_its_own_kind_of_value(self) -> None:
        with pytest.raises(TypeError, match="quantity"):
            LineEdit("1", {LineField.QUANTITY: "12"}).onto(OrderLine("1"))


class TestApply:
    @given(orders())
    def test_without_edits_it_is_the_order(self, order: Order) -> None:
        assert apply(order, OrderEdits()) == order.lines

    @given(edited_orders())
    def test_lines_stay_in_place_and_new_ones_come_last(self, edited: tuple[Order, OrderEdits]) -> None:
        order, edits = edited
        gone = {edit.line_id for edit in edits if edit.removed}
        new = [edit.line_id for edit in edits if edit.is_new]
        assert [line.id for line in apply(order, edits)] == [i for i in IDS if i not in gone] + new

    @given(edited_orders())
    def test_it_agrees_with_each_edited_line(self, edited: tuple[Order, OrderEdits]) -> None:
        order, edits = edited
        assert all(line == edited_line(order, edits, line.id) for line in apply(order, edits))

    @given(edited_orders())
    def test_no_price_is_shown_that_the_erp_has_not_given(self, edited: tuple[Order, OrderEdits]) -> None:
        order, edits = edited
        for line in apply(order, edits):
            edit = edits.get(line.id)
            if edit is not None and edit.needs_price:
                assert line.amount is None
                assert line.list_price is None

    def test_a_new_line_taken_away_while_it_was_sent_is_left_out(self) -> None:
        assert apply(order_of(), OrderEdits().put(LineEdit("new-1", removed=True))) == ()


class TestRebase:
    @given(edited_orders())
    def test_onto_the_same_order_it_changes_nothing(self, edited: tuple[Order, OrderEdits]) -> None:
        order, edits = edited
        rebased = rebase(edits, order, order)
        assert rebased.edits == edits
        assert rebased.collisions == ()

    @given(two_people())
    def test_each_field_has_mine_where_i_changed_it_and_theirs_elsewhere(
        self, case: tuple[Order, OrderEdits, Order]
    ) -> None:
        old, edits, new = case
        rebased = rebase(edits, old, new)
        for theirs in new.lines:
            edit, line = edits.get(theirs.id), edited_line(new, rebased.edits, theirs.id)
            if edit is None or edit.removed:
                continue
            assert line is not None
            for name in (LineField.PRODUCT, LineField.DESCRIPTION, LineField.QUANTITY):
                assert value_of(line, name) == edit.values.get(name, value_of(theirs, name))

    @given(two_people())
    def test_it_asks_exactly_where_both_changed_the_same_thing_differently(
        self, case: tuple[Order, OrderEdits, Order]
    ) -> None:
        old, edits, new = case
        asked = {(c.line_id, c.name) for c in rebase(edits, old, new).collisions}
        for edit in edits:
            was, theirs = old.line(edit.line_id), new.line(edit.line_id)
            if was is None:
                assert not any(line_id == edit.line_id for line_id, _ in asked)
            elif theirs is None:
                assert ((edit.line_id, None) in asked) is not edit.removed
            elif not edit.removed:
                for name, mine in edit.values.items():
                    both = value_of(theirs, name) not in (mine, value_of(was, name))
                    assert ((edit.line_id, name) in asked) is both

    @given(two_people())
    def test_it_never_asks_about_lines_that_only_one_of_us_changed(self, case: tuple[Order, OrderEdits, Order]) -> None:
        old, edits, new = case
        untouched = {line.id for line in new.lines if old.line(line.id) in (None, replace(line, version="v1"))}
        asked = {collision.line_id for collision in rebase(edits, old, new).collisions}
        assert asked <= {edit.line_id for edit in edits}
        assert not asked & untouched

    @given(two_people())
    def test_nothing_typed_is_lost(self, case: tuple[Order, OrderEdits, Order]) -> None:
        old, edits, new = case
        rebased = rebase(edits, old, new)
        for edit in edits:
            now, theirs = rebased.edits.get(edit.line_id), new.line(edit.line_id)
            for name, mine in edit.values.items():
                in_edit = now is not None and now.values.get(name) == mine
                assert in_edit or (theirs is not None and value_of(theirs, name) == mine)
            if edit.removed:
                assert theirs is None or (now is not None and now.removed)

    @given(two_people())
    def test_a_question_stays_until_it_is_answered(self, case: tuple[Order, OrderEdits, Order]) -> None:
        old, edits, new = case
        first = rebase(edits, old, new)
        undecided = {c.line_id: line for c in first.collisions if (line := old.line(c.line_id)) is not None}
        again = rebase(first.edits, new, replace(new, version="3"), undecided)
        assert again.collisions == first.collisions
        assert again.edits.lines.keys() == first.edits.lines.keys()

    @given(two_people())
    def test_a_price_stays_only_where_nothing_it_rests_on_has_moved(
        self, case: tuple[Order, OrderEdits, Order]
    ) -> None:
        old, edits, new = case
        for edit in rebase(edits, old, new).edits:
            if edit.price is not None and not edit.is_new:
                was, theirs = old.line(edit.line_id), new.line(edit.line_id)
                assert was is not None
                assert theirs is None or all(value_of(was, f) == value_of(theirs, f) for f in PRICED_BY)

    def test_another_header_has_every_price_asked_again(self) -> None:
        order = order_of(priced(OrderLine("1", product=LAMP, quantity=Decimal(1))))
        edits = OrderEdits().typed(order.lines[0], "1", LineField.QUANTITY, Decimal(12))
        edits = edits.put(LineEdit("new-1", {LineField.PRODUCT: LAMP, LineField.QUANTITY: Decimal(1)}))
        for edit in list(edits):
            line = edited_line(order, edits, edit.line_id)
            assert line is not None
            edits = edits.priced({edit.line_id: price_of(line)})
        moved = rebase(edits, order, replace(order, header=replace(order.header, currency="EUR")))
        assert all(edit.needs_price for edit in moved.edits)

    def test_a_collision_says_mine_theirs_and_what_it_was(self) -> None:
        line = priced(OrderLine("1", product=LAMP, quantity=Decimal(10)))
        edits = OrderEdits().typed(line, "1", LineField.QUANTITY, Decimal(12))
        new = order_of(priced(replace(line, quantity=Decimal(15))))
        assert rebase(edits, order_of(line), new).collisions == (
            Collision("1", LineField.QUANTITY, Decimal(12), Decimal(15), Decimal(10)),
        )

    def test_a_line_they_removed_asks_with_the_line_as_i_have_it(self) -> None:
        line = priced(OrderLine("1", product=LAMP, quantity=Decimal(10)))
        edits = OrderEdits().typed(line, "1", LineField.DESCRIPTION, "red")
        (collision,) = rebase(edits, order_of(line), order_of()).collisions
        assert collision.name is None
        assert collision.mine == replace(line, description="red")
        assert collision.theirs is None

    def test_a_line_i_removed_asks_when_they_changed_it(self) -> None:
        line = priced(OrderLine("1", product=LAMP, quantity=Decimal(10)))
        edits = OrderEdits().put(LineEdit("1", removed=True))
        theirs = priced(replace(line, quantity=Decimal(11)))
        (collision,) = rebase(edits, order_of(line), order_of(theirs)).collisions
        assert (collision.mine, collision.theirs, collision.was) == (None, theirs, line)

    def test_a_discount_they_set_by_hand_is_not_priced_away_without_asking(self) -> None:
        line = priced(OrderLine("1", product=LAMP, quantity=Decimal(10)))
        edits = OrderEdits().typed(line, "1", LineField.QUANTITY, Decimal(12))
        theirs = replace(line, discount=Decimal("0.3"))
        assert rebase(edits, order_of(line), order_of(theirs)).collisions == (
            Collision("1", LineField.DISCOUNT, None, Decimal("0.3"), Decimal(0)),
        )
        text = OrderEdits().typed(line, "1", LineField.DESCRIPTION, "red")
        assert rebase(text, order_of(line), order_of(theirs)).collisions == ()

    def test_a_price_that_followed_their_quantity_is_no_question(self) -> None:
        line = priced(OrderLine("1", product=LAMP, quantity=Decimal(10)))
        edits = OrderEdits().typed(line, "1", LineField.PRODUCT, DRIVER)
        theirs = priced(replace(line, quantity=Decimal(100)))
        assert theirs.unit_price != line.unit_price
        assert rebase(edits, order_of(line), order_of(theirs)).collisions == ()


class TestDiff:
    @given(edited_orders())
    def test_only_changed_fields_travel_at_the_version_they_rest_on(self, edited: tuple[Order, OrderEdits]) -> None:
        order, edits = edited
        ids = [edit.line_id for edit in edits if not edit.needs_price]
        changes = diff(order, edits, ids)
        assert changes.line_ids == set(ids)
        assert (changes.order_id, changes.version) == (order.id, order.version)
        for change in changes.changed:
            base = order.line(change.line.id)
            assert base is not None
            assert change.line.version == base.version
            assert change.fields == edits.lines[change.line.id].values.keys()
            assert all(edits.lines[change.line.id].values[name] != value_of(base, name) for name in change.fields)
            untouched = set(LineField) - change.fields - (PRICED_BY if change.priced else frozenset())
            assert all(value_of(change.line, name) == value_of(base, name) for name in untouched)

    @given(edited_orders())
    def test_nothing_unpriced_is_written(self, edited: tuple[Order, OrderEdits]) -> None:
        order, edits = edited
        for edit in edits:
            if edit.needs_price:
                with pytest.raises(ValueError, match="no price"):
                    diff(order, edits, [edit.line_id])
            else:
                changes = diff(order, edits, [edit.line_id])
                for change in (*changes.created, *changes.changed):
                    assert change.priced is (bool(PRICED_BY & change.fields))

    def test_new_lines_travel_in_the_order_they_were_made(self) -> None:
        edits = OrderEdits()
        for line_id in ("new-10", "new-9"):
            edits = edits.put(LineEdit(line_id, {LineField.DESCRIPTION: "text"}, kind=LineKind.COMMENT))
        changes = diff(order_of(), edits, ["new-10", "new-9"])
        assert [change.line.id for change in changes.created] == ["new-9", "new-10"]

    @pytest.mark.parametrize("edit", [LineEdit("5", removed=True), LineEdit("new-1", removed=True)])
    def test_a_line_that_the_order_does_not_have_cannot_be_removed(self, edit: LineEdit) -> None:
        with pytest.raises(ValueError, match="not in the order"):
            diff(order_of(), OrderEdits().put(edit), [edit.line_id])

    def test_the_fields_only_the_erp_knows_travel_back_with_its_price(self) -> None:
        line = OrderLine("1", product=LAMP, quantity=Decimal(1))
        order = order_of(line)
        edits = OrderEdits().typed(line, "1", LineField.QUANTITY, Decimal(2))
        edits = edits.priced({"1": replace(price_of(line), vendor={"base_price": 1})})
        (change,) = diff(order, edits, ["1"]).changed
        assert change.vendor == {"base_price": 1}


class TestTypedSince:
    def test_what_travelled_is_no_edit_any_more(self) -> None:
        edit = LineEdit("new-1", {LineField.PRODUCT: LAMP, LineField.QUANTITY: Decimal(2)})
        assert typed_since(edit, edit, priced(OrderLine("7", product=LAMP, quantity=Decimal(2)))) is None

    def test_what_was_typed_later_rests_on_the_answer(self) -> None:
        sent = LineEdit("new-1", {LineField.PRODUCT: LAMP, LineField.QUANTITY: Decimal(2)})
        edit = replace(sent, values={**sent.values, LineField.QUANTITY: Decimal(3)})
        line = priced(OrderLine("7", product=LAMP, quantity=Decimal(2)))
        later = typed_since(sent, edit, line)
        assert later == LineEdit("7", {LineField.QUANTITY: Decimal(3)})
