"""How a write whose answer was lost is brought to a certain end. Nothing is sent twice on a guess."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

from app.domain.order_changes import OrderChanges, OrderUpdate
from app.ports.erp import ErpSystem
from app.ports.errors import Conflict, MalformedAnswer, NoAnswer, NoRights, OutcomeUnknown, Refused

SETTLES_WITHIN = 60.0
"""Seconds that a server may still be at work on a request whose connection is gone. Only creating an order needs this
bound: a change of an order carries the versions it rests on, so that sending it again is harmless."""


def pauses() -> Iterator[float]:
    """Seconds to wait between questions to a system that does not answer: soon at first, then every 15."""
    yield from (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
    while True:
        yield 15.0


async def _nothing() -> None:
    pass


async def settle(
    erp: ErpSystem,
    changes: OrderChanges,
    accepted: frozenset[str],
    *,
    age: float = 0.0,
    settles_within: float | None = None,
    before_sending: Callable[[], Awaitable[None]] = _nothing,
) -> OrderUpdate:
    """What became of ``changes``, which were sent and not answered: read back, and send again only when that is safe.

    An order is changed at its version: if the first request landed or lands meanwhile, the second one is refused by the
    ERP as stale, and the read-back then finds the first. A new order has no version yet, so it is looked for until the
    server cannot be at work on it any more. Nor is a refusal of the second request one of the first before that time.

    Waits as long as the system does not answer; the caller cancels.

    Args:
        age: Seconds since it was last sent.
        settles_within: `SETTLES_WITHIN` when None.
        before_sending: Is awaited each time before it is sent again.

    Raises:
        Conflict: it did not land, and somebody else has changed the order.
        Refused, Question, NotFound, NoRights: as `ErpSystem.commit`; it did not land.
        NotSignedIn: it is still unknown.
    """
    now = asyncio.get_running_loop().time
    lost_at = now() - age
    bound = SETTLES_WITHIN if settles_within is None else settles_within
    for pause in pauses():
        is_over = now() - lost_at >= bound
        try:
            if (update := await erp.landed(changes)) is not None:
                return update
            if changes.order_id is not None or is_over:
                await before_sending()
                try:
                    return await commit(erp, changes, accepted)
                except OutcomeUnknown:
                    lost_at = now()
                except (Conflict, Refused, NoRights) as refusal:
                    if (update := await erp.landed(changes)) is not None:
                        return update
                    # Where the order has moved on, the first request cannot land any more either.
                    if is_over or isinstance(refusal, Conflict):
                        raise
        except (NoAnswer, MalformedAnswer):
            pass  # still unknown, and asked again after the pause
        await asyncio.sleep(pause)
    raise AssertionError("pauses() has no end")


async def commit(erp: ErpSystem, changes: OrderChanges, accepted: frozenset[str]) -> OrderUpdate:
    """`ErpSystem.commit`, where an answer that cannot be understood is an unknown outcome too."""
    try:
        return await erp.commit(changes, accepted=accepted)
    except MalformedAnswer as error:
        raise OutcomeUnknown(error.system, detail=error.detail) from error
