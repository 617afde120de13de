"""What the warehouse's measures do: five years of orders under a real Datasette, a day's work in the real systems."""

import asyncio
import json
import re
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from app.demo.datasette import DatasetteDemo
from app.demo.warehouse import PANELS, Source, Warehouse
from app.demo.world import DemoServers
from tests.bench.bench import Bench
from tests.bench.five_years import LARGEST, MIDDLE, PROJECT, SMALL, fill
from tests.helpers.background import BackgroundLoop
from tests.helpers.tryton_admin import TrytonAdmin, TrytonSaid

DAY = {"orders": 40, "invoices": 30, "touch points": 60}
_RUNS = 7
_ASKED = 7
_QUESTIONS = 20


@dataclass(frozen=True)
class PanelTimes:
    """Milliseconds by panel, for all customers."""

    by_panel: dict[str, list[float]]
    customers: int

    def every(self) -> list[float]:
        """All of them."""
        return [value for values in self.by_panel.values() for value in values]

    def panels(self) -> Iterator[tuple[str, float, float]]:
        """Each panel with its median and its slowest answer."""
        for key, values in self.by_panel.items():
            yield key, statistics.median(values), max(values)


def panel_times(say: Callable[[str], None]) -> PanelTimes:
    """Ask a real Datasette for every panel."""
    folder = Path(tempfile.mkdtemp(prefix="samspil-warehouse-"))
    try:
        warehouse = Warehouse(folder / "warehouse.sqlite")
        asyncio.run(warehouse.create())
        say("warehouse: five years of 50,000 orders a year are made")
        fill(warehouse.path)
        with BackgroundLoop() as loop:
            demo = DatasetteDemo()
            server = loop.run(demo.start(folder / "datasette", warehouse.path, PANELS, lambda _progress: None))
            try:
                return _ask(server.url, server.users["clerk"])
            finally:
                loop.run(server.stop())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ask(url: str, token: str) -> PanelTimes:
    customers = (LARGEST, MIDDLE, SMALL)
    of_projects = {
        file.stem.partition("_")[2]
        for file in PANELS.glob("*.sql")
        if "-- on: project\n" in file.read_text(encoding="utf-8")
    }
    found: dict[str, list[float]] = {}
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
        queries = json.loads(http.get("/warehouse.json").content)["queries"]
        for query in queries:
            for number in ((PROJECT,) if query["name"] in of_projects else customers) * _ASKED:
                started = time.perf_counter()
                answer = http.get(f"/warehouse/{query['name']}.json", params={"number": number})
                found.setdefault(query["name"], []).append((time.perf_counter() - started) * 1000)
                answer.raise_for_status()
                if number in (LARGEST, PROJECT) and not json.loads(answer.content)["rows"]:
                    raise RuntimeError(f"{query['name']} has no rows for {number}")
    return PanelTimes(found, len(customers))


@dataclass(frozen=True)
class DayLoads:
    """Seconds of each load, and how many records it put in."""

    seconds: Sequence[float]
    records: int


def day_loads(bench: Bench) -> DayLoads:
    """Load everything, do a day's work in the systems, and load that again and again from the same state."""
    servers = bench.servers()
    erp, crm = servers.erp, servers.crm
    sources = [
        Source("tryton", "tryton", "Tryton", erp.url, "reporting", erp.users["reporting"], erp.database),
        Source("creme", "creme", "Creme", crm.url, "rapport", crm.users["rapport"]),
    ]
    folder = Path(tempfile.mkdtemp(prefix="samspil-warehouse-"))
    try:
        before = Warehouse(folder / "before.sqlite")
        asyncio.run(before.load(sources))
        bench.say("warehouse: a day's work in the ERP and the CRM")
        bench.orders(*[3] * DAY["orders"])
        _invoice(servers)
        _log(servers)
        seconds = []
        for number in range(_RUNS):
            after = Warehouse(folder / f"after {number}.sqlite")
            shutil.copy(before.path, after.path)
            started = time.perf_counter()
            asyncio.run(after.load(sources))
            seconds.append(time.perf_counter() - started)
        return DayLoads(seconds, _different(before.path, after.path))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _different(before: Path, after: Path) -> int:
    from tests.helpers.loaded_warehouse import contents

    held, now = contents(before), contents(after)
    return sum(len(set(now[table]) - set(held[table])) for table in now if not table.endswith("_month"))


def _invoice(servers: DemoServers) -> None:
    """Confirm and post as an accountant would, newest orders first."""
    erp = servers.erp
    admin = TrytonAdmin(erp.url, erp.database, "admin", erp.users["admin"])
    today = datetime.now().astimezone().date()
    drafts = admin("model.sale.sale.search", [["state", "=", "draft"]], 0, DAY["invoices"], [["id", "DESC"]])
    for order in drafts:
        for button in ("quote", "confirm"):
            _press(admin, f"model.sale.sale.{button}", order)
        for invoice in admin("model.sale.sale.read", [order], ["invoices"])[0]["invoices"]:
            admin("model.account.invoice.write", [invoice], {"invoice_date": today})
            _press(admin, "model.account.invoice.post", invoice)


def _press(admin: TrytonAdmin, button: str, record: int) -> None:
    """Press a button and answer yes to what it asks: of each line's stock, and of the customer's credit."""
    for _ in range(_QUESTIONS):
        try:
            admin(button, [record])
        except TrytonSaid as said:
            warning = re.search(r"\['UserWarning', \['([^']+)'", str(said))
            if warning is None:
                raise
            admin("model.res.user.warning.skip", warning[1], False)
        else:
            return
    raise RuntimeError(f"{button} asks again and again")


def _log(servers: DemoServers) -> None:
    """Log calls at as many companies."""
    crm = servers.crm

    def ask(path: str, token: str = "", body: dict[str, Any] | None = None) -> Any:
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{crm.url}/samspil/v1/{path}", data)  # noqa: S310 - our own server
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.loads(answer.read())

    who = {"username": "saelger", "password": crm.users["saelger"], "device": "bench"}
    token = ask("sign-in", body=who)["token"]
    companies = [one["id"] for one in ask("changes/companies", token)["companies"] if one["number"]]
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    for number in range(DAY["touch points"]):
        call = {"key": str(uuid4()), "kind": "call", "direction": "out", "title": "Opkald", "at": now}
        ask(f"companies/{companies[number % len(companies)]}/touch-points", token, call)
