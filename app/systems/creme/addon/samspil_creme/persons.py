"""Organisations and contacts, as far as the user may see them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from creme.creme_core.auth.entity_credentials import EntityCredentials
from creme.creme_core.models import Relation
from creme.persons import get_address_model, get_contact_model, get_organisation_model
from creme.persons.constants import REL_SUB_EMPLOYED_BY, REL_SUB_MANAGES
from django.db.models import QuerySet

from .errors import NotFound
from .http import shown
from .text import clean

Address = get_address_model()
Contact = get_contact_model()
Organisation = get_organisation_model()

# A card and a list of recipients stay bounded; Creme itself pages such lists.
_MOST_PEOPLE = 300
_MEETING_ORDER = ("other", "shipping", "billing")
_WORKS_AT = (REL_SUB_MANAGES, REL_SUB_EMPLOYED_BY)
CORRIGIBLE: dict[Any, dict[str, str]] = {
    Organisation: {"phone": "phone", "email": "email"},
    Contact: {
        "last_name": "last_name",
        "first_name": "first_name",
        "role": "full_position",
        "phone": "phone",
        "mobile": "mobile",
        "email": "email",
    },
}
"""The fields that can be corrected, with Creme's own name of each."""


def visible(user: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return what of the queryset is not in the trash and this user may view, by Creme's own credentials."""
    queryset = queryset.filter(is_deleted=False)
    if not user.has_perm_to_access(queryset.model._meta.app_label):
        return queryset.none()
    return EntityCredentials.filter(user, queryset)


def get_company(user: Any, company_id: int, *, lock: bool = False) -> Any:
    """Return the organisation.

    Args:
        user: Who asks.
        company_id: Its id.
        lock: Hold it until the transaction ends, to change it.

    Raises:
        NotFound: There is none, or it is in the trash.
        PermissionDenied: Creme's own words.
    """
    queryset = Organisation.objects.filter(is_deleted=False)
    if lock:
        queryset = queryset.select_for_update()
    else:
        queryset = queryset.select_related("sector", "legal_form", "staff_size", "sandbox")
    company = queryset.filter(pk=company_id).first()
    if company is None:
        raise NotFound("There is no such organisation in Creme, or it is in the trash.")
    user.has_perm_to_access_or_die("persons")
    user.has_perm_to_view_or_die(company)
    return company


def get_person(user: Any, company: Any, person_id: int, *, lock: bool = False) -> Any:
    """Return somebody who works at the company.

    Raises:
        NotFound: Nobody of this id does, or they are in the trash.
        PermissionDenied: Creme's own words.
    """
    queryset = Contact.objects.filter(is_deleted=False)
    works_here = Relation.objects.filter(
        subject_entity=person_id, object_entity=company.pk, type__in=_WORKS_AT
    ).exists()
    person = (queryset.select_for_update() if lock else queryset).filter(pk=person_id).first() if works_here else None
    if person is None:
        raise NotFound("There is no such contact at this organisation in Creme, or it is in the trash.")
    user.has_perm_to_view_or_die(person)
    return person


def corrigible(model: Any) -> list[str]:
    """Return the names of the fields that can be corrected here and that the administrator has left visible."""
    return [name for name, attribute in CORRIGIBLE[model].items() if shown(model, attribute)]


def may_add_people(user: Any) -> bool:
    """Return whether Creme lets the user make contacts, and tie them to something."""
    return bool(
        user.has_perm_to_access("persons")
        and user.has_perm_to_create(Contact)
        and user.has_perm_to_link(Contact, owner=user)
    )


def role_of(person: Any) -> str:
    """Return what somebody is: in words of their own, else the position chosen from Creme's list."""
    words = clean(person.full_position) if shown(Contact, "full_position") else ""
    return words or (clean(person.position) if shown(Contact, "position") else "")


def staff(user: Any, company: Any) -> list[tuple[Any, bool]]:
    """Return the visible people of an organisation, managers first, each with whether they manage it."""
    kinds: dict[int, set[str]] = defaultdict(set)
    for contact_id, kind in Relation.objects.filter(object_entity=company.pk, type__in=_WORKS_AT).values_list(
        "subject_entity_id", "type_id"
    )[:_MOST_PEOPLE]:
        kinds[contact_id].add(kind)
    if not kinds:
        return []
    people = visible(user, Contact.objects.filter(pk__in=kinds)).select_related("position", "civility")
    return sorted(
        ((person, REL_SUB_MANAGES in kinds[person.pk]) for person in people),
        key=lambda entry: (not entry[1], entry[0].last_name.casefold(), entry[0].first_name.casefold()),
    )


def circle(user: Any, company: Any) -> list[int]:
    """Return the ids of the organisation and its visible people: whose doings are the company's."""
    return [company.pk, *(person.pk for person, _ in staff(user, company))]


def employers(user: Any, contact_ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return the visible organisations of each contact; three queries however many contacts there are."""
    pairs = list(
        Relation.objects.filter(subject_entity__in=list(contact_ids), type__in=_WORKS_AT).values_list(
            "subject_entity_id", "object_entity_id"
        )
    )
    companies = visible(user, Organisation.objects.all()).in_bulk({company for _, company in pairs})
    result: dict[int, list[Any]] = defaultdict(list)
    for contact, company in pairs:
        if company in companies and companies[company] not in result[contact]:
            result[contact].append(companies[company])
    return result


def number_of(company: Any) -> str:
    """Return the customer number, or empty where the administrator has hidden the field."""
    return clean(company.code) if shown(Organisation, "code") else ""


def name_of(person: Any) -> str:
    """Return a contact's name without the civility that Creme's own text puts before it."""
    return clean(f"{person.first_name} {person.last_name}")


def changeable(user: Any, people: Iterable[Any]) -> set[int]:
    """Return the ids of those contacts that the user may change; one query however many there are."""
    ids = [person.pk for person in people]
    found = EntityCredentials.filter(user, Contact.objects.filter(pk__in=ids), perm=EntityCredentials.CHANGE)
    return set(found.values_list("pk", flat=True)) if ids else set()


def person_json(person: Any, *, manages: bool, can_change: bool) -> dict[str, Any]:
    """Return a contact as it stands on its company's card; hidden fields are empty.

    ``corrigible`` names the fields that the user may correct.
    """

    def field(name: str) -> str:
        return clean(getattr(person, name)) if shown(Contact, name) else ""

    return {
        "id": str(person.pk),
        "name": name_of(person),
        "first_name": clean(person.first_name),
        "last_name": clean(person.last_name),
        "role": role_of(person),
        "manages": manages,
        "phone": field("phone"),
        "mobile": field("mobile"),
        "email": field("email"),
        "corrigible": corrigible(Contact) if can_change else [],
    }


def addresses_of(companies: Iterable[Any]) -> dict[int, list[tuple[Any, str]]]:
    """Return the addresses of organisations with Creme's use of each, the one to meet at first; one query.

    Creme knows a billing and a shipping address and any number of others with a name. One that is neither for
    invoices nor for goods is there to be visited; where there is none, the shipping address is a place with a
    door, and the billing address is what is left.
    """
    found: dict[int, list[tuple[Any, str]]] = {company.pk: [] for company in companies}
    uses = {}
    for company in companies:
        uses[company.shipping_address_id] = "shipping"
        uses[company.billing_address_id] = "billing"
    for address in Address.objects.filter(object__in=found).order_by("pk"):
        use = uses.get(address.pk, "other")
        if address and (use == "other" or shown(Organisation, f"{use}_address")):
            found[address.object_id].append((address, use))
    for addresses in found.values():
        addresses.sort(key=lambda entry: _MEETING_ORDER.index(entry[1]))
    return found


def address_json(address: Any, use: str) -> dict[str, Any]:
    """Return an address; `use` is Creme's: ``billing``, ``shipping`` or ``other``."""
    return {
        "id": str(address.pk),
        "use": use,
        "name": clean(address.name),
        "street": "\n".join(filter(None, (clean(address.address), clean(address.po_box)))),
        "postal_code": clean(address.zipcode),
        "city": clean(address.city),
        "region": clean(address.department) or clean(address.state),
        "country": clean(address.country),
    }
