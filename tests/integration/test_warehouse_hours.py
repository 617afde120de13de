"""The warehouse's hours and costs are the time registration's own, to the minute and to the øre."""

from collections import defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.tryton_time import RealTime
from tests.helpers.loaded_warehouse import LoadedWarehouse, time_source


@pytest.fixture(scope="module")
def warehouse(real_time: RealTime, tmp_path_factory: pytest.TempPathFactory) -> LoadedWarehouse:
    folder = tmp_path_factory.mktemp("warehouse-hours")
    one = LoadedWarehouse(folder / "warehouse.sqlite", [time_source(real_time)])
    one.catch_up()
    return one


def _projects(time: RealTime) -> dict[str, dict[str, Any]]:
    """What Tryton says of each project with all that is below it."""
    fields = ("number", "party.code", "total_effort", "timesheet_duration", "cost", "list_price")
    return {row["number"]: row for row in time.admin.find("project.work", ["type", "=", "project"], fields=fields)}


def _hours(duration: timedelta | None) -> str:
    return str(
        (Decimal(int((duration or timedelta()).total_seconds())) / 3600).quantize(Decimal("0.01"), ROUND_HALF_UP)
    )


def test_each_project_has_its_own_totals(warehouse: LoadedWarehouse, real_time: RealTime) -> None:
    projects = _projects(real_time)
    assert len(projects) >= 15
    for number, theirs in projects.items():
        (row,) = warehouse.panel("project_overview", number)
        assert row["hours"] == _hours(theirs["timesheet_duration"]), number
        assert row["budget"] == _hours(theirs["total_effort"])
        assert Decimal(row["cost"]).scaleb(-2) == theirs["cost"]
        assert row["cost_currency"] == "DKK"
        assert row["price"] == (theirs["list_price"].scaleb(2) if theirs["list_price"] is not None else None)
        months = warehouse.panel("project_hours", number)
        assert all(set(month) == {"month", "hours"} for month in months)  # by month Tryton has no cost
        # Each month is rounded by itself.
        assert sum((Decimal(month["hours"]) for month in months), Decimal(0)) == pytest.approx(
            Decimal(row["hours"]), abs=Decimal("0.01") * max(len(months), 1)
        )
        below = real_time.admin.find(
            "project.work",
            ["parent.number", "=", number],
            fields=("name", "timesheet_duration", "total_effort", "cost"),
        )
        assert sorted(
            (task["name"], task["hours"], task["budget"], task["cost"])
            for task in warehouse.panel("project_tasks", number)
        ) == sorted(
            (task["name"], _hours(task["timesheet_duration"]), _hours(task["total_effort"]), int(task["cost"] * 100))
            for task in below
        )


def test_a_customer_s_projects_are_his(warehouse: LoadedWarehouse, real_time: RealTime) -> None:
    by_customer: dict[str, dict[str, str]] = defaultdict(dict)
    for number, row in _projects(real_time).items():
        if row["party."]:
            by_customer[row["party."]["code"]][number] = _hours(row["timesheet_duration"])
    assert len(by_customer) >= 5
    for customer, theirs in by_customer.items():
        assert {row["number"]: row["hours"] for row in warehouse.panel("projects", customer)} == theirs
    assert warehouse.panel("projects", "nobody's") == []


def test_hours_that_are_changed_moved_and_deleted_are_followed(
    warehouse: LoadedWarehouse, real_time: RealTime, tmp_path: Path
) -> None:
    admin = real_time.admin
    number = real_time.facts.project_number
    domain = [["work.origin.number", "=", number, "project.work"], ["date", "=", real_time.facts.first]]
    (line,) = admin.find("timesheet.line", *domain, fields=("date", "duration", "employee", "work"))
    company = admin.context["company"]

    def months() -> dict[str, str]:
        return {row["month"]: row["hours"] for row in warehouse.panel("project_hours", number)}

    month, later = f"{real_time.facts.first:%Y-%m}", f"{real_time.facts.last:%Y-%m}"
    before = months()
    made = admin.create(
        "timesheet.line",
        company=company,
        employee=line["employee"],
        work=line["work"],
        date=real_time.facts.first,
        duration=timedelta(minutes=45),
    )
    warehouse.catch_up()
    assert Decimal(months()[month]) == Decimal(before[month]) + Decimal("0.75")
    admin("model.timesheet.line.write", [made], {"date": real_time.facts.last, "duration": timedelta(minutes=90)})
    warehouse.catch_up()
    assert months()[month] == before[month]
    assert Decimal(months()[later]) == Decimal(before[later]) + Decimal("1.5")
    (row,) = warehouse.panel("project_overview", number)
    assert Decimal(row["cost"]).scaleb(-2) == _projects(real_time)[number]["cost"]
    admin("model.timesheet.line.delete", [made])
    warehouse.catch_up()
    assert months() == before
