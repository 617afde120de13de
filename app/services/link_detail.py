"""What both systems know of the two that a finding is about, side by side; nothing of it is copied."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.domain.contacts import Company
from app.domain.links import Finding
from app.domain.parties import Customer
from app.ports.connection import SystemKind
from app.ports.errors import NotFound
from app.ports.jobs import Job, Runner
from app.services.card_parts import Part, PartName, PartStatus
from app.services.order_writer import as_fault
from app.services.systems import Systems


class LinkDetail:
    """The company of a finding, and the customer that it is held against.

    Attributes:
        finding: Which one, or None.
        number: The customer's; empty where there is none to look at.
    """

    def __init__(self, systems: Systems, runner: Runner) -> None:
        self._systems = systems
        self._runner = runner
        self._jobs: dict[SystemKind, Job] = {}
        self._listener: Callable[[], None] = lambda: None
        self.finding: Finding | None = None
        self.number = ""
        self.company: Part[Company] = Part(SystemKind.CRM)
        self.customer: Part[Customer] = Part(SystemKind.ERP)

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever one of the two has changed."""
        self._listener = listener

    def show(self, finding: Finding | None, number: str) -> None:
        """Look at another pair. A question about the former one is dropped."""
        is_same = self.finding is not None and finding is not None and self.finding.company.id == finding.company.id
        self.finding = finding
        is_same_customer = is_same and number == self.number
        self.number = number if finding is not None else ""
        if not is_same:
            self._drop(SystemKind.CRM)
            self.company = Part(SystemKind.CRM)
            self.reload(PartName.COMPANY)
        if not is_same_customer:
            self._drop(SystemKind.ERP)
            self.customer = Part(SystemKind.ERP, PartStatus.WAITING if number else PartStatus.ABSENT)
            self.reload(PartName.CUSTOMER)
        self._listener()

    def part(self, name: PartName) -> Part[Any]:
        """The company, or the customer."""
        return self.company if name is PartName.COMPANY else self.customer

    def reload(self, name: PartName) -> None:
        """Ask the system again."""
        crm, erp, finding = self._systems.crm, self._systems.erp, self.finding
        if name is PartName.COMPANY and crm is not None and finding is not None and not finding.is_project:
            self._ask(SystemKind.CRM, crm.company(finding.company.id))
        elif name is PartName.CUSTOMER and erp is not None and self.number:
            self._ask(SystemKind.ERP, erp.customer(self.number))

    def retry(self, kind: SystemKind) -> None:
        """The system answers again: ask for what failed."""
        name = PartName.COMPANY if kind is SystemKind.CRM else PartName.CUSTOMER
        if self.part(name).status is PartStatus.FAILED:
            self.reload(name)

    def close(self) -> None:
        """Drop the questions under way."""
        for kind in tuple(self._jobs):
            self._drop(kind)

    def _ask(self, kind: SystemKind, work: Coroutine[Any, Any, Any]) -> None:
        def done(value: Any) -> None:
            self._jobs.pop(kind, None)
            self._put(kind, status=PartStatus.READY, value=value, fault=None, read_at=datetime.now(UTC))

        def failed(error: Exception) -> None:
            self._jobs.pop(kind, None)
            fault = as_fault(error)
            if isinstance(fault, NotFound):
                self._put(kind, status=PartStatus.ABSENT, value=None)
            else:
                self._put(kind, status=PartStatus.FAILED, fault=fault)

        self._drop(kind)
        self._jobs[kind] = self._runner.run(work, done, failed)
        self._put(kind, status=PartStatus.LOADING, fault=None)

    def _put(self, kind: SystemKind, **changes: Any) -> None:
        if kind is SystemKind.CRM:
            self.company = replace(self.company, **changes)
        else:
            self.customer = replace(self.customer, **changes)
        self._listener()

    def _drop(self, kind: SystemKind) -> None:
        if kind in self._jobs:
            self._jobs.pop(kind).cancel()
