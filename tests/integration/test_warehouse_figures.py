"""The warehouse's figures are those of the systems that own them, to the øre.

Each panel is held against what Tryton says by itself: its accounts' balances, its ledger, its report of aged balances,
its receivables, its reports of margins and of sales, its invoices and orders. On the demo's own trade, and on a
customer of these tests' own with a part delivery, a credit note, another currency, a changed record and a deleted one.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.fixtures.tryton import RealTryton
from tests.helpers.loaded_warehouse import LoadedWarehouse, Rows, erp_source
from tests.helpers.tryton_admin import TrytonAdmin
from tests.helpers.tryton_trade import Trader

_NEVER = date(2000, 1, 1)
_COST_OF_SALES = "5.2.1"


@pytest.fixture(scope="module")
def warehouse(real_tryton: RealTryton, tmp_path_factory: pytest.TempPathFactory) -> LoadedWarehouse:
    one = LoadedWarehouse(tmp_path_factory.mktemp("warehouse") / "warehouse.sqlite", [erp_source(real_tryton)])
    one.catch_up()
    return one


@dataclass
class Erp:
    """Tryton's own figures."""

    admin: TrytonAdmin

    def revenue(self, month: str) -> Decimal:
        """What is on the revenue accounts of a month, by their own balances; what no invoice put there is taken off."""
        first, last = _days(month)
        accounts = self.admin("model.account.account.search", [["type.revenue", "=", True]], 0, None, None)
        # A view adds up what is below it: the leaves alone.
        leaves = [
            row
            for row in self.admin("model.account.account.read", accounts, ["childs", "balance"], **_within(first, last))
            if not row["childs"]
        ]
        others = self.admin(
            "model.account.move.line.search_read",
            [["account", "in", accounts], ["origin", "=", None], ["date", ">=", first], ["date", "<=", last]],
            *(0, None, None),
            ["debit", "credit"],
        )
        booked = sum((row["debit"] - row["credit"] for row in others), Decimal(0))
        return booked - sum((row["balance"] for row in leaves), Decimal(0))

    def cost_of_sales(self, first: date, last: date) -> Decimal:
        """What is on the account of that name, by its own balance."""
        (account,) = self.admin("model.account.account.search", [["code", "=", _COST_OF_SALES]], 0, None, None)
        (row,) = self.admin("model.account.account.read", [account], ["balance"], **_within(first, last))
        return Decimal(row["balance"])

    def goods_by_customer(self) -> dict[tuple[str, str], tuple[int, int]]:
        """What its ledger has of goods' invoices by customer and month: revenue, and what they cost."""
        found: dict[tuple[str, str], list[int]] = {}
        customers = {
            f"account.invoice,{row['id']}": row["party."]["code"]
            for row in self.admin.find("account.invoice", ["type", "=", "out"], fields=("party.code",))
        }
        sold = ["origin.product.type", "=", "goods", "account.invoice.line"]
        for place, sign, clauses in (
            (0, -1, [["account.type.revenue", "=", True], sold]),
            (1, 1, [["account.code", "=", _COST_OF_SALES]]),
        ):
            for row in self.admin(
                "model.account.move.line.search_read",
                *(clauses, 0, None, None),
                ["debit", "credit", "move.date", "move.origin"],
            ):
                key = customers[row["move."]["origin"]], _month(row["move."]["date"])
                found.setdefault(key, [0, 0])[place] += sign * _minor(row["debit"] - row["credit"])
        return {key: (revenue, cost) for key, (revenue, cost) in found.items()}

    def cost_of_delivered(self, product: int) -> Decimal:
        """What its report of margins says that the goods cost which went out, less those that came back."""
        (row,) = self.admin(
            "model.stock.reporting.margin.product.search_read",
            *([["product", "=", product]], 0, None, None),
            ["cost"],
            **_within(_NEVER, self.today),
            period="month",
        )
        return Decimal(row["cost"])

    def open_by_currency(self, party: int) -> dict[str, Decimal]:
        """What is to be paid of a customer's invoices."""
        found: Counter[str] = Counter()
        for row in self.admin.find(
            "account.invoice",
            [["party", "=", party], ["type", "=", "out"], ["state", "=", "posted"]],
            fields=("amount_to_pay", "currency.code"),
        ):
            found[row["currency."]["code"]] += row["amount_to_pay"]
        return {currency: amount for currency, amount in found.items() if amount}

    def aged(self, day: date) -> dict[int, dict[str, Any]]:
        """The report of aged balances on a day, by customer."""
        terms = {"term1": 30, "term2": 60, "term3": 90, "unit": "day"}
        fields = ["party", "term0", "term1", "term2", "term3", "balance"]
        rows = self.admin(
            "model.account.aged_balance.search_read",
            *([], 0, None, None, fields),
            **{"type": "customer", "date": day, "posted": False, **terms},
        )
        return {row["party"]: row for row in rows}

    def in_hand(self, party: int) -> dict[str, tuple[str, Decimal, Decimal]]:
        """A customer's confirmed orders by number: currency, amount, and what its posted invoices have of it."""
        found = {}
        for row in self.admin.find(
            "sale.sale",
            [["party", "=", party], ["state", "in", ["confirmed", "processing"]]],
            fields=("number", "currency.code", "untaxed_amount", "invoices"),
        ):
            invoices = self.admin("model.account.invoice.read", row["invoices"], ["state", "untaxed_amount"])
            posted = sum((one["untaxed_amount"] for one in invoices if one["state"] in ("posted", "paid")), Decimal(0))
            found[row["number"]] = (row["currency."]["code"], row["untaxed_amount"], posted)
        return found

    @property
    def today(self) -> date:
        return self.admin.today()


@pytest.fixture(scope="module")
def erp(real_tryton: RealTryton) -> Erp:
    return Erp(real_tryton.admin)


# -- the whole company


def test_turnover_of_all_customers_is_the_balance_of_the_revenue_accounts(warehouse: LoadedWarehouse, erp: Erp) -> None:
    months = {
        row["month"]: _money(row["amount"])
        for row in warehouse.rows("SELECT month, sum(amount) AS amount FROM turnover_month GROUP BY month")
    }
    assert len(months) >= 4
    assert months == {month: erp.revenue(month) for month in months}
    # And none in a month that the warehouse has not got.
    assert sum(months.values()) == -sum(
        row["balance"]
        for row in erp.admin.find("account.account", ["type.revenue", "=", True], fields=("childs", "balance"))
        if not row["childs"]
    ) + _booked_by_hand(erp)


def test_a_customer_s_turnover_is_that_of_his_invoices(warehouse: LoadedWarehouse, erp: Erp) -> None:
    invoices = erp.admin.find(
        "account.invoice",
        [["type", "=", "out"], ["move", "!=", None], ["currency.code", "=", "DKK"]],
        fields=("party.code", "untaxed_amount", "move.date"),
    )
    foreign = erp.admin.find(
        "account.invoice", [["type", "=", "out"], ["currency.code", "!=", "DKK"]], fields=("party.code",)
    )
    others = {row["party."]["code"] for row in foreign}
    by_month: Counter[tuple[str, str]] = Counter()
    for row in invoices:
        if (number := row["party."]["code"]) not in others:
            by_month[number, _month(row["move."]["date"])] += row["untaxed_amount"]
    numbers = {number for number, _ in by_month}
    assert len(numbers) >= 10
    shown = {
        (number, row["month"]): _money(row["amount"])
        for number in numbers
        for row in warehouse.panel("turnover", number)
        if row["amount"] or (number, row["month"]) in by_month
    }
    assert shown == dict(by_month)


def test_every_customer_s_margin_is_what_the_ledger_has_of_his_goods(warehouse: LoadedWarehouse, erp: Erp) -> None:
    booked = erp.goods_by_customer()
    numbers = {number for number, _ in booked}
    assert len(numbers) >= 10
    rows = [(number, row) for number in numbers for row in warehouse.panel("margin", number)]
    shown = {(number, row["month"]): (row["revenue"], row["cost"]) for number, row in rows}
    assert {key: figures for key, figures in shown.items() if key in booked or any(figures)} == booked
    assert all(row["profit"] == row["revenue"] - row["cost"] for _, row in rows)
    # And nobody else has any.
    assert len(warehouse.rows("SELECT * FROM margin_month")) == len(booked)


def test_what_all_goods_cost_is_the_balance_of_the_cost_of_sales(warehouse: LoadedWarehouse, erp: Erp) -> None:
    months = {
        row["month"]: _money(row["cost"])
        for row in warehouse.rows("SELECT month, sum(cost) AS cost FROM margin_month GROUP BY month")
    }
    assert len(months) >= 4
    assert all(months.values())
    assert months == {month: erp.cost_of_sales(*_days(month)) for month in months}
    assert sum(months.values()) == erp.cost_of_sales(_NEVER, erp.today + timedelta(days=400))
    # Services are turnover and no margin.
    (goods,) = warehouse.rows("SELECT sum(revenue) AS amount FROM margin_month")
    (all_,) = warehouse.rows("SELECT sum(amount) AS amount FROM turnover_month")
    assert 0 < goods["amount"] < all_["amount"]


def test_what_every_customer_owes_is_what_the_erp_says(warehouse: LoadedWarehouse, erp: Erp) -> None:
    yesterday = erp.today - timedelta(days=1)
    aged = erp.aged(yesterday)
    lately = {
        row["party"]
        for row in erp.admin.find(
            "account.move.line", [["date", ">", yesterday], ["party", "!=", None]], fields=("party",)
        )
    }
    compared = in_kroner = 0
    for row in erp.admin.find(
        "party.party", ["receivable", "!=", Decimal(0)], fields=("code", "receivable", "receivable_today")
    ):
        shown = warehouse.panel("open", row["code"])
        by_currency: Counter[str] = Counter()
        for line in shown:
            by_currency[line["amount_currency"]] += line["amount"]
        if set(by_currency) == {"DKK"}:
            assert by_currency["DKK"] == _minor(row["receivable"])
            in_kroner += 1
            if row["id"] in aged and row["id"] not in lately:
                ages = {line["days"]: line["amount"] for line in shown}
                terms = [_minor(aged[row["id"]][f"term{n}"]) for n in range(4)]
                assert [ages["1–30"], ages["31–60"], ages["61–90"], ages["> 90"]] == terms
                assert ages["0"] == _minor(aged[row["id"]]["balance"]) - sum(terms)
                compared += 1
        elif (owed := erp.open_by_currency(row["id"])) and not _settled_later(erp, row["id"]):
            assert {currency: _money(amount) for currency, amount in by_currency.items()} == owed
    assert in_kroner >= 5
    assert compared >= 5


def test_orders_in_hand_are_the_confirmed_ones_less_their_posted_invoices(warehouse: LoadedWarehouse, erp: Erp) -> None:
    parties = {
        row["party"]: row["party."]["code"]
        for row in erp.admin.find(
            "sale.sale", ["state", "in", ["confirmed", "processing"]], fields=("party", "party.code")
        )
    }
    assert len(parties) >= 10
    for party, number in parties.items():
        expected = erp.in_hand(party)
        shown = warehouse.panel("in_hand_orders", number)
        assert {
            row["number"]: (row["amount_currency"], _money(row["ordered"]), _money(row["invoiced"])) for row in shown
        } == {order: (*found,) for order, found in expected.items() if found[1] > found[2]}
        sums: Counter[str] = Counter()
        for currency, ordered, invoiced in expected.values():
            sums[currency] += ordered - invoiced
        assert {row["amount_currency"]: _money(row["amount"]) for row in warehouse.panel("in_hand", number)} == {
            currency: amount for currency, amount in sums.items() if amount
        }


# -- a customer of our own


class Merchant(Trader):
    """A customer who buys two products that nobody else does, in groups of their own."""

    def __init__(self, tryton: RealTryton) -> None:
        admin = tryton.admin
        self.groups = [admin.create("product.category", name=f"Prøvegruppe {n}") for n in (1, 2)]
        accounts = admin.find("product.category", ["customer_taxes", "!=", None])[0]["id"]
        unit = admin.first("product.uom", ["name", "=", "Unit"])
        self.templates = [
            admin.create(
                "product.template",
                name=f"Lagervare {n}",
                type="goods",
                default_uom=unit,
                sale_uom=unit,
                salable=True,
                list_price=Decimal("10.50"),
                account_category=accounts,
                categories=[["add", [group]]],
                products=[["create", [{"suffix_code": f"LAGER-{group}", "cost_price": Decimal(cost)}]]],
            )
            for n, group, cost in ((1, self.groups[0], "7.2350"), (2, self.groups[1], "4.10"))
        ]
        products = [admin.first("product.product", ["template", "=", template]) for template in self.templates]
        super().__init__(admin, {"one": products[0], "two": products[1]})
        address = {"street_unstructured": "Lager 1", "postal_code": "8000", "city": "Aarhus C"}
        self.party = admin.create("party.party", name="Lagerkunden A/S", addresses=[["create", [address]]])
        (read,) = admin("model.party.party.read", [self.party], ["code"])
        self.number = str(read["code"])

    def buy(self, product: str, quantity: float, sent: float | None = None, **values: Any) -> tuple[int, list[int]]:
        """An order, delivered whole or in part and invoiced as far; the order and its invoices."""
        day = self._today - timedelta(days=38)
        # Carriage would be a row of its own.
        values |= {"sale_date": day, "invoice_method": "fulfillment", "shipment_cost_method": None}
        order = self._order(self.party, [(product, quantity)], **values)
        self._confirm(order)
        (shipment,) = self._of(order, "shipments")
        if sent is not None:
            (moves,) = self._admin("model.stock.shipment.out.read", [shipment], ["outgoing_moves"])
            self._admin("model.stock.shipment.out.draft", [shipment])
            self._admin("model.stock.move.write", moves["outgoing_moves"], {"quantity": sent})
        self._send(shipment, day)
        self._admin("model.sale.sale.process", [order])
        invoices = self._of(order, "invoices")
        for invoice in invoices:
            self._post(invoice)
        return order, invoices

    def credit(self, invoice: int) -> None:
        """Take an invoice back."""
        self._credit(invoice)

    def receivable(self, invoice: int) -> int:
        """The ledger's line that is to be paid."""
        (read,) = self._admin("model.account.invoice.read", [invoice], ["lines_to_pay"])
        (line,) = read["lines_to_pay"]
        return int(line)

    def book_by_hand(self, amount: Decimal, due: date) -> int:
        """A move that is no invoice: what the customer owes since before."""
        admin = self._admin
        accounts = {
            kind: admin.first(
                "account.account", [f"type.{kind}", "=", True], ["closed", "!=", True], ["code", "!=", None]
            )
            for kind in ("receivable", "expense")
        }
        period = admin(
            "model.account.period.search",
            [["start_date", "<=", self._today], ["end_date", ">=", self._today]],
            0,
            1,
            None,
        )[0]
        owed = {
            "account": accounts["receivable"],
            "party": self.party,
            "debit": amount,
            "credit": Decimal(0),
            "maturity_date": due,
        }
        other = {"account": accounts["expense"], "debit": Decimal(0), "credit": amount}
        return admin.create(
            "account.move",
            journal=admin.first("account.journal", ["type", "=", "general"]),
            period=period,
            date=self._today,
            lines=[["create", [owed, other]]],
        )


def test_a_customer_s_panels_follow_what_is_done_in_the_erp(
    warehouse: LoadedWarehouse, real_tryton: RealTryton, erp: Erp
) -> None:
    today = erp.today
    merchant = Merchant(real_tryton)
    admin, number = merchant._admin, merchant.number
    warehouse.catch_up()
    assert not any(row["amount"] for row in warehouse.panel("turnover", number))
    assert warehouse.panel("open", number) == []

    # Half a delivery, a whole one that is credited, and one in euro.
    part, (first,) = merchant.buy("one", 10, sent=4)
    _, (credited,) = merchant.buy("two", 3)
    merchant.credit(credited)
    _, (euro,) = merchant.buy("two", 7, currency=merchant._currency())
    warehouse.catch_up()
    month = f"{today:%Y-%m}"
    in_euro = _untaxed(admin, euro)
    in_kroner = _in_kroner(admin, euro, in_euro)
    assert _untaxed(admin, first) == Decimal("42.00")  # four of ten
    assert _months(warehouse.panel("turnover", number)) == {month: Decimal("42.00") + in_kroner}
    by_group = {
        row["product_group"]: row["amount"]
        for row in warehouse.panel("turnover_group", number)
        if row["month"] == month
    }
    assert by_group == {"Prøvegruppe 1": 42_00, "Prøvegruppe 2": _minor(in_kroner)}
    # Tryton's report of sales is by order: the whole of the part delivery, and the credited one too.
    sold = {
        row["category"]: row["revenue"]
        for row in admin(
            "model.sale.reporting.product.category.search_read",
            [["category", "in", merchant.groups]],
            *(0, None, None),
            ["category", "revenue"],
            **_within(_NEVER, today),
            period="month",
        )
    }
    assert by_group["Prøvegruppe 2"] == _minor(sold[merchant.groups[1]] - _untaxed(admin, credited))
    assert by_group["Prøvegruppe 1"] == _minor(sold[merchant.groups[0]] - Decimal("63.00"))

    assert_margin(warehouse, erp, merchant, month, Decimal("42.00") + in_kroner)
    assert _figure(warehouse.panel("in_hand", number)) == {"DKK": Decimal("63.00")}
    assert [row["number"] for row in warehouse.panel("in_hand_orders", number)] == [
        admin("model.sale.sale.read", [part], ["number"])[0]["number"]
    ]
    assert _open(warehouse, number) == erp.open_by_currency(merchant.party)
    assert set(_open(warehouse, number)) == {"DKK", "EUR"}

    # Changed: a day of payment, and a product's group.
    late = today - timedelta(days=45)
    admin("model.account.move.line.write", [merchant.receivable(first)], {"maturity_date": late})
    admin("model.account.move.line.write", [merchant.receivable(euro)], {"maturity_date": today - timedelta(days=100)})
    admin("model.product.template.write", [merchant.templates[1]], {"categories": [["remove", [merchant.groups[1]]]]})
    move = merchant.book_by_hand(Decimal("500.00"), today - timedelta(days=10))
    warehouse.catch_up()
    ages = {(row["amount_currency"], row["days"]): row["amount"] for row in warehouse.panel("open", number)}
    (aged,) = [row for party, row in erp.aged(today).items() if party == merchant.party]
    assert ages["DKK", "31–60"] == _minor(aged["term1"]) == _minor(_total(admin, first))
    assert ages["EUR", "> 90"] == _minor(_total(admin, euro))
    assert ages["DKK", "1–30"] == 500_00
    (party,) = admin("model.party.party.read", [merchant.party], ["receivable"])
    assert party["receivable"] == aged["balance"]
    open_in_kroner = sum(amount for (currency, _), amount in ages.items() if currency == "DKK")
    assert party["receivable"] == _money(open_in_kroner) + _in_kroner(admin, euro, _total(admin, euro))
    groups = {row["product_group"] for row in warehouse.panel("turnover_group", number)}
    assert groups == {"Prøvegruppe 1", "–"}

    # Deleted: the move, and an order that was never confirmed. Only the ids tell.
    draft = merchant._order(merchant.party, [("one", 1.0)])
    warehouse.catch_up()
    assert warehouse.rows("SELECT 1 FROM sale WHERE id = :id", id=draft)
    admin("model.account.move.delete", [move])
    admin("model.sale.sale.cancel", [draft])
    admin("model.sale.sale.delete", [draft])
    warehouse.catch_up()
    assert not warehouse.rows("SELECT 1 FROM sale WHERE id = :id", id=draft)
    assert _open(warehouse, number) == erp.open_by_currency(merchant.party)
    assert_margin(warehouse, erp, merchant, month, Decimal("42.00") + in_kroner)


def test_what_was_invoiced_without_its_cost_is_no_margin(
    warehouse: LoadedWarehouse, real_tryton: RealTryton, erp: Erp
) -> None:
    merchant = Merchant(real_tryton)
    admin, month = merchant._admin, f"{erp.today:%Y-%m}"
    merchant.buy("one", 4)
    years = admin("model.account.fiscalyear.search", [], 0, None, None)
    admin("model.account.fiscalyear.write", years, {"account_stock_method": None})
    try:
        merchant.buy("two", 3)
    finally:
        admin("model.account.fiscalyear.write", years, {"account_stock_method": "anglo_saxon"})
    warehouse.catch_up()
    assert _months(warehouse.panel("turnover", merchant.number)) == {month: Decimal("73.50")}
    (shown,) = [row for row in warehouse.panel("margin", merchant.number) if row["revenue"] or row["cost"]]
    figures = {name: shown[name] for name in ("month", "revenue", "cost", "profit", "percent")}
    assert figures == {"month": month, "revenue": 42_00, "cost": 28_94, "profit": 13_06, "percent": "31.10"}


def assert_margin(warehouse: LoadedWarehouse, erp: Erp, merchant: Merchant, month: str, sold: Decimal) -> None:
    """The customer's margin is what Tryton booked: four at 7.2350, none of what was credited, and seven at 4.10."""
    shown = [row for row in warehouse.panel("margin", merchant.number) if row["revenue"] or row["cost"]]
    assert [row["month"] for row in shown] == [month]
    assert (shown[0]["revenue"], shown[0]["cost"]) == erp.goods_by_customer()[merchant.number, month]
    assert shown[0]["revenue"] == _minor(sold)
    assert _money(shown[0]["cost"]) == Decimal("28.94") + Decimal("28.70")
    # Tryton's own report by product has the same, and what was credited and did not come back.
    one, two = (erp.cost_of_delivered(product) for product in merchant._world.values())
    assert (one, two) == (Decimal("28.94"), Decimal("28.70") + Decimal("12.30"))


# -- small things


def _days(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _month(day: dict[str, Any]) -> str:
    return f"{day['year']}-{day['month']:02}"


def _within(first: date, last: date) -> dict[str, date]:
    return {"from_date": first, "to_date": last}


def _minor(amount: Decimal) -> int:
    scaled = amount.scaleb(2)
    assert scaled == scaled.to_integral_value()
    return int(scaled)


def _money(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


def _months(rows: Rows) -> dict[str, Decimal]:
    return {row["month"]: _money(row["amount"]) for row in rows if row["amount"]}


def _figure(rows: Rows) -> dict[str, Decimal]:
    return {row["amount_currency"]: _money(row["amount"]) for row in rows}


def _open(warehouse: LoadedWarehouse, number: str) -> dict[str, Decimal]:
    found: Counter[str] = Counter()
    for row in warehouse.panel("open", number):
        found[row["amount_currency"]] += row["amount"]
    return {currency: _money(amount) for currency, amount in found.items()}


def _untaxed(admin: TrytonAdmin, invoice: int) -> Decimal:
    return Decimal(admin("model.account.invoice.read", [invoice], ["untaxed_amount"])[0]["untaxed_amount"])


def _total(admin: TrytonAdmin, invoice: int) -> Decimal:
    return Decimal(admin("model.account.invoice.read", [invoice], ["total_amount"])[0]["total_amount"])


def _in_kroner(admin: TrytonAdmin, invoice: int, amount: Decimal) -> Decimal:
    """An invoice's amount as Tryton converts it on the day that it does."""
    (read,) = admin("model.account.invoice.read", [invoice], ["currency", "currency_date", "company.currency"])
    day = date(*(read["currency_date"][part] for part in ("year", "month", "day")))
    own = read["company."]["currency"]
    return Decimal(admin("model.currency.currency.compute", read["currency"], amount, own, True, date=day))


def _booked_by_hand(erp: Erp) -> Decimal:
    rows = erp.admin.find(
        "account.move.line", [["account.type.revenue", "=", True], ["origin", "=", None]], fields=("debit", "credit")
    )
    return sum((row["debit"] - row["credit"] for row in rows), Decimal(0))


def _settled_later(erp: Erp, party: int) -> bool:
    """Tryton holds what is settled on a day to come for open in its ledger, and for paid in its invoices."""
    return bool(erp.admin.find("account.move.line", [["party", "=", party], ["reconciliation.date", ">", erp.today]]))
