"""The encrypted file in processes of their own: a full disk, another user of the computer; and older files."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.names import Name, NameKind
from app.domain.shelf import Shelf
from app.ports.cache import COMPANY, CacheTrouble
from app.storage import cache_file
from app.storage.cache import EncryptedCaches
from tests.helpers.fake_contacts import NORDLYS
from tests.helpers.memory_keyring import MemoryKeyring
from tests.unit.test_cache import HERE

Run = Callable[[Coroutine[Any, Any, Any]], Any]
_ROOT = Path(__file__).parents[2]
_NOBODY = 65534

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has neither such limits nor such users")


def _child(script: str, *arguments: str, ring: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=_ROOT,
        env={**os.environ, "SAMSPIL_TEST_KEYRING": str(ring)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


_FULL = """
import asyncio, os, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from app.domain.names import Name, NameKind
from app.domain.shelf import Shelf
from app.ports.cache import COMPANY, SALES
from app.storage.cache import EncryptedCaches
from tests.unit.test_cache import HERE, NORDLYS, SALE
from dataclasses import replace

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write that does not fit then fails, as on a disk without room
async def main():
    now = datetime.now(UTC)
    caches = EncryptedCaches(Path(sys.argv[1]))
    cache = caches.of(HERE)
    cache.keep(COMPANY, "c1", NORDLYS, now)
    cache.shelve(Shelf.FAVOURITES, Name(NameKind.COMPANY, "c1", NORDLYS.name), now)
    before = caches.trouble, (await cache.read(COMPANY, "c1")) is not None
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    for number in range(40):
        cache.keep(SALES, str(number), tuple(replace(SALE, name=os.urandom(2000).hex()) for _ in range(10)), now)
    there = (await cache.read(COMPANY, "c1")) is not None
    full = caches.trouble, there, (await cache.read(SALES, "39")) is not None
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    cache.keep(SALES, "again", (SALE,), now)
    room = (await cache.read(SALES, "again")) is not None, caches.trouble
    caches.close()
    print(before, full, room)
asyncio.run(main())
"""


def test_a_disk_that_takes_no_more(tmp_path: Path, file_ring: Path, run: Run) -> None:
    said = _child(_FULL, str(tmp_path / "data"), ring=file_ring)
    full = CacheTrouble.NO_DISK
    assert said == f"{(None, True)} {(full, True, False)} {(True, None)}"
    # What was kept before, and after there was room again, is whole at the next start.
    caches = EncryptedCaches(tmp_path / "data")
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    assert "c1" in [one.name.id for one in run(caches.of(HERE).shelf(Shelf.FAVOURITES))]
    assert caches.trouble is None
    caches.close()


_ANOTHER = """
import asyncio, os, sys
from pathlib import Path
import keyring, sqlcipher3.dbapi2
from app.domain.shelf import Shelf
from app.ports.cache import COMPANY
from app.storage.cache import EncryptedCaches
from tests.unit.test_cache import HERE
keyring.get_keyring()
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(%d)
    os.setuid(%d)
async def main():
    caches = EncryptedCaches(Path(sys.argv[1]))
    cache = caches.of(HERE)
    print(await cache.read(COMPANY, "c1"), await cache.shelf(Shelf.FAVOURITES), await caches.find([HERE], "nordlys"))
    caches.close()
asyncio.run(main())
"""


def test_another_user_of_the_computer_reads_nothing(tmp_path: Path, file_ring: Path) -> None:
    caches = EncryptedCaches(tmp_path / "data")
    now = datetime.now(UTC)
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, now)
    caches.of(HERE).shelve(Shelf.FAVOURITES, Name(NameKind.COMPANY, "c1", NORDLYS.name), now)
    caches.close()
    with tempfile.TemporaryDirectory() as outside:  # pytest's own folders are closed to other users
        base = Path(outside)
        base.chmod(0o755)
        stolen = base / "data"
        stolen.mkdir()
        (stolen / "cache.db").write_bytes((tmp_path / "data" / "cache.db").read_bytes())
        own_ring = base / "keyring.json"
        for path in (stolen, stolen / "cache.db", base):
            path.chmod(0o777)
        assert _child(_ANOTHER % (_NOBODY, _NOBODY), str(stolen), ring=own_ring) == "None [] []"


@pytest.mark.parametrize("version", range(1, len(cache_file.MIGRATIONS)))
def test_a_file_of_each_earlier_version_is_brought_up_to_date(
    tmp_path: Path, ring: MemoryKeyring, run: Run, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    assert not ring.secrets
    whole = cache_file.MIGRATIONS
    now = datetime.now(UTC)
    monkeypatch.setattr(cache_file, "MIGRATIONS", whole[:version])
    database = cache_file.open_cache(tmp_path).database
    database.close()
    monkeypatch.setattr(cache_file, "MIGRATIONS", whole)
    caches = EncryptedCaches(tmp_path)
    cache = caches.of(HERE)
    cache.keep(COMPANY, "c1", NORDLYS, now)
    cache.shelve(Shelf.RECENT, Name(NameKind.COMPANY, "c1", NORDLYS.name), now)
    run(cache.learn([Name(NameKind.COMPANY, "c1", NORDLYS.name)], now))
    assert run(cache.read(COMPANY, "c1")) is not None
    assert len(run(cache.shelf(Shelf.RECENT))) == 1
    assert len(run(caches.find([HERE], "nordlys"))) == 1
    assert run(caches.run(lambda found: found.execute("PRAGMA user_version").fetchone()[0], 0)) == len(whole)
    assert caches.trouble is None
    caches.close()
