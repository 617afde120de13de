"""Printing a document: the platform's own dialog, then page after page in a thread."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.domain.documents import Document
from app.ports.handover import HandOverFailed, HandOverProblem
from app.ports.jobs import Runner
from app.ui.documents.attempt import attempt
from app.ui.documents.pdf import POINTS_PER_INCH, PdfPages

_DPI = 300  # of a page's picture: what office printers put on paper, at 25 MB
_STRIP = 64  # rows given to the printer at once: about 1 ms, so that the window's thread is never held up


class Printing:
    """One printing, from the dialog to the last page.

    Args:
        on_begun: The user has chosen a printer.
        on_done: It has been given to the printer.
        on_failed: It has not; pages before may have been.
    """

    def __init__(
        self,
        document: Document,
        runner: Runner,
        parent: QWidget,
        *,
        on_begun: Callable[[], None],
        on_done: Callable[[], None],
        on_failed: Callable[[HandOverFailed], None],
    ) -> None:
        self._document = document
        self._runner = runner
        self._on_begun, self._on_done, self._on_failed = on_begun, on_done, on_failed
        self._stopped = threading.Event()
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(document.title)
        self.printer.setCreator("Samspil")
        self.printer.setFullPage(True)
        self.dialog = QPrintDialog(self.printer, parent)
        self.dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        self.dialog.accepted.connect(self._begin)
        self.dialog.finished.connect(self.dialog.deleteLater)

    def ask(self) -> None:
        """Open the dialog."""
        self.dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self.dialog.show()

    def stop(self) -> None:
        """Give the printer no further page."""
        self._stopped.set()

    def _begin(self) -> None:
        self._on_begun()
        attempt(
            self._runner,
            lambda: print_pages(self._document.content, self.printer, self._stopped),
            lambda _none: self._ended(),
            self._on_failed,
        )

    def _ended(self) -> None:
        if not self._stopped.is_set():
            self._on_done()


def print_pages(content: bytes, printer: QPrinter, stopped: threading.Event) -> None:
    """Draw the pages that were chosen in the dialog on ``printer``, each as large as the paper allows.

    Runs in a thread; the printer is nobody else's meanwhile. Raises `HandOverFailed`.
    """
    pages = PdfPages(content)
    painter = QPainter()
    try:
        first = printer.fromPage() or 1
        last = min(printer.toPage() or len(pages.sizes), len(pages.sizes))
        chosen = range(first - 1, last)
        copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
        turns = [page for _copy in range(copies) for page in chosen]
        if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
            turns.reverse()
        for place, page in enumerate(turns):
            size = pages.sizes[page]
            lies = size.width > size.height
            printer.setPageOrientation(QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait)
            if place == 0:
                printer.setPageMargins(QMarginsF(0, 0, 0, 0))
            if not (painter.begin(printer) if place == 0 else printer.newPage()):
                raise HandOverFailed(HandOverProblem.OTHER, "the printer takes no page")
            _draw(painter, printer, pages, page, stopped)
            if stopped.is_set():
                printer.abort()
                return
        if not painter.end():
            raise HandOverFailed(HandOverProblem.OTHER, "the printer did not end")
    finally:
        if painter.isActive():
            painter.end()
        pages.close()


def _draw(painter: QPainter, printer: QPrinter, pages: PdfPages, page: int, stopped: threading.Event) -> None:
    picture = pages.image(page, min(printer.resolution(), _DPI) / POINTS_PER_INCH)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    if picture.isNull() or paper.isEmpty():
        return
    on_paper = QRectF(0, 0, paper.width(), paper.height())
    factor = printer.resolution() / POINTS_PER_INCH
    size = pages.sizes[page]
    # As large as it is meant to be; smaller where the paper is.
    shrink = min(1.0, paper.width() / (size.width * factor), paper.height() / (size.height * factor))
    target = QRectF(0, 0, size.width * factor * shrink, size.height * factor * shrink)
    target.moveCenter(on_paper.center())
    rows = picture.height()
    for top in range(0, rows, _STRIP):
        if stopped.is_set():
            return
        height = min(_STRIP, rows - top)
        part = QRectF(
            target.left(), target.top() + target.height() * top / rows, target.width(), target.height() * height / rows
        )
        strip = picture.copy(QRect(0, top, picture.width(), height))
        painter.drawImage(part, strip, QRectF(strip.rect()))
