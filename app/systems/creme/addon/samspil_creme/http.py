"""From an HTTP request to a function that takes a `Call` and returns a JSON object, and back.

No cookie is read and none is set, so there is nothing that a foreign page could ride on: the views are exempt
from CSRF checks because only the Authorization header counts.
"""

import contextlib
import functools
import json
import logging
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from creme.creme_core.global_info import set_global_info
from creme.creme_core.models import FieldsConfig
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from . import tokens
from .errors import ApiError, Invalid, NoRights, NotFound, NotInstalled, TokenMissing
from .fields import Fields
from .models import AccessToken

_log = logging.getLogger(__name__)
_MAX_BODY = 100_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request by somebody who is signed in.

    Attributes:
        user: The Creme user; everything is asked in their name.
        token: The sign-in that the request came with.
        query: The values in the address.
        body: The JSON object that was sent; empty for a GET.
    """

    user: Any
    token: AccessToken
    query: Fields
    body: Fields


Answer = dict[str, Any]
Handler = Callable[..., Answer]
View = Callable[..., JsonResponse]


def endpoint(**handlers: Handler) -> View:
    """Return a view that hands each method (``get=``, ``post=``, ``delete=``) to its function."""
    return _view(handlers, signed_in=True)


def open_endpoint(**handlers: Handler) -> View:
    """Return a view whose functions take the bare request and its body: for signing in."""
    return _view(handlers, signed_in=False)


@csrf_exempt
def nowhere(_request: HttpRequest) -> JsonResponse:
    """Answer any other address in JSON: Creme's own page for that is HTML."""
    return _json(NotFound("There is no such address here.").as_json(), NotFound.status)


def need(app_label: str) -> None:
    """Raise NotInstalled when this Creme runs without the app."""
    if not apps.is_installed(f"creme.{app_label}"):
        raise NotInstalled(f"The app {app_label} is not active in this Creme.")


def shown(model: Any, field: str) -> bool:
    """Return whether the administrator has left this optional field visible."""
    return not FieldsConfig.objects.get_for_model(model).is_fieldname_hidden(field)


def _view(handlers: dict[str, Handler], *, signed_in: bool) -> View:
    by_method = {name.upper(): handler for name, handler in handlers.items()}

    @csrf_exempt
    def view(request: HttpRequest, **where: Any) -> JsonResponse:
        handler = by_method.get(request.method or "")
        if handler is None:
            answer = _json(ApiError("This method is not known here.").as_json(), 405)
            answer["Allow"] = ", ".join(by_method)
            return answer
        try:
            if signed_in:
                call = _call(request)
                with _acting_as(call.user):
                    return _json(handler(call, **where))
            return _json(handler(request, _body(request), **where))
        except (ApiError, PermissionDenied, Http404, ValidationError) as error:
            known = _known(error)
            answer = _json(known.as_json(), known.status)
            if known.status == 401:
                answer["WWW-Authenticate"] = "Bearer"
            return answer
        except Exception:
            # Creme's own pages for errors are HTML; the client is told in JSON, the administrator in the log.
            _log.exception("%s %s", request.method, request.path)
            return _json(ApiError("Creme failed on this request.").as_json(), 500)

    return functools.update_wrapper(view, next(iter(handlers.values())))


def _call(request: HttpRequest) -> Call:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenMissing("Sign in first.")
    stored = tokens.find(token.strip())
    return Call(user=stored.user, token=stored, query=Fields(request.GET.dict()), body=_body(request))


def _body(request: HttpRequest) -> Fields:
    if request.method in ("GET", "HEAD", "DELETE"):
        return Fields({})
    if len(request.body) > _MAX_BODY:
        raise Invalid("The request is too long.")
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        raise Invalid("The request is not JSON.") from None
    if not isinstance(body, dict):
        raise Invalid("The request is not a JSON object.")
    return Fields(body)


@contextlib.contextmanager
def _acting_as(user: Any) -> Iterator[None]:
    """Do what Creme's middlewares do for a session: its history, language and time zone follow the user."""
    # Creme's history lines take the user name from here (creme_core.models.history).
    set_global_info(user=user)
    if user.language:
        translation.activate(user.language)
    try:
        timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        timezone.deactivate()
    try:
        yield
    finally:
        timezone.deactivate()


def _known(error: Exception) -> ApiError:
    match error:
        case ApiError():
            return error
        case PermissionDenied():
            return NoRights(str(error) or "You are not allowed to do this.")
        case ValidationError():
            return Invalid.of(error)
    return NotFound("There is no such thing in Creme.")


def _json(answer: Answer, status: int = 200) -> JsonResponse:
    options = {"ensure_ascii": False, "separators": (",", ":")}
    response = JsonResponse(answer, status=status, json_dumps_params=options)
    response["Cache-Control"] = "no-store"
    return response
