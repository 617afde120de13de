"""Below the list at the left: what of it is available offline, how far that is, and how it is asked for."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.shelf import Shelf
from app.ports.cache import Caches, CacheTrouble
from app.services.offline_copies import CAN_BE_KEPT, OfflineCopies, OfflineState, OfflineStatus
from app.ui.formats import Formats
from app.ui.theme import Space, Type, colour
from app.ui.widgets import Button, Hairline, IconButton, IconView, Label, Translated


class _Progress(QWidget):
    """A thin line, as long as what is done."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._share = 0.0

    def set_share(self, share: float) -> None:
        """From 0 to 1."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """See QWidget."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("border"))
        painter.fillRect(QRectF(0, 0, self.width() * self._share, self.height()), colour("accent_text"))


class OfflineBar(Translated):
    """Says it for all lists; the button asks for the one that is shown.

    Attributes:
        ask: Makes the shown list available offline.
        end: Ends it, or breaks it off.
    """

    def __init__(self, copies: OfflineCopies, caches: Caches, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies = copies
        self._caches = caches
        self._formats = formats
        self._shelf = Shelf.RECENT
        self._has_rows = False
        self.ask = Button(on_click=self._begin)
        self.end = IconButton("close", size=14)
        self.end.clicked.connect(self._end)
        self._picture = IconView("download", "faint", 14)
        self._text = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._progress = _Progress()
        self._told = QWidget()
        row = QHBoxLayout(self._told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._picture, 0, top)
        row.addWidget(self._text, 1, top)
        row.addWidget(self.end, 0, top)
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        inner.setSpacing(Space.S)
        inner.addWidget(self._told)
        inner.addWidget(self._progress)
        inner.addWidget(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        column.addLayout(inner)
        copies.listen(self.refresh)
        self.retranslate()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text() if self._told.isVisibleTo(self) else ""

    def show_shelf(self, shelf: Shelf, *, has_rows: bool) -> None:
        """Another list is shown, or another length of it."""
        if (shelf, has_rows) != (self._shelf, self._has_rows):
            self._shelf, self._has_rows = shelf, has_rows
            self.refresh()

    def refresh(self) -> None:
        """Show how far it is now."""
        state = self._copies.state
        is_kept = state.status is not OfflineStatus.OFF and state.total > 0
        can_ask = self._shelf in CAN_BE_KEPT and self._shelf not in self._copies.kept and self._has_rows
        is_reading = state.status is OfflineStatus.READING
        self._told.setVisible(is_kept)
        self._progress.setVisible(is_reading)
        self._progress.set_share(state.ready / state.total if state.total else 0.0)
        self.ask.setVisible(can_ask)
        self.setVisible(is_kept or can_ask)
        self._text.setText(self._words(state))
        if is_reading:
            self.end.set_label(self.tr("Cancel: what is read so far stays"))
        else:
            self.end.set_label(self.tr("Do not keep these available offline"))

    def retranslate(self) -> None:
        """See `Translated`."""
        self.ask.setText(self.tr("Make available offline"))
        self.refresh()

    def _words(self, state: OfflineState) -> str:
        counts = {"{ready}": str(state.ready), "{total}": str(state.total)}
        text = {
            OfflineStatus.OFF: "",
            OfflineStatus.READING: self.tr("Reading for offline: {ready} of {total}"),
            OfflineStatus.WAITING: self.tr("{ready} of {total} available offline. Goes on when the systems answer."),
            OfflineStatus.FULL: self.tr("{ready} of {total} available offline. There is room for no more."),
            OfflineStatus.READY: self.tr("{ready} of {total} available offline"),
        }[state.status]
        for hole, value in counts.items():
            text = text.replace(hole, value)
        if state.status is OfflineStatus.READY and state.since is not None:
            text += self.tr(", as of {time}").replace("{time}", self._formats.as_of(state.since))
        if state.partly:
            text += "\n" + self.tr("{n} of them in part").replace("{n}", str(state.partly))
        trouble = self._caches.trouble
        if trouble is CacheTrouble.NO_DISK:
            text += "\n" + self.tr("The disk takes no more")
        elif trouble in (CacheTrouble.IN_MEMORY, CacheTrouble.NO_KEYRING, CacheTrouble.NEWER):
            text += "\n" + self.tr("Only until Samspil is closed")
        return text

    def _begin(self) -> None:
        self._copies.keep(self._copies.kept | {self._shelf})
        self.end.setFocus()

    def _end(self) -> None:
        self._copies.keep(frozenset())
        if self.ask.isVisible():
            self.ask.setFocus()
