"""The window: signing in, folding, theme and language, and how everything looks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ports.connection import SystemKind
from app.ports.errors import Unreachable
from app.services.connections import ConnectionStatus
from app.ui.connect.sign_in_form import SignInForm
from app.ui.connect.system_chip import SystemChip
from app.ui.theme import ThemeChoice, colours
from app.ui.theme.theme import make_sheet
from app.ui.theme.tokens import DARK, LIGHT, READ_ON, Colours, contrast
from app.ui.widgets import MessageBar
from tests.fixtures.window import Desk


def _pane(half: QWidget) -> SignInForm:
    return half.findChildren(SignInForm)[0]


def _message(widget: QWidget) -> str:
    return "\n".join(bar.text() for bar in widget.findChildren(MessageBar) if bar.isVisible())


def test_each_half_asks_to_sign_in_by_itself(qtbot: QtBot, desk: Desk) -> None:
    pane = _pane(desk.window.order_half)
    assert pane.isVisible()
    assert pane._options["database"].text() == "samspil"
    qtbot.keyClicks(pane._url, "http://127.0.0.1:8000")
    qtbot.keyClicks(pane._user, "mette")
    qtbot.keyClicks(pane._password, "wrong")
    qtbot.keyClick(pane._password, Qt.Key.Key_Return)
    desk.until(lambda: bool(_message(pane)))
    assert "User name or password is wrong." in _message(pane)
    assert (pane._user.text(), pane._password.text()) == ("mette", "wrong")
    pane._password.clear()
    qtbot.keyClicks(pane._password, "right")
    qtbot.keyClick(pane._password, Qt.Key.Key_Return)
    desk.until(lambda: desk.connections.state(SystemKind.ERP).status is ConnectionStatus.ONLINE)
    assert not pane.isVisible()
    assert pane._password.text() == ""
    assert _pane(desk.window.card_half).isVisible()  # the other half still asks


def test_what_is_missing_is_marked_and_nothing_is_sent(qtbot: QtBot, desk: Desk) -> None:
    pane = _pane(desk.window.card_half)
    qtbot.keyClicks(pane._user, "mette")
    pane.submit()
    assert desk.crm.asked == []
    assert pane._url.property("state") == "error"
    assert pane._url.hasFocus()


def test_an_unreachable_system_keeps_what_was_typed(qtbot: QtBot, desk: Desk) -> None:
    pane = _pane(desk.window.card_half)
    desk.crm.fault = Unreachable("crm")
    for field, text in ((pane._url, "http://127.0.0.1:1"), (pane._user, "mette"), (pane._password, "right")):
        qtbot.keyClicks(field, text)
    pane.submit()
    desk.until(lambda: "The CRM cannot be reached." in _message(pane))
    desk.answer(5)  # tried in the background meanwhile
    assert "The CRM cannot be reached." in _message(pane)
    assert pane._password.text() == "right"
    desk.crm.fault = None
    desk.until(lambda: not pane.isVisible())  # it is there again: the same password is tried, and was right
    assert pane._password.text() == ""


def test_a_system_that_goes_away_is_said_once_and_dismissed_for_good(qtbot: QtBot, desk: Desk) -> None:
    desk.sign_in()
    desk.erp.fault = Unreachable("erp")
    desk.connections.report(Unreachable("erp"))
    desk.answer()
    assert "The ERP cannot be reached." in _message(desk.window.order_half)
    bar = next(bar for bar in desk.window.order_half.findChildren(MessageBar) if bar.isVisible())
    bar._dismiss()
    desk.answer(30)
    assert _message(desk.window.order_half) == ""
    desk.erp.fault = None
    desk.connections.retry(SystemKind.ERP)
    desk.answer()
    chip = next(c for c in desk.window.findChildren(SystemChip) if c._kind is SystemKind.ERP)
    assert chip.accessibleName().startswith("ERP: Online")


def test_the_chip_signs_out(qtbot: QtBot, desk: Desk) -> None:
    desk.sign_in()
    desk.connections.sign_out(SystemKind.CRM)
    desk.until(_pane(desk.window.card_half).isVisible)
    assert not desk.window.order_half.findChildren(SignInForm) or not _pane(desk.window.order_half).isVisible()


def test_one_half_is_always_to_be_seen(qtbot: QtBot, desk: Desk) -> None:
    desk.sign_in()
    window = desk.window
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert not window.card_half.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.card_half.isVisible()
    assert not window.order_half.isVisible()
    window.close()
    assert (desk.settings.get("card_seen"), desk.settings.get("order_seen")) == (True, False)


def test_a_narrow_window_folds_the_list_unless_it_is_wanted(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window
    window.resize(1024, 640)
    QApplication.processEvents()
    assert not window.side.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.side.isVisible()


def test_the_close_guard_keeps_the_window(qtbot: QtBot, desk: Desk) -> None:
    desk.window.set_close_guard(lambda: False)
    desk.window.close()
    assert desk.window.isVisible()
    desk.window.set_close_guard(lambda: True)


def test_the_start_page_shows_progress_and_cancel(qtbot: QtBot, desk: Desk) -> None:
    desk.window.show_start()
    page = desk.window.start_page
    page.expect("tryton", "Tryton (ERP)")
    page.set_progress("tryton", "fill", 0.5)
    page.set_progress("tryton", "create", 0.9)  # never back
    row = page._rows["tryton"]
    assert row._bar.value() == 775
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(page._cancel, Qt.MouseButton.LeftButton)
    page.set_failed("tryton", "No room on the disk.", "ENOSPC")
    assert "No room on the disk." in _message(page)


def test_theme_and_language_change_at_once_and_are_remembered(qtbot: QtBot, desk: Desk) -> None:
    desk.sign_in()
    desk.window.top_bar.theme_chosen.emit(ThemeChoice.DARK)
    assert colours() is DARK
    assert desk.settings.get("theme") == "dark"
    desk.window.top_bar.language_chosen.emit("da")
    QApplication.processEvents()
    assert desk.window.top_bar.search.accessibleName() == "Søg kunder, personer, ordrer, varer"
    assert desk.settings.get("language") == "da"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(theme: Colours) -> None:
    for ink, grounds in READ_ON:
        for ground in grounds:
            ratio = contrast(getattr(theme, ink), getattr(theme, ground))
            assert ratio >= 4.5, f"{ink} on {ground}: {ratio:.2f}"


def test_the_style_sheet_knows_all_its_tokens(qapp: QApplication) -> None:
    assert "$" not in make_sheet(LIGHT, qapp.font())


def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    desk.sign_in()
    desk.window.show_work()
    nameless = [
        widget
        for widget in desk.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not (isinstance(widget, QToolButton) and widget.parent() is None)
    ]
    assert nameless == []
