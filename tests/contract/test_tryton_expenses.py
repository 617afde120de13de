"""The contract of an expense system, and what is Tryton's own, against the real ERP and its accounts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.domain.economy import Period
from app.ports.errors import NoRights
from app.ports.expense import ExpenseSystem
from tests.contract.expense_contract import EVER, ExpenseContract, ExpenseFacts, by_kind, of_customer, of_project
from tests.contract.reading_contract import Reach, Run
from tests.fixtures.tryton import RealTryton
from tests.fixtures.tryton_expenses import RealExpenses

# What was booked on the projects' accounts of one axis, by kind: the general ledger's own lines.
_BOOKED = """
    SELECT account.code, round(sum(line.debit - line.credit), 2)
    FROM account_move_line line
    JOIN account_move move ON move.id = line.move
    JOIN account_account account ON account.id = line.account
    WHERE account.name = ? AND move.date BETWEEN ? AND ?
"""


class TestTrytonExpenses(ExpenseContract):
    """With analytic accounts."""

    NAME = "tryton-expenses"

    @pytest.fixture(scope="class")
    @classmethod
    def reach(cls, real_expenses: RealExpenses) -> Reach[ExpenseSystem]:
        return real_expenses

    @pytest.fixture
    def facts(self, real_expenses: RealExpenses) -> ExpenseFacts:
        return real_expenses.facts

    def test_the_demos_expenses_are_what_is_in_its_books(
        self, system: ExpenseSystem, real_expenses: RealExpenses, run: Run
    ) -> None:
        today = real_expenses.erp.admin.today()
        # Every project of the demo by itself, all of them together against the ledger's accounts of each kind.
        numbers = _projects(real_expenses.erp)
        assert len(numbers) > 15
        for period in (EVER, Period(today - timedelta(days=200), today - timedelta(days=20))):
            found: dict[str, Decimal] = {}
            for number in numbers:
                totals = run(system.expenses(of_project(number), period))
                for (_, kind), amount in by_kind(totals).items():
                    found[kind] = found.get(kind, Decimal(0)) + amount
            assert found.keys() == {"Rejse", "Hotel", "Fortæring"}
            for kind, amount in found.items():
                ((_, booked),) = real_expenses.erp.rows(
                    _BOOKED, kind, period.first.isoformat(), period.last.isoformat()
                )
                assert amount == Decimal(str(booked)), (kind, period)

    def test_a_customer_has_what_his_projects_have(self, system: ExpenseSystem, run: Run) -> None:
        whole = run(system.expenses(of_customer("10023"), EVER))
        assert {row.number for row in whole.rows} == {"P-1001", "P-1002", "P-1003"}
        for number in ("P-1001", "P-1002", "P-1003"):
            of_one = run(system.expenses(of_project(number), EVER))
            assert by_kind(of_one) == {key: amount for key, amount in by_kind(whole).items() if key[0] == number}
            assert sum(by_kind(of_one).values()) == of_one.totals[0].amount
        assert sum(by_kind(whole).values()) == whole.totals[0].amount

    def test_what_is_invoiced_on_a_project_is_a_balance_of_the_erps(self, real_expenses: RealExpenses) -> None:
        erp = real_expenses.erp
        (account,) = erp.admin.find(
            "analytic_account.account", ["root.code", "=", "INVOICED"], ["code", "=", "P-1002"], fields=("balance",)
        )
        orders = erp.admin.find(
            "sale.sale",
            ["party.code", "=", "10023"],
            ["reference", "in", ["PO 5303", "PO 5477"]],
            fields=("invoices.untaxed_amount",),
        )
        amounts = [invoice["untaxed_amount"] for order in orders for invoice in order["invoices."]]
        assert len(amounts) == 2
        assert account["balance"] == sum(amounts) > 0

    def test_an_invoice_that_was_credited_is_invoiced_no_more(self, real_expenses: RealExpenses) -> None:
        # Of the demo's only project whose order was credited there is another order, too.
        erp = real_expenses.erp
        (account,) = erp.admin.find(
            "analytic_account.account",
            ["root.code", "=", "INVOICED"],
            ["code", "=", "P-1009"],
            fields=("balance", "debit", "credit"),
        )
        assert account["debit"] > 0
        assert account["balance"] == account["credit"] - account["debit"] > 0

    def test_who_may_not_see_the_balance(self, real_expenses: RealExpenses, run: Run) -> None:
        system = real_expenses.system("clerk2")
        with pytest.raises(NoRights) as caught:
            run(system.sign_in(real_expenses.password("clerk2")))
        assert caught.value.system == self.NAME
        run(system.close())

    def test_no_such_axis(self, real_expenses: RealExpenses, run: Run) -> None:
        system = real_expenses.system(axis="NOWHERE")
        with pytest.raises(NoRights) as caught:
            run(system.sign_in(real_expenses.password()))
        assert caught.value.system == self.NAME
        run(system.close())


def _projects(erp: RealTryton) -> list[Any]:
    found = erp.rows(
        """
        SELECT project.code FROM analytic_account_account project
        JOIN analytic_account_account root ON root.id = project.root
        WHERE root.code = 'EXPENSES' AND project.code LIKE 'P-%' AND project.type = 'view'
        """
    )
    return [code for (code,) in found]
