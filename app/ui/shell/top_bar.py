"""The bar at the top: search, systems, what is shown, and the menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.ports.connection import SystemKind
from app.services.connections import Connections
from app.services.search import ContactSearch
from app.ui.language import LANGUAGES, NAMES, Language
from app.ui.search.field import SearchField
from app.ui.shell.keys import LINKS_KEYS, PANES, connect_keys, quit_keys
from app.ui.theme import Space, Theme, ThemeChoice, Type
from app.ui.widgets import Hairline, IconButton, Label, Translated

if TYPE_CHECKING:
    from app.ui.connect.system_chip import SystemChip

_ALWAYS = (SystemKind.CRM, SystemKind.ERP)
"""What the window is made of; the others are there where they are used."""


class TopBar(Translated):
    """The bar at the top.

    Attributes:
        search: The search field.

    Signals:
        sign_in_requested: With the `SystemKind`.
        connect_requested: The page of the connections, with the `SystemKind` that is looked for, or None.
        links_requested: The page with the links that do not hold.
        pane_toggled: The name of one of `PANES`, and whether it is to be seen.
        theme_chosen: A `ThemeChoice`. language_chosen: ``da``, ``en`` or empty.
        quit_requested: From the menu.
    """

    sign_in_requested = Signal(object)
    connect_requested = Signal(object)
    links_requested = Signal()
    pane_toggled = Signal(str, bool)
    theme_chosen = Signal(object)
    language_chosen = Signal(str)
    quit_requested = Signal()

    def __init__(
        self,
        connections: Connections,
        search: ContactSearch,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("bar", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._connections = connections
        self._theme = theme
        self._language = language
        self._chips: dict[SystemKind, SystemChip] = {}
        self.search = SearchField(search)
        self._name = Label("Samspil", Type.STRONG)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(Space.XS)
        self._folds = {
            name: IconButton(picture, size=18)
            for name, picture in zip(PANES, ("panel-left", "panel-middle", "panel-right"), strict=True)
        }
        for name, button in self._folds.items():
            button.setCheckable(True)
            button.clicked.connect(lambda checked, name=name: self.pane_toggled.emit(name, checked))
        self._more = IconButton("menu", size=18)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._line = Hairline(vertical=True)
        self._lay_out()
        self.retranslate()

    def refresh(self, kind: SystemKind) -> None:
        """The state of a connection has changed."""
        if kind not in self._chips:
            if kind not in _ALWAYS and self._connections.state(kind).connection is None:
                return  # never set up: nobody misses it, and the bar is narrow
            # Imported here, as no system is known when the window is first seen.
            from app.ui.connect.system_chip import SystemChip

            chip = SystemChip(self._connections, kind)
            chip.sign_in_requested.connect(self.sign_in_requested)
            chip.page_requested.connect(self.connect_requested)
            self._chips[kind] = chip
            self._chip_row.addWidget(chip)
        self._chips[kind].refresh()

    def set_pane(self, name: str, *, seen: bool) -> None:
        """Show on the button whether a part of the window is to be seen."""
        self._folds[name].setChecked(seen)

    def set_working(self, *, working: bool, searching: bool) -> None:
        """Whether there is anything to fold, and whether there is anything to search."""
        self.search.setEnabled(searching)
        for widget in (self._line, *self._folds.values()):
            widget.setVisible(working)

    def retranslate(self) -> None:
        """See `Translated`."""
        names = {
            "list": self.tr("Customer list"),
            "card": self.tr("Contact card"),
            "order": self.tr("Order"),
        }
        for number, name in enumerate(PANES, 1):
            keys = QKeySequence(f"Ctrl+{number}").toString(QKeySequence.SequenceFormat.NativeText)
            self._folds[name].set_label(self.tr("Show or hide: {part} ({keys})").format(part=names[name], keys=keys))
        self._more.set_label(self.tr("Menu"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.S, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(self._name)
        row.addSpacing(Space.L)
        row.addWidget(self.search, 10)
        row.addStretch(1)
        row.addLayout(self._chip_row)
        self._line.setFixedHeight(20)
        row.addSpacing(Space.XS)
        row.addWidget(self._line)
        for button in self._folds.values():
            row.addWidget(button)
        row.addWidget(self._more)

    def _fill_menu(self) -> None:
        self._menu.clear()
        themes = {
            ThemeChoice.SYSTEM: self.tr("As the system"),
            ThemeChoice.LIGHT: self.tr("Light"),
            ThemeChoice.DARK: self.tr("Dark"),
        }
        group = QActionGroup(self._menu)
        for choice, text in themes.items():
            action = self._choice(group, text, chosen=choice is self._theme.choice)
            action.triggered.connect(lambda _checked, choice=choice: self.theme_chosen.emit(choice))
        self._menu.addSeparator()
        group = QActionGroup(self._menu)
        for code in ("", *LANGUAGES):
            text = NAMES.get(code) or self.tr("The system's language")
            action = self._choice(group, text, chosen=code == self._language.choice)
            action.triggered.connect(lambda _checked, code=code: self.language_chosen.emit(code))
        self._menu.addSeparator()
        links = self._menu.addAction(self.tr("Links between CRM and ERP…"))
        links.setShortcut(QKeySequence(LINKS_KEYS))
        links.setEnabled(bool(self._connections.kinds))
        links.triggered.connect(self.links_requested)
        connect = self._menu.addAction(self.tr("Connections…"))
        connect.setShortcut(connect_keys())
        connect.setEnabled(bool(self._connections.kinds))
        connect.triggered.connect(lambda: self.connect_requested.emit(None))
        leave = self._menu.addAction(self.tr("Quit"))
        leave.setShortcut(quit_keys())
        leave.triggered.connect(self.quit_requested)

    def _choice(self, group: QActionGroup, text: str, *, chosen: bool) -> QAction:
        action = QAction(text, group)
        action.setCheckable(True)
        action.setChecked(chosen)
        self._menu.addAction(action)
        return action
