"""Earlier orders in the order being edited, by keys alone, in a real window on the real systems."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import Qt

from app.domain.habits import Deviation
from app.domain.orders import LineField
from app.services.buying_habits import Asked
from app.services.order_reuse import OrderReuse
from app.services.order_rows import InputProblem, RowStatus
from app.ui.orders.columns import Column
from app.ui.orders.lines_model import LOOK_ROLE
from app.ui.orders.reuse_sheet import ReuseSheet
from tests.fixtures.program import Clerk
from tests.fixtures.tryton import RealTryton
from tests.helpers.proxy import ProxyFault

CUSTOMER = "10023"
OLD = "PO 5120"
"""The reference of an order of the customer's: 20 of 4101, 200 of 4503 (resources/demo), and freight from Tryton."""


def sheet(clerk: Clerk) -> ReuseSheet:
    """Where earlier orders are looked for."""
    return clerk.program.panel.reuse.sheet


def offers(clerk: Clerk) -> OrderReuse:
    """What earlier orders offer to the one that is shown."""
    found = clerk.program.panel.reuse.offers
    assert found is not None, "no order is shown"
    return found


def until_offered(clerk: Clerk, lines: int) -> None:
    """Wait until this many lines can be chosen from."""
    clerk.until(lambda: sheet(clerk).model.rowCount() == lines and not sheet(clerk).lines.isHidden())


def in_erp(clerk: Clerk) -> list[tuple[str, Decimal, Decimal]]:
    """Item, quantity and price of the order's lines, as the ERP's own database has them."""
    found = clerk.erp.rows(
        "SELECT p.code, l.quantity, l.unit_price FROM sale_line l JOIN product_product p ON p.id = l.product"
        " WHERE l.sale = ? ORDER BY l.sequence, l.id",
        clerk.session.order.id,
    )
    return [(code, Decimal(str(quantity)), Decimal(price.decode())) for code, quantity, price in found]


def price_today(clerk: Clerk, code: str, quantity: int) -> Decimal:
    """What the ERP itself asks of this customer for so many today."""
    order = clerk.session.order
    admin = clerk.erp.admin
    (sale,) = admin("model.sale.sale.read", [int(order.id or 0)], ["party", "price_list", "currency"])
    product = admin.first("product.product", ["code", "=", code])
    context = {"customer": sale["party"], "price_list": sale["price_list"], "currency": sale["currency"]}
    (read,) = admin("model.product.product.read", [product], ["sale_price_uom"], quantity=float(quantity), **context)
    return Decimal(read["sale_price_uom"])


@contextmanager
def old_prices(erp: RealTryton) -> Iterator[None]:
    """While the old order holds other prices than the ERP asks today."""
    of_old = "SELECT l.unit_price, l.id FROM sale_line l JOIN sale_sale s ON s.id = l.sale WHERE s.reference = ?"
    kept = erp.rows(of_old, OLD)
    for _, key in kept:
        erp.change("UPDATE sale_line SET unit_price = ? WHERE id = ?", b"1.2300", key)
    try:
        yield
    finally:
        for price, key in kept:
            erp.change("UPDATE sale_line SET unit_price = ? WHERE id = ?", price, key)


@contextmanager
def not_sold(erp: RealTryton, code: str) -> Iterator[None]:
    """While a product is deactivated."""
    # Past Tryton's question about what is in stock of it.
    erp.change("UPDATE product_product SET active = 0 WHERE code = ?", code)
    try:
        yield
    finally:
        erp.change("UPDATE product_product SET active = 1 WHERE code = ?", code)


def confirmed_before(erp: RealTryton, number: str, code: str, *taken: tuple[int, float]) -> None:
    """Orders that the customer confirmed some days ago, made and confirmed in Tryton itself."""
    admin = erp.admin
    party = admin.first("party.party", ["code", "=", number])
    product = admin.first("product.product", ["code", "=", code])
    (read,) = admin("model.product.product.read", [product], ["sale_uom"])
    address = admin.first("party.address", ["party", "=", party])
    for days_ago, quantity in taken:
        line = {"product": product, "quantity": quantity, "unit": read["sale_uom"], "unit_price": Decimal("640")}
        day = admin.today() - timedelta(days=days_ago)
        sale = admin.create(
            "sale.sale",
            party=party,
            invoice_address=address,
            shipment_address=address,
            sale_date=day,
            shipment_cost_method=None,
            lines=[["create", [line]]],
        )
        for button in ("quote", "confirm"):
            admin(f"model.sale.sale.{button}", [sale])


def test_lines_of_an_earlier_order_are_copied_and_priced_as_today(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    with old_prices(clerk.erp):
        clerk.press(Qt.Key.Key_F9)
        clerk.until(lambda: sheet(clerk).orders.model().rowCount() > 3)
        clerk.type(OLD)
        clerk.until(lambda: sheet(clerk).orders.model().rowCount() == 1)
        until_offered(clerk, 3)
        clerk.press(Qt.Key.Key_Return)  # to its lines
        clerk.press(Qt.Key.Key_Down)
        clerk.type("150")
        clerk.press(Qt.Key.Key_Return)
        clerk.press(Qt.Key.Key_Return)
        assert not clerk.program.panel.reuse.is_open
        clerk.until_stored(2)
        keys = clerk.session.keys()
        remarks = [offers(clerk).remark(clerk.session.row(key)) for key in keys]
    stored = in_erp(clerk)
    assert [(code, quantity) for code, quantity, _ in stored] == [("4101", 20), ("4503", 150)]
    assert [price for _, _, price in stored] == [price_today(clerk, "4101", 20), price_today(clerk, "4503", 150)]
    assert Decimal("1.23") not in [price for _, _, price in stored]
    assert [remark and remark.then and remark.then.price.amount for remark in remarks] == [Decimal("1.23")] * 2
    # Said in the grid too, for eyes, mouse and screen reader.
    grid = clerk.program.panel.lines
    assert grid.lines is not None
    cell = grid.lines.index(0, Column.PRICE)
    assert cell.data(LOOK_ROLE).has_remark
    assert "1.23 →" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert "1.23 →" in cell.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_line_that_is_not_ticked_stays_behind_and_esc_takes_nothing(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "3")
    clerk.until_stored(1)
    clerk.press(Qt.Key.Key_F9)
    clerk.type(OLD)
    until_offered(clerk, 3)
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Space)
    assert [candidate.product.code for candidate in sheet(clerk).model.chosen if candidate.product] == ["4503"]
    clerk.press(Qt.Key.Key_Escape)  # to the field
    clerk.press(Qt.Key.Key_Escape)  # to the order
    assert not clerk.program.panel.reuse.is_open
    assert len(clerk.session.keys()) == 1
    clerk.press(Qt.Key.Key_F9)
    clerk.type(OLD)
    until_offered(clerk, 3)
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Space)
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.until_stored(2)
    assert [(code, quantity) for code, quantity, _ in in_erp(clerk)] == [("4711", 3), ("4503", 200)]
    # and one types on where one was
    clerk.enter_line("4101", "12")
    clerk.until_stored(3)


def test_no_key_reaches_the_order_behind_the_sheet(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "3")
    clerk.until_stored(1)
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    clerk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    clerk.press(Qt.Key.Key_Escape)
    assert [row.status for row in clerk.rows()] == [RowStatus.STORED]
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(clerk.rows()) == 2


def test_copied_lines_are_taken_back_in_one(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "3")
    clerk.until_stored(1)
    clerk.press(Qt.Key.Key_F9)
    clerk.type(OLD)
    until_offered(clerk, 3)
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.until_stored(3)
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.until_stored(1)
    assert [(code, quantity) for code, quantity, _ in in_erp(clerk)] == [("4711", 3)]


def test_an_order_is_copied_from_the_card_into_a_new_one(clerk: Clerk) -> None:
    # The card lists the newest 50: drafts that other tests have left go to the end of them.
    clerk.erp.change("UPDATE sale_sale SET sale_date = '2020-01-01' WHERE sale_date IS NULL")
    clerk.find(CUSTOMER)
    page = clerk.program.window.card_panel
    clerk.until(lambda: bool(clerk.program.card.orders.value))
    page.tabs.setCurrentWidget(page.orders)
    page.orders.view.setFocus()
    old = next(order for order in clerk.program.card.orders.value or () if order.customer_reference == OLD)
    while page.orders.view.current_order != old:
        clerk.press(Qt.Key.Key_Down)
    before = clerk.erp.rows("SELECT count(*) FROM sale_line WHERE sale = ?", old.id)
    clerk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    until_offered(clerk, 3)
    current = sheet(clerk).orders.current_order
    assert current is not None
    assert current.id == old.id
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(2)
    assert clerk.session.order.id not in (None, old.id)
    assert [(code, quantity) for code, quantity, _ in in_erp(clerk)] == [("4101", 20), ("4503", 200)]
    assert clerk.erp.rows("SELECT count(*) FROM sale_line WHERE sale = ?", old.id) == before


def test_the_order_that_is_shown_is_copied_into_a_new_one(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "3")
    clerk.until_stored(1)
    first = clerk.session.order.id
    clerk.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    until_offered(clerk, 1)
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.until_stored(1)
    assert clerk.session.order.id not in (None, first)
    assert [(code, quantity) for code, quantity, _ in in_erp(clerk)] == [("4711", 3)]


def test_what_is_sold_no_more_stays_in_red_and_the_rest_goes_on(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    with not_sold(clerk.erp, "4503"):
        clerk.press(Qt.Key.Key_F9)
        clerk.type(OLD)
        until_offered(clerk, 3)
        clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        clerk.until(lambda: [row.status for row in clerk.rows()] == [RowStatus.STORED, RowStatus.REFUSED])
        red = clerk.rows()[1]
        assert red.bad[LineField.PRODUCT].problem is InputProblem.NOT_SOLD
        assert (red.bad[LineField.PRODUCT].text, red.line.quantity) == ("4503", 200)
        assert [code for code, _, _ in in_erp(clerk)] == ["4101"]
        # The successor is typed in its place, and the quantity still stands.
        clerk.press(Qt.Key.Key_Up)
        clerk.type("4402")
        clerk.press(Qt.Key.Key_Return)
        clerk.press(Qt.Key.Key_Return)
        clerk.until_stored(2)
    assert [(code, quantity) for code, quantity, _ in in_erp(clerk)] == [("4101", 20), ("4402", 200)]


def test_an_erp_that_does_not_answer_is_told_in_the_sheet_alone(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "3")
    clerk.until_stored(1)
    habits = offers(clerk).habits
    clerk.until(lambda: habits.asked is Asked.ANSWERED)
    clerk.between(clerk.erp_line, ProxyFault.DOWN)
    clerk.press(Qt.Key.Key_F9)
    clerk.until(lambda: bool(sheet(clerk).message.text()))
    assert clerk.session.fault is None, "nothing of the order waits for it"
    clerk.between(clerk.erp_line, ProxyFault.NONE)
    clerk.type(OLD)
    until_offered(clerk, 3)
    assert sheet(clerk).message.text() == ""
    # What the customer buys is known already, and needs no question.
    clerk.press(Qt.Key.Key_Escape)
    clerk.between(clerk.erp_line, ProxyFault.DOWN)
    clerk.press(Qt.Key.Key_F4)
    clerk.until(lambda: sheet(clerk).model.rowCount() > 3)
    assert sheet(clerk).message.text() == ""
    clerk.between(clerk.erp_line, ProxyFault.NONE)


def test_the_usual_order_and_what_deviates_from_it(clerk: Clerk) -> None:
    erp, facts = clerk.erp, clerk.erp.facts
    number, code = facts.other_customer_number, facts.service_code
    confirmed_before(erp, number, code, (50, 40.0), (35, 60.0), (20, 48.0))
    clerk.begin_order(number)
    habits = offers(clerk).habits
    clerk.until(lambda: habits.asked is Asked.ANSWERED)  # by itself, in the background
    clerk.press(Qt.Key.Key_F4)
    until_offered(clerk, 1)
    assert sheet(clerk).model.chosen == []
    (offered,) = habits.in_turn()
    assert (offered.times, offered.usual, offered.least, offered.most) == (3, 48, 40, 60)
    assert offered.last_quantity == 48
    clerk.press(Qt.Key.Key_Down)
    clerk.type("500")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(1)
    assert [(item, quantity) for item, quantity, _ in in_erp(clerk)] == [(code, 500)]
    found = habits.deviation(clerk.rows()[0])
    assert found is not None
    assert found[1] is Deviation.MORE
    grid = clerk.program.panel.lines
    assert grid.lines is not None
    cell = grid.lines.index(0, Column.QUANTITY)
    assert cell.data(LOOK_ROLE).has_remark
    assert "usually takes 40–60" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert "last 48 on" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    # A usual quantity takes the mark away.
    clerk.press(Qt.Key.Key_Up)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Right)
    clerk.type("50")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[0].line.quantity == 50)
    clerk.until_stored(1)
    assert not cell.data(LOOK_ROLE).has_remark
