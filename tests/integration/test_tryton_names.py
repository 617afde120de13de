"""All names of a real Tryton in the index on this computer: read page by page, broken off, gone on with."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from app.domain.contacts import Page
from app.domain.names import Name, NameKind
from app.ports.cache import NAMES
from app.ports.capability import Capability
from app.ports.connection import Connection, SystemKind
from app.ports.erp import ErpSystem
from app.ports.errors import Unreachable
from app.services import name_refresh
from app.services.name_refresh import refresh
from app.services.overviews import Overviews
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from app.systems.tryton import names as tryton_names
from tests.fixtures.tryton import RealTryton

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def overviews(real_tryton: RealTryton) -> Iterator[Overviews]:
    """The clerk's, with nothing in them yet."""
    caches = EncryptedCaches(None)
    here = Connection("tryton", real_tryton.url, "clerk", {"database": real_tryton.database})
    yield Overviews(Systems(proven={SystemKind.ERP: here}), caches)
    caches.close()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_refresh, "AFTER", 0.0)
    monkeypatch.setattr(name_refresh, "BETWEEN", 0.0)
    monkeypatch.setattr(tryton_names, "_PAGE", 50)


class _Line:
    """The ERP, gone after so many pages."""

    def __init__(self, erp: ErpSystem, pages: int) -> None:
        self._erp = erp
        self._left = pages

    async def names(self, after: str) -> Page[Name]:
        if not self._left:
            raise Unreachable("tryton")
        self._left -= 1
        return await self._erp.names(after)


@pytest.fixture
def erp(real_tryton: RealTryton, run: Run) -> Iterator[ErpSystem]:
    """Signed in to."""
    system = real_tryton.system()
    run(system.sign_in(real_tryton.password()))
    yield system
    run(system.close())


def test_every_party_is_found_by_its_number_once_all_were_read(
    real_tryton: RealTryton, erp: ErpSystem, overviews: Overviews, run: Run
) -> None:
    assert Capability.NAMES in erp.capabilities
    parties = real_tryton.rows("SELECT id, code, name FROM party_party WHERE active")
    pages = run(refresh(erp.names, overviews.at(SystemKind.ERP)))
    assert pages == len(parties) // 50 + 1
    assert run(overviews.caches.use()).names == len(parties)
    for party_id, code, name in parties[::20]:
        found = run(overviews.find(code))
        assert (str(party_id), code) in [(one.id, one.number) for one in found], name
        assert {one.kind for one in found} == {NameKind.CUSTOMER}
    ((party_id, vat),) = real_tryton.rows(
        "SELECT party, code FROM party_identifier WHERE type = 'eu_vat' AND code LIKE 'DK%' ORDER BY id LIMIT 1"
    )
    assert str(party_id) in [one.id for one in run(overviews.find(vat.removeprefix("DK")))]
    assert vat in [one.vat_number for one in run(erp.names("")).items]
    # All of them are fresh: nothing is asked again.
    assert run(refresh(_Line(erp, 0).names, overviews.at(SystemKind.ERP))) == 0


def test_a_reading_that_was_broken_off_goes_on_where_it_stopped(
    real_tryton: RealTryton, erp: ErpSystem, overviews: Overviews, run: Run
) -> None:
    ((parties,),) = real_tryton.rows("SELECT count(*) FROM party_party WHERE active")
    cache = overviews.at(SystemKind.ERP)
    with pytest.raises(Unreachable):
        run(refresh(_Line(erp, 1).names, cache))
    assert run(overviews.caches.use()).names == 50
    kept = run(cache.read(NAMES, ""))
    assert kept.value.isdigit()
    assert run(refresh(erp.names, cache)) == parties // 50
    assert run(overviews.caches.use()).names == parties
