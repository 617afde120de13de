"""One window a user: a second start, a process of its own, hands over and ends; the real window shows the card."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.opening import Options, _Single
from app.runtime.instance import Instance, hand_over, name_for
from app.services.card import PartStatus
from tests.fixtures.program import Clerk

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings of this user lie, for us and for our children."""
    monkeypatch.setattr("app.opening.config_dir", lambda: tmp_path / "samspil")
    return tmp_path / "samspil"


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start the program once more, as the user would."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder.parent), "XDG_STATE_HOME": str(folder.parent)}
    return subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        env=environment,
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def single(folder: Path, qapp: QApplication) -> Iterator[_Single]:
    """The first start."""
    made = _Single(Options())
    assert not made.is_handed_over()
    yield made
    made.release()


@pytest.mark.skipif(sys.platform != "linux", reason="the child finds the settings by XDG_CONFIG_HOME, which is Linux's")
def test_a_link_opens_in_the_window_that_is_there(clerk: Clerk, folder: Path, single: _Single) -> None:
    single.take_links(clerk.program)
    clerk.program.window.showMinimized()
    second = start(folder, "samspil://customer/10023")
    clerk.until(lambda: second.poll() is not None)
    assert second.communicate()[1] == ""
    assert second.returncode == 0
    card = clerk.program.card
    clerk.until(lambda: card.customer.value is not None and card.company.status is PartStatus.READY)
    assert card.customer.value is not None
    assert card.customer.value.number == "10023"
    assert not clerk.program.window.isMinimized()
    third = start(folder)
    clerk.until(lambda: third.poll() is not None)
    assert third.communicate()[1] == ""
    assert third.returncode == 0
    assert card.customer.value.number == "10023"


def test_one_that_was_killed_leaves_nothing_in_the_way(folder: Path, qtbot: QtBot) -> None:
    folder.mkdir()
    script = (
        "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "from app.runtime.instance import Instance, name_for\n"
        "from app.storage.process_lock import ProcessLock\n"
        "app = QApplication([]); folder = Path(sys.argv[1]); lock = ProcessLock(folder / 'instance.lock')\n"
        "assert lock.take(); instance = Instance(name_for(folder)); assert instance.is_listening\n"
        "print('there', flush=True); app.exec()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", script, str(folder)], cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "there\n"
    assert hand_over(name_for(folder), "")
    other.kill()
    other.communicate()
    again = _Single(Options())
    assert not again.is_handed_over()
    instance = Instance(name_for(folder))
    try:
        assert instance.is_listening
    finally:
        instance.close()
        again.release()


def test_one_that_hangs_does_not_keep_the_next_one_shut(folder: Path, single: _Single) -> None:
    before = time.monotonic()
    assert not hand_over(name_for(folder), "10023", within=0.5)
    assert time.monotonic() - before < 3


@pytest.mark.parametrize("said", ["10023\n", "show\n", "../../etc\n", "æ" * 90 + "\n", "\x00\n"])
def test_what_comes_is_taken_as_text(folder: Path, qtbot: QtBot, said: str) -> None:
    instance = Instance(name_for(folder))
    asked: list[str] = []
    instance.asked.connect(asked.append)
    socket = QLocalSocket()
    socket.connectToServer(name_for(folder))
    assert socket.waitForConnected(2_000)
    socket.write(said.encode())
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["" if said == "show\n" else said.strip()]
    instance.close()


def test_an_endless_text_is_cut_off(folder: Path, qtbot: QtBot) -> None:
    instance = Instance(name_for(folder))
    socket = QLocalSocket()
    socket.connectToServer(name_for(folder))
    assert socket.waitForConnected(2_000)
    socket.write(b"x" * 1_000_000)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    instance.close()


def test_a_number_that_is_none_only_shows_the_window(clerk: Clerk) -> None:
    clerk.program.show_for("../../etc")
    QApplication.processEvents()
    assert clerk.program.card.customer.value is None


def test_on_a_mac_the_system_hands_the_link_over(folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as mac:
        mac.setattr(sys, "platform", "darwin")
        instance = Instance(name_for(folder))
    asked: list[str] = []
    instance.asked.connect(asked.append)
    application = QApplication.instance()
    assert application is not None
    application.sendEvent(application, QFileOpenEvent(QUrl("samspil://customer/10023")))
    application.sendEvent(application, QFileOpenEvent(QUrl("samspil://project/P-1002")))
    assert asked == ["10023", "project/P-1002"]
    instance.close()


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac's links come as events of the application")
def test_elsewhere_no_event_of_the_window_is_looked_at(folder: Path, qtbot: QtBot) -> None:
    class Counted(Instance):
        seen = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            type(self).seen += 1
            return super().eventFilter(watched, event)

    instance = Counted(name_for(folder))
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    QApplication.processEvents()
    instance.close()
    assert Counted.seen == 0


def test_a_folder_that_takes_no_file_lets_each_start_stand_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr("app.opening.config_dir", lambda: tmp_path / "file")
    single = _Single(Options())
    assert not single.is_handed_over()
    single.release()
