"""Names and keys that several parts of the window know. Imports next to nothing: the first paint waits for it."""

from PySide6.QtGui import QKeySequence

PANES = ("list", "card", "order")
"""What can be folded, from left to right."""


def connect_keys() -> QKeySequence:
    """The platform's own keys for settings, which are empty on Linux: they open the page of the connections."""
    found = QKeySequence.keyBindings(QKeySequence.StandardKey.Preferences)
    return found[0] if found else QKeySequence("Ctrl+,")


LINKS_KEYS = "Ctrl+L"
"""They open the page with the links that do not hold."""


def quit_keys() -> QKeySequence:
    """The platform's own keys, which are empty on Linux."""
    found = QKeySequence.keyBindings(QKeySequence.StandardKey.Quit)
    return found[0] if found else QKeySequence("Ctrl+Q")
