"""The load does each thing once: killed at any moment, it goes on as if nothing had been; nobody sees half a round."""

import random
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.demo.warehouse import Source, Warehouse
from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton
from tests.helpers.background import BackgroundLoop
from tests.helpers.loaded_warehouse import LoadedWarehouse, contents, creme_source, erp_source

_PATIENCE = 60.0


@pytest.fixture(scope="module")
def sources(real_tryton: RealTryton, real_creme: RealCreme) -> list[Source]:
    return [erp_source(real_tryton), creme_source(real_creme)]


def test_a_load_that_is_killed_again_and_again_gives_what_an_undisturbed_one_gives(
    sources: list[Source], real_tryton: RealTryton, real_creme: RealCreme, tmp_path: Path
) -> None:
    seeded = random.Random(20261125)  # noqa: S311
    killed = Warehouse(tmp_path / "killed.sqlite")
    # In the first load: early in the ERP's, late in it, and in the CRM's, when the ERP's is in.
    for number, lines in enumerate([seeded.randrange(1, 6), seeded.randrange(8, 14), 16]):
        before = _state(killed.path)
        _kill_after(killed, sources, lines, tmp_path / f"first {number}.log")
        assert _state(killed.path) in ([before] if lines < 14 else [before, ("tryton",)])
    one = LoadedWarehouse(killed.path, sources)
    one.catch_up()

    # And with changes in both systems.
    admin = real_tryton.admin
    party = admin.create("party.party", name="Natkunden", addresses=[["create", [{"city": "Odense"}]]])
    draft = admin.create("product.category", name="Natgruppe")
    real_creme.new_company("Natkunden", "N-1")
    held = contents(killed.path)
    for number in range(3):
        _kill_after(killed, sources, 1, tmp_path / f"then {number}.log", wait=seeded.uniform(0, 0.2))
        now = contents(killed.path)
        assert now == held or ((party,) in _ids(now, "customer") and (draft,) in _ids(now, "product_group"))
    one.catch_up()
    undisturbed = LoadedWarehouse(tmp_path / "undisturbed.sqlite", sources)
    undisturbed.catch_up()
    assert contents(killed.path) == contents(undisturbed.path)
    assert (party,) in _ids(contents(killed.path), "customer")
    assert "N-1" in {row[2] for row in contents(killed.path)["crm_company"]}


def test_what_became_visible_late_is_found(sources: list[Source], real_tryton: RealTryton, tmp_path: Path) -> None:
    admin = real_tryton.admin
    parties = [admin.create("party.party", name=f"Sen {n}") for n in (1, 2)]
    one = LoadedWarehouse(tmp_path / "warehouse.sqlite", sources[:1])
    one.catch_up()

    def name(party: int) -> str:
        (row,) = one.rows("SELECT name FROM customer WHERE id = :id", id=party)
        return str(row["name"])

    # A transaction that began two minutes before the latest one that was read, and one that took an hour.
    ((latest,),) = real_tryton.rows("SELECT max(coalesce(write_date, create_date)) FROM party_party")
    for party, minutes in zip(parties, (2, 60), strict=True):
        began = datetime.fromisoformat(latest) - timedelta(minutes=minutes)
        real_tryton.change(
            "UPDATE party_party SET name = 'Sent ude', write_date = ? WHERE id = ?", began.isoformat(" "), party
        )
    one.catch_up()
    assert [name(party) for party in parties] == ["Sent ude", "Sen 2"]
    # Once a day everything is compared.
    with closing(sqlite3.connect(one.path)) as database, database:
        database.execute("UPDATE watermark SET until = '2026-01-01T00:00:00+00:00' WHERE model = '(all compared)'")
    one.catch_up()
    assert [name(party) for party in parties] == ["Sent ude", "Sent ude"]


def test_a_source_that_is_away_leaves_the_others_their_figures_and_its_own_their_age(
    sources: list[Source], tmp_path: Path
) -> None:
    one = LoadedWarehouse(tmp_path / "warehouse.sqlite", sources)
    one.catch_up()
    ages = {row["name"]: row["as_of"] for row in one.rows("SELECT name, as_of FROM source")}
    assert all(ages.values())
    held = contents(one.path)
    away = Source("creme", "creme", "Creme", "http://127.0.0.1:9", "rapport", "…")
    with pytest.raises(Exception, match="failed creme"):
        LoadedWarehouse(one.path, [away, sources[0]]).catch_up()
    now = {row["name"]: row["as_of"] for row in one.rows("SELECT name, as_of FROM source")}
    assert now["creme"] == ages["creme"]
    assert now["tryton"] >= ages["tryton"]
    assert contents(one.path) == held


def _kill_after(warehouse: Warehouse, sources: list[Source], lines: int, log: Path, wait: float = 0.0) -> None:
    """Start a load and kill it when it has told of so many things, or `wait` seconds later."""
    with BackgroundLoop() as loop:
        load = loop.run(warehouse.keep_loading(sources, log))
        until = time.monotonic() + _PATIENCE
        # The first line says that the tables are there.
        while len(log.read_text(encoding="utf-8").splitlines()) <= lines:
            assert time.monotonic() < until, log.read_text(encoding="utf-8")
            _state(warehouse.path)
        time.sleep(wait)
        loop.run(load.kill())


def _state(path: Path) -> tuple[str, ...]:
    """The sources that are in; each of them whole or not at all."""
    if not path.exists():
        return ()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.execute("BEGIN")  # one snapshot
        if not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'source'").fetchone():
            return ()
        there = tuple(name for (name,) in database.execute("SELECT name FROM source WHERE as_of NOTNULL ORDER BY name"))
        for source, tables in {
            "tryton": ("currency", "customer", "ledger", "sale", "turnover_month", "margin_month"),
            "creme": ("crm_company", "touch_point", "activity_month"),
        }.items():
            for table in tables:
                (found,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
                assert bool(found) is (source in there), (source, table)
        booked = "FROM ledger AS g JOIN account AS a ON a.id = g.account JOIN move AS m ON m.id = g.move"
        for sums, lines in (
            ("sum(amount) FROM turnover_month", f"-sum(g.amount) {booked} WHERE a.revenue AND m.invoice NOTNULL"),
            ("sum(cost) FROM margin_month", f"sum(g.amount) {booked} WHERE a.expense"),
        ):
            ((summed, read),) = database.execute(f"SELECT (SELECT {sums}), (SELECT {lines})").fetchall()
            assert summed == read
    return there


def _ids(tables: dict[str, list[tuple[Any, ...]]], table: str) -> set[tuple[int]]:
    return {row[:1] for row in tables[table]}
