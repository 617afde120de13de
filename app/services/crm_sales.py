"""What is done with a company's sales and tasks: each becomes a change that `CrmWriting` brings to a certain end.

And an order of a sale that is won: it is found in the ERP by the sale's own reference, so that it is made once.
"""

from collections.abc import Callable, Mapping, Sequence

from app.domain.contact_changes import new_token
from app.domain.contacts import SalesProcess, SalesStage, Task, next_stage
from app.domain.orders import OrderPhase, OrderSummary
from app.domain.sales_changes import StageChange, TaskCompletion
from app.domain.text import fold
from app.ports.capability import Capability
from app.ports.crm import CrmSystem
from app.ports.errors import AccessEnded, SystemFault
from app.ports.jobs import Job, Runner
from app.services.crm_writing import CrmWriting, PendingWrite
from app.services.order_writer import as_fault
from app.services.systems import Systems


class SalesWork:
    """The sales and tasks of the card. Lives in its caller's thread; all I/O goes through the runner.

    Attributes:
        stages: Those of the CRM that is signed in to, in its order; empty until `learn_stages` has been answered.
    """

    def __init__(self, systems: Systems, runner: Runner, writes: CrmWriting) -> None:
        self.stages: tuple[SalesStage, ...] = ()
        self._systems = systems
        self._runner = runner
        self._writes = writes
        self._stages_of: CrmSystem | None = None
        self._asking: Job | None = None
        self._finding: Job | None = None

    # -- stages

    def learn_stages(
        self,
        on_known: Callable[[], None],
        on_failed: Callable[[SystemFault], None] = lambda _fault: None,
        *,
        anew: bool = False,
    ) -> None:
        """Ask which stages there are, unless that is known or being asked, or ``anew``."""
        crm = self._systems.crm
        if crm is None or Capability.SET_STAGE not in crm.capabilities:
            return
        is_other = crm is not self._stages_of
        if is_other:
            self.stages, self._stages_of = (), crm
        elif (self.stages or self._asking is not None) and not anew:
            return
        if self._asking is not None:
            self._asking.cancel()

        def known(stages: Sequence[SalesStage]) -> None:
            self._asking, self.stages = None, tuple(stages)
            on_known()

        def failed(error: Exception) -> None:
            # Asked again when the sales are read again.
            self._asking = None
            on_failed(as_fault(error))

        self._asking = self._runner.run(crm.sales_stages(), known, failed)

    def next_of(self, sale: SalesProcess) -> SalesStage | None:
        """The stage that this sale would come into next, or None where there is none or this user may not."""
        return next_stage(self.stages, sale.stage_id) if sale.can_change else None

    def move(self, company_id: str, whose: str, sale: SalesProcess, stage: SalesStage) -> None:
        """Put a sale into another stage, as the user sees it now. What was stopped for the same sale gives way.

        Args:
            whose: The name of the company, to tell of it.
        """
        if (stopped := self.stage_writes(company_id).get(sale.id)) is not None:
            if not stopped.is_stopped:
                return  # what is on its way is certain before anything else is done
            self._writes.drop(stopped.token)
        change = StageChange(
            new_token(), company_id, sale.id, stage.id, sale.version, sale.name, stage.name, sale.stage
        )
        self._writes.send(change, whose)

    def stage_writes(self, company_id: str) -> Mapping[str, PendingWrite]:
        """The changes of stages that are not acknowledged, by the sale's id; also of one that is there no more."""
        writes = self._writes.at(company_id)
        return {write.change.sale_id: write for write in writes if isinstance(write.change, StageChange)}

    # -- tasks

    def complete(self, company_id: str, whose: str, task: Task) -> None:
        """Tick a task off, as the user sees it now. ``whose`` is the name of the company, to tell of it."""
        if (stopped := self.task_writes(company_id).get(task.id)) is not None:
            if not stopped.is_stopped:
                return
            self._writes.drop(stopped.token)
        self._writes.send(TaskCompletion(new_token(), company_id, task.id, task.version, task.title), whose)

    def task_writes(self, company_id: str) -> Mapping[str, PendingWrite]:
        """The tasks that are done, as far as the CRM has not acknowledged it, by the task's id."""
        writes = self._writes.at(company_id)
        return {write.change.task_id: write for write in writes if isinstance(write.change, TaskCompletion)}

    # -- an order of a sale

    def find_order(
        self,
        sale: SalesProcess,
        customer_id: str,
        on_found: Callable[[OrderSummary | None], None],
        on_failed: Callable[[SystemFault], None],
    ) -> None:
        """The customer's newest order with this sale's reference that is not cancelled, or None.

        Replaces a former question.
        """
        self.stop_finding()
        erp, reference = self._systems.erp, reference_of(sale)
        if erp is None:
            on_failed(AccessEnded("erp"))
            return

        def done(orders: Sequence[OrderSummary]) -> None:
            self._finding = None
            # The ERP finds what holds the text; the order of this sale has it whole.
            same = (order for order in orders if fold(order.customer_reference) == fold(reference))
            on_found(next((order for order in same if order.state.phase is not OrderPhase.CANCELLED), None))

        def failed(error: Exception) -> None:
            self._finding = None
            on_failed(as_fault(error))

        self._finding = self._runner.run(erp.orders_of(customer_id, text=reference), done, failed)

    def stop_finding(self) -> None:
        """Nobody waits for the order any more."""
        if self._finding is not None:
            self._finding.cancel()
            self._finding = None

    def stop(self) -> None:
        """The card is left: it asks nothing more."""
        self.stop_finding()
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None


def reference_of(sale: SalesProcess) -> str:
    """What an order of this sale is known by in the ERP: the CRM's reference for it, or else its name."""
    return sale.reference or sale.name
