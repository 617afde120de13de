"""No cache: for a window that keeps nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from app.domain.names import Name
from app.domain.shelf import Shelf, Shelved
from app.ports.cache import CacheTrouble, CacheUse, Kept, OverviewKind, Wiped
from app.ports.connection import Connection

T = TypeVar("T")


class NoCache:
    """Implements `app.ports.cache.Cache` and `Caches`, and keeps nothing."""

    trouble: CacheTrouble | None = None

    def of(self, connection: Connection) -> "NoCache":
        """See `Caches.of`."""
        del connection
        return self

    async def read(self, kind: OverviewKind[T], key: str) -> Kept[T] | None:
        """See `Cache.read`."""
        del kind, key
        return None

    async def read_all(self, *wanted: tuple[OverviewKind[Any], str]) -> Mapping[str, Kept[Any]]:
        """See `Cache.read_all`."""
        del wanted
        return {}

    async def read_each(self, kind: OverviewKind[T], keys: Sequence[str]) -> Mapping[str, Kept[T]]:
        """See `Cache.read_each`."""
        del kind, keys
        return {}

    def keep(self, kind: OverviewKind[T], key: str, value: T, read_at: datetime) -> None:
        """See `Cache.keep`."""

    def forget(self, kind: OverviewKind[T], key: str) -> None:
        """See `Cache.forget`."""

    async def learn(self, names: Sequence[Name], read_at: datetime) -> None:
        """See `Cache.learn`."""

    async def find(
        self, connections: Sequence[Connection], text: str, *, limit: int = 20
    ) -> Sequence[tuple[Connection, Name]]:
        """See `Caches.find`."""
        del connections, text, limit
        return ()

    async def shelf(self, shelf: Shelf) -> Sequence[Shelved]:
        """See `Cache.shelf`."""
        del shelf
        return ()

    def shelve(self, shelf: Shelf, name: Name, at: datetime) -> None:
        """See `Cache.shelve`."""

    def unshelve(self, shelf: Shelf, name: Name) -> None:
        """See `Cache.unshelve`."""

    def fill_shelf(self, shelf: Shelf, names: Sequence[Name], at: datetime) -> None:
        """See `Cache.fill_shelf`."""

    async def clear(self) -> None:
        """See `Cache.clear`."""

    async def use(self) -> CacheUse:
        """See `Caches.use`."""
        return CacheUse(0, 0, 0, 0, False)

    async def wipe(self) -> Wiped:
        """See `Caches.wipe`."""
        return Wiped(True, ())

    def close(self) -> None:
        """See `Caches.close`."""
