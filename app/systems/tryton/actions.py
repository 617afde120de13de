"""What this user may do with an order now: the buttons of Tryton's own form, under Tryton's own conditions.

The form (`fields_view_get`) names its buttons with their words in the user's language and with conditions over the
order's fields; a button that the user's groups may not press comes with "readonly" set. So nothing about states is
known here. The one thing Tryton does not tell is that a button opens a further form of Tryton's instead of doing
something by itself: those are named in `OPEN_A_FORM`, and one of another module shows itself by its answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from app.domain.orders import OrderAction
from app.domain.text import one_line
from app.ports.errors import Question, Refused
from app.systems.tryton import pyson
from app.systems.tryton.mapping import HEADER_NAMES
from app.systems.tryton.protocol import SYSTEM, Row, malformed
from app.systems.tryton.schema import Schema
from app.systems.tryton.site import Site

MODIFY_HEADER = "modify_header"
OPEN_A_FORM = frozenset({MODIFY_HEADER, "handle_invoice_exception", "handle_shipment_exception"})
"""Buttons of the module ``sale`` that start a wizard (``button_action`` in ``trytond/modules/sale/sale.py``)."""

MOVES_ON = frozenset({"quote", "confirm", "process"})
"""Buttons that bring an order on its way. Tryton tells no such thing; a button not named here is only shown quieter."""

_CONFIRM = "confirm:"


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the order's form.

    Attributes:
        confirm: A question that Tryton asks before it is pressed, or empty.
        hidden: The conditions under one of which it cannot be pressed.
    """

    name: str
    label: str
    confirm: str
    hidden: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Buttons:
    """All buttons of the form, and the condition under which the lines are closed.

    Attributes:
        fields: The fields of the order that the conditions look at.
        modify_header: Tryton's own way to change the head of an order with lines: see `header`.
    """

    buttons: tuple[Button, ...]
    lines_closed: Any
    fields: tuple[str, ...]
    modify_header: Button | None = None

    def offered(self, row: Row) -> tuple[OrderAction, ...]:
        """Those that can be pressed for the order ``row``."""
        values = {name: row.plain(name) for name in self.fields}
        return tuple(
            OrderAction(button.name, button.label, button.name in MOVES_ON)
            for button in self.buttons
            if not any(_holds(condition, values) for condition in button.hidden)
        )

    def editable(self, row: Row) -> bool:
        """The ERP lets the lines of this order be changed in its state."""
        return not _holds(self.lines_closed, {name: row.plain(name) for name in self.fields})

    def may_modify_header(self, values: Mapping[str, Any]) -> bool:
        """The head can be changed as if there were no lines."""
        button = self.modify_header
        return button is not None and not any(_holds(condition, values) for condition in button.hidden)

    def named(self, name: str) -> Button | None:
        """The button of that name."""
        return next((button for button in self.buttons if button.name == name), None)


def _holds(condition: Any, values: Mapping[str, Any]) -> bool:
    try:
        return bool(pyson.evaluate(condition, values))
    except pyson.NotUnderstood:
        return True  # rather no button, and no editing, than one that the ERP would refuse


async def load_buttons(site: Site) -> Buttons:
    """Read the form."""
    view = await site.client.read("model.sale.sale.fields_view_get", None, "form")
    arch = view.get("arch") if isinstance(view, Mapping) else None
    if not isinstance(arch, str):
        raise malformed("a form without a description")
    return read_buttons(arch, site.schema)


def read_buttons(arch: str, schema: Schema) -> Buttons:
    """The buttons in a form's XML. Raises `MalformedAnswer`."""
    found: dict[str, Button] = {}
    modify_header: Button | None = None
    for attributes in _elements(arch, "button"):
        name = attributes.get("name", "")
        label = one_line(attributes.get("string", ""))
        if not (name.isidentifier() and label):
            continue
        states = _states(attributes.get("states", "{}"))
        hidden = tuple(states[key] for key in ("invisible", "readonly") if key in states)
        button = Button(name, label, one_line(attributes.get("confirm", "")), hidden)
        if name == MODIFY_HEADER:
            modify_header = button
        elif name not in OPEN_A_FORM:
            found[name] = button
    lines_closed = _states(schema.sale["lines"].states).get("readonly", False)
    head = [schema.sale[name].states for name in HEADER_NAMES.values() if name in schema.sale]
    conditions = [lines_closed, *(button.hidden for button in found.values()), *(_states(text) for text in head)]
    if modify_header is not None:
        conditions.append(modify_header.hidden)
    fields = sorted({name for part in conditions for name in _names(part) if name in schema.sale})
    return Buttons(tuple(found.values()), lines_closed, tuple(fields), modify_header)


def _names(part: Any) -> Sequence[str]:
    return list(pyson.names(list(part) if isinstance(part, tuple) else part))


def _states(text: str) -> Mapping[str, Any]:
    try:
        states = pyson.parse(text)
    except pyson.NotUnderstood:
        states = None
    # Conditions that cannot be read at all hide what they belong to.
    return states if isinstance(states, Mapping) else {"invisible": True, "readonly": True}


def _elements(arch: str, tag: str) -> Sequence[dict[str, str]]:
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == tag:
            found.append(attributes)

    def entity(*_: object) -> None:
        raise malformed("a form with entities of its own")  # the way to blow up an XML parser

    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(arch.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise malformed("a form that is no XML") from error
    return found


async def press(site: Site, buttons: Buttons, order_key: int, name: str, accepted: frozenset[str]) -> None:
    """Press the button ``name`` for an order.

    Raises:
        Refused: there is no such button, or the ERP said no.
        Question: the button's own, or a warning of the ERP's.
        OutcomeUnknown: pressed, and not answered.
    """
    button = buttons.named(name)
    if button is None:
        raise Refused(SYSTEM, detail="the order's form has no such button")
    question = f"{_CONFIRM}{name}"
    if button.confirm and question not in accepted:
        raise Question(SYSTEM, button.confirm, name=question)
    await skip_warnings(site, accepted - {question})
    answer = await site.client.write(f"model.sale.sale.{name}", [order_key])
    if isinstance(answer, int | Mapping) and not isinstance(answer, bool):
        raise Refused(SYSTEM, detail=f"“{button.label}” asks for more than a click; it has a form in Tryton itself")


async def skip_warnings(site: Site, names: frozenset[str]) -> None:
    """Tell Tryton that the user has said yes to these warnings, each for one time."""
    for name in sorted(names):
        await site.client.write("model.res.user.warning.skip", name, False)
