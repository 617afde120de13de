"""Widgets that say the same in another language when the language changes."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Translated(QWidget):
    """Calls `retranslate` when the language changes. Call it yourself at the end of ``__init__``."""

    def retranslate(self) -> None:
        """Set every text that this widget itself says."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
