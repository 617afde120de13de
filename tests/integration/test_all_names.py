"""Products of a real Tryton and people of a real Creme in the index on this computer, found without either."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from app.domain.names import NameKind
from app.ports.cache import CONTACTS, PRODUCTS
from app.ports.connection import Connection, SystemKind
from app.services import name_refresh
from app.services.name_refresh import NameRefresh, refresh
from app.services.overviews import Overviews
from app.services.systems import Systems
from app.storage.cache import EncryptedCaches
from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def overviews() -> Iterator[Overviews]:
    """Somebody's, with nothing in them yet."""
    caches = EncryptedCaches(None)
    here = {kind: Connection(kind.value, "http://127.0.0.1:1", "clerk") for kind in (SystemKind.CRM, SystemKind.ERP)}
    yield Overviews(Systems(proven=here), caches)
    caches.close()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_refresh, "AFTER", 0.0)
    monkeypatch.setattr(name_refresh, "BETWEEN", 0.0)


def test_products_are_found_by_number_name_and_bar_code(
    real_tryton: RealTryton, overviews: Overviews, run: Run
) -> None:
    erp = real_tryton.system()
    run(erp.sign_in(real_tryton.password()))
    run(refresh(erp.product_names, overviews.at(SystemKind.ERP), PRODUCTS))
    facts = real_tryton.facts
    for text in (facts.product_code, facts.barcode, facts.barcode[:8], facts.product_name.lower()):
        found = run(overviews.find(text))
        assert (NameKind.PRODUCT, facts.product_code) in [(one.kind, one.number) for one in found], text
    assert facts.unsalable_code not in [one.number for one in run(overviews.find(facts.unsalable_code))]
    run(erp.close())


def test_people_are_found_by_phone_and_e_mail_and_companies_by_vat_number(
    real_creme: RealCreme, overviews: Overviews, run: Run
) -> None:
    crm = real_creme.system()
    run(crm.sign_in(real_creme.password()))
    cache = overviews.at(SystemKind.CRM)
    assert run(refresh(crm.names, cache, CONTACTS)) > 1
    assert run(refresh(crm.names, cache, CONTACTS)) == 0  # all of them are fresh
    people = real_creme.rows(
        "SELECT cremeentity_ptr_id, phone, mobile, email FROM persons_contact WHERE phone != '' AND email != '' LIMIT 5"
    )
    assert people
    for person_id, phone, mobile, email in people:
        for text in (phone, phone.replace(" ", "")[-8:], mobile, email):
            if text:
                found = run(overviews.find(text))
                assert (NameKind.PERSON, str(person_id)) in [(one.kind, one.id) for one in found], text
    ((company_id, vat),) = real_creme.rows(
        "SELECT cremeentity_ptr_id, tvaintra FROM persons_organisation WHERE tvaintra LIKE 'DK%' LIMIT 1"
    )
    for text in (vat, vat.removeprefix("DK")):
        assert str(company_id) in [one.id for one in run(overviews.find(text)) if one.kind is NameKind.COMPANY]
    run(crm.close())


def test_each_system_that_tells_its_names_is_read_when_it_is_there(
    real_tryton: RealTryton, real_creme: RealCreme, overviews: Overviews, run: Run
) -> None:
    erp, crm = real_tryton.system(), real_creme.system()
    run(erp.sign_in(real_tryton.password()))
    run(crm.sign_in(real_creme.password()))
    begun: list[Coroutine[Any, Any, Any]] = []

    class Collecting:
        def run(self, work: Coroutine[Any, Any, Any], *_callbacks: object) -> Any:
            begun.append(work)
            return work

    names = NameRefresh(Systems(crm, erp, None, overviews._systems.proven), Collecting(), overviews)  # type: ignore[arg-type]
    names.start(SystemKind.ERP)
    names.start(SystemKind.CRM)
    for work in begun:
        run(work)
    kinds = {
        name.kind
        for text in (real_tryton.facts.product_code, real_tryton.facts.customer_number, "10023")
        for name in run(overviews.find(text))
    }
    assert {NameKind.PRODUCT, NameKind.CUSTOMER, NameKind.COMPANY} <= kinds
    run(erp.close())
    run(crm.close())
