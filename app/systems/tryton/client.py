"""The wire to one Tryton database: its session, time-outs, and what an answer that did not come means.

A session that is gone is answered with 401 before anything is done, so the client signs in again by itself, once,
with the password it holds in memory, and asks again. Everything else that goes wrong becomes a fault of our ports.
"""

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from app.ports.connection import Connection, Wire
from app.ports.errors import AccessEnded, MalformedAnswer, OutcomeUnknown, WrongPassword
from app.systems.channel import Channel
from app.systems.tryton import faults
from app.systems.tryton.protocol import SYSTEM, decode_answer, encode_call, malformed

_READ = httpx.Timeout(connect=5, write=15, read=30, pool=10)
_WRITE = httpx.Timeout(connect=5, write=30, read=90, pool=10)
"""Confirming an order makes shipments and invoices before it answers, so writes may take long."""
_MAKING = httpx.Timeout(connect=5, write=15, read=180, pool=10)
"""A report is laid out by LibreOffice on the server, which for a long order on a busy server takes minutes."""
_SHORT = httpx.Timeout(connect=5, write=5, read=10, pool=5)
_SIGN_IN = httpx.Timeout(connect=5, write=5, read=45, pool=5)
"""Tryton answers a wrong password later and later, up to half a minute (``res/user.py``: 2**attempts seconds)."""
_LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes, unzipped. The largest that is asked for are documents, of which the usual one has 50 KB."""


@dataclass(frozen=True, slots=True)
class _Session:
    user_id: int
    header: str


class Client:
    """Asks and tells one Tryton database, as one user.

    Attributes:
        context: What every call takes along: the company that `get_preferences` gave and the language. Never another
            company: a wrong one in a user's first call hides all records from them (``shared/facts/tryton.md``).
    """

    def __init__(self, connection: Connection, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.context: Mapping[str, Any] = {}
        base = connection.url.rstrip("/")
        self._user = connection.user
        self._language = connection.language
        self._root = f"{base}/rpc/"
        self._url = f"{base}/{quote(connection.options.get('database', ''), safe='')}/rpc/"
        self._channel = Channel(
            SYSTEM,
            self._url,
            transport,
            headers={"Content-Type": "application/json", "Accept-Encoding": "gzip"},
            most_bytes=_LARGEST_ANSWER,
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4, keepalive_expiry=30),
        )
        self._session: _Session | None = None
        self._password = ""
        self._renewing = asyncio.Lock()

    @property
    def user_id(self) -> int:
        """The signed-in user's id. Raises `AccessEnded` while nobody is."""
        if self._session is None:
            raise AccessEnded(SYSTEM, detail="not signed in")
        return self._session.user_id

    async def sign_in(self, password: str) -> None:
        """Open a session. Raises `WrongPassword`, `TooManyAttempts`, `NoAnswer`, `Untrusted`."""
        self._session = await self._login(password)
        self._password = password

    async def sign_out(self) -> None:
        """End the session at the server and forget the password, whether or not the server answers."""
        session, self._session, self._password = self._session, None, ""
        if session is not None:
            await self._post(self._url, "common.db.logout", [], _SHORT, session=session, writing=False)

    async def server_version(self) -> str:
        """The series, such as ``8.2``. Asked without a session: the smallest question there is."""
        status, body = await self._post(self._root, "common.server.version", [], _SHORT, session=None, writing=False)
        version, error = self._open(status, body, "common.server.version", writing=False)
        if error is not None or not isinstance(version, str):
            raise malformed("the server's version is no text")
        return version

    async def read(self, method: str, *params: Any, context: Mapping[str, Any] | None = None) -> Any:
        """Ask what changes nothing. A connection that was dropped is tried once more."""
        return await self._call(method, params, context, _READ, writing=False)

    async def make(self, method: str, *params: Any) -> Any:
        """`read`, for what takes the server long: a report."""
        return await self._call(method, params, None, _MAKING, writing=False)

    async def write(self, method: str, *params: Any, context: Mapping[str, Any] | None = None) -> Any:
        """Tell it something, once. Raises `OutcomeUnknown` where it was sent and no answer understood."""
        return await self._call(method, params, context, _WRITE, writing=True)

    async def examine(self) -> Wire:
        """Look at the way there."""
        return await self._channel.examine(self._url)

    async def close(self) -> None:
        """Close the connections, end what is under way, and forget the password."""
        self._session, self._password = None, ""
        await self._channel.close()

    async def _call(
        self,
        method: str,
        params: tuple[Any, ...],
        extra: Mapping[str, Any] | None,
        timeout: httpx.Timeout,  # noqa: ASYNC109 - by phase, which asyncio.timeout cannot do
        *,
        writing: bool,
    ) -> Any:
        session = self._session
        if session is None:
            raise AccessEnded(SYSTEM, detail="not signed in")
        arguments = [*params, {**self.context, **(extra or {})}]
        status, body = await self._post(self._url, method, arguments, timeout, session=session, writing=writing)
        if status == httpx.codes.UNAUTHORIZED:
            session = await self._renew(session)
            status, body = await self._post(self._url, method, arguments, timeout, session=session, writing=writing)
            if status == httpx.codes.UNAUTHORIZED:
                raise AccessEnded(SYSTEM, detail=f"the new session was refused for {method}")
        result, error = self._open(status, body, method, writing=writing)
        if error is not None:
            raise faults.of_error(error, method)
        return result

    async def _renew(self, stale: _Session) -> _Session:
        """Another session instead of ``stale``: many calls may find it gone at once, and one of them signs in."""
        async with self._renewing:
            current = self._session
            if current is None or not self._password:
                raise AccessEnded(SYSTEM, detail="signed out")
            if current is not stale:
                return current
            try:
                self._session = await self._login(self._password)
            except WrongPassword as error:
                raise AccessEnded(SYSTEM, error.words, detail="the password is no longer taken") from error
            return self._session

    async def _login(self, password: str) -> _Session:
        method = "common.db.login"
        arguments = [self._user, {"password": password}, self._language]
        status, body = await self._post(self._url, method, arguments, _SIGN_IN, session=None, writing=False)
        if status == httpx.codes.UNAUTHORIZED:
            raise WrongPassword(SYSTEM)
        result, error = self._open(status, body, method, writing=False)
        if error is not None:
            raise faults.of_error(error, method)
        match result:
            case [int(user_id), str(token), *_]:
                text = f"{self._user}:{user_id}:{token}"
                return _Session(user_id, f"Session {base64.b64encode(text.encode()).decode('ascii')}")
        raise malformed("the sign-in answered no session")

    def _open(self, status: int, body: bytes, method: str, *, writing: bool) -> tuple[Any, Any]:
        if status != httpx.codes.OK:
            raise faults.of_status(status, method, writing=writing)
        try:
            return decode_answer(body)
        except MalformedAnswer as error:
            if writing:
                raise OutcomeUnknown(SYSTEM, detail=f"{error.detail} ({method})") from error
            raise

    async def _post(
        self,
        url: str,
        method: str,
        arguments: list[Any],
        timeout: httpx.Timeout,  # noqa: ASYNC109 - by phase, which asyncio.timeout cannot do
        *,
        session: _Session | None,
        writing: bool,
    ) -> tuple[int, bytes]:
        return await self._channel.exchange(
            "POST",
            url,
            what=method,
            timeout=timeout,
            writing=writing,
            headers={"Authorization": session.header} if session is not None else {},
            content=encode_call(method, arguments),
        )
