"""What is printed: an order as a PDF, and in Danish for those customers whose language it is."""

from trytond.pool import Pool
from trytond.transaction import Transaction

_REPORT = "sale.sale"
_NAME = "Ordre"
# Tryton brings no Danish, so these are what a translator would enter there for the words of its own template.
_DANISH = {
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


def documents(database: str) -> None:
    """Let Tryton's own report of an order come as a PDF, which LibreOffice on the server makes, and in Danish."""
    with Transaction().start(database, 0):
        pool = Pool()
        report_class = pool.get("ir.action.report")
        reports = report_class.search([("report_name", "=", _REPORT)])
        report_class.write(reports, {"extension": "pdf"})
        pool.get("ir.translation").create(
            [
                {"type": "report", "name": _REPORT, "lang": "da", "src": words, "value": danish, "module": "sale"}
                for words, danish in _DANISH.items()
            ]
            + [
                # The report's own name belongs to Tryton's base data: it is translated like its words, not written.
                {
                    "type": "model",
                    "name": "ir.action,name",
                    "lang": "da",
                    "src": report.name,
                    "value": _NAME,
                    "module": "sale",
                    "res_id": report.action.id,
                }
                for report in reports
            ]
        )
