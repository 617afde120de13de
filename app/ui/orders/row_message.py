"""What the row under the cursor waits for, in words, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.domain.money import Money
from app.domain.order_edits import Collision, Value
from app.domain.orders import LineField, OrderLine, Product, Unit
from app.domain.price_origin import PriceChoice, PriceOffer
from app.ports.connection import SystemKind
from app.ports.errors import SystemFault
from app.services.order_rows import InputProblem, RowStatus, RowView
from app.services.order_session import Keep, OrderSession
from app.services.stranded import stranded
from app.ui.formats import Formats
from app.ui.messages import message_for
from app.ui.orders.columns import COLUMN_OF
from app.ui.orders.row_texts import column_title, row_problem
from app.ui.widgets import Action, MessageBar, MessageKind

translate = QCoreApplication.translate


def show_row(
    bar: MessageBar,
    session: OrderSession,
    view: RowView | None,
    formats: Formats,
    *,
    take_back: Callable[[str], object],
    move_out: Callable[[], object],
) -> None:
    """Say in ``bar`` what this row waits for; nothing when it waits for nobody.

    Args:
        take_back: Is given the row's key when what was typed there is not to stand.
        move_out: Puts the rows that the order does not take any more into a new one.
    """
    if view is None:
        bar.clear()
    elif view.collisions:
        _show_collision(bar, session, view, formats)
    elif view.offer is not None and view.status is RowStatus.ASKS:
        _show_offer(bar, session, view, view.offer, formats)
    elif view.fault is not None and view.key in stranded(session):
        _show_stranded(bar, session, view, view.fault, take_back=take_back, move_out=move_out)
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
                Action(translate("RowMessage", "Take it back"), lambda: take_back(view.key)),
            ],
        )
    elif view.status is RowStatus.REFUSED or any(
        bad.text and bad.problem is not InputProblem.LOOKING_UP for bad in view.bad.values()
    ):
        bar.show_message(
            MessageKind.ERROR,
            row_problem(view),
            rest=translate("RowMessage", "The line stays here as you typed it, and is sent when it is right."),
            actions=[Action(translate("RowMessage", "Take it back"), lambda: take_back(view.key))],
        )
    elif view.status is RowStatus.CHECKING:
        bar.show_message(
            MessageKind.WARN,
            translate("RowMessage", "The ERP has not said whether it stored this line."),
            rest=translate("RowMessage", "Samspil is looking in the ERP. It is stored once, never twice."),
        )
    else:
        bar.clear()


def _show_stranded(
    bar: MessageBar,
    session: OrderSession,
    view: RowView,
    fault: SystemFault,
    *,
    take_back: Callable[[str], object],
    move_out: Callable[[], object],
) -> None:
    message = message_for(fault, SystemKind.ERP)
    what = translate("RowMessage", "This line is not in the ERP: the order is “{state}” now and takes no more changes.")
    bar.show_message(
        MessageKind.ERROR,
        what.replace("{state}", session.order.state.label),
        rest=translate("RowMessage", "What you typed is kept. It can go into a new order for the same customer."),
        details="\n".join(part for part in (message.words, message.details) if part),
        actions=[
            Action(translate("RowMessage", "New order with what waits"), move_out),
            Action(translate("RowMessage", "Try again"), lambda: session.retry(view.key)),
            Action(translate("RowMessage", "Take it back"), lambda: take_back(view.key)),
        ],
    )


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


def _show_offer(bar: MessageBar, session: OrderSession, view: RowView, offer: PriceOffer, formats: Formats) -> None:
    stands, own = formats.amount(offer.stands), _amount(offer.own.unit_price, formats)
    was = session.order.line(view.line.id)
    bar.show_message(
        MessageKind.QUESTION,
        translate("RowMessage", "The price on this line is not the ERP's own. Which one is it to have?"),
        rest=translate(
            "RowMessage",
            "On the line: {stands}. The ERP's price today: {own} for {quantity}, {before} for {was} as before.",
        ).format(
            stands=stands,
            own=own,
            quantity=_quantity(view.line, formats),
            before=_amount(offer.before, formats),
            was=_quantity(was or view.line, formats),
        ),
        actions=[
            Action(
                translate("RowMessage", "Keep {price}").format(price=stands),
                lambda: session.choose_price(view.key, PriceChoice.KEEP),
            ),
            Action(
                translate("RowMessage", "Take {price}").format(price=own),
                lambda: session.choose_price(view.key, PriceChoice.TAKE),
            ),
        ],
    )


def _amount(money: Money | None, formats: Formats) -> str:
    return formats.amount(money) if money is not None else "–"


def _quantity(line: OrderLine, formats: Formats) -> str:
    symbol = line.unit.symbol if line.unit is not None else ""
    return f"{formats.quantity(line.quantity, line.unit)} {symbol}".rstrip()


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
