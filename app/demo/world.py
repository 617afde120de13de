"""The whole demo: its ERP and its CRM, prepared side by side and stopped with the app."""

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
from app.demo.tryton.system import TrytonDemo, TrytonServer
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
        servers: The running systems, or None.
    """

    def __init__(self, home: Path | None = None) -> None:
        self.servers: DemoServers | None = None
        self._home = home or demo_home()
        self._work = self._home / "sessions" / secrets.token_hex(6)
        self._lock = AsyncExitStack()

    async def start(self, report: Report, language: str = "en") -> tuple[DemoLogin, ...]:
        """Prepare and start both systems at the same time; cancelling stops whatever has begun.

        Raises:
            app.demo.children.ChildError: A step failed; its last lines say what.
        """
        await self._lock.enter_async_context(hold(self._work.with_suffix(".lock")))
        await asyncio.to_thread(self._clear_away)
        started: list[TrytonServer | CremeServer] = []
        try:
            async with asyncio.TaskGroup() as group:
                erp = group.create_task(self._start_erp(report, started))
                crm = group.create_task(self._start_crm(report, started))
        except BaseException as error:
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
        """Stop both systems and delete the session's copy of their data."""
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
