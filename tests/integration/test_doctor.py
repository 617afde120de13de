"""`samspil doctor` and what is behind it, on the real systems: each step, well and wrong."""

import asyncio
import datetime
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from app.doctor import doctor
from app.ports.capability import Capability
from app.ports.connection import ConnectedSystem, Connection, Manifest, SystemKind
from app.ports.errors import AccessEnded, Unreachable, Untrusted
from app.services.doctor import RIGHTS, Finding, Step, Verdict, examine
from app.storage.secrets import MemorySecrets
from app.storage.settings import Settings
from app.systems.creme.manifest import MANIFEST as CREME
from app.systems.tryton.manifest import MANIFEST as TRYTON
from app.ui.connect.findings import capability_text, finding_text
from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton
from tests.helpers.background import BackgroundLoop
from tests.helpers.tls import TlsFront

DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Nordlys Handel A/S")


@pytest.fixture
def _trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "store.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "store.pem"))


@pytest.fixture(scope="module", params=["tryton", "creme"])
def place(request: pytest.FixtureRequest) -> "Place":
    """A real system's address, a way to connect to it, the password, and what it tells of itself."""
    if request.param == "tryton":
        tryton: RealTryton = request.getfixturevalue("real_tryton")
        return tryton.url, tryton.system, tryton.password(), TRYTON
    creme: RealCreme = request.getfixturevalue("real_creme")
    return creme.server.url, creme.system, creme.password(), CREME


Place = tuple[str, Callable[..., ConnectedSystem], str, Manifest]


@pytest.fixture
def front(place: Place) -> Iterator[Callable[[trustme.LeafCert], str]]:
    """Puts a certificate in front of the system; its address there."""
    started: list[TlsFront] = []
    with BackgroundLoop() as loop:

        def start(certificate: trustme.LeafCert) -> str:
            started.append(TlsFront(place[0], certificate))
            loop.run(started[-1].start())
            return started[-1].url

        yield start
        for each in started:
            loop.run(each.stop())


def look(place: Place, url: str = "", *, clock: Callable[[], datetime.datetime] | None = None) -> dict[Step, Finding]:
    async def work() -> Sequence[Finding]:
        system = place[1](url=url) if url else place[1]()
        try:
            identity = await system.sign_in(place[2])
            return await examine(system, place[3], identity, **({"clock": clock} if clock else {}))
        finally:
            await system.close()

    return {finding.step: finding for finding in asyncio.run(work())}


def look_without_signing_in(place: Place, url: str) -> dict[Step, Finding]:
    async def work() -> Sequence[Finding]:
        system = place[1](url=url)
        try:
            return await examine(system, place[3], None, lambda: "not a secret that anybody takes")
        finally:
            await system.close()

    return {finding.step: finding for finding in asyncio.run(work())}


def test_all_is_well_on_this_machine(place: Place) -> None:
    found = look(place)
    assert list(found) == list(Step)
    assert {step for step, finding in found.items() if finding.verdict is not Verdict.WELL} == set()
    tls, clock, round_trip = found[Step.TLS], found[Step.CLOCK], found[Step.ROUND_TRIP]
    assert tls.wire is not None
    assert tls.wire.tls == ""
    assert clock.seconds is not None
    assert abs(clock.seconds) < 5
    assert round_trip.seconds is not None
    assert 0 < round_trip.seconds < 5
    identity = found[Step.SIGN_IN].identity
    assert identity is not None
    version = found[Step.VERSION].identity
    assert version is not None
    assert version.system_version.startswith(place[3].series)
    assert found[Step.RIGHTS].capabilities == RIGHTS[place[3].kind]
    assert found[Step.CAPABILITIES].capabilities & {Capability.PRICE_BASIS, Capability.TIMELINE}
    assert not found[Step.CAPABILITIES].capabilities & RIGHTS[place[3].kind]


def test_a_version_that_is_not_tested(place: Place) -> None:
    older = (*place[:3], replace(place[3], series=("0.9", "8.20")))
    found = look(older)[Step.VERSION]
    assert found.verdict is Verdict.WARNING
    said = finding_text(found, place[3].kind)
    assert found.identity is not None
    assert said.startswith(f"{found.identity.system_version}. ")
    assert "0.9, 8.20" in said


def test_a_user_who_may_only_look(real_creme: RealCreme) -> None:
    found = look(
        (
            real_creme.server.url,
            lambda **_: real_creme.system("elev"),
            real_creme.password("elev"),
            CREME,
        )
    )
    assert found[Step.RIGHTS].verdict is Verdict.WARNING
    assert found[Step.RIGHTS].lacking == RIGHTS[SystemKind.CRM]
    assert "logging calls" in finding_text(found[Step.RIGHTS], SystemKind.CRM)


@pytest.mark.usefixtures("_trusted")
def test_who_vouches_and_for_how_long(
    place: Place, front: Callable[[trustme.LeafCert], str], authority: trustme.CA
) -> None:
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    for days, verdict in ((90, Verdict.WELL), (5, Verdict.WARNING)):
        ends = now + days * DAY
        found = look(place, front(authority.issue_cert("localhost", not_after=ends)))[Step.TLS]
        assert found.verdict is verdict
        assert found.wire is not None
        assert found.wire.tls.startswith("TLSv1.")
        assert found.wire.issuer == "Nordlys Handel A/S"
        assert found.wire.certificate_ends == ends


def test_a_certificate_nobody_vouches_for(
    place: Place, front: Callable[[trustme.LeafCert], str], authority: trustme.CA
) -> None:
    found = look_without_signing_in(place, front(authority.issue_cert("localhost")))
    assert found[Step.REACH].verdict is Verdict.WELL
    assert found[Step.TLS].verdict is Verdict.BAD
    assert isinstance(found[Step.TLS].fault, Untrusted)
    assert found[Step.SIGN_IN].verdict is Verdict.NOT_TRIED, "no secret goes to whom nobody vouches for"


def test_nobody_is_there(place: Place) -> None:
    found = look_without_signing_in(place, "http://127.0.0.1:9")
    assert isinstance(found[Step.REACH].fault, Unreachable)
    assert {finding.verdict for step, finding in found.items() if step is not Step.REACH} == {Verdict.NOT_TRIED}


def test_a_secret_that_is_no_longer_taken(place: Place) -> None:
    found = look_without_signing_in(place, place[0])
    assert found[Step.ROUND_TRIP].verdict is Verdict.WELL
    assert found[Step.SIGN_IN].verdict is Verdict.BAD
    assert isinstance(found[Step.SIGN_IN].fault, AccessEnded)


def test_a_clock_that_is_wrong(place: Place) -> None:
    found = look(place, clock=lambda: datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=10))
    assert found[Step.CLOCK].verdict is Verdict.WARNING
    assert found[Step.CLOCK].seconds == pytest.approx(600, abs=5)


def test_the_command_tells_of_every_system(tmp_path: Path, real_tryton: RealTryton, real_creme: RealCreme) -> None:
    settings, secrets, out = Settings(tmp_path), MemorySecrets(), io.StringIO()
    erp = Connection("tryton", real_tryton.url, "clerk", {"database": real_tryton.database})
    crm = Connection("creme", real_creme.server.url, "saelger")
    settings.keep_connection(erp)
    settings.keep_connection(crm)
    settings.save()
    secrets.write(erp, real_tryton.password())
    assert doctor(tmp_path, secrets, out) == 0
    text = out.getvalue()
    assert f"Tryton (erp), {real_tryton.url}" in text
    assert "why a price" in text
    assert "Nobody is signed in" in text, "nothing is kept for the CRM"
    assert real_tryton.password() not in text
    secrets.write(crm, "no token of this Creme")
    assert doctor(tmp_path, secrets, io.StringIO()) == 1


def test_the_command_without_any_system(tmp_path: Path) -> None:
    out = io.StringIO()
    assert doctor(tmp_path, MemorySecrets(), out) == 1
    assert "No system is set up yet" in out.getvalue()


@pytest.mark.parametrize("capability", list(Capability))
def test_every_capability_has_a_name(capability: Capability) -> None:
    assert "_" not in capability_text(capability)
