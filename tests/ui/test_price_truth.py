"""Prices by hand, and prices that are not the ERP's own, in the window on the real ERP, by keys."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from app.domain.orders import LineField
from app.services.order_rows import RowStatus
from app.ui.orders.columns import Column
from app.ui.orders.price_check import PriceQuestion
from tests.fixtures.program import Clerk

CUSTOMER = "10023"  # with a price list of its own: 4711 at 165 from 10, 156 from 25 and 148 from 50


def _stored(clerk: Clerk) -> list[tuple[Any, ...]]:
    return clerk.stored("quantity", "unit_price")


def _begin(clerk: Clerk, *lines: tuple[str, str]) -> None:
    clerk.begin_order(CUSTOMER)
    for item, quantity in lines:
        clerk.enter_line(item, quantity)
    clerk.until_stored(len(lines))


def test_a_price_by_hand_stays_when_the_quantity_changes(clerk: Clerk) -> None:
    _begin(clerk, ("4711", "40"))
    clerk.go_to(0, Column.PRICE)
    clerk.type("140")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _stored(clerk) == [(40, 140)])
    clerk.until_stored(1)
    assert clerk.rows()[0].manual == {LineField.UNIT_PRICE}
    clerk.go_to(0, Column.QUANTITY)
    clerk.type("60")
    clerk.until(lambda: clerk.program.panel.lines.state() == clerk.program.panel.lines.State.EditingState)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _stored(clerk) == [(60, 140)])
    clerk.until_stored(1)
    clerk.go_to(0, Column.PRICE)
    clerk.until(lambda: "The ERP's own price: 148.00" in clerk.program.panel.price.text)
    clerk.look("by-hand-stored")
    clerk.press(Qt.Key.Key_Delete)  # an emptied cell is the ERP's own again
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: _stored(clerk) == [(60, 148)])
    clerk.until_stored(1)
    assert clerk.rows()[0].manual == set()


def test_a_discount_by_hand_stays_too(clerk: Clerk) -> None:
    _begin(clerk, ("4711", "2"))
    clerk.go_to(0, Column.DISCOUNT)
    clerk.type("25")
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(1)
    ((_, price),) = _stored(clerk)
    assert clerk.rows()[0].line.discount == Decimal("0.25")
    clerk.go_to(0, Column.QUANTITY)
    clerk.type("60")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _stored(clerk) == [(60, price)])
    clerk.until_stored(1)
    assert clerk.rows()[0].manual == {LineField.DISCOUNT}


def _agreed(clerk: Clerk, price: str) -> None:
    """A price was agreed on the first line, in Tryton itself and not by this session."""
    key, order = int(clerk.rows()[0].line.id), int(clerk.session.order.id or 0)
    change = ["write", [key], {"unit_price": Decimal(price)}]
    clerk.erp.admin("model.sale.sale.write", [order], {"lines": [change]})
    clerk.until(lambda: not clerk.session.is_busy)  # an order that is busy is not read again
    clerk.session.refresh()
    clerk.until(lambda: clerk.rows()[0].line.unit_price is not None and not clerk.session.is_busy)
    clerk.until(lambda: str(clerk.rows()[0].line.unit_price.amount).startswith(price))  # type: ignore[union-attr]


def _asks(clerk: Clerk) -> Callable[[], bool]:
    return lambda: clerk.rows()[0].status is RowStatus.ASKS


def test_a_price_that_is_not_the_erps_own_asks_and_nothing_is_held_up(clerk: Clerk) -> None:
    _begin(clerk, ("4711", "40"), ("4101", "3"))
    _agreed(clerk, "140")
    clerk.go_to(0, Column.QUANTITY)
    clerk.type("60")
    clerk.press(Qt.Key.Key_Return)
    clerk.go_to(2, Column.PRODUCT)
    clerk.enter_line("4105", "100")
    clerk.until(_asks(clerk))
    clerk.until(lambda: len(_stored(clerk)) == 3)
    assert _stored(clerk)[0] == (40, 140)
    clerk.press(Qt.Key.Key_F7)
    assert clerk.program.panel.lines.currentIndex().row() == 0
    clerk.until(lambda: "Which one is it to have?" in clerk.messages())
    for figure in ("On the line: 140.00", "148.00 for 60 stk", "156.00 for 40 stk"):
        assert figure in clerk.messages()
    clerk.look("asks")
    clerk.press(Qt.Key.Key_Return)  # to the first answer
    clerk.look("asks-keyboard")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _stored(clerk)[0] == (60, 140))
    clerk.until_stored(3)
    assert clerk.program.panel.lines.hasFocus()
    assert clerk.rows()[0].manual == {LineField.UNIT_PRICE}


def test_taking_the_erps_price_by_keys(clerk: Clerk) -> None:
    _begin(clerk, ("4711", "40"))
    _agreed(clerk, "140")
    clerk.go_to(0, Column.QUANTITY)
    clerk.type("60")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(_asks(clerk))
    clerk.go_to(0, Column.QUANTITY)
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _stored(clerk) == [(60, 148)])
    clerk.until_stored(1)


def test_a_price_list_that_changed_asks_too(clerk: Clerk) -> None:
    """Since the line was written the ERP's own rule is another one."""
    _begin(clerk, ("4711", "12"))
    sql = (
        "SELECT l.id, l.formula FROM product_price_list_line l JOIN product_product p ON p.id = l.product"
        " JOIN product_price_list h ON h.id = l.price_list WHERE p.code = '4711' AND h.name LIKE 'Aftale 10023%'"
        " AND l.quantity IN (10, 25) ORDER BY l.quantity"
    )
    rules = clerk.erp.rows(sql)
    order_id = clerk.session.order.id or ""
    for (key, _), formula in zip(rules, ("Decimal('170.00')", "Decimal('161.00')"), strict=True):
        clerk.erp.admin("model.product.price_list.line.write", [key], {"formula": formula})
    try:
        clerk.until(lambda: not clerk.session.is_busy)
        # As on the next morning: the order is opened anew, and nobody knows where its prices come from.
        clerk.program.panel.close_order()
        clerk.program.panel.open_order(order_id)
        clerk.until(lambda: clerk.program.panel.session is not None)
        clerk.go_to(0, Column.QUANTITY)
        clerk.type("30")
        clerk.press(Qt.Key.Key_Return)
        clerk.until(_asks(clerk))
        clerk.go_to(0, Column.QUANTITY)
        clerk.until(lambda: "161.00 for 30 stk, 170.00 for 12 stk" in clerk.messages())
        assert _stored(clerk) == [(12, 165)]
    finally:
        for key, formula in rules:
            clerk.erp.admin("model.product.price_list.line.write", [key], {"formula": formula})


def test_checking_the_prices_of_an_order(clerk: Clerk) -> None:
    """Two of three lines stand at another price: one takes the ERP's, the other keeps its own; all by keys."""
    _begin(clerk, ("4711", "40"), ("4101", "3"), ("4105", "100"))
    clerk.until(lambda: not clerk.session.is_busy)
    order_id, admin = clerk.session.order.id or "", clerk.erp.admin
    before = _stored(clerk)
    for row, price in ((0, "140"), (1, "200")):
        change = ["write", [int(clerk.rows()[row].line.id)], {"unit_price": Decimal(price)}]
        admin("model.sale.sale.write", [int(order_id)], {"lines": [change]})
    clerk.program.panel.close_order()
    clerk.program.panel.open_order(order_id)
    clerk.until(lambda: clerk.program.panel.session is not None)
    question = clerk.program.panel.findChild(PriceQuestion)
    assert question is not None
    clerk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    clerk.until(question.isVisible)
    assert [found.line.product.code for found in question.model.rows if found.line.product] == ["4711", "4101"]
    assert question.model.taken == frozenset(), "nothing is taken that was not ticked"
    assert "2" in question.accessibleName()
    clerk.look("check")
    clerk.press(Qt.Key.Key_Space)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _stored(clerk) == [before[0], (3.0, Decimal(200)), before[2]])
    clerk.until_stored(3)
    assert [row.manual for row in clerk.rows()] == [set(), {LineField.UNIT_PRICE}, set()]
    assert not question.isVisible()
    assert clerk.program.panel.lines.hasFocus()
    # Once more: what was kept still differs, and Esc leaves it to later.
    clerk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    clerk.until(question.isVisible)
    assert len(question.model.rows) == 1
    clerk.press(Qt.Key.Key_Escape)
    clerk.until(lambda: not question.isVisible())
    assert _stored(clerk)[1] == (3.0, Decimal(200))


def _undo(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_an_agreed_price_comes_back_where_the_erps_own_is_taken_back(clerk: Clerk) -> None:
    _begin(clerk, ("4711", "40"))
    _agreed(clerk, "140")
    clerk.go_to(0, Column.PRICE)
    clerk.press(Qt.Key.Key_Delete)  # the ERP's own again
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: _stored(clerk) == [(40, 156)])
    clerk.until_stored(1)
    _undo(clerk)
    clerk.until(lambda: _stored(clerk) == [(40, 140)])
    clerk.until_stored(1)
    assert clerk.rows()[0].manual == {LineField.UNIT_PRICE}


def test_a_removed_line_comes_back_at_its_agreed_price(clerk: Clerk) -> None:
    _begin(clerk, ("4711", "40"), ("4101", "3"))
    order_id = clerk.session.order.id or ""
    _agreed(clerk, "140")
    before = _stored(clerk)
    # As on the next morning: nobody knows where the prices of either line come from.
    clerk.program.panel.close_order()
    clerk.program.panel.open_order(order_id)
    clerk.until(lambda: clerk.program.panel.session is not None)
    clerk.until_stored(2)
    clerk.go_to(2, Column.PRODUCT)  # the empty row: what is selected goes all the same
    clerk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    clerk.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: _stored(clerk) == [])
    clerk.until_stored(0)
    _undo(clerk)
    clerk.until(lambda: _stored(clerk) == before)
    clerk.until_stored(2)
    assert [row.manual for row in clerk.rows()] == [{LineField.UNIT_PRICE}, set()], "the other has the ERP's own price"
