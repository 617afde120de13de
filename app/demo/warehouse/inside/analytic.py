"""The ERP's analytic accounts in the warehouse: what employees laid out on projects, and what was invoiced of them.

On the axis EXPENSES each customer has an account, below it one for each project, and below that one for each kind; a
project of nobody's lies at the axis itself. On the axis INVOICED each project has one. Their codes are the customers'
and the projects' numbers. Amounts are the ledger's own, in the company's currency.
"""

import sqlite3
from collections.abc import Iterator

from erp import day_of
from mirror import Mirror
from trytond_rpc import Tryton


def mirrors(database: sqlite3.Connection, company: int) -> Iterator[Mirror]:
    """Yield the mirrors; each may rest on the words that those before it have read."""
    ours = (["company", "=", company],)
    yield Mirror(
        "company.company",
        "analytic_company",
        ("code", "digits"),
        ("currency.code", "currency.digits"),
        lambda r: (r["currency."]["code"], r["currency."]["digits"]),
        (["id", "=", company],),
    )
    found = database.execute("SELECT digits FROM analytic_company").fetchone()
    digits = found[0] if found else 2
    yield Mirror(
        "analytic_account.account",
        "analytic_account",
        ("code", "name", "kind", "parent", "root"),
        ("code", "name", "type", "parent", "root"),
        lambda r: (r["code"], r["name"], r["type"], r["parent"], r["root"]),
        ours,
    )
    yield Mirror(
        "analytic_account.line",
        "analytic_line",
        ("account", "day", "amount"),
        ("account", "date", "debit", "credit"),
        lambda r: (r["account"], day_of(r["date"]), int((r["debit"] - r["credit"]).scaleb(digits))),
        (["account.company", "=", company],),
    )


def sum_up(_database: sqlite3.Connection, _tryton: Tryton) -> None:
    """Nothing: a project has few lines."""
