"""The rows of an order being edited: what the ERP has, what is typed on top of it, and what may travel. No I/O.

They travel by `RowTravel`, and outlive the program by `UnwrittenRows`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.header_edits import HeaderEdit
from app.domain.order_edits import LineEdit, OrderEdits, Value, collisions_of, value_of
from app.domain.orders import PRICED_BY, LineField, LineKind, LinePrice, Order, OrderHeader, OrderLine
from app.domain.price_origin import PriceChoice, hand_values, offer_of, standing
from app.ports.errors import SystemFault
from app.services.order_pricing import PriceAnswer, PriceQuestion
from app.services.order_rows import BadInput, InputProblem, RowProgress, RowStatus, RowView, TypedRow
from app.services.price_memory import PriceMemory
from app.services.row_keys import RowKeys
from app.services.row_order import RowOrder
from app.services.tokens import LineTokens


class OrderDraft:
    """The rows of one order, told apart by the ERP's id of their line, or a local one until the ERP has given it.

    Attributes:
        order: As the ERP last gave it.
        edits: What is typed on top of it.
        prices: What is known about the prices that stand on its lines.
        head: What is decided to be changed in its head.
        moves: In which order its rows stand.
        progress: How far every row with an edit or a bad text is, by its line's id.
    """

    def __init__(self, order: Order, tokens: LineTokens, keys: RowKeys) -> None:
        self.order = order
        self.edits = OrderEdits()
        self.prices = PriceMemory()
        self.head = HeaderEdit()
        self.progress: dict[str, RowProgress] = {}
        self._tokens = tokens
        self._keys = keys
        self.moves = RowOrder(keys)

    # -- what is there

    @property
    def header(self) -> OrderHeader:
        """The head under which rows are priced."""
        return self.head.onto(self.order.header)

    def keys(self) -> tuple[str, ...]:
        """The rows from top to bottom; see `RowOrder.keys`."""
        return self.moves.keys(self.order, self.edits)

    def problem_keys(self) -> tuple[str, ...]:
        """The rows that wait for the user: refused, or changed by somebody else too."""
        waits = (RowStatus.REFUSED, RowStatus.COLLIDES, RowStatus.ASKS)
        return tuple(
            self.key_of(line_id)
            for line_id, progress in self.progress.items()
            if progress.status(self.edits.get(line_id), checking=False) in waits
        )

    def id_of(self, key: str) -> str:
        """The line's id of a row."""
        return self._keys.id_of(key)

    def key_of(self, line_id: str) -> str:
        """The key of a line's row."""
        return self._keys.key_of(line_id)

    def base(self, line_id: str) -> OrderLine | None:
        """What an edit of the line rests on: the ERP's line, that line before somebody removed it, or an empty one."""
        line, edit = self.order.line(line_id), self.edits.get(line_id)
        if line is not None or edit is None:
            return line
        return OrderLine(line_id, kind=edit.kind) if edit.is_new else self.progress[line_id].was

    def line(self, line_id: str) -> OrderLine | None:
        """The line as its row shows it; one that is to go shows what it held. None when it is gone."""
        base, edit = self.base(line_id), self.edits.get(line_id)
        if base is None or edit is None:
            return base
        if not edit.removed:
            return edit.onto(base)
        sent = self.progress[line_id].sent
        return sent.onto(base) if sent is not None else base

    def status(self, key: str, *, checking: bool) -> RowStatus | None:
        """The status of a row, or None when it is gone."""
        line_id = self.id_of(key)
        edit, progress = self.edits.get(line_id), self.progress.get(line_id)
        if edit is None and self.order.line(line_id) is None:
            return None
        return (progress or RowProgress()).status(edit, checking=checking)

    def row(self, key: str, *, checking: bool) -> RowView:
        """One row. Raises KeyError when it is gone."""
        line_id = self.id_of(key)
        line, edit = self.line(line_id), self.edits.get(line_id)
        progress = self.progress.get(line_id) or RowProgress()
        if line is None:
            raise KeyError(key)
        is_priced_anew = edit is not None and (edit.touches_price or edit.removed)
        return RowView(
            key=key,
            line=line if progress.offer is None else standing(line, self.order.line(line_id)),
            status=self._status(key, progress.status(edit, checking=checking), checking=checking),
            removed=edit is not None and edit.removed,
            manual=edit.manual if edit is not None and is_priced_anew else frozenset(self.prices.by_hand(line)),
            awaits_price=edit is not None
            and edit.needs_price
            and not progress.is_blocked
            and line.product is not None
            and line.quantity is not None,
            bad=dict(progress.bad),
            fault=progress.fault,
            collisions=progress.collisions,
            offer=progress.offer,
        )

    def _status(self, key: str, status: RowStatus, *, checking: bool) -> RowStatus:
        """A line that is stored and has been moved is on its way too."""
        if status is not RowStatus.STORED or not self.moves.is_moved(key):
            return status
        if self.moves.is_sent(key):
            return RowStatus.CHECKING if checking else RowStatus.SENDING
        return RowStatus.PENDING

    @property
    def has_unwritten(self) -> bool:
        """Something typed or moved is not acknowledged by the ERP. An empty new row is nothing."""
        if self.moves.is_sending or self.moves.is_gathering or self.moves.to_send(self.order, self.edits):
            return True
        return any(edit.values or edit.removed for edit in self.edits) or any(p.bad for p in self.progress.values())

    @property
    def is_looking_up(self) -> bool:
        """A row that was left waits for its product or unit to be found, and for nothing else."""
        return any(
            p.left and p.bad and all(bad.problem is InputProblem.LOOKING_UP for bad in p.bad.values())
            for p in self.progress.values()
        )

    def is_left(self, line_id: str) -> bool:
        """The cursor is not in this row, or nothing was typed there."""
        progress = self.progress.get(line_id)
        return progress is None or progress.left

    def is_blank(self, line_id: str) -> bool:
        """Nothing stands typed in the row."""
        edit, progress = self.edits.get(line_id), self.progress.get(line_id)
        if progress is not None and (progress.bad or progress.sent is not None):
            return False
        return edit is None or (edit.is_new and not edit.values)

    def ready(self) -> list[str]:
        """The rows that may be written now, priced or not, in the order they were first typed in."""
        return [
            edit.line_id
            for edit in self.edits
            if (progress := self.progress[edit.line_id]).left and progress.sent is None and not progress.is_blocked
        ]

    def price_question(self, line_id: str) -> PriceQuestion | None:
        """What to ask the ERP for the price of this row, or None when it needs none or cannot be priced."""
        edit, progress = self.edits.get(line_id), self.progress.get(line_id)
        if edit is None or progress is None or not edit.needs_price:
            return None
        if progress.sent is not None or progress.fault or progress.collisions or progress.offer:
            return None
        if progress.bad.keys() & PRICED_BY:
            return None
        line = self.line(line_id)
        if line is None or line.product is None or line.quantity is None:
            return None
        header = self.header
        before = self.prices.to_ask(header, self.order.line(line_id), edit, progress.choice)
        return PriceQuestion(header, line, PRICED_BY & edit.wanted.keys(), before)

    # -- what the user does

    def add(self, kind: LineKind, key: str | None = None) -> str:
        """A new empty row at the end, with the ``key`` of one that is gone, or one of its own; the line's id."""
        line_id = self._tokens.next()
        if key is not None:
            self._keys.give(line_id, key)
        self.put(LineEdit(line_id, kind=kind))
        return line_id

    def add_rows(self, rows: Sequence[TypedRow], keys: Sequence[str | None] = ()) -> list[str]:
        """New rows at the end, typed and left, those with a key in the place of rows that are gone; their ids."""
        edits = [
            LineEdit(
                self._tokens.next(),
                {name: value for name in LineField if (value := row.values.get(name)) is not None},
                kind=row.kind,
            )
            for row in rows
        ]
        for edit, key in zip(edits, keys, strict=False):
            if key is not None:
                self._keys.give(edit.line_id, key)
        self.edits = self.edits.put(*edits)
        for edit, row in zip(edits, rows, strict=True):
            self.progress[edit.line_id] = RowProgress(bad=dict(row.bad), stood=row.stood)
            self.leave(edit.line_id)
        return [edit.line_id for edit in edits]

    def type(self, line_id: str, name: LineField, value: Value) -> None:
        """A value was typed."""
        progress = self._typing(line_id, name)
        progress.bad.pop(name, None)
        line = self.order.line(line_id)
        # While an earlier edit is on its way, or the line is gone, no value is "the ERP's own again".
        is_moving = progress.sent is not None or (line is None and progress.was is not None)
        self.edits = self.edits.typed(None if is_moving else self.base(line_id), line_id, name, value)
        self.hold(line_id)
        edit = self.edits.get(line_id)
        if progress.was is not None:
            progress.collisions = collisions_of(edit, progress.was, line) if edit is not None else ()
            if not progress.collisions:
                progress.was = None

    def reject(self, line_id: str, name: LineField, bad: BadInput) -> None:
        """A text was typed that cannot be sent."""
        self._typing(line_id, name).bad[name] = bad

    def leave(self, line_id: str) -> None:
        """The cursor left the row; what it lacks to be sent is marked."""
        progress, edit, line = self.progress[line_id], self.edits.get(line_id), self.line(line_id)
        progress.left = True
        if edit is None or edit.removed or line is None or line.kind is not LineKind.PRODUCT:
            return
        if not edit.is_new and not edit.touches_price:
            return  # the ERP has the line as it is
        if line.product is None:
            progress.bad.setdefault(LineField.PRODUCT, BadInput("", InputProblem.NO_PRODUCT))
        if line.quantity is None:
            progress.bad.setdefault(LineField.QUANTITY, BadInput("", InputProblem.NO_QUANTITY))

    def remove(self, line_id: str) -> None:
        """Take the line away; one on its way to being created goes as soon as the ERP has given it an id."""
        base, progress = self.base(line_id), self.progress.get(line_id)
        sent = progress.sent if progress is not None else None
        if base is None or (base.is_new and sent is None):
            self.forget(line_id)
            return
        was = progress.was if progress is not None else None
        if was is not None and self.order.line(line_id) is None:
            self.forget(line_id)  # they removed it too
            return
        removal = LineEdit(line_id, removed=True, kind=base.kind)
        collisions = collisions_of(removal, was, self.order.line(line_id)) if was is not None else ()
        self.put(removal, RowProgress(left=True, sent=sent, collisions=collisions, was=was if collisions else None))

    def revert(self, line_id: str) -> None:
        """Take back what was typed; of a row on its way, what was typed since."""
        progress = self.progress.get(line_id)
        if progress is None or progress.sent is None:
            self.forget(line_id)
        else:
            self.put(progress.sent, RowProgress(left=True, sent=progress.sent))

    def forget(self, line_id: str) -> None:
        """Drop what was typed in a row."""
        self.progress.pop(line_id, None)
        self.edits = self.edits.drop([line_id])

    def retry(self, line_id: str) -> None:
        """Let a refused row be written again."""
        progress = self.progress.get(line_id)
        if progress is not None and progress.fault is not None:
            progress.fault = None
            self.leave(line_id)

    def retry_refused(self) -> None:
        """Let every refused row be written again."""
        for line_id in list(self.progress):
            self.retry(line_id)

    def keep_mine(self, line_id: str) -> None:
        """What the user typed is to stand where it collides. A line they removed becomes a new one."""
        progress, edit, line = self.progress[line_id], self.edits.get(line_id), self.line(line_id)
        progress.collisions, progress.was, progress.fault = (), None, None
        if edit is not None and edit.held:
            edit = replace(edit, values=edit.wanted, held={}, price=None)  # theirs stands on the line now
            self.edits = self.edits.put(edit)
        # He has seen their price: where he typed none himself, the ERP's is what he wants.
        progress.choice = PriceChoice.TAKE
        if edit is not None and line is not None and self.order.line(line_id) is None:
            shown = self.keys()
            self.forget(line_id)
            self.recreate(edit, line)
            self.moves.stay(self.order, self.edits, shown)
        else:
            self.leave(line_id)

    def move(self, *moves: tuple[str, str | None]) -> bool:
        """Put rows behind other ones, or first; whether that changes anything."""
        return self.moves.move(self.order, self.edits, *moves)

    # -- what the ERP says of a row, and what is to be its price

    def refuse(self, line_ids: list[str], fault: SystemFault) -> None:
        """These rows cannot be written before the user has done something about it."""
        for line_id in line_ids:
            if (progress := self.progress.get(line_id)) is not None:
                progress.fault = fault

    def price(self, answers: Mapping[str, PriceAnswer]) -> None:
        """The ERP's prices for what stands in these rows now."""
        for line_id, answer in answers.items():
            self._hear(line_id, answer)
        sure = {line_id: answer.price for line_id, answer in answers.items() if not self.progress[line_id].offer}
        again = {line_id for line_id, own in sure.items() if self._stands_again(line_id, own)}
        self.edits = self.edits.priced({line_id: own for line_id, own in sure.items() if line_id not in again})

    def _stands_again(self, line_id: str, own: LinePrice) -> bool:
        """A price that is to stand there again is typed, as the ERP's ``own`` is another one; it is asked once more."""
        progress, edit = self.progress[line_id], self.edits.lines[line_id]
        stood, progress.stood = progress.stood, None
        if stood is None or edit.manual or stood == own.unit_price or stood.currency != self.header.currency:
            return False
        self.edits = self.edits.typed(self.base(line_id), line_id, LineField.UNIT_PRICE, stood)
        return True

    def _hear(self, line_id: str, answer: PriceAnswer) -> None:
        header, line = self.header, self.order.line(line_id)
        edit, progress = self.edits.lines[line_id], self.progress[line_id]
        if answer.before is not None and line is not None:
            self.prices.heard(header, line, answer.before.unit_price)
        unsure = self.prices.unsure(line, edit, progress.choice)
        own = self.prices.own(header, unsure) if unsure is not None else None
        if unsure is not None and own is not None:
            progress.offer = offer_of(unsure, own.unit_price, answer.price)

    def price_anew(self) -> None:
        """What prices rest on has changed: every row that needs one asks for it again."""
        self.edits = self.edits.unpriced()
        for progress in self.progress.values():
            progress.offer = None

    def choose(self, line_id: str, choice: PriceChoice) -> None:
        """The user's answer to which price the line is to have."""
        progress = self.progress[line_id]
        offer, progress.offer, progress.choice = progress.offer, None, choice
        self.hold(line_id)
        if offer is not None and choice is PriceChoice.TAKE:
            self.edits = self.edits.priced({line_id: offer.own})

    def take_own(self, line_id: str, price: LinePrice) -> None:
        """The stored line gets the ERP's own ``price`` for it as it stands, in the place of what stands there."""
        self.type(line_id, LineField.UNIT_PRICE, None)
        self.edits = self.edits.priced({line_id: price})
        self.leave(line_id)

    def keep_price(self, line_id: str) -> None:
        """What stands on the stored line is the user's own from now on."""
        if (line := self.order.line(line_id)) is not None:
            self.prices.keep(line, hand_values(line, frozenset({LineField.UNIT_PRICE})))

    def hold(self, line_id: str) -> None:
        """A price by hand on the line stays when something else of it changes."""
        line = self.order.line(line_id)
        if line is not None:
            self.edits = self.edits.hold(line_id, self.prices.to_hold(line, self.progress[line_id].choice))

    # -- small things

    def put(self, edit: LineEdit, progress: RowProgress | None = None) -> None:
        """This is typed in its line, and how far it is, from now on."""
        self.edits = self.edits.put(edit)
        self.progress[edit.line_id] = progress or RowProgress()

    def _typing(self, line_id: str, name: LineField) -> RowProgress:
        """Typing in a row clears an earlier refusal and takes it back from being left."""
        progress = self.progress.setdefault(line_id, RowProgress())
        progress.left, progress.fault, progress.restored = False, None, 0
        if name in PRICED_BY:
            progress.offer = progress.stood = None  # it was for other values
        return progress

    def recreate(self, edit: LineEdit, line: OrderLine) -> None:
        """The line is gone and what was typed is to stand: a new line that holds what the row held."""
        new = self.anew(edit, line)
        self._keys.give(new.line_id, self._keys.key_of(edit.line_id))
        self.put(new)
        self.leave(new.line_id)

    def anew(self, edit: LineEdit, line: OrderLine) -> LineEdit:
        """A new line that holds what ``edit`` is to make of ``line``, which is gone."""
        kept = {LineField.PRODUCT, LineField.DESCRIPTION, LineField.QUANTITY, LineField.UNIT} | edit.manual
        values = {name: value for name in LineField if name in kept and (value := value_of(line, name)) is not None}
        return LineEdit(self._tokens.next(), values, kind=line.kind)
