"""Signing in to a Tryton database and out again, whatever is done there."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Generic, TypeVar

from app.ports.connection import Identity, Wire
from app.ports.errors import AccessEnded, NoAnswer, SystemFault, Unreachable, WrongPassword
from app.systems.tryton.client import Client
from app.systems.tryton.protocol import SYSTEM, Row, rows

S = TypeVar("S")


class SignedIn(ABC, Generic[S]):
    """One user at one Tryton database; ``S`` is what is known of it after signing in.

    Attributes:
        NAME: The manifest's name, which faults are told by.
    """

    NAME: ClassVar[str] = SYSTEM

    def __init__(self, client: Client, *, language: str) -> None:
        self._client = client
        self._language = language
        self._site: S | None = None
        self._is_waited_for = False  # the last sign-in had no answer

    @abstractmethod
    async def _load(self) -> S:
        """Ask once what exists in this database. Raises `NoRights` where what is wanted is not there."""

    async def sign_in(self, password: str) -> Identity:
        """Open a session and ask once what exists in this database."""
        self._is_waited_for = False
        with self._named():
            try:
                return await self._enter(password)
            except NoAnswer:
                self._is_waited_for = True
                raise

    async def _enter(self, password: str) -> Identity:
        await self._client.sign_in(password)
        version, preferences = await asyncio.gather(
            self._client.server_version(),
            self._client.read("model.res.user.get_preferences", True),
        )
        wanted = Row(preferences)
        company = wanted.optional_key("company")
        language = await self._spoken(wanted.text("language") or "en")
        context: dict[str, object] = {"language": language}
        if company is not None:
            context["company"] = company
        self._client.context = context
        self._site, name = await asyncio.gather(self._load(), self._name())
        return Identity(user=name, system_version=version)

    async def _spoken(self, preferred: str) -> str:
        """The window's language where this Tryton has it, else the one the user chose there."""
        if self._language == preferred:
            return preferred
        domain = [["code", "=", self._language], ["translatable", "=", True]]
        found = rows(await self._client.read("model.ir.lang.search_read", domain, 0, 1, None, ["code"]))
        return self._language if found else preferred

    async def _name(self) -> str:
        found = rows(await self._client.read("model.res.user.read", [self._client.user_id], ["rec_name"]))
        return found[0].text("rec_name") if found else ""

    async def resume(self, secret: str) -> Identity:
        """Sign in with the password from the keyring: Tryton has no token that outlives a session."""
        try:
            return await self.sign_in(secret)
        except WrongPassword as error:
            raise AccessEnded(self.NAME, error.words, detail="the kept password is no longer taken") from error

    async def sign_out(self) -> None:
        """End the session there."""
        self._site = None
        self._is_waited_for = False
        with self._named():
            await self._client.sign_out()

    async def ping(self) -> None:
        """Ask the version."""
        with self._named():
            await self._client.server_version()

    async def examine(self) -> Wire:
        """Look at the way there."""
        with self._named():
            return await self._client.examine()

    async def close(self) -> None:
        """Close the connections."""
        self._site = None
        await self._client.close()

    @property
    def _here(self) -> S:
        if self._site is None and self._is_waited_for:
            # The user has done his part; nothing more is asked of him until the server has judged it.
            raise Unreachable(self.NAME, detail="the sign-in had no answer yet")
        if self._site is None:
            raise AccessEnded(self.NAME, detail="not signed in")
        return self._site

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Tell what goes wrong as this system's: the wire to Tryton does not know what it is used for."""
        try:
            yield
        except SystemFault as fault:
            fault.system = self.NAME
            raise
