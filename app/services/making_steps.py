"""The steps by which a company of the CRM becomes a customer of the ERP, exactly once.

Nothing is guessed:

- The intent is on disk before the ERP is asked, and the ERP keeps the company's token with the customer until its
  number is in the CRM. So what was made is found again, by this program, by its next run, or by somebody else's.
- The ERP is asked to make a customer once for each decision. Where it does not answer, the customer is looked for.
- The CRM takes the number only in the place of the one that was there when it was decided. Of two people at once the
  second is refused by the CRM, and what he has made is taken out of the ERP again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.domain.new_customers import NewCustomer
from app.domain.parties import CustomerHit
from app.ports.connection import SystemKind
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.ports.errors import (
    Conflict,
    NoRights,
    NotFound,
    Refused,
    SystemFault,
)
from app.ports.makings import Makings
from app.services import order_writes
from app.services.order_writes import pauses

T = TypeVar("T")
CERTAIN = (Conflict, Refused, NoRights, NotFound)
"""Faults that say what became of a write: it was not done."""


class MakingStatus(StrEnum):
    """Where a new customer is."""

    MAKING = "making"  # the ERP is asked
    LOOKING = "looking"  # the ERP did not answer: it is looked for
    LINKING = "linking"  # made; the number is on its way into the CRM
    WAITING = "waiting"  # made; the CRM does not answer
    TIDYING = "tidying"  # what was made is not wanted any more, and is being taken out of the ERP
    DONE = "done"  # both systems hold the number
    MEANWHILE = "meanwhile"  # the company had got a number from somebody else; nothing of ours is left
    NOT_MADE = "not_made"  # the ERP does not have it, or has it no more
    LEFT = "left"  # made, but the CRM does not take the number, and the ERP does not let it go


@dataclass(frozen=True, slots=True)
class Begun:
    """The intent is on disk.

    Attributes:
        left: What an earlier attempt has left in the ERP.
    """

    entry_id: int
    left: CustomerHit | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of it.

    Attributes:
        number: That of the company now, as far as it is known.
        fault: Why, at the system `fault_of`; or None.
    """

    status: MakingStatus
    number: str = ""
    fault: SystemFault | None = None
    fault_of: SystemKind = SystemKind.ERP


async def prepare(crm: CrmSystem, erp: ErpSystem, makings: Makings, customer: NewCustomer) -> Begun | Ended:
    """Make sure that it is still wanted, and remember it. Nothing is made here."""
    company = await crm.company(customer.company_id)
    if company.number != customer.former:
        return Ended(MakingStatus.MEANWHILE, company.number)
    left = await erp.created_customers(customer.token)
    return Begun(await makings.begin(customer), left[0] if left else None)


async def find(crm: CrmSystem, erp: ErpSystem, customer: NewCustomer, age: float) -> CustomerHit | Ended:
    """What became of a customer whose making was not answered. Waits as long as the ERP does not answer.

    The ERP may still be at work on it for a while. After that it was not made; and should it be made all the same, then
    the next attempt finds it by its token.

    Args:
        age: Seconds since the ERP was asked.
    """
    now = asyncio.get_running_loop().time
    asked_at = now() - age
    for pause in pauses():
        is_over = now() - asked_at >= order_writes.SETTLES_WITHIN
        try:
            if made := await erp.created_customers(customer.token):
                return made[0]
            number = await _number_now(crm, customer)
            if number != customer.former:
                return Ended(MakingStatus.DONE, number)
            if is_over:
                return Ended(MakingStatus.NOT_MADE)
        except SystemFault:
            pass  # whatever is the matter with a question, it says nothing of what was made
        await asyncio.sleep(pause)
    raise AssertionError("pauses() has no end")


async def _number_now(crm: CrmSystem, customer: NewCustomer) -> str:
    """The company's number; the former one where the CRM does not say."""
    try:
        return (await crm.company(customer.company_id)).number
    except SystemFault:
        return customer.former


async def link(crm: CrmSystem, customer: NewCustomer, made: CustomerHit) -> Ended:
    """Write the number into the CRM, in the place of the former one. The same again is safe.

    Raises:
        SystemFault: it is not known whether it is there.
    """
    conflict: SystemFault | None = None
    for _ in range(3):
        try:
            company = await crm.company(customer.company_id)
            if company.number == made.number:
                return Ended(MakingStatus.DONE, made.number)
            if company.number != customer.former:
                return Ended(MakingStatus.MEANWHILE, company.number)
            await crm.set_number(company, made.number)
        except Conflict as fault:
            conflict = fault  # somebody was quicker; see what is there now
        except (Refused, NoRights, NotFound) as fault:
            return Ended(MakingStatus.NOT_MADE, "", fault, SystemKind.CRM)
        else:
            return Ended(MakingStatus.DONE, made.number)
    return Ended(MakingStatus.NOT_MADE, "", conflict, SystemKind.CRM)


async def tidy(erp: ErpSystem, customer: NewCustomer, ended: Ended, made: CustomerHit, *, is_ours: bool) -> Ended:
    """Take the token off the customer whose number the CRM holds, and out of the ERP what lost against it.

    Where the CRM holds none of them, only what this attempt has made itself goes: another one may be under way.

    Raises:
        SystemFault: the same again is safe.
    """
    for one in await erp.created_customers(customer.token):
        try:
            if one.number == ended.number:
                await erp.keep_customer(one.id, customer.token)
            elif ended.status is not MakingStatus.NOT_MADE or (is_ours and one.id == made.id):
                await erp.drop_customer(one.id, customer.token)
        except (Refused, NoRights) as fault:
            if one.number != ended.number:
                return Ended(MakingStatus.LEFT, one.number, fault)
    return ended


async def insist(step: Callable[[], Awaitable[T]], unless: tuple[type[SystemFault], ...] = ()) -> T:
    """Do a step that can be done again until it is done, or fails with one of ``unless``. The caller cancels."""
    for pause in pauses():
        try:
            return await step()
        except SystemFault as fault:
            if isinstance(fault, unless):
                raise
            await asyncio.sleep(pause)
    raise AssertionError("pauses() has no end")
