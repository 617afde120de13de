"""Projects and the hours on them, in a database of their own: the demo's time registration."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import foundation
from rows import Row, Rows, batches, decimal
from trytond.pool import Pool

# login -> its employee's number, or none
USERS = {"clerk": "M1", "clerk2": "M2", "reporting": ""}
# Who sees what hours cost and what a project brings in.
_ECONOMY = "Projektøkonomi"
_SEES_ECONOMY = frozenset({"admin", "clerk", "reporting"})
_GUARDED = {
    "project.work": ("cost", "revenue", "list_price"),
    "timesheet.line": ("cost_price",),
}


def people(rows: Rows, ours: int, passwords: Mapping[str, str]) -> dict[str, Any]:
    """Enter the employees with what an hour of theirs costs, and who may sign in; return employees by number.

    Args:
        rows: The demo data.
        ours: The company.
        passwords: By login.
    """
    pool = Pool()
    sequence_class = pool.get("ir.sequence")
    # Beyond the customers' numbers, which are the ERP's, and beyond the projects' that we give.
    for kind, values in (
        ("Party", {"number_next": 20001}),
        ("Project Work Effort", {"prefix": "P-", "number_next": 2001}),
    ):
        sequence_class.write(sequence_class.search([("sequence_type.name", "=", kind)]), values)
    employees = {}
    for row in rows.read("employees"):
        party = pool.get("party.party").create([{"name": row["name"], "code": row["number"]}])[0]
        costs = [{"date": rows.today - dt.timedelta(days=1000), "cost_price": decimal(row["cost_before"])}]
        if row["raised_days"]:
            costs.append({"date": rows.day(row["raised_days"]), "cost_price": decimal(row["cost"])})
        employees[row["number"]] = pool.get("company.employee").create(
            [{"party": party.id, "company": ours, "cost_prices": [("create", costs)]}]
        )[0]
    _users(ours, employees, passwords)
    return employees


def _users(ours: int, employees: Mapping[str, Any], passwords: Mapping[str, str]) -> None:
    pool = Pool()
    user_class = pool.get("res.user")
    group = pool.get("res.group").create([{"name": _ECONOMY}])[0]
    pool.get("ir.model.field.access").create(
        [
            {"model": model, "field": field, "group": who, "perm_read": who is not None, "perm_write": False}
            for model, fields in _GUARDED.items()
            for field in fields
            for who in (None, group.id)
        ]
    )
    languages = {lang.code: lang.id for lang in pool.get("ir.lang").search([])}
    user_class.write(
        [user_class(foundation.administrator())], {"password": passwords["admin"], "groups": [("add", [group.id])]}
    )
    for login, number in USERS.items():
        name, language = foundation.CLERKS.get(login, ("Rapportsystemet", "en"))
        values = {
            "name": name,
            "login": login,
            "password": passwords[login],
            "language": languages[language],
            "groups": [("add", [group.id] if login in _SEES_ECONOMY else [])],
            "companies": [("add", [ours])],
            "company": ours,
        }
        if number:
            values |= {"employees": [("add", [employees[number].id])], "employee": employees[number].id}
        user_class.create([values])


def projects(rows: Rows, ours: int) -> dict[tuple[str, str], Any]:
    """Enter the projects with their customers and tasks; all are open as yet.

    Returns:
        What hours are registered on, by the project's number and the task's name; the name is empty for the project.
    """
    pool = Pool()
    names = {row["number"]: row["name"] for row in rows.read("companies")}
    wanted = rows.read("projects")
    numbers = sorted({row["company_number"] for row in wanted if row["company_number"]})
    party_class = pool.get("party.party")
    made = party_class.create([{"name": names[number], "code": number} for number in numbers])
    parties = dict(zip(numbers, made, strict=True))
    tasks: dict[str, list[Row]] = {}
    for row in rows.read("project_tasks"):
        tasks.setdefault(row["project_number"], []).append(row)
    data = pool.get("ir.model.data")
    is_open = data.get_id("project", "work_open_status")

    def work(row: Row, kind: str, number: str) -> dict[str, Any]:
        return {
            "number": number,
            "name": row["name"],
            "type": kind,
            "company": ours,
            "status": is_open,
            "timesheet_available": True,
        }

    def values(row: Row) -> dict[str, Any]:
        number = row["number"]
        project = work(row, "project", number)
        project["timesheet_start_date"] = rows.day(row["begins_days"])
        project["timesheet_end_date"] = rows.day(row["ends_days"])
        project["list_price"] = decimal(row["price"])
        if row["company_number"]:
            project["party"] = parties[row["company_number"]].id
        children = [
            {
                **work(task, "task", f"{number}.{at}"),
                "effort_duration": dt.timedelta(hours=float(task["effort_hours"])),
                "progress": float(task["progress"]),
            }
            for at, task in enumerate(tasks.get(number, ()), start=1)
        ]
        project["children"] = [("create", children)]
        return project

    work_class = pool.get("project.work")
    entered = {}
    for project in work_class.create([values(row) for row in wanted]):
        entered[project.number, ""] = project.timesheet_works[0]
        for task in project.children:
            entered[project.number, task.name] = task.timesheet_works[0]
    return entered


def hours(rows: Rows, ours: int, employees: Mapping[str, Any], works: Mapping[tuple[str, str], Any]) -> None:
    """Enter who worked how long on what; what an hour costs Tryton finds itself."""
    line_class = Pool().get("timesheet.line")
    for batch in batches(rows.read("timesheets"), 200):
        line_class.create(
            [
                {
                    "company": ours,
                    "employee": employees[row["employee"]].id,
                    "date": rows.day(row["days"]),
                    "duration": dt.timedelta(minutes=int(row["minutes"])),
                    "work": works[row["project_number"], row["task"]].id,
                }
                for row in batch
            ]
        )


def finish(rows: Rows) -> None:
    """Close what is done, the tasks before their projects as Tryton demands."""
    pool = Pool()
    done = pool.get("ir.model.data").get_id("project", "work_done_status")
    work_class = pool.get("project.work")
    for row in rows.read("projects"):
        if row["status"] == "done":
            (project,) = work_class.search([("number", "=", row["number"])])
            for works in (project.children, [project]):
                work_class.write(list(works), {"status": done, "progress": 1.0})


def fill(rows: Rows, ours: int, passwords: Mapping[str, str]) -> None:
    """Enter everything."""
    employees = people(rows, ours, passwords)
    hours(rows, ours, employees, projects(rows, ours))
    finish(rows)
