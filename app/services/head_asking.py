"""Asking the ERP what a change of an order's head would do, to the head itself and to every line. Writes nothing."""

from collections.abc import Callable, Mapping

from app.domain.header_edits import HeaderProposal, Repricing, as_priced, differs
from app.domain.orders import HeaderField, HeaderValue, LineField, Order, OrderHeader, OrderLine
from app.domain.price_origin import is_priced
from app.ports.erp import ErpSystem
from app.ports.jobs import Job, Runner
from app.services.order_pricing import AT_ONCE
from app.services.reconnect import Reconnect

_ANEW = frozenset({LineField.PRODUCT})
"""What a line is priced for from the ground up, taxes included."""

_PROPOSAL = ""
"""Among the jobs, the one about the head itself; the others are named by their lines."""


class HeadAsking:
    """The questions about one set of values; another set has another one.

    Attributes:
        proposal: The head as it would be; None while the ERP has not answered.
    """

    def __init__(
        self,
        erp: ErpSystem,
        runner: Runner,
        reconnect: Reconnect,
        order: Callable[[], Order],
        *,
        on_answer: Callable[[], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        self.proposal: HeaderProposal | None = None
        self._erp = erp
        self._runner = runner
        self._reconnect = reconnect
        self._order = order
        self._on_answer = on_answer
        self._on_failed = on_failed
        self._jobs: dict[str, Job] = {}
        # For each line that was asked about, the line as it was then, and what happens to it.
        self._answers: dict[str, tuple[OrderLine, Repricing | None]] = {}

    @property
    def lines(self) -> tuple[OrderLine, ...]:
        """The lines whose price may move."""
        if self.proposal is None or not self.proposal.moves_prices:
            return ()
        return tuple(line for line in self._order().lines if is_priced(line))

    @property
    def done(self) -> int:
        """How many of them the ERP has been asked about."""
        return sum(line.id in self._answers for line in self.lines)

    @property
    def is_answered(self) -> bool:
        """The ERP has told everything, about the lines as they stand now."""
        if self.proposal is None or self._jobs:
            return False
        return all(self._answers.get(line.id, (None, None))[0] == line for line in self.lines)

    @property
    def repricings(self) -> tuple[Repricing, ...]:
        """What happens to the lines, of those that were told of."""
        answers = (self._answers.get(line.id) for line in self.lines)
        return tuple(answer[1] for answer in answers if answer is not None and answer[1] is not None)

    def start(self, values: Mapping[HeaderField, HeaderValue]) -> None:
        """Ask about these values."""

        def done(proposal: HeaderProposal) -> None:
            del self._jobs[_PROPOSAL]
            self.proposal = proposal
            self._reconnect.succeeded()
            self.go_on()

        work = self._erp.change_header(self._order().header, values)
        self._jobs[_PROPOSAL] = self._runner.run(work, done, self._on_failed)

    def go_on(self) -> None:
        """Ask about the lines that have not been asked about as they stand now."""
        if self.proposal is None or self._reconnect.fault is not None:
            return
        lines = self.lines
        known = {line.id: line for line in lines}
        self._answers = {i: answer for i, answer in self._answers.items() if known.get(i) == answer[0]}
        for line in lines:
            if len(self._jobs) >= AT_ONCE:
                break
            if line.id not in self._answers and line.id not in self._jobs:
                self._ask(self.proposal.header, line)
        self._on_answer()

    def cancel(self) -> None:
        """No answer is wanted any more."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()

    def _ask(self, header: OrderHeader, line: OrderLine) -> None:
        def done(answer: Repricing | None) -> None:
            del self._jobs[line.id]
            self._answers[line.id] = (line, answer)
            self.go_on()

        work = _reprice(self._erp, self._order().header, header, line)
        self._jobs[line.id] = self._runner.run(work, done, self._on_failed)


async def _reprice(erp: ErpSystem, old: OrderHeader, new: OrderHeader, line: OrderLine) -> Repricing | None:
    """What becomes of ``line`` under the head ``new``; None where nothing does."""
    price = await erp.price_line(new, as_priced(line), _ANEW)
    if not differs(line, price):
        return None
    stands = await erp.price_line(old, as_priced(line), _ANEW)
    by_hand = (line.unit_price, line.discount) != (stands.unit_price, stands.discount)
    return Repricing(line, price, by_hand, must_follow=new.currency != old.currency)
