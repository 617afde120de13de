"""Make the database and activate the modules in it, as ``trytond-admin -u … --activate-dependencies`` does.

In-process instead of by that command: it asks for the administrator's password in a terminal, waits for the disk
at every commit, and does not say how far it is.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trytond import __series__, backend
from trytond.model import ModelStorage
from trytond.pool import Pool
from trytond.transaction import Transaction

FULL = (
    "account_credit_limit",
    "account_dunning",
    "account_stock_anglo_saxon",
    "analytic_account",
    "carrier",
    "party_relationship",
    "product_price_list_dates",
    "project_invoice",
    "project_revenue",
    "purchase",
    "sale_amendment",
    "sale_credit_limit",
    "sale_discount",
    "sale_history",
    "sale_opportunity",
    "sale_price_list",
    "sale_product_customer",
    "sale_promotion",
    "sale_secondary_unit",
    "sale_shipment_cost",
    "sale_stock_quantity",
    "timesheet_cost",
    "user_role",
)
# The least in which a customer has prices of his own.
MINIMAL = ("sale", "sale_price_list")
SETS = {"full": FULL, "minimal": MINIMAL}
# How many modules these become with all that they depend on: only the progress is counted with it.
_LOADED = {"full": 42, "minimal": 14}
_FOREIGN_KEYS = """
    SELECT key.conname, part.attname, key.confdeltype
    FROM pg_constraint AS key
    JOIN pg_attribute AS part ON part.attrelid = key.conrelid AND part.attnum = ANY(key.conkey)
    WHERE key.contype = 'f' AND key.conrelid = format('%%I.%%I', %s::text, %s::text)::regclass
"""
# As the standard calls what the catalogue has a letter for.
_ON_DELETE = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}


def write_without_waiting() -> None:
    """Let this process write to SQLite without waiting for the disk: a build that is cut short is thrown away."""
    from trytond.backend.sqlite import database

    class Eager(database.SQLiteConnection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for pragma in ("synchronous = OFF", "cache_size = -65536"):
                self.execute(f"PRAGMA {pragma}")

    database.SQLiteConnection = Eager


def lock_nothing() -> None:
    """Do without table and record locks, since nobody else is in a database that is being built.

    Tryton finds out what to lock by failing: it starts the transaction again with the lock, in our case a step of
    many seconds.
    """
    Transaction.lock_table = lambda self, table: None
    Transaction.lock_records = lambda self, table, ids: None


def read_the_catalogue() -> None:
    """Let this process find a table's foreign keys in PostgreSQL's own catalogue.

    Tryton joins two views of the standard over it, each of them a join of many tables, of which a database that is
    being built has no statistics: more than a second a table, and half of the time of the whole build.
    """
    from trytond.backend.postgresql.table import TableHandler

    def foreign_keys(table: Any) -> dict[tuple[str, str], str]:
        cursor = Transaction().connection.cursor()
        cursor.execute(_FOREIGN_KEYS, (table.table_schema, table.table_name))
        return {(name, column): _ON_DELETE[action] for name, column, action in cursor}

    TableHandler._fk_deltypes = property(foreign_keys)


@contextmanager
def trusting() -> Iterator[None]:
    """Enter records without looking them over: those that the modules bring are Tryton's own, and looked over there.

    It takes a third of the time of activating the modules. What is entered afterwards is the demo's, and looked over.
    """
    usual = ModelStorage.__dict__["_validate"]
    ModelStorage._validate = classmethod(lambda cls, records, field_names=None: None)
    try:
        yield
    finally:
        ModelStorage._validate = usual


def make_file(folder: Path, name: str) -> None:
    """Make the empty file that trytond wants to find, readable by this user only; it must not be there yet."""
    os.close(os.open(folder / f"{name}.sqlite", os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def activate(name: str, modules: str, ours: Iterable[str], at: Callable[[float], None]) -> None:
    """Make the framework's tables and activate a set of modules with all that they depend on.

    Args:
        name: The database's name; a SQLite file or PostgreSQL database of that name is there and empty.
        modules: A key of `SETS`.
        ours: Modules of our own to activate with them.
        at: Is told how far it is, from 0 to 1.
    """
    database = backend.Database(name)
    database.connect()
    if database.test():
        raise SystemExit(f"{name} is a Tryton database already; it is left as it is.")
    database.init()
    counter = _Counter(at, _LOADED[modules])
    logger = logging.getLogger("trytond.modules")
    logger.addHandler(counter)
    logger.setLevel(logging.INFO)
    try:
        with trusting():
            Pool(name).init(update=[*SETS[modules], *ours, "ir", "res"], lang=["en"], activatedeps=True)
    finally:
        logger.removeHandler(counter)
        logger.setLevel(logging.NOTSET)
    with Transaction().start(name, 0):
        configuration = Pool().get("ir.configuration")(1)
        configuration.series = __series__
        configuration.language = "en"
        configuration.save()
        Pool().get("res.user").create([{"login": "admin", "name": "Administrator", "administrator": True}])


class _Counter(logging.Handler):
    """Counts the modules that trytond says it loads."""

    def __init__(self, at: Callable[[float], None], total: int) -> None:
        super().__init__(logging.INFO)
        self._at = at
        self._total = total
        self._seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        match record.getMessage().split():
            case [module, "load"] if module not in self._seen:
                self._seen.add(module)
                self._at(min(len(self._seen) / self._total, 1.0))
