"""Names and numbers in the encrypted file, found by the beginnings of their words (FTS5)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from app.domain.names import Name, NameKind, alternatives, index_words, words_of

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as Database

SCHEMA = """
    CREATE TABLE name (
        id INTEGER PRIMARY KEY,
        owner TEXT NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        number TEXT NOT NULL,
        detail TEXT NOT NULL,
        parent TEXT NOT NULL,
        folded TEXT NOT NULL,  -- the words of the name, as they are compared
        words TEXT NOT NULL,   -- all that it is found by
        read_at REAL NOT NULL, -- seconds since 1970, UTC
        UNIQUE (owner, kind, key)
    );
    CREATE INDEX name_folded ON name (owner, folded);
    CREATE INDEX name_number ON name (owner, number);
    CREATE INDEX name_read ON name (read_at);
    CREATE VIRTUAL TABLE name_words USING fts5 (
        words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
        tokenize = "unicode61 remove_diacritics 0"
    );
"""
_SPARE = 4
"""How many times as many as are wanted are looked at, since some may be other sign-ins'."""
_BY_NAME = 2
"""How likely a name is that begins with the text: less than one whose number does."""
_AFTER = {NameKind.PERSON.value: 1, NameKind.ORDER.value: 2, NameKind.PRODUCT.value: 3, NameKind.PROJECT.value: 4}
_LAST = "\U0010ffff"
_COLUMNS = "id, owner, kind, key, name, number, detail, parent, folded"
_FIND_WORDS = f"""
    SELECT {_COLUMNS} FROM name
    WHERE id IN (SELECT rowid FROM name_words WHERE name_words MATCH ? LIMIT ?)
    AND owner IN (SELECT value FROM json_each(?)) AND read_at > ?
"""  # noqa: S608  # our own columns
_FIND_NUMBER = f"""
    SELECT {_COLUMNS} FROM name WHERE owner = ? AND number >= ? AND number < ? AND read_at > ? ORDER BY number LIMIT ?
"""  # noqa: S608
_FIND_NAME = f"""
    SELECT {_COLUMNS} FROM name WHERE owner = ? AND folded >= ? AND folded < ? AND read_at > ? ORDER BY folded LIMIT ?
"""  # noqa: S608


def learn(database: "Database", owner: str, names: Sequence[Name], read_at: float) -> None:
    """Put names in, each in the place of what was known of the same thing. What is not known of it now stays known."""
    for name in names:
        place = (owner, name.kind.value, name.id)
        row = database.execute(
            "SELECT id, name, number, detail, parent, words FROM name WHERE owner = ? AND kind = ? AND key = ?", place
        ).fetchone()
        words = index_words(name)
        folded = " ".join(words_of(name.name))
        if row is None:
            values = (*place, name.name, name.number, name.detail, name.parent_id, folded, words, read_at)
            cursor = database.execute(
                "INSERT INTO name (owner, kind, key, name, number, detail, parent, folded, words, read_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            database.execute("INSERT INTO name_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, words))
            continue
        name_id, *known, known_words = row
        if not any(name.further):
            # A hit of a search tells no telephone number; the card did.
            words = " ".join(dict.fromkeys([*words.split(), *_numbers_in(known, known_words)]))
        if (known, known_words) == ([name.name, name.number, name.detail, name.parent_id], words):
            database.execute("UPDATE name SET read_at = max(read_at, ?) WHERE id = ?", (read_at, name_id))
            continue
        database.execute(
            "UPDATE name SET name = ?, number = ?, detail = ?, parent = ?, folded = ?, words = ?, read_at = ? "
            "WHERE id = ?",
            (name.name, name.number, name.detail, name.parent_id, folded, words, read_at, name_id),
        )
        database.execute("DELETE FROM name_words WHERE rowid = ?", (name_id,))
        database.execute("INSERT INTO name_words (rowid, words) VALUES (?, ?)", (name_id, words))


def _numbers_in(known: Sequence[str], known_words: str) -> list[str]:
    """The words that an entry had beside those of its name, number and detail."""
    plain = {word for text in known for word in words_of(text)}
    return [word for word in known_words.split() if word not in plain]


def find(database: "Database", owners: Sequence[str], text: str, limit: int, oldest: float) -> list[tuple[str, Name]]:
    """Whose, and which: first the very number, then numbers and names that begin so, then those that hold the words,
    whole ones first.
    """
    options = alternatives(text)
    if not options:
        return []
    number, folded = text.strip(), " ".join(words_of(text))
    found: dict[int, tuple[int, tuple[Any, ...]]] = {}

    def add(likeness: int, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            found.setdefault(row[0], (0 if row[5] == number else likeness, row))

    for owner in owners:
        add(1, database.execute(_FIND_NUMBER, (owner, number, number + _LAST, oldest, limit)))
        add(_BY_NAME, database.execute(_FIND_NAME, (owner, folded, folded + _LAST, oldest, limit)))
    if len(found) < limit:
        whose = json.dumps(list(owners))
        for likeness, sign in ((3, ""), (4, " *")):
            query = " OR ".join("(" + " AND ".join(f'"{word}"{sign}' for word in words) + ")" for words in options)
            add(likeness, database.execute(_FIND_WORDS, (query, limit * _SPARE, whose, oldest)))
            if len(found) >= limit:
                break
    best = sorted(found.values(), key=_rank)
    return list(_names(row for _, row in best[:limit]))


def _rank(found: tuple[int, tuple[Any, ...]]) -> tuple[int, str, int, str]:
    """Companies, their people, orders, and then products, where they are equally likely."""
    likeness, (_, _, kind, _, _, number, _, _, folded) = found
    return likeness, number if likeness < _BY_NAME else "", _AFTER.get(kind, 0), folded


def _names(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, Name]]:
    for _, owner, kind, key, name, number, detail, parent, _ in rows:
        yield owner, Name(NameKind(kind), key, name, number, detail, parent)


def forget(database: "Database", where: str, values: Sequence[Any]) -> None:
    """Take names out. ``where`` is our own SQL."""
    database.execute(f"DELETE FROM name_words WHERE rowid IN (SELECT id FROM name WHERE {where})", values)  # noqa: S608
    database.execute(f"DELETE FROM name WHERE {where}", values)  # noqa: S608
