"""What a change of the order's head would do to its lines, before it does it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.domain.header_edits import Repricing
from app.domain.money import Money
from app.domain.orders import Tax
from app.ui.formats import Formats
from app.ui.theme import Space, Tone, Type
from app.ui.widgets import Button, Label

Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate
_ITEM, _QUANTITY, _PRICE, _DISCOUNT, _TAX = range(5)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ARROW = " \u2192 "
_ROW = 26
_MOST_ROWS = 6
_LEAST_ROWS = 2


class RepricingModel(QAbstractTableModel):
    """One row for each line whose price would be another one; a tick takes it."""

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._rows: tuple[Repricing, ...] = ()
        self._taken: set[str] = set()

    @property
    def rows(self) -> tuple[Repricing, ...]:
        """What is shown."""
        return self._rows

    @property
    def taken(self) -> frozenset[str]:
        """The ids of the lines that take the new price."""
        return frozenset(self._taken)

    def show_rows(self, rows: Sequence[Repricing]) -> None:
        """Show these. What the user has ticked stays on lines that are asked about again."""
        known = {each.line.id for each in self._rows}
        self.beginResetModel()
        before = self._taken
        self._rows = tuple(rows)
        self._taken = {
            each.line.id
            for each in rows
            if each.must_follow or (each.line.id in before if each.line.id in known else each.is_taken_at_first)
        }
        self.endResetModel()

    def forget(self) -> None:
        """Nothing is asked any more."""
        self.show_rows(())

    def take_all(self, *, taken: bool) -> None:
        """Every line takes the new price, or keeps its own."""
        self._taken = {each.line.id for each in self._rows if taken or each.must_follow}
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0), [_CHECK])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """See QAbstractTableModel."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """See QAbstractTableModel."""
        return 0 if parent.isValid() else _TAX + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A line that cannot be kept has no tick to take away."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == _ITEM and not self._rows[index.row()].must_follow:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The words of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ALIGN:
            side = Qt.AlignmentFlag.AlignLeft if section in (_ITEM, _TAX) else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != _DISPLAY:
            return None
        return (
            translate("HeadQuestion", "Take the new price of"),
            translate("HeadQuestion", "Quantity"),
            translate("HeadQuestion", "Price"),
            translate("HeadQuestion", "Discount"),
            translate("HeadQuestion", "Tax"),
        )[section]

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """See QAbstractTableModel."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = index.column()
        if role in (_DISPLAY, _TOOLTIP):
            return self._text(row, column)
        if role == _CHECK and column == _ITEM:
            return Qt.CheckState.Checked if row.line.id in self._taken else Qt.CheckState.Unchecked
        if role == _ALIGN and column in (_QUANTITY, _PRICE, _DISCOUNT):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _SPOKEN:
            texts = (self._text(row, each) for each in range(_TAX + 1))
            return ", ".join(text for text in texts if text)
        return None

    def setData(self, index: Index, value: Any, role: int = _DISPLAY) -> bool:  # noqa: N802
        """A tick was set or taken away."""
        if not index.isValid() or role != _CHECK or index.column() != _ITEM or self._rows[index.row()].must_follow:
            return False
        line_id = self._rows[index.row()].line.id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._taken.add(line_id)
        else:
            self._taken.discard(line_id)
        self.dataChanged.emit(index, index, [_CHECK])
        return True

    def _text(self, row: Repricing, column: int) -> str:
        line, price, formats = row.line, row.price, self._formats
        match column:
            case 0:
                product = line.product
                name = " ".join(p for p in (product.code, product.name) if p) if product else line.description
                return translate("HeadQuestion", "{item} · price by hand").format(item=name) if row.by_hand else name
            case 1:
                return f"{formats.quantity(line.quantity, line.unit)} {line.unit.symbol if line.unit else ''}".strip()
            case 2:
                return _ARROW.join((self._money(line.unit_price), self._money(price.unit_price)))
            case 3:
                both = (line.discount, price.discount)
                texts = [formats.percent(each) if each is not None else "–" for each in both]
                return _ARROW.join(texts) if (both[0] or 0) != (both[1] or 0) else ""
            case _:
                now, then = _taxes(line.taxes), _taxes(price.taxes)
                return f"{now}{_ARROW}{then}" if now != then else ""

    def _money(self, value: Money | None) -> str:
        return self._formats.money(value) if value is not None else "–"


def _taxes(taxes: Sequence[Tax]) -> str:
    return ", ".join(tax.label for tax in taxes) or "–"


class HeadQuestion(QFrame):
    """Shown in place under the head; it covers nothing.

    Signals:
        decided: The change is to be made; the ids of the lines that take the new price.
        left: All is to stay as it is.
    """

    decided = Signal(frozenset)
    left = Signal()

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "message")
        self.setProperty("tone", Tone.WARNING.value)
        self._what = Label(step=Type.STRONG, wrap=True)
        self._rest = Label(ink="muted", wrap=True)
        self.model = RepricingModel(formats, self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.entered_yes.connect(self._yes)
        self._change = Button(look="primary", on_click=self._yes)
        self._leave = Button(on_click=self.left.emit)
        self._all = Button(look="link", on_click=lambda: self.model.take_all(taken=True))
        self._none = Button(look="link", on_click=lambda: self.model.take_all(taken=False))
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for button in (self._change, self._leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._all)
        buttons.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        for part in (self._what, self.table, self._rest):
            column.addWidget(part)
        column.addSpacing(Space.XS)
        column.addLayout(buttons)
        self.hide()

    def ask(self, rows: Sequence[Repricing]) -> None:
        """Ask about these lines."""
        self._retranslate(rows)
        if tuple(rows) == self.model.rows:
            return
        self.model.show_rows(rows)
        self.table.fit()
        may_choose = any(not each.must_follow for each in rows)
        self._all.setVisible(may_choose and len(rows) > 1)
        self._none.setVisible(may_choose and len(rows) > 1)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Ask nothing any more."""
        if self.model.rows:
            self.model.forget()
        self.hide()

    def take_keyboard(self) -> None:
        """Put the keyboard on the first line."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leaves it as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _yes(self) -> None:
        self.decided.emit(self.model.taken)

    def _retranslate(self, rows: Sequence[Repricing]) -> None:
        what = self.tr("This would change the price of %n line(s).", "", len(rows))
        promise = self.tr("Nothing is changed until you say so.")
        self._what.setText(f"{what} {promise}")
        self.setAccessibleName(self._what.text())
        must = any(each.must_follow for each in rows)
        by_hand = any(each.by_hand for each in rows)
        rest = ""
        if must:
            rest = self.tr("In another currency no price can stay the figure that it is.")
        elif by_hand:
            rest = self.tr("Prices that were set by hand stay unless you tick them.")
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self._change.setText(self.tr("Change it"))
        self._leave.setText(self.tr("Leave as it is"))
        self._all.setText(self.tr("All new prices"))
        self._none.setText(self.tr("Keep all prices"))
        self.table.setAccessibleName(self.tr("Lines whose price would change"))


class _Table(QTableView):
    """Space ticks, Enter says yes, Tab goes on to the buttons."""

    entered_yes = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = 0  # its height, in pixels, where there is room
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """As high as its rows, up to some, and where there is little room two; the rest scrolls."""
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_ITEM, QHeaderView.ResizeMode.Stretch)
        model = self.model()
        for column in (_QUANTITY, _PRICE, _DISCOUNT, _TAX):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (_DISCOUNT, _TAX):
            self.setColumnHidden(column, not any(model.index(r, column).data() for r in range(model.rowCount())))
        frame = header.sizeHint().height() + 2 * self.frameWidth()
        self._whole = frame + min(model.rowCount(), _MOST_ROWS) * _ROW
        self.setMinimumHeight(frame + min(model.rowCount(), _LEAST_ROWS) * _ROW)
        self.setMaximumHeight(self._whole)
        self.updateGeometry()
        self.setCurrentIndex(model.index(0, 0))

    def sizeHint(self) -> QSize:  # noqa: N802
        """See `fit`."""
        return QSize(super().sizeHint().width(), self._whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_yes.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Space:
            index = self.model().index(self.currentIndex().row(), _ITEM)
            if index.isValid():
                is_on = index.data(_CHECK) == Qt.CheckState.Checked
                self.model().setData(index, Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked, _CHECK)
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
