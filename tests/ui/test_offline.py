"""Without the systems: what was opened before is there to be read, with its age, in the real window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyringHere
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Program
from app.opening import Options
from app.ports.cache import CacheTrouble
from app.ports.connection import Connection, SystemKind
from app.services.card_parts import LinkState, PartName, PartStatus
from app.services.connections import ConnectionStatus
from app.storage.settings import Settings
from app.ui.connect.system_chip import SystemDetails
from app.ui.formats import Formats
from app.ui.orders.columns import Column
from app.ui.shell.main_window import MainWindow
from tests.fixtures.creme import RealCreme
from tests.fixtures.program import PATIENCE, Clerk
from tests.fixtures.tryton import RealTryton
from tests.helpers.background import BackgroundLoop
from tests.helpers.memory_keyring import MemoryKeyring
from tests.helpers.proxy import Proxy, ProxyFault

CUSTOMER = "10023"
BOTH = (SystemKind.CRM, SystemKind.ERP)


def _shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _is_read(program: Program) -> bool:
    return all(program.card.part(name).status is PartStatus.READY for name in PartName)


def _is_offline(program: Program) -> bool:
    return all(program.card.part(name).is_offline for name in PartName)


def _see(clerk: Clerk) -> None:
    """Open the customer with both systems there, and then another one."""
    clerk.find(CUSTOMER)
    clerk.until(lambda: clerk.program.card.number == CUSTOMER and _is_read(clerk.program))


def _cut(clerk: Clerk, fault: ProxyFault = ProxyFault.DOWN) -> None:
    for line in (clerk.erp_line, clerk.crm_line):
        clerk.between(line, fault)


def test_a_customer_seen_before_is_shown_without_the_systems(clerk: Clerk) -> None:
    program = clerk.program
    _see(clerk)
    company, customer, orders = program.card.company, program.card.customer, program.card.orders
    assert company.value is not None
    assert customer.value is not None
    assert orders.value
    clerk.find("havn")
    clerk.until(lambda: program.card.number not in ("", CUSTOMER) and program.card.company.status is PartStatus.READY)
    _cut(clerk)
    program.open_customer(CUSTOMER)
    clerk.until(lambda: _is_offline(program))
    panel = program.window.card_panel  # with all that still waits for its turn
    wanted = [company.value.name, customer.value.addresses[0].city]
    for kind, part in (("CRM", company), ("ERP", customer)):
        assert part.read_at is not None
        wanted.append(f"{kind} · as of {Formats().clock(part.read_at)}, offline")
    clerk.until(lambda: all(text in _shown(panel) for text in wanted))
    assert "cannot be reached" not in _shown(panel)
    assert program.card.link is LinkState.LINKED
    assert program.card.company.read_at == company.read_at
    assert [order.number for order in program.card.orders.value or ()] == [order.number for order in orders.value]
    state = program.connections.state
    clerk.until(lambda: all(state(kind).status is ConnectionStatus.OFFLINE for kind in BOTH))
    # Back: everything is read again by itself.
    _cut(clerk, ProxyFault.NONE)
    clerk.until(lambda: _is_read(program))
    assert program.card.customer.read_at is not None
    assert customer.read_at is not None
    assert program.card.customer.read_at > customer.read_at
    panel.finish()
    assert "offline" not in _shown(panel)


def test_systems_that_say_nothing_do_not_hold_up_what_was_seen(clerk: Clerk) -> None:
    program = clerk.program
    _see(clerk)
    _cut(clerk, ProxyFault.SILENT)
    program.open_customer(CUSTOMER)
    clerk.until(lambda: all(program.card.part(name).value is not None for name in PartName), at_most=2000)
    clerk.until(lambda: program.card.company.status is PartStatus.LOADING)
    assert program.card.company.value is not None


def test_an_order_seen_before_can_be_read_and_then_edited_again(clerk: Clerk) -> None:
    program = clerk.program
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "2")
    clerk.until_stored(1)
    clerk.until(lambda: not clerk.session.is_busy and bool(clerk.session.order.actions))
    order_id = clerk.session.order.id
    assert order_id is not None
    # It is put away with the line in it, and another one is opened.
    clerk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: program.panel.session is not None and clerk.session.order.id is None)
    _cut(clerk)
    program.open_order(order_id)
    clerk.until(lambda: clerk.session.order.id == order_id)
    order = clerk.session.order
    assert not order.editable
    assert not order.actions
    assert [line.quantity for line in order.lines] == [2]
    assert order.totals is not None
    clerk.until(lambda: clerk.session.fault is not None)
    text = _shown(program.panel)
    assert "cannot be reached" not in text  # that is said once, above it
    assert f"The order as of {Formats().clock(order.read_at)}, offline" in text
    assert "What you typed is kept" not in _shown(program.panel)
    # Nothing can be typed in it.
    program.panel.lines.setFocus()
    program.panel.lines.setCurrentIndex(program.panel.lines.model().index(0, Column.QUANTITY))
    clerk.type("7")
    clerk.press(Qt.Key.Key_Return)
    assert not clerk.session.has_unwritten
    _cut(clerk, ProxyFault.NONE)
    clerk.until(lambda: clerk.session.order.editable)
    clerk.until(lambda: "offline" not in _shown(program.panel))
    program.panel.lines.setCurrentIndex(program.panel.lines.model().index(0, Column.QUANTITY))
    clerk.type("7")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: not clerk.session.has_unwritten)
    assert clerk.erp.rows("SELECT quantity FROM sale_line WHERE sale = ?", order_id) == [(7,)]


def test_an_order_is_shown_when_the_erp_says_nothing(clerk: Clerk) -> None:
    program = clerk.program
    _see(clerk)
    orders = program.card.orders.value
    assert orders
    program.open_order(orders[0].id)
    clerk.until(lambda: program.panel.session is not None and clerk.session.order.id == orders[0].id)
    seen = clerk.session.order
    program.open_order(orders[1].id)
    clerk.until(lambda: clerk.session.order.id == orders[1].id)
    clerk.between(clerk.erp_line, ProxyFault.SILENT)
    program.open_order(orders[0].id)
    clerk.until(lambda: clerk.session.order.id == orders[0].id, at_most=6000)
    assert clerk.session.order.read_at == seen.read_at
    assert clerk.session.order.lines == tuple(
        line for line in (clerk.session.order.line(each.id) for each in seen.lines) if line is not None
    )
    assert not clerk.session.order.editable


def test_an_order_never_seen_says_why_it_is_not_there(clerk: Clerk) -> None:
    program = clerk.program
    _see(clerk)
    orders = program.card.orders.value
    assert orders
    _cut(clerk)
    program.open_order(orders[-1].id)
    clerk.until(lambda: "The ERP cannot be reached." in _shown(program.panel))
    assert program.panel.session is None


def test_going_offline_and_coming_back_takes_nobody_s_keyboard_and_is_said_in_one_place(clerk: Clerk) -> None:
    program = clerk.program
    clerk.begin_order(CUSTOMER)
    clerk.until(lambda: _is_read(program))
    state = program.connections.state
    clerk.type("47")
    editor = program.window.focusWidget()
    assert isinstance(editor, QLineEdit)
    _cut(clerk)
    program.window.card_panel.reload()  # somebody asks, so that it is known at once
    clerk.until(lambda: all(state(kind).status is ConnectionStatus.OFFLINE for kind in BOTH))
    clerk.until(lambda: _is_offline(program))
    program.window.card_panel.finish()
    clerk.type("1")
    assert program.window.focusWidget() is editor
    said = [text for text in _shown(program.window).splitlines() if "cannot be reached" in text]
    assert len(said) == len(set(said)) <= len(BOTH)  # once for each system, in its half
    _cut(clerk, ProxyFault.NONE)
    clerk.until(lambda: all(state(kind).status is ConnectionStatus.ONLINE for kind in BOTH))
    clerk.until(lambda: _is_read(program))
    clerk.type("1")
    assert program.window.focusWidget() is editor
    assert editor.text() == "4711"
    clerk.press(Qt.Key.Key_Return)
    clerk.type("3")
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(1)
    assert clerk.stored("quantity") == [(3.0,)]


# -- the next morning


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Starts the program as it is installed: its file, its settings, and the keyring stay between starts."""
    running: list[Program] = []

    def end() -> None:
        for program in running:
            program.window.set_close_guard(lambda: True)
            program.window.close()
            program.end()
        running.clear()

    def begin() -> Program:
        end()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        settings = Settings(tmp_path)
        options = Options(language="en", theme="light", settings=tmp_path)
        running.append(Program(app, options, settings, MainWindow(settings)))
        running[0].window.show()
        running[0].begin()
        qtbot.waitUntil(lambda: set(BOTH) <= set(running[0].connections.kinds), timeout=PATIENCE)
        return running[0]

    yield begin
    end()
    QApplication.processEvents()


def test_the_next_morning_in_the_train(
    qtbot: QtBot,
    start: Callable[[], Program],
    real_tryton: RealTryton,
    real_creme: RealCreme,
    tmp_path: Path,
    ring: MemoryKeyring,
) -> None:
    assert not ring.secrets
    with BackgroundLoop() as network:
        lines = (Proxy(real_tryton.url), Proxy(real_creme.server.url))
        for line in lines:
            network.run(line.start())
        erp = Connection("tryton", lines[0].url, "clerk", {"database": real_tryton.database}, "en")
        crm = Connection("creme", lines[1].url, "saelger", {}, "en")
        program = start()
        program.connections.sign_in(SystemKind.ERP, erp, real_tryton.password("clerk"))
        program.connections.sign_in(SystemKind.CRM, crm, real_creme.password("saelger"))
        state = program.connections.state
        qtbot.waitUntil(lambda: all(state(kind).status is ConnectionStatus.ONLINE for kind in BOTH), timeout=PATIENCE)
        program.window.show_work()
        program.open_customer(CUSTOMER)
        qtbot.waitUntil(lambda: _is_read(program), timeout=PATIENCE)
        orders = program.card.orders.value
        assert orders
        program.open_order(orders[0].id)
        qtbot.waitUntil(lambda: program.panel.session is not None, timeout=PATIENCE)
        name = program.card.company.value.name if program.card.company.value is not None else ""
        read_at = program.card.company.read_at
        for line in lines:
            network.run(line.set(ProxyFault.DOWN))
        program = start()
        later = program.connections.state
        qtbot.waitUntil(lambda: all(later(kind).status is ConnectionStatus.OFFLINE for kind in BOTH), timeout=PATIENCE)
        program.open_customer(CUSTOMER)
        qtbot.waitUntil(lambda: _is_offline(program), timeout=PATIENCE)
        assert program.card.company.value is not None
        assert (program.card.company.value.name, program.card.company.read_at) == (name, read_at)
        assert name in _shown(program.window.card_panel)
        program.open_order(orders[0].id)
        qtbot.waitUntil(lambda: program.panel.session is not None, timeout=PATIENCE)
        session = program.panel.session
        assert session is not None
        assert session.order.number == orders[0].number
        assert not session.order.editable
        assert b"Nordlys" not in (tmp_path / "cache.db").read_bytes()
        for line in lines:
            network.run(line.set(ProxyFault.NONE))
            network.run(line.stop())


def test_without_a_keyring_the_window_says_that_it_keeps_in_memory_only(
    qtbot: QtBot, start: Callable[[], Program], real_creme: RealCreme, tmp_path: Path
) -> None:
    assert isinstance(keyring.get_keyring(), NoKeyringHere)
    program = start()
    crm = Connection("creme", real_creme.server.url, "saelger", {}, "en")
    program.connections.sign_in(SystemKind.CRM, crm, real_creme.password("saelger"))
    state = program.connections.state
    qtbot.waitUntil(lambda: state(SystemKind.CRM).status is ConnectionStatus.ONLINE, timeout=PATIENCE)
    qtbot.waitUntil(lambda: program.caches.trouble is CacheTrouble.NO_KEYRING, timeout=PATIENCE)
    details = SystemDetails(program.connections, SystemKind.CRM, program.window)
    details.show_under(program.window.top_bar)
    assert "what you open is kept in memory only" in _shown(details)
    details.close()
    assert not (tmp_path / "cache.db").exists()
