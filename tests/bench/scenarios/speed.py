"""What the window does with an order against the same calls made bare, in turns in one process."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from app.bootstrap import Program
from app.ui.orders.lines_model import LinesModel
from app.ui.orders.order_panel import OrderPanel
from app.ui.tour import LINES
from tests.bench.bare_calls import BareCalls, bodies, of_twin
from tests.bench.order import read_order
from tests.bench.program import leave, run_program
from tests.bench.route import Route
from tests.bench.typist import Steps, Typist, Until
from tests.bench.wire import Sent, Wire

_ASIDE = frozenset({"ping", "names", "product_names", "search_products", "explain_line", "bought_by"})
"""What is asked beside the work: by the clock, while an item is typed, when the cursor rests, and once a customer."""
_OPENED = frozenset({"open_order"})
_QUIET = 3.0
"""Seconds without a request after which nothing more comes of what was done before."""
_EDITS = 10  # the short order has no more lines
_REST = 900
"""Milliseconds until what is asked beside the work has been answered, and the machine is for the other side."""


def run(folder: str) -> dict[str, Any]:
    """Do what the order gives, and return ``[ours, bare]`` in seconds for each time it was done."""
    given = read_order(Path(folder)).given
    wire = Wire()
    answer: dict[str, Any] = {}
    typists: list[Typist] = []

    def on_painted(program: Program, _at: float) -> None:
        typist = Typist(lambda: leave(program), patience=300)
        typists.append(typist)
        speed = Speed(program, typist, wire, answer)

        def steps() -> Steps:
            yield from speed.start()
            yield from speed.search()
            yield from speed.card()
            for times, orders in given.get("open", []):
                yield from speed.open_in_turns(times, orders)
            for order in given.get("edit", []):
                yield from speed.edit(order)
            if "add" in given:
                yield from speed.add_lines(*given["add"])
            for rows, times, order, twin in given.get("paste", []):
                yield from speed.paste(rows, times, order, twin)

        typist.follow(steps())

    run_program(folder, on_painted=on_painted, manifests=wire.manifests)
    if typists[0].error is not None:
        raise typists[0].error
    return answer


class Speed(Route):
    """Each measure is a route of its own."""

    def __init__(self, program: Program, typist: Typist, wire: Wire, answer: dict[str, Any]) -> None:
        super().__init__(program, typist, lambda _stage: None)
        self._wire, self._answer = wire, answer
        self._bare: BareCalls | None = None

    def open_in_turns(self, times: int, orders: Sequence[str]) -> Steps:
        """Open one order after the other, until its lines are painted."""
        found = self._answer.setdefault("open", [])
        pairs: list[tuple[float, float]] = []
        for number in range(times + 1):
            order = orders[number % len(orders)]
            before, shown = len(self._wire.sent), Shown(self._program.panel, order)
            began = perf_counter()
            self._program.panel.open_order(order)
            yield Until("the order's lines", lambda shown=shown: shown.at > 0)  # type: ignore[misc]
            yield _REST
            calls = [each for each in self._wire.sent[before:] if each.noted.asked in _OPENED]
            pairs.append((shown.at - began, self._calls(calls).again(bodies(calls))))
        found.append({"pairs": pairs[1:], "requests": len(calls)})

    def edit(self, order: str) -> Steps:
        """Another quantity in some lines; what each put on the wire."""
        yield from self._open(order)
        lines, typist, found = self._program.panel.lines, self._typist, []
        for number in range(_EDITS):
            lines.go_to(number)
            yield from typist.press(Qt.Key.Key_Return)
            yield _REST
            before = len(self._wire.sent)
            yield from typist.type(str(41 + number))
            yield from typist.press(Qt.Key.Key_Return)
            yield from self.stored()
            requests = [each.noted for each in _work(self._wire.sent[before:])]
            size = sum(each.up + each.down for each in requests)
            found.append([len(requests), size, [each.asked for each in requests]])
        self._answer.setdefault("edit", []).append(found)

    def add_lines(self, order: str, twin: str, times: int) -> Steps:
        """Item, Enter, quantity, and from the Enter after it until the line is in the ERP."""
        typist = self._typist
        yield from self._open(order)
        pairs, counted = [], []
        for number in range(times + 1):
            self._program.panel.lines.start_line()
            item, _ = LINES[number % len(LINES)]
            before = len(self._wire.sent)
            yield from typist.type(item)
            yield from typist.press(Qt.Key.Key_Return)
            yield from typist.type(str(20 + number))
            stored = Stored(self._lines_model)
            began = perf_counter()
            yield from typist.press(Qt.Key.Key_Return)
            yield Until("the line to be in the ERP", lambda stored=stored: stored.at > 0)  # type: ignore[misc]
            yield _REST
            calls = _work(self._wire.sent[before:])
            pairs.append((stored.at - began, self._in_twin(calls, order, twin)))
            counted.append(len(calls))
        self._answer["add"] = {"pairs": pairs[1:], "requests": counted[1:]}

    def paste(self, rows: int, times: int, order: str, twin: str) -> Steps:
        """Item and quantity of so many lines, pasted; until all are in the ERP."""
        yield from self._open(order)
        pairs = []
        for number in range(times):
            table = "\n".join(f"{LINES[row % len(LINES)][0]}\t{row % 50 + 2 + number}" for row in range(rows))
            QGuiApplication.clipboard().setText(table)
            self._program.panel.lines.start_line()
            yield _REST
            before, stored = len(self._wire.sent), Stored(self._lines_model, rows)
            began = perf_counter()
            yield from self._typist.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            yield Until("the pasted lines to be in the ERP", lambda stored=stored: stored.at > 0)  # type: ignore[misc]
            yield _REST
            calls = [each for each in self._wire.sent[before:] if each.noted.asked not in _ASIDE - {"search_products"}]
            pairs.append((stored.at - began, self._in_twin(calls, order, twin)))
        found = {"pairs": pairs, "requests": len(calls), "asked": [each.noted.asked for each in calls]}
        self._answer.setdefault("paste", {})[str(rows)] = found

    def _open(self, order: str) -> Steps:
        panel = self._program.panel
        panel.open_order(order)
        yield Until("the order", lambda: panel.session is not None and panel.session.order.id == order)
        # What belongs to the order before, such as reading its customer's list of orders again, comes to its end.
        yield Until("the wire to be quiet", Quiet(self._wire).is_there)

    def _in_twin(self, calls: Sequence[Sent], order: str, twin: str) -> float:
        bare = self._calls(calls)
        took, part, reads = 0.0, [], 0
        # A write of many goes in several; each rests on the version that the one before it left.
        for each in calls:
            part.append(each)
            reads += each.noted.asked == "commit"
            if reads == 2:  # written and read back
                took += bare.again(of_twin(part, order, twin, bare.version(twin)))
                part, reads = [], 0
        return took + (bare.again(of_twin(part, order, twin, bare.version(twin))) if part else 0.0)

    def _calls(self, like: Sequence[Sent]) -> BareCalls:
        if self._bare is None:
            self._bare = BareCalls(like[0].request)
        return self._bare

    @property
    def _lines_model(self) -> LinesModel:
        lines = self._program.panel.lines.lines
        if lines is None:
            raise RuntimeError("there is no order")
        return lines


class Quiet:
    """Nothing has been sent for a while."""

    def __init__(self, wire: Wire) -> None:
        self._wire, self._sent, self._since = wire, -1, 0.0

    def is_there(self) -> bool:
        """Ask again and again."""
        sent = sum(each.noted.asked != "ping" for each in self._wire.sent)
        if sent != self._sent:
            self._sent, self._since = sent, perf_counter()
        return perf_counter() - self._since > _QUIET


class Shown(QObject):
    """When the lines of an order have been painted: `time.perf_counter`, or 0 until then."""

    def __init__(self, panel: OrderPanel, order: str) -> None:
        super().__init__(panel)
        self.at = 0.0
        self._panel, self._order = panel, order
        panel.lines.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject. A filter sees the paint event before it is delivered."""
        session = self._panel.session
        if event.type() == QEvent.Type.Paint and session is not None and session.order.id == self._order:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._end)
        return False

    def _end(self) -> None:
        self.at = perf_counter()


class Stored(QObject):
    """When all that was typed is in the ERP and shown so: `time.perf_counter`, or 0 until then.

    Args:
        more: How many lines the order then has more than now.
    """

    def __init__(self, model: LinesModel, more: int = 1) -> None:
        super().__init__(model)
        self.at = 0.0
        self._model, self._wanted = model, len(model.session.order.lines) + more
        model.state_changed.connect(self._look)

    def _look(self) -> None:
        session = self._model.session
        if not self.at and len(session.order.lines) >= self._wanted and not session.has_unwritten:
            self.at = perf_counter()


def _work(sent: Sequence[Sent]) -> list[Sent]:
    return [each for each in sent if each.noted.asked not in _ASIDE]
