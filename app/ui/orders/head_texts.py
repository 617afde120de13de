"""The words of an order's head: what its fields are called, what stands in them, and why one is closed."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.orders import HeaderField, HeaderLock, HeaderValue, Order
from app.domain.parties import Address, Choice
from app.ui.formats import Formats

translate = QCoreApplication.translate
NOTHING = "–"


def field_title(name: HeaderField) -> str:  # noqa: PLR0911  # one for each
    """What a field is called."""
    match name:
        case HeaderField.DELIVERY_ADDRESS:
            return translate("OrderHead", "Deliver to (ERP)")
        case HeaderField.INVOICE_ADDRESS:
            return translate("OrderHead", "Invoice to (ERP)")
        case HeaderField.DELIVERY_METHOD:
            return translate("OrderHead", "Delivery")
        case HeaderField.REQUESTED_DATE:
            return translate("OrderHead", "Requested")
        case HeaderField.CUSTOMER_REFERENCE:
            return translate("OrderHead", "Their reference")
        case HeaderField.CURRENCY:
            return translate("OrderHead", "Currency")
        case HeaderField.PAYMENT_TERM:
            return translate("OrderHead", "Payment")
        case HeaderField.PRICE_LIST:
            return translate("OrderHead", "Price list")


def value_text(value: HeaderValue, formats: Formats) -> str:
    """A value as it is read."""
    match value:
        case date():
            return formats.named_day(value)
        case _:
            return typed_text(value, formats) or NOTHING


def typed_text(value: HeaderValue, formats: Formats) -> str:
    """A value as one would type it; empty for none."""
    match value:
        case Address():
            return " ".join((value.label or value.id).split())
        case Choice():
            return value.label
        case date():
            return formats.day(value)
        case str():
            return value
    return ""


def lock_reason(order: Order, lock: HeaderLock | None) -> str:
    """Why the ERP keeps a field closed; empty for an open one."""
    match lock:
        case HeaderLock.STATE:
            return translate("OrderHead", "The ERP does not let this be changed in the state “{state}”.").format(
                state=order.state.label
            )
        case HeaderLock.LINES:
            return translate("OrderHead", "The ERP does not let this be changed once the order has lines.")
        case HeaderLock.RIGHTS:
            return translate("OrderHead", "The ERP does not let you change this.")
        case HeaderLock.OFFLINE:
            return translate("OrderHead", "This can be changed when the ERP answers again.")
    return ""
