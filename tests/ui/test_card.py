"""The card of a customer: each part by itself, with its system and what went wrong there."""

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.contacts import ContactKind, TouchKind
from app.ports.errors import NoRights, OutcomeUnknown, Refused, Unreachable
from app.services.card_parts import LinkState, PartName, PartStatus
from app.services.search import Match
from app.ui.card.category_chip import CategoryChip
from app.ui.card.links import LinkButton, mail_url, tel_url, web_url
from app.ui.formats import Formats
from app.ui.theme import ThemeChoice
from app.ui.widgets import Button, Veil
from tests.fixtures.window import Desk
from tests.helpers.fake_contacts import CUSTOMER, NORDLYS

NORDLYS_MATCH = Match("crm:company:c1", ContactKind.COMPANY, "Nordlys", "10023", company_id="c1")


def shown(widget: QWidget) -> str:
    """Everything that can be read there."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    buttons = [button.text() for button in widget.findChildren(Button) if button.isVisible()]
    return "\n".join([*labels, *buttons])


@pytest.fixture
def card(desk: Desk) -> Desk:
    """Nordlys is open."""
    desk.sign_in()
    desk.window.open(NORDLYS_MATCH)
    desk.answer()
    return desk


def test_three_addresses_are_named_for_what_they_are(card: Desk) -> None:
    text = shown(card.panel.overview)
    for heading, line in (
        ("Meet (CRM)", "Bredgade 81B"),
        ("Deliver to (ERP)", "Værkstedsvej 33A"),
        ("Invoice (ERP)", "Postboks 114"),
    ):
        assert heading in text
        assert line in text
    assert "ERP · just now" in text


def test_text_of_a_system_is_never_taken_for_html(card: Desk) -> None:
    for label in card.panel.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
    chips = [chip.text() for chip in card.panel.header.findChildren(CategoryChip)]
    assert chips == ["Lighting <b>design</b>"]


def test_a_dead_erp_leaves_the_crm_half_alive_and_retry_reads_it(qtbot: QtBot, desk: Desk) -> None:
    desk.sign_in()
    desk.erp.fault = Unreachable("erp", detail="ConnectError")
    desk.window.open(NORDLYS_MATCH)
    desk.answer()
    text = shown(desk.panel.overview)
    assert "Bredgade 81B" in text
    assert "The ERP cannot be reached." in text
    desk.erp.fault = None
    again = [b for b in desk.panel.overview.findChildren(Button) if b.isVisible() and b.text() == "Try again"]
    qtbot.mouseClick(again[0], Qt.MouseButton.LeftButton)
    desk.answer()
    assert "Værkstedsvej 33A" in shown(desk.panel.overview)
    assert "cannot be reached" not in shown(desk.panel.overview)


def test_what_was_read_stays_when_reading_it_again_fails(card: Desk) -> None:
    card.crm.fault = Unreachable("crm")
    card.card.reload(PartName.COMPANY)
    card.answer()
    text = shown(card.panel.overview)
    assert "Bredgade 81B" in text
    assert f"CRM · as of {Formats().clock(card.card.company.read_at)}, offline" in text
    assert "cannot be reached" not in text  # that is said once, at the top
    card.crm.fault = NoRights("crm")
    card.card.reload(PartName.COMPANY)
    card.answer()
    assert "What is shown is from before." in shown(card.panel.overview)


@pytest.mark.parametrize(
    ("number", "customers", "link", "says"),
    [
        ("", {}, LinkState.NO_NUMBER, "The CRM holds no customer number"),
        ("10023", {}, LinkState.NOT_IN_ERP, "The ERP has no customer with the number 10023"),
        (
            "10023",
            {"10023": replace(CUSTOMER, name="Quite Another <i>Ltd</i>")},
            LinkState.NAMES_DIFFER,
            "The ERP calls number 10023 “Quite Another <i>Ltd</i>”.",
        ),
    ],
)
def test_how_the_systems_hang_together_is_said(
    desk: Desk, number: str, customers: dict, link: LinkState, says: str
) -> None:
    desk.sign_in()
    desk.crm.companies = {"c1": replace(NORDLYS, number=number)}
    desk.erp.customers = customers
    desk.window.open(replace(NORDLYS_MATCH, number=number))
    desk.answer()
    assert desk.card.link is link
    assert says in shown(desk.panel.header)


def test_another_customer_who_was_never_seen_is_drawn_whole_and_the_former_one_is_covered_meanwhile(
    qtbot: QtBot, card: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    card.crm.companies["c2"] = replace(NORDLYS, id="c2", name="Sydlys", number="", people=())
    card.crm.takes = 0.5
    monkeypatch.setattr("app.ui.card.card_panel.READ_AT_ONCE", 60_000)  # however busy the machine is
    panel, drawn = card.panel, []
    monkeypatch.setattr(panel.overview, "refresh_seen", lambda: drawn.append(card.card.company.status) or iter(()))
    link = next(link for link in panel.overview.findChildren(LinkButton) if link.isVisible() and link.isEnabled())
    link.setFocus()
    assert link.hasFocus()
    place = link.mapTo(panel, link.rect().center())
    card.window.open(Match("crm:company:c2", ContactKind.COMPANY, "Sydlys", company_id="c2"))
    card.runner.advance(0)
    qtbot.waitUntil(lambda: "Sydlys" in shown(panel.header))
    assert isinstance(panel.childAt(place), Veil)
    assert panel.tabs.tabBar().hasFocus()
    assert drawn == []
    card.answer()
    qtbot.waitUntil(lambda: drawn != [])
    assert drawn == [PartStatus.READY]
    assert not isinstance(panel.childAt(place), Veil)


def test_where_the_systems_take_their_time_the_card_says_so_before_they_have_answered(qtbot: QtBot, card: Desk) -> None:
    card.crm.takes = 0.5
    card.crm.companies["c2"] = replace(NORDLYS, id="c2", name="Sydlys", number="")
    card.window.open(Match("crm:company:c2", ContactKind.COMPANY, "Sydlys", company_id="c2"))
    card.runner.advance(0)
    qtbot.waitUntil(lambda: "…" in shown(card.panel.overview))
    assert "Bredgade 81B" not in shown(card.panel.overview)
    card.answer()
    assert "Bredgade 81B" in shown(card.panel.overview)


def test_several_companies_on_one_number_can_be_opened(qtbot: QtBot, desk: Desk) -> None:
    desk.sign_in()
    desk.crm.companies = {"c1": NORDLYS, "c2": replace(NORDLYS, id="c2", name="Twin & Co")}
    desk.window.open(NORDLYS_MATCH)
    desk.answer()
    assert "2 companies in the CRM hold the number 10023." in shown(desk.panel.header)
    twin = next(b for b in desk.panel.header.findChildren(Button) if b.text() == "Twin && Co" and b.isVisible())
    qtbot.mouseClick(twin, Qt.MouseButton.LeftButton)
    desk.answer()
    assert desk.card.company.value is not None
    assert desk.card.company.value.id == "c2"


def test_a_category_is_changed_in_place(qtbot: QtBot, card: Desk) -> None:
    chip = card.panel.header.findChildren(CategoryChip)[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    card.answer()
    assert chip._menu is not None
    choice = next(action for action in chip._menu.actions() if action.text() == "Electricians && Sons")
    choice.trigger()
    chip._menu.close()
    card.answer()
    assert "set_category s2" in card.crm.asked
    assert [c.text() for c in card.panel.header.findChildren(CategoryChip) if c.isVisible()] == ["value s2"]


def test_a_refused_category_says_so_in_the_crms_words(qtbot: QtBot, card: Desk) -> None:
    chip = card.panel.header.findChildren(CategoryChip)[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    card.answer()
    assert chip._menu is not None
    card.crm.fault = Refused("crm", "Closed for the year")
    chip._menu.actions()[1].trigger()
    chip._menu.close()
    card.answer()
    assert "“Closed for the year”" in shown(card.panel.header)
    assert "The category is as it was." in shown(card.panel.header)


def test_the_end_of_the_timeline_reads_one_more_page(qtbot: QtBot, card: Desk) -> None:
    card.panel.tabs.setCurrentWidget(card.panel.timeline)
    card.answer()
    view = card.panel.timeline.list
    assert view.model().rowCount() == 30
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: not view._look.isActive())
    card.answer()
    assert view.model().rowCount() == 60
    qtbot.waitUntil(lambda: not view._look.isActive())
    card.answer()
    assert card.crm.asked.count("timeline") == 2


def test_the_timeline_is_filtered_by_kind_and_text(qtbot: QtBot, card: Desk) -> None:
    timeline = card.panel.timeline
    card.panel.tabs.setCurrentWidget(timeline)
    qtbot.mouseClick(timeline._filters[TouchKind.CALL], Qt.MouseButton.LeftButton)
    card.answer()
    assert card.card.timeline.value is not None
    assert {touch.kind for touch in card.card.timeline.value.items} == {TouchKind.CALL}
    qtbot.keyClicks(timeline._text, "Subject 66")
    qtbot.waitUntil(lambda: not timeline._quiet.isActive())
    card.answer()
    assert [touch.subject for touch in card.card.timeline.value.items] == ["Subject 66"]


def test_a_call_is_logged_in_two_actions(qtbot: QtBot, card: Desk) -> None:
    timeline = card.panel.timeline
    card.panel.tabs.setCurrentWidget(timeline)
    qtbot.mouseClick(timeline.log_row.buttons[TouchKind.CALL], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(timeline.composer._subject, "About delivery")
    qtbot.keyClick(timeline.composer._subject, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    card.answer()
    (touch,) = card.crm.logged
    assert (touch.kind, touch.subject, touch.company_id) == (TouchKind.CALL, "About delivery", "c1")
    assert touch.at.tzinfo is not None
    assert timeline.composer.isHidden()


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("width", [1024, 1600])
def test_what_can_be_logged_stands_in_one_line(card: Desk, language: str, width: int) -> None:
    card.language.choose(language)
    card.window.resize(width, width * 5 // 8)
    card.panel.tabs.setCurrentWidget(card.panel.timeline)
    card.answer()
    row = card.panel.timeline.log_row
    buttons = list(row.buttons.values())
    assert all(button.isVisible() and (button.text() or width == 1024) for button in buttons)
    assert buttons[0].accessibleName() in buttons[0].toolTip()  # with its key
    assert len({button.y() for button in buttons}) == 1
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    assert row.rect().contains(buttons[-1].geometry())
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        card.theme.choose(theme)
        card.answer()
        if folder := os.environ.get("SAMSPIL_PICTURES"):
            card.window.grab().save(f"{folder}/log-row-{language}-{width}-{theme}.png")


def test_what_was_typed_is_kept_and_sent_again_with_its_token(qtbot: QtBot, card: Desk) -> None:
    composer = card.panel.timeline.composer
    card.panel.compose(TouchKind.NOTE)
    qtbot.keyClicks(composer._subject, "Prefers mornings")
    card.crm.fault = OutcomeUnknown("crm")
    composer.save()
    card.answer()
    assert composer._subject.text() == "Prefers mornings"
    assert not composer._subject.isEnabled()  # it may be stored: only the very same can be sent again
    assert "it is stored only once" in shown(composer)
    card.crm.fault = None
    tried = len(card.crm.logged)
    qtbot.mouseClick(
        next(b for b in composer.findChildren(Button) if b.text() == "Try again"), Qt.MouseButton.LeftButton
    )
    card.answer(0.0)
    assert len(card.crm.logged) == tried + 1
    assert len(set(card.crm.logged)) == 1
    assert composer.isHidden()


def test_a_changed_text_after_a_certain_failure_is_another_touch_point(qtbot: QtBot, card: Desk) -> None:
    composer = card.panel.timeline.composer
    card.panel.compose(TouchKind.CALL)
    qtbot.keyClicks(composer._subject, "One")
    card.crm.fault = Unreachable("crm")
    composer.save()
    card.answer()
    assert not composer._subject.isEnabled()  # it goes out by itself, as it stands there
    assert "This is not in the CRM yet." in shown(composer)
    qtbot.mouseClick(
        next(b for b in composer.findChildren(Button) if b.text() == "Take back"), Qt.MouseButton.LeftButton
    )
    qtbot.keyClicks(composer._subject, " more")
    card.crm.fault = None
    composer.save()
    card.answer()
    first, second = dict.fromkeys(card.crm.logged)
    assert first.token != second.token
    assert second.subject == "One more"
    card.answer(60)
    assert card.crm.logged[-1] == second, "what was taken back never goes out"


def test_a_draft_waits_with_its_company(qtbot: QtBot, card: Desk) -> None:
    card.crm.companies["c2"] = replace(NORDLYS, id="c2", name="Another", number="")
    composer = card.panel.timeline.composer
    card.panel.compose(TouchKind.CALL)
    qtbot.keyClicks(composer._subject, "Half a sent")
    card.window.open(replace(NORDLYS_MATCH, key="crm:company:c2", company_id="c2", number=""))
    card.answer()
    assert composer.isHidden()
    card.window.open(NORDLYS_MATCH)
    card.answer()
    assert not composer.isHidden()
    assert composer._subject.text() == "Half a sent"


def test_enter_opens_the_order_under_the_cursor(qtbot: QtBot, card: Desk) -> None:
    opened: list[str] = []
    card.window.order_open_requested.connect(opened.append)
    card.panel.show_orders()
    qtbot.keyClick(card.panel.orders.view, Qt.Key.Key_Down)
    qtbot.keyClick(card.panel.orders.view, Qt.Key.Key_Return)
    assert opened == ["2"]


def test_ctrl_n_asks_for_a_new_order(qtbot: QtBot, card: Desk) -> None:
    with qtbot.waitSignal(card.window.new_order_requested):
        qtbot.keyClick(card.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert card.window.erp_customer_id == "e1"


def test_links_open_only_what_they_are_for(qtbot: QtBot, card: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    buttons = {b._text: b for b in card.panel.overview.findChildren(LinkButton)}
    for text in ("+45 50 05 90 85", "cw@nordlys.example", "javascript:alert(1)", "not an address"):
        qtbot.mouseClick(buttons[text], Qt.MouseButton.LeftButton)
    assert [url.toString() for url in opened] == ["tel:+4550059085", "mailto:cw@nordlys.example"]


@pytest.mark.parametrize("text", ["a@b.dk?cc=x@y.dk", "a@b.dk,c@d.dk", "x", "a b@c.dk", 'a"@b.dk'])
def test_an_address_with_more_in_it_is_no_mail_address(text: str) -> None:
    assert mail_url(text) is None


@pytest.mark.parametrize("text", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.dk", "http://", ""])
def test_only_pages_are_opened_as_pages(text: str) -> None:
    assert web_url(text) is None
    assert tel_url("ring") is None
