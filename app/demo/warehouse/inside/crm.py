"""The CRM in the warehouse: how many touch points there were with each company, and nothing of what they were about.

The same rules as for a Tryton (`mirror`): what has changed by the system's own mark, from a few minutes before the
latest one; how many there are shows that something is gone, and then, and once a day, all are read and compared.
"""

import datetime as dt
import sqlite3
from collections.abc import Callable
from typing import Any

from creme_http import Creme
from mirror import OVERLAP, PASSES, THOROUGH

_COMPARED = "(all compared)"
# What is asked for, under which name it comes, and the table that holds it.
_PARTS = (("changes/companies", "companies", "crm_company"), ("changes/touch-points", "touch_points", "touch_point"))


class CrmRound:
    """One round, inside a transaction that whoever makes it begins and ends."""

    def __init__(self, database: sqlite3.Connection, creme: Creme, name: str, tell: Callable[[str], None]) -> None:
        self._database = database
        self._creme = creme
        self._name = name
        self._tell = tell
        self._places: dict[str, str] = {}
        self.count = 0

    def read(self) -> dt.datetime:
        """Read everything that has changed, and return the system's own time when that began."""
        self._database.execute("CREATE TEMP TABLE IF NOT EXISTS concerned_company (id TEXT PRIMARY KEY)")
        self._database.execute("DELETE FROM concerned_company")
        self._creme.get("whoami")
        began = self._creme.clock
        compared = self._until(_COMPARED)
        thorough = compared is None or began - dt.datetime.fromisoformat(compared) >= THOROUGH
        for _ in range(PASSES):
            before = self.count
            totals = [self._follow(*part) for part in _PARTS]
            if self.count == before:
                break
        for part, total in zip(_PARTS, totals, strict=True):
            (ours,) = self._database.execute(f"SELECT count(*) FROM {part[2]}").fetchone()  # noqa: S608
            if thorough or ours != total:
                self._compare(*part)
        if thorough:
            self._mark(_COMPARED, began.isoformat())
        sum_up(self._database)
        return began

    def _follow(self, path: str, key: str, table: str) -> int:
        """Read what has changed since the last time, and return how many there are in all."""
        until = self._until(path)
        query: dict[str, str] = {}
        if place := self._places.get(path):
            query = {"after": place}
        elif until is not None:
            query = {"since": (dt.datetime.fromisoformat(until) - OVERLAP).isoformat()}
        while True:
            answer = self._creme.get(path, **query)
            entries = answer[key]
            if entries:
                self._put(table, entries)
                self._mark(path, entries[-1]["changed"])
                self._tell(f"read {self._name} {key} {len(entries)}")
            if answer["next"]:
                self._places[path] = answer["next"]
                query = {"after": answer["next"]}
            if not answer["more"]:
                return int(answer["total"])

    def _compare(self, path: str, key: str, table: str) -> None:
        """Read all, and take out what is not among them."""
        seen: set[str] = set()
        query: dict[str, str] = {}
        while True:
            answer = self._creme.get(path, **query)
            seen.update(entry["id"] for entry in answer[key])
            self._put(table, answer[key])
            if not answer["more"]:
                break
            query = {"after": answer["next"]}
        gone = {one for (one,) in self._database.execute(f"SELECT id FROM {table}")} - seen  # noqa: S608
        if gone:
            self._concern(gone)
            ids = [(one,) for one in gone]
            self._database.executemany(f"DELETE FROM {table} WHERE id = ?", ids)  # noqa: S608
            self._database.executemany("DELETE FROM touch_point_company WHERE touch_point = ?", ids)
            self.count += len(gone)
            self._tell(f"gone {self._name} {key} {len(gone)}")

    def _put(self, table: str, entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            is_new = self._put_company(entry) if table == "crm_company" else self._put_touch_point(entry)
            self.count += is_new

    def _put_company(self, entry: dict[str, Any]) -> bool:
        row = (entry["id"], entry["changed"], entry["number"])
        if self._database.execute("SELECT * FROM crm_company WHERE id = ?", row[:1]).fetchone() == row:
            return False
        self._database.execute("INSERT OR REPLACE INTO crm_company VALUES (?, ?, ?)", row)
        return True

    def _put_touch_point(self, entry: dict[str, Any]) -> bool:
        row = (entry["id"], entry["changed"], entry["kind"], entry["day"])
        held = self._database.execute("SELECT * FROM touch_point WHERE id = ?", row[:1]).fetchone()
        tied = self._database.execute("SELECT company FROM touch_point_company WHERE touch_point = ?", row[:1])
        if held == row and {company for (company,) in tied} == set(entry["companies"]):
            return False
        self._concern({row[0]})
        self._database.execute("INSERT OR REPLACE INTO touch_point VALUES (?, ?, ?, ?)", row)
        self._database.execute("DELETE FROM touch_point_company WHERE touch_point = ?", row[:1])
        self._database.executemany(
            "INSERT INTO touch_point_company VALUES (?, ?)", [(company, row[0]) for company in entry["companies"]]
        )
        self._concern({row[0]})
        return True

    def _concern(self, touch_points: set[str]) -> None:
        """Remember the companies whose sums these are in."""
        self._database.executemany(
            "INSERT OR IGNORE INTO concerned_company SELECT company FROM touch_point_company WHERE touch_point = ?",
            [(one,) for one in touch_points],
        )

    def _until(self, part: str) -> str | None:
        found = self._database.execute(
            "SELECT until FROM watermark WHERE source = ? AND model = ?", (self._name, part)
        ).fetchone()
        return found[0] if found else None

    def _mark(self, part: str, until: str) -> None:
        # A second reading from an earlier place never takes it back.
        self._database.execute(
            "INSERT INTO watermark VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET until = max(until, excluded.until)",
            (self._name, part, until),
        )


def sum_up(database: sqlite3.Connection) -> None:
    """Make the sums of the companies in ``concerned_company`` anew."""
    database.execute("DELETE FROM activity_month WHERE company IN concerned_company")
    database.execute(
        """
        INSERT INTO activity_month
        SELECT l.company, substr(t.day, 1, 7), t.kind, count(*)
        FROM concerned_company AS c
        CROSS JOIN touch_point_company AS l ON l.company = c.id
        JOIN touch_point AS t ON t.id = l.touch_point
        GROUP BY 1, 2, 3
        """
    )
