"""What the add-on answers, as msgspec decodes it: README.md in ``addon/`` says what each means.

Fields we do not know are ignored, so that a newer add-on does no harm; a field of the wrong type or a missing id is
an answer we do not understand. Texts are cleaned in `mapping`.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

# Ids become a part of addresses, so they are taken as nothing but digits.
Id = Annotated[str, Meta(pattern=r"^[0-9]{1,18}\Z")]
Key = Annotated[str, Meta(pattern=r"^[a-z_]{1,40}\Z")]
Moment = Annotated[datetime, Meta(tz=True)]


class Problem(Struct, frozen=True):
    """An error of the add-on's: its code, a sentence, and words for each field."""

    code: str
    message: str = ""
    fields: dict[str, list[str]] = {}


class ProblemAnswer(Struct, frozen=True):
    """The body of an answer that is an error."""

    error: Problem


class User(Struct, frozen=True):
    """Who is signed in."""

    username: str
    name: str = ""


class WhoAmI(Struct, frozen=True):
    """The answer to signing in, which has the token, and to asking who one is, which has not."""

    user: User
    capabilities: list[str] = []
    creme_version: str = ""
    addon_version: str = ""
    token: str = ""


class HitCompany(Struct, frozen=True):
    """Where a person works."""

    id: Id
    name: str
    number: str = ""


class Hit(Struct, frozen=True):
    """A line of a list of companies and people."""

    kind: str
    id: Id
    name: str
    number: str = ""
    city: str = ""
    companies: list[HitCompany] = []


class Hits(Struct, frozen=True):
    """What a search found."""

    hits: list[Hit]


class Companies(Struct, frozen=True):
    """The companies that hold a number."""

    companies: list[Hit]


class KnownName(Hit, frozen=True):
    """A line of the list of all companies and people."""

    phone: str = ""
    mobile: str = ""
    email: str = ""
    vat_number: str = ""


class Names(Struct, frozen=True):
    """A page of all names: companies first, and then people."""

    names: list[KnownName]
    next: str | None = None


class OwnCompanies(Struct, frozen=True):
    """A page of the companies whose owner the user is."""

    companies: list[Hit]
    next: str | None = None


class Place(Struct, frozen=True):
    """An address; the first of a company is the one to meet at."""

    id: Id
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""


class Value(Struct, frozen=True):
    """A value of a category, or one that it can have."""

    id: Id
    label: str = ""


class Choices(Struct, frozen=True):
    """The values that a category can have."""

    choices: list[Value]


class Classified(Struct, frozen=True):
    """A category that the company is in; most hold one value at the most."""

    key: Key
    label: str = ""
    values: list[Value] = []
    can_set: bool = False
    several: bool = False


class Somebody(Struct, frozen=True):
    """A person at the company."""

    id: Id
    name: str
    role: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    corrigible: list[str] = []


class Card(Struct, frozen=True):
    """A company's card."""

    id: Id
    name: str
    number: str = ""
    version: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    vat_number: str = ""
    addresses: list[Place] = []
    categories: list[Classified] = []
    tags: list[str] = []
    people: list[Somebody] = []
    corrigible: list[str] = []
    can_add_people: bool = False


class CardAnswer(Struct, frozen=True):
    """The answer to a question for a card, and to a change of it."""

    company: Card


class Participant(Struct, frozen=True):
    """Somebody who took part in a touch point."""

    name: str


class Entry(Struct, frozen=True):
    """A touch point."""

    id: str
    kind: str
    at: Moment
    title: str = ""
    text: str = ""
    label: str = ""
    author: str = ""
    people: list[Participant] = []


class Timeline(Struct, frozen=True):
    """A page of touch points, newest first."""

    entries: list[Entry]
    next: str | None = None


class EntryAnswer(Struct, frozen=True):
    """The answer to logging: what is there now, made by this request or by an earlier one with the same key."""

    entry: Entry


class Sale(Struct, frozen=True):
    """An opportunity; the amount is in whole units of the currency."""

    id: Id
    name: str
    stage: str = ""
    state: str = "open"
    amount: Decimal | None = None
    currency: str = ""
    closes: date | None = None
    stage_id: str = ""
    reference: str = ""
    version: str = ""
    can_change: bool = False


class SaleAnswer(Struct, frozen=True):
    """The answer to a change of a sale."""

    sale: Sale


class Stage(Struct, frozen=True):
    """A stage that a sale can be in: ``open``, or it ends it as ``won`` or ``lost``."""

    id: Id
    name: str
    state: str = "open"


class Stages(Struct, frozen=True):
    """All stages, in their order."""

    stages: list[Stage]


class Job(Struct, frozen=True):
    """A task; ``due`` is a day in the user's own time zone."""

    id: Id
    title: str = ""
    due: date | None = None
    text: str = ""
    status: str = ""
    owner: str = ""
    people: list[Participant] = []
    is_open: bool = True
    version: str = ""
    can_change: bool = False


class Jobs(Struct, frozen=True):
    """A company's open tasks."""

    tasks: list[Job]


class JobAnswer(Struct, frozen=True):
    """The answer to a change of a task."""

    task: Job


class Sales(Struct, frozen=True):
    """A company's opportunities."""

    sales: list[Sale]


class Case(Struct, frozen=True):
    """A ticket."""

    id: Id
    title: str = ""
    number: str = ""
    status: str = ""
    priority: str = ""
    opened: Moment | None = None
    is_open: bool = True


class Cases(Struct, frozen=True):
    """A company's tickets."""

    cases: list[Case]


class OneCampaign(Struct, frozen=True):
    """A mailing or a commercial action."""

    id: str
    name: str
    label: str = ""
    at: date | None = None


class Campaigns(Struct, frozen=True):
    """The campaigns that a company is in."""

    campaigns: list[OneCampaign]


class Nothing(Struct, frozen=True):
    """An answer that says only that it was done."""
