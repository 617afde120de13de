"""The wire to one Datasette: the token, time-outs, and what an answer that did not come means. It only ever asks."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from app.ports.connection import Connection, Wire
from app.ports.errors import AccessEnded, NoRights, Unreachable, WrongPassword
from app.systems.asking import Asker
from app.systems.datasette import faults, wire
from app.systems.datasette.faults import SYSTEM

T = TypeVar("T")

_ACTOR = "/-/actor.json"
_VERSIONS = "/-/versions.json"
_SAFE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


class Client:
    """Asks one Datasette, as one user.

    Attributes:
        language: The user's, for our own words.
    """

    def __init__(self, connection: Connection, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.language = connection.language
        self._base = connection.url.rstrip("/")
        self._database = _tilde(connection.options.get("database", "") or "warehouse")
        self._asker = Asker(SYSTEM, self._base, transport)
        self._token = ""

    async def sign_in(self, token: str) -> tuple[wire.WhoIsThis, wire.Versions]:
        """Use this token from now on. Raises `WrongPassword` where Datasette does not know it."""
        if not token.isascii() or not token.isprintable() or not token.strip():
            raise WrongPassword(SYSTEM, detail="this is no token")
        who = await self._who(token)
        status, body = await self._asker.send(_VERSIONS, token)
        versions = self._open(status, body, "versions", wire.Versions)
        self._token = token
        return who, versions

    async def _who(self, token: str) -> wire.WhoIsThis:
        status, body = await self._asker.send(_ACTOR, token)
        if status == httpx.codes.NOT_FOUND:
            raise Unreachable(SYSTEM, detail="there is no Datasette at this address")
        if status == httpx.codes.INTERNAL_SERVER_ERROR:
            # The plugin fails on a token of another form than its own, before it is looked for.
            without, _ = await self._asker.send(_ACTOR, "")
            status = status if without == status else httpx.codes.FORBIDDEN
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise WrongPassword(SYSTEM, detail=f"HTTP {status} for the token")
        who = self._open(status, body, "actor", wire.WhoIsThis)
        if not who.actor:
            raise WrongPassword(SYSTEM, detail="the token is nobody's")
        return who

    def sign_out(self) -> None:
        """Forget the token: it is made and ended by Datasette's administrator."""
        self._token = ""

    async def ping(self) -> None:
        """Ask for the versions, with the token if there is one; a closed instance answers that it is closed."""
        status, body = await self._asker.send(_VERSIONS, self._token)
        if status not in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            self._open(status, body, "versions", wire.Versions)

    async def listing(self) -> wire.Listing:
        """The database's canned queries."""
        return await self._ask(f"/{self._database}.json", {}, "the panels", wire.Listing)

    async def run(self, query: str, number: str) -> wire.Answer:
        """A canned query for a number."""
        return await self._ask(f"/{self._database}/{_tilde(query)}.json", {"number": number}, "a panel", wire.Answer)

    def page(self, query: str, number: str) -> str:
        """The address of a canned query's own page for a number: there is none that leads elsewhere than we ask."""
        return f"{self._base}/{self._database}/{_tilde(query)}?{urlencode({'number': number})}"

    async def examine(self) -> Wire:
        """Look at the way there."""
        return await self._asker.examine(_ACTOR)

    async def close(self) -> None:
        """Close the connections and forget the token."""
        self._token = ""
        await self._asker.close()

    async def _ask(self, path: str, query: Mapping[str, str], what: str, answer: type[T]) -> T:
        token = self._token
        if not token:
            raise AccessEnded(SYSTEM, detail="not signed in")
        status, body = await self._asker.send(path, token, query=query)
        try:
            return self._open(status, body, what, answer)
        except NoRights:
            # Datasette says the same of a token that was revoked and of what this user may not see.
            try:
                await self._who(token)
            except WrongPassword as error:
                self._token = "" if self._token == token else self._token
                raise AccessEnded(SYSTEM, detail="the token is no longer taken") from error
            raise

    def _open(self, status: int, body: bytes, what: str, answer: type[T]) -> T:
        if status != httpx.codes.OK:
            try:
                problem = msgspec.json.decode(body, type=wire.Problem)
            except (msgspec.MsgspecError, RecursionError, ValueError):
                problem = wire.Problem()
            raise faults.of_status(status, problem, what, self.language)
        return self._asker.decode(body, what, answer)


def _tilde(name: str) -> str:
    """A name as a part of an address, as Datasette writes it: what is no plain letter as ``~`` and its bytes."""
    return "".join(chr(byte) if byte in _SAFE else f"~{byte:02X}" for byte in name.encode("utf-8", "replace"))
