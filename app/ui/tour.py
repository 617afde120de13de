"""A short scripted tour of the main job, driven by key events as a user would, with a picture at each stop."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services.order_rows import RowStatus
from app.services.search import ContactSearch
from app.ui.language import Language
from app.ui.orders.order_panel import OrderPanel
from app.ui.orders.price_strip import PriceStrip
from app.ui.shell.main_window import MainWindow
from app.ui.theme import Theme, ThemeChoice

Ready = Callable[[], bool]
Stop = tuple[str, Ready]
"""What is waited for, in words, and whether it is there."""

_LOOK_EVERY = 30  # ms
_PATIENCE = 60_000  # ms for one stop
_BREATH = 250  # ms for the last repaint before a picture

CUSTOMER = "nordlys"
LINES = (("4711", "40"), ("4101", "12"), ("4105", "100"))
"""Item and quantity, typed as a clerk types them."""


class Tour(QObject):
    """Finds a customer, opens the card, types an order that the ERP prices, and shows what an error looks like.

    Signals:
        ended: What went wrong, in words; an empty list when nothing did.
    """

    ended = Signal(list)

    def __init__(
        self,
        *,
        window: MainWindow,
        panel: OrderPanel,
        search: ContactSearch,
        theme: Theme,
        language: Language,
        picture: Path,
    ) -> None:
        super().__init__()
        self._window, self._panel, self._search = window, panel, search
        self._theme, self._language = theme, language
        self._picture = picture
        self._steps: Iterator[Stop] = iter(())
        self._waiting_for: Stop = ("", lambda: True)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self.pictures: list[Path] = []

    def start(self) -> None:
        """Begin; the systems are signed in to."""
        self._steps = self._tour()
        self._next()

    def _tour(self) -> Iterator[Stop]:
        window, panel = self._window, self._panel
        window.activateWindow()
        yield "the window to be active", window.isActiveWindow
        press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        type_text(CUSTOMER)
        yield "search results", lambda: bool(self._search.matches) and not self._search.is_searching
        yield from self._breathe()
        self._take("search")
        press(Qt.Key.Key_Return)
        yield "the ERP's customer", lambda: bool(window.erp_customer_id)
        yield from self._breathe(5)
        self._take("card")
        press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        yield "a new order", lambda: panel.session is not None
        for item, quantity in LINES:
            for text in (item, quantity):
                type_text(text)
                yield "the key events", lambda: True
                press(Qt.Key.Key_Return)
                yield "the key events", lambda: True
        yield "every line to be in the ERP", self._is_stored
        press(Qt.Key.Key_Up)
        strip = panel.findChild(PriceStrip)
        yield "why the price is what it is", lambda: strip is None or (bool(strip.text) and "…" not in strip.text)
        yield from self._breathe(2)
        self._take("")
        press(Qt.Key.Key_Down)
        yield "the key events", lambda: True
        type_text("9999")
        press(Qt.Key.Key_Return)
        type_text("two")
        press(Qt.Key.Key_Return)
        yield "the refused line", lambda: self._has(RowStatus.REFUSED)
        press(Qt.Key.Key_Up)
        yield from self._breathe()
        self._take("refused")
        press(Qt.Key.Key_Escape)
        window.card_panel.show_economy()
        yield "the figures of the reporting system", self._has_economy
        yield from self._breathe(2)
        self._take("economy")
        self._theme.choose(ThemeChoice.DARK)
        self._language.choose("da")
        yield from self._breathe(3)
        self._take("dark-da")

    def _breathe(self, times: int = 1) -> Iterator[Stop]:
        clock = QElapsedTimer()
        clock.start()
        yield "the last repaint", lambda: clock.elapsed() > _BREATH * times

    def _has_economy(self) -> bool:
        """All there is of it. The demo's reporting system joins when it has read the others."""
        page = self._window.card_panel.economy
        return page is not None and page.is_read

    def _is_stored(self) -> bool:
        session = self._panel.session
        return session is not None and not session.has_unwritten and len(session.keys()) >= len(LINES)

    def _has(self, status: RowStatus) -> bool:
        session = self._panel.session
        keys = session.keys() if session is not None else ()
        return session is not None and any(session.row(key).status is status for key in keys)

    def _look(self) -> None:
        what, is_there = self._waiting_for
        if is_there():
            self._next()
        elif self._clock.elapsed() > _PATIENCE:
            self._end([f"waited in vain for {what}"])

    def _next(self) -> None:
        stop = next(self._steps, None)
        if stop is None:
            self._end([])
            return
        self._waiting_for = stop
        self._clock.restart()
        self._timer.start()

    def _end(self, failures: list[str]) -> None:
        self._timer.stop()
        if failures:
            self._take("stopped")
        self.ended.emit(failures)

    def _take(self, name: str) -> None:
        """Save a picture of the window with the pop-ups over it; the one without a name is the main one."""
        stem = f"{self._picture.stem}-{name}" if name else self._picture.stem
        path = self._picture.with_name(f"{stem}{self._picture.suffix or '.png'}")
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = _grab(self._window)
        if not picture.save(str(path)):
            raise OSError(f"the picture could not be written: {path}")
        self.pictures.append(path)


def focus() -> QWidget:
    """The widget that gets the keys."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup  # as Qt itself hands the keys on
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    if widget is None:
        raise RuntimeError("no widget has the keyboard")
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, at whatever has the keyboard."""
    QTest.keyClick(focus(), key, modifiers)


def type_text(text: str) -> None:
    """Each letter at whatever has the keyboard then: the first one may open an editor."""
    for letter in text:
        QTest.keyClicks(focus(), letter)


def _grab(window: QWidget) -> QPixmap:
    screen = window.screen() or QGuiApplication.primaryScreen()
    place = window.geometry()
    return screen.grabWindow(0, place.x(), place.y(), place.width(), place.height())
