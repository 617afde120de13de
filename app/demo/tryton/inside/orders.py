"""The orders, put through the ERP's own workflow to the state where each shall end.

What the CSV calls ``delivered`` is ``processing`` in Tryton, with everything sent: an order becomes ``done`` by itself
when its invoice is paid, and not before.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from rows import Row, Rows
from trytond.pool import Pool
from trytond.transaction import Transaction

# Each state and those that an order passes on its way there.
_QUOTED = frozenset({"quotation", "confirmed", "processing", "delivered", "done"})
_PROCESSED = _QUOTED - {"quotation", "confirmed"}
_SENT = frozenset({"delivered", "done"})
_POSTED = frozenset({"open", "overdue", "paid", "credited"})


class OrderDesk:
    """Enters the orders and moves them on, many in one call as the workflow allows it.

    Records are kept by id: each step has a transaction, and with it instances, of its own.
    """

    def __init__(self, rows: Rows, products: dict[str, Any]) -> None:
        self._rows = rows
        self._products = {code: product.id for code, product in products.items()}
        self._orders = rows.read("orders")
        self._lines: dict[str, list[Row]] = {}
        for row in rows.read("order_lines"):
            self._lines.setdefault(row["order_key"], []).append(row)
        self._ids: dict[str, int] = {}

    def steps(self) -> Iterator[tuple[str, Callable[[], None], float]]:
        """Yield the name, the work and the progress after it, in the order of the workflow."""
        yield "quote", lambda: self._move("quote", _QUOTED), 0.55
        yield "cancel", lambda: self._move("cancel", frozenset({"cancelled"})), 0.57
        yield "hold", self._confirm_only, 0.60
        # The ERP goes on from confirmed to processing by itself.
        yield "confirm", lambda: self._move("confirm", _PROCESSED), 0.75
        yield "deliver", self._deliver, 0.85
        yield "invoice", self._invoice, 0.90
        yield "pay and credit", self._settle, 0.94

    def enter(self) -> None:
        """Enter every order as a draft, its lines priced by the ERP."""
        pool = Pool()
        sale_class, line_class = pool.get("sale.sale"), pool.get("sale.line")
        sales = [self._head(row) for row in self._orders]
        sale_class.save(sales)
        self._ids = {row["key"]: sale.id for row, sale in zip(self._orders, sales, strict=True)}
        lines = []
        for row, sale in zip(self._orders, sales, strict=True):
            lines += [self._line(sale, line, number) for number, line in enumerate(self._lines[row["key"]])]
        line_class.save(lines)

    def by_key(self) -> dict[str, Any]:
        """Return every order by its key in the file, as it is now."""
        sales = Pool().get("sale.sale").browse(list(self._ids.values()))
        return dict(zip(self._ids, sales, strict=True))

    def _head(self, row: Row) -> Any:
        pool = Pool()
        party = pool.get("party.party").search([("code", "=", row["company_number"])])[0]
        sale_class = pool.get("sale.sale")
        sale = sale_class(**sale_class.default_get(list(sale_class._fields), with_rec_name=False))
        sale.lines = []
        sale.party = party
        sale.on_change_party()
        ordered = self._rows.day(row["order_days"])
        sale.sale_date = ordered
        sale.shipping_date = self._rows.day(row["shipping_days"])
        sale.reference = row["reference"] or None
        sale.description = row["description"] or None
        sale.shipment_address = _delivery(party, row["delivery_address"])
        if hasattr(sale, "on_change_shipment_address"):
            sale.on_change_shipment_address()
        return sale

    def _line(self, sale: Any, row: Row, number: int) -> Any:
        line_class = Pool().get("sale.line")
        line = line_class(**line_class.default_get(list(line_class._fields), with_rec_name=False))
        line.sale = sale
        line.type = "line"
        line.sequence = number
        line.quantity = float(row["quantity"])
        line.product = self._products[row["product"]]
        line.on_change_product()
        line.on_change_quantity()
        if row["discount_percent"] and hasattr(line_class, "discount_rate"):
            # On top of what the price list gives, as a clerk does it by hand.
            rate = Decimal(row["discount_percent"]) / 100
            line.discount_rate = (1 - (1 - (line.discount_rate or 0)) * (1 - rate)).quantize(Decimal("0.0001"))
            line.on_change_discount_rate()
        return line

    def _move(self, button: str, states: frozenset[str]) -> None:
        sale_class = Pool().get("sale.sale")
        getattr(sale_class, button)(self._sales(lambda row: row["state"] in states))

    def _confirm_only(self) -> None:
        """Leave some orders confirmed, as they are in a company that lets its queue process them at night.

        Without a queue worker, as here, trytond does queued work right after the transaction: it is taken back.
        """
        self._move("confirm", frozenset({"confirmed"}))
        queued = Transaction().tasks
        queue_class = Pool().get("ir.queue")
        queue_class.delete(queue_class.browse(list(queued)))
        queued.clear()

    def _sales(self, chosen: Callable[[Row], bool]) -> list[Any]:
        ids = [self._ids[row["key"]] for row in self._orders if chosen(row)]
        return list(Pool().get("sale.sale").browse(ids))

    def _deliver(self) -> None:
        """Take the goods from the shelf and send them, on the day that was asked for or today when that is to come."""
        pool = Pool()
        shipment_class = pool.get("stock.shipment.out")
        shipments = []
        for sale in self._sales(lambda row: row["state"] in _SENT):
            for shipment in sale.shipments:
                shipment.effective_date = min(sale.shipping_date, self._rows.today)
                shipments.append(shipment)
        shipment_class.save(shipments)
        shipment_class.wait([one for one in shipments if one.state == "draft"])
        shipment_class.assign_force([one for one in shipments if one.state == "waiting"])
        shipment_class.pick(shipments)
        shipment_class.pack(shipments)
        shipment_class.do(shipments)

    def _invoice(self) -> None:
        """Post the invoices, dated as the order was: the terms of payment then say what is overdue by now."""
        invoice_class = Pool().get("account.invoice")
        invoices = self._invoices(_POSTED)
        for invoice in invoices:
            invoice.invoice_date = min(_ordered(invoice), self._rows.today)
        invoice_class.save(invoices)
        # Numbers follow the dates.
        invoice_class.post(sorted(invoices, key=lambda invoice: (invoice.invoice_date, invoice.id)))

    def _settle(self) -> None:
        """Have the bank pay what is to be paid, and take back by a credit note what is to be credited."""
        pool = Pool()
        invoice_class = pool.get("account.invoice")
        method = _payment_method()
        line_class = pool.get("account.move.line")
        for invoice in self._invoices(frozenset({"paid"})):
            date = min(invoice.invoice_date + dt.timedelta(days=14), self._rows.today)
            lines = invoice.pay_invoice(invoice.amount_to_pay, method, date)
            lines += [line for line in invoice.lines_to_pay if not line.reconciliation]
            line_class.reconcile(lines)
        # Reconciles the invoice with a posted credit note of the same amount.
        invoice_class.credit(self._invoices(frozenset({"credited"})), refund=True)
        invoice_class.process(self._invoices(_POSTED))

    def _invoices(self, fates: frozenset[str]) -> list[Any]:
        sales = self._sales(lambda row: row["invoice"] in fates)
        return [invoice for sale in sales for invoice in sale.invoices if invoice.type == "out"]


def _ordered(invoice: Any) -> dt.date:
    return max(sale.sale_date for sale in invoice.sales)


def _delivery(party: Any, name: str) -> Any:
    places = [address for address in party.addresses if address.delivery]
    return next((place for place in places if place.attn == name), places[0])


def _payment_method() -> Any:
    """Enter the bank as a way in which invoices are paid."""
    from foundation import account

    pool = Pool()
    bank = pool.get("account.account").search([("code", "=", "1.1.1")])[0]
    journal = pool.get("account.journal").create([{"name": "Bank", "code": "BANK", "type": "cash"}])[0]
    return pool.get("account.invoice.payment.method").create(
        [
            {
                "name": "Bankoverførsel",
                "company": account("receivable").company.id,
                "journal": journal.id,
                "debit_account": bank.id,
                "credit_account": bank.id,
            }
        ]
    )[0]
