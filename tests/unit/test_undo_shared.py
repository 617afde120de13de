"""Undo and redo in an order at which somebody else works too: nothing of his is lost, and nothing raises."""

import os
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.domain.order_edits import value_of
from app.domain.orders import LineField, OrderLine
from app.domain.price_origin import PriceChoice
from app.services.order_session import Keep
from tests.helpers.order_desk import stored
from tests.unit.test_undo import UndoMachine

rows = st.integers(0, 30)


class SharedUndoMachine(UndoMachine):
    """A clerk who takes back and does again, and a colleague whose every value is one that nobody else types."""

    def begin(self) -> None:
        self.count = 0
        self.theirs: dict[tuple[str, LineField], Any] = {}
        self.added: set[str] = set()
        self.gone: set[str] = set()

    # -- the clerk: what he does to a row by himself may take the place of what the colleague has done to it

    def key(self, row: int) -> str | None:
        key = super().key(row)
        if key is not None:
            self._forget(key)
        return key

    @rule(row=rows, count=st.integers(1, 3))
    def remove(self, row: int, count: int) -> None:
        session = self.hands.session
        if (key := self.key(row)) is not None:
            keys = session.keys()
            gone = [each for each in keys[keys.index(key) :][:count] if not session.row(each).removed]
            for each in gone:
                self._forget(each)
            self.hands.remove(*gone)

    def _forget(self, key: str) -> None:
        line_id = self.hands.session.row(key).line.id
        line_id = self.hands.desk.erp.ids.get(line_id, line_id)
        self.theirs = {place: value for place, value in self.theirs.items() if place[0] != line_id}
        self.added.discard(line_id)

    # -- the colleague

    def _line(self, row: int) -> OrderLine | None:
        lines = self.hands.desk.stored
        return lines[row % len(lines)] if lines else None

    @rule(row=rows, is_text=st.booleans())
    def somebody_changes(self, row: int, is_text: bool) -> None:
        if (line := self._line(row)) is not None:
            self.count += 1
            name = LineField.DESCRIPTION if is_text else LineField.QUANTITY
            value = f"theirs {self.count}" if is_text else Decimal(1000 + self.count)
            self.hands.desk.erp.change(line.id, **{name.value: value})
            self.theirs[line.id, name] = value

    @rule(row=rows)
    def somebody_removes(self, row: int) -> None:
        if (line := self._line(row)) is not None:
            self.hands.desk.erp.remove(line.id)
            self.theirs = {place: value for place, value in self.theirs.items() if place[0] != line.id}
            self.added.discard(line.id)
            self.gone.add(line.id)

    @rule()
    def somebody_adds(self) -> None:
        self.count += 1
        line = stored(f"theirs{self.count}", 5)
        self.hands.desk.erp.add(line)
        self.added.add(line.id)

    @rule(row=rows, to=rows)
    def somebody_moves(self, row: int, to: int) -> None:
        if (line := self._line(row)) is not None:
            others = [None, *(each.id for each in self.hands.desk.stored if each.id != line.id)]
            self.hands.desk.erp.move(line.id, others[to % len(others)])

    @rule()
    def refresh(self) -> None:
        self.hands.session.refresh()

    # -- what holds

    def _let_pass(self, seconds: float) -> None:
        desk = self.hands.desk
        desk.window.check()
        self.runner.advance(seconds)
        desk.window.check()
        assert not self.hands.raised

    def _rest(self) -> list[tuple[object, ...]]:
        session, desk = self.hands.session, self.hands.desk
        for _ in range(3):
            for key in session.keys():
                if key in session.keys() and session.row(key).collisions:
                    session.resolve(key, Keep.THEIRS)
                session.choose_price(key, PriceChoice.KEEP)
                session.leave(key)
            desk.settle()
            session.refresh()
            desk.settle()
        desk.assert_in_erp()
        assert [session.row(key).line for key in session.keys()] == list(desk.stored)
        return self.hands.content()

    def _check_the_end(self) -> None:
        undo = self.hands.undo
        for _ in range(2):
            while undo.can_undo:
                undo.undo()
            self._check_theirs()
            while undo.can_redo:
                undo.redo()
            self._check_theirs()

    def _check_theirs(self) -> None:
        self._rest()
        assert not self.hands.raised
        there = {line.id: line for line in self.hands.desk.stored}
        assert self.added <= there.keys(), "a line that somebody else added was taken away"
        assert not self.gone & there.keys()
        for (line_id, name), value in self.theirs.items():
            assert line_id in there, "a line that somebody else changed was taken away"
            assert value_of(there[line_id], name) == value, "somebody else's change was taken back"


RUNS = os.environ.get("SAMSPIL_MACHINE_RUNS")
TestSharedUndoMachine: Any = SharedUndoMachine.TestCase
TestSharedUndoMachine.settings = settings(
    max_examples=int(RUNS or 40), stateful_step_count=30, derandomize=RUNS is None, deadline=None
)
