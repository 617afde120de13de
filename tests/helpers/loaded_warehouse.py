"""A warehouse that is loaded from running systems, and its panels' answers as a reporting system has them."""

import asyncio
import importlib
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.demo.warehouse import PANELS, Source, Warehouse
from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton
from tests.fixtures.tryton_time import RealTime

Rows = list[dict[str, Any]]


class LoadedWarehouse:
    """Is loaded when it is asked to.

    Attributes:
        path: The SQLite file.
    """

    def __init__(self, path: Path, sources: Sequence[Source]) -> None:
        self.path = path
        self._warehouse = Warehouse(path)
        self._sources = sources

    def catch_up(self) -> None:
        """Read what has changed in the systems, in a process of its own."""
        asyncio.run(self._warehouse.load(self._sources))

    def panel(self, key: str, number: str) -> Rows:
        """A panel's rows for a customer's or a project's number."""
        (file,) = PANELS.glob(f"[0-9][0-9]_{key}.sql")
        return self.rows(file.read_text(encoding="utf-8"), number=number)

    def rows(self, sql: str, **values: Any) -> Rows:
        """What a query answers."""
        with _in_the_company(), closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(sql, values)]


@contextmanager
def _in_the_company() -> Iterator[None]:
    """Let SQLite's "localtime" be the company's, as the demo's Datasette has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Europe/Copenhagen")
        time.tzset()
        yield
    time.tzset()


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that is in a warehouse's tables, but for when it was read."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
            for name in names
            if name not in ("source", "watermark")
        }


def erp_source(tryton: RealTryton) -> Source:
    """The ERP, as the demo's warehouse reads it: as a user who changes nothing."""
    return Source("tryton", "tryton", "Tryton", tryton.url, "reporting", tryton.users["reporting"], tryton.database)


def creme_source(creme: RealCreme) -> Source:
    """The CRM likewise."""
    return Source("creme", "creme", "Creme", creme.server.url, "rapport", creme.password("rapport"))


def time_source(time: RealTime) -> Source:
    """The time registration likewise."""
    name = "tryton-time"
    return Source(name, name, "Tryton (hours)", time.url, "reporting", time.users["reporting"], time.database)


def expenses_source(tryton: RealTryton) -> Source:
    """The ERP once more, for what is in its books on projects."""
    name = "tryton-expenses"
    word = tryton.users["reporting"]
    return Source(name, name, "Tryton (expenses)", tryton.url, "reporting", word, tryton.database)


def loader_module(name: str) -> Any:
    """A module of what the loader runs: it stands in no package."""
    inside = str(PANELS.with_name("inside"))
    sys.path.insert(0, inside)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(inside)
