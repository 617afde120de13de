"""Lines of earlier orders to choose from, as a Qt table: each with a tick and a quantity of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.domain.numbers import NotANumber, parse_number
from app.domain.orders import LineKind
from app.domain.text import fold
from app.services.order_reuse import Candidate
from app.ui.formats import Formats
from app.ui.orders.reuse_texts import Note, candidate_title, candidate_words, note_words

Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
WORDS_ROLE = int(Qt.ItemDataRole.UserRole)
"""What else is known about the line."""
NOTE_ROLE = WORDS_ROLE + 1
"""What stands out about it, a `Note`; or None."""
CHOSEN_ROLE = WORDS_ROLE + 2
"""It is ticked."""
WRONG_ROLE = WORDS_ROLE + 3
"""It cannot be sent as it stands."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CHECKED = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class CandidateColumn(IntEnum):
    """From left to right."""

    TICK = 0
    LINE = 1
    QUANTITY = 2
    UNIT = 3


@dataclass(slots=True)
class _Row:
    """A candidate, and what the user has made of it."""

    candidate: Candidate
    note: Note | None
    is_chosen: bool


class CandidatesModel(QAbstractTableModel):
    """The lines that a text stands in; ticks and quantities of the others are kept.

    Signals:
        chosen_changed: More or fewer are ticked.
    """

    chosen_changed = Signal()

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._all: list[_Row] = []
        self._shown: list[_Row] = []
        self._wanted: list[str] = []

    # -- what is offered

    def offer(self, candidates: Sequence[Candidate], notes: Sequence[Note | None], *, chosen: bool) -> None:
        """Offer these instead, ticked or not; what the ERP adds of itself is not ticked."""
        self.beginResetModel()
        self._all = [_Row(c, note, chosen and not c.by_erp) for c, note in zip(candidates, notes, strict=True)]
        self._filter()
        self.endResetModel()
        self.chosen_changed.emit()

    def look_for(self, text: str) -> None:
        """Show only those that all words of ``text`` stand in."""
        wanted = fold(text).split()
        if wanted != self._wanted:
            self.beginResetModel()
            self._wanted = wanted
            self._filter()
            self.endResetModel()

    @property
    def chosen(self) -> list[Candidate]:
        """The ticked ones from top to bottom, shown or not, with the quantities that the user gave them."""
        return [row.candidate for row in self._all if row.is_chosen]

    @property
    def is_empty(self) -> bool:
        """Nothing is offered at all."""
        return not self._all

    def candidate(self, row: int) -> Candidate | None:
        """The candidate of a row that is shown."""
        return self._shown[row].candidate if 0 <= row < len(self._shown) else None

    def retranslate(self) -> None:
        """Say everything again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(CandidateColumn) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(CandidateColumn) - 1))

    def toggle(self, row: int) -> None:
        """Tick it, or not."""
        self._tick(row, not self._shown[row].is_chosen)

    def toggle_all(self) -> None:
        """Tick all that are shown, or none where all are."""
        wanted = not all(row.is_chosen for row in self._shown)
        for row in self._shown:
            row.is_chosen = wanted
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(CandidateColumn) - 1))
        self.chosen_changed.emit()

    def _filter(self) -> None:
        self._shown = [row for row in self._all if self._holds(row.candidate)]

    def _holds(self, candidate: Candidate) -> bool:
        product = candidate.product
        text = fold(f"{product.code} {product.name}" if product is not None else "") + " " + fold(candidate.description)
        return all(word in text for word in self._wanted)

    def _tick(self, row: int, is_chosen: bool) -> None:
        self._shown[row].is_chosen = is_chosen
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(CandidateColumn) - 1))
        self.chosen_changed.emit()

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """See `CandidateColumn`."""
        return 0 if parent.isValid() else len(CandidateColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The quantity of a product can be edited."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == CandidateColumn.TICK:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == CandidateColumn.QUANTITY and self._shown[index.row()].candidate.kind is LineKind.PRODUCT:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The column's title."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == _ALIGN:
            return _RIGHT if section == CandidateColumn.QUANTITY else _LEFT
        if role != _DISPLAY:
            return None
        return {
            CandidateColumn.TICK: "",
            CandidateColumn.LINE: translate("Reuse", "Line"),
            CandidateColumn.QUANTITY: translate("Lines", "Qty"),
            CandidateColumn.UNIT: translate("Lines", "Unit"),
        }[CandidateColumn(section)]

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Text for people, and the roles of this module for the delegate."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row, column, role = self._shown[index.row()], index.column(), int(role)
        roles: dict[int, Callable[[], Any]] = {
            _DISPLAY: lambda: self._text(row, column),
            _EDIT: lambda: self._typed(row.candidate) if column == CandidateColumn.QUANTITY else None,
            _CHECK: lambda: _CHECKED[row.is_chosen] if column == CandidateColumn.TICK else None,
            _ALIGN: lambda: _RIGHT if column == CandidateColumn.QUANTITY else None,
            _ACCESSIBLE: lambda: self._spoken(row, column),
            WORDS_ROLE: lambda: candidate_words(row.candidate, self._formats),
            NOTE_ROLE: lambda: row.note,
            CHOSEN_ROLE: lambda: row.is_chosen,
            WRONG_ROLE: lambda: _is_wrong(row.candidate, column),
        }
        return roles[role]() if role in roles else None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: N802
        """A tick, or a quantity as it was typed; a quantity ticks the line."""
        if role == _CHECK and index.column() == CandidateColumn.TICK:
            self._tick(index.row(), Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role != _EDIT or index.column() != CandidateColumn.QUANTITY:
            return False
        row, text = self._shown[index.row()], str(value).strip()
        if text == self._typed(row.candidate) or not text:
            return False
        quantity, bad = self._read(text, row.candidate.quantity)
        row.candidate = replace(row.candidate, quantity=quantity, bad_quantity=bad)
        self._tick(index.row(), True)
        return True

    def _read(self, text: str, former: Decimal | None) -> tuple[Decimal | None, str]:
        try:
            return parse_number(text, self._formats.decimal_sign), ""
        except NotANumber:
            return former, text

    # -- texts

    def _typed(self, candidate: Candidate) -> str:
        if candidate.bad_quantity or candidate.quantity is None:
            return candidate.bad_quantity
        return self._formats.plain(candidate.quantity)

    def _text(self, row: _Row, column: int) -> str:
        candidate = row.candidate
        match column:
            case CandidateColumn.LINE:
                return " ".join(candidate_title(candidate).split())
            case CandidateColumn.QUANTITY:
                return candidate.bad_quantity or self._formats.quantity(candidate.quantity, candidate.unit)
            case CandidateColumn.UNIT:
                return candidate.unit.symbol if candidate.unit is not None else ""
        return ""

    def _spoken(self, row: _Row, column: int) -> str:
        """The whole line wherever the cursor is in it, because it moves from line to line."""
        ticked = translate("Reuse", "ticked") if row.is_chosen else translate("Reuse", "not ticked")
        if column == CandidateColumn.TICK:
            return f"{ticked}, {self._text(row, CandidateColumn.LINE)}"
        parts = [
            ticked,
            self._text(row, CandidateColumn.LINE),
            f"{self._text(row, CandidateColumn.QUANTITY)} {self._text(row, CandidateColumn.UNIT)}".strip(),
            note_words(row.note)[0] if row.note is not None else "",
            candidate_words(row.candidate, self._formats),
        ]
        return ", ".join(part for part in parts if part)


def _is_wrong(candidate: Candidate, column: int) -> bool:
    if column == CandidateColumn.QUANTITY:
        return bool(candidate.bad_quantity)
    return column == CandidateColumn.LINE and not candidate.is_sold
