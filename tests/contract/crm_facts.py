"""What the contract's tests need to know of a CRM, and their common steps."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import uuid4

import pytest

from app.domain.contact_changes import CategoryChange, new_token
from app.domain.contacts import Company, NewTouchPoint, TouchKind
from app.domain.names import Name, NameKind
from app.domain.parties import Choice
from app.ports.capability import Capability
from app.ports.crm import CrmSystem

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@dataclass(frozen=True)
class CrmFacts:
    """What is known to be in the CRM.

    Attributes:
        name: A company's name, of more than one word.
        number: Its customer number, which no other company holds.
        city: Where it is met.
        phone: Its phone number, as the CRM writes it.
        person: Somebody who works there.
        spellings: Other spellings of a name, each with the company that must be found by it.
        shared_number: Held by more than one company.
        busy_number: A company with more than five touch points of more than one kind.
        word: Is in some of its touch points and not in others.
        selling_number, complaining_number, targeted_number: Companies with sales, cases, campaigns.
        own_number, anothers_number: A company that is the user's own, and one that is somebody else's.
        category: The key of a category with several choices, that the company of `number` has a value in.
    """

    name: str
    number: str
    city: str
    phone: str
    person: str
    spellings: dict[str, str]
    shared_number: str
    busy_number: str
    word: str
    selling_number: str
    complaining_number: str
    targeted_number: str
    own_number: str
    anothers_number: str
    category: str


class Reach(Protocol):
    """How to reach the CRM."""

    def system(self, *, transport: Any = None, url: str = "") -> CrmSystem:
        """A system that is not signed in; `url` for another place than the real one."""

    def password(self) -> str:
        """The right one."""


def needs(crm: CrmSystem, capability: Capability) -> None:
    """Skip a test of what this CRM does not claim to do."""
    if capability not in crm.capabilities:
        pytest.skip(f"this CRM has no {capability.value}")


def card(crm: CrmSystem, number: str, run: Run) -> Company:
    """The card of the only company with this number."""
    (hit,) = run(crm.companies_by_number(number))
    found: Company = run(crm.company(hit.id))
    return found


def every_name(crm: CrmSystem, run: Run) -> list[Name]:
    """All names, of as many pages as there are."""
    names: list[Name] = []
    after: str | None = ""
    while after is not None:
        page = run(crm.names(after))
        assert len({name.kind is NameKind.PERSON for name in page.items}) <= 1, "a page has one kind of name"
        names += page.items
        after = page.next
    return names


def a_call(company: Company) -> NewTouchPoint:
    """A call that was never logged before. In UTC and whole seconds: a CRM may keep no more."""
    return NewTouchPoint(
        token=uuid4().hex,
        company_id=company.id,
        kind=TouchKind.CALL,
        at=datetime.now(UTC).replace(microsecond=0),
        subject=f"Ringede om blåbærgrød {uuid4().hex[:8]}",
        text="Første linje\nAnden linje: æøå ÆØÅ é 🦉",
    )


def value_of(company: Company, key: str) -> str:
    """The id of the category's only value, or empty."""
    (*_, value) = ("", *next(category.value_ids for category in company.categories if category.key == key))
    return value


def choosing(company: Company, key: str, *values: str) -> CategoryChange:
    """A wish for these values of a category, by somebody who sees ``company``."""
    was = next((category.value_ids for category in company.categories if category.key == key), ())
    return CategoryChange(new_token(), company.id, key, tuple(Choice(value, "") for value in values), was)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value of the domain."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))
