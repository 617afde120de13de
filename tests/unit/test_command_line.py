"""What the command line takes, and what it does with the rest."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from app.__main__ import main
from app.opening import Options
from app.ports.cache import COMPANY
from app.ports.connection import Connection
from app.storage.cache import EncryptedCaches
from tests.helpers.fake_contacts import NORDLYS

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What the window would have been opened with."""
    seen: list[Options] = []

    def open_window(options: Options, **_: Any) -> int:
        seen.append(options)
        return 0

    monkeypatch.setattr("app.opening.open_window", open_window)
    return seen


def test_a_link_opens_the_card_of_its_number(opened: list[Options]) -> None:
    assert main(["samspil://customer/10023", "--language", "da"]) == 0
    assert opened == [Options(language="da", customer="10023")]


def test_a_link_opens_the_card_of_its_project(opened: list[Options]) -> None:
    assert main(["samspil://project/P-1002"]) == 0
    assert opened == [Options(project="P-1002")]
    assert opened[0].asked == "project/P-1002"


def test_without_a_command_the_window_opens(opened: list[Options]) -> None:
    assert main([]) == 0
    assert opened == [Options()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["samspil://customer/"],
        ["samspil://customer/../../etc"],
        ["samspil://customer/1 2"],
        ["samspil://project/"],
        ["samspil://project/../P-1"],
        ["samspil://project/customer/10023"],
        ["samspil://delete/10023"],
        ["https://example.com"],
        ["dmeo"],
        ["--screenshot", "a.png"],
    ],
    ids=str,
)
def test_what_it_does_not_know_it_says(
    arguments: list[str], opened: list[Options], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert not opened
    assert "error" in capsys.readouterr().err


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"samspil {__version__}\n"


def test_wipe_deletes_the_key_and_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_ring: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    caches = EncryptedCaches(tmp_path / "samspil")
    caches.of(Connection("creme", "https://crm.example", "mette")).keep(COMPANY, "c1", NORDLYS, datetime.now(UTC))
    caches.close()
    assert "offline cache" in file_ring.read_text()
    done = subprocess.run([sys.executable, "-m", "app", "wipe"], cwd=_ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "is gone" in done.stdout
    assert "offline cache" not in file_ring.read_text()
    assert not list((tmp_path / "samspil").glob("cache.db*"))


def test_wipe_does_not_say_that_it_has_when_it_cannot_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], opened: list[Options]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["wipe"]) == 1
    assert "the keyring cannot be asked" in capsys.readouterr().err
    assert not opened
