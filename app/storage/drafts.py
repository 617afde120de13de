"""Texts that are being typed: a table in the write journal's own encrypted file."""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from app.ports.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlcipher3.dbapi2 import Connection as Database

T = TypeVar("T")
_log = logging.getLogger(__name__)
SCHEMA = """
CREATE TABLE IF NOT EXISTS draft (
    owner TEXT NOT NULL,
    place TEXT NOT NULL,
    run TEXT NOT NULL,
    typed_at REAL NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (owner, place)
)
"""
_KEEP = "INSERT OR REPLACE INTO draft (owner, place, run, typed_at, body) VALUES (?, ?, ?, ?, ?)"


class _File(Protocol):
    async def run(self, work: "Callable[[Database, str], T]", without: T) -> T: ...


class EncryptedDrafts:
    """Implements `app.ports.drafts.DraftStore`."""

    def __init__(self, file: _File, owner: str) -> None:
        self._file = file
        self._owner = owner

    async def keep(self, place: str, texts: Mapping[str, str]) -> None:
        """See `DraftStore.keep`."""
        body = json.dumps(dict(texts), ensure_ascii=False)

        def put(database: "Database", run: str) -> None:
            database.execute(_KEEP, (self._owner, place, run, time.time(), body))

        await self._file.run(put, None)

    async def drop(self, place: str) -> None:
        """See `DraftStore.drop`."""

        def delete(database: "Database", _run: str) -> None:
            database.execute("DELETE FROM draft WHERE owner = ? AND place = ?", (self._owner, place))

        await self._file.run(delete, None)

    async def left(self) -> Sequence[Draft]:
        """See `DraftStore.left`. One that this version cannot read stays where it is."""

        def select(database: "Database", run: str) -> list[tuple[str, str, float]]:
            sql = "SELECT place, body, typed_at FROM draft WHERE owner = ? AND run != ? ORDER BY typed_at"
            return list(database.execute(sql, (self._owner, run)))

        nothing: list[tuple[str, str, float]] = []
        found = []
        for place, body, typed_at in await self._file.run(select, nothing):
            try:
                texts: Any = json.loads(body)
                found.append(Draft(place, {str(name): str(text) for name, text in texts.items()}, typed_at))
            except (ValueError, AttributeError):
                _log.warning("a draft cannot be read by this version; it stays there")
        return found
