"""The rows of an order that outlive the program: what the journal keeps of them, and how they are typed in again."""

from dataclasses import replace

from app.domain.order_changes import LineChange, LineRemoval, OrderChanges
from app.domain.order_edits import LineEdit, collisions_of, merged, value_of
from app.domain.order_moves import Moves
from app.domain.orders import LineField
from app.domain.price_origin import hand_values
from app.ports.errors import Conflict
from app.services.order_draft import OrderDraft
from app.services.order_rows import RowProgress
from app.services.tokens import LineTokens


class UnwrittenRows:
    """What waits in one order's draft to be written, and what waited there when the program last ended."""

    def __init__(self, draft: OrderDraft, tokens: LineTokens) -> None:
        self._draft = draft
        self._tokens = tokens

    def signature(self) -> tuple[object, ...]:
        """Changes whenever `waiting` does."""
        edits = (edit for edit in self._draft.edits if self._waits(edit))
        rows = ((edit.line_id, edit.values, edit.removed, self._is_disputed(edit.line_id)) for edit in edits)
        return (self._draft.order.id, *rows, self._moves())

    def waiting(self) -> OrderChanges | None:
        """The rows that were left and are not on their way, without prices; see `Waiting.rows`."""
        created: list[LineChange] = []
        changed: list[LineChange] = []
        removed: list[LineRemoval] = []
        for edit in self._draft.edits:
            base = self._draft.base(edit.line_id)
            if base is None or not self._waits(edit):
                continue
            version = "" if self._is_disputed(edit.line_id) else base.version
            if edit.removed:
                removed.append(LineRemoval(edit.line_id, version))
            else:
                line = replace(edit.onto(base), version=version)
                (created if edit.is_new else changed).append(LineChange(line, frozenset(edit.wanted), False))
        moved = self._moves()
        if not (created or changed or removed or moved):
            return None
        order = self._draft.order
        return OrderChanges(
            order.id, order.version, order.header, tuple(created), tuple(changed), tuple(removed), moved=moved
        )

    def _moves(self) -> Moves:
        draft = self._draft
        new = (edit.line_id for edit in draft.edits if edit.is_new and not edit.removed and self._waits(edit))
        return draft.moves.to_keep(draft.order, draft.edits, new)

    def _waits(self, edit: LineEdit) -> bool:
        progress = self._draft.progress[edit.line_id]
        return progress.left and progress.sent is None

    def _is_disputed(self, line_id: str) -> bool:
        progress = self._draft.progress[line_id]
        return bool(progress.collisions) or isinstance(progress.fault, Conflict)

    def restore(self, changes: OrderChanges, entry_id: int) -> None:
        """Type in again what was not written, to be priced anew. What the user has typed since goes before it.

        Of two entries that hold the same line the later one goes before the earlier, in whichever order they come.
        Where somebody has changed the line since, nothing is known of what both started from: the user looks first.
        """
        key_of = self._draft.key_of
        for change in changes.created:
            self._tokens.skip(change.line.id)
        self._restore_rows(changes, entry_id)
        self._draft.move(*((key_of(m.id), None if m.after is None else key_of(m.after)) for m in changes.moved))

    def _restore_rows(self, changes: OrderChanges, entry_id: int) -> None:
        draft = self._draft
        for change in (*changes.created, *changes.changed):
            if not change.fields:
                continue  # it only followed a change of the head, and is asked about again with that
            line_id = change.line.id
            values = {name: value_of(change.line, name) for name in LineField if name in change.fields}
            base = draft.order.line(line_id)
            if base is not None:
                has_moved = base.version != change.line.version
                if not has_moved and (kept := hand_values(base, change.fields)):
                    draft.prices.keep(base, kept)
                values = {name: value for name, value in values.items() if value != value_of(base, name)}
                self._restore(LineEdit(line_id, values, kind=base.kind), entry_id, has_moved=has_moved)
            elif change.line.is_new:
                self._restore(LineEdit(line_id, values, kind=change.line.kind), entry_id, has_moved=False)
            elif line_id not in draft.edits.lines:
                self._restore(draft.anew(LineEdit(line_id, values), change.line), entry_id, has_moved=True)
        for removal in changes.removed:
            base = draft.order.line(removal.id)
            if base is not None:
                removed = LineEdit(base.id, removed=True, kind=base.kind)
                self._restore(removed, entry_id, has_moved=base.version != removal.version)

    def _restore(self, edit: LineEdit, entry_id: int, *, has_moved: bool) -> None:
        draft = self._draft
        there, progress = draft.edits.get(edit.line_id), draft.progress.get(edit.line_id)
        if there is not None and progress is not None:
            if not progress.restored:
                return  # typed since
            edit = merged(edit, there) if entry_id < progress.restored else merged(there, edit)
        if not (edit.values or edit.removed or edit.is_new):
            return
        progress = progress or RowProgress()
        progress.left, progress.offer, progress.restored = True, None, max(entry_id, progress.restored)
        if has_moved:
            progress.fault = Conflict("samspil")
        if progress.was is not None:
            progress.collisions = collisions_of(edit, progress.was, draft.order.line(edit.line_id))
        draft.put(edit, progress)
        draft.hold(edit.line_id)
        if not has_moved:
            draft.leave(edit.line_id)
