"""A product that was found while there is no order to put it in: what it is, and how it gets into one."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.orders import Product
from app.ui.theme import Space, Type
from app.ui.widgets import Button, ElidedLabel, IconView, Label, Translated, announce


class ProductCard(Translated):
    """Opens under the search field; Esc or a click elsewhere closes it.

    Args:
        begin: Begins an order for the customer at hand with this product; None while there is no such customer.
        customer: His name.

    Attributes:
        begin: The button that does it, or None.
    """

    def __init__(self, product: Product, begin: Callable[[], object] | None, customer: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(product.name)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(IconView("box", "faint"))
        head.addWidget(ElidedLabel(product.name, Type.STRONG), 1)
        head.addWidget(Label(product.code, ink="muted", figures=True))
        column = QVBoxLayout()
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        self.begin: Button | None = None
        if begin is None:
            hint = self.tr("No order is open. Find a customer first; then a product goes on his order's next line.")
        else:
            hint = self.tr("No order is open that takes another line.")
        self._hint = Label(hint, Type.CAPTION, "muted", wrap=True)
        column.addWidget(self._hint)
        if begin is not None:
            self.begin = Button(self.tr("New order with it"), "primary", picture="plus")
            self.begin.set_on_click(lambda: self._begin(begin))
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            row.addWidget(self.begin)
            row.addWidget(ElidedLabel(customer, Type.CAPTION, "muted"), 1)
            column.addLayout(row)
        frame = QFrame()
        frame.setProperty("frame", "menu")
        frame.setLayout(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.setFixedWidth(400)

    def show_under(self, widget: QWidget) -> None:
        """Open with the left edges in line."""
        self.adjustSize()
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + Space.XS)))
        self.show()
        if self.begin is not None:
            self.begin.setFocus()
        announce(self, f"{self.accessibleName()}. {self._hint.text()}")

    def _begin(self, begin: Callable[[], object]) -> None:
        self.close()
        begin()
