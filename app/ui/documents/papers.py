"""The documents of the order that is shown: asked for, then shown, printed, saved or mailed.

Everything that only a document needs (PDFium, Qt's printing, the viewer) is imported with the first one.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.domain.documents import CSV, Document
from app.ports.connection import SystemKind
from app.ports.handover import HandOver, HandOverFailed
from app.ports.jobs import Runner
from app.services.order_papers import OrderPapers
from app.services.paper_work import Stage
from app.ui.documents.attempt import attempt
from app.ui.documents.saving import Saving, is_there
from app.ui.formats import Formats
from app.ui.orders.commands import Command, Group, OrderCommands
from app.ui.orders.order_messages import sign_in_action
from app.ui.widgets import Action, Button, MessageBar, MessageKind, Translated

if TYPE_CHECKING:
    from app.ui.documents.pdf import PdfPages
    from app.ui.documents.printing import Printing
    from app.ui.documents.viewer import Viewer

_COMMANDS = ("show_document", "print_document", "save_document", "mail_document")


class Use(Enum):
    """What a document is asked for."""

    SHOW = auto()
    PRINT = auto()
    SAVE = auto()
    MAIL = auto()


class Papers(Translated):
    """A button with the documents' menu; everything it says stands in ``bar``.

    Attributes:
        bar: What the ERP is at, and what became of a document.
        viewers: The windows that show documents now.
        printing: The last that was printed.

    Args:
        leave: Ends what is being typed, so that it can be written.
        back: Gives the keyboard to the order's lines.
        sign_in: Shows the way to sign in to the ERP.
    """

    def __init__(
        self,
        commands: OrderCommands,
        hand_over: HandOver,
        runner: Runner,
        formats: Formats,
        *,
        leave: Callable[[], object],
        back: Callable[[], object],
        sign_in: Callable[[], object],
    ) -> None:
        super().__init__()
        self.bar = MessageBar(closable=True)
        self.bar.dismissed.connect(self._on_dismissed)
        self.viewers: list[Viewer] = []
        self.printing: Printing | None = None
        self._commands = commands
        self._hand_over = hand_over
        self._runner = runner
        self._saving = Saving(hand_over, runner)
        self._formats = formats
        self._leave, self._back, self._sign_in = leave, back, sign_in
        self._papers: OrderPapers | None = None
        self._use = Use.SHOW
        self.button = Button(look="quiet", picture="document", on_click=self._open_menu)
        self.button.hide()
        commands.add(
            self._command("show_document", Use.SHOW, self._show_words, ("Ctrl+Shift+P",), "eye"),
            self._command("print_document", Use.PRINT, self._print_words, ("Ctrl+P",), "printer"),
            self._command("save_document", Use.SAVE, self._save_words, ("Ctrl+Shift+S",), "download"),
            self._command("mail_document", Use.MAIL, self._mail_words, ("Ctrl+Shift+M",), "mail"),
        )
        self.retranslate()

    def show_order(self, papers: OrderPapers | None) -> None:
        """Another order is shown, or none: a document that is being made of the last one is not wanted any more."""
        if self._papers is not None:
            self._papers.cancel()
            self._papers.on_stage = lambda: None
        self._papers = papers
        self.bar.clear()
        if papers is not None:
            papers.on_stage = self._tell_stage
            papers.on_made = self._on_made
        self.go_on()

    def go_on(self) -> None:
        """The order that is shown has changed."""
        self.button.setVisible(self._papers is not None and self._papers.is_possible)
        if self._papers is not None:
            self._papers.go_on()

    def show_made(self, document: Document, mail_to: str, bar: MessageBar) -> None:
        """Show a document that was made of something else than the order, or ask where a table goes; ``bar`` tells what
        became of it."""
        use = Use.SAVE if document.media_type == CSV else Use.SHOW
        self._do(use, document, mail_to, bar.window(), bar)

    def retranslate(self) -> None:
        """See `Translated`."""
        self.button.setText(self.tr("Document"))
        self.button.setToolTip(self.tr("Show, print, save or mail what the ERP makes of this order"))
        self._tell_stage()

    # -- asking

    def _command(self, key: str, use: Use, text: Callable[[], str], keys: Sequence[str], picture: str) -> Command:
        def is_possible() -> bool:
            return self._papers is not None and self._papers.is_possible

        return Command(key, Group.DOCUMENTS, text, partial(self._want, use), keys, is_possible, picture)

    def _show_words(self) -> str:
        return self.tr("Show the document…")

    def _print_words(self) -> str:
        return self.tr("Print the document…")

    def _save_words(self) -> str:
        return self.tr("Save the document as…")

    def _mail_words(self) -> str:
        return self.tr("Send the document by mail…")

    def _open_menu(self) -> None:
        menu = QMenu(self.button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._commands.action(key) for key in _COMMANDS])
        menu.popup(self.button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _want(self, use: Use) -> None:
        self._use = use
        self._leave()
        if self._papers is not None:
            self._papers.want()

    def _tell_stage(self) -> None:
        papers = self._papers
        if papers is None:
            return
        cancel = Action(self.tr("Cancel"), papers.cancel)
        match papers.stage:
            case Stage.NONE:
                self._say_nothing()
            case Stage.WRITING:
                words = self.tr("The lines go into the ERP first, then it makes the document.")
                self.bar.show_message(MessageKind.INFO, words, actions=[cancel])
            case Stage.UNWRITTEN:
                self.bar.show_message(
                    MessageKind.WARN,
                    self.tr("Some lines are not in the ERP yet, so they would not be in the document."),
                    rest=self.tr("Put the lines in red right, or go on with what the ERP has."),
                    actions=[Action(self.tr("Go on without them"), papers.without_rows), cancel],
                )
            case Stage.ASKING | Stage.MAKING:
                name = papers.kind.label if papers.kind is not None else ""
                words = self.tr("The ERP is making “{name}”…").format(name=name) if name else self.tr("Asking the ERP…")
                self.bar.show_message(MessageKind.INFO, words, actions=[cancel])
            case Stage.CHOOSING:
                self._choose(papers)
            case Stage.NO_KINDS:
                self.bar.show_message(MessageKind.INFO, self.tr("The ERP makes no document of this order."))
            case Stage.FAILED if papers.fault is not None:
                again = Action(self.tr("Try again"), partial(self._want, self._use))
                actions = [*sign_in_action(papers.fault, self._sign_in), again]
                self.bar.show_fault(papers.fault, SystemKind.ERP, actions=actions)

    def _say_nothing(self) -> None:
        """The keyboard goes back to the lines when it was on a button that goes."""
        focus = QApplication.focusWidget()
        if focus is not None and self.bar.isAncestorOf(focus):
            self._back()
        self.bar.clear()

    def _on_dismissed(self) -> None:
        if self._papers is not None:
            self._papers.cancel()

    def _choose(self, papers: OrderPapers) -> None:
        kinds = papers.offered.kinds if papers.offered is not None else ()
        self.bar.show_message(
            MessageKind.INFO,
            self.tr("Which document?"),
            actions=[
                *(Action(kind.label, partial(papers.choose, kind)) for kind in kinds),
                Action(self.tr("Cancel"), papers.cancel, "quiet"),
            ],
        )

    # -- what is done with it

    def _on_made(self, document: Document, mail_to: str) -> None:
        self._do(self._use, document, mail_to, self.window(), self.bar)

    def _do(self, use: Use, document: Document, mail_to: str, window: QWidget, bar: MessageBar) -> None:
        """Use ``document``; ``window`` is where it was asked for, and ``bar`` tells what became of it."""
        bar.clear()
        if use is Use.SAVE:
            self._ask_where(document, window, bar)
        elif use is Use.MAIL:
            bar.show_message(MessageKind.INFO, self.tr("Handing it to your mail program…"))
            said = partial(self._done, bar, self.tr("It is in a new mail of your mail program. Nothing is sent yet."))
            self._hand(lambda: self._hand_over.mail(document, mail_to), said, document, bar)
        elif document.is_pdf and use is Use.SHOW:
            self._show(document, mail_to, bar)
        elif document.is_pdf:
            self._print(document, window, bar)
        else:
            self._offer_other(document, window, bar, use)

    def _offer_other(self, document: Document, window: QWidget, bar: MessageBar, use: Use) -> None:
        """It is no PDF: for its own program."""
        what = (
            self.tr("The ERP made no PDF, so it cannot be printed from here.")
            if use is Use.PRINT
            else self.tr("The ERP made no PDF, so it cannot be shown here.")
        )
        bar.show_message(
            MessageKind.INFO,
            what,
            rest=self.tr("“{name}” can be opened with the program for such files.").format(name=document.file_name),
            actions=[
                Action(self.tr("Open"), partial(self._open, document, bar), "primary"),
                Action(self.tr("Save as…"), partial(self._ask_where, document, window, bar)),
            ],
        )

    def _open(self, document: Document, bar: MessageBar) -> None:
        self._hand(lambda: self._hand_over.open(document), bar.clear, document, bar)

    def _show(self, document: Document, mail_to: str, bar: MessageBar) -> None:
        made_at = datetime.now(UTC)

        def open_it() -> "PdfPages":
            from app.ui.documents.pdf import PdfPages

            return PdfPages(document.content)

        def opened(pages: "PdfPages") -> None:
            from app.ui.documents.viewer import Viewer

            def when() -> str:
                words = self.tr("Made at {time}") if document.made_here else self.tr("As the ERP had it at {time}")
                return words.format(time=self._formats.clock(made_at))

            viewer = Viewer(document, pages, self._runner, when, self.window())
            for signal, use in (
                (viewer.print_requested, Use.PRINT),
                (viewer.save_requested, Use.SAVE),
                (viewer.mail_requested, Use.MAIL),
            ):
                signal.connect(partial(self._do, use, document, mail_to, viewer, viewer.messages))
            viewer.closed.connect(partial(self._on_closed, viewer))
            self.viewers.append(viewer)
            viewer.show()
            viewer.activateWindow()

        attempt(self._runner, open_it, opened, partial(self._failed, document, bar))

    def _on_closed(self, viewer: "Viewer") -> None:
        self.viewers.remove(viewer)
        self.window().activateWindow()

    def close_viewers(self) -> None:
        """The program ends."""
        for viewer in tuple(self.viewers):
            viewer.close()
        if self.printing is not None:
            self.printing.stop()

    def _print(self, document: Document, window: QWidget, bar: MessageBar) -> None:
        from app.ui.documents.printing import Printing

        def begun() -> None:
            bar.show_message(MessageKind.INFO, self.tr("Printing…"), actions=[Action(self.tr("Cancel"), stop)])

        def stop() -> None:
            printing.stop()
            bar.clear()

        printing = Printing(
            document,
            self._runner,
            window,
            on_begun=begun,
            on_done=partial(self._done, bar, self.tr("It was given to the printer.")),
            on_failed=partial(self._failed, document, bar),
        )
        self.printing = printing
        printing.ask()

    def _ask_where(self, document: Document, window: QWidget, bar: MessageBar) -> None:
        self._saving.ask(document, self.tr("Save the document as"), window, bar)

    def _hand(self, work: Callable[[], None], on_done: Callable[[], None], document: Document, bar: MessageBar) -> None:
        attempt(self._runner, work, lambda _none: on_done(), partial(self._failed, document, bar))

    def _done(self, bar: MessageBar, words: str) -> None:
        if is_there(bar):
            bar.show_message(MessageKind.DONE, words)

    def _failed(self, document: Document, bar: MessageBar, error: HandOverFailed) -> None:
        self._saving.tell_failure(document, self.tr("Save the document as"), bar, error)
