"""The ERP in the warehouse: its records as they are, and their sums by customer.

No amount is worked out here, only added up: what the ERP's ledger has of each customer's invoices and credit notes.
That is what they brought in and, booked beside it on expense accounts, what the ERP says that the sold goods cost.
"""

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mirror import Mirror
from trytond_rpc import Tryton

# What the ledger is read of.
_ACCOUNTS = ("receivable", "revenue", "expense")
# Whose sums a record goes into; `touched` has the ids of the records at hand.
_OF_PRODUCT = """
    SELECT i.customer FROM product AS p
    JOIN invoice_line AS l ON l.product = p.id JOIN invoice AS i ON i.id = l.invoice
    WHERE p.id IN touched
"""
_OF_TEMPLATE = _OF_PRODUCT.replace("p.id IN", "p.template IN")
_OF_INVOICE = "SELECT customer FROM invoice WHERE id IN touched"
_OF_INVOICE_LINE = """
    SELECT i.customer FROM invoice_line AS l JOIN invoice AS i ON i.id = l.invoice WHERE l.id IN touched
"""
_OF_MOVE = "SELECT i.customer FROM move AS m JOIN invoice AS i ON i.id = m.invoice WHERE m.id IN touched"
_OF_LEDGER = _OF_MOVE.replace("touched", "(SELECT move FROM ledger WHERE id IN touched)")
# What is booked of the invoices to the customers whose sums are made, and for which product.
_BOOKED = """
    FROM concerned AS c
    CROSS JOIN invoice AS i ON i.customer = c.key
    JOIN move AS m ON m.invoice = i.id
    JOIN ledger AS g ON g.move = m.id
    JOIN account AS a ON a.id = g.account
    LEFT JOIN invoice_line AS l ON l.id = g.invoice_line
    LEFT JOIN product AS p ON p.id = l.product
    LEFT JOIN template AS t ON t.id = p.template
"""


def mirrors(database: sqlite3.Connection, company: int) -> Iterator[Mirror]:
    """Yield the mirrors; each may rest on the words that those before it have read."""
    yield Mirror(
        "currency.currency", "currency", ("code", "digits"), ("code", "digits"), lambda r: (r["code"], r["digits"])
    )
    yield Mirror(
        "company.company", "company", ("currency",), ("currency",), lambda r: (r["currency"],), (["id", "=", company],)
    )
    money = Money(database)
    yield from _words()
    yield from _invoices(money)
    yield from _orders(money)


class Money:
    """Amounts as the warehouse holds them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._digits = dict(database.execute("SELECT id, digits FROM currency"))
        found = database.execute("SELECT currency FROM company").fetchone()
        self.own = found[0] if found else 0

    def minor(self, amount: Decimal | None, currency: int | None = None) -> int | None:
        """An amount in a currency (the company's own when None) as minor units; it is never rounded.

        Raises:
            ValueError: The system gave more decimals than the currency has.
        """
        if amount is None:
            return None
        scaled = amount.scaleb(self._digits[self.own if currency is None else currency])
        if scaled != scaled.to_integral_value():
            raise ValueError("an amount has more decimals than its currency")
        return int(scaled)


def _words() -> Iterator[Mirror]:
    yield Mirror(
        "party.party", "customer", ("number", "name"), ("code", "name"), lambda r: (r["code"], r["name"] or "")
    )
    yield Mirror("product.category", "product_group", ("name",), ("name",), lambda r: (r["name"],))
    yield Mirror(
        "product.template",
        "template",
        ("product_group", "kind"),
        ("categories", "type"),
        # The first one, where a product is in several: its turnover is there once.
        lambda r: (min(r["categories"], default=None), r["type"]),
        concerns=_OF_TEMPLATE,
    )
    yield Mirror(
        "product.product",
        "product",
        ("template",),
        ("template",),
        lambda r: (r["template"],),
        concerns=_OF_PRODUCT,
    )
    yield Mirror(
        "account.account",
        "account",
        _ACCOUNTS,
        tuple(f"type.{kind}" for kind in _ACCOUNTS),
        lambda r: tuple(int(bool((r["type."] or {}).get(kind))) for kind in _ACCOUNTS),
    )


def _invoices(money: Money) -> Iterator[Mirror]:
    yield Mirror(
        "account.invoice",
        "invoice",
        ("number", "customer", "currency", "state"),
        ("number", "party", "currency", "state"),
        lambda r: (r["number"], r["party"], r["currency"], r["state"]),
        (["type", "=", "out"],),
        _OF_INVOICE,
    )
    yield Mirror(
        "account.invoice.line",
        "invoice_line",
        ("invoice", "product", "sale_line", "amount"),
        ("invoice", "product", "origin", "amount", "currency"),
        lambda r: (
            r["invoice"],
            r["product"],
            id_of(r["origin"], "sale.line"),
            money.minor(r["amount"], r["currency"]),
        ),
        (["invoice.type", "=", "out"], ["type", "=", "line"]),
        _OF_INVOICE_LINE,
    )
    yield Mirror(
        "account.move",
        "move",
        ("day", "invoice"),
        ("date", "origin"),
        lambda r: (day_of(r["date"]), id_of(r["origin"], "account.invoice")),
        # What the stock books by itself as goods come and go is no customer's.
        (["OR", [["origin", "=", None]], [["origin", "not like", "stock.move,%"]]],),
        _OF_MOVE,
    )
    yield Mirror(
        "account.move.line",
        "ledger",
        (
            *("move", "account", "customer", "amount", "second_currency", "second_amount"),
            *("due", "reconciled", "invoice_line"),
        ),
        (
            *("move", "account", "party", "debit", "credit", "second_currency", "amount_second_currency"),
            *("maturity_date", "reconciliation.date", "origin"),
        ),
        lambda r: (
            r["move"],
            r["account"],
            r["party"],
            money.minor(r["debit"] - r["credit"]),
            r["second_currency"],
            money.minor(r["amount_second_currency"], r["second_currency"]),
            day_of(r["maturity_date"]),
            day_of((r["reconciliation."] or {}).get("date")),
            id_of(r["origin"], "account.invoice.line"),
        ),
        (
            [
                "OR",
                [["account.type.receivable", "=", True]],
                [["account.type.revenue", "=", True]],
                # Of the expenses only what is booked with invoices to customers: what their goods cost.
                [["account.type.expense", "=", True], ["move.origin.type", "=", "out", "account.invoice"]],
            ],
        ),
        _OF_LEDGER,
    )


def _orders(money: Money) -> Iterator[Mirror]:
    yield Mirror(
        "sale.sale",
        "sale",
        ("number", "customer", "currency", "state", "ordered_on", "wanted_on", "amount"),
        ("number", "party", "currency", "state", "sale_date", "shipping_date", "untaxed_amount"),
        lambda r: (
            r["number"],
            r["party"],
            r["currency"],
            r["state"],
            day_of(r["sale_date"]),
            day_of(r["shipping_date"]),
            money.minor(r["untaxed_amount"], r["currency"]),
        ),
    )
    yield Mirror(
        "sale.line",
        "sale_line",
        ("sale", "product", "amount"),
        ("sale", "product", "amount", "currency"),
        lambda r: (r["sale"], r["product"], money.minor(r["amount"], r["currency"])),
        (["type", "=", "line"],),
    )


def day_of(day: Any) -> str | None:
    """A day as the warehouse holds it."""
    return day.isoformat() if day is not None else None


def id_of(reference: str | None, model: str) -> int | None:
    """The id in a Tryton reference, where it is to a record of this model."""
    name, _, number = (reference or "").partition(",")
    return int(number) if name == model and number.isdigit() else None


def sum_up(database: sqlite3.Connection, _tryton: Tryton | None = None) -> None:
    """Make the sums of the customers whose keys are in ``concerned`` anew."""
    for table in ("turnover_month", "margin_month"):
        database.execute(f"DELETE FROM {table} WHERE customer IN (SELECT key FROM concerned)")  # noqa: S608
    # What invoices and credit notes have put on revenue accounts: credited there, so less than nothing.
    database.execute(
        f"""
        INSERT INTO turnover_month
        SELECT i.customer, substr(m.day, 1, 7), coalesce(t.product_group, 0), -sum(g.amount)
        {_BOOKED}
        WHERE a.revenue
        GROUP BY 1, 2, 3
        """
    )
    # Of goods alone, as only they have a cost, and of those moves alone that the ERP has booked it in.
    database.execute(
        f"""
        INSERT INTO margin_month
        SELECT customer, month, sum(revenue), sum(cost)
        FROM (
            SELECT
                i.customer AS customer,
                substr(m.day, 1, 7) AS month,
                -sum(iif(a.revenue, g.amount, 0)) AS revenue,
                sum(iif(a.expense, g.amount, 0)) AS cost
            {_BOOKED}
            WHERE a.expense OR (a.revenue AND t.kind = 'goods')
            GROUP BY m.id
            HAVING max(a.expense)
        )
        GROUP BY 1, 2
        """  # noqa: S608
    )
