"""The words of the line grid."""

from PySide6.QtCore import QCoreApplication

from app.domain.orders import LineField
from app.ports.connection import SystemKind
from app.services.order_rows import BadInput, InputProblem, RowStatus, RowView
from app.ui.messages import message_for
from app.ui.orders.columns import Column


def column_title(column: Column) -> str:
    """The title over a column."""
    translate = QCoreApplication.translate
    return {
        Column.STATE: "",
        Column.PRODUCT: translate("Lines", "Item"),
        Column.DESCRIPTION: translate("Lines", "Description"),
        Column.QUANTITY: translate("Lines", "Qty"),
        Column.UNIT: translate("Lines", "Unit"),
        Column.LIST_PRICE: translate("Lines", "List price"),
        Column.DISCOUNT: translate("Lines", "Discount"),
        Column.PRICE: translate("Lines", "Price"),
        Column.VAT: translate("Lines", "VAT"),
        Column.AMOUNT: translate("Lines", "Amount"),
    }[column]


def column_tip(column: Column) -> str | None:
    """What a column means, where its title does not say it all."""
    translate = QCoreApplication.translate
    return {
        Column.LIST_PRICE: translate("Lines", "The ERP's price before discount, without VAT"),
        Column.PRICE: translate("Lines", "The ERP's price for this customer, quantity and day, without VAT"),
        Column.AMOUNT: translate("Lines", "The line's amount without VAT, as the ERP gives it"),
    }.get(column)


def new_line_hint() -> str:
    """Stands in the empty row."""
    return QCoreApplication.translate("Lines", "Item, bar code or name")


def status_text(status: RowStatus) -> str:
    """A row's status in words: for the tooltip and the screen reader."""
    translate = QCoreApplication.translate
    return {
        RowStatus.STORED: translate("Lines", "In the ERP"),
        RowStatus.TYPING: translate("Lines", "Being typed"),
        RowStatus.PENDING: translate("Lines", "Waits to be sent"),
        RowStatus.SENDING: translate("Lines", "On its way to the ERP"),
        RowStatus.CHECKING: translate("Lines", "No answer yet: being checked in the ERP"),
        RowStatus.REFUSED: translate("Lines", "Not in the ERP"),
        RowStatus.COLLIDES: translate("Lines", "Somebody else changed it too"),
        RowStatus.ASKS: translate("Lines", "Waits for you: keep the price, or take the ERP's"),
    }[status]


def spoken_status(view: RowView) -> str:
    """A row's status for the screen reader, with what is wrong with the row."""
    status, problem = status_text(view.status), row_problem(view)
    return f"{status}: {problem}" if problem else status


def sign(view: RowView) -> str:
    """A row's status as one sign, so that it is not told by colour alone."""
    if view.removed:
        return "−"
    return {
        RowStatus.STORED: "✓",
        RowStatus.TYPING: "✎",
        RowStatus.PENDING: "◷",
        RowStatus.SENDING: "⟳",
        RowStatus.CHECKING: "?",
        RowStatus.REFUSED: "!",
        RowStatus.COLLIDES: "⇄",
        RowStatus.ASKS: "≠",
    }[view.status]


def problem_text(bad: BadInput) -> str:
    """Why a typed text cannot be sent."""
    text = bad.text
    translate = QCoreApplication.translate
    pattern = {
        InputProblem.LOOKING_UP: translate("Lines", "Looking up “{text}” in the ERP…"),
        InputProblem.NOT_A_NUMBER: translate("Lines", "“{text}” is not a number."),
        InputProblem.UNKNOWN_PRODUCT: translate("Lines", "The ERP has no single product that “{text}” stands for."),
        InputProblem.TOO_MANY_DIGITS: translate("Lines", "“{text}” has more digits than the ERP can keep exactly."),
        InputProblem.UNKNOWN_UNIT: translate("Lines", "“{text}” is not a unit that the ERP sells this product in."),
        InputProblem.NOT_SOLD: translate("Lines", "The ERP does not sell “{text}” any more."),
        InputProblem.NO_PRODUCT: translate("Lines", "The item is missing."),
        InputProblem.NO_QUANTITY: translate("Lines", "The quantity is missing."),
        InputProblem.OTHER_CURRENCY: translate("Lines", "“{text}” is not in the order's currency."),
        InputProblem.TOO_LONG: translate("Lines", "The text is too long; it was cut where it stands in the cell."),
        InputProblem.PRICE_AND_DISCOUNT: translate(
            "Lines", "A price and the discount “{text}” were pasted together: empty one of the two."
        ),
    }[bad.problem]
    if bad.choices:
        can_be = translate("Lines", "It can be: {choices}.")
        pattern = f"{pattern} {can_be}".replace("{choices}", ", ".join(bad.choices))
    shown = text if len(text) <= 40 else text[:40] + "…"
    return pattern.replace("{text}", shown)


def row_problem(view: RowView) -> str:
    """What is wrong with a row, or empty."""
    if view.fault is not None:
        message = message_for(view.fault, SystemKind.ERP)
        return message.words or message.what
    wrong = [bad for bad in view.bad.values() if bad.problem is not InputProblem.LOOKING_UP]
    return " ".join(problem_text(bad) for bad in wrong)


def cell_tip(view: RowView, name: LineField | None) -> str:
    """The tooltip of a cell: what is wrong with it, or the row's status."""
    if name is not None and name in view.bad:
        return problem_text(view.bad[name])
    if name in view.manual:
        return QCoreApplication.translate("Lines", "Typed by hand; kept when the quantity changes")
    return row_problem(view) or status_text(view.status)
