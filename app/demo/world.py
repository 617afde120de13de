"""The whole demo: its systems, prepared side by side and stopped with the app."""

import asyncio
import secrets
import shutil
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from app.demo.creme.system import CremeDemo, CremeServer
from app.demo.filelock import hold, is_held
from app.demo.home import demo_home
from app.demo.progress import Report
from app.demo.reporting import Reporting
from app.demo.tryton.system import TIME_SYSTEM, ModuleSet, TrytonDemo, TrytonServer
from app.demo.warehouse import Source
from app.ports.connection import Connection


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """Where one of the demo's systems is, and the password its user signs in with."""

    connection: Connection
    password: str


@dataclass(frozen=True, slots=True)
class DemoServers:
    """The running systems."""

    erp: TrytonServer
    crm: CremeServer


class DemoWorld:
    """Starts the demo's systems for one session, on a copy of their data that is gone afterwards.

    Attributes:
        servers: The systems that the clerk waits for, running, or None.
        time: The time registration, once it has joined them.
    """

    def __init__(self, home: Path | None = None) -> None:
        self.servers: DemoServers | None = None
        self.time: TrytonServer | None = None
        self._home = home or demo_home()
        self._work = self._home / "sessions" / secrets.token_hex(6)
        self._lock = AsyncExitStack()
        self._reporting = Reporting(self._home, self._work)

    async def start(self, report: Report, language: str = "en") -> tuple[DemoLogin, ...]:
        """Prepare and start the ERP and the CRM at the same time; cancelling stops whatever has begun.

        Raises:
            app.demo.children.ChildError: A step failed; its last lines say what.
        """
        await self._lock.enter_async_context(hold(self._work.with_suffix(".lock")))
        await asyncio.to_thread(self._clear_away)
        started: list[TrytonServer | CremeServer] = []
        self._reporting.prepare(report)
        try:
            async with asyncio.TaskGroup() as group:
                erp = group.create_task(self._start_erp(report, started))
                crm = group.create_task(self._start_crm(report, started))
        except BaseException as error:
            await self._reporting.stop()
            for server in started:
                await server.stop()
            await self._lock.aclose()
            if isinstance(error, BaseExceptionGroup):
                raise error.exceptions[0] from error
            raise
        self.servers = DemoServers(erp.result(), crm.result())
        return self.logins(language)

    def logins(self, language: str) -> tuple[DemoLogin, ...]:
        """How the demo's clerk and salesperson sign in."""
        if self.servers is None:
            return ()
        erp, crm = self.servers.erp, self.servers.crm
        return (
            DemoLogin(Connection("tryton", erp.url, "clerk", {"database": erp.database}, language), erp.users["clerk"]),
            DemoLogin(Connection("creme", crm.url, "saelger", {}, language), crm.users["saelger"]),
        )

    async def join_expenses(self, report: Report, language: str = "en") -> DemoLogin:
        """How the demo's clerk signs in to the expenses, which are in the ERP's own books; there is nothing to start.

        Raises:
            RuntimeError: The ERP does not run.
        """
        if self.servers is None:
            raise RuntimeError("start() comes before join_expenses()")
        erp = self.servers.erp
        options = {"database": erp.database, "axis": "EXPENSES"}
        return DemoLogin(Connection("tryton-expenses", erp.url, "clerk", options, language), erp.users["clerk"])

    async def join_time(self, report: Report, language: str = "en") -> DemoLogin:
        """Prepare and start the time registration; how the demo's clerk signs in to it.

        Raises:
            app.demo.children.ChildError: It did not start. The others go on.
        """
        demo = TrytonDemo(self._home, modules=ModuleSet.TIME)
        await demo.prepare(report)
        self.time = time = await demo.start(self._work / TIME_SYSTEM, report)
        database = {"database": time.database}
        return DemoLogin(Connection(TIME_SYSTEM, time.url, "clerk", database, language), time.users["clerk"])

    async def join(self, report: Report, language: str = "en") -> DemoLogin:
        """Start the reporting system, which reads the others; how the demo's clerk signs in to it.

        Raises:
            app.demo.children.ChildError: It did not start. The others go on.
            RuntimeError: The others do not run.
        """
        if self.servers is None:
            raise RuntimeError("start() comes before join()")
        erp, crm = self.servers.erp, self.servers.crm
        sources = [
            Source("tryton", "tryton", "Tryton", erp.url, "reporting", erp.users["reporting"], erp.database),
            Source("creme", "creme", "Creme", crm.url, "rapport", crm.users["rapport"]),
        ]
        # In the ERP's own books too, and read by itself: it may be without them.
        word = erp.users["reporting"]
        sources.append(
            Source("tryton-expenses", "tryton-expenses", "Tryton (expenses)", erp.url, "reporting", word, erp.database)
        )
        if (time := self.time) is not None:
            title, word = "Tryton (hours)", time.users["reporting"]
            sources.append(Source(TIME_SYSTEM, TIME_SYSTEM, title, time.url, "reporting", word, time.database))
        server = await self._reporting.start(sources, report)
        database = {"database": server.database}
        return DemoLogin(Connection("datasette", server.url, "clerk", database, language), server.users["clerk"])

    async def _start_erp(self, report: Report, started: list[TrytonServer | CremeServer]) -> TrytonServer:
        demo = TrytonDemo(self._home)
        await demo.prepare(report)
        server = await demo.start(self._work / "tryton", report)
        started.append(server)
        return server

    async def _start_crm(self, report: Report, started: list[TrytonServer | CremeServer]) -> CremeServer:
        demo = CremeDemo(self._home)
        await demo.prepare(report)
        server = await demo.start(self._work / "creme", report)
        started.append(server)
        return server

    async def stop(self) -> None:
        """Stop the systems and delete the session's copy of their data."""
        await self._reporting.stop()
        time, self.time = self.time, None
        if time is not None:
            await time.stop()
        servers, self.servers = self.servers, None
        if servers is not None:
            await asyncio.gather(servers.erp.stop(), servers.crm.stop())
        await asyncio.to_thread(shutil.rmtree, self._work, ignore_errors=True)
        await self._lock.aclose()
        self._work.with_suffix(".lock").unlink(missing_ok=True)

    def _clear_away(self) -> None:
        """Delete what sessions left behind that were killed: their locks fell with them."""
        self._work.mkdir(parents=True, exist_ok=True)
        for left in self._work.parent.iterdir():
            if left.is_dir() and left != self._work and not is_held(left.with_suffix(".lock")):
                shutil.rmtree(left, ignore_errors=True)
                left.with_suffix(".lock").unlink(missing_ok=True)
