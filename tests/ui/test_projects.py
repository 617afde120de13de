"""Projects in the window, by keys: found, opened, whose they are, and back; on the real systems, and what is odd."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.demo.world import DemoLogin
from app.ports.connection import Connection, Manifest, SystemKind
from app.ports.errors import Unreachable
from app.services.card_parts import PartStatus
from app.services.connections import ConnectionStatus
from app.ui.projects.project_panel import ProjectPanel
from app.ui.widgets import MessageBar
from tests.fixtures.program import Clerk
from tests.fixtures.tryton_time import RealTime
from tests.fixtures.window import Desk
from tests.helpers.fake_projects import HARBOUR, FakeTime
from tests.helpers.proxy import Proxy, ProxyFault

ALT = Qt.KeyboardModifier.AltModifier


def _join(desk: Desk) -> FakeTime:
    """Signed in to all of them, the time system too."""
    fake = FakeTime()
    kind = SystemKind.TIME
    desk.connections.add(Manifest("time", "Tryton time", kind, lambda _c, _t: fake.as_system()), None)
    desk.connections.sign_in(kind, Connection("time", "http://127.0.0.1:1", "mette"), "right", keep=False)
    desk.sign_in()
    return fake


def _find(qtbot: QtBot, desk: Desk, text: str) -> None:
    field = desk.window.top_bar.search
    field.start()
    qtbot.keyClicks(field, text)
    desk.answer()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.answer()


def _panel(desk: Desk) -> ProjectPanel:
    panel = desk.window.left.currentWidget()
    assert isinstance(panel, ProjectPanel)
    return panel


def _press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def test_from_the_customer_to_his_project_and_back(qtbot: QtBot, desk: Desk) -> None:
    fake = _join(desk)
    _find(qtbot, desk, "10023")
    desk.panel.finish()
    projects = desk.panel.overview.projects
    assert projects.isVisibleTo(desk.panel.overview)
    projects.give_keyboard("P-1002")
    _press(qtbot, Qt.Key.Key_Return)
    desk.answer()
    panel = _panel(desk)
    assert panel._name.text() == HARBOUR.name
    assert panel.customer.text() == "Nordlys Belysning ApS"
    assert desk.window.erp_customer_id == "e1"  # he is at hand all the while
    _press(qtbot, Qt.Key.Key_Left, ALT)
    assert desk.window.left.currentWidget() is desk.panel
    assert QApplication.focusWidget() is not None
    assert QApplication.focusWidget().objectName() == "project-P-1002"  # type: ignore[union-attr]
    assert fake.asked.count("projects of 10023") == 1


def test_found_by_number_it_leaves_the_customer_and_leads_to_its_own(qtbot: QtBot, desk: Desk) -> None:
    _join(desk)
    _find(qtbot, desk, "10023")
    _find(qtbot, desk, "P-1002")
    panel = _panel(desk)
    assert panel._back.isHidden()
    assert desk.window.erp_customer_id == ""  # nobody's order is begun behind a project
    _press(qtbot, Qt.Key.Key_Left, ALT)
    desk.answer()
    assert desk.window.left.currentWidget() is desk.panel
    assert desk.card.number == "10023"


def test_a_dead_time_system_is_named_and_asked_again(qtbot: QtBot, desk: Desk) -> None:
    fake = _join(desk)
    _find(qtbot, desk, "P-1002")
    fake.fault = Unreachable("time")
    panel = _panel(desk)
    panel.open(panel._card.identity())
    desk.answer()
    bar = panel._message
    assert isinstance(bar, MessageBar)
    assert "cannot be reached" in bar.text()
    fake.fault = None
    panel._card.retry(SystemKind.TIME)
    desk.answer()
    assert bar.isHidden()
    assert panel._name.text() == HARBOUR.name


def test_nobody_who_has_no_time_system_sees_a_word_of_projects(qtbot: QtBot, desk: Desk) -> None:
    desk.sign_in()
    _find(qtbot, desk, "10023")
    desk.panel.finish()
    assert desk.panel.overview.projects.isHidden()


def test_on_the_real_systems_by_keys(clerk: Clerk, real_time: RealTime) -> None:
    """Found by name and by number, the customer there and back, and the time system dead and back again."""
    line = Proxy(real_time.url)
    clerk.network.run(line.start())
    try:
        options = {"database": real_time.database}
        connection = Connection("tryton-time", line.url, "clerk", options)
        clerk.program.join(DemoLogin(connection, real_time.password()))
        clerk.until_online(SystemKind.TIME)
        _there_and_back(clerk)
        _dead_and_back(clerk, line)
    finally:
        clerk.network.run(line.stop())


def _there_and_back(clerk: Clerk) -> None:
    program, window = clerk.program, clerk.program.window
    card = program.projects.card
    clerk.find("LED-udskiftning lager")
    clerk.until(lambda: card.project.status is PartStatus.READY)
    assert (card.number, card.customer_number) == ("P-1002", "10023")
    panel = window.left.currentWidget()
    assert isinstance(panel, ProjectPanel)
    clerk.until(lambda: card.in_erp.status is card.in_crm.status is PartStatus.READY)
    clerk.until(lambda: panel.customer.text() == "Nordlys Belysning ApS")
    clerk.look("project")
    # To its customer, into another one of his, and back to him.
    clerk.press(Qt.Key.Key_Left, ALT)
    of_customer = program.projects.of_customer
    clerk.until(lambda: of_customer.projects.status is PartStatus.READY and program.card.number == "10023")
    assert {"P-1001", "P-1002", "P-1003"} <= {hit.number for hit in of_customer.projects.value or ()}
    window.card_panel.overview.projects.give_keyboard("P-1003")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: card.project.value is not None and card.project.value.number == "P-1003")
    clerk.press(Qt.Key.Key_Left, ALT)
    assert window.left.currentWidget() is window.card_panel
    clerk.look("project-list")


def _dead_and_back(clerk: Clerk, line: Proxy) -> None:
    program = clerk.program
    card, state = program.projects.card, program.connections.state
    clerk.between(line, ProxyFault.DOWN)
    program.show_for("project/P-1002")  # as a link does; it was seen before
    clerk.until(lambda: card.project.is_offline)
    assert card.project.value is not None
    assert card.in_erp.status is not PartStatus.FAILED
    clerk.until(lambda: state(SystemKind.TIME).status is ConnectionStatus.OFFLINE)
    clerk.look("project-offline")
    clerk.find("P-1002")  # known here, while its system is away
    assert card.number == "P-1002"
    clerk.between(line, ProxyFault.NONE)
    program.connections.retry(SystemKind.TIME)
    clerk.until(lambda: card.project.status is PartStatus.READY)
