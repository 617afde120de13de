"""The rows of an `OrderSession` as a Qt table, with one empty row at the end to type a new line in."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.money import Money
from app.domain.numbers import NotANumber, parse_number
from app.domain.orders import LineField, LineKind, Product, Unit
from app.services.order_desk import DeskOrder
from app.services.order_rows import InputProblem, RowView
from app.ui.formats import Formats
from app.ui.orders import row_texts
from app.ui.orders.cell_texts import CellTexts
from app.ui.orders.columns import COLUMN_OF, FIELD_OF, NUMERIC, Column
from app.ui.widgets import plain_tooltip

Index = QModelIndex | QPersistentModelIndex

STATUS_ROLE = int(Qt.ItemDataRole.UserRole)
"""The `RowStatus` of the row; None for the empty one."""
MUTED_ROLE = STATUS_ROLE + 1
"""The value is the ERP's alone, or is still being asked for: painted quietly."""
WRONG_ROLE = STATUS_ROLE + 2
"""What stands in the cell cannot be sent."""
MANUAL_ROLE = STATUS_ROLE + 3
"""The price or discount was typed by the user."""
REMOVED_ROLE = STATUS_ROLE + 4
"""The row is on its way out."""

# Roles compared as integers: an enum comparison per cell costs 24 ms a frame instead of 9 (shared/facts/desktop.md).
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class LinesModel(QAbstractTableModel):
    """The line grid's model. It validates and passes on; it never opens a dialog and never does I/O.

    Signals:
        line_started: The empty row became the row of this number; another empty one stands below it.
        state_changed: State, totals, connection or question of the order changed.
    """

    line_started = Signal(int)
    state_changed = Signal()

    def __init__(self, desk_order: DeskOrder, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = desk_order.session
        self._products = desk_order.products
        self._formats = formats
        self._cells = CellTexts(formats)
        self._keys: list[str] = list(self.session.keys())
        self._row_of = {key: row for row, key in enumerate(self._keys)}
        self._views: dict[str, RowView] = {}
        self._is_starting = False
        self.is_current: Callable[[str], bool] = lambda _key: False
        self.session.listen(self)

    def close(self) -> None:
        """Stop listening; the session lives on while it has something on its way."""
        self.session.listen(None)
        self.is_current = lambda _key: False

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """All lines, and the empty row while the order can be changed."""
        if parent.isValid():
            return 0
        return len(self._keys) + (1 if self.session.order.editable else 0)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """See `Column`."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what the user may type can be edited."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self.session.order.editable and self._may_edit(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

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
        """Text for people, and the roles of this module for the delegate."""
        role = int(role)
        if role == _ALIGN:
            return _RIGHT if index.column() in NUMERIC else _LEFT
        view = self.view(index.row())
        column = index.column()
        if view is None:
            return self._empty_row(column, role)
        if role == _DISPLAY:
            return self._cells.shown(view, column)
        if role == STATUS_ROLE:
            return view.status
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
        if view is None:
            if text == "":
                return False
            key = self._start_line()
        else:
            key = view.key
            if isinstance(text, str) and text == self._cells.edited(view, index.column()):
                return False
        self._type(key, name, text)
        return True

    # -- rows

    def view(self, row: int) -> RowView | None:
        """The row as it is to be shown, or None for the empty one."""
        if not 0 <= row < len(self._keys):
            return None
        key = self._keys[row]
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = self.session.row(key)
        return view

    def key(self, row: int) -> str | None:
        """The session's key of a row, or None for the empty one."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row_of(self, key: str) -> int | None:
        """Where the row of this key stands."""
        return self._row_of.get(key)

    def problem_rows(self) -> list[int]:
        """The rows that wait for the user, from the top."""
        return sorted(self._row_of[key] for key in self.session.problem_keys() if key in self._row_of)

    # -- SessionListener

    def rows_changed(self, keys: frozenset[str]) -> None:
        """See `SessionListener`."""
        for key in keys:
            self._views.pop(key, None)
            row = self._row_of.get(key)
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

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
            if len(old) - tail > start:
                self.beginRemoveRows(QModelIndex(), start, len(old) - tail - 1)
                self._set_keys(old[:start] + old[len(old) - tail :])
                self.endRemoveRows()
            if len(new) - tail > start:
                self.beginInsertRows(QModelIndex(), start, len(new) - tail - 1)
                self._set_keys(new)
                self.endInsertRows()
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(Column) - 1))

    def order_changed(self) -> None:
        """See `SessionListener`."""
        self.state_changed.emit()

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

    # -- typing

    def _type(self, key: str, name: LineField, value: str | Product | Unit) -> None:
        if name is LineField.PRODUCT:
            if isinstance(value, Product):
                self._products.cancel(key)
                self.session.edit(key, name, value)
            elif value:
                self._products.look_up(key, str(value), lambda: self._looked_up(key))
            else:
                self._products.cancel(key)
                self.session.edit(key, name, None)
        elif name is LineField.DESCRIPTION or isinstance(value, Product | Unit):
            self.session.edit(key, name, value)
        elif name is LineField.UNIT:
            self.session.reject(key, name, value, InputProblem.UNKNOWN_UNIT)
        else:
            self._type_number(key, name, value)

    def _type_number(self, key: str, name: LineField, text: str) -> None:
        if text == "" and name in (LineField.UNIT_PRICE, LineField.DISCOUNT):
            self.session.edit(key, name, None)  # the ERP's own again
            return
        try:
            number = parse_number(text.removesuffix("%"), self._formats.decimal_sign)
        except NotANumber:
            self.session.reject(key, name, text, InputProblem.NOT_A_NUMBER)
            return
        if name is LineField.DISCOUNT:
            self.session.edit(key, name, number.scaleb(-2))
        elif name is LineField.UNIT_PRICE:
            self.session.edit(key, name, Money(number, self.session.order.header.currency))
        else:
            self.session.edit(key, name, number)

    def _looked_up(self, key: str) -> None:
        if not self.is_current(key):
            self.session.leave(key)

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
        if role == MUTED_ROLE:
            return True
        if role == _ACCESSIBLE:
            return row_texts.new_line_hint()
        return None

    def _rare(self, view: RowView, column: int, role: int) -> Any:
        name = FIELD_OF.get(column)
        if role == _TOOLTIP:
            prices = self._cells.price_tip(view) if column in (Column.PRICE, Column.AMOUNT) else ""
            return plain_tooltip("\n".join(part for part in (row_texts.cell_tip(view, name), prices) if part))
        if role == _ACCESSIBLE:
            if column == Column.STATE:
                return row_texts.status_text(view.status)
            return f"{row_texts.column_title(Column(column))}: {self._cells.shown(view, column)}"
        marks = {
            WRONG_ROLE: lambda: _is_wrong(view, column),
            MANUAL_ROLE: lambda: name in view.manual,
            REMOVED_ROLE: lambda: view.removed,
            MUTED_ROLE: lambda: column in (Column.LIST_PRICE, Column.VAT, Column.UNIT),
        }
        return marks[role]() if role in marks else None


def _is_wrong(view: RowView, column: int) -> bool:
    name = FIELD_OF.get(column)
    if name is not None and name in view.bad:
        return view.bad[name].problem is not InputProblem.LOOKING_UP
    return any(collision.name is not None and COLUMN_OF[collision.name] == column for collision in view.collisions)
