"""Lines moved and lines of text, by keys in a real window on a real Tryton, as its own database has them."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from app.domain.orders import LineKind
from app.ui.orders.columns import Column
from tests.fixtures.program import Clerk
from tests.helpers.proxy import ProxyFault

CUSTOMER = "10023"
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def quantities_in_erp(clerk: Clerk) -> list[Decimal]:
    """In the order in which Tryton shows them."""
    sql = "SELECT quantity FROM sale_line WHERE sale = ? ORDER BY sequence NULLS FIRST, id"
    return [Decimal(str(quantity or 0)) for (quantity,) in clerk.erp.rows(sql, clerk.session.order.id)]


def shown(clerk: Clerk) -> list[Decimal]:
    """The quantities from top to bottom in the window."""
    lines = clerk.program.panel.lines.lines
    assert lines is not None
    views = [lines.view(row) for row in range(lines.rowCount())]
    return [view.line.quantity or Decimal(0) for view in views if view is not None]


def begin(clerk: Clerk, *quantities: str) -> None:
    """An order with a line for each."""
    clerk.begin_order(CUSTOMER)
    for quantity in quantities:
        clerk.enter_line("4711", quantity)
    clerk.until_stored(len(quantities))


def reopen(clerk: Clerk) -> None:
    """Close the order and open it again from the ERP."""
    order_id = clerk.session.order.id or ""
    clerk.program.panel.close_order()
    clerk.program.panel.open_order(order_id)
    clerk.until(lambda: clerk.program.panel.session is not None and clerk.session.order.id == order_id)


def test_lines_are_moved_by_keys_and_stay_there(clerk: Clerk) -> None:
    begin(clerk, "1", "2", "3", "4")
    writes = clerk.erp.rows("SELECT count(*) FROM sale_line WHERE sale = ?", clerk.session.order.id)
    clerk.press(Qt.Key.Key_Up)
    view = clerk.program.panel.lines
    key = view.current_key
    for _ in range(2):
        clerk.press(Qt.Key.Key_Up, ALT)
    assert (view.current_key, view.currentIndex().row()) == (key, 1), "the cursor goes with the row"
    assert shown(clerk) == [1, 4, 2, 3]
    clerk.until_stored(4)
    assert quantities_in_erp(clerk) == [1, 4, 2, 3]
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_Down, ALT)
    clerk.press(Qt.Key.Key_Down, ALT)
    clerk.until_stored(4)
    assert quantities_in_erp(clerk) == shown(clerk) == [4, 2, 1, 3]
    clerk.press(Qt.Key.Key_Z, CONTROL)
    clerk.until(lambda: shown(clerk) == [1, 4, 2, 3])
    clerk.until_stored(4)
    assert quantities_in_erp(clerk) == [1, 4, 2, 3]
    reopen(clerk)
    assert shown(clerk) == [1, 4, 2, 3]
    assert clerk.erp.rows("SELECT count(*) FROM sale_line WHERE sale = ?", clerk.session.order.id) == writes


def test_a_move_whose_answer_is_cut_is_done_once(clerk: Clerk) -> None:
    begin(clerk, "1", "2", "3")
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_Up, ALT)
    clerk.erp_line.latency = 2.0
    clerk.until(lambda: quantities_in_erp(clerk) == [1, 3, 2])
    clerk.between(clerk.erp_line, ProxyFault.DOWN)  # the answer was on its way
    clerk.until(lambda: clerk.session.is_checking)
    clerk.erp_line.latency = 0.0
    clerk.between(clerk.erp_line, ProxyFault.NONE)
    clerk.session.retry()
    clerk.until_stored(3)
    assert quantities_in_erp(clerk) == shown(clerk) == [1, 3, 2]


def test_a_line_of_text_below_the_current_one(clerk: Clerk) -> None:
    begin(clerk, "1", "2")
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_C, CONTROL | SHIFT)
    view = clerk.program.panel.lines
    editor = view.findChild(QPlainTextEdit, "cellEditor")
    assert editor is not None
    assert editor.hasFocus()
    assert editor.accessibleName()
    clerk.type("Ring first")
    clerk.press(Qt.Key.Key_Return, SHIFT)
    clerk.type("Port 3")
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(3)
    assert [row.line.kind for row in clerk.rows()] == [LineKind.PRODUCT, LineKind.COMMENT, LineKind.PRODUCT]
    sql = "SELECT type, description FROM sale_line WHERE sale = ? ORDER BY sequence NULLS FIRST, id"
    stored = clerk.erp.rows(sql, clerk.session.order.id)
    assert stored[1] == ("comment", "Ring first\nPort 3")
    assert [kind for kind, _ in stored] == ["line", "comment", "line"]
    lines = view.lines
    assert lines is not None
    assert lines.index(1, Column.DESCRIPTION).data() == "Ring first\nPort 3"
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_Delete, CONTROL)
    clerk.until_stored(2)
    clerk.press(Qt.Key.Key_Z, CONTROL)
    clerk.until(lambda: len(clerk.rows()) == 3)
    clerk.until_stored(3)
    stored = clerk.erp.rows(sql, clerk.session.order.id)
    assert stored[1] == ("comment", "Ring first\nPort 3"), "where it was"
