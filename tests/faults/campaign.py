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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.demo.children import Child
from app.demo.tryton import TrytonDemo
from tests.faults.plan import Blow, Plan
from tests.faults.proxy import FaultProxy
from tests.fixtures.tryton import RealTryton, furnished
from tests.helpers.tryton_admin import TrytonAdmin, TrytonSaid

_ROOT = Path(__file__).parents[2]
_SERVE = _ROOT / "app" / "demo" / "tryton" / "inside" / "serve.py"
_PRODUCTS = ("PRØVE-1001", "PRØVE-1002")
_SHARED_LINES = 6
_LAST_LIFE_WITHIN = 300.0


@dataclass
class Result:
    """What was counted.

    Attributes:
        writes, faulted: How many writes were sent, and to how many something happened.
        lost: What had been on this computer's disk and is not in the ERP.
        doubled: What is there more than once.
        overwritten: What another user wrote and is gone, though nobody said it might go.
        blows: How often each thing happened.
        recovered: What became of the writes that a killed clerk left.
        bugs: What should never be said.
    """

    writes: int
    faulted: int
    typed: int = 0
    kept: int = 0
    theirs: int = 0
    lost: list[Any] = field(default_factory=list)
    doubled: list[Any] = field(default_factory=list)
    overwritten: list[Any] = field(default_factory=list)
    blows: Counter[Blow] = field(default_factory=Counter)
    recovered: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    bugs: list[Any] = field(default_factory=list)

    def __str__(self) -> str:
        """For a person."""
        blows = ", ".join(f"{blow.value} {number}" for blow, number in sorted(self.blows.items()))
        return (
            f"{self.faulted} of {self.writes} writes faulted ({blows}); {self.typed} rows typed, {self.kept} on disk; "
            f"{self.theirs} changes by somebody else; recovered: {dict(self.recovered)}; asked: {dict(self.asked)}; "
            f"lost {self.lost}, doubled {self.doubled}, overwritten {self.overwritten}, bugs {self.bugs}"
        )


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
        self._demo = TrytonDemo()
        self._server: Child | None = None
        self._restarting: asyncio.Task[None] | None = None
        self._clerk: asyncio.subprocess.Process | None = None
        self._lives = 0
        self._typed: list[Any] = []
        self._kept: list[Any] = []
        self._said: Counter[tuple[str, str]] = Counter()
        self._bugs: list[Any] = []
        self._theirs: dict[int, list[tuple[str, bool]]] = {}  # line -> texts written, and whether that was answered
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
        command = [str(python), str(_SERVE), "--port", str(self._port), "--folder", str(self._folder / "work")]
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
        if what == "typed":
            self._typed.append(values[0])
        elif what == "kept":
            self._kept.extend(values[0])
        elif what == "bug":
            self._bugs.append(values)
        else:
            self._said[what, " ".join(str(value) for value in values)] += 1

    # -- somebody else

    async def _somebody_else(self) -> None:
        number = 0
        while not self._done:
            number += 1
            key = int(self._lines[number % len(self._lines)])
            text = f"O{self._seed}-{number}"
            written = await asyncio.to_thread(self._write_text, key, text)
            self._theirs.setdefault(key, []).append((text, written))
            await asyncio.sleep(0.4)

    def _write_text(self, key: int, text: str) -> bool:
        try:
            if self._other is None:
                url, password = f"http://127.0.0.1:{self._port}", self._users["clerk2"]
                self._other = TrytonAdmin(url, self._database, "clerk2", password)
            values = {"lines": [["write", [key], {"description": text}]]}
            self._other("model.sale.sale.write", [int(self._order)], values)
        except (OSError, TrytonSaid, ValueError):
            return False
        return True

    # -- counting

    def _count(self) -> Result:
        blows = self._proxy.blows
        result = Result(sum(blows.values()), self._proxy.faulted, blows=blows, bugs=self._bugs)
        for (what, words), number in self._said.items():
            if what in ("recovered", "asked"):
                (result.recovered if what == "recovered" else result.asked)[words] += number
        tags = {tag for tag in self._typed if isinstance(tag, str)}
        found = Counter(text for (text,) in self._rows("SELECT description FROM sale_line") if text in tags)
        kept = {tag for tag in self._kept if isinstance(tag, str)}
        result.typed, result.kept = len(self._typed), len(kept)
        result.lost = sorted(kept - found.keys())
        result.doubled = sorted(tag for tag, number in found.items() if number > 1)
        for key in self._lines:
            ((quantity, text),) = self._rows("SELECT quantity, description FROM sale_line WHERE id = ?", int(key))
            mine = [value for line, value in (t for t in self._typed if isinstance(t, list)) if line == key]
            kept_here = [value for line, value in (k for k in self._kept if isinstance(k, list)) if line == key]
            result.kept += len(set(kept_here))
            if kept_here and not max(kept_here) <= quantity <= max(mine):
                result.lost.append((key, quantity, max(kept_here)))
            theirs = self._theirs.get(int(key), [])
            result.theirs += len(theirs)
            sure = [index for index, (_, written) in enumerate(theirs) if written]
            if sure and text not in {each for each, _ in theirs[sure[-1] :]}:
                result.overwritten.append((key, text, theirs[sure[-1]][0]))
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
