"""The words about earlier orders: what the customer usually takes, and what a line cost then."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.habits import Habit
from app.domain.orders import LineKind, OrderLine
from app.services.order_reuse import Candidate, PriceThen, Remark
from app.ui.formats import Formats
from app.ui.theme import Tone

translate = QCoreApplication.translate
_BETWEEN = " · "


def usual_range(habit: Habit, formats: Formats) -> str:
    """``40–60 pcs``, or the one quantity that it always is."""
    unit = habit.unit.symbol if habit.unit is not None else ""
    ends = [formats.quantity(quantity, habit.unit) for quantity in dict.fromkeys((habit.least, habit.most))]
    return f"{'–'.join(ends)} {unit}".rstrip()


def habit_words(habit: Habit, formats: Formats) -> str:
    """How often, how much, and when last, for a list."""
    last = _last(habit, formats)
    if habit.times == 1:
        return _BETWEEN.join((translate("Reuse", "in one order"), last))
    times = translate("Reuse", "in {count} orders").format(count=habit.times)
    usual = translate("Reuse", "usually {range}").format(range=usual_range(habit, formats))
    return _BETWEEN.join((times, usual, last))


def _last(habit: Habit, formats: Formats) -> str:
    return translate("Reuse", "last {quantity} on {day}").format(
        quantity=formats.quantity(habit.last_quantity, habit.unit), day=formats.named_day(habit.last_day)
    )


def deviation_words(habit: Habit, formats: Formats) -> str:
    """What the customer usually takes, about a line that is far from it."""
    return translate("Reuse", "This customer usually takes {range}, {last}").format(
        range=usual_range(habit, formats), last=_last(habit, formats)
    )


def then_words(then: PriceThen, line: OrderLine, formats: Formats) -> str:
    """The price of the order that the line was copied from, and today's."""
    if line.unit_price is None:
        return ""
    old = formats.amount(then.price)
    if then.quantity != line.quantity:
        unit = then.unit.symbol if then.unit is not None else ""
        quantity = f"{formats.quantity(then.quantity, then.unit)} {unit}".rstrip()
        old = translate("Reuse", "{price} at {quantity}").format(price=old, quantity=quantity)
    return translate("Reuse", "Price {old} → {new} since {order}").format(
        old=old, new=formats.amount(line.unit_price), order=_which(then, formats)
    )


def _which(then: PriceThen, formats: Formats) -> str:
    day = formats.named_day(then.day) if then.day is not None else ""
    if then.order_number and day:
        return translate("Reuse", "order {number} of {day}").format(number=then.order_number, day=day)
    if then.order_number:
        return translate("Reuse", "order {number}").format(number=then.order_number)
    return translate("Reuse", "the order of {day}").format(day=day) if day else translate("Reuse", "the order copied")


def remark_words(remark: Remark | None, line: OrderLine, formats: Formats) -> str:
    """Everything that is worth a look about a row; empty when nothing is."""
    if remark is None:
        return ""
    habit = deviation_words(remark.habit, formats) if remark.habit is not None else ""
    then = then_words(remark.then, line, formats) if remark.then is not None else ""
    return _BETWEEN.join(part for part in (habit, then) if part)


def candidate_title(candidate: Candidate) -> str:
    """What the line is."""
    if candidate.description:
        return candidate.description
    if candidate.product is not None:
        return candidate.product.name or candidate.product.code
    return {
        LineKind.SUBTOTAL: translate("Reuse", "Subtotal"),
        LineKind.TITLE: translate("Reuse", "Title"),
        LineKind.COMMENT: translate("Reuse", "Comment"),
    }.get(candidate.kind, "–")


def candidate_words(candidate: Candidate, formats: Formats) -> str:
    """What else is known about it, for its second row."""
    parts = [candidate.product.code] if candidate.product is not None and candidate.product.code else []
    if candidate.habit is not None:
        parts.append(habit_words(candidate.habit, formats))
    if candidate.then is not None:
        parts.append(translate("Reuse", "cost {price} then").format(price=formats.amount(candidate.then.price)))
    if candidate.kind is LineKind.TITLE and candidate.description:
        parts.append(translate("Reuse", "Title"))
    elif candidate.kind is LineKind.COMMENT and candidate.description:
        parts.append(translate("Reuse", "Comment"))
    return _BETWEEN.join(parts)


class Note(StrEnum):
    """What stands out about a candidate."""

    NOT_SOLD = "not_sold"
    BY_ERP = "by_erp"
    IN_ORDER = "in_order"
    MISSED = "missed"
    DUE = "due"


def note_words(note: Note) -> tuple[str, Tone]:
    """The note in one or two words, and what their colour means."""
    return {
        Note.NOT_SOLD: (translate("Reuse", "No longer sold"), Tone.DANGER),
        Note.BY_ERP: (translate("Reuse", "Added by the ERP"), Tone.NEUTRAL),
        Note.IN_ORDER: (translate("Reuse", "In the order"), Tone.NEUTRAL),
        Note.MISSED: (translate("Reuse", "Usually taken"), Tone.WARNING),
        Note.DUE: (translate("Reuse", "Due"), Tone.ACCENT),
    }[note]


def copied_note(candidate: Candidate) -> Note | None:
    """About a line of one order."""
    if not candidate.is_sold:
        return Note.NOT_SOLD
    return Note.BY_ERP if candidate.by_erp else None


def usual_note(candidate: Candidate, in_order: frozenset[str], *, is_due: bool) -> Note | None:
    """About what the customer buys; ``in_order`` holds the ids of the products that the order has already."""
    if candidate.product is None or candidate.habit is None:
        return None
    if not candidate.is_sold:
        return Note.NOT_SOLD
    if candidate.product.id in in_order:
        return Note.IN_ORDER
    if in_order and candidate.habit.is_regular:
        return Note.MISSED
    return Note.DUE if is_due else None
