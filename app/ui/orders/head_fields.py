"""The fields of an order's head, to read and to change in place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.header_edits import lock_of, value_of
from app.domain.orders import HeaderField, HeaderLock, HeaderValue
from app.ports.errors import SystemFault
from app.ports.jobs import Job
from app.services.head_view import HeadView
from app.services.order_session import OrderSession
from app.ui.formats import Formats
from app.ui.orders.head_field import HeadField
from app.ui.orders.head_texts import field_title, lock_reason
from app.ui.theme import Space, Type
from app.ui.widgets import Label

F = HeaderField
_PLACES = (
    (F.DELIVERY_ADDRESS, F.DELIVERY_METHOD, F.REQUESTED_DATE, F.CUSTOMER_REFERENCE),
    (F.INVOICE_ADDRESS, F.PRICE_LIST, F.PAYMENT_TERM, F.CURRENCY),
)
_STRETCH = (4, 3, 3, 3)
INSET = 7  # from the edge of a field to its text, so that texts stand under each other


class HeadFields(QWidget):
    """Tab goes through them as they are read.

    Signals:
        left: The user goes back to the lines.
    """

    left = Signal()

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: OrderSession | None = None
        self._titles: dict[HeaderField, Label] = {}
        self._fields: dict[HeaderField, HeadField] = {}
        self._last = F.DELIVERY_ADDRESS
        self._note = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._note.setContentsMargins(INSET, 0, INSET, 0)
        self._note.hide()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.XS)
        grid.setVerticalSpacing(0)
        grid.setRowMinimumHeight(2, Space.XS)
        for row, names in enumerate(_PLACES):
            for column, name in enumerate(names):
                title, field = Label(step=Type.CAPTION, ink="faint"), HeadField(name, formats, self._ask, self)
                title.setContentsMargins(INSET, 0, 0, 0)
                title.setBuddy(field)
                field.accepted.connect(lambda value, name=name: self._accept(name, value))
                field.left.connect(self.left)
                field.problem_changed.connect(self._show_note)
                grid.addWidget(title, row * 3, column)
                grid.addWidget(field, row * 3 + 1, column)
                grid.setColumnStretch(column, _STRETCH[column])
                self._titles[name], self._fields[name] = title, field
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(grid)
        whole.addWidget(self._note)
        self.retranslate()

    def field(self, name: HeaderField) -> HeadField:
        """The field of that name."""
        return self._fields[name]

    def show_session(self, session: OrderSession, view: HeadView) -> None:
        """Show what this order holds."""
        self._session = session
        order = session.order
        for name, field in self._fields.items():
            lock = lock_of(order, name)
            is_there = lock is not HeaderLock.ABSENT
            self._titles[name].setVisible(is_there)
            field.setVisible(is_there)
            is_waiting = name in view.typed and order.id is not None
            field.show_value(value_of(view.header, name), why_closed=lock_reason(order, lock), is_waiting=is_waiting)

    def retranslate(self) -> None:
        """Another language."""
        for name, title in self._titles.items():
            title.setText(field_title(name))
            self._fields[name].setAccessibleName(field_title(name))

    def take_keyboard(self) -> None:
        """Put the keyboard on the field that was used last, or on the first one that is there."""
        names = [self._last, *(name for names in _PLACES for name in names)]
        there = [name for name in names if not self._fields[name].isHidden()]
        opened = [name for name in there if not self._fields[name].isReadOnly()]
        self._fields[(opened or there)[0]].setFocus()

    @property
    def has_keyboard(self) -> bool:
        """The keyboard is on one of them, and nothing is being typed there."""
        return any(field.hasFocus() and not field.is_typed for field in self._fields.values())

    def _accept(self, name: HeaderField, value: HeaderValue) -> None:
        self._last = name
        if self._session is not None:
            self._session.head.change(name, value)

    def _ask(
        self,
        name: HeaderField,
        on_ready: Callable[[Sequence[HeaderValue]], None],
        on_failed: Callable[[SystemFault], None],
    ) -> Job | None:
        return self._session.head.ask_choices(name, on_ready, on_failed) if self._session is not None else None

    def _show_note(self) -> None:
        """Why a field is closed while the keyboard is on it; what is wrong with one as long as it is."""
        here = next((field for field in self._fields.values() if field.hasFocus()), None)
        wrong = next((field for field in self._fields.values() if field.problem), None)
        said = here if here is not None and here.note else wrong
        self._note.setText(said.note if said is not None else "")
        self._note.set_ink("danger" if said is not None and said.problem else "muted")
        self._note.setVisible(said is not None)
