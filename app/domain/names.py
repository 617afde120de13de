"""Names and numbers by which things are found, whatever a user types of them and in whichever order."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.contacts import Company, ContactHit, ContactKind
from app.domain.orders import OrderHit, OrderSummary, ProductHit
from app.domain.parties import Customer, CustomerHit
from app.domain.projects import Project, ProjectHit
from app.domain.text import fold

_WORD = re.compile(r"[^\W_]+")
_NO_DIGIT = re.compile(r"\D")
_LONGEST_TEXT = 200
_MOST_WORDS = 8
_LONGEST_WORD = 40
_FEWEST_DIGITS = 5
"""Of a telephone number or a VAT number, from which on its spaces do not count."""
_WITHOUT_PREFIX = 8
"""The last digits of a telephone number, by which it is found with and without its country's prefix."""


class NameKind(StrEnum):
    """What is found."""

    COMPANY = "company"  # of the CRM
    PERSON = "person"
    CUSTOMER = "customer"  # of the ERP
    ORDER = "order"
    PRODUCT = "product"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Name:
    """A line in the index.

    Attributes:
        id: The system's own key.
        number: The customer's, the order's, the product's or the project's number, or empty.
        detail: What tells it from others of the same name.
        parent_id: The company of a person; of a project its customer's number; else empty.
        found_by: What else it is found by: telephone numbers and e-mail addresses; of a product its bar codes.
        vat_number: As the system writes it, or empty.
    """

    kind: NameKind
    id: str
    name: str
    number: str = ""
    detail: str = ""
    parent_id: str = ""
    found_by: tuple[str, ...] = ()
    vat_number: str = ""

    @property
    def further(self) -> tuple[str, ...]:
        """All that it is found by beside its name, number and detail."""
        return (*self.found_by, self.vat_number) if self.vat_number else self.found_by


def names_of(value: Any, *, whose: str = "") -> tuple[Name, ...]:
    """The names in what a system gave; none in what has none. ``whose`` is the name of an order's customer."""
    found: tuple[Name, ...] = ()
    match value:
        case Company():
            found = _of_company(value)
        case ContactHit() | CustomerHit() | ProductHit():
            found = (_of_hit(value),)
        case Customer():
            city = next((address.city for address in value.addresses if address.city), "")
            found = (Name(NameKind.CUSTOMER, value.id, value.name, value.number, city, vat_number=value.vat_number),)
        case OrderHit() | OrderSummary():
            found = _of_order(value, whose)
        case ProjectHit() | Project():
            found = _of_project(value)
        case tuple() | list():
            found = tuple(name for each in value for name in names_of(each, whose=whose))
    return found


def _of_order(order: OrderSummary | OrderHit, whose: str) -> tuple[Name, ...]:
    """In the list of a customer one without a number is told by nothing; found by its reference it goes by that."""
    number, reference = order.number, order.customer_reference
    if isinstance(order, OrderHit):
        whose = order.customer.name
        if not number:
            return (Name(NameKind.ORDER, order.id, reference, "", whose),)
    detail = " · ".join(part for part in (whose, reference) if part)
    return (Name(NameKind.ORDER, order.id, number, number, detail),) if number else ()


def _of_project(project: ProjectHit | Project) -> tuple[Name, ...]:
    """One without a number cannot be asked for, and so is not found."""
    name = Name(
        NameKind.PROJECT,
        project.id,
        project.name,
        project.number,
        project.customer_name,
        project.customer_number,
    )
    return (name,) if project.number else ()


def _of_hit(hit: ContactHit | CustomerHit | ProductHit) -> Name:
    if isinstance(hit, ProductHit):
        barcodes = (hit.barcode,) if hit.barcode else ()
        return Name(NameKind.PRODUCT, hit.product.id, hit.product.name, hit.product.code, found_by=barcodes)
    if isinstance(hit, CustomerHit):
        return Name(NameKind.CUSTOMER, hit.id, hit.name, hit.number, hit.city)
    if hit.kind is ContactKind.PERSON:
        return Name(NameKind.PERSON, hit.id, hit.name, hit.number, hit.detail, hit.company_id)
    return Name(NameKind.COMPANY, hit.id, hit.name, hit.number, hit.detail)


def _of_company(company: Company) -> tuple[Name, ...]:
    city = company.address.city if company.address is not None else ""
    own = Name(
        NameKind.COMPANY,
        company.id,
        company.name,
        company.number,
        city,
        found_by=(company.phone, company.email),
        vat_number=company.vat_number,
    )
    people = (
        Name(
            NameKind.PERSON,
            person.id,
            person.name,
            company.number,
            company.name,
            company.id,
            (person.phone, person.mobile, person.email),
        )
        for person in company.people
    )
    return (own, *people)


def index_words(name: Name) -> str:
    """The words that a name is found by, with spaces between."""
    words = [word for text in (name.name, name.number, name.detail, *name.further) for word in words_of(text)]
    for text in (name.number, *name.further):
        words += _runs(text)
    return " ".join(dict.fromkeys(words))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: folded, with ``aa`` as ``å`` and ``oe`` as ``ø``."""
    found = _WORD.findall(fold(text[:_LONGEST_TEXT]))
    return [word.replace("aa", "a").replace("oe", "o")[:_LONGEST_WORD] for word in found]


def _runs(text: str) -> list[str]:
    """A number as it is compared: without what stands between its digits, and without its prefix."""
    digits = _NO_DIGIT.sub("", text)
    if len(digits) < _FEWEST_DIGITS or "@" in text:
        return []
    return [digits, digits[-_WITHOUT_PREFIX:]] if len(digits) > _WITHOUT_PREFIX else [digits]


def alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    """What a typed text can mean: in each alternative, the beginnings of words that must all be there."""
    words = words_of(text)[:_MOST_WORDS]
    if not words:
        return ()
    found = [tuple(dict.fromkeys(words))]
    if not any(word.isalpha() for word in words):
        found += [(run,) for run in _runs(text)]
    if len(words) > 1 and any(word.isdigit() for word in words):
        found.append(("".join(words)[:_LONGEST_WORD],))  # a number typed in groups: "DK 32 32 13 56"
    return tuple(dict.fromkeys(found))
