"""The page of the connections, on the real systems: the first start, by keys, to the last sign-out."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ports.connection import SystemKind
from app.services.connections import ConnectionStatus, SecretPlace
from app.services.doctor import Step
from app.systems.tryton.manifest import MANIFEST as TRYTON
from app.ui.connect.connect_page import ConnectPage
from app.ui.connect.findings import step_title
from app.ui.connect.findings_view import FindingsView
from app.ui.connect.system_card import SystemCard
from app.ui.connect.system_chip import SystemChip, SystemDetails
from app.ui.theme import ThemeChoice
from app.ui.widgets import Button, Label
from tests.fixtures.program import Clerk
from tests.helpers.memory_keyring import MemoryKeyring
from tests.helpers.proxy import ProxyFault

CTRL = Qt.KeyboardModifier.ControlModifier


def card_of(clerk: Clerk, kind: SystemKind) -> SystemCard:
    card = clerk.program.window.connect_page.card(kind)
    assert card is not None
    return card


def said_on(card: QWidget) -> str:
    return "\n".join(label.text() for label in card.findChildren(Label) if label.isVisible())


def push(card: QWidget, text: str) -> None:
    """By the keyboard, as everything here."""
    found = [button for button in card.findChildren(Button) if button.text() == text and button.isVisible()]
    assert len(found) == 1, (text, [button.text() for button in card.findChildren(Button) if button.isVisible()])
    found[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(found[0], Qt.Key.Key_Space)
    QApplication.processEvents()


def findings_of(clerk: Clerk, card: SystemCard) -> dict[str, str]:
    """What the test of the connection says, by the words for the screen reader."""
    push(card, "Test the connection")
    view = card.findChildren(FindingsView)[0]
    clerk.until(view.isVisible)
    said = [label.accessibleName() for label in view.findChildren(Label) if ": " in label.accessibleName()]
    return dict(text.split(": ", 1) for text in said)


def test_from_the_first_start_to_the_last_sign_out(new_clerk: Callable[..., Clerk], ring: MemoryKeyring) -> None:
    clerk = new_clerk(is_first_start=True)
    window, state = clerk.program.window, clerk.program.connections.state
    page = window.connect_page
    assert page.isVisible(), "nothing is set up: the first start comes here"
    assert [card.manifest.title for card in page.cards][:2] == ["Creme CRM", "Tryton"]
    assert len(window.findChildren(SystemChip)) == 2, "what was never set up takes no room in the bar"
    clerk.look("connect-first")
    # The keyboard is in the first empty field: address, user, password, and Enter.
    for text in (clerk.crm_line.url, "saelger", clerk.crm.password("saelger")):
        clerk.type(text)
        clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Return)
    clerk.until_online(SystemKind.CRM)
    # It goes on to the next: its database has a default, which is not ours.
    erp = card_of(clerk, SystemKind.ERP)
    clerk.until(lambda: erp.isAncestorOf(QApplication.focusWidget() or page))
    clerk.type(clerk.erp_line.url)
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_A, CTRL)
    for text in (clerk.erp.database, "clerk", "not this one"):
        clerk.type(text)
        clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: "User name or password is wrong." in said_on(erp))
    assert not any("clerk" in user for _, user in ring.secrets), "a password that was not right is kept nowhere"
    clerk.look("connect-wrong-password")
    clerk.type(clerk.erp.password("clerk"))
    clerk.press(Qt.Key.Key_Return)
    clerk.until_online(SystemKind.ERP)
    clerk.until(lambda: erp.form is None)
    kept = {user.split()[0]: secret for (service, user), secret in ring.secrets.items() if " " in user}
    assert kept["tryton"] == clerk.erp.password("clerk")
    assert kept["creme"] != clerk.crm.password("saelger"), "of the CRM it is a token that can be revoked"
    for kind in (SystemKind.CRM, SystemKind.ERP):
        identity, card = state(kind).identity, card_of(clerk, kind)
        assert identity is not None
        for text in (identity.user, identity.system_version, "In this computer's password store", " ms", "Online"):
            clerk.until(lambda text=text, card=card: text in said_on(card))
    assert clerk.erp_line.url in said_on(erp)

    # Every step, in place.
    for kind in (SystemKind.CRM, SystemKind.ERP):
        found = findings_of(clerk, card_of(clerk, kind))
        assert list(found) == [step_title(step) for step in Step]
        assert all(text.startswith("Well.") for text in found.values()), found
    clerk.look("connect-tested")
    assert "changing orders" in found["Rights"]
    clerk.between(clerk.erp_line, ProxyFault.DOWN)
    clerk.program.connections.retry(SystemKind.ERP)
    clerk.until(lambda: state(SystemKind.ERP).status is ConnectionStatus.OFFLINE)
    assert "The ERP cannot be reached." in said_on(erp)
    found = findings_of(clerk, erp)
    assert found["Reached"].startswith("Wrong. ")
    assert all(text.startswith("Not tried.") for step, text in found.items() if step != "Reached")
    clerk.look("connect-down")
    clerk.between(clerk.erp_line, ProxyFault.NONE)
    push(erp, "Try now")
    clerk.until_online(SystemKind.ERP)

    # Away and back by keys; the page stays as it was left.
    clerk.press(Qt.Key.Key_Escape)
    assert not page.isVisible()
    clerk.find("10023")
    clerk.until(lambda: bool(window.erp_customer_id))
    clerk.press(Qt.Key.Key_Comma, CTRL)
    assert page.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    chip = next(each for each in window.findChildren(SystemChip) if each.accessibleName().startswith("ERP"))
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.press(Qt.Key.Key_Space)
    clerk.until(lambda: isinstance(QApplication.activePopupWidget(), SystemDetails))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    clerk.look("connect-chip")
    push(popup, "Connections…")
    assert page.isVisible()
    assert erp.isAncestorOf(QApplication.focusWidget() or page)

    # The secret goes, whoever is signed in stays; then he goes too.
    push(erp, "Forget the sign-in")
    clerk.until(lambda: state(SystemKind.ERP).secret is SecretPlace.MEMORY)
    assert not any(user.startswith("tryton ") for _, user in ring.secrets)
    assert state(SystemKind.ERP).status is ConnectionStatus.ONLINE
    clerk.until(lambda: "you sign in again at the next start" in said_on(erp))
    assert "cannot be reached" not in said_on(erp), "what the test found is no longer so"
    push(card_of(clerk, SystemKind.CRM), "Sign out")
    clerk.until(lambda: state(SystemKind.CRM).status is ConnectionStatus.SIGNED_OUT)
    assert not any(user.startswith("creme ") for _, user in ring.secrets)
    assert card_of(clerk, SystemKind.CRM).form is not None
    assert card_of(clerk, SystemKind.CRM).isAncestorOf(QApplication.focusWidget() or page)
    clerk.look("connect-signed-out")


def test_one_of_several_erps_is_used(new_clerk: Callable[..., Clerk], ring: MemoryKeyring) -> None:
    clerk = new_clerk(is_first_start=True)
    connections, window = clerk.program.connections, clerk.program.window
    connections.offer(replace(TRYTON, name="second", title="Tryton, Esbjerg"), None)
    window.show_connections(SystemKind.ERP)
    page: ConnectPage = window.connect_page
    first, second = (card for card in page.cards if card.manifest.kind is SystemKind.ERP)
    for text in (clerk.erp_line.url, "", clerk.erp.database, "clerk", clerk.erp.password("clerk")):
        if text:
            clerk.type(text)
            clerk.press(Qt.Key.Key_Tab)
        else:
            clerk.press(Qt.Key.Key_A, CTRL)
    clerk.press(Qt.Key.Key_Return)
    clerk.until_online(SystemKind.ERP)
    assert "Tryton is the ERP that Samspil uses now." in said_on(second)
    clerk.look("connect-two-erps")
    clerk.press(Qt.Key.Key_Escape)
    clerk.find("10023")
    clerk.until(lambda: bool(window.erp_customer_id))
    clerk.press(Qt.Key.Key_N, CTRL)
    clerk.until(lambda: clerk.program.panel.session is not None)

    # Not while a row is on its way there.
    clerk.type("4711")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.rows()[0].line.product is not None)
    clerk.between(clerk.erp_line, ProxyFault.DOWN)
    clerk.type("1")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.program.desk.unwritten > 0 and clerk.session.fault is not None)
    window.show_connections(SystemKind.ERP)
    connections.choose("second")
    assert connections.manifest(SystemKind.ERP).name == "tryton"
    assert "Some lines are not in the ERP yet" in said_on(second)
    clerk.between(clerk.erp_line, ProxyFault.NONE)
    connections.retry(SystemKind.ERP)
    clerk.until_stored(1)
    page.refresh()

    push(second, "Use this one")
    assert connections.manifest(SystemKind.ERP).name == "second"
    assert connections.state(SystemKind.ERP).status is ConnectionStatus.SIGNED_OUT
    assert window.erp_customer_id == "", "the card was the other one's"
    assert clerk.program.panel.session is None
    assert clerk.program.systems.erp is None
    clerk.until(lambda: first.isVisible() and first.form is None and second.form is not None)
    assert second.isAncestorOf(QApplication.focusWidget() or page), "the keyboard stays where the work is"
    assert clerk.erp_line.url in said_on(first)
    assert any(user.startswith("tryton ") for _, user in ring.secrets), "the other one's secret stays"
    push(first, "Use this one")
    clerk.until_online(SystemKind.ERP)
    window.resize(1024, 640)
    clerk.program.theme.choose(ThemeChoice.DARK)
    clerk.program.language.choose("da")
    clerk.until(lambda: "Logget ind som" in said_on(first))
    assert "Signed in as" not in said_on(page)
    clerk.look("connect-narrow-dark-da")
    clerk.program.theme.choose(ThemeChoice.LIGHT)
