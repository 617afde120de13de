"""Datasette as our port asks for it."""

from collections.abc import Sequence

from app.domain.economy import Column, Panel, PanelData, Subject, SubjectKind
from app.ports.capability import Capability
from app.ports.connection import Identity, Wire
from app.ports.errors import AccessEnded, NotFound, WrongPassword
from app.systems.datasette import mapping, wire
from app.systems.datasette.client import Client
from app.systems.datasette.faults import SYSTEM, refused


class Datasette:
    """One user at one Datasette database: a `ReportingSystem`, one request for each question."""

    def __init__(self, client: Client, *, language: str) -> None:
        self._client = client
        self._language = language
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._capabilities: frozenset[Capability] = frozenset()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """`Capability.ANALYSE` where this user may execute SQL; complete after `sign_in`."""
        return self._capabilities

    async def sign_in(self, password: str) -> Identity:
        """Use the token that Datasette's administrator gave, and ask once what there is."""
        who, versions = await self._client.sign_in(password)
        try:
            found = await self._listing()
        except BaseException:
            self._client.sign_out()
            raise
        self._capabilities = frozenset({Capability.ANALYSE} if found.allow_execute_sql else ())
        return mapping.identity(who, versions)

    async def resume(self, secret: str) -> Identity:
        """Use the kept token."""
        try:
            return await self.sign_in(secret)
        except WrongPassword as error:
            raise AccessEnded(SYSTEM, detail="the kept token is no longer taken") from error

    async def sign_out(self) -> None:
        """Forget the token; it cannot be ended from here."""
        self._capabilities = frozenset()
        self._columns = {}
        self._client.sign_out()

    async def ping(self) -> None:
        """Ask whether it is there."""
        await self._client.ping()

    async def examine(self) -> Wire:
        """Look at the way there."""
        return await self._client.examine()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def panels(self, kind: SubjectKind) -> Sequence[Panel]:
        """The canned queries that are panels of this kind of card."""
        described = mapping.panels(await self._listing(), self._language)
        return tuple(panel for panel, _ in described if panel.on is kind)

    async def panel(self, panel: Panel, subject: Subject) -> PanelData:
        """Run a canned query for a number."""
        if panel.on is not subject.kind:
            raise NotFound(SYSTEM, detail="this panel belongs on another kind of card")
        if panel.key not in self._columns:
            # Made since we signed in, or remembered from another day.
            await self._listing()
        if panel.key not in self._columns:
            raise NotFound(SYSTEM, detail="there is no such panel")
        answer = await self._client.run(panel.key, subject.number)
        if answer.truncated:
            # Part of a table looks like all of it.
            raise refused("too_much", self._language, "the answer is cut off")
        link = self._client.page(panel.key, subject.number) if answer.allow_execute_sql else ""
        return mapping.panel_data(panel, self._columns[panel.key], answer, link)

    async def _listing(self) -> wire.Listing:
        found = await self._client.listing()
        self._columns = {panel.key: columns for panel, columns in mapping.panels(found, self._language)}
        return found
