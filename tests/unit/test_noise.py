"""The tests are noisy: each of these is a test that must fail, run by a pytest of its own."""

import pytest

NOISY = """
import logging
import threading
import time
import warnings

import pytest
from PySide6.QtCore import qWarning


def test_python_warns():
    warnings.warn("old")

def test_qt_warns():
    qWarning("bad geometry")

def test_it_logs():
    logging.getLogger("app.systems").warning("signed out")

def test_it_logs_as_expected(log_guard):
    log_guard.allow("app", "signed o.t")
    logging.getLogger("app.systems").warning("signed out")
    logging.getLogger("app").info("not worth a word")

def test_it_logs_more_than_expected(log_guard):
    log_guard.allow("app.sys", "signed out")
    logging.getLogger("app.systems").warning("signed out")

def test_a_thread_is_left():
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

def test_a_thread_fails():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

@pytest.fixture
def clumsy():
    yield
    qWarning("destroyed while running")

def test_qt_warns_at_the_end(clumsy):
    pass
"""


def test_every_noise_fails_a_test(
    pytester: pytest.Pytester, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # with it pytest says everything twice
    ini = (pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8")
    pytester.makepyprojecttoml(ini.replace('testpaths = ["tests"]', f"pythonpath = [{str(pytestconfig.rootpath)!r}]"))
    pytester.makepyfile(NOISY)
    guards = ["logfail", "qtfail", "threadfail"]
    result = pytester.runpytest_subprocess(*(part for name in guards for part in ("-p", f"tests.helpers.{name}")))
    result.assert_outcomes(passed=5, failed=3, errors=4)
    said = result.stdout.str()
    for noise in ("old", "bad geometry", "ZeroDivisionError", "destroyed while running", "threads left running"):
        assert noise in said
    assert said.count("WARNING app.systems: signed out") == 2
