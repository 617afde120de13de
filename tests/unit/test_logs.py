"""The log keeps no secret and nothing that a system or a user has said; it is rotated, private, never in the way."""

import logging
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.storage import logs as logs_module
from app.storage.logs import NAME, Logs
from tests.helpers.logfail import LogGuard

SECRET = "hunter2-Østergård"

Written = Callable[[], str]


@pytest.fixture
def written(tmp_path: Path, log_guard: LogGuard) -> Iterator[tuple[Logs, Written]]:
    """A log that is running, and what it has written once it has been stopped."""
    log_guard.allow("", "")
    log_guard.allow("app", "")
    log_guard.allow("httpx", "")
    log_guard.allow("strange", "")
    logs = Logs(tmp_path / "log")
    is_stopped: list[bool] = []

    def stop() -> str:
        if not is_stopped:
            is_stopped.append(True)
            logs.stop()
        return "".join(path.read_text("utf-8") for path in sorted((tmp_path / "log").glob("*")))

    yield logs, stop
    stop()


def test_our_own_words_are_kept(written: tuple[Logs, Written]) -> None:
    logging.getLogger("app.storage.journal").warning("the write journal cannot be opened: %s", "no space")
    text = written[1]()
    assert "WARNING app.storage.journal: the write journal cannot be opened: no space" in text


def test_of_an_exception_the_kind_and_the_places_are_kept_and_not_its_words(written: tuple[Logs, Written]) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"customer {SECRET}") from error
    except ValueError:
        logging.getLogger("app.runtime.jobs").exception("a job failed")
    text = written[1]()
    assert SECRET not in text
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "which led to" in text
    assert f"{Path(__file__).name}:" in text


def test_of_other_libraries_only_the_place_is_kept(written: tuple[Logs, Written]) -> None:
    logging.getLogger("httpx").warning("HTTP Request: GET https://crm/?q=%s", SECRET)
    logging.getLogger("strange.library").error(f"could not read {SECRET}", stack_info=True)
    text = written[1]()
    assert SECRET not in text
    assert f"httpx: ({Path(__file__).name}:" in text
    assert f"strange.library: ({Path(__file__).name}:" in text


def test_what_nobody_caught_is_logged_without_its_words(written: tuple[Logs, Written]) -> None:
    def fail() -> None:
        raise RuntimeError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    text = written[1]()
    assert text.count("builtins.RuntimeError") == 2
    assert SECRET not in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise: the folder is the user's own")
def test_only_this_user_reads_it(written: tuple[Logs, Written]) -> None:
    logging.getLogger("app").warning("something")
    written[1]()
    assert stat.S_IMODE(written[0].file.stat().st_mode) == 0o600


def test_it_never_grows_past_its_size(
    tmp_path: Path, log_guard: LogGuard, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log_guard.allow("app", "")
    monkeypatch.setattr(logs_module, "_MOST_BYTES", 2_000)
    logs = Logs(tmp_path)
    for _ in range(500):
        logging.getLogger("app").warning("x" * 80)
    logs.stop()
    files = list(tmp_path.glob(f"{NAME}*"))
    assert len(files) == 4
    assert sum(path.stat().st_size for path in files) < 4 * 2_000
    assert capsys.readouterr().err.count("x" * 80) == 500


def test_a_disk_that_takes_nothing_costs_the_log_and_nothing_else(tmp_path: Path, log_guard: LogGuard) -> None:
    log_guard.allow("app", "")
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    logs = Logs(in_the_way / "log")
    logging.getLogger("app").warning("something")
    logs.stop()
    assert in_the_way.read_text() == "not a folder"


def test_everything_is_as_before_after_it_has_stopped(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook, logging.getLogger().level, list(logging.getLogger().handlers)
    Logs(tmp_path).stop()
    assert (
        sys.excepthook,
        threading.excepthook,
        logging.getLogger().level,
        list(logging.getLogger().handlers),
    ) == before
