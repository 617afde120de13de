"""One order being edited: rows on their way into the ERP.

The session lives in the thread of its caller (the GUI thread) and never waits: its methods change what is typed at
once, and all I/O goes through a `Runner`. So there are no locks, and an answer can never overtake a key press.

    a row is left → priced by the ERP → written with every other row that is ready → the ERP's answer is the new base
"""

import asyncio
from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.order_edits import LineEdit, OrderEdits, Value, diff, edited_line, rebase, value_of
from app.domain.orders import PRICED_BY, LineField, LineKind, LinePrice, Order, OrderLine
from app.ports.erp import ErpSystem
from app.ports.errors import Conflict, NoAnswer, NotFound, NotSignedIn, OutcomeUnknown, Question, Refused, SystemFault
from app.ports.jobs import Runner
from app.services.order_rows import BadInput, InputProblem, RowProgress, RowView
from app.services.order_writer import OrderWriter, as_fault
from app.services.reconnect import Reconnect
from app.services.tokens import LineTokens

PREVIEW_AFTER = 0.15
"""Seconds of quiet after a key before the ERP is asked for the price: one request per pause, not per key."""

_CONFLICTS_IN_A_ROW = 5


class Keep(StrEnum):
    """The user's answer where two people changed the same line."""

    MINE = "mine"
    THEIRS = "theirs"


class SessionListener(Protocol):
    """Is told what changed; called in the session's own thread."""

    def rows_changed(self, keys: frozenset[str]) -> None:
        """These rows look different; which rows there are and their order is the same."""

    def rows_reset(self) -> None:
        """Rows came, went or moved."""

    def order_changed(self) -> None:
        """State, totals, header, connection or question changed."""


class OrderSession:
    """The editing of one order.

    Attributes:
        order: As the ERP last gave it.
        edits: What is typed on top of it.
        question: What the ERP asks before it goes on, or None.
        notice: Why the last action did not go through, or None.
    """

    def __init__(self, erp: ErpSystem, order: Order, runner: Runner, tokens: LineTokens) -> None:
        self.order = order
        self.edits = OrderEdits()
        self.question: Question | None = None
        self.notice: SystemFault | None = None
        self._erp = erp
        self._runner = runner
        self._tokens = tokens
        self._listener: SessionListener | None = None
        self._reconnect = Reconnect(runner, self._resume)
        self._writer = OrderWriter(erp, runner, self._reconnect, self)
        self._progress: dict[str, RowProgress] = {}
        self._keys: dict[str, str] = {}  # the ERP's id of a line -> the key its row has had from the start
        self._ids: dict[str, str] = {}  # and back
        self._one_by_one: set[str] = set()
        self._conflicts = 0
        self._action: str | None = None
        self._is_busy = False  # an action or a read is under way, and nothing may be written meanwhile

    # -- what the window reads

    def listen(self, listener: SessionListener | None) -> None:
        """Tell ``listener`` of every change from now on."""
        self._listener = listener

    def keys(self) -> tuple[str, ...]:
        """The rows from top to bottom: the ERP's lines, then those it does not have (any more, or yet)."""
        stored = {line.id for line in self.order.lines}
        return (
            *(self._keys.get(line.id, line.id) for line in self.order.lines),
            *(self._keys.get(edit.line_id, edit.line_id) for edit in self.edits if edit.line_id not in stored),
        )

    def row(self, key: str) -> RowView:
        """One row. Raises KeyError when it is gone."""
        line_id = self._id(key)
        edit = self.edits.get(line_id)
        progress = self._progress.get(line_id) or RowProgress()
        line = self._line(line_id)
        if line is None:
            raise KeyError(key)
        return RowView(
            key=key,
            line=line,
            status=progress.status(edit, checking=self._writer.is_checking),
            removed=edit is not None and edit.removed,
            manual=edit.manual if edit is not None else frozenset(),
            awaits_price=edit is not None and edit.needs_price and not progress.is_blocked,
            bad=dict(progress.bad),
            fault=progress.fault,
            collisions=progress.collisions,
        )

    @property
    def fault(self) -> SystemFault | None:
        """Why the ERP cannot be used now; rows wait, and go on by themselves when it answers."""
        return self._reconnect.fault

    @property
    def is_busy(self) -> bool:
        """A write, a read or an action is under way."""
        return self._writer.sending is not None or self._is_busy

    @property
    def is_checking(self) -> bool:
        """A write had no answer, and the ERP is asked what became of it."""
        return self._writer.is_checking

    @property
    def has_unwritten(self) -> bool:
        """Something typed is not acknowledged by the ERP."""
        return bool(self.edits) or any(progress.bad for progress in self._progress.values())

    # -- what the user does

    def add_line(self, kind: LineKind = LineKind.PRODUCT) -> str:
        """A new empty row at the end; its key."""
        line_id = self._tokens.next()
        self.edits = self.edits.put(LineEdit(line_id, kind=kind))
        self._progress[line_id] = RowProgress()
        self._tell_reset()
        return line_id

    def edit(self, key: str, name: LineField, value: Value) -> None:
        """A value was typed. Its price is asked for after a short pause."""
        line_id = self._id(key)
        self.edits = self.edits.typed(self.order.line(line_id), line_id, name, value)
        progress = self._touch(line_id)
        progress.bad.pop(name, None)
        if name in PRICED_BY:
            progress.stop_pricing()
            self._ask_price(line_id, after=PREVIEW_AFTER)
        self._tell(line_id)

    def reject(self, key: str, name: LineField, text: str, problem: InputProblem) -> None:
        """A text was typed that cannot be sent. It stays, and the row is not written while it stands."""
        line_id = self._id(key)
        self._touch(line_id).bad[name] = BadInput(text, problem)
        self._tell(line_id)

    def leave(self, key: str) -> None:
        """The cursor left the row: write it as soon as the ERP has priced it. An empty new row is dropped."""
        line_id = self._id(key)
        edit, progress = self.edits.get(line_id), self._progress.get(line_id)
        if progress is None or progress.left:
            return
        if not progress.bad and (edit is None or (edit.is_new and not edit.values)):
            self._forget(line_id)
            return
        progress.left = True
        self._check_complete(line_id)
        self._tell(line_id)
        self._pump()

    def revert(self, key: str) -> None:
        """Take the row's edit back. Without effect while it is on its way."""
        line_id = self._id(key)
        progress = self._progress.get(line_id)
        if progress is not None and progress.sent is None:
            self._forget(line_id)
            self._pump()

    def remove(self, key: str) -> None:
        """Take the line away. One on its way to being created goes as soon as the ERP has given it an id."""
        line_id = self._id(key)
        progress = self._touch(line_id)
        progress.stop_pricing()
        if line_id.startswith("new-") and progress.sent is None:
            self._forget(line_id)
        else:
            self._progress[line_id] = RowProgress(left=True, sent=progress.sent)
            removal = LineEdit(line_id, removed=True)
            self.edits = self.edits.put(removal)
            self._tell(line_id)
        self._pump()

    def resolve(self, key: str, keep: Keep) -> None:
        """Answer a collision: write mine over theirs, or take theirs and drop mine."""
        line_id = self._id(key)
        progress = self._touch(line_id)
        progress.collisions = ()
        progress.left = True
        if keep is Keep.THEIRS:
            self._forget(line_id)
        elif self.order.line(line_id) is None:
            self._recreate(line_id)
        self._tell_reset()
        self._pump()

    def retry(self, key: str | None = None) -> None:
        """Try again now: one refused row, or everything that waits."""
        if key is not None:
            line_id = self._id(key)
            self._touch(line_id).fault = None
            self._progress[line_id].left = True
            self._tell(line_id)
        self._reconnect.now()

    def answer(self, *, yes: bool) -> None:
        """Answer the ERP's question."""
        question, self.question = self.question, None
        if question is None:
            return
        if yes:
            self._writer.accepted |= {question.name}
        elif self._action is not None:
            self._action = None
        else:
            for line_id in self._ready():
                self._progress[line_id].fault = Refused(question.system, question.words)
        self._tell_reset()
        self._pump()

    def act(self, action: str) -> None:
        """Run one of the order's own actions, after the rows that wait have been written."""
        self._action, self.notice = action, None
        for key in self.keys():
            self.leave(key)
        self._tell_order()
        self._pump()

    def refresh(self) -> None:
        """Read the order again and lay the edits over it."""
        if self.order.id is not None and not self.is_busy:
            self._read()

    def close(self) -> None:
        """Stop asking and telling. See `has_unwritten` first: what waits here is not written any more."""
        self._reconnect.stop()
        for progress in self._progress.values():
            progress.stop_pricing()
        self._listener = None

    # -- pricing

    def _ask_price(self, line_id: str, *, after: float = 0.0) -> None:
        edit, progress = self.edits.get(line_id), self._progress[line_id]
        line = self._line(line_id)
        if edit is None or line is None or not edit.needs_price or progress.pricing is not None:
            return
        if line.product is None or line.quantity is None or progress.sent is not None or progress.fault is not None:
            return
        header = self.order.header

        async def ask() -> LinePrice:
            await asyncio.sleep(after)
            return await self._erp.price_line(header, line, PRICED_BY & edit.values.keys())

        def priced(price: LinePrice) -> None:
            progress.pricing = None
            self._reconnect.succeeded()
            now = self.edits.get(line_id)
            if now is not None and now.values == edit.values:  # a late answer to an older key is dropped
                self.edits = self.edits.priced(line_id, price)
                self._tell(line_id)
            self._pump()

        def failed(error: Exception) -> None:
            progress.pricing = None
            if isinstance(error, NoAnswer | NotSignedIn):
                self._reconnect.wait(error)
                self._tell_order()
            else:
                progress.fault = as_fault(error)
                self._tell(line_id)

        progress.pricing = self._runner.run(ask(), priced, failed)

    # -- writing

    def _check_complete(self, line_id: str) -> None:
        edit, line, bad = self.edits.get(line_id), self._line(line_id), self._progress[line_id].bad
        if edit is None or edit.removed or line is None or line.kind is not LineKind.PRODUCT:
            return
        if line.product is None:
            bad.setdefault(LineField.PRODUCT, BadInput("", InputProblem.NO_PRODUCT))
        if line.quantity is None:
            bad.setdefault(LineField.QUANTITY, BadInput("", InputProblem.NO_QUANTITY))

    def _ready(self) -> list[str]:
        """The rows that may be written now, priced or not."""
        return [
            edit.line_id
            for edit in self.edits
            if (progress := self._progress.get(edit.line_id)) is not None
            and progress.left
            and progress.sent is None
            and not progress.is_blocked
        ]

    def _pump(self) -> None:
        """Send what is ready, if nothing is under way."""
        if self.is_busy or self.question is not None or self.fault is not None:
            return
        ready = self._ready()
        for line_id in ready:
            self._ask_price(line_id)
        priced = [line_id for line_id in ready if not self.edits.lines[line_id].needs_price]
        if priced:
            alone = [line_id for line_id in priced if line_id in self._one_by_one][:1]
            self._send(alone or priced)
        elif not ready:
            self._run_action()

    def _send(self, line_ids: Iterable[str]) -> None:
        changes = diff(self.order, self.edits, line_ids)
        for line_id in changes.line_ids:
            self._progress[line_id].sent = self.edits.lines[line_id]
        self._writer.send(changes)
        self._tell(*changes.line_ids)
        self._tell_order()

    def written(self, changes: OrderChanges, update: OrderUpdate) -> None:
        """See `WriterClient`: the ERP's answer is the new base."""
        self._conflicts = 0
        self.order = update.onto(self.order)
        for local, line_id in update.created.items():
            self._keys[line_id], self._ids[local] = local, line_id
        for sent_id in changes.line_ids:
            self._acknowledge(sent_id, update.created.get(sent_id, sent_id))
        if update.removed:
            self._tell_reset()
        else:
            self._tell(*(update.created.get(sent_id, sent_id) for sent_id in changes.line_ids))
        self._tell_order()
        self._ask_prices()
        self._pump()

    def _acknowledge(self, sent_id: str, line_id: str) -> None:
        """The ERP has what was sent: keep only what was typed since, now on the line as the ERP has it."""
        progress, edit = self._progress.pop(sent_id), self.edits.get(sent_id)
        sent, progress.sent = progress.sent, None
        self._one_by_one.discard(sent_id)
        self.edits = self.edits.drop([sent_id])
        if edit is None or sent is None:
            return
        if edit.removed:
            if not sent.removed:
                self.edits = self.edits.removing(line_id)
                self._progress[line_id] = RowProgress(left=True)
            return
        base = self.order.line(line_id)
        for name, value in edit.values.items():
            if name not in sent.values or sent.values[name] != value:
                self.edits = self.edits.typed(base, line_id, name, value)
        if line_id in self.edits.lines or progress.bad:
            self._progress[line_id] = progress

    def not_written(self, changes: OrderChanges, error: SystemFault) -> None:
        """See `WriterClient`: nothing typed is lost, and each row says why it waits."""
        for line_id in changes.line_ids:
            self._progress[line_id].sent = None
        if isinstance(error, NoAnswer | NotSignedIn):
            self._reconnect.wait(error)
        elif isinstance(error, Question):
            self.question = error
        elif isinstance(error, Conflict | NotFound) and self._conflicts < _CONFLICTS_IN_A_ROW:
            self._conflicts += 1
            self._read()
        elif len(changes.line_ids) > 1:
            # One of them is refused and the ERP does not say which: one at a time, so that the good ones go on.
            self._one_by_one |= changes.line_ids
        else:
            for line_id in changes.line_ids:
                self._progress[line_id].fault = error
                self._one_by_one.discard(line_id)
        self._tell_reset()
        self._tell_order()
        self._pump()

    def outcome_unknown(self, changes: OrderChanges) -> None:
        """See `WriterClient`."""
        self._tell(*changes.line_ids)
        self._tell_order()

    # -- somebody else

    def _read(self) -> None:
        if self.order.id is not None:
            self._is_busy = True
            self._runner.run(self._erp.open_order(self.order.id), self._on_read, self._on_read_failed)

    def _on_read(self, order: Order) -> None:
        self._is_busy = False
        self._reconnect.succeeded()
        rebased = rebase(self.edits, self.order, order)
        self.order, self.edits = order, rebased.edits
        for line_id, progress in list(self._progress.items()):
            progress.collisions = ()
            if line_id not in self.edits.lines and not progress.bad:
                del self._progress[line_id]
        for collision in rebased.collisions:
            progress = self._touch(collision.line_id, is_typing=False)
            progress.collisions = (*progress.collisions, collision)
        self._tell_reset()
        self._tell_order()
        self._ask_prices()
        self._pump()

    def _on_read_failed(self, error: Exception) -> None:
        self._is_busy = False
        if isinstance(error, NoAnswer | NotSignedIn):
            self._reconnect.wait(error)
        else:
            self.notice = as_fault(error)
        self._tell_order()

    def _recreate(self, line_id: str) -> None:
        """They removed the line and mine is to stand: it becomes a new line that holds what mine held."""
        edit, line = self.edits.lines[line_id], self._line(line_id)
        self.edits = self.edits.drop([line_id])
        del self._progress[line_id]
        if line is None:
            return
        new_id = self._tokens.next()
        kept = {LineField.PRODUCT, LineField.DESCRIPTION, LineField.QUANTITY, LineField.UNIT} | edit.manual
        values = {name: value for name in LineField if name in kept and (value := value_of(line, name)) is not None}
        self.edits = self.edits.put(LineEdit(new_id, values, kind=line.kind))
        self._progress[new_id] = RowProgress(left=True)

    # -- actions

    def _run_action(self) -> None:
        if self._action is None or self.order.id is None:
            return
        if self.has_unwritten:
            self._action, self.notice = None, Refused("samspil", detail="rows_not_written")
        else:
            self._is_busy = True
            work = self._erp.act(self.order.id, self._action, accepted=self._writer.accepted)
            self._runner.run(work, self._on_acted, self._on_action_failed)
        self._tell_order()

    def _on_acted(self, order: Order) -> None:
        self._action, self._writer.accepted = None, frozenset()
        self._on_read(order)

    def _on_action_failed(self, error: Exception) -> None:
        self._is_busy = False
        if isinstance(error, Question):
            self.question = error
        else:
            self._action, self._writer.accepted = None, frozenset()
            self.notice = as_fault(error)
            if isinstance(error, OutcomeUnknown | Conflict):
                self._read()  # the order's state itself tells whether the action went through
        self._tell_order()

    # -- small things

    def _resume(self) -> None:
        """Go on where the ERP stopped answering."""
        if self._writer.sending is not None:
            self._writer.check()
        else:
            self._ask_prices()
            self._pump()
        self._tell_order()

    def _ask_prices(self) -> None:
        for edit in self.edits:
            if edit.needs_price and edit.line_id in self._progress:
                self._ask_price(edit.line_id)

    def _id(self, key: str) -> str:
        return self._ids.get(key, key)

    def _line(self, line_id: str) -> OrderLine | None:
        """The line as the row shows it; one that is to go, or is gone, shows what it held."""
        edit, base = self.edits.get(line_id), self.order.line(line_id)
        if edit is not None and edit.removed:
            return base
        line = edited_line(self.order, self.edits, line_id)
        if line is None and line_id in self._progress:
            for collision in self._progress[line_id].collisions:
                if isinstance(collision.mine, OrderLine):
                    return collision.mine
                if isinstance(collision.was, OrderLine):
                    return collision.was
        return line

    def _touch(self, line_id: str, *, is_typing: bool = True) -> RowProgress:
        """The row's progress; typing in it clears an earlier refusal and takes it back from being left."""
        progress = self._progress.setdefault(line_id, RowProgress())
        if is_typing:
            progress.left = False
            progress.fault = None
        return progress

    def _forget(self, line_id: str) -> None:
        """Drop what was typed in a row."""
        progress = self._progress.pop(line_id, None)
        if progress is not None:
            progress.stop_pricing()
        self._one_by_one.discard(line_id)
        had_row = self.order.line(line_id) is not None
        self.edits = self.edits.drop([line_id])
        if had_row:
            self._tell(line_id)
        else:
            self._tell_reset()

    def _tell(self, *line_ids: str) -> None:
        if self._listener is not None:
            self._listener.rows_changed(frozenset(self._keys.get(line_id, line_id) for line_id in line_ids))

    def _tell_reset(self) -> None:
        if self._listener is not None:
            self._listener.rows_reset()

    def _tell_order(self) -> None:
        if self._listener is not None:
            self._listener.order_changed()
