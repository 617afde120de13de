"""The order's head: what it is, and what the ERP set for this customer."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.orders import Order
from app.domain.parties import Address
from app.ui.formats import Formats
from app.ui.orders.phases import TONE_OF
from app.ui.theme import Space, Type
from app.ui.widgets import Badge, ElidedLabel, Label, Translated


class OrderHead(Translated):
    """Two lines to read before the lines: number, state and age; where it goes, when, and on which terms."""

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._order: Order | None = None
        self._title = ElidedLabel(step=Type.TITLE)
        self._state = Badge()
        self._read = Label(step=Type.CAPTION, ink="faint", figures=True)
        self._customer = ElidedLabel(ink="muted")
        titles = QHBoxLayout()
        titles.setSpacing(Space.S)
        titles.addWidget(self._title)
        titles.addWidget(self._state)
        titles.addStretch(1)
        titles.addWidget(self._read)
        self._names = [Label(step=Type.CAPTION, ink="faint") for _ in range(6)]
        self._values = [ElidedLabel() for _ in range(6)]
        facts = QGridLayout()
        facts.setHorizontalSpacing(Space.L)
        facts.setVerticalSpacing(2)
        for place, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            row, column = divmod(place, 3)
            facts.addWidget(name, row * 2, column)
            facts.addWidget(value, row * 2 + 1, column)
            facts.setColumnStretch(column, 3 if column == 0 else 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
        whole.setSpacing(Space.XS)
        whole.addLayout(titles)
        whole.addWidget(self._customer)
        whole.addSpacing(Space.XS)
        whole.addLayout(facts)
        self.retranslate()

    def show_order(self, order: Order) -> None:
        """Show this order's head."""
        self._order = order
        self.retranslate()

    def retranslate(self) -> None:
        """See `Translated`."""
        for label, text in zip(
            self._names,
            (
                self.tr("Deliver to (ERP)"),
                self.tr("Delivery"),
                self.tr("Requested"),
                self.tr("Invoice to (ERP)"),
                self.tr("Price list"),
                self.tr("Payment"),
            ),
            strict=True,
        ):
            label.setText(text)
        order = self._order
        if order is None:
            return
        header = order.header
        self._title.setText(self._name(order))
        self._state.set_state(order.state.label, TONE_OF[order.state.phase])
        self._read.setText(self.tr("as of {time}").format(time=self._formats.clock(order.read_at)))
        who = f"{header.customer.name} · {header.customer.number}" if header.customer.number else header.customer.name
        reference = self.tr("their reference {text}").format(text=header.customer_reference)
        self._customer.setText(" · ".join([who, header.currency, *([reference] if header.customer_reference else [])]))
        method, terms, prices = header.delivery_method, header.payment_term, header.price_list
        for value, text in zip(
            self._values,
            (
                _where(header.delivery_address),
                method.label if method else "–",
                self._formats.named_day(header.requested_date) if header.requested_date else "–",
                _where(header.invoice_address),
                prices.label if prices else "–",
                terms.label if terms else "–",
            ),
            strict=True,
        ):
            value.setText(text)

    def _name(self, order: Order) -> str:
        if order.number:
            return self.tr("Order {number}").format(number=order.number)
        return self.tr("New order") if order.id is None else self.tr("Order without a number yet")


def _where(address: Address | None) -> str:
    return address.label if address is not None and address.label else "–"
