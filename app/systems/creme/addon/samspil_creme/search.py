"""Organisations and contacts by name, customer number, phone and e-mail, in one request."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from .http import Answer, Call, shown
from .persons import Contact, Organisation, addresses_of, employers, name_of, number_of, visible
from .text import clean, phone_pattern, tolerant_pattern

_MOST_WORDS = 6
_OWN_PAGE = 200


@dataclass(frozen=True)
class _Fields:
    """Where to look in one of Creme's models.

    Attributes:
        texts: Where each word may be.
        phones: Where a number may be, however it is spaced.
        name: What a likely hit begins with, and what hits are ordered by.
    """

    model: Any
    texts: tuple[str, ...]
    phones: tuple[str, ...]
    name: str


_COMPANIES = _Fields(Organisation, ("name", "code", "email"), ("phone",), "name")
_PEOPLE = _Fields(Contact, ("last_name", "first_name", "email"), ("phone", "mobile"), "last_name")


def search(call: Call) -> Answer:
    """``GET search?q=&limit=``: every word must be found somewhere; the likeliest come first."""
    text = call.query.text("q", most=200)
    limit = call.query.number("limit", default=20, least=1, most=100)
    words = text.split()[:_MOST_WORDS]
    if not words:
        return {"hits": []}
    companies = list(_matching(call.user, _COMPANIES, text, words)[:limit])
    people = list(_matching(call.user, _PEOPLE, text, words)[:limit])
    works_at = employers(call.user, [person.pk for person in people])
    hits = [
        *((company.likeness, 0, line) for company, line in zip(companies, companies_json(companies), strict=True)),
        *((person.likeness, 1, person_line(person, works_at.get(person.pk, []))) for person in people),
    ]
    hits.sort(key=lambda hit: (hit[0], hit[1], hit[2]["name"].casefold()))
    return {"hits": [hit for *_, hit in hits[:limit]]}


def by_number(call: Call) -> Answer:
    """``GET companies?number=``: all that hold exactly this number, also when that is wrongly several."""
    number = call.query.text("number", most=30, required=True)
    if not shown(Organisation, "code"):
        return {"companies": []}
    found = visible(call.user, Organisation.objects.filter(code=number))
    return {"companies": companies_json(list(found.order_by("name", "pk")[:50]))}


def own(call: Call) -> Answer:
    """``GET own-companies?after=``: those whose owner is the user or one of the user's teams, by id, in pages."""
    after = call.query.number("after", default=0, least=0, most=999_999_999)
    owners = [call.user.pk, *(team.pk for team in call.user.teams)]
    found = visible(call.user, Organisation.objects.filter(user__in=owners, pk__gt=after)).order_by("pk")
    companies = list(found[: _OWN_PAGE + 1])
    more = len(companies) > _OWN_PAGE
    companies = companies[:_OWN_PAGE]
    return {"companies": companies_json(companies), "next": str(companies[-1].pk) if more else None}


def companies_json(companies: list[Any]) -> list[dict[str, Any]]:
    """Return organisations as the lines of a list, with the city where each is met."""
    addresses = addresses_of(companies)
    return [
        {
            "kind": "company",
            "id": str(company.pk),
            "name": clean(company.name),
            "number": number_of(company),
            "city": next((clean(one.city) for one, _ in addresses[company.pk] if one.city), ""),
            "companies": [],
        }
        for company in companies
    ]


def person_line(person: Any, companies: list[Any]) -> dict[str, Any]:
    """Return a contact as a line of a list, with the organisations they work at."""
    return {
        "kind": "person",
        "id": str(person.pk),
        "name": name_of(person),
        "number": "",
        "city": "",
        "companies": [
            {"id": str(company.pk), "name": clean(company.name), "number": number_of(company)} for company in companies
        ],
    }


def _matching(user: Any, fields: _Fields, text: str, words: list[str]) -> QuerySet[Any]:
    """Return what matches with its likeness: 0 the very number, 1 begins so, 2 a word begins so, 3 holds it."""
    model, name = fields.model, fields.name
    texts = tuple(field for field in fields.texts if shown(model, field))
    phones = tuple(field for field in fields.phones if shown(model, field))
    by_words = reduce(and_, (_word(word, texts) for word in words))
    digits = phone_pattern(text)
    if digits is not None and phones:
        by_words |= reduce(or_, (Q(**{f"{field}__iregex": digits}) for field in phones))
    pattern = tolerant_pattern(words[0])
    ranks = [
        When(**{f"{name}__iregex": f"^{pattern}"}, then=Value(1)),
        # Not \b: PostgreSQL and MySQL write it otherwise.
        When(**{f"{name}__iregex": f"[ (./&-]{pattern}"}, then=Value(2)),
    ]
    if "code" in texts:
        ranks.insert(0, When(code__iexact=text, then=Value(0)))
    if "first_name" in texts:
        ranks.append(When(first_name__iregex=f"^{pattern}", then=Value(1)))
    return (
        visible(user, model.objects.filter(by_words))
        .annotate(likeness=Case(*ranks, default=Value(3), output_field=IntegerField()))
        .order_by("likeness", name, "pk")
    )


def _word(word: str, fields: tuple[str, ...]) -> Q:
    pattern = tolerant_pattern(word)
    return reduce(or_, (Q(**{f"{field}__iregex": pattern}) for field in fields))
