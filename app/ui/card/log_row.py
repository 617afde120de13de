"""The buttons that begin a call, a meeting, an e-mail, a note or a task: always in one line."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.contacts import TouchKind
from app.ui.card.kinds import KEYS, NEEDS, PICTURES, kind_text, log_text
from app.ui.theme import Space, Type
from app.ui.widgets import Button, Label, Translated


class LogRow(Translated):
    """Pictures with a word, or where that is too wide the pictures alone: the same that stand at what was logged.

    What they do is said whole in the tooltip, with the key, and to a screen reader.

    Attributes:
        buttons: One for each kind.

    Signals:
        chosen: The `TouchKind` to begin.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            kind: Button(picture=PICTURES[kind], on_click=partial(self.chosen.emit, kind)) for kind in NEEDS
        }
        self._add = Label(step=Type.CAPTION, ink="muted")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self._add)
        row.addSpacing(Space.XS)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        # As wide as it may be: how wide its words are follows from that.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def offer(self, kinds: Sequence[TouchKind]) -> None:
        """These can be begun."""
        for kind, button in self.buttons.items():
            button.setVisible(kind in kinds)
        self._fit()

    def retranslate(self) -> None:
        """See `Translated`."""
        self._add.setText(self.tr("Add"))
        for kind, button in self.buttons.items():
            keys = QKeySequence(KEYS[kind]).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{log_text(kind)} ({keys})")
            button.setAccessibleName(log_text(kind))
            button.setAccessibleDescription(keys)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It gives way to everything."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        for kind, button in self.buttons.items():
            button.setText(kind_text(kind))
        if self._row.totalSizeHint().width() > self.width():
            for button in self.buttons.values():
                button.setText("")
