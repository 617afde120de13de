"""What others have changed in an order while it was on the desk, so that taking back one's own never takes theirs."""

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.domain.order_edits import OrderEdits, value_of
from app.domain.orders import LineField, Order, OrderLine
from app.services.row_keys import RowKeys


class TheirChanges:
    """Remembers when somebody else last changed what.

    Attributes:
        now: Rises with every order that was read; what is asked for is "since then".
    """

    def __init__(self, keys: RowKeys) -> None:
        self.now = 0
        self._keys = keys
        self._fields: dict[tuple[str, LineField], int] = {}  # by row
        self._gone: dict[str, int] = {}

    def changed(self, key: str, since: int) -> frozenset[LineField]:
        """The fields of a row that somebody else has changed after ``since``."""
        return frozenset(name for name in LineField if self._fields.get((key, name), 0) > since)

    def removed(self, key: str, since: int) -> bool:
        """Somebody else has removed the row's line after ``since``."""
        return self._gone.get(key, 0) > since

    def read(self, old: Order, new: Order, edits: OrderEdits) -> None:
        """The order was read again. What reads as it was typed here is no change of somebody else's."""
        self.now += 1
        for was in old.lines:
            line = new.line(was.id)
            edit = edits.get(was.id)
            if line is None:
                if edit is None or not edit.removed:
                    self._gone[self._keys.key_of(was.id)] = self.now
            elif line is not was and line != was:
                for name in LineField:
                    typed = edit is not None and name in edit.values and edit.values[name] == value_of(line, name)
                    if not typed:
                        self._compare(was, line, name)

    def found(self, changes: OrderChanges, update: OrderUpdate) -> None:
        """A write was found in the ERP afterwards, when others may have changed what it wrote."""
        self.now += 1
        there = {line.id: line for line in update.lines}
        for change in (*changes.created, *changes.changed):
            line_id = update.created.get(change.line.id, change.line.id)
            if (line := there.get(line_id)) is None:
                self._gone[self._keys.key_of(change.line.id)] = self.now
                continue
            for name in change.fields:
                self._compare(change.line, line, name)

    def _compare(self, was: OrderLine, line: OrderLine, name: LineField) -> None:
        if value_of(was, name) != value_of(line, name):
            self._fields[self._keys.key_of(was.id), name] = self.now
