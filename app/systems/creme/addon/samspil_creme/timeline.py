"""What took place with a company: activities, memos and e-mails in one list, newest first, page by page."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from . import touch_points
from .errors import Invalid
from .http import Answer, Call
from .persons import circle, get_company
from .text import tolerant_pattern

KINDS = frozenset({"call", "meeting", "task", "note", "email", "other"})
_MOST_WORDS = 6

# Where an entry comes from, in the order in which entries of the same instant stand.
_Source = tuple[str, Callable[[Any, Sequence[int], frozenset[str]], QuerySet[Any]], tuple[str, ...]]
_SOURCES: tuple[_Source, ...] = (
    ("activities", touch_points.activities, ("title", "description", "minutes", "place")),
    ("assistants", touch_points.memos, ("content",)),
    ("emails", touch_points.emails, ("subject", "body")),
)


def timeline(call: Call, company_id: int) -> Answer:
    """``GET companies/<id>/timeline?kinds=&q=&after=&limit=``.

    ``next`` is the cursor of the following page, or null. A cursor names the last entry seen, not a number of
    entries, so what is logged meanwhile neither hides nor repeats anything.
    """
    kinds = call.query.words("kinds", KINDS) or KINDS
    words = call.query.text("q", most=200).split()[:_MOST_WORDS]
    limit = call.query.number("limit", default=30, least=1, most=100)
    after = _read_cursor(call.query.text("after", most=200))
    around = circle(call.user, get_company(call.user, company_id))
    found: list[tuple[datetime, int, int, Any]] = []
    for rank, (app, source, fields) in enumerate(_SOURCES):
        # Creme's own bricks ask for the same right to the app before they show any of it.
        if not apps.is_installed(f"creme.{app}") or not call.user.has_perm_to_access(app):
            continue
        entries = source(call.user, around, kinds)
        for word in words:
            pattern = tolerant_pattern(word)
            any_field = Q()
            for field in fields:
                any_field |= Q(**{f"{field}__iregex": pattern})
            entries = entries.filter(any_field)
        if after is not None:
            entries = entries.filter(_before(after, rank))
        found += [(one.at, -rank, one.pk, one) for one in entries.order_by("-at", "-pk")[: limit + 1]]
    found.sort(key=lambda entry: entry[:3], reverse=True)
    page = found[:limit]
    more = len(found) > limit
    return {
        "entries": touch_points.as_json(call.user, [one for *_, one in page]),
        "next": _cursor(page[-1][0], -page[-1][1], page[-1][2]) if more else None,
    }


def _before(after: tuple[datetime, int, int], rank: int) -> Q:
    """Return what of the source with this rank comes after the cursor's entry, which is: is older."""
    at, cursor_rank, pk = after
    if rank > cursor_rank:
        return Q(at__lte=at)
    if rank == cursor_rank:
        return Q(at__lt=at) | Q(at=at, pk__lt=pk)
    return Q(at__lt=at)


def _cursor(at: datetime, rank: int, pk: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), rank, pk]).encode()).decode()


def _read_cursor(text: str) -> tuple[datetime, int, int] | None:
    if not text:
        return None
    try:
        at, rank, pk = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
        return localtime(datetime.fromisoformat(at)), int(rank), int(pk)
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise Invalid.field("after", "This is no cursor of ours.") from None
