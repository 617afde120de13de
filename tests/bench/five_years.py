"""Five years of 50,000 orders a year in a warehouse, the same every time, written straight into its tables.

Two thousand customers, of whom the largest has one order in twenty; three lines an order, each invoiced and booked
with what it cost; nine invoices in ten paid; the last fortnight's orders in hand; as many touch points as orders, and
as many lines of hours on two thousand projects.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

YEARS = 5
ORDERS_A_YEAR = 50_000
LARGEST, MIDDLE, SMALL = "10001", "10400", "11900"
"""The numbers of a customer with 12,500 orders, one with some hundred and one with some dozen."""
PROJECT = "P-30"

_SCRIPT = Path(__file__).with_suffix(".sql")


def fill(path: Path, *, years: int = YEARS, orders_a_year: int = ORDERS_A_YEAR) -> None:
    """Fill the warehouse's empty tables."""
    values = {"orders": years * orders_a_year, "days": years * 365}
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -131072")
        database.execute("BEGIN")
        for statement in _SCRIPT.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                used = {name: value for name, value in values.items() if f":{name}" in statement}
                database.execute(statement, used)
        # The loader's own, for everybody at once.
        _sum_up(database)
        database.execute("COMMIT")


def _sum_up(database: sqlite3.Connection) -> None:
    from tests.helpers.loaded_warehouse import loader_module

    database.execute("CREATE TEMP TABLE concerned (key INTEGER PRIMARY KEY)")
    database.execute("INSERT INTO concerned SELECT id FROM customer")
    loader_module("erp").sum_up(database)
    database.execute("CREATE TEMP TABLE concerned_company (id TEXT PRIMARY KEY)")
    database.execute("INSERT INTO concerned_company SELECT id FROM crm_company")
    loader_module("crm").sum_up(database)
