"""What goes over the wire, counted by a transport of our own between a system's HTTP client and the real server.

It hands each request to httpx's own transport and adds up what HTTP/1.1 writes for it: request line or status line,
headers and body as they travel, so compressed where they are. What it does not see: the packets' own heads, and the
size marks of a chunked answer. Each request is noted with the method of the port in whose course it was made, which
follows it through asyncio's contexts, so that nothing here knows a system's own protocol.
"""

import inspect
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, cast

import httpx

from app.bootstrap import manifests
from app.ports.connection import ConnectedSystem, Connection, Manifest

_asked: ContextVar[str] = ContextVar("asked", default="")


@dataclass(slots=True)
class Request:
    """One request.

    Attributes:
        asked: The method of the port that made it.
        up, down: Bytes; ``down`` grows until the answer is read.
        is_over: It has been answered, or never will be.
    """

    system: str
    asked: str
    up: int
    down: int = 0
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it went out, with what was noted of it."""

    noted: Request
    request: httpx.Request


class Wire:
    """Counts the requests of all systems that its `manifests` connect.

    Attributes:
        requests: In the order in which they were sent. Appended to in the asyncio thread.
        sent: The same, whole.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.sent: list[Sent] = []

    def manifests(self) -> dict[str, Manifest]:
        """Those that are installed, with this wire between."""
        return {name: replace(found, connect=self._connect(found)) for name, found in _installed().items()}

    def _connect(self, manifest: Manifest) -> Callable[[Connection, Any], ConnectedSystem]:
        def connect(connection: Connection, _transport: Any = None) -> ConnectedSystem:
            system = manifest.connect(connection, Counting(manifest.name, self.requests, self.sent))
            return cast(ConnectedSystem, _Named(system))

        return connect


_installed = manifests
"""Kept, because a child puts `Wire.manifests` in its place."""


class _Named:
    """A system whose methods note their names."""

    def __init__(self, system: ConnectedSystem) -> None:
        self._system = system

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._system, name)
        if not inspect.iscoroutinefunction(found):
            return found

        async def named(*args: Any, **kwargs: Any) -> Any:
            token = _asked.set(name)
            try:
                return await found(*args, **kwargs)
            finally:
                _asked.reset(token)

        return named


class Counting(httpx.AsyncBaseTransport):
    """One system's transport: notes each request in ``requests``, and keeps it in ``sent``."""

    def __init__(self, system: str, requests: list[Request], sent: list[Sent] | None = None) -> None:
        # No certificates are needed on this machine, and reading them takes a while.
        self._real = httpx.AsyncHTTPTransport(verify=False)
        self._system, self._requests, self._sent = system, requests, sent

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, and count; the answer is counted while it is read."""
        body = await request.aread()
        first = len(f"{request.method}  HTTP/1.1\r\n") + len(request.url.raw_path)
        noted = Request(self._system, _asked.get(), first + _size(request.headers) + len(body))
        self._requests.append(noted)
        if self._sent is not None:
            self._sent.append(Sent(noted, request))
        try:
            answer = await self._real.handle_async_request(request)
        except BaseException:
            noted.is_over = True
            raise
        noted.down += (
            len("HTTP/1.1 200 \r\n") + len(answer.extensions.get("reason_phrase", b"")) + _size(answer.headers)
        )
        answer.stream = _CountedStream(cast(httpx.AsyncByteStream, answer.stream), noted)
        return answer

    async def aclose(self) -> None:
        """Close the connections to the real server."""
        await self._real.aclose()


class _CountedStream(httpx.AsyncByteStream):
    def __init__(self, real: httpx.AsyncByteStream, noted: Request) -> None:
        self._real, self._noted = real, noted

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._real:
            self._noted.down += len(part)
            yield part

    async def aclose(self) -> None:
        self._noted.is_over = True
        await self._real.aclose()


def _size(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers.raw) + len("\r\n")
