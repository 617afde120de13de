"""What the customer of an order usually buys: asked of the ERP in the background, once a customer."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto

from app.domain.habits import BoughtLine, Deviation, Habit, Habits, habits_of, in_turn, key_of
from app.domain.orders import LineField, LineKind
from app.ports.capability import Capability
from app.ports.erp import ErpSystem
from app.ports.errors import SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_rows import RowView
from app.services.order_session import OrderSession
from app.services.order_writer import as_fault
from app.services.quiet import is_quiet

REST = 0.8
"""Seconds after an order is opened before the ERP is asked, and between two looks whether it is free."""

FRESH = 600.0
"""Seconds for which an answer holds for all orders of the customer."""

PERIOD = timedelta(days=365)
_MOST_LINES = 500
_MOST_CUSTOMERS = 50


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


class HistoryShelf:
    """What customers have bought, kept for all orders on the desk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[ErpSystem, str], tuple[float, Sequence[BoughtLine]]] = {}

    def get(self, erp: ErpSystem, customer_id: str) -> Sequence[BoughtLine] | None:
        """What this ERP told of the customer, or None where that is too long ago."""
        until, lines = self._kept.get((erp, customer_id), (0.0, None))
        return lines if lines is not None and self._clock() < until else None

    def put(self, erp: ErpSystem, customer_id: str, lines: Sequence[BoughtLine]) -> None:
        """Keep an answer; of too many the oldest goes."""
        self._kept.pop((erp, customer_id), None)
        while len(self._kept) >= _MOST_CUSTOMERS:
            del self._kept[next(iter(self._kept))]
        self._kept[erp, customer_id] = self._clock() + FRESH, lines


class Asked(Enum):
    """How far the question is."""

    NOT_YET = auto()
    ASKING = auto()
    ANSWERED = auto()
    FAILED = auto()


class OrderHabits:
    """What the customer of one order usually buys, and how the order's lines lie to it.

    In the background it makes no noise: where the ERP does not answer there are no marks. `ask` is for a user who
    waits for it, and tells why there is nothing.

    Attributes:
        listener: Is called when the answer is there, or will not come, in the caller's thread.
        asked: How far it is.
        fault: Why the last question was not answered.
    """

    def __init__(
        self,
        erp: ErpSystem,
        session: OrderSession,
        runner: Runner,
        shelf: HistoryShelf,
        today: Callable[[], date] = _today,
    ) -> None:
        self.listener: Callable[[], None] = lambda: None
        self.asked = Asked.NOT_YET
        self.fault: SystemFault | None = None
        self._erp = erp
        self._session = session
        self._runner = runner
        self._shelf = shelf
        self._today = today
        self._habits: Habits = {}
        self._job: Job | None = None

    @property
    def can_tell(self) -> bool:
        """The ERP tells what was bought before."""
        return Capability.PURCHASE_HISTORY in self._erp.capabilities

    def load(self) -> None:
        """The order is being edited: ask when nothing else is under way."""
        if not self.can_tell or not self._session.order.editable or self.asked in (Asked.ASKING, Asked.ANSWERED):
            return
        if not self._take_from_shelf() and self._job is None:
            self._pause()

    def ask(self) -> None:
        """The user wants to see it: ask now."""
        if self.asked is Asked.ASKING or self._take_from_shelf():
            return
        if self._job is not None:
            self._job.cancel()
        self._ask()

    def close(self) -> None:
        """Ask and tell no more."""
        self.listener = lambda: None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self.asked is Asked.ASKING:
            self.asked = Asked.NOT_YET

    def in_turn(self) -> tuple[Habit, ...]:
        """What is bought, the likeliest first."""
        return in_turn(self._habits, self._today())

    def is_due(self, habit: Habit) -> bool:
        """It is bought about this often."""
        return habit.is_due(self._today())

    def deviation(self, view: RowView) -> tuple[Habit, Deviation] | None:
        """Where the row's quantity is far from what the customer usually takes: the habit, and which way."""
        line = view.line
        if line.kind is not LineKind.PRODUCT or line.product is None or line.quantity is None or view.removed:
            return None
        if LineField.QUANTITY in view.bad or LineField.PRODUCT in view.bad:
            return None
        habit = self._habits.get(key_of(line.product, line.unit))
        deviation = habit.deviation(line.quantity) if habit is not None else None
        return (habit, deviation) if habit is not None and deviation is not None else None

    # -- asking

    @property
    def _customer_id(self) -> str:
        return self._session.order.header.customer.id

    def _take_from_shelf(self) -> bool:
        lines = self._shelf.get(self._erp, self._customer_id)
        if lines is not None:
            self._take(lines)
        return lines is not None

    def _take(self, lines: Sequence[BoughtLine]) -> None:
        self._habits = habits_of(lines, without=self._session.order.id)
        self.asked, self.fault = Asked.ANSWERED, None
        self.listener()

    def _pause(self) -> None:
        self._job = self._runner.run(asyncio.sleep(REST), lambda _: self._look(), lambda _: self._look())

    def _look(self) -> None:
        self._job = None
        if self._session.fault is not None:
            return
        if is_quiet(self._session):
            self._ask()
        else:
            self._pause()

    def _ask(self) -> None:
        customer_id = self._customer_id

        def done(lines: Sequence[BoughtLine]) -> None:
            self._job = None
            self._shelf.put(self._erp, customer_id, lines)
            self._take(lines)

        def failed(error: Exception) -> None:
            self._job = None
            self.asked, self.fault = Asked.FAILED, as_fault(error)
            self.listener()

        self.asked = Asked.ASKING
        work = self._erp.bought_by(customer_id, self._today() - PERIOD, limit=_MOST_LINES)
        self._job = self._runner.run(work, done, failed)
