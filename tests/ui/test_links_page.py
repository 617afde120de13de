"""The page of the links that do not hold, and making customers: in the whole window, on the real systems, by keys."""

import random
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.demo.world import DemoLogin
from app.domain.links import FindingKind, Reason
from app.ports.connection import Connection, SystemKind
from app.services.card_parts import LinkState
from app.services.link_inbox import DeedStatus, InboxStatus
from app.services.making_steps import MakingStatus
from app.ui.links.links_page import LinksPage
from app.ui.projects.project_panel import ProjectPanel
from app.ui.widgets import Button
from tests.fixtures.program import Clerk
from tests.fixtures.tryton_time import RealTime

CTRL = Qt.KeyboardModifier.ControlModifier
_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def a_vat_number() -> str:
    """A Danish one that Tryton takes, and that nobody has."""
    while True:
        digits = [random.randrange(1, 10) for _ in range(8)]  # noqa: S311
        if sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0:
            return f"DK{''.join(map(str, digits))}"


def page_of(clerk: Clerk) -> LinksPage:
    found = clerk.program.window.findChild(LinksPage)
    assert found is not None
    return found


def press_button(clerk: Clerk, text: str) -> None:
    """The one that begins so, once it can be pressed; by the keyboard."""

    def shown() -> list[Button]:
        buttons = clerk.program.window.findChildren(Button)
        return [each for each in buttons if each.isVisible() and each.isEnabled() and each.text().startswith(text)]

    clerk.until(lambda: len(shown()) == 1)
    shown()[0].setFocus(Qt.FocusReason.TabFocusReason)
    clerk.press(Qt.Key.Key_Return)


def number_in_crm(clerk: Clerk, company_id: str) -> str:
    return str(clerk.crm.one("SELECT code FROM persons_organisation WHERE cremeentity_ptr_id = ?", company_id) or "")


def go_to_links(clerk: Clerk, text: str) -> LinksPage:
    """Open the page, and find one company in it."""
    clerk.press(Qt.Key.Key_L, CTRL)
    page = page_of(clerk)
    clerk.until(lambda: clerk.program.links.inbox.status is InboxStatus.READY)
    page._text.setFocus()
    page._text.clear()
    clerk.type(text)
    clerk.until(lambda: page.list.finding is not None and text in page.list.finding.company.name)
    return page


def test_a_suggestion_is_accepted_taken_back_and_refused(clerk: Clerk) -> None:
    word, vat = uuid4().hex[:10].translate(str.maketrans("0123456789", "ghijklmnop")), a_vat_number()
    identifiers = [["create", [{"type": "eu_vat", "code": vat}]]]
    address = {"street_unstructured": "Fakturavej 9", "postal_code": "5000", "city": "Odense", "invoice": True}
    party = clerk.erp.admin.create(
        "party.party", name="Handelshuset Ørnehøj A/S", identifiers=identifiers, addresses=[["create", [address]]]
    )
    (read,) = clerk.erp.admin("model.party.party.read", [party], ["code"])
    number = str(read["code"])
    company = clerk.crm.new_company(f"Ørnen {word}", vat_number=f"{vat[2:4]} {vat[4:]}")
    inbox, detail = clerk.program.links.inbox, clerk.program.links.detail

    page = go_to_links(clerk, word)
    finding = page.list.finding
    assert finding is not None
    assert finding.kind is FindingKind.NO_NUMBER
    assert finding.best is not None
    assert (finding.best.reason, finding.best.number) == (Reason.VAT_NUMBER, number)
    clerk.until(lambda: detail.customer.value is not None and detail.company.value is not None)
    clerk.look("links")
    assert number_in_crm(clerk, company) == "", "nothing is linked by itself"

    press_button(clerk, f"Accept: write {number}")
    clerk.until(lambda: inbox.deed is not None and inbox.deed.status is DeedStatus.DONE)
    assert number_in_crm(clerk, company) == number
    assert page.list.finding is None, "it is no finding any more"
    assert f"has the number {number} in the CRM" in clerk.messages()
    clerk.look("links-accepted")
    # No address has crossed.
    addresses = "SELECT count(*) FROM persons_address WHERE object_id = ?"
    assert clerk.crm.one(addresses, company) == 0
    assert clerk.erp.rows("SELECT city FROM party_address WHERE party = ?", party) == [("Odense",)]

    press_button(clerk, "Take the number out again")
    clerk.until(lambda: number_in_crm(clerk, company) == "")
    clerk.until(lambda: page.list.finding is not None)

    clerk.crm.change("UPDATE persons_organisation SET code = 'X-1' WHERE cremeentity_ptr_id = ?", company)
    press_button(clerk, f"Accept: write {number}")
    clerk.until(lambda: inbox.deed is not None and inbox.deed.status is DeedStatus.FAILED)
    assert number_in_crm(clerk, company) == "X-1", "somebody else's is not overwritten"
    assert "newer version" in clerk.messages()
    clerk.crm.change("UPDATE persons_organisation SET code = '' WHERE cremeentity_ptr_id = ?", company)

    press_button(clerk, "Not this one")
    assert page.list.finding is not None
    assert page.list.finding.suggestions == ()
    press_button(clerk, "Read again")
    clerk.until(lambda: inbox.status is InboxStatus.READY)
    assert page.list.finding is not None
    assert page.list.finding.suggestions == (), "a no is remembered"
    press_button(clerk, "Show again what was said no to")
    assert page.list.finding.suggestions != ()
    clerk.press(Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_a_project_without_a_customer_is_looked_at(clerk: Clerk, real_time: RealTime) -> None:
    connection = Connection("tryton-time", real_time.url, "clerk", {"database": real_time.database})
    clerk.program.sign_in_to([DemoLogin(connection, real_time.password())])
    clerk.until_online(SystemKind.TIME)
    page = go_to_links(clerk, "uddannelse og kurser")
    clerk.look("links-project")
    assert "no customer number" in page.detail._what.text()
    assert all(card.isHidden() for card in (*page.detail._facts, *page.detail._addresses))
    press_button(clerk, "Open the project")
    clerk.until(lambda: isinstance(clerk.program.window.left.currentWidget(), ProjectPanel))
    # It is right as it is: said once, and it is no finding any more.
    go_to_links(clerk, "uddannelse og kurser")
    press_button(clerk, "It is one of our own")
    clerk.until(lambda: page.list.finding is None)
    assert clerk.program.links.inbox.rejected == 1


@pytest.mark.parametrize("from_card", [False, True])
def test_a_customer_is_made(clerk: Clerk, from_card: bool) -> None:
    word = uuid4().hex[:10].translate(str.maketrans("0123456789", "ghijklmnop"))
    name = f"Værksted {word}"
    company = clerk.crm.new_company(name, "19997" if from_card else "")
    makings = clerk.program.links.makings
    if from_card:
        clerk.find(word)
        clerk.until(lambda: "no customer with the number 19997" in clerk.messages())
        clerk.look("card-not-in-erp")
    else:
        go_to_links(clerk, word)
    press_button(clerk, "Create in the ERP…")
    clerk.until(lambda: f"Make “{name}” a customer in the ERP?" in clerk.messages())
    clerk.until(lambda: "Looking whether" not in clerk.messages())
    clerk.look(f"create-{from_card}")
    assert clerk.erp.rows("SELECT id FROM party_party WHERE name = ?", name) == [], "not before it is confirmed"
    press_button(clerk, "Create in the ERP")
    clerk.until(lambda: (made := makings.of(company)) is not None and made.status is MakingStatus.DONE)
    clerk.until(lambda: not makings.is_busy)
    ((number,),) = clerk.erp.rows("SELECT code FROM party_party WHERE name = ?", name)
    assert number_in_crm(clerk, company) == number
    assert f"“{name}” is customer {number} in the ERP" in clerk.messages()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not clerk.program.window.top_bar.search, "the keyboard stays where the work is"
    if from_card:
        clerk.until(lambda: clerk.program.card.link is LinkState.LINKED)
        assert clerk.program.window.erp_customer_id, "an order can be written at once"
    clerk.look(f"created-{from_card}")
