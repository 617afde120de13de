"""The offline cache: what the user was shown, kept encrypted until it expires, is crowded out, or is wiped."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.names import Name
from app.domain.shelf import Shelf, Shelved
from app.ports.cache import CacheTrouble, CacheUse, Kept, OverviewKind, Wiped
from app.ports.connection import Connection
from app.storage import name_index, shelves
from app.storage.cache_codec import Unreadable, decode, encode
from app.storage.cache_file import Opened, is_damage, open_cache, open_memory, put_aside, wipe
from app.storage.journal import owner_of

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as Database

T = TypeVar("T")
_Place = tuple[OverviewKind[Any], str]
_log = logging.getLogger(__name__)
DAYS = 30
SIZE_LIMIT = 200_000_000
"""Bytes of overviews; a card is about 4,000."""

_ROOM = 0.9
"""Of the limit, when something must go: not with each overview anew."""
_TIDY_EVERY = 100
"""Overviews kept between looks at what has expired and at the limit."""
_TOUCH_EVERY = 3600.0
"""Seconds in which an overview that is read again need not be marked as used."""
_NAMES_AT_ONCE = 50
"""Names learned in one transaction: a search waits for one of them at the most."""
_CLOCK_SLACK = 86_400.0
"""Seconds that an overview may be from the future: more is a clock that was wrong when it was read."""

_KEEP = """
INSERT INTO overview (owner, kind, key, source, read_at, used_at, size, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (owner, kind, key) DO UPDATE SET
    read_at = excluded.read_at, used_at = excluded.used_at, size = excluded.size, body = excluded.body
WHERE excluded.read_at >= overview.read_at OR overview.read_at > ?
"""

_READ = """
SELECT body, read_at, used_at FROM overview WHERE owner = ? AND kind = ? AND key = ? AND read_at BETWEEN ? AND ?
"""


class EncryptedCaches:
    """Implements `app.ports.cache.Caches`. All of it runs in one thread, in the order in which it was asked for.

    Args:
        folder: Where the file is; None for a cache that is gone with the process.
        now: Seconds since 1970 by this computer's clock.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        size_limit: int = SIZE_LIMIT,
        days: int = DAYS,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._size_limit = size_limit
        self._days = days
        self.now = now
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="samspil-cache")
        self._opened: Opened | None = None
        self._is_closed = False
        self._kept = 0
        self.trouble: CacheTrouble | None = CacheTrouble.IN_MEMORY if folder is None else None

    def of(self, connection: Connection) -> "EncryptedCache":
        """See `Caches.of`."""
        return EncryptedCache(self, owner_of(connection))

    async def use(self) -> CacheUse:
        """See `Caches.use`."""

        def count(database: "Database") -> CacheUse:
            overviews, size = database.execute("SELECT count(*), total(size) FROM overview").fetchone()
            (names,) = database.execute("SELECT count(*) FROM name").fetchone()
            day_ago = self.now() - 86_400.0
            (lately,) = database.execute("SELECT total(size) FROM overview WHERE used_at > ?", (day_ago,)).fetchone()
            on_disk = self._opened is not None and self._opened.on_disk
            return CacheUse(overviews, int(size), self._size_limit, self._days, on_disk, names, int(lately))

        return await self.run(count, CacheUse(0, 0, self._size_limit, self._days, False))

    async def find(
        self, connections: Sequence[Connection], text: str, *, limit: int = 20
    ) -> Sequence[tuple[Connection, Name]]:
        """See `Caches.find`."""
        whose = {owner_of(connection): connection for connection in connections}

        def look(database: "Database") -> list[tuple[str, Name]]:
            return name_index.find(database, list(whose), text, limit, self.oldest)

        nothing: list[tuple[str, Name]] = []
        return [(whose[owner], name) for owner, name in await self.run(look, nothing)]

    async def wipe(self) -> Wiped:
        """See `Caches.wipe`."""
        if self._is_closed:
            return Wiped(None, ())
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._wipe)

    def close(self) -> None:
        """See `Caches.close`."""
        if not self._is_closed:
            self._is_closed = True
            self._executor.submit(self._let_go)
            self._executor.shutdown(wait=True)

    @property
    def oldest(self) -> float:
        """What was read before this has expired."""
        return self.now() - self._days * 86_400.0

    @property
    def newest(self) -> float:
        """What was read after this was read by a clock that was wrong."""
        return self.now() + _CLOCK_SLACK

    async def run(self, work: Callable[["Database"], T], without: T) -> T:
        """``work(database)`` as one transaction in the cache's thread; ``without`` where it cannot be done."""
        if self._is_closed:
            return without
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._in_transaction, work, without)

    def later(self, work: Callable[["Database"], None]) -> None:
        """The same, and nobody waits for it."""
        if not self._is_closed:
            self._executor.submit(self._in_transaction, work, None).add_done_callback(_tell_bug)

    def has_kept(self, database: "Database") -> None:
        """One more overview was written."""
        self._kept += 1
        if self._kept % _TIDY_EVERY == 0:
            self._tidy(database)

    # -- in the cache's thread

    def _in_transaction(self, work: Callable[["Database"], T], without: T) -> T:
        from sqlcipher3 import dbapi2

        database = self._database()
        changes = database.total_changes
        try:
            with database:
                result = work(database)
        except dbapi2.DatabaseError as error:
            if is_damage(error):
                _log.warning("the cache is damaged: %s", error)
                self._begin_anew()
            elif getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                _log.info("another process is at work in the cache")
            elif isinstance(error, dbapi2.OperationalError):
                if self.trouble is not CacheTrouble.NO_DISK:
                    _log.warning("the cache does not take a change: %s", error)
                self.trouble = CacheTrouble.NO_DISK
            else:
                raise
            return without
        is_on_disk = self._opened is not None and self._opened.on_disk
        if self.trouble is CacheTrouble.NO_DISK and is_on_disk and database.total_changes > changes:
            self.trouble = None  # there is room again; it could be read all the while
        return result

    def _database(self) -> "Database":
        if self._opened is None:
            if self._folder is None:
                self._opened = Opened(open_memory(), None, False)
            else:
                self._opened = open_cache(self._folder)
                self.trouble = self._opened.trouble
            if self._opened.on_disk:
                self._in_transaction(self._tidy, None)
        return self._opened.database

    def _begin_anew(self) -> None:
        self._let_go()
        if self._folder is not None:
            try:
                put_aside(self._folder)
            except OSError as error:
                _log.warning("the damaged cache could not be put aside: %s", error.strerror)
                self._opened = Opened(open_memory(), CacheTrouble.NO_DISK, False)
                self.trouble = CacheTrouble.NO_DISK
                return
            self._database()
        self.trouble = CacheTrouble.DAMAGED

    def _tidy(self, database: "Database") -> None:
        """What has expired goes, and where there is too much, what was used longest ago."""
        database.execute("DELETE FROM overview WHERE read_at < ? OR read_at > ?", (self.oldest, self.newest))
        name_index.forget(database, "read_at < ? OR read_at > ?", (self.oldest, self.newest))
        shelves.expire(database, self.oldest)
        (size,) = database.execute("SELECT total(size) FROM overview").fetchone()
        excess = size - self._size_limit * _ROOM if size > self._size_limit else 0
        if excess > 0:
            gone = []
            for overview_id, its_size in database.execute("SELECT id, size FROM overview ORDER BY used_at"):
                gone.append((overview_id,))
                excess -= its_size
                if excess <= 0:
                    break
            database.executemany("DELETE FROM overview WHERE id = ?", gone)
        database.execute("PRAGMA incremental_vacuum").fetchall()

    def _wipe(self) -> Wiped:
        self._let_go()
        self.trouble = CacheTrouble.IN_MEMORY if self._folder is None else None
        return Wiped(True, ()) if self._folder is None else wipe(self._folder)

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.database.close()
            self._opened = None


class EncryptedCache:
    """Implements `app.ports.cache.Cache`."""

    def __init__(self, caches: EncryptedCaches, owner: str) -> None:
        self._caches = caches
        self._owner = owner

    async def read(self, kind: OverviewKind[T], key: str) -> Kept[T] | None:
        """See `Cache.read`."""
        return (await self.read_all((kind, key))).get(kind.name)

    async def read_all(self, *wanted: tuple[OverviewKind[Any], str]) -> Mapping[str, Kept[Any]]:
        """See `Cache.read_all`."""
        found = await self._read_in_one_go(wanted)
        return {kind.name: kept for (kind, _), kept in found.items()}

    async def read_each(self, kind: OverviewKind[T], keys: Sequence[str]) -> Mapping[str, Kept[T]]:
        """See `Cache.read_each`."""
        found = await self._read_in_one_go([(kind, key) for key in keys])
        return {key: kept for (_, key), kept in found.items()}

    async def _read_in_one_go(self, wanted: Sequence[_Place]) -> dict[_Place, Kept[Any]]:
        nothing: dict[_Place, Kept[Any]] = {}
        return await self._caches.run(partial(self._read, wanted), nothing)

    def _read(self, wanted: Sequence[_Place], database: "Database") -> dict[_Place, Kept[Any]]:
        caches, now = self._caches, self._caches.now()
        found: dict[_Place, Kept[Any]] = {}
        for kind, key in wanted:
            place = (self._owner, kind.name, key)
            row = database.execute(_READ, (*place, caches.oldest, caches.newest)).fetchone()
            if row is None:
                continue
            body, read_at, used_at = row
            try:
                found[kind, key] = Kept(decode(kind, body), datetime.fromtimestamp(read_at, UTC))
            except Unreadable:
                _log.info("an overview in the cache cannot be read by this version")
                continue
            if now - used_at > _TOUCH_EVERY:
                caches.later(partial(_touch, place, now))
        return found

    def keep(self, kind: OverviewKind[T], key: str, value: T, read_at: datetime) -> None:
        """See `Cache.keep`. An answer that overtook a newer one does not replace it."""
        caches = self._caches
        now = caches.now()

        def write(database: "Database") -> None:
            body = encode(value)
            row = (self._owner, kind.name, key, kind.source.value, read_at.timestamp(), now, len(body), body)
            database.execute(_KEEP, (*row, caches.newest))
            caches.has_kept(database)

        caches.later(write)

    def forget(self, kind: OverviewKind[T], key: str) -> None:
        """See `Cache.forget`."""
        place = (self._owner, kind.name, key)
        self._caches.later(lambda database: _delete(database, place))

    async def learn(self, names: Sequence[Name], read_at: datetime) -> None:
        """See `Cache.learn`."""
        for start in range(0, len(names), _NAMES_AT_ONCE):
            some = names[start : start + _NAMES_AT_ONCE]
            await self._caches.run(partial(self._learn, some, read_at.timestamp()), None)

    def _learn(self, names: Sequence[Name], read_at: float, database: "Database") -> None:
        name_index.learn(database, self._owner, names, read_at)

    async def shelf(self, shelf: Shelf) -> Sequence[Shelved]:
        """See `Cache.shelf`."""
        nothing: list[Shelved] = []
        return await self._caches.run(lambda database: shelves.read(database, self._owner, shelf), nothing)

    def shelve(self, shelf: Shelf, name: Name, at: datetime) -> None:
        """See `Cache.shelve`."""
        self._caches.later(lambda database: shelves.put(database, self._owner, shelf, [name], at.timestamp()))

    def unshelve(self, shelf: Shelf, name: Name) -> None:
        """See `Cache.unshelve`."""
        self._caches.later(lambda database: shelves.take(database, self._owner, shelf, name))

    def fill_shelf(self, shelf: Shelf, names: Sequence[Name], at: datetime) -> None:
        """See `Cache.fill_shelf`."""
        self._caches.later(lambda database: shelves.fill(database, self._owner, shelf, names, at.timestamp()))

    async def clear(self) -> None:
        """See `Cache.clear`."""

        def clear(database: "Database") -> None:
            database.execute("DELETE FROM overview WHERE owner = ?", (self._owner,))
            name_index.forget(database, "owner = ?", (self._owner,))
            shelves.clear(database, self._owner)

        await self._caches.run(clear, None)


def _touch(place: tuple[str, str, str], now: float, database: "Database") -> None:
    database.execute("UPDATE overview SET used_at = ? WHERE owner = ? AND kind = ? AND key = ?", (now, *place))


def _delete(database: "Database", place: tuple[str, str, str]) -> None:
    database.execute("DELETE FROM overview WHERE owner = ? AND kind = ? AND key = ?", place)


def _tell_bug(work: "Future[None]") -> None:
    error = work.exception() if not work.cancelled() else None
    if error is not None:
        _log.error("keeping an overview failed: %s", type(error).__name__)
