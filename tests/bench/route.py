"""The way through the window: the stops of ``app/ui/tour.py``, at a typist's pace and without its pictures."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.bootstrap import Program
from app.ports.connection import SystemKind
from app.services.connections import ConnectionStatus
from app.services.order_rows import RowStatus
from app.ui.orders.proposals import Proposals
from app.ui.theme import ThemeChoice
from app.ui.tour import CUSTOMER, LINES
from tests.bench.typist import Steps, Typist, Until

_CONTROL = Qt.KeyboardModifier.ControlModifier
_LOOK = 600
"""Milliseconds in which a person looks at what came, and the window does what is left to do."""
_READ = 1_500
_SLOW = 250
"""Between the keys of somebody who reads what the ERP proposes."""


class Route:
    """The stages of the main job, each a generator for a `Typist`.

    Args:
        on_stage: Is told the name of each stage when it begins.
    """

    def __init__(self, program: Program, typist: Typist, on_stage: Callable[[str], None]) -> None:
        self._program, self._typist, self._on_stage = program, typist, on_stage

    def tour(self) -> Steps:
        """All of it."""
        yield from self.start()
        yield from self.search()
        yield from self.card()
        yield from self.order()
        for item, quantity in LINES:
            yield from self.line(item, quantity)
        yield from self.stored()
        yield from self.proposal()
        yield from self.refused()
        self._on_stage("dark")
        self._program.theme.choose(ThemeChoice.DARK)
        yield _LOOK
        self._on_stage("danish")
        self._program.language.choose("da")
        yield _LOOK

    def start(self) -> Steps:
        """The window is there; the systems are being signed in to."""
        program = self._program
        self._on_stage("start")
        yield Until("both systems", self._is_online)
        program.window.activateWindow()
        yield Until("the window to be active", program.window.isActiveWindow)
        yield _LOOK

    def search(self) -> Steps:
        """Find a customer."""
        typist, search = self._typist, self._program.search
        self._on_stage("search")
        yield from typist.press(Qt.Key.Key_K, _CONTROL)
        yield from typist.type(CUSTOMER)
        yield Until("search results", lambda: bool(search.matches) and not search.is_searching)
        yield _LOOK

    def card(self) -> Steps:
        """Open the customer's card, and look at its pages."""
        window = self._program.window
        self._on_stage("card")
        yield from self._typist.press(Qt.Key.Key_Return, is_measured=False)
        yield Until("the ERP's customer", lambda: bool(window.erp_customer_id))
        yield _READ
        self._on_stage("card pages")
        tabs = window.card_panel.tabs
        for page in (*range(1, tabs.count()), 0):
            tabs.setCurrentIndex(page)
            yield _LOOK

    def order(self) -> Steps:
        """Begin an order."""
        panel = self._program.panel
        self._on_stage("order")
        yield from self._typist.press(Qt.Key.Key_N, _CONTROL, is_measured=False)
        yield Until("a new order", lambda: panel.session is not None)
        yield _LOOK

    def line(self, item: str, quantity: str) -> Steps:
        """Type a line: item, Enter, quantity, Enter."""
        self._on_stage("lines")
        for text in (item, quantity):
            yield from self._typist.type(text)
            yield from self._typist.press(Qt.Key.Key_Return, shown_by=self._grid)

    def stored(self) -> Steps:
        """All lines are in the ERP."""
        session = self._program.panel.session
        if session is None:
            raise RuntimeError("there is no order")
        yield Until("every line to be in the ERP", lambda: not session.has_unwritten and not session.is_busy)
        yield _LOOK

    def proposal(self) -> Steps:
        """A line whose item is taken from what the ERP proposes while one types."""
        typist = self._typist
        self._on_stage("proposals")
        yield from typist.type("pa", pace=_SLOW)
        yield Until("what the ERP proposes", self._is_proposed)
        yield _LOOK
        yield from typist.press(Qt.Key.Key_Down, is_measured=False)
        yield from typist.press(Qt.Key.Key_Return, shown_by=self._grid)
        yield from typist.type("24", pace=_SLOW)
        yield from typist.press(Qt.Key.Key_Return, shown_by=self._grid)
        yield from self.stored()

    def refused(self) -> Steps:
        """A line that the ERP does not know, looked at and taken back."""
        typist = self._typist
        self._on_stage("refused")
        for text in ("9999", "two"):
            yield from typist.type(text)
            yield from typist.press(Qt.Key.Key_Return, shown_by=self._grid)
        yield Until("the refused line", self._is_refused)
        yield from typist.press(Qt.Key.Key_Up, shown_by=self._grid)
        yield _LOOK
        yield from typist.press(Qt.Key.Key_Escape, is_measured=False)
        yield _LOOK

    @property
    def _grid(self) -> QWidget:
        return self._program.panel.lines.viewport()

    def _is_online(self) -> bool:
        connections = self._program.connections
        kinds = (SystemKind.ERP, SystemKind.CRM)
        return all(
            kind in connections.kinds and connections.state(kind).status is ConnectionStatus.ONLINE for kind in kinds
        )

    def _is_proposed(self) -> bool:
        return any(view.isVisible() for view in self._program.panel.findChildren(Proposals))

    def _is_refused(self) -> bool:
        session = self._program.panel.session
        return session is not None and any(session.row(k).status is RowStatus.REFUSED for k in session.keys())
