"""Undo and redo by keys, in a real window on a real Tryton, as its own database has it in the end."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.fixtures.program import Clerk

CUSTOMER = "10023"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def lines_in_erp(clerk: Clerk) -> list[tuple[str, Decimal, Decimal]]:
    """Item, quantity and price of the order's lines in Tryton's own order."""
    found = clerk.erp.rows(
        "SELECT p.code, l.quantity, l.unit_price FROM sale_line l JOIN product_product p ON p.id = l.product"
        " WHERE l.sale = ? ORDER BY l.sequence, l.id",
        clerk.session.order.id,
    )
    return [(code, Decimal(str(quantity)), Decimal(price.decode())) for code, quantity, price in found]


def change_quantity(clerk: Clerk, rows_up: int, quantity: str) -> None:
    """From the empty row: up, to the quantity, type, Enter."""
    for _ in range(rows_up):
        clerk.press(Qt.Key.Key_Up)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Right)
    clerk.type(quantity)
    clerk.press(Qt.Key.Key_Return)


def undo(clerk: Clerk) -> None:
    """Ctrl+Z."""
    clerk.press(Qt.Key.Key_Z, CONTROL)


def redo(clerk: Clerk) -> None:
    """Ctrl+Shift+Z."""
    clerk.press(Qt.Key.Key_Z, CONTROL | SHIFT)


def test_a_change_is_taken_back_in_the_erp_and_done_again(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "1")
    clerk.enter_line("4101", "5")
    clerk.until_stored(2)
    first = lines_in_erp(clerk)
    change_quantity(clerk, 2, "100")
    clerk.until(lambda: clerk.rows()[0].line.quantity == 100)
    clerk.until_stored(2)
    second = lines_in_erp(clerk)
    assert second[0][2] < first[0][2], "100 are cheaper"
    undo(clerk)
    clerk.until(lambda: clerk.rows()[0].line.quantity == 1)
    clerk.until_stored(2)
    assert lines_in_erp(clerk) == first, "priced by the ERP for 1 again"
    redo(clerk)
    clerk.until(lambda: clerk.rows()[0].line.quantity == 100)
    clerk.until_stored(2)
    assert lines_in_erp(clerk) == second


def test_a_removed_line_comes_back_and_what_was_done_before_can_still_be_taken_back(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "1")
    clerk.enter_line("4101", "5")
    clerk.until_stored(2)
    first = lines_in_erp(clerk)
    change_quantity(clerk, 1, "7")
    clerk.until(lambda: clerk.rows()[1].line.quantity == 7)
    clerk.until_stored(2)
    second = lines_in_erp(clerk)
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_Delete, CONTROL)
    clerk.until(lambda: len(clerk.rows()) == 1)
    clerk.until_stored(1)
    undo(clerk)
    clerk.until(lambda: len(clerk.rows()) == 2)
    clerk.until_stored(2)
    assert lines_in_erp(clerk) == second
    undo(clerk)
    clerk.until(lambda: clerk.rows()[1].line.quantity == 5)
    clerk.until_stored(2)
    assert lines_in_erp(clerk) == first
    for left in (1, 0):  # and the lines themselves
        undo(clerk)
        clerk.until(lambda left=left: len(clerk.rows()) == left)  # type: ignore[misc]
        clerk.until_stored(left)
    assert lines_in_erp(clerk) == []
    for _ in range(4):
        redo(clerk)
        QApplication.processEvents()
    clerk.until(lambda: len(clerk.rows()) == 1)
    clerk.until_stored(1)
    assert lines_in_erp(clerk) == first[:1]


def test_in_a_cell_undo_is_the_cells_own(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "1")
    clerk.until_stored(1)
    clerk.type("4101")
    undo(clerk)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() != "4101"
    clerk.press(Qt.Key.Key_Escape)
    clerk.until_stored(1)
