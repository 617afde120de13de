"""The pages of a document under each other, drawn as they come into view."""

import asyncio
from bisect import bisect_right
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ports.jobs import Job, Runner
from app.ui.documents.pdf import POINTS_PER_INCH, PdfPages
from app.ui.theme import Space, colour

_DPI = 96.0  # of a screen at 100 %, in device-independent pixels
_STEPS = (0.25, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_GAP = Space.L
_KEPT = 3  # pages before and after those in view whose pictures are kept


class PageColumn(QAbstractScrollArea):
    """Scrolls over the pages; fits their width until another zoom is chosen.

    Signals:
        moved: Another page is in view, or the zoom is another.
    """

    moved = Signal()

    def __init__(self, pages: PdfPages, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._runner = runner
        self._zoom: float | None = None  # None: the width decides
        self._drawn: dict[int, tuple[float, QImage]] = {}
        self._failed: set[int] = set()
        self._drawing: Job | None = None
        self._told = (-1, 0.0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self._widest = max(size.width for size in pages.sizes)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages.sizes)

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(0, bisect_right(self._tops(), middle) - 1)

    @property
    def zoom(self) -> float:
        """1.0 is the size of the paper."""
        if self._zoom is not None:
            return self._zoom
        room = self.viewport().width() - 2 * _GAP
        return min(max(room / (self._widest * _DPI / POINTS_PER_INCH), _STEPS[0]), _STEPS[-1])

    @property
    def is_drawn(self) -> bool:
        """Every page in view is there, as sharp as it gets."""
        return all(self._is_sharp(page) for page in self._in_view())

    def set_zoom(self, zoom: float | None) -> None:
        """Another zoom; None fits the width. The page in view stays there."""
        page = self.page
        inside = self.verticalScrollBar().value() - self._tops()[page]
        before = self.zoom
        self._zoom = zoom
        self._failed.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(round(self._tops()[page] + inside * self.zoom / before))
        self._on_moved()

    def step_zoom(self, direction: int) -> None:
        """Nearer (1) or farther (-1)."""
        now = self.zoom
        steps = [step for step in _STEPS if (step > now * 1.01 if direction > 0 else step < now * 0.99)]
        if steps:
            self.set_zoom(steps[0] if direction > 0 else steps[-1])

    def stop(self) -> None:
        """Draw nothing any more."""
        if self._drawing is not None:
            self._drawing.cancel()
        self._drawing = None
        self._failed.update(range(self.count))

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._lay_out()
        self._on_moved()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Home and End go to the ends, the space bar a view further."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep())
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """With Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paper is white in every theme; what is not drawn yet is shown in the sharpness there is."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("window"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_view():
            place = self._place(page)
            painter.fillRect(place, Qt.GlobalColor.white)
            if page in self._drawn:
                _scale, picture = self._drawn[page]
                if self._is_sharp(page):
                    painter.drawImage(place.topLeft(), picture)
                else:
                    painter.drawImage(QRectF(place), picture, QRectF(picture.rect()))
            painter.setPen(colour("strong_border"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))

    # -- where the pages are

    def _height(self, page: int) -> int:
        return round(self._pages.sizes[page].height * self.zoom * _DPI / POINTS_PER_INCH)

    def _width(self, page: int) -> int:
        return round(self._pages.sizes[page].width * self.zoom * _DPI / POINTS_PER_INCH)

    def _tops(self) -> list[int]:
        tops, at = [], int(_GAP)
        for page in range(self.count):
            tops.append(at)
            at += self._height(page) + _GAP
        return tops

    def _place(self, page: int) -> QRect:
        wide = max(self.viewport().width(), self.horizontalScrollBar().maximum() + self.viewport().width())
        left = (wide - self._width(page)) // 2 - self.horizontalScrollBar().value()
        top = self._tops()[page] - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), QPoint(left + self._width(page) - 1, top + self._height(page) - 1))

    def _in_view(self) -> list[int]:
        view = self.viewport().rect()
        first = max(0, bisect_right(self._tops(), self.verticalScrollBar().value()) - 1)
        found = []
        for page in range(first, self.count):
            if self._place(page).top() > view.bottom():
                break
            found.append(page)
        return found

    def _lay_out(self) -> None:
        whole = self._tops()[-1] + self._height(self.count - 1) + _GAP
        view = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(view.height())
        down.setSingleStep(48)
        down.setRange(0, max(0, whole - view.height()))
        across.setPageStep(view.width())
        across.setRange(0, max(0, max(map(self._width, range(self.count))) + 2 * _GAP - view.width()))
        across.setValue(across.maximum() // 2)

    # -- drawing

    def _scale(self) -> float:
        return self.zoom * _DPI / POINTS_PER_INCH * self.devicePixelRatioF()

    def _is_sharp(self, page: int) -> bool:
        return page in self._failed or (page in self._drawn and self._drawn[page][0] == self._scale())

    def _on_moved(self) -> None:
        self.viewport().update()
        self._draw_next()
        if self._told != (self.page, self.zoom):
            self._told = (self.page, self.zoom)
            self.moved.emit()

    def _draw_next(self) -> None:
        if self._drawing is not None:
            return
        seen = self._in_view()
        for page in [page for page in self._drawn if page < seen[0] - _KEPT or page > seen[-1] + _KEPT]:
            del self._drawn[page]
        wanted = next((page for page in seen if not self._is_sharp(page)), None)
        if wanted is not None:
            scale = self._scale()
            work = asyncio.to_thread(self._pages.image, wanted, scale)
            # A bug is reported elsewhere; here the page stays white.
            failed = partial(self._on_drawn, wanted, scale, QImage())
            self._drawing = self._runner.run(work, partial(self._on_drawn, wanted, scale), lambda _error: failed())

    def _on_drawn(self, page: int, scale: float, picture: QImage) -> None:
        self._drawing = None
        if picture.isNull():
            self._failed.add(page)
        else:
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._drawn[page] = scale, picture
            self.viewport().update()
        self._draw_next()
