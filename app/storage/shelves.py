"""The lists of customers within reach, in the encrypted file: whose customers they are is nobody else's business."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.domain.names import Name, NameKind
from app.domain.shelf import Shelf, Shelved

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as Database

SCHEMA = """
    CREATE TABLE shelved (
        id INTEGER PRIMARY KEY,
        owner TEXT NOT NULL,
        shelf TEXT NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        number TEXT NOT NULL,
        detail TEXT NOT NULL,
        parent TEXT NOT NULL,
        at REAL NOT NULL, -- seconds since 1970, UTC
        UNIQUE (owner, shelf, kind, key)
    );
"""
MOST_RECENT = 30
_STAYS = Shelf.FAVOURITES
"""The user put it there himself, and it stays until he takes it away; it holds names and numbers only."""


def read(database: "Database", owner: str, shelf: Shelf) -> list[Shelved]:
    """What is on it, the newest first."""
    rows = database.execute(
        "SELECT kind, key, name, number, detail, parent, at FROM shelved WHERE owner = ? AND shelf = ? "
        "ORDER BY at DESC, id DESC",
        (owner, shelf.value),
    )
    return [
        Shelved(Name(NameKind(kind), key, name, number, detail, parent), datetime.fromtimestamp(at, UTC))
        for kind, key, name, number, detail, parent, at in rows
    ]


def put(database: "Database", owner: str, shelf: Shelf, names: Sequence[Name], at: float) -> None:
    """Put names on it, each in the place of what was there of the same thing."""
    database.executemany(
        "INSERT OR REPLACE INTO shelved (owner, shelf, kind, key, name, number, detail, parent, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (owner, shelf.value, name.kind.value, name.id, name.name, name.number, name.detail, name.parent_id, at)
            for name in names
        ],
    )
    if shelf is Shelf.RECENT:
        database.execute(
            "DELETE FROM shelved WHERE owner = ? AND shelf = ? AND id NOT IN "
            "(SELECT id FROM shelved WHERE owner = ? AND shelf = ? ORDER BY at DESC, id DESC LIMIT ?)",
            (owner, shelf.value) * 2 + (MOST_RECENT,),
        )


def take(database: "Database", owner: str, shelf: Shelf, name: Name) -> None:
    """Take a thing off it."""
    place = (owner, shelf.value, name.kind.value, name.id)
    database.execute("DELETE FROM shelved WHERE owner = ? AND shelf = ? AND kind = ? AND key = ?", place)


def fill(database: "Database", owner: str, shelf: Shelf, names: Sequence[Name], at: float) -> None:
    """From now on it holds these and no others."""
    database.execute("DELETE FROM shelved WHERE owner = ? AND shelf = ?", (owner, shelf.value))
    put(database, owner, shelf, names, at)


def expire(database: "Database", oldest: float) -> None:
    """What has been there for too long goes, except where the user put it himself."""
    database.execute("DELETE FROM shelved WHERE at < ? AND shelf != ?", (oldest, _STAYS.value))


def clear(database: "Database", owner: str) -> None:
    """All lists of one sign-in."""
    database.execute("DELETE FROM shelved WHERE owner = ?", (owner,))
