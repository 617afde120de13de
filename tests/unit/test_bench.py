"""The bench's arithmetic, its table and its JSON. What it measures is no test: a busy machine fails nothing."""

import asyncio
import json
import os
import time
from pathlib import Path

import httpx
import pytest
from pytestqt.qtbot import QtBot

from tests.bench import registry
from tests.bench.__main__ import main
from tests.bench.figures import Judged, figure, p95, table, to_json
from tests.bench.heartbeat import Heartbeat
from tests.bench.order import Order, read_order, write_order
from tests.bench.wire import Counting, Request


@pytest.mark.parametrize(
    ("values", "expected"),
    [([7.0], 7.0), ([1.0, 9.0], 9.0), ([float(n) for n in range(1, 20)], 19.0), ([float(n) for n in range(100)], 94.0)],
)
def test_p95_is_a_value_that_was_measured(values: list[float], expected: float) -> None:
    assert p95(values[::-1]) == expected


def test_the_median_of_an_even_number_lies_between() -> None:
    assert figure("a", [1, 2, 3, 10], "ms", 5).median == 2.5


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="a: nothing was measured"):
        figure("a", [], "ms", 5)


def test_a_goal_is_for_the_number_it_says() -> None:
    assert figure("a", [1, 1, 9], "ms", 1).met
    assert not figure("a", [1, 1, 9], "ms", 1, Judged.P95).met


def test_json_has_the_keys_of_the_issue() -> None:
    assert json.loads(to_json([figure("start.ratio", [1.25, 2, 1.23456], "×", 1.5)])) == [
        {"name": "start.ratio", "median": 1.25, "p95": 2, "unit": "×", "goal": 1.5, "met": True, "runs": 3}
    ]


def test_the_table() -> None:
    figures = [figure("finish_line.bytes", [4096], "bytes", 12_000), figure("a", [3.14159, 50], "ms", 16, Judged.P95)]
    assert table(figures).splitlines() == [
        "name               median   p95  unit   goal            met      runs",
        "finish_line.bytes    4096  4096  bytes  median ≤ 12000  yes         1",
        "a                    26.6    50  ms     p95 ≤ 16        NOT MET     2",
    ]


def test_the_names_that_the_issue_asks_for() -> None:
    names = {measure.name for measure in registry.measures()}
    assert names >= {
        "price_line.requests",
        "finish_line.requests",
        "finish_line.bytes",
        "key_to_paint",
        "gui.longest_pause",
        "start.ratio",
        "memory.rss",
        "gui.longest_pause_1000",
        "add_line.requests",
        "add_line.ratio",
        "paste_50.ratio",
        "paste_300.ratio",
        "copy_1000.ratio",
        "open_100.ratio",
        "open_1000.ratio",
        "type_50.latency_ratio",
        "edit_1000.requests",
        "edit_1000.bytes_ratio",
        "faults.runs",
        "faults.lost",
        "faults.doubled",
        "faults.overwritten",
    }
    assert [measure.name for measure in registry.measures("gui.")] == ["gui.longest_pause", "gui.longest_pause_1000"]


def test_two_measures_of_one_name_are_a_mistake() -> None:
    registry.measures()
    with pytest.raises(ValueError, match=r"memory\.rss"):
        registry.measure("memory.rss", unit="MB", goal=1)(lambda _bench: registry.Found([1]))


def test_an_unknown_prefix_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "no.such"]) == 2
    assert "no measure begins with 'no.such'; there are add_line.ratio, " in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--runs", "0"], ["--json", "/no/such/folder/file"]])
def test_what_cannot_be_asked(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_a_crash_is_an_error_and_a_missed_goal_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(_bench: object) -> registry.Found:
        raise OSError("it broke")

    missed = registry.Measure("x.missed", "ms", 1, Judged.MEDIAN, lambda _bench: registry.Found([2.0], ["because"]))
    broken = registry.Measure("x.broken", "ms", 1, Judged.MEDIAN, crash)
    target = tmp_path / "figures.json"
    # `main` takes SIGTERM over, which is none of a test's business.
    monkeypatch.setattr("tests.bench.__main__.signal.signal", lambda *_: None)
    monkeypatch.setattr("tests.bench.__main__.measures", lambda _prefix: [missed])
    assert main(["--json", str(target)]) == 0
    assert "x.missed: because" in capsys.readouterr().out
    monkeypatch.setattr("tests.bench.__main__.measures", lambda _prefix: [broken, missed])
    assert main(["--json", str(target)]) == 1
    assert "could not be measured: x.broken" in capsys.readouterr().err
    assert [(entry["name"], entry["met"]) for entry in json.loads(target.read_text())] == [("x.missed", False)]


def test_what_a_child_is_told_is_for_this_user_only(tmp_path: Path) -> None:
    order = Order({"tryton": "secret"}, explain=True)
    write_order(tmp_path, order)
    assert read_order(tmp_path) == order
    if os.name == "posix":
        assert (tmp_path / "order.json").stat().st_mode & 0o077 == 0


def test_bytes_are_those_on_the_wire() -> None:
    received, answer = bytearray(), b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\n12345"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(4))
        writer.write(answer)
        await writer.drain()
        writer.close()

    async def ask() -> Request:
        requests: list[Request] = []
        async with await asyncio.start_server(serve, "127.0.0.1") as server:
            port = server.sockets[0].getsockname()[1]
            async with httpx.AsyncClient(transport=Counting("x", requests), trust_env=False) as client:
                await client.post(f"http://127.0.0.1:{port}/a?b=c", content=b"body")
        return requests[0]

    request = asyncio.run(ask())
    assert (request.up, request.down) == (len(received), len(answer))


@pytest.mark.parametrize("is_busy", [False, True])
def test_the_heartbeat_sees_that_the_loop_was_held(qtbot: QtBot, *, is_busy: bool) -> None:
    """No upper bound: how much longer it takes is the machine's business."""

    def hold() -> None:
        until = time.thread_time() + 0.05
        while is_busy and time.thread_time() < until:
            pass
        if not is_busy:
            time.sleep(0.05)

    heartbeat = Heartbeat()
    heartbeat.stage = "held"
    heartbeat.begin()
    try:
        hold()
        qtbot.waitUntil(lambda: bool(heartbeat.gaps))
    finally:
        heartbeat.end()
    assert heartbeat.gaps[0].stage == "held"
    assert heartbeat.gaps[0].held > 0.04
