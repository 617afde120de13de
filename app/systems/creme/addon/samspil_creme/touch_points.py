"""Activities, memos and e-mails as touch points: which there are, and how each reads as JSON.

Each source gives a queryset whose rows have ``at``, the instant that orders them, aware.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from creme.activities import constants as act
from creme.activities import get_activity_model
from creme.creme_core.models import Relation
from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Coalesce

from .persons import Contact, Organisation, name_of, visible
from .text import clean

Activity = get_activity_model()

# A page must stay small; a long text is read in Creme itself.
_MOST_TEXT = 2000
_LINKS = (act.REL_OBJ_PART_2_ACTIVITY, act.REL_OBJ_ACTIVITY_SUBJECT, act.REL_OBJ_LINKED_2_ACTIVITY)
# Those of e-mails are written out: the app that has them may not be active.
_MAIL_LINKS = ("email-subject_mail_sended", "email-subject_mail_received", "email-subject_related_to")
_TOOK_PART = (act.REL_OBJ_PART_2_ACTIVITY, *_MAIL_LINKS[:2])
EVERY_LINK = (*_LINKS, *_MAIL_LINKS)
"""How an activity or e-mail hangs on organisations and contacts."""
_KIND_OF_TYPE = {
    act.UUID_TYPE_PHONECALL: "call",
    act.UUID_TYPE_MEETING: "meeting",
    act.UUID_TYPE_TASK: "task",
}
_DIRECTION_OF_SUBTYPE = {
    act.UUID_SUBTYPE_PHONECALL_INCOMING: "in",
    act.UUID_SUBTYPE_PHONECALL_OUTGOING: "out",
    act.UUID_SUBTYPE_PHONECALL_FAILED: "out",
}


def when(*fields: str) -> Coalesce:
    """Return the first of these fields that has a value; Creme's own field for creation dates is another type."""
    return Coalesce(*fields, output_field=DateTimeField())


def activities(user: Any, around: Sequence[int], kinds: frozenset[str]) -> QuerySet[Any]:
    """Return the visible activities that any of these organisations and contacts is in.

    One without a date ("floating" in Creme) stands where it was created. Nobody's absence is a touch point.
    """
    types = Q(type__uuid__in=[uuid for uuid, kind in _KIND_OF_TYPE.items() if kind in kinds])
    if "other" in kinds:
        types |= ~Q(type__uuid__in=[*_KIND_OF_TYPE, act.UUID_TYPE_UNAVAILABILITY])
    linked = Relation.objects.filter(type__in=_LINKS, object_entity__in=around).values("subject_entity")
    return every_activity(user).filter(types, pk__in=linked).select_related("sub_type", "status", "user")


def every_activity(user: Any) -> QuerySet[Any]:
    """Return the visible activities, whoever is in them, but for absences."""
    entries = Activity.objects.exclude(type__uuid=act.UUID_TYPE_UNAVAILABILITY)
    return visible(user, entries).select_related("type").annotate(at=when("start", "created"))


def memos(_user: Any, around: Sequence[int], kinds: frozenset[str]) -> QuerySet[Any]:
    """Return the memos on any of these organisations and contacts, all of which the user may view."""
    found = _every_memo().filter(entity__in=around).select_related("user")
    return found if "note" in kinds else found.none()


def every_memo(user: Any) -> QuerySet[Any]:
    """Return the memos on all that the user may view of organisations and contacts."""
    seen = Q(entity__in=visible(user, Organisation.objects.all()).values("pk"))
    return _every_memo().filter(seen | Q(entity__in=visible(user, Contact.objects.all()).values("pk")))


def _every_memo() -> QuerySet[Any]:
    from creme.assistants.models import Memo

    return Memo.objects.filter(entity__is_deleted=False).annotate(at=F("creation_date"))


def emails(user: Any, around: Sequence[int], kinds: frozenset[str]) -> QuerySet[Any]:
    """Return the visible e-mails that any of these organisations and contacts sent or got."""
    linked = Relation.objects.filter(type__in=_MAIL_LINKS, object_entity__in=around).values("subject_entity")
    found = every_email(user).filter(pk__in=linked).select_related("user")
    return found if "email" in kinds else found.none()


def every_email(user: Any) -> QuerySet[Any]:
    """Return the visible e-mails, whoever sent or got them."""
    from creme.emails import get_entityemail_model

    found = visible(user, get_entityemail_model().objects.all())
    return found.annotate(at=when("sending_date", "reception_date", "created"))


def kind_of(entry: Any) -> str:
    """Return the kind under which an entry of a timeline is told."""
    if isinstance(entry, Activity):
        return _KIND_OF_TYPE.get(str(entry.type.uuid), "other")
    return "email" if _is_email(entry) else "note"


def as_json(user: Any, entries: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the entries of a page; at most five queries however many there are."""
    people = people_of(user, [entry.pk for entry in entries if isinstance(entry, Activity) or _is_email(entry)])
    senders = _senders([entry.pk for entry in entries if _is_email(entry)])
    result = []
    for entry in entries:
        if isinstance(entry, Activity):
            result.append(_activity_json(entry, people.get(entry.pk, [])))
        elif _is_email(entry):
            direction = "in" if entry.pk in senders else "out"
            result.append(_email_json(entry, direction, people.get(entry.pk, [])))
        else:
            result.append(_memo_json(entry))
    return result


def _activity_json(activity: Any, people: list[dict[str, Any]]) -> dict[str, Any]:
    kind = kind_of(activity)
    return {
        "id": f"activity-{activity.pk}",
        "kind": kind,
        "direction": _DIRECTION_OF_SUBTYPE.get(str(activity.sub_type.uuid)),
        "label": clean(activity.sub_type.name if kind == "other" else activity.type.name),
        "at": activity.at.isoformat(),
        "until": activity.end.isoformat() if activity.end else None,
        "dated": activity.start is not None,
        "all_day": activity.is_all_day,
        "title": clean(activity.title),
        **_text("\n\n".join(filter(None, (clean(activity.description), clean(activity.minutes))))),
        "place": clean(activity.place),
        "status": clean(activity.status.name) if activity.status else "",
        "author": clean(activity.user),
        "people": people,
    }


def _memo_json(memo: Any) -> dict[str, Any]:
    content = clean(memo.content)
    # A memo has no title in Creme: its first line stands for one, and is not told twice.
    title, _, rest = content.partition("\n")
    if len(title) > 100:
        title, rest = "", content
    return _entry("memo", memo, kind="note", title=title, text=rest.strip(), author=memo.user)


def _email_json(email: Any, direction: str, people: list[dict[str, Any]]) -> dict[str, Any]:
    entry = _entry("email", email, kind="email", title=email.subject, text=email.body, author=email.user)
    return {**entry, "direction": direction, "people": people}


def _entry(prefix: str, row: Any, *, kind: str, title: str, text: str, author: Any) -> dict[str, Any]:
    return {
        "id": f"{prefix}-{row.pk}",
        "kind": kind,
        "direction": None,
        "label": clean(type(row)._meta.verbose_name),
        "at": row.at.isoformat(),
        "until": None,
        "dated": True,
        "all_day": False,
        "title": clean(title),
        **_text(clean(text)),
        "place": "",
        "status": "",
        "author": clean(author),
        "people": [],
    }


def _text(text: str) -> dict[str, Any]:
    return {"text": text[:_MOST_TEXT], "is_cut": len(text) > _MOST_TEXT}


def _is_email(entry: Any) -> bool:
    return entry._meta.app_label == "emails"


def people_of(user: Any, entity_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return of each activity and e-mail the visible people in it who are no users of Creme, with id and name."""
    if not entity_ids:
        return {}
    pairs = list(
        Relation.objects.filter(subject_entity__in=entity_ids, type__in=_TOOK_PART)
        .order_by("pk")
        .values_list("subject_entity_id", "object_entity_id")
    )
    contacts = visible(user, Contact.objects.filter(is_user=None)).in_bulk({contact for _, contact in pairs})
    people: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for entity, contact in pairs:
        if contact in contacts:
            people[entity].append({"id": str(contact), "name": name_of(contacts[contact])})
    return people


def _senders(email_ids: list[int]) -> set[int]:
    """Return those of the e-mails that somebody who is no user of Creme has sent."""
    if not email_ids:
        return set()
    from creme.emails.constants import REL_SUB_MAIL_SENT

    sent = Relation.objects.filter(subject_entity__in=email_ids, type=REL_SUB_MAIL_SENT)
    own = Contact.objects.filter(is_user__isnull=False).values("pk")
    return set(sent.exclude(object_entity__in=own).values_list("subject_entity_id", flat=True))
