"""Which product a typed text means, found while the user types on."""

import asyncio
from collections.abc import Callable

from app.domain.orders import LineField, OrderHeader, ProductHit
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
            hits = await erp.search_products(text, header=header, limit=2)
            break
        except (NoAnswer, NotSignedIn):
            await asyncio.sleep(pause)
    exact = [hit for hit in hits if hit.exact]
    if exact:
        return exact[0]
    return hits[0] if len(hits) == 1 else None


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
            try:
                self._session.row(key)
            except KeyError:
                return  # the row was taken away meanwhile
            if hit is None:
                self._session.reject(key, LineField.PRODUCT, text, InputProblem.UNKNOWN_PRODUCT)
            else:
                self._session.edit(key, LineField.PRODUCT, hit.product)
            on_done()

        def failed(_error: Exception) -> None:
            done(None)

        self._jobs[key] = self._runner.run(find(self._erp, text, self._session.order.header), done, failed)

    def cancel(self, key: str) -> None:
        """Forget the question of this row: something else was put in it."""
        job = self._jobs.pop(key, None)
        if job is not None:
            job.cancel()
