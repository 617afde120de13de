"""Which parts of the window are to be seen, and how wide each is."""

from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.shell.keys import PANES
from app.ui.shell.settings import UiSettings

_ROOM_FOR_LIST = 1240
"""Below this width the list is folded away unless the user wants it."""
_SHARES = (190, 460, 790)
_LEAST = {"list": 150, "card": 380, "order": 440}


class Panes:
    """The list and the two halves in a splitter. One of the halves is always to be seen."""

    def __init__(self, split: QSplitter, parts: tuple[QWidget, QWidget, QWidget], settings: UiSettings) -> None:
        self._split = split
        self._settings = settings
        self._parts = dict(zip(PANES, parts, strict=True))
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for name, part in self._parts.items():
            part.setMinimumWidth(_LEAST[name])
            split.addWidget(part)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 3)
        split.setStretchFactor(2, 5)
        self._wants_list: bool | None = _bool(settings.get("list_seen"))  # None: as the room allows
        self._seen = {
            "list": self._wants_list is not False,
            "card": _bool(settings.get("card_seen")) is not False,
            "order": _bool(settings.get("order_seen")) is not False,
        }
        if not (self._seen["card"] or self._seen["order"]):
            self._seen["card"] = True
        sizes = settings.get("split")
        split.setSizes(sizes if isinstance(sizes, list) and len(sizes) == len(PANES) else list(_SHARES))
        self._apply()

    def is_seen(self, name: str) -> bool:
        """Whether a part is to be seen."""
        return self._seen[name]

    def set_seen(self, name: str, *, seen: bool) -> None:
        """Fold or unfold a part; with the one half folded the other is not."""
        self._seen[name] = seen
        if name == "list":
            self._wants_list = seen
        elif not seen:
            self._seen["order" if name == "card" else "card"] = True
        self._apply()

    def reveal(self, name: str) -> None:
        """Unfold a part that is needed now."""
        if not self._seen[name]:
            self.set_seen(name, seen=True)

    def fit(self, width: int) -> None:
        """The window is this wide now."""
        if self._wants_list is None:
            self._seen["list"] = width >= _ROOM_FOR_LIST
            self._apply()

    def keep(self) -> None:
        """Remember the layout."""
        if all(self._seen.values()):
            self._settings.set("split", self._split.sizes())
        for name in ("card", "order"):
            self._settings.set(f"{name}_seen", self._seen[name])
        if self._wants_list is not None:
            self._settings.set("list_seen", self._wants_list)

    def _apply(self) -> None:
        for name, part in self._parts.items():
            part.setVisible(self._seen[name])


def _bool(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
