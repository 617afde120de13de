"""What the cache knows of a customer when his card is opened."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from app.domain.contacts import Company, ContactHit
from app.ports import cache
from app.ports.cache import Cache, Kept, OverviewKind
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.services.card_parts import CRM_PARTS, ERP_PARTS, PartName
from app.services.overviews import Overviews

T = TypeVar("T")

KIND_OF: Mapping[PartName, OverviewKind[Any]] = {
    PartName.COMPANY: cache.COMPANY,
    PartName.CUSTOMER: cache.CUSTOMER,
    PartName.TIMELINE: cache.TIMELINE,
    PartName.TASKS: cache.TASKS,
    PartName.SALES: cache.SALES,
    PartName.CASES: cache.CASES,
    PartName.CAMPAIGNS: cache.CAMPAIGNS,
    PartName.ORDERS: cache.ORDERS,
    PartName.TRADE: cache.TRADE,
}
"""As what a part of the card is kept."""

_OF_A_COMPANY = (PartName.COMPANY, *CRM_PARTS)


@dataclass(frozen=True, slots=True)
class Memory:
    """A card as it was seen last.

    Attributes:
        company_id, number, customer_id: What its halves are known by, each empty where nothing says it.
        holders: The companies that held the number; None where that is not known.
    """

    company_id: str = ""
    number: str = ""
    customer_id: str = ""
    parts: Mapping[PartName, Kept[Any]] = field(default_factory=dict)
    holders: tuple[ContactHit, ...] | None = None


async def recall(overviews: Overviews, company_id: str, number: str) -> Memory:
    """The card of this company, or else of the one that held this number, and of the customer of its number."""
    crm, erp = overviews.at(SystemKind.CRM), overviews.at(SystemKind.ERP)
    # The customer of the number that is known already; the CRM may have held another one.
    (company_id, holders, company), customer = await asyncio.gather(
        _company(crm, company_id, number), _customer(erp, number)
    )
    if PartName.COMPANY in company:
        own: Company = company[PartName.COMPANY].value
        if own.number != number:
            number = own.number
            customer = await _customer(erp, number)
    customer_id = customer[PartName.CUSTOMER].value.id if PartName.CUSTOMER in customer else ""
    return Memory(company_id, number, customer_id, {**company, **customer}, holders)


async def holders_of(number: str, crm: CrmSystem, kept: Cache) -> tuple[ContactHit, ...]:
    """Ask the CRM for the companies that hold this number, and keep who they are."""
    hits = tuple(await crm.companies_by_number(number))
    kept.keep(cache.HOLDERS, number, hits, datetime.now(UTC))
    return hits


async def _company(
    crm: Cache, company_id: str, number: str
) -> tuple[str, tuple[ContactHit, ...] | None, Mapping[PartName, Kept[Any]]]:
    wanted = [(KIND_OF[name], company_id) for name in _OF_A_COMPANY if company_id]
    found = await crm.read_all((cache.HOLDERS, number), *wanted)
    held = found.get(cache.HOLDERS.name)
    holders = held.value if held is not None and number else None
    if not company_id and holders is not None and len(holders) == 1:
        company_id = holders[0].id
        found = await crm.read_all(*((KIND_OF[name], company_id) for name in _OF_A_COMPANY))
    return company_id, holders, _parts(found, _OF_A_COMPANY)


async def _customer(erp: Cache, number: str) -> Mapping[PartName, Kept[Any]]:
    customer = await erp.read(cache.CUSTOMER, number) if number else None
    if customer is None:
        return {}
    found = await erp.read_all(*((KIND_OF[name], customer.value.id) for name in ERP_PARTS))
    return {PartName.CUSTOMER: customer, **_parts(found, ERP_PARTS)}


def _parts(found: Mapping[str, Kept[Any]], names: Sequence[PartName]) -> Mapping[PartName, Kept[Any]]:
    return {name: found[KIND_OF[name].name] for name in names if KIND_OF[name].name in found}
