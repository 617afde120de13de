"""The cache's file: SQLite encrypted with a random key of 32 bytes that only the operating system's keyring holds."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.ports.cache import CacheTrouble, Wiped
from app.storage import name_index, shelves
from app.storage.journal import why
from app.storage.process_lock import ProcessLock
from app.storage.secrets import NoKeyring, forget_key, kept_key

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as Database

_log = logging.getLogger(__name__)
NAME = "cache.db"
KEY = "offline cache"
_ASIDE = f"{NAME}.damaged"
_LOCK = "cache.lock"
_BESIDE = ("-wal", "-shm", "-journal")
_WAIT_FOR_OTHERS = 3.0
"""Seconds that another process may take to open the file, or to write in it."""

MIGRATIONS: Sequence[str] = (
    """
    CREATE TABLE overview (
        id INTEGER PRIMARY KEY,
        owner TEXT NOT NULL,   -- whose eyes: the user at the system
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        source TEXT NOT NULL,  -- the kind of system
        read_at REAL NOT NULL, -- seconds since 1970, UTC
        used_at REAL NOT NULL,
        size INTEGER NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (owner, kind, key)
    );
    CREATE INDEX overview_used ON overview (used_at, size);
    CREATE INDEX overview_read ON overview (read_at);
    """,
    name_index.SCHEMA,
    shelves.SCHEMA,
)
"""From nothing to the schema of now; the file's ``user_version`` is how many of them it has had."""


class Newer(Exception):
    """The file was written by a newer version of the program."""


class Opened(NamedTuple):
    """The cache, and what was wrong with it. ``on_disk`` is False where it lives in memory."""

    database: "Database"
    trouble: CacheTrouble | None
    on_disk: bool


def open_cache(folder: Path) -> Opened:
    """Open or make the file; where that cannot be, a cache in memory, and why. May block."""
    from sqlcipher3 import dbapi2

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            return _open(folder)
    except Newer:
        return Opened(open_memory(), CacheTrouble.NEWER, False)
    except NoKeyring:
        return Opened(open_memory(), CacheTrouble.NO_KEYRING, False)
    except (dbapi2.Error, OSError) as error:
        _log.warning("the cache cannot be opened: %s", why(error))
        return _read_only(folder)


def open_memory() -> "Database":
    """A cache that is gone with the process."""
    from sqlcipher3 import dbapi2

    database = dbapi2.connect(":memory:", check_same_thread=False)
    _migrate(database)
    return database


def wipe(folder: Path) -> Wiped:
    """Delete the key first, so that no copy of the file can be read from then on; then the files. Looks both up."""
    try:
        key_gone: bool | None = forget_key(KEY)
    except NoKeyring:
        key_gone = None
    names = [f"{name}{beside}" for name in (NAME, _ASIDE) for beside in ("", *_BESIDE)]
    for name in names:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("a file of the cache could not be deleted: %s", error.strerror)
    return Wiped(key_gone, tuple(name for name in names if _is_there(folder / name)))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time makes the key, makes the file, migrates it or puts it aside."""
    lock = ProcessLock(folder / _LOCK)
    deadline = time.monotonic() + _WAIT_FOR_OTHERS
    while not lock.take():
        if time.monotonic() > deadline:
            raise OSError("another process keeps the cache from being opened")
        time.sleep(0.02)
    try:
        yield
    finally:
        lock.release()


def _open(folder: Path) -> Opened:
    from sqlcipher3 import dbapi2

    key = kept_key(KEY)
    path = folder / NAME
    try:
        return Opened(_connect(path, key), None, True)
    except dbapi2.DatabaseError as error:
        if not is_damage(error):
            raise
        put_aside(folder)
        return Opened(_connect(path, key), CacheTrouble.DAMAGED, True)


def is_damage(error: Exception) -> bool:
    """The file itself cannot be read: it is torn, or its key is gone from the keyring."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def put_aside(folder: Path) -> None:
    """Make way for a new file. What can be read of the old one is at the systems."""
    (folder / NAME).replace(folder / _ASIDE)
    for beside in _BESIDE:
        (folder / f"{NAME}{beside}").unlink(missing_ok=True)
    _log.warning("the cache cannot be read; it was put aside as %s", _ASIDE)


def _connect(path: Path, key: bytes) -> "Database":
    """Raises `Newer`, and what sqlcipher raises (see `is_damage`)."""
    from sqlcipher3 import dbapi2

    database = dbapi2.connect(str(path), check_same_thread=False, timeout=_WAIT_FOR_OTHERS)
    try:
        _unlock(database, key)
        if _version(database) > len(MIGRATIONS):
            raise Newer  # before anything is written in it
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        # Several processes read and write at once; a power cut may cost the last overviews, never the file.
        database.execute("PRAGMA journal_mode = WAL").fetchall()
        database.execute("PRAGMA synchronous = NORMAL")
        _migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def _read_only(folder: Path) -> Opened:
    """What was kept can be read where nothing can be written; else a cache in memory."""
    from sqlcipher3 import dbapi2

    path = folder / NAME
    if _is_there(path):
        try:
            database = dbapi2.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
            try:
                _unlock(database, kept_key(KEY))
                if _version(database) == len(MIGRATIONS):
                    return Opened(database, CacheTrouble.NO_DISK, False)
            except BaseException:
                database.close()
                raise
            database.close()
        except (NoKeyring, dbapi2.Error):
            pass  # said already
    return Opened(open_memory(), CacheTrouble.NO_DISK, False)


def _unlock(database: "Database", key: bytes) -> None:
    database.execute("PRAGMA cipher_log_level = NONE")
    database.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _version(database: "Database") -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _migrate(database: "Database") -> None:
    version = _version(database)
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        # Each whole or not at all, also when the program is killed in it.
        database.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
