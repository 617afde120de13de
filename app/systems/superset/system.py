"""Superset as our port asks for it."""

from collections.abc import Sequence

from app.domain.economy import Panel, PanelData, Subject, SubjectKind
from app.ports.capability import Capability
from app.ports.connection import Identity, Wire
from app.ports.errors import NotFound
from app.systems.superset import mapping, wire
from app.systems.superset.client import Client
from app.systems.superset.faults import SYSTEM, refused

_DASHBOARD = "samspil-{kind}"
"""The slug of the dashboard whose charts are the panels of a kind of card."""


class Superset:
    """One user at one Superset: a `ReportingSystem`, one request for each question."""

    def __init__(self, client: Client, *, language: str) -> None:
        self._client = client
        self._language = language
        self._charts: dict[str, mapping.Chart] = {}
        self._capabilities: frozenset[Capability] = frozenset()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """`Capability.ANALYSE` where this user may explore; complete after `sign_in` and `resume`."""
        return self._capabilities

    async def sign_in(self, password: str) -> Identity:
        """Exchange the password for tokens; `Identity.renewal` holds the one that lasts some weeks."""
        await self._client.sign_in(password)
        return await self._look_around()

    async def resume(self, secret: str) -> Identity:
        """Use the token of an earlier session."""
        await self._client.resume(secret)
        return await self._look_around()

    async def _look_around(self) -> Identity:
        try:
            me = await self._client.ask("/me/roles/", "who this is", wire.Me)
            version = await self._client.version()
        except BaseException:
            self._client.sign_out()
            raise
        self._capabilities = mapping.capabilities(me.result)
        return mapping.identity(me.result, version, self._client.renewal)

    async def sign_out(self) -> None:
        """Forget the tokens."""
        self._capabilities = frozenset()
        self._charts = {}
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
        """The marked charts of this kind of card's dashboard; none where there is no such dashboard."""
        path = f"/dashboard/{_DASHBOARD.format(kind=kind.value)}/charts"
        try:
            charts = mapping.charts(await self._client.ask(path, "the charts", wire.Charts), kind, self._language)
        except NotFound:
            charts = ()
        self._charts = {key: chart for key, chart in self._charts.items() if chart.panel.on is not kind}
        self._charts |= {chart.panel.key: chart for chart in charts}
        return tuple(chart.panel for chart in charts)

    async def panel(self, panel: Panel, subject: Subject) -> PanelData:
        """Run a chart's query for a number."""
        if panel.on is not subject.kind:
            raise NotFound(SYSTEM, detail="this panel belongs on another kind of card")
        if panel.key not in self._charts:
            # Made since we looked, or remembered from another day.
            await self.panels(subject.kind)
        chart = self._charts.get(panel.key)
        if chart is None or chart.panel.on is not panel.on:
            raise NotFound(SYSTEM, detail="there is no such panel")
        # No number has a control character in it, and databases do not take NUL.
        number = subject.number if subject.number.isprintable() else ""
        found = await self._client.ask("/chart/data", "a chart", wire.Data, mapping.question(chart, number))
        if not found.result or found.result[0].error:
            raise refused("failed", self._language, "the chart's query failed")
        rows = found.result[0].data or []
        if len(rows) > mapping.MOST_ROWS:
            # Part of a table looks like all of it.
            raise refused("too_much", self._language, "the answer is cut off")
        link = (
            self._client.page(mapping.page(chart, subject.number)) if Capability.ANALYSE in self._capabilities else ""
        )
        return mapping.panel_data(panel, chart, rows, link)
