"""What is wrong with the links between the systems, found in both systems' names without holding anybody up."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from app.domain.links import CustomerIndex, Finding, findings, project_finding
from app.domain.names import Name, NameKind, words_of

_AT_ONCE = 100
"""Names looked at between two pauses: about three milliseconds, so that the window's thread gets its turn."""
_BREATH = 0.001


def mark(finding: Finding, number: str) -> str:
    """How a no is remembered: nobody can read from it whom it was about."""
    return sha256(f"{finding.company.id}\n{number}".encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with the links.

    Attributes:
        words: By what each company of the findings is found, each word after a space; by the CRM's key.
        said_no: The companies of findings that somebody has said no to.
    """

    findings: tuple[Finding, ...]
    words: Mapping[str, str]
    said_no: frozenset[str]


async def judge(
    companies: Sequence[Name],
    customers: Sequence[Name],
    no: frozenset[str] = frozenset(),
    projects: Sequence[Name] = (),
) -> Judged:
    """What is wrong with the links, found in small steps: with 50,000 of each it takes a while."""
    index = CustomerIndex()
    for count, customer in enumerate(customers, 1):
        index.add(customer)
        if count % _AT_ONCE == 0:
            await asyncio.sleep(_BREATH)
    found: list[Finding] = []
    words: dict[str, str] = {}
    said_no: set[str] = set()
    all_of_them = chain(findings(companies, index), (project_finding(project, index) for project in projects))
    for count, finding in enumerate(all_of_them, 1):
        if finding is not None:
            company = finding.company
            found.append(finding)
            words[company.id] = " ".join(["", *words_of(" ".join(_said_of(company)))])
            numbers = (company.number, *(each.number for each in finding.suggestions)) if no else ()
            if any(mark(finding, number) in no for number in numbers):
                said_no.add(company.id)
        if count % _AT_ONCE == 0:
            await asyncio.sleep(_BREATH)
    return Judged(tuple(found), words, frozenset(said_no))


def _said_of(company: Name) -> tuple[str, ...]:
    of_project = (company.parent_id, company.detail) if company.kind is NameKind.PROJECT else ()
    return (company.name, company.number, company.vat_number, *of_project)
