"""All names and numbers, page by page, to be found on the user's own computer as they type."""

from typing import Any

from .errors import Invalid
from .http import Answer, Call, shown
from .persons import Contact, Organisation, employers, name_of, visible
from .search import companies_json, person_line
from .text import clean

_PAGE = 250
"""About 60 KB, so that reading them never holds up the client's window."""
_COMPANIES, _PEOPLE = "c", "p"


def names(call: Call) -> Answer:
    """``GET names?after=``: the organisations by id and then the contacts, from the one that ``next`` named.

    At most six queries a page, however many there are.
    """
    kind, last = _place(call.query.text("after", most=20))
    model = Organisation if kind == _COMPANIES else Contact
    # One more than a page holds tells whether there are more of them.
    found = list(visible(call.user, model.objects.filter(pk__gt=last)).order_by("pk")[: _PAGE + 1])
    page = found[:_PAGE]
    following: str | None = f"{kind}{page[-1].pk}" if len(found) > _PAGE else None
    if following is None and kind == _COMPANIES:
        following = f"{_PEOPLE}0"
    return {"names": _companies(page) if kind == _COMPANIES else _people(call.user, page), "next": following}


def _companies(page: list[Any]) -> list[dict[str, Any]]:
    fields = [(key, name) for key, name in (("phone", "phone"), ("email", "email")) if shown(Organisation, name)]
    has_vat = shown(Organisation, "tvaintra")
    return [
        {
            **line,
            **{key: clean(getattr(company, name)) for key, name in fields},
            "vat_number": clean(company.tvaintra) if has_vat else "",
        }
        for company, line in zip(page, companies_json(page), strict=True)
    ]


def _people(user: Any, page: list[Any]) -> list[dict[str, Any]]:
    fields = [name for name in ("phone", "mobile", "email") if shown(Contact, name)]
    works_at = employers(user, [person.pk for person in page])
    return [
        {
            **person_line(person, works_at.get(person.pk, [])),
            **{name: clean(getattr(person, name)) for name in fields},
        }
        for person in page
        if name_of(person)
    ]


def _place(after: str) -> tuple[str, int]:
    if not after:
        return _COMPANIES, 0
    kind, last = after[:1], after[1:]
    if kind not in (_COMPANIES, _PEOPLE) or not (last.isascii() and last.isdigit() and len(last) <= 9):
        raise Invalid.field("after", "This is not where a page ended.")
    return kind, int(last)
