"""The garbage collector in the window's thread."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.runtime.collector import Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    del qtbot  # for the application
    found = Collector()
    yield found
    found.stop()


@pytest.fixture
def collected(collector: Collector) -> Iterator[list[int]]:
    """The generations that were collected."""
    del collector
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop":
            seen.append(info["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def grow(number: int) -> list[Any]:
    """Objects that the collector has to look through, grown old."""
    found: list[Any] = [[each] for each in range(number)]
    gc.collect(0)
    gc.collect(1)
    return found


def is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """All thresholds are passed."""
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 100, 100))


def test_everything_is_looked_through_again_only_when_there_is_more(
    collector: Collector, collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    is_due(monkeypatch)
    kept = grow(20_000)
    collected.clear()
    collector._look()
    collector._look()
    assert collected == [2, 1]
    kept += grow(20_000)
    collected.clear()
    collector._look()
    assert collected == [2]


def test_nothing_is_collected_by_itself(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
