"""``python -m tests.helpers.spoken_window FOLDER``: the program in a window, going from stop to stop by keys.

It says where the session's bus is, and waits for a line before it opens. At each stop it says the stop's name and
waits: for ``da`` or ``en``, the language to speak from now on, which it answers with the language's name, or for an
empty line, to go on. ``plan.json`` says where the systems are, and whether it is to stop in the middle of typing, for
who wants to kill it there.
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import Program
from app.opening import Options, open_window
from app.ports.connection import Connection, SystemKind
from app.services.card_parts import PartStatus
from app.services.connections import ConnectionStatus
from app.services.link_inbox import InboxStatus
from app.services.order_rows import RowStatus
from app.ui.connect.findings_view import FindingsView
from app.ui.economy.chart import Chart
from app.ui.projects.project_panel import ProjectPanel

CTRL = Qt.KeyboardModifier.ControlModifier
MARK = "> "
CUSTOMER, PROJECT = "10023", "P-1002"
Ready = Callable[[], bool]
_BREATH = 100  # ms for what is made in its turn
_PATIENCE = 60_000  # ms for one stop


def say(text: str) -> None:
    """A line that is told from what the desktop's own programs say."""
    print(f"{MARK}{text}", flush=True)


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, at the window: Qt asks the bus first whether a screen reader wants it, and hands it on when it does not.

    By then another widget may have the keyboard, which then gets the key.
    """
    window = QGuiApplication.focusWindow()
    if window is None:
        raise RuntimeError("no window has the keyboard")
    QTest.keyClick(window, key, modifiers)


def type_text(text: str) -> None:
    """Letter by letter."""
    for letter in text:
        press(letter)


class SpokenWindow(QObject):
    """Goes from stop to stop."""

    def __init__(self, program: Program, plan: dict[str, Any]) -> None:
        super().__init__(program)
        self._program, self._plan = program, plan
        self._used = [kind for kind in SystemKind if kind.value in plan]
        self._steps = self._typing() if plan.get("tour") == "typing" else self._tour()
        self._ready: Ready = lambda: True
        self._stop = ""
        self._is_at_work = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self, interval=30)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._ear = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self._hear)

    def _begin(self) -> Iterator[tuple[str, Ready]]:
        program = self._program
        window, state = program.window, program.connections.state
        yield "", lambda: set(self._used) <= set(program.connections.kinds) and window.isActiveWindow()
        yield "the first start", window.connect_page.isVisible
        for kind in self._used:
            place = self._plan[kind.value]
            # Their own words are Danish, so what is English is ours.
            connection = Connection(place["system"], place["url"], place["user"], place["options"], "da")
            program.connections.sign_in(kind, connection, place["password"], keep=False)
        yield "", lambda: all(state(k).status is ConnectionStatus.ONLINE for k in self._used)

    def _typing(self) -> Iterator[tuple[str, Ready]]:
        """A call and a line of an order, neither of them left or sent."""
        program = self._program
        window, panel, card = program.window, program.panel, program.card
        yield from self._begin()
        window.show_work()
        self._is_at_work = True
        press(Qt.Key.Key_K, CTRL)
        type_text(CUSTOMER)
        yield "", lambda: bool(program.search.matches) and not program.search.is_searching
        press(Qt.Key.Key_Return)
        yield "", lambda: card.company.status is card.customer.status is PartStatus.READY
        window.card_panel.finish()
        press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        yield "", window.card_panel.timeline.composer.isVisible
        type_text("Vil have 40 til")
        press(Qt.Key.Key_Tab)
        type_text("Ringede om den nye")
        press(Qt.Key.Key_N, CTRL)
        yield "", lambda: panel.session is not None
        type_text("4711")
        press(Qt.Key.Key_Return)
        yield "", lambda: panel.session is not None and len(panel.session.keys()) == 1
        type_text("40")
        yield "typed", lambda: True

    def _tour(self) -> Iterator[tuple[str, Ready]]:
        program = self._program
        window, panel, card = program.window, program.panel, program.card
        yield from self._begin()
        erp = window.connect_page.card(SystemKind.ERP)
        assert erp is not None
        erp.examine()
        view = erp.findChildren(FindingsView)[0]
        yield "the connections", view.isVisible
        window.show_work()
        self._is_at_work = True
        yield "nobody's card", lambda: True
        press(Qt.Key.Key_K, CTRL)
        type_text("nordlys")
        field = window.top_bar.search
        yield "", lambda: field.text() == "nordlys" and not program.search.is_searching and bool(self._marked())
        first = self._marked()
        press(Qt.Key.Key_Down)
        yield "the search", lambda: self._marked() not in ("", first)
        press(Qt.Key.Key_A, CTRL)
        type_text(CUSTOMER)
        yield "", lambda: bool(program.search.matches) and not program.search.is_searching
        press(Qt.Key.Key_Return)
        ready = PartStatus.READY
        parts = ("company", "customer", "timeline", "orders", "sales", "cases")
        yield "", lambda: all(getattr(card, name).status is ready for name in parts)
        window.card_panel.finish()
        yield "the card", lambda: True
        for number, name in enumerate(("the timeline", "the orders"), 1):
            window.card_panel.tabs.setCurrentIndex(number)
            yield name, lambda: True
        yield from self._economy()
        press(Qt.Key.Key_N, CTRL)
        yield "", lambda: panel.session is not None
        for text in ("4711", "40", "no such thing", "two"):
            type_text(text)
            press(Qt.Key.Key_Return)

        def statuses() -> list[RowStatus]:
            session = panel.session
            return [session.row(key).status for key in session.keys()] if session is not None else []

        yield "the order", lambda: statuses() == [RowStatus.STORED, RowStatus.REFUSED]
        press(Qt.Key.Key_F4)
        yield "the usual order", lambda: True
        window.show_links()
        yield "the links", lambda: program.links.inbox.status is InboxStatus.READY
        yield from self._project()

    def _economy(self) -> Iterator[tuple[str, Ready]]:
        """The economy of the customer, as pictures and as tables."""
        card_panel, economy = self._program.window.card_panel, self._program.card.economy

        def is_read() -> bool:
            return bool(economy.panels.value) and all(
                economy.figures(panel.key).status is PartStatus.READY for panel in economy.panels.value
            )

        card_panel.show_economy()
        yield "", is_read
        page = card_panel.economy
        assert page is not None
        page.finish()
        chart = page.findChildren(Chart)[0]
        for bar in range(2):
            QTest.keyClick(chart, Qt.Key.Key_Right)
            yield "the economy" if bar else "", partial(lambda bar: chart.current == bar, bar)
        for card in page.cards.values():
            card.view.show_as_table(shown=True)
        yield "the economy as tables", lambda: True

    def _project(self) -> Iterator[tuple[str, Ready]]:
        """A project and its economy."""
        program = self._program
        card = program.projects.card
        program.window.show_work()
        program.show_for(f"project/{PROJECT}")  # as a link does
        yield "", lambda: card.project.status is card.in_crm.status is card.in_erp.status is PartStatus.READY
        yield "the project", lambda: True
        panel = program.window.left.currentWidget()
        assert isinstance(panel, ProjectPanel)
        panel.tabs.setCurrentIndex(1)
        yield "the project's economy", lambda: card.economy.hours.status is PartStatus.READY

    def _marked(self) -> str:
        """The key of the match that the cursor is on; empty while none is to be seen."""
        popup = self._program.window.top_bar.search._popup
        marked = popup.current if popup is not None and popup.isVisible() else None
        return marked.key if marked is not None else ""

    def _look(self) -> None:
        window = self._program.window
        if not (self._ready() and (window.isActiveWindow() or QApplication.activePopupWidget() is not None)):
            window.activateWindow()
            if self._clock.elapsed() > _PATIENCE:
                print(f"waited in vain for {self._stop or 'the next stop'}", file=sys.stderr, flush=True)
                QApplication.exit(1)
            return
        if self._stop:
            self._timer.stop()
            QTimer.singleShot(_BREATH, self, lambda: say(self._stop))
            return
        self._go_on()

    def _go_on(self) -> None:
        self._clock.restart()
        self._program.window.activateWindow()
        self._stop, self._ready = next(self._steps, ("", lambda: True))
        if not self._stop and self._steps.gi_frame is None:  # type: ignore[attr-defined]
            self._timer.stop()
            self._program.window.set_close_guard(lambda: True)
            self._program.window.close()
            return
        self._timer.start()

    def _hear(self) -> None:
        for line in os.read(sys.stdin.fileno(), 1000).decode().splitlines() or ["end"]:
            if line in ("da", "en"):
                self._program.language.choose(line)
                if self._is_at_work:
                    self._program.window.card_panel.finish()
                QTimer.singleShot(_BREATH, self, lambda: say(self._program.language.code))
            elif line == "end":
                self._steps = iter(())
                QApplication.exit(1)
            else:
                self._go_on()


def main() -> int:
    """Run until the last stop."""
    folder = Path(sys.argv[1])
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    say(os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""))
    os.read(sys.stdin.fileno(), 100)  # whoever listens is there: Qt asks the bus once who does
    kept: list[object] = []
    options = Options(theme="light", language="en", settings=folder)
    return open_window(options, on_program=lambda program: kept.append(SpokenWindow(program, plan)))


if __name__ == "__main__":
    sys.exit(main())
