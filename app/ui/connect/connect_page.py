"""The page with all systems: what is installed, what it is used for, and how each is signed in to and tested."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ports.cache import CacheTrouble
from app.ports.connection import SystemKind
from app.services.connections import Connections, ConnectionStatus
from app.ui.connect.system_card import SystemCard
from app.ui.connect.texts import cache_text, purpose_text
from app.ui.messages import system_name
from app.ui.theme import Space, Type
from app.ui.widgets import Button, EmptyState, Label, ScrollColumn, Translated, clear_layout, restyle

_WIDTH = 720


class ConnectPage(Translated):
    """A section a kind of system, and in it a card for each installed one.

    The first start comes here; later it is reached from the menu, by its key, and from a system's chip.

    Signals:
        left: The user wants to go (back) to work.
    """

    left = Signal()

    def __init__(self, connections: Connections, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._connections = connections
        self._cards: dict[str, SystemCard] = {}
        self._sections: list[tuple[SystemKind, Label, Label]] = []
        self._drawn: tuple[str, ...] = ()
        self._title = Label(step=Type.TITLE)
        self._text = Label(ink="muted", wrap=True)
        self._go = Button(on_click=self.left.emit)
        self._none = EmptyState("plug")
        self._kept = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.S)
        self._lay_out()
        connections.listen(self._on_connection)
        self.refresh()
        self.retranslate()

    def card(self, kind: SystemKind) -> SystemCard | None:
        """The card of the system of this kind that is in use."""
        return next((card for card in self._cards.values() if card.manifest.kind is kind and card.is_used), None)

    @property
    def cards(self) -> tuple[SystemCard, ...]:
        """All cards, from top to bottom."""
        return tuple(self._cards.values())

    def start(self, kind: SystemKind | None = None) -> None:
        """Put the keyboard on the card of this kind; without one on the first that nobody is signed in to."""
        kinds = [kind] if kind is not None else [k for k in self._order() if not self._is_online(k)]
        card = next((found for found in map(self.card, kinds) if found is not None), None)
        if card is None:
            self._go.setFocus(Qt.FocusReason.TabFocusReason)
            return
        card.start()
        self._scroll.ensureWidgetVisible(card)

    def refresh(self) -> None:
        """Show the systems as they are now."""
        names = tuple(m.name for kind in self._order() for m in self._connections.installed(kind))
        if names != self._drawn:
            self._draw(names)
        for card in self._cards.values():
            card.refresh()
        trouble = self._connections.caches.trouble
        self._kept.setText(cache_text(trouble))
        self._kept.set_ink("muted" if trouble in (None, CacheTrouble.IN_MEMORY) else "warning")
        is_anything = any(self._is_online(kind) for kind in self._connections.kinds)
        self._go.setText(self.tr("Start working") if is_anything else self.tr("Later"))
        # One button of a page stands out: while somebody is to sign in it is his form's.
        restyle(self._go, "look", "primary" if all(map(self._is_online, self._order())) else "")

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("Connections"))
        self._title.setText(self.tr("Connections"))
        self._text.setText(
            self.tr(
                "Each system keeps its own data, and you work in it with your own rights. Passwords are kept by the"
                " operating system's password store, and nowhere else."
            )
        )
        self._none.set_texts(
            self.tr("No system is installed"), self.tr("A system is added to Samspil by whoever manages your computer.")
        )
        for kind, heading, purpose in self._sections:
            heading.setText(system_name(kind))
            purpose.setText(purpose_text(kind))
        for card in self._cards.values():
            card.retranslate()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back to work."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _order(self) -> tuple[SystemKind, ...]:
        return tuple(kind for kind in SystemKind if kind in self._connections.kinds)

    def _is_online(self, kind: SystemKind) -> bool:
        return self._connections.state(kind).status is ConnectionStatus.ONLINE

    def _on_connection(self, _kind: SystemKind) -> None:
        if self.isVisible():
            self.refresh()

    def _after_sign_in(self) -> None:
        self.start()

    def _draw(self, names: tuple[str, ...]) -> None:
        self._drawn = names
        clear_layout(self._list)
        self._cards, self._sections = {}, []
        for kind in self._order():
            heading, purpose = Label(system_name(kind), Type.STRONG), Label(purpose_text(kind), ink="muted", wrap=True)
            heading.setContentsMargins(0, Space.M, 0, 0)
            self._sections.append((kind, heading, purpose))
            for label in (heading, purpose):
                self._list.addWidget(label)
            for manifest in self._connections.installed(kind):
                card = self._cards[manifest.name] = SystemCard(self._connections, manifest)
                card.signed_in.connect(self._after_sign_in)
                self._list.addWidget(card)
        self._none.setVisible(not names)
        self._kept.setVisible(bool(names))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._go)
        whole = QWidget()
        whole.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, Space.M, 0, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(self._list)
        column.addWidget(self._none)
        column.addSpacing(Space.S)
        column.addWidget(self._kept)
        self._scroll = ScrollColumn()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(whole, 100)
        row.addStretch(1)
        self._scroll.column.addLayout(row)
        self._scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
