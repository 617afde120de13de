"""When an invoice of a real Tryton is due is told to those who may see its parts, and to nobody else."""

import asyncio
from datetime import date
from typing import Any

from app.domain.trade_events import TradeEvent
from app.ports.erp import ErpSystem
from tests.fixtures.tryton import RealTryton

NUMBER = "10023"


def _events(system: ErpSystem, password: str) -> tuple[TradeEvent, ...]:
    async def read() -> Any:
        try:
            await system.sign_in(password)
            customer = await system.customer(NUMBER)
            page = await system.trade_events(customer.id, limit=100)
            return page.items
        finally:
            await system.close()

    return asyncio.run(read())


def test_when_an_invoice_is_due_is_told_to_who_may_see_it(real_tryton: RealTryton) -> None:
    events = _events(real_tryton.system("admin"), real_tryton.password("admin"))
    unpaid = [event for event in events if event.open_amount is not None and event.open_amount.amount]
    assert unpaid
    for event in unpaid:
        (invoice,) = real_tryton.admin(
            "model.account.invoice.read",
            [int(event.id)],
            ["lines_to_pay.maturity_date", "lines_to_pay.reconciliation"],
        )
        days = [_day(line["maturity_date"]) for line in invoice["lines_to_pay."] if line["reconciliation"] is None]
        assert event.due == min(days)
    seen = _events(real_tryton.system("clerk"), real_tryton.password("clerk"))
    by_id = {(event.kind, event.id): event for event in seen}
    assert all(by_id[event.kind, event.id].due is None for event in unpaid)
    assert all(by_id[event.kind, event.id].due_amount == event.due_amount for event in unpaid)


def _day(value: dict[str, Any]) -> date:
    return date(value["year"], value["month"], value["day"])
