"""The demo's ERP, asked over HTTP as the app asks it, and its database looked into directly.

The first run on a machine installs Tryton and builds the database (about two minutes); later runs copy it.
"""

import asyncio
import base64
import datetime as dt
import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from app.demo.home import demo_home
from app.demo.progress import Progress
from app.demo.tryton import ModuleSet, TrytonDemo, TrytonServer
from app.demo.tryton.system import DATA
from tests.helpers.background import BackgroundLoop
from tests.helpers.few_tables import few_tables


class Erp:
    """One signed-in user, without any of the app's own client."""

    def __init__(self, server: TrytonServer, login: str) -> None:
        self._http = httpx.Client(base_url=server.url, timeout=30)
        self._path = f"/{server.database}/rpc/"
        self._ids = itertools.count()
        user, token, _ = self._post("common.db.login", login, {"password": server.users[login]}, "en")
        word = base64.b64encode(f"{login}:{user}:{token}".encode()).decode()
        self._http.headers["Authorization"] = f"Session {word}"
        self._context = self._post("model.res.user.get_preferences", True, {})

    def __call__(self, method: str, *params: Any, **context: Any) -> Any:
        return self._post(method, *params, {**self._context, **context})

    def find(self, model: str, domain: list[Any], fields: list[str]) -> list[dict[str, Any]]:
        found = self(f"model.{model}.search_read", domain, 0, None, None, fields)
        assert isinstance(found, list)
        return found

    def close(self) -> None:
        self._http.close()

    def _post(self, method: str, *params: Any) -> Any:
        body = {"id": next(self._ids), "method": method, "params": params}
        answer = self._http.post(self._path, json=body)
        answer.raise_for_status()
        decoded = json.loads(answer.content, object_hook=_decoded)
        if "error" in decoded:
            raise RuntimeError(decoded["error"])
        return decoded["result"]


def _decoded(value: dict[str, Any]) -> Any:
    match value.get("__class__"):
        case "Decimal":
            return Decimal(value["decimal"])
        case "date":
            return dt.date(value["year"], value["month"], value["day"])
        case _:
            return value


def ignore(progress: Progress) -> None:
    assert 0 <= progress.fraction <= 1


@contextmanager
def running(work: Path, modules: ModuleSet, data: Path = DATA) -> Iterator[TrytonServer]:
    """A server for synchronous tests; a loop in a thread goes on reading what it says.

    Where nobody reads, a server that logs more than a pipe holds, about five refusals, waits for ever.
    """
    with BackgroundLoop() as runner:
        demo = TrytonDemo(demo_home(), modules=modules, data=data)
        runner.run(demo.prepare(ignore))
        server = runner.run(demo.start(work, ignore))
        try:
            yield server
        finally:
            runner.run(server.stop())
            assert not psutil.pid_exists(server.pid)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrytonServer]:
    with running(tmp_path_factory.mktemp("erp"), ModuleSet.FULL) as started:
        yield started


@pytest.fixture(scope="module")
def clerk(server: TrytonServer) -> Iterator[Erp]:
    with closing(Erp(server, "clerk")) as user:
        yield user


def price(erp: Erp, party: dict[str, Any], product: dict[str, Any], quantity: float, **fields: Any) -> Decimal:
    """Ask for the price of a line that is nowhere saved, as the ERP's own window does."""
    line = {
        "id": -1,
        "type": "line",
        "product": product["id"],
        "quantity": quantity,
        "unit": None,
        "taxes": [],
        "unit_price": None,
        "company": 1,
        "_parent_sale.id": -1,
        "_parent_sale.company": 1,
        "_parent_sale.currency": party["customer_currency"],
        "_parent_sale.party": party["id"],
        "_parent_sale.invoice_party": None,
        "_parent_sale.price_list": party["sale_price_list"],
        "_parent_sale.sale_date": None,
        **fields,
    }
    answer = erp("model.sale.line.on_change", line, ["product", "quantity"])
    assert isinstance(answer["unit_price"], Decimal)
    return answer["unit_price"]


OF_FULL = {
    "base_price": None,
    "secondary_unit": None,
    "product_customer": None,
    "secondary_uom_factor": None,
    "secondary_uom_rate": None,
    "shipment_cost": None,
}


def customer(erp: Erp, number: str) -> dict[str, Any]:
    [party] = erp.find("party.party", [["code", "=", number]], ["name", "customer_currency", "sale_price_list"])
    return party


def article(erp: Erp, code: str) -> dict[str, Any]:
    [product] = erp.find("product.product", [["code", "=", code]], ["rec_name"])
    return product


def test_an_order_clerk_is_no_administrator(server: TrytonServer, clerk: Erp) -> None:
    assert set(server.users) == {"admin", "clerk", "clerk2", "reporting"}
    assert len(set(server.users.values())) == len(server.users)
    with pytest.raises((RuntimeError, httpx.HTTPStatusError)):
        clerk("model.res.group.create", [{"name": "mine"}])
    [order] = clerk.find("sale.sale", [["state", "=", "confirmed"]], ["number"])[:1]
    with pytest.raises((RuntimeError, httpx.HTTPStatusError)):
        clerk("model.sale.sale.process", [order["id"]])


def test_the_reporting_system_reads_the_ledger_and_changes_nothing(server: TrytonServer) -> None:
    with closing(Erp(server, "reporting")) as reader:
        for model in ("account.move.line", "account.invoice", "sale.sale", "sale.line"):
            (one,) = reader(f"model.{model}.search", [], 0, 1, None)
            with pytest.raises(RuntimeError, match="You are not allowed to access"):
                reader(f"model.{model}.write", [one], {})
        # It asks for nothing of the stock: what goods cost stands in the ledger.
        with pytest.raises(RuntimeError, match="You are not allowed to access"):
            reader("model.stock.move.search", [], 0, 1, None)


def test_there_is_enough_of_everything(clerk: Erp) -> None:
    assert len(clerk.find("party.party", [["code", "like", "10%"]], ["code"])) >= 150
    assert len(clerk.find("product.product", [["salable", "=", True]], ["code"])) >= 300
    states = Counter(order["state"] for order in clerk.find("sale.sale", [], ["state"]))
    assert min(states[s] for s in ("draft", "quotation", "confirmed", "processing", "done", "cancelled")) >= 4
    currencies = Counter(order["currency"] for order in clerk.find("sale.sale", [], ["currency"]))
    assert len(currencies) == 4


def test_invoices_are_paid_open_overdue_and_credited(clerk: Erp) -> None:
    fields = ["state", "total_amount", "amount_to_pay", "amount_to_pay_today"]
    invoices = clerk.find("account.invoice", [], fields)
    posted = [invoice for invoice in invoices if invoice["state"] == "posted"]
    assert any(invoice["state"] == "paid" and invoice["total_amount"] > 0 for invoice in invoices)
    assert any(invoice["amount_to_pay"] > 0 and not invoice["amount_to_pay_today"] for invoice in posted)
    assert sum(invoice["amount_to_pay_today"] > 0 for invoice in posted) >= 5
    assert any(invoice["total_amount"] < 0 for invoice in invoices)


def test_addresses_for_goods_and_for_invoices_differ(clerk: Erp) -> None:
    [nordlys] = clerk.find("party.party", [["code", "=", "10023"]], ["name"])
    assert nordlys["name"] == "Nordlys Belysning ApS"
    fields = ["attn", "city", "delivery", "invoice"]
    addresses = clerk.find("party.address", [["party", "=", nordlys["id"]]], fields)
    assert {place["attn"] for place in addresses if place["delivery"]} >= {"Lager 2", "Butik Vejle"}
    assert [place["attn"] for place in addresses if place["invoice"]] == ["Kreditorbogholderi"]


def test_the_price_is_by_customer_quantity_and_date(clerk: Erp) -> None:
    nordlys, driver = customer(clerk, "10023"), article(clerk, "4711")
    ladder = [price(clerk, nordlys, driver, quantity, **OF_FULL) for quantity in (1, 10, 25, 50)]
    assert ladder == [Decimal("186.42"), Decimal(165), Decimal(156), Decimal(148)]
    later = dt.date.today() + dt.timedelta(days=300)  # noqa: DTZ011  # the ERP's own day has no zone
    day = {"__class__": "date", "year": later.year, "month": later.month, "day": later.day}
    fields = {**OF_FULL, "_parent_sale.sale_date": day}
    # The year's agreement has ended by then: the general rule from 50 pieces.
    assert price(clerk, nordlys, driver, 50, **fields) == Decimal("181.64")


def test_a_bar_code_finds_the_article_and_its_stock(clerk: Erp) -> None:
    [found] = clerk.find("product.product", [["identifiers.code", "=", "5790041047113"]], ["code"])
    assert found["code"] == "4711"
    [warehouse] = clerk.find("stock.location", [["type", "=", "warehouse"]], ["name"])
    [stock] = clerk("model.product.product.read", [found["id"]], ["quantity"], locations=[warehouse["id"]])
    assert 0 < stock["quantity"] <= 312


def test_neighbours_pay_no_vat(clerk: Erp) -> None:
    foreign = clerk.find("sale.sale", [["party.addresses.country.code", "!=", "DK"]], ["tax_amount"])
    danish = clerk.find("sale.sale", [["party.addresses.country.code", "=", "DK"]], ["tax_amount"])
    assert foreign
    assert not any(order["tax_amount"] for order in foreign)
    assert all(order["tax_amount"] for order in danish)


def test_two_writes_of_one_version_do_not_both_pass(server: TrytonServer, clerk: Erp) -> None:
    """On SQLite trytond alone lets both through; this is what the one writer is for."""
    with closing(Erp(server, "clerk2")) as other:
        [order] = clerk.find("sale.sale", [["state", "=", "draft"]], ["_timestamp"])[:1]
        for _ in range(10):
            [now] = clerk("model.sale.sale.read", [order["id"]], ["_timestamp"])
            stamp = {f"sale.sale,{order['id']}": now["_timestamp"]}

            def write(erp: Erp, text: str, stamp: dict[str, str] = stamp) -> bool:
                try:
                    erp("model.sale.sale.write", [order["id"]], {"comment": text}, _timestamp=stamp)
                except RuntimeError as error:
                    if "ConcurrencyException" not in str(error):
                        raise
                    return False
                return True

            with ThreadPoolExecutor(2) as pool:
                passed = list(pool.map(write, (clerk, other), ("mine", "theirs")))
            assert sum(passed) == 1


def test_the_database_is_a_copy_and_answers_stay_after_a_crash(tmp_path: Path) -> None:
    async def main(act: Callable[[TrytonServer], None]) -> Path:
        demo = TrytonDemo(demo_home())
        await demo.prepare(ignore)
        started = await demo.start(tmp_path / "work", ignore)
        await asyncio.to_thread(act, started)
        await started.kill()
        assert not psutil.pid_exists(started.pid)
        assert started.database_path is not None
        with pytest.raises(FileExistsError):
            await demo.start(tmp_path / "work", ignore)
        return started.database_path

    def act(started: TrytonServer) -> None:
        with closing(Erp(started, "admin")) as admin:
            admin("model.party.party.create", [{"name": "Efter nedbruddet", "code": "10999"}])

    path = asyncio.run(main(act))
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name FROM party_party WHERE code = '10999'").fetchall()
    assert rows == [("Efter nedbruddet",)]
    assert path.stat().st_mode & 0o077 == 0
    assert (path.parent / "passwords.json").stat().st_mode & 0o077 == 0


def test_the_least_set_of_modules(tmp_path: Path) -> None:
    data = few_tables(tmp_path / "data")
    with running(tmp_path / "erp", ModuleSet.MINIMAL, data) as minimal, closing(Erp(minimal, "clerk")) as erp:
        nordlys, driver = customer(erp, "10023"), article(erp, "4711")
        assert price(erp, nordlys, driver, 50.0) == Decimal(148)
        assert erp.find("sale.sale", [["state", "=", "done"]], ["number"])
