"""A filled database is made once, kept, and copied for each start.

``templates/<name>-<key>/`` appears whole or not at all: it is built under another name and renamed. The key
says what it was made from, so a changed lock file, script or CSV makes a new one.
"""

import asyncio
import hashlib
import shutil
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from app.demo.filelock import hold

Build = Callable[[Path], Awaitable[None]]


def key_of(files: Iterable[Path], *more: str) -> str:
    """Return a short key that changes with the content or name of any file and with any string of `more`."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    for text in more:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()[:12]


async def ensure_template(home: Path, name: str, key: str, build: Build) -> Path:
    """Return the template's folder, after `build` has filled it if it was not there.

    Two processes may ask at once: the second waits for the first. When `build` fails or is cancelled, what it
    left is removed and the next one starts afresh.

    Args:
        home: The demo's folder.
        name: The system's name, such as ``tryton``.
        key: From `key_of`.
        build: Fills the empty folder that it is given. The folder is renamed afterwards, so nothing in it may
            hold its own absolute path.
    """
    final = home / "templates" / f"{name}-{key}"
    if final.is_dir():
        return final
    async with hold(final.with_name(final.name + ".lock")):
        if final.is_dir():
            return final
        half_made = final.with_name(final.name + ".making")
        # We hold the lock, so what lies there is from somebody who was interrupted.
        await remove_tree(half_made)
        half_made.mkdir(parents=True)
        try:
            await build(half_made)
        except BaseException:
            # Without await: the task may be cancelled a second time.
            shutil.rmtree(half_made, ignore_errors=True)
            raise
        half_made.rename(final)
    return final


async def copy_template(template: Path, work: Path) -> None:
    """Copy a template into the fresh folder `work`, which must not exist or be empty; permissions are kept.

    Raises:
        FileExistsError: `work` has something in it, such as an earlier session's database.
    """

    def copy() -> None:
        if work.exists() and any(work.iterdir()):
            raise FileExistsError(f"{work} is not empty")
        shutil.copytree(template, work, dirs_exist_ok=True)

    await asyncio.to_thread(copy)


async def remove_tree(path: Path) -> None:
    """Remove a folder with all that is in it; a missing one is well."""

    def remove() -> None:
        if path.exists():
            shutil.rmtree(path)

    await asyncio.to_thread(remove)
