"""`OrderPaste`: from a text to rows on their way, counted in requests."""

import time
from collections import Counter
from decimal import Decimal
from typing import cast

from app.domain.orders import LineField, LineKind
from app.ports.erp import ErpSystem
from app.services.order_paste import OrderPaste, PasteState, Stage
from app.services.order_rows import BadInput, InputProblem, RowStatus, TypedRow
from tests.helpers.fake_erp import BOXES, CABLE, DRIVER, LAMP, Fault
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk

F = LineField


class PasteDesk(Desk):
    """A clerk who pastes."""

    def __init__(self, runner: ManualRunner, *, is_new: bool = False) -> None:
        super().__init__(runner, is_new=is_new)
        self.paste = OrderPaste(cast(ErpSystem, self.erp), self.session, runner)
        self.stages: list[Stage] = []
        self.paste.listener = lambda: self.stages.append(self.paste.state().stage)

    def put(self, text: str, *, until: Stage = Stage.ENDED) -> None:
        """Paste it and wait."""
        self.paste.paste(text, ",", self.session.add_rows)
        self.wait(until)

    def wait(self, stage: Stage) -> None:
        """The text is read in a thread, which virtual time cannot hurry."""
        for _ in range(1000):
            self.runner.advance(0.05)
            if self.paste.state().stage is stage:
                return
            time.sleep(0.002)
        raise AssertionError(f"it is {self.paste.state()}")


def test_three_hundred_rows_in_few_requests(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    codes = [LAMP.code, DRIVER.code, CABLE.code]
    desk.put("".join(f"{codes[n % 3]}\t{n + 1}\n" for n in range(300)))
    desk.settle()
    calls = Counter(desk.erp.calls)
    assert calls["find_products"] == 1, "three items, however often they stand there"
    assert calls["price_lines"] == 6
    assert calls["commit"] == 4, "the first hundred, the second, and the rest as it is priced"
    assert calls.keys() == {"find_products", "price_lines", "commit"}
    assert desk.quantities() == list(range(1, 301))
    desk.assert_in_erp()
    state = desk.paste.state()
    assert (state.rows, state.stored, state.waiting) == (300, 300, 0)


def test_a_hundred_items_at_a_time(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    desk.put("".join(f"X{n}\t1\n" for n in range(250)) + f"{LAMP.code}\t7\n")
    assert desk.erp.calls.count("find_products") == 3
    assert desk.stages[0] is Stage.READING
    assert desk.stages[-1] is Stage.WRITING
    assert (desk.paste.state().stored, desk.paste.state().waiting) == (1, 250)
    assert desk.paste.problem_keys == desk.session.problem_keys()


def test_what_stands_in_the_rows(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    desk.put(
        "Varenr\tAntal\tEnhed\tRabat\tTekst\n"
        f"{LAMP.code}\t1\tSTK.\t\t{LAMP.name.upper()}\n"  # pieces, and the item's own name
        f"{LAMP.code}\t2\tbox\t10 %\tred\n"
        f"{LAMP.code}\t3\tpalle\t\t\n"
        "4999\t4\tstk\t\t\n"
        "\t\t\t\tThank you\n"
    )
    own, boxed, strange, unknown, comment = (desk.row(key) for key in desk.session.keys())
    assert (own.line.unit, own.line.description, own.status) == (own.line.unit, "", RowStatus.STORED)
    assert (boxed.line.unit, boxed.line.discount, boxed.line.description) == (BOXES, Decimal("0.1"), "red")
    assert strange.bad == {F.UNIT: BadInput("palle", InputProblem.UNKNOWN_UNIT, ("pcs", "box"))}
    assert unknown.bad == {F.PRODUCT: BadInput("4999", InputProblem.UNKNOWN_PRODUCT)}
    assert comment.line.kind is LineKind.COMMENT
    assert comment.status is RowStatus.STORED


def test_it_waits_for_an_erp_that_does_not_answer_and_goes_on(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    desk.erp.faults["find_products"].extend([Fault.TIMED_OUT, Fault.UNREACHABLE])
    desk.put(f"{LAMP.code}\t5\n{DRIVER.code}\t6\n")
    desk.settle()
    assert desk.quantities() == [5, 6]
    desk.assert_in_erp()


def test_stopping_while_items_are_looked_up_puts_nothing_in_the_order(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    desk.erp.is_down = True
    desk.paste.paste(f"{LAMP.code}\t5\n", ",", desk.session.add_rows)
    for _ in range(50):
        runner.advance(0.05)
        time.sleep(0.002)
    desk.paste.stop()
    desk.erp.is_down = False
    desk.settle()
    assert desk.paste.state().stage is Stage.STOPPED
    assert desk.session.keys() == ()
    assert desk.erp.calls == []


def test_stopping_on_the_way_keeps_what_the_erp_has(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    desk.erp.delay = 1.0
    desk.paste.paste("".join(f"{LAMP.code}\t{n}\n" for n in range(1, 201)), ",", desk.session.add_rows)
    for _ in range(1000):
        runner.advance(0.05)
        if desk.paste.state().stored:
            break
        time.sleep(0.002)
    desk.paste.stop()
    desk.settle()
    state = desk.paste.state()
    assert state.stage is Stage.STOPPED
    assert state.stored + state.taken_back == 200
    assert desk.quantities() == list(range(1, state.stored + 1))
    desk.assert_in_erp()
    desk.paste.forget()
    assert desk.paste.state().stage is Stage.NONE


def test_rows_that_came_otherwise_are_followed_and_stopped_as_well(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    rows = [TypedRow({F.PRODUCT: LAMP, F.QUANTITY: Decimal(n + 1)}) for n in range(1000)]
    desk.paste.follow(desk.session.add_rows(rows))
    assert desk.paste.state() == PasteState(Stage.WRITING, rows=1000)
    for _ in range(1000):
        runner.advance(0.05)
        if desk.paste.state().stored:
            break
    assert 0 < desk.paste.state().stored < 1000, "it is not seen to get on"
    desk.paste.stop()
    desk.settle()
    state = desk.paste.state()
    assert state.stage is Stage.STOPPED
    assert state.stored == len(desk.stored)
    assert state.stored + state.taken_back == state.rows == 1000
    assert desk.quantities() == list(range(1, state.stored + 1))


def test_a_thousand_copied_rows_take_as_few_requests_as_their_number_allows(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    rows = [TypedRow({F.PRODUCT: LAMP, F.QUANTITY: Decimal(n + 1)}) for n in range(1000)]
    desk.paste.follow(desk.session.add_rows(rows))
    desk.settle()
    calls = Counter(desk.erp.calls)
    assert calls["price_lines"] == 20
    assert calls["commit"] <= 7, "each has the ERP add the whole order up: they grow with it"
    assert calls.keys() == {"price_lines", "commit"}
    assert desk.quantities() == list(range(1, 1001))
    desk.assert_in_erp()
    assert desk.paste.state() == PasteState(Stage.ENDED, rows=1000, stored=1000)


def test_too_much_and_nothing(runner: ManualRunner) -> None:
    desk = PasteDesk(runner)
    desk.put("a\t1\n" * 2001, until=Stage.TOO_MUCH)
    desk.put("\t\n \t \n", until=Stage.EMPTY)
    assert desk.erp.calls == []
    assert desk.session.keys() == ()
