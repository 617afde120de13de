"""A company of a real Creme becomes a customer of a real Tryton: one party, one number, counted in both databases."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.domain.new_customers import NewCustomer, token_for
from app.ports.connection import ConnectedSystem, Connection
from app.services import order_writes
from app.services.making_steps import Ended, MakingStatus, find
from app.services.new_customers import Making, NewCustomers
from tests.faults.clerk import LoopRunner
from tests.faults.maker import at_work, until, until_over
from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton
from tests.helpers.background import BackgroundLoop
from tests.helpers.cutting import Cut, CuttingProxy
from tests.helpers.proxy import ProxyFault

Run = Callable[[Coroutine[Any, Any, Any]], Any]
MAKE = b"model.party.party.create"
WRITE_NUMBER = b"/number HTTP/1.1"
KEEP = b"model.party.party.write"
ROOT = Path(__file__).parents[2]


class Pair:
    """Two real systems, a company in one of them, and what both databases hold of it."""

    def __init__(self, erp: RealTryton, crm: RealCreme, token: str) -> None:
        self.erp, self.crm, self.token = erp, crm, token
        self.name = f"Prøvestuen {uuid4().hex[:12]} ApS"
        self.company = crm.new_company(self.name)
        self._open: list[ConnectedSystem] = []

    def connections(self, erp_url: str, crm_url: str, user: str) -> tuple[Connection, Connection]:
        """To both."""
        erp = Connection("tryton", erp_url or self.erp.url, user, {"database": self.erp.database})
        return erp, Connection("creme", crm_url or self.crm.server.url, "saelger")

    async def desk(self, erp_url: str = "", crm_url: str = "", *, user: str = "clerk") -> NewCustomers:
        """Somebody who is signed in to both."""
        erp, crm = self.connections(erp_url, crm_url, user)
        systems = await at_work(erp, crm, (self.erp.password(user), self.token))
        self._open += [system for system in (systems.erp, systems.crm) if system is not None]
        return NewCustomers(systems, LoopRunner())

    async def close(self) -> None:
        """Close the connections of all desks."""
        for system in self._open:
            await system.close()

    async def made(self, makings: NewCustomers) -> Making:
        """Make it, and wait for the end."""
        assert makings.make(self.company, self.name)
        await until_over(makings)
        return self.ended(makings)

    def ended(self, makings: NewCustomers) -> Making:
        """What became of it."""
        ended = makings.of(self.company)
        assert ended is not None
        return ended

    def parties(self) -> list[str]:
        """The numbers of Tryton's parties of that name, from its own database."""
        found = self.erp.rows("SELECT id, code FROM party_party WHERE name = ? ORDER BY id", self.name)
        for key, _ in found:
            for table in ("party_identifier", "party_address", "party_contact_mechanism"):
                count = self.erp.rows(f"SELECT count(*) FROM {table} WHERE party = ?", key)  # noqa: S608
                assert count == [(0,)], f"nothing but the name has been carried over, and no trace is left: {table}"
        return [code for _, code in found]

    def number(self) -> str:
        """What Creme's own database holds."""
        found = self.crm.one("SELECT code FROM persons_organisation WHERE cremeentity_ptr_id = ?", self.company)
        return str(found or "")

    def assert_once(self, ended: Making) -> None:
        """One party, one number."""
        assert ended.status is MakingStatus.DONE, ended
        assert self.parties() == [self.number()] == [ended.number] != [""]


@pytest.fixture
def pair(real_tryton: RealTryton, real_creme: RealCreme, creme_token: str, run: Run) -> Iterator[Pair]:
    """With a company of its own."""
    made = Pair(real_tryton, real_creme, creme_token)
    yield made
    run(made.close())


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_writes, "SETTLES_WITHIN", 1.0)


@pytest.fixture
def network() -> Iterator[BackgroundLoop]:
    """Where proxies live."""
    with BackgroundLoop() as loop:
        yield loop


@pytest.fixture
def proxied(network: BackgroundLoop) -> Iterator[Callable[..., CuttingProxy]]:
    """Makes proxies."""
    made: list[CuttingProxy] = []

    def new(target: str, mark: bytes = b"", cut: Cut = Cut.AFTER, times: int = 1) -> CuttingProxy:
        proxy = CuttingProxy(target, mark, cut, times)
        network.run(proxy.start())
        made.append(proxy)
        return proxy

    yield new
    for proxy in made:
        network.run(proxy.stop())


def test_the_name_goes_over_and_the_number_comes_back(pair: Pair, run: Run) -> None:
    async def work() -> Making:
        makings = await pair.desk()
        seen: list[MakingStatus] = []
        makings.listen(lambda making: seen.append(making.status))
        ended = await pair.made(makings)
        assert seen[:2] == [MakingStatus.MAKING, MakingStatus.LINKING]
        return ended

    pair.assert_once(run(work()))


def test_two_clicks_make_one(pair: Pair, run: Run) -> None:
    async def work() -> Making:
        makings = await pair.desk()
        assert makings.make(pair.company, pair.name)
        assert not makings.make(pair.company, pair.name)
        await until_over(makings)
        assert makings.make(pair.company, pair.name), "the window may not know yet that it has been done"
        await until_over(makings)
        return pair.ended(makings)

    ended = run(work())
    assert ended.status is MakingStatus.MEANWHILE
    assert pair.parties() == [pair.number()] == [ended.number]


def test_two_people_make_one(pair: Pair, run: Run) -> None:
    async def work() -> list[Making]:
        desks = [await pair.desk(), await pair.desk(user="clerk2")]
        for makings in desks:
            assert makings.make(pair.company, pair.name)
        for makings in desks:
            await until_over(makings)
        return [pair.ended(makings) for makings in desks]

    ended = run(work())
    assert {each.number for each in ended} == {pair.number()}
    assert {each.status for each in ended} <= {MakingStatus.DONE, MakingStatus.MEANWHILE}
    assert pair.parties() == [pair.number()] != [""]


def test_what_somebody_elses_attempt_has_left_is_gone_on_with(pair: Pair, run: Run) -> None:
    async def work() -> Making:
        theirs, mine = await pair.desk(user="clerk2"), await pair.desk()
        erp, crm = theirs._systems.erp, theirs._systems.crm
        assert erp is not None
        assert crm is not None
        customer = NewCustomer(token_for(pair.crm.server.url, pair.company), pair.company, pair.name)
        # Their program was killed here, on a computer that stays off.
        left = await erp.create_customer(customer.name, customer.token)
        ended = await pair.made(mine)
        assert ended.number == left.number
        # And here it is on again.
        assert await find(crm, erp, customer, age=0.0) == Ended(MakingStatus.DONE, left.number)
        return ended

    pair.assert_once(run(work()))


@pytest.mark.parametrize("cut", list(Cut))
def test_the_erp_does_not_answer(pair: Pair, run: Run, proxied: Callable[..., CuttingProxy], cut: Cut) -> None:
    proxy = proxied(pair.erp.url, MAKE, cut)

    async def work() -> tuple[Making, Making]:
        makings = await pair.desk(erp_url=proxy.url)
        seen: list[MakingStatus] = []
        makings.listen(lambda making: seen.append(making.status))
        first = await pair.made(makings)
        assert MakingStatus.LOOKING in seen, "it says that it does not know"
        return first, first if cut is Cut.AFTER else await pair.made(makings)

    first, ended = run(work())
    assert proxy.hits == 1
    if cut is Cut.BEFORE:
        assert first.status is MakingStatus.NOT_MADE, "it was looked for, and never sent again by itself"
    pair.assert_once(ended)


@pytest.mark.parametrize("cut", list(Cut))
def test_the_crm_does_not_answer(pair: Pair, run: Run, proxied: Callable[..., CuttingProxy], cut: Cut) -> None:
    proxy = proxied(pair.crm.server.url, WRITE_NUMBER, cut, times=2)

    async def work() -> Making:
        return await pair.made(await pair.desk(crm_url=proxy.url))

    pair.assert_once(run(work()))
    assert proxy.hits >= 1


def test_the_crm_goes_down_once_it_is_made(
    pair: Pair, run: Run, proxied: Callable[..., CuttingProxy], network: BackgroundLoop
) -> None:
    line = proxied(pair.crm.server.url)
    erp = proxied(pair.erp.url, MAKE, Cut.AFTER)
    down: list[Any] = []
    # The answer is lost too, so that the CRM is certainly gone before the app gets on to it.
    erp.on_hit = lambda: down.append(asyncio.ensure_future(line.set(ProxyFault.DOWN)))

    async def work() -> Making:
        makings = await pair.desk(erp.url, line.url)
        assert makings.make(pair.company, pair.name)
        await until(makings, lambda: pair.ended(makings).status is MakingStatus.WAITING)
        waiting = pair.ended(makings)
        assert pair.erp.rows("SELECT code FROM party_party WHERE name = ?", pair.name) == [(waiting.number,)]
        assert pair.number() == ""
        await asyncio.to_thread(network.run, line.set(ProxyFault.NONE))
        await until_over(makings)
        return pair.ended(makings)

    pair.assert_once(run(work()))


def test_what_the_crm_refuses_is_taken_out_of_the_erp_again(pair: Pair, run: Run) -> None:
    async def work() -> Making:
        makings = await pair.desk()
        crm = makings._systems.crm
        assert crm is not None
        original = crm.set_number

        async def in_the_trash(*arguments: Any) -> Any:
            pair.crm.change("UPDATE creme_core_cremeentity SET is_deleted = 1 WHERE id = ?", pair.company)
            return await original(*arguments)

        crm.set_number = in_the_trash  # type: ignore[method-assign]
        return await pair.made(makings)

    ended = run(work())
    assert ended.status is MakingStatus.NOT_MADE
    assert ended.fault is not None
    assert pair.parties() == []
    assert pair.number() == ""


@pytest.mark.parametrize(
    ("mark", "cut", "at_erp"),
    [
        (MAKE, Cut.AFTER, True),
        (WRITE_NUMBER, Cut.BEFORE, False),
        (KEEP, Cut.BEFORE, True),
    ],
)
def test_killed_on_the_way(
    pair: Pair, proxied: Callable[..., CuttingProxy], tmp_path: Path, mark: bytes, cut: Cut, at_erp: bool
) -> None:
    proxy = proxied(pair.erp.url if at_erp else pair.crm.server.url, mark, cut)
    lines = (proxy.url, pair.crm.server.url) if at_erp else (pair.erp.url, proxy.url)
    order = {
        "erp": lines[0],
        "crm": lines[1],
        "database": pair.erp.database,
        "erp_password": pair.erp.password(),
        "crm_token": pair.token,
        "company": pair.company,
        "name": pair.name,
    }
    environment = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "tests.helpers.memory_keyring.FileKeyring",
        "SAMSPIL_TEST_KEYRING": str(tmp_path / "keyring.json"),
    }

    def life(*, recover: bool) -> "subprocess.Popen[str]":
        (tmp_path / "order.json").write_text(json.dumps({**order, "recover": recover}), encoding="utf-8")
        command = [sys.executable, "-m", "tests.faults.maker", str(tmp_path)]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    first = life(recover=False)
    proxy.on_hit = first.kill
    said, _ = first.communicate(timeout=150)
    assert first.returncode == -signal.SIGKILL, said
    second = life(recover=True)
    said, _ = second.communicate(timeout=150)
    assert second.returncode == 0
    status, number = json.loads(said)
    assert status == MakingStatus.DONE.value
    assert pair.parties() == [pair.number()] == [number] != [""]
