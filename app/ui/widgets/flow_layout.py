"""A layout that fills lines from left to right, as words are."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from app.ui.theme import Space


class FlowLayout(QLayout):
    """Chips and badges in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = Space.XS, line_gap: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        # What the layouts around it ask for many times over.
        self._heights: dict[int, int] = {}
        self._hint = self._least = QSize()
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        """See QLayout."""
        self._heights.clear()
        self._hint = self._least = QSize()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """See QLayout."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """See QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """See QLayout."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """See QLayout."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """See QLayout."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """See QLayout."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """See QLayout."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """See QLayout."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """All in one line."""
        if not self._hint.isValid():
            shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
            width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
            height = max((size.height() for size in shown), default=0)
            self._hint = QSize(width, height).grownBy(self.contentsMargins())
        return self._hint

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest alone."""
        if not self._least.isValid():
            size = QSize(0, 0)
            for item in self._items:
                size = size.expandedTo(item.minimumSize())
            self._least = size.grownBy(self.contentsMargins())
        return self._least

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins: QMargins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        bottom, x = area.y(), area.x()
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(area.width(), 1), 10_000))
            if line and x + size.width() > area.right() + 1:
                bottom = self._place(line, bottom, move=move) + self._line_gap
                line, x = [], area.x()
            line.append((item, QRect(QPoint(x, bottom), size)))
            x += size.width() + self._gap
        return self._place(line, bottom, move=move) - rect.y() + margins.bottom()

    @staticmethod
    def _place(line: list[tuple[QLayoutItem, QRect]], top: int, *, move: bool) -> int:
        """Put one line's items on its middle; the line's bottom."""
        height = max((place.height() for _, place in line), default=0)
        if move:
            for item, place in line:
                item.setGeometry(place.translated(0, (height - place.height()) // 2))
        return top + height


def flow(
    parent: QWidget | None = None, *, gap: int = Space.XS, line_gap: int | None = None
) -> tuple[QWidget, FlowLayout]:
    """A widget with a `FlowLayout` whose height follows its width."""
    widget = QWidget(parent)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget, FlowLayout(widget, gap=gap, line_gap=line_gap)
