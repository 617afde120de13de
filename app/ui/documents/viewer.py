"""A window that shows a document."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.documents import Document
from app.ports.jobs import Job, Runner
from app.ui.documents.page_column import PageColumn
from app.ui.documents.pdf import PdfPages
from app.ui.theme import Space, Type
from app.ui.widgets import Button, Hairline, IconButton, Label, MessageBar, Translated

_SIZE = (860, 940)
_LEAST = (680, 420)


class Viewer(Translated):
    """A PDF of the ERP's, as it was when it was made. Closing it forgets the document.

    Attributes:
        document: What is shown.
        messages: Says what became of it when it was printed, saved or mailed from here.

    Signals:
        print_requested, save_requested, mail_requested: The user wants this with the document.
        closed: It is gone.
    """

    print_requested = Signal()
    save_requested = Signal()
    mail_requested = Signal()
    closed = Signal()

    def __init__(
        self, document: Document, pages: PdfPages, runner: Runner, made_at: Callable[[], str], parent: QWidget
    ) -> None:
        """Show ``pages``; ``made_at`` says in the language in force when the ERP made them."""
        super().__init__(parent, Qt.WindowType.Window)
        self.document = document
        self._pages = pages
        self._runner = runner
        self._made_at = made_at
        self._told = -1  # the page whose words a screen reader gets
        self._reading: Job | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*_LEAST)
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width() - 80), min(_SIZE[1], room.height() - 80))
        self.column = PageColumn(pages, runner)
        self.column.moved.connect(self._on_moved)
        self.messages = MessageBar(closable=True)
        self._print = Button(picture="printer", on_click=self.print_requested.emit)
        self._save = Button(picture="download", on_click=self.save_requested.emit)
        self._mail = Button(picture="mail", on_click=self.mail_requested.emit)
        self._when = Label(step=Type.CAPTION, ink="faint", figures=True)
        self._where = Label(ink="muted", figures=True)
        self._farther = IconButton("minus")
        self._farther.clicked.connect(lambda: self.column.step_zoom(-1))
        self._percent = Button(look="quiet", on_click=lambda: self.column.set_zoom(None))
        self._nearer = IconButton("plus")
        self._nearer.clicked.connect(lambda: self.column.step_zoom(1))
        self._lay_out()
        self._add_keys()
        self.retranslate()
        self.column.setFocus()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setWindowTitle(self.document.title)
        self._print.setText(self.tr("Print…"))
        self._save.setText(self.tr("Save as…"))
        self._mail.setText(self.tr("Send by mail…"))
        self._when.setText(self._made_at())
        self._farther.set_label(self.tr("Smaller"))
        self._nearer.set_label(self.tr("Larger"))
        self._percent.setToolTip(self.tr("Fit the width"))
        self._on_moved()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Let go of the document."""
        super().closeEvent(event)
        self.column.stop()
        self._stop_reading()
        pages = self._pages
        # In a thread: a page that is just being drawn has PDFium to itself.
        self._runner.run(asyncio.to_thread(pages.close), lambda _none: None, lambda _error: None)
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The paper's ground is the theme's."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.column.viewport().update()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        tools.setSpacing(Space.S)
        for button in (self._print, self._save, self._mail):
            tools.addWidget(button)
        tools.addStretch(1)
        for part in (self._where, self._farther, self._percent, self._nearer):
            tools.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(tools)
        whole.addWidget(Hairline())
        said = QHBoxLayout()
        said.setContentsMargins(Space.M, 0, Space.M, 0)
        said.addWidget(self.messages)
        whole.addLayout(said)
        whole.addWidget(self.column, 1)
        whole.addWidget(Hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        foot.addWidget(self._when)
        foot.addStretch(1)
        whole.addLayout(foot)

    def _add_keys(self) -> None:
        standard = QKeySequence.StandardKey
        keys: tuple[tuple[QKeySequence.StandardKey | str, Callable[[], object]], ...] = (
            (standard.Print, self.print_requested.emit),
            (standard.Save, self.save_requested.emit),
            ("Ctrl+Shift+S", self.save_requested.emit),
            ("Ctrl+Shift+M", self.mail_requested.emit),
            (standard.ZoomIn, lambda: self.column.step_zoom(1)),
            ("Ctrl+=", lambda: self.column.step_zoom(1)),
            (standard.ZoomOut, lambda: self.column.step_zoom(-1)),
            ("Ctrl+0", lambda: self.column.set_zoom(None)),
            ("Ctrl+W", self.close),
            ("Esc", self.close),
        )
        for key, act in keys:
            sequences = [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)[:1]
            for sequence in sequences:
                QShortcut(sequence, self).activated.connect(act)

    def _on_moved(self) -> None:
        column = self.column
        page = column.page
        place = self.tr("Page {page} of {count}").format(page=page + 1, count=column.count)
        self._where.setText(place)
        self._percent.setText(f"{column.zoom:.0%}".replace("%", " %"))
        self._percent.setAccessibleName(self.tr("Zoom {percent}: fit the width").format(percent=self._percent.text()))
        column.setAccessibleName(place)
        if page != self._told:
            self._told = page
            self._stop_reading()
            column.setAccessibleDescription("")
            self._reading = self._runner.run(asyncio.to_thread(self._pages.text, page), self._tell, lambda _error: None)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    def _tell(self, text: str) -> None:
        """The words of the page, for a screen reader."""
        self.column.setAccessibleDescription(text)
