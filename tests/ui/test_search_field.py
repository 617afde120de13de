"""Searching by keyboard."""

from typing import NoReturn

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ports.errors import NoRights, Unreachable
from app.services.search import Match
from app.ui.search.field import SearchField
from app.ui.search.popup import SearchPopup
from tests.fixtures.window import Desk


def _field(desk: Desk, opened: list[Match]) -> SearchField:
    desk.sign_in()
    field = desk.window.top_bar.search
    field.chosen.connect(opened.append)
    field.start()
    return field


def _popup(field: SearchField) -> SearchPopup:
    assert field.popup is not None
    return field.popup


def test_ctrl_k_and_typing_open_the_rows(qtbot: QtBot, desk: Desk) -> None:
    opened: list[Match] = []
    field = _field(desk, opened)
    desk.window.setFocus()
    qtbot.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    qtbot.keyClicks(field, "nord")
    desk.answer()
    assert _popup(field).isVisible()
    current = _popup(field).current
    assert current is not None
    assert (current.company_id, current.customer_id) == ("c1", "e1")  # one row from two systems


def test_down_and_enter_choose_a_row(qtbot: QtBot, desk: Desk) -> None:
    opened: list[Match] = []
    field = _field(desk, opened)
    qtbot.keyClicks(field, "nord")
    desk.answer()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [match.name for match in opened] == ["Camilla Winther"]
    assert not _popup(field).isVisible()


def test_enter_before_the_answer_opens_it_when_it_is_there(qtbot: QtBot, desk: Desk) -> None:
    opened: list[Match] = []
    field = _field(desk, opened)
    qtbot.keyClicks(field, "10023")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == []
    desk.answer()
    assert [match.number for match in opened] == ["10023"]


def test_a_key_after_enter_takes_the_enter_back(qtbot: QtBot, desk: Desk) -> None:
    opened: list[Match] = []
    field = _field(desk, opened)
    qtbot.keyClicks(field, "1002")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "3")
    desk.answer()
    assert opened == []


def test_escape_closes_and_then_clears(qtbot: QtBot, desk: Desk) -> None:
    field = _field(desk, [])
    qtbot.keyClicks(field, "nord")
    desk.answer()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not _popup(field).isVisible()
    assert field.text() == "nord"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_dead_system_is_named_and_the_other_one_finds(qtbot: QtBot, desk: Desk) -> None:
    field = _field(desk, [])
    desk.crm.fault = Unreachable("crm")
    qtbot.keyClicks(field, "nord")
    desk.answer()
    assert [match.customer_id for match in desk.search.matches] == ["e1", "e9"]
    said = [label.text() for label in _popup(field).findChildren(type(_popup(field)._hint)) if label.isVisible()]
    assert any("The CRM cannot be reached" in text for text in said)


def test_orders_and_products_are_found_by_number_name_and_bar_code(qtbot: QtBot, desk: Desk) -> None:
    opened: list[Match] = []
    field = _field(desk, opened)
    for text, key in (("SO-2", "order:2"), ("5701234", "product:5"), ("led panel", "product:5")):
        field.selectAll()
        qtbot.keyClicks(field, text)
        desk.answer()
        assert key in [match.key for match in desk.search.matches], text
    # A number that was typed whole is what Enter opens, whatever else is found.
    field.selectAll()
    qtbot.keyClicks(field, "4711")
    desk.answer()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [(match.product_id, match.number) for match in opened] == [("5", "4711")]
    assert field.text() == ""  # for the next search


def test_who_may_not_see_products_finds_customers_all_the_same(qtbot: QtBot, desk: Desk) -> None:
    field = _field(desk, [])

    async def not_allowed(*_texts: str, **_options: int) -> NoReturn:
        raise NoRights("erp")

    vars(desk.erp)["search_products"] = not_allowed
    qtbot.keyClicks(field, "nord")
    desk.answer()
    assert "e9" in [match.customer_id for match in desk.search.matches]
    assert not desk.search.faults
