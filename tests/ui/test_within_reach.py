"""Recent, favourites, my customers: by keys, in the real window, and available without the systems."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.contacts import ContactKind
from app.domain.orders import OrderPhase
from app.domain.shelf import Shelf
from app.services import own_customers
from app.services.card_parts import PartName, PartStatus
from app.services.offline_copies import OfflineStatus
from app.services.search import Match
from app.ui.formats import Formats
from tests.fixtures.program import Clerk
from tests.helpers.proxy import ProxyFault

NORDLYS, LUX, HAVN = "10023", "10001", "10003"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _open(clerk: Clerk, number: str) -> None:
    card = clerk.program.card
    clerk.find(number)
    clerk.until(lambda: card.number == number and all(card.part(n).status is PartStatus.READY for n in PartName))


def _names(clerk: Clerk, shelf: Shelf) -> list[str]:
    return [match.number for match in clerk.program.reach.shelves.of(shelf)]


def _shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_what_was_opened_and_what_has_a_star_is_a_key_away(clerk: Clerk) -> None:
    program = clerk.program
    side, header = program.window.side, program.window.card_panel.header
    _open(clerk, NORDLYS)
    _open(clerk, LUX)
    assert not header.star.isChecked()
    clerk.press(Qt.Key.Key_F, CONTROL | SHIFT)
    assert header.star.isChecked()
    assert _names(clerk, Shelf.FAVOURITES) == [LUX]
    _open(clerk, HAVN)
    assert not header.star.isChecked()
    assert _names(clerk, Shelf.RECENT) == [HAVN, LUX, NORDLYS]
    # Ctrl+K with nothing typed: what is within reach.
    clerk.press(Qt.Key.Key_K, CONTROL)
    popup = program.window.top_bar.search.popup
    assert popup is not None
    assert popup.isVisible()
    assert [match.number for match in program.search.matches] == [HAVN, LUX, NORDLYS]
    clerk.look("within-reach")
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: program.card.number == LUX)
    clerk.until(header.star.isChecked)
    # F6 goes to the list at the left: its tabs by Tab and arrows, its rows by arrows and Enter.
    clerk.press(Qt.Key.Key_F6)
    clerk.until(lambda: side.isAncestorOf(program.window.focusWidget()))
    clerk.press(Qt.Key.Key_Down)
    assert side.shelf is Shelf.FAVOURITES
    clerk.press(Qt.Key.Key_Up)
    assert side.shelf is Shelf.RECENT
    side.view.setFocus()
    for _ in range(3):
        clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: program.card.number == NORDLYS)
    # Del takes a favourite away, and the star with it.
    side.show_shelf(Shelf.FAVOURITES)
    side.view.setFocus()
    clerk.press(Qt.Key.Key_Home)
    clerk.press(Qt.Key.Key_Delete)
    assert _names(clerk, Shelf.FAVOURITES) == []


def test_my_customers_are_those_that_the_crm_gives_me(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(own_customers, "AFTER", 0.0)
    clerk: Clerk = request.getfixturevalue("clerk")
    program = clerk.program
    own = {
        str(code)
        for (code,) in clerk.crm.rows(
            """SELECT o.code FROM persons_organisation o JOIN creme_core_cremeentity e ON e.id = o.cremeentity_ptr_id
               JOIN creme_core_cremeuser u ON u.id = e.user_id WHERE u.username = 'saelger' AND NOT e.is_deleted"""
        )
    }
    clerk.until(lambda: bool(program.reach.shelves.of(Shelf.MINE)))
    assert own
    assert set(_names(clerk, Shelf.MINE)) == own
    program.window.side.show_shelf(Shelf.MINE)
    assert program.window.side.view.model().rowCount() == len(program.reach.shelves.of(Shelf.MINE))
    clerk.look("my-customers")


def test_favourites_are_made_available_offline_and_read_without_both_systems(clerk: Clerk) -> None:
    program = clerk.program
    side, copies = program.window.side, program.reach.copies
    customers = (NORDLYS, LUX, HAVN)
    for number in customers:
        program.reach.shelves.set_favourite(
            Match(f"erp:{number}", ContactKind.COMPANY, number, number, "", "", number), favourite=True
        )
    side.show_shelf(Shelf.FAVOURITES)
    # The CRM goes away as soon as it begins: nothing is lost, and it goes on by itself.
    clerk.between(clerk.crm_line, ProxyFault.DOWN)
    assert side.offline.ask.isVisible()
    side.offline.ask.setFocus()
    clerk.press(Qt.Key.Key_Return)
    assert side.offline.end.hasFocus()
    clerk.until(lambda: copies.state.status is OfflineStatus.WAITING)
    clerk.look("offline-waiting")
    assert "Goes on when the systems answer" in side.offline.text
    clerk.between(clerk.crm_line, ProxyFault.NONE)
    clerk.until(lambda: copies.state.status is OfflineStatus.READING)
    clerk.look("offline-reading")
    clerk.until(lambda: copies.state.status is OfflineStatus.READY)
    assert (copies.state.ready, copies.state.partly) == (3, 0)
    assert "3 of 3 available offline" in side.offline.text
    assert program.card.number == ""  # none of them was opened
    clerk.look("offline-ready")
    for line in (clerk.erp_line, clerk.crm_line):
        clerk.between(line, ProxyFault.DOWN)
    opened = 0
    panel = program.window.card_panel
    for number in customers:
        program.open_customer(number)
        clerk.until(
            lambda number=number: (
                program.card.number == number and all(program.card.part(n).is_offline for n in PartName)
            )
        )
        company, customer = program.card.company, program.card.customer
        for kind, part in (("CRM", company), ("ERP", customer)):
            assert part.read_at is not None
            said = f"{kind} · as of {Formats().clock(part.read_at)}, offline"
            clerk.until(lambda said=said: said in _shown(panel))
        for order in program.card.orders.value or ():
            if order.state.phase in (OrderPhase.DONE, OrderPhase.CANCELLED):
                continue
            program.open_order(order.id)
            clerk.until(lambda order=order: program.panel.session is not None and clerk.session.order.id == order.id)
            assert not clerk.session.order.editable
            opened += 1
            break
    assert opened
