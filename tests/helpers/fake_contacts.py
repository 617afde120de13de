"""A CRM and an ERP in memory, for what the card and the search show of them. What they answer is the test's to say."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from app.domain.contacts import (
    Campaign,
    Category,
    Company,
    ContactHit,
    ContactKind,
    NewTouchPoint,
    Page,
    Person,
    SalesProcess,
    SupportCase,
    TouchKind,
    TouchPoint,
)
from app.domain.money import Money
from app.domain.orders import OrderPhase, OrderState, OrderSummary
from app.domain.parties import Address, AddressUse, Choice, Credit, Customer, CustomerHit
from app.ports.capability import Capability
from app.ports.connection import Identity
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.ports.errors import NotFound, SystemFault, WrongPassword

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PEOPLE = (
    Person("p1", "Camilla Winther", "Architect", "+45 50 05 90 85", "+45 41 48 09 25", "cw@nordlys.example"),
    Person("p2", "Bo", "", "", "", "not an address"),
)
NORDLYS = Company(
    "c1",
    "Nordlys Belysning ApS",
    "10023",
    Address("a1", "", "Bredgade 81B", "2200", "København N", "DK"),
    "+45 61 92 55 82",
    "info@nordlys.example",
    "javascript:alert(1)",
    (Category("sector", "Sector", "s1", "Lighting <b>design</b>", can_set=True),),
    ("Fair 2025",),
    PEOPLE,
    "v1",
)
CUSTOMER = Customer(
    "e1",
    "10023",
    "Nordlys Belysning ApS",
    "DK32321356",
    (
        Address("d1", "Lager 2", "Værkstedsvej 33A", "6000", "Kolding", "DK", frozenset({AddressUse.DELIVERY})),
        Address("i1", "", "Postboks 114", "2200", "København N", "DK", frozenset({AddressUse.INVOICE})),
    ),
    credit=Credit(limit=Money(Decimal(75000), "DKK"), overdue=Money(Decimal("31250.50"), "DKK")),
)
DRAFT = OrderState("draft", "Draft", OrderPhase.DRAFT)


@dataclass
class FakeCrm:
    """What is in the CRM, and the fault that every question meets, if any.

    Attributes:
        asked: The names of the questions, in order.
        logged: What it was asked to log, also when it answered with a fault.
    """

    companies: dict[str, Company] = field(default_factory=lambda: {"c1": NORDLYS})
    fault: SystemFault | None = None
    touches: int = 70
    asked: list[str] = field(default_factory=list)
    logged: list[NewTouchPoint] = field(default_factory=list)
    capabilities: frozenset[Capability] = frozenset(Capability)
    password: str = "right"

    def as_system(self) -> CrmSystem:
        """The same, as the services see it."""
        return cast(CrmSystem, self)

    def _meet(self, question: str) -> None:
        self.asked.append(question)
        if self.fault is not None:
            raise self.fault

    async def sign_in(self, password: str) -> Identity:
        self._meet("sign_in")
        if password != self.password:
            raise WrongPassword("crm")
        return Identity("Mette", "2.8")

    async def resume(self, secret: str) -> Identity:
        return await self.sign_in(secret)

    async def sign_out(self) -> None:
        self._meet("sign_out")

    async def ping(self) -> None:
        self._meet("ping")

    async def close(self) -> None:
        pass

    async def search(self, text: str, *, limit: int = 20) -> Sequence[ContactHit]:
        self._meet(f"search {text}")
        hits = [ContactHit(c.id, ContactKind.COMPANY, c.name, c.id, c.number) for c in self.companies.values()]
        return [*hits, ContactHit("p1", ContactKind.PERSON, "Camilla Winther", "c1", detail="Nordlys")]

    async def company(self, company_id: str) -> Company:
        self._meet("company")
        if company_id not in self.companies:
            raise NotFound("crm")
        return self.companies[company_id]

    async def companies_by_number(self, number: str) -> Sequence[ContactHit]:
        self._meet("companies_by_number")
        found = [c for c in self.companies.values() if c.number == number]
        return [ContactHit(c.id, ContactKind.COMPANY, c.name, c.id, c.number) for c in found]

    async def timeline(
        self,
        company_id: str,
        *,
        kinds: frozenset[TouchKind] = frozenset(),
        text: str = "",
        after: str | None = None,
        limit: int = 30,
    ) -> Page[TouchPoint]:
        self._meet("timeline")
        all_kinds = (TouchKind.CALL, TouchKind.MEETING, TouchKind.NOTE)
        touches = [
            TouchPoint(str(n), all_kinds[n % 3], NOON - timedelta(hours=n), f"Subject {n}", "A <i>text</i>. " * 30)
            for n in range(self.touches)
        ]
        chosen = [t for t in touches if (not kinds or t.kind in kinds) and text in t.subject]
        start = int(after or 0)
        more = str(start + limit) if start + limit < len(chosen) else None
        return Page(tuple(chosen[start : start + limit]), more)

    async def sales(self, company_id: str) -> Sequence[SalesProcess]:
        self._meet("sales")
        return [SalesProcess("1", "Hospital", "Offer", Money(Decimal(420000), "DKK"), date(2026, 12, 4))]

    async def cases(self, company_id: str) -> Sequence[SupportCase]:
        self._meet("cases")
        return []

    async def campaigns(self, company_id: str) -> Sequence[Campaign]:
        self._meet("campaigns")
        return []

    async def log_touch_point(self, touch: NewTouchPoint) -> TouchPoint:
        self.logged.append(touch)
        self._meet("log")
        return TouchPoint("new", touch.kind, touch.at, touch.subject, touch.text)

    async def category_choices(self, key: str) -> Sequence[Choice]:
        self._meet("category_choices")
        return [Choice("s1", "Lighting <b>design</b>"), Choice("s2", "Electricians & Sons")]

    async def set_category(self, company: Company, key: str, value_id: str) -> Company:
        self._meet(f"set_category {value_id}")
        changed = tuple(replace(c, value_id=value_id, value=f"value {value_id}") for c in company.categories)
        self.companies[company.id] = replace(company, categories=changed)
        return self.companies[company.id]


@dataclass
class FakeCustomers:
    """What is in the ERP."""

    customers: dict[str, Customer] = field(default_factory=lambda: {"10023": CUSTOMER})
    fault: SystemFault | None = None
    capabilities: frozenset[Capability] = frozenset(Capability)
    password: str = "right"

    def as_system(self) -> ErpSystem:
        """The same, as the services see it."""
        return cast(ErpSystem, self)

    def _meet(self) -> None:
        if self.fault is not None:
            raise self.fault

    async def sign_in(self, password: str) -> Identity:
        self._meet()
        if password != self.password:
            raise WrongPassword("erp")
        return Identity("Mette", "8.2")

    async def resume(self, secret: str) -> Identity:
        return await self.sign_in(secret)

    async def sign_out(self) -> None:
        self._meet()

    async def ping(self) -> None:
        self._meet()

    async def close(self) -> None:
        pass

    async def search_customers(self, text: str, *, limit: int = 20) -> Sequence[CustomerHit]:
        self._meet()
        hits = [CustomerHit(c.id, c.number, c.name, "Kolding") for c in self.customers.values()]
        return [*hits, CustomerHit("e9", "10044", "Only in the ERP A/S", "Esbjerg")]

    async def customer(self, number: str) -> Customer:
        self._meet()
        if number not in self.customers:
            raise NotFound("erp")
        return self.customers[number]

    async def orders_of(self, customer_id: str, *, limit: int = 50, offset: int = 0) -> Sequence[OrderSummary]:
        self._meet()
        total = Money(Decimal("1234.50"), "DKK")
        return [OrderSummary(str(n), f"SO-{n}", DRAFT, date(2026, 11, n), "ref", total) for n in (3, 2, 1)]


class MemorySecrets:
    """A keyring that forgets at the end of the test."""

    def __init__(self) -> None:
        self.kept: dict[Any, str] = {}

    def read(self, connection: Any) -> str | None:
        return self.kept.get(connection.system)

    def write(self, connection: Any, secret: str) -> bool:
        self.kept[connection.system] = secret
        return True

    def delete(self, connection: Any) -> None:
        self.kept.pop(connection.system, None)
