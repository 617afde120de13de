"""``python -m tests.faults.clerk FOLDER``: somebody who takes orders with the app's own services, until killed.

Says on standard output, a JSON list a line, what was typed and left (``typed``), what the journal had on disk
(``kept``), what the user decided against somebody else's change (``decided``) and what became of the writes of
earlier runs (``recovered``). What is typed, kept and decided is either a new line's text, or ``[line, quantity, …]``
of a changed line, or ``[line, "removed", …]``, or ``{"order", "mine", "shown"}`` of a reference in an order's head, or
``{"first": line}`` of a line that is put before all others.
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import asyncio
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import httpx

from app.domain.order_changes import OrderChanges
from app.domain.orders import HeaderField, LineField, Product
from app.domain.price_origin import PriceChoice
from app.ports.connection import Connection
from app.ports.errors import Conflict, SystemFault
from app.ports.journal import Waiting
from app.services import order_writes
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.order_head import HeadStatus
from app.services.order_recovery import Recovered
from app.services.order_rows import RowStatus
from app.services.order_session import Keep, OrderSession
from app.services.systems import Systems
from app.services.tokens import LOCAL
from app.storage.journal import EncryptedJournal, EncryptedJournals, owner_of
from app.systems.tryton import client
from app.systems.tryton.manifest import connect

T = TypeVar("T")
_SHORT = httpx.Timeout(2.0)
_AT_ONCE = 4
"""Rows typed ahead of the ERP, in one order."""
_ORDERS_AT_ONCE = 8
_INSISTS = 600
_SIGN_INS = 10
_REMOVES = 0.2
_OF_THE_HEAD = 0.15
_MOVES = 0.2
REMOVED = "removed"
REFERENCE = "H"
"""The clerk's references begin so, and rise."""


def say(what: str, *values: object) -> None:
    """One line, whole or not at all."""
    print(json.dumps([what, *values]), flush=True)


class _Job:
    def __init__(self, task: "asyncio.Task[None]") -> None:
        self._task = task

    def cancel(self) -> None:
        """See `Job`."""
        self._task.cancel()


class LoopRunner:
    """A `Runner` that answers in the loop it runs in."""

    def run(
        self, work: Coroutine[Any, Any, T], on_done: Callable[[T], None], on_failed: Callable[[Exception], None]
    ) -> _Job:
        """See `Runner`."""

        async def whole() -> None:
            try:
                result = await work
            except SystemFault as fault:
                on_failed(fault)
            except Exception as error:
                say("bug", type(error).__name__, str(error))
                on_failed(error)
            else:
                on_done(result)

        task = asyncio.get_running_loop().create_task(whole())
        task.add_done_callback(lambda _task: work.close())  # cancelled before it began
        return _Job(task)


def _tags(changes: OrderChanges | None) -> list[Any]:
    if changes is None:
        return []
    new: list[Any] = [change.line.description for change in changes.created]
    changed = [
        [change.line.id, int(change.line.quantity or 0)]
        for change in changes.changed
        if LineField.QUANTITY in change.fields and change.line.version  # a disputed one is the user's to decide
    ]
    head = changes.header_change
    if head is not None and HeaderField.CUSTOMER_REFERENCE in head.was and changes.order_id:
        new.append({"order": changes.order_id, "mine": changes.header.customer_reference})
    new += [{"first": move.id} for move in changes.moved]
    return new + changed + [[removal.id, REMOVED] for removal in changes.removed if removal.version]


def _shown(session: OrderSession, line_id: str) -> int | None:
    """The quantity that the ERP last said the line has."""
    line = session.order.line(line_id)
    return int(line.quantity) if line is not None and line.quantity is not None else None


_given = itertools.count()  # to the disk, in this life


class _TalkingJournal(EncryptedJournal):
    async def begin(self, changes: OrderChanges, accepted: frozenset[str], waiting: Waiting) -> int:
        """Say what is on disk from now on; what is typed meanwhile is not."""
        tags = _tags(changes) + _tags(waiting.rows)
        number = next(_given)
        say("keeping", tags, number)
        entry_id = await super().begin(changes, accepted, waiting)
        if entry_id:
            say("kept", tags, number)
        return entry_id

    async def keep(self, waiting: Waiting) -> None:
        """Say what is on disk from now on; what is typed meanwhile is not."""
        tags = _tags(waiting.rows)
        number = next(_given)
        say("keeping", tags, number)
        await super().keep(waiting)
        if self._journals.trouble is None:
            say("kept", tags, number)


class _TalkingJournals(EncryptedJournals):
    def of(self, connection: Connection) -> EncryptedJournal:
        """A journal that says what it has on disk."""
        return _TalkingJournal(self, owner_of(connection))


class Clerk:
    """One life."""

    def __init__(self, folder: Path) -> None:
        self._order: dict[str, Any] = json.loads((folder / "order.json").read_text(encoding="utf-8"))
        self._random = random.Random(self._order["seed"])  # noqa: S311
        self._number = 0
        options = {"database": self._order["database"]}
        connection = Connection("tryton", self._order["url"], self._order["user"], options)
        self._erp = connect(connection, None)
        self._journals = _TalkingJournals(folder / "data")
        systems = Systems(erp=self._erp, erp_connection=connection)
        self._desk = OrderDesk(systems, LoopRunner(), self._journals)
        self._products: list[Product] = []

    async def live(self) -> None:
        """Sign in, bring to an end what the last life left, and take orders."""
        took = await self._insist(self._sign_in)
        # How long the server may be at work on a request of a life that was killed goes by how busy the machine is:
        # beside many others, creating an order took longer than the least, and was then done twice.
        order_writes.SETTLES_WITHIN = max(order_writes.SETTLES_WITHIN, _SIGN_INS * took)
        await self._recover()
        if self._journals.trouble is not None:
            say("bug", "journal", str(self._journals.trouble))
        for code in self._order["products"]:
            hits = await self._insist(lambda code=code: self._erp.search_products(code))  # type: ignore[misc]
            self._products.append(hits[0].product)
        if self._order["is_last"]:
            await self._until_quiet()
            # What could not be ended while the ERP did not answer is asked about again with the next sign-in.
            while await self._desk._journal().pending():
                await self._recover()
                await self._until_quiet()
            say("quiet")
            await self._erp.close()
            self._journals.close()
            return
        shared = await self._open(lambda done, failed: self._desk.open(self._order["order_id"], done, failed))
        while True:
            own = await self._open(lambda done, failed: self._desk.propose(self._order["customer_id"], done, failed))
            for _ in range(self._random.randint(4, 14)):
                session = shared if self._random.random() < 0.5 or self._unwritten(own) >= _AT_ONCE else own
                if self._random.random() < _MOVES:
                    self._move(session)
                elif session is own and self._random.random() < _REMOVES:
                    self._remove(own)
                elif session is own:
                    self._enter(own)
                elif self._random.random() < _OF_THE_HEAD:
                    self._change_head(shared)
                elif self._unwritten(shared) < _AT_ONCE:
                    self._change(shared)
                await asyncio.sleep(self._random.uniform(0, 0.12))
                self._put_right()
            while sum(session.has_unwritten for session in self._sessions()) > _ORDERS_AT_ONCE:
                self._put_right()
                self._change(shared)
                await asyncio.sleep(0.1)

    async def _sign_in(self) -> float:
        """Return how long it took: the time that worked, not those before it at a server that was being started."""
        began = time.monotonic()
        await self._erp.sign_in(self._order["password"])
        return time.monotonic() - began

    async def _recover(self) -> None:
        ended = asyncio.Event()
        self._desk.recover(self._on_recovered, ended.set)
        await ended.wait()

    def _enter(self, session: OrderSession) -> None:
        self._number += 1
        tag = f"F{self._order['seed']}-{self._number}"
        key = session.add_line()
        session.edit(key, LineField.PRODUCT, self._random.choice(self._products))
        session.edit(key, LineField.QUANTITY, Decimal(self._random.randint(1, 90)))
        session.edit(key, LineField.DESCRIPTION, tag)
        say("typed", tag)
        session.leave(key)

    def _change(self, session: OrderSession) -> None:
        self._number += 1
        key = self._random.choice(self._order["line_ids"])
        if key not in session.keys() or session.row(key).status is not RowStatus.STORED:
            return
        quantity = self._order["first_quantity"] + self._number
        # What stands there is what the user sees while he types over it.
        say("typed", [key, quantity, _shown(session, key)])
        session.edit(key, LineField.QUANTITY, Decimal(quantity))
        session.leave(key)

    def _change_head(self, session: OrderSession) -> None:
        """Another reference of the customer's in the order's head."""
        if session.head.view().status is HeadStatus.STORED and session.order.id is not None:
            self._number += 1
            mine = f"{REFERENCE}{self._order['first_quantity'] + self._number}"
            shown = session.order.header.customer_reference
            say("typed", {"order": session.order.id, "mine": mine, "shown": shown})
            session.head.change(HeaderField.CUSTOMER_REFERENCE, mine)

    def _remove(self, session: OrderSession) -> None:
        """Take away a line that the ERP has; or one that is on its way there, about which nothing is promised."""
        rows = [session.row(key) for key in session.keys()]
        there = [row for row in rows if not row.removed and row.status in (RowStatus.STORED, RowStatus.SENDING)]
        if there:
            row = self._random.choice(there)
            say("typed", [row.line.id, REMOVED, _shown(session, row.line.id), row.line.description])
            session.remove(row.key)

    def _move(self, session: OrderSession) -> None:
        """Put a line that the ERP has before all others; now and then another one follows at once."""
        rows = [session.row(key) for key in session.keys()[1:]]
        there = [row for row in rows if not row.removed and not row.line.id.startswith(LOCAL)]
        if there:
            row = self._random.choice(there)
            say("typed", {"first": row.line.id})
            session.move((row.key, None))
            if self._random.random() < 0.7:
                session.leave(row.key)

    def _on_recovered(self, recovered: Recovered) -> None:
        say("recovered", recovered.outcome.value)

    def _sessions(self) -> list[OrderSession]:
        return [kept.session for kept in self._desk._kept]

    def _put_right(self) -> None:
        """What needs the user: mine is to stand."""
        for session in self._sessions():
            if session.question is not None:
                session.answer(yes=True)
            self._put_head_right(session)
            for key in session.problem_keys():
                row = session.row(key)
                say("asked", row.status.value, type(row.fault).__name__, row.fault.words if row.fault else "")
                if row.collisions or isinstance(row.fault, Conflict):
                    mine = REMOVED if row.removed else int(row.line.quantity or 0)
                    say("decided", [row.line.id, mine, _shown(session, row.line.id)])
                if row.collisions:
                    session.resolve(key, Keep.MINE)
                elif row.offer is not None:
                    session.choose_price(key, PriceChoice.TAKE)
                else:
                    session.retry(key)

    @staticmethod
    def _put_head_right(session: OrderSession) -> None:
        view = session.head.view()
        for collision in view.collisions:
            say("asked", "head", view.status.value)
            if collision.name is HeaderField.CUSTOMER_REFERENCE:
                say("decided", {"order": session.order.id, "mine": collision.mine, "shown": collision.theirs})
        if view.collisions:
            session.head.keep_mine()
        elif view.status is HeadStatus.ASKS:
            session.head.decide(frozenset())
        elif view.status is HeadStatus.REFUSED:
            say("asked", "head", view.status.value, type(view.fault).__name__)
            session.head.retry()

    @staticmethod
    def _unwritten(session: OrderSession) -> int:
        return len(session.edits)

    async def _until_quiet(self) -> None:
        while any(session.has_unwritten or session.is_busy for session in self._sessions()):
            self._put_right()
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)

    async def _open(
        self, ask: Callable[[Callable[[DeskOrder], None], Callable[[SystemFault], None]], None]
    ) -> OrderSession:
        while True:
            future: asyncio.Future[DeskOrder] = asyncio.get_running_loop().create_future()
            ask(future.set_result, future.set_exception)
            try:
                return (await future).session
            except SystemFault:
                await asyncio.sleep(0.1)

    @staticmethod
    async def _insist(ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        last: SystemFault | None = None
        for _ in range(_INSISTS):
            try:
                return await ask()
            except SystemFault as fault:
                last = fault
                await asyncio.sleep(0.1)
        raise RuntimeError(f"in vain: {last!r} {last.detail if last is not None else ''}")


def main() -> int:
    """Live."""
    # A person waits longer; the server on this machine is at work on nothing for so long.
    client._READ = client._WRITE = client._SHORT = client._SIGN_IN = _SHORT  # type: ignore[misc]
    order_writes.SETTLES_WITHIN = 3.5
    asyncio.run(Clerk(Path(sys.argv[1])).live())
    return 0


if __name__ == "__main__":
    sys.exit(main())
