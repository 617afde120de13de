"""``python -m tests.helpers.spoken_window FOLDER``: the program in a window, going from stop to stop by keys.

At each stop it says the stop's name and waits: for ``da`` or ``en``, the language to speak from now on, which it
answers with the language's name, or for an empty line, to go on. ``plan.json`` says where the systems are, and whether
it is to stop in the middle of typing, for who wants to kill it there.
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import Program
from app.opening import Options, open_window
from app.ports.connection import Connection, SystemKind
from app.services.card_parts import PartStatus
from app.services.connections import ConnectionStatus
from app.services.link_inbox import InboxStatus
from app.services.order_rows import RowStatus
from app.ui.connect.findings_view import FindingsView
from app.ui.tour import press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
MARK = "> "
CUSTOMER = "10023"
Ready = Callable[[], bool]
_USED = (SystemKind.CRM, SystemKind.ERP)
_BREATH = 100  # ms for what is made in its turn
_PATIENCE = 60_000  # ms for one stop


def say(text: str) -> None:
    """A line that is told from what the desktop's own programs say."""
    print(f"{MARK}{text}", flush=True)


class SpokenWindow(QObject):
    """Goes from stop to stop."""

    def __init__(self, program: Program, plan: dict[str, Any]) -> None:
        super().__init__(program)
        self._program, self._plan = program, plan
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
        yield "", lambda: set(_USED) <= set(program.connections.kinds) and window.isActiveWindow()
        yield "the first start", window.connect_page.isVisible
        for kind in _USED:
            place = self._plan[kind.value]
            # Their own words are Danish, so what is English is ours.
            connection = Connection(place["system"], place["url"], place["user"], place["options"], "da")
            program.connections.sign_in(kind, connection, place["password"], keep=False)
        yield "", lambda: all(state(k).status is ConnectionStatus.ONLINE for k in _USED)

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
        yield "the search", lambda: bool(program.search.matches) and not program.search.is_searching
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
    kept: list[object] = []
    options = Options(theme="light", language="en", settings=folder)
    return open_window(options, on_program=lambda program: kept.append(SpokenWindow(program, plan)))


if __name__ == "__main__":
    sys.exit(main())
