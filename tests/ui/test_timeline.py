"""One timeline of a real CRM and a real ERP, in the real window, driven by keys."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.contacts import TouchKind, TouchPoint
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.connection import SystemKind
from app.services.card_parts import PartName, PartStatus
from app.services.timeline import Gap, instant
from app.ui.card.timeline import Timeline
from app.ui.card.timeline_row import ENTRY
from app.ui.widgets import Button
from tests.fixtures.program import Clerk
from tests.helpers.proxy import Proxy, ProxyFault

NUMBER = "10039"  # no other test has anything to do with this customer
OTHER = "havn"
STREAMS = (PartName.TIMELINE, PartName.TRADE)
READS = ("account.invoice", "stock.shipment.out", "stock.shipment.out.return")


def page(clerk: Clerk) -> Timeline:
    """The timeline of the customer, reached by keys."""
    panel = clerk.program.window.card_panel
    if panel.tabs.currentWidget() is not panel.timeline:
        panel.tabs.tabBar().setFocus()
        clerk.press(Qt.Key.Key_Home)
        clerk.press(Qt.Key.Key_Right)
    assert panel.tabs.currentWidget() is panel.timeline
    return panel.timeline


def entries(clerk: Clerk) -> list[Any]:
    """What the list shows, from its own model."""
    model = page(clerk).list.model()
    return [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]


def until_read(clerk: Clerk, *names: PartName) -> None:
    """Wait until these parts have been answered."""
    clerk.until(lambda: all(clerk.program.card.part(name).status is PartStatus.READY for name in names))


def chip(clerk: Clerk, kind: TouchKind | TradeKind) -> None:
    """Press a filter by the keyboard."""
    page(clerk)._filters[kind].setFocus()
    clerk.press(Qt.Key.Key_Space)


def cursor_to(clerk: Clerk, is_it: Callable[[Any], bool]) -> Any:
    """Go down the list by the keyboard to the first entry that is it."""
    view = page(clerk).list
    view.setFocus()
    clerk.press(Qt.Key.Key_Home)
    for _ in range(view.model().rowCount()):
        entry = view.currentIndex().data(ENTRY)
        if is_it(entry):
            return entry
        clerk.press(Qt.Key.Key_Down)
    raise AssertionError("no such entry")


def words(timeline: Timeline) -> str:
    """Everything that can be read there beside the list."""
    shown = [label.text() for label in timeline.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*shown, *(button.text() for button in timeline.findChildren(Button) if button.isVisible())])


def test_both_systems_in_one_list_filtered_opened_and_printed(clerk: Clerk) -> None:
    clerk.find(NUMBER)
    until_read(clerk, *STREAMS)
    timeline = page(clerk)
    clerk.until(lambda: bool(entries(clerk)))
    shown = entries(clerk)
    assert {type(entry) for entry in shown} == {TouchPoint, TradeEvent}
    times = [instant(entry) for entry in shown]
    assert times == sorted(times, reverse=True)
    note = timeline._note.text()
    assert "CRM · " in note
    assert "ERP · " in note
    clerk.look("timeline")
    # Each row says all of it to a screen reader, with its system and the ERP's own figure.
    invoice = next(entry for entry in shown if isinstance(entry, TradeEvent) and entry.kind is TradeKind.INVOICE)
    row = timeline.list.model().index(shown.index(invoice), 0)
    said = row.data(Qt.ItemDataRole.AccessibleTextRole)
    for part in (invoice.number, invoice.state.label, "ERP", invoice.orders[0].label):
        assert part in said
    (own,) = clerk.erp.admin("model.account.invoice.read", [int(invoice.id)], ["total_amount", "number"])
    assert (invoice.amount.amount, invoice.number) == (own["total_amount"], own["number"])
    # By kind: only its own system is asked.
    chip(clerk, TradeKind.INVOICE)
    clerk.until(lambda: {getattr(e, "kind", None) for e in entries(clerk)} == {TradeKind.INVOICE})
    until_read(clerk, PartName.TRADE)
    clerk.look("timeline-invoices")
    # Enter shows the invoice as the ERP has it.
    papers = clerk.program.panel.papers
    cursor_to(clerk, lambda entry: entry.id == invoice.id)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: bool(papers.viewers) or "no PDF" in timeline.papers.text())
    if papers.viewers:
        assert invoice.number in papers.viewers[0].document.file_name
        papers.viewers[0].close()
        clerk.program.window.activateWindow()  # no window manager does it here
        clerk.until(clerk.program.window.isActiveWindow)
    else:
        assert "Open" in words(timeline)  # no LibreOffice on this machine: for the program that belongs to it
    # By text, over both; and nothing is left of the filter by kind.
    chip(clerk, TradeKind.INVOICE)
    timeline._text.setFocus()
    clerk.type(invoice.orders[0].label)
    order_id = invoice.orders[0].id
    clerk.until(lambda: [e.id for e in entries(clerk) if getattr(e, "kind", "") is TradeKind.ORDER] == [order_id])
    until_read(clerk, *STREAMS)
    # Enter opens the order at the right.
    cursor_to(clerk, lambda entry: isinstance(entry, TradeEvent) and entry.kind is TradeKind.ORDER)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.program.panel.session is not None)
    assert clerk.session.order.id == order_id


@pytest.mark.parametrize("dead", [SystemKind.CRM, SystemKind.ERP])
def test_a_dead_system_does_not_hold_up_the_other_and_comes_in_its_place(clerk: Clerk, dead: SystemKind) -> None:
    line, name, other = (
        (clerk.crm_line, PartName.TIMELINE, PartName.TRADE)
        if dead is SystemKind.CRM
        else (clerk.erp_line, PartName.TRADE, PartName.TIMELINE)
    )
    clerk.find(NUMBER)
    until_read(clerk, *STREAMS)
    # Never seen by this user: only what answers is there.
    clerk.program.loop.submit(clerk.program.caches.wipe()).result(20)
    clerk.between(line, ProxyFault.DOWN)
    clerk.program.window.open(clerk.program.card.match)
    clerk.until(lambda: clerk.program.card.part(name).status is PartStatus.FAILED)
    until_read(clerk, other)
    kind = TradeEvent if other is PartName.TRADE else TouchPoint
    clerk.until(lambda: bool(entries(clerk)))
    alive = [entry for entry in entries(clerk) if not isinstance(entry, Gap)]
    assert {type(entry) for entry in alive} == {kind}
    assert f"{dead.value.upper()} · not read" in page(clerk)._note.text()
    clerk.look(f"timeline-{dead.value}-dead")
    clerk.between(line, ProxyFault.NONE)
    clerk.until(lambda: clerk.program.card.part(name).status is PartStatus.READY)
    clerk.until(lambda: {type(entry) for entry in entries(clerk)} >= {TouchPoint, TradeEvent})
    both = [entry for entry in entries(clerk) if not isinstance(entry, Gap)]
    assert [entry for entry in both if isinstance(entry, kind)][: len(alive)] == alive
    times = [instant(entry) for entry in both]
    assert times == sorted(times, reverse=True)


def test_offline_both_halves_are_there_with_their_ages_and_filtered_here(clerk: Clerk) -> None:
    clerk.find(NUMBER)
    until_read(clerk, *STREAMS)
    clerk.until(lambda: bool(entries(clerk)))
    seen = entries(clerk)
    clerk.find(OTHER)
    clerk.until(lambda: clerk.program.card.number not in ("", NUMBER))
    until_read(clerk, *PartName)
    for line in (clerk.erp_line, clerk.crm_line):
        clerk.between(line, ProxyFault.DOWN)
    clerk.program.open_customer(NUMBER)
    clerk.until(lambda: all(clerk.program.card.part(name).is_offline for name in STREAMS))
    shown = [entry for entry in entries(clerk) if not isinstance(entry, Gap)]
    assert shown[: len(seen)] == [entry for entry in seen if not isinstance(entry, Gap)]
    assert page(clerk)._note.text().count("offline") == 2
    chip(clerk, TradeKind.DELIVERY)
    clerk.until(lambda: {getattr(e, "kind", None) for e in entries(clerk)} == {TradeKind.DELIVERY})
    clerk.look("timeline-offline")


class _Ear:
    """What went over a line."""

    def __init__(self, line: Proxy) -> None:
        self._heard: list[bytes] = []
        line.on_request = self._heard.append

    def count(self, text: str) -> int:
        return b"".join(self._heard).count(text.encode())


def test_one_question_a_part_and_none_when_the_card_is_left(clerk: Clerk) -> None:
    clerk.find(OTHER)
    until_read(clerk, *PartName)
    erp, crm = _Ear(clerk.erp_line), _Ear(clerk.crm_line)
    clerk.program.open_customer(NUMBER)
    clerk.until(lambda: clerk.program.card.number == NUMBER and clerk.program.card.match.number == NUMBER)
    until_read(clerk, *PartName)
    assert crm.count("/timeline?") == 1
    for model in READS:
        assert erp.count(f'"model.{model}.search_read"') == 1
    assert erp.count('"model.sale.sale.search_read"') == 2  # the list of orders, and the timeline
    # Systems that say nothing: what is asked of them goes when the card is left.
    for line in (clerk.erp_line, clerk.crm_line):
        clerk.between(line, ProxyFault.SILENT)
    left = clerk.erp_line.left, clerk.crm_line.left
    card = clerk.program.card
    assert card.company.value is not None
    assert card.customer.value is not None
    card.open(replace(card.match, company_id=card.company.value.id, customer_id=card.customer.value.id))
    clerk.until(
        lambda: all(erp.count(f'"model.{each}.search_read"') == 2 for each in READS) and crm.count("/timeline?") == 2
    )
    card.close()
    clerk.until(lambda: clerk.erp_line.left - left[0] >= 4 and clerk.crm_line.left > left[1])
    assert erp.count('"model.account.invoice.search_read"') == 2
    assert crm.count("/timeline?") == 2
