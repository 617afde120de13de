"""Find a company or a person in both systems as the user types."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.contacts import ContactHit, ContactKind
from app.domain.parties import CustomerHit
from app.domain.text import fold
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.ports.errors import SystemFault
from app.ports.jobs import Job, Runner
from app.services.order_writer import as_fault
from app.services.systems import Systems

SEARCH_AFTER = 0.12
"""Seconds of quiet after a key before the systems are asked."""

SHORTEST = 2
"""Letters to type before the systems are asked: one letter finds nearly everybody."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a search found, in one or both systems.

    Attributes:
        key: Tells it from every other match, also while more arrive.
        company_id: The CRM's key of the company (of a person: the one he belongs to), or empty.
        customer_id: The ERP's key of the customer, or empty while the ERP has not answered or does not know him.
        detail: What tells it from others of the same name.
    """

    key: str
    kind: ContactKind
    name: str
    number: str = ""
    detail: str = ""
    company_id: str = ""
    customer_id: str = ""


class ContactSearch:
    """One search field.

    Attributes:
        matches: What is found so far. A row stays where it is while others arrive.
        faults: The systems that could not answer, and why.
    """

    def __init__(self, systems: Systems, runner: Runner) -> None:
        self.matches: tuple[Match, ...] = ()
        self.faults: Mapping[SystemKind, SystemFault] = {}
        self.text = ""
        self._systems = systems
        self._runner = runner
        self._jobs: dict[SystemKind, Job] = {}
        self._is_fresh = False  # the first answer to a new text replaces what was found for the former one
        self._on_change: Callable[[], None] = lambda: None

    def listen(self, on_change: Callable[[], None]) -> None:
        """Call ``on_change`` whenever `matches`, `faults` or `is_searching` has changed."""
        self._on_change = on_change

    @property
    def is_searching(self) -> bool:
        """A system has not answered yet."""
        return bool(self._jobs)

    def type(self, text: str) -> None:
        """The text of the field is now this. Questions about an earlier text are dropped."""
        text = text.strip()
        if text == self.text:
            return
        self.text = text
        self.stop()
        self.faults = {}
        if len(text) < SHORTEST:
            self.matches = ()
        else:
            self._is_fresh = True
            if self._systems.crm is not None:
                self._ask(SystemKind.CRM, self._ask_crm(self._systems.crm, text))
            if self._systems.erp is not None:
                self._ask(SystemKind.ERP, self._ask_erp(self._systems.erp, text))
        self._on_change()

    def stop(self) -> None:
        """Drop the questions under way."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()

    def _ask(self, kind: SystemKind, work: Coroutine[Any, Any, Sequence[Match]]) -> None:
        def done(found: Sequence[Match]) -> None:
            del self._jobs[kind]
            kept = () if self._is_fresh else self.matches
            self._is_fresh = False
            self.matches = merge(kept, found)
            self._on_change()

        def failed(error: Exception) -> None:
            del self._jobs[kind]
            self.faults = {**self.faults, kind: as_fault(error)}
            if not self._jobs and self._is_fresh:
                self.matches = ()
            self._on_change()

        self._jobs[kind] = self._runner.run(work, done, failed)

    @staticmethod
    async def _ask_crm(crm: CrmSystem, text: str) -> Sequence[Match]:
        await asyncio.sleep(SEARCH_AFTER)
        return by_likeness(text, [_from_crm(hit) for hit in await crm.search(text)])

    @staticmethod
    async def _ask_erp(erp: ErpSystem, text: str) -> Sequence[Match]:
        await asyncio.sleep(SEARCH_AFTER)
        return by_likeness(text, [_from_erp(hit) for hit in await erp.search_customers(text)])


def _from_crm(hit: ContactHit) -> Match:
    return Match(f"crm:{hit.kind}:{hit.id}", hit.kind, hit.name, hit.number, hit.detail, company_id=hit.company_id)


def _from_erp(hit: CustomerHit) -> Match:
    return Match(f"erp:{hit.id}", ContactKind.COMPANY, hit.name, hit.number, hit.city, customer_id=hit.id)


def by_likeness(text: str, found: Sequence[Match]) -> list[Match]:
    """``found`` with the exact number first, then names that begin with ``text``; otherwise as the system gave it."""
    wanted = fold(text)

    def rank(match: Match) -> int:
        if match.number == text:
            return 0
        return 1 if fold(match.name).startswith(wanted) else 2

    return sorted(found, key=rank)


def merge(shown: tuple[Match, ...], found: Sequence[Match]) -> tuple[Match, ...]:
    """``found`` put together with what is ``shown``: a company the other system knows by the same number is one row.

    Nothing but the number links them (rule 2). Where several companies hold one number wrongly, each of them stays.
    """
    rows = list(shown)
    for new in found:
        partners = [i for i, row in enumerate(rows) if _is_partner(row, new)]
        for i in partners:
            row = rows[i]
            rows[i] = replace(
                row,
                name=row.name if row.company_id else new.name,
                detail=row.detail or new.detail,
                company_id=row.company_id or new.company_id,
                customer_id=row.customer_id or new.customer_id,
            )
        if not partners and all(row.key != new.key for row in rows):
            rows.append(new)
    return tuple(rows)


def _is_partner(row: Match, new: Match) -> bool:
    companies = row.kind is ContactKind.COMPANY and new.kind is ContactKind.COMPANY
    halves = (not row.company_id and bool(new.company_id)) or (not row.customer_id and bool(new.customer_id))
    return companies and bool(row.number) and row.number == new.number and halves
