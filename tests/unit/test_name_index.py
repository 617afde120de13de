"""Names and numbers in the encrypted file: found however they are typed, by those who may."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.names import Name, NameKind, alternatives, index_words, names_of
from app.domain.orders import OrderSummary
from app.domain.projects import ProjectHit
from app.ports.connection import Connection
from app.storage.cache import EncryptedCaches
from tests.helpers.fake_contacts import CUSTOMER, DRAFT, NOON, NORDLYS
from tests.helpers.memory_keyring import MemoryKeyring

Run = Callable[[Coroutine[Any, Any, Any]], Any]
CRM = Connection("creme", "https://crm.example", "mette")
ERP = Connection("tryton", "https://erp.example", "clerk")

NAMES = (
    Name(
        NameKind.COMPANY, "1", "Østerlund & Søn A/S", "10023", "Aabenraa", found_by=("+45 61 92 55 82", "info@ost.dk")
    ),
    Name(NameKind.COMPANY, "2", "Nordlys Belysning ApS", "10024", "København N"),
    Name(NameKind.PERSON, "3", "Hélène Müller", "10024", "Nordlys Belysning ApS", "2", ("00 33 1 42 68 53 00",)),
    Name(NameKind.COMPANY, "4", "Søndergaard Elteknik", "10023-7", "Århus"),
)
IN_ERP = (
    Name(NameKind.CUSTOMER, "7", "Nordlys Belysning ApS", "10024", "Kolding", vat_number="DK32321356"),
    Name(NameKind.ORDER, "516", "SO-2026-0142", "SO-2026-0142", "Nordlys Belysning ApS · Hospital"),
)


@pytest.fixture
def caches(run: Run) -> Iterator[EncryptedCaches]:
    """Two systems have told these names."""
    made = EncryptedCaches(None, now=NOON.timestamp)
    run(made.of(CRM).learn(NAMES, NOON))
    run(made.of(ERP).learn(IN_ERP, NOON))
    yield made
    made.close()


def _found(run: Run, caches: EncryptedCaches, text: str, *whose: Connection) -> list[str]:
    return [name.id for _, name in run(caches.find(whose or (CRM, ERP), text))]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("østerlund", ["1"]),
        ("osterlund", ["1"]),
        ("OESTERLUND", ["1"]),
        ("son oster", ["1"]),
        ("søn & a/s", ["1", "4"]),
        ("åbenrå", ["1"]),
        ("aabenraa", ["1"]),
        ("arhus", ["4"]),
        ("aarhus", ["4"]),
        ("helene", ["3"]),
        ("muller hel", ["3"]),
        ("10023", ["1", "4"]),
        ("1002", ["1", "2", "3", "4", "7"]),
        ("61925582", ["1"]),
        ("61 92 55 82", ["1"]),
        ("+45 6192 5582", ["1"]),
        ("004561925582", ["1"]),
        ("6192", ["1"]),
        ("142685300", ["3"]),
        ("info@ost.dk", ["1"]),
        ("ost.dk info", ["1"]),
        ("dk32321356", ["7"]),
        ("DK 32 32 13 56", ["7"]),
        ("32321356", ["7"]),
        ("so-2026-0142", ["516"]),
        ("0142", ["516"]),
        ("hospital nord", ["516"]),
        ("nordlys", ["2", "7", "3", "516"]),
        ("lys", []),
        ("   ", []),
        ('" OR * NEAR(', []),
        ("🙂", []),
    ],
)
def test_it_is_found_however_it_is_typed(run: Run, caches: EncryptedCaches, text: str, ids: list[str]) -> None:
    found = _found(run, caches, text)
    assert sorted(found) == sorted(ids)
    assert found[:1] == ids[:1]


def test_who_is_not_signed_in_there_finds_nothing_of_it(run: Run, caches: EncryptedCaches) -> None:
    assert _found(run, caches, "nordlys", ERP) == ["7", "516"]
    assert _found(run, caches, "nordlys", replace(ERP, user="another")) == []
    assert [name for _, name in run(caches.find((), "nordlys"))] == []
    run(caches.of(CRM).clear())
    assert _found(run, caches, "nordlys") == ["7", "516"]


def test_a_new_name_takes_the_place_of_the_old_one(run: Run, caches: EncryptedCaches) -> None:
    run(caches.of(CRM).learn([replace(NAMES[0], name="Vesterlund ApS")], NOON))
    assert _found(run, caches, "osterlund") == []
    assert _found(run, caches, "vesterlund") == ["1"]
    assert run(caches.use()).names == 6


def test_a_hit_of_a_search_keeps_the_telephone_number_that_the_card_told(run: Run, caches: EncryptedCaches) -> None:
    run(caches.of(CRM).learn([replace(NAMES[0], name="Vesterlund ApS", found_by=())], NOON))
    assert _found(run, caches, "61925582") == ["1"]
    assert _found(run, caches, "osterlund") == []
    assert _found(run, caches, "info@ost.dk") == ["1"]


def test_names_expire_with_the_rest(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    assert not ring.secrets
    clock = [NOON.timestamp()]
    caches = EncryptedCaches(tmp_path, now=lambda: clock[0])
    run(caches.of(CRM).learn(NAMES, NOON))
    run(caches.of(CRM).learn(NAMES[:1], NOON + timedelta(days=20)))
    clock[0] += 31 * 86_400
    assert _found(run, caches, "nordlys") == []
    assert _found(run, caches, "osterlund") == ["1"]
    caches.close()
    caches = EncryptedCaches(tmp_path, now=lambda: clock[0])
    assert run(caches.use()).names == 1
    rows = run(caches.run(lambda database: database.execute("SELECT count(*) FROM name_words").fetchone(), ()))
    assert rows == (1,)
    assert b"sterlund" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    caches.close()


def test_what_a_card_tells() -> None:
    company, *people = names_of(NORDLYS)
    assert (company.kind, company.number, company.detail) == (NameKind.COMPANY, "10023", "København N")
    assert company.found_by == (NORDLYS.phone, NORDLYS.email)
    assert [(one.kind, one.parent_id, one.number) for one in people] == [(NameKind.PERSON, "c1", "10023")] * 2
    assert people[0].found_by == ("+45 50 05 90 85", "+45 41 48 09 25", "cw@nordlys.example")
    assert names_of(CUSTOMER)[0].vat_number == "DK32321356"
    orders = (
        OrderSummary("1", "SO-1", DRAFT, None, "Hospital", None),
        OrderSummary("2", "", DRAFT, None, "not numbered yet", None),
    )
    (order,) = names_of(orders, whose="Nordlys")
    assert (order.id, order.detail) == ("1", "Nordlys · Hospital")
    assert names_of("anything else") == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5), st.text(max_size=40))
def test_any_name_and_any_text(names: list[str], text: str) -> None:
    import asyncio

    caches = EncryptedCaches(None, now=NOON.timestamp)
    with asyncio.Runner() as runner:
        told = [Name(NameKind.COMPANY, str(number), name) for number, name in enumerate(names)]
        runner.run(caches.of(CRM).learn(told, NOON))
        runner.run(caches.find((CRM,), text))
        for name in told:
            if alternatives(name.name) and index_words(name):
                assert name.name in [found.name for _, found in runner.run(caches.find((CRM,), name.name))]
    caches.close()


def test_a_project_is_found_by_its_number_its_name_and_its_customer(caches: EncryptedCaches, run: Run) -> None:
    hit = ProjectHit("9", "P-1007", "Belysning af havnen", "10077", "Havnens Drift")
    time = Connection("tryton_time", "https://time.example", "clerk")
    names = names_of([hit, replace(hit, id="10", number="")])
    assert [(name.id, name.parent_id) for name in names] == [("9", "10077")]
    run(caches.of(time).learn(names, NOON))
    for text in ("p 1007", "1007", "havnen belys", "drift havnens"):
        assert _found(run, caches, text, CRM, time) == ["9"], text
    assert _found(run, caches, "P-1007", CRM) == [], "not for who has no sign-in there"
