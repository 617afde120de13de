"""A virtual environment of its own for each demo system, from a lock file with hashes."""

import asyncio
import os
import platform
import re
import sys
from pathlib import Path

from app.demo.children import run
from app.demo.filelock import hold
from app.demo.progress import Progress, Report, Stage
from app.demo.template import key_of, remove_tree

_MARKER = "complete"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
# Rough parts of the whole time: making the environment, fetching the packages, unpacking them.
_MADE, _FETCHED = 0.15, 0.70


async def ensure_environment(name: str, lock: Path, home: Path, report: Report) -> Path:
    """Return the python executable of an environment that holds exactly what the lock file says.

    The environment is made when it is not there or was left half made; two processes may ask at once.
    Cancelling ends pip and leaves nothing that a later call would take for complete.

    Args:
        name: The system's name, such as ``tryton``.
        lock: A requirements file with a hash for every package.
        home: The demo's folder; the environment is ``envs/<name>-<key>`` in it.
        report: Is told of the progress, as packages come in. Not called when everything is there already.

    Raises:
        app.demo.children.ChildError: pip could not fetch or install something; its last lines say what.
    """
    # A patch release of Python moves nothing, but another base interpreter may: see `_works`.
    key = key_of([lock], platform.python_version(), sys.platform, platform.machine())
    folder = home / "envs" / f"{name}-{key}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if _works(folder, python):
        return python
    async with hold(folder.with_name(folder.name + ".lock")):
        if not _works(folder, python):
            await remove_tree(folder)
            await _make(name, lock, folder, python, report)
    return python


def _works(folder: Path, python: Path) -> bool:
    # exists() follows the link to the base interpreter, which may have been uninstalled since.
    return (folder / _MARKER).is_file() and python.exists()


async def _make(name: str, lock: Path, folder: Path, python: Path, report: Report) -> None:
    total = max(1, len(_PINNED.findall(await asyncio.to_thread(lock.read_text, encoding="utf-8"))))

    def at(fraction: float) -> None:
        report(Progress(name, Stage.INSTALL, fraction))

    at(0.0)
    await run([sys.executable, "-I", "-m", "venv", folder])
    at(_MADE)
    fetched = 0

    def on_line(line: str) -> None:
        nonlocal fetched
        if line.startswith("Collecting "):
            fetched = min(fetched + 1, total)
            at(_MADE + (_FETCHED - _MADE) * fetched / total)

    scratch = folder / "scratch"
    scratch.mkdir()
    # A killed pip leaves its temporary files behind: here they go with the half-made environment.
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))}
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    # The lock names every package, so there is nothing for pip to resolve.
    install = [
        str(python),
        "-m",
        "pip",
        "install",
        *options,
        "--require-hashes",
        "--no-deps",
        "-r",
        str(lock),
    ]
    await run(install, env=environment, on_line=on_line)
    await remove_tree(scratch)
    (folder / _MARKER).write_text(lock.name + "\n", encoding="utf-8")
    at(1.0)
