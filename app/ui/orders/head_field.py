"""One field of an order's head: read like a label, typed in like a field."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QStandardItem,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from app.domain.days import NotADay, parse_day
from app.domain.header_edits import same
from app.domain.orders import HeaderField, HeaderValue
from app.domain.text import fold, one_line
from app.ports.errors import SystemFault
from app.ports.jobs import Job
from app.ui.formats import Formats
from app.ui.messages import sentence
from app.ui.orders.head_texts import NOTHING, typed_text, value_text
from app.ui.widgets.proposals import ProposalList
from app.ui.widgets.text import restyle, set_tip

AskChoices = Callable[[HeaderField, Callable[[Sequence[HeaderValue]], None], Callable[[SystemFault], None]], Job | None]
"""Asks the ERP what there is to choose from for a field."""

_TYPED = frozenset({HeaderField.REQUESTED_DATE, HeaderField.CUSTOMER_REFERENCE})
_WIDEST = 360


class HeadField(QLineEdit):
    """Typing narrows the ERP's own list; Enter takes the marked one, Tab goes on, Esc takes back what was typed.

    Attributes:
        problem: Why what stands there cannot be taken, or empty.

    Signals:
        accepted: The user wants this value (`HeaderValue`).
        left: Nothing was typed and the user goes back to the lines.
        problem_changed: `problem` is another one.
    """

    accepted = Signal(object)
    left = Signal()
    problem_changed = Signal()

    def __init__(self, name: HeaderField, formats: Formats, ask: AskChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        self._name = name
        self._formats = formats
        self._ask = ask
        self._value: HeaderValue = None
        self._why_closed = ""
        self._choices: Sequence[HeaderValue] | None = None
        self._shown: Sequence[HeaderValue] = ()
        self._job: Job | None = None
        self._takes_next = False  # Enter was pressed before the choices had come
        self._opens_next = False
        self._proposals = ProposalList(self)
        self._proposals.clicked.connect(lambda index: self._take(self._shown[index.row()]))
        self.setProperty("look", "head")
        self.setProperty("state", "")
        self.textEdited.connect(self._on_edited)

    @property
    def is_typed(self) -> bool:
        """The user's own text stands there, not yet taken."""
        return self.isModified()

    def show_value(self, value: HeaderValue, *, why_closed: str, is_waiting: bool) -> None:
        """What the order holds. A text that is being typed stays.

        Args:
            why_closed: The reason for which it cannot be changed, or empty.
            is_waiting: The ERP does not have it yet.
        """
        if value != self._value:
            self._choices = None
        self._value, self._why_closed = value, why_closed
        self.setReadOnly(bool(why_closed))
        self.setCursor(Qt.CursorShape.ArrowCursor if why_closed else Qt.CursorShape.IBeamCursor)
        restyle(self, "state", "waiting" if is_waiting else "")
        if not self.isModified():
            self._write()
        self._describe()

    def _write(self) -> None:
        """The value as it stands in the order."""
        is_typing = self.hasFocus() and not self.isReadOnly()
        text = typed_text(self._value, self._formats) if is_typing else value_text(self._value, self._formats)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        if is_typing:
            self.selectAll()
        self.setModified(False)
        self._say("")

    def _describe(self) -> None:
        whole = value_text(self._value, self._formats)
        is_cut = self.fontMetrics().horizontalAdvance(whole) > self.width() - 14
        parts = [*([whole] if is_cut else []), *([self._why_closed] if self._why_closed else [])]
        set_tip(self, "\n".join(parts))
        if self.problem:
            self.setAccessibleDescription(self.problem)

    def _say(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            restyle(self, "look", "head-error" if problem else "head")
            self._describe()
            self.problem_changed.emit()

    @property
    def note(self) -> str:
        """What to tell about it while the keyboard is here: a problem, or why it is closed."""
        return self.problem or self._why_closed

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """What does not fit ends in … while one only reads it."""
        if self.hasFocus() or self.isModified():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        style = self.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        area = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).adjusted(2, 0, -2, 0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    # -- typing

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """What stands here can be typed over."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        if not self.isModified():
            self._write()
        if self.isReadOnly():
            self.deselect()  # there is nothing to type over
            self.setCursorPosition(0)
        elif self._name not in _TYPED:
            self._load()
        self.problem_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """What was typed is meant, as with Tab."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._proposals.hide()
            return
        if self.isModified():
            self.accept()
        self._proposals.hide()
        if not self.isModified():
            self.deselect()
            self._write()
        self.problem_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """The proposals go with the field."""
        self._proposals.hide()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The beginning of the text is what one reads."""
        super().resizeEvent(event)
        self._describe()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click opens the list."""
        super().mousePressEvent(event)
        if not self.isReadOnly() and self._name not in _TYPED:
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrows go through the list, Enter takes, Esc takes back; all else is typing."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if by is not None and self._name not in _TYPED:
            if not self.isReadOnly():
                if self._proposals.isVisible():
                    self._proposals.mark(self._proposals.currentIndex().row() + by)
                else:
                    self._open()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._proposals.isVisible() or self.isModified():
                self.accept()
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._take_back()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _take_back(self) -> None:
        if not self._proposals.isVisible() and not self.isModified():
            self.left.emit()
        self._proposals.hide()
        self._takes_next = self._opens_next = False
        self.setModified(False)
        self._write()

    def _on_edited(self, _text: str) -> None:
        self._say("")
        if self._name not in _TYPED:
            self._open()

    # -- the ERP's list

    def _load(self) -> None:
        if self._choices is None and self._job is None:
            self._job = self._ask(self._name, self._on_choices, self._on_no_choices)

    def _on_choices(self, choices: Sequence[HeaderValue]) -> None:
        self._job, self._choices = None, choices
        if self._opens_next and self.hasFocus():
            self._open()
        if self._takes_next:
            self._takes_next = False
            self.accept()

    def _on_no_choices(self, fault: SystemFault) -> None:
        self._job, self._takes_next, self._opens_next = None, False, False
        self._say(sentence(fault))

    def _open(self) -> None:
        """Show what fits to the text; all of it while nothing is typed."""
        if self._choices is None:
            self._opens_next = True
            self._load()
            return
        self._opens_next = False
        self._shown = self._matching() if self.isModified() else self._choices
        items = []
        for value in self._shown:
            item = QStandardItem(typed_text(value, self._formats) or NOTHING)
            item.setEditable(False)
            items.append(item)
        if not items:
            self._proposals.hide()
            return
        widest = max(self.fontMetrics().horizontalAdvance(item.text()) for item in items) + 32
        self._proposals.show_items(items, max(self.width(), min(widest, _WIDEST)))
        stands = [row for row, value in enumerate(self._shown) if same(value, self._value)]
        self._proposals.mark(stands[0] if stands and not self.isModified() else 0)

    def _matching(self) -> Sequence[HeaderValue]:
        wanted = fold(self.text()).split()
        named = [(fold(typed_text(value, self._formats)), value) for value in self._choices or ()]
        if not wanted:
            return [value for text, value in named if not text]
        found = [(text, value) for text, value in named if all(word in text for word in wanted)]
        # A word at the beginning first: "netto 8" is meant before "30 dage netto".
        return [value for text, value in sorted(found, key=lambda each: not each[0].startswith(wanted[0]))]

    # -- taking

    def accept(self) -> None:
        """Take what stands there."""
        match self._name:
            case HeaderField.CUSTOMER_REFERENCE:
                self._take(one_line(self.text()))
            case HeaderField.REQUESTED_DATE:
                self._accept_day()
            case _:
                self._accept_choice()

    def _accept_day(self) -> None:
        if not self.text().strip():
            self._take(None)
            return
        try:
            day = parse_day(self.text(), _today(), month_first=self._formats.month_first)
        except NotADay:
            self._say(
                self.tr("Not a day. Type it as {example}, or +7 for a week from now.").format(
                    example=self._formats.day(_today())
                )
            )
        else:
            self._take(day)

    def _accept_choice(self) -> None:
        if self._choices is None:
            self._takes_next = True
            self._load()
            return
        row = self._proposals.currentIndex().row() if self._proposals.isVisible() else -1
        if 0 <= row < len(self._shown):
            self._take(self._shown[row])
            return
        found = self._matching()
        if found and (len(found) == 1 or fold(typed_text(found[0], self._formats)) == fold(self.text())):
            self._take(found[0])
        elif found:
            self._say(self.tr("Several fit: choose one."))
        else:
            self._say(self.tr("The ERP does not offer this."))

    def _take(self, value: HeaderValue) -> None:
        self._proposals.hide()
        self._takes_next = False
        self.setModified(False)
        is_other = not same(value, self._value)
        self._value = value
        self._write()
        if is_other:
            self.accepted.emit(value)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
