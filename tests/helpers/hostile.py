"""Real answers of a real system, kept when they are given and told again with something wrong in them."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import httpx
from hypothesis import strategies as st

MARKUP = "<img src='file:///etc/passwd'><script>alert(1)</script><a href='http://127.0.0.1:9/'>x</a>"
ODD = (
    None,
    True,
    -1,
    0,
    2**70,
    1e308,
    "",
    "NaN",
    "Infinity",
    MARKUP,
    '=HYPERLINK("http://127.0.0.1:9/")',
    "\x00\x1b[31m\u202eevil\u2066\r\nnext\x07\ud800",
    "ø" * 200_000,
    [],
    {},
    [[[[[[[[{}]]]]]]]],
    {"__class__": "Decimal", "decimal": "1E+999999"},
    {"__class__": "Decimal", "decimal": "NaN"},
    {"__class__": "Decimal"},
    {"__class__": "date", "year": 0, "month": 13, "day": 99},
    {"__class__": "datetime", "year": 2026},
    {"__class__": "timedelta", "seconds": 1e300},
    {"__class__": "bytes", "base64": "!"},
    {"__class__": "__import__"},
    "9999-99-99T99:99:99+99:99",
)
"""What stands where something else was."""
Call = tuple[str, str, bytes]
Places = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Answer:
    """What the system said once."""

    status: int
    body: bytes


class Recorder(httpx.AsyncBaseTransport):
    """Hands everything to the real server, and keeps its answers.

    Attributes:
        kept: The answers by what was asked.
        order: What was asked, in its order.
    """

    def __init__(self) -> None:
        self._real = httpx.AsyncHTTPTransport()
        self.kept: dict[Call, Answer] = {}
        self.order: list[Call] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        response = await self._real.handle_async_request(request)
        body = await response.aread()
        call = call_of(request)
        self.kept[call] = Answer(response.status_code, body)
        self.order.append(call)
        return httpx.Response(response.status_code, headers=_without_length(response.headers), content=body)

    async def aclose(self) -> None:
        """See httpx."""
        await self._real.aclose()


@dataclass
class Teller(httpx.AsyncBaseTransport):
    """Tells again what was kept; the answer to one call is spoiled.

    Attributes:
        spoil: Makes another response of the answer to that call.
    """

    kept: dict[Call, Answer]
    call: Call | None = None
    spoil: Callable[[Answer], httpx.Response] | None = None
    met: bool = field(default=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        call = call_of(request)
        if self.spoil is not None and call == self.call:
            self.met = True
            return self.spoil(self.kept[call])
        answer = self.kept.get(call) or self._likest(call)
        return httpx.Response(answer.status, content=answer.body)

    def _likest(self, call: Call) -> Answer:
        """What a question that only a spoiled answer leads to is answered: as another one to the same place."""
        for other, answer in self.kept.items():
            if other[:2] == call[:2] and _method(other) == _method(call):
                return answer
        return Answer(404, b"")


def call_of(request: httpx.Request) -> Call:
    """What is asked, and of whom."""
    return request.method, str(request.url), request.content


def _method(call: Call) -> object:
    try:
        return json.loads(call[2])["method"]
    except (ValueError, KeyError, TypeError):
        return None


def _without_length(headers: httpx.Headers) -> dict[str, str]:
    gone = ("content-length", "content-encoding", "transfer-encoding")
    return {name: value for name, value in headers.items() if name.lower() not in gone}


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and its key or number there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in list(inner):
        yield value, key
        yield from _places(child)


@st.composite
def spoilers(draw: st.DrawFn) -> Callable[[Answer], httpx.Response]:
    """What can be wrong with an answer: values, what holds them, the bytes, the envelope."""
    kind = draw(st.sampled_from(["values"] * 6 + ["cut", "bytes", "status", "html", "bomb", "endless", "elsewhere"]))
    numbers = draw(st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
    odd = draw(st.lists(st.sampled_from(range(len(ODD) + 3)), min_size=4, max_size=4))

    def spoil(answer: Answer) -> httpx.Response:  # noqa: PLR0911 - one for each kind
        body = answer.body
        match kind:
            case "values":
                return httpx.Response(answer.status, content=_changed(body, numbers, odd))
            case "cut":
                return httpx.Response(answer.status, content=body[: numbers[0] % (len(body) or 1)])
            case "bytes":
                at = numbers[0] % (len(body) or 1)
                return httpx.Response(answer.status, content=body[:at] + b"\xff\x00" + body[at + 1 :])
            case "status":
                return httpx.Response((204, 302, 400, 401, 403, 404, 429, 500, 502)[numbers[0] % 9], content=body)
            case "html":
                return httpx.Response(200, headers={"Content-Type": "text/html"}, content=MARKUP.encode() * 50)
            case "bomb":
                return httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=_BOMB)
            case "endless":
                return httpx.Response(200, stream=_Endless())
            case _:
                return httpx.Response(307, headers={"Location": "http://127.0.0.1:9/"})

    return spoil


def _changed(body: bytes, numbers: list[int], odd: list[int]) -> bytes:
    """The same JSON with something else in some places, or something less, or very much of it."""
    try:
        value = {"": json.loads(body)}
    except ValueError:
        return body
    for number, what in zip(numbers, odd, strict=False):
        places: Places = list(_places(value))
        holder, key = places[number % len(places)]
        if what < len(ODD):
            holder[key] = copy.deepcopy(ODD[what])
        elif what == len(ODD) and isinstance(holder, dict) and key != "":
            del holder[key]
        elif what == len(ODD) + 1:
            holder[key] = [copy.deepcopy(holder[key])] * 300
        else:
            other, name = places[(number * 7919) % len(places)]
            holder[key] = copy.deepcopy(other[name])
        if not value:
            break
    return json.dumps(value.get("")).encode()


class _Endless(httpx.AsyncByteStream):
    async def __aiter__(self) -> Any:
        while True:
            yield b" " * 1_000_000


def _bomb() -> bytes:
    import gzip

    return gzip.compress(b"[" * 60_000_000, 1)


_BOMB = _bomb()
"""60 MB of brackets in 300 KB."""


def texts_in(thing: object) -> Iterator[str]:
    """Every text of a value of the domain, but what a system gets back as it came."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, list | tuple | set | frozenset):
        for each in thing:
            yield from texts_in(each)
    elif isinstance(thing, dict):
        for key, each in thing.items():
            yield from texts_in((key, each))
    elif is_dataclass(thing) and not isinstance(thing, type):
        for part in fields(thing):
            if part.name not in ("vendor", "version", "next"):
                yield from texts_in(getattr(thing, part.name))
