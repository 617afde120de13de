"""The rows of an `OrderSession` as a Qt table, with one empty row at the end to type a new line in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.orders import LineField, LineKind
from app.ports.capability import Capability
from app.services.order_desk import DeskOrder
from app.services.order_rows import RowView
from app.ui.formats import Formats
from app.ui.orders import row_texts
from app.ui.orders.cell_look import CellLook, empty_row_looks, row_looks
from app.ui.orders.cell_texts import CellTexts
from app.ui.orders.columns import FIELD_OF, NUMERIC, Column
from app.ui.orders.line_typing import LineTyping
from app.ui.orders.reuse_texts import remark_words
from app.ui.orders.undo import move_words, new_line_words, revert_words, typing_words, undo_of
from app.ui.widgets import plain_tooltip

Index = QModelIndex | QPersistentModelIndex

LOOK_ROLE = int(Qt.ItemDataRole.UserRole)
"""The `CellLook` of the cell: all that is needed to paint it."""

# Roles compared as integers: an enum comparison per cell costs 24 ms a frame instead of 9 (shared/facts/desktop.md).
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_MOST_LOOKS = 300
"""Rows kept as they are painted: some screens of them. More would make each garbage collection longer."""

# Asked twice for each cell of each frame, so not put together anew.
_TO_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_TO_TYPE = _TO_READ | Qt.ItemFlag.ItemIsEditable
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class LinesModel(QAbstractTableModel):
    """The line grid's model. It validates and passes on; it never opens a dialog and never does I/O.

    Signals:
        line_started: The empty row became the row of this number; another empty one stands below it.
        state_changed: State, totals, connection or question of the order changed.

    Attributes:
        undo: What is done to the rows can be taken back: every change is made in a step of it.
    """

    line_started = Signal(int)
    state_changed = Signal()

    def __init__(self, desk_order: DeskOrder, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = desk_order.session
        self.undo = undo_of(desk_order)
        self._has_headings = Capability.HEADINGS in desk_order.erp.capabilities
        self._reuse = desk_order.reuse
        self._typing = LineTyping(desk_order, formats)
        self._formats = formats
        self._cells = CellTexts(formats)
        self._keys: list[str] = list(self.session.keys())
        self._row_of = {key: row for row, key in enumerate(self._keys)}
        self._views: dict[str, RowView] = {}
        self._looks: dict[str | None, tuple[RowView | None, tuple[CellLook, ...]]] = {}  # None is the empty row
        self._is_starting = False
        self._has_empty_row = self.session.order.editable
        self.session.listen(self)

    def close(self) -> None:
        """Stop listening; the session lives on while it has something on its way."""
        self.session.listen(None)
        self.undo.is_current = lambda _key: False

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """All lines, and the empty row while the order can be changed."""
        if parent.isValid():
            return 0
        return len(self._keys) + (1 if self._has_empty_row else 0)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """See `Column`."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what the user may type can be edited."""
        may_edit = self.session.order.editable and self._may_edit(index.row(), index.column())
        return _TO_TYPE if may_edit else _TO_READ

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The column's title."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == _DISPLAY:
            return row_texts.column_title(Column(section))
        if role == _ALIGN:
            return _RIGHT if section in NUMERIC else _LEFT
        if role == _TOOLTIP:
            return row_texts.column_tip(Column(section))
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Text for people, and what a cell looks like."""
        role = int(role)
        if role == LOOK_ROLE:
            return self.looks(index.row())[index.column()]
        if role == _ALIGN:
            return _RIGHT if index.column() in NUMERIC else _LEFT
        view = self.view(index.row())
        column = index.column()
        if view is None:
            return self._empty_row(column, role)
        if role == _DISPLAY:
            return self._cells.shown(view, column)
        if role == _EDIT:
            return self._cells.edited(view, column)
        return self._rare(view, column, role)

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: N802
        """Type ``value`` (text, or a `Product` or `Unit` that was chosen) into a cell."""
        name = FIELD_OF.get(index.column())
        if name is None or int(role) != _EDIT or not self.session.order.editable:
            return False
        view = self.view(index.row())
        text = value.strip() if isinstance(value, str) else value
        if text == ("" if view is None else self._cells.edited(view, index.column())):
            return False
        with self.undo.step(new_line_words if view is None else typing_words(name), typing=True):
            self._typing.type(self._start_line() if view is None else view.key, name, text)
        return True

    # -- rows

    def view(self, row: int) -> RowView | None:
        """The row as it is to be shown, or None for the empty one."""
        if not 0 <= row < len(self._keys):
            return None
        key = self._keys[row]
        view = self._views.get(key)
        if view is None:
            if len(self._views) > _MOST_LOOKS:
                self._views.clear()
            view = self._views[key] = self.session.row(key)
        return view

    def looks(self, row: int) -> tuple[CellLook, ...]:
        """What painting its cells asks, by column; the same object until one of them looks different."""
        view = self.view(row)
        key = view.key if view is not None else None
        kept = self._looks.get(key)
        # Most rows that are asked for anew, because some came or went, are as they were.
        if kept is None or (kept[0] is not view and kept[0] != view):
            if len(self._looks) > _MOST_LOOKS:
                self._looks.clear()
            kept = view, empty_row_looks() if view is None else self._looks_for(view)
        self._looks[key] = view, kept[1]
        return kept[1]

    def key(self, row: int) -> str | None:
        """The session's key of a row, or None for the empty one."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    @property
    def has_headings(self) -> bool:
        """The ERP has titles and subtotals among the lines."""
        return self._has_headings

    @property
    def last_key(self) -> str | None:
        """The key of the row above the empty one."""
        return self._keys[-1] if self._keys else None

    def row_of(self, key: str) -> int | None:
        """Where the row of this key stands."""
        return self._row_of.get(key)

    def remark(self, view: RowView, column: Column | None = None) -> str:
        """What earlier orders say about a row, or about one cell of it; empty where it is as usual."""
        remark = self._reuse.remark(view)
        if remark is not None and column is not None:
            remark = replace(
                remark,
                habit=remark.habit if column is Column.QUANTITY else None,
                then=remark.then if column is Column.PRICE else None,
            )
        return remark_words(remark, view.line, self._formats)

    def remarks_changed(self) -> None:
        """The ERP has told of earlier orders."""
        self._looks.clear()
        if self._keys:
            self.dataChanged.emit(self.index(0, Column.QUANTITY), self.index(len(self._keys) - 1, Column.PRICE))

    def _looks_for(self, view: RowView) -> tuple[CellLook, ...]:
        remark = self._reuse.remark(view)
        marked = {Column.QUANTITY: remark.habit, Column.PRICE: remark.then} if remark is not None else {}
        return row_looks(view, self._cells, {column for column, said in marked.items() if said is not None})

    def problem_rows(self) -> list[int]:
        """The rows that wait for the user, from the top."""
        return sorted(self._row_of[key] for key in self.session.problem_keys() if key in self._row_of)

    def take_back(self, key: str) -> None:
        """What was typed in the row and is not in the ERP is not to stand."""
        with self.undo.step(revert_words):
            self.session.revert(key)

    def move(self, key: str, by: int) -> None:
        """Put a row one up or down; at the end of the grid it stays."""
        others = [each for each in self._keys if each != key]
        at = self._row_of[key] + by
        if self.session.order.editable and 0 <= at <= len(others):
            with self.undo.step(move_words, typing=True):
                self.session.move((key, others[at - 1] if at else None))

    def add_text(self, kind: LineKind, below: str | None, text: str = "") -> str:
        """A new row of text, below the row of this key, or first; its key."""
        with self.undo.step(new_line_words):
            key = self.session.add_line(kind)
            if below is not None:
                self.session.move((key, below))
            if text:
                self.session.edit(key, LineField.DESCRIPTION, text)
        return key

    # -- SessionListener

    def rows_changed(self, keys: frozenset[str]) -> None:
        """See `SessionListener`."""
        for key in keys:
            self._views.pop(key, None)
        rows = [self._row_of[key] for key in keys if key in self._row_of]
        if rows:
            # Once for all: what listens to it looks at the whole order.
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), len(Column) - 1))

    def rows_reset(self) -> None:
        """See `SessionListener`. Rows that stay keep their index, so that an open editor stays open."""
        if self._is_starting:
            return
        self._views.clear()
        new, old = list(self.session.keys()), self._keys
        if new != old:
            start = 0
            while start < min(len(new), len(old)) and new[start] == old[start]:
                start += 1
            tail = 0
            while tail < min(len(new), len(old)) - start and new[-1 - tail] == old[-1 - tail]:
                tail += 1
            here, there = moved_row(old[start : len(old) - tail], new[start : len(new) - tail])
            if here != there:
                # Qt counts the place it goes to before it has been taken out.
                at, to = start + here, start + there + (here < there)
                self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to)
                self._set_keys(new)
                self.endMoveRows()
                start = len(old) - tail  # nothing came or went
            if len(old) - tail > start:
                self.beginRemoveRows(QModelIndex(), start, len(old) - tail - 1)
                self._set_keys(old[:start] + old[len(old) - tail :])
                self.endRemoveRows()
            if len(new) - tail > start and new != self._keys:
                self.beginInsertRows(QModelIndex(), start, len(new) - tail - 1)
                self._set_keys(new)
                self.endInsertRows()
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(Column) - 1))
        self._follow_state()

    def texts_changed(self) -> None:
        """Another language, with its own format of numbers."""
        self._looks.clear()
        self.rows_reset()

    def order_changed(self) -> None:
        """See `SessionListener`."""
        self._follow_state()
        self.state_changed.emit()

    def _follow_state(self) -> None:
        """The empty row comes and goes as the ERP lets lines be changed; the view is told like of any other row."""
        if self.session.order.editable is self._has_empty_row:
            return
        row = len(self._keys)
        if self._has_empty_row:
            self.beginRemoveRows(QModelIndex(), row, row)
            self._has_empty_row = False
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), row, row)
            self._has_empty_row = True
            self.endInsertRows()

    def _set_keys(self, keys: list[str]) -> None:
        self._keys = keys
        self._row_of = {key: row for row, key in enumerate(keys)}

    def _start_line(self) -> str:
        """The empty row becomes a line, in its place; another empty one comes below it."""
        row = len(self._keys)
        self._is_starting = True
        key = self.session.add_line()
        self._is_starting = False
        self.beginInsertRows(QModelIndex(), row + 1, row + 1)
        self._set_keys([*self._keys, key])
        self.endInsertRows()
        self.line_started.emit(row)
        return key

    # -- texts

    def _may_edit(self, row: int, column: int) -> bool:
        view = self.view(row)
        if view is None:
            return column in (Column.PRODUCT, Column.QUANTITY, Column.DESCRIPTION)
        if view.removed or column not in FIELD_OF:
            return False
        if view.line.kind is not LineKind.PRODUCT:
            return column == Column.DESCRIPTION
        return True

    def _empty_row(self, column: int, role: int) -> Any:
        if role == _DISPLAY and column == Column.STATE:
            return "+"
        if role == _DISPLAY and column == Column.DESCRIPTION:
            return row_texts.new_line_hint()
        if role == _ACCESSIBLE:
            return row_texts.new_line_hint()
        return None

    def _rare(self, view: RowView, column: int, role: int) -> Any:
        name = FIELD_OF.get(column)
        if role == _TOOLTIP:
            prices = self._cells.price_tip(view) if column in (Column.PRICE, Column.AMOUNT) else ""
            parts = (self.remark(view, Column(column)), row_texts.cell_tip(view, name), prices)
            return plain_tooltip("\n".join(part for part in parts if part))
        if role == _ACCESSIBLE:
            if column == Column.STATE:
                return row_texts.spoken_status(view)
            wrong = row_texts.problem_text(view.bad[name]) if name is not None and name in view.bad else ""
            said = (self._cells.shown(view, column), self.remark(view, Column(column)), wrong)
            return f"{row_texts.column_title(Column(column))}: {' '.join(filter(None, said))}".rstrip()
        return None


def moved_row(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """From where to where one row went, where that is all; else the same place twice."""
    if len(old) == len(new) > 1:
        if [*old[1:], old[0]] == list(new):
            return 0, len(old) - 1
        if [old[-1], *old[:-1]] == list(new):
            return len(old) - 1, 0
    return 0, 0
