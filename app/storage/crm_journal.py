"""The changes of a CRM that are not acknowledged: a table beside the orders', in the same file under the same key."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.ports.journal import KeptChange
from app.storage.journal_codec import Unreadable, decode_change, encode_change

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as Database

    from app.storage.journal import EncryptedJournals

_log = logging.getLogger(__name__)

CRM_SCHEMA = """
CREATE TABLE IF NOT EXISTS crm_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    run TEXT NOT NULL,
    token TEXT NOT NULL,
    is_sent INTEGER NOT NULL,
    is_stopped INTEGER NOT NULL,
    whose TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (owner, token)
)
"""
_KEEP = """
INSERT INTO crm_change (owner, run, token, is_sent, is_stopped, whose, body) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (owner, token) DO UPDATE SET
    run = excluded.run, is_sent = excluded.is_sent, is_stopped = excluded.is_stopped, body = excluded.body
"""


class EncryptedCrmJournal:
    """Implements `app.ports.journal.CrmJournal`.

    One that the disk could not let go of is sent once more by a later run: with its token, so that nothing comes of it.
    """

    def __init__(self, journals: "EncryptedJournals", owner: str) -> None:
        self._journals = journals
        self._owner = owner

    async def keep(self, kept: KeptChange) -> None:
        """See `CrmJournal.keep`."""
        body = encode_change(kept.change)

        def put(database: "Database", run: str) -> None:
            row = (self._owner, run, kept.change.token, kept.is_sent, kept.is_stopped, kept.whose, body)
            database.execute(_KEEP, row)

        await self._journals.run(put, None)

    async def done(self, token: str) -> None:
        """See `CrmJournal.done`."""

        def delete(database: "Database", _run: str) -> None:
            database.execute("DELETE FROM crm_change WHERE owner = ? AND token = ?", (self._owner, token))

        await self._journals.run(delete, None)

    async def pending(self) -> Sequence[KeptChange]:
        """See `CrmJournal.pending`. One that this version cannot read stays where it is."""

        def select(database: "Database", run: str) -> list[tuple[str, int, int, str]]:
            sql = "SELECT whose, is_sent, is_stopped, body FROM crm_change WHERE owner = ? AND run != ? ORDER BY id"
            return list(database.execute(sql, (self._owner, run)))

        found = []
        nothing: list[tuple[str, int, int, str]] = []
        for whose, is_sent, is_stopped, body in await self._journals.run(select, nothing):
            try:
                found.append(KeptChange(decode_change(body), whose, bool(is_sent), bool(is_stopped)))
            except Unreadable:
                _log.warning("a change of the CRM in the journal cannot be read by this version; it stays there")
        return found
