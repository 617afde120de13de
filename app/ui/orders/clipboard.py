"""What copy and paste do in the line grid: whole rows, as other programs know them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication

from app.domain.orders import LineField
from app.domain.pasted_text import is_table
from app.services.order_desk import DeskOrder
from app.services.order_rows import InputProblem, TypedRow
from app.ui.formats import Formats
from app.ui.orders.commands import Command, Group
from app.ui.orders.copy_out import table_of
from app.ui.orders.lines_view import LinesView
from app.ui.orders.paste_bar import PasteBar
from app.ui.orders.undo import undo_of

translate = QCoreApplication.translate


class OrderClipboard(QObject):
    """Pastes into the order that is shown in a grid, and copies out of it.

    Attributes:
        bar: Says how far a paste is and what became of it.

    Signals:
        unknown_item: A pasted item is none of the ERP's.
    """

    unknown_item = Signal()

    def __init__(self, view: LinesView, formats: Formats) -> None:
        super().__init__(view)
        self._view = view
        self._formats = formats
        self._order: DeskOrder | None = None
        self.bar = PasteBar(formats)

    def show_order(self, order: DeskOrder | None) -> None:
        """Paste into this one from now on."""
        self._order = order
        self.bar.show_paste(order.paste if order is not None else None, self.stop)

    def commands(self) -> Sequence[Command]:
        """Copy, paste and select."""
        keys = QKeySequence.StandardKey
        return (
            Command(
                "copy_rows",
                Group.EDIT,
                lambda: translate("OrderClipboard", "Copy the selected lines"),
                self.copy,
                (keys.Copy,),
                lambda: bool(self._view.selected_keys()),
                "copy",
            ),
            Command(
                "paste_rows",
                Group.EDIT,
                lambda: translate("OrderClipboard", "Paste lines"),
                self.paste,
                (keys.Paste,),
                lambda: self._order is not None and self._order.session.order.editable,
            ),
            Command(
                "select_all",
                Group.EDIT,
                lambda: translate("OrderClipboard", "Select all lines"),
                self._view.select_all_lines,
                (keys.SelectAll,),
                lambda: bool(self._view.lines is not None and self._view.lines.key(0)),
            ),
        )

    def copy(self) -> None:
        """The selected lines go to the clipboard."""
        lines = self._view.lines
        if lines is not None:
            views = [lines.session.row(key) for key in self._view.selected_keys()]
            QGuiApplication.clipboard().setMimeData(table_of(views, self._formats))

    def paste(self) -> None:
        """What the clipboard holds goes to the end of the order; a single cell into the current one."""
        text = QGuiApplication.clipboard().text()
        lines, order, index = self._view.lines, self._order, self._view.currentIndex()
        if lines is None or order is None or not text.strip():
            return
        if not is_table(text):
            if lines.flags(index) & Qt.ItemFlag.ItemIsEditable:
                lines.setData(index, text)
            return
        self._view.take_editor()
        undo = undo_of(order)

        def put(rows: Sequence[TypedRow]) -> Sequence[str]:
            with undo.step(_pasting):
                keys = order.session.add_rows(rows)
            if any(_is_unknown(row) for row in rows):
                QApplication.beep()
                self.unknown_item.emit()
            self._view.scrollTo(self._view.currentIndex())
            return keys

        order.paste.paste(text, self._formats.decimal_sign, put)

    def stop(self) -> None:
        """The rows of the paste that are not in the ERP are taken out again."""
        order = self._order
        if order is not None:
            with undo_of(order).step(_stopping):
                order.paste.stop()


def _is_unknown(row: TypedRow) -> bool:
    bad = row.bad.get(LineField.PRODUCT)
    return bad is not None and bad.problem is InputProblem.UNKNOWN_PRODUCT


def _pasting() -> str:
    return translate("OrderUndo", "pasting of line {line} and others")


def _stopping() -> str:
    return translate("OrderUndo", "stopping of the paste")
