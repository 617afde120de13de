"""The window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.ui.shell.keys import LINKS_KEYS, PANES, connect_keys, quit_keys
from app.ui.shell.place import keep_place, restore_place

# The window is painted before its contents are read (`app.opening`): see `furnish`.
if TYPE_CHECKING:
    from app.ports.connection import SystemKind
    from app.services.card import CustomerCard
    from app.services.connections import Connections
    from app.services.links import Links
    from app.services.offline_copies import OfflineCopies
    from app.services.project_card import Projects
    from app.services.search import ContactSearch, Match
    from app.services.shelves import Shelves
    from app.ui.card.card_panel import CardPanel
    from app.ui.connect.connect_page import ConnectPage
    from app.ui.formats import Formats
    from app.ui.language import Language
    from app.ui.links.links_page import LinksPage
    from app.ui.shell.left_pages import LeftPages
    from app.ui.shell.settings import UiSettings
    from app.ui.theme import Theme, ThemeChoice

_LEAST = (1024, 640)


class MainWindow(QMainWindow):
    """Search above, the card at the left, the order at the right.

    It is there at once and empty; `furnish` puts `start_page` in front, and `show_work` brings the halves. The order
    panel is supplied with `set_order_panel`.

    Attributes:
        start_page: What is waited for.
        side: The customers within reach.
        card_half, order_half: The two halves, each with its way to sign in.

    Signals:
        painted: It has been seen for the first time.
        closed: The user has closed it.
        order_open_requested: The ERP's id of an order to open.
        product_chosen: A `Match` of a product.
        order_copy_requested: The ERP's id of an order whose lines are wanted in a new one for the customer at hand.
        order_reload_requested: The order that is shown is to be read from the ERP again.
        new_order_requested: The user wants a new order for the customer at hand.
        sale_order_requested: Likewise, of a sale: the text that is to be the customer's reference.
        document_made: A document is to be shown, see `app.ui.card.timeline.Timeline`.
        customer_changed: Another customer, or the ERP has answered about him; see `erp_customer_id`.
    """

    painted = Signal()
    closed = Signal()
    order_open_requested = Signal(str)
    order_copy_requested = Signal(str)
    product_chosen = Signal(object)
    order_reload_requested = Signal()
    new_order_requested = Signal()
    sale_order_requested = Signal(str)
    document_made = Signal(object, str, object)
    customer_changed = Signal()

    def __init__(self, settings: "UiSettings") -> None:
        super().__init__()
        self._settings = settings
        self._is_furnished = self._is_painted = False
        self._may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle("Samspil")
        self.setMinimumSize(*_LEAST)
        restore_place(self, self._settings)

    def furnish(
        self,
        *,
        theme: "Theme",
        language: "Language",
        connections: "Connections",
        search: "ContactSearch",
        card: "CustomerCard",
        links: "Links",
        shelves: "Shelves",
        copies: "OfflineCopies",
        projects: "Projects",
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
        self._connections, self._card, self._shelves, self._formats = connections, card, shelves, formats
        self._projects = projects
        self._left: LeftPages | None = None
        self._connect_page: ConnectPage | None = None
        self._links = links
        self._links_page: LinksPage | None = None
        self.top_bar = TopBar(connections, search, theme, language)
        self.start_page = StartPage()
        self.side = SideList(shelves, self._settings, copies=copies, caches=connections.caches, formats=formats)
        self.card_half = Half(connections, SystemKind.CRM)
        self.order_half = Half(connections, SystemKind.ERP)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._panes = Panes(self._split, (self.side, self.card_half, self.order_half), self._settings)
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
        panel = self.left.card_panel
        panel.finish()
        return panel

    @property
    def left(self) -> "LeftPages":
        """The pages of the card's half; the card is not finished there."""
        if self._left is None:
            # Imported here, so that the window is there before the card's code is read.
            from app.ui.card.card_panel import CardPanel
            from app.ui.shell.left_pages import LeftPages

            panel = CardPanel(self._card, self._formats, self._links.makings, self._shelves, self._projects.of_customer)
            panel.order_open_requested.connect(self.order_open_requested)
            panel.order_copy_requested.connect(self.order_copy_requested)
            panel.new_order_requested.connect(self.new_order_requested)
            panel.sale_order_requested.connect(self.sale_order_requested)
            panel.document_made.connect(self.document_made)
            panel.customer_changed.connect(self.customer_changed)
            panel.search_requested.connect(self.top_bar.search.start)
            panel.sign_in_requested.connect(self.ask_to_sign_in)
            panel.links_requested.connect(self.show_links)
            self._left = LeftPages(panel, self._card, self._projects, self._formats, self._shelves)
            self._left.chosen.connect(self.open)
            self._left.document_made.connect(self.document_made)
            self._left.shown.connect(self.side.opened)
            self._left.sign_in_requested.connect(self.ask_to_sign_in)
            self.card_half.set_page(self._left)
        return self._left

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
        _ = self.left
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

    @property
    def connect_page(self) -> "ConnectPage":
        """The page of all connections."""
        if self._connect_page is None:
            # Imported here: most starts never need it, and the window is to be there at once.
            from app.ui.connect.connect_page import ConnectPage

            page = self._connect_page = ConnectPage(self._connections)
            page.left.connect(self.show_work)
            self._pages.addWidget(page)
        return self._connect_page

    def show_connections(self, kind: "SystemKind | None" = None) -> None:
        """Show the page of all connections, with the keyboard on the system of this kind, or where something is to do.

        Not while the demo's systems are still being set up: there is nothing to connect to.
        """
        if not self._connections.kinds:
            return
        page = self.connect_page
        page.refresh()
        self._pages.setCurrentWidget(page)
        for each in self._connections.kinds:
            self.top_bar.refresh(each)
        self._show_panes()
        page.start(kind)

    def show_links(self, company_id: str = "") -> None:
        """Show the links between the systems that do not hold, with the cursor on this company of the CRM."""
        if not self._connections.kinds:
            return
        if self._links_page is None:
            from app.ui.links.links_page import LinksPage

            self._links_page = LinksPage(self._links, self._connections, self._formats)
            self._links_page.left.connect(self.show_work)
            self._links_page.card_requested.connect(self.open)
            self._links_page.sign_in_requested.connect(self.ask_to_sign_in)
            self._pages.addWidget(self._links_page)
        self._pages.setCurrentWidget(self._links_page)
        self._show_panes()
        self._links_page.start(company_id)

    def leave_customer(self) -> None:
        """Show nobody's card: the systems it was read from are no longer in use."""
        self.side.opened(None)
        if self._left is not None:
            self._left.leave()

    def open(self, match: "Match") -> None:
        """Open the card of a customer or a project, or an order; or take a product."""
        if match.order_id:
            self.order_open_requested.emit(match.order_id)
            return
        if match.product_id:
            self.product_chosen.emit(match)
            return
        if self._pages.currentWidget() is not self._split:
            self.show_work()
        self._panes.reveal("card")
        self._show_panes()
        self.left.open(match)
        self._shelves.opened(match)  # while the cache looks for what was seen of him

    def ask_to_sign_in(self, kind: "SystemKind") -> None:
        """Show the way to sign in to a system: in its half, or on the page of the connections if it has none."""
        from app.ports.connection import SystemKind

        if kind not in (SystemKind.CRM, SystemKind.ERP):
            self.show_connections(kind)
            return
        self.show_work()
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
        bar.links_requested.connect(self.show_links)
        bar.connect_requested.connect(self.show_connections)
        bar.pane_toggled.connect(self._toggle)
        bar.theme_chosen.connect(self._choose_theme)
        bar.language_chosen.connect(self._choose_language)
        bar.quit_requested.connect(self.close)
        self.side.chosen.connect(self.open)
        self._connections.listen(self._on_connection)
        for kind in self._connections.kinds:
            self._on_connection(kind)
        for keys, act in (
            (QKeySequence("Ctrl+K"), bar.search.ask),
            (QKeySequence("Ctrl+Shift+F"), self._flip_favourite),
            (QKeySequence(QKeySequence.StandardKey.New), self.new_order_requested.emit),
            (QKeySequence(QKeySequence.StandardKey.Refresh), self._reload),
            (quit_keys(), self.close),
            (connect_keys(), self.show_connections),
            (QKeySequence(LINKS_KEYS), bar.links_requested.emit),
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
        page = self._pages.currentWidget()
        self.top_bar.set_working(working=page is self._split, searching=page is not self.start_page)
        for name in PANES:
            self.top_bar.set_pane(name, seen=self._panes.is_seen(name))

    def _next_pane(self) -> None:
        """F6: the keyboard goes to the next part of the window."""
        from app.ui.shell.parts import go_to_next

        parts = (
            self.top_bar.search,
            self.side,
            self.card_half,
            self.order_half,
            self._connect_page,
            self._links_page,
        )
        go_to_next([part for part in parts if part is not None])

    def _reload(self) -> None:
        """F5: the half that has the keyboard is asked for again."""
        focus = QApplication.focusWidget()
        if focus is not None and self.order_half.isAncestorOf(focus):
            self.order_reload_requested.emit()
        elif self._left is not None:
            self._left.reload()

    def _flip_favourite(self) -> None:
        """Ctrl+Shift+F: the customer whose card is shown is a favourite, or none any more."""
        if self._left is not None:
            self._left.flip_favourite()

    def _choose_theme(self, choice: "ThemeChoice") -> None:
        self._theme.choose(choice)
        self._settings.set("theme", choice.value)

    def _choose_language(self, code: str) -> None:
        self._language.choose(code)
        self._settings.set("language", code)

    def _keep(self) -> None:
        keep_place(self, self._settings)
        if self._is_furnished:
            self._panes.keep()


def _toggler(window: MainWindow, name: str) -> Callable[[], None]:
    return lambda: window.flip(name)
