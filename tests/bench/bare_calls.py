"""The calls that the app made, made again bare: the same bytes, by the standard library's HTTP client, and no more.

A write cannot be repeated where it was made, because it rests on what was there before. It is made in a twin of its
order instead: the twin's key and version take the place of the order's own in the request.
"""

import gzip
import http.client
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.bench.wire import Sent

_SALE = "sale.sale"


class BareCalls:
    """One connection to the ERP that is kept open, as the app's is.

    Args:
        like: A request of the app's, from which the address and the session are taken.
    """

    def __init__(self, like: httpx.Request) -> None:
        self._path = urlsplit(str(like.url)).path
        parts = urlsplit(str(like.url))
        self._http = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)
        self._headers = {
            name: like.headers[name]
            for name in ("content-type", "accept-encoding", "authorization")
            if name in like.headers
        }

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def again(self, bodies: Sequence[bytes]) -> float:
        """Make these calls one after the other; seconds from the first byte sent to the last one read.

        Raises:
            RuntimeError: One of them was answered with an error, so it did not do the same work.
        """
        answers = []
        began = time.perf_counter()
        for body in bodies:
            answers.append(self._call(body))
        took = time.perf_counter() - began
        for answer in answers:
            if "error" in self._read(answer):
                raise RuntimeError(f"a bare call was refused: {str(self._read(answer))[:300]}")
        return took

    def version(self, order: str) -> str:
        """The order's version now."""
        method = "model.sale.sale.read"
        answer = self._read(self._call(_body(method, [[int(order)], ["_timestamp"], {}])))
        version: str = answer["result"][0]["_timestamp"]
        return version

    def _call(self, body: bytes) -> bytes:
        self._http.request("POST", self._path, body, self._headers)
        return self._http.getresponse().read()

    @staticmethod
    def _read(answer: bytes) -> Mapping[str, Any]:
        plain = gzip.decompress(answer) if answer[:2] == b"\x1f\x8b" else answer
        found: Mapping[str, Any] = json.loads(plain)
        return found


def bodies(sent: Sequence[Sent]) -> list[bytes]:
    """The requests as they were."""
    return [each.request.content for each in sent]


def of_twin(sent: Sequence[Sent], order: str, twin: str, version: str) -> list[bytes]:
    """The requests that created lines in ``order``, so that they create them in ``twin``, which is at ``version``."""
    return [_of_twin(json.loads(each.request.content), int(order), int(twin), version) for each in sent]


def _of_twin(call: dict[str, Any], order: int, twin: int, version: str) -> bytes:
    *params, context = call["params"]
    if call["method"] == "model.sale.sale.write":
        if set(context["_timestamp"]) != {f"{_SALE},{order}"}:
            raise ValueError("the write touches lines that the twin does not have")
        context = {**context, "_timestamp": {f"{_SALE},{twin}": version}}
    return _body(call["method"], [*_replaced(params, order, twin), context])


def _replaced(value: Any, order: int, twin: int) -> Any:
    match value:
        case [str(), "=", int(key)] if key == order:
            return [value[0], "=", twin]
        case [int(key)] if key == order:
            return [twin]
        case list():
            return [_replaced(each, order, twin) for each in value]
    return value


def _body(method: str, params: list[Any]) -> bytes:
    return json.dumps({"id": 0, "method": method, "params": params}).encode()
