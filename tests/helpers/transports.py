"""Transports that stand between a system of ours and a real server."""

import contextlib
import json
from collections.abc import Awaitable, Callable

import httpx

Handle = Callable[[httpx.Request], Awaitable[httpx.Response]]


class Between(httpx.AsyncBaseTransport):
    """Hands requests to the real server, and counts them.

    Attributes:
        requests: Those that were sent, in order.
        fault: Is called with each request before it is sent; what it raises is what the caller gets.
        lose: Returns whether the answer to this request is to be lost after the server has given it.
    """

    def __init__(self) -> None:
        self._real = httpx.AsyncHTTPTransport()
        self.requests: list[httpx.Request] = []
        self.fault: Callable[[httpx.Request], None] = lambda _request: None
        self.lose: Callable[[httpx.Request], bool] = lambda _request: False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, unless there is a fault."""
        self.fault(request)
        self.requests.append(request)
        response = await self._real.handle_async_request(request)
        if self.lose(request):
            await response.aread()
            await response.aclose()
            raise httpx.ReadError("the answer was lost", request=request)
        return response

    async def aclose(self) -> None:
        """Close the connections to the real server."""
        await self._real.aclose()


class Keeping(Between):
    """Keeps what the server answers too.

    Attributes:
        answers: As text, JSON with its letters as they are: a name in it can be looked for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, and read the answer to its end."""
        response = await super().handle_async_request(request)
        await response.aread()
        text = response.text
        with contextlib.suppress(ValueError):
            text = json.dumps(json.loads(text), ensure_ascii=False)
        self.answers.append(text)
        return response
