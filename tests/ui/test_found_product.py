"""A product and an order found with Ctrl+K, on the real systems, by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.orders import OrderPhase
from app.ui.orders.columns import Column
from app.ui.orders.product_card import ProductCard
from tests.fixtures.program import Clerk

CUSTOMER, ITEM = "10023", "4711"


def _card() -> ProductCard | None:
    found = QApplication.activePopupWidget()
    return found if isinstance(found, ProductCard) else None


def test_a_product_goes_into_an_order_and_an_order_is_opened(clerk: Clerk) -> None:
    program = clerk.program
    # Nobody's order is open, and there is no customer: it says what to do.
    clerk.find(ITEM)
    clerk.until(lambda: _card() is not None)
    card = _card()
    assert card is not None
    assert card.begin is None
    clerk.look("product-without-customer")
    clerk.press(Qt.Key.Key_Escape)
    clerk.until(lambda: _card() is None)
    # A customer is at hand: Enter begins an order with it, and the quantity is typed next.
    clerk.find(CUSTOMER)
    clerk.until(lambda: bool(program.window.erp_customer_id))
    clerk.find(ITEM)
    clerk.until(lambda: _card() is not None)
    card = _card()
    assert card is not None
    assert card.begin is not None
    assert card.begin.hasFocus()
    clerk.look("product-with-customer")
    QTest.keyClick(card.begin, Qt.Key.Key_Return)
    clerk.until(lambda: program.panel.session is not None and len(clerk.session.keys()) == 1)
    assert program.panel.lines.currentIndex().column() == Column.QUANTITY
    clerk.type("2")
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(1)
    # An order is open: it goes on its next line at once.
    clerk.find("4101")
    clerk.until(lambda: len(clerk.session.keys()) == 2)
    clerk.type("5")
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(2)
    assert sorted(clerk.stored("quantity")) == [(2.0,), (5.0,)]
    # An order of another customer, by its number.
    ((order_id, number),) = clerk.erp.rows(
        "SELECT s.id, s.number FROM sale_sale s JOIN party_party p ON p.id = s.party "
        "WHERE s.number IS NOT NULL AND p.code != ? AND s.state IN ('done', 'processing') ORDER BY s.id LIMIT 1",
        CUSTOMER,
    )
    clerk.find(number)
    clerk.until(lambda: clerk.session.order.id == str(order_id))
    assert clerk.session.order.state.phase in (OrderPhase.CONFIRMED, OrderPhase.DONE)
    assert not program.panel.found.can_put
