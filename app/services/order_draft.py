"""The rows of an order being edited: what the ERP has, what is typed on top of it, and what may travel. No I/O."""

from dataclasses import replace

from app.domain.order_changes import LineChange, LineRemoval, OrderChanges, OrderUpdate
from app.domain.order_edits import LineEdit, OrderEdits, Value, collisions_of, diff, rebase, typed_since, value_of
from app.domain.orders import PRICED_BY, LineField, LineKind, LinePrice, Order, OrderLine
from app.ports.errors import Conflict, SystemFault
from app.services.order_pricing import PriceQuestion
from app.services.order_rows import BadInput, InputProblem, RowProgress, RowStatus, RowView
from app.services.tokens import LOCAL, LineTokens, token_of


class OrderDraft:
    """The rows of one order, told apart by the ERP's id of their line, or a local one until the ERP has given it.

    Attributes:
        order: As the ERP last gave it.
        edits: What is typed on top of it.
    """

    def __init__(self, order: Order, tokens: LineTokens) -> None:
        self.order = order
        self.edits = OrderEdits()
        self._tokens = tokens
        self._progress: dict[str, RowProgress] = {}  # of every row with an edit or a bad text
        self._keys: dict[str, str] = {}  # the ERP's id of a line -> the key its row has had from the start
        self._ids: dict[str, str] = {}  # and back

    # -- what is there

    def keys(self) -> tuple[str, ...]:
        """The rows from top to bottom: the ERP's lines, those it has no more, and last those begun here.

        Rows begun here stay in the order in which they were begun: one that is refused does not move because the next
        one is in the ERP before it.
        """
        lines, key_of = self.order.lines, self._keys
        gone_or_new = (edit.line_id for edit in self.edits if self.order.line(edit.line_id) is None)
        rows = [*(key_of.get(line.id, line.id) for line in lines), *(key_of.get(i, i) for i in gone_or_new)]
        begun_here = sorted((key for key in rows if key.startswith(LOCAL)), key=token_of)
        return (*(key for key in rows if not key.startswith(LOCAL)), *begun_here) if begun_here else tuple(rows)

    def problem_keys(self) -> tuple[str, ...]:
        """The rows that wait for the user: refused, or changed by somebody else too."""
        waits = (RowStatus.REFUSED, RowStatus.COLLIDES)
        return tuple(
            self.key_of(line_id)
            for line_id, progress in self._progress.items()
            if progress.status(self.edits.get(line_id), checking=False) in waits
        )

    def id_of(self, key: str) -> str:
        """The line's id of a row."""
        return self._ids.get(key, key)

    def key_of(self, line_id: str) -> str:
        """The key of a line's row."""
        return self._keys.get(line_id, line_id)

    def base(self, line_id: str) -> OrderLine | None:
        """What an edit of the line rests on: the ERP's line, that line before somebody removed it, or an empty one."""
        line, edit = self.order.line(line_id), self.edits.get(line_id)
        if line is not None or edit is None:
            return line
        return OrderLine(line_id, kind=edit.kind) if edit.is_new else self._progress[line_id].was

    def line(self, line_id: str) -> OrderLine | None:
        """The line as its row shows it; one that is to go shows what it held. None when it is gone."""
        base, edit = self.base(line_id), self.edits.get(line_id)
        if base is None or edit is None:
            return base
        if not edit.removed:
            return edit.onto(base)
        sent = self._progress[line_id].sent
        return sent.onto(base) if sent is not None else base

    def row(self, key: str, *, checking: bool) -> RowView:
        """One row. Raises KeyError when it is gone."""
        line_id = self.id_of(key)
        line, edit = self.line(line_id), self.edits.get(line_id)
        progress = self._progress.get(line_id) or RowProgress()
        if line is None:
            raise KeyError(key)
        return RowView(
            key=key,
            line=line,
            status=progress.status(edit, checking=checking),
            removed=edit is not None and edit.removed,
            manual=edit.manual if edit is not None else frozenset(),
            awaits_price=edit is not None
            and edit.needs_price
            and not progress.is_blocked
            and line.product is not None
            and line.quantity is not None,
            bad=dict(progress.bad),
            fault=progress.fault,
            collisions=progress.collisions,
        )

    @property
    def has_unwritten(self) -> bool:
        """Something typed is not acknowledged by the ERP. An empty new row is nothing."""
        return any(edit.values or edit.removed for edit in self.edits) or any(p.bad for p in self._progress.values())

    @property
    def is_looking_up(self) -> bool:
        """A row that was left waits for its product to be found."""
        return any(
            p.left and any(bad.problem is InputProblem.LOOKING_UP for bad in p.bad.values())
            for p in self._progress.values()
        )

    def is_left(self, line_id: str) -> bool:
        """The cursor is not in this row, or nothing was typed there."""
        progress = self._progress.get(line_id)
        return progress is None or progress.left

    def is_blank(self, line_id: str) -> bool:
        """Nothing stands typed in the row."""
        edit, progress = self.edits.get(line_id), self._progress.get(line_id)
        if progress is not None and (progress.bad or progress.sent is not None):
            return False
        return edit is None or (edit.is_new and not edit.values)

    def ready(self) -> list[str]:
        """The rows that may be written now, priced or not, in the order they were first typed in."""
        return [
            edit.line_id
            for edit in self.edits
            if (progress := self._progress[edit.line_id]).left and progress.sent is None and not progress.is_blocked
        ]

    def price_question(self, line_id: str) -> PriceQuestion | None:
        """What to ask the ERP for the price of this row, or None when it needs none or cannot be priced."""
        edit, progress = self.edits.get(line_id), self._progress.get(line_id)
        if edit is None or progress is None or not edit.needs_price:
            return None
        if progress.sent is not None or progress.fault or progress.collisions or progress.bad.keys() & PRICED_BY:
            return None
        line = self.line(line_id)
        if line is None or line.product is None or line.quantity is None:
            return None
        return PriceQuestion(self.order.header, line, PRICED_BY & edit.values.keys())

    # -- what the user does

    def add(self, kind: LineKind) -> str:
        """A new empty row at the end; its id."""
        line_id = self._tokens.next()
        self._put(LineEdit(line_id, kind=kind))
        return line_id

    def type(self, line_id: str, name: LineField, value: Value) -> None:
        """A value was typed."""
        progress = self._typing(line_id)
        progress.bad.pop(name, None)
        line = self.order.line(line_id)
        # While an earlier edit is on its way, or the line is gone, no value is "the ERP's own again".
        is_moving = progress.sent is not None or (line is None and progress.was is not None)
        self.edits = self.edits.typed(None if is_moving else self.base(line_id), line_id, name, value)
        edit = self.edits.get(line_id)
        if progress.was is not None:
            progress.collisions = collisions_of(edit, progress.was, line) if edit is not None else ()
            if not progress.collisions:
                progress.was = None

    def reject(self, line_id: str, name: LineField, bad: BadInput) -> None:
        """A text was typed that cannot be sent."""
        self._typing(line_id).bad[name] = bad

    def leave(self, line_id: str) -> None:
        """The cursor left the row; what it lacks to be sent is marked."""
        progress, edit, line = self._progress[line_id], self.edits.get(line_id), self.line(line_id)
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
        base, progress = self.base(line_id), self._progress.get(line_id)
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
        self._put(removal, RowProgress(left=True, sent=sent, collisions=collisions, was=was if collisions else None))

    def revert(self, line_id: str) -> None:
        """Take back what was typed; of a row on its way, what was typed since."""
        progress = self._progress.get(line_id)
        if progress is None or progress.sent is None:
            self.forget(line_id)
        else:
            self._put(progress.sent, RowProgress(left=True, sent=progress.sent))

    def forget(self, line_id: str) -> None:
        """Drop what was typed in a row."""
        self._progress.pop(line_id, None)
        self.edits = self.edits.drop([line_id])

    def retry(self, line_id: str) -> None:
        """Let a refused row be written again."""
        progress = self._progress.get(line_id)
        if progress is not None and progress.fault is not None:
            progress.fault = None
            self.leave(line_id)

    def keep_mine(self, line_id: str) -> None:
        """What the user typed is to stand where it collides. A line they removed becomes a new one."""
        progress, edit, line = self._progress[line_id], self.edits.get(line_id), self.line(line_id)
        progress.collisions, progress.was, progress.fault = (), None, None
        if edit is not None and line is not None and self.order.line(line_id) is None:
            self.forget(line_id)
            self._recreate(edit, line)
        else:
            self.leave(line_id)

    # -- what outlives the program

    def waiting_signature(self) -> tuple[object, ...]:
        """Changes whenever `waiting` does."""
        rows = ((e.line_id, e.values, e.removed, self._is_disputed(e.line_id)) for e in self.edits if self._waits(e))
        return (self.order.id, *rows)

    def waiting(self) -> OrderChanges | None:
        """The rows that were left and are not on their way, without prices; see `Waiting.rows`."""
        created: list[LineChange] = []
        changed: list[LineChange] = []
        removed: list[LineRemoval] = []
        for edit in self.edits:
            base = self.base(edit.line_id)
            if base is None or not self._waits(edit):
                continue
            version = "" if self._is_disputed(edit.line_id) else base.version
            if edit.removed:
                removed.append(LineRemoval(edit.line_id, version))
            else:
                line = replace(edit.onto(base), version=version)
                (created if edit.is_new else changed).append(LineChange(line, frozenset(edit.values), False))
        if not (created or changed or removed):
            return None
        order = self.order
        return OrderChanges(order.id, order.version, order.header, tuple(created), tuple(changed), tuple(removed))

    def _waits(self, edit: LineEdit) -> bool:
        progress = self._progress[edit.line_id]
        return progress.left and progress.sent is None

    def _is_disputed(self, line_id: str) -> bool:
        progress = self._progress[line_id]
        return bool(progress.collisions) or isinstance(progress.fault, Conflict)

    def restore(self, changes: OrderChanges) -> None:
        """Type in again what was not written, to be priced anew. What the user has typed since goes before it.

        Where somebody has changed the line since, nothing is known of what both started from: the user looks first.
        """
        for change in changes.created:
            self._tokens.skip(change.line.id)
        for change in (*changes.created, *changes.changed):
            line_id = change.line.id
            values = {name: value_of(change.line, name) for name in LineField if name in change.fields}
            base = self.order.line(line_id)
            if line_id in self.edits.lines:
                continue
            if base is not None:
                values = {name: value for name, value in values.items() if value != value_of(base, name)}
                has_moved = base.version != change.line.version
                self._restore(LineEdit(line_id, values, kind=base.kind), has_moved=has_moved)
            elif change.line.is_new:
                self._restore(LineEdit(line_id, values, kind=change.line.kind), has_moved=False)
            else:
                self._restore(self._anew(LineEdit(line_id, values), change.line), has_moved=True)
        for removal in changes.removed:
            base = self.order.line(removal.id)
            if base is not None and removal.id not in self.edits.lines:
                removed = LineEdit(base.id, removed=True, kind=base.kind)
                self._restore(removed, has_moved=base.version != removal.version)

    def _restore(self, edit: LineEdit, *, has_moved: bool) -> None:
        if edit.values or edit.removed or edit.is_new:
            self._put(edit, RowProgress(left=True, fault=Conflict("samspil") if has_moved else None))
            if not has_moved:
                self.leave(edit.line_id)

    # -- what the ERP answers

    def price(self, line_id: str, price: LinePrice) -> None:
        """The ERP's price for what stands in the row now."""
        self.edits = self.edits.priced(line_id, price)

    def start(self, line_ids: list[str]) -> OrderChanges:
        """These rows travel now."""
        changes = diff(self.order, self.edits, line_ids)
        for line_id in line_ids:
            self._progress[line_id].sent = self.edits.lines[line_id]
        return changes

    def finish(self, changes: OrderChanges, update: OrderUpdate, *, read_later: bool) -> None:
        """The ERP has what travelled, and its answer is the new base. What was typed since stands on top of it.

        ``read_later``: what the ERP has now may be somebody else's change of what travelled.
        """
        old, self.order = self.order, update.onto(self.order)
        for local, line_id in update.created.items():
            self._keys[line_id], self._ids[local] = local, line_id
        edits, self.edits = self.edits, self.edits.drop(changes.line_ids)
        for sent_id in changes.line_ids:
            line_id = update.created.get(sent_id, sent_id)
            self._acknowledge(edits.get(sent_id), line_id, old.line(sent_id), read_later=read_later)

    def _acknowledge(self, edit: LineEdit | None, line_id: str, was: OrderLine | None, *, read_later: bool) -> None:
        if edit is None or (progress := self._progress.pop(edit.line_id)).sent is None:
            raise RuntimeError(f"row {line_id} was not on its way")
        sent, progress.sent = progress.sent, None
        line = self.order.line(line_id)
        ours = replace(sent.onto(was or OrderLine(sent.line_id, kind=sent.kind)), id=line_id)
        if sent.removed:
            if not edit.removed:
                self._recreate(edit, edit.onto(ours))  # typed in again after its removal had been sent
            return
        later = self._since(sent, edit, line or ours)
        if later is not None and (line is None or read_later):
            progress.collisions = collisions_of(later, ours, line)
            progress.was = ours if progress.collisions else None
        if later is not None and (line is not None or progress.collisions):
            self._put(later, progress)
        elif progress.bad and line is not None:
            self._progress[line_id] = progress

    @staticmethod
    def _since(sent: LineEdit, edit: LineEdit, line: OrderLine) -> LineEdit | None:
        if edit.removed:
            return LineEdit(line.id, removed=True, kind=line.kind)
        return typed_since(sent, edit, line)

    def release(self, changes: OrderChanges) -> list[str]:
        """Nothing of it was written. The rows that still hold just what was sent."""
        unchanged = []
        for line_id in changes.line_ids:
            progress, edit = self._progress[line_id], self.edits.lines[line_id]
            if edit == progress.sent:
                unchanged.append(line_id)
            progress.sent = None
            if edit.is_new and edit.removed:
                self.forget(line_id)
        # A value typed back while it was on its way is no edit any more.
        self.edits = rebase(self.edits, self.order, self.order, self._undecided()).edits
        self._tidy()
        return unchanged

    def refuse(self, line_ids: list[str], fault: SystemFault) -> None:
        """These rows cannot be written before the user has done something about it."""
        for line_id in line_ids:
            if (progress := self._progress.get(line_id)) is not None:
                progress.fault = fault

    def rebase(self, order: Order) -> None:
        """Lay the edits over a newer order."""
        undecided = self._undecided()
        rebased = rebase(self.edits, self.order, order, undecided)
        old, self.order, self.edits = self.order, order, rebased.edits
        for line_id, progress in self._progress.items():
            progress.collisions = tuple(c for c in rebased.collisions if c.line_id == line_id)
            progress.was = (undecided.get(line_id) or old.line(line_id)) if progress.collisions else None
        self._tidy()

    # -- small things

    def _undecided(self) -> dict[str, OrderLine]:
        return {line_id: p.was for line_id, p in self._progress.items() if p.was is not None}

    def _tidy(self) -> None:
        """Forget how far rows were in which nothing stands typed, and bad texts in lines that are gone."""
        for line_id, progress in list(self._progress.items()):
            if line_id not in self.edits.lines and (not progress.bad or self.order.line(line_id) is None):
                del self._progress[line_id]

    def _put(self, edit: LineEdit, progress: RowProgress | None = None) -> None:
        self.edits = self.edits.put(edit)
        self._progress[edit.line_id] = progress or RowProgress()

    def _typing(self, line_id: str) -> RowProgress:
        """Typing in a row clears an earlier refusal and takes it back from being left."""
        progress = self._progress.setdefault(line_id, RowProgress())
        progress.left, progress.fault = False, None
        return progress

    def _recreate(self, edit: LineEdit, line: OrderLine) -> None:
        """The line is gone and what was typed is to stand: a new line that holds what the row held."""
        new = self._anew(edit, line)
        self._put(new)
        self.leave(new.line_id)

    def _anew(self, edit: LineEdit, line: OrderLine) -> LineEdit:
        kept = {LineField.PRODUCT, LineField.DESCRIPTION, LineField.QUANTITY, LineField.UNIT} | edit.manual
        values = {name: value for name in LineField if name in kept and (value := value_of(line, name)) is not None}
        return LineEdit(self._tokens.next(), values, kind=line.kind)
