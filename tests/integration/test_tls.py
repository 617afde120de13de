"""TLS is verified by the system's trust store: the real systems behind real certificates, good ones and bad ones.

The trust store of this machine is OpenSSL's, which ``SSL_CERT_FILE`` puts another file in the place of: what an
administrator does with a company's own CA.
"""

import asyncio
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from app.ports.connection import ConnectedSystem
from app.ports.errors import Untrusted
from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton
from tests.helpers.background import BackgroundLoop
from tests.helpers.tls import TlsFront

Connect = Callable[[str], tuple[ConnectedSystem, str]]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Nordlys Handel A/S", organization_unit_name="Test CA")


@pytest.fixture
def _trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts our CA."""
    store = tmp_path / "store.pem"
    authority.cert_pem.write_to_path(str(store))
    monkeypatch.setenv("SSL_CERT_FILE", str(store))


@pytest.fixture(scope="module", params=["tryton", "creme"])
def connect(request: pytest.FixtureRequest) -> tuple[str, Connect]:
    """The address of a real system in the open, and a way to connect to it at another one."""
    if request.param == "tryton":
        tryton: RealTryton = request.getfixturevalue("real_tryton")
        return tryton.url, lambda url: (tryton.system(url=url), tryton.password())
    creme: RealCreme = request.getfixturevalue("real_creme")
    return creme.server.url, lambda url: (creme.system(url=url), creme.password())


@pytest.fixture
def front(connect: tuple[str, Connect]) -> Iterator[Callable[[trustme.LeafCert], TlsFront]]:
    """Puts a certificate in front of the system."""
    started: list[TlsFront] = []
    with BackgroundLoop() as loop:

        def start(certificate: trustme.LeafCert) -> TlsFront:
            made = TlsFront(connect[0], certificate)
            loop.run(made.start())
            started.append(made)
            return made

        yield start
        for each in started:
            loop.run(each.stop())


async def sign_in(connect: Connect, url: str) -> Any:
    system, password = connect(url)
    try:
        return await system.sign_in(password)
    finally:
        await system.close()


@pytest.mark.usefixtures("_trusted")
def test_a_company_s_own_authority_is_trusted_where_the_system_trusts_it(
    connect: tuple[str, Connect],
    front: Callable[[trustme.LeafCert], TlsFront],
    authority: trustme.CA,
) -> None:
    where = front(authority.issue_cert("localhost"))
    assert asyncio.run(sign_in(connect[1], where.url)).system_version


def test_it_is_not_trusted_where_the_system_does_not(
    connect: tuple[str, Connect],
    front: Callable[[trustme.LeafCert], TlsFront],
    authority: trustme.CA,
) -> None:
    where = front(authority.issue_cert("localhost"))
    with pytest.raises(Untrusted) as refused:
        asyncio.run(sign_in(connect[1], where.url))
    assert "certificate" in refused.value.detail
    assert where.bytes_in == 0, "a password must not be sent to whom nobody vouches for"


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("what", ["expired", "not yet valid", "another name"])
def test_a_certificate_that_does_not_hold_is_refused_before_anything_is_sent(
    connect: tuple[str, Connect],
    front: Callable[[trustme.LeafCert], TlsFront],
    authority: trustme.CA,
    what: str,
) -> None:
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    certificate = {
        "expired": lambda: authority.issue_cert("localhost", not_before=now - 9 * day, not_after=now - day),
        "not yet valid": lambda: authority.issue_cert("localhost", not_before=now + day, not_after=now + 9 * day),
        "another name": lambda: authority.issue_cert("erp.example.com"),
    }[what]()
    where = front(certificate)
    with pytest.raises(Untrusted):
        asyncio.run(sign_in(connect[1], where.url))
    assert where.bytes_in == 0, "a password must not be sent to whom nobody vouches for"
