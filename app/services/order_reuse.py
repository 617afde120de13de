"""Lines of earlier orders put into the one being edited: copied from one of them, or what the customer usually takes.

Only what was ordered is taken over: item, text, quantity and unit. What it costs the ERP is asked anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.habits import Deviation, Habit
from app.domain.money import Money
from app.domain.order_edits import Value, apply
from app.domain.orders import LineField, LineKind, Order, OrderLine, OrderSummary, Product, Unit
from app.ports.erp import ErpSystem
from app.ports.errors import SystemFault
from app.ports.jobs import Job, Runner
from app.services.buying_habits import HistoryShelf, OrderHabits
from app.services.order_rows import BadInput, InputProblem, RowView, TypedRow
from app.services.order_session import OrderSession
from app.services.order_writer import as_fault

_MOST_ORDERS = 50


@dataclass(frozen=True, slots=True)
class PriceThen:
    """What a line cost in the order that it was copied from: shown beside today's price, never used for anything.

    Attributes:
        price: Per ``unit``, at ``quantity`` of them.
        order_number: Empty where the ERP had given none.
        day: The day of that order; None where it had none.
    """

    price: Money
    unit: Unit | None
    quantity: Decimal
    order_number: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may go into the order.

    Attributes:
        is_sold: The ERP still sells the product.
        by_erp: The ERP put it into that order of itself, and will do so again.
        bad_quantity: A text that was typed as its quantity and is none.
        then: What it cost in the order that it stands in.
        habit: How the customer buys the product.
    """

    kind: LineKind
    product: Product | None = None
    description: str = ""
    quantity: Decimal | None = None
    unit: Unit | None = None
    is_sold: bool = True
    by_erp: bool = False
    bad_quantity: str = ""
    then: PriceThen | None = None
    habit: Habit | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is worth a look about a row that is as the user wanted it.

    Attributes:
        habit: What the customer usually takes of it, where the row lies far from that in the way ``deviation`` says.
        then: What it cost in the order that it was copied from, where the ERP's price of today is another.
    """

    habit: Habit | None = None
    deviation: Deviation | None = None
    then: PriceThen | None = None


def row_of(candidate: Candidate) -> TypedRow:
    """The candidate as if it had been typed. What the ERP sells no more, or is no quantity, stays in red."""
    values: dict[LineField, Value] = {}
    bad: dict[LineField, BadInput] = {}
    product = candidate.product
    if candidate.description:
        values[LineField.DESCRIPTION] = candidate.description
    if candidate.kind is LineKind.PRODUCT:
        if product is not None and candidate.is_sold:
            values[LineField.PRODUCT] = product
            if candidate.unit is not None:
                values[LineField.UNIT] = candidate.unit
        elif product is not None:
            # Without it nobody would know what to put in its place.
            values.setdefault(LineField.DESCRIPTION, product.name)
            bad[LineField.PRODUCT] = BadInput(product.code or product.name, InputProblem.NOT_SOLD)
        if candidate.bad_quantity:
            bad[LineField.QUANTITY] = BadInput(candidate.bad_quantity, InputProblem.NOT_A_NUMBER)
        elif candidate.quantity is not None:
            values[LineField.QUANTITY] = candidate.quantity
    return TypedRow(values, bad, candidate.kind)


class OrderReuse:
    """What earlier orders offer to one order being edited.

    Attributes:
        habits: What the customer usually buys.
    """

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner, shelf: HistoryShelf) -> None:
        self.habits = OrderHabits(erp, session, runner, shelf)
        self._erp = erp
        self._session = session
        self._runner = runner
        self._then: dict[str, PriceThen] = {}  # by the row's key
        self._finding: Job | None = None
        self._reading: Job | None = None

    def close(self) -> None:
        """Ask and tell no more."""
        self.habits.close()
        self.stop()

    def stop(self) -> None:
        """Nobody waits for earlier orders any more."""
        for job in (self._finding, self._reading):
            if job is not None:
                job.cancel()
        self._finding = self._reading = None

    # -- where from

    def find(
        self,
        text: str,
        on_found: Callable[[Sequence[OrderSummary]], None],
        on_failed: Callable[[SystemFault], None],
    ) -> None:
        """The customer's newest other orders, those whose number or reference holds ``text``. Replaces a former one."""
        if self._finding is not None:
            self._finding.cancel()
        order = self._session.order
        work = self._erp.orders_of(order.header.customer.id, text=text, limit=_MOST_ORDERS)

        def done(found: Sequence[OrderSummary]) -> None:
            self._finding = None
            on_found([summary for summary in found if summary.id != order.id])

        self._finding = self._runner.run(work, done, lambda error: on_failed(as_fault(error)))

    def read(
        self,
        order_id: str,
        day: date | None,
        on_read: Callable[[Order, Sequence[Candidate]], None],
        on_failed: Callable[[SystemFault], None],
    ) -> None:
        """The lines of an order of that ``day``, as they may be copied. Replaces a former question."""
        if self._reading is not None:
            self._reading.cancel()

        async def ask() -> tuple[Order, frozenset[str]]:
            order = await self._erp.open_order(order_id)
            ids = dict.fromkeys(line.product.id for line in order.lines if line.product is not None)
            return order, await self._erp.still_sold(list(ids)) if ids else frozenset()

        def done(answer: tuple[Order, frozenset[str]]) -> None:
            self._reading = None
            order, sold = answer
            on_read(order, [_copied(order, day, line, sold) for line in order.lines])

        self._reading = self._runner.run(ask(), done, lambda error: on_failed(as_fault(error)))

    def usual(self) -> tuple[Candidate, ...]:
        """What the customer buys, in the quantity that he usually takes; the likeliest first."""
        return tuple(
            Candidate(
                kind=LineKind.PRODUCT,
                product=habit.product,
                quantity=habit.usual,
                unit=habit.unit,
                is_sold=habit.is_sold,
                habit=habit,
            )
            for habit in self.habits.in_turn()
        )

    def products_in_order(self) -> frozenset[str]:
        """The ids of what stands in the order already."""
        lines = apply(self._session.order, self._session.edits)
        return frozenset(line.product.id for line in lines if line.product is not None)

    # -- what became of it

    def remember(self, keys: Sequence[str], candidates: Iterable[Candidate]) -> None:
        """The rows of these keys were made of these candidates."""
        for key, candidate in zip(keys, candidates, strict=True):
            if candidate.then is not None:
                self._then[key] = candidate.then

    def remark(self, view: RowView) -> Remark | None:
        """What is worth a look about this row, or None."""
        found = self.habits.deviation(view)
        habit, deviation = found if found is not None else (None, None)
        then = self._other_price(view)
        return Remark(habit, deviation, then) if habit is not None or then is not None else None

    def _other_price(self, view: RowView) -> PriceThen | None:
        then, line = self._then.get(view.key), view.line
        if then is None or line.unit_price is None or view.awaits_price or LineField.UNIT_PRICE in view.manual:
            return None
        if then.price.currency != line.unit_price.currency or then.unit != line.unit:
            return None
        return then if then.price != line.unit_price else None


def _copied(order: Order, day: date | None, line: OrderLine, sold: frozenset[str]) -> Candidate:
    price, quantity = line.unit_price, line.quantity
    then = None
    if line.kind is LineKind.PRODUCT and price is not None and quantity is not None:
        then = PriceThen(price, line.unit, quantity, order.number, day)
    return Candidate(
        kind=line.kind,
        product=line.product,
        description=line.description,
        quantity=quantity,
        unit=line.unit,
        is_sold=line.product is None or line.product.id in sold,
        by_erp=line.by_erp,
        then=then,
    )
