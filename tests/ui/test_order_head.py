"""The head of an order in the window on the real ERP, by keys; what came of it is read from the ERP's own database."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.domain.orders import HeaderField, OrderPhase
from app.ports.connection import SystemKind
from app.services.head_view import HeadStatus
from app.ui.orders.head_field import HeadField
from app.ui.widgets import MessageBar
from tests.fixtures.program import Clerk
from tests.helpers.proxy import ProxyFault

CUSTOMER = "10023"  # with a price list of its own: 4711 at 165 from 10, 156 from 25 and 148 from 50
H = HeaderField
Key = Qt.Key


def look(clerk: Clerk, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("SAMSPIL_PICTURES"):
        QApplication.processEvents()
        clerk.program.window.grab().save(f"{folder}/{name}.png")


def field(clerk: Clerk, name: HeaderField) -> HeadField:
    return clerk.program.panel.head.fields.field(name)


def go_to(clerk: Clerk, name: HeaderField) -> None:
    """From the lines to this field, by keys."""
    clerk.press(Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    for _ in H:
        if field(clerk, name).hasFocus():
            return
        clerk.press(Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {name}")


def status(clerk: Clerk) -> HeadStatus:
    return clerk.session.head.view(checking=clerk.session.is_checking).status


def until_stored(clerk: Clerk) -> None:
    clerk.until(lambda: status(clerk) is HeadStatus.STORED and not clerk.session.has_unwritten)


def in_database(clerk: Clerk, *columns: str) -> tuple[Any, ...]:
    """What the ERP's own database holds of the order's head."""
    (row,) = clerk.erp.rows(
        f"SELECT {', '.join(columns)} FROM sale_sale WHERE id = ?",  # noqa: S608 - the columns are this file's
        int(clerk.session.order.id or 0),
    )
    return row


def decimal(stored: object) -> Decimal:
    """A number as SQLite keeps Tryton's."""
    return Decimal(stored.decode() if isinstance(stored, bytes) else str(stored))


def prices_in_database(clerk: Clerk) -> list[Decimal]:
    rows = clerk.erp.rows(
        "SELECT unit_price FROM sale_line WHERE sale = ? ORDER BY id", int(clerk.session.order.id or 0)
    )
    return [decimal(price) for (price,) in rows]


def begin(clerk: Clerk, *lines: tuple[str, str]) -> None:
    clerk.begin_order(CUSTOMER)
    for item, quantity in lines:
        clerk.enter_line(item, quantity)
    if lines:
        clerk.until_stored(len(lines))
        clerk.until(lambda: not clerk.session.is_busy)


def choose(clerk: Clerk, name: HeaderField, *, other_than: str) -> str:
    """Take another one of the ERP's list, with the arrows; its text."""
    go_to(clerk, name)
    clerk.press(Key.Key_Down)
    there = field(clerk, name)
    clerk.until(there._proposals.isVisible)
    for _ in range(20):
        text = str(there._proposals.currentIndex().data() or "")
        if text not in ("", "–", other_than):
            break
        clerk.press(Key.Key_Down if there._proposals.currentIndex().row() == 0 else Key.Key_Up)
    clerk.press(Key.Key_Return)
    return text


def test_fields_that_no_price_rests_on_are_typed_and_stored(clerk: Clerk) -> None:
    begin(clerk, ("4711", "40"))
    before = prices_in_database(clerk)
    go_to(clerk, H.REQUESTED_DATE)
    clerk.type("+7")
    clerk.press(Key.Key_Tab)
    assert field(clerk, H.CUSTOMER_REFERENCE).hasFocus()
    clerk.type("Rekv. 4711 æøå")
    look(clerk, "head-typing")
    clerk.press(Key.Key_Return)
    until_stored(clerk)
    wanted = datetime.now(UTC).astimezone().date() + timedelta(days=7)
    assert in_database(clerk, "shipping_date", "reference") == (wanted.isoformat(), "Rekv. 4711 æøå")
    assert prices_in_database(clerk) == before
    clerk.press(Key.Key_Return)  # nothing typed: back to the lines
    assert clerk.program.panel.lines.hasFocus()
    look(clerk, "head-stored")


def test_an_address_from_the_erps_own_list(clerk: Clerk) -> None:
    begin(clerk, ("4711", "2"))
    stood = field(clerk, H.DELIVERY_ADDRESS).text()
    taken = choose(clerk, H.DELIVERY_ADDRESS, other_than=stood)
    until_stored(clerk)
    (key,) = in_database(clerk, "shipment_address")
    delivery = clerk.session.order.header.delivery_address
    assert delivery is not None
    assert str(key) == delivery.id
    assert taken != stood
    assert " ".join(delivery.label.split()) == taken


def test_typing_narrows_the_list_and_esc_takes_back(clerk: Clerk) -> None:
    begin(clerk, ("4711", "2"))
    term = field(clerk, H.PAYMENT_TERM)
    stood = term.text()
    go_to(clerk, H.PAYMENT_TERM)
    clerk.type("løbende 15")
    clerk.until(term._proposals.isVisible)
    look(clerk, "head-choices")
    clerk.press(Key.Key_Escape)
    assert term.text() == stood
    clerk.type("does not exist")
    clerk.press(Key.Key_Return)
    clerk.until(lambda: bool(term.problem))
    look(clerk, "head-wrong")
    assert term.text() == "does not exist"
    clerk.press(Key.Key_Escape)
    clerk.type("løbende")
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Up)
    clerk.press(Key.Key_Return)
    until_stored(clerk)
    (key,) = in_database(clerk, "payment_term")
    ((name,),) = clerk.erp.rows("SELECT name FROM account_invoice_payment_term WHERE id = ?", key)
    assert name.startswith("Løbende")


def test_another_price_list_shows_first_and_the_user_chooses_line_by_line(clerk: Clerk) -> None:
    begin(clerk, ("4711", "40"), ("5318", "2"), ("5402", "10"))
    before = prices_in_database(clerk)
    (stood,) = in_database(clerk, "price_list")
    choose(clerk, H.PRICE_LIST, other_than=field(clerk, H.PRICE_LIST).text())
    clerk.until(lambda: status(clerk) is HeadStatus.ASKS)
    question = clerk.program.panel.head.question
    QAbstractItemModelTester(question.model, QAbstractItemModelTester.FailureReportingMode.Fatal, question)
    QApplication.processEvents()
    look(clerk, "head-question")
    assert prices_in_database(clerk) == before
    assert in_database(clerk, "price_list") == (stood,)
    repricings = clerk.session.head.view().repricings
    assert len(repricings) > 1
    assert question.table.hasFocus()
    clerk.press(Key.Key_Space)  # the first line keeps its price
    clerk.press(Key.Key_Return)
    until_stored(clerk)
    (now,) = in_database(clerk, "price_list")
    assert now != stood
    lines = {line.id: line.unit_price.amount for line in clerk.session.order.lines if line.unit_price}
    kept, *taken = repricings
    assert kept.line.unit_price is not None
    assert lines[kept.line.id] == kept.line.unit_price.amount
    for each in taken:
        assert each.price.unit_price is not None
        assert lines[each.line.id] == each.price.unit_price.amount
    assert sorted(prices_in_database(clerk)) == sorted(lines.values())


def test_left_as_it_is(clerk: Clerk) -> None:
    begin(clerk, ("4711", "40"))
    (stood,) = in_database(clerk, "price_list")
    text = field(clerk, H.PRICE_LIST).text()
    choose(clerk, H.PRICE_LIST, other_than=text)
    clerk.until(lambda: status(clerk) is HeadStatus.ASKS)
    clerk.press(Key.Key_Escape)
    assert status(clerk) is HeadStatus.STORED
    assert in_database(clerk, "price_list") == (stood,)
    assert not clerk.session.has_unwritten
    clerk.press(Key.Key_Return)  # the keyboard is on the field again, and goes back to the lines
    assert field(clerk, H.PRICE_LIST).text() == text


def test_a_new_order_is_created_with_the_head_as_it_was_changed(clerk: Clerk) -> None:
    begin(clerk)
    go_to(clerk, H.CUSTOMER_REFERENCE)
    clerk.type("Først hovedet")
    clerk.press(Key.Key_Return)
    clerk.until(lambda: clerk.session.header.customer_reference == "Først hovedet")
    assert not clerk.session.has_unwritten
    clerk.press(Key.Key_Return)
    clerk.enter_line("4711", "40")
    clerk.until_stored(1)
    assert in_database(clerk, "reference") == ("Først hovedet",)


def test_what_is_closed_says_why(clerk: Clerk) -> None:
    begin(clerk, ("4711", "1"))
    clerk.until(lambda: clerk.session.order.number != "" or bool(clerk.session.order.actions))
    ending = next(action for action in clerk.session.order.actions if not action.moves_on)
    clerk.session.act(ending.key)
    clerk.until(lambda: clerk.session.order.state.phase is OrderPhase.CANCELLED)
    price_list = field(clerk, H.PRICE_LIST)
    assert price_list.isReadOnly()
    go_to(clerk, H.PRICE_LIST)
    look(clerk, "head-closed")
    assert clerk.session.order.state.label in price_list.note
    clerk.type("x")
    clerk.press(Key.Key_Down)
    assert status(clerk) is HeadStatus.STORED
    assert not field(clerk, H.CUSTOMER_REFERENCE).isReadOnly()  # Tryton leaves that one open


def test_somebody_else_changed_the_same_field(clerk: Clerk) -> None:
    begin(clerk, ("4711", "1"))
    order = int(clerk.session.order.id or 0)
    clerk.erp.admin("model.sale.sale.write", [order], {"reference": "theirs", "comment": "x"})
    go_to(clerk, H.CUSTOMER_REFERENCE)
    clerk.type("mine")
    clerk.press(Key.Key_Return)
    clerk.until(lambda: status(clerk) is HeadStatus.COLLIDES)
    look(clerk, "head-collides")
    bar = clerk.program.panel.head.message
    assert "theirs" in bar.text()
    assert in_database(clerk, "reference") == ("theirs",)
    assert bar.take_keyboard()
    clerk.press(Key.Key_Return)
    until_stored(clerk)
    assert in_database(clerk, "reference", "comment") == ("mine", "x")


@pytest.mark.parametrize("fault", [ProxyFault.CUT])
def test_an_answer_that_is_cut_writes_the_head_once(clerk: Clerk, fault: ProxyFault) -> None:
    begin(clerk, ("4711", "40"), ("5318", "2"))
    choose(clerk, H.PRICE_LIST, other_than=field(clerk, H.PRICE_LIST).text())
    clerk.until(lambda: status(clerk) is HeadStatus.ASKS)
    order = int(clerk.session.order.id or 0)
    count = "SELECT count(*) FROM sale_line__history WHERE sale = ?"
    tables = clerk.erp.rows("SELECT name FROM sqlite_master WHERE name = 'sale_line__history'")
    before = clerk.erp.rows(count, order)[0][0] if tables else 0
    taken = {each.line.id: each.price.unit_price for each in clerk.session.head.view().repricings}
    clerk.between(clerk.erp_line, fault)
    clerk.press(Key.Key_Return)
    clerk.until(lambda: status(clerk) in (HeadStatus.CHECKING, HeadStatus.STORED))
    clerk.between(clerk.erp_line, ProxyFault.NONE)
    until_stored(clerk)
    (price_list,) = in_database(clerk, "price_list")
    assert clerk.session.order.header.price_list is not None
    assert str(price_list) == clerk.session.order.header.price_list.id
    prices = {str(i): p for i, p in clerk.erp.rows("SELECT id, unit_price FROM sale_line WHERE sale = ?", order)}
    assert {i: decimal(p) for i, p in prices.items()} == {i: m.amount for i, m in taken.items() if m is not None}
    if tables:
        assert clerk.erp.rows(count, order)[0][0] == before + len(taken), "a line was written twice"


def test_credit_as_the_erp_gives_it_and_its_own_warning_as_a_question(clerk: Clerk) -> None:
    clerk.find("10002")
    clerk.until(lambda: bool(clerk.program.window.erp_customer_id))
    ((order,),) = clerk.erp.rows("SELECT id FROM sale_sale WHERE reference = 'REK-10377'")
    clerk.program.panel.open_order(str(order))
    clerk.until(lambda: clerk.program.panel.session is not None)
    line = clerk.program.panel.head.credit
    clerk.until(lambda: bool(line.text))
    assert "75,000" in line.text
    (confirm,) = [action for action in clerk.session.order.actions if action.key == "confirm"]
    clerk.session.act(confirm.key)
    clerk.until(lambda: clerk.session.question is not None)
    look(clerk, "head-credit")
    assert clerk.session.question is not None
    assert "75" in clerk.session.question.words
    assert "Fjordglimt" in clerk.session.question.words
    said = "\n".join(bar.text() for bar in clerk.program.window.findChildren(MessageBar) if bar.isVisible())
    assert "Fjordglimt" in said
    assert in_database(clerk, "state") == ("quotation",)
    clerk.session.answer(yes=False)
    clerk.until(lambda: clerk.session.question is None)
    assert in_database(clerk, "state") == ("quotation",)


def test_overdue_stands_in_the_head(clerk: Clerk) -> None:
    begin(clerk)
    clerk.until(lambda: "overdue" in clerk.program.panel.head.credit.text)


def test_in_danish(new_clerk: Callable[..., Clerk]) -> None:
    clerk = new_clerk(language="da")
    clerk.until_online(SystemKind.CRM, SystemKind.ERP)
    begin(clerk, ("4711", "40"), ("5318", "2"))
    go_to(clerk, H.REQUESTED_DATE)
    clerk.type("24/12")
    clerk.press(Key.Key_Return)
    until_stored(clerk)
    assert date.fromisoformat(in_database(clerk, "shipping_date")[0]).replace(year=2000) == date(2000, 12, 24)
    choose(clerk, H.PRICE_LIST, other_than=field(clerk, H.PRICE_LIST).text())
    clerk.until(lambda: status(clerk) is HeadStatus.ASKS)
    clerk.program.window.resize(1024, 640)
    QApplication.processEvents()
    look(clerk, "head-question-da-small")
    assert "Intet ændres" in clerk.program.panel.head.question.accessibleName()
