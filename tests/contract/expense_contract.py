"""What every system for travel expenses must do, whatever it is.

A system's own test module derives from `ExpenseContract` and gives two fixtures: ``reach``, how to reach it, and
``facts``, what is known to be in it. Nothing is written.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.domain.economy import ExpenseTotals, Period, Subject, SubjectKind
from app.domain.money import Money
from app.ports.expense import ExpenseSystem
from tests.contract.reading_contract import ReadingContract, Run
from tests.helpers.transports import Keeping

EVER = Period(date(2000, 1, 1), date(2100, 1, 1))


@dataclass(frozen=True)
class ExpenseFacts:
    """What is known to be in the expense system.

    Attributes:
        customer_number: Has two projects with expenses.
        project_number: The first of them, with expenses of two kinds, one in another currency, and a credit note.
        other_project_number: The second.
        idle_customer_number: Is known, and has none.
        first, last: A period with expenses of the project on both of its ends, and on the days next to it.
        amounts: In that period, by project and kind.
        customer_total, project_total: In that period.
        ever: The project's, of all days.
        private: Employees' names and the receipts' words, which are in no answer.
    """

    customer_number: str
    project_number: str
    other_project_number: str
    idle_customer_number: str
    first: date
    last: date
    amounts: dict[tuple[str, str], Decimal]
    customer_total: Decimal
    project_total: Decimal
    ever: Decimal
    currency: str
    private: tuple[str, ...]

    @property
    def period(self) -> Period:
        """From `first` to `last`."""
        return Period(self.first, self.last)


def of_customer(number: str) -> Subject:
    """A customer's economy."""
    return Subject(SubjectKind.CUSTOMER, number)


def of_project(number: str) -> Subject:
    """A project's economy."""
    return Subject(SubjectKind.PROJECT, number)


def by_kind(totals: ExpenseTotals) -> dict[tuple[str, str], Decimal]:
    """Amounts by project and kind."""
    found = {(row.number, row.kind): row.amount.amount for row in totals.rows}
    assert len(found) == len(totals.rows)
    return found


class ExpenseContract(ReadingContract[ExpenseSystem]):
    """The suite. Derive from it under a name that begins with ``Test``."""

    @pytest.fixture(autouse=True)
    def _known(self, facts: ExpenseFacts) -> None:
        self._facts = facts

    async def ask(self, system: ExpenseSystem) -> Any:
        """What a customer has."""
        return (await system.expenses(of_customer(self._facts.customer_number), EVER)).rows

    def test_a_customers_expenses_in_a_period(
        self, system: ExpenseSystem, between: Keeping, facts: ExpenseFacts, run: Run
    ) -> None:
        totals = run(system.expenses(of_customer(facts.customer_number), facts.period))
        assert len(between.requests) <= 2
        assert by_kind(totals) == facts.amounts
        assert {row.amount.currency for row in totals.rows} == {facts.currency}
        assert totals.totals == (Money(facts.customer_total, facts.currency),)
        assert (totals.subject, totals.period) == (of_customer(facts.customer_number), facts.period)

    def test_a_projects_expenses_in_a_period(
        self, system: ExpenseSystem, between: Keeping, facts: ExpenseFacts, run: Run
    ) -> None:
        totals = run(system.expenses(of_project(facts.project_number), facts.period))
        assert len(between.requests) <= 2
        of_this = {key: amount for key, amount in facts.amounts.items() if key[0] == facts.project_number}
        assert by_kind(totals) == of_this
        assert totals.totals == (Money(facts.project_total, facts.currency),)

    def test_both_ends_of_a_period_are_in_it(self, system: ExpenseSystem, facts: ExpenseFacts, run: Run) -> None:
        def spent(first: date, last: date) -> Decimal:
            totals = run(system.expenses(of_project(facts.project_number), Period(first, last))).totals
            return sum((total.amount for total in totals), Decimal(0))

        day = timedelta(days=1)
        assert spent(facts.first, facts.last) == facts.project_total
        assert spent(facts.first, facts.first)
        assert spent(facts.last, facts.last)
        before, after = spent(EVER.first, facts.first - day), spent(facts.last + day, EVER.last)
        assert before
        assert after
        assert before + facts.project_total + after == spent(EVER.first, EVER.last) == facts.ever

    def test_nothing_in_the_period_and_nobody_known(self, system: ExpenseSystem, facts: ExpenseFacts, run: Run) -> None:
        long_ago = Period(date(2001, 1, 1), date(2001, 12, 31))
        for subject, period in (
            (of_customer(facts.customer_number), long_ago),
            (of_project(facts.project_number), long_ago),
            (of_customer(facts.idle_customer_number), EVER),
            # The number of the one is no number of the other.
            (of_project(facts.customer_number), EVER),
            (of_customer(facts.project_number), EVER),
        ):
            totals = run(system.expenses(subject, period))
            assert (totals.rows, totals.totals) == ((), ()), subject

    @pytest.mark.parametrize("number", ["", "   ", "%", "_", "\\", "'; --", "\x00", "🦉", "a" * 500, "a\nb", "\u202e"])
    def test_odd_numbers_are_only_numbers(self, system: ExpenseSystem, run: Run, number: str) -> None:
        for subject in (of_customer(number), of_project(number)):
            totals = run(system.expenses(subject, EVER))
            assert (totals.rows, totals.totals) == ((), ())

    def test_no_names_and_no_receipts_in_the_answers(
        self, system: ExpenseSystem, between: Keeping, facts: ExpenseFacts, run: Run
    ) -> None:
        between.answers.clear()
        for subject in (of_customer(facts.customer_number), of_project(facts.project_number)):
            assert run(system.expenses(subject, EVER)).rows
        assert between.answers
        for answer in between.answers:
            assert facts.project_number in answer, "the test looks at the answers themselves"
            assert not [word for word in facts.private if word in answer]
