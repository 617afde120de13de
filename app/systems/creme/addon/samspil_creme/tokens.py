"""Sign-in: a password once, a token afterwards."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.timezone import now

from .errors import NoRights, SignInRefused, Throttled, TokenExpired, TokenRevoked
from .models import AccessToken, WrongPassword

# Per user name from one address, and per user name from anywhere, within WrongPassword.WINDOW.
_TRIES_FROM_ONE_ADDRESS = 5
_TRIES_FROM_ANYWHERE = 30
# last_used is for administrators; writing it on each request would cost a commit each.
_LAST_USED_GRAIN = timedelta(minutes=5)
_DEFAULT_DAYS = 30


def sign_in(request: HttpRequest, username: str, password: str, device: str) -> tuple[str, AccessToken]:
    """Check the password as Creme does and return a new token, and what is stored of it.

    Raises:
        Throttled: Too many wrong passwords for this user name.
        SignInRefused: Wrong name or password, or deactivated.
        NoRights: No role of the user lets them in here.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))[:45]
    # Folded, so that spelling the name in other cases gives no further tries.
    folded = username.casefold()[:150]
    _check_tries(folded, address)
    # Django hashes a password for an unknown user too, so the answer takes as long.
    user: Any = authenticate(request, username=username, password=password)
    if user is None or user.is_team:
        WrongPassword.objects.create(username=folded, address=address)
        raise SignInRefused("The user name or the password is wrong.")
    WrongPassword.objects.filter(username=folded, address=address).delete()
    check_user(user)
    token = secrets.token_urlsafe(32)
    days = float(getattr(settings, "SAMSPIL_TOKEN_DAYS", _DEFAULT_DAYS))
    stored = AccessToken.objects.create(
        user=user,
        device=device,
        digest=_digest(token),
        password_stamp=user.get_session_auth_hash(),
        expires=now() + timedelta(days=days),
    )
    return token, stored


def find(token: str) -> AccessToken:
    """Return what is stored of a token that is good now, with its user and the user's role.

    Raises:
        TokenExpired: It was good.
        TokenRevoked: It is not ours, or was ended, or its user was deactivated or has another password.
        NoRights: The user's role does not let them in here any more.
    """
    digest = _digest(token)
    stored = AccessToken.objects.select_related("user__role").filter(digest=digest).first()
    # The look-up is by hash, which tells a guesser nothing; compared again so that no collation rule decides.
    if stored is None or not hmac.compare_digest(stored.digest, digest):
        raise TokenRevoked("This sign-in is not known here.")
    if stored.revoked is not None:
        raise TokenRevoked("This sign-in was ended.")
    user = stored.user
    if not user.is_active or user.is_team:
        raise TokenRevoked("This user is deactivated.")
    if not hmac.compare_digest(stored.password_stamp, user.get_session_auth_hash()):
        raise TokenRevoked("The password was changed.")
    if stored.expires <= now():
        raise TokenExpired("This sign-in is too old.")
    check_user(user)
    if now() - stored.last_used > _LAST_USED_GRAIN:
        stored.last_used = now()
        stored.save(update_fields=["last_used"])
    return stored


def revoke(stored: AccessToken) -> None:
    """End a token; ending it twice is no error."""
    AccessToken.objects.filter(pk=stored.pk, revoked=None).update(revoked=now())


def check_user(user: Any) -> None:
    """Raise NoRights when the user's role does not hold the app "Samspil"."""
    if not user.is_superuser and user.role is None:
        raise NoRights("This user has no role in Creme.")
    if not user.has_perm_to_access("samspil_creme"):
        raise NoRights("The role of this user does not include the app Samspil.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _check_tries(folded: str, address: str) -> None:
    oldest = now() - WrongPassword.WINDOW
    WrongPassword.objects.filter(at__lt=oldest).delete()
    tries = list(WrongPassword.objects.filter(username=folded).order_by("-at").values_list("address", "at"))
    here = [at for tried_from, at in tries if tried_from == address]
    for times, allowed in (
        (here, _TRIES_FROM_ONE_ADDRESS),
        ([at for _, at in tries], _TRIES_FROM_ANYWHERE),
    ):
        if len(times) >= allowed:
            wait = times[allowed - 1] + WrongPassword.WINDOW - now()
            raise Throttled(
                "Too many wrong passwords. Wait a little.", retry_after=max(1, int(wait.total_seconds()) + 1)
            )
