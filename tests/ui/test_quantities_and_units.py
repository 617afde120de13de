"""Quantities as people type them, units that the ERP knows, items by all their numbers: on the real ERP, by keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from app.domain.orders import LineField
from app.services.order_rows import RowStatus
from app.ui.orders.columns import Column
from tests.fixtures.program import Clerk

CUSTOMER = "10023"


def _proposals(clerk: Clerk) -> list[str]:
    """The list that is open, as a screen reader tells it."""
    for view in clerk.program.window.findChildren(QListView):
        if view.isVisible() and view.property("frame") == "proposals":
            return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]
    return []


def _symbols(clerk: Clerk) -> list[tuple[float, str]]:
    names = {unit["id"]: unit["symbol"] for unit in clerk.erp.admin.find("product.uom", fields=("symbol",))}
    return [(quantity, names[unit]) for quantity, unit in clerk.stored("quantity", "unit")]


def test_boxes_times_pieces(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "12*40")
    clerk.enter_line("4101", "2x3")
    clerk.until_stored(2)
    assert _symbols(clerk) == [(480, "stk"), (6, "stk")]


def test_a_unit_behind_the_number_is_the_erps_and_nothing_waits_for_it(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4601", "250 CM")
    clerk.enter_line("4601", "2.5 meter")
    clerk.enter_line("4711", "1")
    clerk.until_stored(3)
    assert _symbols(clerk) == [(250, "cm"), (2.5, "m"), (1, "stk")]
    by_centimetre, by_metre, _ = [price for (price,) in clerk.stored("unit_price")]
    assert by_centimetre * 100 == by_metre, "the ERP converts"


def test_a_unit_of_another_kind_says_which_there_are_and_is_kept(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "3 krt")
    clerk.enter_line("4101", "2 kg")
    clerk.enter_line("4105", "1")
    clerk.until(lambda: [row.status for row in clerk.rows()][2:] == [RowStatus.STORED])
    clerk.until(lambda: [row.status for row in clerk.rows()][:2] == [RowStatus.REFUSED] * 2)
    clerk.go_to(0, Column.QUANTITY)
    clerk.until(
        lambda: "“3 krt” is not a unit that the ERP sells this product in. It can be: stk, " in clerk.messages()
    )
    clerk.look("unit-refused")
    clerk.type("3 stk")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[0].status is RowStatus.STORED)
    assert clerk.rows()[1].bad[LineField.QUANTITY].text == "2 kg"


def test_the_unit_is_chosen_from_a_list_or_typed(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4601", "2")
    clerk.until_stored(1)
    clerk.go_to(0, Column.UNIT)
    clerk.press(Qt.Key.Key_F2)
    clerk.until(lambda: bool(_proposals(clerk)))
    assert _proposals(clerk)[0].startswith("m")
    clerk.look("units")
    clerk.type("c")
    clerk.until(lambda: _proposals(clerk)[:1] == ["cm, Centimeter"])
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: _symbols(clerk) == [(2, "cm")])
    clerk.until_stored(1)
    clerk.go_to(0, Column.UNIT)
    clerk.type("lamps")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[0].status is RowStatus.REFUSED)
    assert _symbols(clerk) == [(2, "cm")]
    clerk.go_to(0, Column.UNIT)
    clerk.type("Meter")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: _symbols(clerk) == [(2, "m")])


def test_the_customers_own_number_and_a_bar_code_are_proposed_as_such(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.type("NB-S")
    clerk.until(lambda: len(_proposals(clerk)) == 3)
    assert _proposals(clerk)[0] == "4402, Skagen pendel Ø45, the customer's NB-SKAGEN45"
    clerk.look("theirs")
    for _ in range(4):
        clerk.press(Qt.Key.Key_Backspace)
    clerk.type("579004104")
    clerk.until(lambda: any("bar code 579004104" in line for line in _proposals(clerk)))
    clerk.look("barcode")
    for _ in range(9):
        clerk.press(Qt.Key.Key_Backspace)
    # A bar code reader types and presses Enter at once; so does who knows his numbers by heart.
    clerk.enter_line("5790041041012", "1")
    clerk.enter_line("NB-60W24", "2")
    clerk.until_stored(2)
    assert [row.line.product.code for row in clerk.rows() if row.line.product] == ["4101", "4711"]
