"""A TCP proxy that lies in wait for one request."""

import asyncio
from collections.abc import Callable
from enum import StrEnum

from tests.helpers.proxy import Proxy, _Cut

_CHUNK = 65_536


class Cut(StrEnum):
    """Where the connection is cut."""

    BEFORE = "before"  # the server never gets the request
    AFTER = "after"  # the server has done it, and its answer is lost


class CuttingProxy(Proxy):
    """Hands everything on until a request with certain bytes comes.

    Attributes:
        hits: How often such a request came.
        loop: The one that it lives in, once it has been started.
        on_hit: Is called when it comes; before it is handed on for `Cut.BEFORE`, when it is answered for `Cut.AFTER`.
    """

    def __init__(self, target: str, mark: bytes = b"", cut: Cut = Cut.AFTER, times: int = 1) -> None:
        super().__init__(target)
        self.hits = 0
        self.loop: asyncio.AbstractEventLoop
        self.on_hit: Callable[[], None] = lambda: None
        self._mark, self._cut, self._left = mark, cut, times
        self._lost: set[asyncio.StreamReader] = set()
        self._ways: dict[asyncio.StreamWriter, asyncio.StreamReader] = {}

    def lie_in_wait(self, mark: bytes, cut: Cut, times: int = 1) -> None:
        """From now on for this."""
        self._mark, self._cut, self._left = mark, cut, times

    async def start(self) -> None:
        """See `Proxy`."""
        self.loop = asyncio.get_running_loop()
        await super().start()

    async def _both_ways(
        self,
        there: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        back: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._ways[there[1]] = back[0]
        await super()._both_ways(there, back)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            if self._mark and self._mark in data and self._left:
                self._left -= 1
                self.hits += 1
                if self._cut is Cut.BEFORE:
                    self.on_hit()
                    raise _Cut
                self._lost.add(self._ways[writer])
            writer.write(data)
            await writer.drain()
        raise _Cut

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            if reader in self._lost:
                self.on_hit()
                raise _Cut
            writer.write(data)
            await writer.drain()
        raise _Cut
