"""Logging what took place, as Creme's own forms would: same rights, same checks, same history."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from creme.activities import constants as act
from creme.activities import get_activity_model
from creme.activities.models import ActivitySubType, Calendar, Status
from creme.activities.utils import check_activity_collisions
from creme.creme_core.core.workflow import run_workflow_engine
from creme.creme_core.models import Relation
from django.db.models import F
from django.utils.timezone import localtime, make_aware, now

from . import mails, touch_points
from .checks import check_new
from .errors import Invalid, NotFound
from .http import Answer, Call, need
from .persons import Contact, get_company
from .receipts import once

Activity = get_activity_model()

_SUBTYPES = {
    ("call", "in"): act.UUID_SUBTYPE_PHONECALL_INCOMING,
    ("call", "out"): act.UUID_SUBTYPE_PHONECALL_OUTGOING,
    ("meeting", ""): act.UUID_SUBTYPE_MEETING_MEETING,
}
_TYPES = {"call": act.UUID_TYPE_PHONECALL, "meeting": act.UUID_TYPE_MEETING, "task": act.UUID_TYPE_TASK}
_KINDS = frozenset({*_TYPES, "note", "email"})
_WITH_DIRECTION = frozenset({"call", "email"})
_MOST_TEXT = 20_000
_NAMES = {
    "minutes": "text",
    "description": "text",
    "content": "text",
    "body": "text",
    "subject": "title",
    "start": "at",
    "end": "minutes",
}


def log(call: Call, company_id: int) -> Answer:
    """``POST companies/<id>/touch-points``, exactly once for each ``key``.

    The body: ``key``; ``kind`` (call, meeting, task, note, email); ``direction`` of a call or an e-mail (out, in; out
    when missing); ``title``; ``text``; ``at`` (ISO 8601 with offset, now when missing); ``minutes``, how long (the
    type's own when missing); ``people``, ids of contacts. A note takes title and text alone: Creme's memos know no
    more. A task takes ``due`` (a day, in the user's own time zone) instead of ``at``, or neither.
    """
    return once(call, f"log {company_id}", partial(_log, call, company_id))


def _log(call: Call, company_id: int) -> Answer:
    kind = call.body.text("kind", most=20, required=True)
    if kind not in _KINDS:
        raise Invalid.field("kind", f"Not known here: {kind}.")
    direction = call.body.text("direction", most=10)
    if direction not in ("", "in", "out") or (direction and kind not in _WITH_DIRECTION):
        raise Invalid.field("direction", "Only a call and an e-mail have one: in or out.")
    with run_workflow_engine(user=call.user):
        company = get_company(call.user, company_id)
        match kind:
            case "note":
                row = _memo(call, company)
            case "email":
                row = mails.log(call, company, _people(call), is_incoming=direction == "in", check=_check)
            case _:
                row = _activity(call, company, kind)
    (entry,) = touch_points.as_json(call.user, [row])
    return {"entry": entry}


def _memo(call: Call, company: Any) -> Any:
    """Write a memo on the organisation; Creme asks for the right to change what a memo is put on."""
    need("assistants")
    from creme.assistants.models import Memo

    call.user.has_perm_to_access_or_die("assistants")
    call.user.has_perm_to_change_or_die(company)
    parts = (call.body.text("title", most=200), call.body.text("text", most=_MOST_TEXT))
    memo = Memo(user=call.user, content="\n".join(filter(None, parts)), real_entity=company)
    _check(memo)
    memo.save()
    return Memo.objects.select_related("user").annotate(at=F("creation_date")).get(pk=memo.pk)


def _activity(call: Call, company: Any, kind: str) -> Any:
    user = call.user
    user.has_perm_to_access_or_die("activities")
    user.has_perm_to_create_or_die(Activity)
    # An activity is tied to the company, the people and ourselves: each tie is a right of its own in Creme.
    user.has_perm_to_link_or_die(Activity, owner=user)
    user.has_perm_to_link_or_die(company)
    people = _people(call)
    own = user.linked_contact
    participants = [*([own] if own is not None else []), *(one for one in people if one != own)]
    for participant in participants:
        user.has_perm_to_link_or_die(participant)
    if not participants:
        raise Invalid("A staff user takes part in no activity: say whom it was with.", fields={})
    activity = _build(call, company, kind, participants)
    activity.save()
    if own is not None:
        activity.calendars.add(Calendar.objects.get_default_calendar(user))
    relation = partial(Relation, user=user, object_entity=activity)
    # Not in bulk by hand: this makes both directions, and Creme adds the participants' employers by a signal.
    Relation.objects.safe_multi_save(
        [
            relation(subject_entity=company, type_id=act.REL_SUB_ACTIVITY_SUBJECT),
            *(relation(subject_entity=one, type_id=act.REL_SUB_PART_2_ACTIVITY) for one in participants),
        ],
        check_existing=False,
    )
    return (
        Activity.objects.select_related("type", "sub_type", "status", "user")
        .annotate(at=touch_points.when("start", "created"))
        .get(pk=activity.pk)
    )


def _build(call: Call, company: Any, kind: str, participants: list[Any]) -> Any:
    """Return the activity, checked as Creme's form checks it and not saved yet."""
    sub_type = _sub_type(kind, call.body.text("direction", most=10))
    start, end, floating = _task_time(call) if kind == "task" else _time(call, sub_type)
    title = call.body.text("title", most=Activity._meta.get_field("title").max_length)
    text = call.body.text("text", most=_MOST_TEXT)
    activity = Activity(
        user=call.user,
        title=title or f"{sub_type.type}: {company}"[:100],
        # What is agreed for a task is its description; what was said is the minutes.
        description=text if kind == "task" else "",
        minutes="" if kind == "task" else text,
        type=sub_type.type,
        sub_type=sub_type,
        # A task is to be done, whenever that was to be.
        status=_status(is_done=kind != "task" and start is not None and start <= now()),
        start=start,
        end=end,
        floating_type=floating,
    )
    _check(activity)
    collisions = check_activity_collisions(
        activity_start=start, activity_end=end, participants=participants, busy=False
    )
    if collisions:
        raise Invalid(" ".join(collisions), fields={"at": collisions})
    return activity


_Time = tuple[datetime | None, datetime | None, Any]


def _time(call: Call, sub_type: Any) -> _Time:
    start = localtime(call.body.moment("at") or now())
    length = call.body.number("minutes", default=0, least=0, most=60 * 24 * 7)
    end = start + (timedelta(minutes=length) if length else sub_type.type.as_timedelta())
    return start, end, Activity.FloatingType.NARROW


def _task_time(call: Call) -> _Time:
    """Return the whole day that a task is due; Creme's form keeps a day without a time, and none, in the same way."""
    due = call.body.day("due")
    if due is None:
        return None, None, Activity.FloatingType.FLOATING
    start, end = (make_aware(datetime.combine(due, hour)) for hour in (time(), time(23, 59)))
    return start, end, Activity.FloatingType.FLOATING_TIME


def _people(call: Call) -> list[Any]:
    ids = call.body.ids("people")
    found = Contact.objects.filter(is_deleted=False).in_bulk(ids)
    for contact_id in ids:
        if contact_id not in found:
            raise NotFound("There is no such contact in Creme, or it is in the trash.")
        call.user.has_perm_to_view_or_die(found[contact_id])
    return [found[contact_id] for contact_id in ids]


def _sub_type(kind: str, direction: str) -> Any:
    if kind == "call":
        direction = direction or "out"
    uuid = _SUBTYPES.get((kind, direction))
    found = ActivitySubType.objects.select_related("type")
    # An administrator can delete the sub-types that Creme came with; the type's first one then does.
    sub_type = found.filter(uuid=uuid).first() if uuid else None
    sub_type = sub_type or found.filter(type__uuid=_TYPES[kind]).order_by("order").first()
    if sub_type is None:
        raise Invalid.field("kind", "This Creme has no sub-type for it.")
    return sub_type


def _status(*, is_done: bool) -> Any:
    uuid = act.UUID_STATUS_DONE if is_done else act.UUID_STATUS_PLANNED
    return Status.objects.filter(uuid=uuid).first()


def _check(row: Any, may_be_empty: Iterable[str] = ()) -> None:
    """Raise Invalid in Creme's own words."""
    check_new(row, _NAMES, may_be_empty)
