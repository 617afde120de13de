"""Tryton's refusals and HTTP's, as the faults of our ports.

Nothing outside this folder sees a status or a traceback.
"""

from typing import Any

import httpx

from app.domain.text import clean
from app.ports.errors import (
    Conflict,
    MalformedAnswer,
    NoRights,
    OutcomeUnknown,
    Question,
    Refused,
    ServerFault,
    SystemFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
    WrongPassword,
)
from app.systems.tryton.protocol import SYSTEM


def of_error(error: Any, method: str) -> SystemFault:
    """The fault for a JSON-RPC error: ``[kind, arguments]``, or ``[words of an exception, traceback]``.

    Of the latter nothing is shown: its words are a programmer's and may hold values of the database.
    """
    match error:
        case ["UserError", [str(message), *rest]]:
            return Refused(SYSTEM, _words(message, *rest[:1]))
        case ["UserWarning", [str(name), str(message), *rest]]:
            return Question(SYSTEM, _words(message, *rest[:1]), name=name)
        case ["ConcurrencyException", *_]:
            return Conflict(SYSTEM, detail="the record was modified since it was read")
        case ["LoginException", [str(), str(message), *_]]:
            # It asks for a second factor or the like, one question after the other.
            return WrongPassword(SYSTEM, _words(message))
    # Its transaction was rolled back, so nothing was written.
    return ServerFault(SYSTEM, detail=f"Tryton failed inside {method}")


def _words(message: str, description: object = "") -> str:
    more = description if isinstance(description, str) else ""
    return "\n".join(part for part in (clean(message).strip(), clean(more).strip()) if part)


def of_status(status: int, method: str, *, writing: bool) -> SystemFault:  # noqa: PLR0911 - one for each kind
    """The fault for an HTTP status other than 200 and 401."""
    detail = f"HTTP {status} for {method}"
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return TooManyAttempts(SYSTEM, detail=detail)
    if status == httpx.codes.FORBIDDEN:
        return NoRights(SYSTEM, detail=detail)
    if status == httpx.codes.NOT_FOUND:
        return Unreachable(SYSTEM, detail=f"there is no such database at this address ({detail})")
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status < httpx.codes.OK:
        # A proxy's 502 or 504 says nothing of what the server behind it did. Tryton's own 503 and 504 mean a rollback,
        # but the two cannot be told apart from here.
        if writing:
            return OutcomeUnknown(SYSTEM, detail=detail)
        return TimedOut(SYSTEM, detail=detail)
    if status < httpx.codes.BAD_REQUEST:
        if writing and status < httpx.codes.MULTIPLE_CHOICES:
            return OutcomeUnknown(SYSTEM, detail=detail)
        return MalformedAnswer(SYSTEM, detail=detail)
    return ServerFault(SYSTEM, detail=detail)
