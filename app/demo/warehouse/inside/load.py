"""Load the warehouse: read what has changed in the systems, again and again.

    SAMSPIL_WAREHOUSE_SOURCES='[{"kind": "tryton", "name": "tryton", "title": "Tryton", "url": …, …}]'
    python load.py DATABASE [--every SECONDS]

Prints ``ready`` when the tables are there, and ``loaded NAME ROWS SECONDS`` after each round of a source. With
``--every`` it goes on until its standard input ends, which whoever started it holds; without, it makes one round and
its exit code says whether every source was read.
"""

import argparse
import datetime as dt
import json
import os
import sqlite3
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import analytic
import erp
import hours
from creme_http import Creme
from crm import CrmRound
from mirror import Mirrors, Round
from trytond_rpc import Tryton, Unreadable

_SCHEMA = Path(__file__).with_name("schema.sql")


def open_warehouse(path: Path) -> sqlite3.Connection:
    """Open the file; with empty tables where it is not there or has others: all that it holds is elsewhere too."""
    schema = _SCHEMA.read_text(encoding="utf-8")
    version = zlib.crc32(schema.encode()) & 0x7FFFFFFF
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    if database.execute("PRAGMA user_version").fetchone() not in ((version,), (0,)):
        database.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        database = sqlite3.connect(path, isolation_level=None, timeout=30)
    database.execute("PRAGMA journal_mode = WAL")
    # A round that a power cut takes back is read again.
    database.execute("PRAGMA synchronous = NORMAL")
    if database.execute("PRAGMA user_version").fetchone() == (0,):
        database.executescript(f"BEGIN; {schema}; PRAGMA user_version = {version}; COMMIT;")
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


SumUp = Callable[[sqlite3.Connection, Tryton], None]


class TrytonSource:
    """A database of a Tryton: the ERP, or the time registration."""

    def __init__(self, settings: dict[str, Any], mirrors: Mirrors, sum_up: SumUp) -> None:
        self.name = settings["name"]
        self._mirrors = mirrors
        self._sum_up = sum_up
        self._tryton = Tryton(settings["url"], settings["database"], settings["user"], settings["password"])

    def load(self, database: sqlite3.Connection, tell: Callable[[str], None]) -> int:
        """Make one round and return how many records were put in or taken out."""
        with transaction(database):
            one = Round(database, self._tryton, self.name, self._mirrors, tell)
            began = one.read()
            self._sum_up(database, self._tryton)
            note_age(database, self.name, began)
        return one.count


class CremeSource:
    """The CRM."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.name = settings["name"]
        self._creme = Creme(settings["url"], settings["user"], settings["password"])

    def load(self, database: sqlite3.Connection, tell: Callable[[str], None]) -> int:
        """Make one round and return how many entries were put in or taken out."""
        with transaction(database):
            one = CrmRound(database, self._creme, self.name, tell)
            began = one.read()
            note_age(database, self.name, began)
        return one.count


def note_age(database: sqlite3.Connection, name: str, began: dt.datetime) -> None:
    """Write down, in the transaction of the data, until when the source's changes are in."""
    as_of = began.astimezone(dt.UTC).isoformat(timespec="seconds")
    database.execute("UPDATE source SET as_of = ? WHERE name = ?", (as_of, name))


KINDS: dict[str, Callable[[dict[str, Any]], TrytonSource | CremeSource]] = {
    "tryton": lambda settings: TrytonSource(settings, erp.mirrors, erp.sum_up),
    "tryton-time": lambda settings: TrytonSource(settings, hours.mirrors, hours.sum_up),
    "tryton-expenses": lambda settings: TrytonSource(settings, analytic.mirrors, analytic.sum_up),
    "creme": CremeSource,
}
"""How each kind of source is read."""


def main() -> int:
    """Load what the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("--every", type=float, help="seconds between two rounds; one round only when left out")
    options = parser.parse_args()
    settings = json.loads(os.environ.pop("SAMSPIL_WAREHOUSE_SOURCES"))
    if options.every is not None:
        _end_with_parent()
    database = open_warehouse(options.database)
    with transaction(database):
        for one in settings:
            database.execute(
                "INSERT INTO source (name, title) VALUES (?, ?) ON CONFLICT DO UPDATE SET title = excluded.title",
                (one["name"], one["title"]),
            )
    sources = [KINDS[one["kind"]](one) for one in settings]
    print("ready", options.database, flush=True)
    while True:
        # All of them, also after one that failed.
        read = [_round(database, source) for source in sources]
        if options.every is None:
            return 0 if all(read) else 1
        time.sleep(options.every)


def _round(database: sqlite3.Connection, source: TrytonSource | CremeSource) -> bool:
    started = time.monotonic()
    try:
        count = source.load(database, lambda line: print(line, flush=True))
    except Unreadable as error:
        print(f"failed {source.name} {error}", flush=True)
        return False
    print(f"loaded {source.name} {count} {time.monotonic() - started:.2f}", flush=True)
    return True


def _end_with_parent() -> None:
    """Exit when standard input ends. os.read, not sys.stdin: no lock that would hold up the interpreter's exit."""

    def watch() -> None:
        try:
            while os.read(0, 1024):
                pass
        except OSError:
            pass
        # At once: what was committed is committed, the rest is taken back.
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
