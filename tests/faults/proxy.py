"""A proxy that knows a write when it sees one, and puts what the plan says in its way."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable

from tests.faults.plan import Blow, Plan
from tests.helpers.listening import stop_listening

_CHUNK = 65_536
_WRITES = (b'"model.sale.sale.write"', b'"model.sale.sale.create"')
_NO_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>502</p"
_NONSENSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{nonsense"
_DOWN_FOR = 0.4
_KILLS = (Blow.CLIENT_KILLED, Blow.SERVER_KILLED, Blow.BOTH_KILLED)


class _Over(Exception):
    """This connection has ended."""


class FaultProxy:
    """Listens on a port of its own that stays the same.

    Attributes:
        is_kind: Nothing goes wrong any more.
        blows: How often each thing went wrong.
    """

    def __init__(self, target_port: int, plan: Plan, kill: Callable[[Blow], None]) -> None:
        self.is_kind = False
        self.blows: Counter[Blow] = Counter()
        self._target_port = target_port
        self._plan = plan
        self._kill = kill
        self._is_down = False
        self._server: asyncio.Server | None = None
        self._port = 0
        self._connections: set[_Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def faulted(self) -> int:
        """How many writes something happened to."""
        return sum(self.blows.values()) - self.blows[Blow.NONE]

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """End all connections."""
        if self._server is not None:
            await stop_listening(self._server)
        self.cut_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut_all(self) -> None:
        """Cut every connection."""
        for connection in list(self._connections):
            connection.abort()

    def blow_for(self, data: bytes) -> tuple[Blow, float] | None:
        """What is to happen to the request that begins in ``data``; None where it is no write."""
        if not any(method in data for method in _WRITES):
            cut = not self.is_kind and b'"model.' in data and self._plan.next_read_is_cut()
            return (Blow.CUT_AFTER, 0.0) if cut else None
        blow, after = (Blow.NONE, 0.0) if self.is_kind else self._plan.next_write()
        self.blows[blow] += 1
        if blow is Blow.DOWN:
            self._later(after, self._go_down)
        elif blow in _KILLS:
            self._later(after, lambda: self._kill(blow))
        return blow, after

    def _go_down(self) -> None:
        self._is_down = True
        self.cut_all()
        self._later(_DOWN_FOR, self._come_up)

    def _come_up(self) -> None:
        self._is_down = False

    @staticmethod
    def _later(seconds: float, what: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(seconds, what)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if self._is_down:
                raise _Over
            server = await asyncio.open_connection("127.0.0.1", self._target_port)
            connection = _Connection(self, (reader, writer), server)
            self._connections.add(connection)
            try:
                await connection.run()
            finally:
                self._connections.discard(connection)
        except (OSError, _Over, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()
            self._tasks.discard(task)


class _Connection:
    def __init__(
        self,
        proxy: FaultProxy,
        client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._proxy = proxy
        self._from_client, self._to_client = client
        self._from_server, self._to_server = server
        self._blow = Blow.NONE

    async def run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._requests())
                group.create_task(self._answers())
        except* (OSError, _Over):
            pass
        finally:
            self.abort()

    def abort(self) -> None:
        for end in (self._to_client, self._to_server):
            with contextlib.suppress(OSError):
                end.transport.abort()

    async def _requests(self) -> None:
        while data := await self._from_client.read(_CHUNK):
            found = self._proxy.blow_for(data)
            if found is not None:
                self._blow, after = found
                if self._blow is Blow.CUT_BEFORE:
                    raise _Over
                if self._blow is Blow.CUT_DURING:
                    asyncio.get_running_loop().call_later(after, self.abort)
            elif b'"method"' in data:
                self._blow = Blow.NONE
            self._to_server.write(data)
            await self._to_server.drain()
        raise _Over

    async def _answers(self) -> None:
        while data := await self._from_server.read(_CHUNK):
            if self._blow is Blow.CUT_AFTER:
                raise _Over
            if self._blow is Blow.SILENT:
                continue
            if self._blow in (Blow.BAD_GATEWAY, Blow.GARBAGE):
                self._to_client.write(_NO_GATEWAY if self._blow is Blow.BAD_GATEWAY else _NONSENSE)
                await self._to_client.drain()
                raise _Over
            self._to_client.write(data)
            await self._to_client.drain()
        raise _Over
