"""The write journal: an encrypted SQLite file, synced to the disk before a write is sent.

Its key is in the operating system's keyring. One process uses it at a time. Where it cannot be used, writing goes on
without it, and `EncryptedJournals.trouble` says why.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.order_changes import OrderChanges
from app.ports.connection import Connection
from app.ports.journal import NOT_KEPT, JournalEntry, JournalTrouble, Waiting
from app.storage import drafts, makings
from app.storage.crm_journal import CRM_SCHEMA, EncryptedCrmJournal
from app.storage.drafts import EncryptedDrafts
from app.storage.journal_codec import Unreadable, decode, encode
from app.storage.makings import EncryptedMakings
from app.storage.process_lock import ProcessLock
from app.storage.secrets import NoKeyring, kept_key

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as Database

T = TypeVar("T")
_log = logging.getLogger(__name__)
_NAME = "journal.db"
_KEY = "write journal"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    run TEXT NOT NULL,
    slot TEXT NOT NULL,
    is_sent INTEGER NOT NULL,
    sent_at REAL NOT NULL,
    body TEXT NOT NULL
)
"""
_FORGET = "DELETE FROM entry WHERE id = ? OR (slot = ? AND NOT is_sent)"
_INSERT = "INSERT INTO entry (owner, run, slot, is_sent, sent_at, body) VALUES (?, ?, ?, ?, ?, ?)"


class EncryptedJournals:
    """Implements `app.ports.journal.Journals`. All of it runs in one thread, in the order in which it was asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = ProcessLock(folder / "journal.lock")
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="samspil-journal")
        self._database: Database | None = None
        self._is_open = False
        self._is_closed = False
        self._run = secrets.token_hex(8)
        self._undone: set[tuple[int, str]] = set()  # ids and slots that the disk could not let go of
        self.trouble: JournalTrouble | None = None

    @property
    def is_durable(self) -> bool:
        """See `Journals.is_durable`."""
        return self.trouble in (None, JournalTrouble.DAMAGED)

    def of(self, connection: Connection) -> "EncryptedJournal":
        """See `Journals.of`."""
        return EncryptedJournal(self, owner_of(connection))

    def of_crm(self, connection: Connection) -> EncryptedCrmJournal:
        """See `Journals.of_crm`."""
        return EncryptedCrmJournal(self, owner_of(connection))

    def makings(self, erp: Connection, crm: Connection) -> EncryptedMakings:
        """See `Journals.makings`."""
        return EncryptedMakings(self, f"{owner_of(erp)} {owner_of(crm)}")

    def drafts(self, connection: Connection) -> EncryptedDrafts:
        """See `Journals.drafts`."""
        return EncryptedDrafts(self, owner_of(connection))

    def close(self) -> None:
        """See `Journals.close`."""
        if not self._is_closed:
            self._is_closed = True
            self._executor.submit(self._close)
            self._executor.shutdown(wait=True)

    async def run(self, work: Callable[["Database", str], T], without: T) -> T:
        """``work(database, run)`` as one transaction in the journal's thread; ``without`` where there is no disk."""
        if self._is_closed:
            return without
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, self._in_transaction, work, without)

    # -- in the journal's thread

    def _in_transaction(self, work: Callable[["Database", str], T], without: T) -> T:
        from sqlcipher3 import dbapi2

        if not self._is_open:
            self._is_open = True
            self._open()
        if self._database is None:
            return without
        try:
            with self._database:
                self._database.executemany(_FORGET, self._undone)
                result = work(self._database, self._run)
        except (dbapi2.Error, OSError) as error:
            _log.warning("the write journal does not take a change: %s", why(error))
            self.trouble = JournalTrouble.NO_DISK
            return without
        self._undone.clear()
        if self.trouble is JournalTrouble.NO_DISK:
            self.trouble = None  # there is room again
        return result

    def forget_later(self, gone: Iterable[tuple[int, str]]) -> None:
        """These go with the next change that the disk takes."""
        self._undone.update(gone)

    def _open(self) -> None:
        from sqlcipher3 import dbapi2

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not self._lock.take():
                self.trouble = JournalTrouble.IN_USE
                return
            key = kept_key(_KEY)
            try:
                self._database = _connect(self._folder / _NAME, key)
            except dbapi2.OperationalError:
                raise
            except dbapi2.DatabaseError:
                # Damaged, or its key is gone from the keyring: nobody can read it.
                self._put_aside()
                self._database = _connect(self._folder / _NAME, key)
                self.trouble = JournalTrouble.DAMAGED
        except NoKeyring:
            self.trouble = JournalTrouble.NO_KEYRING
        except (dbapi2.Error, OSError) as error:
            _log.warning("the write journal cannot be opened: %s", why(error))
            self.trouble = JournalTrouble.NO_DISK

    def _put_aside(self) -> None:
        aside = self._folder / f"{_NAME}.damaged"
        (self._folder / _NAME).replace(aside)
        for leftover in ("-wal", "-journal", "-shm"):
            (self._folder / f"{_NAME}{leftover}").unlink(missing_ok=True)
        _log.warning("the write journal cannot be read; it was put aside as %s", aside.name)

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
        self._lock.release()


class EncryptedJournal:
    """Implements `app.ports.journal.Journal`."""

    def __init__(self, journals: EncryptedJournals, owner: str) -> None:
        self._journals = journals
        self._owner = owner

    async def begin(self, changes: OrderChanges, accepted: frozenset[str], waiting: Waiting) -> int:
        """See `Journal.begin`."""

        def insert(database: "Database", run: str) -> int:
            self._put(database, run, waiting)
            row = (self._owner, run, waiting.slot, True, time.time(), encode(changes, accepted))
            return int(database.execute(_INSERT, row).lastrowid or NOT_KEPT)

        return await self._change(waiting, insert) or NOT_KEPT

    async def keep(self, waiting: Waiting) -> None:
        """See `Journal.keep`."""

        def put(database: "Database", run: str) -> int:
            self._put(database, run, waiting)
            return 1

        await self._change(waiting, put)

    def _put(self, database: "Database", run: str, waiting: Waiting) -> None:
        database.executemany(_FORGET, _gone(waiting))
        if waiting.rows is not None:
            body = encode(waiting.rows, frozenset())
            database.execute(_INSERT, (self._owner, run, waiting.slot, False, time.time(), body))

    async def _change(self, waiting: Waiting, work: Callable[["Database", str], int]) -> int | None:
        result = await self._journals.run(work, None)
        if result is None:
            self._journals.forget_later(_gone(waiting))
        return result

    async def sending_again(self, entry_id: int) -> None:
        """See `Journal.sending_again`."""
        now = time.time()

        def update(database: "Database", _run: str) -> None:
            database.execute("UPDATE entry SET sent_at = ? WHERE id = ?", (now, entry_id))

        await self._journals.run(update, None)

    async def done(self, entry_id: int) -> None:
        """See `Journal.done`."""

        def delete(database: "Database", _run: str) -> bool:
            database.execute("DELETE FROM entry WHERE id = ?", (entry_id,))
            return True

        if entry_id != NOT_KEPT and not await self._journals.run(delete, False):
            self._journals.forget_later([(entry_id, "")])

    async def pending(self) -> Sequence[JournalEntry]:
        """See `Journal.pending`. One that this version cannot read stays where it is."""

        def select(database: "Database", run: str) -> list[tuple[Any, ...]]:
            sql = (
                "SELECT id, sent_at, slot, is_sent, body FROM entry "
                "WHERE owner = ? AND run != ? ORDER BY is_sent DESC, id"
            )
            return list(database.execute(sql, (self._owner, run)))

        found = []
        nothing: list[tuple[Any, ...]] = []
        for entry_id, sent_at, slot, is_sent, body in await self._journals.run(select, nothing):
            try:
                changes, accepted = decode(body)
            except Unreadable:
                _log.warning("a write in the journal cannot be read by this version; it stays there")
            else:
                found.append(JournalEntry(entry_id, changes, accepted, sent_at, slot, bool(is_sent)))
        return found


def _gone(waiting: Waiting) -> list[tuple[int, str]]:
    return [(NOT_KEPT, waiting.slot), *((entry_id, "") for entry_id in waiting.instead_of)]


def owner_of(connection: Connection) -> str:
    """Whose writes: the same for the same user at the same system, whatever the language."""
    options = sorted(connection.options.items())
    return repr((connection.system, connection.url.rstrip("/"), connection.user, options))


def _connect(path: Path, key: bytes) -> "Database":
    """Open or make the file. Raises what sqlcipher raises: `OperationalError` for the disk, else it is damaged."""
    from sqlcipher3 import dbapi2

    database = dbapi2.connect(str(path), check_same_thread=False)
    try:
        database.execute("PRAGMA cipher_log_level = NONE")
        database.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # With a write-ahead log a commit is one sync, and FULL makes it at each commit.
        database.execute("PRAGMA journal_mode = WAL").fetchall()
        database.execute("PRAGMA synchronous = FULL")
        with database:
            database.execute(_SCHEMA)
            database.execute(CRM_SCHEMA)
            database.execute(makings.SCHEMA)
            database.execute(drafts.SCHEMA)
        (answer,) = database.execute("PRAGMA quick_check").fetchone()
        if answer != "ok":
            raise dbapi2.DatabaseError("damaged")
    except BaseException:
        database.close()
        raise
    return database


def why(error: Exception) -> object:
    """For the log: SQLite's own words hold no values, an operating system's may hold the user's folders."""
    return error.strerror if isinstance(error, OSError) else error


def wipe_drafts(folder: Path) -> bool | None:
    """Delete the texts that were being typed, and leave the writes; whether they are gone. None: no keyring can say.

    Without its key nobody can read the file, so there is nothing to be deleted.
    """
    from sqlcipher3 import dbapi2

    if not (folder / _NAME).exists():
        return True
    try:
        database = _connect(folder / _NAME, kept_key(_KEY))
    except NoKeyring:
        return None
    except dbapi2.OperationalError:
        return False
    except dbapi2.DatabaseError:
        return True
    try:
        database.execute("PRAGMA secure_delete = ON")
        with database:
            database.execute("DELETE FROM draft")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except dbapi2.Error as error:
        _log.warning("the drafts could not be deleted: %s", why(error))
        return False
    finally:
        database.close()
    return True
