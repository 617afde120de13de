"""Which lines of an order the ERP would price differently today, asked when the user wants to know.

It is decided line by line.
Nothing is repriced by asking. Lines that are being typed in or on their way are left out: they are priced anyway.
"""

from collections.abc import Callable, Sequence

from app.domain.header_edits import Repricing
from app.domain.orders import LinePrice, OrderHeader, OrderLine
from app.domain.price_origin import ground_of, is_priced, repricing_of
from app.ports.erp import ErpSystem
from app.ports.errors import SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_pricing import AS_IT_STANDS, bare
from app.services.order_session import OrderSession
from app.services.order_writer import as_fault

_IN_ONE_GO = 20
"""Lines asked about together, one go after the other: short enough to be seen to get on, and to be cancelled."""


class PriceCheck:
    """One check of one order at a time.

    Attributes:
        listener: Is called when something of it is another, in the caller's thread.
        done, of: How many lines the ERP has been asked about.
        unpriced: Lines that the ERP did not price, and why.
        fault: Why the check ended before its end, or None.
    """

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner) -> None:
        self.listener: Callable[[], None] = lambda: None
        self.done = self.of = 0
        self.unpriced: tuple[tuple[OrderLine, SystemFault], ...] = ()
        self.fault: SystemFault | None = None
        self._erp = erp
        self._session = session
        self._runner = runner
        self._job: Job | None = None
        self._found: tuple[Repricing, ...] = ()
        self._is_over = False

    @property
    def is_asking(self) -> bool:
        """Answers are on their way."""
        return self._job is not None

    @property
    def is_over(self) -> bool:
        """All lines were asked about, and the user has not decided yet."""
        return self._is_over

    @property
    def differences(self) -> tuple[Repricing, ...]:
        """The lines that would cost something else today, in their order; none that has changed since it was asked."""
        return tuple(found for found in self._found if self._still_stands(found.line))

    def start(self) -> None:
        """Ask about every line that stands in the ERP with a price."""
        self.cancel()
        session = self._session
        lines = [line for line in session.order.lines if is_priced(line) and session.edits.get(line.id) is None]
        self.done, self.of = 0, len(lines)
        self._ask(session.header, lines)

    def cancel(self) -> None:
        """Ask no more, and forget what was found; what stands in the order is as it was."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._found, self.unpriced, self.fault, self._is_over = None, (), (), None, False
        self.done = self.of = 0
        self.listener()

    def close(self) -> None:
        """Nobody looks any more."""
        self.listener = lambda: None
        self.cancel()

    def settle(self, taken: frozenset[str]) -> None:
        """The lines of these ids take the ERP's price; the others keep theirs, as one by hand."""
        differences = self.differences
        take = {found.line.id: found.price for found in differences if found.line.id in taken}
        keep = [found.line.id for found in differences if found.line.id not in taken]
        self.cancel()
        self._session.settle_prices(take, keep)

    def _ask(self, header: OrderHeader, lines: Sequence[OrderLine]) -> None:
        some, rest = lines[:_IN_ONE_GO], lines[_IN_ONE_GO:]
        if not some:
            self._job, self._is_over = None, True
            self.listener()
            return

        def done(answers: Sequence[LinePrice | SystemFault]) -> None:
            self.done += len(some)
            for line, answer in zip(some, answers, strict=True):
                if isinstance(answer, SystemFault):
                    self.unpriced += ((line, answer),)
                elif self._still_stands(line) and self._session.header == header:
                    self._hear(header, line, answer)
            self._ask(header, rest)

        def failed(error: Exception) -> None:
            self._job, self.fault = None, as_fault(error)
            self.listener()

        work = self._erp.price_lines(header, [(bare(line), AS_IT_STANDS) for line in some])
        self._job = self._runner.run(work, done, failed)
        self.listener()

    def _hear(self, header: OrderHeader, line: OrderLine, price: LinePrice) -> None:
        prices = self._session.prices
        prices.heard(header, line, price.unit_price)
        found = repricing_of(line, price, by_hand=bool(prices.by_hand(line)))
        if found is not None:
            self._found += (found,)

    def _still_stands(self, line: OrderLine) -> bool:
        session, now = self._session, self._session.order.line(line.id)
        if now is None or session.edits.get(line.id) is not None:
            return False
        return ground_of(session.header, now) == ground_of(session.header, line) and now.unit_price == line.unit_price
