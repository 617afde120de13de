"""What became of the writes that an earlier run of the program did not see the end of."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.order_changes import OrderUpdate
from app.domain.orders import Order
from app.ports.erp import ErpSystem
from app.ports.errors import Conflict, NoRights, NotFound, NotSignedIn, Refused, SystemFault
from app.ports.journal import Journal, JournalEntry
from app.services.order_writes import settle


class Outcome(StrEnum):
    """What became of it."""

    IN_ERP = "in_erp"  # it was there
    STORED_NOW = "stored_now"  # it was not, and was sent again
    RESTORED = "restored"  # it could not be sent as it was: it is typed in again in the order, which is on the desk
    ORDER_GONE = "order_gone"  # the order cannot be opened any more, so nobody can write it


@dataclass(frozen=True, slots=True)
class Recovered:
    """A write of an earlier run, and what became of it.

    Attributes:
        order: For `RESTORED` the order as the ERP now has it, or as it proposes it where it was to be created.
        order_id, number: The ERP's; empty for an order that does not exist.
    """

    entry: JournalEntry
    outcome: Outcome
    order_id: str
    number: str
    order: Order | None = None

    @property
    def lines(self) -> int:
        """How many lines it touched."""
        changes = self.entry.changes
        return len(changes.line_ids | {move.id for move in changes.moved})


@dataclass(frozen=True, slots=True)
class RecoveredOrder:
    """The writes of one order, and what became of them.

    Attributes:
        writes: Those that were ended, in the order in which they were typed.
        order: As it was last read, where some of them are to be typed in again.
        fault: Why one could not be ended, or None.
    """

    writes: tuple[Recovered, ...]
    order: Order | None = None
    fault: SystemFault | None = None


async def recover_order(
    erp: ErpSystem, journal: Journal, entries: Sequence[JournalEntry], order_id: str | None
) -> RecoveredOrder:
    """Find out about all writes of one order, and end those where that is safe.

    Where one cannot be ended, those that would be typed in again stay in the journal too, until all can: what is typed
    in again is entered anew, and would pass for younger than the one that stayed.

    Args:
        entries: As `Journal.pending` gave them.
        order_id: The order, where it is known to have been created since.
    """
    found: list[Recovered] = []
    fault: SystemFault | None = None
    for entry in entries:
        try:
            found.append(await recover(erp, journal, _into(entry, order_id)))
        except SystemFault as error:
            fault = error
            if isinstance(error, NotSignedIn):
                break  # no other can be ended either
        else:
            order_id = found[-1].order_id or order_id
    if fault is not None:
        return RecoveredOrder(tuple(each for each in found if each.order is None), fault=fault)
    order = next((each.order for each in reversed(found) if each.order is not None), None)
    return RecoveredOrder(tuple(sorted(found, key=lambda each: each.entry.id)), order)


def _into(entry: JournalEntry, order_id: str | None) -> JournalEntry:
    """Rows that waited for an order to be created belong into it, once it is found to have been."""
    if entry.is_sent or entry.changes.order_id is not None or order_id is None:
        return entry
    return replace(entry, changes=replace(entry.changes, order_id=order_id))


async def recover(erp: ErpSystem, journal: Journal, entry: JournalEntry) -> Recovered:
    """Find out, and end it where that is safe. Waits as long as the system does not answer.

    The entry leaves the journal, unless it is `RESTORED`: then it does when its rows are kept as the order's.

    Raises:
        NotSignedIn: it is still unknown.
    """
    if not entry.is_sent:
        return await _restored(erp, journal, entry)
    sent_again = False

    async def before_sending() -> None:
        nonlocal sent_again
        sent_again = True
        await journal.sending_again(entry.id)

    # A clock that was set back meanwhile must not shorten the wait for a server that is still at work.
    age = max(0.0, time.time() - entry.sent_at)
    try:
        update = await settle(erp, entry.changes, entry.accepted, age=age, before_sending=before_sending)
    except (Conflict, Refused, NotFound, NoRights):
        return await _restored(erp, journal, entry)
    await journal.done(entry.id)
    return _stored(entry, update, Outcome.STORED_NOW if sent_again else Outcome.IN_ERP)


def _stored(entry: JournalEntry, update: OrderUpdate, outcome: Outcome) -> Recovered:
    return Recovered(entry, outcome, update.order_id, update.number)


async def _restored(erp: ErpSystem, journal: Journal, entry: JournalEntry) -> Recovered:
    changes = entry.changes
    try:
        if changes.order_id is not None:
            order = await erp.open_order(changes.order_id)
        else:
            order = await erp.propose_order(changes.header.customer.id)
    except (NotFound, NoRights, Refused):
        await journal.done(entry.id)
        return Recovered(entry, Outcome.ORDER_GONE, changes.order_id or "", "")
    return Recovered(entry, Outcome.RESTORED, order.id or "", order.number, order)
