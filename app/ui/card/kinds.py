"""The kinds of touch points and of business events: their words and pictures."""

from PySide6.QtCore import QCoreApplication

from app.domain.contacts import TouchKind
from app.domain.trade_events import TradeKind
from app.ports.capability import Capability

translate = QCoreApplication.translate

PICTURES: dict[TouchKind | TradeKind, str] = {
    TradeKind.ORDER: "order",
    TradeKind.DELIVERY: "truck",
    TradeKind.RETURN: "undo",
    TradeKind.INVOICE: "invoice",
    TouchKind.CALL: "phone",
    TouchKind.MEETING: "calendar",
    TouchKind.EMAIL: "mail",
    TouchKind.NOTE: "note",
    TouchKind.TASK: "task",
    TouchKind.OTHER: "clock",
}


def kind_text(kind: TouchKind | TradeKind) -> str:  # noqa: PLR0911 - one for each
    """One of them."""
    match kind:
        case TradeKind.ORDER:
            return translate("Kinds", "Order")
        case TradeKind.DELIVERY:
            return translate("Kinds", "Delivery")
        case TradeKind.RETURN:
            return translate("Kinds", "Return")
        case TradeKind.INVOICE:
            return translate("Kinds", "Invoice")
        case TouchKind.CALL:
            return translate("Kinds", "Call")
        case TouchKind.MEETING:
            return translate("Kinds", "Meeting")
        case TouchKind.EMAIL:
            return translate("Kinds", "E-mail")
        case TouchKind.NOTE:
            return translate("Kinds", "Note")
        case TouchKind.TASK:
            return translate("Kinds", "Task")
        case TouchKind.OTHER:
            return translate("Kinds", "Other")


def kinds_text(kind: TouchKind | TradeKind) -> str:  # noqa: PLR0911 - one for each
    """Several of them, for a filter."""
    match kind:
        case TradeKind.ORDER:
            return translate("Kinds", "Orders")
        case TradeKind.DELIVERY:
            return translate("Kinds", "Deliveries")
        case TradeKind.RETURN:
            return translate("Kinds", "Returns")
        case TradeKind.INVOICE:
            return translate("Kinds", "Invoices")
        case TouchKind.CALL:
            return translate("Kinds", "Calls")
        case TouchKind.MEETING:
            return translate("Kinds", "Meetings")
        case TouchKind.EMAIL:
            return translate("Kinds", "E-mails")
        case TouchKind.NOTE:
            return translate("Kinds", "Notes")
        case TouchKind.TASK:
            return translate("Kinds", "Tasks")
        case TouchKind.OTHER:
            return translate("Kinds", "Others")


NEEDS = {
    TouchKind.CALL: Capability.LOG_TOUCH_POINT,
    TouchKind.MEETING: Capability.LOG_TOUCH_POINT,
    TouchKind.EMAIL: Capability.LOG_EMAIL,
    TouchKind.NOTE: Capability.LOG_NOTE,
    TouchKind.TASK: Capability.ADD_TASK,
}
"""What can be written down, in the order in which it is offered, and what the CRM must be able to do for it."""

KEYS = {kind: f"Alt+{number}" for number, kind in enumerate(NEEDS, start=1)}
"""The key that begins one."""


def log_text(kind: TouchKind) -> str:
    """What the button says that logs one."""
    match kind:
        case TouchKind.CALL:
            return translate("Kinds", "Log a call")
        case TouchKind.MEETING:
            return translate("Kinds", "Log a meeting")
        case TouchKind.EMAIL:
            return translate("Kinds", "Log an e-mail")
        case TouchKind.TASK:
            return translate("Kinds", "Add a task")
        case _:
            return translate("Kinds", "Write a note")
