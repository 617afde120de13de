"""The wire to one Superset: its tokens, time-outs, and what an answer that did not come means. It only ever asks.

An access token is good for some minutes; the client gets another for the refresh token by itself, once, and asks again.
"""

import asyncio
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from app.ports.connection import Connection, Wire
from app.ports.errors import AccessEnded, Unreachable, WrongPassword
from app.systems.asking import Asker
from app.systems.superset import faults, wire
from app.systems.superset.faults import SYSTEM

T = TypeVar("T")

_API = "/api/v1"
_NOT_KNOWN = (httpx.codes.UNAUTHORIZED, httpx.codes.UNPROCESSABLE_ENTITY)
"""Of a token: ended, and none of its own."""


class Client:
    """Asks one Superset, as one user.

    Attributes:
        language: The user's, for our own words.
    """

    def __init__(self, connection: Connection, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.language = connection.language
        self._base = connection.url.rstrip("/")
        self._user = connection.user
        self._provider = connection.options.get("provider", "") or "db"
        self._asker = Asker(SYSTEM, self._base, transport)
        self._access = ""
        self._refresh = ""
        self._renewing = asyncio.Lock()

    @property
    def renewal(self) -> str:
        """What to keep to sign in again without the password."""
        return self._refresh

    async def sign_in(self, password: str) -> None:
        """Get tokens for the password. Raises `WrongPassword`, `TooManyAttempts`, `NoAnswer`."""
        if not password:
            raise WrongPassword(SYSTEM, detail="no password")
        told = {"username": self._user, "password": password, "provider": self._provider, "refresh": True}
        status, body = await self._asker.send(f"{_API}/security/login", json=told)
        if status == httpx.codes.NOT_FOUND:
            raise Unreachable(SYSTEM, detail="there is no Superset at this address")
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.BAD_REQUEST):
            raise WrongPassword(SYSTEM, detail=f"HTTP {status} for signing in")
        tokens = self._open(status, body, "signing in", wire.Tokens)
        self._access, self._refresh = tokens.access_token, tokens.refresh_token

    async def resume(self, refresh: str) -> None:
        """Use a token from an earlier session. Raises `AccessEnded` where it is not good any more."""
        self._access, self._refresh = "", refresh
        await self._renew("")

    def sign_out(self) -> None:
        """Forget the tokens: Superset cannot end one before its time."""
        self._access = self._refresh = ""

    async def version(self) -> wire.Version:
        """Superset's own version, which it tells everybody."""
        status, body = await self._asker.send("/version")
        return self._open(status, body, "the version", wire.Version)

    async def ask(self, path: str, what: str, answer: type[T], json: Any = None) -> T:
        """Ask with the access token; with another where it has reached its age."""
        access = self._access
        if not access and not self._refresh:
            raise AccessEnded(SYSTEM, detail="not signed in")
        status, body = await self._asker.send(_API + path, access, json=json)
        if status == httpx.codes.UNAUTHORIZED:
            await self._renew(access)
            status, body = await self._asker.send(_API + path, self._access, json=json)
            if status == httpx.codes.UNAUTHORIZED:
                self.sign_out()
                raise AccessEnded(SYSTEM, detail=f"HTTP {status} for {what}")
        return self._open(status, body, what, answer)

    def page(self, form: dict[str, Any]) -> str:
        """The address of a chart's own page: there is none that leads elsewhere than we ask."""
        chosen = msgspec.json.encode(form).decode()
        return f"{self._base}/explore/?{urlencode({'slice_id': form['slice_id'], 'form_data': chosen})}"

    async def ping(self) -> None:
        """Ask for its health, without a token."""
        status, _ = await self._asker.send("/health")
        if status != httpx.codes.OK:
            raise faults.of_status(status, "health", self.language)

    async def examine(self) -> Wire:
        """Look at the way there."""
        return await self._asker.examine("/health")

    async def close(self) -> None:
        """Close the connections and forget the tokens."""
        self.sign_out()
        await self._asker.close()

    async def _renew(self, stale: str) -> None:
        """Another access token instead of ``stale``: many calls may find it ended at once, and one of them asks."""
        async with self._renewing:
            if self._access != stale:
                return
            refresh = self._refresh
            if not refresh.strip() or not refresh.isascii() or not refresh.isprintable():
                raise AccessEnded(SYSTEM, detail="no token to sign in again with")
            status, body = await self._asker.send(f"{_API}/security/refresh", refresh, json={})
            if status in _NOT_KNOWN:
                self.sign_out()
                raise AccessEnded(SYSTEM, detail=f"HTTP {status} for the kept token")
            self._access = self._open(status, body, "signing in again", wire.Tokens).access_token

    def _open(self, status: int, body: bytes, what: str, answer: type[T]) -> T:
        if status != httpx.codes.OK:
            raise faults.of_status(status, what, self.language)
        return self._asker.decode(body, what, answer)
