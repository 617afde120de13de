"""Searching by keyboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ports.errors import Unreachable
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
