"""What a real Superset 6.1 said once (tests/fixtures/superset_answers.json), as it is and with something wrong in it.

The contract against a running one is in tests/contract/test_superset.py.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.economy import PanelData, PanelKind, Subject, SubjectKind
from app.domain.money import Money
from app.domain.text import clean
from app.ports.connection import Connection
from app.ports.errors import (
    NoRights,
    NotFound,
    Refused,
    SystemFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
    WrongPassword,
)
from app.systems.superset import marks
from app.systems.superset.manifest import connect
from tests.helpers.hostile import Answer, Call, Teller, spoilers, texts_in

_SAID = json.loads(Path(__file__).parents[1].joinpath("fixtures", "superset_answers.json").read_text("utf-8"))
_URL = "http://127.0.0.1:8088"
_KEPT: dict[Call, Answer] = {
    (one["method"], _URL + one["path"], msgspec.json.encode(one["asked"]) if one["asked"] is not None else b""): Answer(
        one["status"], json.dumps(one["answer"]).encode()
    )
    for one in _SAID
}
_NUMBERS = {SubjectKind.CUSTOMER: "10023", SubjectKind.PROJECT: "P-1"}


async def _everything(transport: httpx.AsyncBaseTransport, number: str = "") -> list[PanelData]:
    """Each panel of a customer's and of a project's card, but the one that has too many rows."""
    system = connect(Connection("superset", _URL, "clerk"), transport)
    try:
        await system.sign_in("recorded")
        found = []
        for kind in SubjectKind:
            for panel in await system.panels(kind):
                if panel.title != "Too much":
                    found.append(await system.panel(panel, Subject(kind, number or _NUMBERS[kind])))
        return found
    finally:
        await system.close()


def test_what_it_said() -> None:
    found = {data.panel.title: data for data in asyncio.run(_everything(Teller(_KEPT)))}
    assert {title: data.panel.kind for title, data in found.items()} == {
        "Turnover by month": PanelKind.BARS,
        "Turnover by product group": PanelKind.STACKED,
        "Open by age": PanelKind.AGEING,
        "Invoiced": PanelKind.FIGURE,
        "Hours": PanelKind.TABLE,
    }
    assert found["Turnover by month"].rows[0] == (date(2026, 9, 1), Money(Decimal("1234567.03"), "DKK"))
    assert found["Turnover by month"].rows[-1][1] == Money(Decimal("90071992547409.93"), "DKK")
    assert [source.as_of for source in found["Hours"].sources] == [datetime(2026, 11, 24, 22, 30, tzinfo=UTC)]
    assert not any(data.link for data in found.values())
    nothing = asyncio.run(_everything(Teller(_KEPT), "nobody"))
    assert all(data.rows == () and data.sources[0].as_of is None for data in nothing)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(at=st.integers(0, len(_KEPT) - 1), spoil=spoilers())
def test_a_value_or_a_fault_and_nothing_else(at: int, spoil: Callable[[Answer], Any]) -> None:
    teller = Teller(_KEPT, list(_KEPT)[at], spoil)
    try:
        found = asyncio.run(_everything(teller))
    except SystemFault:
        return
    assert all(clean(text) == text for text in texts_in(found))


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (202, Refused),
        (400, Refused),
        (403, NoRights),
        (404, NotFound),
        (422, Refused),
        (429, TooManyAttempts),
        (500, SystemFault),
        (504, TimedOut),
    ],
)
def test_what_a_status_means(status: int, fault: type[SystemFault]) -> None:
    (call,) = [call for call in _KEPT if b'"x_axis"' in call[2] or b'"P-1"' in call[2]][:1]
    with pytest.raises(fault):
        asyncio.run(_everything(Teller(_KEPT, call, lambda _answer: httpx.Response(status, json={}))))


@pytest.mark.parametrize(("status", "fault"), [(401, WrongPassword), (400, WrongPassword), (404, Unreachable)])
def test_what_a_status_of_the_sign_in_means(status: int, fault: type[SystemFault]) -> None:
    with pytest.raises(fault):
        asyncio.run(_everything(Teller(_KEPT, next(iter(_KEPT)), lambda _answer: httpx.Response(status, json={}))))


@given(st.text(), st.sampled_from(["en", "da"]))
def test_a_description_is_marks_none_or_a_value_error(text: str, language: str) -> None:
    for description in (
        text,
        f"number: {text}",
        f"number: x\ncolumn: {text}",
        f"number: x\ncolumn: a value text {text}",
    ):
        try:
            found = marks.read(description, language)
        except ValueError:
            continue
        assert found is None or found.columns


def test_what_people_read_is_not_what_we_read() -> None:
    said = "Two lines\nof words.\nnumber: customer\nhint.da: Dansk\ncolumn: a value money A b | Å b"
    found = marks.read(said, "da")
    assert found is not None
    assert (found.hint, found.columns[0].label, found.number) == ("Dansk", "Å b", "customer")
    english = marks.read(
        "Two lines\nof words.\nnumber: customer\nhint.da: Dansk\ncolumn: a value money A b | Å b", "en"
    )
    assert english is not None
    assert (english.hint, english.columns[0].label) == ("Two lines\nof words.", "A b")
    assert marks.read("column: a value money A", "en") is None
