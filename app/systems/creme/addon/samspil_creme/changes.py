"""What has changed since, page by page in the order of the changes: for a warehouse that follows this Creme.

Numbers, kinds and days alone: no title, no text, and nobody's name. Each answer also has how many there are in all, so
that who follows sees that something is gone: what is deleted is in no page.
"""

import base64
import binascii
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from creme.creme_core.models import Relation
from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localtime

from . import touch_points
from .errors import Invalid
from .http import Answer, Call
from .persons import Contact, Organisation, employers, number_of, visible

_PAGE = 500
_Place = tuple[datetime, int, int]
# Each with the field that says when it was last changed.
_Source = tuple[str, QuerySet[Any]]


def companies(call: Call) -> Answer:
    """``GET changes/companies?since=&after=``: the organisations with their numbers."""
    sources = [("company", visible(call.user, Organisation.objects.annotate(changed=F("modified"))))]
    page, answer = _page(call, sources)
    found = [{"id": str(one.pk), "number": number_of(one), "changed": one.changed.isoformat()} for _, one in page]
    return {"companies": found, **answer}


def activity(call: Call) -> Answer:
    """``GET changes/touch-points?since=&after=``: activities, memos and e-mails, with the organisations they are with.

    These are the ones in whose timelines each of them is: by itself or by its people.
    """
    page, answer = _page(call, list(_sources(call.user)))
    tied = _tied(page)
    around = _companies_of(call.user, {key for keys in tied.values() for key in keys})
    found = [
        {
            "id": f"{name}-{one.pk}",
            "kind": touch_points.kind_of(one),
            "day": localtime(one.at).date().isoformat(),
            "changed": one.changed.isoformat(),
            "companies": sorted({str(company) for key in tied[name, one.pk] for company in around[key]}),
        }
        for name, one in page
    ]
    return {"touch_points": found, **answer}


def _sources(user: Any) -> Iterator[_Source]:
    """Yield all that the timelines of this user are made of."""
    for app, name, every, changed in (
        ("activities", "activity", touch_points.every_activity, "modified"),
        ("assistants", "memo", touch_points.every_memo, "modification_date"),
        ("emails", "email", touch_points.every_email, "modified"),
    ):
        if apps.is_installed(f"creme.{app}") and user.has_perm_to_access(app):
            yield name, every(user).annotate(changed=F(changed))


def _page(call: Call, sources: list[_Source]) -> tuple[list[tuple[str, Any]], dict[str, Any]]:
    """Return the entries after the place that the client named, or from the instant on, with the place where they end.

    ``next`` is that place, also of the last page: where the client goes on when more has changed. Null where there is
    nothing and the client named none.
    """
    after = _read_place(call.query.text("after", most=200))
    since = call.query.moment("since")
    found: list[tuple[datetime, int, int, str, Any]] = []
    for rank, (name, entries) in enumerate(sources):
        which = Q()
        if after is not None:
            which = _beyond(after, rank)
        elif since is not None:
            which = Q(changed__gte=since)
        rows = entries.filter(which).order_by("changed", "pk")[: _PAGE + 1]
        found += [(one.changed, rank, one.pk, name, one) for one in rows]
    found.sort(key=lambda entry: entry[:3])
    page = found[:_PAGE]
    place = _place(*page[-1][:3]) if page else call.query.text("after", most=200) or None
    total = sum(entries.count() for _, entries in sources)
    return [(name, one) for *_, name, one in page], {"next": place, "more": len(found) > _PAGE, "total": total}


def _tied(page: list[tuple[str, Any]]) -> dict[tuple[str, int], set[int]]:
    """Return what each entry hangs on: organisations and contacts, by id."""
    tied: dict[tuple[str, int], set[int]] = defaultdict(set)
    names = {one.pk: name for name, one in page if name != "memo"}
    relations = Relation.objects.filter(subject_entity__in=names, type__in=touch_points.EVERY_LINK)
    for entry, key in relations.values_list("subject_entity_id", "object_entity_id"):
        tied[names[entry], entry].add(key)
    for name, one in page:
        if name == "memo":
            tied[name, one.pk].add(one.entity_id)
    return tied


def _companies_of(user: Any, keys: Iterable[int]) -> dict[int, set[int]]:
    """Return the visible organisations that each of these is, or works at where it is a visible contact."""
    keys = list(keys)
    around: dict[int, set[int]] = defaultdict(set)
    for company in visible(user, Organisation.objects.filter(pk__in=keys)).values_list("pk", flat=True):
        around[company].add(company)
    people = list(visible(user, Contact.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    for person, works_at in employers(user, people).items():
        around[person].update(company.pk for company in works_at)
    return around


def _beyond(after: _Place, rank: int) -> Q:
    changed, last_rank, pk = after
    if rank > last_rank:
        return Q(changed__gte=changed)
    if rank == last_rank:
        return Q(changed__gt=changed) | Q(changed=changed, pk__gt=pk)
    return Q(changed__gt=changed)


def _place(changed: datetime, rank: int, pk: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([changed.isoformat(), rank, pk]).encode()).decode()


def _read_place(text: str) -> _Place | None:
    if not text:
        return None
    try:
        changed, rank, pk = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
        return localtime(datetime.fromisoformat(changed)), int(rank), int(pk)
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise Invalid.field("after", "This is no place of ours.") from None
