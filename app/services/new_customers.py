"""Customers made in the ERP from companies of the CRM, with the number carried back. `making_steps` says how."""

import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.domain.links import same_name
from app.domain.new_customers import NewCustomer, token_for
from app.domain.parties import CustomerHit
from app.ports.capability import Capability
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.ports.errors import MalformedAnswer, OutcomeUnknown, SystemFault
from app.ports.jobs import Job, Runner
from app.ports.journal import NOT_KEPT, Journals
from app.ports.makings import MakingEntry, Makings
from app.services.making_steps import Begun, Ended, MakingStatus, find, insist, link, prepare, tidy
from app.services.no_journal import NoJournal
from app.services.order_writer import as_fault
from app.services.systems import Systems

T = TypeVar("T")
_OVER = frozenset({MakingStatus.DONE, MakingStatus.MEANWHILE, MakingStatus.NOT_MADE, MakingStatus.LEFT})
_BOTH = frozenset({SystemKind.CRM, SystemKind.ERP})


@dataclass(frozen=True, slots=True)
class Making:
    """A new customer as the window shows it.

    Attributes:
        number: The ERP's, once it is known; for `MEANWHILE` the one that somebody else has given the company.
        fault: What went wrong, at the system `fault_of`; or None.
        recovered: An earlier run of the program began it.
    """

    customer: NewCustomer
    status: MakingStatus
    number: str = ""
    fault: SystemFault | None = None
    fault_of: SystemKind = SystemKind.ERP
    recovered: bool = False

    @property
    def is_over(self) -> bool:
        """Nothing is under way any more that could end otherwise."""
        return self.status in _OVER


class NewCustomers:
    """All of them, one a company. Lives in its caller's thread; all I/O goes through the runner."""

    def __init__(self, systems: Systems, runner: Runner, journals: Journals | None = None) -> None:
        self._systems = systems
        self._runner = runner
        self._journals: Journals = journals or NoJournal()
        self._under_way: dict[str, _OnItsWay] = {}
        self._makings: dict[str, Making] = {}
        self._listeners: list[Callable[[Making], None]] = []

    def listen(self, listener: Callable[[Making], None]) -> None:
        """Call ``listener`` with a customer whose state has changed."""
        self._listeners.append(listener)

    def of(self, company_id: str) -> Making | None:
        """What is, or was in this run, made of a company."""
        return self._makings.get(company_id)

    @property
    def is_busy(self) -> bool:
        """Something is under way, be it only that the ERP is told that all is well."""
        return any(one.job is not None for one in self._under_way.values())

    @property
    def can(self) -> bool:
        """This user may make customers in the ERP and enter numbers in the CRM."""
        crm, erp = self._systems.crm, self._systems.erp
        return (
            crm is not None
            and erp is not None
            and Capability.SET_NUMBER in crm.capabilities
            and Capability.CREATE_CUSTOMER in erp.capabilities
            and self._systems.proven.keys() >= _BOTH
        )

    def make(self, company_id: str, name: str, former: str = "") -> bool:
        """Begin; whether it was begun: not while one of this company is under way.

        Args:
            former: The number that the company holds now.
        """
        now = self._makings.get(company_id)
        if not self.can or not name.strip() or (now is not None and not now.is_over):
            return False
        token = token_for(self._systems.proven[SystemKind.CRM].url, company_id)
        making = Making(NewCustomer(token, company_id, name.strip(), former), MakingStatus.MAKING)
        self._take(making, lambda one: one.begin())
        return True

    def look_alikes(self, name: str, vat_number: str, on_done: Callable[[Sequence[CustomerHit]], None]) -> None:
        """Whether the ERP has them already: the same VAT number, or the same name. Nobody is told where it fails."""
        erp = self._systems.erp
        if erp is None:
            return

        async def work() -> Sequence[CustomerHit]:
            by_vat = await erp.customers_by_vat(vat_number) if vat_number else ()
            by_name = [hit for hit in await erp.search_customers(name) if same_name(hit.name, name)]
            return list({hit.id: hit for hit in (*by_vat, *by_name)}.values())

        self._runner.run(work(), on_done, lambda _error: on_done(()))

    def recover(self) -> None:
        """Both systems are signed in to: go on with what an earlier run did not see the end of."""
        if not self.can:
            return

        def found(entries: Sequence[MakingEntry]) -> None:
            for entry in entries:
                if entry.customer.company_id not in self._makings:
                    making = Making(entry.customer, MakingStatus.LOOKING, recovered=True)
                    # A clock that was set back meanwhile must not shorten the wait for a server that is at work.
                    age = max(0.0, time.time() - entry.sent_at)
                    self._take(making, _recovery(entry.id, age))

        self._runner.run(self._here().pending(), found, lambda _error: None)

    def close(self) -> None:
        """The program ends, or another system takes the place of one. What is under way is in the journal, and the ERP
        keeps its token: the next run goes on with it, or whoever makes the same customer again.
        """
        for one in self._under_way.values():
            one.cancel()
        self._under_way.clear()
        self._makings.clear()

    def _here(self) -> Makings:
        proven = self._systems.proven
        return self._journals.makings(proven[SystemKind.ERP], proven[SystemKind.CRM])

    def _take(self, making: Making, begin: "Callable[[_OnItsWay], None]") -> None:
        crm, erp = self._systems.crm, self._systems.erp
        if crm is None or erp is None:
            return
        name = self._systems.proven[SystemKind.CRM].system
        one = _OnItsWay(making, crm, erp, self._here(), self._runner, self._tell, name)
        self._under_way[making.customer.company_id] = one
        self._tell(making)
        begin(one)

    def _tell(self, making: Making) -> None:
        self._makings[making.customer.company_id] = making
        for listener in self._listeners:
            listener(making)


def _recovery(entry_id: int, age: float) -> "Callable[[_OnItsWay], None]":
    return lambda one: one.recover(entry_id, age)


@dataclass
class _OnItsWay:
    """One new customer: a job for each step, so that the window sees where it is."""

    making: Making
    crm: CrmSystem
    erp: ErpSystem
    makings: Makings
    runner: Runner
    tell: Callable[[Making], None]
    crm_name: str
    entry_id: int = NOT_KEPT
    is_ours: bool = False
    job: Job | None = field(default=None, repr=False)

    def begin(self) -> None:
        """Make it, unless the company has a number now, or an earlier attempt has left a customer."""
        customer = self.making.customer

        def prepared(found: Begun | Ended) -> None:
            if isinstance(found, Ended):
                self._end(found)
                return
            self.entry_id = found.entry_id
            if found.left is not None:
                self._link(found.left)
            else:
                self._run(self.erp.create_customer(customer.name, customer.token), made, refused)

        def made(hit: CustomerHit) -> None:
            self.is_ours = True
            self._link(hit)

        def refused(fault: SystemFault) -> None:
            if isinstance(fault, OutcomeUnknown | MalformedAnswer):
                self._look(0.0)
            else:
                self._end(Ended(MakingStatus.NOT_MADE, fault=fault))

        self._run(prepare(self.crm, self.erp, self.makings, customer), prepared, self._not_made)

    def recover(self, entry_id: int, age: float) -> None:
        """An earlier run began it."""
        self.entry_id = entry_id
        self._look(age)

    def cancel(self) -> None:
        """Let it be for now."""
        if self.job is not None:
            self.job.cancel()

    def _look(self, age: float) -> None:
        self._show(MakingStatus.LOOKING)

        def found(what: CustomerHit | Ended) -> None:
            if isinstance(what, Ended):
                self._end(what)
            else:
                self._link(what)

        self._run(find(self.crm, self.erp, self.making.customer, age), found, self._stuck)

    def _link(self, made: CustomerHit) -> None:
        customer = self.making.customer
        self._show(MakingStatus.LINKING, made.number)

        def unknown(fault: SystemFault) -> None:
            self._show(MakingStatus.WAITING, made.number, fault, SystemKind.CRM)
            self._run(insist(lambda: link(self.crm, customer, made)), decided, self._stuck)

        def decided(ended: Ended) -> None:
            is_done = ended.status is MakingStatus.DONE
            self._show(ended.status if is_done else MakingStatus.TIDYING, ended.number, ended.fault, ended.fault_of)
            work = insist(lambda: tidy(self.erp, customer, ended, made, is_ours=self.is_ours))
            self._run(work, self._end, self._stuck)

        self._run(link(self.crm, customer, made), decided, unknown)

    def _not_made(self, fault: SystemFault) -> None:
        """The ERP has not been asked."""
        whose = SystemKind.CRM if fault.system == self.crm_name else SystemKind.ERP
        self._end(Ended(MakingStatus.NOT_MADE, fault=fault, fault_of=whose))

    def _stuck(self, fault: SystemFault) -> None:
        """A bug of ours, since all faults of the systems are waited out: it stays in the journal for the next start."""
        self.job = None
        self._show(self.making.status, self.making.number, fault)

    def _end(self, ended: Ended) -> None:
        def over(_: object) -> None:
            self.job = None
            self._show(ended.status, ended.number, ended.fault, ended.fault_of)

        self._run(self.makings.done(self.entry_id), over, over)

    def _show(
        self,
        status: MakingStatus,
        number: str = "",
        fault: SystemFault | None = None,
        fault_of: SystemKind = SystemKind.ERP,
    ) -> None:
        self.making = replace(self.making, status=status, number=number, fault=fault, fault_of=fault_of)
        self.tell(self.making)

    def _run(
        self, work: Coroutine[Any, Any, T], on_done: Callable[[T], None], on_failed: Callable[[SystemFault], None]
    ) -> None:
        self.job = self.runner.run(work, on_done, lambda error: on_failed(as_fault(error)))
