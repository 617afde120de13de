"""What the user has typed on top of an order as the ERP last gave it. Pure: no clock, no I/O, nothing computed.

`apply` lays the edits over the order, `rebase` moves them onto a newer order three-way by line and field, and `diff`
says what has to travel to the ERP. An edit of a new line has an id of the form ``new-<token>``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from app.domain.money import Money
from app.domain.order_changes import LineChange, LineRemoval, OrderChanges
from app.domain.orders import (
    PRICED_BY,
    LineField,
    LineKind,
    LinePrice,
    Order,
    OrderLine,
    Product,
    Unit,
)

Value = Product | Unit | Money | Decimal | str | None
"""What a field of a line can hold."""

_READ: Mapping[LineField, Callable[[OrderLine], Value]] = {
    LineField.PRODUCT: lambda line: line.product,
    LineField.DESCRIPTION: lambda line: line.description,
    LineField.QUANTITY: lambda line: line.quantity,
    LineField.UNIT: lambda line: line.unit,
    LineField.UNIT_PRICE: lambda line: line.unit_price,
    LineField.DISCOUNT: lambda line: line.discount,
}

BY_HAND = frozenset({LineField.UNIT_PRICE, LineField.DISCOUNT})
"""The fields of a price that a user can set against the ERP's own."""
_PRICE_FOLLOWS = frozenset({LineField.PRODUCT, LineField.QUANTITY, LineField.UNIT})
_QUANTIFIED = frozenset({LineField.QUANTITY, LineField.UNIT})
PRICED_ANEW = BY_HAND | {LineField.PRODUCT}
"""Where one of them is typed, the price that stood on the line is no more."""


def value_of(line: OrderLine, name: LineField) -> Value:
    """The value of one typed field."""
    return _READ[name](line)


@dataclass(frozen=True, slots=True)
class LineEdit:
    """What was typed on one line.

    Attributes:
        values: Only the fields that differ from the order; for a new line all that were typed.
        removed: The user took the line away.
        price: The ERP's answer for exactly these values, or None while it has not answered.
        held: A price or discount by hand that stands on the line and is kept; see `OrderEdits.hold`.
    """

    line_id: str
    values: Mapping[LineField, Value] = field(default_factory=dict)
    removed: bool = False
    price: LinePrice | None = None
    kind: LineKind = LineKind.PRODUCT
    held: Mapping[LineField, Value] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """The line does not exist in the ERP yet."""
        return self.line_id.startswith("new-")

    @property
    def touches_price(self) -> bool:
        """The ERP must be asked for the price before this is written."""
        return not self.removed and self.kind is LineKind.PRODUCT and bool(PRICED_BY & self.values.keys())

    @property
    def needs_price(self) -> bool:
        """The ERP's price for these values is not known yet."""
        return self.touches_price and self.price is None

    @property
    def manual(self) -> frozenset[LineField]:
        """The price fields that the user typed himself. An emptied one asks for the ERP's own again."""
        return frozenset(name for name in BY_HAND if self.wanted.get(name) is not None)

    @property
    def wanted(self) -> Mapping[LineField, Value]:
        """What was typed, and what is to stay as it was typed before."""
        return {**self.held, **self.values} if self.held else self.values

    def onto(self, line: OrderLine) -> OrderLine:
        """``line`` with this edit on it. A price that the ERP has not confirmed for these values is left empty."""
        v = self.wanted
        edited = line
        for name, value in v.items():
            edited = _put(edited, name, value)
        if not self.touches_price:
            return edited
        if self.price is None:
            return replace(
                edited,
                list_price=None,
                discount=edited.discount if LineField.DISCOUNT in v else None,
                unit_price=edited.unit_price if LineField.UNIT_PRICE in v else None,
                amount=None,
            )
        return replace(
            edited,
            unit=self.price.unit,
            list_price=self.price.list_price,
            discount=self.price.discount,
            unit_price=self.price.unit_price,
            taxes=self.price.taxes,
            amount=self.price.amount,
        )


def _put(line: OrderLine, name: LineField, value: Value) -> OrderLine:
    match name, value:
        case LineField.PRODUCT, Product() | None:
            return replace(line, product=value)
        case LineField.DESCRIPTION, str():
            return replace(line, description=value)
        case LineField.QUANTITY, Decimal() | None:
            return replace(line, quantity=value)
        case LineField.UNIT, Unit() | None:
            return replace(line, unit=value)
        case LineField.UNIT_PRICE, Money() | None:
            return replace(line, unit_price=value)
        case LineField.DISCOUNT, Decimal() | None:
            return replace(line, discount=value)
    raise TypeError(f"{name} cannot hold {type(value).__name__}")


@dataclass(frozen=True, slots=True)
class OrderEdits:
    """All edits of one order, in the order their lines were first touched. Changing it makes another one."""

    lines: Mapping[str, LineEdit] = field(default_factory=lambda: MappingProxyType({}))

    def __iter__(self) -> Iterator[LineEdit]:
        return iter(self.lines.values())

    def __len__(self) -> int:
        return len(self.lines)

    def get(self, line_id: str) -> LineEdit | None:
        """The edit of this line, or None."""
        return self.lines.get(line_id)

    def put(self, *edits: LineEdit) -> "OrderEdits":
        """With each edit in the place of an earlier one of the same line. One that says nothing is dropped."""
        lines = dict(self.lines)
        for edit in edits:
            if edit.values or edit.removed or edit.is_new:
                lines[edit.line_id] = edit
            else:
                lines.pop(edit.line_id, None)
        return OrderEdits(MappingProxyType(lines))

    def drop(self, line_ids: Iterable[str]) -> "OrderEdits":
        """Without the edits of these lines."""
        gone = frozenset(line_ids)
        return OrderEdits(MappingProxyType({k: v for k, v in self.lines.items() if k not in gone}))

    def typed(self, base: OrderLine | None, line_id: str, name: LineField, value: Value) -> "OrderEdits":
        """With a value typed into one field. A value that is the base's own again is no edit.

        Another product takes back what was typed for the former one: its unit, price and discount. Without a base,
        because the line is about to change, every value counts.
        """
        edit = self.lines.get(line_id) or LineEdit(line_id, kind=base.kind if base is not None else LineKind.PRODUCT)
        values = dict(edit.values)
        if base is not None and value_of(base, name) == value:
            values.pop(name, None)
        else:
            values[name] = value
        if name is LineField.PRODUCT:
            for follower in (LineField.UNIT, LineField.UNIT_PRICE, LineField.DISCOUNT):
                values.pop(follower, None)
        elif name is LineField.DISCOUNT:
            values.pop(LineField.UNIT_PRICE, None)
        elif name is LineField.UNIT_PRICE:
            values.pop(LineField.DISCOUNT, None)
        price = None if name in PRICED_BY else edit.price
        held = {} if name in BY_HAND or name is LineField.PRODUCT else edit.held
        return self.put(replace(edit, values=MappingProxyType(values), price=price, removed=False, held=held))

    def hold(self, line_id: str, by_hand: Mapping[LineField, Value]) -> "OrderEdits":
        """With the price ``by_hand`` that stands on the line kept, where its quantity or unit is what changes.

        Another product has a price of its own, and a price that was typed is the one that holds.
        """
        edit = self.lines.get(line_id)
        if edit is None:
            return self
        typed = edit.values.keys()
        follows = not edit.is_new and not edit.removed and typed & _QUANTIFIED and not typed & PRICED_ANEW
        held = by_hand if follows else {}
        if held == edit.held:
            return self
        return self.put(replace(edit, held=MappingProxyType(dict(held)), price=None))

    def priced(self, prices: Mapping[str, LinePrice]) -> "OrderEdits":
        """With the ERP's price for the values that the edit of each line has now."""
        return self.put(*(replace(self.lines[line_id], price=price) for line_id, price in prices.items()))

    def unpriced(self) -> "OrderEdits":
        """As typed, with every price to be asked for again: what they rest on has changed."""
        return OrderEdits(MappingProxyType({key: replace(edit, price=None) for key, edit in self.lines.items()}))


def edited_line(order: Order, edits: OrderEdits, line_id: str) -> OrderLine | None:
    """One line with its edit on it, or None where the ERP has no such line and nothing was typed."""
    base = order.line(line_id)
    edit = edits.get(line_id)
    if edit is None:
        return base
    if base is None and not edit.is_new:
        return None
    return edit.onto(base or OrderLine(line_id, kind=edit.kind))


def apply(order: Order, edits: OrderEdits) -> tuple[OrderLine, ...]:
    """The order's lines with the edits on them: removed ones left out, new ones at the end."""
    kept = []
    for line in order.lines:
        edit = edits.get(line.id)
        if edit is None:
            kept.append(line)
        elif not edit.removed:
            kept.append(edit.onto(line))
    new = (edit.onto(OrderLine(edit.line_id, kind=edit.kind)) for edit in edits if edit.is_new and not edit.removed)
    return (*kept, *new)


@dataclass(frozen=True, slots=True)
class Collision:
    """The user and somebody else changed the same thing.

    Attributes:
        name: The field, or None when it is the line as a whole: one side removed it.
        mine: What the user typed; for a whole line the edited line, or None when the user removed it.
        theirs: What the ERP has now; None when they removed the line.
        was: What both started from.
    """

    line_id: str
    name: LineField | None
    mine: Value | OrderLine
    theirs: Value | OrderLine
    was: Value | OrderLine


@dataclass(frozen=True, slots=True)
class Rebased:
    """The edits on the newer order, and the questions only the user can answer.

    A line that collides keeps its edit, resting on the newer order: writing it as it is means "mine".
    """

    edits: OrderEdits
    collisions: tuple[Collision, ...] = ()


def collisions_of(edit: LineEdit, was: OrderLine, theirs: OrderLine | None) -> tuple[Collision, ...]:
    """What only the user can decide: he and somebody else changed the same line, ``was``, in different ways.

    A price or discount that they set by hand collides with everything that would have the ERP price the line anew.
    """
    if theirs is None:
        return () if edit.removed else (Collision(edit.line_id, None, edit.onto(was), None, was),)
    if edit.removed:
        return () if _content(was) == _content(theirs) else (Collision(edit.line_id, None, None, theirs, was),)
    theirs_changed = {name for name in LineField if value_of(theirs, name) != value_of(was, name)}
    mine_changed = {name for name, mine in edit.values.items() if mine != value_of(theirs, name)}
    disputed = mine_changed & theirs_changed
    if PRICED_BY & mine_changed and not _PRICE_FOLLOWS & theirs_changed:
        disputed |= BY_HAND & theirs_changed - edit.values.keys()
    return tuple(
        Collision(edit.line_id, name, edit.wanted.get(name), value_of(theirs, name), value_of(was, name))
        for name in LineField
        if name in disputed
    )


def rebase(
    edits: OrderEdits, old: Order, new: Order, undecided: Mapping[str, OrderLine] = MappingProxyType({})
) -> Rebased:
    """Move ``edits`` from ``old`` onto ``new``, three-way by line and field.

    Where both made the same change it is no edit any more; where only the other one changed, theirs stands; where only
    the user did, his does. A price is asked for again when anything that the price rests on has moved.

    ``undecided`` holds, for lines that collided before and still wait for the user, what both had started from.
    """
    header_moved = old.header != new.header
    moved = OrderEdits()
    collisions: list[Collision] = []
    for edit in edits:
        was, theirs = undecided.get(edit.line_id) or old.line(edit.line_id), new.line(edit.line_id)
        if edit.is_new:
            survivor = edit
        elif was is None or (theirs is None and edit.removed):
            continue  # gone, as the user wanted
        else:
            collisions.extend(collisions_of(edit, was, theirs))
            survivor = edit if edit.removed or theirs is None else _move(edit, was, theirs)
        moved = moved.put(replace(survivor, price=None) if header_moved else survivor)
    return Rebased(moved, tuple(collisions))


def _move(edit: LineEdit, was: OrderLine, theirs: OrderLine) -> LineEdit:
    values = {name: mine for name, mine in edit.values.items() if mine != value_of(theirs, name)}
    same_ground = all(value_of(was, name) == value_of(theirs, name) for name in PRICED_BY)
    price = edit.price if same_ground and values.keys() == edit.values.keys() else None
    return replace(edit, values=MappingProxyType(values), price=price)


def merged(earlier: LineEdit, later: LineEdit) -> LineEdit:
    """Two edits of one line, one typed after the other without knowing of it: the later one stands where they meet."""
    if earlier.removed or later.removed:
        return later
    edits = OrderEdits().put(replace(earlier, price=None))
    for name in LineField:  # the product first: it takes back what was typed for another one
        if name in later.values:
            edits = edits.typed(None, earlier.line_id, name, later.values[name])
    return edits.get(earlier.line_id) or later


def typed_since(sent: LineEdit, edit: LineEdit, line: OrderLine) -> LineEdit | None:
    """What was typed into ``edit`` after ``sent`` had travelled, as an edit of what the ERP made of that: ``line``."""
    later = OrderEdits()
    for name, value in edit.values.items():
        if name not in sent.values or sent.values[name] != value:
            later = later.typed(line, line.id, name, value)
    return later.get(line.id)


def _content(line: OrderLine) -> tuple[Value, ...]:
    return tuple(value_of(line, name) for name in LineField)


def diff(order: Order, edits: OrderEdits, line_ids: Iterable[str]) -> OrderChanges:
    """What has to travel for the edits of ``line_ids``: only changed fields, each at the version it was read at.

    Raises:
        ValueError: a line is not in the order, or its price is not known: nothing unpriced is written.
    """
    created: list[LineChange] = []
    changed: list[LineChange] = []
    removed: list[LineRemoval] = []
    for line_id in line_ids:
        edit = edits.lines[line_id]
        if edit.needs_price:
            raise ValueError(f"line {line_id} has no price from the ERP yet")
        creates = edit.is_new and not edit.removed
        base = OrderLine(line_id, kind=edit.kind) if creates else order.line(line_id)
        if base is None:
            raise ValueError(f"line {line_id} is not in the order")
        if edit.removed:
            removed.append(LineRemoval(line_id, base.version))
            continue
        change = LineChange(
            line=edit.onto(base),
            fields=frozenset(edit.wanted),
            priced=edit.price is not None,
            vendor=edit.price.vendor if edit.price is not None else MappingProxyType({}),
        )
        (created if creates else changed).append(change)
    created.sort(key=lambda change: int(change.line.id.removeprefix("new-")))
    return OrderChanges(order.id, order.version, order.header, tuple(created), tuple(changed), tuple(removed))
