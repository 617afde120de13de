"""Companies with their people and the address to meet them at."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from creme.creme_core.models import CremeProperty, Relation
from creme.persons import get_address_model, get_contact_model, get_organisation_model
from creme.persons.constants import REL_SUB_EMPLOYED_BY, REL_SUB_MANAGES
from tables import Row, Tables
from words import Employees, Vocabulary

Address, Contact, Organisation = get_address_model(), get_contact_model(), get_organisation_model()

# So many companies between two of the trainee's.
_TRAINEE_EVERY = 14


@dataclass
class Known:
    """What was entered, by the CSV files' own keys."""

    companies: dict[str, Any] = field(default_factory=dict)
    people: dict[tuple[str, str], Any] = field(default_factory=dict)


def fill(tables: Tables, vocabulary: Vocabulary, employees: Employees, report: Callable[[float], None]) -> Known:
    """Enter the companies that the CRM knows."""
    known = Known()
    owners = _owners(tables, employees)
    meeting = {row["company_number"]: row for row in tables.rows("addresses") if row["kind"] == "meeting"}
    staff: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows("people"):
        staff[row["company_number"]].append(row)
    rows = [row for row in tables.rows("companies") if row["in_crm"] == "yes"]
    for done, row in enumerate(rows, start=1):
        number = row["number"]
        is_trainees = done % _TRAINEE_EVERY == 0
        owner = employees.trainee if is_trainees else owners.get(number, employees.salesperson)
        company = _company(row, owner, vocabulary)
        known.companies[number] = company
        if number in meeting:
            _address(company, meeting[number])
        for person in staff[number]:
            contact = _person(person, company, owner)
            known.people[number, f"{person['first_name']} {person['last_name']}"] = contact
        report(done / len(rows))
    return known


def _owners(tables: Tables, employees: Employees) -> dict[str, Any]:
    """Give a company to the one of us who has had most to do with it."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for row in tables.rows("touch_points"):
        count[row["company_number"]][row["owner"]] += 1
    return {number: employees.by_name[names.most_common(1)[0][0]] for number, names in count.items()}


def _company(row: Row, owner: Any, vocabulary: Vocabulary) -> Any:
    ending = row["name"].rsplit(" ", 1)[-1]
    company = Organisation(
        user=owner,
        name=row["name"],
        code=row["crm_code"],
        phone=row["phone"],
        email=row["email"],
        url_site=row["website"],
        tvaintra=row["vat_number"],
        sector=vocabulary.sectors.get(row["segment"]),
        legal_form=vocabulary.legal_forms.get(ending),
    )
    company.full_clean()
    company.save()
    types = [vocabulary.categories[row["category"]].property_type, vocabulary.regions.get(row["region"])]
    for ptype in filter(None, types):
        CremeProperty.objects.create(creme_entity=company, type=ptype)
    return company


def _address(company: Any, row: Row) -> None:
    """An address with a name of its own: neither the billing nor the shipping one, which are the ERP's matter."""
    Address.objects.create(
        owner=company,
        name=row["name"] or "Besøg",
        address=row["street"],
        zipcode=row["postal_code"],
        city=row["city"],
        country=row["country"],
    )


def _person(row: Row, company: Any, owner: Any) -> Any:
    contact = Contact(
        user=owner,
        first_name=row["first_name"],
        last_name=row["last_name"],
        full_position=row["title"],
        phone=row["phone"],
        mobile=row["mobile"],
        email=row["email"],
        description=row["note"],
    )
    contact.full_clean()
    contact.save()
    relation = REL_SUB_MANAGES if row["is_main"] == "yes" else REL_SUB_EMPLOYED_BY
    Relation.objects.create(user=owner, subject_entity=contact, type_id=relation, object_entity=company)
    return contact
