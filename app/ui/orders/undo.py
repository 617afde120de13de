"""Undo and redo of what the user does to an order's lines, on a `QUndoStack` of that order's own.

A line goes to the ERP as soon as its row is left, so taking a change back is a new change, to what the row held before:
typed, priced by the ERP and written like any other. What others have done meanwhile is never taken back with it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from app.domain.orders import LineField
from app.services.order_desk import DeskOrder
from app.services.row_content import Outcome, Return, RowContent, bring_back, content_of

translate = QCoreApplication.translate

Words = Callable[[], str]
"""What was done, in the language in force ("quantity of line {line}"); ``{line}`` becomes the row's item."""

_AT_MOST = 500
"""Steps that are remembered."""
_LONGEST_LABEL = 24


@dataclass(slots=True)
class _Touched:
    """A row in a step.

    Attributes:
        since: What somebody else has changed after that is not ours to take back (`TheirChanges.now`).
        is_done: What the step did stands; otherwise it has been taken back.
    """

    before: RowContent | None
    after: RowContent | None
    since: int
    is_done: bool = True

    @property
    def is_typed(self) -> bool:
        """Something else stands in it."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return bool(self.before.differences(self.after))


@dataclass(slots=True)
class _Deed:
    """What a step did.

    As steps are taken back in turn, the last one first, our rows stand as they did after it whenever it is to be taken
    back, and as before it whenever it is to be done again. So its own rows alone have to be put in their place.

    Attributes:
        rows: The rows in it, by their keys.
        was: How all rows stood before (`OrderSession.standing`).
        is_: How they stood after it; empty, as `was`, where no row came, went, or was put elsewhere.
    """

    rows: dict[str, _Touched]
    was: tuple[str, ...]
    is_: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        """It changed what stands in a row."""
        return any(row.is_typed for row in self.rows.values())

    @property
    def is_change(self) -> bool:
        """There is something to take back."""
        return self.is_typed or self.was != self.is_


class Step(QUndoCommand):
    """One thing the user did, to one row or to many."""

    def __init__(self, undo: "OrderUndo", words: Words, deed: _Deed) -> None:
        super().__init__()
        self.deed = deed
        self._undo = undo
        self._words = words
        self._is_pushed = False

    def undo(self) -> None:
        """See `QUndoCommand`. Does no I/O and never raises."""
        self._go(done=False)

    def redo(self) -> None:
        """See `QUndoCommand`. Does nothing the first time, when it has just been done."""
        if self._is_pushed:
            self._go(done=True)
        self._is_pushed = True

    def _go(self, *, done: bool) -> None:
        if not self._undo.bring(self.deed, done=done):
            self.setObsolete(True)

    @property
    def words(self) -> str:
        """What was done, as it stands after "Undo"."""
        return self._words().replace("{line}", self._undo.label(self.deed.rows))


class OrderUndo(QObject):
    """What can be taken back in one order; it lives as long as the order's session.

    Attributes:
        is_current: Whether the cursor is in the row of a key.
        notice: Why the last undo or redo left something as it is; empty where it did not.

    Signals:
        brought: The key of a row that was brought back, and its field as text where it is one; put the cursor there.
        noticed: `notice` changed.
    """

    brought = Signal(str, str)
    noticed = Signal()

    def __init__(self, desk_order: DeskOrder) -> None:
        super().__init__()
        self.session = desk_order.session
        self.is_current: Callable[[str], bool] = lambda _key: False
        self.notice = ""
        self._products = desk_order.products
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_AT_MOST)
        self._open: _Deed | None = None
        self._left: set[str] = set()  # the rows of the open step that had been left when it began

    def __del__(self) -> None:
        """Let go of the steps while they are whole.

        They know us, so all go together, by Python's cyclic collector, and in any order: the stack, which Qt ends, then
        deletes steps that Python has freed, and the process crashes. Finalizers run before anything is freed.
        """
        if isValid(self._stack):
            self._stack.clear()

    # -- what the window asks

    @property
    def can_undo(self) -> bool:
        """There is something to take back, in an order that takes changes."""
        return self._stack.canUndo() and self.session.order.editable

    @property
    def can_redo(self) -> bool:
        """Something was taken back, in an order that takes changes."""
        return self._stack.canRedo() and self.session.order.editable

    @property
    def undo_words(self) -> str:
        """What would be taken back, or empty."""
        return self._words_of(self._stack.index() - 1)

    @property
    def redo_words(self) -> str:
        """What would be done again, or empty."""
        return self._words_of(self._stack.index())

    def undo(self) -> None:
        """Take back the last step."""
        self._say("")
        is_change = False
        while self.can_undo and not is_change and not self.notice:
            is_change = self._is_change(self._stack.index() - 1)
            self._stack.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._say("")
        is_change = False
        while self.can_redo and not is_change and not self.notice:
            is_change = self._is_change(self._stack.index())
            self._stack.redo()

    @contextmanager
    def step(self, words: Words, *, typing: bool = False) -> Iterator[None]:
        """What is done to the order's rows inside, by whatever way, can be taken back as one.

        A step in a step is part of it. One that changed nothing is forgotten.

        Args:
            typing: It joins the step before where that typed in the same cell, or began this row, and the cursor has
                not left the row since.
        """
        if self._open is not None:
            yield
            return
        deed = self._open = _Deed({}, self.session.standing())
        self._left = set()
        try:
            yield
        finally:
            self._open = None
            self._end(words, deed, typing=typing)

    # -- Recorder

    def changing(self, *keys: str) -> None:
        """See `Recorder`."""
        if self._open is not None:
            for key in keys:
                if key not in self._open.rows:
                    if self.session.is_left(key):
                        self._left.add(key)
                    self._open.rows[key] = _Touched(content_of(self.session, key), None, 0)

    def began(self, *keys: str) -> None:
        """See `Recorder`."""
        if self._open is not None:
            for key in keys:
                self._open.rows.setdefault(key, _Touched(None, None, 0))

    # -- Typist

    def look_up(self, key: str, text: str) -> None:
        """See `Typist`."""
        self._products.look_up(key, text, lambda: None if self.is_current(key) else self.session.leave(key))

    # -- doing it

    def bring(self, deed: _Deed, *, done: bool) -> bool:
        """Let the rows be as they were after the deed, or before; whether any of them is."""
        to_go = {key: row for key, row in deed.rows.items() if row.is_done is not done}
        returns = []
        for key, row in to_go.items():
            if not done:
                row.after = self._as_it_became(key, row)
            is_, was = (row.before, row.after) if done else (row.after, row.before)
            returns.append(Return(key, is_, was, row.since))
        outcomes = bring_back(self.session, self, returns, deed.is_ if done else deed.was)
        for key, row in to_go.items():
            if outcomes[key] is Outcome.DONE:
                row.is_done = done
        self._tell(to_go, outcomes)
        return not to_go or any(row.is_done is done for row in to_go.values())

    def _as_it_became(self, key: str, row: _Touched) -> RowContent | None:
        """What the step made of the row, with what has come of it since: an item that was found, a line typed on."""
        now = content_of(self.session, key)
        if now is None or row.after is None:
            return row.after
        if row.before is None:
            return now
        # A price by hand is known as such only until it is stored, so of those the step's own counts.
        names = row.before.differences(row.after) - (row.after.by_hand - now.by_hand)
        if row.after.stood is not None and now.stood is None and not now.by_hand:
            names |= {LineField.UNIT_PRICE}  # the ERP's own was taken in its place
        return row.after.with_fields_of(now, names)

    def _end(self, words: Words, deed: _Deed, *, typing: bool) -> None:
        now, order = self.session.theirs.now, self.session.standing()
        for key, row in deed.rows.items():
            row.after, row.since = content_of(self.session, key), now
        if order == deed.was:
            deed.was = ()
            deed.rows = {key: row for key, row in deed.rows.items() if row.is_typed}
        else:
            deed.is_ = order
        if not deed.is_change or (typing and self._join(deed)):
            return
        self._say("")
        self._stack.push(Step(self, words, deed))

    def _join(self, deed: _Deed) -> bool:
        index = self._stack.index()
        last = self._stack.command(index - 1) if 0 < index == self._stack.count() else None
        if not isinstance(last, Step) or last.deed.rows.keys() != deed.rows.keys() or len(deed.rows) != 1:
            return False
        ((key, row),) = deed.rows.items()
        former = last.deed.rows[key]
        if (
            (key in self._left and row.is_typed)
            or not former.is_done
            or row.before is None
            or row.after is None
            or former.after is None
        ):
            return False
        if deed.was:
            if not last.deed.was or last.deed.is_typed or deed.is_typed:
                return False
            last.deed.is_ = deed.is_
            return True
        if former.before is not None:
            names = former.before.differences(former.after)
            if len(names) != 1 or names != row.before.differences(row.after):
                return False
        former.after, former.since = row.after, row.since
        return True

    # -- words

    def label(self, rows: Mapping[str, _Touched]) -> str:
        """What a row is called: its item, or the beginning of its text."""
        for key, row in rows.items():
            content = content_of(self.session, key) or row.after or row.before
            if content is not None:
                return _label(content)
        return ""

    def _words_of(self, index: int) -> str:
        step = self._stack.command(index) if 0 <= index < self._stack.count() else None
        return step.words if isinstance(step, Step) else ""

    def _is_change(self, index: int) -> bool:
        step = self._stack.command(index)
        return isinstance(step, Step) and step.deed.is_change

    def _tell(self, rows: Mapping[str, _Touched], outcomes: Mapping[str, Outcome]) -> None:
        kept = [outcome for outcome in outcomes.values() if outcome is not Outcome.DONE]
        if Outcome.THEIRS in kept:
            self._say(translate("OrderUndo", "Somebody else has changed it since, so it was left as it is."))
        elif kept:
            self._say(
                translate("OrderUndo", "Somebody else has removed the line since, so there is nothing to change.")
            )
        for key, row in rows.items():
            if outcomes[key] is Outcome.DONE:
                names = row.before.differences(row.after) if row.before is not None and row.after is not None else ()
                self.brought.emit(key, next(iter(names)).value if len(names) == 1 else "")
                break

    def _say(self, notice: str) -> None:
        if notice != self.notice:
            self.notice = notice
            self.noticed.emit()


def undo_of(desk_order: DeskOrder) -> OrderUndo:
    """What can be taken back in an order: the same for as long as it is on the desk."""
    recorder = desk_order.session.recorder
    if not isinstance(recorder, OrderUndo):
        recorder = desk_order.session.recorder = OrderUndo(desk_order)
    return recorder


def typing_words(name: LineField) -> Words:
    """A value was typed in a cell."""
    return lambda: {
        LineField.PRODUCT: translate("OrderUndo", "item of line {line}"),
        LineField.DESCRIPTION: translate("OrderUndo", "description of line {line}"),
        LineField.QUANTITY: translate("OrderUndo", "quantity of line {line}"),
        LineField.UNIT: translate("OrderUndo", "unit of line {line}"),
        LineField.UNIT_PRICE: translate("OrderUndo", "price of line {line}"),
        LineField.DISCOUNT: translate("OrderUndo", "discount of line {line}"),
    }[name]


def new_line_words() -> str:
    """A line was typed."""
    return translate("OrderUndo", "new line {line}")


def removal_words() -> str:
    """A line was taken away."""
    return translate("OrderUndo", "removal of line {line}")


def copy_words() -> str:
    """A line was copied."""
    return translate("OrderUndo", "copy of line {line}")


def move_words() -> str:
    """A line was put elsewhere."""
    return translate("OrderUndo", "move of line {line}")


def revert_words() -> str:
    """What was typed in a row was taken back with Esc."""
    return translate("OrderUndo", "taking back line {line}")


def _label(content: RowContent) -> str:
    product, bad = content.values[LineField.PRODUCT], content.bad.get(LineField.PRODUCT)
    text = bad.text if bad is not None else getattr(product, "code", "") or getattr(product, "name", "")
    text = str(text or content.values[LineField.DESCRIPTION] or "").strip().partition("\n")[0]
    return text if len(text) <= _LONGEST_LABEL else text[:_LONGEST_LABEL] + "…"
