"""One order being edited: rows on their way into the ERP.

The session lives in the thread of its caller (the GUI thread) and never waits: its methods change what is typed at
once, and all I/O goes through a `Runner`. So there are no locks, and an answer can never overtake a key press.

    a row is left → priced by the ERP → written with every other row that is ready → the ERP's answer is the new base
"""

from enum import StrEnum
from itertools import takewhile

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.order_edits import OrderEdits, Value
from app.domain.orders import PRICED_BY, LineField, LineKind, LinePrice, Order
from app.ports.erp import ErpSystem
from app.ports.errors import Conflict, NoAnswer, NotFound, NotSignedIn, Question, Refused, SystemFault
from app.ports.jobs import Runner
from app.ports.journal import Journal
from app.services.no_journal import NoJournal
from app.services.order_actions import OrderActions
from app.services.order_draft import OrderDraft
from app.services.order_keeper import OrderKeeper
from app.services.order_listener import SessionListener, Teller
from app.services.order_pricing import OrderPricing, PriceQuestion
from app.services.order_rows import BadInput, InputProblem, RowView
from app.services.order_writer import OrderWriter, as_fault
from app.services.reconnect import Reconnect
from app.services.tokens import LineTokens

_CONFLICTS_IN_A_ROW = 5
_ROWS_AT_ONCE = 400
"""The most rows in one write, so that one request stays within what a server answers in time."""


class Keep(StrEnum):
    """The user's answer where two people changed the same line."""

    MINE = "mine"
    THEIRS = "theirs"


class OrderSession:
    """The editing of one order.

    A method that names a row which is gone has no effect, except `row`.

    Attributes:
        question: What the ERP asks before it goes on, or None.
        notice: Why the last action or read did not go through, or None.
    """

    def __init__(
        self, erp: ErpSystem, order: Order, runner: Runner, tokens: LineTokens, journal: Journal | None = None
    ) -> None:
        self.question: Question | None = None
        self.notice: SystemFault | None = None
        self._erp = erp
        self._runner = runner
        self._draft = OrderDraft(order, tokens)
        self._tell = Teller(self._draft)
        self._keeper = OrderKeeper(journal or NoJournal(), runner, self._draft.waiting, self._draft.waiting_signature)
        self._reconnect = Reconnect(runner, self._resume)
        self._writer = OrderWriter(erp, runner, self._reconnect, self, self._keeper)
        self._pricing = OrderPricing(erp, runner, self._reconnect, self)
        self._actions = OrderActions(erp, runner, self)
        self._asked_about: frozenset[str] = frozenset()  # the rows that `question` concerns; none for an action
        self._accepted: frozenset[str] = frozenset()
        self._at_most = _ROWS_AT_ONCE
        self._conflicts = 0
        self._is_reading = False
        self._is_stale = False  # the order must be read before anything else is written
        self._is_closed = False

    # -- what the window reads

    @property
    def order(self) -> Order:
        """As the ERP last gave it."""
        return self._draft.order

    @property
    def edits(self) -> OrderEdits:
        """What is typed on top of it."""
        return self._draft.edits

    def listen(self, listener: SessionListener | None) -> None:
        """Tell ``listener`` of every change from now on."""
        self._tell.listener = listener

    def keys(self) -> tuple[str, ...]:
        """The rows from top to bottom: the ERP's lines, then those it does not have (any more, or yet)."""
        return self._draft.keys()

    def problem_keys(self) -> tuple[str, ...]:
        """The rows that wait for the user: refused, or changed by somebody else too."""
        return self._draft.problem_keys()

    def row(self, key: str) -> RowView:
        """One row. Raises KeyError when it is gone."""
        return self._draft.row(key, checking=self._writer.is_checking)

    @property
    def fault(self) -> SystemFault | None:
        """Why the ERP cannot be used now; rows wait, and go on by themselves when it answers."""
        return self._reconnect.fault

    @property
    def is_busy(self) -> bool:
        """A write, a read or an action is under way."""
        return self._writer.sending is not None or self._is_reading or self._actions.is_running

    @property
    def is_checking(self) -> bool:
        """A write had no answer, and the ERP is asked what became of it."""
        return self._writer.is_checking

    @property
    def has_unwritten(self) -> bool:
        """Something typed is not acknowledged by the ERP."""
        return self._writer.sending is not None or self._draft.has_unwritten

    # -- what the user does

    def add_line(self, kind: LineKind = LineKind.PRODUCT) -> str:
        """A new empty row at the end; its key."""
        line_id = self._draft.add(kind)
        self._tell.reset()
        return line_id

    def edit(self, key: str, name: LineField, value: Value) -> None:
        """A value was typed. Its price is asked for after a short pause."""
        line_id = self._draft.id_of(key)
        if self._draft.base(line_id) is None:
            return
        self._draft.type(line_id, name, value)
        if name in PRICED_BY:
            self._pricing.soon(line_id)
        self._tell.rows(line_id)

    def reject(self, key: str, name: LineField, text: str, problem: InputProblem) -> None:
        """A text was typed that cannot be sent. It stays, and the row is not written while it stands."""
        line_id = self._draft.id_of(key)
        if self._draft.base(line_id) is None:
            return
        self._draft.reject(line_id, name, BadInput(text, problem))
        self._tell.rows(line_id)

    def leave(self, key: str) -> None:
        """The cursor left the row: write it as soon as the ERP has priced it. An empty new row is dropped."""
        line_id = self._draft.id_of(key)
        if self._draft.is_left(line_id):
            return
        if self._draft.is_blank(line_id):
            self._pricing.stop(line_id)
            self._draft.forget(line_id)
            self._tell.row(line_id)
        else:
            self._draft.leave(line_id)
            self._tell.rows(line_id)
        self._pump()

    def revert(self, key: str) -> None:
        """Take back what was typed in the row; of one that is on its way, what was typed since."""
        line_id = self._draft.id_of(key)
        self._pricing.stop(line_id)
        self._draft.revert(line_id)
        self._tell.row(line_id)
        self._pump()

    def remove(self, key: str) -> None:
        """Take the line away. One on its way to being created goes as soon as the ERP has given it an id."""
        line_id = self._draft.id_of(key)
        self._pricing.stop(line_id)
        self._draft.remove(line_id)
        self._tell.row(line_id)
        self._pump()

    def resolve(self, key: str, keep: Keep) -> None:
        """Answer a collision: write mine over theirs, or take theirs and drop mine."""
        line_id = self._draft.id_of(key)
        if key not in self.keys() or not self.row(key).collisions:
            return
        self._pricing.stop(line_id)
        if keep is Keep.MINE:
            self._draft.keep_mine(line_id)
        else:
            self._draft.forget(line_id)
        self._tell.reset()
        self._pump()

    def retry(self, key: str | None = None) -> None:
        """Try again now: one refused row, or everything that waits."""
        if key is not None:
            line_id = self._draft.id_of(key)
            self._draft.retry(line_id)
            self._tell.rows(line_id)
        self._reconnect.now()

    def answer(self, *, yes: bool) -> None:
        """Answer the ERP's question."""
        question, self.question = self.question, None
        rows, self._asked_about = self._asked_about, frozenset()
        if question is None:
            return
        if yes and rows:
            self._accepted |= {question.name}
        elif yes:
            self._actions.accept(question)
        else:
            self._accepted = frozenset()
            self._actions.give_up()
            self._draft.refuse(sorted(rows), Refused(question.system, question.words))
        self._tell.reset()
        self._tell.order()
        self._pump()

    def act(self, action: str) -> None:
        """Run one of the order's own actions, after the rows that wait have been written."""
        self.notice = None
        self._actions.want(action)
        for key in self.keys():
            self.leave(key)
        self._tell.order()
        self._pump()

    def restore(self, changes: OrderChanges, entry_id: int) -> None:
        """Type in again what an earlier run of the program did not get into the ERP; it goes on as if typed now."""
        self._keeper.ended(entry_id)
        self._draft.restore(changes)
        self._tell.reset()
        self._tell.order()
        self._pump()

    def refresh(self) -> None:
        """Read the order again and lay the edits over it."""
        if not self.is_busy and not self._is_closed:
            self._read()

    def close(self) -> None:
        """Stop asking and telling. See `has_unwritten` first: what waits here is not written any more."""
        self._is_closed = True
        self._reconnect.close()
        self._pricing.stop_all()
        self._tell.listener = None

    # -- pricing

    def price_question(self, line_id: str) -> PriceQuestion | None:
        """See `PricingClient`."""
        return self._draft.price_question(line_id)

    def priced(self, line_id: str, price: LinePrice) -> None:
        """See `PricingClient`."""
        self._draft.price(line_id, price)
        self._tell.rows(line_id)

    def not_priced(self, line_id: str, fault: SystemFault) -> None:
        """See `PricingClient`."""
        self._draft.refuse([line_id], fault)
        self._tell.rows(line_id)

    def price_answered(self) -> None:
        """See `PricingClient`."""
        if self.fault is not None:
            self._tell.order()
        self._pump()

    def _ask_prices(self) -> None:
        """Ask for the rows that are being typed in; those that were left are asked for when they are to be written."""
        for edit in self.edits:
            if edit.needs_price and not self._draft.is_left(edit.line_id):
                self._pricing.soon(edit.line_id)

    # -- writing

    def _pump(self) -> None:
        """Do what is to be done next: ask for prices at any time, and write, read or act one after the other."""
        self._go_on()
        self._keeper.sync()

    def _go_on(self) -> None:
        if self._is_closed or self.fault is not None:
            return
        ready = self._draft.ready()
        for line_id in ready:
            self._pricing.now(line_id)
        if self.is_busy or self.question is not None:
            return
        if self._is_stale:
            self._read()
            return
        # Rows go in the order they were typed in: the first one that still waits for its price holds up the rest.
        priced = list(takewhile(lambda line_id: not self.edits.lines[line_id].needs_price, ready))
        if priced:
            changes = self._draft.start(priced[: self._at_most])
            self._writer.send(changes, self._accepted)
            self._tell.rows(*changes.line_ids)
            self._tell.order()
        elif not ready and not self._draft.is_looking_up:
            self._run_action()

    def written(self, changes: OrderChanges, update: OrderUpdate, *, read_later: bool) -> None:
        """See `WriterClient`: the ERP's answer is the new base."""
        before = self.keys()
        self._draft.finish(changes, update, read_later=read_later)
        self._conflicts = 0
        self._accepted = frozenset()
        self._at_most = min(2 * self._at_most, _ROWS_AT_ONCE)
        # Creating an order lets the ERP set more than its lines: what it now allows, and its own header.
        self._is_stale = read_later or changes.order_id is None
        if self.keys() == before:
            self._tell.rows(*(update.created.get(sent_id, sent_id) for sent_id in changes.line_ids))
        else:
            self._tell.reset()
        self._tell.order()
        self._ask_prices()
        self._pump()

    def not_written(self, changes: OrderChanges, error: SystemFault) -> None:
        """See `WriterClient`: nothing typed is lost, and each row says why it waits."""
        unchanged = self._draft.release(changes)
        if isinstance(error, NoAnswer | NotSignedIn):
            self._reconnect.wait(error)
        elif isinstance(error, Question):
            self.question, self._asked_about = error, changes.line_ids
        elif isinstance(error, Conflict | NotFound) and changes.order_id and self._conflicts < _CONFLICTS_IN_A_ROW:
            self._conflicts += 1
            self._is_stale = True
        elif len(changes.line_ids) > 1:
            # One of them is refused and the ERP does not say which: fewer at a time, so that the good ones go on.
            self._accepted = frozenset()
            self._at_most = len(changes.line_ids) // 2
        else:
            self._accepted = frozenset()
            self._conflicts = 0
            self._draft.refuse(unchanged, error)
        self._tell.reset()
        self._tell.order()
        self._ask_prices()
        self._pump()

    def outcome_unknown(self, changes: OrderChanges) -> None:
        """See `WriterClient`."""
        self._tell.rows(*changes.line_ids)
        self._tell.order()

    # -- somebody else

    def _read(self) -> None:
        self._is_stale = False
        if self.order.id is not None:
            self._is_reading = True
            self._runner.run(self._erp.open_order(self.order.id), self._on_read, self._on_read_failed)
            self._tell.order()

    def _on_read(self, order: Order) -> None:
        self._is_reading = False
        self._rebase(order)

    def _on_read_failed(self, error: Exception) -> None:
        self._is_reading = False
        self._is_stale = True
        if isinstance(error, NoAnswer | NotSignedIn):
            self._reconnect.wait(error)
        else:
            self.notice = as_fault(error)
            self._actions.give_up()
            self._draft.refuse(self._draft.ready(), self.notice)
            self._tell.reset()
        self._tell.order()

    def _rebase(self, order: Order) -> None:
        self._is_stale = False
        self._pricing.stop_all()
        self._draft.rebase(order)
        self._tell.reset()
        self._tell.order()
        self._ask_prices()
        self._reconnect.succeeded()
        self._pump()

    # -- actions

    def _run_action(self) -> None:
        if self._actions.wanted is None:
            return
        if self.has_unwritten or self.order.id is None:
            self._actions.give_up()
            self.notice = Refused("samspil", detail="rows_not_written")
        else:
            self._actions.run(self.order.id)
        self._tell.order()

    def acted(self, order: Order) -> None:
        """See `ActionClient`."""
        self._rebase(order)

    def not_acted(self, fault: SystemFault, *, is_certain: bool) -> None:
        """See `ActionClient`."""
        self.notice = fault
        self._is_stale = self._is_stale or not is_certain
        self._tell.order()
        self._pump()

    def action_asks(self, question: Question) -> None:
        """See `ActionClient`."""
        self.question, self._asked_about = question, frozenset()
        self._tell.order()

    def _resume(self) -> None:
        """Go on where the ERP stopped answering."""
        self._writer.check_again()
        self._ask_prices()
        self._pump()
        self._tell.order()
