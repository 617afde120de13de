"""How far a paste is, and what became of it, said where the order stands."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.ports.connection import SystemKind
from app.services.order_paste import OrderPaste, PasteState, Stage
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import Action, Button, Label, MessageBar, MessageKind

_LOOK_EVERY = 120  # ms


class PasteBar(QWidget):
    """Hidden while nothing was pasted. While rows are on their way a bar with a way to stop, afterwards a summary.

    Signals:
        go_to_problem: Put the cursor on the next row that waits for the user.
        ended: A paste came to an end, or was stopped.
    """

    go_to_problem = Signal()
    ended = Signal()

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._paste: OrderPaste | None = None
        self._told = PasteState()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._words = Label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = Button()
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, Space.XS, 0, Space.XS)
        row.setSpacing(Space.M)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._summary = MessageBar(closable=True)
        self._summary.dismissed.connect(self._forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._progress)
        column.addWidget(self._summary)
        self.hide()

    def show_paste(self, paste: OrderPaste | None, stop: Callable[[], object] = lambda: None) -> None:
        """Tell of the pastes of this order from now on; ``stop`` is what Cancel does."""
        if self._paste is not None:
            self._paste.listener = lambda: None
        self._paste = paste
        self._cancel.set_on_click(stop)
        self._told = PasteState()
        if paste is not None:
            paste.listener = self.look
        self.look()

    @property
    def text(self) -> str:
        """Everything it says now, for tests; empty while it says nothing."""
        if self.isHidden():
            return ""
        return self._words.text() if not self._progress.isHidden() else self._summary.text()

    def look(self) -> None:
        """Look how far it is."""
        state = self._paste.state() if self._paste is not None else PasteState()
        if state == self._told:
            return
        has_ended = self._told.is_under_way and not state.is_under_way
        self._told = state
        self.setVisible(state.stage is not Stage.NONE)
        self._progress.setVisible(state.is_under_way)
        # An end is looked at on: what waits becomes less as the user puts it right.
        is_watched = state.is_under_way or (state.stage is Stage.ENDED and state.waiting > 0)
        if is_watched != self._timer.isActive():
            self._timer.start() if is_watched else self._timer.stop()
        if state.is_under_way:
            self._summary.clear()
            self._show_progress(state)
        elif state.stage is not Stage.NONE:
            self._show_end(state)
        if has_ended:
            self.ended.emit()

    def _show_progress(self, state: PasteState) -> None:
        if state.stage is Stage.READING:
            words = self.tr("Looking up %n item(s)…", "", state.items) if state.items else self.tr("Reading…")
            done, whole = state.looked_up, state.items
        else:
            done, whole = state.stored + state.waiting, state.rows
            words = self.tr("%n line(s) on the way into the ERP", "", whole - done)
        self._words.setText(words)
        self._bar.setRange(0, whole)
        self._bar.setValue(done)
        self._bar.setAccessibleName(words)
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleDescription(self.tr("What is in the ERP stays; the other lines are taken out again."))

    def _show_end(self, state: PasteState) -> None:
        match state.stage:
            case Stage.ENDED if state.waiting:
                self._summary.show_message(
                    MessageKind.WARN,
                    self._in_erp(state.stored),
                    rest=self.tr("%n line(s) wait for you, in red as they were pasted.", "", state.waiting),
                    actions=[Action(self.tr("Go to the next"), self._go_to_problem)],
                )
            case Stage.ENDED:
                self._summary.show_message(MessageKind.DONE, self._in_erp(state.stored))
            case Stage.STOPPED if state.rows:
                self._summary.show_message(
                    MessageKind.INFO,
                    self.tr("Stopped. %n line(s) are in the ERP and stay.", "", state.stored),
                    rest=self.tr("%n line(s) were taken out of the order again.", "", state.taken_back),
                )
            case Stage.STOPPED:
                self._summary.show_message(MessageKind.INFO, self.tr("Stopped. Nothing was put in the order."))
            case Stage.TOO_MUCH:
                self._summary.show_message(
                    MessageKind.WARN,
                    self.tr("Nothing was pasted: one paste takes {most} rows at most.").format(
                        most=self._formats.locale.toString(state.most)
                    ),
                    rest=self.tr("Copy fewer rows at a time."),
                )
            case Stage.EMPTY:
                self._summary.show_message(
                    MessageKind.INFO,
                    self.tr("Nothing was pasted: there are no order lines on the clipboard."),
                    rest=self.tr("Copy rows with an item and a quantity, and if you like price, discount and text."),
                )
            case _ if state.fault is not None:
                self._summary.show_fault(state.fault, SystemKind.ERP, kept=self.tr("Nothing was pasted."))

    def _in_erp(self, lines: int) -> str:
        return self.tr("%n line(s) are in the ERP.", "", lines)

    def _go_to_problem(self) -> None:
        self._forget()  # from here on the row itself says what it waits for, and how many others do
        self.go_to_problem.emit()

    def _forget(self) -> None:
        if self._paste is not None:
            self._paste.forget()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._told = PasteState()
            self.look()
