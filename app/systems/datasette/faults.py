"""Datasette's refusals and HTTP's, as the faults of our ports. Nothing outside this folder sees a status."""

import httpx

from app.ports.errors import MalformedAnswer, Refused, SystemFault
from app.systems.asking import fault_of_status
from app.systems.datasette.wire import Problem

SYSTEM = "datasette"

_INTERRUPTED = "SQL Interrupted"
_WORDS = {
    "interrupted": {
        "en": "The reporting system stopped this query because it took too long.",
        "da": "Rapportsystemet afbrød forespørgslen, fordi den tog for lang tid.",
    },
    "failed": {
        "en": "The reporting system could not run this query.",
        "da": "Rapportsystemet kunne ikke udføre forespørgslen.",
    },
    "too_much": {
        "en": "There is more here than the reporting system gives in one answer.",
        "da": "Her er mere, end rapportsystemet giver i ét svar.",
    },
}


def malformed(detail: str) -> MalformedAnswer:
    """The fault for an answer that is not understood."""
    return MalformedAnswer(SYSTEM, detail=detail)


def refused(why: str, language: str, detail: str) -> Refused:
    """The fault for a query that cannot be run. Datasette's own words are HTML and SQL, so they are ours."""
    return Refused(SYSTEM, _WORDS[why]["da" if language == "da" else "en"], detail=detail)


def of_status(status: int, problem: Problem, what: str, language: str) -> SystemFault:
    """The fault for an answer that is no success."""
    detail = f"HTTP {status} for {what}"
    if status == httpx.codes.BAD_REQUEST:
        return refused("interrupted" if problem.title == _INTERRUPTED else "failed", language, detail)
    return fault_of_status(SYSTEM, status, detail)
