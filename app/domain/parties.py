"""The ERP's customers and their addresses."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.money import Money


def is_customer_number(text: str) -> bool:
    """``text``, which comes from a link, can be a customer number: letters, digits, dots and dashes."""
    return re.fullmatch(r"[\w.\-]{1,40}", text) is not None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list that a system offers: a delivery method, a payment term, a price list.

    Attributes:
        id: The system's own key, opaque here.
        label: The system's own words for it.
    """

    id: str
    label: str


class AddressUse(StrEnum):
    """What an address of the ERP is for. The CRM's address is for meeting and is another type."""

    DELIVERY = "delivery"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address.

    Attributes:
        id: The system's own key, opaque here; empty where it has none.
        name: Who or what is at the address ("Lager 2"), may be empty.
        street: May hold several lines.
        country: ISO 3166-1 alpha-2, or empty.
        uses: What the ERP marks it for; empty for a CRM's address and where the ERP marks nothing.
    """

    id: str
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    uses: frozenset[AddressUse] = frozenset()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as they stand on an envelope, without empty ones."""
        place = f"{self.postal_code} {self.city}".strip()
        return tuple(line for line in (self.name, *self.street.split("\n"), place, self.country) if line.strip())

    @property
    def label(self) -> str:
        """The address in one line."""
        return ", ".join(self.lines)


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer of the ERP found by a search.

    Attributes:
        id: The ERP's own key, opaque here.
        number: The customer number that links the systems; empty where the ERP has none.
    """

    id: str
    number: str
    name: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """What the ERP says of a customer's credit; each figure is None where it says nothing."""

    limit: Money | None = None
    receivable: Money | None = None
    overdue: Money | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the ERP knows it."""

    id: str
    number: str
    name: str
    vat_number: str = ""
    addresses: tuple[Address, ...] = ()
    price_list: Choice | None = None
    payment_term: Choice | None = None
    credit: Credit = field(default_factory=Credit)

    def addresses_for(self, use: AddressUse) -> tuple[Address, ...]:
        """The addresses the ERP marks for ``use``; where it marks none, all of them."""
        marked = tuple(address for address in self.addresses if use in address.uses)
        return marked or self.addresses
