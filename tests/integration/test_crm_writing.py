"""What is on its way to a real Creme when the program is killed: the next run brings it there, once."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from app.domain.contact_changes import Correction
from app.ports.connection import Connection, SystemKind
from app.services.crm_writing import CrmWriting, WriteState
from app.services.systems import Systems
from app.storage.journal import EncryptedJournals
from tests.contract.crm_facts import Run, a_call
from tests.contract.crm_people import correcting, named, somebody
from tests.fixtures.creme import RealCreme
from tests.helpers.transports import Between

PATIENCE = 20.0


class _Here:
    """A `Runner` in the loop that the test itself runs in."""

    def run(
        self, work: Coroutine[Any, Any, Any], on_done: Callable[[Any], None], on_failed: Callable[[Exception], None]
    ) -> "asyncio.Task[None]":
        async def answered() -> None:
            try:
                result = await work
            except Exception as error:
                on_failed(error)
            else:
                on_done(result)

        return asyncio.create_task(answered())


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110  # what is waited for is told by no event
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("ring")
def test_what_a_killed_program_had_sent_is_in_creme_once(real_creme: RealCreme, tmp_path: Path, run: Run) -> None:
    connection = Connection("creme", real_creme.server.url, "saelger")
    proven = {SystemKind.CRM: connection}

    async def both_runs() -> tuple[str, Correction]:
        between = Between()
        crm = real_creme.system(transport=between)
        await crm.sign_in(real_creme.password())
        (hit,) = await crm.companies_by_number("10007")
        company = await crm.company(hit.id)
        new = somebody(company)
        (person,) = named(await crm.add_person(new), new.name)
        touch, correction = a_call(company), correcting(company, person, phone="+45 27 18 28 18")

        journals = EncryptedJournals(tmp_path)
        writes = CrmWriting(Systems(crm, proven=proven), _Here(), journals)
        between.lose = lambda request: request.method == "POST"
        writes.send(touch, company.name)
        writes.send(correction, company.name)
        await _until(lambda: [write.state for write in writes.pending] == [WriteState.UNKNOWN] * 2)
        writes.close()
        await crm.close()
        journals.close()

        again = real_creme.system()
        await again.sign_in(real_creme.password())
        journals = EncryptedJournals(tmp_path)
        later = CrmWriting(Systems(again, proven=proven), _Here(), journals)
        told: list[Any] = []
        later.listen(lambda news: told.append(news.answer) if news.is_over else None)
        later.resume()
        await _until(lambda: len(told) == 2 and not later.pending)
        assert all(answer is not None for answer in told)
        assert list(await journals.of_crm(connection).pending()) == []
        later.close()
        await again.close()
        journals.close()
        return touch.subject, correction

    subject, correction = run(both_runs())
    assert real_creme.one("SELECT count(*) FROM activities_activity WHERE title = ?", subject) == 1
    contact = correction.person_id
    assert (
        real_creme.one("SELECT phone FROM persons_contact WHERE cremeentity_ptr_id = ?", contact) == "+45 27 18 28 18"
    )
    history = "SELECT count(*) FROM creme_core_historyline WHERE entity_id = ? AND type = 2"
    assert real_creme.one(history, contact) == 1
