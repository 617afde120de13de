"""What can be done with the order and its lines: each command once, with its words, keys and place in the menu."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.ui.theme import icon
from app.ui.widgets import IconButton


class Group(IntEnum):
    """Commands that stand together in the menu, from top to bottom."""

    EDIT = 0
    LINES = 1
    REUSE = 2
    PRICES = 3
    HEADER = 4
    DOCUMENTS = 5
    ORDER = 6


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    Attributes:
        key: Names it in the program ("copy_line"); never shown.
        text: Its words, in the language in force; asked each time the menu opens.
        do: Runs it. It starts I/O at most, and never raises.
        keys: The platform's standard key, or ours; the first one is shown. Others do the same.
        is_possible: Asked when the menu opens and when the key is pressed: a command that cannot be done now does
            nothing, and stands faint in the menu.
        picture: The name of an icon, or empty.
    """

    key: str
    group: Group
    text: Callable[[], str]
    do: Callable[[], object]
    keys: Sequence[QKeySequence.StandardKey | str] = ()
    is_possible: Callable[[], bool] = _always
    picture: str = ""


class OrderCommands(QObject):
    """The commands of one order panel. Their keys work while the keyboard is anywhere in the panel.

    A key that a cell editor takes for itself (undo, paste, select all) reaches the editor first.

    Attributes:
        button: Opens the menu.
    """

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._commands: dict[str, tuple[Command, QAction]] = {}
        self._is_paused = False
        self._menu = QMenu(panel)
        self._menu.aboutToShow.connect(self._fill)
        self.button = IconButton("more", size=18)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setMenu(self._menu)
        panel.installEventFilter(self)
        self._retranslate()

    def add(self, *commands: Command) -> None:
        """Offer more. Within their group they stand in the order in which they were added."""
        for command in commands:
            action = QAction(self)
            action.setShortcuts(_sequences(command.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, key=command.key: self.run(key))
            self._panel.addAction(action)
            self._commands[command.key] = command, action
            action.setText(command.text())

    def run(self, key: str) -> None:
        """Run a command by its name, if it can be done now."""
        command, _action = self._commands[key]
        if not self._is_paused and command.is_possible():
            command.do()

    def set_paused(self, *, paused: bool) -> None:
        """While something else stands in the place of the order, no key does anything to it."""
        self._is_paused = paused

    def action(self, key: str) -> QAction:
        """The action of a command: its words and keys, for a button that does the same."""
        return self._commands[key][1]

    def keys_text(self, key: str) -> str:
        """The command's first key in the platform's words ("Ctrl+D", "⌘D"), or empty."""
        return self._commands[key][1].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Another language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        return super().eventFilter(watched, event)

    def _retranslate(self) -> None:
        self.button.set_label(QCoreApplication.translate("OrderCommands", "More for this order"))
        for command, action in self._commands.values():
            action.setText(command.text())

    def _fill(self) -> None:
        self._menu.clear()
        last: Group | None = None
        for command, action in sorted(self._commands.values(), key=lambda each: each[0].group):
            if last is not None and command.group is not last:
                self._menu.addSeparator()
            last = command.group
            action.setText(command.text())
            if command.picture:
                action.setIcon(icon(command.picture))
            action.setEnabled(command.is_possible())
            self._menu.addAction(action)
        # A key asks anew whether its command can be done; one that is off here would keep its key dead.
        self._menu.aboutToHide.connect(self._enable_all, Qt.ConnectionType.SingleShotConnection)

    def _enable_all(self) -> None:
        for _command, action in self._commands.values():
            action.setEnabled(True)


def _sequences(keys: Sequence[QKeySequence.StandardKey | str]) -> list[QKeySequence]:
    found: list[QKeySequence] = []
    for key in keys:
        found.extend([QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key))
    return found
