"""Whatever a server answers, Creme's folder gives a value of the domain or a fault: never another exception."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.contact_changes import CategoryChange, Correction, FieldChange, NewPerson
from app.domain.contacts import Company, ContactField, NewTouchPoint, TouchKind
from app.domain.parties import Choice
from app.domain.sales_changes import StageChange, TaskCompletion
from app.ports.connection import Connection
from app.ports.crm import CrmSystem
from app.ports.errors import (
    AccessEnded,
    MalformedAnswer,
    NoRights,
    OutcomeUnknown,
    Refused,
    SystemFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
    Untrusted,
    WrongPassword,
)
from app.systems.creme.manifest import connect

WHO = {"token": "t", "user": {"username": "anna", "name": "Anna"}, "capabilities": ["sales", "from_the_future"]}
CARD = {
    "id": "1",
    "name": "N",
    "categories": [{"key": "sector", "values": [{"id": "1"}, {"id": "2"}], "can_set": True, "several": True}],
}
TOUCH = NewTouchPoint("key", "1", TouchKind.CALL, datetime(2026, 1, 2, tzinfo=UTC), "subject")
Question = Callable[[CrmSystem], Coroutine[Any, Any, Any]]
QUESTIONS: dict[str, Question] = {
    "search": lambda crm: crm.search("x"),
    "by number": lambda crm: crm.companies_by_number("1"),
    "names": lambda crm: crm.names(""),
    "company": lambda crm: crm.company("1"),
    "timeline": lambda crm: crm.timeline("1"),
    "sales": lambda crm: crm.sales("1"),
    "cases": lambda crm: crm.cases("1"),
    "campaigns": lambda crm: crm.campaigns("1"),
    "choices": lambda crm: crm.category_choices("sector"),
    "log": lambda crm: crm.log_touch_point(TOUCH),
    "set category": lambda crm: crm.set_category(CategoryChange("key", "1", "sector", (Choice("1", ""),), ())),
    "correct": lambda crm: crm.correct(
        Correction("key", "1", "2", (FieldChange(ContactField.PHONE, "1", "2"),)),
    ),
    "add person": lambda crm: crm.add_person(NewPerson("key", "1", "N")),
    "stages": lambda crm: crm.sales_stages(),
    "tasks": lambda crm: crm.tasks("1"),
    "set stage": lambda crm: crm.set_stage(StageChange("key", "1", "2", "3", "v")),
    "complete task": lambda crm: crm.complete_task(TaskCompletion("key", "1", "2", "v")),
    "set number": lambda crm: crm.set_number(Company("1", "N"), "2"),
}
WRITES = {"log", "set category", "correct", "add person", "set stage", "complete task", "set number"}
READS = sorted(set(QUESTIONS) - WRITES)


def ask(question: Question, answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    """Sign in and ask; the sign-in is answered well, everything else by `answer`."""

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/sign-in"):
            return httpx.Response(200, json=WHO)
        return answer(request)

    async def work() -> Any:
        crm = connect(Connection("creme", "http://127.0.0.1:1", "anna"), httpx.MockTransport(handle))
        await crm.sign_in("secret")
        try:
            return await question(crm)
        finally:
            await crm.close()

    return asyncio.run(work())


def body(answer: Any) -> Callable[[httpx.Request], httpx.Response]:
    content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return lambda _request: httpx.Response(200, content=content)


def error(status: int, code: str, **more: Any) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _request: httpx.Response(status, json={"error": {"code": code, "message": "words", **more}})


NAMES = (
    "hits",
    "companies",
    "company",
    "entries",
    "sales",
    "cases",
    "campaigns",
    "choices",
    "id",
    "name",
    "kind",
    "at",
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["1", "company", "2026-01-02"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=5),
    max_leaves=12,
)


# No deadline: on a busy machine a new event loop may take longer than hypothesis allows an example.
@settings(deadline=None)
@given(answer=JSON | st.binary(), question=st.sampled_from(sorted(QUESTIONS)), status=st.sampled_from([200, 404, 500]))
def test_any_answer_gives_a_value_or_a_fault(answer: Any, question: str, status: int) -> None:
    content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    with contextlib.suppress(SystemFault):
        ask(QUESTIONS[question], lambda _request: httpx.Response(status, content=content))


@pytest.mark.parametrize("question", READS)
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"\xff", b"{" * 100_000, b'{"company":{"id":7,"name":"x"}}']
)
def test_an_answer_that_makes_no_sense(question: str, content: bytes) -> None:
    with pytest.raises(MalformedAnswer):
        ask(QUESTIONS[question], body(content))


@pytest.mark.parametrize("company_id", ["", "../1", "1/2", "1\n", "a", "1" * 19])
def test_an_id_from_outside_is_nothing_but_digits(company_id: str) -> None:
    with pytest.raises(MalformedAnswer):
        ask(QUESTIONS["company"], body({"company": {**CARD, "id": company_id}}))


def test_texts_are_cleaned() -> None:
    found = ask(
        QUESTIONS["company"], body({"company": {**CARD, "name": " A\u030a\x00\x1b[31m\u202eb\nc ", "version": "v\x07"}})
    )
    assert (found.name, found.version) == ("Å[31mb c", "v")


def test_several_values_are_all_there() -> None:
    (category,) = ask(QUESTIONS["company"], body({"company": CARD})).categories
    assert (category.value_ids, category.can_set, category.several) == (("1", "2"), True, True)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "twelve", [], 1e400])
def test_an_amount_that_is_none(amount: Any) -> None:
    with pytest.raises(MalformedAnswer):
        ask(QUESTIONS["sales"], body({"sales": [{"id": "1", "name": "x", "amount": amount, "currency": "DKK"}]}))


def test_an_amount_is_exact() -> None:
    (sale,) = ask(QUESTIONS["sales"], body({"sales": [{"id": "1", "name": "x", "amount": "0.10", "currency": "DKK"}]}))
    assert str(sale.amount.amount) == "0.10"
    assert sale.amount.amount == Decimal("0.10")


def test_a_time_without_its_offset_is_no_time() -> None:
    entry = {"id": "activity-1", "kind": "call", "at": "2026-01-02T10:00:00"}
    with pytest.raises(MalformedAnswer):
        ask(QUESTIONS["timeline"], body({"entries": [entry], "next": None}))


def test_an_unknown_kind_is_another_kind() -> None:
    entry = {"id": "activity-1", "kind": "seance", "at": "2026-01-02T10:00:00+01:00", "label": "Séance"}
    page = ask(QUESTIONS["timeline"], body({"entries": [entry]}))
    assert [(point.kind, point.subject) for point in page.items] == [(TouchKind.OTHER, "Séance")]


def test_an_endless_answer_is_cut_off() -> None:
    with pytest.raises(MalformedAnswer):
        ask(QUESTIONS["search"], body(b" " * 5_000_000))


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failed_server_leaves_a_write_unknown(status: int) -> None:
    with pytest.raises(OutcomeUnknown):
        ask(QUESTIONS["log"], lambda _request: httpx.Response(status, content=b"<html>"))
    with pytest.raises(TimedOut):
        ask(QUESTIONS["search"], lambda _request: httpx.Response(status, content=b"<html>"))


def test_an_unreadable_answer_leaves_a_write_unknown() -> None:
    for content in (b"", b"{}", b"<html>", b" " * 5_000_000):
        with pytest.raises(OutcomeUnknown):
            ask(QUESTIONS["log"], body(content))


@pytest.mark.parametrize(
    ("raised", "fault"),
    [
        (httpx.ConnectError("no"), Unreachable),
        (httpx.ConnectTimeout("no"), Unreachable),
        (httpx.PoolTimeout("no"), Unreachable),
        (httpx.ReadError("no"), OutcomeUnknown),
        (httpx.ReadTimeout("no"), OutcomeUnknown),
        (httpx.WriteError("no"), OutcomeUnknown),
        (httpx.RemoteProtocolError("no"), OutcomeUnknown),
    ],
)
def test_what_never_reached_the_server_is_told_from_what_may_have(raised: Exception, fault: type[SystemFault]) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise raised

    with pytest.raises(fault):
        ask(QUESTIONS["log"], fail)


def test_a_certificate_that_is_not_trusted() -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no") from ssl.SSLCertVerificationError("self-signed")

    with pytest.raises(Untrusted):
        ask(QUESTIONS["search"], fail)


@pytest.mark.parametrize(
    ("status", "code", "fault"),
    [
        (401, "token_revoked", AccessEnded),
        (401, "token_missing", AccessEnded),
        (403, "no_rights", NoRights),
        (429, "throttled", TooManyAttempts),
        (501, "not_installed", Refused),
    ],
)
def test_the_codes_are_our_faults(status: int, code: str, fault: type[SystemFault]) -> None:
    with pytest.raises(fault) as raised:
        ask(QUESTIONS["search"], error(status, code))
    assert raised.value.words == "words"


def test_a_refusal_is_in_cremes_own_words_for_each_field() -> None:
    answer = error(422, "invalid", fields={"title": ["Too long.\x00"], "at": ["In the past."]})
    with pytest.raises(Refused) as refused:
        ask(QUESTIONS["log"], answer)
    assert refused.value.words == "Too long.\nIn the past."


def test_the_password_is_no_longer_taken_when_the_token_expires() -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path.rpartition("/")[2])
        if asked == ["sign-in"]:
            return httpx.Response(200, json=WHO)
        code = "wrong_password" if asked[-1] == "sign-in" else "token_expired"
        return httpx.Response(401, json={"error": {"code": code}})

    async def work() -> None:
        crm = connect(Connection("creme", "http://127.0.0.1:1", "anna"), httpx.MockTransport(handle))
        await crm.sign_in("secret")
        for _ in range(2):
            with pytest.raises(AccessEnded):
                await crm.search("x")
        await crm.close()

    asyncio.run(work())
    # The old password is tried once and then forgotten: more would lock the user out.
    assert asked == ["sign-in", "search", "sign-in"]


def test_one_of_many_signs_in_when_the_token_expires() -> None:
    sign_ins = 0

    async def handle(request: httpx.Request) -> httpx.Response:
        nonlocal sign_ins
        if request.url.path.endswith("/sign-in"):
            sign_ins += 1
            await asyncio.sleep(0.01)
            return httpx.Response(200, json={**WHO, "token": f"t{sign_ins}"})
        if request.headers["Authorization"] == "Bearer t1":
            return httpx.Response(401, json={"error": {"code": "token_expired"}})
        return httpx.Response(200, json={"hits": []})

    async def work() -> None:
        crm = connect(Connection("creme", "http://127.0.0.1:1", "anna"), httpx.MockTransport(handle))
        await crm.sign_in("secret")
        await asyncio.gather(*(crm.search("x") for _ in range(8)))
        await crm.close()

    asyncio.run(work())
    assert sign_ins == 2


def test_a_wrong_password_holds_no_secret() -> None:
    async def work() -> None:
        transport = httpx.MockTransport(error(401, "wrong_password"))
        crm = connect(Connection("creme", "http://127.0.0.1:1", "anna"), transport)
        with pytest.raises(WrongPassword) as refused:
            await crm.sign_in("hunter2")
        assert "hunter2" not in f"{refused.value} {refused.value.detail}"
        await crm.close()

    asyncio.run(work())
