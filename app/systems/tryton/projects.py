"""Projects: Tryton's ``project.work`` of the type project, with the tasks below each counted in by Tryton itself."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.domain.contacts import Page
from app.domain.money import Money
from app.domain.names import Name, names_of
from app.domain.projects import Project, ProjectHit
from app.domain.text import fold, one_line
from app.ports.errors import NoRights, NotFound, Refused
from app.systems.tryton.protocol import Row, rows
from app.systems.tryton.site import escaped, existing, key_of, name_patterns
from app.systems.tryton.time_schema import TIME_SYSTEM, WORK, TimeSite

_HIT = ("number", "name", "party.code", "party.name", "status.progress")
_CARD = ("total_effort", "timesheet_duration", "total_progress", "cost", "revenue")
_IS_PROJECT = ["type", "=", "project"]
_PAGE = 250
_LINES = 500
"""The newest lines of a project, among which its people are found: about 60 KB."""
_HOUR = Decimal(3600)
_DIGITS = Decimal("0.0001")
"""Of an hour: less than half a second, so that every minute can be told from the next."""


async def search_projects(site: TimeSite, text: str, limit: int) -> Sequence[ProjectHit]:
    """By the beginning of the number, or all the words in the project's or in its customer's name.

    One request; a second where too many were found.
    """
    wanted = one_line(text)
    if not wanted:
        return []
    number = ["number", "ilike", f"{escaped(wanted)}%"]
    names = [
        ["OR", *([field, "ilike", f"%{escaped(p)}%"] for field in ("name", "party.name") for p in name_patterns(word))]
        for word in wanted.split()
    ]
    found = await _find(site, ["OR", number, names], limit)
    if len(found) == limit:
        # The likeliest may be among those that were cut off.
        beginnings = [["name", "ilike", f"{escaped(p)}%"] for p in name_patterns(wanted)]
        found = [*await _find(site, ["OR", ["number", "=", wanted], *beginnings], limit), *found]
    hits = {row.key(): read_hit(row) for row in found}
    return sorted(hits.values(), key=lambda hit: _likelihood(hit, fold(wanted)))[:limit]


async def customer_projects(site: TimeSite, customer_number: str) -> Sequence[ProjectHit]:
    """All projects of the customer with exactly this number, the newest first. One request."""
    number = customer_number.strip()
    if not number:
        return []
    hits = [read_hit(row) for row in await _find(site, ["party.code", "=", number], None)]
    return sorted(hits, key=lambda hit: not hit.is_open)


async def _find(site: TimeSite, clause: list[Any], limit: int | None) -> Sequence[Row]:
    order = [["id", "DESC"]]
    return rows(await site.client.read(f"model.{WORK}.search_read", [_IS_PROJECT, clause], 0, limit, order, [*_HIT]))


def read_hit(row: Row) -> ProjectHit:
    """A project in a list."""
    party = row.row("party")
    return ProjectHit(
        id=str(row.key()),
        number=row.text("number"),
        name=row.text("name"),
        customer_number=party.text("code") if party else "",
        customer_name=party.text("name") if party else "",
        is_open=_is_open(row),
    )


def _is_open(row: Row) -> bool:
    # Tryton's own mark of what is finished: a status that demands all of the progress.
    status = row.row("status")
    return status is None or status.quantity("progress") != 1


def _likelihood(hit: ProjectHit, wanted: str) -> tuple[bool, bool, bool, bool, str]:
    number, name = fold(hit.number), fold(hit.name)
    return number != wanted, not number.startswith(wanted), not name.startswith(wanted), not hit.is_open, name


async def project(site: TimeSite, number: str) -> Project:
    """The project with exactly this number. Two requests. Raises `NotFound`."""
    if not number.strip():
        raise NotFound(TIME_SYSTEM)
    fields = [*_HIT, "path", "status.rec_name", "timesheet_start_date", "timesheet_end_date"]
    fields += [name for name in _CARD if name in site.fields]
    fields += existing(site.fields, "currency.code")
    domain = [_IS_PROJECT, ["number", "=", number.strip()]]
    found = rows(await site.client.read(f"model.{WORK}.search_read", domain, 0, 1, None, fields))
    if not found:
        raise NotFound(TIME_SYSTEM)
    row = found[0]
    hit = read_hit(row)
    status = row.row("status")
    progress = row.quantity("total_progress")
    return Project(
        id=hit.id,
        number=hit.number,
        name=hit.name,
        status=status.text("rec_name") if status else "",
        is_open=hit.is_open,
        customer_number=hit.customer_number,
        customer_name=hit.customer_name,
        starts_on=row.date("timesheet_start_date"),
        ends_on=row.date("timesheet_end_date"),
        people=await _people(site, row.text("path")),
        budget_hours=hours_of(row.duration("total_effort")),
        hours=hours_of(row.duration("timesheet_duration")),
        progress=None if progress is None else progress * 100,
        cost=money_of(row, "cost"),
        revenue=money_of(row, "revenue"),
    )


async def _people(site: TimeSite, path: str) -> tuple[str, ...]:
    """Who has worked on the project or on what is below it, the latest first; nobody where that is not told."""
    if not path:
        return ()
    domain = [["work.origin.path", "like", f"{escaped(path)}%", WORK]]
    method, order = "model.timesheet.line.search_read", [["date", "DESC"], ["id", "DESC"]]
    try:
        found = rows(await site.client.read(method, domain, 0, _LINES, order, ["employee.rec_name"]))
    except (Refused, NoRights):
        return ()
    names = (employee.text("rec_name") for line in found if (employee := line.row("employee")) is not None)
    return tuple(dict.fromkeys(name for name in names if name))


async def names(site: TimeSite, after: str) -> Page[Name]:
    """Projects that come after the one of this id of Tryton's, by id. One request."""
    domain: list[Any] = [_IS_PROJECT, *([["id", ">", key_of(after)]] if after else [])]
    fields = [*_HIT]
    found = rows(await site.client.read(f"model.{WORK}.search_read", domain, 0, _PAGE, [["id", "ASC"]], fields))
    items = names_of([read_hit(row) for row in found])
    return Page(items, str(found[-1].key()) if len(found) == _PAGE else None)


def hours_of(duration: timedelta | None) -> Decimal | None:
    """A duration in hours. Tryton's own are seconds; SQLite adds them up in binary, so they are rounded to one."""
    return None if duration is None else (round(duration.total_seconds()) / _HOUR).quantize(_DIGITS)


def money_of(row: Row, name: str) -> Money | None:
    """A figure of a project in its company's currency; None where there is none, or this user is not told."""
    amount, currency = row.decimal(name), row.row("currency")
    return None if amount is None or currency is None else Money(amount, currency.text("code"))
