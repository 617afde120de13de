"""The wire of a system that is only asked: questions over HTTP with a token, bounded answers, and decoding them."""

from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
import msgspec

from app.ports.connection import Wire
from app.ports.errors import MalformedAnswer, NoRights, NotFound, ServerFault, SystemFault, TimedOut, TooManyAttempts
from app.systems.http import examine, of_transport, trust

T = TypeVar("T")

_READ = httpx.Timeout(connect=5, write=10, read=20, pool=10)
_SOME = httpx.Limits(max_connections=6, max_keepalive_connections=6, keepalive_expiry=30)
_MOST_BYTES = 4_000_000
"""An answer is a page of rows; what is longer is not the system speaking."""


class Asker:
    """Asks one server, without changing anything there.

    Args:
        system: The system's name, for faults.
        base: The server's address, without a slash at the end.
        transport: What a test puts in between, or None.
    """

    def __init__(self, system: str, base: str, transport: httpx.AsyncBaseTransport | None) -> None:
        self._system = system
        self._base = base
        self._transport = transport
        self._http: httpx.AsyncClient | None = None
        self._closed = False

    async def send(
        self, path: str, token: str = "", *, query: Mapping[str, str] | None = None, json: Any = None
    ) -> tuple[int, bytes]:
        """Ask with this bearer token, by POST where there is ``json``; the answer's status and body.

        A connection that was dropped is tried once more: asking twice does no harm.
        """
        http = self._ready()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        method, content = "GET", None
        if json is not None:
            method, content = "POST", msgspec.json.encode(json)
            headers["Content-Type"] = "application/json"
        for attempt in (1, 2):
            try:
                async with http.stream(
                    method, self._base + path, params=query, content=content, headers=headers
                ) as answer:
                    return answer.status_code, await self._bounded(answer)
            except (httpx.ReadError, httpx.RemoteProtocolError) as error:
                if attempt == 2:
                    raise of_transport(error, "a question", self._system, writing=False) from error
            except httpx.HTTPError as error:
                raise of_transport(error, "a question", self._system, writing=False) from error
            except RuntimeError as error:
                if not http.is_closed:
                    raise
                # Another system has taken this one's place just now; httpx refused before anything was sent.
                raise SystemFault(self._system, detail="the connection was closed") from error
        raise AssertionError("unreachable")

    def decode(self, body: bytes, what: str, answer: type[T]) -> T:
        """The answer to ``what``. Raises `MalformedAnswer`."""
        try:
            return msgspec.json.decode(body, type=answer)
        except (msgspec.MsgspecError, RecursionError, ValueError) as error:
            # msgspec's words name the field and the types, never the value.
            detail = f"{what}: {error}" if isinstance(error, msgspec.ValidationError) else f"{what}: no JSON"
            raise MalformedAnswer(self._system, detail=detail) from error

    async def examine(self, path: str) -> Wire:
        """Look at the way there."""
        return await examine(self._ready(), self._base + path, self._system)

    async def close(self) -> None:
        """Close the connections."""
        self._closed = True
        if self._http is not None:
            await self._http.aclose()

    async def _bounded(self, answer: httpx.Response) -> bytes:
        parts: list[bytes] = []
        length = 0
        async for part in answer.aiter_bytes():
            length += len(part)
            if length > _MOST_BYTES:
                raise MalformedAnswer(self._system, detail="the answer is too long")
            parts.append(part)
        return b"".join(parts)

    def _ready(self) -> httpx.AsyncClient:
        """The HTTP client, made on first use: it takes 260 ms, and a window shall be there before it."""
        if self._closed:
            raise SystemFault(self._system, detail="the connection was closed")
        if self._http is None:
            verify = trust(self._base, self._system)
            self._http = httpx.AsyncClient(
                transport=self._transport,
                verify=verify,
                # A proxy of the company's is for other machines, not for this one.
                trust_env=verify is not False,
                follow_redirects=False,
                timeout=_READ,
                headers={"Accept": "application/json"},
                limits=_SOME,
            )
        return self._http


def fault_of_status(system: str, status: int, detail: str) -> SystemFault:
    """The fault for an answer that is no success, where HTTP means by the status what it always does."""
    match status:
        case httpx.codes.UNAUTHORIZED | httpx.codes.FORBIDDEN:
            return NoRights(system, detail=detail)
        case httpx.codes.NOT_FOUND:
            return NotFound(system, detail=detail)
        case httpx.codes.TOO_MANY_REQUESTS:
            return TooManyAttempts(system, detail=detail)
        case httpx.codes.INTERNAL_SERVER_ERROR:
            return ServerFault(system, detail=detail)
    if status > httpx.codes.INTERNAL_SERVER_ERROR:
        return TimedOut(system, detail=detail)
    return MalformedAnswer(system, detail=detail)
