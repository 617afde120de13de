"""What happened with a customer in the ERP: orders, deliveries, returns and invoices, one below the other in time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.money import Money
from app.domain.orders import OrderState
from app.domain.parties import Choice


class TradeKind(StrEnum):
    """The kinds of business events, the later ones of a day first: what was ordered is delivered and then invoiced."""

    INVOICE = "invoice"  # and credit notes
    RETURN = "return"
    DELIVERY = "delivery"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class TradeEvent:
    """An order, a delivery, a return or an invoice in a list. Every figure is an answer of the ERP, never a result.

    Attributes:
        id: The ERP's key among those of its ``kind``.
        day: When it took place, in the company's own time zone; of a delivery that is under way the day it is planned
            for. None while the ERP has given it no day.
        number: The ERP's number; empty until it gives one.
        state: The ERP's words for where it is, with the phase of an order that has the same colour.
        reference: The customer's own.
        amount: With VAT, in its own currency; of a credit note with the sign that the ERP gives it. None of deliveries.
        open_amount: What is still to be paid of an invoice, as the ERP says.
        due_amount: What of that is to be paid by today, as the ERP says; None where it says nothing.
        due: The next day on which something of it is to be paid; None where nothing is or the ERP does not tell.
        place: Where it was delivered to.
        is_planned: ``day`` is to come or was missed: it has not been delivered.
        is_credit: It is a credit note.
        orders: The orders it belongs to, by the ERP's key and number; none of an order.
    """

    id: str
    kind: TradeKind
    day: date | None
    number: str
    state: OrderState
    reference: str = ""
    amount: Money | None = None
    open_amount: Money | None = None
    due_amount: Money | None = None
    due: date | None = None
    place: str = ""
    is_planned: bool = False
    is_credit: bool = False
    orders: tuple[Choice, ...] = ()

    @property
    def is_due(self) -> bool:
        """The ERP says that some of it should have been paid by now."""
        return self.due_amount is not None and self.due_amount.amount > 0
