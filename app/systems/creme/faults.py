"""The add-on's refusals and HTTP's, as the faults of our ports. Nothing outside this folder sees a status or a code."""

import httpx

from app.domain.text import clean
from app.ports.errors import (
    AccessEnded,
    Conflict,
    MalformedAnswer,
    NoRights,
    NotFound,
    OutcomeUnknown,
    Refused,
    ServerFault,
    SystemFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
    WrongPassword,
)
from app.systems.creme.wire import Problem

SYSTEM = "creme"

_BY_CODE: dict[str, type[SystemFault]] = {
    "wrong_password": WrongPassword,
    "throttled": TooManyAttempts,
    "token_missing": AccessEnded,
    "token_expired": AccessEnded,
    "token_revoked": AccessEnded,
    "no_rights": NoRights,
    "not_found": NotFound,
    "invalid": Refused,
    "not_installed": Refused,
    "conflict": Conflict,
}


def malformed(detail: str) -> MalformedAnswer:
    """The fault for an answer that is not what the add-on promises."""
    return MalformedAnswer(SYSTEM, detail=detail)


def of_problem(problem: Problem, status: int, what: str, *, writing: bool) -> SystemFault:
    """The fault for an error that the add-on itself answered: nothing was written, unless its program failed."""
    known = _BY_CODE.get(problem.code)
    if known is None:
        if writing:
            # It may have failed after the transaction; asking again with the same key is safe.
            return OutcomeUnknown(SYSTEM, detail=f"Creme failed on {what} (HTTP {status})")
        return ServerFault(SYSTEM, detail=f"Creme failed on {what} (HTTP {status})")
    # Creme's own words for the fields say more than the sentence that joins them, where the user can act on them.
    words = [clean(text).strip() for texts in problem.fields.values() for text in texts]
    return known(
        SYSTEM, "\n".join(filter(None, words)) or clean(problem.message).strip(), detail=f"{problem.code} for {what}"
    )


def of_status(status: int, what: str, *, writing: bool) -> SystemFault:
    """The fault for an HTTP status without an error of the add-on's: a proxy's, or another program's."""
    detail = f"HTTP {status} for {what}"
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return TooManyAttempts(SYSTEM, detail=detail)
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return NoRights(SYSTEM, detail=detail)
    if status == httpx.codes.NOT_FOUND:
        return Unreachable(SYSTEM, detail=f"there is no Creme with Samspil's add-on at this address ({detail})")
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status < httpx.codes.MULTIPLE_CHOICES:
        # A proxy's 502 or 504 says nothing of what the server behind it did.
        if writing:
            return OutcomeUnknown(SYSTEM, detail=detail)
        return TimedOut(SYSTEM, detail=detail) if status >= httpx.codes.INTERNAL_SERVER_ERROR else malformed(detail)
    return malformed(detail)
