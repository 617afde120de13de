"""Records of Tryton's, odd ones and hostile ones, as our orders; conditions and buttons."""

import asyncio
import contextlib
import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.orders import LineKind, OrderPhase, Tax, Unit
from app.ports.errors import (
    Conflict,
    MalformedAnswer,
    NoRights,
    NotFound,
    OutcomeUnknown,
    Question,
    Refused,
    SystemFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
    Untrusted,
)
from app.systems.http import of_transport
from app.systems.tryton import faults, pyson
from app.systems.tryton.actions import read_buttons
from app.systems.tryton.client import Client
from app.systems.tryton.lookups import KnownUnit, Lookups
from app.systems.tryton.mapping import read_header, read_lines, read_state, read_summary, read_totals
from app.systems.tryton.protocol import Row
from app.systems.tryton.schema import FieldInfo, Schema, field_info
from app.systems.tryton.site import Site, escaped, key_of, name_patterns

WILD = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.lists(st.integers(), max_size=3)
)
IS_DRAFT = {"__class__": "Equal", "s1": {"__class__": "Eval", "v": "state", "d": ""}, "s2": "draft"}
DRAFT = json.dumps({"readonly": {"__class__": "Not", "v": IS_DRAFT}})


def decimal(text: str) -> dict[str, str]:
    return {"__class__": "Decimal", "decimal": text}


def info(name: str, kind: str = "char", states: str = "{}", selection: Any = None) -> FieldInfo:
    return field_info(name, {"type": kind, "states": states, "selection": selection})


@pytest.fixture(scope="module")
def site() -> Site:
    """A site that has been asked everything already, and cannot ask more."""
    line = ("sale", "type", "product", "quantity", "unit", "unit_price", "base_price", "discount_rate", "taxes")
    schema = Schema(
        sale={
            "state": info("state", "selection", selection=[["draft", "Kladde"]]),
            "lines": info("lines", "one2many", DRAFT),
            "price_list": info("price_list", "many2one"),
        },
        line={name: info(name) for name in (*line, "amount", "sequence", "description")},
        party={},
        address={},
        product={},
        price_rule={},
        prices_many=False,
        may_write=True,
        may_create=True,
    )

    async def read(*_: Any) -> Any:
        return []

    lookups = Lookups(cast(Client, SimpleNamespace(read=read)))
    lookups.units[1] = KnownUnit(Unit("1", "stk", 0), 1)
    lookups.taxes[2] = Tax("2", "25% moms")
    lookups.currencies[1] = "DKK"
    return Site(lookups.client, schema, lookups)


def a_line(**values: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "sale": 3,
        "_timestamp": "1.5",
        "type": "line",
        "product.": {"id": 9, "code": "1001", "name": "Brød"},
        "description": None,
        "quantity": 2.5,
        "unit": 1,
        "unit_price": decimal("3.1275"),
        "base_price": decimal("4"),
        "discount_rate": decimal("0.2181"),
        "taxes": [2],
        "amount": decimal("7.82"),
        **values,
    }


def test_a_line(site: Site) -> None:
    (line,) = asyncio.run(read_lines(site, [Row(a_line())], "DKK"))
    assert (line.id, line.version, line.kind) == ("7", "3:1.5", LineKind.PRODUCT)
    assert line.unit_price == Money(Decimal("3.1275"), "DKK")
    assert line.quantity == Decimal("2.5")
    assert (line.unit, line.taxes) == (Unit("1", "stk", 0), (Tax("2", "25% moms"),))


@given(st.sampled_from(sorted(a_line())), WILD)
def test_a_wild_value_in_a_line_is_read_or_told(site: Site, name: str, value: Any) -> None:
    with contextlib.suppress(MalformedAnswer):
        asyncio.run(read_lines(site, [Row(a_line(**{name: value}))], "DKK"))


@given(st.dictionaries(st.sampled_from(["party.", "currency", "state", "lines", "price_list.", "id", "x"]), WILD))
def test_wild_orders_are_read_or_told(site: Site, values: dict[str, Any]) -> None:
    for read in (read_header, read_totals, read_summary):
        with contextlib.suppress(MalformedAnswer):
            read(site, Row(values))


def test_totals_that_are_missing_are_no_zeros(site: Site) -> None:
    with pytest.raises(MalformedAnswer):
        read_totals(site, Row({"currency": 1, "untaxed_amount": decimal("1"), "tax_amount": None}))


def test_a_state_that_a_module_added(site: Site) -> None:
    assert read_state(site, "draft").label == "Kladde"
    assert (read_state(site, "on_hold").label, read_state(site, "on_hold").phase) == ("on_hold", OrderPhase.CONFIRMED)


# --- words for a search ---


def test_cases_of_danish_letters() -> None:
    assert set(name_patterns("østergaard")) == {"østergaard", "ØSTERGAARD", "Østergaard"}
    assert list(name_patterns("hansen")) == ["hansen"]
    assert escaped("100%_\\") == "100\\%\\_\\\\"


@pytest.mark.parametrize("text", ["", "-1", "x", "1.0", "²", "1" * 19, "new-1"])
def test_ids_that_never_came_from_here(text: str) -> None:
    with pytest.raises(NotFound):
        key_of(text)


# --- conditions and buttons ---


def evaluated(text: str, **values: Any) -> Any:
    return pyson.evaluate(pyson.parse(text), values)


def test_conditions() -> None:
    readonly = json.dumps(json.loads(DRAFT)["readonly"])
    assert evaluated(readonly, state="draft") is False
    assert evaluated(readonly, state="done") is True
    assert evaluated('{"__class__": "In", "k": "a", "v": ["a", "b"]}') is True
    assert evaluated('{"__class__": "Greater", "s1": 2, "s2": 1.5, "e": false}') is True
    assert evaluated('{"__class__": "Less", "s1": null, "s2": 1, "e": true}') is False
    assert evaluated('{"__class__": "If", "c": true, "t": 1, "e": 2}') == 1
    assert evaluated('{"__class__": "Eval", "v": "_parent_sale.state", "d": 5}') == 5
    assert list(pyson.names(pyson.parse(readonly))) == ["state"]


@given(
    st.recursive(
        WILD,
        lambda inner: st.dictionaries(
            st.sampled_from(["__class__", "v", "d", "s", "s1", "s2", "c", "t", "e", "k"]),
            inner | st.sampled_from(["Eval", "Not", "And", "Or", "Greater", "In", "Get", "Len", "If", "Date"]),
        ),
        max_leaves=8,
    )
)
def test_any_condition_is_worked_out_or_given_up(expression: Any) -> None:
    with contextlib.suppress(pyson.NotUnderstood):
        pyson.evaluate(expression, {"state": "draft"})


def test_buttons_of_a_form(site: Site) -> None:
    hidden = json.dumps({"invisible": json.loads(DRAFT)["readonly"]}).replace('"', "&quot;")
    unknown = json.dumps({"invisible": {"__class__": "Date"}}).replace('"', "&quot;")
    arch = f"""<form><button name="quote" string="Tilbud" states="{hidden}"/>
        <button name="odd" string="Sær" states="{unknown}"/>
        <button name="broken" string="Itu" states="{{"/>
        <button name="modify_header" string="Hoved" states="{{}}"/>
        <button name="not a name" string="X" states="{{}}"/></form>"""
    buttons = read_buttons(arch, site.schema)
    draft, done = Row({"state": "draft"}), Row({"state": "done"})
    assert [action.key for action in buttons.offered(draft)] == ["quote"]
    assert buttons.offered(done) == ()
    assert (buttons.editable(draft), buttons.editable(done)) == (True, False)


@pytest.mark.parametrize("arch", ["", "<form>", "<a/><b/>", '<!DOCTYPE x [<!ENTITY a "b">]><form>&a;</form>', "\ud800"])
def test_forms_that_are_none(site: Site, arch: str) -> None:
    with pytest.raises(MalformedAnswer):
        read_buttons(arch, site.schema)


# --- faults ---


@pytest.mark.parametrize(
    ("error", "fault", "words"),
    [
        (["UserError", ["Nej", "fordi", None]], Refused, "Nej\nfordi"),
        (["UserWarning", ["navn", "Sikker?", ""]], Question, "Sikker?"),
        (["ConcurrencyException", "Records were modified"], Conflict, ""),
        (["'nope'", "Traceback (most recent call last): secret"], faults.ServerFault, ""),
        (["UserError", "not a list"], faults.ServerFault, ""),
        ("text", faults.ServerFault, ""),
        (None, faults.ServerFault, ""),
        ([], faults.ServerFault, ""),
    ],
)
def test_errors_of_trytons(error: Any, fault: type[SystemFault], words: str) -> None:
    told = faults.of_error(error, "model.x.y")
    assert type(told) is fault
    assert told.words == words
    assert "secret" not in f"{told}{told.detail}"


@pytest.mark.parametrize(
    ("status", "asked", "told"),
    [
        (403, NoRights, NoRights),
        (404, Unreachable, Unreachable),
        (429, TooManyAttempts, TooManyAttempts),
        (500, TimedOut, OutcomeUnknown),
        (502, TimedOut, OutcomeUnknown),
        (503, TimedOut, OutcomeUnknown),
        (504, TimedOut, OutcomeUnknown),
        (204, MalformedAnswer, OutcomeUnknown),
        (302, MalformedAnswer, MalformedAnswer),
        (400, faults.ServerFault, faults.ServerFault),
        (413, faults.ServerFault, faults.ServerFault),
    ],
)
def test_statuses(status: int, asked: type[SystemFault], told: type[SystemFault]) -> None:
    assert type(faults.of_status(status, "m", writing=False)) is asked
    assert type(faults.of_status(status, "m", writing=True)) is told


def test_a_certificate_that_is_not_trusted() -> None:
    import ssl

    error = httpx.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert type(of_transport(error, "m", "tryton", writing=True)) is Untrusted
    assert type(of_transport(httpx.ConnectError("x"), "m", "tryton", writing=True)) is Unreachable
    assert type(of_transport(httpx.DecodingError("x"), "m", "tryton", writing=True)) is OutcomeUnknown
