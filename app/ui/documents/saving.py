"""Saving a document where the user wants it, and telling what became of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.documents import Document
from app.ports.handover import HandOver, HandOverFailed
from app.ports.jobs import Runner
from app.ui.documents.attempt import attempt
from app.ui.documents.texts import failure
from app.ui.widgets import Action, MessageBar, MessageKind

translate = QCoreApplication.translate


class Saving:
    """Asks where a document goes and writes it there in a thread; it remembers the folder for the next one."""

    def __init__(self, hand_over: HandOver, runner: Runner) -> None:
        self._hand_over, self._runner = hand_over, runner
        self._folder = ""

    def ask(self, document: Document, caption: str, window: QWidget, bar: MessageBar) -> None:
        """Ask in a dialog on ``window``, under ``caption``; ``bar`` tells what became of it."""
        bar.clear()
        if not self._folder:
            self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(window, caption, self._folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(document.file_name.rpartition(".")[2])
        dialog.selectFile(document.file_name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._save(document, caption, Path(chosen), bar))
        dialog.open()

    def tell_failure(self, document: Document, caption: str, bar: MessageBar, error: HandOverFailed) -> None:
        """What the user can do instead is offered where it is told."""
        if not is_there(bar):
            return
        message = failure(error)

        def elsewhere() -> None:
            self.ask(document, caption, bar.window(), bar)

        save = Action(translate("Saving", "Save as…"), elsewhere)
        bar.show_message(MessageKind.ERROR, message.what, rest=message.to_do, details=message.details, actions=[save])

    def _save(self, document: Document, caption: str, path: Path, bar: MessageBar) -> None:
        self._folder = str(path.parent)
        attempt(
            self._runner,
            lambda: self._hand_over.save(document, path),
            lambda _none: _saved(path, bar),
            partial(self.tell_failure, document, caption, bar),
        )


def is_there(bar: MessageBar) -> bool:
    """Its window has not been closed meanwhile."""
    import shiboken6

    return shiboken6.isValid(bar)


def _saved(path: Path, bar: MessageBar) -> None:
    if is_there(bar):
        words = translate("Saving", "Saved as “{name}” in {folder}").format(name=path.name, folder=path.parent)
        bar.show_message(MessageKind.DONE, words)
