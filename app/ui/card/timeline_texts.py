"""What a row of the timeline says."""

from PySide6.QtCore import QCoreApplication

from app.domain.contacts import TouchPoint
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.connection import SystemKind
from app.services.card_parts import Part, PartStatus
from app.services.timeline import Entry, Gap
from app.ui.card.kinds import kind_text
from app.ui.card.part_card import source_note
from app.ui.formats import Formats
from app.ui.messages import system_name

translate = QCoreApplication.translate


def title_text(entry: Entry) -> str:
    """What it is."""
    if isinstance(entry, Gap):
        return gap_text(entry)
    if isinstance(entry, TouchPoint):
        return entry.subject or kind_text(entry.kind)
    kind = translate("Timeline", "Credit note") if entry.is_credit else kind_text(entry.kind)
    return f"{kind} {entry.number}" if entry.number else kind


def meta_text(entry: Entry, formats: Formats) -> str:
    """Which system says so, when, with whom or for which order."""
    if isinstance(entry, Gap):
        return ""
    if isinstance(entry, TouchPoint):
        parts = [system_name(SystemKind.CRM), formats.moment(entry.at), ", ".join(entry.people), entry.author]
    else:
        orders = ", ".join(order.label for order in entry.orders)
        parts = [system_name(SystemKind.ERP), _day_text(entry, formats), entry.reference, orders, entry.place]
    return " · ".join(part for part in parts if part)


def _day_text(event: TradeEvent, formats: Formats) -> str:
    if event.day is None:
        return translate("Timeline", "no date yet")
    day = formats.named_day(event.day)
    return translate("Timeline", "planned for {day}").format(day=day) if event.is_planned else day


def amount_text(entry: Entry, formats: Formats) -> str:
    """The figure at the right, the ERP's own."""
    return formats.money(entry.amount) if isinstance(entry, TradeEvent) and entry.amount is not None else ""


def debt_text(event: TradeEvent, formats: Formats) -> str:
    """What is still to be paid, as the ERP says; empty where nothing is."""
    if event.is_due and event.due_amount is not None:
        due = translate("Timeline", "Due now: {amount}").format(amount=formats.money(event.due_amount))
        return f"{due} · {_by(event, formats)}" if event.due is not None else due
    if event.open_amount is not None and event.open_amount.amount:
        unpaid = translate("Timeline", "Not paid yet: {amount}").format(amount=formats.money(event.open_amount))
        return f"{unpaid} · {_by(event, formats)}" if event.due is not None else unpaid
    return ""


def _by(event: TradeEvent, formats: Formats) -> str:
    day = formats.named_day(event.due) if event.due is not None else ""
    return translate("Timeline", "to be paid by {day}").format(day=day)


def body_text(entry: Entry, formats: Formats) -> str:
    """What stands below: words of the CRM's, or a debt."""
    if isinstance(entry, TouchPoint):
        return entry.text
    return debt_text(entry, formats) if isinstance(entry, TradeEvent) else ""


def gap_text(gap: Gap) -> str:
    """Where a system's part ends and goes on later."""
    name = system_name(gap.source)
    match gap.status:
        case PartStatus.FAILED:
            words = translate("Timeline", "The {system} does not answer: what it has from here on is missing below.")
        case PartStatus.LOADING:
            words = translate("Timeline", "Waiting for the {system}: what it has from here on comes in its place.")
        case _:
            words = translate("Timeline", "What the {system} has from here on is read next.")
    return words.format(system=name)


def accessible_text(entry: Entry, formats: Formats) -> str:
    """All of it, for a screen reader."""
    if isinstance(entry, Gap):
        return gap_text(entry)
    parts = [title_text(entry), amount_text(entry, formats), meta_text(entry, formats), body_text(entry, formats)]
    if isinstance(entry, TradeEvent):
        parts.insert(1, entry.state.label)
    else:
        parts.insert(0, kind_text(entry.kind))
    return ", ".join(part for part in parts if part)


def hint_text(entry: Entry) -> str:
    """What Enter does there; empty where it does nothing."""
    if isinstance(entry, Gap):
        return translate("Timeline", "Enter: try again") if entry.status is PartStatus.FAILED else ""
    if isinstance(entry, TouchPoint):
        return ""
    if entry.kind is TradeKind.ORDER:
        return translate("Timeline", "Enter: open the order")
    return translate("Timeline", "Enter: show the document")


def stream_note(part: Part[object], formats: Formats, *, is_slow: bool) -> str:
    """Which system, and how old; or that it lets one wait."""
    name = system_name(part.source)
    if is_slow:
        return translate("Timeline", "{system} · still waiting…").format(system=name)
    if part.status is PartStatus.LOADING and part.read_at is None:
        return translate("Timeline", "{system} · reading…").format(system=name)
    if part.status is PartStatus.FAILED and part.value is None:
        return translate("Timeline", "{system} · not read").format(system=name)
    return "" if part.read_at is None else source_note(part, formats)
