"""A system's connections are closed in the middle of what goes over them, to a real Tryton."""

import asyncio
import gc
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest

from app.ports.errors import OutcomeUnknown, SystemFault
from app.systems.channel import Channel
from tests.fixtures.tryton import RealTryton
from tests.helpers.proxy import Proxy, ProxyFault

Run = Callable[[Coroutine[Any, Any, Any]], Any]
_PATIENT = httpx.Timeout(30)
_SOON = 10.0  # seconds; far less than any request would wait by itself
_AT_ONCE = 20  # more than there are connections: some requests wait for one


def _channel(url: str) -> Channel:
    return Channel("tryton", url, None, headers={}, most_bytes=1_000_000)


@pytest.mark.parametrize("turns", [0, 1, 3, 5, 8, 13, 21, 34])
def test_nothing_is_left_open_by_requests_that_connect_wait_or_are_answered(
    run: Run, real_tryton: RealTryton, turns: int
) -> None:
    async def close_among_requests() -> list[Any]:
        channel = _channel(real_tryton.url)
        asked = [
            asyncio.ensure_future(channel.exchange("GET", real_tryton.url, what="a page", timeout=_PATIENT))
            for _ in range(_AT_ONCE)
        ]
        for _ in range(turns):
            await asyncio.sleep(0)
        await channel.close()
        return await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), _SOON)

    gc.collect()  # what an earlier test has left
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        ends = run(close_among_requests())
        gc.collect()
    assert [str(warning.message) for warning in warned] == []
    faults = [end for end in ends if not isinstance(end, tuple)]
    assert faults
    assert {type(fault) for fault in faults} == {SystemFault}


def test_a_write_without_its_answer_is_unknown_and_a_closed_channel_sends_nothing(
    run: Run, real_tryton: RealTryton
) -> None:
    async def close_without_an_answer() -> tuple[Any, Any, list[bytes]]:
        proxy, begun = Proxy(real_tryton.url), asyncio.Event()
        sent: list[bytes] = []
        proxy.on_request = lambda data: (sent.append(data), begun.set())
        proxy.fault = ProxyFault.SILENT
        await proxy.start()
        channel = _channel(proxy.url)
        told = asyncio.ensure_future(
            channel.exchange("POST", proxy.url, what="a change", timeout=_PATIENT, writing=True, content=b"{}")
        )
        await asyncio.wait_for(begun.wait(), _SOON)
        await asyncio.wait_for(channel.close(), _SOON)
        (first,) = await asyncio.gather(told, return_exceptions=True)
        heard = list(sent)
        again = channel.exchange("POST", proxy.url, what="a change", timeout=_PATIENT, writing=True, content=b"{}")
        (second,) = await asyncio.gather(again, return_exceptions=True)
        await proxy.stop()
        return first, second, sent[len(heard) :]

    first, second, sent_after = run(close_without_an_answer())
    assert type(first) is OutcomeUnknown
    assert type(second) is SystemFault
    assert sent_after == []


def test_whoever_cancels_a_request_hears_that_it_was_cancelled_also_while_the_channel_is_closed(
    run: Run, real_tryton: RealTryton
) -> None:
    async def cancel_and_close() -> bool:
        channel = _channel(real_tryton.url)
        asked = asyncio.ensure_future(channel.exchange("GET", real_tryton.url, what="a page", timeout=_PATIENT))
        await asyncio.sleep(0)
        asked.cancel()
        await channel.close()
        await asyncio.wait([asked], timeout=_SOON)
        return asked.cancelled()

    assert run(cancel_and_close())
