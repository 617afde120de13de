"""Superset's refusals and HTTP's, as the faults of our ports. Nothing outside this folder sees a status."""

import httpx

from app.ports.errors import MalformedAnswer, Refused, SystemFault
from app.systems.asking import fault_of_status

SYSTEM = "superset"

_WORDS = {
    "failed": {
        "en": "The reporting system could not run this query.",
        "da": "Rapportsystemet kunne ikke udføre forespørgslen.",
    },
    "later": {
        "en": "The reporting system answers queries later and not at once; its administrator can change that.",
        "da": "Rapportsystemet svarer senere og ikke med det samme; det kan dets administrator ændre.",
    },
    "too_much": {
        "en": "There is more here than is shown in one answer.",
        "da": "Her er mere, end der vises i ét svar.",
    },
}


def malformed(detail: str) -> MalformedAnswer:
    """The fault for an answer that is not understood."""
    return MalformedAnswer(SYSTEM, detail=detail)


def refused(why: str, language: str, detail: str) -> Refused:
    """The fault for a query that cannot be run. Superset's own words are the database's, with SQL in them: ours."""
    return Refused(SYSTEM, _WORDS[why]["da" if language == "da" else "en"], detail=detail)


def of_status(status: int, what: str, language: str) -> SystemFault:
    """The fault for an answer that is no success."""
    detail = f"HTTP {status} for {what}"
    if status in (httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY):
        return refused("failed", language, detail)
    if status == httpx.codes.ACCEPTED:
        return refused("later", language, detail)
    return fault_of_status(SYSTEM, status, detail)
