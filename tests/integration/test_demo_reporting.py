"""The demo's reporting system: it joins when the others answer, filled, and holds up nobody."""

import asyncio
from pathlib import Path

import psutil
import pytest

from app.bootstrap import manifests
from app.demo.progress import Progress
from app.demo.world import DemoLogin, DemoWorld
from app.domain.economy import PanelData, Subject, SubjectKind
from app.ports.capability import Capability


async def _asked(login: DemoLogin, number: str) -> list[PanelData]:
    """What every panel says of a customer."""
    system = manifests()[login.connection.system].connect(login.connection, None)
    try:
        await system.sign_in(login.password)
        assert Capability.ANALYSE not in system.capabilities
        panels = await system.panels(SubjectKind.CUSTOMER)
        subject = Subject(SubjectKind.CUSTOMER, number)
        return list(await asyncio.gather(*(system.panel(panel, subject) for panel in panels)))
    finally:
        await system.close()


@pytest.mark.usefixtures("real_tryton", "real_creme")  # they have made the templates
def test_the_clerk_is_answered_by_every_panel_and_nothing_is_left_running() -> None:
    shown: list[Progress] = []

    async def work() -> tuple[tuple[DemoLogin, ...], list[PanelData], list[PanelData], Path]:
        world = DemoWorld()
        try:
            first = await world.start(shown.append, "da")
            # Somebody who does not wait for it after all takes nothing from the others who do.
            impatient = asyncio.create_task(world.join(shown.append, "da"))
            await asyncio.sleep(0)
            impatient.cancel()
            login = await world.join(shown.append, "da")
            known, unknown = await _asked(login, "10023"), await _asked(login, "nobody's")
            return (*first, login), known, unknown, world._work
        finally:
            await world.stop()

    logins, known, unknown, folder = asyncio.run(work())
    assert [login.connection.system for login in logins] == ["tryton", "creme", "datasette"]
    assert "datasette" in {progress.system for progress in shown}
    assert len(known) > 3
    assert any("æ" in found.panel.title for found in known), "the panels speak the window's language"
    assert all(source.as_of for found in known for source in found.sources if source.name == "Tryton")
    filled = [found.panel.key for found in known if found.rows]
    assert {"turnover", "open"} <= set(filled)
    assert not any(found.link for found in known)
    assert all(found.rows == () and found.sources for found in unknown)
    assert not folder.exists()
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if str(folder) in " ".join(child.cmdline())]
