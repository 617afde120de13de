"""An order of many lines: opened, looked through from top to bottom, edited; with a heartbeat in the GUI thread."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from app.bootstrap import Program
from tests.bench.explain import Explainer
from tests.bench.heartbeat import Heartbeat
from tests.bench.order import read_order
from tests.bench.program import leave, run_program
from tests.bench.route import Route
from tests.bench.typist import Steps, Typist, Until

_CONTROL = Qt.KeyboardModifier.ControlModifier
_HELD = 30
"""Milliseconds between the repeats of a key that is held down, and between two steps of the wheel."""
_LOOK = 600
_NOTCH = 120
_PATIENCE = 180
"""Seconds: reading a thousand lines takes Tryton more than half a minute where others use the machine too."""


def run(folder: str) -> dict[str, Any]:
    """Open it, go through it, edit, and say when the window was held."""
    order = read_order(Path(folder))
    heartbeat = Heartbeat()
    explainer = Explainer(heartbeat) if order.explain else None
    answer: dict[str, Any] = {}
    typists: list[Typist] = []

    def on_painted(program: Program, _at: float) -> None:
        def on_stage(name: str) -> None:
            heartbeat.stage = name

        def on_end() -> None:
            heartbeat.end()
            leave(program)

        typist = Typist(on_end, patience=_PATIENCE)
        typists.append(typist)
        route = LongOrder(program, typist, on_stage)

        def steps() -> Steps:
            yield from route.start()
            yield from route.search()
            yield from route.card()
            heartbeat.begin()
            if explainer is not None:
                explainer.start()
            yield from route.long_order(str(order.given["order_id"]))

        typist.follow(steps())

    run_program(folder, on_painted=on_painted)
    (typist,) = typists
    if typist.error is not None:
        raise typist.error
    if explainer is not None:
        answer["explained"] = explainer.end()
    return {**answer, "gaps": [asdict(gap) for gap in heartbeat.gaps]}


class LongOrder(Route):
    """The way through an order of many lines."""

    def long_order(self, order_id: str) -> Steps:
        """All of it."""
        yield from self.open(order_id)
        yield from self.scroll()
        yield from self.edit()
        yield from self.end()

    def open(self, order_id: str) -> Steps:
        """Open it; wait until it stands there."""
        panel = self._program.panel
        self._on_stage("open")
        panel.open_order(order_id)
        yield Until("the order", lambda: panel.session is not None and panel.session.order.id == order_id)
        yield _LOOK

    def scroll(self) -> Steps:
        """Up to the top page by page, down again by the wheel, and up with a held arrow for a while."""
        press, lines = self._typist.press, self._program.panel.lines
        self._on_stage("page keys")
        yield from press(Qt.Key.Key_Home, _CONTROL, is_measured=False)
        yield _LOOK
        while (row := lines.currentIndex().row()) + 1 < self._rows:
            yield from press(Qt.Key.Key_PageDown, is_measured=False, pause=_HELD)
            if lines.currentIndex().row() == row:
                break
        yield _LOOK
        self._on_stage("wheel")
        bar = lines.verticalScrollBar()
        while bar.value() > bar.minimum():
            self._turn_wheel(_NOTCH)
            yield _HELD
        while bar.value() < bar.maximum() // 4:
            self._turn_wheel(-_NOTCH)
            yield _HELD
        self._on_stage("arrow keys")
        for _ in range(60):
            yield from press(Qt.Key.Key_Up, is_measured=False, pause=_HELD)
        yield _LOOK

    def edit(self) -> Steps:
        """Another quantity in the middle; it is written, and the ERP's answer is in the row."""
        lines, typist = self._program.panel.lines, self._typist
        for number, row in enumerate((self._rows // 2, 5, self._rows - 6)):
            self._on_stage("edit")
            lines.go_to(row)
            yield _HELD
            yield from typist.press(Qt.Key.Key_Return, shown_by=self._grid)
            yield from typist.type(str(31 + number))
            yield from typist.press(Qt.Key.Key_Return, shown_by=self._grid)
            self._on_stage("write and answer")
            yield from self.stored()

    def end(self) -> Steps:
        """A new line at the end, copied, and both taken away again."""
        lines, typist = self._program.panel.lines, self._typist
        self._on_stage("new line")
        lines.start_line()
        yield from self.line("4711", "40")
        yield from self.stored()
        self._on_stage("copy")
        yield from typist.press(Qt.Key.Key_Up, is_measured=False)
        yield from typist.press(Qt.Key.Key_D, _CONTROL, is_measured=False)
        yield from typist.press(Qt.Key.Key_Return, is_measured=False)
        yield from self.stored()
        self._on_stage("remove")
        for _ in range(2):
            lines.go_to(self._rows - 1)
            yield from typist.press(Qt.Key.Key_Delete, _CONTROL, is_measured=False)
            yield from self.stored()
        self._on_stage("refresh")
        yield from typist.press(Qt.Key.Key_F5, is_measured=False)
        yield from self.stored()

    @property
    def _rows(self) -> int:
        session = self._program.panel.session
        return len(session.keys()) if session is not None else 0

    def _turn_wheel(self, by: int) -> None:
        viewport = self._program.panel.lines.viewport()
        place = QPointF(viewport.rect().center())
        event = QWheelEvent(
            place,
            QPointF(viewport.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QCoreApplication.sendEvent(viewport, event)
