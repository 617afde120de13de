"""The demo as its user starts it: a process of its own, from the first paint to the last child's end."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]
# Tryton twice: the ERP and the time registration
PARTS = {"tryton/inside/serve": 2, "creme/inside/serve": 1, "warehouse/inside/load": 1, "datasette/inside/serve": 1}
PATIENCE = 180  # seconds; the templates are there already when the fixtures of other tests have made them


def _start(picture: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app", "demo", "--screenshot", str(picture), *arguments]
    environment = {**os.environ, "XDG_CONFIG_HOME": str(picture.parent / "config")}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.usefixtures(
    "real_tryton", "real_creme", "real_time"
)  # they have made the templates, with progress that is seen
def test_the_tour_finds_a_customer_and_enters_an_order(tmp_path: Path) -> None:
    process = _start(tmp_path / "tour.png")
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors.decode()
    assert not errors, errors.decode()
    pictures = {path.name: QImage(str(path)) for path in tmp_path.glob("*.png")}
    assert pictures.keys() == {
        "tour.png",
        "tour-search.png",
        "tour-card.png",
        "tour-refused.png",
        "tour-economy.png",
        "tour-dark-da.png",
    }
    assert all(picture.width() >= 1024 for picture in pictures.values())
    light, dark = (pictures[name].pixelColor(5, 5).lightness() for name in ("tour.png", "tour-dark-da.png"))
    assert light > 200
    assert dark < 60


@pytest.mark.usefixtures("real_tryton", "real_creme", "real_time")
def test_nothing_is_left_running_when_the_program_is_killed(tmp_path: Path) -> None:
    process = _start(tmp_path / "tour.png")
    family: list[psutil.Process] = []

    def has_all() -> bool:
        family[:] = psutil.Process(process.pid).children(recursive=True)
        running = "\n".join(" ".join(_command(child)) for child in family).replace(os.sep, "/")
        return all(running.count(f"{part}.py") >= count for part, count in PARTS.items())

    try:
        assert _wait(has_all, PATIENCE), "the demo's servers were not seen"
    finally:
        process.kill()
        process.communicate()
    assert _wait(lambda: not any(_is_alive(child) for child in family), 10), [c for c in family if _is_alive(c)]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
