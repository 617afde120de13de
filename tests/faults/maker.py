"""``python -m tests.faults.maker FOLDER``: somebody who makes a customer of a company, or finds out what became of it.

``order.json`` in the folder says where and which. Says on standard output how it ended, unless it is killed.
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.ports.connection import Connection, SystemKind
from app.services import order_writes
from app.services.new_customers import NewCustomers
from app.services.systems import Systems
from app.storage.journal import EncryptedJournals
from app.systems.creme.manifest import connect as connect_crm
from app.systems.tryton.manifest import connect as connect_erp
from tests.faults.clerk import LoopRunner


async def at_work(erp: Connection, crm: Connection, secrets: tuple[str, str]) -> Systems:
    """Both systems, signed in to with the ERP's password and the CRM's kept token."""
    systems = Systems(connect_crm(crm), connect_erp(erp), erp, {SystemKind.CRM: crm, SystemKind.ERP: erp})
    assert systems.erp is not None
    assert systems.crm is not None
    await systems.erp.sign_in(secrets[0])
    await systems.crm.resume(secrets[1])
    return systems


async def until(makings: NewCustomers, is_so: Callable[[], bool]) -> None:
    """Wait until what becomes of the new customers makes it so."""
    changed = asyncio.Event()
    makings.listen(lambda _making: changed.set())
    async with asyncio.timeout(150):
        while not is_so():
            await changed.wait()
            changed.clear()


async def until_over(makings: NewCustomers) -> None:
    """Wait until nothing is under way."""
    await until(makings, lambda: not makings.is_busy)


async def live(folder: Path, order: dict[str, Any]) -> None:
    """Make it, or recover."""
    erp = Connection("tryton", order["erp"], "clerk", {"database": order["database"]})
    crm = Connection("creme", order["crm"], "saelger")
    systems = await at_work(erp, crm, (order["erp_password"], order["crm_token"]))
    journals = EncryptedJournals(folder / "data")
    makings = NewCustomers(systems, LoopRunner(), journals)
    if order["recover"]:
        makings.recover()
        await until(makings, lambda: makings.of(order["company"]) is not None)
    else:
        makings.make(order["company"], order["name"])
    await until_over(makings)
    ended = makings.of(order["company"])
    print(json.dumps([ended.status.value, ended.number] if ended is not None else None), flush=True)
    for system in (systems.erp, systems.crm):
        if system is not None:
            await system.close()
    journals.close()


def main() -> int:
    """Live."""
    order_writes.SETTLES_WITHIN = 2.0
    folder = Path(sys.argv[1])
    asyncio.run(live(folder, json.loads((folder / "order.json").read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
