"""The wire to the add-on: the token, time-outs, and what an answer that did not come means.

A token that has reached its age is answered before anything is done, so the client signs in again by itself, once,
with the password it holds in memory, and asks again. A token that somebody ended is not renewed: that was meant.
"""

import asyncio
import platform
from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

import httpx
import msgspec

from app.ports.connection import Connection, Wire
from app.ports.errors import AccessEnded, OutcomeUnknown, WrongPassword
from app.systems.channel import Channel
from app.systems.creme import faults, wire
from app.systems.creme.faults import SYSTEM

T = TypeVar("T")

_READ = httpx.Timeout(connect=5, write=10, read=20, pool=10)
_WRITE = httpx.Timeout(connect=5, write=10, read=40, pool=10)
# The add-on's pages are bounded to far less; more is not the add-on speaking.
_MOST_BYTES = 4_000_000
_DEVICE = 100


class Client:
    """Asks and tells one Creme, as one user."""

    def __init__(self, connection: Connection, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._base = f"{connection.url.rstrip('/')}/samspil/v1/"
        self._user = connection.user
        headers = {
            "Accept": "application/json",
            "Accept-Language": connection.language,
            "Content-Type": "application/json",
        }
        self._channel = Channel(SYSTEM, self._base, transport, headers=headers, most_bytes=_MOST_BYTES)
        self._token = ""
        self._password = ""
        self._renewing = asyncio.Lock()

    @property
    def token(self) -> str:
        """What to keep to sign in again without the password; empty while nobody is signed in."""
        return self._token

    async def sign_in(self, password: str) -> wire.WhoAmI:
        """Get a token for the password. Raises `WrongPassword`, `TooManyAttempts`, `NoRights`, `NoAnswer`."""
        who = await self._login(password)
        self._token, self._password = who.token, password
        return who

    async def resume(self, token: str) -> wire.WhoAmI:
        """Use a token from an earlier session. Raises `AccessEnded` where it is not good any more."""
        self._token, self._password = token, ""
        return await self.ask("whoami", wire.WhoAmI)

    async def sign_out(self) -> None:
        """End the token at the server and forget it and the password, whether or not the server answers."""
        token, self._token, self._password = self._token, "", ""
        if token:
            status, body = await self._send("POST", "sign-out", token=token, writing=False, json={})
            if status != httpx.codes.UNAUTHORIZED:
                self._open(status, body, "sign-out", wire.Nothing, writing=False)

    async def ping(self) -> None:
        """The smallest question there is, asked without a token."""
        status, body = await self._send("GET", "ping", token="", writing=False)
        self._open(status, body, "ping", wire.Nothing, writing=False)

    async def ask(self, path: str, answer: type[T], query: Mapping[str, str] | None = None) -> T:
        """Ask what changes nothing. A connection that was dropped is tried once more."""
        return await self._call("GET", path, answer, writing=False, query=query)

    async def tell(self, path: str, body: Mapping[str, Any], answer: type[T]) -> T:
        """Tell it something, once. Raises `OutcomeUnknown` where it was sent and no answer understood."""
        return await self._call("POST", path, answer, writing=True, json=body)

    async def examine(self) -> Wire:
        """Look at the way there."""
        return await self._channel.examine(self._base)

    async def close(self) -> None:
        """Close the connections, end what is under way, and forget token and password."""
        self._token = self._password = ""
        await self._channel.close()

    async def _call(
        self,
        method: str,
        path: str,
        answer: type[T],
        *,
        writing: bool,
        query: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> T:
        token = self._token
        if not token:
            raise AccessEnded(SYSTEM, detail="not signed in")
        status, body = await self._send(method, path, token=token, writing=writing, query=query, json=json)
        if status == httpx.codes.UNAUTHORIZED:
            problem = _problem(body)
            if problem is None or problem.code != "token_expired":
                self._end(token, problem, path)
            token = await self._renew(token, path)
            status, body = await self._send(method, path, token=token, writing=writing, query=query, json=json)
        return self._open(status, body, path, answer, writing=writing)

    def _end(self, token: str, problem: wire.Problem | None, path: str) -> NoReturn:
        """Forget a token that was ended, unless another one is in use already, and say so."""
        if self._token == token:
            self._token = self._password = ""
        if problem is None:
            raise faults.of_status(httpx.codes.UNAUTHORIZED, path, writing=False)
        raise faults.of_problem(problem, httpx.codes.UNAUTHORIZED, path, writing=False)

    async def _renew(self, stale: str, path: str) -> str:
        """Another token instead of ``stale``: many calls may find it expired at once, and one of them signs in."""
        async with self._renewing:
            if self._token != stale and self._token:
                return self._token
            if not self._password or not self._token:
                raise AccessEnded(SYSTEM, detail=f"the sign-in is too old for {path}")
            try:
                who = await self._login(self._password)
            except WrongPassword as error:
                self._token = self._password = ""
                raise AccessEnded(SYSTEM, error.words, detail="the password is no longer taken") from error
            self._token = who.token
            return self._token

    async def _login(self, password: str) -> wire.WhoAmI:
        json = {"username": self._user, "password": password, "device": f"Samspil, {platform.node()}"[:_DEVICE]}
        status, body = await self._send("POST", "sign-in", token="", writing=False, json=json)
        who = self._open(status, body, "sign-in", wire.WhoAmI, writing=False)
        if not who.token:
            raise faults.malformed("the sign-in answered no token")
        return who

    def _open(self, status: int, body: bytes, what: str, answer: type[T], *, writing: bool) -> T:
        if status != httpx.codes.OK:
            problem = _problem(body)
            if problem is None:
                raise faults.of_status(status, what, writing=writing)
            raise faults.of_problem(problem, status, what, writing=writing)
        try:
            return msgspec.json.decode(body, type=answer)
        except (msgspec.MsgspecError, RecursionError, ValueError) as error:
            # msgspec's words name the field and the types, never the value.
            detail = f"{what}: {error}" if isinstance(error, msgspec.ValidationError) else f"{what}: no JSON"
            if writing:
                raise OutcomeUnknown(SYSTEM, detail=detail) from error
            raise faults.malformed(detail) from error

    async def _send(
        self,
        method: str,
        path: str,
        *,
        token: str,
        writing: bool,
        query: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> tuple[int, bytes]:
        return await self._channel.exchange(
            method,
            self._base + path,
            what=path,
            timeout=_WRITE if writing else _READ,
            writing=writing,
            repeatable=method == "GET",
            headers={"Authorization": f"Bearer {token}"} if token else {},
            params=query,
            content=None if json is None else msgspec.json.encode(json),
        )


def _problem(body: bytes) -> wire.Problem | None:
    """The add-on's own error, or None where somebody else has answered."""
    try:
        return msgspec.json.decode(body, type=wire.ProblemAnswer).error
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None
