"""The wire of a system that is only asked: questions over HTTP with a token, bounded answers, and decoding them."""

from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
import msgspec

from app.ports.connection import Wire
from app.ports.errors import MalformedAnswer, NoRights, NotFound, ServerFault, SystemFault, TimedOut, TooManyAttempts
from app.systems.channel import Channel

T = TypeVar("T")

_READ = httpx.Timeout(connect=5, write=10, read=20, pool=10)
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
        accepted = {"Accept": "application/json"}
        self._channel = Channel(system, base, transport, headers=accepted, most_bytes=_MOST_BYTES)

    async def send(
        self, path: str, token: str = "", *, query: Mapping[str, str] | None = None, json: Any = None
    ) -> tuple[int, bytes]:
        """Ask with this bearer token, by POST where there is ``json``; the answer's status and body.

        A connection that was dropped is tried once more: asking twice does no harm.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        method, content = "GET", None
        if json is not None:
            method, content = "POST", msgspec.json.encode(json)
            headers["Content-Type"] = "application/json"
        return await self._channel.exchange(
            method,
            self._base + path,
            what="a question",
            timeout=_READ,
            headers=headers,
            params=query,
            content=content,
        )

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
        return await self._channel.examine(self._base + path)

    async def close(self) -> None:
        """Close the connections, and end what is being asked."""
        await self._channel.close()


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
