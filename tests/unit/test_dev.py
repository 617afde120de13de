"""dev.py: what it decides before it touches the machine."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Debian that lacks everything; gives the place of an environment that is not there."""
    monkeypatch.setattr(dev, "has_library", lambda name: False)
    monkeypatch.setattr(dev, "has_program", lambda name: False)
    monkeypatch.setattr("dev.importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("dev.shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    return tmp_path / ".venv"


def test_a_user_without_rights_is_told_the_exact_line(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "root_prefix", lambda: None)
    with pytest.raises(dev.DevError) as caught:
        dev.ensure_system({"libGL.so.1": "libgl1", "Xvfb": "xvfb"}, bare)
    apt = "sudo env DEBIAN_FRONTEND=noninteractive apt-get"
    venv = f"python3.{sys.version_info.minor}-venv"
    assert f"    {apt} update && {apt} install -y --no-install-recommends libgl1 {venv} xvfb\n" in str(caught.value)
    assert "lacks libGL.so.1, Xvfb, ensurepip" in str(caught.value)


@pytest.mark.parametrize(("prefix", "begin"), [([], ["env"]), (["sudo", "-n"], ["sudo", "-n", "env"])])
def test_root_and_sudo_install(
    bare: Path, monkeypatch: pytest.MonkeyPatch, prefix: list[str], begin: list[str]
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "root_prefix", lambda: prefix)
    monkeypatch.setattr(dev, "prepare", lambda doing, command: ran.append(command))
    dev.ensure_system(dev.XVFB, bare)
    assert [command[: len(begin)] for command in ran] == [begin, begin]
    assert ran[0][-1] == "update"
    assert ran[1][-2:] == [f"python3.{sys.version_info.minor}-venv", "xvfb"]


def test_another_distribution_is_told_what_is_missing(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dev.shutil.which", lambda name: None)
    with pytest.raises(dev.DevError, match=r"lacks libGL\.so\.1, ensurepip: .* package manager"):
        dev.ensure_system({"libGL.so.1": "libgl1"}, bare)


def test_nothing_missing_nothing_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "prepare", pytest.fail)
    (tmp_path / dev.LOCK_MARKER).touch()  # an environment that is there needs no ensurepip any more
    monkeypatch.setattr("dev.importlib.util.find_spec", lambda name: None)
    dev.ensure_system({}, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="the names are Linux's")
def test_what_is_missing() -> None:
    assert dev.missing_parts(["sh", "no-such-program", "libc.so.6", "libno-such.so.1"]) == [
        "no-such-program",
        "libno-such.so.1",
    ]


def test_the_stamp_of_a_lock(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("httpx==0.28.1\n", encoding="ascii")
    other.write_text("", encoding="ascii")
    stamp = dev.stamp_of(one, other)
    assert dev.stamp_of(one, other) == stamp
    assert dev.stamp_of(one, other, place=tmp_path) != stamp, "a clone that was moved"
    other.write_text(one.read_text(encoding="ascii"), encoding="ascii")
    one.write_text("", encoding="ascii")
    assert dev.stamp_of(one, other) != stamp, "the same text, but not in the same file"
    assert not dev.is_current(tmp_path / "marker", stamp)
    (tmp_path / "marker").write_text(stamp, encoding="ascii")
    assert dev.is_current(tmp_path / "marker", stamp)


def test_no_network_is_said() -> None:
    for output in ("Temporary failure resolving 'deb.debian.org'", "E: Unable to locate package libgl1"):
        assert "check the network" in dev.failure("asking apt", ["apt-get", "update"], output)
    assert "network" not in dev.failure("asking apt", ["apt-get", "update"], "E: Could not get lock /var/lib/dpkg/lock")


def test_the_end_of_a_long_output_is_shown() -> None:
    with pytest.raises(dev.DevError) as caught:
        dev.prepare("counting", [sys.executable, "-c", "print(*range(99), sep='\\n'); raise SystemExit(1)"])
    assert str(caught.value).splitlines()[-1].strip() == "98"
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(("code", "expected"), [("raise SystemExit(3)", 3), ("import os; os.abort()", 134), ("", 0)])
@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_exit_codes(code: str, expected: int) -> None:
    assert dev.run([sys.executable, "-c", code]) == expected


def test_demo_without_a_display_offers_pictures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setattr(dev, "set_up", pytest.fail)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert dev.main(["demo", "--fresh"]) == 2
    assert "python3 dev.py demo --fresh --screenshot samspil.png" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the user's own screen is used")
def test_the_virtual_display_comes_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with dev.virtual_display() as env:
        assert env["DISPLAY"] != os.environ.get("DISPLAY")
        assert "WAYLAND_DISPLAY" not in env
        show = "from PySide6.QtGui import QGuiApplication as A; print(A([]).primaryScreen().size().toTuple())"
        shown = subprocess.run([sys.executable, "-c", show], env=env, capture_output=True, encoding="utf-8", check=True)
        assert shown.stdout == "(1600, 1000)\n"


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["tests"], 2)])
def test_usage(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(arguments) == code
    assert "dev.py package" in capsys.readouterr().err


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert dev.main(["test"]) == 2
    assert "this is Python 3.9.2" in capsys.readouterr().err
    ast.parse(Path(dev.__file__).read_bytes(), feature_version=(3, 8))  # it can be read that far


def test_every_command_is_explained() -> None:
    assert dev.__doc__ is not None
    for command in dev.COMMANDS:
        assert f"python3 dev.py {command} " in dev.__doc__


def test_the_locks_come_from_pypi_alone() -> None:
    for lock in dev.LOCKS.glob("*.txt"):
        lines = lock.read_text(encoding="ascii").splitlines()
        pins = [line for line in lines if not line.lstrip().startswith("#")]
        assert pins
        assert all("==" in line or line.startswith("    --hash=sha256:") for line in pins), lock
