"""Projects, by the number that links the systems."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.money import Money


@dataclass(frozen=True, slots=True)
class ProjectHit:
    """A project in a list.

    Attributes:
        id: The system's own key.
        customer_number, customer_name: Whose it is; empty for one of our own.
        is_open: Work may be registered on it.
    """

    id: str
    number: str
    name: str
    customer_number: str = ""
    customer_name: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Project:
    """A project's card, as the system that owns projects tells it.

    Attributes:
        status: In that system's own words.
        people: Who works on it, by name.
        budget_hours, hours, progress: What was planned, what is registered until now, and how far it is in percent by
            that system's own account; None where it does not say.
        cost, revenue: Likewise.
    """

    id: str
    number: str
    name: str
    status: str = ""
    is_open: bool = True
    customer_number: str = ""
    customer_name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    people: tuple[str, ...] = ()
    budget_hours: Decimal | None = None
    hours: Decimal | None = None
    progress: Decimal | None = None
    cost: Money | None = None
    revenue: Money | None = None
