#!/usr/bin/env python3
"""Everything a developer does with Samspil, from a clone and nothing but Python 3.11 or later.

    python3 dev.py demo [--screenshot FILE] [...]   the app, with a real ERP and a real CRM started for it
    python3 dev.py test [PYTEST ARGUMENT ...]       the checks, then every test; with arguments only pytest
    python3 dev.py check                            lint, format, types, direction of imports
    python3 dev.py bench [--json FILE] [--only PREFIX] [--faults]
    python3 dev.py package                          a bundle for this platform in dist/
    python3 dev.py lock [--upgrade]                 compile the lock files anew (needs uv)

Each command first makes what it needs: a virtual environment in .venv, exactly as the lock file says, and on
Linux the system's libraries, where it may install them. What is there already costs some milliseconds.
Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import glob
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / "packaging" / "locks"
VENV = ROOT / ".venv"
# In an environment: the stamp of the lock file that was installed into it completely.
LOCK_MARKER = "samspil-lock"
GUARD = ROOT / "app" / "demo" / "guard.py"
LINUX = sys.platform == "linux"
SCREEN = "1600x1000x24"
# A child that got Ctrl+C stops its own children first: the demo's two servers need some seconds.
GRACE_SECONDS = 20.0

# What Qt opens when it starts on X11, and Debian's package for it. Asking the loader is as quick as asking
# dpkg, and the answer is right on every distribution.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
NONE: Mapping[str, str] = {}
XVFB = {"Xvfb": "xvfb"}
# The tests run the demo's ERP on it as well as on SQLite.
POSTGRESQL = {"initdb": "postgresql"}
# A real Secret Service, on a D-Bus of the tests' own.
KEYRING = {"dbus-run-session": "dbus-daemon", "gnome-keyring-daemon": "gnome-keyring"}
# What a screen reader is told, on the same bus.
SCREEN_READER = {"at-spi-bus-launcher": "at-spi2-core"}
# The demo's ERP makes its PDFs with it, as Tryton does everywhere, in the font of Tryton's templates: 88 MB to fetch,
# 266 MB on the disk, 12 s to install.
OFFICE = {"soffice": "libreoffice-writer-nogui", "LiberationSans-Regular.ttf": "fonts-liberation"}
# PyInstaller reads libraries with the one and starts the program with the other: Debian's python has it built in.
BUNDLING = {"objdump": "binutils", f"libpython3.{sys.version_info[1]}.so.1.0": f"libpython3.{sys.version_info[1]}"}
# What apt and pip say, on one platform or another, when there is no network; apt with empty lists only the last two.
UNREACHABLE = re.compile(
    "Temporary failure|Failed to establish a new connection|getaddrinfo failed|nodename nor servname"
    "|Connection refused|Network is unreachable|Could not connect|no installation candidate|Unable to locate package"
)


class DevError(Exception):
    """Something that the developer can put right; the message says how."""


# --- Saying and running ----------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Print a line of our own, on standard error: standard output belongs to the command that is run."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def prepare(doing: str, command: Sequence[str]) -> None:
    """Run a step of the set-up silently: one line says what it is and how long it took.

    Raises:
        DevError: It failed; the message holds the end of its output.
    """
    print(f"dev.py: {doing} …", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    result = subprocess.run(command, cwd=ROOT, stdin=nothing, stdout=pipe, stderr=subprocess.STDOUT, check=False)
    print(" failed" if result.returncode else f" {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
    if result.returncode:
        raise DevError(failure(doing, command, result.stdout.decode("utf-8", "replace")))


def failure(doing: str, command: Sequence[str], output: str) -> str:
    """Return what to tell of a command that failed with this output."""
    lines = [f"{doing}: {shlex.join(command)}", *(f"    {line}" for line in output.splitlines()[-15:])]
    if UNREACHABLE.search(output):
        lines.append("The package server was not reached or has no such package: check the network (or the proxy).")
    return "\n".join(lines)


def end_with_parent() -> None:
    """In a new child, on Linux: ask for SIGTERM when the parent is gone, however it ended."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path | None = ROOT) -> int:
    """Run a command in the foreground and return its exit code (128 + signal when a signal ended it)."""
    end_with_us = end_with_parent if LINUX else None
    with subprocess.Popen(command, env=env, cwd=cwd, preexec_fn=end_with_us) as child:  # noqa: PLW1509  # no threads here
        # SIGTERM is sent to us alone, so it is passed on; Ctrl+C reaches the child by itself.
        usual = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        try:
            code = child.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                child.wait(GRACE_SECONDS)
            child.kill()
            raise
        finally:
            signal.signal(signal.SIGTERM, usual)
    return code if code >= 0 else 128 - code


@contextlib.contextmanager
def beside(command: Sequence[str], env: Mapping[str, str]) -> Iterator[Callable[[], int]]:
    """Run a command beside another; the function waits for it, shows what it has written, and returns its exit code."""
    end_with_us = end_with_parent if LINUX else None
    with tempfile.TemporaryFile() as log:  # noqa: SIM117  # Python 3.8 must be able to read this file: see `main`
        with subprocess.Popen(
            command,
            env=env,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_us,  # noqa: PLW1509
        ) as child:

            def end() -> int:
                code = child.wait()
                log.seek(0)
                print(log.read().decode("utf-8", "replace"), flush=True)
                return code if code >= 0 else 128 - code

            try:
                yield end
            finally:
                if child.poll() is None:
                    child.terminate()
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        child.wait(GRACE_SECONDS)
                    child.kill()


# --- The system's libraries and programs -----------------------------------------------------------------------


def missing_parts(parts: Collection[str]) -> list[str]:
    """Return which of these programs, shared libraries (``.so`` in their names) and fonts (``.ttf``) are not there."""
    return [
        part
        for part in parts
        if not (has_library if ".so" in part else has_font if ".ttf" in part else has_program)(part)
    ]


def has_font(name: str) -> bool:
    """Return whether this file is among the system's fonts."""
    return any(glob.glob(f"/usr/share/fonts/**/{name}", recursive=True))


def has_library(name: str) -> bool:
    """Return whether the loader finds this shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    """Return whether this program is there, on the PATH or where Debian keeps PostgreSQL's own and the desktop's."""
    places = [os.environ.get("PATH", os.defpath), *glob.glob("/usr/lib/postgresql/*/bin"), "/usr/libexec"]
    return shutil.which(name, path=os.pathsep.join(places)) is not None


def apt_lines(packages: Collection[str], become_root: Sequence[str]) -> list[list[str]]:
    """Return the commands that install Debian packages, each begun with `become_root` (empty for root)."""
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *sorted(packages)]]


def root_prefix() -> list[str] | None:
    """Return what makes a command run as root without asking anything: nothing, sudo, or None for no way."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0:
        return sudo
    return None


def installable(package_of: Mapping[str, str]) -> Mapping[str, str]:
    """Return these where they are there or can be installed; else say that it goes without them, and return none."""
    missing = missing_parts(package_of) if LINUX else []
    if not missing or (shutil.which("apt-get") and root_prefix() is not None):
        return package_of
    say(f"going without {', '.join(missing)}: the demo's ERP makes no PDFs then")
    return NONE


def ensure_system(package_of: Mapping[str, str], venv: Path) -> None:
    """Install what is missing of these, and what Python needs to make a virtual environment that is not there.

    Args:
        package_of: Programs and shared libraries, with the Debian package of each.

    Raises:
        DevError: Something is missing and may not be installed from here; the message says what to do.
    """
    missing = missing_parts(package_of)
    # Debian splits ensurepip off the standard library.
    if not (venv / LOCK_MARKER).exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append("ensurepip")
    if not missing:
        return
    what = ", ".join(missing)
    if shutil.which("apt-get") is None:
        raise DevError(f"the system lacks {what}: please install them with its package manager and start again")
    packages = sorted({package_of.get(part, f"python3.{sys.version_info.minor}-venv") for part in missing})
    prefix = root_prefix()
    if prefix is None:
        lines = " && ".join(shlex.join(line) for line in apt_lines(packages, ["sudo"]))
        raise DevError(f"the system lacks {what}; please run\n\n    {lines}\n\nand start again")
    update, install = apt_lines(packages, prefix)
    prepare("asking apt for the newest package lists", update)
    prepare(f"installing {len(packages)} system packages with apt", install)


# --- The virtual environment -----------------------------------------------------------------------------------


def bin_of(venv: Path, name: str) -> Path:
    """Return the path of a program in a virtual environment."""
    return venv / "Scripts" / f"{name}.exe" if sys.platform == "win32" else venv / "bin" / name


def stamp_of(*sources: Path, place: Path = ROOT) -> str:
    """Return a text that changes when one of the files does, or when the clone is moved to another place."""
    digest = hashlib.sha256(str(place).encode())
    for source in sources:
        content = source.read_bytes()
        digest.update(b"%d\n" % len(content) + content)
    return digest.hexdigest()


def is_current(marker: Path, stamp: str) -> bool:
    """Return whether the step that writes this marker was completed with this stamp."""
    return marker.is_file() and marker.read_text(encoding="ascii") == stamp


def ensure_venv(venv: Path, lock: Path) -> str:
    """Return the python of a virtual environment that has what the lock file says, and the project itself.

    A changed lock is installed over what is there, so that an interpreter in use is never taken away; a package
    that the lock no longer names stays until the folder is deleted.
    """
    path = bin_of(venv, "python")
    python, found = str(path), path.exists()  # follows the link to the interpreter it was made with: that may be gone
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    locked, stamp = venv / LOCK_MARKER, stamp_of(lock)
    if not (found and is_current(locked, stamp)):
        if not (found and subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode == 0):
            doing = f"making a virtual environment in {venv.relative_to(ROOT)}"
            prepare(doing, [sys.executable, "-m", "venv", "--clear", str(venv)])
        options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--progress-bar=off", "-r", str(lock)]
        prepare(f"fetching the packages of {lock.relative_to(ROOT)}", [*pip, "install", *options])
        locked.write_text(stamp, encoding="ascii")
    # Installed, not only found by its folder: the systems are entry points. Editable, and without a network.
    installed, stamp = venv / "samspil-project", stamp_of(ROOT / "pyproject.toml", lock)
    if not is_current(installed, stamp):
        options = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)]
        prepare("installing the project itself", [*pip, "install", *options])
        installed.write_text(stamp, encoding="ascii")
    return python


def ensure_translations(python: str) -> None:
    """Compile the translations that are newer than what was compiled of them."""
    for source in sorted((ROOT / "resources" / "translations").glob("*.ts")):
        target = source.with_suffix(".qm")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            tool = [python, "-c", "from PySide6.scripts.pyside_tool import lrelease; lrelease()"]
            prepare(f"compiling {source.relative_to(ROOT)}", [*tool, "-silent", str(source), "-qm", str(target)])


def set_up(*, window: bool, system: Mapping[str, str] = NONE, venv: Path = VENV, lock: str = "dev.txt") -> str:
    """Make everything that a command needs and return the python to run it with.

    Args:
        window: The command opens windows: Qt's libraries and the compiled translations are needed.
        system: What else the command needs of a Linux system: see `ensure_system`.
    """
    if LINUX:
        ensure_system({**LIBRARIES, **system} if window else system, venv)
    python = ensure_venv(venv, LOCKS / lock)
    if window:
        ensure_translations(python)
    return python


@contextlib.contextmanager
def virtual_display() -> Iterator[dict[str, str]]:
    """Yield an environment whose windows open on a screen of their own (Linux), or on the user's (elsewhere)."""
    if sys.platform != "linux":
        yield dict(os.environ)
        return
    # The guard ends Xvfb when we are killed, and keeps a Ctrl+C from it while its clients still clean up.
    options = ["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    command = [sys.executable, "-I", str(GUARD), "Xvfb", *options]
    with tempfile.TemporaryFile() as log:  # noqa: SIM117  # Python 3.8 must be able to read this file: see `main`
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log) as server:
            try:
                assert server.stdout is not None  # noqa: S101  # for mypy: it is a pipe
                number = server.stdout.readline().decode().strip()
                if not number:
                    log.seek(0)
                    raise DevError(failure("starting a virtual screen", command, log.read().decode("utf-8", "replace")))
                inherited = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
                yield {**inherited, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            finally:
                # To the guard's whole group: asked in this way, Xvfb takes its lock and its socket away.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(server.pid, signal.SIGTERM)


# --- The commands ----------------------------------------------------------------------------------------------


def demo(arguments: list[str]) -> int:
    """Run the app with the demo systems; with ``--screenshot FILE`` on a screen that nobody sees."""
    pictures = any(argument.split("=")[0] == "--screenshot" for argument in arguments)
    if LINUX and not pictures and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        say("there is no display to open a window on. For a tour of the main job in pictures:")
        say(f"    {shlex.join(['python3', 'dev.py', 'demo', *arguments, '--screenshot', 'samspil.png'])}")
        return 2
    python = set_up(window=True, system={**(XVFB if pictures else NONE), **installable(OFFICE)})
    with virtual_display() if pictures else contextlib.nullcontext() as env:
        # -P: the current folder stays the user's, for FILE, and is not searched for modules.
        return run([python, "-P", "-m", "app", "demo", *arguments], env=env, cwd=None)


def check(arguments: list[str]) -> int:
    """Run every check, also after one has failed, and return 1 if any has."""
    if arguments:
        raise DevError("check takes no arguments")
    python = set_up(window=False)
    checks: dict[str, list[str]] = {
        "lint": [python, "-m", "ruff", "check", "--quiet"],
        "format": [python, "-m", "ruff", "format", "--check", "--quiet"],
        "types": [python, "-m", "mypy", "--no-error-summary", "app", "dev.py"],
        "imports": [python, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"],
    }
    failed = [name for name, command in checks.items() if run(command) != 0]
    say(f"checks failed: {', '.join(failed)}" if failed else f"checks passed: {', '.join(checks)}")
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """Run the checks and all tests, or, with arguments, pytest alone with them."""
    python = set_up(window=True, system={**XVFB, **POSTGRESQL, **KEYRING, **SCREEN_READER, **OFFICE})
    pytest = [python, "-m", "pytest"]
    if arguments:
        with virtual_display() as env:
            return run([*pytest, *arguments], env=env)
    # Three beside each other keep two processors busy to the end. Each has systems and a screen of its own, since only
    # one window of a screen has the keyboard. While what needs no system goes first in the one, the systems are made
    # in another on a new machine, and nobody waits for them. Those in the window are divided by their names.
    in_window = sorted(ROOT.glob("tests/ui/test_*.py"))
    one_half = [str(file) for file in in_window if file.name < "test_p"]
    other_half = [str(file) for file in in_window if file.name >= "test_p"]
    faults = "tests/integration/test_faults.py"
    # The first of the streams would end first: it has a part of what asks systems too.
    integration = ROOT.joinpath("tests", "integration")
    taken_over = sorted(str(file) for name in ("tryton", "warehouse") for file in integration.glob(f"test_{name}*.py"))
    apart = ("tests/unit", "tests/ui", faults, *taken_over)
    asking = [*pytest, *(f"--ignore={part}" for part in apart)]
    with contextlib.ExitStack() as together:
        screen, second, third = (together.enter_context(virtual_display()) for _ in range(3))
        of_systems = together.enter_context(beside(asking, second))
        of_faults = together.enter_context(beside([*pytest, faults, *other_half], third))
        checked = check([])
        tested = [run([*pytest, *chosen], env=screen) for chosen in (["tests/unit"], one_half, taken_over)]
        say("the first stream has ended; that of the faults and the other half of the window:")
        tested.append(of_faults())
        say("and all others:")
        tested.append(of_systems())
    if checked:
        say("the checks before the tests failed, see above")
    return max(tested) or checked


def bench(arguments: list[str]) -> int:
    """Measure against the real systems; the arguments are those of ``tests/bench``."""
    python = set_up(window=True, system=XVFB)
    with virtual_display() as env:
        return run([python, "-m", "tests.bench", *arguments], env=env)


def package(arguments: list[str]) -> int:
    """Build a bundle for this platform, in an environment that holds nothing but what goes into it."""
    python = set_up(window=True, system=BUNDLING, venv=ROOT / "build" / "venv", lock="package.txt")
    options = ["--noconfirm", "--log-level=WARN", "--distpath=dist", "--workpath=build/pyinstaller"]
    built = run([python, "-m", "PyInstaller", *options, *arguments, "packaging/samspil.spec"])
    # A module that was left out is missed only when the program starts.
    return built or run([str(next((ROOT / "dist").glob("[Ss]amspil/[Ss]amspil*"))), "--version"])


def lock(arguments: list[str]) -> int:
    """Compile the lock files: for every platform, with hashes, from PyPI alone."""
    uv = shutil.which("uv", path=os.pathsep.join([str(bin_of(VENV, "uv").parent), os.environ.get("PATH", os.defpath)]))
    if uv is None:
        raise DevError("lock needs uv: https://docs.astral.sh/uv")
    sources = {source.stem: [str(source.relative_to(ROOT))] for source in sorted(LOCKS.glob("*.in"))}
    sources["dev"] = ["pyproject.toml", "--extra", "dev"]
    sources["package"] = ["pyproject.toml", *sources["package"]]
    # No configuration of this machine: an index or a folder of its own would end up in the file.
    index = ["--no-config", "--default-index=https://pypi.org/simple", "--no-emit-index-url", "--no-emit-find-links"]
    form = ["--universal", "--generate-hashes", "--python-version=3.11", "--no-annotate", "--no-header"]
    for name, source in sources.items():
        target = f"packaging/locks/{name}.txt"
        prepare(f"compiling {target}", [uv, "pip", "compile", *index, *form, *source, "-o", target, *arguments])
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (demo, test, check, bench, package, lock)
}


def main(argv: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # the one file that an older Python may be asked to run
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"dev.py: this is Python {found}; Samspil needs 3.11 or later (try: python3.11 dev.py)", file=sys.stderr)
        return 2
    if not argv or argv[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 0 if argv and argv[0] in ("-h", "--help") else 2
    try:
        return COMMANDS[argv[0]](list(argv[1:]))
    except DevError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)  # the line of a step that was under way
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
