"""`EncryptedCaches`: what is kept, for whom and for how long, and what it does when the disk or the keyring fails."""

import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends.fail import Keyring as NoKeyringHere
from sqlcipher3 import dbapi2

from app.domain.contacts import Page, SalesProcess, TouchKind, TouchPoint
from app.domain.economy import (
    Column,
    ColumnRole,
    ColumnType,
    ExpenseTotal,
    ExpenseTotals,
    HoursTotals,
    Panel,
    PanelData,
    PanelKind,
    Period,
    ProjectHours,
    SourceAge,
    Subject,
    SubjectKind,
)
from app.domain.money import Money
from app.domain.orders import Order, OrderHeader, OrderLine, OrderPhase, OrderState, OrderSummary, Tax, Totals
from app.domain.parties import Choice, CustomerHit
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports import cache as port
from app.ports.cache import (
    COMPANY,
    CUSTOMER,
    EXPENSES,
    HOURS,
    ORDER,
    ORDERS,
    PANEL,
    PANELS,
    SALES,
    TIMELINE,
    TRADE,
    CacheTrouble,
    OverviewKind,
)
from app.ports.connection import Connection
from app.storage import cache_file
from app.storage.cache import EncryptedCaches
from app.storage.cache_codec import KEPT, NOT_KEPT, Unreadable, decode, encode
from tests.helpers.fake_contacts import CUSTOMER as NORDLYS_IN_ERP
from tests.helpers.fake_contacts import NOON, NORDLYS
from tests.helpers.fake_erp import LAMP, PIECES, kroner
from tests.helpers.logfail import LogGuard
from tests.helpers.memory_keyring import MemoryKeyring

Run = Callable[[Coroutine[Any, Any, Any]], Any]
New = Callable[..., EncryptedCaches]
HERE = Connection("tryton", "http://127.0.0.1:8000", "clerk", {"database": "samspil"})
_ROOT = Path(__file__).parents[2]
_NOBODY = 65534

LINE = OrderLine(
    "77",
    version="516:1",
    product=LAMP,
    description="Æøå 💡\nto linjer",
    quantity=Decimal("12.500"),
    unit=PIECES,
    list_price=kroner(Decimal("100.00")),
    discount=Decimal("0.1"),
    unit_price=kroner(Decimal("90.0000")),
    taxes=(Tax("25", "25% Moms", Decimal("0.25")),),
    amount=kroner(Decimal("1125.00")),
)
SOLD = Order(
    "516",
    "SO-2026-0142",
    OrderHeader(
        CustomerHit("7", "10023", "Nordlys Belysning ApS"),
        "DKK",
        delivery_address=NORDLYS_IN_ERP.addresses[0],
        delivery_method=Choice("1", "Bil"),
        requested_date=date(2026, 12, 24),
        vendor={"carrier": "a secret of the vendor's"},
    ),
    OrderState("draft", "Kladde", OrderPhase.DRAFT),
    (LINE,),
    Totals(kroner(Decimal("1125.00")), kroner(Decimal("281.25")), kroner(Decimal("1406.25"))),
    "516:2",
    True,
    NOON,
)
SALE = SalesProcess("1", "Hospital", "Offer", Money(Decimal("420000.10"), "DKK"), date(2026, 12, 4))
CALL = TouchPoint("9", TouchKind.CALL, NOON, "Ringede", "<b>Hej</b>\n", ("Camilla Winther",), "Mette")
INVOICE = TradeEvent(
    "45",
    TradeKind.INVOICE,
    date(2026, 11, 8),
    "F2026-00034",
    OrderState("posted", "Bogført", OrderPhase.OFFERED),
    "PO 7",
    Money(Decimal("-993.75"), "EUR"),
    kroner(Decimal(0)),
    kroner(Decimal(0)),
    date(2026, 12, 8),
    "Lager 2",
    is_planned=True,
    is_credit=True,
    orders=(Choice("85", "SO-2026-0064"),),
)
TURNOVER = PanelData(
    Panel("turnover", "Omsætning", PanelKind.BARS, SubjectKind.CUSTOMER, "Uden moms"),
    (
        Column("month", "Måned", ColumnType.MONTH, ColumnRole.CATEGORY),
        Column("group", "Varegruppe", ColumnType.TEXT, ColumnRole.SERIES),
        Column("amount", "Beløb", ColumnType.MONEY, ColumnRole.VALUE),
        Column("hours", "Timer", ColumnType.HOURS, ColumnRole.DETAIL),
    ),
    (
        (date(2026, 11, 1), "2026-11-01", Money(Decimal("-1125.50"), "EUR"), Decimal("7.25")),
        (None, "", None, None),
    ),
    (SourceAge("Tryton", NOON), SourceAge("Creme", None)),
)
PROJECT = Subject(SubjectKind.PROJECT, "P-7")
HALF_YEAR = Period(date(2026, 1, 1), date(2026, 6, 30))
KINDS = [each for each in vars(port).values() if isinstance(each, OverviewKind)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the cache is."""
    return tmp_path / "data"


@pytest.fixture
def new(folder: Path, ring: MemoryKeyring) -> Iterator[New]:
    """Starts the program again: the same folder and keyring. Its clock stands at noon."""
    made: list[EncryptedCaches] = []

    def make(**options: Any) -> EncryptedCaches:
        made.append(EncryptedCaches(folder, **{"now": NOON.timestamp, **options}))
        return made[-1]

    assert ring.secrets == {}
    yield make
    for each in made:
        each.close()


@pytest.fixture
def kept(new: New) -> None:
    """An earlier run kept Nordlys."""
    first = new()
    first.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    first.close()


def _count(run: Run, caches: EncryptedCaches) -> int:
    return run(caches.use()).overviews


# -- what is kept


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (CUSTOMER, NORDLYS_IN_ERP),
        (SALES, (SALE,)),
        (TIMELINE, Page((CALL,), "2")),
        (TRADE, Page((INVOICE,))),
        (ORDERS, ()),
        (PANELS, (TURNOVER.panel,)),
        (PANEL, TURNOVER),
        (HOURS, HoursTotals(PROJECT, HALF_YEAR, (ProjectHours("P-7", "Nyt lager", Decimal("7.50")),), Decimal("7.50"))),
        (
            EXPENSES,
            ExpenseTotals(
                PROJECT, HALF_YEAR, (ExpenseTotal("P-7", "Hotel", kroner(Decimal(9))),), (kroner(Decimal(9)),)
            ),
        ),
    ],
)
def test_it_comes_back_exactly_at_the_next_start(new: New, run: Run, kind: OverviewKind[Any], value: Any) -> None:
    first = new()
    first.of(HERE).keep(kind, "c1", value, NOON)
    first.close()
    second = new()
    found = run(second.of(HERE).read(kind, "c1"))
    assert found is not None
    assert (found.value, found.read_at) == (value, NOON)
    assert found.read_at.tzinfo is not None
    assert second.trouble is None
    assert run(second.of(HERE).read(kind, "c2")) is None


def test_those_of_one_kind_come_by_their_keys_as_far_as_they_are_kept(new: New, run: Run) -> None:
    other, here = replace(TURNOVER, rows=()), new().of(HERE)
    here.keep(PANEL, "turnover 10023", TURNOVER, NOON)
    here.keep(PANEL, "turnover 10039", other, NOON)
    found = run(here.read_each(PANEL, ["turnover 10039", "turnover 10040", "turnover 10023"]))
    assert {key: kept.value for key, kept in found.items()} == {"turnover 10023": TURNOVER, "turnover 10039": other}


def test_who_may_go_on_in_the_reporting_system_is_not_kept(new: New, run: Run) -> None:
    caches = new()
    caches.of(HERE).keep(PANEL, "turnover", replace(TURNOVER, link="https://reports.example/turnover"), NOON)
    assert run(caches.of(HERE).read(PANEL, "turnover")).value == TURNOVER


def test_a_cell_that_is_not_what_its_column_says_is_unreadable() -> None:
    for rows in (b'[["x", "", null, null]]', b"[[null]]", b'[[null, "", "7", null]]', b'[[null, "", null, "x"]]'):
        whole = zlib.decompress(encode(TURNOVER))
        begin = whole.index(b'"rows":') + 7
        end = whole.index(b',"sources"')
        with pytest.raises(Unreadable):
            decode(PANEL, zlib.compress(whole[:begin] + rows + whole[end:]))


def test_only_the_fields_on_the_list_are_kept(new: New, run: Run) -> None:
    caches = new()
    caches.of(HERE).keep(ORDER, "516", SOLD, NOON)
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    order = run(caches.of(HERE).read(ORDER, "516")).value
    assert order.lines == (replace(LINE, version=""),)
    assert str(order.lines[0].quantity) == "12.500"
    assert (order.totals, order.header, order.state) == (SOLD.totals, SOLD.header, SOLD.state)
    assert order.line("77") == order.lines[0]
    assert not order.editable
    assert not order.actions
    assert not order.header.vendor
    company = run(caches.of(HERE).read(COMPANY, "c1")).value
    assert company.people == NORDLYS.people
    assert (company.version, company.categories[0].can_set) == ("", False)


def test_every_field_is_decided_about() -> None:
    for record, names in KEPT.items():
        decided = {*names, *NOT_KEPT.get(record, ())}
        assert decided == {each.name for each in fields(record)}, record.__name__
        assert len(decided) == len(names) + len(NOT_KEPT.get(record, ()))


def test_every_kind_can_be_kept_whole() -> None:
    wanted = [part for kind in KINDS for part in (get_args(kind.shape)[:1] or (kind.shape,))]
    assert len(KINDS) == len({kind.name for kind in KINDS}) >= 9
    for record in (each for each in wanted if each is not str):
        assert is_dataclass(record)
        assert record in KEPT


def test_a_record_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(TypeError, match="Connection"):
        encode(HERE)


def test_rows_of_older_and_newer_versions_are_read() -> None:
    old = zlib.compress(b'{"id": "c1", "name": "Nordlys", "more": {"than": ["we", "know"]}}')
    found = decode(COMPANY, old)
    assert (found.id, found.name, found.people) == ("c1", "Nordlys", ())


@given(st.binary(max_size=200) | st.text(max_size=50).map(lambda text: zlib.compress(text.encode())))
def test_other_bytes_are_unreadable_and_nothing_else(body: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(COMPANY, body)


def test_a_bomb_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        decode(COMPANY, zlib.compress(b" " * 20_000_000 + b"{}"))


def test_a_row_that_cannot_be_read_is_as_if_it_were_not_there(new: New, run: Run, kept: None) -> None:
    caches = new()
    run(caches.run(lambda database: database.execute("UPDATE overview SET body = x'00'"), None))
    assert run(caches.of(HERE).read(COMPANY, "c1")) is None


def test_an_answer_that_was_overtaken_does_not_replace_a_newer_one(new: New, run: Run) -> None:
    cache = new().of(HERE)
    cache.keep(COMPANY, "c1", NORDLYS, NOON)
    cache.keep(COMPANY, "c1", replace(NORDLYS, name="Before"), NOON - timedelta(seconds=1))
    assert run(cache.read(COMPANY, "c1")).value.name == NORDLYS.name
    cache.keep(COMPANY, "c1", replace(NORDLYS, name="After"), NOON + timedelta(seconds=1))
    assert run(cache.read(COMPANY, "c1")).value.name == "After"
    cache.forget(COMPANY, "c1")
    assert run(cache.read(COMPANY, "c1")) is None


# -- for whom


@pytest.mark.parametrize(
    "other",
    [
        replace(HERE, user="clerk2"),
        replace(HERE, url="http://127.0.0.1:8001"),
        replace(HERE, options={"database": "test"}),
        replace(HERE, system="other"),
    ],
)
def test_another_sign_in_reads_nothing(new: New, run: Run, kept: None, other: Connection) -> None:
    caches = new()
    assert run(caches.of(other).read(COMPANY, "c1")) is None
    run(caches.of(other).clear())
    assert run(caches.of(replace(HERE, language="da", url=f"{HERE.url}/")).read(COMPANY, "c1")) is not None
    run(caches.of(HERE).clear())
    assert _count(run, caches) == 0


def test_nothing_can_be_read_in_the_files(new: New, run: Run, folder: Path) -> None:
    caches = new()
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    assert _count(run, caches) == 1
    names = {file.name for file in folder.iterdir()}
    assert {"cache.db", "cache.db-wal"} <= names
    for file in folder.iterdir():
        content = file.read_bytes()
        for text in (b"Nordlys", b"clerk", b"overview", b"SQLite format"):
            assert text not in content


def test_a_copied_file_reads_nothing(
    new: New, run: Run, kept: None, folder: Path, tmp_path: Path, ring: MemoryKeyring, log_guard: LogGuard
) -> None:
    # The same file, taken to another user of a computer: his keyring has another key, or none yet.
    shutil.copytree(folder, tmp_path / "copy")
    ring.secrets.clear()
    log_guard.allow("app.storage.cache_file", "put aside")
    thief = EncryptedCaches(tmp_path / "copy", now=NOON.timestamp)
    assert run(thief.of(HERE).read(COMPANY, "c1")) is None
    assert thief.trouble is CacheTrouble.DAMAGED
    thief.close()


# -- for how long


def test_what_is_too_old_goes(new: New, run: Run, kept: None) -> None:
    later = (NOON + timedelta(days=29)).timestamp()
    assert run(new(now=lambda: later).of(HERE).read(COMPANY, "c1")) is not None
    later = (NOON + timedelta(days=31)).timestamp()
    third = new(now=lambda: later)
    assert run(third.of(HERE).read(COMPANY, "c1")) is None
    assert _count(run, third) == 0


def test_what_expires_while_the_program_runs_is_not_read(new: New, run: Run) -> None:
    clock = [NOON.timestamp()]
    caches = new(now=lambda: clock[0])
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    clock[0] += 31 * 86_400
    assert run(caches.of(HERE).read(COMPANY, "c1")) is None


def test_a_clock_that_was_years_ahead_keeps_nothing_for_ever(new: New, run: Run) -> None:
    first = new()
    first.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON + timedelta(days=3000))
    assert run(first.of(HERE).read(COMPANY, "c1")) is None
    first.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)  # with the clock put right it is replaced
    assert run(first.of(HERE).read(COMPANY, "c1")) is not None


def test_what_was_used_longest_ago_makes_room(new: New, run: Run) -> None:
    clock = [NOON.timestamp()]
    limit = 40_000
    caches = new(size_limit=limit, now=lambda: clock[0])
    cache = caches.of(HERE)
    noise = tuple(replace(SALE, id=str(number), name=os.urandom(40).hex()) for number in range(10))
    for number in range(99):
        clock[0] += 1
        cache.keep(SALES, str(number), noise, NOON)
    clock[0] += 7200
    assert run(cache.read(SALES, "0")) is not None  # used again
    cache.keep(SALES, "last", noise, NOON)
    use = run(caches.use())
    assert 0 < use.size <= limit
    assert run(cache.read(SALES, "1")) is None
    assert run(cache.read(SALES, "0")) is not None
    assert run(cache.read(SALES, "last")) is not None


# -- what goes wrong


def test_without_a_keyring_it_lives_in_memory(run: Run, folder: Path) -> None:
    assert isinstance(keyring.get_keyring(), NoKeyringHere)
    caches = EncryptedCaches(folder, now=NOON.timestamp)
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    assert caches.trouble is CacheTrouble.NO_KEYRING
    assert not run(caches.use()).on_disk
    caches.close()
    assert not (folder / "cache.db").exists()


def test_the_demos_cache_touches_no_disk(run: Run) -> None:
    caches = EncryptedCaches(None, now=NOON.timestamp)
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    assert caches.trouble is CacheTrouble.IN_MEMORY
    assert run(caches.wipe()).is_complete
    assert run(caches.of(HERE).read(COMPANY, "c1")) is None
    caches.close()


@pytest.mark.parametrize("damage", ["all", "half", "cut"])
def test_a_damaged_file_is_put_aside(
    new: New, run: Run, kept: None, folder: Path, log_guard: LogGuard, damage: str
) -> None:
    first = new()
    for number in range(200):
        first.of(HERE).keep(COMPANY, str(number), NORDLYS, NOON)
    first.close()
    file = folder / "cache.db"
    content = file.read_bytes()
    half = len(content) // 2
    torn = {"all": b"x" * len(content), "half": content[:half] + b"x" * (len(content) - half), "cut": content[:half]}
    file.write_bytes(torn[damage])
    log_guard.allow("app.storage.cache_file", "put aside")
    log_guard.allow("app.storage.cache", "damaged")
    second = new()
    for number in range(200):
        run(second.of(HERE).read(COMPANY, str(number)))
    assert second.trouble is CacheTrouble.DAMAGED
    second.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    assert run(second.of(HERE).read(COMPANY, "c1")) is not None
    second.close()
    assert (folder / "cache.db.damaged").exists()
    third = new()
    assert run(third.of(HERE).read(COMPANY, "c1")) is not None
    assert third.trouble is None


def test_a_file_that_is_damaged_under_us_is_put_aside_too(
    new: New, run: Run, folder: Path, log_guard: LogGuard
) -> None:
    caches = new()
    for number in range(300):
        caches.of(HERE).keep(COMPANY, str(number), NORDLYS, NOON)
    run(caches.run(lambda database: database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall(), None))
    run(caches.run(lambda database: database.execute("PRAGMA shrink_memory").fetchall(), None))
    content = (folder / "cache.db").read_bytes()
    with (folder / "cache.db").open("r+b") as file:
        file.seek(8192)
        file.write(b"x" * (len(content) - 8192))
    log_guard.allow("app.storage.cache_file", "put aside")
    log_guard.allow("app.storage.cache", "damaged")
    for number in range(300):
        run(caches.of(HERE).read(COMPANY, str(number)))
    assert caches.trouble is CacheTrouble.DAMAGED
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None


def test_a_newer_file_is_left_alone(new: New, run: Run, kept: None, folder: Path) -> None:
    first = new()
    run(first.run(lambda database: database.execute("PRAGMA user_version = 4711").fetchall(), None))
    first.close()
    before = (folder / "cache.db").read_bytes()
    second = new()
    second.of(HERE).keep(COMPANY, "c2", NORDLYS, NOON)
    assert run(second.of(HERE).read(COMPANY, "c2")) is not None  # in memory
    assert run(second.of(HERE).read(COMPANY, "c1")) is None
    assert second.trouble is CacheTrouble.NEWER
    second.close()
    assert (folder / "cache.db").read_bytes() == before


def test_an_older_file_is_brought_up_to_date(new: New, run: Run, kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    further = "CREATE TABLE later (id INTEGER); INSERT INTO later SELECT count(*) FROM overview"
    monkeypatch.setattr(cache_file, "MIGRATIONS", (*cache_file.MIGRATIONS, further))
    for _ in range(2):  # and only once
        second = new()
        assert run(second.of(HERE).read(COMPANY, "c1")) is not None
        rows = run(second.run(lambda database: database.execute("SELECT id FROM later").fetchall(), []))
        assert rows == [(1,)]
        second.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    new: New, run: Run, kept: None, monkeypatch: pytest.MonkeyPatch, log_guard: LogGuard
) -> None:
    whole = cache_file.MIGRATIONS
    further = "CREATE TABLE later (id INTEGER CHECK (id = 0)); INSERT INTO later SELECT count(*) FROM overview"
    monkeypatch.setattr(cache_file, "MIGRATIONS", (*whole, further))
    log_guard.allow("app.storage.cache_file", "cannot be opened")
    second = new()
    assert run(second.of(HERE).read(COMPANY, "c1")) is None
    second.close()
    monkeypatch.setattr(cache_file, "MIGRATIONS", whole)
    third = new()
    assert run(third.of(HERE).read(COMPANY, "c1")) is not None
    assert third.trouble is None


def test_a_full_disk_and_room_again(new: New, run: Run, log_guard: LogGuard) -> None:
    caches = new()
    cache = caches.of(HERE)
    cache.keep(COMPANY, "c1", NORDLYS, NOON)
    # SQLite says "database or disk is full" at this size as it does at the disk's.
    pages = run(caches.run(lambda database: database.execute("PRAGMA page_count").fetchone()[0], 0))
    run(caches.run(lambda database: database.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall(), None))
    log_guard.allow("app.storage.cache", "full")
    noise = tuple(replace(SALE, name=os.urandom(2000).hex()) for _ in range(20))
    for number in range(5):
        cache.keep(SALES, str(number), noise, NOON)
    assert run(cache.read(COMPANY, "c1")) is not None  # what is there can be read
    cache.keep(SALES, "9", noise, NOON)
    assert run(cache.read(SALES, "9")) is None
    assert _count(run, caches) < 7
    run(caches.run(lambda database: database.execute("PRAGMA max_page_count = 50000").fetchall(), None))
    cache.keep(SALES, "9", noise, NOON)
    assert run(cache.read(SALES, "9")) is not None
    assert caches.trouble is None


def test_a_folder_that_cannot_be_made(run: Run, tmp_path: Path, ring: MemoryKeyring, log_guard: LogGuard) -> None:
    assert not ring.secrets
    (tmp_path / "file").write_text("")
    log_guard.allow("app.storage.cache_file", "cannot be opened")
    caches = EncryptedCaches(tmp_path / "file" / "data", now=NOON.timestamp)
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    assert caches.trouble is CacheTrouble.NO_DISK
    caches.close()


_READ_ONLY = """
import asyncio, os, sys
from pathlib import Path
import keyring, sqlcipher3.dbapi2
from app.storage.cache import EncryptedCaches
from app.ports.cache import COMPANY
from tests.unit.test_cache import HERE, NORDLYS, NOON
keyring.get_keyring()
if os.getuid() == 0:  # whom no rights keep out; what is imported later is in folders of his
    os.setgroups([])
    os.setgid(%d)
    os.setuid(%d)
async def main():
    caches = EncryptedCaches(Path(sys.argv[1]), now=NOON.timestamp)
    found = await caches.of(HERE).read(COMPANY, "c1")
    caches.of(HERE).keep(COMPANY, "c2", NORDLYS, NOON)
    print(found.value.name, await caches.of(HERE).read(COMPANY, "c2"), caches.trouble)
    caches.close()
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's rights are another matter there")
def test_a_read_only_folder_is_still_read(file_ring: Path, tmp_path: Path) -> None:
    caches = EncryptedCaches(tmp_path / "data", now=NOON.timestamp)
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)
    caches.close()
    with tempfile.TemporaryDirectory() as outside:  # pytest's own folders are closed to other users
        base = Path(outside)
        base.chmod(0o755)
        shutil.copytree(tmp_path / "data", base / "data")
        shutil.copy(file_ring, base / "keyring.json")
        for path in (*(base / "data").iterdir(), base / "keyring.json"):
            path.chmod(0o444)
        (base / "data").chmod(0o555)
        found = subprocess.run(
            [sys.executable, "-c", _READ_ONLY % (_NOBODY, _NOBODY), str(base / "data")],
            cwd=_ROOT,
            env={**os.environ, "SAMSPIL_TEST_KEYRING": str(base / "keyring.json")},
            capture_output=True,
            text=True,
            check=False,
        )
        (base / "data").chmod(0o755)
    assert found.stdout.strip() == f"{NORDLYS.name} None {CacheTrouble.NO_DISK}", found.stderr


# -- two programs


def test_two_programs_read_and_write_the_same_file(new: New, run: Run) -> None:
    first, second = new(), new()
    for number in range(50):
        first.of(HERE).keep(COMPANY, f"a{number}", NORDLYS, NOON)
        second.of(HERE).keep(COMPANY, f"b{number}", NORDLYS, NOON)
    assert run(first.of(HERE).read(COMPANY, "a49")) is not None
    assert run(second.of(HERE).read(COMPANY, "b49")) is not None
    assert run(first.of(HERE).read(COMPANY, "b49")) is not None
    assert _count(run, second) == 100
    assert (first.trouble, second.trouble) == (None, None)


_MANY = """
import sys
from pathlib import Path
from app.storage.cache import EncryptedCaches
from app.ports.cache import COMPANY
from tests.unit.test_cache import HERE, NORDLYS, NOON
caches = EncryptedCaches(Path(sys.argv[1]), now=NOON.timestamp)
for number in range(100):
    caches.of(HERE).keep(COMPANY, f"{sys.argv[2]}-{number}", NORDLYS, NOON)
caches.close()
print(caches.trouble)
"""


def test_four_processes_begin_at_once(folder: Path, run: Run, file_ring: Path) -> None:
    assert not file_ring.exists()
    command = [sys.executable, "-c", _MANY, str(folder)]
    children = [
        subprocess.Popen([*command, str(number)], cwd=_ROOT, stdout=subprocess.PIPE, text=True) for number in range(4)
    ]
    said = [child.communicate(timeout=120)[0].strip() for child in children]
    assert said == ["None"] * 4
    caches = EncryptedCaches(folder, now=NOON.timestamp)
    assert _count(run, caches) == 400
    caches.close()


def test_a_file_that_another_program_holds_is_waited_for_and_then_let_be(
    new: New, run: Run, kept: None, folder: Path, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_file, "_WAIT_FOR_OTHERS", 0.1)
    caches = new()
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    other = dbapi2.connect(str(folder / "cache.db"))
    other.execute(f"PRAGMA key = \"x'{ring.secrets['samspil', cache_file.KEY]}'\"")
    other.execute("BEGIN IMMEDIATE")
    caches.of(HERE).keep(COMPANY, "c2", NORDLYS, NOON)
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    assert caches.trouble is None
    other.rollback()
    other.close()
    caches.of(HERE).keep(COMPANY, "c2", NORDLYS, NOON)
    assert run(caches.of(HERE).read(COMPANY, "c2")) is not None


# -- wiping


def test_wiping_leaves_neither_key_nor_file(new: New, run: Run, kept: None, folder: Path, ring: MemoryKeyring) -> None:
    (folder / "cache.db.damaged").write_bytes(b"old")
    (folder / "journal.db").write_bytes(b"what was typed and is not in the ERP yet")
    caches = new()
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    key = ring.secrets["samspil", cache_file.KEY]
    wiped = run(caches.wipe())
    assert wiped.is_complete
    assert ("samspil", cache_file.KEY) not in ring.secrets
    assert {file.name for file in folder.iterdir()} <= {"cache.lock", "journal.db"}
    caches.of(HERE).keep(COMPANY, "c1", NORDLYS, NOON)  # and it goes on, with another key
    assert run(caches.of(HERE).read(COMPANY, "c1")) is not None
    assert ring.secrets["samspil", cache_file.KEY] != key


def test_the_key_goes_before_the_files(
    new: New, run: Run, kept: None, folder: Path, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    unlink, delete = Path.unlink, MemoryKeyring.delete_password

    def unlinking(path: Path, **options: bool) -> None:
        order.append(path.name)
        unlink(path, **options)

    def deleting(self: MemoryKeyring, service: str, username: str) -> None:
        order.append("the key")
        delete(self, service, username)

    monkeypatch.setattr(Path, "unlink", unlinking)
    monkeypatch.setattr(MemoryKeyring, "delete_password", deleting)
    assert cache_file.wipe(folder).is_complete
    assert order[:2] == ["the key", "cache.db"]


def test_a_file_that_stays_is_told_of(
    kept: None, folder: Path, monkeypatch: pytest.MonkeyPatch, log_guard: LogGuard
) -> None:
    def refuse(path: Path, **_options: bool) -> None:
        raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    log_guard.allow("app.storage.cache_file", "could not be deleted")
    wiped = cache_file.wipe(folder)
    assert wiped.left == ("cache.db",)
    assert wiped.key_gone
    assert not wiped.is_complete


def test_without_a_keyring_the_files_go_and_the_key_is_not_known_to(folder: Path) -> None:
    folder.mkdir()
    (folder / "cache.db").write_bytes(b"x")
    wiped = cache_file.wipe(folder)
    assert wiped.key_gone is None
    assert wiped.left == ()
    assert not wiped.is_complete


def test_the_ages_are_aware(new: New, run: Run) -> None:
    cache = new().of(HERE)
    there = datetime(2026, 11, 23, 13, 0, tzinfo=UTC) - timedelta(hours=1)
    orders = (OrderSummary("1", "SO-1", SOLD.state, date(2026, 11, 1), "ref", None),)
    cache.keep(ORDERS, "e1", orders, there)
    found = run(cache.read(ORDERS, "e1"))
    assert found.read_at == there
    assert found.value == orders
