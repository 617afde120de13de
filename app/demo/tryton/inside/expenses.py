"""What employees have laid out on projects: their invoices, and the analytic accounts on which Tryton totals them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import foundation
from rows import Row, Rows
from trytond.pool import Pool

EXPENSES, INVOICED = "EXPENSES", "INVOICED"
# kind -> its name, and the end of its account's code
_KINDS = {"travel": ("Rejse", "1"), "hotel": ("Hotel", "2"), "meals": ("Fortæring", "3")}
# Who sees what projects cost and bring in; clerk2 does not.
_SEERS = ("clerk", foundation.REPORTING)
_GUARDED = ("balance", "debit", "credit")
_HEAD = ("reference", "employee", "days", "currency", "project_number")


def enter(rows: Rows, ours: int, sales: Mapping[str, Any]) -> None:
    """Enter everything; nothing where there are no analytic accounts.

    Args:
        rows: The demo data.
        ours: The company.
        sales: The orders by their key, with their invoices posted.
    """
    try:
        Pool().get("analytic_account.account")
    except KeyError:
        return
    desk = _Desk(rows, ours)
    desk.accounts()
    desk.lay_out()
    desk.invoice(sales)


class _Desk:
    """Enters the analytic accounts, the employees' invoices and what the customers' invoices are for."""

    def __init__(self, rows: Rows, ours: int) -> None:
        self._rows = rows
        self._ours = ours
        self._books: dict[str, Any] = {}
        self._leaves: dict[tuple[str, str], Any] = {}
        self._revenue: dict[str, Any] = {}

    def accounts(self) -> None:
        """Enter an account for each kind, and both axes with the projects on them; who may see their balance."""
        pool = Pool()
        account_class = pool.get("account.account")
        expense = foundation.account("expense")
        for kind, (name, end) in _KINDS.items():
            (self._books[kind],) = account_class.copy([expense], {"name": name, "code": f"{expense.code}.{end}"})
        expenses, invoiced = self._analytic("Udlæg", EXPENSES), self._analytic("Faktureret", INVOICED)
        names = {row["number"]: row["name"] for row in self._rows.read("companies")}
        customers: dict[str, Any] = {"": expenses}
        for row in self._rows.read("projects"):
            number, customer = row["number"], row["company_number"]
            if customer not in customers:
                customers[customer] = self._analytic(names[customer], customer, expenses, "view")
            project = self._analytic(row["name"], number, customers[customer], "view")
            for kind, (name, end) in _KINDS.items():
                self._leaves[number, kind] = self._analytic(name, f"{number}.{end}", project, "normal")
            self._revenue[number] = self._analytic(row["name"], number, invoiced, "normal")
        self._rights()

    def _analytic(self, name: str, code: str, parent: Any = None, kind: str = "root") -> Any:
        values = {"name": name, "code": code, "type": kind, "company": self._ours, "state": "opened"}
        if parent is not None:
            values |= {"parent": parent.id, "root": (parent.root or parent).id}
        return Pool().get("analytic_account.account").create([values])[0]

    def _rights(self) -> None:
        pool = Pool()
        group = pool.get("res.group").create([{"name": "Projektøkonomi"}])[0]
        pool.get("ir.model.field.access").create(
            [
                {
                    "model": "analytic_account.account",
                    "field": field,
                    "group": who,
                    "perm_read": who is not None,
                    "perm_write": False,
                }
                for field in _GUARDED
                for who in (None, group.id)
            ]
        )
        user_class = pool.get("res.user")
        user_class.write(user_class.search([("login", "in", _SEERS)]), {"groups": [("add", [group.id])]})

    def lay_out(self) -> None:
        """Post the employees' invoices and credit notes, and put each of their lines on its project."""
        pool = Pool()
        invoice_class = pool.get("account.invoice")
        currencies = {currency.code: currency for currency in pool.get("currency.currency").search([])}
        journal = pool.get("account.journal").search([("type", "=", "expense")])[0]
        parties = self._parties()
        reports: dict[tuple[str, ...], list[Row]] = {}
        for row in self._rows.read("expenses"):
            reports.setdefault(tuple(row[name] for name in _HEAD), []).append(row)
        opened = self._rows.today.replace(year=self._rows.today.year - 1, month=1, day=1)
        invoices = []
        for (reference, employee, days, currency, _), lines in reports.items():
            party = parties[employee]
            day = self._rows.day(days)
            invoices.append(
                invoice_class(
                    type="in",
                    company=self._ours,
                    party=party,
                    invoice_address=party.addresses[0],
                    currency=currencies[currency],
                    account=foundation.account("payable"),
                    journal=journal,
                    # No year before the first one that is opened can be booked in.
                    invoice_date=max(day, opened) if day else None,
                    reference=reference,
                    lines=[self._line(row, currencies[currency]) for row in lines],
                )
            )
        invoice_class.save(invoices)
        invoice_class.post(sorted(invoices, key=lambda invoice: invoice.invoice_date))
        kinds = {account.id: kind for kind, account in self._books.items()}
        projects = [head[-1] for head in reports]
        posted = invoice_class.browse([invoice.id for invoice in invoices])
        for invoice, project in zip(posted, projects, strict=True):
            for line in invoice.move.lines:
                if line.account.id in kinds:
                    _book(line, self._leaves[project, kinds[line.account.id]])

    def _line(self, row: Row, currency: Any) -> Any:
        return Pool().get("account.invoice.line")(
            type="line",
            company=self._ours,
            currency=currency,
            invoice_type="in",
            account=self._books[row["kind"]],
            description=row["text"],
            # A credit note is what Tryton makes of an invoice below zero.
            quantity=-1.0 if row["amount"].startswith("-") else 1.0,
            unit_price=abs(Decimal(row["amount"])),
        )

    def _parties(self) -> dict[str, Any]:
        pool = Pool()
        party_class = pool.get("party.party")
        parties = {party.code: party for party in party_class.search([("code", "like", "M%")])}
        for row in self._rows.read("employees"):
            address = [("create", [{"city": "Vejle", "postal_code": "7100"}])]
            if row["number"] not in parties:
                values = {"name": row["name"], "code": row["number"], "addresses": address}
                parties[row["number"]] = party_class.create([values])[0]
            elif not parties[row["number"]].addresses:
                party_class.write([parties[row["number"]]], {"addresses": address})
        return parties

    def invoice(self, sales: Mapping[str, Any]) -> None:
        """Put what has been invoiced of orders for projects on them, and what was credited of it."""
        line_class = Pool().get("account.invoice.line")
        for row in self._rows.read("project_orders"):
            invoiced = list(sales[row["order_key"]].invoices)
            credited = line_class.search([("origin", "in", [str(line) for one in invoiced for line in one.lines])])
            for invoice in {*invoiced, *(line.invoice for line in credited)}:
                for line in invoice.move.lines if invoice.move else ():
                    if line.account.type.revenue:
                        _book(line, self._revenue[row["project_number"]])


def _book(line: Any, account: Any) -> None:
    values = {"account": account.id, "date": line.date, "debit": line.debit, "credit": line.credit}
    Pool().get("analytic_account.line").create([{**values, "move_line": line.id}])
