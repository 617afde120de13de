"""Find companies, people, orders, products and projects: what is known here at once, then what the systems say."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from app.domain.contacts import ContactHit, ContactKind
from app.domain.names import Name, NameKind, names_of, words_of
from app.domain.orders import OrderHit, ProductHit
from app.domain.parties import CustomerHit
from app.domain.projects import ProjectHit
from app.domain.shelf import Shelf
from app.domain.text import fold
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.ports.errors import SystemFault
from app.ports.jobs import Job, Runner
from app.ports.time import TimeSystem
from app.services.order_writer import as_fault
from app.services.overviews import Overviews
from app.services.systems import Systems

SEARCH_AFTER = 0.12
"""Seconds of quiet after a key before the systems are asked."""

Hit = ContactHit | CustomerHit | OrderHit | ProductHit | ProjectHit

_MOST_OTHERS = 5
"""Orders, products and projects of one search, of each: whoever looks for a customer is not to lose him among them."""

SHORTEST = 2
"""Letters to type before the systems are asked: one letter finds nearly everybody."""


BY_NUMBER = "number:"
"""How the key of a match begins that nobody has looked up: of a link, which has a number and nothing else."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a search found, in one or both systems.

    Attributes:
        key: Tells it from every other match, also while more arrive.
        company_id: The CRM's key of the company (of a person: the one he belongs to), or empty.
        customer_id: The ERP's key of the customer, or empty while the ERP has not answered or does not know him.
        detail: What tells it from others of the same name.
        order_id, product_id: The ERP's key of an order or of a product; empty for companies and people.
        project_id: The time system's key of a project; empty for all else.
        shelf: The list of the user's that it is proposed from before anything is typed; else None.
    """

    key: str
    kind: ContactKind
    name: str
    number: str = ""
    detail: str = ""
    company_id: str = ""
    customer_id: str = ""
    order_id: str = ""
    product_id: str = ""
    project_id: str = ""
    shelf: Shelf | None = None

    @property
    def is_card(self) -> bool:
        """It is a company or a person, with a customer's card to open."""
        return not (self.order_id or self.product_id or self.project_id)


class ContactSearch:
    """One search field.

    Attributes:
        matches: What is found so far. A row stays where it is while others arrive. Before anything is typed, what
            ``suggest`` gives.
        faults: The systems that could not answer, and why.
        asked: The systems that were asked for this text.
    """

    def __init__(
        self,
        systems: Systems,
        runner: Runner,
        overviews: Overviews | None = None,
        suggest: Callable[[], Sequence[Match]] = tuple,
    ) -> None:
        self.matches: tuple[Match, ...] = ()
        self._suggest = suggest
        self.faults: Mapping[SystemKind, SystemFault] = {}
        self.asked: frozenset[SystemKind] = frozenset()
        self.text = ""
        self._systems = systems
        self._runner = runner
        self._overviews = overviews or Overviews(systems)
        self._jobs: dict[SystemKind, Job] = {}
        self._looking: Job | None = None  # in what is known here
        self._is_fresh = False  # the first answer to a new text replaces what was found for the former one
        self._held: Sequence[Match] = ()  # projects that came before anybody was found
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
            self.suggest()
        else:
            self._is_fresh = True
            self._looking = self._runner.run(self._look(text), self._on_known, lambda _error: None)
            if self._systems.crm is not None:
                self._ask(SystemKind.CRM, self._ask_crm(self._systems.crm, text))
            if self._systems.erp is not None:
                self._ask(SystemKind.ERP, self._ask_erp(self._systems.erp, text))
            if self._systems.time is not None:
                self._ask(SystemKind.TIME, self._ask_time(self._systems.time, text))
            self.asked = frozenset(self._jobs)
        self._on_change()

    def suggest(self) -> None:
        """What is within reach: all of it, or what a first letter leaves of it. Without effect on a longer text."""
        if len(self.text) < SHORTEST:
            letter = "".join(words_of(self.text))
            self.matches = tuple(
                one for one in self._suggest() if any(word.startswith(letter) for word in words_of(one.name))
            )

    def stop(self) -> None:
        """Drop the questions under way."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._held = ()

    def _ask(self, kind: SystemKind, work: Coroutine[Any, Any, Sequence[Hit]]) -> None:
        text, cache = self.text, self._overviews.at(kind)

        def done(hits: Sequence[Hit]) -> None:
            del self._jobs[kind]
            found = by_likeness(text, [_from_hit(hit) for hit in hits])
            if kind is SystemKind.TIME and self._jobs and self._jobs.keys() == self.asked - {kind}:
                # A project is found by its customer's name too: he goes before it, and rows stay where they are.
                self._held = found
            else:
                self._add([*found, *self._released()])
            names = [name for hit in hits for name in names_of(hit)]
            if names:
                self._runner.run(cache.learn(names, datetime.now(UTC)), lambda _: None, lambda _: None)

        def failed(error: Exception) -> None:
            del self._jobs[kind]
            self.faults = {**self.faults, kind: as_fault(error)}
            if held := self._released():
                self._add(held)
            if not self._jobs and self._is_fresh:
                self.matches = ()
            self._on_change()

        self._jobs[kind] = self._runner.run(work, done, failed)

    def _released(self) -> Sequence[Match]:
        held, self._held = self._held, ()
        return held

    def _on_known(self, found: Sequence[Match]) -> None:
        """What is known here; where that is nothing, what the former text found stays until a system answers."""
        if found:
            self._add(found)

    def _add(self, found: Sequence[Match]) -> None:
        kept = () if self._is_fresh else self.matches
        self._is_fresh = False
        self.matches = merge(kept, found, self.text)
        self._on_change()

    async def _look(self, text: str) -> Sequence[Match]:
        return merge((), [match_of(name) for name in await self._overviews.find(text)])

    @staticmethod
    async def _ask_crm(crm: CrmSystem, text: str) -> Sequence[Hit]:
        await asyncio.sleep(SEARCH_AFTER)
        return await crm.search(text)

    @staticmethod
    async def _ask_time(time: TimeSystem, text: str) -> Sequence[Hit]:
        """Projects; without a number none can be opened."""
        await asyncio.sleep(SEARCH_AFTER)
        return [hit for hit in await time.search_projects(text, limit=_MOST_OTHERS) if hit.number]

    @staticmethod
    async def _ask_erp(erp: ErpSystem, text: str) -> Sequence[Hit]:
        """Customers, and then orders and products; who may not see those finds customers all the same."""
        await asyncio.sleep(SEARCH_AFTER)
        customers, *others = await asyncio.gather(
            erp.search_customers(text),
            erp.search_orders(text, limit=_MOST_OTHERS),
            erp.search_products(text, limit=_MOST_OTHERS),
            return_exceptions=True,
        )
        if isinstance(customers, BaseException):
            raise customers
        found: list[Hit] = [*customers]
        for hits in others:
            if isinstance(hits, SystemFault):
                continue
            if isinstance(hits, BaseException):
                raise hits
            found += hits
        return found


def _from_hit(hit: Hit) -> Match:
    if isinstance(hit, OrderHit | ProductHit | ProjectHit):
        (name,) = names_of(hit)
        return match_of(name)
    if isinstance(hit, CustomerHit):
        return Match(f"erp:{hit.id}", ContactKind.COMPANY, hit.name, hit.number, hit.city, customer_id=hit.id)
    return Match(f"crm:{hit.kind}:{hit.id}", hit.kind, hit.name, hit.number, hit.detail, company_id=hit.company_id)


def customer_by_number(number: str) -> Match:
    """The customer with this number, which is all that links the systems."""
    return Match(f"{BY_NUMBER}{number}", ContactKind.COMPANY, number, number)


def project_by_number(number: str) -> Match:
    """Likewise the project."""
    return Match(f"{BY_NUMBER}project:{number}", ContactKind.COMPANY, number, number, project_id=number)


def match_of(name: Name) -> Match:
    """The same as the system's own hit gives, so that the one takes the place of the other."""
    match name.kind:
        case NameKind.COMPANY:
            kind = ContactKind.COMPANY
            return Match(f"crm:{kind}:{name.id}", kind, name.name, name.number, name.detail, company_id=name.id)
        case NameKind.PERSON:
            kind = ContactKind.PERSON
            key = f"crm:{kind}:{name.id}"
            return Match(key, kind, name.name, name.number, name.detail, company_id=name.parent_id)
        case NameKind.CUSTOMER:
            kind = ContactKind.COMPANY
            return Match(f"erp:{name.id}", kind, name.name, name.number, name.detail, customer_id=name.id)
        case NameKind.ORDER:
            kind = ContactKind.COMPANY
            return Match(f"order:{name.id}", kind, name.name, name.number, name.detail, order_id=name.id)
        case NameKind.PRODUCT:
            kind = ContactKind.COMPANY
            return Match(f"product:{name.id}", kind, name.name, name.number, name.detail, product_id=name.id)
        case NameKind.PROJECT:
            kind = ContactKind.COMPANY
            return Match(f"project:{name.id}", kind, name.name, name.number, name.detail, project_id=name.id)


def by_likeness(text: str, found: Sequence[Match]) -> list[Match]:
    """``found`` with the exact number first, then names that begin with ``text``; otherwise as the system gave it."""
    wanted = fold(text)

    def rank(match: Match) -> int:
        if match.number == text:
            return 0
        return 1 if fold(match.name).startswith(wanted) else 2

    return sorted(found, key=rank)


def merge(shown: tuple[Match, ...], found: Sequence[Match], text: str = "") -> tuple[Match, ...]:
    """``found`` put together with what is ``shown``: a company the other system knows by the same number is one row.

    Nothing but the number links them (rule 2). Where several companies hold one number wrongly, each of them stays. A
    row stays where it is, with one exception: the very number that was typed as ``text`` goes first.
    """
    rows = list(shown)
    for new in found:
        same = [i for i, row in enumerate(rows) if _is_same(row, new)]
        partners = [i for i, row in enumerate(rows) if _is_partner(row, new)]
        for i in same or partners:
            rows[i] = _with(rows[i], new)
        if not same and not partners:
            is_wanted = bool(text) and new.number == text and bool(rows) and rows[0].number != text
            rows.insert(0 if is_wanted else len(rows), new)
    return tuple(rows)


def _with(row: Match, new: Match) -> Match:
    """What a system says now, laid over what was known; the CRM's words go before the ERP's."""
    if new.customer_id:
        return replace(
            row,
            name=row.name if row.company_id else new.name,
            detail=row.detail or new.detail,
            customer_id=new.customer_id,
        )
    is_linked = row.number == new.number
    return replace(
        row,
        name=new.name,
        number=new.number,
        detail=new.detail or row.detail,
        company_id=new.company_id,
        customer_id=row.customer_id if is_linked else "",
    )


def _is_same(row: Match, new: Match) -> bool:
    """The same thing of the same system, told again."""
    return row.key == new.key or (
        row.kind is new.kind is ContactKind.COMPANY
        and (
            (bool(new.customer_id) and row.customer_id == new.customer_id)
            or (bool(new.company_id) and row.company_id == new.company_id)
        )
    )


def _is_partner(row: Match, new: Match) -> bool:
    companies = row.kind is ContactKind.COMPANY and new.kind is ContactKind.COMPANY
    halves = (not row.company_id and bool(new.company_id)) or (not row.customer_id and bool(new.customer_id))
    return companies and row.is_card and new.is_card and bool(row.number) and row.number == new.number and halves
