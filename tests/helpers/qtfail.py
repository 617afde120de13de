"""A warning of Qt while a test is taken down fails it. (pytest-qt watches the test itself, and stops there.)"""

import sys
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    """Collect what Qt says while the fixtures end: "QThread: Destroyed while thread is still running" is said here."""
    if "PySide6.QtCore" not in sys.modules:
        return (yield)
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def handle(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            said.append(f"{kind.name}: {message}")

    previous = qInstallMessageHandler(handle)
    try:
        result = yield
    finally:
        qInstallMessageHandler(previous)
    if said:
        pytest.fail("Qt warned during teardown:\n" + "\n".join(said), pytrace=False)
    return result
