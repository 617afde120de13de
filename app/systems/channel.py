"""One system's connections over HTTP: made on first use, answers bounded, and closed with all that is under way."""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

import httpx

from app.ports.connection import Wire
from app.ports.errors import MalformedAnswer, OutcomeUnknown, SystemFault
from app.systems.http import examine, of_transport, trust

T = TypeVar("T")

_SOME = httpx.Limits(max_connections=6, max_keepalive_connections=6, keepalive_expiry=30)


class Channel:
    """Sends requests to one server, and takes no more of an answer than ``most_bytes`` (unzipped).

    Args:
        system: The system's name, for faults.
        url: The server's address, which says how it is verified.
        transport: What a test puts in between, or None.
        headers: What every request carries.
    """

    def __init__(
        self,
        system: str,
        url: str,
        transport: httpx.AsyncBaseTransport | None,
        *,
        headers: Mapping[str, str],
        most_bytes: int,
        limits: httpx.Limits = _SOME,
    ) -> None:
        self._system = system
        self._url = url
        self._transport = transport
        self._headers = headers
        self._most_bytes = most_bytes
        self._limits = limits
        self._http: httpx.AsyncClient | None = None
        self._closed = False
        self._under_way: set[asyncio.Timeout] = set()
        self._idle = asyncio.Event()

    async def exchange(
        self,
        method: str,
        url: str,
        *,
        what: str,
        timeout: httpx.Timeout,  # noqa: ASYNC109 - by phase, which asyncio.timeout cannot do
        writing: bool = False,
        repeatable: bool = True,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer.

        Args:
            what: The request's name in a fault, without anything a user typed.
            writing: It changes something there: without an answer nobody knows whether it did.
            repeatable: The server may have closed a kept connection just as it was used; then this is asked again.

        Raises:
            SystemFault: what `of_transport` says; `MalformedAnswer` where the answer is too long, and a plain one
                where `close` came before it. All of them `OutcomeUnknown` once something was sent in ``writing``.
        """
        http = self._ready()

        async def ask() -> tuple[int, bytes]:
            request = http.stream(method, url, params=params, content=content, headers=headers, timeout=timeout)
            async with request as answer:
                return answer.status_code, await self._bounded(answer, what, writing=writing)

        async def ask_again() -> tuple[int, bytes]:
            try:
                return await ask()
            except (httpx.ReadError, httpx.RemoteProtocolError):
                if writing or not repeatable:
                    raise
                return await ask()

        try:
            return await self._until_closed(ask_again(), what, writing=writing)
        except httpx.HTTPError as error:
            raise of_transport(error, what, self._system, writing=writing) from error

    async def examine(self, url: str) -> Wire:
        """Look at the way there."""
        return await self._until_closed(examine(self._ready(), url, self._system), "examine", writing=False)

    async def close(self) -> None:
        """End what is under way, and close the connections.

        In this order: a request that waits for a connection makes itself one in a pool that is closed already, and
        nobody ever closes that (httpcore 1.0, ``AsyncConnectionPool.aclose``).
        """
        self._closed = True
        for scope in self._under_way:
            if not scope.expired():
                scope.reschedule(asyncio.get_running_loop().time())
        while self._under_way:
            self._idle.clear()
            await self._idle.wait()
        if self._http is not None:
            await self._http.aclose()

    async def _until_closed(self, work: Coroutine[Any, Any, T], what: str, *, writing: bool) -> T:
        scope = asyncio.timeout(None)
        self._under_way.add(scope)
        try:
            async with scope:
                return await work
        except TimeoutError as error:
            if not scope.expired():
                raise
            closed = OutcomeUnknown if writing else SystemFault
            raise closed(self._system, detail=f"the connection was closed before the answer to {what}") from error
        finally:
            self._under_way.discard(scope)
            self._idle.set()

    async def _bounded(self, answer: httpx.Response, what: str, *, writing: bool) -> bytes:
        body = bytearray()
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > self._most_bytes:
                fault = OutcomeUnknown if writing else MalformedAnswer
                raise fault(self._system, detail=f"the answer to {what} is longer than anything that was asked for")
        return bytes(body)

    def _ready(self) -> httpx.AsyncClient:
        """The HTTP client, made on first use: it takes 260 ms, and a window shall be there before it."""
        if self._closed:
            raise SystemFault(self._system, detail="the connection was closed")
        if self._http is None:
            verify = trust(self._url, self._system)
            self._http = httpx.AsyncClient(
                transport=self._transport,
                verify=verify,
                # A proxy of the company's is for other machines, not for this one.
                trust_env=verify is not False,
                follow_redirects=False,
                headers=dict(self._headers),
                limits=self._limits,
            )
        return self._http
