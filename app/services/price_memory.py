"""What one session knows about the prices on an order's lines: typed by hand, or the ERP's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.money import Money
from app.domain.order_edits import BY_HAND, LineEdit, Value
from app.domain.orders import LineField, OrderHeader, OrderLine
from app.domain.price_origin import Ground, HandPrice, PriceChoice, ground_of, hand_values, is_priced


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """The ERP's own unit price of a line as it stands; None where it has none."""

    unit_price: Money | None


class PriceMemory:
    """By line. What it knows counts only for as long as the line still is what it was known of."""

    def __init__(self) -> None:
        self._by_hand: dict[str, HandPrice] = {}
        self._own: dict[str, tuple[Ground, OwnPrice]] = {}

    def wrote(self, header: OrderHeader, edit: LineEdit, line: OrderLine) -> None:
        """``line`` is what the ERP made of ``edit``."""
        if not edit.touches_price:
            return
        values = {name: value for name, value in edit.wanted.items() if name in BY_HAND and value is not None}
        if values:
            self.keep(line, values)
        else:
            self._by_hand.pop(line.id, None)
            self.heard(header, line, line.unit_price)

    def keep(self, line: OrderLine, values: Mapping[LineField, Value]) -> None:
        """What stands on the line is the user's own: ``values`` as he typed them."""
        self._by_hand[line.id] = HandPrice(dict(values), line)

    def heard(self, header: OrderHeader, line: OrderLine, own: Money | None) -> None:
        """The ERP said what it asks for the line as it stands."""
        self._own[line.id] = ground_of(header, line), OwnPrice(own)

    def by_hand(self, line: OrderLine) -> Mapping[LineField, Value]:
        """The price that was typed in this session and still stands there."""
        known = self._by_hand.get(line.id)
        return known.values if known is not None and known.holds_on(line) else {}

    def own(self, header: OrderHeader, line: OrderLine) -> OwnPrice | None:
        """The ERP's own price for the line as it stands; None where it must be asked."""
        ground, own = self._own.get(line.id, (None, None))
        return own if ground == ground_of(header, line) else None

    def stood(self, header: OrderHeader, line: OrderLine) -> Money | None:
        """The unit price on the stored line, where neither is it known to be the ERP's own nor was it typed in this
        session: somebody has set it by hand, or it was the ERP's own on another day.
        """
        own = self.own(header, line)
        is_known = bool(self.by_hand(line)) or (own is not None and own.unit_price == line.unit_price)
        return line.unit_price if is_priced(line) and not is_known else None

    def to_hold(self, line: OrderLine, choice: PriceChoice | None) -> Mapping[LineField, Value]:
        """The price by hand on the stored ``line`` that stays when its quantity changes, after what the user chose."""
        match choice:
            case PriceChoice.KEEP:
                return hand_values(line, frozenset({LineField.UNIT_PRICE}))
            case PriceChoice.TAKE:
                return {}
        return self.by_hand(line)

    @staticmethod
    def unsure(line: OrderLine | None, edit: LineEdit, choice: PriceChoice | None) -> OrderLine | None:
        """The stored line whose own price decides whether the user must be asked about the price of ``edit``.

        None where he has said what the price is to be: another product, a price of his own or none, or an answer.
        """
        said = edit.values.keys() & (BY_HAND | {LineField.PRODUCT})
        if line is None or edit.is_new or edit.held or said or choice is not None or not is_priced(line):
            return None
        return line

    def to_ask(
        self, header: OrderHeader, line: OrderLine | None, edit: LineEdit, choice: PriceChoice | None
    ) -> OrderLine | None:
        """The same, where the ERP has not told its own price for it yet."""
        unsure = self.unsure(line, edit, choice)
        return unsure if unsure is not None and self.own(header, unsure) is None else None
