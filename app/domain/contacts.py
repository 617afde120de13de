"""Who is who and how to meet them, as the CRM knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.money import Money
from app.domain.parties import Address, Choice

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a longer list.

    Attributes:
        next: Opaque; asks for the following page. None at the end.
    """

    items: tuple[T, ...]
    next: str | None = None


class ContactKind(StrEnum):
    """What a search of the CRM found."""

    COMPANY = "company"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class ContactHit:
    """A company or a person found by a search.

    Attributes:
        id: The CRM's own key, opaque here.
        company_id: The company of a person; the id itself for a company; empty where a person has none.
        number: The customer number the CRM holds, or empty.
        detail: One line that tells it from others of the same name (the city, the person's company).
    """

    id: str
    kind: ContactKind
    name: str
    company_id: str
    number: str = ""
    detail: str = ""


class ContactField(StrEnum):
    """What can be corrected of a company or a person; the company has only a phone number and an e-mail address."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ROLE = "role"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a company.

    Attributes:
        name: First and last name as the CRM joins them.
        can_set: The fields that this user may correct.
    """

    id: str
    name: str
    role: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    can_set: frozenset[ContactField] = frozenset()


@dataclass(frozen=True, slots=True)
class Category:
    """A category the company is in.

    Attributes:
        key: Which kind of category it is (``sector``), opaque to the window except for asking for its choices.
        label: The CRM's name for that kind, in the user's language.
        values: Those that it has, with their words; one at the most unless it is ``several``.
        can_set: This user may choose others.
    """

    key: str
    label: str
    values: tuple[Choice, ...] = ()
    can_set: bool = False
    several: bool = False

    @property
    def value_ids(self) -> tuple[str, ...]:
        """The keys of its values."""
        return tuple(value.id for value in self.values)

    @property
    def value(self) -> str:
        """The words of its values in one line, or empty."""
        return ", ".join(value.label for value in self.values)


@dataclass(frozen=True, slots=True)
class Company:
    """The contact card of a company.

    Attributes:
        number: The customer number that links the systems; empty where the CRM holds none.
        address: Where to meet them. Never an address to deliver to or to invoice.
        tags: Further words the CRM puts on it (properties that are no category).
        can_set: The fields of its own that this user may correct.
        can_add_people: This user may add somebody to it.
        version: Opaque; sent along with a change so that a stale one is told.
        vat_number: As the CRM writes it, or empty.
    """

    id: str
    name: str
    number: str = ""
    address: Address | None = None
    phone: str = ""
    email: str = ""
    website: str = ""
    categories: tuple[Category, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    version: str = ""
    vat_number: str = ""
    can_set: frozenset[ContactField] = frozenset()
    can_add_people: bool = False


class TouchKind(StrEnum):
    """The kinds of touch points."""

    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    NOTE = "note"
    TASK = "task"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TouchPoint:
    """Correspondence, a meeting, a call or a note.

    Attributes:
        at: When it took place, aware.
        people: The names of those who took part, the CRM's users not among them.
        author: Who logged it.
    """

    id: str
    kind: TouchKind
    at: datetime
    subject: str
    text: str = ""
    people: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True, slots=True)
class NewTouchPoint:
    """A touch point to log.

    Attributes:
        token: Made once for what the user typed; the CRM takes the same token only once.
        person_id: Whom it was with, or empty.
        at: When it took place, aware. Of no use in a task.
        due: The day that a task is to be done by; None leaves it open.
        is_incoming: They have called or written, and not we.
    """

    token: str
    company_id: str
    kind: TouchKind
    at: datetime
    subject: str
    text: str = ""
    person_id: str = ""
    due: date | None = None
    is_incoming: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is still to be done with a company.

    Attributes:
        due: The day it is to be done by, in the user's own time zone.
        status: The CRM's own words.
        owner: Whose it is.
        version: Opaque; sent along with a change so that a stale one is told.
        can_change: This user may tick it off.
    """

    id: str
    title: str
    due: date | None = None
    text: str = ""
    status: str = ""
    people: tuple[str, ...] = ()
    owner: str = ""
    is_open: bool = True
    version: str = ""
    can_change: bool = False


class Outcome(StrEnum):
    """How a sale ends in a stage, or that it does not."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class SalesStage:
    """A stage that a sale can be in."""

    id: str
    name: str
    outcome: Outcome = Outcome.OPEN


@dataclass(frozen=True, slots=True)
class SalesProcess:
    """A sale under way (an opportunity), in the CRM's own words and figures.

    Attributes:
        stage_id: Among the CRM's stages.
        reference: The CRM's own reference for it, or empty.
        version: Opaque; sent along with a change so that a stale one is told.
        can_change: This user may put it into another stage.
    """

    id: str
    name: str
    stage: str
    amount: Money | None = None
    closes: date | None = None
    is_open: bool = True
    stage_id: str = ""
    outcome: Outcome = Outcome.OPEN
    reference: str = ""
    version: str = ""
    can_change: bool = False


def next_stage(stages: Sequence[SalesStage], stage_id: str) -> SalesStage | None:
    """The stage that comes next in the CRM's order, or None where this one ends a sale or none follows.

    A lost sale has not come further, so that is nobody's next stage.
    """
    places = {stage.id: place for place, stage in enumerate(stages)}
    place = places.get(stage_id)
    if place is None or stages[place].outcome is not Outcome.OPEN:
        return None
    return next((stage for stage in stages[place + 1 :] if stage.outcome is not Outcome.LOST), None)


@dataclass(frozen=True, slots=True)
class SupportCase:
    """A support case (a ticket)."""

    id: str
    title: str
    status: str
    priority: str = ""
    opened: datetime | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign that the company or somebody in it is part of."""

    id: str
    name: str
    kind: str = ""
    sent: date | None = None
