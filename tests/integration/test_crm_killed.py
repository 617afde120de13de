"""A program that is killed while it writes to a real Creme: what was on its way is in Creme's database once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fixtures.creme import RealCreme
from tests.helpers.background import BackgroundLoop
from tests.helpers.proxy import Proxy, ProxyFault

_ROOT = Path(__file__).parents[2]
_LIVES: Sequence[tuple[ProxyFault, str, float]] = (
    (ProxyFault.SILENT, "the wire", 0.3),  # Creme has it, and its answer never comes
    (ProxyFault.CUT, "unknown", 0.0),
    (ProxyFault.DOWN, "waiting", 0.0),  # it has never left
    (ProxyFault.NONE, "sending", 0.0),
    (ProxyFault.NONE, "sending", 0.02),
    (ProxyFault.NONE, "sending", 0.05),
    (ProxyFault.NONE, "the wire", 0.0),
    (ProxyFault.NONE, "the wire", 0.03),
    (ProxyFault.NONE, "over", 0.0),  # stored, and the journal may not have heard
)
"""What is wrong with the line, after what the program is killed, and how many seconds after that."""
_PATIENCE = 60.0


class _Wire:
    """What has been sent to Creme."""

    def __init__(self) -> None:
        self.seen = b""

    def take(self, data: bytes) -> None:
        """Called in the network's thread."""
        self.seen += data

    def until(self, what: str) -> None:
        """Wait until this has gone to Creme."""
        deadline = time.monotonic() + _PATIENCE
        while what.encode() not in self.seen:
            assert time.monotonic() < deadline, what
            time.sleep(0.002)


@contextmanager
def _writer(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.helpers.crm_writer", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, text=True) as child:
        try:
            yield child
        finally:
            os.kill(child.pid, signal.SIGKILL)


def _until_said(child: "subprocess.Popen[str]", *wanted: str) -> None:
    assert child.stdout is not None
    missing = set(wanted)
    while missing:
        line = child.stdout.readline()
        assert line, f"it ended before it said {missing}"
        missing.discard(line.strip())


@pytest.mark.usefixtures("file_ring")
def test_a_killed_program_has_logged_each_call_once(real_creme: RealCreme, tmp_path: Path) -> None:
    wire = _Wire()
    sent: list[str] = []
    with BackgroundLoop() as network:
        line = Proxy(real_creme.server.url)
        line.on_request = wire.take
        network.run(line.start())
        plan = {"url": line.url, "user": "saelger", "password": real_creme.password(), "number": "10007"}

        def begin(*subjects: str) -> None:
            network.run(line.set(ProxyFault.NONE))
            (tmp_path / "plan.json").write_text(json.dumps({**plan, "subjects": subjects}), "utf-8")

        def go(child: "subprocess.Popen[str]") -> None:
            assert child.stdin is not None
            child.stdin.write("\n")
            child.stdin.flush()

        for life, (fault, moment, after) in enumerate(_LIVES):
            subject = f"Killed {tmp_path.name} {life}"
            begin(subject)
            with _writer(tmp_path) as child:
                _until_said(child, "ready")
                network.run(line.set(fault))
                go(child)
                if moment == "the wire":
                    wire.until(subject)
                else:
                    _until_said(child, f"{moment} {subject}")
                time.sleep(after)
            sent.append(subject)
        begin("Last life")
        with _writer(tmp_path) as child:
            _until_said(child, "ready")
            go(child)
            _until_said(child, "over Last life")
            _quiet(real_creme, sent)
        network.run(line.stop())
    logged = {subject: _logged(real_creme, subject) for subject in sent}
    kept = [subject for subject, (_, moment, _) in zip(sent, _LIVES, strict=True) if moment != "sending"]
    assert all(logged[subject] == 1 for subject in kept), logged
    # Killed before it was on the disk it was never sent, and its text is the draft's.
    assert all(logged[subject] == (subject.encode() in wire.seen) for subject in sent), logged


def _quiet(creme: RealCreme, subjects: Sequence[str]) -> None:
    """Until nothing more comes: what was left is sent by itself when the CRM is there."""
    former, same = -1, 0
    while same < 10:
        now = sum(_logged(creme, subject) for subject in subjects)
        same = same + 1 if now == former else 0
        former = now
        time.sleep(0.3)


def _logged(creme: RealCreme, subject: str) -> int:
    return int(creme.one("SELECT count(*) FROM activities_activity WHERE title = ?", subject))
