"""What became of the lines that were on their way when the program last ended, said where the order stands."""

from PySide6.QtCore import QDateTime, QEvent, QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.ports.journal import JournalTrouble
from app.services.order_recovery import Outcome, Recovered
from app.ui.widgets import Action, MessageBar, MessageKind

_AT_MOST = 5


class RecoveredBar(MessageBar):
    """Hidden while there is nothing to tell; the user closes it.

    Signals:
        open_requested: Show the order in which a write was typed in again; carries the write's id in the journal.
    """

    open_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, closable=True)
        self._told: list[Recovered] = []
        self._trouble: JournalTrouble | None = None
        self.dismissed.connect(self._on_dismissed)

    def add(self, recovered: Recovered) -> None:
        """Tell of one more."""
        self._told.append(recovered)
        self._show()

    def set_trouble(self, trouble: JournalTrouble | None) -> None:
        """What is wrong with the journal."""
        if trouble is not self._trouble:
            self._trouble = trouble
            self._show()

    def _show(self) -> None:
        lines = [self._sentence(each) for each in self._told[-_AT_MOST:]]
        if self._trouble is not None:
            lines.append(self._trouble_text(self._trouble))
        if not lines:
            self.clear()
            return
        restored = [each for each in self._told if each.outcome is Outcome.RESTORED]
        is_well = (
            not restored and self._trouble is None and all(e.outcome is not Outcome.ORDER_GONE for e in self._told)
        )
        actions = [
            Action(
                self.tr("Open order {number}").format(number=each.number) if each.number else self.tr("Open the order"),
                lambda entry_id=each.entry.id: self.open_requested.emit(entry_id),  # type: ignore[misc]
            )
            for each in restored[-_AT_MOST:]
        ]
        kind = MessageKind.DONE if is_well else MessageKind.WARN
        self.show_message(kind, lines[0], rest="\n".join(lines[1:]), actions=actions)

    def _sentence(self, recovered: Recovered) -> str:
        sent = QDateTime.fromSecsSinceEpoch(int(recovered.entry.sent_at))
        when = QLocale().toString(sent, QLocale.FormatType.ShortFormat)
        pattern = self._of_lines(recovered) if recovered.lines else self._of_head(recovered.outcome)
        return pattern.format(number=recovered.number or recovered.order_id or "–", when=when)

    def _of_lines(self, recovered: Recovered) -> str:
        return {
            Outcome.IN_ERP: self.tr(
                "%n line(s) of order {number} from {when} had not been confirmed: in the ERP.", "", recovered.lines
            ),
            Outcome.STORED_NOW: self.tr(
                "%n line(s) of order {number} from {when} had not been confirmed: stored now.", "", recovered.lines
            ),
            Outcome.RESTORED: self.tr(
                "%n line(s) of order {number} from {when} did not get into the ERP: typed in again, look at them.",
                "",
                recovered.lines,
            ),
            Outcome.ORDER_GONE: self.tr(
                "%n line(s) of order {number} from {when} did not get into the ERP, and the order is gone.",
                "",
                recovered.lines,
            ),
        }[recovered.outcome]

    def _of_head(self, outcome: Outcome) -> str:
        return {
            Outcome.IN_ERP: self.tr(
                "A change of order {number}'s head from {when} had not been confirmed: in the ERP."
            ),
            Outcome.STORED_NOW: self.tr(
                "A change of order {number}'s head from {when} had not been confirmed: stored now."
            ),
            Outcome.RESTORED: self.tr(
                "A change of order {number}'s head from {when} did not get into the ERP: typed in again, look at it."
            ),
            Outcome.ORDER_GONE: self.tr(
                "A change of order {number}'s head from {when} did not get into the ERP, and the order is gone."
            ),
        }[outcome]

    def _trouble_text(self, trouble: JournalTrouble) -> str:
        return {
            JournalTrouble.NO_KEYRING: self.tr(
                "There is no keyring here, so lines on their way are not remembered if Samspil is ended by force."
            ),
            JournalTrouble.IN_USE: self.tr(
                "Samspil is open twice: this one does not remember lines on their way if it is ended by force."
            ),
            JournalTrouble.NO_DISK: self.tr(
                "The disk takes nothing, so lines on their way are not remembered if Samspil is ended by force."
            ),
            JournalTrouble.DAMAGED: self.tr(
                "What Samspil remembered of lines on their way cannot be read: look at the orders you last worked on."
            ),
        }[trouble]

    def _on_dismissed(self) -> None:
        self._told.clear()
        self._trouble = None

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._show()
