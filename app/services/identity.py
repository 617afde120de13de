"""Who the customer of an open card is, by what the systems have said of him so far."""

from app.domain.contacts import ContactKind
from app.services.card import CustomerCard
from app.services.search import Match


def identity(card: CustomerCard) -> Match:
    """The card as it can be opened again: by the CRM's key of the company, or else by the ERP's of the customer.

    What it was opened with, while neither has answered.
    """
    company, customer = card.company.value, card.customer.value
    customer_id = customer.id if customer is not None else card.match.customer_id
    if company is not None:
        city = company.address.city if company.address is not None else ""
        key = f"crm:{ContactKind.COMPANY}:{company.id}"
        return Match(key, ContactKind.COMPANY, company.name, card.number, city, company.id, customer_id)
    if customer is not None:
        city = next((address.city for address in customer.addresses if address.city), "")
        return Match(f"erp:{customer.id}", ContactKind.COMPANY, customer.name, customer.number, city, "", customer.id)
    return card.match
