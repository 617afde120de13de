"""``python -m tests.helpers.crm_writer FOLDER``: somebody who logs calls in Creme with the app's own services, until
killed.

Says ``ready``, waits for a line, logs the calls that ``plan.json`` names, and says of each what becomes of it:
``state subject``. What earlier runs left is sent as the program does it when the CRM is there.
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.domain.contact_changes import new_token
from app.domain.contacts import NewTouchPoint, TouchKind
from app.ports.connection import Connection, SystemKind
from app.services.crm_writing import CrmWriting, WriteNews
from app.services.systems import Systems
from app.storage.journal import EncryptedJournals
from app.systems.creme.manifest import connect
from tests.faults.clerk import LoopRunner


def _tell(news: WriteNews) -> None:
    touch = news.write.change
    if isinstance(touch, NewTouchPoint):
        print(f"{'over' if news.is_over else news.write.state} {touch.subject}", flush=True)


async def _main(folder: Path) -> None:
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    connection = Connection("creme", plan["url"], plan["user"])
    crm = connect(connection)
    await crm.sign_in(plan["password"])
    (hit,) = await crm.companies_by_number(plan["number"])
    writes = CrmWriting(Systems(crm, proven={SystemKind.CRM: connection}), LoopRunner(), EncryptedJournals(folder))
    writes.listen(_tell)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    for subject in plan["subjects"]:
        at = datetime.now(UTC).replace(microsecond=0)
        writes.send(NewTouchPoint(new_token(), hit.id, TouchKind.CALL, at, subject, "Æøå 🦉"), hit.name)
    writes.resume()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
