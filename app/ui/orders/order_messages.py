"""What the order as a whole waits for, in words, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn, SystemFault
from app.services.order_desk import DeskOrder
from app.services.order_session import OrderSession
from app.ui.formats import Formats
from app.ui.widgets import Action, MessageBar, MessageKind

translate = QCoreApplication.translate


def show_messages(bar: MessageBar, session: OrderSession, sign_in: Callable[[], object], aside: str = "") -> None:
    """Say in ``bar`` what the order waits for; when it waits for nobody, what is to be said ``aside``, or nothing."""
    notice = session.notice
    if session.question is not None:
        bar.show_fault(
            session.question,
            SystemKind.ERP,
            actions=[
                Action(translate("OrderPanel", "Yes, go on"), lambda: session.answer(yes=True), "primary"),
                Action(translate("OrderPanel", "No"), lambda: session.answer(yes=False)),
            ],
        )
    elif session.fault is not None:
        kept = translate("OrderPanel", "What you typed is kept, and is sent when the ERP answers.")
        kept = kept if session.has_unwritten else ""
        retry = Action(translate("OrderPanel", "Try now"), session.retry)
        bar.show_fault(
            session.fault, SystemKind.ERP, kept=kept, actions=[*sign_in_action(session.fault, sign_in), retry]
        )
    elif session.is_checking:
        bar.show_message(
            MessageKind.WARN,
            translate("OrderPanel", "The ERP did not answer while lines were being stored."),
            rest=translate(
                "OrderPanel", "Samspil is looking in the ERP which of them are there. Nothing is stored twice."
            ),
            actions=[Action(translate("OrderPanel", "Look now"), session.retry)],
        )
    elif notice is not None and notice.detail == "rows_not_written":
        bar.show_message(
            MessageKind.WARN,
            translate("OrderPanel", "Some lines are not in the ERP yet, so nothing was done with the order."),
            rest=translate("OrderPanel", "Put the lines in red right, or take them back."),
        )
    elif notice is not None:
        bar.show_fault(notice, SystemKind.ERP)
    elif aside:
        bar.show_message(MessageKind.INFO, aside)
    else:
        bar.clear()


def sign_in_action(fault: SystemFault, sign_in: Callable[[], object]) -> list[Action]:
    """The way to sign in, where that is what is missing."""
    if isinstance(fault, NotSignedIn):
        return [Action(translate("OrderPanel", "Sign in"), sign_in, "primary")]
    return []


def read_only_reason(opened: DeskOrder, formats: Formats) -> str:
    """Why the order is only to be read."""
    order = opened.session.order
    if opened.is_offline:
        text = translate(
            "OrderPanel", "The order as of {time}, offline: it can be read, and edited when the ERP answers again."
        )
        return text.format(time=formats.as_of(order.read_at))
    text = translate("OrderPanel", "The ERP takes no changes of lines in the state “{state}”.")
    return text.format(state=order.state.label)
