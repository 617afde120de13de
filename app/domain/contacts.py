"""Who is who and how to meet them, as the CRM knows it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.money import Money
from app.domain.parties import Address

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


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a company."""

    id: str
    name: str
    role: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category the company is in.

    Attributes:
        key: Which kind of category it is (``sector``), opaque to the window except for asking for its choices.
        label: The CRM's name for that kind, in the user's language.
        value_id: The chosen value's key, or empty.
        value: The chosen value's words, or empty.
        can_set: This user may choose another value.
    """

    key: str
    label: str
    value_id: str = ""
    value: str = ""
    can_set: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """The contact card of a company.

    Attributes:
        number: The customer number that links the systems; empty where the CRM holds none.
        address: Where to meet them. Never an address to deliver to or to invoice.
        tags: Further words the CRM puts on it (segments, properties).
        version: Opaque; sent along with a change so that a stale one is told.
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
        at: When it took place, aware.
    """

    token: str
    company_id: str
    kind: TouchKind
    at: datetime
    subject: str
    text: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class SalesProcess:
    """A sale under way (an opportunity), in the CRM's own words and figures."""

    id: str
    name: str
    stage: str
    amount: Money | None = None
    closes: date | None = None
    is_open: bool = True


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
