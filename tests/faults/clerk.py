"""``python -m tests.faults.clerk FOLDER``: somebody who takes orders with the app's own services, until killed.

Says on standard output, a JSON list a line, what was typed and left (``typed``), what the journal had on disk
(``kept``) and what became of the writes of earlier runs (``recovered``).
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import asyncio
import json
import random
import sys
from collections.abc import Callable, Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import httpx

from app.domain.order_changes import OrderChanges
from app.domain.orders import LineField, Product
from app.ports.connection import Connection
from app.ports.errors import SystemFault
from app.ports.journal import Waiting
from app.services import order_writes
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.order_recovery import Recovered
from app.services.order_rows import RowStatus
from app.services.order_session import Keep, OrderSession
from app.services.systems import Systems
from app.storage.journal import EncryptedJournal, EncryptedJournals, owner_of
from app.systems.tryton import client
from app.systems.tryton.manifest import connect

T = TypeVar("T")
_SHORT = httpx.Timeout(2.0)
_AT_ONCE = 4
"""Rows typed ahead of the ERP, in one order."""
_ORDERS_AT_ONCE = 8


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
    new = [change.line.description for change in changes.created]
    return new + [
        [change.line.id, int(change.line.quantity or 0)]
        for change in changes.changed
        if LineField.QUANTITY in change.fields and change.line.version  # a disputed one is the user's to decide
    ]


class _TalkingJournal(EncryptedJournal):
    async def begin(self, changes: OrderChanges, accepted: frozenset[str], waiting: Waiting) -> int:
        """Say what is on disk from now on."""
        entry_id = await super().begin(changes, accepted, waiting)
        if entry_id:
            say("kept", _tags(changes) + _tags(waiting.rows))
        return entry_id

    async def keep(self, waiting: Waiting) -> None:
        """Say what is on disk from now on."""
        await super().keep(waiting)
        if self._journals.trouble is None:
            say("kept", _tags(waiting.rows))


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
        await self._insist(lambda: self._erp.sign_in(self._order["password"]))
        ended = asyncio.Event()
        self._desk.recover(self._on_recovered, ended.set)
        await ended.wait()
        if self._journals.trouble is not None:
            say("bug", "journal", str(self._journals.trouble))
        for code in self._order["products"]:
            hits = await self._insist(lambda code=code: self._erp.search_products(code))  # type: ignore[misc]
            self._products.append(hits[0].product)
        if self._order["is_last"]:
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
                if session is own:
                    self._enter(own)
                elif self._unwritten(shared) < _AT_ONCE:
                    self._change(shared)
                await asyncio.sleep(self._random.uniform(0, 0.12))
                self._put_right()
            while sum(session.has_unwritten for session in self._sessions()) > _ORDERS_AT_ONCE:
                self._put_right()
                self._change(shared)
                await asyncio.sleep(0.1)

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
        say("typed", [key, quantity])
        session.edit(key, LineField.QUANTITY, Decimal(quantity))
        session.leave(key)

    def _on_recovered(self, recovered: Recovered) -> None:
        say("recovered", recovered.outcome.value)

    def _sessions(self) -> list[OrderSession]:
        return [kept.session for kept in self._desk._kept]

    def _put_right(self) -> None:
        """What needs the user: mine is to stand."""
        for session in self._sessions():
            if session.question is not None:
                session.answer(yes=True)
            for key in session.problem_keys():
                row = session.row(key)
                say("asked", row.status.value, type(row.fault).__name__, row.fault.words if row.fault else "")
                if row.collisions:
                    session.resolve(key, Keep.MINE)
                else:
                    session.retry(key)

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
        while True:
            try:
                return await ask()
            except SystemFault:
                await asyncio.sleep(0.1)


def main() -> int:
    """Live."""
    # A person waits longer; the server on this machine is at work on nothing for so long.
    client._READ = client._WRITE = client._SHORT = client._SIGN_IN = _SHORT  # type: ignore[misc]
    order_writes.SETTLES_WITHIN = 3.5
    asyncio.run(Clerk(Path(sys.argv[1])).live())
    return 0


if __name__ == "__main__":
    sys.exit(main())
