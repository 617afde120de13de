"""New customers on their way, in the write journal's own encrypted file."""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from app.domain.new_customers import NewCustomer
from app.ports.journal import NOT_KEPT
from app.ports.makings import MakingEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlcipher3.dbapi2 import Connection as Database

T = TypeVar("T")
_log = logging.getLogger(__name__)
SCHEMA = """
CREATE TABLE IF NOT EXISTS making (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    run TEXT NOT NULL,
    sent_at REAL NOT NULL,
    body TEXT NOT NULL
)
"""


class _File(Protocol):
    async def run(self, work: "Callable[[Database, str], T]", without: T) -> T: ...


class EncryptedMakings:
    """Implements `app.ports.makings.Makings`."""

    def __init__(self, file: _File, owner: str) -> None:
        self._file = file
        self._owner = owner

    async def begin(self, customer: NewCustomer) -> int:
        """See `Makings.begin`."""

        def insert(database: "Database", run: str) -> int:
            body = json.dumps(asdict(customer), ensure_ascii=False)
            sql = "INSERT INTO making (owner, run, sent_at, body) VALUES (?, ?, ?, ?)"
            return int(database.execute(sql, (self._owner, run, time.time(), body)).lastrowid or NOT_KEPT)

        return await self._file.run(insert, NOT_KEPT)

    async def done(self, entry_id: int) -> None:
        """See `Makings.done`."""

        def delete(database: "Database", _run: str) -> None:
            database.execute("DELETE FROM making WHERE id = ?", (entry_id,))

        if entry_id != NOT_KEPT:
            # One that the disk does not let go of is looked at again at the next start, and is found to be done.
            await self._file.run(delete, None)

    async def pending(self) -> Sequence[MakingEntry]:
        """See `Makings.pending`. One that this version cannot read stays where it is."""

        def select(database: "Database", run: str) -> list[tuple[Any, ...]]:
            sql = "SELECT id, sent_at, body FROM making WHERE owner = ? AND run != ? ORDER BY id"
            return list(database.execute(sql, (self._owner, run)))

        nothing: list[tuple[Any, ...]] = []
        found = []
        for entry_id, sent_at, body in await self._file.run(select, nothing):
            try:
                found.append(MakingEntry(entry_id, NewCustomer(**json.loads(body)), sent_at))
            except (ValueError, TypeError):
                _log.warning("a new customer in the journal cannot be read by this version; it stays there")
        return found
