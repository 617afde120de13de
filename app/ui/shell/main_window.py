"""The window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.ui.shell.keys import PANES, quit_keys

# The window is painted before its contents are read (`app.opening`): see `furnish`.
if TYPE_CHECKING:
    from app.ports.connection import SystemKind
    from app.services.card import CustomerCard
    from app.services.connections import Connections
    from app.services.search import ContactSearch, Match
    from app.ui.card.card_panel import CardPanel
    from app.ui.formats import Formats
    from app.ui.language import Language
    from app.ui.shell.settings import UiSettings
    from app.ui.theme import Theme, ThemeChoice

_LEAST = (1024, 640)
_FIRST = (1440, 900)


class MainWindow(QMainWindow):
    """Search above, the card at the left, the order at the right.

    It is there at once and empty; `furnish` puts `start_page` in front, and `show_work` brings the halves. The order
    panel is supplied with `set_order_panel`.

    Attributes:
        start_page: What is waited for.
        card_half, order_half: The two halves, each with its way to sign in.

    Signals:
        painted: It has been seen for the first time.
        closed: The user has closed it.
        order_open_requested: The ERP's id of an order to open.
        new_order_requested: The user wants a new order for the customer at hand.
        customer_changed: Another customer, or the ERP has answered about him; see `erp_customer_id`.
    """

    painted = Signal()
    closed = Signal()
    order_open_requested = Signal(str)
    new_order_requested = Signal()
    customer_changed = Signal()

    def __init__(self, settings: "UiSettings") -> None:
        super().__init__()
        self._settings = settings
        self._is_furnished = self._is_painted = False
        self._may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle("Samspil")
        self.setMinimumSize(*_LEAST)
        self._restore()

    def furnish(
        self,
        *,
        theme: "Theme",
        language: "Language",
        connections: "Connections",
        search: "ContactSearch",
        card: "CustomerCard",
        formats: "Formats",
    ) -> None:
        """Make everything that is in the window, with the page in front that says what is waited for."""
        from app.ports.connection import SystemKind
        from app.ui.shell.half import Half
        from app.ui.shell.layout import Panes
        from app.ui.shell.side_list import SideList
        from app.ui.shell.start_page import StartPage
        from app.ui.shell.top_bar import TopBar

        self._theme, self._language = theme, language
        self._connections, self._card, self._formats = connections, card, formats
        self._card_panel: CardPanel | None = None
        self.top_bar = TopBar(connections, search, theme, language)
        self.start_page = StartPage()
        self._side = SideList()
        self.card_half = Half(connections, SystemKind.CRM)
        self.order_half = Half(connections, SystemKind.ERP)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._panes = Panes(self._split, (self._side, self.card_half, self.order_half), self._settings)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self._split)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(whole)
        self._is_furnished = True
        self._connect()
        self._panes.fit(self.width())
        self._show_panes()

    # -- what the lead-in asks

    @property
    def card_panel(self) -> "CardPanel":
        """The card, with all its parts."""
        panel = self._begin_card()
        panel.finish()
        return panel

    def _begin_card(self) -> "CardPanel":
        if self._card_panel is None:
            # Imported here, so that the window is there before the card's code is read.
            from app.ui.card.card_panel import CardPanel

            panel = CardPanel(self._card, self._formats)
            panel.order_open_requested.connect(self.order_open_requested)
            panel.new_order_requested.connect(self.new_order_requested)
            panel.customer_changed.connect(self.customer_changed)
            panel.search_requested.connect(self.top_bar.search.start)
            panel.sign_in_requested.connect(self.ask_to_sign_in)
            self._card_panel = panel
            self.card_half.set_page(panel)
        return self._card_panel

    @property
    def erp_customer_id(self) -> str:
        """The ERP's key of the customer at hand; empty while the ERP does not know him or has not answered."""
        customer = self._card.customer.value
        return customer.id if customer is not None else self._card.match.customer_id

    def set_order_panel(self, panel: QWidget) -> None:
        """Fill the order half."""
        self.order_half.set_page(panel)

    def set_close_guard(self, may_close: Callable[[], bool]) -> None:
        """Ask ``may_close`` before the window closes; it may say no, and say why in the window."""
        self._may_close = may_close

    def show_start(self) -> None:
        """Show what is waited for."""
        self._pages.setCurrentWidget(self.start_page)
        self._show_panes()

    def show_work(self) -> None:
        """Show the two halves, and put the cursor in the search."""
        self._begin_card()
        self._pages.setCurrentWidget(self._split)
        self._panes.fit(self.width())
        self._show_panes()
        for kind in self._connections.kinds:
            self.top_bar.refresh(kind)
        for half in (self.card_half, self.order_half):
            half.refresh()
        asking = next((half for half in (self.card_half, self.order_half) if half.is_asking), None)
        if asking is not None:
            asking.start()
        else:
            self.top_bar.search.start()

    def open(self, match: "Match") -> None:
        """Open the card of a customer."""
        if self._pages.currentWidget() is not self._split:
            self.show_work()
        self._panes.reveal("card")
        self._show_panes()
        self._side.add(match)
        self.card_panel.open(match)

    def ask_to_sign_in(self, kind: "SystemKind") -> None:
        """Show the way to sign in to a system, in its half."""
        self.show_work()
        from app.ports.connection import SystemKind

        half, name = (self.card_half, "card") if kind is SystemKind.CRM else (self.order_half, "order")
        self._panes.reveal(name)
        self._show_panes()
        half.ask_to_sign_in()

    def reveal_order(self) -> None:
        """Unfold the order half, because an order is being opened."""
        self._panes.reveal("order")
        self._show_panes()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A narrow window has no room for the list."""
        super().resizeEvent(event)
        if self._is_furnished:
            self._panes.fit(event.size().width())
            self._show_panes()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the layout, unless something is still to be said."""
        if not self._may_close():
            event.ignore()
            return
        self._keep()
        super().closeEvent(event)
        self.closed.emit()

    def _connect(self) -> None:
        bar = self.top_bar
        bar.search.chosen.connect(self.open)
        bar.sign_in_requested.connect(self.ask_to_sign_in)
        bar.pane_toggled.connect(self._toggle)
        bar.theme_chosen.connect(self._choose_theme)
        bar.language_chosen.connect(self._choose_language)
        bar.quit_requested.connect(self.close)
        self._side.chosen.connect(self.open)
        self._connections.listen(self._on_connection)
        for kind in self._connections.kinds:
            self._on_connection(kind)
        for keys, act in (
            (QKeySequence("Ctrl+K"), bar.search.start),
            (QKeySequence(QKeySequence.StandardKey.New), self.new_order_requested.emit),
            (QKeySequence(QKeySequence.StandardKey.Refresh), self._reload),
            (quit_keys(), self.close),
            (QKeySequence("F6"), self._next_pane),
            *((QKeySequence(f"Ctrl+{n}"), _toggler(self, name)) for n, name in enumerate(PANES, 1)),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _on_connection(self, kind: "SystemKind") -> None:
        self.top_bar.refresh(kind)
        for half in (self.card_half, self.order_half):
            if half.kind is kind and self._pages.currentWidget() is self._split:
                half.refresh()

    def _toggle(self, name: str, seen: bool) -> None:
        self._panes.set_seen(name, seen=seen)
        self._show_panes()

    def flip(self, name: str) -> None:
        """Fold a part of the window, or unfold it."""
        if self._pages.currentWidget() is self._split:
            self._toggle(name, not self._panes.is_seen(name))

    def _show_panes(self) -> None:
        self.top_bar.set_working(working=self._pages.currentWidget() is self._split)
        for name in PANES:
            self.top_bar.set_pane(name, seen=self._panes.is_seen(name))

    def _next_pane(self) -> None:
        """F6: the keyboard goes to the next part of the window."""
        parts: list[QWidget] = [self.top_bar.search, self._side, self.card_half, self.order_half]
        shown = [part for part in parts if part.isVisible()]
        focus = QApplication.focusWidget()
        at = next(
            (i for i, part in enumerate(shown) if focus is not None and (part is focus or part.isAncestorOf(focus))), -1
        )
        for step in range(1, len(shown) + 1):
            part = shown[(at + step) % len(shown)]
            inner = _first_focus(part)
            if inner is not None:
                inner.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _reload(self) -> None:
        if self._card_panel is not None:
            self._card_panel.reload()

    def _choose_theme(self, choice: "ThemeChoice") -> None:
        self._theme.choose(choice)
        self._settings.set("theme", choice.value)

    def _choose_language(self, code: str) -> None:
        self._language.choose(code)
        self._settings.set("language", code)

    def _restore(self) -> None:
        kept = self._settings.get("geometry")
        self.resize(*_FIRST)
        screen = self.screen().availableGeometry()
        self.resize(min(_FIRST[0], screen.width()), min(_FIRST[1], screen.height()))
        if isinstance(kept, list) and len(kept) == 4 and all(isinstance(part, int) for part in kept):
            x, y, width, height = kept
            self.resize(min(width, screen.width()), min(height, screen.height()))
            if any(other.availableGeometry().contains(x + 40, y + 10) for other in QApplication.screens()):
                self.move(x, y)
        if self._settings.get("maximized") is True:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _keep(self) -> None:
        place = self.normalGeometry()
        self._settings.set("geometry", [place.x(), place.y(), place.width(), place.height()])
        self._settings.set("maximized", self.isMaximized())
        if self._is_furnished:
            self._panes.keep()


def _toggler(window: MainWindow, name: str) -> Callable[[], None]:
    return lambda: window.flip(name)


def _first_focus(part: QWidget) -> QWidget | None:
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return part
    for child in part.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled():
            return child
    return None
