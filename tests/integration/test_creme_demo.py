"""The demo's Creme starts, ends with us, and leaves its database whole."""

import asyncio
import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest

from app.demo.children import ChildError
from app.demo.creme import CremeDemo
from app.demo.progress import Progress, Stage
from tests.fixtures.creme import RealCreme


@pytest.mark.usefixtures("real_creme")
def test_starts_on_its_own_copy_and_stops(tmp_path: Path) -> None:
    seen: list[Progress] = []

    async def work() -> None:
        server = await CremeDemo().start(tmp_path / "creme", seen.append)
        process = psutil.Process(server.pid)
        async with httpx.AsyncClient() as http:
            assert (await http.get(f"{server.url}/samspil/v1/ping")).status_code == 200
            # Creme's own pages work too, with their style sheets.
            login = await http.get(f"{server.url}/creme_login/")
            assert "/static_media/" in login.text
        await server.stop()
        assert not process.is_running()
        # Everything is in the one file, whether or not the others are copied along.
        log = tmp_path / "creme" / "creme.sqlite3-wal"
        assert not log.exists() or log.stat().st_size == 0
        with closing(sqlite3.connect(server.database_path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    asyncio.run(work())
    assert [one.stage for one in seen] == [Stage.START] * 3
    assert seen[-1].fraction == 1.0


@pytest.mark.usefixtures("real_creme")
def test_a_later_start_keeps_what_was_written(tmp_path: Path) -> None:
    async def work() -> None:
        first = await CremeDemo().start(tmp_path / "creme", lambda _: None)
        await first.kill()
        with closing(sqlite3.connect(first.database_path)) as connection, connection:
            connection.execute("UPDATE persons_organisation SET fax = 'kept' WHERE code = '10001'")
        second = await CremeDemo().start(tmp_path / "creme", lambda _: None)
        await second.stop()
        with closing(sqlite3.connect(second.database_path)) as connection:
            found = connection.execute("SELECT count(*) FROM persons_organisation WHERE fax = 'kept'").fetchone()
        assert found == (1,)

    asyncio.run(work())


def test_a_port_that_is_taken_is_told(real_creme: RealCreme, tmp_path: Path) -> None:
    port = int(real_creme.server.url.rpartition(":")[2])

    async def work() -> None:
        with pytest.raises(ChildError):
            await CremeDemo().start(tmp_path / "creme", lambda _: None, port=port)

    asyncio.run(work())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_passwords_and_key_are_the_owners_alone(real_creme: RealCreme) -> None:
    folder = real_creme.server.database_path.parent
    for name in ("users.json", "secret.key"):
        assert stat.S_IMODE(os.stat(folder / name).st_mode) == 0o600
    assert len(set(real_creme.server.users.values())) == len(real_creme.server.users) == 4


def test_what_the_demo_holds(real_creme: RealCreme) -> None:
    def count(table: str) -> int:
        found: int = real_creme.one(f"SELECT count(*) FROM {table}")  # noqa: S608  # names from this file
        return found

    assert count("persons_organisation") >= 150
    assert count("persons_contact") >= 400
    assert count("activities_activity") >= 300
    assert count("opportunities_opportunity") >= 100
    assert count("tickets_ticket") >= 90
    assert count("emails_emailcampaign") == 5
    assert count("commercial_act") == 3
    # A few wrongly linked and some not linked, as in life.
    assert (
        len(real_creme.rows("SELECT code FROM persons_organisation WHERE code <> '' GROUP BY code HAVING count(*) > 1"))
        >= 1
    )
    assert len(real_creme.rows("SELECT 1 FROM persons_organisation WHERE code = ''")) >= 10
