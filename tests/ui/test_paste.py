"""Rows pasted from a spreadsheet, and copied out: the real window, by keys, at the real Tryton and its own database."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QProgressBar

from app.domain.orders import LineField, OrderLine
from app.services.order_paste import Stage
from app.services.order_rows import InputProblem, RowStatus
from app.ui.orders.paste_bar import PasteBar
from app.ui.widgets import MessageBar
from tests.fixtures.program import Clerk
from tests.fixtures.tryton import RealTryton
from tests.helpers.proxy import ProxyFault

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CUSTOMER = "10023"
LONG = 120_000  # ms: for hundreds of lines on a busy machine
QUANTITIES = (1, 25, 120)


def put_on_clipboard(text: str) -> None:
    """As another program does."""
    QGuiApplication.clipboard().setText(text)


def paste(clerk: Clerk, text: str) -> None:
    """Ctrl+V of this text."""
    put_on_clipboard(text)
    clerk.press(Qt.Key.Key_V, CONTROL)


def bar(clerk: Clerk) -> PasteBar:
    """What is said about the paste."""
    found = clerk.program.panel.findChild(PasteBar)
    assert found is not None
    return found


def until_ended(clerk: Clerk) -> None:
    """Wait until every row is in the ERP or waits for the user."""
    shown = clerk.program.panel._shown
    assert shown is not None
    clerk.until(lambda: shown.paste.state().stage is Stage.ENDED, LONG)
    clerk.until(lambda: not clerk.session.is_busy, LONG)


def products(erp: RealTryton) -> dict[str, int]:
    """The numbers of what is sold, with Tryton's ids."""
    found = erp.admin.find("product.product", ["salable", "=", True], ["code", "!=", None], fields=("code",))
    return {product["code"]: product["id"] for product in found if not product["code"].startswith("PRØVE")}


def in_database(erp: RealTryton, order_id: str | None) -> list[tuple[str, float, Decimal]]:
    """Item, quantity and price of each line of the order, from Tryton's own tables."""
    sql = (
        "SELECT p.code, l.quantity, CAST(l.unit_price AS TEXT) FROM sale_line l"
        " JOIN product_product p ON p.id = l.product WHERE l.sale = ? ORDER BY l.sequence, l.id"
    )
    return [(code, quantity, Decimal(price)) for code, quantity, price in erp.rows(sql, int(order_id or 0))]


def trytons_prices(erp: RealTryton, ids: Sequence[int], quantity: int) -> dict[int, Decimal]:
    """What the customer pays for each of these, asked by no code of ours: Tryton's own figure for a product."""
    (party,) = erp.admin.find("party.party", ["code", "=", CUSTOMER], fields=("sale_price_list",))
    context = {"price_list": party["sale_price_list"], "customer": party["id"], "quantity": float(quantity)}
    (currency,) = erp.admin.find("currency.currency", ["code", "=", "DKK"])
    read = erp.admin("model.product.product.read", list(ids), ["sale_price_uom"], **context, currency=currency["id"])
    return {product["id"]: product["sale_price_uom"] for product in read}


def test_three_hundred_rows_with_some_bad_ones(clerk: Clerk) -> None:
    codes = products(clerk.erp)
    names = list(codes)
    rows = [(names[n % len(names)], QUANTITIES[n % 3]) for n in range(300)]
    text = [f"{item}\t{quantity},00\t\r\n" for item, quantity in rows]
    bad = {
        7: "GIBT-ES-NICHT\t3\t\r\n",
        100: f"{names[0]}\tmange\t\r\n",
        250: "=1+1\t2\tFormel\r\n",
        299: f"{names[1]}\t\t\r\n",
    }
    for at, line in bad.items():
        text[at] = line
    clerk.begin_order(CUSTOMER)
    asked: list[str] = []
    clerk.program.panel._clipboard.unknown_item.connect(lambda: asked.append("unknown"))
    paste(clerk, "Varenr.\tAntal\tBemærkning\r\n" + "".join(text))
    clerk.until(lambda: "296" not in bar(clerk).text and "on the way" in bar(clerk).text, LONG)
    until_ended(clerk)
    assert asked == ["unknown"], "an unknown item is heard"

    stored = in_database(clerk.erp, clerk.session.order.id)
    good = [row for at, row in enumerate(rows) if at not in bad]
    assert [(code, quantity) for code, quantity, _ in stored] == good, "each once, in the order of the table"
    for quantity in QUANTITIES:
        wanted = trytons_prices(clerk.erp, list(codes.values()), quantity)
        for code, _, price in [line for line in stored if line[1] == quantity]:
            assert price == wanted[codes[code]].quantize(Decimal("0.0001")), (code, quantity)

    clerk.until(lambda: "296 lines are in the ERP." in bar(clerk).text)
    assert "4 lines wait for you" in bar(clerk).text
    views = clerk.rows()
    assert {at for at, view in enumerate(views) if view.status is RowStatus.REFUSED} == set(bad)
    assert views[7].bad[LineField.PRODUCT].text == "GIBT-ES-NICHT"
    assert views[100].bad[LineField.QUANTITY].text == "mange"
    assert (views[250].bad[LineField.PRODUCT].text, views[250].line.description) == ("=1+1", "Formel")
    assert views[299].bad[LineField.QUANTITY].problem is InputProblem.NO_QUANTITY

    clerk.press(Qt.Key.Key_F7)
    assert clerk.program.panel.lines.currentIndex().row() == 7
    clerk.type(names[0])
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: clerk.session.status(views[7].key) is RowStatus.STORED)
    clerk.until(lambda: "3 lines wait for you" in bar(clerk).text)
    assert Counter(code for code, _, _ in in_database(clerk.erp, clerk.session.order.id))[names[0]] == 2


@pytest.mark.parametrize("fault", [ProxyFault.CUT, ProxyFault.SILENT, ProxyFault.DOWN])
def test_a_connection_that_breaks_in_the_middle_doubles_and_loses_nothing(clerk: Clerk, fault: ProxyFault) -> None:
    names = list(products(clerk.erp))
    rows = [(names[n % len(names)], n % 7 + 1) for n in range(110)]
    clerk.begin_order(CUSTOMER)
    paste(clerk, "".join(f"{item}\t{quantity}\n" for item, quantity in rows))
    clerk.until(lambda: clerk.session.order.id is not None and bool(clerk.session.order.lines), LONG)
    clerk.between(clerk.erp_line, fault)
    clerk.qtbot.wait(1500)
    clerk.between(clerk.erp_line, ProxyFault.NONE)
    until_ended(clerk)
    assert [(code, int(quantity)) for code, quantity, _ in in_database(clerk.erp, clerk.session.order.id)] == rows
    clerk.until_stored(110)


@pytest.mark.parametrize(
    "text",
    [
        "Varenr;Antal;Pris;Rabat\n4711;1.200;1.234,50 kr.;\n4101;2;;12,5 %\n",
        'Item,Qty,Price,Discount\n4711,"1,200","1,234.50",\n4101,2,,12.5%\n',
    ],
    ids=["danish", "english"],
)
def test_both_formats_of_numbers_and_prices_by_hand(clerk: Clerk, text: str) -> None:
    clerk.begin_order(CUSTOMER)
    paste(clerk, text)
    until_ended(clerk)
    first, second = clerk.rows()
    assert first.manual == {LineField.UNIT_PRICE}, "a pasted price is one by hand"
    assert second.manual == {LineField.DISCOUNT}
    stored = in_database(clerk.erp, clerk.session.order.id)
    assert [(code, quantity) for code, quantity, _ in stored] == [("4711", 1200.0), ("4101", 2.0)]
    assert stored[0][2] == Decimal("1234.5")
    assert clerk.session.order.lines[1].discount == Decimal("0.125")


def test_what_is_pasted_while_a_cell_is_edited(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.type("4711")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("1")
    paste(clerk, "2")  # one cell belongs into the editor
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(1)
    assert clerk.rows()[0].line.quantity == 12
    clerk.type("41")  # the item of the next line is being typed
    paste(clerk, "4105\t3\n4101\t4\n")
    until_ended(clerk)
    clerk.until(lambda: len(clerk.session.keys()) == 4)
    stored = [(code, quantity) for code, quantity, _ in in_database(clerk.erp, clerk.session.order.id)]
    assert stored == [("4711", 12.0), ("4105", 3.0), ("4101", 4.0)]
    assert clerk.rows()[1].bad[LineField.PRODUCT].text == "41", "what was being typed stays as it was"


def test_a_single_cell_goes_into_the_current_one(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    paste(clerk, "4711\n")
    clerk.until(lambda: bool(clerk.rows()) and clerk.rows()[0].line.product is not None)
    assert clerk.rows()[0].line.product.code == "4711"  # type: ignore[union-attr]


def test_too_much_nothing_and_stopping(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    paste(clerk, "4711\t1\n" * 2001)
    clerk.until(lambda: "2,000 rows at most" in bar(clerk).text)
    assert clerk.session.keys() == ()
    paste(clerk, "\t\t\n\t\t\n; \n")
    clerk.until(lambda: "no order lines" in bar(clerk).text)
    paste(clerk, "4711\t1\n" * 400)
    clerk.until(lambda: len(clerk.session.order.lines) >= 50, LONG)
    clerk.program.panel._clipboard.stop()
    clerk.until(lambda: not clerk.session.has_unwritten and not clerk.session.is_busy, LONG)
    lines = len(clerk.session.order.lines)
    assert 50 <= lines < 400
    assert len(in_database(clerk.erp, clerk.session.order.id)) == lines == len(clerk.session.keys())
    assert "Stopped." in bar(clerk).text
    assert f"{lines} lines are in the ERP" in bar(clerk).text


def test_a_paste_is_undone_in_one_step_and_done_again(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    paste(clerk, "4711\t1\n4101\t2\nUNKNOWN\t3\n")
    until_ended(clerk)
    assert len(in_database(clerk.erp, clerk.session.order.id)) == 2
    clerk.press(Qt.Key.Key_Z, CONTROL)
    clerk.until(lambda: not clerk.session.keys() and not clerk.session.is_busy)
    assert in_database(clerk.erp, clerk.session.order.id) == []
    clerk.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    clerk.until(lambda: len(in_database(clerk.erp, clerk.session.order.id)) == 2)
    clerk.until(lambda: len(clerk.session.keys()) == 3)


def content(lines: Sequence[OrderLine]) -> list[tuple[object, ...]]:
    """What a line is, whatever its id."""
    return [
        (line.kind, line.product, line.description, line.quantity, line.unit, line.unit_price, line.discount)
        for line in lines
    ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_lines_are_copied_and_pasted_back_the_same(clerk: Clerk, language: str) -> None:
    clerk.program.language.choose(language)
    clerk.begin_order(CUSTOMER)
    paste(
        clerk,
        "Varenr\tAntal\tPris\tRabat\tTekst\n4711\t1.200\t1.234,50\t\t=SUM(A1)\n4101\t2\t\t12,5 %\t\n"
        '4105\t100\t\t\t"to\nlinjer"\n\t\t\t\tLeveres til porten\n',
    )
    until_ended(clerk)
    clerk.until_stored(4)
    before = content(clerk.session.order.lines)
    grid = clerk.program.panel.lines
    clerk.press(Qt.Key.Key_A, CONTROL)
    clerk.press(Qt.Key.Key_C, CONTROL)
    mime = QGuiApplication.clipboard().mimeData()
    assert "<table" in mime.html()
    assert "'=SUM(A1)" in mime.text()
    assert not any(cell.startswith("=") for line in mime.text().split("\n") for cell in line.split("\t"))
    assert ("1.234,50" if language == "da" else "1,234.50") in mime.text()
    clerk.press(Qt.Key.Key_V, CONTROL)
    until_ended(clerk)
    clerk.until_stored(8)
    assert content(clerk.session.order.lines)[4:] == before
    grid.go_to(0)
    clerk.press(Qt.Key.Key_Down, SHIFT)
    assert len(grid.selected_keys()) == 2
    clerk.press(Qt.Key.Key_Down)
    assert len(grid.selected_keys()) == 1, "without Shift it is one row at a time as ever"


def test_it_can_be_read_aloud(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    paste(clerk, "4711\t1\n4101\t2\nUNKNOWN\t1\n")
    until_ended(clerk)
    clerk.until(lambda: "wait" in bar(clerk).text)
    for widget in (*bar(clerk).findChildren(QProgressBar), *bar(clerk).findChildren(MessageBar)):
        assert widget.accessibleName()
    for button in bar(clerk).findChildren(QAbstractButton):
        assert button.isHidden() or button.text() or button.accessibleName()
