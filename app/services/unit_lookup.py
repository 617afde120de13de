"""Which unit a typed word means. Asked of the ERP once for each product, while the user types on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.domain.orders import LineField, Unit
from app.domain.quantities import unit_of
from app.ports.erp import ErpSystem
from app.ports.errors import NoAnswer, NotSignedIn
from app.ports.jobs import Runner
from app.services.order_rows import InputProblem
from app.services.order_session import OrderSession
from app.services.order_writes import pauses
from app.services.product_lookup import is_looking_up

Units = tuple[Unit, ...]
_MOST_NAMED = 12
"""Units named where one is refused: lengths alone have a dozen in some ERPs."""


@dataclass(frozen=True, slots=True)
class TypedUnit:
    """What stands in a cell: the word for a unit in it, and the number before it where that is a quantity."""

    text: str
    word: str
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    name: LineField
    typed: TypedUnit
    on_done: Callable[[], None]


class UnitLookup:
    """Looks up the units that were typed in rows of one order; those of a product are kept for as long as it is."""

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner) -> None:
        self._erp = erp
        self._session = session
        self._runner = runner
        self._known: dict[str, Units] = {}
        self._asked: dict[str, list[Callable[[Units], None]]] = {}
        self._waiting: dict[tuple[str, LineField], _Waiting] = {}

    def units(self, product_id: str, on_known: Callable[[Units], None]) -> None:
        """Tell the product's units, its own first; at once where they are known. None for one that is not sold."""
        if product_id in self._known:
            on_known(self._known[product_id])
            return
        listeners = self._asked.setdefault(product_id, [])
        listeners.append(on_known)
        if len(listeners) > 1:
            return

        def done(units: Units) -> None:
            self._known[product_id] = units
            for listener in self._asked.pop(product_id):
                listener(units)

        def failed(_error: Exception) -> None:
            for listener in self._asked.pop(product_id):
                listener(())  # and asked again next time

        self._runner.run(self._ask(product_id), done, failed)

    def look_up(self, key: str, name: LineField, typed: TypedUnit, on_done: Callable[[], None]) -> None:
        """Put what was typed in a cell of the row and find the unit that it means.

        A word that means none stays in the cell, marked as unknown. Where the row's product is still being looked up,
        its unit waits for `resume`. ``on_done`` is called when the row has it or not.
        """
        self._session.reject(key, name, typed.text, InputProblem.LOOKING_UP)
        self._waiting[key, name] = _Waiting(name, typed, on_done)
        self.resume(key)

    def resume(self, key: str) -> None:
        """The row may have its product now."""
        for waiting in [each for (of, _), each in self._waiting.items() if of == key]:
            if not is_looking_up(self._session, key, waiting.name, waiting.typed.text):
                del self._waiting[key, waiting.name]
            elif (product := self._session.row(key).line.product) is not None:
                self.units(product.id, self._teller(key, waiting, product.id))

    def _teller(self, key: str, waiting: _Waiting, product_id: str) -> Callable[[Units], None]:
        def tell(units: Units) -> None:
            place = key, waiting.name
            if self._waiting.get(place) is not waiting:
                return  # something else was typed there
            if not is_looking_up(self._session, key, waiting.name, waiting.typed.text):
                del self._waiting[place]
                return
            product = self._session.row(key).line.product
            if product is None or product.id != product_id:
                return  # it is another one's unit now, and is asked for when that is known
            del self._waiting[place]
            self._put(key, waiting, unit_of(waiting.typed.word, units), units)
            waiting.on_done()

        return tell

    def _put(self, key: str, waiting: _Waiting, unit: Unit | None, units: Units) -> None:
        if unit is None:
            choices = tuple(each.symbol for each in units[:_MOST_NAMED])
            self._session.reject(key, waiting.name, waiting.typed.text, InputProblem.UNKNOWN_UNIT, choices)
            return
        if waiting.typed.number is not None:
            self._session.edit(key, LineField.QUANTITY, waiting.typed.number)
        self._session.edit(key, LineField.UNIT, unit)

    async def _ask(self, product_id: str) -> Units:
        for pause in pauses():
            try:
                return tuple(await self._erp.units_for(product_id))
            except (NoAnswer, NotSignedIn):
                await asyncio.sleep(pause)
        raise AssertionError("pauses() has no end")
