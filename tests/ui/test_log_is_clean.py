"""A day with everything going wrong on the real systems, the log at its most talkative: nothing of it is in there."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.ports.connection import SystemKind
from app.ports.errors import NoAnswer
from app.services.card import PartStatus
from app.services.order_rows import RowStatus
from app.storage.logs import Logs
from tests.fixtures.program import Clerk
from tests.helpers.logfail import LogGuard
from tests.helpers.proxy import ProxyFault

CUSTOMER = "10023"
WRONG = "not-this-one-Østergård"


@pytest.fixture
def log(tmp_path: Path, log_guard: LogGuard) -> Iterator[Callable[[], str]]:
    """The log of everything that is said from now on, down to DEBUG; stops it and gives its text."""
    for logger in ("app", "asyncio", "httpx", "httpcore"):
        log_guard.allow(logger, "")
    logs = Logs(tmp_path / "log", logging.DEBUG)
    is_stopped: list[bool] = []

    def text() -> str:
        if not is_stopped:
            is_stopped.append(True)
            logs.stop()
        return "".join(path.read_text("utf-8") for path in sorted(logs.file.parent.glob("*")))

    yield text
    text()


def _said_in(system: object) -> set[str]:
    """Every text that stands in these dataclasses, wherever it stands."""
    found: set[str] = set()

    def walk(thing: object, depth: int) -> None:
        if isinstance(thing, str):
            found.add(thing)
        elif isinstance(thing, dict):
            for value in thing.values():
                walk(value, depth + 1)
        elif isinstance(thing, (list, tuple, set, frozenset)):
            for value in thing:
                walk(value, depth + 1)
        elif depth < 8 and hasattr(thing, "__dataclass_fields__"):
            for name in thing.__dataclass_fields__:
                walk(getattr(thing, name), depth + 1)

    walk(system, 0)
    return {text for text in found if len(text) >= 6 and not text.isdigit()}


def test_no_secret_and_nothing_of_a_customer_reaches_the_log(
    log: Callable[[], str], new_clerk: Callable[..., Clerk]
) -> None:
    clerk = new_clerk(erp_password=WRONG)
    clerk.until_online(SystemKind.CRM)
    connections = clerk.program.connections
    connection = connections.state(SystemKind.ERP).connection
    assert connection is not None
    connections.sign_in(SystemKind.ERP, connection, clerk.erp.password("clerk"), keep=False)
    clerk.until_online(SystemKind.ERP)
    clerk.begin_order(CUSTOMER)
    clerk.until(lambda: clerk.program.card.company.status is PartStatus.READY)
    clerk.enter_line("4711", "2")
    clerk.until_stored(1)
    clerk.between(clerk.erp_line, ProxyFault.CUT)
    clerk.type("4101")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("9")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: isinstance(clerk.session.fault, NoAnswer) or clerk.session.is_checking)
    clerk.between(clerk.erp_line, ProxyFault.NONE)
    clerk.until_stored(2)
    clerk.type("no such thing, Østergård")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: any(row.status is RowStatus.REFUSED for row in clerk.rows()))

    async def bug() -> None:
        raise ValueError(f"a bug that quotes {clerk.session.order.header.customer.name}")

    failed: list[Exception] = []
    clerk.program.jobs.run(bug(), lambda _: None, failed.append)
    clerk.until(lambda: bool(failed))

    card, order = clerk.program.card, clerk.session.order
    said = _said_in((card.company.value, card.customer.value, order.header, order.lines))
    assert order.header.customer.name in said
    assert len(said) > 10
    text = log()
    assert "a job failed" in text, "the log was not at work"
    passwords = {clerk.erp.password("clerk"), clerk.crm.password("saelger"), WRONG, "no such thing"}
    # Words of ours that both the log and an order use ("tryton") are no customer's.
    ours = {"tryton", "creme"}
    assert sorted(word for word in (said | passwords) - ours if word in text) == []
    assert "Session " not in text
    assert "Bearer" not in text
