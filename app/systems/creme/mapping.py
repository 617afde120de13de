"""Creme's words to ours. What comes in is taken for hostile: cleaned, checked, and never trusted to be there."""

from collections.abc import Iterable

from app.domain.contacts import (
    Campaign,
    Category,
    Company,
    ContactField,
    ContactHit,
    ContactKind,
    Outcome,
    Page,
    Person,
    SalesProcess,
    SalesStage,
    SupportCase,
    Task,
    TouchKind,
    TouchPoint,
)
from app.domain.money import Money
from app.domain.names import Name, NameKind
from app.domain.parties import Address, Choice
from app.domain.text import clean, one_line
from app.ports.capability import Capability
from app.ports.connection import Identity
from app.systems.creme import wire
from app.systems.creme.faults import malformed

_CAPABILITIES = {
    "names": Capability.NAMES,
    "own_companies": Capability.OWN_COMPANIES,
    "timeline": Capability.TIMELINE,
    "sales": Capability.SALES,
    "cases": Capability.CASES,
    "campaigns": Capability.CAMPAIGNS,
    "tasks": Capability.TASKS,
    "log_note": Capability.LOG_NOTE,
    "log_email": Capability.LOG_EMAIL,
    "set_stage": Capability.SET_STAGE,
    "set_category": Capability.SET_CATEGORY,
    "set_number": Capability.SET_NUMBER,
    "correct": Capability.CORRECT,
    "add_person": Capability.ADD_PERSON,
}


def capabilities(words: Iterable[str]) -> frozenset[Capability]:
    """What the add-on says it can do for this user; words we do not know are a newer add-on's."""
    known = frozenset(words)
    found = {_CAPABILITIES[word] for word in known & _CAPABILITIES.keys()}
    if "log_activity" in known:
        # To Creme a task is an activity, as a call and a meeting are.
        found |= {Capability.LOG_TOUCH_POINT, Capability.ADD_TASK}
    return frozenset(found)


def identity(who: wire.WhoAmI, token: str) -> Identity:
    """Who is signed in, with the token to keep."""
    name = one_line(who.user.name) or one_line(who.user.username)
    return Identity(user=name, system_version=f"Creme {one_line(who.creme_version)}".strip(), renewal=token)


def hit(found: wire.Hit) -> ContactHit:
    """A line of a search. A person leads to the first company they work at, and brings its number along."""
    if found.kind == "company":
        return ContactHit(
            id=found.id,
            kind=ContactKind.COMPANY,
            name=one_line(found.name),
            company_id=found.id,
            number=one_line(found.number),
            detail=one_line(found.city),
        )
    if found.kind != "person":
        raise malformed("a hit is neither a company nor a person")
    works_at = found.companies[0] if found.companies else None
    return ContactHit(
        id=found.id,
        kind=ContactKind.PERSON,
        name=one_line(found.name),
        company_id=works_at.id if works_at else "",
        number=one_line(works_at.number) if works_at else "",
        detail=", ".join(one_line(company.name) for company in found.companies),
    )


def names(found: wire.Names) -> Page[Name]:
    """A page of names."""
    return Page(items=tuple(_name(one) for one in found.names), next=found.next or None)


def _name(found: wire.KnownName) -> Name:
    line = hit(found)
    by = tuple(text for text in (one_line(each) for each in (found.phone, found.mobile, found.email)) if text)
    if line.kind is ContactKind.PERSON:
        return Name(NameKind.PERSON, line.id, line.name, line.number, line.detail, line.company_id, by)
    vat_number = one_line(found.vat_number)
    return Name(NameKind.COMPANY, line.id, line.name, line.number, line.detail, "", by, vat_number)


def company(card: wire.Card) -> Company:
    """A card. The add-on puts the address to meet at first; its others are for the ERP to know."""
    return Company(
        id=card.id,
        name=one_line(card.name),
        number=one_line(card.number),
        address=_address(card.addresses[0]) if card.addresses else None,
        phone=one_line(card.phone),
        email=one_line(card.email),
        website=one_line(card.website),
        categories=tuple(_category(one) for one in card.categories),
        tags=tuple(filter(None, (one_line(tag) for tag in card.tags))),
        people=tuple(_person(one) for one in card.people),
        can_set=_corrigible(card.corrigible),
        can_add_people=card.can_add_people,
        version=clean(card.version),
        vat_number=one_line(card.vat_number),
    )


def choice(value: wire.Value) -> Choice:
    """A value that a category can have."""
    return Choice(id=value.id, label=one_line(value.label))


def page(timeline: wire.Timeline) -> Page[TouchPoint]:
    """A page of touch points."""
    return Page(items=tuple(touch_point(entry) for entry in timeline.entries), next=timeline.next or None)


def touch_point(entry: wire.Entry) -> TouchPoint:
    """A touch point; a kind we do not know is another kind, and one without a title goes by its kind's name."""
    try:
        kind = TouchKind(entry.kind)
    except ValueError:
        kind = TouchKind.OTHER
    return TouchPoint(
        id=one_line(entry.id),
        kind=kind,
        at=entry.at,
        subject=one_line(entry.title) or one_line(entry.label),
        text=clean(entry.text).strip(),
        people=tuple(filter(None, (one_line(person.name) for person in entry.people))),
        author=one_line(entry.author),
    )


def sale(found: wire.Sale) -> SalesProcess:
    """An opportunity."""
    amount = None
    if found.amount is not None:
        if not found.amount.is_finite():
            raise malformed("the amount of a sale is no finite number")
        amount = Money(found.amount, one_line(found.currency))
    return SalesProcess(
        id=found.id,
        name=one_line(found.name),
        stage=one_line(found.stage),
        amount=amount,
        closes=found.closes,
        is_open=found.state == "open",
        stage_id=found.stage_id,
        outcome=_outcome(found.state),
        reference=one_line(found.reference),
        version=clean(found.version),
        can_change=found.can_change,
    )


def stage(found: wire.Stage) -> SalesStage:
    """A sales phase."""
    return SalesStage(id=found.id, name=one_line(found.name), outcome=_outcome(found.state))


def _outcome(state: str) -> Outcome:
    try:
        return Outcome(state)
    except ValueError:
        raise malformed("a sale is neither open nor won nor lost") from None


def task(found: wire.Job) -> Task:
    """An activity of the type task."""
    return Task(
        id=found.id,
        title=one_line(found.title),
        due=found.due,
        text=clean(found.text).strip(),
        status=one_line(found.status),
        people=tuple(filter(None, (one_line(person.name) for person in found.people))),
        owner=one_line(found.owner),
        is_open=found.is_open,
        version=clean(found.version),
        can_change=found.can_change,
    )


def case(found: wire.Case) -> SupportCase:
    """A ticket; one without a title goes by its number."""
    return SupportCase(
        id=found.id,
        title=one_line(found.title) or f"#{one_line(found.number)}",
        status=one_line(found.status),
        priority=one_line(found.priority),
        opened=found.opened,
        is_open=found.is_open,
    )


def campaign(found: wire.OneCampaign) -> Campaign:
    """A mailing or a commercial action."""
    return Campaign(id=one_line(found.id), name=one_line(found.name), kind=one_line(found.label), sent=found.at)


def _category(found: wire.Classified) -> Category:
    return Category(
        key=found.key,
        label=one_line(found.label),
        values=tuple(choice(value) for value in found.values),
        can_set=found.can_set,
        several=found.several,
    )


def _person(found: wire.Somebody) -> Person:
    return Person(
        id=found.id,
        name=one_line(found.name),
        role=one_line(found.role),
        phone=one_line(found.phone),
        mobile=one_line(found.mobile),
        email=one_line(found.email),
        first_name=one_line(found.first_name),
        last_name=one_line(found.last_name),
        can_set=_corrigible(found.corrigible),
    )


def _corrigible(names: Iterable[str]) -> frozenset[ContactField]:
    """The fields that we know of those that the add-on can correct."""
    known = {field.value: field for field in ContactField}
    return frozenset(known[name] for name in names if name in known)


def _address(place: wire.Place) -> Address:
    return Address(
        id=place.id,
        name=one_line(place.name),
        street=clean(place.street).strip(),
        postal_code=one_line(place.postal_code),
        city=one_line(place.city),
        # Free text in Creme. Mostly a code already; where it is not, the CRM's own words are better than none.
        country=one_line(place.country),
    )
