"""Rows on their way into the ERP, and what it has then: the new base under what is typed. No I/O."""

from dataclasses import replace

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.order_edits import LineEdit, collisions_of, diff, rebase, typed_since
from app.domain.orders import Order, OrderLine
from app.domain.price_origin import stands_otherwise
from app.services.order_draft import OrderDraft
from app.services.row_keys import RowKeys
from app.services.tokens import token_of


class RowTravel:
    """What of one order's draft is on its way, and how it arrives, turns back, or meets a newer order.

    The caller sees to it that one write is on its way at most.

    Attributes:
        is_out_of_turn: What was created last had been begun before something that the ERP had by then. Some put every
            new line last and some in the order in which they were begun, so where it stands is to be read.
    """

    def __init__(self, draft: OrderDraft, keys: RowKeys) -> None:
        self._draft = draft
        self._keys = keys
        self._youngest = 0
        self.is_out_of_turn = False

    def start(self, line_ids: list[str]) -> OrderChanges:
        """These rows travel now."""
        draft = self._draft
        changes = diff(draft.order, draft.edits, line_ids)
        for line_id in line_ids:
            draft.progress[line_id].sent = draft.edits.lines[line_id]
        return changes

    def start_moves(self) -> OrderChanges | None:
        """The moves that the ERP does not have yet travel now, if there are any."""
        draft = self._draft
        moves = draft.moves.to_send(draft.order, draft.edits)
        if not moves:
            return None
        draft.moves.send(moves)
        return OrderChanges(draft.order.id, draft.order.version, draft.order.header, moved=moves)

    def finish(self, changes: OrderChanges, update: OrderUpdate, *, read_later: bool) -> None:
        """The ERP has what travelled, and its answer is the new base. What was typed since stands on top of it.

        ``read_later``: what the ERP has now may be somebody else's change of what travelled.
        """
        draft = self._draft
        shown = draft.keys()
        # A new order has the head that it was sent with.
        header = draft.order.header if changes.order_id else changes.header
        old, draft.order = draft.order, update.onto(replace(draft.order, header=header))
        begun = [token_of(local) for local in update.created]
        self.is_out_of_turn = min(begun, default=self._youngest) < self._youngest
        self._youngest = max(self._youngest, *begun) if begun else self._youngest
        if changes.moved:
            draft.moves.landed()
        if changes.is_of_header:
            draft.price_anew()
            return
        for local, line_id in update.created.items():
            self._keys.give(line_id, self._keys.key_of(local))
        edits, draft.edits = draft.edits, draft.edits.drop(changes.line_ids)
        for sent_id in changes.line_ids:
            line_id = update.created.get(sent_id, sent_id)
            self._acknowledge(edits.get(sent_id), line_id, old.line(sent_id), read_later=read_later)
        unsure = frozenset(map(self._keys.key_of, update.created)) if self.is_out_of_turn else frozenset()
        draft.moves.stay(draft.order, draft.edits, shown, unsure)
        draft.moves.settle(draft.order, draft.edits)

    def _acknowledge(self, edit: LineEdit | None, line_id: str, was: OrderLine | None, *, read_later: bool) -> None:
        draft = self._draft
        if edit is None or (progress := draft.progress.pop(edit.line_id)).sent is None:
            raise RuntimeError(f"row {line_id} was not on its way")
        sent, progress.sent = progress.sent, None
        line = draft.order.line(line_id)
        if line is not None and not read_later:
            draft.prices.wrote(draft.order.header, sent, line)
        ours = replace(sent.onto(was or OrderLine(sent.line_id, kind=sent.kind)), id=line_id)
        if sent.removed:
            if not edit.removed:
                draft.recreate(edit, edit.onto(ours))  # typed in again after its removal had been sent
            return
        later = self._since(sent, edit, line or ours)
        if later is not None and (line is None or read_later):
            progress.collisions = collisions_of(later, ours, line)
            progress.was = ours if progress.collisions else None
        progress.offer = progress.choice = None
        if later is not None and (line is not None or progress.collisions):
            draft.put(later, progress)
            if not progress.collisions:
                draft.hold(line_id)
        elif progress.bad and line is not None:
            draft.progress[line_id] = progress

    @staticmethod
    def _since(sent: LineEdit, edit: LineEdit, line: OrderLine) -> LineEdit | None:
        if edit.removed:
            return LineEdit(line.id, removed=True, kind=line.kind)
        return typed_since(sent, edit, line)

    def release(self, changes: OrderChanges) -> list[str]:
        """Nothing of it was written. The rows that still hold just what was sent."""
        draft = self._draft
        unchanged: list[str] = []
        draft.moves.release()
        if changes.is_of_header:
            return unchanged
        for line_id in changes.line_ids:
            progress, edit = draft.progress[line_id], draft.edits.lines[line_id]
            if edit == progress.sent:
                unchanged.append(line_id)
            progress.sent = None
            if edit.is_new and edit.removed:
                draft.forget(line_id)
        # A value typed back while it was on its way is no edit any more.
        draft.edits = rebase(draft.edits, draft.order, draft.order, self._undecided()).edits
        self._tidy()
        return unchanged

    def rebase(self, order: Order) -> None:
        """Lay the edits over a newer order."""
        draft = self._draft
        undecided = self._undecided()
        rebased = rebase(draft.edits, draft.order, order, undecided)
        old, draft.order, draft.edits = draft.order, order, rebased.edits
        for line_id, progress in draft.progress.items():
            progress.collisions = tuple(c for c in rebased.collisions if c.line_id == line_id)
            progress.was = (undecided.get(line_id) or old.line(line_id)) if progress.collisions else None
            if stands_otherwise(old, order, line_id):
                progress.offer = progress.choice = None  # what he was asked, or said, was about another price
            if not progress.collisions:
                draft.hold(line_id)
        self._tidy()
        draft.moves.read()
        draft.moves.settle(draft.order, draft.edits)

    def _undecided(self) -> dict[str, OrderLine]:
        return {line_id: p.was for line_id, p in self._draft.progress.items() if p.was is not None}

    def _tidy(self) -> None:
        """Forget how far rows were in which nothing stands typed, and bad texts in lines that are gone."""
        draft = self._draft
        for line_id, progress in list(draft.progress.items()):
            if line_id not in draft.edits.lines and (not progress.bad or draft.order.line(line_id) is None):
                del draft.progress[line_id]
