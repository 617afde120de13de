"""A CRM and an ERP in memory, for what the card and the search show of them. What they answer is the test's to say."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from app.domain.contact_changes import CategoryChange, Correction, NewPerson
from app.domain.contacts import (
    Campaign,
    Category,
    Company,
    ContactHit,
    ContactKind,
    NewTouchPoint,
    Outcome,
    Page,
    Person,
    SalesProcess,
    SalesStage,
    SupportCase,
    Task,
    TouchKind,
    TouchPoint,
)
from app.domain.money import Money
from app.domain.orders import OrderHit, OrderPhase, OrderState, OrderSummary, Product, ProductHit
from app.domain.parties import Address, AddressUse, Choice, Credit, Customer, CustomerHit
from app.domain.sales_changes import StageChange, TaskCompletion
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.capability import Capability
from app.ports.connection import Identity, Wire
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
    (Category("sector", "Sector", (Choice("s1", "Lighting <b>design</b>"),), can_set=True),),
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


STAGES = (
    SalesStage("g1", "Offer & demo"),
    SalesStage("g2", "Talks"),
    SalesStage("g3", "Lost", Outcome.LOST),
    SalesStage("g4", "Won", Outcome.WON),
)
HOSPITAL = SalesProcess(
    "1",
    "Hospital",
    "Offer & demo",
    Money(Decimal(420000), "DKK"),
    date(2026, 12, 4),
    stage_id="g1",
    version="v1",
    can_change=True,
)


@dataclass
class FakeCrm:
    """What is in the CRM, and the fault that every question meets, if any.

    Attributes:
        asked: The names of the questions, in order.
        logged: What it was asked to log, also when it answered with a fault.
        refuses: The fault that a change of a sale or a task meets.
        sold, to_do: The company's sales and open tasks.
        takes: Seconds that it takes to say what a company is.
    """

    companies: dict[str, Company] = field(default_factory=lambda: {"c1": NORDLYS})
    fault: SystemFault | None = None
    touches: int = 70
    asked: list[str] = field(default_factory=list)
    logged: list[NewTouchPoint] = field(default_factory=list)
    capabilities: frozenset[Capability] = frozenset(Capability)
    password: str = "right"
    refuses: SystemFault | None = None
    sold: list[SalesProcess] = field(default_factory=lambda: [HOSPITAL])
    to_do: list[Task] = field(default_factory=list)
    takes: float = 0.0

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

    async def examine(self) -> Wire:
        self._meet("examine")
        return Wire()

    async def close(self) -> None:
        pass

    async def search(self, text: str, *, limit: int = 20) -> Sequence[ContactHit]:
        self._meet(f"search {text}")
        hits = [ContactHit(c.id, ContactKind.COMPANY, c.name, c.id, c.number) for c in self.companies.values()]
        return [*hits, ContactHit("p1", ContactKind.PERSON, "Camilla Winther", "c1", detail="Nordlys")]

    async def company(self, company_id: str) -> Company:
        self._meet("company")
        await asyncio.sleep(self.takes)
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
        return self.sold

    async def sales_stages(self) -> Sequence[SalesStage]:
        self._meet("sales_stages")
        return STAGES

    async def set_stage(self, change: StageChange) -> SalesProcess:
        self._meet(f"set_stage {change.stage_id}")
        if self.refuses is not None:
            raise self.refuses
        stage = next(stage for stage in STAGES if stage.id == change.stage_id)
        (sale,) = [sale for sale in self.sold if sale.id == change.sale_id]
        moved = replace(
            sale,
            stage=stage.name,
            stage_id=stage.id,
            outcome=stage.outcome,
            is_open=stage.outcome is Outcome.OPEN,
            version=sale.version + "+",
        )
        self.sold = [moved if each is sale else each for each in self.sold]
        return moved

    async def tasks(self, company_id: str) -> Sequence[Task]:
        self._meet("tasks")
        return self.to_do

    async def complete_task(self, change: TaskCompletion) -> Task:
        self._meet(f"complete_task {change.task_id}")
        if self.refuses is not None:
            raise self.refuses
        (task,) = [task for task in self.to_do if task.id == change.task_id]
        self.to_do.remove(task)
        return replace(task, is_open=False)

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

    async def set_category(self, change: CategoryChange) -> Company:
        self._meet(f"set_category {' '.join(value.id for value in change.values)}")
        company = self.companies[change.company_id]
        values = tuple(Choice(value.id, f"value {value.id}") for value in change.values)
        changed = tuple(replace(c, values=values) if c.key == change.key else c for c in company.categories)
        self.companies[company.id] = replace(company, categories=changed)
        return self.companies[company.id]

    async def correct(self, correction: Correction) -> Company:
        self._meet(f"correct {correction.person_id}")
        company = self.companies[correction.company_id]
        changes: dict[str, Any] = {one.field.value: one.value for one in correction.fields}
        if correction.person_id:
            people = tuple(replace(p, **changes) if p.id == correction.person_id else p for p in company.people)
            changes = {"people": people}
        self.companies[company.id] = replace(company, **changes)
        return self.companies[company.id]

    async def add_person(self, person: NewPerson) -> Company:
        self._meet(f"add_person {person.name}")
        company = self.companies[person.company_id]
        added = Person(f"p{len(company.people) + 1}", person.name, person.role, person.phone, person.mobile)
        self.companies[company.id] = replace(company, people=(*company.people, added))
        return self.companies[company.id]


@dataclass
class FakeCustomers:
    """What is in the ERP.

    Attributes:
        orders: What a search in a customer's orders finds; None for his usual ones.
    """

    customers: dict[str, Customer] = field(default_factory=lambda: {"10023": CUSTOMER})
    orders: list[OrderSummary] | None = None
    trade: list[TradeEvent] = field(default_factory=list)
    fault: SystemFault | None = None
    asked: list[str] = field(default_factory=list)
    capabilities: frozenset[Capability] = frozenset(Capability)
    password: str = "right"

    def as_system(self) -> ErpSystem:
        """The same, as the services see it."""
        return cast(ErpSystem, self)

    def _meet(self, question: str = "") -> None:
        self.asked.append(question)
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

    async def examine(self) -> Wire:
        self._meet()
        return Wire()

    async def close(self) -> None:
        pass

    async def search_customers(self, text: str, *, limit: int = 20) -> Sequence[CustomerHit]:
        self._meet()
        hits = [CustomerHit(c.id, c.number, c.name, "Kolding") for c in self.customers.values()]
        return [*hits, CustomerHit("e9", "10044", "Only in the ERP A/S", "Esbjerg")]

    async def customer(self, number: str) -> Customer:
        self._meet("customer")
        if number not in self.customers:
            raise NotFound("erp")
        return self.customers[number]

    async def orders_of(
        self, customer_id: str, *, text: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[OrderSummary]:
        self._meet("orders_of")
        if text and self.orders is not None:
            return self.orders
        total = Money(Decimal("1234.50"), "DKK")
        return [OrderSummary(str(n), f"SO-{n}", DRAFT, date(2026, 11, n), "ref", total) for n in (3, 2, 1)]

    async def trade_events(
        self,
        customer_id: str,
        *,
        kinds: frozenset[TradeKind] = frozenset(),
        text: str = "",
        after: str | None = None,
        limit: int = 30,
    ) -> Page[TradeEvent]:
        self._meet("trade_events")
        chosen = [event for event in self.trade if (not kinds or event.kind in kinds) and text in event.number]
        start = int(after or 0)
        more = str(start + limit) if start + limit < len(chosen) else None
        return Page(tuple(chosen[start : start + limit]), more)

    async def search_orders(self, text: str, *, limit: int = 20) -> Sequence[OrderHit]:
        self._meet("search_orders")
        return [
            OrderHit(order.id, order.number, CustomerHit("e1", "10023", CUSTOMER.name, ""), "ref", DRAFT)
            for order in await self.orders_of("e1")
            if text.lower() in order.number.lower()
        ]

    async def search_products(self, text: str, *, header: object = None, limit: int = 20) -> Sequence[ProductHit]:
        self._meet("search_products")
        lamp = ProductHit(Product("5", "4711", "LED panel"), barcode="5701234567890", exact=text == "4711")
        return [lamp] if text.lower() in f"{lamp.product.code} {lamp.product.name.lower()} {lamp.barcode}" else []


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
