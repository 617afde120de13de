"""What the app asks of a system for travel expenses."""

from typing import Protocol

from app.domain.economy import ExpenseTotals, Period, Subject
from app.ports.connection import ConnectedSystem


class ExpenseSystem(ConnectedSystem, Protocol):
    """Travel expenses on projects and customers. It is read only, and only totals are asked for.

    Every method may raise :class:`~app.ports.errors.SystemFault`: `NoAnswer` and `NotSignedIn` anywhere, others as
    noted. A user sees what the system itself lets him.
    """

    async def expenses(self, subject: Subject, period: Period) -> ExpenseTotals:
        """Expenses in a period, by project and kind, as the system totals them. One or two requests.

        A number that it does not know has no rows.
        """
