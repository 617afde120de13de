"""Typing in the card: what is typed stays with its customer, is never overwritten, and is found again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.contacts import Category, ContactField, ContactKind
from app.domain.parties import Choice
from app.ports.errors import Refused, Unreachable
from app.services.crm_writing import WriteState
from app.services.search import Match
from app.ui.card.category_chip import CategoryChip
from app.ui.card.people import PeopleCard
from app.ui.widgets import Button, MessageBar
from tests.fixtures.window import Desk
from tests.helpers.fake_contacts import NORDLYS

ALL = frozenset(ContactField)
SEGMENTS = Category(
    "segment", "Segment", (Choice("s1", "Lighting <b>design</b>"), Choice("gone", "Closed")), can_set=True, several=True
)
OPEN = replace(
    NORDLYS,
    people=tuple(replace(p, can_set=ALL, first_name=p.name, last_name=p.name) for p in NORDLYS.people),
    can_set=frozenset({ContactField.PHONE, ContactField.EMAIL}),
    can_add_people=True,
    categories=(*NORDLYS.categories, SEGMENTS),
)
FIRST = Match("crm:company:c1", ContactKind.COMPANY, "Nordlys", "10023", company_id="c1")
SECOND = replace(FIRST, key="crm:company:c2", name="Another", number="", company_id="c2")


@pytest.fixture
def card(desk: Desk) -> Desk:
    """The card of a company whose people may be corrected."""
    desk.crm.companies = {"c1": OPEN, "c2": replace(OPEN, id="c2", name="Another", number="")}
    desk.sign_in()
    _turn_to(desk, FIRST)
    return desk


def _turn_to(card: Desk, match: Match) -> None:
    card.window.open(match)
    card.answer()
    card.panel.finish()
    QApplication.processEvents()


def _people(card: Desk) -> PeopleCard:
    return card.panel.overview.findChild(PeopleCard)


def _shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _focus() -> QLineEdit:
    found = QApplication.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


def test_a_person_half_typed_stays_with_the_customer(qtbot: QtBot, card: Desk) -> None:
    _people(card).add.click()
    QApplication.processEvents()
    qtbot.keyClicks(_focus(), "Ny")
    qtbot.keyClick(_focus(), Qt.Key.Key_Return)  # without a last name it only goes there
    assert _focus().accessibleName() == "Last name"
    qtbot.keyClicks(_focus(), "Mand")
    card.crm.companies["c1"] = replace(OPEN, people=OPEN.people[:1])
    card.panel.reload()
    card.answer()
    form = _people(card).form
    assert form is not None
    assert form.values[ContactField.LAST_NAME] == "Mand", "an answer waits while something is typed"
    _turn_to(card, SECOND)
    assert _people(card).form is None
    _turn_to(card, FIRST)
    form = _people(card).form
    assert form is not None
    assert form.values[ContactField.FIRST_NAME] == "Ny"
    assert len(_people(card).rows) == 1
    qtbot.keyClick(form.edits[ContactField.LAST_NAME], Qt.Key.Key_Return)
    card.answer()
    assert "add_person Ny Mand" in card.crm.asked
    assert "Ny Mand" in _shown(_people(card))


def test_a_refused_person_is_typed_on(qtbot: QtBot, card: Desk) -> None:
    _people(card).add.click()
    QApplication.processEvents()
    form = _people(card).form
    assert form is not None
    form.edits[ContactField.LAST_NAME].setText("Mand")
    card.crm.fault = Refused("crm", "Not on Sundays")
    qtbot.keyClick(form.edits[ContactField.LAST_NAME], Qt.Key.Key_Return)
    card.answer()
    assert "“Not on Sundays”" in _shown(_people(card))
    card.crm.fault = None
    next(b for b in _people(card).findChildren(Button) if b.text() == "Change it" and b.isVisible()).click()
    QApplication.processEvents()
    form = _people(card).form
    assert form is not None
    assert form.values[ContactField.LAST_NAME] == "Mand"
    form.edits[ContactField.FIRST_NAME].setText("Ny")
    qtbot.keyClick(form.edits[ContactField.FIRST_NAME], Qt.Key.Key_Return)
    card.answer()
    assert card.crm.asked.count("add_person Ny Mand") == 1
    assert card.card.writes.pending == ()


def test_what_waits_for_the_crm_is_found_from_another_customer(qtbot: QtBot, card: Desk) -> None:
    view = _people(card).rows[0].fields[ContactField.PHONE]
    view.link.setFocus()
    qtbot.keyClick(view.link, Qt.Key.Key_F2)
    card.crm.fault = Unreachable("crm")
    qtbot.keyClicks(_focus(), "+45 1")
    qtbot.keyClick(_focus(), Qt.Key.Key_Return)
    card.answer()
    assert [write.state for write in card.card.writes.pending] == [WriteState.WAITING]
    _turn_to(card, SECOND)
    bar = card.panel.elsewhere
    message = bar.findChild(MessageBar)
    assert message is not None
    assert "Changes of other customers are not in the CRM yet." in message.text()
    card.crm.fault = None
    back = next(b for b in bar.findChildren(Button) if b.text() == "Nordlys Belysning ApS")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    card.answer(20)
    assert card.card.company.value is not None
    assert card.card.company.value.people[0].phone == "+45 1"
    assert card.card.writes.pending == ()
    assert bar.isHidden()


def test_several_segments_are_taken_at_once(qtbot: QtBot, card: Desk) -> None:
    def chip() -> CategoryChip:
        return next(c for c in card.panel.header.findChildren(CategoryChip) if c.key == "segment" and c.isVisible())

    chip().click()
    card.answer()
    popup = chip().popup
    assert popup is not None
    assert [popup.list.item(row).text() for row in range(popup.list.count())] == [
        "Lighting <b>design</b>",
        "Electricians & Sons",
        "Closed",
    ]
    qtbot.keyClick(popup.field, Qt.Key.Key_Space)
    qtbot.keyClick(popup.field, Qt.Key.Key_Escape)
    card.answer()
    assert not [asked for asked in card.crm.asked if asked.startswith("set_category")]
    chip().click()
    card.answer()
    popup = chip().popup
    assert popup is not None
    qtbot.keyClicks(popup.field, "sons el")
    assert popup.list.count() == 1
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.field.text() == ""
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    card.answer()
    assert "set_category s1 s2 gone" in card.crm.asked
