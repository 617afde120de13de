"""One order being edited: what the user does with it, and what the window shows of it.

The session lives in the thread of its caller (the GUI thread) and never waits: its methods change what is typed at
once, and all I/O goes through a `Runner`. So there are no locks, and an answer can never overtake a key press.

What is done goes on its way into the ERP by `OrderTraffic`.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from app.domain.money import Money
from app.domain.order_changes import OrderChanges
from app.domain.order_edits import PRICED_ANEW, OrderEdits, Value
from app.domain.orders import PRICED_BY, LineField, LineKind, LinePrice, Order, OrderHeader
from app.domain.price_origin import PriceChoice
from app.ports.erp import ErpSystem
from app.ports.errors import Question, SystemFault
from app.ports.jobs import Runner
from app.ports.journal import Journal
from app.services.gathering import Gathering
from app.services.no_journal import NoJournal
from app.services.order_draft import OrderDraft
from app.services.order_listener import NoRecorder, Recorder, SessionListener, Teller
from app.services.order_rows import BadInput, InputProblem, RowStatus, RowView, TypedRow
from app.services.order_traffic import OrderTraffic
from app.services.price_memory import PriceMemory
from app.services.row_keys import RowKeys
from app.services.tokens import LineTokens
from app.services.unwritten_rows import UnwrittenRows


class Keep(StrEnum):
    """The user's answer where two people changed the same line."""

    MINE = "mine"
    THEIRS = "theirs"


class OrderSession:
    """The editing of one order.

    A method that names a row which is gone has no effect, except `row`.

    Attributes:
        head: What is changed in the order's head.
        theirs: What somebody else has changed meanwhile.
        recorder: Is told what the user does.
    """

    def __init__(
        self, erp: ErpSystem, order: Order, runner: Runner, tokens: LineTokens, journal: Journal | None = None
    ) -> None:
        keys = RowKeys()
        self._draft = OrderDraft(order, tokens, keys)
        self._tell = Teller(self._draft)
        self._unwritten = UnwrittenRows(self._draft, tokens)
        self._traffic = OrderTraffic(
            erp, runner, self._draft, keys, self._tell, unwritten=self._unwritten, journal=journal or NoJournal()
        )
        self._pricing = self._traffic.pricing
        self._gathering = Gathering(runner, self._draft.moves, self._gathered)
        self.head = self._traffic.head
        self.theirs = self._traffic.theirs
        self.recorder: Recorder = NoRecorder()

    # -- what the window reads

    @property
    def order(self) -> Order:
        """As the ERP last gave it."""
        return self._draft.order

    @property
    def edits(self) -> OrderEdits:
        """What is typed on top of it."""
        return self._draft.edits

    @property
    def header(self) -> OrderHeader:
        """The head under which rows are priced: the ERP's, with what is decided to be changed in it."""
        return self._draft.header

    @property
    def prices(self) -> PriceMemory:
        """What is known about the prices that stand on the lines."""
        return self._draft.prices

    @property
    def slot(self) -> str:
        """What tells it in the journal from every other editing of an order."""
        return self._traffic.keeper.slot

    def listen(self, listener: SessionListener | None) -> None:
        """Tell ``listener`` of every change from now on."""
        self._tell.listener = listener

    def keys(self) -> tuple[str, ...]:
        """The rows from top to bottom: the ERP's lines, then those it does not have (any more, or yet)."""
        return self._draft.keys()

    def standing(self) -> tuple[str, ...]:
        """The rows from top to bottom, without those that are to go."""
        out = {self._draft.key_of(edit.line_id) for edit in self.edits if edit.removed}
        return tuple(key for key in self.keys() if key not in out)

    def problem_keys(self) -> tuple[str, ...]:
        """The rows that wait for the user: refused, or changed by somebody else too."""
        return self._draft.problem_keys()

    def row(self, key: str) -> RowView:
        """One row. Raises KeyError when it is gone."""
        return self._draft.row(key, checking=self._traffic.is_checking)

    def status(self, key: str) -> RowStatus | None:
        """The status of a row alone, of many in no time; None when it is gone."""
        return self._draft.status(key, checking=self._traffic.is_checking)

    def stood(self, key: str) -> Money | None:
        """The price from before this session that stands in the row; see `PriceMemory.stood`."""
        line_id = self._draft.id_of(key)
        line, edit, progress = self.order.line(line_id), self.edits.get(line_id), self._draft.progress.get(line_id)
        is_another = edit is not None and (edit.removed or edit.manual or edit.values.keys() & PRICED_ANEW)
        if line is None or is_another or (progress is not None and progress.choice is PriceChoice.TAKE):
            return None
        return self.prices.stood(self.header, line)

    @property
    def fault(self) -> SystemFault | None:
        """Why the ERP cannot be used now; rows wait, and go on by themselves when it answers."""
        return self._traffic.fault

    @property
    def is_busy(self) -> bool:
        """A write, a read or an action is under way."""
        return self._traffic.is_busy

    @property
    def is_checking(self) -> bool:
        """A write had no answer, and the ERP is asked what became of it."""
        return self._traffic.is_checking

    @property
    def has_unwritten(self) -> bool:
        """Something typed is not acknowledged by the ERP."""
        return self._traffic.has_unwritten

    @property
    def question(self) -> Question | None:
        """What the ERP asks before it goes on, or None."""
        return self._traffic.question

    @property
    def notice(self) -> SystemFault | None:
        """Why the last action or read did not go through, or None."""
        return self._traffic.notice

    @property
    def awaits_prices(self) -> bool:
        """The ERP is asked for the price of a row, or is to be."""
        return any(self._draft.price_question(edit.line_id) is not None for edit in self.edits)

    # -- what the user does

    def add_line(self, kind: LineKind = LineKind.PRODUCT, key: str | None = None) -> str:
        """A new empty row at the end, in the place of one that is gone when its ``key`` is given; its key."""
        key = self._draft.key_of(self._draft.add(kind, key))
        self.recorder.began(key)
        self._tell.reset()
        return key

    def add_rows(self, rows: Sequence[TypedRow], keys: Sequence[str | None] = ()) -> tuple[str, ...]:
        """Many new rows at the end, typed and left, in this order; their keys. The good ones go on by themselves.

        The listener is told once. What a row lacks, or what in it cannot be sent, keeps that row alone back.

        Args:
            keys: For each row the key of one that is gone, in whose place it comes; empty for rows of their own.
        """
        made = tuple(self._draft.key_of(line_id) for line_id in self._draft.add_rows(rows, keys))
        self.recorder.began(*made)
        self._tell.reset()
        self._traffic.go_on()
        return made

    def edit(self, key: str, name: LineField, value: Value) -> None:
        """A value was typed. Its price is asked for after a short pause."""
        line_id = self._draft.id_of(key)
        if self._draft.base(line_id) is None:
            return
        self.recorder.changing(key)
        self._draft.type(line_id, name, value)
        if name in PRICED_BY:
            self._pricing.soon(line_id)
        self._tell.rows(line_id)

    def let_stand(self, key: str, price: Money) -> None:
        """What has been typed in the row brings it back to where it stood at this price."""
        if (progress := self._draft.progress.get(self._draft.id_of(key))) is not None:
            progress.stood = price

    def reject(
        self, key: str, name: LineField, text: str, problem: InputProblem, choices: tuple[str, ...] = ()
    ) -> None:
        """A text was typed that cannot be sent. It stays, and the row is not written while it stands."""
        line_id = self._draft.id_of(key)
        if self._draft.base(line_id) is None:
            return
        self.recorder.changing(key)
        self._draft.reject(line_id, name, BadInput(text, problem, choices))
        self._tell.rows(line_id)

    def is_left(self, key: str) -> bool:
        """Nothing is being typed in the row."""
        return self._draft.is_left(self._draft.id_of(key))

    def leave(self, key: str) -> None:
        """The cursor left the row: write it as soon as the ERP has priced it. An empty new row is dropped."""
        line_id = self._draft.id_of(key)
        if self._draft.moves.is_moved(key) and self._gathering.end():
            self._traffic.go_on()
        if self._draft.is_left(line_id):
            return
        if self._draft.is_blank(line_id):
            self._pricing.stop(line_id)
            self._draft.forget(line_id)
            self._tell.row(line_id)
        else:
            self._draft.leave(line_id)
            self._tell.rows(line_id)
        self._traffic.go_on()

    def revert(self, key: str) -> None:
        """Take back what was typed in the row; of one that is on its way, what was typed since."""
        line_id = self._draft.id_of(key)
        self.recorder.changing(key)
        self._pricing.stop(line_id)
        self._draft.revert(line_id)
        self._tell.row(line_id)
        self._traffic.go_on()

    def remove(self, *keys: str) -> None:
        """Take lines away. One on its way to being created goes as soon as the ERP has given it an id."""
        self.recorder.changing(*keys)
        line_ids = [self._draft.id_of(key) for key in keys]
        for line_id in line_ids:
            self._pricing.stop(line_id)
            self._draft.remove(line_id)
        self._tell.row(*line_ids)
        self._traffic.go_on()

    def move(self, *moves: tuple[str, str | None]) -> None:
        """Put rows behind others, each given by its key, or first (None), one after the other.

        What is moved without a pause goes to the ERP together.
        """
        self.recorder.changing(*(key for key, _ in moves))
        if self._draft.move(*moves):
            self._gathering.begin()
            self._tell.reset()
            self._tell.order()
            self._traffic.go_on()

    def _gathered(self) -> None:
        self._tell.order()
        self._traffic.go_on()

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
        self._traffic.go_on()

    def choose_price(self, key: str, choice: PriceChoice) -> None:
        """Answer which price the line is to have: the one that stands, as one by hand, or the ERP's."""
        line_id = self._draft.id_of(key)
        if key not in self.keys() or self.row(key).offer is None:
            return
        self.recorder.changing(key)
        self._draft.choose(line_id, choice)
        self._tell.rows(line_id)
        self._traffic.ask_prices()
        self._traffic.go_on()

    def settle_prices(self, take: Mapping[str, LinePrice], keep: Collection[str]) -> None:
        """Stored lines, by their ids: ``take`` get the ERP's own price, ``keep`` what stands, as a price by hand."""
        self.recorder.changing(*map(self._draft.key_of, take))
        for line_id, price in take.items():
            self._draft.take_own(line_id, price)
        for line_id in keep:
            self._draft.keep_price(line_id)
        self._tell.rows(*take, *keep)
        self._traffic.go_on()

    def retry(self, key: str | None = None) -> None:
        """Try again now: one refused row, or everything that waits."""
        if key is not None:
            line_id = self._draft.id_of(key)
            self._draft.retry(line_id)
            self._tell.rows(line_id)
        self._traffic.try_again()

    def answer(self, *, yes: bool) -> None:
        """Answer the ERP's question."""
        self._traffic.answer(yes=yes)

    def act(self, action: str) -> None:
        """Run one of the order's own actions, after the rows that wait have been written."""
        self._traffic.want(action)
        for key in self.keys():
            self.leave(key)
        self._tell.order()
        self._traffic.go_on()

    def restore(self, changes: OrderChanges, entry_id: int) -> None:
        """Type in again what an earlier run of the program did not get into the ERP; it goes on as if typed now."""
        self._traffic.keeper.ended(entry_id)
        for line_id in changes.line_ids:
            self._pricing.stop(line_id)
        self._unwritten.restore(changes, entry_id)
        self.head.restore(changes, entry_id)
        self._tell.reset()
        self._tell.order()
        self._traffic.go_on()

    def refresh(self) -> None:
        """Read the order again and lay the edits over it."""
        self._traffic.refresh()

    def close(self) -> None:
        """Stop asking and telling. See `has_unwritten` first: what waits here is not written any more."""
        self._traffic.close()
        self._gathering.end()
        self._tell.listener = None
