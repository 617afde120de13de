"""What can go wrong, as the client sees it: a stable code, a sentence, and fields where there are any.

::

    ApiError
    ├── SignInRefused     wrong_password     401
    ├── Throttled         throttled          429  with retry_after, seconds
    ├── TokenMissing      token_missing      401
    ├── TokenExpired      token_expired      401
    ├── TokenRevoked      token_revoked      401
    ├── NoRights          no_rights          403  in Creme's own words
    ├── NotFound          not_found          404
    ├── Invalid           invalid            422  with Creme's own words for each field
    ├── Conflict          conflict           409  with what is there now
    └── NotInstalled      not_installed      501  the Creme app that this needs is not active
"""

from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class ApiError(Exception):
    """An answer that is not what was asked for.

    Attributes:
        code: Stable, for programs.
        status: The HTTP status.
        details: Further members of the JSON object.
    """

    code: ClassVar[str] = "failed"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def as_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        return {"error": {"code": self.code, "message": self.message, **self.details}}


class SignInRefused(ApiError):
    """The user name or password is wrong, or the user is deactivated: which one is not told."""

    code = "wrong_password"
    status = 401


class Throttled(ApiError):
    """Too many wrong passwords; ``retry_after`` says after how many seconds to try again."""

    code = "throttled"
    status = 429


class TokenMissing(ApiError):
    """There was no bearer token in the request."""

    code = "token_missing"
    status = 401


class TokenExpired(ApiError):
    """The token was good and has reached its age."""

    code = "token_expired"
    status = 401


class TokenRevoked(ApiError):
    """Somebody ended the token, deactivated the user or changed the password; or it was never one of ours."""

    code = "token_revoked"
    status = 401


class NoRights(ApiError):
    """Creme would not let this user do this."""

    code = "no_rights"
    status = 403


class NotFound(ApiError):
    """There is no such thing, or it is in Creme's trash."""

    code = "not_found"
    status = 404


class Conflict(ApiError):
    """Somebody else changed it in the meantime; ``current`` says what is there now."""

    code = "conflict"
    status = 409


class NotInstalled(ApiError):
    """The Creme app that holds this is not active in this Creme."""

    code = "not_installed"
    status = 501


class Invalid(ApiError):
    """A value is refused; ``fields`` holds the words for each, under ``""`` those for the whole."""

    code = "invalid"
    status = 422

    @classmethod
    def field(cls, name: str, message: str) -> "Invalid":
        """Return the error for one field."""
        return cls(message, fields={name: [message]})

    @classmethod
    def of(cls, error: ValidationError, names: dict[str, str] | None = None) -> "Invalid":
        """Return Creme's own validation error; `names` maps its field names to the request's."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        fields = {
            "" if name == NON_FIELD_ERRORS else (names or {}).get(name, name): [str(text) for text in texts]
            for name, texts in by_field.items()
        }
        return cls(" ".join(text for texts in fields.values() for text in texts), fields=fields)
