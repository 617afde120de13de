"""Keeps tables of the warehouse equal to records of a Tryton, by reading what has changed.

One *round* is one transaction of the warehouse: what has changed, what is gone, the sums that this concerns, the
watermarks, and until when the source is read. A reader sees the state before or after it, and a loader that is killed
has done nothing: the next one reads the same again. Records are put in by their ids, so that reading a record twice is
reading it once.

- *Changed*: by the system's own mark of a record's last change, in pages, from a few minutes before the latest mark
  that was read: a transaction has the time of its beginning, and is seen when it ends. What changes while a round reads
  is read in the same round, until nothing has, so that an invoice is not there without its lines.
- *Gone*, or left out by the watermark all the same: the system counts its records; where it has another number than
  we, the range of ids is halved until the ids themselves are compared. A thorough round, once a day, compares every id
  with its mark.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from trytond_rpc import Tryton

OVERLAP = dt.timedelta(minutes=5)
"""How long a transaction of the system may take and be seen at once. A longer one is found by a thorough round."""
THOROUGH = dt.timedelta(days=1)
"""How often everything is compared."""
_COMPARED = "(all compared)"
"""Stands among the watermarks as a model does."""
_PAGE = 500
_RANGE = 2000
PASSES = 5
"""How often a round goes on to what has changed while it read; a system that never rests is left at that."""
_ORDER = [["last_modified_at", "ASC"], ["id", "ASC"]]

Record = dict[str, Any]
Mirrors = Callable[[sqlite3.Connection, int], Iterator["Mirror"]]
"""The mirrors of a source, given the warehouse and the user's company there."""
Key = tuple[dt.datetime, int]


@dataclass(frozen=True)
class Mirror:
    """A model of the system and the table that holds it.

    Attributes:
        columns: The table's columns after ``id`` and ``changed``.
        fields: What is read of a record.
        row: A record as values of the columns.
        domain: Which records; the others are as good as gone.
        concerns: A query for the keys (a customer's, a project's) of the sums that the records go into whose ids are in
            ``touched``. None where a record goes into no sum.
    """

    model: str
    table: str
    columns: tuple[str, ...]
    fields: tuple[str, ...]
    row: Callable[[Record], tuple[Any, ...]]
    domain: tuple[Any, ...] = ()
    concerns: str | None = None


class Round:
    """One round of one source, inside a transaction that whoever makes it begins and ends.

    Args:
        name: The source's name in the warehouse.
        mirrors: In an order in which the words are read before what needs them.
        tell: Is told what has been read.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        tryton: Tryton,
        name: str,
        mirrors: Mirrors,
        tell: Callable[[str], None],
    ) -> None:
        self._database = database
        self._tryton = tryton
        self._name = name
        self._mirrors = lambda: mirrors(database, tryton.company)
        self._tell = tell
        self._last: dict[str, Key] = {}
        self._touched: dict[str, set[int]] = {}
        self.count = 0

    def read(self) -> dt.datetime:
        """Read everything that has changed, and return the system's own time when that began."""
        database = self._database
        database.execute("CREATE TEMP TABLE IF NOT EXISTS concerned (key INTEGER PRIMARY KEY)")
        database.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER PRIMARY KEY)")
        database.execute("DELETE FROM concerned")
        self._tryton("model.currency.currency.search_count", [["id", "=", -1]])
        began = self._tryton.clock
        compared = self._until(_COMPARED)
        thorough = compared is None or began - compared >= THOROUGH
        for number in range(PASSES):
            before = self.count
            for mirror in self._mirrors():
                self._follow(mirror, again=number > 0)
            if self.count == before:
                break
        for mirror in self._mirrors():
            self._compare(mirror, thorough=thorough)
        for mirror in self._mirrors():
            self._concern(mirror, self._touched.get(mirror.table, set()))
        marks = {model: stamp.isoformat(timespec="microseconds") for model, (stamp, _) in self._last.items()}
        if thorough:
            marks[_COMPARED] = began.isoformat()
        database.executemany(
            "INSERT INTO watermark VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET until = max(until, excluded.until)",
            [(self._name, model, until) for model, until in marks.items()],
        )
        return began

    # -- what has changed

    def _follow(self, mirror: Mirror, *, again: bool) -> None:
        while True:
            domain = [*mirror.domain, *self._after(mirror, again=again)]
            records = self._search_read(mirror, domain, _PAGE, _ORDER)
            if not records:
                return
            self._put(mirror, records)
            self._last[mirror.model] = (records[-1]["last_modified_at"], records[-1]["id"])
            self._tell(f"read {self._name} {mirror.model} {len(records)}")
            if len(records) < _PAGE:
                return

    def _after(self, mirror: Mirror, *, again: bool) -> list[Any]:
        if (key := self._last.get(mirror.model)) is not None:
            stamp, record = key
            same = [["last_modified_at", "=", stamp], ["id", ">", record]]
            return [["OR", [["last_modified_at", ">", stamp]], same]]
        since = self._until(mirror.model)
        if since is None:
            return []
        # In a second pass what the first one has found to be the same is no change.
        return [["last_modified_at", ">", since] if again else ["last_modified_at", ">=", since - OVERLAP]]

    def _until(self, model: str) -> dt.datetime | None:
        found = self._database.execute(
            "SELECT until FROM watermark WHERE source = ? AND model = ?", (self._name, model)
        ).fetchone()
        return dt.datetime.fromisoformat(found[0]) if found else None

    # -- what is gone

    def _compare(self, mirror: Mirror, *, thorough: bool) -> None:
        if not thorough:
            (ours,) = self._database.execute(f"SELECT count(*) FROM {mirror.table}").fetchone()  # noqa: S608
            if ours == self._tryton(f"model.{mirror.model}.search_count", list(mirror.domain)):
                return
        last = self._tryton(f"model.{mirror.model}.search", list(mirror.domain), 0, 1, [["id", "DESC"]])
        (ours,) = self._database.execute(f"SELECT max(id) FROM {mirror.table}").fetchone()  # noqa: S608
        self._compare_range(mirror, 0, max([*last, ours or 0]) + 1, thorough=thorough)

    def _compare_range(self, mirror: Mirror, start: int, end: int, *, thorough: bool) -> None:
        domain = [*mirror.domain, ["id", ">=", start], ["id", "<", end]]
        if not thorough:
            (ours,) = self._database.execute(
                f"SELECT count(*) FROM {mirror.table} WHERE id >= ? AND id < ?",  # noqa: S608
                (start, end),
            ).fetchone()
            if ours == self._tryton(f"model.{mirror.model}.search_count", domain):
                return
        if end - start > _RANGE:
            middle = (start + end) // 2
            self._compare_range(mirror, start, middle, thorough=thorough)
            self._compare_range(mirror, middle, end, thorough=thorough)
            return
        theirs = {
            record["id"]: record["last_modified_at"].isoformat(timespec="microseconds")
            for record in self._tryton(
                f"model.{mirror.model}.search_read", domain, 0, None, [["id", "ASC"]], ["last_modified_at"]
            )
        }
        held = dict(
            self._database.execute(
                f"SELECT id, changed FROM {mirror.table} WHERE id >= ? AND id < ?",  # noqa: S608
                (start, end),
            )
        )
        self._remove(mirror, held.keys() - theirs.keys())
        if others := [record for record, changed in theirs.items() if held.get(record) != changed]:
            self._put(mirror, self._search_read(mirror, [*domain, ["id", "in", others]], None, None))
            self._tell(f"found {self._name} {mirror.model} {len(others)}")

    def _remove(self, mirror: Mirror, ids: set[int]) -> None:
        if ids:
            self._concern(mirror, ids)
            self._database.executemany(f"DELETE FROM {mirror.table} WHERE id = ?", [(one,) for one in ids])  # noqa: S608
            self.count += len(ids)
            self._tell(f"gone {self._name} {mirror.model} {len(ids)}")

    # -- into the tables

    def _search_read(self, mirror: Mirror, domain: list[Any], limit: int | None, order: Any) -> list[Record]:
        found: list[Record] = self._tryton(
            f"model.{mirror.model}.search_read", domain, 0, limit, order, [*mirror.fields, "last_modified_at"]
        )
        return found

    def _put(self, mirror: Mirror, records: list[Record]) -> None:
        names = ("id", "changed", *mirror.columns)
        places = ", ".join("?" * len(names))
        rows = [
            (record["id"], record["last_modified_at"].isoformat(timespec="microseconds"), *mirror.row(record))
            for record in records
        ]
        rows = self._different(mirror.table, names, rows)
        if not rows:
            return
        ids = {row[0] for row in rows}
        # Whose sums they are in now; whose they will be in is asked when everything has been read.
        self._concern(mirror, ids)
        self._touched.setdefault(mirror.table, set()).update(ids)
        self._database.executemany(
            f"INSERT OR REPLACE INTO {mirror.table} ({', '.join(names)}) VALUES ({places})",  # noqa: S608
            rows,
        )
        self.count += len(rows)

    def _different(self, table: str, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Return the rows that the table does not hold as they are: most of what an overlap reads it does."""
        held = {
            row[0]: row
            for row in self._database.execute(
                f"SELECT {', '.join(names)} FROM {table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
                (json.dumps([row[0] for row in rows]),),
            )
        }
        return [row for row in rows if held.get(row[0]) != row]

    def _concern(self, mirror: Mirror, ids: set[int]) -> None:
        if mirror.concerns is not None and ids:
            self._database.execute("DELETE FROM touched")
            self._database.executemany("INSERT INTO touched VALUES (?)", [(one,) for one in ids])
            self._database.execute(
                f"INSERT OR IGNORE INTO concerned WITH found (key) AS ({mirror.concerns}) "  # noqa: S608
                "SELECT key FROM found WHERE key NOTNULL"
            )
