"""Products found by all that they are called by, and their units, in the real Tryton."""

from collections.abc import Callable, Coroutine, Iterator
from decimal import Decimal
from typing import Any

import pytest

from app.domain.orders import FoundBy, ProductHit
from app.domain.quantities import unit_of
from app.ports.erp import ErpSystem
from tests.contract.erp_contract import Desk
from tests.fixtures.tryton import RealTryton

Run = Callable[[Coroutine[Any, Any, Any]], Any]
CUSTOMER = "10023"  # has numbers of its own (resources/demo/product_customers.csv)
ANOTHER = "10002"


@pytest.fixture
def erp(run: Run, real_tryton: RealTryton) -> Iterator[ErpSystem]:
    """A signed-in clerk, who has no more rights than one."""
    system = real_tryton.system()
    run(system.sign_in(real_tryton.password()))
    yield system
    run(system.close())


@pytest.fixture
def find(run: Run, erp: ErpSystem) -> Callable[..., list[ProductHit]]:
    """Search as in an order of a customer."""
    headers = {number: Desk(run, erp).proposed(number).header for number in (CUSTOMER, ANOTHER)}

    def search(text: str, customer: str = CUSTOMER) -> list[ProductHit]:
        return list(run(erp.search_products(text, header=headers[customer])))

    return search


def _first(hits: list[ProductHit]) -> tuple[str, FoundBy, bool, str]:
    return hits[0].product.code, hits[0].found_by, hits[0].exact, hits[0].theirs


def test_it_says_what_was_found(find: Callable[..., list[ProductHit]]) -> None:
    assert _first(find("4711")) == ("4711", FoundBy.NUMBER, True, "")
    assert _first(find("471")) == ("4710", FoundBy.NUMBER, False, "")
    assert _first(find("5790041041012")) == ("4101", FoundBy.BARCODE, True, "")
    assert _first(find("57900410410")) == ("4101", FoundBy.BARCODE, False, "")
    assert _first(find("nb-60W24")) == ("4711", FoundBy.THEIRS, True, "NB-60W24")
    assert _first(find("NB-S")) == ("4402", FoundBy.THEIRS, False, "NB-SKAGEN45")
    assert _first(find("systemloft")) == ("4101", FoundBy.THEIRS, False, "Panel til systemloft")
    assert _first(find("skagen pendel")) == ("4401", FoundBy.NAME, False, "")


def test_a_customers_number_is_that_customers(find: Callable[..., list[ProductHit]]) -> None:
    assert find("NB-60W24", ANOTHER) == []
    assert _first(find("88-4120", ANOTHER)) == ("4711", FoundBy.THEIRS, True, "88-4120")
    assert find("88-4120") == []


def test_a_number_for_all_variants_finds_each(
    find: Callable[..., list[ProductHit]], real_tryton: RealTryton, run: Run, erp: ErpSystem
) -> None:
    admin = real_tryton.admin
    party = admin.first("party.party", ["code", "=", CUSTOMER])
    unit = admin.first("product.uom", ["symbol", "=", "stk"])
    (category,) = admin.find("product.category", ["name", "=", "Varer og ydelser, 25 % moms"])
    variants = [{"suffix_code": "PRØVE-V1"}, {"suffix_code": "PRØVE-V2"}, {}]
    template = admin.create(
        "product.template",
        name="Lampe i tre farver",
        type="goods",
        default_uom=unit,
        sale_uom=unit,
        salable=True,
        list_price=Decimal(80),
        account_category=category["id"],
        products=[["create", variants]],
    )
    admin.create("sale.product_customer", party=party, template=template, code="NB-FARVE", name="Farvelampe")
    hits = find("NB-FARVE")
    assert [(hit.product.code, hit.theirs, hit.exact) for hit in hits] == [
        ("", "NB-FARVE", True),
        ("PRØVE-V1", "NB-FARVE", True),
        ("PRØVE-V2", "NB-FARVE", True),
    ]
    assert len({hit.product.id for hit in hits}) == 3
    assert find("NB-FARVE", ANOTHER) == []


def test_units_are_found_by_symbol_and_name_as_the_erp_writes_them(
    find: Callable[..., list[ProductHit]], run: Run, erp: ErpSystem
) -> None:
    (strip,) = find("4601")
    units = tuple(run(erp.units_for(strip.product.id)))
    assert units[0].symbol == "m"
    assert len(units) > 1
    for unit in units:
        by_name, by_symbol = unit_of(unit.name.upper(), units), unit_of(unit.symbol, units)
        assert by_symbol is not None
        assert by_name == unit or len([each for each in units if each.name == unit.name]) > 1
    assert unit_of("kg", units) is None
