"""What nobody should type, and what happens behind one's back: a clear answer in place, and nothing is lost.

Through the real window, by keys, on the real ERP.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.orders import LineField
from app.services.order_rows import RowStatus, RowView
from app.ui.orders.columns import COLUMN_OF, Column
from app.ui.widgets import MessageBar
from tests.fixtures.program import Clerk
from tests.fixtures.tryton import RealTryton

CUSTOMER = "10023"


def _begin(clerk: Clerk) -> None:
    """An order with one good line, so that it exists in the ERP."""
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "2")
    clerk.until_stored(1)


def _status(clerk: Clerk, row: int, status: RowStatus) -> Callable[[], bool]:
    return lambda: len(clerk.rows()) > row and clerk.rows()[row].status is status


def _refused(clerk: Clerk, row: int) -> RowView:
    """The row once it is in red; the cursor goes there and the window says why."""
    clerk.until(_status(clerk, row, RowStatus.REFUSED))
    clerk.go_to(row, Column.QUANTITY)
    clerk.until(lambda: bool(clerk.messages()))
    return clerk.rows()[row]


def _paste(clerk: Clerk, text: str) -> None:
    """Into the open editor, as Ctrl+V does."""
    clipboard = QApplication.clipboard()
    clipboard.setText(text)
    clerk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    clipboard.clear()


def _put(clerk: Clerk, text: str) -> None:
    """Type it, or paste what no key of this keyboard types."""
    if text.isascii():
        clerk.type(text)
    else:
        clerk.press(Qt.Key.Key_F2)
        _paste(clerk, text)


NO_NUMBER = "is not a number."
TOO_MANY = "has more digits than the ERP can keep exactly."
BAD_QUANTITIES = (
    ("two", NO_NUMBER),
    ("1e30", NO_NUMBER),
    ("1234567890123456789012345", TOO_MANY),
    ("99999999*99999999", TOO_MANY),
    ("שלוש", NO_NUMBER),
    ("٣", NO_NUMBER),
    ("😀", NO_NUMBER),
    ("5 😀", NO_NUMBER),
    ("--1", NO_NUMBER),
)


def test_quantities_that_are_none(clerk: Clerk) -> None:
    _begin(clerk)
    for text, _ in BAD_QUANTITIES:
        clerk.type("4101")
        clerk.press(Qt.Key.Key_Return)
        _put(clerk, text)
        clerk.press(Qt.Key.Key_Return)
    clerk.enter_line("4105", "1")
    last = len(BAD_QUANTITIES) + 1
    clerk.until(_status(clerk, last, RowStatus.STORED))
    assert clerk.stored("quantity") == [(2.0,), (1.0,)], "the good rows went on"
    for row, (text, says) in enumerate(BAD_QUANTITIES, start=1):
        view = _refused(clerk, row)
        clerk.until(lambda text=text, says=says: f"“{text}” {says}" in clerk.messages())  # type: ignore[misc]
        assert view.bad[LineField.QUANTITY].text == text, "what was typed stands in the cell"
        assert view.line.product is not None
    clerk.look("bad-quantities")
    for row in range(1, last):
        clerk.go_to(row, Column.QUANTITY)
        clerk.type("7")
        clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(last + 1)


def test_nought_and_a_return_are_the_erps_to_allow(clerk: Clerk) -> None:
    """Tryton takes both: a line of nothing, and a negative quantity, which is a return, priced as what is returned."""
    _begin(clerk)
    clerk.enter_line("4101", "0")
    clerk.enter_line("4711", "-40")
    clerk.until_stored(3)
    assert clerk.stored("quantity", "unit_price")[1:] == [(0.0, Decimal("239.0000")), (-40.0, Decimal("156.0000"))]
    assert clerk.session.order.totals is not None
    assert clerk.session.order.totals.net.amount < 0


def test_decimals_that_the_unit_has_not_are_refused_and_never_rounded(clerk: Clerk) -> None:
    _begin(clerk)
    clerk.enter_line("4101", "1.5")
    row = _refused(clerk, 1)
    assert row.fault is not None
    assert "“" in clerk.messages(), "the ERP's own words"
    clerk.look("digits")
    assert row.line.quantity == Decimal("1.5")
    assert clerk.stored("quantity") == [(2.0,)]


def test_a_large_quantity_that_can_be_kept_is(clerk: Clerk) -> None:
    _begin(clerk)
    clerk.enter_line("4101", "123456789012")
    clerk.until(lambda: clerk.rows()[1].status in (RowStatus.STORED, RowStatus.REFUSED))
    if clerk.rows()[1].status is RowStatus.STORED:
        assert clerk.stored("quantity")[1] == (123456789012.0,)
    else:
        assert clerk.rows()[1].line.quantity == 123456789012


def test_prices_discounts_and_units_that_are_none(clerk: Clerk) -> None:
    _begin(clerk)
    before = clerk.stored("quantity", "unit_price", "unit")
    shown = clerk.program.panel.lines.lines
    assert shown is not None
    for column, text, says in (
        (Column.PRICE, "cheap", f"“cheap” {NO_NUMBER}"),
        (Column.PRICE, "9" * 30, TOO_MANY),
        (Column.PRICE, "1.123456789", "digits"),  # the ERP's own words
        (Column.DISCOUNT, "half", f"“half” {NO_NUMBER}"),
        (Column.DISCOUNT, "12%%", f"“12%%” {NO_NUMBER}"),
        (Column.UNIT, "kg", "“kg” is not a unit that the ERP sells this product in."),
        (Column.UNIT, "\u202estk\U0001f600", "is not a unit"),
    ):
        clerk.go_to(0, column)
        _put(clerk, text)
        clerk.press(Qt.Key.Key_Return)
        row = _refused(clerk, 0)
        clerk.until(lambda says=says: says in clerk.messages())  # type: ignore[misc]
        assert shown.index(0, column).data() == text
        assert row.line.quantity == 2
        assert clerk.stored("quantity", "unit_price", "unit") == before
        clerk.press(Qt.Key.Key_Escape)  # taken back
        clerk.until_stored(1)
        assert shown.index(0, column).data() != text


def test_odd_prices_are_the_erps_to_allow(clerk: Clerk) -> None:
    """Nothing is forbidden here that the ERP takes; what it has is what is shown, and marked as typed by hand."""
    _begin(clerk)
    for column, text in (
        (Column.PRICE, "-5"),
        (Column.DISCOUNT, "120"),
        (Column.DISCOUNT, "-10"),
        (Column.PRICE, "0"),
    ):
        clerk.go_to(0, column)
        clerk.type(text)
        clerk.press(Qt.Key.Key_Return)
        clerk.until_stored(1)
        clerk.until(lambda: not clerk.session.is_busy)
        row = clerk.rows()[0]
        assert clerk.stored("quantity", "unit_price") == [(2.0, row.line.unit_price.amount)]  # type: ignore[union-attr]
        assert row.manual


def test_a_pasted_megabyte_is_cut_and_said(clerk: Clerk) -> None:
    _begin(clerk)
    for column in (Column.PRODUCT, Column.QUANTITY, Column.PRICE, Column.UNIT):
        clerk.go_to(0, column)
        clerk.press(Qt.Key.Key_F2)
        _paste(clerk, "Ærø 7 " * 180_000)
        clerk.press(Qt.Key.Key_Return)
        clerk.go_to(1, Column.PRODUCT)
        clerk.until(_status(clerk, 0, RowStatus.REFUSED))
        clerk.go_to(0, column)
        clerk.until(lambda: "…" in clerk.messages())
        assert len(clerk.messages()) < 500, "the message is not as long as what was pasted"
        clerk.press(Qt.Key.Key_Escape)
        clerk.until_stored(1)
    clerk.go_to(0, Column.DESCRIPTION)
    clerk.press(Qt.Key.Key_F2)
    _paste(clerk, "Ærø 7 " * 180_000)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.stored("description") not in ([(None,)], [("",)]))
    ((text,),) = clerk.stored("description")
    assert 1_900 < len(text) <= 2_000
    assert clerk.stored("quantity") == [(2.0,)]


def test_a_text_in_any_script_is_kept(clerk: Clerk) -> None:
    _begin(clerk)
    for text, shown in (
        ("שלום עולם, אור", None),
        ("😀 glædelig jul 🎄", None),
        ("e\u0301tage", "étage"),  # see `app.domain.text.clean`
        ("a\u202eb", "ab"),
        ("Å" * 300, None),
    ):
        clerk.go_to(0, Column.DESCRIPTION)
        clerk.press(Qt.Key.Key_F2)
        _paste(clerk, text)
        clerk.press(Qt.Key.Key_Return)
        clerk.until(lambda text=text: clerk.stored("description") == [(text,)])  # type: ignore[misc]
        clerk.until_stored(1)
        assert clerk.rows()[0].line.description == (shown or text)


BAD_ITEMS = ("no such item", "%", "_", "\\", "'; DROP TABLE sale_line; --", "פנל", "😀", "9" * 300)


def test_items_that_are_none(clerk: Clerk) -> None:
    _begin(clerk)
    for text in BAD_ITEMS:
        _put(clerk, text)
        clerk.press(Qt.Key.Key_Return)
        clerk.type("3")
        clerk.press(Qt.Key.Key_Return)
    for row, text in enumerate(BAD_ITEMS, start=1):
        view = _refused(clerk, row)
        clerk.until(lambda: "The ERP has no single product that" in clerk.messages())
        assert view.bad[LineField.PRODUCT].text == text
        assert view.line.quantity == 3
    clerk.look("bad-items")
    for row in range(1, len(BAD_ITEMS) + 1):
        clerk.go_to(row, Column.PRODUCT)
        clerk.type("4101")
        clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Down)
    clerk.until_stored(len(BAD_ITEMS) + 1)
    assert clerk.stored("quantity")[1:] == [(3.0,)] * len(BAD_ITEMS)


@pytest.fixture
def deactivate(real_tryton: RealTryton) -> Iterator[Callable[[str], None]]:
    """Takes a product (one of which none is in stock) off sale as somebody else does it; it is back afterwards."""
    done: list[int] = []
    admin = real_tryton.admin

    def off(code: str) -> None:
        key = admin.first("product.product", ["code", "=", code])
        done.append(key)
        admin("model.product.product.write", [key], {"active": False})

    yield off
    for key in done:
        admin("model.product.product.write", [key], {"active": True})


def test_a_product_deactivated_between_choosing_and_leaving(clerk: Clerk, deactivate: Callable[[str], None]) -> None:
    _begin(clerk)
    clerk.type("4605")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[1].line.product is not None)
    deactivate("4605")
    clerk.type("3")
    clerk.press(Qt.Key.Key_Return)
    clerk.enter_line("4101", "1")
    clerk.until(_status(clerk, 2, RowStatus.STORED))
    clerk.until(lambda: clerk.rows()[1].status in (RowStatus.STORED, RowStatus.REFUSED))
    row = clerk.rows()[1]
    clerk.go_to(1, Column.QUANTITY)
    clerk.look("deactivated")
    assert row.line.quantity == 3
    assert row.line.product is not None
    assert row.line.product.code == "4605"
    if row.status is RowStatus.REFUSED:
        clerk.until(lambda: "This line is not in the ERP." in clerk.messages())
    else:
        assert (3.0,) in clerk.stored("quantity"), "the ERP takes it: then it is there"


def test_a_product_deactivated_on_a_stored_line(clerk: Clerk, deactivate: Callable[[str], None]) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4605", "2")
    clerk.until_stored(1)
    deactivate("4605")
    clerk.go_to(0, Column.QUANTITY)
    clerk.type("5")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[0].status in (RowStatus.STORED, RowStatus.REFUSED))
    clerk.until(lambda: not clerk.session.is_busy)
    row = clerk.rows()[0]
    assert row.line.quantity == 5
    stored = clerk.stored("quantity")
    if row.status is RowStatus.REFUSED:
        clerk.go_to(0, Column.QUANTITY)
        clerk.until(lambda: "This line is not in the ERP." in clerk.messages())
        assert stored == [(2.0,)]
    else:
        assert stored == [(5.0,)]


def test_an_order_cancelled_meanwhile_keeps_what_was_typed(clerk: Clerk) -> None:
    _begin(clerk)
    clerk.type("4101")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[1].line.product is not None)
    clerk.erp.admin("model.sale.sale.cancel", [int(clerk.session.order.id or 0)])
    clerk.type("3")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(_status(clerk, 1, RowStatus.REFUSED))
    clerk.until(lambda: not clerk.session.order.editable)
    row = clerk.rows()[1]
    assert row.line.quantity == 3
    assert row.line.product is not None
    assert row.line.product.code == "4101"
    assert clerk.stored("quantity") == [(2.0,)]
    assert clerk.session.has_unwritten
    clerk.program.panel.lines.setFocus()
    clerk.go_to(1, Column.QUANTITY)
    clerk.until(lambda: "the order is “Cancelled” now and takes no more changes" in clerk.messages())
    clerk.look("cancelled")
    cancelled = clerk.session
    bar = next(bar for bar in clerk.program.panel.findChildren(MessageBar) if "Cancelled" in bar.text())
    assert bar.take_keyboard()
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.session is not cancelled)
    clerk.until_stored(1)
    assert clerk.session.order.id != cancelled.order.id
    assert clerk.stored("quantity") == [(3.0,)]
    assert not cancelled.has_unwritten, "it is in one place, not in two"


def test_every_cell_that_can_be_typed_in_has_a_name(clerk: Clerk) -> None:
    _begin(clerk)
    for column in COLUMN_OF.values():
        clerk.go_to(0, column)
        clerk.press(Qt.Key.Key_F2)
        editor = QApplication.focusWidget()
        assert editor is not None
        assert editor.accessibleName()
        clerk.press(Qt.Key.Key_Escape)
        clerk.press(Qt.Key.Key_Escape)
    clerk.until_stored(1)
