"""What the window shows while the systems are not there yet: what is waited for, and how far it is."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.ui.theme import Space, Tone, Type
from app.ui.widgets import Action, Button, Card, ElidedLabel, Label, MessageBar, MessageKind, StatusDot, Translated

_SHARES = {"install": (0.0, 0.35), "create": (0.35, 0.25), "fill": (0.6, 0.35), "start": (0.95, 0.05)}
"""Where each stage begins in the whole of a first start, and its share of it."""


def stage_text(stage: str) -> str:
    """A stage in words; the names are those of the demo's stages."""
    translate = QCoreApplication.translate
    match stage:
        case "install":
            return translate("Start", "Fetching its programs")
        case "create":
            return translate("Start", "Creating its database")
        case "fill":
            return translate("Start", "Entering the demo data")
        case "start":
            return translate("Start", "Starting")
        case _:
            return translate("Start", "Waiting")


class _SystemRow(QWidget):
    """One system on its way."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._stage = ""
        self._dot = StatusDot(Tone.NEUTRAL, hollow=True)
        self._name = ElidedLabel(title, Type.STRONG)
        self._text = Label(stage_text(""), Type.BODY, "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self.is_done = False
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(self._dot)
        line.addWidget(self._name, 1)
        line.addWidget(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.XS, 0, Space.XS)
        column.setSpacing(Space.S)
        column.addLayout(line)
        column.addWidget(self._bar)

    def set_progress(self, stage: str, fraction: float) -> None:
        """Never goes back: a stage that is left out counts as done."""
        self._stage = stage
        begin, share = _SHARES.get(stage, (0.0, 0.0))
        self._bar.setValue(max(self._bar.value(), round(1000 * (begin + share * fraction))))
        self._dot.set_state(Tone.ACCENT, stage_text(stage))
        self._text.setText(stage_text(stage))

    def reset(self) -> None:
        self._bar.reset()
        self._stage, self.is_done = "", False
        self._dot.set_state(Tone.NEUTRAL, stage_text(""), hollow=True)
        self._text.setText(stage_text(""))

    def set_done(self) -> None:
        self.is_done = True
        self._bar.setValue(1000)
        self._text.setText(QCoreApplication.translate("Start", "Ready"))
        self._dot.set_state(Tone.SUCCESS, self._text.text())

    def set_failed(self) -> None:
        self._text.setText(QCoreApplication.translate("Start", "Stopped"))
        self._dot.set_state(Tone.DANGER, self._text.text())

    def retranslate(self) -> None:
        if self.is_done:
            self.set_done()
        else:
            self._text.setText(stage_text(self._stage))


class StartPage(Translated):
    """A row with a progress bar for each system, and Cancel.

    Signals:
        cancel_requested: The user does not want to wait.
        retry_requested: The user wants to try again after a failure.
    """

    cancel_requested = Signal()
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows: dict[str, _SystemRow] = {}
        self._title = Label(step=Type.TITLE)
        self._text = Label(ink="muted", wrap=True)
        self._message = MessageBar()
        self._cancel = Button(on_click=self.cancel_requested.emit)
        self._card = Card()
        self._card.header.hide()
        self._card.hide()
        middle = QVBoxLayout()
        middle.setSpacing(Space.M)
        middle.addStretch(2)
        for widget in (self._title, self._text, self._card, self._message):
            middle.addWidget(widget)
        middle.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addStretch(3)
        holder = QWidget()
        holder.setLayout(middle)
        holder.setFixedWidth(520)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(holder)
        row.addStretch(1)
        self._cancel.hide()
        self.retranslate()

    def expect(self, system: str, title: str) -> None:
        """Show a row for a system that is waited for."""
        if system not in self._rows:
            self._rows[system] = _SystemRow(title)
            self._card.body.addWidget(self._rows[system])
            self._card.show()
            self._cancel.show()

    def set_progress(self, system: str, stage: str, fraction: float) -> None:
        """How far a system has come: the stage's name, and how much of this stage is done."""
        self._rows[system].set_progress(stage, fraction)

    def set_done(self, system: str) -> None:
        """A system is ready."""
        self._rows[system].set_done()

    def set_failed(self, system: str, what: str, details: str = "") -> None:
        """A system cannot be started; ``what`` is a sentence for the user."""
        if system in self._rows:
            self._rows[system].set_failed()
        retry = Action(self.tr("Try again"), self._retry, "primary")
        self._message.show_message(MessageKind.ERROR, what, details=details, actions=(retry,))
        self._cancel.hide()

    def retranslate(self) -> None:
        """See `Translated`."""
        self._title.setText(self.tr("Getting Samspil ready"))
        self._text.setText(
            self.tr(
                "The first start sets up a real ERP and a real CRM on this computer and fills them with made-up "
                "data. Later starts take some seconds."
            )
        )
        self._cancel.setText(self.tr("Cancel"))
        for row in self._rows.values():
            row.retranslate()

    def _retry(self) -> None:
        for row in self._rows.values():
            row.reset()
        self._message.clear()
        self._cancel.show()
        self.retry_requested.emit()
