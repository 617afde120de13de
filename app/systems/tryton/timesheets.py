"""Hours in a period, as Tryton totals them: each project's own figure, with what is below it."""

import asyncio
from decimal import Decimal
from typing import Any

from app.domain.economy import HoursTotals, Period, ProjectHours, Subject, SubjectKind
from app.systems.tryton.projects import hours_of, money_of
from app.systems.tryton.protocol import Row, rows, wire
from app.systems.tryton.site import existing
from app.systems.tryton.time_schema import WORK, TimeSite


async def hours(site: TimeSite, subject: Subject, period: Period) -> HoursTotals:
    """By project; of a customer's only those with hours in the period. Two requests at once; one without the cost.

    Tryton has a cost for the whole of a project and none for a period. So the cost is told where all the hours that
    there are lie in the period, and else not. It adds up nothing over projects either: one project's is the total.
    """
    number = subject.number.strip()
    if not number:
        return HoursTotals(subject, period, ())
    field = "number" if subject.kind is SubjectKind.PROJECT else "party.code"
    domain = [["type", "=", "project"], [field, "=", number]]
    within = {"from_date": wire(period.first), "to_date": wire(period.last)}
    found, ever = await asyncio.gather(
        _durations(site, domain, ["number", "name"], within),
        _durations(site, domain, ["cost", *existing(site.fields, "currency.code")], {})
        if site.costs_are_of_hours
        else _nothing(),
    )
    wholes = {row.key(): row for row in ever}
    totals = [_total(row, wholes.get(row.key())) for row in found]
    if subject.kind is SubjectKind.CUSTOMER:
        return HoursTotals(subject, period, tuple(total for total in totals if total.hours))
    return HoursTotals(subject, period, tuple(totals), totals[0].hours if totals else None)


async def _durations(site: TimeSite, domain: list[Any], fields: list[str], context: dict[str, Any]) -> tuple[Row, ...]:
    fields = [*fields, "timesheet_duration"]
    order = [["id", "DESC"]]
    method = f"model.{WORK}.search_read"
    return rows(await site.client.read(method, domain, 0, None, order, fields, context=context))


async def _nothing() -> tuple[Row, ...]:
    return ()


def _total(row: Row, whole: Row | None) -> ProjectHours:
    worked = hours_of(row.duration("timesheet_duration"))
    is_whole = whole is not None and hours_of(whole.duration("timesheet_duration")) == worked
    return ProjectHours(
        number=row.text("number"),
        name=row.text("name"),
        hours=worked or Decimal(0),
        cost=money_of(whole, "cost") if whole is not None and is_whole else None,
    )
