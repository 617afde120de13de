"""Make the demo's ERP database and fill it from the CSV files, through Tryton's own models.

Runs under the Python of the Tryton environment:

    python build.py --data resources/demo --folder DIR [--modules full|minimal]
    TRYTOND_DATABASE_URI=postgresql://user:secret@host:5432/ python build.py --data resources/demo

Passwords come from SAMSPIL_ADMIN_PASSWORD and its like for each of the logins. Prints lines
``progress <0..1> <stage>``, stage being create or fill.
"""

import argparse
import os
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "samspil"
LOGINS = ("admin", "clerk", "clerk2", "reporting")


def main() -> None:
    """Build the database that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, help="where the SQLite file is to be; none on PostgreSQL")
    parser.add_argument("--modules", choices=("full", "minimal"), default="full")
    parser.add_argument("--addons", type=Path, help="where modules of ours are that are to be active too")
    options = parser.parse_args()
    passwords = {login: os.environ[f"SAMSPIL_{login.upper()}_PASSWORD"] for login in LOGINS}

    # trytond picks its backend when it is imported, so its configuration comes before.
    from trytond import config

    # It tells of things that it does itself; nobody reads them here.
    warnings.simplefilter("ignore")
    if options.folder is not None:
        config.set("database", "uri", "sqlite://")
        config.set("database", "path", str(options.folder.absolute()))
    import activate
    import addons
    import paper
    from passwords import hash_quickly
    from progress import telling

    ours = addons.install(options.addons) if options.addons is not None else ()
    if options.folder is not None:
        activate.make_file(options.folder, NAME)
        activate.write_without_waiting()
    else:
        activate.read_the_catalogue()
    activate.lock_nothing()
    hash_quickly()
    activate.activate(NAME, options.modules, ours, telling("create"))
    fill(options.data, passwords)
    paper.documents(NAME)


def fill(data: Path, passwords: dict[str, str]) -> None:
    """Enter everything, in transactions of their own so that a failure says where it was."""
    import expenses
    import foundation
    import orders
    import parties
    import trade
    from progress import telling
    from rows import Rows
    from trytond.transaction import Transaction
    from trytond.worker import run_task

    rows = Rows(data)
    at = telling("fill")
    context: dict[str, Any] = {"_skip_warnings": True}

    @contextmanager
    def step(name: str, until: float) -> Iterator[None]:
        started = time.monotonic()
        with Transaction().start(NAME, admin, context=context) as transaction:
            yield
        # What the ERP does later by itself, such as moving on an order whose invoice is paid.
        while transaction.tasks:
            run_task(NAME, transaction.tasks.pop())
        print(f"{name}: {time.monotonic() - started:.1f} s", flush=True)
        at(until)

    admin = _administrator()
    with step("company", 0.02):
        foundation.world(rows)
        ours = foundation.company()
    with Transaction().start(NAME, admin):
        context = foundation.context()
    with step("accounts", 0.06):
        foundation.accounts(ours)
        tax = foundation.taxes(ours)
        foundation.years(rows, ours)
        term = foundation.terms()
        foundation.users(ours, passwords)
    with step("products", 0.20):
        products = trade.products(rows, tax)
    with step("price lists", 0.24):
        lists = trade.price_lists(rows, ours, products)
        trade.carriers(products)
    with step("stock", 0.30):
        trade.stock(rows, ours, products)
    with step("customers", 0.36):
        parties.customers(rows, lists, term, tax)
        trade.product_customers(rows, products)
    desk = orders.OrderDesk(rows, products)
    with step("orders", 0.50):
        desk.enter()
    for name, work, until in desk.steps():
        with step(name, until):
            work()
    with step("expenses", 1.0):
        expenses.enter(rows, ours, desk.by_key())


def _administrator() -> int:
    """Load what is active, and return who fills it."""
    import foundation
    from trytond.pool import Pool
    from trytond.transaction import Transaction

    Pool(NAME).init()
    with Transaction().start(NAME, 0):
        return foundation.administrator()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
