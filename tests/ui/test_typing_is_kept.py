"""A window that is killed while one types in it: the call and the line are offered again, word by word."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.domain.contacts import TouchKind
from app.ports.connection import Connection, SystemKind
from app.services.drafts import KEPT_WITHIN
from app.services.order_rows import RowStatus
from app.storage.journal import EncryptedJournals
from app.ui.widgets import MessageBar
from tests.fixtures.creme import RealCreme
from tests.fixtures.program import Clerk
from tests.fixtures.tryton import RealTryton
from tests.helpers.spoken_window import MARK

CUSTOMER = "10023"
_ROOT = Path(__file__).parents[2]


def _connections(erp: RealTryton, crm: RealCreme) -> dict[SystemKind, tuple[Connection, str]]:
    return {
        SystemKind.ERP: (Connection("tryton", erp.url, "clerk", {"database": erp.database}), erp.password()),
        SystemKind.CRM: (Connection("creme", crm.server.url, "saelger"), crm.password()),
    }


def _type_and_be_killed(folder: Path, connections: dict[SystemKind, tuple[Connection, str]]) -> None:
    plan: dict[str, object] = {"tour": "typing"}
    for kind, (connection, password) in connections.items():
        options = dict(connection.options)
        place = {"system": connection.system, "url": connection.url, "user": connection.user, "options": options}
        plan[kind.value] = {**place, "password": password}
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    command = [sys.executable, "-m", "tests.helpers.spoken_window", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, text=True) as child:
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            for number, line in enumerate(child.stdout):
                if line.strip() == f"{MARK}typed":
                    break
                if not number or line.strip() == f"{MARK}the first start":
                    child.stdin.write("\n")
                    child.stdin.flush()
            else:
                raise AssertionError("it ended before everything was typed")
            time.sleep(2 * KEPT_WITHIN)
        finally:
            os.kill(child.pid, signal.SIGKILL)


def _go_on(clerk: Clerk, bar: MessageBar) -> None:
    assert bar.take_keyboard()
    clerk.press(Qt.Key.Key_Return)


def _kept(clerk: Clerk) -> int:
    """How many drafts are on the disk."""
    journals = clerk.program.desk.journals
    assert isinstance(journals, EncryptedJournals)
    work = journals.run(lambda database, _run: int(database.execute("SELECT count(*) FROM draft").fetchone()[0]), -1)
    return clerk.program.loop.submit(work).result()


@pytest.mark.usefixtures("file_ring")
def test_a_call_and_a_line_that_were_being_typed_are_offered_again(
    new_clerk: Callable[..., Clerk], real_tryton: RealTryton, real_creme: RealCreme, tmp_path: Path
) -> None:
    connections = _connections(real_tryton, real_creme)
    _type_and_be_killed(tmp_path, connections)
    clerk = new_clerk(is_first_start=True)
    program = clerk.program
    for kind, (connection, password) in connections.items():
        program.connections.sign_in(kind, connection, password, keep=False)
    clerk.until_online(*connections)
    program.window.show_work()
    # The line, in a new order that the ERP has never heard of.
    row = program.panel.row_drafts
    clerk.until(row.isVisible)
    assert "a new order for Nordlys Belysning ApS" in row.text()
    assert "4711 · 40" in row.text()
    # The call, on his card.
    clerk.find(CUSTOMER)
    bar = program.window.card_panel.draft_bar
    clerk.until(bar.isVisible)
    assert "Call: Vil have 40 til · Ringede om den nye" in bar.text()
    clerk.look("drafts")
    program.language.choose("da")
    clerk.until(lambda: "Du var ved at" in bar.text() and "Du var ved at" in row.text())
    clerk.look("drafts-da")
    assert bar.take_keyboard()
    program.language.choose("en")
    clerk.until(lambda: "You were writing" in bar.text())
    assert bar.has_keyboard

    _go_on(clerk, bar)
    composer = program.window.card_panel.timeline.composer
    assert composer.isVisible()
    assert (composer._subject.text(), composer._text.toPlainText()) == ("Vil have 40 til", "Ringede om den nye")
    assert composer._kinds[TouchKind.CALL].isChecked()
    assert bar.isHidden()
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.until(composer.isHidden)

    _go_on(clerk, row)
    clerk.until(lambda: program.panel.session is not None and len(clerk.session.keys()) == 1)
    clerk.until(lambda: clerk.rows()[0].line.product is not None)
    (typed,) = clerk.rows()
    assert typed.line.product is not None
    assert (typed.line.product.code, typed.line.quantity, typed.status) == ("4711", 40, RowStatus.TYPING)
    assert clerk.session.order.id is None  # nothing goes to the ERP before the user leaves the row
    assert row.isHidden()
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(1)

    # Sent, neither is kept any more.
    clerk.until(lambda: _kept(clerk) == 0)
