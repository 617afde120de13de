"""The time registration in the warehouse: projects, what was planned on them, and the hours; nobody's name.

What a project or task was planned at, has taken and has cost, with all that is below it, is Tryton's own total, read
again where something below it has changed. By month Tryton has hours and no cost, so there is none here.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from erp import day_of, id_of
from mirror import Mirror, Record
from trytond_rpc import Tryton

_PAGE = 500
# A project or task, and what it is below.
_UP = "SELECT a.id FROM project AS p JOIN project AS a ON p.path >= a.path AND p.path < a.path || 'a' WHERE p.id IN {}"
_OF_PROJECT = _UP.format("touched")
_OF_WORK = _UP.format("(SELECT project FROM timesheet_work WHERE id IN touched)")
_OF_LINE = _UP.format(
    "(SELECT w.project FROM timesheet_line AS l JOIN timesheet_work AS w ON w.id = l.work WHERE l.id IN touched)"
)


def mirrors(database: sqlite3.Connection, company: int) -> Iterator[Mirror]:
    """Yield the mirrors; each may rest on the words that those before it have read."""
    yield Mirror(
        "company.company",
        "time_company",
        ("code", "digits"),
        ("currency.code", "currency.digits"),
        lambda r: (r["currency."]["code"], r["currency."]["digits"]),
        (["id", "=", company],),
    )
    found = database.execute("SELECT digits FROM time_company").fetchone()
    digits = found[0] if found else 2
    yield Mirror("party.party", "time_customer", ("number",), ("code",), lambda r: (r["code"],))
    yield Mirror(
        "project.work",
        "project",
        ("number", "name", "kind", "path", "customer", "status", "price"),
        ("number", "name", "type", "path", "party", "status.name", "list_price"),
        lambda r: _project(r, digits),
        (["company", "=", company],),
        _OF_PROJECT,
    )
    yield Mirror(
        "timesheet.work",
        "timesheet_work",
        ("project",),
        ("origin",),
        lambda r: (id_of(r["origin"], "project.work"),),
        concerns=_OF_WORK,
    )
    yield Mirror(
        "timesheet.line",
        "timesheet_line",
        ("work", "day", "seconds"),
        ("work", "date", "duration"),
        lambda r: (r["work"], day_of(r["date"]), _seconds(r["duration"])),
        concerns=_OF_LINE,
    )


def _project(record: Record, digits: int) -> tuple[Any, ...]:
    price = record["list_price"]
    return (
        record["number"],
        record["name"],
        record["type"],
        record["path"],
        record["party"],
        (record["status."] or {}).get("name"),
        int(price.scaleb(digits)) if price is not None else None,
    )


def _seconds(duration: dt.timedelta | None) -> int:
    return int(duration.total_seconds()) if duration is not None else 0


def sum_up(database: sqlite3.Connection, tryton: Tryton) -> None:
    """Make the sums of the projects and tasks whose keys are in ``concerned`` anew."""
    for table in ("hours_month", "project_total"):
        database.execute(f"DELETE FROM {table} WHERE project IN (SELECT key FROM concerned)")  # noqa: S608
    database.execute(
        """
        INSERT INTO hours_month
        SELECT w.project, substr(l.day, 1, 7), sum(l.seconds)
        FROM concerned AS c
        CROSS JOIN timesheet_work AS w ON w.project = c.key
        JOIN timesheet_line AS l ON l.work = w.id
        GROUP BY 1, 2
        """
    )
    (digits,) = database.execute("SELECT digits FROM time_company").fetchone() or (2,)
    ids = [key for (key,) in database.execute("SELECT key FROM concerned JOIN project ON project.id = key")]
    for start in range(0, len(ids), _PAGE):
        fields = ["total_effort", "timesheet_duration", "cost"]
        database.executemany(
            "INSERT INTO project_total VALUES (?, ?, ?, ?)",
            [
                (
                    record["id"],
                    _seconds(record["total_effort"]),
                    _seconds(record["timesheet_duration"]),
                    int((record["cost"] or Decimal(0)).scaleb(digits)),
                )
                for record in tryton("model.project.work.read", ids[start : start + _PAGE], fields)
            ],
        )
