"""Phone numbers, e-mail and web addresses that open the user's own programs."""

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy

from app.ui.theme import Space
from app.ui.widgets import Button, set_tip

OpenUrl = Callable[[QUrl], object]


def tel_url(number: str) -> QUrl | None:
    """The ``tel:`` address of a phone number; None where there is no number in it."""
    digits = re.sub(r"[^0-9+]", "", number.split("ext", maxsplit=1)[0])
    return QUrl(f"tel:{digits}") if sum(c.isdigit() for c in digits) >= 3 else None


def mail_url(address: str) -> QUrl | None:
    """The ``mailto:`` address; None where it is no plain address, so that no header can be smuggled in."""
    if not re.fullmatch(r"[^\s@?&%,;:<>\"]+@[^\s@?&%,;:<>\"]+", address):
        return None
    url = QUrl()
    url.setScheme("mailto")
    url.setPath(address)
    return url


def web_url(address: str) -> QUrl | None:
    """The address of a page; only http and https, never a file or a program."""
    url = QUrl(address if "://" in address else f"https://{address}", QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and url.scheme() in ("http", "https") and url.host() else None


class LinkButton(Button):
    """A word that opens another program; where it names nothing that can be opened it is plain to read."""

    def __init__(self, picture: str = "") -> None:
        super().__init__("", "link", picture=picture)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = ""
        self._url: QUrl | None = None
        self._acts: tuple[tuple[str, Callable[[], object]], ...] = ()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(self._open)

    def show_link(
        self, text: str, url: QUrl | None, name: str, acts: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        """Lead to ``url``. The menu offers ``acts`` beside what it always does, each with its words."""
        self._text, self._url, self._acts = text, url, acts
        self.setEnabled(url is not None)
        self.setAccessibleName(f"{name} {text}".strip())
        set_tip(self, "\n".join((f"{name}: {text}" if name else text, *(words for words, _ in acts))))
        self.setText(text.replace("&", "&&"))  # measured by those around it
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the whole text."""
        icon = self.iconSize().width() + Space.S if not self.icon().isNull() else 0
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + icon + Space.S, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for its beginning."""
        return QSize(min(self.sizeHint().width(), 60), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show what fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cut = self.sizeHint().width() - self.width()
        shown = self._text
        # Asked only then: the width in whole pixels may be a little less than what eliding goes by.
        if cut > 0:
            metrics = self.fontMetrics()
            room = metrics.horizontalAdvance(self._text) - cut
            shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))

    def _open(self) -> None:
        if self._url is not None:
            QDesktopServices.openUrl(self._url)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(QCoreApplication.translate("Links", "Copy"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        for words, act in self._acts:
            menu.addAction(words).triggered.connect(lambda _checked, act=act: act())
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
