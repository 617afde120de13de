"""What stands typed in a row at a moment, and bringing rows back to what once stood there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from app.domain.money import Money
from app.domain.order_edits import Value, value_of
from app.domain.order_moves import ways_back
from app.domain.orders import PRICED_BY, LineField, LineKind
from app.services.order_rows import BadInput, InputProblem, RowStatus, RowView, TypedRow
from app.services.order_session import OrderSession

_PRICES = (LineField.UNIT_PRICE, LineField.DISCOUNT)
_TYPED_IN_TURN = (  # another product takes back what follows from it, so it comes first
    LineField.PRODUCT,
    LineField.DESCRIPTION,
    LineField.QUANTITY,
    LineField.UNIT,
    LineField.DISCOUNT,
    LineField.UNIT_PRICE,
)
_ON_ITS_WAY = (RowStatus.SENDING, RowStatus.CHECKING)


@dataclass(frozen=True, slots=True)
class RowContent:
    """What stands typed in a row, whether or not the ERP has it by now.

    Attributes:
        values: Of every field. A price that is not ``by_hand`` is the ERP's answer, and comes back as such.
        bad: What could not be sent, as it was typed.
        stood: The unit price that the ERP had from before, by hand for all that is known; see `PriceMemory.stood`.
    """

    kind: LineKind
    values: Mapping[LineField, Value]
    by_hand: frozenset[LineField] = frozenset()
    bad: Mapping[LineField, BadInput] = field(default_factory=dict)
    stood: Money | None = None

    def typed(self, name: LineField) -> Value | BadInput:
        """What the user has in the field: for a price nothing, unless it is his own."""
        if name in self.bad:
            return self.bad[name]
        return None if name in _PRICES and name not in self.by_hand else self.values[name]

    def differences(self, other: "RowContent") -> frozenset[LineField]:
        """The fields in which something else is typed."""
        names = frozenset(name for name in LineField if self.typed(name) != other.typed(name))
        return names if self.stood == other.stood else names | {LineField.UNIT_PRICE}

    def with_fields_of(self, other: "RowContent", names: frozenset[LineField]) -> "RowContent":
        """This content, but in the fields of these names the other's."""
        return RowContent(
            self.kind,
            {name: (other if name in names else self).values[name] for name in LineField},
            self.by_hand - names | other.by_hand & names,
            {name: bad for name, bad in self.bad.items() if name not in names}
            | {name: bad for name, bad in other.bad.items() if name in names},
            other.stood if LineField.UNIT_PRICE in names else self.stood,
        )

    def as_typed(self) -> TypedRow:
        """A new row with this content."""
        values = {name: value for name in LineField if not isinstance(value := self.typed(name), BadInput)}
        typed = {name: value for name, value in values.items() if value != ""}
        return TypedRow(typed, self.bad, self.kind, self.stood)


class Typist(Protocol):
    """What the window does for a row."""

    def look_up(self, key: str, text: str) -> None:
        """Put a text in the row and find the product that it means."""

    @property
    def is_current(self) -> Callable[[str], bool]:
        """Whether the cursor is in the row of a key."""


@dataclass(frozen=True, slots=True)
class Return:
    """A row that is to hold ``was`` again where it came to hold ``is_`` at ``since`` (`TheirChanges.now`)."""

    key: str
    is_: RowContent | None
    was: RowContent | None
    since: int


class Outcome(IntEnum):
    """What came of it."""

    DONE = 0
    THEIRS = 1  # somebody else has changed it since: nothing was done
    GONE = 2  # somebody else has removed it since


def content_of(session: OrderSession, key: str) -> RowContent | None:
    """What stands in the row; None where there is none, it is on its way out, or it is new and empty."""
    view = _view(session, key)
    if view is None or view.removed:
        return None
    line, edit = view.line, session.edits.get(view.line.id)
    if line.is_new and not view.bad and not (edit is not None and edit.values):
        return None
    values = {name: value_of(line, name) for name in LineField}
    # The unit of another product stands there until the ERP has answered for this one.
    if edit is not None and edit.needs_price and LineField.PRODUCT in edit.values:
        values[LineField.UNIT] = edit.values.get(LineField.UNIT)
    bad = {name: wrong for name, wrong in view.bad.items() if wrong.text}
    return RowContent(line.kind, values, view.manual - bad.keys(), bad, session.stood(key))


def bring_back(
    session: OrderSession, typist: Typist, rows: Sequence[Return], order: Sequence[str]
) -> dict[str, Outcome]:
    """Let rows hold again what they held, and stand where they stood in ``order`` (see `OrderSession.standing`).

    Only what differs is typed, so that what has happened to a row besides stands. It goes to the ERP like anything that
    is typed, priced anew; a line that the ERP has no more becomes a new one. Never raises.
    """
    outcomes: dict[str, Outcome] = {}
    out = [row for row in rows if row.was is None]
    outcomes |= {row.key: _may_go(session, row) for row in out}
    if gone := [row.key for row in out if outcomes[row.key] is Outcome.DONE and _is_there(session, row.key)]:
        session.remove(*gone)
    anew: list[tuple[str, RowContent]] = []
    to_leave: list[str] = []
    for row in rows:
        if row.was is None:
            continue
        was_left = session.is_left(row.key)
        if row.is_ is not None and session.theirs.removed(row.key, row.since) and _view(session, row.key) is None:
            outcomes[row.key] = Outcome.GONE
        elif _is_there(session, row.key) and row.is_ is not None:
            outcomes[row.key] = _retype(session, typist, row, row.is_, row.was)
        else:
            if _view(session, row.key) is not None:
                session.revert(row.key)  # a removal that is not under way is taken back
            if _view(session, row.key) is None:
                anew.append((row.key, row.was))
            else:
                _type_all(session, typist, row, row.was)
            outcomes[row.key] = Outcome.DONE
        if was_left or not typist.is_current(row.key):
            to_leave.append(row.key)
    if anew:
        _make(session, typist, anew)
    done = {key for key, outcome in outcomes.items() if outcome is Outcome.DONE}
    session.move(*ways_back(session.standing(), order, done))
    for key in to_leave:
        session.leave(key)
    return outcomes


def _may_go(session: OrderSession, row: Return) -> Outcome:
    return Outcome.THEIRS if session.theirs.changed(row.key, row.since) else Outcome.DONE


def _make(session: OrderSession, typist: Typist, rows: Sequence[tuple[str, RowContent]]) -> None:
    session.add_rows([content.as_typed() for _, content in rows], [key for key, _ in rows])
    for key, content in rows:
        for bad in content.bad.values():
            if bad.problem is InputProblem.LOOKING_UP:
                typist.look_up(key, bad.text)


def _type_all(session: OrderSession, typist: Typist, row: Return, was: RowContent) -> None:
    """The row is there after all: type what it lacks; all of it, where its removal is under way."""
    view, theirs = session.row(row.key), session.theirs.changed(row.key, row.since)
    for name in _TYPED_IN_TURN:
        wanted = was.typed(name)
        is_own = name in theirs or (name in _PRICES and wanted is None)
        if not is_own and (view.removed or wanted != _typed_now(session, row.key, name)):
            _type(session, typist, row.key, name, wanted)


def _typed_now(session: OrderSession, key: str, name: LineField) -> Value | BadInput:
    content = content_of(session, key)
    return None if content is None else content.typed(name)


def _retype(session: OrderSession, typist: Typist, row: Return, is_: RowContent, was: RowContent) -> Outcome:
    names = was.differences(is_)
    view = session.row(row.key)
    base, edit = session.order.line(view.line.id), session.edits.get(view.line.id)
    if base is None and not view.line.is_new:
        session.revert(row.key)  # they removed the line while this waited: what was typed is taken back
        return Outcome.DONE
    theirs = session.theirs.changed(row.key, row.since) & names
    if theirs and not (edit is not None and theirs <= edit.values.keys()):
        return Outcome.THEIRS
    if LineField.PRODUCT in names:
        names |= {LineField.UNIT} | was.by_hand  # another product takes them back
    for name in _TYPED_IN_TURN:
        if name not in names:
            continue
        wanted = was.typed(name)
        if name in theirs and base is not None:
            wanted = value_of(base, name)  # mine was never written, and what they made of it stands
        elif name in _PRICES and wanted is None:
            if was.by_hand:
                continue  # the price or the discount: typing the one takes the other back
            # Where the ERP's own price still stands in the ERP nothing is asked and nothing is written.
            is_stored = base is not None and view.status not in _ON_ITS_WAY
            stored = value_of(base, name) if is_stored and base is not None else None
            wanted = stored if stored == was.values[name] else None
        elif name is LineField.UNIT and wanted is None:
            continue  # the ERP chooses the product's own
        _type(session, typist, row.key, name, wanted)
    if was.stood is not None and names & PRICED_BY:
        session.let_stand(row.key, was.stood)
    return Outcome.DONE


def _type(session: OrderSession, typist: Typist, key: str, name: LineField, value: Value | BadInput) -> None:
    if not isinstance(value, BadInput):
        session.edit(key, name, value)
    elif value.problem is InputProblem.LOOKING_UP:
        typist.look_up(key, value.text)
    else:
        session.reject(key, name, value.text, value.problem)


def _view(session: OrderSession, key: str) -> RowView | None:
    try:
        return session.row(key)
    except KeyError:
        return None


def _is_there(session: OrderSession, key: str) -> bool:
    view = _view(session, key)
    return view is not None and not view.removed
