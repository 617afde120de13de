"""Tryton's values both ways, and nonsense in their place."""

import contextlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ports.errors import MalformedAnswer, Refused
from app.systems.tryton.protocol import Row, decode_answer, encode_call, plain, rows, wire, wire_quantity

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["__class__", "decimal", "year", "month", "day", "id", "name", "name.", "base64", "seconds"]
            )
            | st.text(max_size=5),
            inner | st.sampled_from(["Decimal", "date", "datetime", "bytes", "timedelta"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)
MONEY = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)


@given(MONEY)
def test_money_comes_back_to_the_digit(amount: Decimal) -> None:
    sent = msgspec.json.decode(encode_call("x", [wire(amount)]))["params"][0]
    assert isinstance(sent["decimal"], str)
    back = plain(sent)
    assert (back, str(back)) == (amount, str(amount))


@given(st.dates() | st.datetimes(timezones=st.none()) | st.binary() | st.timedeltas())
def test_other_values_come_back(value: Any) -> None:
    sent = msgspec.json.decode(msgspec.json.encode(wire(value)))
    back = plain(sent)
    if isinstance(value, bytes | date | datetime):
        assert back == value
    else:
        assert abs((back - value).total_seconds()) < 1  # Tryton's own wire has seconds as a float


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_a_quantity_is_the_same_after_its_way_through_a_float(quantity: Decimal) -> None:
    sent = msgspec.json.decode(msgspec.json.encode(wire_quantity(quantity)))
    assert Row({"q": sent}).quantity("q") == quantity


@pytest.mark.parametrize("quantity", ["1e400", "-1e31", "1e-99", "NaN", "Infinity"])
def test_a_quantity_that_is_none(quantity: str) -> None:
    with pytest.raises(Refused):
        wire_quantity(Decimal(quantity))


@given(st.binary(max_size=60) | JSON.map(msgspec.json.encode))
def test_any_answer_is_understood_or_told(body: bytes) -> None:
    with contextlib.suppress(MalformedAnswer):
        decode_answer(body)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"result": NaN}', b'{"id": 1}', b'{"error": null}', b""])
def test_answers_that_are_none(body: bytes) -> None:
    with pytest.raises(MalformedAnswer):
        decode_answer(body)


@given(JSON)
def test_any_value_in_any_field_is_read_or_told(value: Any) -> None:
    row = Row({"x": value, "x.": value})
    for ask in (
        row.key,
        row.optional_key,
        row.keys_of,
        row.text,
        row.block,
        row.token,
        row.decimal,
        row.quantity,
        row.date,
        row.flag,
        row.row,
        row.rows,
        row.plain,
    ):
        with contextlib.suppress(MalformedAnswer):
            ask("x")
    with contextlib.suppress(MalformedAnswer):
        rows(value)


@pytest.mark.parametrize(
    "value",
    [1.5, "1.5", True, {"__class__": "Decimal", "decimal": 1.5}, {"__class__": "Decimal", "decimal": "1E+999999"}]
    + [{"__class__": "Decimal", "decimal": text} for text in ("NaN", "sNaN", "-Infinity", "", "1,5", "1_0e40")],
)
def test_money_that_is_none(value: Any) -> None:
    with pytest.raises(MalformedAnswer):
        Row({"amount": value}).decimal("amount")


@pytest.mark.parametrize("value", [0, -1, True, "1", 1.0, 2**63, [1]])
def test_ids_that_are_none(value: Any) -> None:
    with pytest.raises(MalformedAnswer):
        Row({"id": value}).key()


def test_text_is_made_safe_to_show() -> None:
    row = Row({"name": "  A\u0000B\u202e\r\nC  ", "none": None})
    assert row.text("name") == "AB C"
    assert row.block("name") == "AB\nC"
    assert row.text("none") == row.text("absent") == ""
