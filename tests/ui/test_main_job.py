"""The main job, from the search to the ERP's database, by keys alone."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ports.connection import SystemKind
from app.services.card_parts import LinkState, PartStatus
from app.services.order_rows import RowStatus
from tests.fixtures.program import Clerk

CUSTOMER, OTHER = "10023", "10039"


def _lines_in_erp(clerk: Clerk, order_id: str | None) -> list[tuple[str, Decimal, Decimal]]:
    """Item, quantity and price of an order's lines, as the ERP's own database has them."""
    found = clerk.erp.rows(
        "SELECT p.code, l.quantity, l.unit_price FROM sale_line l JOIN product_product p ON p.id = l.product"
        " WHERE l.sale = ? ORDER BY l.sequence, l.id",
        order_id,
    )
    # Tryton keeps a Decimal as its digits in a BLOB on SQLite.
    return [(code, Decimal(str(quantity)), Decimal(price.decode())) for code, quantity, price in found]


def _is_awaited(clerk: Clerk) -> bool:
    """The order half says that an order is on its way."""
    labels = clerk.program.panel.findChildren(QLabel)
    return "Asking the ERP for the order…" in [label.text() for label in labels if label.isVisible()]


def test_a_clerk_types_an_order_and_the_erp_has_it_once(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    orders_before = clerk.erp.rows("SELECT count(*) FROM sale_sale")[0][0]
    clerk.enter_line("4711", "40")
    clerk.enter_line("4101", "12")
    clerk.until_stored(2)
    order = clerk.session.order
    stored = _lines_in_erp(clerk, order.id)
    # The customer's own price list (resources/demo/price_list_lines.csv): 148 from 25 and 225 from 10 pieces.
    assert [(code, quantity) for code, quantity, _ in stored] == [("4711", 40), ("4101", 12)]
    shown = [row.line.unit_price for row in clerk.rows()]
    assert [price.amount if price else None for price in shown] == [price for _, _, price in stored]
    assert clerk.erp.rows("SELECT count(*) FROM sale_sale")[0][0] == orders_before + 1
    assert order.totals is not None
    (totals,) = clerk.erp.admin("model.sale.sale.read", [int(order.id or 0)], ["untaxed_amount", "total_amount"])
    assert (order.totals.net.amount, order.totals.total.amount) == (totals["untaxed_amount"], totals["total_amount"])
    # The card's list of orders has it without being asked.
    card = clerk.program.card
    clerk.until(lambda: order.id in {listed.id for listed in card.orders.value or ()})


def test_a_changed_quantity_is_priced_again_and_nothing_else_changes(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "1")
    clerk.enter_line("4101", "5")
    clerk.until_stored(2)
    first = _lines_in_erp(clerk, clerk.session.order.id)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Up)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Right)
    clerk.type("100")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[0].line.quantity == 100)
    clerk.until_stored(2)
    second = _lines_in_erp(clerk, clerk.session.order.id)
    assert second[0][1] == 100
    assert second[0][2] < first[0][2], "the ERP's price for 100 is lower than for 1"
    assert second[1] == first[1]


def test_a_removed_line_is_gone_from_the_erp(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "1")
    clerk.enter_line("4101", "5")
    clerk.until_stored(2)
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: len(clerk.rows()) == 1)
    clerk.until_stored(1)
    assert [code for code, _, _ in _lines_in_erp(clerk, clerk.session.order.id)] == ["4711"]


def test_typing_runs_ahead_of_a_slow_network(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.erp_line.latency = 0.3
    wanted = [("4711", "3"), ("4101", "4"), ("4105", "5"), ("4711", "6")]
    for item, quantity in wanted:
        clerk.enter_line(item, quantity)
    clerk.until_stored(4)
    stored = [(code, str(int(quantity))) for code, quantity, _ in _lines_in_erp(clerk, clerk.session.order.id)]
    assert stored == wanted


def test_a_new_order_asked_for_before_the_erp_has_said_who_he_is_begins_when_it_has(clerk: Clerk) -> None:
    program, control = clerk.program, Qt.KeyboardModifier.ControlModifier
    clerk.erp_line.latency = 0.3
    program.open_customer(CUSTOMER)
    clerk.until(lambda: program.card.customer.status is PartStatus.LOADING)
    clerk.press(Qt.Key.Key_N, control)
    assert program.panel.session is None
    assert _is_awaited(clerk)
    clerk.until(lambda: program.panel.session is not None)
    assert clerk.session.order.header.customer.number == CUSTOMER
    program.panel.close_order()
    # Who goes on to somebody else has not asked for an order of his.
    program.open_customer(OTHER)
    clerk.until(lambda: program.card.customer.status is PartStatus.LOADING)
    clerk.press(Qt.Key.Key_N, control)
    assert _is_awaited(clerk)
    program.open_customer(CUSTOMER)
    clerk.until(lambda: not _is_awaited(clerk))
    clerk.until(lambda: program.card.customer.status is PartStatus.READY and program.card.number == CUSTOMER)
    clerk.until(lambda: program.card.orders.status is PartStatus.READY)
    assert program.panel.session is None


def test_what_cannot_be_sent_stays_as_it_was_typed(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("no such thing", "two")
    clerk.until(lambda: clerk.rows()[0].status is RowStatus.REFUSED and len(clerk.rows()[0].bad) == 2)
    clerk.until(
        lambda: {bad.problem.value for bad in clerk.rows()[0].bad.values()} == {"unknown_product", "not_a_number"}
    )
    assert [bad.text for bad in clerk.rows()[0].bad.values()] == ["no such thing", "two"]
    clerk.enter_line("4711", "2")
    clerk.until(lambda: clerk.rows()[1].status is RowStatus.STORED)
    assert [code for code, _, _ in _lines_in_erp(clerk, clerk.session.order.id)] == ["4711"]


def test_the_card_shows_both_systems_side_by_side(clerk: Clerk) -> None:
    clerk.find(CUSTOMER)
    card = clerk.program.card
    clerk.until(lambda: card.link is LinkState.LINKED)
    clerk.until(lambda: card.orders.status is PartStatus.READY and card.timeline.status is PartStatus.READY)
    assert card.company.value is not None
    assert card.customer.value is not None
    assert card.company.value.number == card.customer.value.number == CUSTOMER
    assert card.company.source is SystemKind.CRM
    assert card.company.value.address is not None
    erp_addresses = {address.label for address in card.customer.value.addresses}
    assert card.company.value.address.label not in erp_addresses, "the CRM's address is another one"
