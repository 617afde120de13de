"""The pages of a PDF as pictures, by PDFium.

PDFium draws a page in 10 to 30 ms and lets go of the GIL meanwhile, so it works in a thread and the window never
waits. It may be called by one thread at a time in the whole process: everything here goes through one lock.
It is imported with the first document (30 ms).
"""

import ctypes
import mmap
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from app.ports.handover import HandOverFailed, HandOverProblem

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap, PdfDocument

_ONE_AT_A_TIME = threading.Lock()
MOST_PAGES = 500
"""Of a longer document the rest is not shown; saved and mailed it is whole."""
_MOST_PIXELS = 36_000_000
"""A4 at 600 dpi. A page may say that it is a hundred metres long."""
POINTS_PER_INCH = 72.0


def unreadable(detail: str) -> HandOverFailed:
    """The failure of a document that PDFium does not take."""
    return HandOverFailed(HandOverProblem.UNREADABLE, detail)


@dataclass(frozen=True, slots=True)
class PageSize:
    """In points, a 72nd of an inch."""

    width: float
    height: float


class Picture(QImage):
    """A page as PDFium drew it, in its own memory: a copy of 30 MB would hold the GIL for longer than a frame."""

    def __init__(self, memory: Any, width: int, height: int, stride: int) -> None:
        super().__init__(memoryview(memory), width, height, stride, QImage.Format.Format_RGB32)
        self._memory = memory


def _bitmap(width: int, height: int, format: int, rev_byteorder: bool) -> "PdfBitmap":  # noqa: A002
    """Memory for a page, from the system: what ctypes gives is cleared first, with the GIL held (30 ms at 50 MB)."""
    from pypdfium2 import PdfBitmap

    size = width * height * 4
    memory = (ctypes.c_ubyte * size).from_buffer(mmap.mmap(-1, size))
    return PdfBitmap.new_native(width, height, format, rev_byteorder, memory)


class PdfPages:
    """A document that is being shown. Every method takes its time: call them in a thread.

    Attributes:
        sizes: The pages that can be shown.
    """

    def __init__(self, content: bytes) -> None:
        """Open it. Raises `HandOverFailed`."""
        with _ONE_AT_A_TIME:
            import pypdfium2

            try:
                self._pdf: PdfDocument | None = pypdfium2.PdfDocument(content)
                pages = range(min(len(self._pdf), MOST_PAGES))
                self.sizes = tuple(PageSize(*self._pdf.get_page_size(page)) for page in pages)
            except pypdfium2.PdfiumError as error:
                raise unreadable(str(error)) from error
            if not self.sizes or not all(size.width > 0 and size.height > 0 for size in self.sizes):
                self._pdf.close()
                raise unreadable("it has no pages")

    def image(self, page: int, scale: float) -> QImage:
        """A page, on white; ``scale`` is in pixels per point. A null picture where it cannot be drawn, or is closed."""
        size = self.sizes[page]
        scale = min(scale, (_MOST_PIXELS / (size.width * size.height)) ** 0.5)
        with _ONE_AT_A_TIME:
            if self._pdf is None:
                return QImage()
            import pypdfium2

            try:
                drawn = self._pdf[page]
                bitmap = drawn.render(scale=scale, prefer_bgrx=True, bitmap_maker=_bitmap)
                picture = Picture(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride)
                bitmap.close()
                drawn.close()
            except pypdfium2.PdfiumError:
                return QImage()
            return picture

    def text(self, page: int) -> str:
        """What stands on a page; empty where that cannot be told."""
        with _ONE_AT_A_TIME:
            if self._pdf is None:
                return ""
            import pypdfium2

            try:
                there = self._pdf[page]
                words = there.get_textpage()
                found: str = words.get_text_bounded()
                words.close()
                there.close()
            except pypdfium2.PdfiumError:
                return ""
            return found.replace("\r\n", "\n")

    def close(self) -> None:
        """Let go of it."""
        with _ONE_AT_A_TIME:
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None
