"""Which business events a Tryton has depends on its modules and on the user's rights."""

import asyncio
from typing import Any, cast

import pytest

from app.domain.trade_events import TradeKind
from app.ports.capability import Capability
from app.ports.errors import NoRights
from app.systems.tryton.client import Client
from app.systems.tryton.trade_schema import MODELS, TradeSchema, load_trade

STATE = {"type": "selection", "selection": [["draft", "Draft"]]}
FIELDS = {"number": {"type": "char"}, "state": STATE}


class _Database:
    """Answers for these models, of which these may be read."""

    def __init__(self, there: set[str], readable: set[str]) -> None:
        self.there, self.readable = there, readable

    async def read(self, method: str, *params: Any) -> Any:
        if method.endswith("fields_get"):
            model = method.removeprefix("model.").removesuffix(".fields_get")
            if model not in self.there:
                raise NoRights("tryton")  # Tryton answers 403 for a model that it does not have
            return FIELDS
        assert set(params[0]) <= self.there, "Tryton fails on a model that it does not have"
        return {model: {"read": int(model in self.readable)} for model in params[0]}


def _load(there: set[str], readable: set[str]) -> TradeSchema:
    return asyncio.run(load_trade(cast(Client, _Database(there, readable))))


STOCK = {MODELS[TradeKind.DELIVERY], MODELS[TradeKind.RETURN], "stock.move"}
MONEY = {MODELS[TradeKind.INVOICE], "account.move.line"}


@pytest.mark.parametrize(
    ("there", "readable", "kinds", "capabilities"),
    [
        (set(), set(), set(), set()),
        (STOCK, STOCK, {TradeKind.DELIVERY, TradeKind.RETURN}, {Capability.DELIVERIES}),
        (MONEY, MONEY, {TradeKind.INVOICE}, {Capability.INVOICES}),
        (STOCK | MONEY, STOCK, {TradeKind.DELIVERY, TradeKind.RETURN}, {Capability.DELIVERIES}),
        (STOCK | MONEY, {MODELS[TradeKind.INVOICE]}, {TradeKind.INVOICE}, {Capability.INVOICES}),
    ],
)
def test_what_is_absent_or_not_to_be_seen_is_left_out(
    there: set[str], readable: set[str], kinds: set[TradeKind], capabilities: set[Capability]
) -> None:
    found = _load(there, readable)
    assert set(found.fields) == kinds
    assert found.capabilities == capabilities
    assert found.sees_moves == ("stock.move" in there & readable)
    assert found.sees_terms == ("account.move.line" in there & readable)
