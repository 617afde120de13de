"""One company's card in one request: who is who, how to meet them, what they are."""

from typing import Any

from django.apps import apps

from . import categories, processes
from .http import Answer, Call, shown
from .persons import (
    Organisation,
    address_json,
    addresses_of,
    changeable,
    corrigible,
    get_company,
    may_add_people,
    number_of,
    person_json,
    staff,
)
from .text import clean


def company(call: Call, company_id: int) -> Answer:
    """``GET companies/<id>``."""
    return {"company": card(call.user, get_company(call.user, company_id))}


def card(user: Any, company: Any) -> dict[str, Any]:
    """Return the card; the number of queries does not grow with what is on it."""

    def field(name: str) -> str:
        return clean(getattr(company, name)) if shown(Organisation, name) else ""

    people = staff(user, company)
    own = changeable(user, (person for person, _ in people))
    can_change = user.has_perm_to_change(company)
    circle = [company.pk, *(person.pk for person, _ in people)]
    return {
        "id": str(company.pk),
        "name": clean(company.name),
        "number": number_of(company),
        "version": version(company),
        "modified": company.modified.isoformat(),
        "can_change": can_change,
        "can_set_number": can_change and shown(Organisation, "code"),
        "corrigible": corrigible(Organisation) if can_change else [],
        "can_add_people": may_add_people(user) and user.has_perm_to_link(company),
        "phone": field("phone"),
        "email": field("email"),
        "website": field("url_site"),
        "vat_number": field("tvaintra"),
        "description": field("description"),
        "addresses": [address_json(*entry) for entry in addresses_of([company])[company.pk]],
        "categories": categories.of(user, company),
        "tags": categories.tags(company),
        "people": [person_json(person, manages=manages, can_change=person.pk in own) for person, manages in people],
        "open_sales": processes.open_sales(user, circle) if apps.is_installed("creme.opportunities") else 0,
        "open_cases": processes.open_cases(user, circle) if apps.is_installed("creme.tickets") else 0,
    }


def version(company: Any) -> str:
    """Return what changes with each change of the organisation itself."""
    return company.modified.isoformat(timespec="microseconds")
