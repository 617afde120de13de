"""A customer of the tests' own at a Tryton, with everything that a trade leaves behind, made over Tryton's own API.

An order that is half delivered, invoiced and then credited; one in another currency with goods that come back; and a
draft that has no day.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.helpers.tryton_admin import TrytonAdmin, TrytonSaid

OTHER_CURRENCY = "EUR"
REFERENCE = "PRØVE Ærø 100%"
PLACE = "Ærøskøbing"


@dataclass
class Trade:
    """What was made.

    Attributes:
        number, party: The customer.
        reference, place: See `tests.contract.erp_trade.Traded`.
        orders: Tryton's ids: the half delivered one, the one in another currency, and the draft.
    """

    admin: TrytonAdmin
    number: str
    party: int
    reference: str = REFERENCE
    place: str = PLACE
    orders: list[int] = field(default_factory=list)

    def figures(self) -> dict[tuple[str, str], dict[str, Any]]:
        """See `figures`."""
        return figures(self.admin, self.party)


class Trader:
    """Makes it, as an administrator who presses Tryton's own buttons."""

    def __init__(self, admin: TrytonAdmin, world: dict[str, int]) -> None:
        self._admin = admin
        self._world = world
        self._today = admin.today()
        # To be paid on the day of the invoice, so that it is due now.
        self._at_once = admin.create(
            "account.invoice.payment_term", name="Prøve kontant", lines=[["create", [{"type": "remainder"}]]]
        )

    def trade(self) -> Trade:
        """Make everything."""
        admin = self._admin
        address = {"street_unstructured": "Havnen 3", "postal_code": "5970", "city": PLACE}
        party = admin.create("party.party", name="Prøvehandel Ærø ApS", addresses=[["create", [address]]])
        (read,) = admin("model.party.party.read", [party], ["code"])
        trade = Trade(admin, str(read["code"]), party)
        trade.orders.append(self._half_delivered(party))
        trade.orders.append(self._in_another_currency(party))
        trade.orders.append(self._order(party, [("bread", 1.0)]))
        return trade

    def _half_delivered(self, party: int) -> int:
        admin = self._admin
        order = self._order(party, [("bread", 10.0)], reference=REFERENCE, sale_date=self._today - timedelta(days=40))
        self._confirm(order)
        (shipment,) = self._of(order, "shipments")
        (move,) = admin("model.stock.shipment.out.read", [shipment], ["outgoing_moves"])[0]["outgoing_moves"]
        admin("model.stock.shipment.out.draft", [shipment])
        admin("model.stock.move.write", [move], {"quantity": 4.0})
        self._send(shipment, self._today - timedelta(days=38))
        admin("model.sale.sale.process", [order])  # Tryton makes another delivery of the rest
        (invoice,) = self._of(order, "invoices")
        self._post(invoice)
        self._credit(invoice)
        return order

    def _in_another_currency(self, party: int) -> int:
        currency = self._currency()
        order = self._order(
            party, [("roll", 7.0), ("bread", -1.0)], sale_date=self._today - timedelta(days=60), currency=currency
        )
        self._confirm(order)
        for invoice in self._of(order, "invoices"):
            self._post(invoice)
        return order

    def _order(self, party: int, lines: list[tuple[str, float]], **values: Any) -> int:
        admin = self._admin
        (address,) = admin("model.party.party.read", [party], ["addresses"])[0]["addresses"]
        unit = admin.first("product.uom", ["name", "=", "Unit"])
        rows = [
            {
                "type": "line",
                "product": self._world[product],
                "quantity": quantity,
                "unit": unit,
                "unit_price": Decimal("10.50"),
                "taxes": [["add", self._taxes(product)]],
            }
            for product, quantity in lines
        ]
        defaults = admin(
            "model.sale.sale.default_get", ["company", "warehouse", "currency", "invoice_method", "shipment_method"]
        )
        defaults = {name: value for name, value in defaults.items() if not name.endswith(".")}
        order = admin.create(
            "sale.sale",
            **{
                **defaults,
                "party": party,
                "invoice_address": address,
                "shipment_address": address,
                "payment_term": self._at_once,
                "lines": [["create", rows]],
                **values,
            },
        )
        if "available_carriers" in admin.fields("sale.sale"):
            (read,) = admin("model.sale.sale.read", [order], ["available_carriers"])
            admin("model.sale.sale.write", [order], {"carrier": read["available_carriers"][0]})
        return order

    def _taxes(self, product: str) -> list[int]:
        (read,) = self._admin("model.product.product.read", [self._world[product]], ["account_category.customer_taxes"])
        return list((read["account_category."] or {}).get("customer_taxes", ()))

    def _confirm(self, order: int) -> None:
        for button in ("quote", "confirm"):
            self._press("sale.sale", button, order)
        (read,) = self._admin("model.sale.sale.read", [order], ["state"])
        if read["state"] == "confirmed":
            self._press("sale.sale", "process", order)

    def _of(self, order: int, name: str) -> list[int]:
        (read,) = self._admin("model.sale.sale.read", [order], [name])
        return [int(key) for key in read[name]]

    def _send(self, shipment: int, day: date) -> None:
        model = "stock.shipment.out"
        self._admin(f"model.{model}.write", [shipment], {"effective_date": day})
        for button in ("wait", "assign_force", "pick", "pack", "do"):
            self._press(model, button, shipment)

    def _post(self, invoice: int) -> None:
        # Today: Tryton's numbers follow the dates, and other tests post invoices as well.
        self._admin("model.account.invoice.write", [invoice], {"invoice_date": self._today})
        self._press("account.invoice", "post", invoice)

    def _credit(self, invoice: int) -> None:
        admin, wizard = self._admin, "wizard.account.invoice.credit"
        session, state, _end = admin(f"{wizard}.create")
        context = {"active_model": "account.invoice", "active_id": invoice, "active_ids": [invoice]}
        admin(f"{wizard}.execute", session, {}, state, **context)
        chosen = {"start": {"with_refund": True, "with_refund_allowed": True, "invoice_date": self._today}}
        admin(f"{wizard}.execute", session, chosen, "credit", **context)
        admin(f"{wizard}.delete", session)

    def _press(self, model: str, button: str, record: int) -> None:
        for _ in range(4):
            try:
                self._admin(f"model.{model}.{button}", [record])
            except TrytonSaid as said:
                warning = re.search(r"\['UserWarning', \['([^']+)'", str(said))
                if warning is None:
                    raise
                self._admin("model.res.user.warning.skip", warning[1], False)
            else:
                return
        raise AssertionError(f"{button} asks again and again")

    def _currency(self) -> int:
        admin = self._admin
        found = admin("model.currency.currency.search", [["code", "=", OTHER_CURRENCY]], 0, 1, None)
        key = (
            int(found[0])
            if found
            else admin.create("currency.currency", name="Euro", symbol="€", code=OTHER_CURRENCY, numeric_code="978")
        )
        rates = admin("model.currency.currency.rate.search", [["currency", "=", key]], 0, 1, None)
        if not rates:
            admin.create("currency.currency.rate", currency=key, date=date(2020, 1, 1), rate=Decimal("0.134"))
        return key


def figures(admin: TrytonAdmin, party: int) -> dict[tuple[str, str], dict[str, Any]]:
    """What Tryton itself says of everything that this customer has, by kind and id; money with its currency's code."""
    codes = {row["id"]: row["code"] for row in admin.find("currency.currency", fields=("code",))}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, model, customer, money in (
        ("order", "sale.sale", "party", ("total_amount",)),
        ("invoice", "account.invoice", "party", ("total_amount", "amount_to_pay", "amount_to_pay_today")),
        ("delivery", "stock.shipment.out", "customer", ()),
        ("return", "stock.shipment.out.return", "customer", ()),
    ):
        fields = ("number", "state", *money, *(["currency"] if money else []))
        for row in admin.find(model, [customer, "=", party], fields=fields):
            amounts = {name: (row[name], codes[row["currency"]]) for name in money}
            found[kind, str(row["id"])] = {"number": row["number"] or "", "state": row["state"], **amounts}
    return found
