"""An e-mail that was written or received outside Creme, kept as Creme keeps those that it takes from a mailbox.

Creme calls such a mail "synchronized": its status tells that Creme itself has sent nothing, and never will.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from creme.creme_core.models import Relation
from django.utils.html import linebreaks
from django.utils.timezone import localtime, now
from django.utils.translation import gettext

from . import touch_points
from .errors import Invalid
from .http import Call, need, shown
from .persons import Organisation
from .text import clean

_MOST_TEXT = 20_000


def may_log(user: Any) -> bool:
    """Return whether this user may put an e-mail into Creme at all."""
    from creme.emails import get_entityemail_model

    model = get_entityemail_model()
    return bool(user.has_perm_to_create(model) and user.has_perm_to_link(model))


def log(call: Call, company: Any, people: list[Any], *, is_incoming: bool, check: Callable[..., None]) -> Any:
    """Write the e-mail between this user and the first of `people`, or the organisation itself.

    ``check`` raises `Invalid` for a row that Creme would not take.
    """
    need("emails")
    from creme.emails import constants as mail
    from creme.emails import get_entityemail_model

    model = get_entityemail_model()
    user = call.user
    user.has_perm_to_access_or_die("emails")
    user.has_perm_to_create_or_die(model)
    # As with an activity: each tie is a right of its own in Creme.
    user.has_perm_to_link_or_die(model, owner=user)
    own = user.linked_contact
    if own is None:
        raise Invalid("A staff user has no e-mails in Creme.", fields={})
    others = people or [company]
    for one in (company, own, *people):
        user.has_perm_to_link_or_die(one)
    ours, theirs = clean(own.email) or clean(user.email), _address_of(others[0])
    at = localtime(call.body.moment("at") or now())
    text = call.body.text("text", most=_MOST_TEXT)
    email = model(
        user=user,
        status=model.Status.SYNCHRONIZED,
        sender=theirs if is_incoming else ours,
        recipient=ours if is_incoming else theirs,
        subject=call.body.text("title", most=model._meta.get_field("subject").max_length, required=True),
        body=text,
        # The same HTML that Creme's own form makes of a text.
        body_html=f"<html><body><code>{linebreaks(text, autoescape=True)}</code></body></html>" if text else "",
        sending_date=None if is_incoming else at,
        reception_date=at if is_incoming else None,
    )
    # A mail in a mailbox may have nothing but a subject, and Creme takes it in.
    check(email, may_be_empty=("body", "body_html"))
    email.genid_n_save()
    senders, receivers = (others, [own]) if is_incoming else ([own], others)
    relation = partial(Relation, user=user, subject_entity=email)
    ties = [
        *(relation(object_entity=one, type_id=mail.REL_SUB_MAIL_SENT) for one in senders),
        *(relation(object_entity=one, type_id=mail.REL_SUB_MAIL_RECEIVED) for one in receivers),
    ]
    if company not in others:
        ties.append(relation(object_entity=company, type_id=mail.REL_SUB_RELATED_TO))
    Relation.objects.safe_multi_save(ties, check_existing=False)
    found = model.objects.select_related("user")
    return found.annotate(at=touch_points.when("sending_date", "reception_date", "created")).get(pk=email.pk)


def _address_of(person: Any) -> str:
    """Return the address; raise Invalid in the words with which Creme's own form tells that there is none."""
    address = clean(person.email) if shown(type(person), "email") else ""
    if not address:
        words = (
            gettext("Beware: the organisation «{}» has no email address!")
            if isinstance(person, Organisation)
            else gettext("Beware: the contact «{}» has no email address!")
        )
        raise Invalid.field("people", words.format(person))
    return address
