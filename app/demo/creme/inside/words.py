"""The wholesaler's own words and people: what an administrator sets up before the first customer is entered."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from creme.activities.constants import UUID_TYPE_MEETING, UUID_TYPE_PHONECALL, UUID_TYPE_TASK
from creme.activities.models import ActivityType
from creme.commercial.models import ActType, MarketSegment
from creme.creme_core.auth.entity_credentials import EntityCredentials
from creme.creme_core.models import CremePropertyType, CremeUser, Currency, SetCredentials, UserRole
from creme.opportunities.models import SalesPhase
from creme.persons import get_contact_model, get_organisation_model
from creme.persons.models import LegalForm, Sector
from creme.tickets import constants as ticket
from creme.tickets.models import Criticity, Priority, Status
from django.contrib.contenttypes.models import ContentType
from tables import Tables

Contact, Organisation = get_contact_model(), get_organisation_model()

_OWN_NAME = "Lumen & Leder Engros A/S"
_PHASES = {
    "new": ("Ny", False, False),
    "qualified": ("Kvalificeret", False, False),
    "proposal": ("Tilbud afgivet", False, False),
    "negotiation": ("Forhandling", False, False),
    "won": ("Vundet", True, False),
    "lost": ("Tabt", False, True),
}
_STATUSES = {
    "open": ("Åben", False, ticket.UUID_STATUS_OPEN),
    "in_progress": ("I gang", False, None),
    "waiting": ("Afventer kunden", False, None),
    "solved": ("Løst", True, None),
    "closed": ("Lukket", True, ticket.UUID_STATUS_CLOSED),
}
_PRIORITIES = {"low": "Lav", "normal": "Normal", "high": "Høj", "critical": "Kritisk"}
_LEGAL_FORMS = ("ApS", "A/S", "I/S", "GmbH", "AB", "AS", "P/S")
_CURRENCIES = (("Danske kroner", "kr.", "DKK"), ("Svenska kronor", "kr", "SEK"), ("Norske kroner", "kr", "NOK"))
_ACTIONS = {"fair": "Messe", "phone": "Ringekampagne", "event": "Arrangement", "mailing": "Mailing"}


@dataclass(frozen=True)
class Vocabulary:
    """What the CSV files' words are in this Creme; each maps a word to a row.

    Attributes:
        categories: A-kunde and the like, as market segments.
        regions: As properties.
    """

    sectors: dict[str, Any]
    legal_forms: dict[str, Any]
    categories: dict[str, Any]
    regions: dict[str, Any]
    phases: dict[str, Any]
    statuses: dict[str, Any]
    priorities: dict[str, Any]
    severity: Any
    currencies: dict[str, Any]
    actions: dict[str, Any]


@dataclass(frozen=True)
class Employees:
    """Our own people.

    Attributes:
        by_name: The users, by first and last name.
        salesperson: Who signs in as ``saelger``.
        trainee: Who signs in as ``elev`` and may see only what is theirs.
    """

    by_name: dict[str, Any]
    salesperson: Any
    trainee: Any


def root(password: str) -> Any:
    """Give Creme's first superuser another password than the one that Creme comes with."""
    user = CremeUser.objects.get(username="root")
    user.set_password(password)
    user.time_zone = "Europe/Copenhagen"
    user.save()
    return user


def own_company(user: Any) -> None:
    """Name the organisation that Creme made for us."""
    own = Organisation.objects.get(is_managed=True)
    own.name, own.user, own.code = _OWN_NAME, user, ""
    own.phone, own.email = "+45 75 00 00 10", "salg@lumen-leder.dk.example"
    own.save()


def vocabulary(tables: Tables) -> Vocabulary:
    """Replace the words that Creme comes with by the wholesaler's."""
    rows = tables.rows("companies")
    for uuid, name in (
        (UUID_TYPE_PHONECALL, "Telefonsamtale"),
        (UUID_TYPE_MEETING, "Møde"),
        (UUID_TYPE_TASK, "Opgave"),
    ):
        ActivityType.objects.filter(uuid=uuid).update(name=name)
    # Nothing refers to these yet: the database is new.
    for model in (Sector, LegalForm, SalesPhase, ActType, Priority, Criticity):
        model.objects.all().delete()
    Status.objects.exclude(uuid__in=(ticket.UUID_STATUS_OPEN, ticket.UUID_STATUS_CLOSED)).delete()
    organisation = ContentType.objects.get_for_model(Organisation)
    return Vocabulary(
        sectors={name: Sector.objects.create(title=name) for name in _distinct(rows, "segment")},
        legal_forms={name: LegalForm.objects.create(title=name) for name in _LEGAL_FORMS},
        categories={name: _segment(name, organisation) for name in _distinct(rows, "category")},
        regions={name: _property(name, organisation) for name in _distinct(rows, "region")},
        phases={
            key: SalesPhase.objects.create(name=name, won=won, lost=lost, order=order)
            for order, (key, (name, won, lost)) in enumerate(_PHASES.items(), start=1)
        },
        statuses={key: _status(order, *entry) for order, (key, entry) in enumerate(_STATUSES.items(), start=1)},
        priorities={
            key: Priority.objects.create(name=name, order=order)
            for order, (key, name) in enumerate(_PRIORITIES.items(), start=1)
        },
        severity=Criticity.objects.create(name="Normal", order=1),
        currencies=_currencies(),
        actions={key: ActType.objects.create(title=title) for key, title in _ACTIONS.items()},
    )


def employees(tables: Tables, passwords: dict[str, str]) -> Employees:
    """Make users of all who own something in the files; those without a password cannot sign in.

    ``saelger`` is the one who has done most, with an ordinary salesperson's rights. ``elev`` is a trainee who may
    look at what is theirs, in the apps for persons and activities alone, and change nothing. ``rapport`` is no person:
    the warehouse is loaded in that name, which sees everybody's and changes nothing.
    """
    busiest = Counter(row["owner"] for name in ("touch_points", "opportunities", "cases") for row in tables.rows(name))
    salesperson_name = busiest.most_common(1)[0][0]
    sales, trainee = _sales_role(), _trainee_role()
    by_name = {}
    for name in sorted(busiest):
        first, _, last = name.rpartition(" ")
        is_salesperson = name == salesperson_name
        username = "saelger" if is_salesperson else f"{first[0]}{last}".lower()
        by_name[name] = _user(username, first, last, sales, passwords["saelger"] if is_salesperson else None)
    _user("rapport", "Rapport", "Systemet", _reader_role(), passwords["rapport"])
    return Employees(
        by_name=by_name,
        salesperson=by_name[salesperson_name],
        trainee=_user("elev", "Asta", "Lindholm", trainee, passwords["elev"]),
    )


def _user(username: str, first: str, last: str, role: Any, password: str | None) -> Any:
    user = CremeUser(
        username=username,
        first_name=first,
        last_name=last,
        email=f"{username}@lumen-leder.dk.example",
        role=role,
        time_zone="Europe/Copenhagen",
    )
    user.set_password(password)  # None makes one that fits nothing
    user.save()
    user.roles.add(role)
    return user


def _sales_role() -> Any:
    from creme.activities import get_activity_model
    from creme.emails import get_entityemail_model
    from creme.opportunities import get_opportunity_model
    from creme.tickets import get_ticket_model

    others = (get_activity_model(), get_entityemail_model(), get_opportunity_model(), get_ticket_model())
    models = [Contact, Organisation, *others]
    apps = ("persons", "activities", "assistants", "opportunities", "commercial", "emails", "tickets", "products")
    role = UserRole.objects.smart_create(
        name="Sælger", creatable_models=models, listable_models=models, exportable_models=models
    )
    role.allowed_apps = [*apps, "documents", "samspil_creme"]
    role.save()
    rights = EntityCredentials.VIEW | EntityCredentials.CHANGE | EntityCredentials.LINK | EntityCredentials.UNLINK
    SetCredentials.objects.create(role=role, value=rights, set_type=SetCredentials.ESET_ALL)
    return role


def _trainee_role() -> Any:
    role = UserRole.objects.smart_create(name="Elev", listable_models=[Contact, Organisation])
    role.allowed_apps = ["persons", "activities", "samspil_creme"]
    role.save()
    SetCredentials.objects.create(role=role, value=EntityCredentials.VIEW, set_type=SetCredentials.ESET_OWN)
    return role


def _reader_role() -> Any:
    role = UserRole.objects.smart_create(name="Rapportsystem")
    role.allowed_apps = ["persons", "activities", "assistants", "emails", "samspil_creme"]
    role.save()
    SetCredentials.objects.create(role=role, value=EntityCredentials.VIEW, set_type=SetCredentials.ESET_ALL)
    return role


def _distinct(rows: list[dict[str, str]], column: str) -> list[str]:
    return sorted({row[column] for row in rows if row[column]})


def _property(text: str, organisation: ContentType) -> Any:
    ptype = CremePropertyType.objects.create(text=text, is_custom=True)
    ptype.subject_ctypes.add(organisation)
    return ptype


def _segment(name: str, organisation: ContentType) -> Any:
    ptype = _property(MarketSegment.generate_property_text(name), organisation)
    return MarketSegment.objects.create(name=name, property_type=ptype)


def _status(order: int, name: str, is_closed: bool, uuid: str | None) -> Any:
    # Creme looks for "open" and "closed" by their uuids, so these two are renamed and not replaced.
    status = Status.objects.get(uuid=uuid) if uuid else Status()
    status.name, status.is_closed, status.order = name, is_closed, order
    status.save()
    return status


def _currencies() -> dict[str, Any]:
    for name, local, code in _CURRENCIES:
        Currency.objects.create(name=name, local_symbol=local, international_symbol=code, is_default=code == "DKK")
    return {currency.international_symbol: currency for currency in Currency.objects.all()}
