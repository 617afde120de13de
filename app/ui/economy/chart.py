"""A picture of bars that can be walked with the keyboard."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.economy.drawing import Brush, FontMeasure
from app.ui.economy.picture import Picture
from app.ui.economy.plan import Plan, height_of, plan_of
from app.ui.economy.texts import PanelTexts
from app.ui.theme import Radius, Type, colour, colours, font, tabular
from app.ui.widgets import announce

_LEAST = 200
"""Below this width nothing gets narrower."""
_MOST_HEIGHTS = 8


class Chart(QLabel):
    """Bars. The arrows, Home and End walk them; each says its figure, to the eye and to a screen reader.

    It is a label with a picture, so that a screen reader calls it a picture.

    Attributes:
        shown: The picture that is seen.
        current: The bar that is said now, or None.
    """

    def __init__(self, texts: PanelTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Picture | None = None
        self.current: int | None = None
        self._texts = texts
        self._title = ""
        self._plan: tuple[int, Plan] | None = None  # of what is painted, with its width
        self._heights: dict[int, int] = {}  # by width: layouts ask for several, and many times over
        self._by_pointer = False
        self.setPixmap(QPixmap(1, 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: Picture, title: str) -> None:
        """Show this; ``title`` is what it is called. The bar that was said stays where it is the same picture."""
        same = self.shown is not None and self.shown.categories == picture.categories
        self.shown, self._title = picture, title
        if not same or (self.current is not None and self.current >= len(picture.marks)):
            self.current = None
        self._again()
        self._tell(aloud=False)

    @property
    def plan(self) -> Plan | None:
        """Where everything stands, in the width of now."""
        if self.shown is None:
            return None
        width = max(self.width(), _LEAST)
        if self._plan is None or self._plan[0] != width:
            self._plan = width, plan_of(self.shown, float(width), self._texts, FontMeasure(self._font()))
        return self._plan[1]

    def said(self) -> str:
        """The current bar in words; empty where there is none."""
        if self.shown is None or self.current is None:
            return ""
        return self._texts.mark(self.shown, self.shown.marks[self.current])

    # -- size

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """See QWidget."""
        if self.shown is None:
            return 0
        width = max(width, _LEAST)
        if width not in self._heights:
            if len(self._heights) >= _MOST_HEIGHTS:
                self._heights.clear()
            height = height_of(self.shown, float(width), self._texts, FontMeasure(self._font()))
            self._heights[width] = round(height + 0.5)
        return self._heights[width]

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """See QWidget."""
        return True

    def sizeHint(self) -> QSize:  # noqa: N802
        """See QWidget."""
        width = max(self.width(), _LEAST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """See QWidget."""
        return QSize(_LEAST, self.heightForWidth(max(self.width(), _LEAST)))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._again()
        elif event.type() is QEvent.Type.PaletteChange:
            self.update()

    # -- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk."""
        picture = self.shown
        if picture is None or not picture.marks:
            super().keyPressEvent(event)
            return
        along = (Qt.Key.Key_Left, Qt.Key.Key_Right) if picture.is_upright else (Qt.Key.Key_Up, Qt.Key.Key_Down)
        # A part further from the axis is up where bars stand and right where they lie.
        across = (Qt.Key.Key_Down, Qt.Key.Key_Up) if picture.is_upright else (Qt.Key.Key_Left, Qt.Key.Key_Right)
        last = len(picture.marks) - 1
        key = event.key()
        if key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(last)
        elif key == Qt.Key.Key_Escape and self.current is not None:
            self._go(None)
        elif key in along:
            self._go(self._beside(1 if key == along[1] else -1))
        elif key in across and picture.is_stacked:
            step = 1 if key == across[1] else -1
            at = last + 1 if self.current is None and step < 0 else -1 if self.current is None else self.current
            self._go(min(last, max(0, at + step)))
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().focusInEvent(event)
        if self.current is None and event.reason() is not Qt.FocusReason.MouseFocusReason and self.shown is not None:
            self._go(0 if self.shown.marks else None)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().focusOutEvent(event)
        self._go(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say the bar under the pointer."""
        plan = self.plan
        at = plan.bar_at(event.position().x(), event.position().y()) if plan is not None else None
        if at is not None or self._by_pointer:
            self._go(at, by_pointer=True)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().leaveEvent(event)
        if self._by_pointer:
            self._go(None)

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """See QWidget."""
        plan = self.plan
        if plan is None:
            return
        painter = QPainter(self)
        brush = Brush(painter, colours(), self._font())
        brush.draw(plan, self.current)
        if self.current is None:
            if self.hasFocus():
                painter.setPen(colour("accent_text"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.S, Radius.S)
        else:
            brush.callout(self._callout(), plan.bars[self.current], QRectF(self.rect()))

    def _callout(self) -> str:
        if self.shown is None or self.current is None:
            return ""
        mark = self.shown.marks[self.current]
        names = [self._texts.category(self.shown, mark.category), self._texts.series(self.shown, mark.series)]
        head = " · ".join(name for name in names if name)
        return "\n".join([head, self._texts.value(self.shown, mark), *self._texts.details(mark)])

    def _font(self) -> QFont:
        return tabular(font(Type.CAPTION, self.font()))

    def _again(self) -> None:
        self._plan = None
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def _beside(self, step: int) -> int:
        """The bar in the category beside, of the same series where it has one."""
        marks = self.shown.marks if self.shown is not None else ()
        if self.current is None:
            return 0 if step > 0 else len(marks) - 1
        here = marks[self.current]
        beyond = [n for n, mark in enumerate(marks) if (mark.category - here.category) * step > 0]
        if not beyond:
            return self.current
        category = marks[beyond[0] if step > 0 else beyond[-1]].category
        choice = [n for n in beyond if marks[n].category == category]
        return min(choice, key=lambda n: abs(marks[n].series - here.series))

    def _go(self, bar: int | None, *, by_pointer: bool = False) -> None:
        self._by_pointer = by_pointer and bar is not None
        if bar != self.current:
            self.current = bar
            self._tell(aloud=not by_pointer)
        self.update()

    def _tell(self, *, aloud: bool) -> None:
        """Give a screen reader the picture's name and the current bar."""
        said = self.said()
        self.setAccessibleName(f"{self._title}: {said}" if said else self._title)
        hint = self.tr("Arrow keys, Home and End go from bar to bar")
        self.setAccessibleDescription(hint)
        if aloud and said:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
            announce(self, said)
