"""The order's head: what it is, what the ERP set for this customer, and what becomes of a change of that."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.header_edits import HeaderCollision
from app.domain.orders import HeaderValue, Order
from app.domain.parties import Credit
from app.ports.connection import SystemKind
from app.services.head_view import HeadStatus, HeadView
from app.services.order_session import OrderSession
from app.ui.formats import Formats
from app.ui.messages import message_for
from app.ui.orders.credit_line import CreditLine
from app.ui.orders.head_fields import INSET, HeadFields
from app.ui.orders.head_question import HeadQuestion
from app.ui.orders.head_texts import NOTHING, field_title, value_text
from app.ui.orders.phases import TONE_OF
from app.ui.theme import Space, Type
from app.ui.widgets import Action, Badge, ElidedLabel, Label, MessageBar, MessageKind, Translated

_MANY = 8
"""Lines from which on asking about them is told of: fewer are answered before one has read it."""


class OrderHead(Translated):
    """To read before the lines: number, state and age; who owes what; where it goes, when, and on which terms.

    Attributes:
        fields: What can be changed.
        question: What a change would do to the lines.
        credit: What the customer owes.
        message: What a change waits for.

    Args:
        more: Opens the menu of the order; stands at the end of the first line.

    Signals:
        left: The keyboard goes back to the lines.
    """

    left = Signal()

    def __init__(self, formats: Formats, more: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._session: OrderSession | None = None
        self._was_asking = False
        self._title = ElidedLabel(step=Type.TITLE)
        self._state = Badge()
        self._under_way = Label(step=Type.CAPTION, ink="accent")
        self._read = Label(step=Type.CAPTION, ink="faint", figures=True)
        self._customer = ElidedLabel(ink="muted")
        self.credit = CreditLine(formats)
        self.fields = HeadFields(formats)
        self.message = MessageBar()
        self.question = HeadQuestion(formats)
        self.fields.left.connect(self.left)
        self.question.decided.connect(self._decide)
        self.question.left.connect(self._leave_as_it_is)
        # Where messages take the room, the lines give way and never what is read here.
        self.fields.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        titles = QHBoxLayout()
        titles.setSpacing(Space.S)
        titles.addWidget(self._title)
        titles.addWidget(self._state)
        titles.addStretch(1)
        titles.addWidget(self._under_way)
        titles.addWidget(self._read)
        titles.addWidget(more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L - INSET, Space.XS, Space.L - INSET, Space.S)
        whole.setSpacing(Space.XS)
        whole.addLayout(_inset(titles))
        whole.addLayout(_inset(self._customer, self.credit))
        whole.addSpacing(Space.XS)
        whole.addWidget(self.fields)
        whole.addLayout(_inset(self.message, self.question))
        self.retranslate()

    def show_session(self, session: OrderSession, credit: Credit | None) -> None:
        """Show the head of the order that is being edited."""
        if session is not self._session:
            self._was_asking = False
        self._session = session
        self.credit.show_credit(credit)
        self._show()

    def take_keyboard(self) -> None:
        """Put the keyboard on what is asked, or else on the fields."""
        if self.question.isVisible():
            self.question.take_keyboard()
        elif not self.message.take_keyboard():
            self.fields.take_keyboard()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("Order's head"))
        self.fields.retranslate()
        self._show()

    def _show(self) -> None:
        session = self._session
        if session is None:
            return
        order, view = session.order, session.head.view(checking=session.is_checking)
        self._title.setText(self._name(order))
        self._state.set_state(order.state.label, TONE_OF[order.state.phase])
        self._read.setText(self.tr("as of {time}").format(time=self._formats.clock(order.read_at)))
        who = order.header.customer
        self._customer.setText(f"{who.name} · {who.number}" if who.number else who.name)
        self.fields.show_session(session, view)
        self._under_way.setText(self._progress(view))
        is_stuck = view.status in (HeadStatus.REFUSED, HeadStatus.COLLIDES)
        self._under_way.set_ink("danger" if is_stuck else "accent")
        self._show_message(session, view)
        self._show_question(view)

    def _name(self, order: Order) -> str:
        if order.number:
            return self.tr("Order {number}").format(number=order.number)
        return self.tr("New order") if order.id is None else self.tr("Order without a number yet")

    def _progress(self, view: HeadView) -> str:
        match view.status:
            case HeadStatus.WAITING:
                return self.tr("Waits to be stored")
            case HeadStatus.ASKING:
                return self.tr("Asking the ERP")
            case HeadStatus.PENDING | HeadStatus.SENDING:
                return self.tr("Being stored")
            case HeadStatus.CHECKING:
                return self.tr("Looking in the ERP")
            case HeadStatus.REFUSED | HeadStatus.COLLIDES:
                return self.tr("Not stored")
        return ""

    # -- what a change waits for

    def _show_message(self, session: OrderSession, view: HeadView) -> None:
        head = session.head
        if view.status is HeadStatus.COLLIDES:
            self.message.show_message(
                MessageKind.QUESTION,
                self.tr("Somebody else changed this in the order at the same time."),
                rest="   ".join(self._collision(each) for each in view.collisions),
                actions=[
                    Action(self.tr("Keep mine"), head.keep_mine),
                    Action(self.tr("Take theirs"), head.take_theirs),
                ],
            )
        elif view.status is HeadStatus.REFUSED and view.fault is not None:
            message = message_for(view.fault, SystemKind.ERP)
            self.message.show_message(
                MessageKind.ERROR,
                self.tr("This change is not in the ERP. {what}").format(what=message.what),
                words=message.words,
                rest=self.tr("What you typed is kept."),
                details=message.details,
                actions=[
                    Action(self.tr("Try again"), head.retry),
                    Action(self.tr("Take it back"), self._leave_as_it_is),
                ],
            )
        elif view.status is HeadStatus.ASKING and view.of > _MANY:
            self.message.show_message(
                MessageKind.INFO,
                self.tr("The ERP is asked what this does to the lines: {done} of {of}.").format(
                    done=view.done, of=view.of
                ),
                actions=[Action(self.tr("Leave as it is"), self._leave_as_it_is)],
            )
        else:
            self.message.clear()

    def _collision(self, collision: HeaderCollision) -> str:
        return self.tr("{field}: yours {mine}, theirs {theirs}, before {was}.").format(
            field=field_title(collision.name),
            mine=self._quoted(collision.mine),
            theirs=self._quoted(collision.theirs),
            was=self._quoted(collision.was),
        )

    def _quoted(self, value: HeaderValue) -> str:
        text = value_text(value, self._formats)
        return text if text == NOTHING else self.tr("“{text}”").format(text=text)

    def _show_question(self, view: HeadView) -> None:
        is_asking = view.status is HeadStatus.ASKS
        if not is_asking:
            self._was_asking = False
            # A line that is asked about again while the user thinks leaves his ticks where they are.
            if view.status is not HeadStatus.ASKING:
                self.question.clear()
            return
        self.question.ask(view.repricings)
        if not self._was_asking and (self.fields.has_keyboard or self.message.has_keyboard):
            self.question.take_keyboard()
        self._was_asking = True

    def _decide(self, taken: frozenset[str]) -> None:
        if self._session is not None:
            self._session.head.decide(taken)
            self.fields.take_keyboard()

    def _leave_as_it_is(self) -> None:
        if self._session is not None:
            self._session.head.take_back()
            self.fields.take_keyboard()


def _inset(*parts: QWidget | QLayout) -> QVBoxLayout:
    """So that texts stand under those in the fields."""
    column = QVBoxLayout()
    column.setContentsMargins(INSET, 0, INSET, 0)
    column.setSpacing(Space.XS)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    return column
