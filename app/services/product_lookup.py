"""Which product a typed text means, found while the user types on."""

import asyncio
from collections.abc import Callable, Sequence

from app.domain.orders import FoundBy, LineField, OrderHeader, ProductHit
from app.ports.erp import ErpSystem
from app.ports.errors import NoAnswer, NotSignedIn
from app.ports.jobs import Job, Runner
from app.services.order_rows import InputProblem
from app.services.order_session import OrderSession
from app.services.order_writes import pauses


async def find(erp: ErpSystem, text: str, header: OrderHeader) -> ProductHit | None:
    """The one product that ``text`` means: its number or bar code, or the only one whose name holds it.

    Waits while the ERP does not answer; the caller cancels.
    """
    for pause in pauses():
        try:
            hits = await erp.search_products(text, header=header, limit=_ENOUGH)
            break
        except (NoAnswer, NotSignedIn):
            await asyncio.sleep(pause)
    return the_one(hits)


_ENOUGH = 6
"""Hits to look at: whether there is another one, and which of several is meant."""
_CLEARLY = (FoundBy.NUMBER, FoundBy.BARCODE, FoundBy.THEIRS, FoundBy.NAME)


def the_one(hits: Sequence[ProductHit]) -> ProductHit | None:
    """The only hit, or the one that the text is the whole number of: our own, then a bar code, then the customer's.

    None where several are meant alike, as with a customer's number for all variants of a product.
    """
    if len(hits) == 1:
        return hits[0]
    for found_by in _CLEARLY:
        if exact := [hit for hit in hits if hit.exact and hit.found_by is found_by]:
            return exact[0] if len(exact) == 1 else None
    return None


def is_looking_up(session: OrderSession, key: str, name: LineField, text: str) -> bool:
    """``text`` still stands in the row and waits for the ERP to say what it means."""
    try:
        bad = session.row(key).bad.get(name)
    except KeyError:
        return False
    return bad is not None and bad.text == text and bad.problem is InputProblem.LOOKING_UP


class ProductLookup:
    """Looks up what was typed in rows of one order; the cursor may long be elsewhere when the answer comes."""

    def __init__(self, erp: ErpSystem, session: OrderSession, runner: Runner) -> None:
        self._erp = erp
        self._session = session
        self._runner = runner
        self._jobs: dict[str, Job] = {}

    def look_up(self, key: str, text: str, on_done: Callable[[], None]) -> None:
        """Put ``text`` in the row of this key and find its product; ``on_done`` is called when the row has it or not.

        A text that means none or several stays in the row, marked as unknown.
        """
        self.cancel(key)
        self._session.reject(key, LineField.PRODUCT, text, InputProblem.LOOKING_UP)

        def done(hit: ProductHit | None) -> None:
            self._jobs.pop(key, None)
            if not is_looking_up(self._session, key, LineField.PRODUCT, text):
                return  # the row was taken away meanwhile, or what was typed in it taken back
            if hit is None:
                self._session.reject(key, LineField.PRODUCT, text, InputProblem.UNKNOWN_PRODUCT)
            else:
                self._session.edit(key, LineField.PRODUCT, hit.product)
            on_done()

        def failed(_error: Exception) -> None:
            done(None)

        self._jobs[key] = self._runner.run(find(self._erp, text, self._session.header), done, failed)

    def cancel(self, key: str) -> None:
        """Forget the question of this row: something else was put in it."""
        job = self._jobs.pop(key, None)
        if job is not None:
            job.cancel()
