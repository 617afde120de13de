"""What is printed: orders and invoices as PDFs, and in Danish for those customers whose language it is."""

from typing import Any

from trytond.pool import Pool
from trytond.transaction import Transaction

# Tryton brings no Danish, so these are what a translator would enter there for the words of its own templates.
_ORDER = {
    "Amount": "Beløb",
    "Date:": "Dato:",
    "Delivery Address:": "Leveringsadresse:",
    "Description": "Beskrivelse",
    "Description:": "Beskrivelse:",
    "Draft Sale Order": "Ordrekladde",
    "Expiration Date:": "Gælder til:",
    "Quantity": "Antal",
    "Quotation No:": "Tilbud nr.:",
    "Reference:": "Reference:",
    "Sale Order No:": "Ordre nr.:",
    "Taxes": "Moms",
    "Taxes:": "Moms:",
    "Total (excl. taxes):": "I alt uden moms:",
    "Total:": "I alt:",
    "Unit Price": "Enhedspris",
}
_INVOICE = {
    "Amount": "Beløb",
    "Base": "Grundlag",
    "Date": "Dato",
    "Date:": "Dato:",
    "Description": "Beskrivelse",
    "Description:": "Beskrivelse:",
    "Draft Invoice": "Fakturakladde",
    "Invoice No:": "Faktura nr.:",
    "Payment Means": "Betaling",
    "Payment Term": "Betalingsbetingelse",
    "Pro forma Invoice": "Proformafaktura",
    "Quantity": "Antal",
    "Reference": "Reference",
    "Reference:": "Reference:",
    "Tax": "Moms",
    "Taxes": "Moms",
    "Taxes:": "Moms:",
    "Total (excl. taxes):": "I alt uden moms:",
    "Total:": "I alt:",
    "Unit Price": "Enhedspris",
}
_REPORTS = (("sale.sale", "sale", "Ordre", _ORDER), ("account.invoice", "account_invoice", "Faktura", _INVOICE))
"""A report, the module that it is from, its name, and its words."""


def documents(database: str) -> None:
    """Let Tryton's own reports come as PDFs, which LibreOffice on the server makes, and in Danish."""
    with Transaction().start(database, 0):
        pool = Pool()
        report_class = pool.get("ir.action.report")
        for name, module, danish, words in _REPORTS:
            reports = report_class.search([("report_name", "=", name)])
            report_class.write(reports, {"extension": "pdf"})
            pool.get("ir.translation").create(_translations(reports, name, module, danish, words))
        # Tryton prints an invoice when it is posted, and keeps that: these were not PDFs yet.
        invoice_class = pool.get("account.invoice")
        printed = invoice_class.search([("invoice_report_format", "!=", None)])
        invoice_class.write(printed, {"invoice_report_cache": None, "invoice_report_format": None})


def _translations(reports: Any, name: str, module: str, danish: str, words: dict[str, str]) -> list[dict[str, Any]]:
    texts = [
        {"type": "report", "name": name, "lang": "da", "src": said, "value": value, "module": module}
        for said, value in words.items()
    ]
    # The report's own name belongs to Tryton's base data: it is translated like its words, not written.
    names = [
        {
            "type": "model",
            "name": "ir.action,name",
            "lang": "da",
            "src": report.name,
            "value": danish,
            "module": module,
            "res_id": report.action.id,
        }
        for report in reports
    ]
    return texts + names
