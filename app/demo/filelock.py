"""One process at a time: a lock file that the operating system releases when its holder dies."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

_POLL_SECONDS = 0.1


@contextlib.asynccontextmanager
async def hold(path: Path) -> AsyncIterator[None]:
    """Hold the lock file at `path` within the block; wait while another holds it.

    The wait has no end but can be cancelled. The file is made when missing and is left behind: deleting it
    would let two holders in.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _try(descriptor):  # noqa: ASYNC110  # another process cannot set our Event
            await asyncio.sleep(_POLL_SECONDS)
        yield
    finally:
        # Closing releases it on every platform; the descriptor is not inherited by children (PEP 446).
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Return whether somebody holds the lock file at `path` now; a missing one is held by nobody."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _try(descriptor)
    finally:
        os.close(descriptor)


def _try(descriptor: int) -> bool:
    """Take the lock if it is free.

    It belongs to the open file, so two tasks of one process exclude each other too.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
