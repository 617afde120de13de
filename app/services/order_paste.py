"""Pasting a table into an order: read, its items looked up a hundred at a time, and typed in as rows all at once."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.money import Money
from app.domain.order_edits import Value
from app.domain.orders import LineField, LineKind, OrderHeader, ProductHit, Unit
from app.domain.pasted_rows import PastedRow, TooMuch, read_rows
from app.domain.pasted_text import LONGEST_CELL, bare
from app.domain.quantities import unit_of
from app.domain.text import fold
from app.ports.erp import ErpSystem
from app.ports.errors import NoAnswer, NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_rows import BadInput, InputProblem, RowStatus, TypedRow
from app.services.order_session import OrderSession
from app.services.order_writer import as_fault
from app.services.order_writes import pauses

Put = Callable[[Sequence[TypedRow]], Sequence[str]]
"""Puts rows at the end of the order and gives their keys."""

_ITEMS_AT_ONCE = 100
_MOST_NAMED = 12
_ON_ITS_WAY = (RowStatus.PENDING, RowStatus.SENDING, RowStatus.CHECKING)
_PIECES = frozenset(
    ["stk", "styk", "st", "pcs", "pc", "pce", "piece", "pieces", "ea", "each", "unit", "units", "u", "enh", "enhed"]
)
"""What a piece is called in other programs; everything else is a unit only where it is called what the ERP calls it."""


class Stage(StrEnum):
    """How far a paste is."""

    NONE = "none"
    READING = "reading"  # what the text says, and which items those are
    WRITING = "writing"  # the rows stand in the order and are on their way
    ENDED = "ended"
    STOPPED = "stopped"  # by the user
    TOO_MUCH = "too_much"
    EMPTY = "empty"  # there was no row in the text
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PasteState:
    """What is to be told of the last paste.

    Attributes:
        rows: How many rows it has.
        looked_up: How many of its items have been looked up, while it is being read.
        items: How many there are to look up.
        stored: Rows in the ERP.
        waiting: Rows that wait for the user.
        taken_back: Rows that were taken out of the order again when the user stopped it.
        most: How many rows one paste takes.
        fault: Why it failed.
    """

    stage: Stage = Stage.NONE
    rows: int = 0
    looked_up: int = 0
    items: int = 0
    stored: int = 0
    waiting: int = 0
    taken_back: int = 0
    most: int = 0
    fault: SystemFault | None = None

    @property
    def is_under_way(self) -> bool:
        """It has not come to an end."""
        return self.stage in (Stage.READING, Stage.WRITING)


class OrderPaste:
    """The paste of one order: at most one is under way. It also tells of many rows that came otherwise.

    Attributes:
        listener: Is called when the stage changes.
        problem_keys: The rows of the last paste that wait for the user, from the top; as `state` last saw it.
    """

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner) -> None:
        self.listener: Callable[[], None] = lambda: None
        self.problem_keys: tuple[str, ...] = ()
        self._erp = erp
        self._session = session
        self._runner = runner
        self._state = PasteState()
        self._job: Job | None = None
        self._keys: Sequence[str] = ()

    def paste(self, text: str, decimal_sign: str, put: Put) -> None:
        """Put the rows of ``text`` into the order. Without effect while another paste is being read.

        ``decimal_sign`` is the user's own, for numbers that can be read both ways.
        """
        if self._state.stage is Stage.READING:
            return
        header = self._session.header

        async def read() -> tuple[PastedRow, ...] | TooMuch:
            try:
                return await asyncio.to_thread(read_rows, text, decimal_sign=decimal_sign, currency=header.currency)
            except TooMuch as error:
                return error

        def failed(error: Exception) -> None:
            self._to(PasteState(Stage.FAILED, fault=as_fault(error)))

        def done(rows: tuple[PastedRow, ...] | TooMuch) -> None:
            if isinstance(rows, TooMuch):
                self._to(PasteState(Stage.TOO_MUCH, most=rows.most))
            elif not rows:
                self._to(PasteState(Stage.EMPTY))
            else:
                self._look_up(rows, list(dict.fromkeys(row.item for row in rows if row.item)), {}, put)

        self._keys = ()
        self._to(PasteState(Stage.READING))
        self._job = self._runner.run(read(), done, failed)

    def follow(self, keys: Sequence[str]) -> None:
        """Tell of these rows, which were put into the order otherwise, as of pasted ones: how far they are, and stop.

        Without effect while a paste is being read, which will have its own to tell.
        """
        state = self.state()
        if state.stage is Stage.READING:
            return
        self._keys = [*self._keys, *keys] if state.stage is Stage.WRITING else list(keys)
        self._to(PasteState(Stage.WRITING, rows=len(self._keys)))

    def stop(self) -> None:
        """The user wants no more of it: what is in the ERP or being written stays, the other rows are taken out."""
        state = self.state()
        if state.stage is Stage.READING and self._job is not None:
            self._job.cancel()
            self._to(PasteState(Stage.STOPPED))
        elif state.stage is Stage.WRITING:
            stays = (RowStatus.STORED, RowStatus.SENDING, RowStatus.CHECKING)
            status = {key: self._session.status(key) for key in self._keys}
            taken = [key for key, is_ in status.items() if is_ is not None and is_ not in stays]
            self._session.remove(*taken)
            self._keys = [key for key, is_ in status.items() if is_ in stays]
            self._to(PasteState(Stage.STOPPED, rows=state.rows, stored=len(self._keys), taken_back=len(taken)))

    def forget(self) -> None:
        """What became of the last paste has been read."""
        if not self._state.is_under_way:
            self._to(PasteState())

    def state(self) -> PasteState:
        """What is to be told now; looks at every row of the paste, so not to be asked with every one that changes."""
        state = self._state
        if state.stage not in (Stage.WRITING, Stage.ENDED):
            return state
        status = {key: self._session.status(key) for key in self._keys}
        counts = Counter(status.values())
        self.problem_keys = tuple(
            key for key, is_ in status.items() if is_ not in (None, RowStatus.STORED, *_ON_ITS_WAY)
        )
        on_their_way = sum(counts[each] for each in _ON_ITS_WAY)
        self._state = PasteState(
            Stage.WRITING if on_their_way and state.stage is Stage.WRITING else Stage.ENDED,
            rows=state.rows,
            stored=counts[RowStatus.STORED],
            waiting=len(self.problem_keys),
        )
        return self._state

    def _look_up(
        self, rows: Sequence[PastedRow], items: Sequence[str], found: Mapping[str, ProductHit], put: Put
    ) -> None:
        """Ask for the items from the last one found on; when all are known the rows go into the order."""
        asked = self._state.looked_up
        if asked >= len(items):
            self._job = None
            typed = [_typed(row, found.get(row.item), self._session.header) for row in rows]
            self._keys = put(typed)
            self._to(PasteState(Stage.WRITING, rows=len(rows)))
            return
        some = items[asked : asked + _ITEMS_AT_ONCE]

        def done(hits: Mapping[str, ProductHit]) -> None:
            self._to(PasteState(Stage.READING, rows=len(rows), items=len(items), looked_up=asked + len(some)))
            self._look_up(rows, items, {**found, **hits}, put)

        def failed(error: Exception) -> None:
            self._to(PasteState(Stage.FAILED, fault=as_fault(error)))

        self._to(PasteState(Stage.READING, rows=len(rows), items=len(items), looked_up=asked))
        self._job = self._runner.run(self._find(some), done, failed)

    async def _find(self, items: Sequence[str]) -> Mapping[str, ProductHit]:
        """Waits while the ERP does not answer; the user can stop it."""
        for pause in pauses():
            try:
                return await self._erp.find_products(items, header=self._session.header)
            except (NoAnswer, NotSignedIn):
                await asyncio.sleep(pause)
        raise AssertionError("the pauses never end")

    def _to(self, state: PasteState) -> None:
        has_moved = state != self._state
        self._state = state
        if has_moved:
            self.listener()


def _typed(row: PastedRow, hit: ProductHit | None, header: OrderHeader) -> TypedRow:
    """The row as if it had been typed, its item being ``hit`` or unknown."""
    if row.is_text:
        return TypedRow({LineField.DESCRIPTION: row.description}, kind=LineKind.COMMENT)
    bad = {name: BadInput(cell.text, InputProblem(cell.problem.value)) for name, cell in row.bad.items()}
    values: dict[LineField, Value] = {LineField.QUANTITY: row.quantity, LineField.DISCOUNT: row.discount}
    if row.unit_price is not None:
        values[LineField.UNIT_PRICE] = Money(row.unit_price, header.currency)
    if hit is not None:
        values[LineField.PRODUCT] = hit.product
    elif row.item:
        bad[LineField.PRODUCT] = BadInput(row.item[:LONGEST_CELL], InputProblem.UNKNOWN_PRODUCT)
    # A copy out of an order shows the item's own name where the line has no text of its own.
    if hit is None or fold(bare(row.description)) != fold(hit.product.name):
        values[LineField.DESCRIPTION] = row.description or None
    unit, is_unit = _unit(row.unit, hit)
    if not is_unit:
        choices = tuple(each.symbol for each in hit.units[:_MOST_NAMED]) if hit is not None else ()
        bad[LineField.UNIT] = BadInput(row.unit, InputProblem.UNKNOWN_UNIT, choices)
    elif hit is not None and unit != hit.unit:
        values[LineField.UNIT] = unit
    return TypedRow({name: value for name, value in values.items() if name not in bad}, bad)


def _unit(text: str, hit: ProductHit | None) -> tuple[Unit | None, bool]:
    """The unit that ``text`` names, and whether it is a unit at all: the item's own where it names none."""
    own = hit.unit if hit is not None else None
    word = bare(text)
    if not word:
        return own, True
    units = (hit.units or ((own,) if own is not None else ())) if hit is not None else ()
    named = unit_of(word, units)
    if named is None and _is_piece(word):
        # Of an item that is not known yet, pieces are no more than nothing said.
        named = next((unit for unit in units if _is_piece(unit.symbol)), None)
        return named, named is not None or hit is None
    return named, named is not None


def _is_piece(word: str) -> bool:
    return fold(word).rstrip(".") in _PIECES
