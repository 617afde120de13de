"""Names and keys that several parts of the window know. Imports next to nothing: the first paint waits for it."""

from PySide6.QtGui import QKeySequence

PANES = ("list", "card", "order")
"""What can be folded, from left to right."""


def quit_keys() -> QKeySequence:
    """The platform's own keys, which are empty on Linux."""
    found = QKeySequence.keyBindings(QKeySequence.StandardKey.Quit)
    return found[0] if found else QKeySequence("Ctrl+Q")
