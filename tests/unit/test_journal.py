"""`EncryptedJournals`: on disk before it returns, one process at a time, and what it does when it cannot."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyringHere

from app.domain.contact_changes import CategoryChange, Correction, FieldChange, NewPerson
from app.domain.contacts import ContactField, NewTouchPoint, TouchKind
from app.domain.new_customers import NewCustomer
from app.domain.order_changes import LineChange, LineRemoval, OrderChanges
from app.domain.orders import LineField, LineKind, OrderHeader, OrderLine, Tax
from app.domain.parties import Address, AddressUse, Choice, CustomerHit
from app.domain.sales_changes import StageChange, TaskCompletion
from app.ports.connection import Connection
from app.ports.journal import NOT_KEPT, JournalTrouble, KeptChange, Waiting
from app.storage.journal import EncryptedJournals
from app.storage.journal_codec import Unreadable, decode, decode_change, encode
from tests.helpers.fake_erp import LAMP, PIECES, kroner
from tests.helpers.logfail import LogGuard
from tests.helpers.memory_keyring import MemoryKeyring

Run = Callable[[Coroutine[Any, Any, Any]], Any]
New = Callable[[], EncryptedJournals]
HERE = Connection("tryton", "http://127.0.0.1:8000", "clerk", {"database": "samspil"})
NOTHING: frozenset[str] = frozenset()
SLOT = Waiting("slot")
_ROOT = Path(__file__).parents[2]

LINE = OrderLine(
    "new-218000000001",
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
HEADER = OrderHeader(
    CustomerHit("7", "10023", "Nordlys Belysning ApS"),
    "DKK",
    delivery_address=Address("3", "Lager 2", "Vej 1\nPort 3", uses=frozenset({AddressUse.DELIVERY})),
    delivery_method=Choice("1", "Bil"),
    requested_date=date(2026, 12, 24),
    vendor={"carrier": 1, "rate": {"__class__": "Decimal", "decimal": "0.8680"}, "own": [Decimal("1.10"), None, 2.5]},
)
CHANGES = OrderChanges(
    "516",
    "1795430641.46177",
    HEADER,
    created=(LineChange(LINE, frozenset({LineField.PRODUCT, LineField.QUANTITY}), True, {"secondary_unit": None}),),
    changed=(
        LineChange(
            OrderLine("77", LineKind.COMMENT, "516:1795430641.4", description="Tak"),
            frozenset({LineField.DESCRIPTION}),
            False,
        ),
    ),
    removed=(LineRemoval("78", "516:1795430641.5"),),
)


@pytest.fixture
def new(tmp_path: Path, ring: MemoryKeyring) -> Iterator[New]:
    """Starts the program again: the same folder and keyring, another run."""
    made: list[EncryptedJournals] = []

    def make() -> EncryptedJournals:
        made.append(EncryptedJournals(tmp_path / "data"))
        return made[-1]

    assert ring.secrets == {}
    yield make
    for each in made:
        each.close()


def test_a_write_is_read_back_exactly() -> None:
    changes, accepted = decode(encode(CHANGES, frozenset({"a", "b"})))
    assert changes == CHANGES
    assert accepted == {"a", "b"}
    # What equality does not look at: the vendor's values, and the digits of a figure.
    assert changes.header.vendor == HEADER.vendor
    assert changes.created[0].vendor == {"secondary_unit": None}
    assert str(changes.created[0].line.quantity) == "12.500"
    assert isinstance(changes.created[0].line.kind, LineKind)
    assert isinstance(next(iter(changes.created[0].fields)), LineField)


@pytest.mark.parametrize(
    "text", ["", "[]", '[["Popen", {}], []]', '[["Decimal", "x"], []]', "[1, []]", '[["map"], []]']
)
def test_another_text_is_no_write(text: str) -> None:
    with pytest.raises(Unreadable):
        decode(text)


def test_what_a_run_left_is_the_next_ones_to_end(new: New, run: Run) -> None:
    first = new()
    entry_id = run(first.of(HERE).begin(CHANGES, frozenset({"yes"}), SLOT))
    ended = run(first.of(HERE).begin(replace(CHANGES, created=()), NOTHING, SLOT))
    run(first.of(HERE).done(ended))
    assert run(first.of(HERE).pending()) == []  # its own are its sessions' to end
    first.close()
    second = new()
    (entry,) = run(second.of(HERE).pending())
    assert (entry.id, entry.changes, entry.accepted) == (entry_id, CHANGES, {"yes"})
    run(second.of(HERE).sending_again(entry_id))
    assert run(second.of(HERE).pending())[0].sent_at > entry.sent_at
    run(second.of(HERE).done(entry_id))
    assert run(second.of(HERE).pending()) == []
    assert second.trouble is None
    assert second.is_durable


def test_a_new_customer_on_its_way_is_the_next_runs_to_end(new: New, run: Run) -> None:
    crm = Connection("creme", "http://127.0.0.1:8010", "saelger")
    customer = NewCustomer("t0ken", "42", "Østerlund & Søn", "19999")
    first = new()
    run(first.of(HERE).begin(CHANGES, frozenset(), SLOT))
    entry_id = run(first.makings(HERE, crm).begin(customer))
    assert run(first.makings(HERE, crm).pending()) == []  # its own
    first.close()
    second = new()
    (entry,) = run(second.makings(HERE, crm).pending())
    assert (entry.id, entry.customer) == (entry_id, customer)
    assert abs(entry.sent_at - time.time()) < 600
    assert len(run(second.of(HERE).pending())) == 1, "beside the writes of orders"
    for others in (replace(HERE, user="clerk2"), replace(HERE, url="http://127.0.0.1:8001")):
        assert run(second.makings(others, crm).pending()) == []
    assert run(second.makings(HERE, replace(crm, user="anna")).pending()) == []
    run(second.makings(HERE, crm).done(entry_id))
    assert run(second.makings(HERE, crm).pending()) == []


@pytest.mark.parametrize(
    "other",
    [
        replace(HERE, user="clerk2"),
        replace(HERE, url="http://127.0.0.1:8001"),
        replace(HERE, options={"database": "test"}),
        replace(HERE, system="other"),
    ],
)
def test_another_sign_in_reads_nothing(new: New, run: Run, other: Connection) -> None:
    first = new()
    run(first.of(HERE).begin(CHANGES, NOTHING, SLOT))
    first.close()
    second = new()
    assert run(second.of(other).pending()) == []
    assert len(run(second.of(replace(HERE, language="da", url=f"{HERE.url}/")).pending())) == 1


def test_nothing_can_be_read_in_the_file(new: New, run: Run, tmp_path: Path) -> None:
    run(new().of(HERE).begin(CHANGES, NOTHING, SLOT))
    for file in (tmp_path / "data").iterdir():
        content = file.read_bytes()
        assert b"Nordlys" not in content
        assert b"clerk" not in content
        assert b"SQLite" not in content


def test_one_process_at_a_time(new: New, run: Run) -> None:
    first, second = new(), new()
    run(first.of(HERE).begin(CHANGES, NOTHING, SLOT))
    assert run(second.of(HERE).pending()) == []
    assert run(second.of(HERE).begin(CHANGES, NOTHING, SLOT)) == NOT_KEPT
    assert second.trouble is JournalTrouble.IN_USE
    assert not second.is_durable


def test_a_damaged_file_is_put_aside(new: New, run: Run, tmp_path: Path, log_guard: LogGuard) -> None:
    first = new()
    run(first.of(HERE).begin(CHANGES, NOTHING, SLOT))
    first.close()
    file = tmp_path / "data" / "journal.db"
    file.write_bytes(b"x" * file.stat().st_size)
    log_guard.allow("app.storage.journal", "put aside")
    second = new()
    assert run(second.of(HERE).pending()) == []
    assert second.trouble is JournalTrouble.DAMAGED
    assert second.is_durable
    assert run(second.of(HERE).begin(CHANGES, NOTHING, SLOT)) != NOT_KEPT
    second.close()
    assert (tmp_path / "data" / "journal.db.damaged").exists()
    assert len(run(new().of(HERE).pending())) == 1


def test_a_lost_key_is_a_damaged_file(new: New, run: Run, ring: MemoryKeyring, log_guard: LogGuard) -> None:
    first = new()
    run(first.of(HERE).begin(CHANGES, NOTHING, SLOT))
    first.close()
    ring.secrets.clear()
    log_guard.allow("app.storage.journal", "put aside")
    second = new()
    assert run(second.of(HERE).pending()) == []
    assert second.trouble is JournalTrouble.DAMAGED


def test_a_full_disk_and_room_again(new: New, run: Run, log_guard: LogGuard) -> None:
    first = new()
    journal = first.of(HERE)
    early = run(journal.begin(CHANGES, NOTHING, SLOT))
    # SQLite says "database or disk is full" at this size as it does at the disk's.
    run(first.run(lambda database, _run: database.execute("PRAGMA max_page_count = 5").fetchall(), []))
    log_guard.allow("app.storage.journal", "full")
    while run(journal.begin(CHANGES, NOTHING, SLOT)) != NOT_KEPT:
        assert first.trouble is None
    assert first.trouble is JournalTrouble.NO_DISK
    assert not first.is_durable
    run(first.run(lambda database, _run: database.execute("PRAGMA max_page_count = 5000").fetchall(), []))
    assert run(journal.begin(CHANGES, NOTHING, SLOT)) != NOT_KEPT
    run(journal.done(early))
    assert first.is_durable


def test_what_is_done_while_the_disk_takes_nothing_is_gone_later(new: New, run: Run) -> None:
    first = new()
    entry_id = run(first.of(HERE).begin(CHANGES, NOTHING, SLOT))
    first.forget_later([(entry_id, "")])
    other = run(first.of(HERE).begin(CHANGES, NOTHING, SLOT))
    first.close()
    assert [entry.id for entry in run(new().of(HERE).pending())] == [other]


def test_a_folder_that_cannot_be_made(run: Run, tmp_path: Path, ring: MemoryKeyring, log_guard: LogGuard) -> None:
    assert not ring.secrets
    (tmp_path / "file").write_text("")
    log_guard.allow("app.storage.journal", "cannot be opened")
    journals = EncryptedJournals(tmp_path / "file" / "data")
    assert run(journals.of(HERE).begin(CHANGES, NOTHING, SLOT)) == NOT_KEPT
    assert journals.trouble is JournalTrouble.NO_DISK
    journals.close()


def test_without_a_keyring_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    assert isinstance(keyring.get_keyring(), NoKeyringHere)
    journals = EncryptedJournals(tmp_path)
    assert run(journals.of(HERE).begin(CHANGES, NOTHING, SLOT)) == NOT_KEPT
    run(journals.of(HERE).done(NOT_KEPT))
    assert journals.trouble is JournalTrouble.NO_KEYRING
    assert not journals.is_durable
    assert not (tmp_path / "journal.db").exists()
    journals.close()


_CHILD = """
import asyncio, sys
from pathlib import Path
from app.storage.journal import EncryptedJournals
from tests.unit.test_journal import CHANGES, HERE, SLOT
async def main():
    journal = EncryptedJournals(Path(sys.argv[1])).of(HERE)
    for _ in range(3):
        print(await journal.begin(CHANGES, frozenset(), SLOT), flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def test_a_killed_process_leaves_what_it_began(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.helpers.memory_keyring import FileKeyring

    monkeypatch.setenv("SAMSPIL_TEST_KEYRING", str(tmp_path / "keyring.json"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.helpers.memory_keyring.FileKeyring")
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "data")]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        begun = [int(child.stdout.readline()) for _ in range(3)]
        os.kill(child.pid, signal.SIGKILL)
    former = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    try:
        journals = EncryptedJournals(tmp_path / "data")
        assert [entry.id for entry in run(journals.of(HERE).pending())] == begun
        assert journals.trouble is None
        journals.close()
    finally:
        keyring.set_keyring(former)


TOUCH = NewTouchPoint("t1", "7", TouchKind.CALL, datetime(2026, 11, 25, 8, 30, tzinfo=UTC), "Æøå 💡", "To\nlinjer")
CHOICE = CategoryChange("t2", "7", "segment", (Choice("1", "Butik"), Choice("2", "Kontor")), ("3",))
TASK = replace(TOUCH, token="t8", kind=TouchKind.TASK, due=date(2026, 12, 4), is_incoming=True)
CRM_HERE = Connection("creme", "http://127.0.0.1:8001", "saelger")


def test_changes_of_the_crm_are_there_after_the_program_has_ended(new: New, run: Run) -> None:
    journal = new().of_crm(CRM_HERE)
    run(journal.keep(KeptChange(TOUCH, "Nordlys", is_sent=True)))
    run(journal.keep(KeptChange(CHOICE, "Nordlys")))
    run(journal.keep(KeptChange(CHOICE, "Nordlys", is_stopped=True)))
    run(journal.keep(KeptChange(replace(TOUCH, token="t3"))))
    run(journal.done("t3"))
    correction = Correction("t4", "7", "8", (FieldChange(ContactField.PHONE, "+45 1", ""),))
    person = NewPerson("t5", "7", "Ånd", email="a@b.example")
    stage = StageChange("t6", "7", "9", "3", "v1", "Sygehus", "Vundet", "Ny")
    others = (correction, person, stage, TaskCompletion("t7", "7", "11", "v2", "Ring"), TASK)
    for change in others:
        run(journal.keep(KeptChange(change)))
    assert list(run(journal.pending())) == [], "they are this run's own"
    journal._journals.close()
    again = new()
    assert list(run(again.of_crm(CRM_HERE).pending())) == [
        KeptChange(TOUCH, "Nordlys", is_sent=True),
        KeptChange(CHOICE, "Nordlys", is_stopped=True),
        *map(KeptChange, others),
    ]
    assert list(run(again.of_crm(replace(CRM_HERE, user="elev")).pending())) == [], "they are nobody else's"
    assert list(run(again.of(HERE).pending())) == []


def test_nothing_of_a_change_of_the_crm_can_be_read_in_the_file(new: New, run: Run, tmp_path: Path) -> None:
    journals = new()
    run(journals.of_crm(CRM_HERE).keep(KeptChange(replace(TOUCH, subject="BLÅBÆRGRØD"), "Nordlys")))
    journals.close()
    content = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file())
    assert "BLÅBÆRGRØD".encode() not in content
    assert b"Nordlys" not in content


@pytest.mark.parametrize("text", ["", "[]", "7", '["Money",{}]', '["NewTouchPoint",{"x":1}]', '["os",{}]', "[[]]"])
def test_a_change_of_the_crm_that_cannot_be_read(text: str) -> None:
    with pytest.raises(Unreadable):
        decode_change(text)
