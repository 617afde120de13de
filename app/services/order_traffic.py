"""What one order being edited exchanges with the ERP: prices at any time, and writes, reads and actions in turn.

    a row is ready → it is priced → written with every other row that is priced → the ERP's answer is the new base

All that is asked of the ERP goes through collaborators, each of which tells of its end here; what is to be done next
is decided in one place, `OrderTraffic.go_on`.
"""

from collections.abc import Mapping
from itertools import takewhile

from app.domain.header_edits import HeaderEdit
from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.orders import Order
from app.ports.erp import ErpSystem
from app.ports.errors import Conflict, NoAnswer, NotFound, NotSignedIn, Question, Refused, SystemFault
from app.ports.jobs import Runner
from app.ports.journal import Journal
from app.services.order_actions import OrderActions
from app.services.order_draft import OrderDraft
from app.services.order_head import OrderHead
from app.services.order_keeper import OrderKeeper
from app.services.order_listener import Teller
from app.services.order_pricing import OrderPricing, PriceAnswer, PriceQuestion
from app.services.order_writer import OrderWriter, as_fault
from app.services.reconnect import Reconnect
from app.services.row_keys import RowKeys
from app.services.row_travel import RowTravel
from app.services.their_changes import TheirChanges
from app.services.unwritten_rows import UnwrittenRows

_CONFLICTS_IN_A_ROW = 5
_ROWS_AT_ONCE = 400
"""The most rows in one write, so that one request stays within what a server answers in time."""
_WORTH_A_WRITE = 100
"""Rows that are written before the others of a long paste are priced, so that it is seen to get on. In a long order it
takes half as many as there are: each write has the ERP add the whole order up, and many small ones would take the time
of the square of the number of lines."""


class OrderTraffic:
    """Brings one order's draft into the ERP, and what the ERP has into the draft.

    Attributes:
        head: What is changed in the order's head.
        pricing: Asks for the prices of rows.
        keeper: What the order leaves in the journal.
        theirs: What somebody else has changed meanwhile.
        question: What the ERP asks before it goes on, or None.
        notice: Why the last action or read did not go through, or None.
    """

    def __init__(
        self,
        erp: ErpSystem,
        runner: Runner,
        draft: OrderDraft,
        keys: RowKeys,
        tell: Teller,
        *,
        unwritten: UnwrittenRows,
        journal: Journal,
    ) -> None:
        self.question: Question | None = None
        self.notice: SystemFault | None = None
        self._erp = erp
        self._runner = runner
        self._draft = draft
        self._unwritten = unwritten
        self._tell = tell
        self._travel = RowTravel(draft, keys)
        self._reconnect = Reconnect(runner, self._resume)
        self.theirs = TheirChanges(keys)
        self.head = OrderHead(erp, runner, self._reconnect, self)
        self.keeper = OrderKeeper(journal, runner, self._waiting, self._waiting_signature)
        self._writer = OrderWriter(erp, runner, self._reconnect, self, self.keeper)
        self.pricing = OrderPricing(erp, runner, self._reconnect, self)
        self._actions = OrderActions(erp, runner, self)
        self._asked_about: OrderChanges | None = None  # the write that `question` concerns; None for an action
        self._accepted: frozenset[str] = frozenset()
        self._at_most = _ROWS_AT_ONCE
        self._conflicts = 0
        self._is_reading = False
        self._is_stale = False  # the order must be read before anything else is written
        self._is_closed = False

    # -- what is under way

    @property
    def order(self) -> Order:
        """See `HeadClient`."""
        return self._draft.order

    @property
    def fault(self) -> SystemFault | None:
        """Why the ERP cannot be used now; all waits, and goes on by itself when it answers."""
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
        return self._writer.sending is not None or self._draft.has_unwritten or self.head.has_unwritten

    # -- what is next

    def go_on(self) -> None:
        """Do what is to be done next: ask for prices at any time, and write, read or act one after the other."""
        self._do_next()
        self.keeper.sync()

    def _do_next(self) -> None:
        if self._is_closed or self.fault is not None:
            return
        ready = self._draft.ready()
        self.pricing.now(ready)
        if self.is_busy or self.question is not None:
            return
        if self._is_stale:
            self._read()
            return
        if (head := self.head.to_send()) is not None:
            self._send(head)
            return
        # Rows go in the order they were typed in: the first one that still waits for its price holds up the rest.
        priced = list(takewhile(lambda line_id: not self._draft.edits.lines[line_id].needs_price, ready))
        worth_a_write = min(max(_WORTH_A_WRITE, len(self.order.lines) // 2), self._at_most)
        if len(priced) < worth_a_write and len(ready) > _WORTH_A_WRITE and self.pricing.is_asking_many:
            return  # of hundreds of rows a few more are priced in a moment: each write reads the order's totals
        if priced:
            self._send(self.head.with_head(self._travel.start(priced[: self._at_most])))
        elif (moves := self._travel.start_moves()) is not None:
            self._send(moves)
        elif not ready and not self._draft.is_looking_up:
            if self.head.is_waiting:
                self.head.ask()
            elif not self.head.is_asking:
                self._run_action()

    def try_again(self) -> None:
        """Do not wait for the next try where the ERP did not answer."""
        self._reconnect.now()

    def _resume(self) -> None:
        """Go on where the ERP stopped answering."""
        self._writer.check_again()
        self.ask_prices()
        self.head.resume()
        self.go_on()
        self._tell.order()

    def close(self) -> None:
        """Ask for nothing more."""
        self._is_closed = True
        self._reconnect.close()
        self.pricing.stop_all()
        self.head.close()

    def _waiting(self) -> OrderChanges | None:
        return self.head.waiting(self._unwritten.waiting())

    def _waiting_signature(self) -> tuple[object, ...]:
        return (*self._unwritten.signature(), *self.head.signature())

    # -- the head

    def head_decided(self, edit: HeaderEdit, *, moves_prices: bool) -> None:
        """See `HeadClient`."""
        self._draft.head = edit
        if self.order.id is None:
            self._draft.retry_refused()  # what the ERP did not take may have been the head that they went with
        if moves_prices:
            self.pricing.stop_all()
            self._draft.price_anew()
            self._tell.reset()
            self.ask_prices()

    def head_changed(self) -> None:
        """See `HeadClient`."""
        self._tell.order()

    def head_may_go(self) -> None:
        """See `HeadClient`."""
        self.go_on()

    # -- pricing

    def price_question(self, line_id: str) -> PriceQuestion | None:
        """See `PricingClient`."""
        return self._draft.price_question(line_id)

    def priced(self, answers: Mapping[str, PriceAnswer]) -> None:
        """See `PricingClient`."""
        self._draft.price(answers)
        self._tell.rows(*answers)

    def not_priced(self, faults: Mapping[str, SystemFault]) -> None:
        """See `PricingClient`."""
        for line_id, fault in faults.items():
            self._draft.refuse([line_id], fault)
        self._tell.rows(*faults)

    def price_answered(self) -> None:
        """See `PricingClient`."""
        if self.fault is not None:
            self._tell.order()
        self.go_on()

    def ask_prices(self) -> None:
        """Ask for the rows that are being typed in; those that were left are asked for when they are to be written."""
        for edit in self._draft.edits:
            if edit.needs_price and not self._draft.is_left(edit.line_id):
                self.pricing.soon(edit.line_id)

    # -- writing

    def _send(self, changes: OrderChanges) -> None:
        self.head.start(changes)
        self._writer.send(changes, self._accepted)
        self._tell.rows(*changes.line_ids, *(move.id for move in changes.moved))
        self._tell.order()

    def written(self, changes: OrderChanges, update: OrderUpdate, *, read_later: bool) -> None:
        """See `WriterClient`: the ERP's answer is the new base."""
        before, were_moved = self._draft.keys(), self._draft.moves.are_moved
        if read_later:
            self.theirs.found(changes, update)
        self._travel.finish(changes, update, read_later=read_later)
        self.head.finish(changes)
        self.head.lines_moved()
        self._conflicts = 0
        self._accepted = frozenset()
        self._at_most = min(2 * self._at_most, _ROWS_AT_ONCE)
        # Creating an order lets the ERP set more than its lines: what it now allows, and its own header.
        self._is_stale = read_later or changes.order_id is None or self._travel.is_out_of_turn
        if self._draft.keys() == before and not were_moved and not self._draft.moves.are_moved:
            self._tell.rows(*(update.created.get(sent_id, sent_id) for sent_id in changes.line_ids))
        else:
            self._tell.reset()
        self._tell.order()
        self.ask_prices()
        self.go_on()

    def not_written(self, changes: OrderChanges, error: SystemFault) -> None:
        """See `WriterClient`: nothing typed is lost, and each row says why it waits."""
        unchanged = self._travel.release(changes)
        self.head.release(changes)
        if isinstance(error, NoAnswer | NotSignedIn):
            self._reconnect.wait(error)
        elif isinstance(error, Question):
            self.question, self._asked_about = error, changes
        elif isinstance(error, Conflict | NotFound) and changes.order_id and self._conflicts < _CONFLICTS_IN_A_ROW:
            self._conflicts += 1
            self._is_stale = True
        elif len(changes.line_ids) > 1 and not changes.is_of_header:
            # One of them is refused and the ERP does not say which: fewer at a time, so that the good ones go on.
            self._accepted = frozenset()
            self._at_most = len(changes.line_ids) // 2
        else:
            self._accepted = frozenset()
            self._conflicts = 0
            self._refuse(changes, unchanged, error)
        self._tell.reset()
        self._tell.order()
        self.ask_prices()
        self.go_on()

    def _refuse(self, changes: OrderChanges, line_ids: list[str], fault: SystemFault) -> None:
        if changes.moved:
            self.notice = fault
            self._draft.moves.give_up()
        elif changes.is_of_header:
            self.head.refuse(fault)
        else:
            self._draft.refuse(line_ids, fault)

    def outcome_unknown(self, changes: OrderChanges) -> None:
        """See `WriterClient`."""
        self._tell.rows(*changes.line_ids, *(move.id for move in changes.moved))
        self._tell.order()

    # -- the ERP's own question

    def answer(self, *, yes: bool) -> None:
        """Answer the ERP's question."""
        question, self.question = self.question, None
        asked_about, self._asked_about = self._asked_about, None
        if question is None:
            return
        if yes and asked_about is not None:
            self._accepted |= {question.name}
        elif yes:
            self._actions.accept(question)
        else:
            self._accepted = frozenset()
            self._actions.give_up()
            if asked_about is not None:
                self._refuse(asked_about, sorted(asked_about.line_ids), Refused(question.system, question.words))
        self._tell.reset()
        self._tell.order()
        self.go_on()

    # -- reading

    def refresh(self) -> None:
        """Read the order again and lay the edits over it, unless something is under way."""
        if not self.is_busy and not self._is_closed:
            self._read()

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
        self.pricing.stop_all()
        self.theirs.read(self.order, order, self._draft.edits)
        self._travel.rebase(order)
        self.head.rebase()
        self._tell.reset()
        self._tell.order()
        self.ask_prices()
        self._reconnect.succeeded()
        self.go_on()

    # -- actions

    def want(self, action: str) -> None:
        """Run one of the order's own actions as soon as nothing waits any more."""
        self.notice = None
        self._actions.want(action)

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
        self.go_on()

    def action_asks(self, question: Question) -> None:
        """See `ActionClient`."""
        self.question, self._asked_about = question, None
        self._tell.order()
