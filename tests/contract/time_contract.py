"""What every time registration must do, whatever it is.

A system's own test module derives from `TimeContract` and gives two fixtures: ``reach``, how to reach it, and
``facts``, what is known to be in it. Nothing is written.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.domain.economy import HoursTotals, Period, Subject, SubjectKind
from app.domain.money import Money
from app.domain.names import NameKind
from app.ports.capability import Capability
from app.ports.errors import NotFound
from app.ports.time import TimeSystem
from tests.contract.reading_contract import ReadingContract, Run
from tests.helpers.transports import Keeping

EVER = Period(date(2000, 1, 1), date(2100, 1, 1))
_MINUTE = Decimal(60)


@dataclass(frozen=True)
class TimeFacts:
    """What is known to be in the time registration.

    Attributes:
        project_number, project_name: An open project, with hours on it and on something below it.
        name_spellings: Other spellings, or words of its name, by which it must be found.
        closed_number, idle_number: The same customer's closed project, with hours, and an open one without any.
        customer_number, customer_name: Whose these three are; he has no other.
        idle_customer_number: A customer without projects.
        first, last: A period with hours on both of its ends, and hours of the open project on the days next to it.
        minutes: In that period, by project.
        all_minutes: Of the open project, ever.
        people: Who has worked on it.
        cost, revenue: Of the open project, ever.
        closed_cost: Of the closed one, all of whose hours are in the period.
    """

    project_number: str
    project_name: str
    name_spellings: tuple[str, ...]
    closed_number: str
    idle_number: str
    customer_number: str
    customer_name: str
    idle_customer_number: str
    first: date
    last: date
    minutes: dict[str, int]
    all_minutes: int
    budget_hours: Decimal
    people: frozenset[str]
    cost: Decimal
    closed_cost: Decimal
    revenue: Decimal
    currency: str


def of_customer(number: str) -> Subject:
    """A customer's economy."""
    return Subject(SubjectKind.CUSTOMER, number)


def of_project(number: str) -> Subject:
    """A project's economy."""
    return Subject(SubjectKind.PROJECT, number)


def minutes(hours: Decimal | None) -> int:
    """Hours as the whole minutes that they are, or nearly."""
    assert hours is not None
    assert abs(hours * _MINUTE - round(hours * _MINUTE)) < Decimal("0.01")
    return round(hours * _MINUTE)


def by_project(totals: HoursTotals) -> dict[str, int]:
    """Minutes by the project's number."""
    found = {row.number: minutes(row.hours) for row in totals.rows}
    assert len(found) == len(totals.rows)
    return found


class TimeContract(ReadingContract[TimeSystem]):
    """The suite. Derive from it under a name that begins with ``Test``."""

    async def ask(self, system: TimeSystem) -> Any:
        """A word that is in many names."""
        return await system.search_projects("a")

    def test_it_has_projects_with_names(self, system: TimeSystem) -> None:
        assert system.capabilities == {Capability.PROJECTS, Capability.NAMES}

    # -- finding

    def test_finds_by_number_name_and_customer(
        self, system: TimeSystem, between: Keeping, facts: TimeFacts, run: Run
    ) -> None:
        number, name = facts.project_number, facts.project_name
        for text in (number, number[:-1], name, name.lower(), name.upper(), *facts.name_spellings, facts.customer_name):
            between.requests.clear()
            hits = {hit.number: hit for hit in run(system.search_projects(text))}
            assert number in hits, text
            assert len(between.requests) == 1, text
            hit = hits[number]
            assert (hit.name, hit.customer_number, hit.customer_name) == (
                name,
                facts.customer_number,
                facts.customer_name,
            )
            assert hit.is_open

    def test_the_very_number_comes_first(self, system: TimeSystem, facts: TimeFacts, run: Run) -> None:
        for number in (facts.project_number, facts.closed_number, facts.idle_number):
            assert run(system.search_projects(number))[0].number == number

    def test_no_more_than_asked(self, system: TimeSystem, between: Keeping, run: Run) -> None:
        assert len(run(system.search_projects("a", limit=2))) == 2
        assert len(between.requests) == 2

    @pytest.mark.parametrize("text", ["", "   ", "%", "_", "\\", "'; --", "\x00", "🦉", "a" * 500, "a\nb", "\u202e"])
    def test_odd_texts_are_only_texts(self, system: TimeSystem, run: Run, text: str) -> None:
        for hit in run(system.search_projects(text)):
            assert text.split(), "nothing was asked for"
            said = (hit.number + hit.name + hit.customer_name).casefold()
            assert all(word in said for word in text.casefold().split())
        assert run(system.customer_projects(text)) == []
        totals = run(system.hours(of_customer(text), EVER))
        assert (totals.rows, totals.total) == ((), None)
        with pytest.raises(NotFound) as caught:
            run(system.project(text))
        assert caught.value.system == self.NAME

    def test_all_names(self, system: TimeSystem, facts: TimeFacts, run: Run) -> None:
        found, after = [], ""
        while after is not None:
            page = run(system.names(after))
            found += page.items
            after = page.next
        assert {name.kind for name in found} == {NameKind.PROJECT}
        numbers = [name.number for name in found]
        assert len(set(numbers)) == len(numbers)
        assert {facts.project_number, facts.closed_number, facts.idle_number} <= set(numbers)
        (name,) = (name for name in found if name.number == facts.project_number)
        assert (name.name, name.detail) == (facts.project_name, facts.customer_name)
        assert name.parent_id == facts.customer_number  # nothing else leads from it to the other systems
        assert name.id == run(system.project(facts.project_number)).id

    # -- one project, one customer

    def test_card(self, system: TimeSystem, between: Keeping, facts: TimeFacts, run: Run) -> None:
        card = run(system.project(facts.project_number))
        assert len(between.requests) <= 2
        assert (card.number, card.name) == (facts.project_number, facts.project_name)
        assert (card.customer_number, card.customer_name) == (facts.customer_number, facts.customer_name)
        assert card.is_open
        assert card.status
        assert set(card.people) == facts.people
        assert len(card.people) == len(facts.people)
        assert card.budget_hours == facts.budget_hours
        assert minutes(card.hours) == facts.all_minutes
        assert card.progress is not None
        assert 0 < card.progress < 100
        assert card.cost == Money(facts.cost, facts.currency)
        assert card.revenue == Money(facts.revenue, facts.currency)

    def test_a_closed_project_and_one_without_hours(self, system: TimeSystem, facts: TimeFacts, run: Run) -> None:
        assert not run(system.project(facts.closed_number)).is_open
        idle = run(system.project(facts.idle_number))
        assert idle.is_open
        assert idle.people == ()
        assert minutes(idle.hours) == 0

    def test_a_customers_projects_open_ones_first(
        self, system: TimeSystem, between: Keeping, facts: TimeFacts, run: Run
    ) -> None:
        hits = run(system.customer_projects(facts.customer_number))
        assert len(between.requests) == 1
        assert [hit.is_open for hit in hits] == [True, True, False]
        assert {hit.number for hit in hits[:2]} == {facts.project_number, facts.idle_number}
        assert hits[2].number == facts.closed_number
        assert {hit.customer_number for hit in hits} == {facts.customer_number}
        assert run(system.customer_projects(facts.idle_customer_number)) == []

    # -- hours

    def test_hours_of_a_customer_in_a_period(
        self, system: TimeSystem, between: Keeping, facts: TimeFacts, run: Run
    ) -> None:
        period = Period(facts.first, facts.last)
        totals = run(system.hours(of_customer(facts.customer_number), period))
        assert len(between.requests) <= 2
        assert by_project(totals) == facts.minutes
        assert totals.subject == of_customer(facts.customer_number)
        assert totals.period == period
        rows = {row.number: row for row in totals.rows}
        assert rows[facts.project_number].name == facts.project_name
        # All of the closed project's hours are in the period, so its cost is the period's; not so the other's.
        assert rows[facts.closed_number].cost == Money(facts.closed_cost, facts.currency)
        assert rows[facts.project_number].cost in (None, Money(facts.cost, facts.currency))

    def test_hours_of_a_project_in_a_period(
        self, system: TimeSystem, between: Keeping, facts: TimeFacts, run: Run
    ) -> None:
        totals = run(system.hours(of_project(facts.project_number), Period(facts.first, facts.last)))
        assert len(between.requests) <= 2
        assert by_project(totals) == {facts.project_number: facts.minutes[facts.project_number]}
        assert minutes(totals.total) == facts.minutes[facts.project_number]

    def test_both_ends_of_a_period_are_in_it(self, system: TimeSystem, facts: TimeFacts, run: Run) -> None:
        subject = of_project(facts.project_number)

        def worked(first: date, last: date) -> int:
            return sum(by_project(run(system.hours(subject, Period(first, last)))).values())

        day = timedelta(days=1)
        within = worked(facts.first, facts.last)
        assert worked(facts.first, facts.first) > 0
        assert worked(facts.last, facts.last) > 0
        assert worked(facts.first + day, facts.last - day) == within - worked(facts.first, facts.first) - worked(
            facts.last, facts.last
        )
        assert worked(facts.first - day, facts.last + day) == facts.all_minutes > within
        assert worked(EVER.first, facts.first - day) + within + worked(facts.last + day, EVER.last) == facts.all_minutes

    def test_cost_of_all_hours(self, system: TimeSystem, facts: TimeFacts, run: Run) -> None:
        (row,) = run(system.hours(of_project(facts.project_number), EVER)).rows
        assert minutes(row.hours) == facts.all_minutes
        assert row.cost == Money(facts.cost, facts.currency)

    def test_nothing_in_the_period(self, system: TimeSystem, facts: TimeFacts, run: Run) -> None:
        period = Period(date(2001, 1, 1), date(2001, 12, 31))
        assert run(system.hours(of_customer(facts.customer_number), period)).rows == ()
        assert run(system.hours(of_customer(facts.idle_customer_number), EVER)).rows == ()
        assert sum(by_project(run(system.hours(of_project(facts.project_number), period))).values()) == 0
