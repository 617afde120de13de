"""The links of a real Creme and a real Tryton that do not hold: read, cancelled, mended through lost answers."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any
from uuid import uuid4

import pytest

from app.domain.links import Finding, FindingKind, Reason, Suggestion
from app.ports.connection import Connection, SystemKind
from app.ports.errors import Unreachable
from app.services.link_inbox import DeedStatus, InboxStatus, LinkInbox
from app.services.overviews import Overviews
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from tests.faults.clerk import LoopRunner
from tests.faults.maker import at_work
from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton
from tests.fixtures.tryton_time import RealTime
from tests.helpers.background import BackgroundLoop
from tests.helpers.cutting import Cut, CuttingProxy
from tests.helpers.proxy import ProxyFault

Run = Callable[[Coroutine[Any, Any, Any]], Any]


class Desk:
    """Somebody who looks after the links, with the CRM behind a proxy."""

    def __init__(self, tryton: RealTryton, creme: RealCreme, crm_url: str, token: str) -> None:
        self.tryton, self.creme = tryton, creme
        self.connections = (
            Connection("tryton", tryton.url, "clerk", {"database": tryton.database}),
            Connection("creme", crm_url, "saelger"),
        )
        self.token = token
        self.systems = Systems()
        self.caches = EncryptedCaches(None)

    async def inbox(self) -> LinkInbox:
        """Their list, not read yet."""
        if self.systems.erp is None:
            self.systems = await at_work(*self.connections, (self.tryton.password(), self.token))
        return LinkInbox(self.systems, LoopRunner(), Overviews(self.systems, self.caches))

    async def close(self) -> None:
        """Close the connections."""
        for system in (self.systems.erp, self.systems.crm):
            if system is not None:
                await system.close()
        self.caches.close()


async def until(inbox: LinkInbox, is_so: Callable[[], bool]) -> None:
    """Wait until the list makes it so."""
    changed = asyncio.Event()
    inbox.listen(changed.set)
    async with asyncio.timeout(150):
        while not is_so():
            await changed.wait()
            changed.clear()


async def read_all(inbox: LinkInbox) -> LinkInbox:
    """To its end."""
    inbox.start()
    await until(inbox, lambda: inbox.status is not InboxStatus.READING)
    return inbox


def finding_of(inbox: LinkInbox, company_id: str) -> Finding:
    return next(each for each in inbox.findings if each.company.id == company_id)


@pytest.fixture
def line(real_creme: RealCreme) -> Iterator[CuttingProxy]:
    """Between the app and the CRM."""
    with BackgroundLoop() as loop:
        proxy = CuttingProxy(real_creme.server.url)
        loop.run(proxy.start())
        yield proxy
        loop.run(proxy.stop())


@pytest.fixture
def desk(
    real_tryton: RealTryton, real_creme: RealCreme, creme_token: str, line: CuttingProxy, run: Run
) -> Iterator[Desk]:
    """Not signed in to anything yet."""
    made = Desk(real_tryton, real_creme, line.url, creme_token)
    yield made
    run(made.close())


def test_all_companies_are_held_against_all_customers(desk: Desk, run: Run) -> None:
    inbox = run(read_all(run(desk.inbox())))
    assert inbox.status is InboxStatus.READY, inbox.fault
    assert 0 < inbox.read[SystemKind.CRM] <= desk.creme.one("SELECT count(*) FROM persons_organisation")
    ((parties,),) = desk.tryton.rows("SELECT count(*) FROM party_party WHERE active")
    assert inbox.read[SystemKind.ERP] == parties
    of_name = {each.company.name: each for each in inbox.findings}
    # What the demo's data have on purpose.
    without = of_name["Møbelfabrikken Eg & Ask A/S"]
    assert without.kind is FindingKind.NO_NUMBER
    assert without.best is not None
    assert without.best.number == "10108"
    nowhere = of_name["Månelys Interiør ApS"]
    assert (nowhere.kind, nowhere.company.number) == (FindingKind.NOT_IN_ERP, "1004")
    assert nowhere.best is not None
    shared = of_name["Tønder El-Handel ApS"]
    assert (shared.kind, shared.best and shared.best.number) == (FindingKind.SHARED, "10076")
    assert [other.name for other in shared.sharers] == ["Sønderborg El-Team ApS"]
    assert "Lux Nordica Lysdesign ApS" not in of_name


def test_projects_are_held_against_the_customers_by_number(
    desk: Desk, run: Run, line: CuttingProxy, real_time: RealTime
) -> None:
    name = f"Projekt {uuid4().hex[:8]}"
    party = real_time.admin.create("party.party", name="Flyttet Kunde ApS", code=f"9{uuid4().int % 10**7:07}")
    real_time.admin.create("project.work", name=name, type="project", party=party)

    async def work() -> tuple[LinkInbox, LinkInbox]:
        inbox = await desk.inbox()
        time = real_time.system()
        await time.sign_in(real_time.password())
        desk.systems.time = time
        try:
            await read_all(inbox)
        finally:
            await time.close()
        alone = LinkInbox(desk.systems, LoopRunner(), Overviews(desk.systems, desk.caches))
        return inbox, await read_all(alone)

    inbox, alone = run(work())
    (projects,) = real_time.rows("SELECT count(*) FROM project_work WHERE type = 'project'")[0]
    assert inbox.read[SystemKind.TIME] == projects
    of_name = {each.company.name: each for each in inbox.findings if each.is_project}
    assert of_name[name].kind is FindingKind.PROJECT_NOT_IN_ERP
    own = of_name["Intern: uddannelse og kurser"]
    assert own.kind is FindingKind.PROJECT_NO_CUSTOMER
    # All that are nobody's, and of the demo's others (`P-…`) none: the ERP has their customers.
    nobodys = real_time.rows("SELECT name FROM project_work WHERE type = 'project' AND party IS NULL")
    found = [each for each in inbox.findings if each.is_project]
    no_customer = [each.company.name for each in found if each.kind is FindingKind.PROJECT_NO_CUSTOMER]
    assert sorted(no_customer) == sorted(name for (name,) in nobodys)
    made = real_time.rows("SELECT number FROM project_work WHERE name = ?", name)[0][0]
    nowhere = {each.company.number for each in found if each.kind is FindingKind.PROJECT_NOT_IN_ERP}
    assert {number for number in nowhere if number.startswith("P-")} <= {made}
    inbox.reject(own)
    assert own.company.name not in {each.company.name for each in inbox.findings}
    # A time system that does not answer holds the companies up for nobody.
    assert alone.status is InboxStatus.READY
    assert SystemKind.TIME not in alone.read
    assert not any(each.is_project for each in alone.findings)
    assert len(alone.findings) == sum(not each.is_project for each in inbox.findings)


def test_a_supplier_is_linked_by_number_as_a_customer_is(desk: Desk, run: Run) -> None:
    name, admin, creme = f"Leverandør {uuid4().hex[:8]}", desk.tryton.admin, desk.creme
    party = admin.create("party.party", name=name)
    unit = admin.first("product.uom")
    bought = {"purchasable": True, "purchase_uom": unit, "default_uom": unit}
    template = admin.create("product.template", name=f"Indkøb hos {name}", type="service", **bought)
    admin.create("purchase.product_supplier", party=party, template=template)
    (read,) = admin("model.party.party.read", [party], ["code"])
    number, company_id = str(read["code"]), creme.new_company(name)
    creme.make_supplier(company_id)
    in_erp = "SELECT name, code, write_date FROM party_party WHERE id = ?"
    in_crm = "SELECT name, tvaintra, phone, email, sector_id FROM persons_organisation WHERE cremeentity_ptr_id = ?"
    addresses = "SELECT count(*) FROM persons_address WHERE object_id = ?"
    before = desk.tryton.rows(in_erp, party), creme.rows(in_crm, company_id)

    async def work() -> None:
        inbox = await read_all(await desk.inbox())
        finding = finding_of(inbox, company_id)
        assert finding.kind is FindingKind.NO_NUMBER
        assert finding.best is not None
        assert (finding.best.reason, finding.best.number) == (Reason.NAME, number)
        assert desk.systems.crm is not None
        assert inbox.accept(finding, finding.best, await desk.systems.crm.company(company_id))
        await until(inbox, lambda: not inbox.is_writing)
        assert inbox.deed is not None
        assert inbox.deed.status is DeedStatus.DONE, inbox.deed.fault
        assert desk.systems.erp is not None
        assert (await desk.systems.erp.customer(number)).name == name

    run(work())
    assert creme.one("SELECT code FROM persons_organisation WHERE cremeentity_ptr_id = ?", company_id) == number
    assert (desk.tryton.rows(in_erp, party), creme.rows(in_crm, company_id)) == before, "nothing but the number"
    assert creme.one(addresses, company_id) == 0


@pytest.mark.parametrize("cut", list(Cut))
def test_a_number_is_written_through_a_lost_answer(desk: Desk, run: Run, line: CuttingProxy, cut: Cut) -> None:
    company_id = desk.creme.new_company(f"Tabt svar {uuid4().hex[:8]}")
    line.lie_in_wait(b"/number HTTP/1.1", cut)

    async def work() -> list[DeedStatus]:
        inbox = await read_all(await desk.inbox())
        finding = finding_of(inbox, company_id)
        assert desk.systems.crm is not None
        seen = await desk.systems.crm.company(company_id)
        statuses: list[DeedStatus] = []
        inbox.listen(lambda: statuses.append(inbox.deed.status) if inbox.deed else None)
        wanted = Suggestion(Reason.NAME, f"T-{company_id}")
        assert inbox.accept(finding, wanted, seen)
        assert not inbox.accept(finding, wanted, seen), "one at a time"
        await until(inbox, lambda: not inbox.is_writing)
        assert company_id not in [each.company.id for each in inbox.findings]
        assert inbox.undo()
        await until(inbox, lambda: not inbox.is_writing)
        assert finding_of(inbox, company_id) == finding
        return statuses

    statuses = run(work())
    assert DeedStatus.UNKNOWN in statuses
    assert DeedStatus.FAILED not in statuses
    assert line.hits == 1
    number = "SELECT code FROM persons_organisation WHERE cremeentity_ptr_id = ?"
    assert desk.creme.one(number, company_id) == "", "written once, and taken back"


def test_a_no_is_remembered_and_says_nothing_of_whom(desk: Desk, run: Run) -> None:
    async def work() -> None:
        inbox = await read_all(await desk.inbox())
        finding = next(each for each in inbox.findings if each.best is not None)
        inbox.reject(finding, finding.best)
        assert inbox.rejected == 1
        again = await read_all(await desk.inbox())
        kept = finding_of(again, finding.company.id)
        assert finding.best not in kept.suggestions
        assert again.rejected == 1
        again.forget_rejections()
        assert finding_of(again, finding.company.id) == finding

    run(work())


def test_names_that_differ_may_be_said_to_be_right(desk: Desk, run: Run) -> None:
    name = f"Fællesindkøb {uuid4().hex[:8]}"
    party = desk.tryton.admin.create("party.party", name=f"{name} A.m.b.a.")
    (read_back,) = desk.tryton.admin("model.party.party.read", [party], ["code"])
    company_id = desk.creme.new_company(name, str(read_back["code"]))

    async def work() -> None:
        inbox = await read_all(await desk.inbox())
        finding = finding_of(inbox, company_id)
        assert finding.kind is FindingKind.NAMES_DIFFER
        assert finding.customer is not None
        assert finding.customer.name == f"{name} A.m.b.a."
        inbox.reject(finding)
        assert company_id not in [each.company.id for each in inbox.findings]
        assert company_id not in [each.company.id for each in (await read_all(await desk.inbox())).findings]

    run(work())


def test_reading_can_be_cancelled_and_fails_aloud(desk: Desk, run: Run, line: CuttingProxy) -> None:
    async def work() -> None:
        inbox = await desk.inbox()
        inbox.start()
        inbox.cancel()
        assert inbox.status is InboxStatus.EMPTY
        await read_all(inbox)
        found = inbox.findings
        assert found
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(line.set(ProxyFault.DOWN), line.loop))
        await read_all(inbox)
        assert inbox.status is InboxStatus.FAILED
        assert inbox.fault_of is SystemKind.CRM
        assert isinstance(inbox.fault, Unreachable)
        assert inbox.findings == found, "what was found stays to be read"

    run(work())
