"""Why the line under the cursor costs what it does, what a little more of it would cost, and what is in stock."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.price_truth import Availability, PriceBasis, PriceBreak
from app.services.line_explainer import Explained
from app.ui.formats import Formats
from app.ui.orders.cell_texts import WAITING
from app.ui.theme import Space
from app.ui.widgets import Button, ElidedLabel, Hairline, Label, Translated, set_tip

_BETWEEN = " · "
KEY = "Ctrl+B"
"""Takes the next break."""


class PriceStrip(Translated):
    """Two quiet rows that keep their height, so that nothing jumps while the cursor moves.

    Signals:
        break_taken: The quantity of the next break, which the user wants on the line.
    """

    break_taken = Signal(object)

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._explained: Explained | None = None
        self._break: PriceBreak | None = None
        self._parts: list[str] = []
        self._line = Hairline()
        _keep_room(self._line)
        self._why = Label(ink="muted")
        self._basis = ElidedLabel()
        self._more = Button(look="link", on_click=self._take)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        _keep_room(self._more)
        self._stock = ElidedLabel()
        self._stock.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(Space.S)
        above.addWidget(self._why)
        above.addWidget(self._basis, 1)
        below.setSpacing(Space.L)
        below.addWidget(self._more)
        below.addWidget(self._stock, 1)
        rows = QVBoxLayout()
        rows.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        rows.setSpacing(2)
        rows.addLayout(above)
        rows.addLayout(below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._line)
        whole.addLayout(rows)
        self.retranslate()

    @property
    def text(self) -> str:
        """All that it says, for the screen reader."""
        more = self._more.text() if self._break is not None else ""
        basis = _BETWEEN.join(self._parts)
        return " ".join(part for part in (self._why.text(), basis, more, self._stock.text()) if part)

    @property
    def shown_basis(self) -> str:
        """As much of what the price rests on as there is room for."""
        return self._basis.text()

    def show_explained(self, explained: Explained | None) -> None:
        """Show what the ERP tells about the line, or nothing."""
        self._explained = explained
        self.retranslate()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("About the price"))
        explained = self._explained
        self._why.setText(self._question(explained))
        self._why.setVisible(bool(self._why.text()))
        self._parts = self._answer(explained)
        self._fit()
        self._break = self._next_break(explained)
        if (offer := self._offer(explained, self._break)) != self._more.text():
            self._more.setText(offer)
            self._more.setShortcut(KEY)  # again: a button's new text takes it away
        self._more.setVisible(self._break is not None)
        set_tip(self._more, self._offer_tip(explained, self._break))
        self._stock.setText(self._in_stock(explained.told.availability if explained is not None else None))
        self._line.setVisible(bool(self.text))
        self.setAccessibleDescription(self.text)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Whole parts only: half a figure would be another figure. The rest is in the tooltip."""
        room = self.width() - 2 * Space.L - Space.S - self._why.sizeHint().width()
        text = ""
        for count in range(1, len(self._parts) + 1):
            longer = _BETWEEN.join(self._parts[:count])
            if count > 1 and self._basis.fontMetrics().horizontalAdvance(longer) >= room:
                break
            text = longer
        self._basis.setText(text)
        set_tip(self._basis, self._details(self._explained))

    # -- the words

    def _question(self, explained: Explained | None) -> str:
        """What the upper row answers."""
        if explained is None:
            return ""
        line, told = explained.line, explained.told
        if explained.is_other_price and told.price is not None:
            return self.tr("The ERP's own price: {price}").format(price=self._formats.amount(told.price))
        price = line.unit_price if line.unit_price is not None else told.price
        if price is None or (told.basis is None and not explained.is_asking):
            return ""
        return self.tr("Why {price}?").format(price=self._formats.amount(price))

    def _answer(self, explained: Explained | None) -> list[str]:
        if explained is None:
            return []
        if explained.is_asking:
            return [WAITING]
        parts = self._basis_parts(explained.told.basis)
        if parts and explained.line.list_price is not None and explained.line.list_price != explained.told.price:
            parts.append(self.tr("list price {price}").format(price=self._formats.amount(explained.line.list_price)))
        return parts

    def _basis_parts(self, basis: PriceBasis | None) -> list[str]:
        if basis is None:
            return []
        parts, rule = [basis.price_list], basis.rule
        if rule is None:
            return parts
        if rule.category:
            parts.append(rule.category)
        if rule.minimum:
            unit = rule.unit.symbol if rule.unit is not None else ""
            quantity = self._formats.quantity(rule.minimum, rule.unit)
            parts.append(self.tr("from {quantity} {unit}").format(quantity=quantity, unit=unit).rstrip())
        if rule.ends is not None:
            parts.append(self.tr("until {day}").format(day=self._formats.named_day(rule.ends)))
        return parts

    def _details(self, explained: Explained | None) -> str:
        """Everything that the ERP tells about the price, one thing a row."""
        basis = explained.told.basis if explained is not None and not explained.is_asking else None
        if explained is None or basis is None:
            return ""
        line, rule = explained.line, basis.rule
        rows = self._basis_parts(basis)
        if rule is not None and rule.starts is not None:
            rows.append(self.tr("since {day}").format(day=self._formats.named_day(rule.starts)))
        if line.list_price is not None:
            rows.append(self.tr("list price {price}").format(price=self._formats.amount(line.list_price)))
        if line.discount:
            rows.append(self.tr("discount {rate}").format(rate=self._formats.percent(line.discount)))
        if rule is not None and rule.formula:
            rows.append(self.tr("the rule in the ERP: {formula}").format(formula=rule.formula))
        return "\n".join(rows)

    def _next_break(self, explained: Explained | None) -> PriceBreak | None:
        """The one to offer: none where it changes nothing, or where the line has a price of its own."""
        if explained is None or explained.is_other_price or explained.told.ladder is None:
            return None
        found = explained.told.ladder.next
        return found if found is not None and found.unit_price != explained.told.price else None

    def _offer(self, explained: Explained | None, found: PriceBreak | None) -> str:
        if explained is None or found is None or found.unit_price is None:
            return ""
        price, unit = self._formats.amount(found.unit_price), explained.line.unit
        if explained.line.quantity is None:
            return self.tr("From {quantity} → {price}").format(
                quantity=self._formats.quantity(found.quantity, unit), price=price
            )
        missing = self._formats.quantity(found.quantity - explained.line.quantity, unit)
        return self.tr("{quantity} more → {price}").format(quantity=missing, price=price)

    def _offer_tip(self, explained: Explained | None, found: PriceBreak | None) -> str:
        if explained is None or found is None or explained.told.ladder is None:
            return ""
        unit = explained.line.unit
        quantity = self._formats.quantity(found.quantity, unit)
        rows = [self.tr("Set the quantity to {quantity} ({key})").format(quantity=quantity, key=KEY)]
        further = [b.quantity for b in explained.told.ladder.breaks if b.quantity > found.quantity]
        if further:
            quantities = _BETWEEN.join(self._formats.quantity(q, unit) for q in further)
            rows.append(self.tr("Another price again from {quantities}").format(quantities=quantities))
        return "\n".join(rows)

    def _in_stock(self, stock: Availability | None) -> str:
        if stock is None or stock.in_stock is None:
            return ""
        parts = [self.tr("In stock {quantity}").format(quantity=self._counted(stock.in_stock, stock))]
        if stock.expected is not None and stock.expected != stock.in_stock:
            expected = self._formats.quantity(stock.expected, stock.unit)
            if stock.by is None:
                parts.append(self.tr("expected {quantity}").format(quantity=expected))
            else:
                parts.append(
                    self.tr("expected {quantity} on {day}").format(
                        quantity=expected, day=self._formats.named_day(stock.by)
                    )
                )
        return _BETWEEN.join(parts)

    def _counted(self, quantity: Decimal, stock: Availability) -> str:
        unit = stock.unit.symbol if stock.unit is not None else ""
        return f"{self._formats.quantity(quantity, stock.unit)} {unit}".rstrip()

    def _take(self) -> None:
        if self._break is not None:
            self.break_taken.emit(self._break.quantity)


def _keep_room(widget: QWidget) -> None:
    """Hidden, it leaves its place empty."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
