"""In which order the rows stand: as the ERP has the lines, what is begun here, and what the user has moved since."""

from collections.abc import Collection, Iterable, Sequence

from app.domain.order_edits import OrderEdits
from app.domain.order_moves import Moves, arrange, in_the_way, moves_to, rebase, renamed, shift
from app.domain.orders import Order
from app.services.row_keys import RowKeys


class RowOrder:
    """The order of one order's rows, by their keys.

    Moves that the ERP does not have yet lie on top of its order, as edits lie on top of its lines. A row that the ERP
    does not have yet comes last there when it is created, and is moved then if it stands elsewhere here. So rows come,
    go and move by somebody's hand only, and never because an answer came.

    Attributes:
        is_gathering: The user is still at it; nothing is sent yet.
    """

    def __init__(self, keys: RowKeys) -> None:
        self.is_gathering = False
        self._keys = keys
        self._moves: Moves = ()
        self._sent: frozenset[str] = frozenset()
        self._moved_since: set[str] = set()  # that were sent and moved again meanwhile
        self._unsure: frozenset[str] = frozenset()  # of which it is not known where the ERP has put them
        self._shown: tuple[str, ...] = ()
        # The rows of the lines that the ERP has, and what that rests on: its answer, and `RowKeys.given`.
        self._stored: tuple[Order | None, int, tuple[str, ...]] = None, 0, ()

    def keys(self, order: Order, edits: OrderEdits) -> tuple[str, ...]:
        """The rows from top to bottom."""
        rows = self._unmoved(order, edits)
        if self._moves:
            self._moves = rebase(self._moves, self._shown, set(rows))
            shown = arrange(rows, self._moves)
            if shown == rows and self._is_known:
                self._moves = ()
            rows = shown
        self._shown = rows
        return rows

    @property
    def are_moved(self) -> bool:
        """The ERP has some row elsewhere yet."""
        return bool(self._moves)

    def is_moved(self, key: str) -> bool:
        """The ERP has the row elsewhere yet."""
        return any(each.id == key for each in self._moves)

    def is_sent(self, key: str) -> bool:
        """Its move is on its way."""
        return key in self._sent and key not in self._moved_since

    @property
    def is_sending(self) -> bool:
        """Moves are on their way."""
        return bool(self._sent)

    def move(self, order: Order, edits: OrderEdits, *moves: tuple[str, str | None]) -> bool:
        """Put rows behind other ones, or first, one after the other; whether that changes anything."""
        before = wanted = self.keys(order, edits)
        for key, after in moves:
            if key in wanted and after != key and (after is None or after in wanted):
                wanted = shift(wanted, key, after)
        if wanted == before:
            return False
        rows, keys = self._unmoved(order, edits), {key for key, _ in moves}
        moved = {each.id for each in self._moves} | keys
        # Back where they came from; while moves are on their way, that is no place to come back to.
        if self._is_known and arrange(rows, moves_to(wanted, moved - keys)) == wanted:
            moved -= keys
        self._moved_since |= keys
        self._put(order, rows, wanted, moved)
        return True

    def stay(self, order: Order, edits: OrderEdits, shown: Sequence[str], unsure: frozenset[str] = frozenset()) -> None:
        """What the user did is in the ERP, or became other lines: the rows stay where they stood in ``shown``.

        Where the ERP has put those that are ``unsure`` is known when the order has been read: see `read`.
        """
        self._unsure |= unsure
        rows = self._unmoved(order, edits)
        there, known = set(rows), set(shown)
        wanted = (*(each for each in shown if each in there), *(each for each in rows if each not in known))
        self._put(order, rows, wanted, {each.id for each in self._moves if each.id in there})

    def _put(self, order: Order, rows: Sequence[str], wanted: tuple[str, ...], moved: set[str]) -> None:
        # What the ERP does not have yet would come last there.
        last = len(wanted)
        while last and wanted[last - 1] not in moved and self._is_new(order, wanted[last - 1]):
            last -= 1
        moved |= {each for each in wanted[:last] if self._is_new(order, each)} | self._unsure.intersection(wanted)
        moved |= in_the_way(rows, [each for each in wanted if each not in moved])
        self._moves = () if wanted == rows and self._is_known else moves_to(wanted, moved)
        self._shown = wanted

    def to_send(self, order: Order, edits: OrderEdits) -> Moves:
        """What the ERP is to be told, by the ids of lines that it has; empty where it has them in this order."""
        if not self._moves or self.is_gathering:
            return ()
        stored = [line.id for line in order.lines if not ((edit := edits.get(line.id)) is not None and edit.removed)]
        moves = self._by_id(order, edits, set(stored))
        return moves if arrange(stored, moves) != tuple(stored) else ()

    def to_keep(self, order: Order, edits: OrderEdits, ids: Iterable[str]) -> Moves:
        """What is not on its way, of the lines that the ERP has and of ``ids``, which it is to get."""
        if all(self.is_sent(each.id) for each in self._moves):
            return ()
        there = {line.id for line in order.lines} | set(ids)
        sent = {self._keys.id_of(key) for key in self._sent - self._moved_since}
        return tuple(each for each in self._by_id(order, edits, there) if each.id not in sent)

    def send(self, moves: Moves) -> None:
        """These, of `to_send`, are on their way."""
        self._sent, self._moved_since = frozenset(self._keys.key_of(each.id) for each in moves), set()

    def landed(self) -> None:
        """The ERP has them."""
        self._moves = tuple(each for each in self._moves if not self.is_sent(each.id))
        self.release()

    def read(self) -> None:
        """The order is as the ERP has it."""
        self._unsure = frozenset()

    def settle(self, order: Order, edits: OrderEdits) -> None:
        """What the ERP has in this order by now, by whoever's hand, is no move any more."""
        if self._moves and self._is_known and not any(self._is_new(order, each.id) for each in self._moves):
            gathering, self.is_gathering = self.is_gathering, False
            if not self.to_send(order, edits):
                self._moves = ()
            self.is_gathering = gathering

    def release(self) -> None:
        """Nothing is on its way any more."""
        self._sent, self._moved_since = frozenset(), set()

    def give_up(self) -> None:
        """The rows stand as the ERP has them."""
        self._moves = ()
        self.release()

    @property
    def _is_known(self) -> bool:
        return not self._sent and not self._unsure

    def _unmoved(self, order: Order, edits: OrderEdits) -> tuple[str, ...]:
        of, given, stored = self._stored
        if of is not order or given != self._keys.given:
            # Once for each answer of the ERP: with a thousand lines it would be felt with every key.
            stored = tuple(self._keys.key_of(line.id) for line in order.lines)
            self._stored = order, self._keys.given, stored
        gone_or_new = [self._keys.key_of(edit.line_id) for edit in edits if order.line(edit.line_id) is None]
        return (*stored, *gone_or_new) if gone_or_new else stored

    def _by_id(self, order: Order, edits: OrderEdits, there: Collection[str]) -> Moves:
        id_of = self._keys.id_of
        shown = self.keys(order, edits)
        moves = rebase(self._moves, shown, {key for key in shown if id_of(key) in there})
        return renamed(moves, {key: id_of(key) for key in shown})

    def _is_new(self, order: Order, key: str) -> bool:
        return order.line(self._keys.id_of(key)) is None
