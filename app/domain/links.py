"""How the companies of a CRM and the customers of an ERP hang together by number, and where they do not.

What is found is told, and what may be meant is suggested; nothing is linked by itself. A suggestion rests on a VAT
number or a name, and only on those: addresses belong to their systems and are never compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from app.domain.names import Name, NameKind, words_of
from app.domain.text import fold

_NO_HELP = (
    "aps",
    "a",
    "s",
    "as",
    "is",
    "i",
    "ivs",
    "ab",
    "oy",
    "ltd",
    "limited",
    "gmbh",
    "kg",
    "ag",
    "bv",
    "nv",
    "amba",
)
_LINKING = ("og", "and", "und", "co", "the")
_LEGAL_FORMS = frozenset({*_NO_HELP, *_LINKING})
"""Words that tell no company from another."""
_WIDE = 4
"""Bytes of a place."""
_COMMON = 60
"""A word in more names than that finds nobody."""
_BEGINNING = 5
_ALIKE = 0.84
"""From which share of equal letters on two names are called similar: one letter in six."""
_MOST = 3
_SHORTEST_VAT = 6


class FindingKind(StrEnum):
    """What is wrong with a link."""

    NO_NUMBER = "no_number"  # the company holds no customer number
    NOT_IN_ERP = "not_in_erp"  # its number points nowhere
    SHARED = "shared"  # others hold its number too
    NAMES_DIFFER = "names_differ"  # linked, but each system calls it something else
    PROJECT_NOT_IN_ERP = "project_not_in_erp"  # the number of the project's customer points nowhere
    PROJECT_NO_CUSTOMER = "project_no_customer"  # the project says no customer number: it may be one of our own


MAY_BE_RIGHT = frozenset({FindingKind.NAMES_DIFFER, FindingKind.PROJECT_NO_CUSTOMER})
"""Of these a person may say that it is as it should be."""


class Reason(StrEnum):
    """Why a customer is suggested, the strongest first."""

    VAT_NUMBER = "vat_number"
    NAME = "name"
    SIMILAR = "similar"
    OTHERS = "others"  # the number is another company's, by its VAT number or name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a person may choose to do about a finding.

    Attributes:
        number: What is to be written to the company; empty takes its number out.
        customer: Whom that number means; None where it is taken out.
        held_by: The company that holds this number already, or empty. Then there is nothing to accept.
    """

    reason: Reason
    number: str
    customer: Name | None = None
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A company, or a project, whose link wants looking at.

    Attributes:
        company: Which one. A project's key is told from those of companies by a word before it; its number is its own,
            and its customer's is the number of its parent.
        customer: The ERP's customer with its number, or None.
        sharers: The other companies with its number.
        suggestions: The likeliest first.
        same_vat: Company and customer have the same VAT number.
    """

    kind: FindingKind
    company: Name
    customer: Name | None = None
    sharers: tuple[Name, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    same_vat: bool = False

    @property
    def is_project(self) -> bool:
        """It is about a project of the time system, where nothing is written from here."""
        return self.company.kind is NameKind.PROJECT

    @property
    def is_its_own(self) -> bool:
        """Its number means a customer with the same VAT number or name."""
        return self.customer is not None and (self.same_vat or same_name(self.company.name, self.customer.name))

    @property
    def best(self) -> Suggestion | None:
        """The likeliest suggestion that can be accepted."""
        return next((each for each in self.suggestions if not each.held_by), None)


def vat_key(text: str) -> str:
    """A VAT number as it is compared: without its spaces, dots and country; empty where it is too short to be one."""
    found = "".join(c for c in text.upper() if c.isalnum()).removesuffix("MVA")  # in Norway it may stand behind
    without = found[2:] if found[:2].isalpha() else found
    return without if len(without) >= _SHORTEST_VAT else ""


def same_vat(one: str, other: str) -> bool:
    """Two VAT numbers are the same. Where both name their country, that must be the same too."""
    key = vat_key(one)
    if not key or key != vat_key(other):
        return False
    mine, theirs = one.strip()[:2].upper(), other.strip()[:2].upper()
    return mine == theirs or not (mine.isalpha() and theirs.isalpha())


def same_name(one: str, other: str) -> bool:
    """Two names are the same, case and accents set aside."""
    return fold(one) == fold(other)


class NameTable(Sequence[Name]):
    """Many names of one kind, as tuples of text: the garbage collector does not look through those.

    With 50,000 of each system's it would else hold up the window's thread (`app.runtime.collector`).
    """

    def __init__(self, kind: NameKind, names: Iterable[Name] = ()) -> None:
        self._kind = kind
        self._rows: list[tuple[str, str, str, str, str, str]] = []
        self.extend(names)

    def extend(self, names: Iterable[Name]) -> None:
        """Further ones."""
        self._rows += [
            (name.id, name.name, name.number, name.detail, name.parent_id, name.vat_number) for name in names
        ]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        key, name, number, detail, parent_id, vat_number = self._rows[place]
        return Name(self._kind, key, name, number, detail, parent_id, vat_number=vat_number)


class _Places:
    """Places in a table by a word, as bytes for the same reason. What too many have in common finds nobody."""

    def __init__(self) -> None:
        self._found: dict[str, bytes] = {}

    def add(self, word: str, place: int) -> None:
        known = self._found.get(word, b"")
        if len(known) <= _COMMON * _WIDE:
            self._found[word] = known + place.to_bytes(_WIDE, "little")

    def of(self, word: str) -> list[int]:
        known = self._found.get(word, b"")
        places = [int.from_bytes(known[at : at + _WIDE], "little") for at in range(0, len(known), _WIDE)]
        return places if len(places) <= _COMMON else []


class CustomerIndex:
    """The ERP's customers, found by what a company of the CRM has in common with them."""

    def __init__(self, customers: Iterable[Name] = ()) -> None:
        self._customers = NameTable(NameKind.CUSTOMER)
        self._essences: list[str] = []
        self._by_number: dict[str, int] = {}
        self._by_vat, self._by_name, self._by_word = _Places(), _Places(), _Places()
        for customer in customers:
            self.add(customer)

    def add(self, customer: Name) -> None:
        """One more. A customer without a number can be linked with nobody."""
        if not customer.number:
            return
        place, essence = len(self._customers), essence_of(customer.name)
        self._customers.extend((customer,))
        self._essences.append(essence)
        self._by_number[customer.number] = place
        if key := vat_key(customer.vat_number):
            self._by_vat.add(key, place)
        self._by_name.add(fold(customer.name), place)
        for word in _handles(essence):
            self._by_word.add(word, place)

    def of_number(self, number: str) -> Name | None:
        """The customer with exactly this number."""
        place = self._by_number.get(number)
        return None if place is None else self._customers[place]

    def like(self, company: Name) -> Iterator[tuple[Reason, Name]]:
        """Who may be meant by a company, the likeliest first; the same customer once."""
        seen: set[str] = set()
        for reason, customers in (
            (Reason.VAT_NUMBER, self._of_vat(company.vat_number)),
            (Reason.NAME, self._at(self._by_name.of(fold(company.name)))),
            (Reason.SIMILAR, self._similar(company.name)),
        ):
            for customer in customers:
                if customer.id not in seen:
                    seen.add(customer.id)
                    yield reason, customer

    def _at(self, places: Iterable[int]) -> Iterator[Name]:
        return (self._customers[place] for place in places)

    def _of_vat(self, vat_number: str) -> Iterator[Name]:
        for customer in self._at(self._by_vat.of(vat_key(vat_number))):
            if same_vat(vat_number, customer.vat_number):
                yield customer

    def _similar(self, name: str) -> Iterator[Name]:
        wanted = essence_of(name)
        candidates: set[int] = set()
        for word in _handles(wanted):
            candidates.update(self._by_word.of(word))
        found = []
        matcher = SequenceMatcher(b=wanted, autojunk=False)
        for place in candidates:
            matcher.set_seq1(self._essences[place])
            if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
                likeness = matcher.ratio()
                if likeness >= _ALIKE:
                    found.append((-likeness, self._customers[place].number, place))
        return self._at(place for *_, place in sorted(found))


def essence_of(name: str) -> str:
    """The words of a name that tell it from others, in alphabetical order."""
    words = [word for word in words_of(name) if word not in _LEGAL_FORMS]
    return " ".join(sorted(words))


def _handles(essence: str) -> set[str]:
    """By what similar names are found: whole words, and how words begin, since a letter may be wrong further on."""
    words = essence.split()
    return {*words, *(f"{word[:_BEGINNING]}…" for word in words if len(word) > _BEGINNING)}


def findings(companies: Sequence[Name], customers: CustomerIndex) -> Iterator[Finding | None]:
    """What is wrong with each company, or None; one step a company, so that a caller can pause between them."""
    holders = _Holders(companies)
    for company in companies:
        yield _finding(company, customers, holders)


def project_finding(project: Name, customers: CustomerIndex) -> Finding | None:
    """What is wrong with whose a project is, or None. Customers are known by their number and by nothing else."""
    number = project.parent_id
    if number and customers.of_number(number) is not None:
        return None
    kind = FindingKind.PROJECT_NOT_IN_ERP if number else FindingKind.PROJECT_NO_CUSTOMER
    return Finding(kind, replace(project, id=f"project:{project.id}"))


class _Holders:
    """The companies that hold each number."""

    def __init__(self, companies: Sequence[Name]) -> None:
        self._companies = companies
        self._first: dict[str, int] = {}
        self._further: dict[str, list[int]] = {}
        for place, company in enumerate(companies):
            if company.number and self._first.setdefault(company.number, place) != place:
                self._further.setdefault(company.number, []).append(place)

    def others(self, number: str, company: Name) -> tuple[Name, ...]:
        """Those of a number except for ``company``."""
        if number not in self._first:
            return ()
        places = (self._first[number], *self._further.get(number, ()))
        return tuple(other for place in places if (other := self._companies[place]).id != company.id)


def _finding(company: Name, customers: CustomerIndex, holders: _Holders) -> Finding | None:
    number = company.number
    customer = customers.of_number(number) if number else None
    sharers = holders.others(number, company)
    is_same_vat = customer is not None and same_vat(company.vat_number, customer.vat_number)
    if not number:
        kind = FindingKind.NO_NUMBER
    elif sharers:
        kind = FindingKind.SHARED
    elif customer is None:
        kind = FindingKind.NOT_IN_ERP
    elif same_name(company.name, customer.name):
        return None
    else:
        kind = FindingKind.NAMES_DIFFER
    suggestions: list[Suggestion] = []
    is_its_own = customer is not None and (is_same_vat or same_name(company.name, customer.name))
    if not is_its_own:
        suggestions += _instead(company, customers, holders)
    if kind is FindingKind.SHARED and not is_its_own and _is_anothers(customer, sharers):
        suggestions.append(Suggestion(Reason.OTHERS, ""))
    return Finding(kind, company, customer, sharers, tuple(suggestions), is_same_vat)


def _instead(company: Name, customers: CustomerIndex, holders: _Holders) -> list[Suggestion]:
    found: list[Suggestion] = []
    for reason, customer in customers.like(company):
        if customer.number == company.number:
            continue
        held_by = next((other.name for other in holders.others(customer.number, company)), "")
        found.append(Suggestion(reason, customer.number, customer, held_by))
        if len(found) == _MOST:
            break
    return found


def _is_anothers(customer: Name | None, sharers: Sequence[Name]) -> bool:
    return customer is not None and any(
        same_vat(other.vat_number, customer.vat_number) or same_name(other.name, customer.name) for other in sharers
    )


def without(found: Sequence[Finding], company_id: str) -> tuple[Finding, ...]:
    """What is left to look at once a company has another number: it is none any more, nor does it share one."""
    left = []
    for finding in found:
        if finding.company.id == company_id:
            continue
        if not finding.sharers:
            left.append(finding)
            continue
        sharers = tuple(other for other in finding.sharers if other.id != company_id)
        if len(sharers) == len(finding.sharers):
            left.append(finding)
        elif sharers:
            left.append(replace(finding, sharers=sharers))
        elif finding.customer is None:
            left.append(replace(finding, kind=FindingKind.NOT_IN_ERP, sharers=()))
        elif not same_name(finding.company.name, finding.customer.name):
            suggestions = tuple(each for each in finding.suggestions if each.reason is not Reason.OTHERS)
            left.append(replace(finding, kind=FindingKind.NAMES_DIFFER, sharers=(), suggestions=suggestions))
    return tuple(left)
