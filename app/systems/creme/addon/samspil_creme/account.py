"""Signing in and out, and what this user can do here."""

from collections.abc import Callable
from typing import Any

import creme
from django.apps import apps
from django.http import HttpRequest
from django.utils.timezone import get_current_timezone_name

from . import __version__, mails, tokens
from .errors import NotFound
from .fields import Fields
from .http import Answer, Call, shown
from .models import AccessToken
from .persons import Contact, Organisation, may_add_people
from .text import clean
from .touch_points import Activity


def ping(_request: HttpRequest, _body: Fields) -> Answer:
    """``GET ping``: we are here. Tells nothing else, because anybody may ask."""
    return {}


def sign_in(request: HttpRequest, body: Fields) -> Answer:
    """``POST sign-in`` with ``username``, ``password`` and ``device``, the name under which it is listed."""
    token, stored = tokens.sign_in(
        request,
        body.text("username", most=150, required=True),
        body.secret("password"),
        body.text("device", most=100) or "?",
    )
    return {"token": token, "expires": stored.expires.isoformat(), **_who(stored.user)}


def who_am_i(call: Call) -> Answer:
    """``GET whoami``."""
    return {"expires": call.token.expires.isoformat(), "time_zone": get_current_timezone_name(), **_who(call.user)}


def sign_out(call: Call) -> Answer:
    """``POST sign-out``: this sign-in ends."""
    tokens.revoke(call.token)
    return {}


def sign_ins(call: Call) -> Answer:
    """``GET sign-ins``: the user's own, on all devices, that are good now."""
    mine = AccessToken.objects.filter(user=call.user, revoked=None)[:100]
    return {
        "sign_ins": [
            {
                "id": str(one.pk),
                "device": clean(one.device),
                "created": one.created.isoformat(),
                "last_used": one.last_used.isoformat(),
                "expires": one.expires.isoformat(),
                "is_this": one.pk == call.token.pk,
            }
            for one in mine
        ]
    }


def forget(call: Call, token_id: int) -> Answer:
    """``DELETE sign-ins/<id>``: one of the user's own ends; another user's is not found."""
    stored = AccessToken.objects.filter(user=call.user, pk=token_id).first()
    if stored is None:
        raise NotFound("There is no such sign-in.")
    tokens.revoke(stored)
    return {}


def _who(user: Any) -> dict[str, Any]:
    return {
        "user": {"id": str(user.pk), "username": clean(user.username), "name": clean(user), "language": user.language},
        "creme_version": clean(creme.__version__),
        "addon_version": __version__,
        "capabilities": sorted(_capabilities(user)),
    }


def _capabilities(user: Any) -> set[str]:
    """Return what is there in this Creme and open to this user; a single organisation may still be closed."""

    def may(app: str) -> bool:
        return apps.is_installed(f"creme.{app}") and user.has_perm_to_access(app)

    if not may("persons"):
        return set()
    found = {"names", "own_companies"}
    if may("activities") or may("assistants"):
        found.add("timeline")
    if may("activities"):
        found.add("tasks")
    if may("opportunities"):
        found.add("sales")
    if may("tickets"):
        found.add("cases")
    if may("emails") or may("commercial"):
        found.add("campaigns")
    return found | _changes(user, may)


def _changes(user: Any, may: Callable[[str], bool]) -> set[str]:
    found = set()
    if may("activities") and user.has_perm_to_create(Activity) and user.has_perm_to_link(Activity):
        found.add("log_activity")
    if may("emails") and mails.may_log(user):
        found.add("log_email")
    if may("opportunities"):
        from creme.opportunities import get_opportunity_model

        if _may_change(user, get_opportunity_model()):
            found.add("set_stage")
    if _may_change(user):
        found.add("set_category")
        if may("assistants"):
            found.add("log_note")
        if shown(Organisation, "code"):
            found.add("set_number")
    if may_add_people(user):
        found.add("add_person")
    if _may_change(user) or _may_change(user, Contact):
        found.add("correct")
    return found


def _may_change(user: Any, model: Any = Organisation) -> bool:
    """Return whether there may be one of these that this user can change."""
    from creme.creme_core.auth.entity_credentials import EntityCredentials

    if user.is_superuser:
        return True
    return bool(user.role.can_do_on_model(user, model, None, EntityCredentials.CHANGE))
