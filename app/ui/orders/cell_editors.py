"""The editors in which the ERP is asked what a cell may hold."""

from PySide6.QtWidgets import QWidget

from app.ports.jobs import Runner
from app.services.order_desk import DeskOrder
from app.ui.orders.lines_view import LinesView
from app.ui.orders.product_editor import ProductEditor
from app.ui.orders.unit_editor import UnitEditor


class CellEditors:
    """Makes them for the order that a grid shows."""

    def __init__(self, view: LinesView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._order: DeskOrder | None = None

    def show_order(self, order: DeskOrder | None) -> None:
        """The lines of this order are typed in, or of none."""
        self._order = order

    def product(self, parent: QWidget) -> ProductEditor:
        """For an item."""
        if self._order is None:
            raise RuntimeError("there is no order to type an item in")
        return ProductEditor(self._order.erp, self._order.session.header, self._runner, parent)

    def unit(self, parent: QWidget, row: int) -> UnitEditor:
        """For the unit of the line in this row."""
        lines = self._view.lines
        view = lines.view(row) if lines is not None else None
        if self._order is None or view is None:
            raise RuntimeError("there is no line to type a unit in")
        return UnitEditor(self._order.units, view.line.product, parent)
