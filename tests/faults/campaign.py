"""Writes through everything that can go wrong, and then a count in the ERP's own database."""

import asyncio
import contextlib
import json
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from app.demo.children import Child
from app.demo.tryton import TrytonDemo
from tests.faults.count import History, Move, Result, count, moves_in
from tests.faults.plan import Blow, Plan
from tests.faults.proxy import FaultProxy
from tests.fixtures.tryton import RealTryton, furnished
from tests.helpers.tryton_admin import TrytonAdmin, TrytonSaid

_ROOT = Path(__file__).parents[2]
_SERVE = _ROOT / "app" / "demo" / "tryton" / "inside" / "serve.py"
_PRODUCTS = ("PRØVE-1001", "PRØVE-1002")
_SHARED_LINES = 6
_LAST_LIFE_WITHIN = 300.0
_PAUSE = 0.6
"""Seconds between two writes of somebody else, who so writes about as often as the clerk."""
_THEIRS = 5_000_000
"""Somebody else's quantities begin here, so that they are never the clerk's."""


class Campaign:
    """One real Tryton, one proxy, one clerk after the other, and somebody else at the same order.

    Args:
        folder: Of its own, empty.
        faulted: How many writes something is to happen to.
        say: Is told how far it is.
    """

    def __init__(self, folder: Path, seed: int, faulted: int, say: Callable[[str], None] = lambda _text: None) -> None:
        self._say = say
        self._folder, self._seed, self._wanted = folder, seed, faulted
        self._demo = TrytonDemo(keeps_connections=True)
        self._server: Child | None = None
        self._restarting: asyncio.Task[None] | None = None
        self._clerk: asyncio.subprocess.Process | None = None
        self._lives = 0
        self._typed: list[Any] = []
        self._kept: list[Any] = []
        self._said: Counter[tuple[str, str]] = Counter()
        self._bugs: list[Any] = []
        self._decided: list[Any] = []
        self._moves: list[Move] = []
        self._theirs = 0
        self._other: TrytonAdmin | None = None
        self._done = False

    async def run(self) -> Result:
        """Do it all. The server is gone afterwards."""
        await self._demo.prepare(lambda _progress: None)
        first = await self._demo.start(self._folder / "work", lambda _progress: None)
        self._port = int(first.url.rpartition(":")[2])
        self._users = dict(first.users)
        try:
            await asyncio.to_thread(self._furnish, first.url, first.database, first.database_path)
        finally:
            await first.stop()
        await self._serve()
        self._proxy = FaultProxy(self._port, Plan(self._seed), self._kill)
        await self._proxy.start()
        other = asyncio.create_task(self._somebody_else())
        try:
            while self._proxy.faulted < self._wanted:
                await self._life(is_last=False)
                self._say(f"{self._proxy.faulted} of {self._wanted} writes faulted, {self._lives} lives")
            self._proxy.is_kind = True
            self._done = True
            await other
            await asyncio.wait_for(self._life(is_last=True), _LAST_LIFE_WITHIN)
        finally:
            other.cancel()
            self._kill_clerk()
            await self._proxy.stop()
            if self._restarting is not None:
                await self._restarting
            if self._server is not None:
                await self._server.stop()
        return self._count()

    # -- the ERP

    def _furnish(self, url: str, database: str, path: Path | None) -> None:
        self._tryton = furnished(url, database, self._users, path)
        self._database = database
        admin = self._tryton.admin
        number = self._tryton.facts.customer_number
        self._customer = admin.first("party.party", ["code", "=", number])
        self._order, self._lines = asyncio.run(_shared_order(self._tryton))
        assert len(self._lines) == _SHARED_LINES

    async def _serve(self) -> None:
        python = self._demo._python
        assert python is not None
        command = [python, _SERVE, "--port", str(self._port), "--folder", self._folder / "work", *self._demo._addons]
        log = self._folder / "work" / "server.log"
        self._server = await Child.start(command, env=self._demo._environment(), log=log)

    def _kill(self, blow: Blow) -> None:
        if blow in (Blow.CLIENT_KILLED, Blow.BOTH_KILLED):
            self._kill_clerk()
        if blow in (Blow.SERVER_KILLED, Blow.BOTH_KILLED) and (self._restarting is None or self._restarting.done()):
            self._restarting = asyncio.create_task(self._restart())

    async def _restart(self) -> None:
        if self._server is not None:
            await self._server.kill()
        await self._serve()

    # -- the clerk

    def _kill_clerk(self) -> None:
        if self._clerk is not None and self._clerk.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._clerk.send_signal(signal.SIGKILL)

    async def _life(self, *, is_last: bool) -> None:
        self._lives += 1
        order = {
            "url": self._proxy.url,
            "database": self._database,
            "user": "clerk",
            "password": self._users["clerk"],
            "seed": self._seed * 10_000 + self._lives,
            "first_quantity": self._lives * 1000,
            "order_id": self._order,
            "line_ids": self._lines,
            "customer_id": str(self._customer),
            "products": _PRODUCTS,
            "is_last": is_last,
        }
        (self._folder / "order.json").write_text(json.dumps(order), encoding="utf-8")
        env = {
            **os.environ,
            "PYTHON_KEYRING_BACKEND": "tests.helpers.memory_keyring.FileKeyring",
            "SAMSPIL_TEST_KEYRING": str(self._folder / "keyring.json"),
        }
        self._clerk = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.clerk",
            str(self._folder),
            cwd=_ROOT,
            env=env,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._clerk.stdout is not None
        async for line in self._clerk.stdout:
            self._hear(line)
            if self._proxy.faulted >= self._wanted and not is_last:
                self._kill_clerk()
        code = await self._clerk.wait()
        if code not in (0, -signal.SIGKILL):
            self._bugs.append(f"the clerk ended with {code}")

    def _hear(self, line: bytes) -> None:
        try:
            what, *values = json.loads(line)
        except ValueError:
            return  # killed in the middle of a word
        self._moves += moves_in(what, values)
        if what == "typed":
            self._typed.append(values[0])
        elif what == "kept":
            self._kept.extend(values[0])
        elif what == "decided":
            self._decided.append(values[0])
        elif what == "bug":
            self._bugs.append(values)
        else:
            self._said[what, " ".join(str(value) for value in values)] += 1

    # -- somebody else

    async def _somebody_else(self) -> None:
        number = 0
        while not self._done:
            number += 1
            await asyncio.to_thread(self._write_something, number)
            await asyncio.sleep(_PAUSE)

    def _write_something(self, number: int) -> None:
        """The reference of an order, a text or the quantity of a line at which both work, or the quantity of one that
        the clerk may take away."""
        try:
            if self._other is None:
                url, password = f"http://127.0.0.1:{self._port}", self._users["clerk2"]
                self._other = TrytonAdmin(url, self._database, "clerk2", password)
            order, key = int(self._order), int(self._lines[number % len(self._lines)])
            values: dict[str, Any] = {"quantity": float(_THEIRS + number)}
            if number % 5 < 2:
                values = {"description": f"O{self._seed}-{number}"}
            elif number % 5 == 4:
                domain, newest = [["create_uid.login", "=", "clerk"], ["sale", "!=", order]], [["id", "DESC"]]
                found = self._other("model.sale.line.search_read", domain, 0, 8, newest, ["sale"])
                if not found:
                    return
                order, key = (int(found[number % len(found)][name]) for name in ("sale", "id"))
            written: dict[str, Any] = {"lines": [["write", [key], values]]}
            if number % 9 == 0:
                order, written = int(self._order), {"reference": f"O{self._seed}-{number}"}
            self._other("model.sale.sale.write", [order], written)
            self._theirs += 1
        except (OSError, TrytonSaid, ValueError):
            pass  # the server is down, or the line has gone meanwhile

    # -- counting

    def _count(self) -> Result:
        blows = self._proxy.blows
        result = Result(sum(blows.values()), self._proxy.faulted, blows=blows, bugs=self._bugs)
        for (what, words), number in self._said.items():
            if what in ("recovered", "asked"):
                (result.recovered if what == "recovered" else result.asked)[words] += number
        result.typed, result.theirs = len(self._typed), self._theirs
        history = History(self._rows)
        count(result, history, typed=self._typed, kept=self._kept, decided=self._decided, moves=self._moves)
        return result

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self._tryton.database_path}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()


async def _shared_order(tryton: RealTryton) -> tuple[str, list[str]]:
    """An order with lines at which the clerk and somebody else work."""
    from dataclasses import replace
    from decimal import Decimal

    from app.domain.order_changes import LineChange, OrderChanges
    from app.domain.orders import LineField, OrderLine
    from app.services.tokens import LineTokens

    erp = tryton.system()
    await erp.sign_in(tryton.password())
    customer = await erp.customer(tryton.facts.customer_number)
    header = (await erp.propose_order(customer.id)).header
    (hit, *_) = await erp.search_products(_PRODUCTS[1])
    changed = frozenset({LineField.PRODUCT, LineField.QUANTITY})
    tokens, created = LineTokens(), []
    for _ in range(_SHARED_LINES):
        line = OrderLine(tokens.next(), product=hit.product, quantity=Decimal(1))
        price = await erp.price_line(header, line, changed)
        line = replace(line, unit=price.unit, list_price=price.list_price, discount=price.discount)
        line = replace(line, unit_price=price.unit_price, taxes=price.taxes, amount=price.amount)
        created.append(LineChange(line, changed, True, price.vendor))
    update = await erp.commit(OrderChanges(None, "", header, tuple(created)))
    await erp.close()
    return update.order_id, [line.id for line in update.lines]
