"""The parts of a customer's card, and how its two halves hang together."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from app.domain.contact_changes import CrmChange
from app.domain.contacts import Company, ContactHit, NewTouchPoint, SalesProcess, Task, TouchKind
from app.domain.parties import Customer
from app.domain.sales_changes import StageChange, TaskCompletion
from app.domain.text import fold
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.errors import NoAnswer, SystemFault

T = TypeVar("T")


class PartStatus(StrEnum):
    """Where a part of the card is."""

    WAITING = "waiting"  # for another part that it needs, e.g. the number
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    ABSENT = "absent"  # the system has no such thing for this customer


UNDER_WAY = frozenset({PartStatus.WAITING, PartStatus.LOADING})
"""It will say something soon."""


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part of the card.

    Attributes:
        value: What was read last, also by an earlier run of the program: it is shown while it is read again and when
            that fails.
        fault: Why reading it failed, or None.
        read_at: When the system gave ``value``, aware.
        source: The system it is from.
    """

    source: SystemKind
    status: PartStatus = PartStatus.WAITING
    value: T | None = None
    fault: SystemFault | None = None
    read_at: datetime | None = None

    @property
    def is_offline(self) -> bool:
        """``value`` is all there is for now: its system does not answer."""
        return self.status is PartStatus.FAILED and self.value is not None and isinstance(self.fault, NoAnswer)


class PartName(StrEnum):
    """The parts of a card."""

    COMPANY = "company"
    CUSTOMER = "customer"
    TIMELINE = "timeline"  # the CRM's half of it
    TASKS = "tasks"
    SALES = "sales"
    CASES = "cases"
    CAMPAIGNS = "campaigns"
    ORDERS = "orders"
    TRADE = "trade"  # the ERP's half of the timeline


class LinkState(StrEnum):
    """How the card of the CRM and the customer of the ERP hang together: by number, and by nothing else."""

    UNKNOWN = "unknown"  # not answered yet
    LINKED = "linked"
    NO_NUMBER = "no_number"  # the CRM holds no customer number
    NOT_IN_ERP = "not_in_erp"  # the number points nowhere
    NOT_IN_CRM = "not_in_crm"
    SHARED = "shared"  # several companies of the CRM hold this number
    NAMES_DIFFER = "names_differ"  # linked by the number, but each system calls it something else


CRM_PARTS = (PartName.TIMELINE, PartName.TASKS, PartName.SALES, PartName.CASES, PartName.CAMPAIGNS)
"""What the CRM is asked about a company beside its card."""


ERP_PARTS = (PartName.ORDERS, PartName.TRADE)
"""What the ERP is asked about a customer beside his data."""


LISTS: Mapping[PartName, Callable[[CrmSystem, str], Coroutine[Any, Any, Sequence[Any]]]] = {
    PartName.TASKS: lambda crm, company_id: crm.tasks(company_id),
    PartName.SALES: lambda crm, company_id: crm.sales(company_id),
    PartName.CASES: lambda crm, company_id: crm.cases(company_id),
    PartName.CAMPAIGNS: lambda crm, company_id: crm.campaigns(company_id),
}
"""How the CRM is asked for those of them that come in one piece."""


def changed_by(change: CrmChange, answer: object) -> Mapping[PartName, Callable[[Any], Any]]:
    """The parts that look different when the CRM has done this, or refused it, and how each looks at once.

    All of them are to be read again; until then a row that was answered is as the CRM has it.
    """
    match change:
        case StageChange():
            return {PartName.SALES: lambda rows: _with_sale(rows, answer)}
        case TaskCompletion():
            return {PartName.TASKS: lambda rows: _without_task(rows, answer), PartName.TIMELINE: _same}
        case NewTouchPoint(kind=TouchKind.TASK):
            return {PartName.TASKS: _same, PartName.TIMELINE: _same}
        case NewTouchPoint():
            return {PartName.TIMELINE: _same}
        case _:
            return {PartName.COMPANY: _same}


def _same(value: T) -> T:
    return value


def _with_sale(sales: tuple[SalesProcess, ...] | None, answer: object) -> tuple[SalesProcess, ...] | None:
    if sales is None or not isinstance(answer, SalesProcess):
        return sales
    return tuple(answer if sale.id == answer.id else sale for sale in sales)


def _without_task(tasks: tuple[Task, ...] | None, answer: object) -> tuple[Task, ...] | None:
    if tasks is None or not isinstance(answer, Task):
        return tasks
    return tuple(task for task in tasks if task.id != answer.id or answer.is_open)


def needs(name: PartName) -> PartName | None:
    """The part that says by what its system knows this one."""
    return PartName.COMPANY if name in CRM_PARTS else PartName.CUSTOMER if name in ERP_PARTS else None


def link_of(
    number: str, company: Part[Company], customer: Part[Customer], namesakes: Sequence[ContactHit]
) -> LinkState:
    """How a company and a customer of this number hang together, as far as the systems have answered."""
    if len(namesakes) > 1:
        return LinkState.SHARED
    if company.status is PartStatus.ABSENT:
        return LinkState.NOT_IN_CRM
    if company.value is not None and not number:
        return LinkState.NO_NUMBER
    if customer.status is PartStatus.ABSENT:
        return LinkState.NOT_IN_ERP
    if company.value is not None and customer.value is not None:
        same = fold(company.value.name) == fold(customer.value.name)
        return LinkState.LINKED if same else LinkState.NAMES_DIFFER
    return LinkState.UNKNOWN
