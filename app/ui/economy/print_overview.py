"""A whole overview as a PDF, drawn a panel a turn of the event loop."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from app.domain.documents import PDF, Document, file_name
from app.ui.documents.saving import is_there
from app.ui.economy.paper import PaperWriter, Sheet
from app.ui.formats import Formats
from app.ui.widgets import Action, InTurns, MessageBar, MessageKind


class OverviewPrint(QObject):
    """Makes PDFs, one at a time; ``bar`` tells how far it is and can stop it.

    Signals:
        made: The `Document`; to be shown, printed or saved as others are (`app.ui.documents.saving.Saving`).
    """

    made = Signal(object)

    def __init__(self, formats: Formats, bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._formats, self._bar = formats, bar
        self._turns = InTurns(self)
        self._wanted: Sheet | None = None

    @property
    def is_busy(self) -> bool:
        """A PDF is being made."""
        return self._wanted is not None

    def start(self, sheet: Sheet) -> None:
        """Make the PDF of ``sheet``; one that is being made is forgotten."""
        self._wanted = sheet
        self._turns.add(self._make(sheet))

    def cancel(self) -> None:
        """Stop; nothing is made."""
        if self.is_busy:
            self._wanted = None
            self._bar.clear()

    def _make(self, sheet: Sheet) -> Iterator[None]:
        writer = PaperWriter(sheet, self._formats)
        steps, told = writer.write(), -1
        for _ in steps:
            if self._wanted is not sheet or not is_there(self._bar):
                steps.close()
                return
            if writer.done != told:
                told = writer.done
                self._tell(told, len(sheet.panels))
            yield
        if self._wanted is not sheet or not is_there(self._bar):
            return
        self._wanted = None
        self._bar.clear()
        name = " ".join(part for part in (sheet.about, sheet.title) if part)
        self.made.emit(Document(file_name(name, "pdf"), PDF, writer.content, made_here=True))

    def _tell(self, done: int, count: int) -> None:
        words = self.tr("Making the PDF: {done} of {all}").format(done=done, all=count)
        self._bar.show_message(MessageKind.INFO, words, actions=[Action(self.tr("Cancel"), self.cancel)])
