"""Any commands of a user, any changes by somebody else, any faults: in the end the ERP holds what the window shows."""

import os
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.order_edits import Value, value_of
from app.domain.orders import LineField, LineKind, OrderLine
from app.domain.price_origin import PriceChoice
from app.services.order_rows import InputProblem, RowStatus, TypedRow
from app.services.order_session import Keep
from tests.helpers.fake_erp import CABLE, DRIVER, LAMP, LATE_BY, Fault, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored

VALUES: dict[LineField, st.SearchStrategy[Value]] = {
    LineField.PRODUCT: st.sampled_from([LAMP, DRIVER, CABLE]),
    LineField.QUANTITY: st.sampled_from([Decimal(n) for n in (1, 2, 13, 77, 100)]),
    LineField.DESCRIPTION: st.sampled_from(["", "red", "blue"]),
    LineField.DISCOUNT: st.sampled_from([None, Decimal("0.2")]),
    LineField.UNIT_PRICE: st.sampled_from([None, kroner(Decimal(9))]),
}
REMEMBERED = (LineField.PRODUCT, LineField.QUANTITY, LineField.DESCRIPTION)
WRITE_FAULTS = [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LATE, Fault.UNREACHABLE, Fault.MALFORMED, Fault.BUG]
ON_ITS_WAY = (RowStatus.SENDING, RowStatus.CHECKING)
READ_FAULTS = [Fault.TIMED_OUT, Fault.UNREACHABLE, Fault.MALFORMED, Fault.BUG]
LOST = [*READ_FAULTS, Fault.NOT_YET, Fault.ACCESS_ENDED]
typings = st.one_of([st.tuples(st.just(name), values) for name, values in VALUES.items()])
their_typings = st.one_of([st.tuples(st.just(name), VALUES[name]) for name in REMEMBERED[1:]])
rows = st.integers(0, 30)
keeps = st.sampled_from(Keep)


class OrderMachine(RuleBasedStateMachine):
    """A clerk, a colleague and a bad line to an ERP."""

    runner: ManualRunner
    desk: Desk

    @initialize(
        is_new=st.booleans(),
        delay=st.sampled_from([0.02, 0.4, 2.0]),
        tempo=st.sampled_from([0.0, 0.01, 0.3, 1.5]),
        special=st.booleans(),
        sorts_new=st.booleans(),
    )
    def open(self, is_new: bool, delay: float, tempo: float, special: bool, sorts_new: bool) -> None:
        self.runner = ManualRunner()
        self.tempo = tempo  # seconds from one thing that happens to the next
        lines = () if is_new else (stored("1", 1), stored("2", 2, DRIVER), stored("3", 3, CABLE))
        if special and lines:
            lines = (replace(lines[0], unit_price=kroner(Decimal(88)), amount=kroner(Decimal(88))), *lines[1:])
        self.desk = Desk(self.runner, *lines, is_new=is_new, knows_prices=False)
        self.desk.erp.delay, self.desk.erp.sorts_new = delay, sorts_new
        self.desk.erp.refuses = lambda line: "unlucky" if line.quantity == 13 and line.unit_price is not None else ""
        self.desk.erp.asks = lambda line: "odd" if line.quantity == 77 else ""
        self.mine: dict[tuple[str, LineField], Value] = {}
        self.theirs: dict[tuple[str, LineField], Value] = {}
        self.before: dict[tuple[str, LineField], set[Value]] = {}
        self.removed: set[str] = set()

    # -- the clerk

    def key(self, row: int) -> str | None:
        """One of the rows, if there are any."""
        keys = self.desk.session.keys()
        return keys[row % len(keys)] if keys else None

    @rule(product=VALUES[LineField.PRODUCT], quantity=VALUES[LineField.QUANTITY])
    def enter(self, product: Value, quantity: Value) -> None:
        key = self.desk.session.add_line()
        self._type(key, LineField.PRODUCT, product)
        self._type(key, LineField.QUANTITY, quantity)
        self.desk.session.leave(key)

    @rule(products=st.lists(VALUES[LineField.PRODUCT], min_size=5, max_size=8), quantity=VALUES[LineField.QUANTITY])
    def add_rows(self, products: list[Value], quantity: Value) -> None:
        typed = [{LineField.PRODUCT: product, LineField.QUANTITY: quantity} for product in products]
        keys = self.desk.session.add_rows([TypedRow(values) for values in typed])
        for key, values in zip(keys, typed, strict=True):
            self.mine.update({(key, name): value for name, value in values.items()})

    @rule(kind=st.sampled_from([LineKind.PRODUCT, LineKind.COMMENT]))
    def add_line(self, kind: LineKind) -> None:
        self.desk.session.add_line(kind)

    @rule(row=rows, typing=typings, leaves=st.booleans())
    def type(self, row: int, typing: tuple[LineField, Value], leaves: bool) -> None:
        key = self.key(row)
        if key is None:
            return
        view = self.desk.session.row(key)
        if view.removed or (view.line.kind is LineKind.COMMENT and typing[0] is not LineField.DESCRIPTION):
            return  # the window does not offer it
        self._type(key, *typing)
        if leaves:
            self.desk.session.leave(key)

    def _type(self, key: str, name: LineField, value: Value) -> None:
        self.desk.session.edit(key, name, value)
        self._forget_theirs(key, name)
        if name in REMEMBERED:
            line = self.desk.session.row(key).line
            assert value_of(line, name) == value
            base, edit = self.desk.session.order.line(line.id), self.desk.session.edits.get(line.id)
            self.mine.pop((key, name), None)
            progress = self.desk.session._draft.progress.get(line.id)
            sent = progress.sent if progress is not None else None
            is_own_again = base is not None and value_of(base, name) == value
            is_sent_again = sent is not None and sent.values.get(name) == value
            if edit is not None and name in edit.values and not is_own_again and not is_sent_again:
                self.mine[key, name] = value

    @rule(row=rows)
    def type_nonsense(self, row: int) -> None:
        if key := self.key(row):
            self.desk.session.reject(key, LineField.QUANTITY, "many", InputProblem.NOT_A_NUMBER)

    @rule(row=rows)
    def leave(self, row: int) -> None:
        if key := self.key(row):
            self.desk.session.leave(key)

    @rule(row=rows)
    def remove(self, row: int) -> None:
        if key := self.key(row):
            self._forget_mine(key)
            self._forget_theirs(key)
            self.desk.session.remove(key)

    @rule(row=rows, to=st.integers(0, 30))
    def move(self, row: int, to: int) -> None:
        """Put a row behind another one, or first."""
        if (key := self.key(row)) is not None:
            others = [None, *(each for each in self._keys() if each != key)]
            after = others[to % len(others)]
            self.desk.session.move((key, after))
            keys = self._keys()
            at = keys.index(key)
            assert (keys[at - 1] if at else None) == after

    @rule(row=rows)
    def revert(self, row: int) -> None:
        if key := self.key(row):
            self._forget_mine(key)
            self.desk.session.revert(key)

    @rule(row=rows, keep=keeps)
    def resolve(self, row: int, keep: Keep) -> None:
        if key := self.key(row):
            self._resolve(key, keep)

    def _resolve(self, key: str, keep: Keep) -> None:
        if self.desk.session.row(key).collisions:
            self._forget_mine(key)
            self._forget_theirs(key)
            self.desk.session.resolve(key, keep)

    @rule(row=rows, choice=st.sampled_from(PriceChoice))
    def choose_price(self, row: int, choice: PriceChoice) -> None:
        if key := self.key(row):
            self.desk.session.choose_price(key, choice)

    @rule(row=rows)
    def retry(self, row: int) -> None:
        self.desk.session.retry(self.key(row) if row % 2 else None)

    @rule(row=rows, quantity=VALUES[LineField.QUANTITY])
    def change(self, row: int, quantity: Value) -> None:
        """What a clerk does most."""
        self.type(row, (LineField.QUANTITY, quantity), leaves=True)

    @precondition(lambda self: self.desk.session.question is not None)
    @rule(yes=st.booleans())
    def answer(self, yes: bool) -> None:
        self.desk.session.answer(yes=yes)

    @rule()
    def act(self) -> None:
        self.desk.session.act("quote")

    @rule()
    def refresh(self) -> None:
        self.desk.session.refresh()

    # -- the colleague

    def _order_id(self) -> str | None:
        return self.desk.session.order.id

    @rule(row=rows, typing=their_typings)
    def somebody_changes(self, row: int, typing: tuple[LineField, Value]) -> None:
        name, value = typing

        def change(order_id: str, line: OrderLine) -> None:
            if line.kind is LineKind.PRODUCT and value != value_of(line, name):
                self.desk.erp.change(line.id, order_id=order_id, **{name.value: value})
                self.mine.pop((self._key_of(line.id), name), None)
                before = self.before.setdefault((line.id, name), set())
                before.add(value_of(line, name))
                if value in before:
                    self.theirs.pop((line.id, name), None)  # back where it was: no change to anybody else
                else:
                    self.theirs[line.id, name] = value

        self._at_a_line(row, change)

    @rule(row=rows)
    def somebody_removes(self, row: int) -> None:
        def remove(order_id: str, line: OrderLine) -> None:
            self.desk.erp.remove(line.id, order_id=order_id)
            self.removed.add(self._key_of(line.id))
            self._forget_mine(self._key_of(line.id))
            self._forget_theirs(self._key_of(line.id))

        self._at_a_line(row, remove)

    @rule(row=rows, to=st.integers(0, 30))
    def somebody_moves(self, row: int, to: int) -> None:
        def move(order_id: str, line: OrderLine) -> None:
            others = [None, *(each.id for each in self.desk.erp.orders[order_id].lines if each.id != line.id)]
            self.desk.erp.move(line.id, others[to % len(others)], order_id=order_id)

        self._at_a_line(row, move)

    @precondition(lambda self: self._order_id() is not None)
    @rule(number=st.integers(100, 999))
    def somebody_adds(self, number: int) -> None:
        order_id = self._order_id() or ""
        if all(line.id != str(number) for line in self.desk.erp.orders[order_id].lines):
            self.desk.erp.add(stored(str(number), 5), order_id=order_id)

    def _at_a_line(self, row: int, do: Callable[[str, OrderLine], None]) -> None:
        order_id = self._order_id()
        if order_id is not None and (lines := self.desk.erp.orders[order_id].lines):
            do(order_id, lines[row % len(lines)])

    # -- the world

    @rule(fault=st.sampled_from(WRITE_FAULTS))
    def lose_a_write(self, fault: Fault) -> None:
        self.desk.erp.faults["commit"].append(fault)

    @rule(
        name=st.sampled_from(["landed", "landed", "open_order", "price_line", "price_lines", "commit"]),
        fault=st.sampled_from(LOST),
    )
    def lose_an_answer(self, name: str, fault: Fault) -> None:
        if name == "landed" or fault is not Fault.NOT_YET:
            self.desk.erp.faults[name].append(fault)

    @rule(fault=st.sampled_from([*WRITE_FAULTS, Fault.ACCESS_ENDED]))
    def lose_an_action(self, fault: Fault) -> None:
        self.desk.erp.faults["act"].append(fault)
        self.desk.session.act("quote")

    @rule(seconds=st.sampled_from([0.1, 5.0]))
    def be_down(self, seconds: float) -> None:
        self.desk.erp.is_down = True
        self.runner.advance(seconds)
        self.desk.erp.is_down = False

    @rule(seconds=st.sampled_from([0.01, 0.1, 1.0, 5.0, 30.0]))
    def wait(self, seconds: float) -> None:
        self.runner.advance(seconds)

    @rule(row=rows, quantity=VALUES[LineField.QUANTITY], then=st.sampled_from(["leave", "remove", "type", "revert"]))
    def be_quick(self, row: int, quantity: Value, then: str) -> None:
        """Do something in a row while it is on its way."""
        for _ in range(40):
            if sending := [key for key in self._keys() if self.desk.status(key) in ON_ITS_WAY]:
                break
            self.runner.advance(self.desk.erp.delay / 4)
        else:
            return
        key = sending[row % len(sending)]
        if then == "remove":
            self.remove(self._keys().index(key))
        elif self.desk.row(key).line.kind is LineKind.PRODUCT and not self.desk.row(key).removed:
            self._type(key, LineField.QUANTITY, quantity)
            if then == "leave":
                self.desk.session.leave(key)
            elif then == "revert":
                self._forget_mine(key)
                self.desk.session.revert(key)

    # -- what holds at any time

    @invariant()
    def the_window_knows(self) -> None:
        if hasattr(self, "desk"):
            self.desk.window.check()
            self.runner.advance(self.tempo)
            self.desk.window.check()
            assert self.desk.erp.most_writes_at_once <= 1

    @invariant()
    def what_was_typed_is_shown(self) -> None:
        if hasattr(self, "desk"):
            shown = set(self.desk.session.keys())
            for (key, name), value in self.mine.items():
                if key in shown:
                    assert value_of(self.desk.session.row(key).line, name) == value

    # -- what holds in the end

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            try:
                self._come_to_rest()
                self._check_the_end()
            finally:
                self.runner.close()

    def _come_to_rest(self) -> None:
        session, erp = self.desk.session, self.desk.erp
        erp.is_down = False
        erp.faults.clear()
        erp.refuses = lambda _line: ""
        erp.asks = lambda _line: ""
        for _ in range(4):
            for key in self._keys():
                if key not in self._keys():
                    continue
                if session.row(key).bad:
                    self._forget_mine(key)
                    session.revert(key)
                else:
                    self._resolve(key, Keep.MINE)
                    session.choose_price(key, PriceChoice.KEEP)
                    session.leave(key)
                    session.retry(key)
            if session.question is not None:
                session.answer(yes=True)
            session.retry()
            self.desk.settle()
        self.runner.advance(LATE_BY)
        session.refresh()
        self.desk.settle()

    def _check_the_end(self) -> None:
        session, erp = self.desk.session, self.desk.erp
        assert {session.row(key).status for key in self._keys()} <= {RowStatus.STORED}
        assert len(erp.orders) <= 1, "the order was created twice"
        if session.order.id is not None:
            self.desk.assert_in_erp()
            assert [session.row(key).line.id for key in self._keys()] == [line.id for line in self.desk.stored]
            self._check_nothing_is_lost(erp.orders[session.order.id].lines)

    def _check_nothing_is_lost(self, lines: tuple[OrderLine, ...]) -> None:
        now = {line.id: line for line in lines}
        for (key, name), value in self.mine.items():
            if key in self.removed and key not in self._keys():
                continue  # what was typed there after it had been sent was what had been sent
            assert key in self._keys(), f"row {key} is lost"
            assert value_of(self.desk.session.row(key).line, name) == value
        for (line_id, name), value in self.theirs.items():
            assert value_of(now[line_id], name) == value, "somebody else's change was overwritten"

    # -- small things

    def _keys(self) -> tuple[str, ...]:
        return self.desk.session.keys()

    def _key_of(self, line_id: str) -> str:
        local = {stored_id: local for local, stored_id in self.desk.erp.ids.items()}
        return self.desk.session._draft.key_of(local.get(line_id, line_id))

    def _forget_mine(self, key: str) -> None:
        self.mine = {place: value for place, value in self.mine.items() if place[0] != key}

    def _forget_theirs(self, key: str, name: LineField | None = None) -> None:
        line_id = self.desk.session._draft.id_of(key)
        line_id = self.desk.erp.ids.get(line_id, line_id)
        self.theirs = {
            place: value for place, value in self.theirs.items() if place[0] != line_id or name not in (None, place[1])
        }


RUNS = os.environ.get("SAMSPIL_MACHINE_RUNS")
"""How many runs, each another one every time. Without it the same runs each time, so that a failure is repeatable."""

TestOrderMachine: Any = OrderMachine.TestCase
TestOrderMachine.settings = settings(
    max_examples=int(RUNS or 100), stateful_step_count=40, derandomize=RUNS is None, deadline=None
)


@pytest.mark.parametrize("seed", range(int(RUNS or 100)))
def test_a_long_day(seed: int) -> None:
    """The same as a long day at random, which Hypothesis, who looks for short ones, seldom tries."""
    chance = random.Random(f"{RUNS} {seed}")  # noqa: S311
    machine = OrderMachine()
    machine.open(
        is_new=chance.random() < 0.3,
        delay=chance.choice([0.02, 0.4, 2.0]),
        tempo=chance.choice([0, 0.1, 1]),
        special=chance.random() < 0.5,
        sorts_new=chance.random() < 0.5,
    )

    def row() -> int:
        return chance.randrange(31)

    def quantity() -> Decimal:
        return Decimal(chance.choice([1, 2, 3, 13, 77, 100]))

    def typing() -> tuple[LineField, Value]:
        values: list[tuple[LineField, Value]] = [
            (LineField.PRODUCT, chance.choice([LAMP, DRIVER, CABLE])),
            (LineField.QUANTITY, quantity()),
            (LineField.DESCRIPTION, chance.choice(["", "red", "blue"])),
            (LineField.DISCOUNT, chance.choice([None, Decimal("0.2")])),
            (LineField.UNIT_PRICE, chance.choice([None, kroner(Decimal(9))])),
        ]
        return chance.choice(values)

    def answer() -> None:
        if machine.desk.session.question is not None:
            machine.desk.session.answer(yes=chance.random() < 0.7)

    def somebody() -> None:
        at_work = [
            lambda: machine.somebody_changes(row(), (LineField.QUANTITY, quantity())),
            lambda: machine.somebody_changes(row(), (LineField.DESCRIPTION, chance.choice(["", "red", "blue"]))),
            lambda: machine.somebody_removes(row()),
            lambda: machine.somebody_moves(row(), row()),
            lambda: machine.somebody_adds(chance.randrange(100, 999)) if machine.desk.session.order.id else None,
        ]
        chance.choice(at_work)()

    def paste() -> None:
        products: list[Value] = [chance.choice([LAMP, DRIVER, CABLE]) for _ in range(chance.randrange(2, 9))]
        machine.add_rows(products, quantity())

    answers = ["landed", "open_order", "price_line", "price_lines"]
    deeds: list[tuple[int, Callable[[], None]]] = [
        (1, paste),
        (8, lambda: machine.enter(chance.choice([LAMP, DRIVER, CABLE]), quantity())),
        (8, lambda: machine.change(row(), quantity())),
        (6, lambda: machine.type(row(), typing(), leaves=chance.random() < 0.7)),
        (8, lambda: machine.be_quick(row(), quantity(), chance.choice(["leave", "remove", "type", "revert"]))),
        (4, lambda: machine.leave(row())),
        (1, lambda: machine.add_line(chance.choice([LineKind.PRODUCT, LineKind.COMMENT]))),
        (1, lambda: machine.type_nonsense(row())),
        (2, lambda: machine.remove(row())),
        (2, lambda: machine.revert(row())),
        (3, lambda: machine.move(row(), row())),
        (4, lambda: machine.resolve(row(), chance.choice(list(Keep)))),
        (4, lambda: machine.choose_price(row(), chance.choice(list(PriceChoice)))),
        (4, lambda: machine.retry(row())),
        (4, answer),
        (1, machine.act),
        (2, machine.refresh),
        (4, somebody),
        (4, lambda: machine.lose_a_write(chance.choice(WRITE_FAULTS))),
        (2, lambda: machine.lose_an_answer(chance.choice(answers), chance.choice(LOST))),
        (1, lambda: machine.lose_an_action(chance.choice(WRITE_FAULTS))),
        (1, lambda: machine.be_down(chance.choice([0.1, 5.0]))),
        (8, lambda: machine.wait(chance.choice([0.01, 0.1, 1.0, 5.0, 30.0]))),
    ]
    try:
        for _ in range(80):
            chance.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])[0]()
            machine.the_window_knows()
            machine.what_was_typed_is_shown()
    finally:
        machine.teardown()
