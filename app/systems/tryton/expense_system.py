"""Travel expenses in Tryton's analytic accounts, as the app asks an expense system.

An analytic axis (a root account) has a view account for each customer, below it one for each of his projects, and below
that one account for each kind of expense; a project of nobody's lies at the axis itself. Their codes are the customers'
and the projects' numbers. What is booked on a kind is in Tryton's own balance of the project and of the customer.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from app.domain.economy import ExpenseTotal, ExpenseTotals, Period, Subject, SubjectKind
from app.domain.money import Money
from app.ports.capability import Capability
from app.ports.errors import NoRights, Refused, ServerFault
from app.systems.tryton.client import Client
from app.systems.tryton.protocol import Row, malformed, rows, wire
from app.systems.tryton.signed_in import SignedIn

EXPENSE_SYSTEM: Final = "tryton-expenses"
_ACCOUNT = "model.analytic_account.account"
_OF_ONE = ("code", "name", "type", "balance")
_FIELDS = (
    *_OF_ONE,
    "currency.code",
    *(f"childs.{name}" for name in _OF_ONE),
    *(f"childs.childs.{name}" for name in _OF_ONE),
)
_VIEW = "view"


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of a signed-in database on which expenses are: Tryton's id of its root."""

    client: Client
    root: int


class TrytonExpenses(SignedIn[Axis]):
    """One user at one Tryton database. Implements `app.ports.expense.ExpenseSystem`.

    Args:
        axis: The code of the axis.
    """

    NAME: ClassVar[str] = EXPENSE_SYSTEM

    def __init__(self, client: Client, *, language: str, axis: str) -> None:
        super().__init__(client, language=language)
        self._axis = axis

    @property
    def capabilities(self) -> frozenset[Capability]:
        """None: the port asks for one thing only."""
        return frozenset()

    async def expenses(self, subject: Subject, period: Period) -> ExpenseTotals:
        """See `ExpenseSystem`. One request; its answer holds accounts and balances, nothing of what was booked."""
        with self._named():
            return await _expenses(self._here, subject, period)

    async def _load(self) -> Axis:
        domain = [["code", "=", self._axis], ["type", "=", "root"]]
        try:
            found = rows(await self._client.read(f"{_ACCOUNT}.search_read", domain, 0, 1, None, ["balance"]))
        except (ServerFault, Refused, NoRights) as error:
            detail = "there are no analytic accounts there, or this user may not see their balance"
            raise NoRights(error.system, error.words, detail=detail) from error
        if not found:
            raise NoRights(self.NAME, detail="there is no analytic axis of this code, or this user may not see it")
        return Axis(self._client, found[0].key())


async def _expenses(axis: Axis, subject: Subject, period: Period) -> ExpenseTotals:
    number = subject.number.strip()
    if not number:
        return ExpenseTotals(subject, period, ())
    domain = [["root", "=", axis.root], ["code", "=", number], ["type", "=", _VIEW]]
    within = {"start_date": wire(period.first), "end_date": wire(period.last)}
    found = rows(await axis.client.read(f"{_ACCOUNT}.search_read", domain, 0, None, None, [*_FIELDS], context=within))
    is_project = subject.kind is SubjectKind.PROJECT
    # A customer and a project may have the same number; what lies below tells them apart.
    account = next((row for row in found if _is_project(row) is is_project), None)
    if account is None:
        return ExpenseTotals(subject, period, ())
    currency_row = account.row("currency")
    if currency_row is None:
        raise malformed("an analytic account without a currency")
    currency = currency_row.text("code")
    projects = (account,) if is_project else account.rows("childs")
    totals = [
        ExpenseTotal(project.text("code"), kind.text("name"), amount)
        for project in projects
        for kind in project.rows("childs")
        if (amount := _spent(kind, currency)).amount
    ]
    return ExpenseTotals(subject, period, tuple(totals), (_spent(account, currency),) if totals else ())


def _is_project(account: Row) -> bool:
    return not any(child.text("type") == _VIEW for child in account.rows("childs"))


def _spent(account: Row, currency: str) -> Money:
    """Tryton's balance of these accounts is credit less debit, so that what was spent is below zero."""
    balance = account.decimal("balance")
    if balance is None:
        raise malformed("an analytic account without a balance")
    return Money(-balance, currency)
