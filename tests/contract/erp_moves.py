"""What every ERP must do with lines that are put in another order. Part of `ErpContract`."""

import random
from dataclasses import replace
from typing import Any

import httpx
import pytest

from app.domain.order_changes import LineChange, OrderChanges
from app.domain.order_moves import LineMove, arrange, moves_to
from app.domain.orders import LineField, LineKind, Order, OrderLine
from app.ports.errors import Conflict, OutcomeUnknown
from tests.helpers.transports import Between


def moving(order: Order, *moves: LineMove) -> OrderChanges:
    """The write of these moves."""
    return OrderChanges(order.id, order.version, order.header, moved=moves)


def _ids(order: Order) -> tuple[str, ...]:
    return tuple(line.id for line in order.lines)


class MovesContract:
    """Uses the fixtures of `ErpContract`."""

    def _order(self, desk: Any, facts: Any, lines: int = 5) -> Order:
        wanted = [(facts.product_code, str(number + 1)) for number in range(lines)]
        return desk.ordered(facts.customer_number, *wanted)

    def _again(self, desk: Any, order: Order) -> Order:
        return desk.run(desk.erp.open_order(order.id))

    def test_lines_are_moved_and_stay_there(self, desk: Any, facts: Any) -> None:
        order = self._order(desk, facts)
        a, b, c, d, e = _ids(order)
        update = desk.run(desk.erp.commit(moving(order, LineMove(e, None), LineMove(b, c))))
        again = self._again(desk, order)
        assert _ids(again) == (e, a, c, b, d)
        assert update.onto(order).lines == again.lines, "with the versions that the lines now have"
        assert (update.version, update.totals) == (again.version, again.totals)
        assert [line.quantity for line in again.lines] == [5, 1, 3, 2, 4]

    def test_any_order_can_be_had(self, desk: Any, facts: Any) -> None:
        chance = random.Random(7)  # noqa: S311
        order = self._order(desk, facts, 8)
        for _ in range(4):
            moved = chance.sample(_ids(order), 3)
            wanted = [each for each in _ids(order) if each not in moved]
            for each in moved:
                wanted.insert(chance.randrange(len(wanted) + 1), each)
            desk.run(desk.erp.commit(moving(order, *moves_to(wanted, set(moved)))))
            order = self._again(desk, order)
            assert list(_ids(order)) == wanted

    def test_what_is_added_later_comes_behind_moved_lines(self, desk: Any, facts: Any) -> None:
        order = self._order(desk, facts, 3)
        a, b, c = _ids(order)
        order = desk.run(desk.erp.commit(moving(order, LineMove(a, c)))).onto(order)
        for number in range(2):
            line = desk.product_line(facts.other_product_code, str(number + 1))
            change = desk.priced(order.header, line, frozenset({LineField.PRODUCT, LineField.QUANTITY}))
            adding = OrderChanges(order.id, order.version, order.header, created=(change,))
            update = desk.run(desk.erp.commit(adding))
            order = update.onto(order)
            new = update.created[line.id]
            assert _ids(self._again(desk, order)) == _ids(order)
            assert _ids(order)[-1] == new
            order = desk.run(desk.erp.commit(moving(order, LineMove(b, new)))).onto(order)
            assert _ids(self._again(desk, order))[-1] == b

    def test_a_comment_is_moved_like_any_line(self, desk: Any, facts: Any) -> None:
        order = self._order(desk, facts, 2)
        note = OrderLine(desk.product_line(facts.product_code, "1").id, kind=LineKind.COMMENT, description="Port 3\n☎")
        change = _comment(note)
        update = desk.run(desk.erp.commit(OrderChanges(order.id, order.version, order.header, created=(change,))))
        order = update.onto(order)
        first = _ids(order)[0]
        order = desk.run(desk.erp.commit(moving(order, LineMove(update.created[note.id], first)))).onto(order)
        again = self._again(desk, order)
        assert [line.kind for line in again.lines] == [LineKind.PRODUCT, LineKind.COMMENT, LineKind.PRODUCT]
        assert again.lines[1].description == "Port 3\n☎"

    def test_moves_that_are_made_already_write_nothing(self, desk: Any, facts: Any, between: Between) -> None:
        order = self._order(desk, facts, 3)
        a, b, _ = _ids(order)
        between.requests.clear()
        update = desk.run(desk.erp.commit(moving(order, LineMove(b, a))))
        assert update.version == order.version
        assert not any(_is_write(request) for request in between.requests)

    def test_a_stale_move_is_a_conflict(self, desk: Any, facts: Any) -> None:
        order = self._order(desk, facts, 3)
        a, b, c = _ids(order)
        desk.run(desk.erp.commit(moving(order, LineMove(c, None))))
        for moves in ((LineMove(a, b),), (LineMove(b, a),)):
            with pytest.raises(Conflict):
                desk.run(desk.erp.commit(moving(order, *moves)))
        assert _ids(self._again(desk, order)) == (c, a, b)

    def test_a_line_that_made_room_can_be_changed_at_once(self, desk: Any, facts: Any) -> None:
        order = self._order(desk, facts, 4)
        a, b, c, d = _ids(order)
        order = desk.run(desk.erp.commit(moving(order, LineMove(d, None), LineMove(c, d), LineMove(b, c)))).onto(order)
        for line in order.lines:
            update = desk.run(desk.erp.commit(desk.quantity(order, order.line(line.id) or line, "9")))
            order = update.onto(order)
        assert [line.quantity for line in self._again(desk, order).lines] == [9, 9, 9, 9]
        assert _ids(self._again(desk, order)) == (d, c, b, a)

    @pytest.mark.parametrize("loss", ["answer", "request"])
    def test_a_move_whose_answer_is_lost(self, desk: Any, facts: Any, between: Between, loss: str) -> None:
        order = self._order(desk, facts, 4)
        a, _b, c, _d = _ids(order)
        write = moving(order, LineMove(a, c))
        wanted = arrange(_ids(order), write.moved)

        def cut(request: httpx.Request) -> None:
            if loss == "request" and _is_write(request):
                raise httpx.ReadTimeout("the answer did not come", request=request)

        between.lose, between.fault = (lambda request: loss == "answer" and _is_write(request)), cut
        with pytest.raises(OutcomeUnknown):
            desk.run(desk.erp.commit(write))
        between.lose, between.fault = (lambda _request: False), (lambda _request: None)
        update = desk.run(desk.erp.landed(write))
        if loss == "request":
            assert update is None
            update = desk.run(desk.erp.commit(write))
        else:
            with pytest.raises(Conflict):  # sent again it is refused
                desk.run(desk.erp.commit(write))
        assert update.sequence == wanted
        assert _ids(self._again(desk, order)) == wanted

    def test_a_new_line_is_found_again_beside_moved_ones(self, desk: Any, facts: Any, between: Between) -> None:
        order = self._order(desk, facts, 2)
        a, b = _ids(order)
        order = desk.run(desk.erp.commit(moving(order, LineMove(a, b)))).onto(order)
        line = desk.product_line(facts.other_product_code, "3")
        change = desk.priced(order.header, line, frozenset({LineField.PRODUCT, LineField.QUANTITY}))
        adding = OrderChanges(order.id, order.version, order.header, created=(change,))
        between.lose = lambda _request: True
        with pytest.raises(OutcomeUnknown):
            desk.run(desk.erp.commit(adding))
        between.lose = lambda _request: False
        update = desk.run(desk.erp.landed(adding))
        assert [line.quantity for line in self._again(desk, order).lines] == [2, 1, 3]
        # Put first, and looked for once more: what it was created as still tells it.
        moved = replace(moving(order, LineMove(update.created[line.id], None)), version=update.version)
        desk.run(desk.erp.commit(moved))
        assert [line.quantity for line in self._again(desk, order).lines] == [3, 2, 1]


def _comment(line: OrderLine) -> LineChange:
    return LineChange(line, frozenset({LineField.DESCRIPTION}), priced=False)


def _is_write(request: httpx.Request) -> bool:
    return b"sale.sale.write" in request.content
