"""A TCP proxy that puts faults between the app and a real server."""

import asyncio
import contextlib
from collections.abc import Callable
from enum import StrEnum

from tests.helpers.listening import stop_listening

_CHUNK = 65_536
_Way = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class ProxyFault(StrEnum):
    """What goes wrong from now on."""

    NONE = "none"
    DOWN = "down"
    """New connections are refused, open ones are cut: the server is gone."""
    SILENT = "silent"
    """Requests reach the server, answers never come back: the caller times out."""
    CUT = "cut"
    """Requests reach the server, and the connection is cut when it begins to answer."""


class Proxy:
    """Listens on a free loopback port and hands everything on.

    Attributes:
        fault: What goes wrong now.
        latency: Seconds added to each answer.
        on_request: Is called with what the app sends, piece by piece, in the network's thread.
        left: How many connections the app has closed.
        url: Its address.
    """

    def __init__(self, target: str) -> None:
        host, _, port = target.removeprefix("http://").rstrip("/").rpartition(":")
        self._target = (host, int(port))
        self._server: asyncio.Server | None = None
        self._port = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.fault = ProxyFault.NONE
        self.latency = 0.0
        self.on_request: Callable[[bytes], object] = lambda _data: None
        self.left = 0

    @property
    def url(self) -> str:
        """Where it listens, or listened while it is down."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen; on the same port again after `stop`."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse new connections and cut the open ones."""
        server, self._server = self._server, None
        if server is not None:
            await stop_listening(server)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def set(self, fault: ProxyFault) -> None:
        """From now on this goes wrong."""
        if fault is ProxyFault.DOWN:
            await self.stop()
        elif self._server is None:
            await self.start()
        self.fault = fault

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if self._server is None:
                raise ConnectionAbortedError  # it came in while `stop` was under way
            server_reader, server_writer = await asyncio.open_connection(*self._target)
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
            self._tasks.discard(task)
            return
        try:
            await self._both_ways((reader, server_writer), (server_reader, writer))
        except asyncio.CancelledError:
            pass  # `stop`; asyncio 3.11 logs an error for a connection whose task ends as cancelled
        finally:
            self._tasks.discard(task)
            for end in (writer, server_writer):
                with contextlib.suppress(OSError):
                    end.transport.abort()

    async def _both_ways(self, there: _Way, back: _Way) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass(*there))
                group.create_task(self._answer(*back))
        except* (OSError, _Cut):
            pass

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            self.on_request(data)
            writer.write(data)
            await writer.drain()
        self.left += 1
        raise _Cut

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            if self.fault is ProxyFault.CUT:
                raise _Cut
            if self.fault is ProxyFault.SILENT:
                continue
            if self.latency:
                await asyncio.sleep(self.latency)
            writer.write(data)
            await writer.drain()
        raise _Cut


class _Cut(Exception):
    """One of the two ends is gone."""
