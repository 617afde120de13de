"""What the row under the cursor waits for, in words, with what can be done about it."""

from PySide6.QtCore import QCoreApplication

from app.domain.money import Money
from app.domain.order_edits import Collision, Value
from app.domain.orders import LineField, OrderLine, Product, Unit
from app.ports.connection import SystemKind
from app.services.order_rows import InputProblem, RowStatus, RowView
from app.services.order_session import Keep, OrderSession
from app.ui.formats import Formats
from app.ui.messages import message_for
from app.ui.orders.columns import COLUMN_OF
from app.ui.orders.row_texts import column_title, row_problem
from app.ui.widgets import Action, MessageBar, MessageKind

translate = QCoreApplication.translate


def show_row(bar: MessageBar, session: OrderSession, view: RowView | None, formats: Formats) -> None:
    """Say in ``bar`` what this row waits for; nothing when it waits for nobody."""
    if view is None:
        bar.clear()
    elif view.collisions:
        _show_collision(bar, session, view, formats)
    elif view.fault is not None:
        message = message_for(view.fault, SystemKind.ERP)
        bar.show_message(
            MessageKind.ERROR,
            translate("RowMessage", "This line is not in the ERP. {what}").format(what=message.what),
            words=message.words,
            rest=translate("RowMessage", "What you typed is kept."),
            details=message.details,
            actions=[
                Action(translate("RowMessage", "Try again"), lambda: session.retry(view.key)),
                Action(translate("RowMessage", "Take it back"), lambda: session.revert(view.key)),
            ],
        )
    elif view.status is RowStatus.REFUSED or any(
        bad.text and bad.problem is not InputProblem.LOOKING_UP for bad in view.bad.values()
    ):
        bar.show_message(
            MessageKind.ERROR,
            row_problem(view),
            rest=translate("RowMessage", "The line stays here as you typed it, and is sent when it is right."),
            actions=[Action(translate("RowMessage", "Take it back"), lambda: session.revert(view.key))],
        )
    elif view.status is RowStatus.CHECKING:
        bar.show_message(
            MessageKind.WARN,
            translate("RowMessage", "The ERP has not said whether it stored this line."),
            rest=translate("RowMessage", "Samspil is looking in the ERP. It is stored once, never twice."),
        )
    else:
        bar.clear()


def _show_collision(bar: MessageBar, session: OrderSession, view: RowView, formats: Formats) -> None:
    parts = [_collision(collision, formats) for collision in view.collisions]
    bar.show_message(
        MessageKind.QUESTION,
        translate("RowMessage", "Somebody else changed this line at the same time."),
        rest="   ".join(parts),
        actions=[
            Action(translate("RowMessage", "Keep mine"), lambda: session.resolve(view.key, Keep.MINE)),
            Action(translate("RowMessage", "Take theirs"), lambda: session.resolve(view.key, Keep.THEIRS)),
        ],
    )


def _collision(collision: Collision, formats: Formats) -> str:
    if collision.name is None:
        if collision.theirs is None:
            return translate("RowMessage", "They removed the line.")
        return translate("RowMessage", "You removed the line; they changed it.")
    return translate("RowMessage", "{field}: yours {mine}, theirs {theirs}, before {was}.").format(
        field=column_title(COLUMN_OF[collision.name]),
        mine=_value(collision.mine, collision.name, formats),
        theirs=_value(collision.theirs, collision.name, formats),
        was=_value(collision.was, collision.name, formats),
    )


def _value(value: Value | OrderLine, name: LineField, formats: Formats) -> str:
    match value:
        case Product():
            return value.code or value.name
        case Unit():
            return value.symbol
        case Money():
            return formats.money(value)
        case str():
            return f"“{value}”"
        case None | OrderLine():
            return "–"
    return formats.percent(value) if name is LineField.DISCOUNT else formats.number(value)
