"""The garbage collector in the window's thread."""

import gc
import sys
import threading
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.runtime.collector import Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    del qtbot  # for the application
    gc.enable()  # as it is in a program
    found = Collector()
    yield found
    found.stop()
    gc.disable()  # as it is in the tests


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


class Thread:
    """The window's, whose time is told to the collector."""

    used = 0.0

    def work(self, collector: Collector, looks: int = 1) -> None:
        """It is busy until the collector looks."""
        for _ in range(looks):
            self.used += 0.5
            collector._look()

    def rest(self, collector: Collector, looks: int = 1) -> None:
        """It does nothing until the collector looks."""
        for _ in range(looks):
            collector._look()


@pytest.fixture
def thread(monkeypatch: pytest.MonkeyPatch) -> Thread:
    found = Thread()
    monkeypatch.setattr(time, "thread_time", lambda: found.used)
    return found


def make(number: int) -> list[Any]:
    """Objects that the collector has to look through."""
    return [[each] for each in range(number)]


def test_nothing_is_collected_by_itself(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_what_is_new_is_looked_through_a_little_at_a_time(
    collector: Collector, collected: list[int], thread: Thread
) -> None:
    kept = []
    for _ in range(3):
        kept.append(make(2_000))
        thread.work(collector)
    assert collected == [0, 0, 1], "before there is so much that it takes half a frame"
    thread.work(collector, 5)
    assert collected == [0, 0, 1], "nothing is new"


def test_everything_is_looked_through_when_the_thread_rests(
    collector: Collector, collected: list[int], thread: Thread
) -> None:
    kept = make(10_000)
    thread.work(collector, 20)
    assert collected == [1]
    thread.rest(collector, 2)
    assert collected == [1], "a pause between two words is no rest"
    thread.rest(collector, 20)
    assert collected == [1, 2], "and not again: there is no more of it"
    kept += make(6_000)
    thread.rest(collector, 20)
    assert collected == [1, 2, 1, 2]


def test_a_thread_that_never_rests_is_held_up_when_there_is_much_more(
    collector: Collector, collected: list[int], thread: Thread
) -> None:
    kept = []
    for _ in range(24):
        kept.append(make(4_000))
        thread.work(collector)
    assert collected.count(2) == 1


def test_what_hangs_in_cycles_is_freed_while_the_thread_never_rests(collector: Collector, thread: Thread) -> None:
    most = 0
    for _ in range(60):
        held = make(4_000)
        for each in held:
            each.append(each)
        thread.work(collector, 2)  # they have grown old when they are let go
        del each, held
        most = max(most, len(gc.get_objects()))
    assert most < 100_000


def test_tuples_that_another_thread_is_filling_are_left_alone(collector: Collector, thread: Thread) -> None:
    failed: list[SystemError] = []
    is_over = threading.Event()

    def fill() -> None:
        while not is_over.is_set():
            try:
                tuple([each] for each in range(3_000))
            except SystemError as error:
                failed.append(error)

    kept = make(300_000)
    other = threading.Thread(target=fill)
    turn = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)  # as in the program
    other.start()
    try:
        for _ in range(60):
            kept += make(6_000)
            thread.work(collector)
    finally:
        is_over.set()
        other.join()
        sys.setswitchinterval(turn)
    assert failed == []


def test_code_that_has_been_read_is_not_looked_through(
    collector: Collector, collected: list[int], thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = gc.get_freeze_count()
    kept = make(20_000)
    monkeypatch.setitem(sys.modules, "read_just_now", ModuleType("read_just_now"))
    thread.work(collector)
    assert collected == []
    assert gc.get_freeze_count() > frozen + len(kept)
    thread.rest(collector, 20)
    assert collected == []
