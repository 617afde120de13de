"""The contract of a time registration, and what is Tryton's own, against a real Tryton and its database itself."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.economy import Period
from app.ports.connection import Connection
from app.ports.errors import NoRights
from app.ports.time import TimeSystem
from app.systems.tryton.manifest import connect_time
from tests.contract.reading_contract import Reach, Run
from tests.contract.time_contract import EVER, TimeContract, TimeFacts, by_project, minutes, of_customer, of_project
from tests.fixtures.tryton import RealTryton
from tests.fixtures.tryton_time import FIRST, LAST, RealTime
from tests.helpers.transports import Keeping

# By project, with the tasks below it, in a period: straight from the table of the lines.
_MINUTES = """
    SELECT round(sum(line.duration) / 60), round(sum(line.duration * line.cost_price) / 3600, 2)
    FROM timesheet_line line
    JOIN timesheet_work work ON work.id = line.work
    JOIN project_work task ON work.origin = 'project.work,' || task.id
    JOIN project_work project ON task.path LIKE project.path || '%'
    WHERE project.number = ? AND line.date BETWEEN ? AND ?
"""


class TestTrytonTime(TimeContract):
    """With projects, revenue and employees' costs."""

    NAME = "tryton-time"

    @pytest.fixture(scope="class")
    @classmethod
    def reach(cls, real_time: RealTime) -> Reach[TimeSystem]:
        return real_time

    @pytest.fixture
    def facts(self, real_time: RealTime) -> TimeFacts:
        return real_time.facts

    def test_each_of_the_demos_projects_is_right_to_the_minute(
        self, system: TimeSystem, real_time: RealTime, run: Run
    ) -> None:
        today = real_time.admin.today()
        half_a_year = Period(today - timedelta(days=183), today)
        numbers = [number for (number,) in real_time.rows("SELECT number FROM project_work WHERE type = 'project'")]
        assert len(numbers) > 20
        seen = set()
        for number in numbers:
            card = run(system.project(number))
            for period in (EVER, half_a_year):
                ((worked, cost),) = real_time.rows(_MINUTES, number, period.first.isoformat(), period.last.isoformat())
                if period is EVER:
                    assert minutes(card.hours) == (worked or 0)
                    assert card.cost is not None
                    assert abs(card.cost.amount - Decimal(str(cost or 0))) <= Decimal("0.01")
            totals = run(system.hours(of_project(number), half_a_year))
            assert by_project(totals) == {number: worked or 0}
            assert minutes(totals.total) == (worked or 0)
            seen.add((card.is_open, card.budget_hours is not None and card.hours > card.budget_hours))
        assert seen == {(is_open, is_over) for is_open in (True, False) for is_over in (True, False)}

    def test_a_customer_of_the_demo_as_tryton_itself_totals(
        self, system: TimeSystem, real_time: RealTime, run: Run
    ) -> None:
        today = real_time.admin.today()
        period = Period(today - timedelta(days=300), today - timedelta(days=30))
        of_his = real_time.admin.find("project.work", ["party.code", "=", "10023"], fields=("number",))
        assert len(of_his) > 2
        expected: dict[str, int] = {}
        for project in of_his:
            works = real_time.admin(
                "model.timesheet.work.search_read",
                [["origin.parent", "child_of", [project["id"]], "project.work"]],
                0,
                None,
                None,
                ["duration"],
                from_date=period.first,
                to_date=period.last,
            )
            total = sum((work["duration"] for work in works if work["duration"]), timedelta())
            if total:
                expected[project["number"]] = round(total.total_seconds() / 60)
        assert expected
        assert by_project(run(system.hours(of_customer("10023"), period))) == expected

    def test_who_may_not_see_cost_gets_the_rest(
        self, real_time: RealTime, between: Keeping, facts: TimeFacts, run: Run
    ) -> None:
        system = real_time.system("clerk2", transport=between)
        run(system.sign_in(real_time.password("clerk2")))
        card = run(system.project(facts.project_number))
        assert card.cost is None
        assert card.revenue is None
        assert minutes(card.hours) == facts.all_minutes
        assert set(card.people) == facts.people
        between.requests.clear()
        totals = run(system.hours(of_customer(facts.customer_number), Period(FIRST, LAST)))
        assert by_project(totals) == facts.minutes
        assert [row.cost for row in totals.rows] == [None, None]
        assert len(between.requests) == 1, "no second question where there is no cost to ask for"
        run(system.close())

    def test_an_employees_name_is_in_no_total(
        self, system: TimeSystem, between: Keeping, facts: TimeFacts, run: Run
    ) -> None:
        run(system.project(facts.project_number))
        assert all(any(name in answer for answer in between.answers) for name in facts.people), "it is looked for"
        between.answers.clear()
        for subject in (of_customer(facts.customer_number), of_project(facts.project_number)):
            assert run(system.hours(subject, EVER)).rows
        assert between.answers
        assert not [name for name in facts.people for answer in between.answers if name in answer]

    def test_words_in_the_users_language(self, real_time: RealTime, facts: TimeFacts, run: Run) -> None:
        # Tryton has no Danish of its own; what it is given is what it says.
        status = real_time.admin.first("project.work.status", ["name", "=", "Open"])
        real_time.admin("model.project.work.status.write", [status], {"name": "Åben"}, language="da")
        for language, word in (("da", "Åben"), ("en", "Open")):
            system = real_time.system(language=language)
            run(system.sign_in(real_time.password()))
            assert run(system.project(facts.project_number)).status == word
            run(system.close())


def test_an_erp_without_projects(minimal_tryton: RealTryton, run: Run) -> None:
    options = {"database": minimal_tryton.database}
    system = connect_time(Connection("tryton-time", minimal_tryton.url, "clerk", options))
    with pytest.raises(NoRights) as caught:
        run(system.sign_in(minimal_tryton.password()))
    assert caught.value.system == "tryton-time"
    assert not system.capabilities
    run(system.close())
